//! `inspect`: what was decoded, against figures worked out by hand.

use std::fs;

use image::{DynamicImage, ExtendedColorType, ImageEncoder as _, ImageFormat, Rgb, RgbImage};
use serde_json::{Value, json};

use super::{Place, check_close, check_keys};
use crate::pictures::{odd_and_translucent, pattern, sha256_hex};

/// Means over white of columns `x` and rows `y`, the plain way.
fn mean(picture: &image::RgbaImage, x: std::ops::Range<u32>, y: std::ops::Range<u32>) -> [f64; 3] {
    let n = f64::from((x.end - x.start) * (y.end - y.start));
    let mut sum = [0.0; 3];
    for (_, _, pixel) in
        picture.enumerate_pixels().filter(|(column, row, _)| x.contains(column) && y.contains(row))
    {
        let alpha = f64::from(pixel[3]) / 255.0;
        for (c, sum) in sum.iter_mut().enumerate() {
            *sum += f64::from(pixel[c]) * alpha + 255.0 * (1.0 - alpha);
        }
    }
    sum.map(|sum| sum / n)
}

#[track_caller]
fn check_color(found: &Value, expected: [f64; 3]) {
    assert_eq!(found.as_array().map(Vec::len), Some(3), "{found}");
    for (found, expected) in found.as_array().unwrap().iter().zip(expected) {
        check_close(found, expected);
    }
}

#[test]
fn the_keys_and_types_are_those_of_the_contract() {
    let place = Place::with_pair();
    let report = place.json(&["inspect", "a.png", "--json"]);
    let is_color = |v: &Value| v.as_array().is_some_and(|c| c.iter().all(Value::is_number));
    check_keys(
        &report,
        &[
            ("format", |v| v == "png"),
            ("width", |v| v == 320),
            ("height", |v| v == 240),
            ("orientation", |v| v == 1),
            ("bit_depth", |v| v == 8),
            ("has_alpha", |v| v == false),
            ("color_profile", Value::is_null),
            ("mean_srgb", is_color),
            ("quadrants_srgb", |v| v.as_array().is_some_and(|all| all.len() == 4)),
            ("sha256", |v| v.as_str().is_some_and(|hash| hash.len() == 64)),
            ("provenance", Value::is_object),
            ("warnings", |v| v.as_array().is_some_and(Vec::is_empty)),
        ],
    );
    let file = fs::read(place.join("a.png")).unwrap();
    assert_eq!(report["sha256"], sha256_hex(&file));
}

#[test]
fn means_of_odd_sides_and_alpha_are_those_worked_out_by_hand() {
    let place = Place::with_pair();
    let picture = odd_and_translucent();
    picture.save(place.join("odd.png")).unwrap();
    let report = place.json(&["inspect", "odd.png", "--json"]);
    assert_eq!((&report["width"], &report["height"]), (&json!(5), &json!(3)));
    assert_eq!(report["has_alpha"], json!(true));
    check_color(&report["mean_srgb"], mean(&picture, 0..5, 0..3));
    // The odd column goes right and the odd row goes down.
    let quadrants = [(0..2, 0..1), (2..5, 0..1), (0..2, 1..3), (2..5, 1..3)];
    for (found, (x, y)) in report["quadrants_srgb"].as_array().unwrap().iter().zip(quadrants) {
        check_color(found, mean(&picture, x, y));
    }
    // Two pixels in full: the top left one opaque, its neighbour at 238/255 over white.
    let white = 255.0 * (1.0 - 238.0 / 255.0);
    let second = [50.0, 7.0, 0.0].map(|code| code * 238.0 / 255.0 + white);
    let first = [0.0, 7.0, 0.0];
    let expected = [0, 1, 2].map(|c| f64::midpoint(first[c], second[c]));
    check_color(&report["quadrants_srgb"][0], expected);
}

#[test]
fn sixteen_bits_a_channel_are_kept() {
    let place = Place::with_pair();
    let picture =
        image::ImageBuffer::from_fn(2, 1, |x, _| Rgb([u16::from(x == 0), 32_768, 65_535]));
    DynamicImage::ImageRgb16(picture).save(place.join("deep.png")).unwrap();
    let report = place.json(&["inspect", "deep.png", "--json"]);
    assert_eq!(report["bit_depth"], json!(16));
    check_color(&report["mean_srgb"], [0.5 / 257.0, 32_768.0 / 257.0, 255.0]);
}

/// The smallest EXIF block that holds an orientation.
fn exif(orientation: u8) -> Vec<u8> {
    let mut block = b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0".to_vec();
    block.extend([orientation, 0, 0, 0, 0, 0, 0, 0]);
    block
}

/// Writes a JPEG 48 wide and 32 high, dark on the left and light on the right.
fn write_halves(place: &Place, name: &str, orientation: u8) {
    let halves = RgbImage::from_fn(48, 32, |x, _| Rgb([if x < 24 { 40 } else { 200 }; 3]));
    let mut file = Vec::new();
    let mut encoder = image::codecs::jpeg::JpegEncoder::new_with_quality(&mut file, 100);
    encoder.set_exif_metadata(exif(orientation)).unwrap();
    encoder.write_image(&halves, 48, 32, ExtendedColorType::Rgb8).unwrap();
    fs::write(place.join(name), file).unwrap();
}

#[test]
fn a_picture_is_shown_upright() {
    let place = Place::with_pair();
    // By orientation: the size when upright, and which quadrants are dark.
    let cases = [
        (1, (48, 32), [true, false, true, false]),
        (3, (48, 32), [false, true, false, true]),
        (6, (32, 48), [true, true, false, false]),
        (8, (32, 48), [false, false, true, true]),
    ];
    for (orientation, (width, height), are_dark) in cases {
        write_halves(&place, "halves.jpg", orientation);
        let report = place.json(&["inspect", "halves.jpg", "--json"]);
        assert_eq!(report["format"], "jpeg");
        assert_eq!(report["orientation"], json!(orientation));
        assert_eq!((&report["width"], &report["height"]), (&json!(width), &json!(height)));
        let quadrants = report["quadrants_srgb"].as_array().unwrap();
        let found: Vec<bool> =
            quadrants.iter().map(|color| color[1].as_f64().unwrap() < 120.0).collect();
        assert_eq!(found, are_dark, "orientation {orientation}");
    }
}

#[test]
fn the_format_is_told_by_the_content_and_not_by_the_name() {
    let place = Place::with_pair();
    let picture = DynamicImage::ImageRgb8(pattern((20, 10), 1));
    for (format, name) in
        [(ImageFormat::Jpeg, "jpeg"), (ImageFormat::WebP, "webp"), (ImageFormat::Png, "png")]
    {
        picture.save_with_format(place.join("misnamed.png"), format).unwrap();
        assert_eq!(place.json(&["inspect", "misnamed.png", "--json"])["format"], name);
    }
}
