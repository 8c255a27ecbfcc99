//! A thousand landmarks found in copies that differ in a known way, from starts 12 pixels off.

use super::{Alignment, Marked, PAIR, Random, Tally, at, blurred, code, num, refine};
use crate::{
    geometry::{Image, ImagePoint, Kernel, Output, Similarity},
    raster::{Picture, Pixels, View, render_view},
};

/// Pixels a side of a copy.
const SIDE: usize = 144;
/// Corners taken of each picture of the bundled pair.
const N_CORNERS: usize = 84;

/// What is done to a copy.
#[derive(Clone, Copy, Default)]
struct Change {
    /// Largest roll in degrees, and the range of scale.
    degrees: f64,
    scale: Option<(f64, f64)>,
    /// Deviation of the noise, in codes.
    noise: f64,
    /// Deviation of the blur, in pixels of the copy.
    blur: Option<f64>,
    has_gamma: bool,
}

/// A copy of what surrounds `at_a`, and where it lies in it.
fn copy(
    a: &Picture,
    at_a: ImagePoint,
    change: &Change,
    random: &mut Random,
) -> (Picture, Alignment) {
    let middle = num(SIDE) / 2.0;
    let to = at(middle + random.uniform(-1.0, 1.0), middle + random.uniform(-1.0, 1.0));
    let (low, high) = change.scale.unwrap_or((1.0, 1.0));
    let (scale, degrees) =
        (random.uniform(low, high), random.uniform(-change.degrees, change.degrees));
    let b_from_a = Alignment::about(scale, degrees.to_radians(), at_a, to);
    let [[re, _, x], [im, _, y]] = b_from_a.inverse().matrix();
    let map = Similarity::<Image, Output>::from_coefficients(re, im, x, y);
    let view = View::new(map, Kernel::CatmullRom, (SIDE, SIDE));
    let shown = render_view(a, &view, &|| false).unwrap();
    let gamma = match (change.has_gamma, random.uniform(-1.0, 1.0)) {
        (false, _) => 1.0,
        (true, darker) if darker < 0.0 => 1.0 + 0.2 * darker,
        (true, lighter) => 1.0 + 0.25 * lighter,
    };
    let bent = bent(gamma);
    let mut texels = shown.to_rgba8().as_chunks::<4>().0.to_vec();
    for channel in 0..3 {
        let mut codes: Vec<f64> =
            texels.iter().map(|texel| bent[usize::from(texel[channel])]).collect();
        if let Some(blur) = change.blur {
            codes = blurred(&codes, SIDE, blur);
        }
        for (texel, value) in texels.iter_mut().zip(codes) {
            let noise = if change.noise > 0.0 { change.noise * random.normal() } else { 0.0 };
            texel[channel] = code(value + noise);
        }
    }
    (Picture::new(SIDE, SIDE, Pixels::Rgba8(texels)).unwrap(), b_from_a)
}

/// Each code raised to a power.
fn bent(gamma: f64) -> Vec<f64> {
    (0..=u8::MAX).map(|code| 255.0 * libm::pow(f64::from(code) / 255.0, gamma)).collect()
}

/// Both pictures of the bundled pair, copied round each of their corners.
fn tally(change: &Change, seed: u64) -> Tally {
    let mut random = Random(seed);
    let mut tally = Tally::default();
    for Marked { picture, corners } in &*PAIR {
        for at_a in &corners[..N_CORNERS] {
            let (b, b_from_a) = copy(picture, *at_a, change, &mut random);
            let truth = b_from_a.apply(*at_a);
            let start = random.beside(truth, 12.0);
            tally.add(refine(picture, *at_a, &b, start, &b_from_a), truth);
        }
    }
    assert_eq!(tally.n, 2 * N_CORNERS);
    tally
}

#[test]
fn rendered_again_at_broken_pixels() {
    tally(&Change::default(), 1).assert("rendered again", [97.0, 97.0, 100.0, 0.0]);
}

#[test]
fn with_noise() {
    let change = Change { noise: 6.0, ..Change::default() };
    tally(&change, 2).assert("noise", [97.0, 95.0, 100.0, 0.0]);
}

#[test]
fn blurred_by_one_and_a_half_pixels() {
    let change = Change { blur: Some(1.5), ..Change::default() };
    tally(&change, 3).assert("blur", [95.0, 97.0, 100.0, 0.0]);
}

#[test]
fn with_another_gamma() {
    let change = Change { has_gamma: true, ..Change::default() };
    tally(&change, 4).assert("gamma", [97.0, 97.0, 100.0, 0.0]);
}

#[test]
fn rolled_and_scaled() {
    let change = Change { degrees: 15.0, scale: Some((0.7, 1.4)), ..Change::default() };
    tally(&change, 5).assert("rolled and scaled", [97.0, 97.0, 100.0, 0.0]);
}

#[test]
fn all_at_once() {
    let change = Change {
        degrees: 15.0,
        scale: Some((0.8, 1.25)),
        noise: 4.0,
        blur: Some(1.5),
        has_gamma: true,
    };
    tally(&change, 6).assert("all at once", [94.0, 95.0, 100.0, 0.6]);
}
