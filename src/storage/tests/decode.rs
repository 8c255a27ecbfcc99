//! Pictures of every kind that can be read.

use png::{BitDepth, ColorType};

use super::{decode, png_of};
use crate::{
    raster::{Picture, Pixels},
    storage::{DecodedPicture, FileError, Limits, read_picture},
};

#[track_caller]
fn assert_greys(found: &DecodedPicture, expected: &[u8]) {
    let pixels: Vec<[u8; 4]> = expected.iter().map(|&g| [g, g, g, 255]).collect();
    assert_eq!(found.picture.pixels(), &Pixels::Rgba8(pixels));
    assert_eq!((found.info.bit_depth, found.info.has_alpha), (8, false));
}

#[test]
fn grey_pngs_of_1_2_4_and_8_bits_span_black_to_white() {
    let grey = |width, depth, data: &[u8]| {
        decode(&png_of((width, 1), ColorType::Grayscale, depth, data, |_| {})).unwrap()
    };
    assert_greys(&grey(8, BitDepth::One, &[0b1010_0110]), &[255, 0, 255, 0, 0, 255, 255, 0]);
    assert_greys(&grey(4, BitDepth::Two, &[0b0001_1011]), &[0, 85, 170, 255]);
    assert_greys(&grey(4, BitDepth::Four, &[0x0F, 0x3A]), &[0, 255, 51, 170]);
    assert_greys(&grey(3, BitDepth::Eight, &[0, 77, 255]), &[0, 77, 255]);
}

#[test]
fn grey_pngs_of_16_bits_keep_all_of_them() {
    let data = [0x00, 0x00, 0x12, 0x34, 0xFF, 0xFF];
    let found =
        decode(&png_of((3, 1), ColorType::Grayscale, BitDepth::Sixteen, &data, |_| {})).unwrap();
    let grey = |code: u16| [code, code, code, u16::MAX];
    let expected = Pixels::Rgba16(vec![grey(0), grey(0x1234), grey(u16::MAX)]);
    assert_eq!(found.picture.pixels(), &expected);
    assert_eq!(found.info.bit_depth, 16);
}

#[test]
fn colour_and_alpha_pngs_keep_both_at_both_depths() {
    let data = [10, 20, 30, 40, 50, 60, 70, 80];
    let found = decode(&png_of((2, 1), ColorType::Rgba, BitDepth::Eight, &data, |_| {})).unwrap();
    let expected = Pixels::Rgba8(vec![[10, 20, 30, 40], [50, 60, 70, 80]]);
    assert_eq!(found.picture.pixels(), &expected);
    assert!(found.info.has_alpha);
    let found = decode(&png_of((1, 1), ColorType::Rgba, BitDepth::Sixteen, &data, |_| {})).unwrap();
    let expected = Pixels::Rgba16(vec![[0x0A14, 0x1E28, 0x323C, 0x4650]]);
    assert_eq!(found.picture.pixels(), &expected);
    let data = [10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110, 120];
    let found = decode(&png_of((2, 1), ColorType::Rgb, BitDepth::Sixteen, &data, |_| {})).unwrap();
    let expected = vec![[0x0A14, 0x1E28, 0x323C, u16::MAX], [0x4650, 0x5A64, 0x6E78, u16::MAX]];
    assert_eq!(found.picture.pixels(), &Pixels::Rgba16(expected));
    let data = [200, 0, 100, 255];
    let bytes = png_of((2, 1), ColorType::GrayscaleAlpha, BitDepth::Eight, &data, |_| {});
    let expected = Pixels::Rgba8(vec![[200, 200, 200, 0], [100, 100, 100, 255]]);
    assert_eq!(decode(&bytes).unwrap().picture.pixels(), &expected);
}

#[test]
fn palette_pngs_show_their_colours_and_their_transparency() {
    let palette: &[u8] = &[9, 8, 7, 60, 50, 40, 255, 0, 128];
    let rows = [0b0001_1000];
    let bytes = png_of((3, 1), ColorType::Indexed, BitDepth::Two, &rows, |encoder| {
        encoder.set_palette(palette.to_vec());
    });
    let expected = Pixels::Rgba8(vec![[9, 8, 7, 255], [60, 50, 40, 255], [255, 0, 128, 255]]);
    assert_eq!(decode(&bytes).unwrap().picture.pixels(), &expected);
    let bytes = png_of((3, 1), ColorType::Indexed, BitDepth::Two, &rows, |encoder| {
        encoder.set_palette(palette.to_vec());
        encoder.set_trns(vec![255, 70]);
    });
    let found = decode(&bytes).unwrap();
    let expected = Pixels::Rgba8(vec![[9, 8, 7, 255], [60, 50, 40, 70], [255, 0, 128, 255]]);
    assert_eq!(found.picture.pixels(), &expected);
    assert!(found.info.has_alpha);
}

#[test]
fn a_lossless_webp_comes_back_exactly() {
    let picture = super::speckled(33, 21, false);
    let bytes =
        crate::storage::encode_picture(&picture, crate::storage::PictureFormat::WebP).unwrap();
    let found = decode(&bytes).unwrap();
    assert_eq!(found.picture, picture);
    assert_eq!((found.info.format, found.info.has_alpha), ("webp", true));
}

#[test]
fn grey_and_progressive_jpegs_are_read() {
    let mut bytes = Vec::new();
    let mut encoder = jpeg_encoder::Encoder::new(&mut bytes, 100);
    encoder.set_progressive(true);
    encoder.encode(&[90; 64 * 48], 64, 48, jpeg_encoder::ColorType::Luma).unwrap();
    let found = decode(&bytes).unwrap();
    assert_eq!((found.picture.width(), found.picture.height()), (64, 48));
    assert_eq!((found.info.format, found.info.orientation), ("jpeg", 1));
    let [r, g, b, alpha] = found.picture.rgba8_at(40, 30).unwrap();
    assert!(r.abs_diff(90) <= 1 && r == g && g == b && alpha == 255);
}

#[test]
fn the_hash_is_that_of_the_files_bytes() {
    // `sha256sum` of the three bytes "abc" is a published example (FIPS 180-2).
    let hash = super::super::picture::sha256_hex(b"abc");
    assert_eq!(hash, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    let bytes = png_of((1, 1), ColorType::Grayscale, BitDepth::Eight, &[5], |_| {});
    let hash = super::super::picture::sha256_hex(&bytes);
    assert_eq!(decode(&bytes).unwrap().info.sha256, hash);
}

#[test]
fn the_hash_is_of_all_bytes_of_a_png_however_it_is_read() {
    let greys: Vec<u8> = (0..=u8::MAX).cycle().take(400 * 300).collect();
    let sound = png_of((400, 300), ColorType::Grayscale, BitDepth::Eight, &greys, |encoder| {
        encoder.set_compression(png::Compression::NoCompression);
    });
    assert!(sound.len() > 1 << 16, "it takes more than one reading");
    let mut longer = sound.clone();
    longer.extend_from_slice(&greys);
    let mut damaged = longer.clone();
    // The first chunk's checksum: the file is read a second time, without regard to checksums.
    damaged[29] ^= 1;
    for (bytes, n_warnings) in [(&sound, 0), (&longer, 0), (&damaged, 1)] {
        let found = decode(bytes).unwrap();
        assert_eq!(found.info.sha256, super::super::picture::sha256_hex(bytes));
        assert_eq!(found.info.warnings.len(), n_warnings, "{:?}", found.info.warnings);
        assert_eq!(found.picture, decode(&sound).unwrap().picture);
    }
}

fn jpeg_with_profile(rgb: [u8; 3], icc: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = jpeg_encoder::Encoder::new(&mut bytes, 100);
    encoder.set_sampling_factor(jpeg_encoder::SamplingFactor::F_1_1);
    encoder.add_icc_profile(icc).unwrap();
    encoder.encode(&rgb.repeat(64), 8, 8, jpeg_encoder::ColorType::Rgb).unwrap();
    bytes
}

fn middle(picture: &Picture) -> [u8; 3] {
    let [r, g, b, _] = picture.rgba8_at(4, 4).unwrap();
    [r, g, b]
}

#[track_caller]
fn assert_colour(found: [u8; 3], expected: [u8; 3]) {
    let is_near = found.iter().zip(expected).all(|(found, expected)| found.abs_diff(expected) <= 3);
    assert!(is_near, "{found:?} where {expected:?} is expected");
}

#[test]
fn an_embedded_profile_is_converted_to_srgb() {
    let p3 = moxcms::ColorProfile::new_display_p3().encode().unwrap();
    // By the two spaces' published primaries: linearise, change basis, encode.
    let found = decode(&jpeg_with_profile([200, 100, 50], &p3)).unwrap();
    assert_colour(middle(&found.picture), [215, 93, 31]);
    assert!(found.info.color_profile.is_some());
    assert!(found.info.warnings.is_empty(), "{:?}", found.info.warnings);
    let grey = decode(&jpeg_with_profile([128; 3], &p3)).unwrap();
    assert_colour(middle(&grey.picture), [128; 3]);
}

#[test]
fn a_profile_that_cannot_be_read_is_told_and_leaves_the_pixels() {
    let found = decode(&jpeg_with_profile([200, 100, 50], &[7; 200])).unwrap();
    assert_colour(middle(&found.picture), [200, 100, 50]);
    assert_eq!(found.info.warnings.len(), 1);
}

#[test]
fn a_picture_is_known_by_its_content_whatever_it_is_called() {
    let folder = tempfile::tempdir().unwrap();
    let bytes = png_of((1, 1), ColorType::Grayscale, BitDepth::Eight, &[5], |_| {});
    let path = super::put(folder.path(), "misnamed.jpg", &bytes);
    let found = read_picture(&path, Limits::default());
    assert!(matches!(found, Ok(DecodedPicture { info, .. }) if info.format == "png"));
    let missing = read_picture(&folder.path().join("none.png"), Limits::default());
    assert!(matches!(missing, Err(FileError::Read { .. })));
}
