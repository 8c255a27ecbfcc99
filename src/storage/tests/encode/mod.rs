//! Pictures written, and what comes back of them.

mod chunks;
mod limits;
mod metadata;

use std::path::Path;

use super::{decode, speckled};
use crate::{
    raster::{Picture, Pixels},
    storage::{PictureFormat, encode_picture},
};

const FORMATS: [PictureFormat; 3] = [PictureFormat::Png, PictureFormat::Jpeg, PictureFormat::WebP];

#[test]
fn lossless_formats_give_the_same_pixels_back() {
    for format in [PictureFormat::Png, PictureFormat::WebP] {
        for is_opaque in [true, false] {
            let picture = speckled(23, 17, is_opaque);
            let found = decode(&encode_picture(&picture, format).unwrap()).unwrap();
            assert_eq!(found.picture, picture, "{}", format.name());
            assert_eq!(found.info.format, format.name());
        }
    }
}

#[test]
fn a_jpeg_keeps_colour_at_full_resolution() {
    // Single columns of red and blue would become purple if chroma were subsampled.
    let texel =
        |x: usize| if x.is_multiple_of(2) { [200, 40, 40, 255] } else { [40, 40, 200, 255] };
    let pixels = (0..32 * 32).map(|idx| texel(idx % 32)).collect();
    let picture = Picture::new(32, 32, Pixels::Rgba8(pixels)).unwrap();
    let found = decode(&encode_picture(&picture, PictureFormat::Jpeg).unwrap()).unwrap();
    for x in 0..32 {
        let [r, _, b, _] = found.picture.rgba8_at(x, 16).unwrap();
        let expected = texel(x);
        assert!(r.abs_diff(expected[0]) < 16 && b.abs_diff(expected[2]) < 16, "{x}: {r} {b}");
    }
}

#[test]
fn the_same_picture_gives_the_same_bytes() {
    let picture = speckled(50, 40, true);
    for format in FORMATS {
        let bytes = encode_picture(&picture, format).unwrap();
        assert_eq!(bytes, encode_picture(&picture, format).unwrap(), "{}", format.name());
    }
}

#[test]
fn an_opaque_png_holds_no_alpha_and_says_srgb() {
    let bytes = encode_picture(&speckled(5, 5, true), PictureFormat::Png).unwrap();
    assert!(!decode(&bytes).unwrap().info.has_alpha);
    assert!(bytes.windows(4).any(|chunk| chunk == b"sRGB"));
}

#[test]
fn a_picture_too_large_for_a_format_is_refused_by_name() {
    let long = Picture::new(65_536, 1, Pixels::Rgba8(vec![[9; 4]; 65_536])).unwrap();
    let error = encode_picture(&long, PictureFormat::Jpeg).unwrap_err().to_string();
    assert!(error.contains("jpeg"), "{error}");
    assert!(encode_picture(&long, PictureFormat::WebP).is_err());
    assert!(encode_picture(&long, PictureFormat::Png).is_ok());
}

#[test]
fn the_extension_asks_for_a_format() {
    let asked = |name: &str| PictureFormat::of_path(Path::new(name));
    assert_eq!(asked("card.png"), Some(PictureFormat::Png));
    assert_eq!(asked("a.b/CARD.JPG"), Some(PictureFormat::Jpeg));
    assert_eq!(asked("card.jpeg"), Some(PictureFormat::Jpeg));
    assert_eq!(asked("card.webp"), Some(PictureFormat::WebP));
    assert_eq!(asked("card.gif"), None);
    assert_eq!(asked("png"), None);
}
