//! EXIF orientation.

use super::decode;
use crate::raster::Picture;

const WIDTH: usize = 32;
const HEIGHT: usize = 16;

/// Red, green, blue and white quarters, seen upright.
fn quarter(x: usize, y: usize) -> [u8; 3] {
    match (x < WIDTH / 2, y < HEIGHT / 2) {
        (true, true) => [220, 20, 20],
        (false, true) => [20, 200, 20],
        (true, false) => [20, 20, 220],
        (false, false) => [240, 240, 240],
    }
}

/// Where the stored pixel in column `x` of row `y` is seen: EXIF 2.3 tells for each value on which
/// side the first row and the first column are seen.
fn seen_at(orientation: u8, x: usize, y: usize) -> (usize, usize) {
    let (right, bottom) = (WIDTH - 1, HEIGHT - 1);
    match orientation {
        2 => (right - x, y),
        3 => (right - x, bottom - y),
        4 => (x, bottom - y),
        5 => (y, x),
        6 => (right - y, x),
        7 => (right - y, bottom - x),
        8 => (y, bottom - x),
        _ => (x, y),
    }
}

/// An APP1 segment that says nothing but the orientation.
fn exif_segment(orientation: u8) -> Vec<u8> {
    let mut tiff = b"Exif\0\0MM\0\x2A\0\0\0\x08\0\x01".to_vec();
    tiff.extend([0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0]);
    tiff.extend([0; 4]);
    let length = u16::try_from(tiff.len() + 2).unwrap();
    [&[0xFF, 0xE1][..], &length.to_be_bytes(), &tiff].concat()
}

/// A JPEG whose picture is upright once `orientation` has been applied.
fn stored(orientation: u8) -> Vec<u8> {
    let (width, height) = if orientation < 5 { (WIDTH, HEIGHT) } else { (HEIGHT, WIDTH) };
    let places = (0..height).flat_map(|y| (0..width).map(move |x| (x, y)));
    let rgb: Vec<u8> = places
        .flat_map(|(x, y)| {
            let (x, y) = seen_at(orientation, x, y);
            quarter(x, y)
        })
        .collect();
    let mut bytes = Vec::new();
    let mut encoder = jpeg_encoder::Encoder::new(&mut bytes, 100);
    encoder.set_sampling_factor(jpeg_encoder::SamplingFactor::F_1_1);
    let side = |n: usize| u16::try_from(n).unwrap();
    encoder.encode(&rgb, side(width), side(height), jpeg_encoder::ColorType::Rgb).unwrap();
    bytes
}

#[track_caller]
fn assert_upright(picture: &Picture) {
    assert_eq!((picture.width(), picture.height()), (WIDTH, HEIGHT));
    for y in 0..HEIGHT {
        for x in 0..WIDTH {
            let [r, g, b, _] = picture.rgba8_at(x, y).unwrap();
            let expected = quarter(x, y);
            let is_near = [r, g, b].iter().zip(expected).all(|(one, two)| one.abs_diff(two) <= 6);
            assert!(is_near, "{:?} at {x} {y} where {expected:?} is expected", [r, g, b]);
        }
    }
}

#[test]
fn all_eight_orientations_of_a_jpeg_are_shown_upright() {
    for orientation in 1..=8 {
        let mut bytes = stored(orientation);
        bytes.splice(2..2, exif_segment(orientation));
        let found = decode(&bytes).unwrap();
        assert_eq!(found.info.orientation, orientation);
        assert_upright(&found.picture);
    }
}

#[test]
fn an_orientation_that_means_nothing_is_passed_over() {
    for orientation in [0, 9, 255] {
        let mut bytes = stored(1);
        bytes.splice(2..2, exif_segment(orientation));
        let found = decode(&bytes).unwrap();
        assert_eq!(found.info.orientation, 1);
        assert_upright(&found.picture);
    }
}
