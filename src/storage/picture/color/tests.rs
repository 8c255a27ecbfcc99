//! Colours to sRGB.

mod icc;
mod profiles;
mod tables;
mod tags;

use super::{Converted, to_srgb};
use crate::{
    raster::Pixels,
    storage::picture::raw::{Channels, ColorTag},
};

fn rgb8(pixels: &[[u8; 3]], tag: &ColorTag) -> Converted {
    let pixels = pixels.iter().map(|[r, g, b]| [*r, *g, *b, 255]).collect();
    to_srgb(Pixels::Rgba8(pixels), Channels::Rgb, tag)
}

fn rgb16(pixels: &[[u16; 3]], tag: &ColorTag) -> Converted {
    let pixels = pixels.iter().map(|[r, g, b]| [*r, *g, *b, u16::MAX]).collect();
    to_srgb(Pixels::Rgba16(pixels), Channels::Rgb, tag)
}

fn codes8(converted: &Converted) -> &[[u8; 4]] {
    match &converted.pixels {
        Pixels::Rgba8(pixels) => pixels,
        Pixels::Rgba16(_) => panic!("16 bits"),
    }
}

fn codes16(converted: &Converted) -> &[[u16; 4]] {
    match &converted.pixels {
        Pixels::Rgba8(_) => panic!("8 bits"),
        Pixels::Rgba16(pixels) => pixels,
    }
}

/// Whether every channel is at most `tolerance` codes from what is expected.
#[track_caller]
fn assert_near<C: Copy + Into<i32> + std::fmt::Debug>(
    found: &[[C; 4]],
    expected: &[[C; 3]],
    tolerance: i32,
) {
    assert_eq!(found.len(), expected.len());
    for (found, expected) in found.iter().zip(expected) {
        let is_near = found
            .iter()
            .zip(expected)
            .all(|(found, expected)| ((*found).into() - (*expected).into()).abs() <= tolerance);
        assert!(is_near, "{found:?} is not {expected:?}");
    }
}

/// `n` codes a channel, from none to full scale.
fn grid(n: u16) -> Vec<[u16; 3]> {
    let code = |step: u16| u16::try_from(u32::from(step) * 65_535 / u32::from(n - 1)).unwrap();
    let mut all = Vec::new();
    for r in 0..n {
        for g in 0..n {
            all.extend((0..n).map(|b| [r, g, b].map(code)));
        }
    }
    all
}

fn eight(pixels: &[[u16; 3]]) -> Vec<[u8; 3]> {
    pixels.iter().map(|pixel| pixel.map(|code| u8::try_from(code >> 8).unwrap())).collect()
}

/// An encoded value as a 16-bit code.
fn code16(value: f64) -> u16 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped")]
    let code = libm::round(value.clamp(0.0, 1.0) * 65_535.0) as u16;
    code
}

/// As IEC 61966-2-1 gives it.
fn light(code: u16) -> f64 {
    let value = f64::from(code) / 65_535.0;
    if value <= 0.04045 { value / 12.92 } else { libm::pow((value + 0.055) / 1.055, 2.4) }
}

fn encoded(light: f64) -> f64 {
    if light <= 0.003_130_8 { 12.92 * light } else { 1.055 * libm::pow(light, 1.0 / 2.4) - 0.055 }
}
