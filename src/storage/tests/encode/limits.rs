//! Cards within a platform's limit, smaller PNGs, and what a platform makes of a picture.

use super::{FORMATS, chunks::of_jpeg};
use crate::{
    raster::{Picture, Pixels},
    storage::{
        Encoded, Encoding, Metadata, PictureFormat, encode_card, encode_picture, hash_of,
        tests::{decode, put, speckled},
        through_platform,
    },
};

fn metadata() -> Metadata {
    let alt_text = "A face, twice.".into();
    Metadata { alt_text, digital_source_type: None, session_sha256: Some("0f".repeat(32)) }
}

fn card(picture: &Picture, format: PictureFormat, max_bytes: Option<u64>) -> Encoded {
    encode_card(picture, &Encoding { format, optimise: false, max_bytes }, &metadata()).unwrap()
}

fn bytes_of(card: &Encoded) -> u64 {
    card.bytes.len() as u64
}

/// Soft shades with grain, as a photograph has them.
fn grainy(width: usize, height: usize) -> Picture {
    let texel = |x: usize, y: usize| {
        let grain = (x * 7919 + y * 104_729 + x * y * 31) % 29;
        let shade = |n: usize| u8::try_from((n + grain) % 200 + 20).unwrap();
        [shade(x / 3), shade(y / 2), shade((x + y) / 5), 255]
    };
    let pixels = (0..height).flat_map(|y| (0..width).map(move |x| texel(x, y))).collect();
    Picture::new(width, height, Pixels::Rgba8(pixels)).unwrap()
}

/// The first entry of a JPEG's first quantisation table: 1 at quality 95 is 2, 8 at 75.
fn quantiser(file: &[u8]) -> u8 {
    of_jpeg(file).iter().find(|(marker, _)| *marker == 0xDB).unwrap().1[1]
}

#[test]
fn a_jpeg_takes_the_best_quality_that_fits_and_says_which() {
    let picture = grainy(200, 160);
    let best = card(&picture, PictureFormat::Jpeg, None);
    assert_eq!(best.note, None);
    let limit = bytes_of(&best);
    assert_eq!(card(&picture, PictureFormat::Jpeg, Some(limit)), best, "it just fits");
    let mut last = 95;
    for limit in [limit - 1, limit * 9 / 10, limit * 8 / 10, limit * 7 / 10] {
        let fitted = card(&picture, PictureFormat::Jpeg, Some(limit));
        assert!(bytes_of(&fitted) <= limit, "{} of {limit}", bytes_of(&fitted));
        let note = fitted.note.clone().unwrap();
        let quality = note.strip_prefix("JPEG quality ").unwrap().split(',').next().unwrap();
        let quality: u8 = quality.parse().unwrap();
        assert!((75..95).contains(&quality) && quality <= last, "{note}");
        last = quality;
        // One step better would not have fitted.
        let file = |quality| {
            let mut file = Vec::new();
            let mut encoder = jpeg_encoder::Encoder::new(&mut file, quality);
            encoder.set_sampling_factor(jpeg_encoder::SamplingFactor::F_1_1);
            let rgba = picture.to_rgba8();
            encoder.encode(&rgba, 200, 160, jpeg_encoder::ColorType::Rgba).unwrap();
            file.len()
        };
        let said = best.bytes.len() - file(95);
        assert_eq!(fitted.bytes.len(), file(quality) + said, "{note}");
        assert!((file(quality + 1) + said) as u64 > limit, "{note}");
    }
    assert!(last < 95);
}

#[test]
fn a_limit_that_cannot_be_met_is_said_and_the_card_is_written_all_the_same() {
    let picture = grainy(100, 80);
    let card = card(&picture, PictureFormat::Jpeg, Some(1_000));
    assert!(bytes_of(&card) > 1_000);
    let note = card.note.unwrap();
    assert!(note.starts_with("JPEG quality 75 still takes "), "{note}");
    assert!(note.contains("over the platform's limit of 1,000"), "{note}");
    let best = encode_picture(&picture, PictureFormat::Jpeg).unwrap();
    assert!(quantiser(&card.bytes) > quantiser(&best));
    assert!(decode(&card.bytes).is_ok());
}

#[test]
fn lossless_cards_say_when_they_are_over_the_limit_and_stay_lossless() {
    let picture = grainy(64, 48);
    for (format, name) in
        [(PictureFormat::Png, "the PNG is "), (PictureFormat::WebP, "the WebP is ")]
    {
        let free = card(&picture, format, None);
        let n_bytes = bytes_of(&free);
        assert_eq!(card(&picture, format, Some(n_bytes)), free, "it just fits");
        let over = card(&picture, format, Some(n_bytes - 1));
        assert_eq!(over.bytes, free.bytes);
        let note = over.note.unwrap();
        assert!(note.starts_with(name) && note.contains("limit of"), "{note}");
        assert_eq!(decode(&over.bytes).unwrap().picture, picture);
    }
}

#[test]
fn the_same_card_gives_the_same_bytes() {
    let picture = grainy(90, 70);
    for format in FORMATS {
        for (optimise, max_bytes) in [(false, None), (true, None), (false, Some(9_000))] {
            let encoding = Encoding { format, optimise, max_bytes };
            let encode = || encode_card(&picture, &encoding, &metadata()).unwrap();
            assert_eq!(encode(), encode(), "{encoding:?}");
        }
    }
}

#[test]
fn both_kinds_of_png_are_the_same_on_every_machine() {
    let folder = tempfile::tempdir().unwrap();
    let picture = speckled(120, 90, true);
    let hashes = [false, true].map(|optimise| {
        let encoding = Encoding { format: PictureFormat::Png, optimise, max_bytes: None };
        let file = encode_card(&picture, &encoding, &metadata()).unwrap().bytes;
        let parts = super::chunks::of_png(&file);
        let pixels = parts.into_iter().filter(|(name, _)| name == "IDAT");
        let pixels: Vec<u8> = pixels.flat_map(|(_, data)| data).copied().collect();
        hash_of(&put(folder.path(), "pixels", &pixels)).unwrap()
    });
    let expected = [
        "98ea415e20c0f2b24fe15bd26c96f944d47a121241c5f3191f3f9a12b96eefba",
        "c610b332eb906fd9f9d079f03b64b2d889b1c9b1ecb2baacb610355288450ada",
    ];
    assert_eq!(hashes, expected);
}

#[test]
fn an_optimised_png_is_smaller_and_holds_the_same_pixels() {
    for is_opaque in [true, false] {
        let picture = speckled(200, 150, is_opaque);
        let encode = |optimise| {
            let encoding = Encoding { format: PictureFormat::Png, optimise, max_bytes: None };
            encode_card(&picture, &encoding, &metadata()).unwrap().bytes
        };
        let (fast, small) = (encode(false), encode(true));
        assert!(small.len() < fast.len(), "{} instead of {}", small.len(), fast.len());
        assert_eq!(decode(&small).unwrap().picture, picture);
    }
}

#[test]
fn a_platform_halves_the_colours_resolution_and_keeps_light_and_size() {
    // Single columns of red and blue of one luma: they become one purple.
    let columns =
        |x: usize| if x.is_multiple_of(2) { [200, 60, 60, 255] } else { [60, 92, 244, 255] };
    let pixels = (0..64 * 48).map(|idx| columns(idx % 64)).collect();
    let picture = Picture::new(64, 48, Pixels::Rgba8(pixels)).unwrap();
    let handed_on = through_platform(&picture).unwrap();
    assert_eq!((handed_on.width(), handed_on.height()), (64, 48));
    for x in 16..48 {
        let [red, _, blue, alpha] = handed_on.rgba8_at(x, 24).unwrap();
        assert!(red.abs_diff(130) < 30 && blue.abs_diff(152) < 30, "{x}: {red} {blue}");
        assert_eq!(alpha, 255);
    }
    assert_eq!(through_platform(&picture).unwrap(), handed_on);
    let flat = Picture::new(16, 16, Pixels::Rgba8(vec![[120, 120, 120, 255]; 256])).unwrap();
    assert_eq!(through_platform(&flat).unwrap(), flat, "an even grey is not changed");
}

#[test]
fn a_picture_too_large_for_a_platforms_format_is_refused() {
    let long = Picture::new(65_536, 1, Pixels::Rgba8(vec![[9; 4]; 65_536])).unwrap();
    let error = through_platform(&long).unwrap_err().to_string();
    assert!(error.contains("jpeg") && error.contains("65535"), "{error}");
}
