//! How near a view comes to the picture that the pixels were taken from, in figures: analytic
//! pictures of ten plane waves a channel, seen through a similarity, against their formula.

use std::f64::consts::TAU;

use super::{Light, Map, Picture, View, each_texel, render_view};
use crate::{
    geometry::{Kernel, OutputPoint, Point},
    raster::{
        filter::{Fixed, Float},
        kernel::Weights,
    },
};

/// The mean code of every analytic picture.
const MEAN: f64 = 127.5;
/// The amplitudes of a channel's waves add up to this many codes.
const SUM: f64 = 112.0;

/// One plane wave.
struct Wave {
    amplitude: f64,
    /// Radians a pixel along x and y.
    frequency: [f64; 2],
    phase: f64,
}

/// The waves of three channels; `draw` gives numbers from 0 to 1.
fn waves(cycles: f64, draw: &mut dyn FnMut() -> f64) -> [Vec<Wave>; 3] {
    [(); 3].map(|()| {
        let mut waves: Vec<Wave> = (0..10)
            .map(|_| {
                let direction = TAU * draw();
                let radians = TAU * (cycles + 0.02 * (2.0 * draw() - 1.0));
                let frequency = [radians * libm::cos(direction), radians * libm::sin(direction)];
                Wave { amplitude: 0.5 + 0.5 * draw(), frequency, phase: TAU * draw() }
            })
            .collect();
        let sum: f64 = waves.iter().map(|wave| wave.amplitude).sum();
        for wave in &mut waves {
            wave.amplitude *= SUM / sum;
        }
        waves
    })
}

fn value(waves: &[Wave], x: f64, y: f64) -> f64 {
    let at = |wave: &Wave| {
        wave.amplitude * libm::sin(wave.frequency[0] * x + wave.frequency[1] * y + wave.phase)
    };
    MEAN + waves.iter().map(at).sum::<f64>()
}

fn place(n: usize) -> f64 {
    f64::from(u32::try_from(n).unwrap()) + 0.5
}

fn drawn(waves: &[Vec<Wave>; 3], size: usize) -> Picture {
    super::picture(size, size, |x, y| {
        let code = |c: usize| value(&waves[c], place(x), place(y));
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 255")]
        let [r, g, b] = [0, 1, 2].map(|c| code(c).round() as u8);
        [r, g, b, 255]
    })
}

fn seen(source: &Picture, map: Map, kernel: Kernel, size: usize) -> Picture {
    let view = View { light: Light::Encoded, ..View::new(map, kernel, (size, size)) };
    render_view(source, &view, &|| false).unwrap()
}

/// Peak signal to noise ratio in dB, against the formula, of a view of such a picture and of the
/// kernel's own formula in double precision, rounded to codes as well.
fn psnr(kernel: Kernel, cycles: f64, seed: u64) -> (f64, f64) {
    const SIZE: usize = 128;
    let waves = waves(cycles, &mut numbers(seed));
    let source = drawn(&waves, SIZE);
    let middle = f64::from(u32::try_from(SIZE).unwrap()) / 2.0;
    let to = Point::new(middle + 0.37, middle - 0.22);
    let map = Map::about(1.0 / 1.27, 7.3_f64.to_radians(), OutputPoint::new(middle, middle), to);
    let shown = seen(&source, map, kernel, SIZE);
    let (mut sum, mut ideal_sum, mut n) = (0.0, 0.0, 0.0);
    for ((x, y), texel) in each_texel(&shown) {
        let at = map.apply(OutputPoint::new(place(x), place(y)));
        if !(4.0..124.0).contains(&at.x) || !(4.0..124.0).contains(&at.y) {
            continue;
        }
        let ideal = ideal(&source, kernel, at);
        for (c, waves) in waves.iter().enumerate() {
            let exact = value(waves, at.x, at.y);
            let (off, ideal_off) = (f64::from(texel[c]) - exact, ideal[c].round() - exact);
            sum += off * off;
            ideal_sum += ideal_off * ideal_off;
            n += 1.0;
        }
    }
    assert!(n > 20_000.0);
    let decibels = |sum: f64| 20.0 * libm::log10(255.0 / libm::sqrt(sum / n));
    (decibels(sum), decibels(ideal_sum))
}

/// The kernel by its formula.
fn formula(kernel: Kernel, x: f64) -> f64 {
    let x = x.abs();
    let sinc = |x: f64| {
        if x == 0.0 { 1.0 } else { libm::sin(TAU / 2.0 * x) / (TAU / 2.0 * x) }
    };
    match kernel {
        Kernel::Nearest => unreachable!("it is no sum"),
        Kernel::Bilinear => (1.0 - x).max(0.0),
        Kernel::CatmullRom if x < 1.0 => 1.5 * x.powi(3) - 2.5 * x.powi(2) + 1.0,
        Kernel::CatmullRom if x < 2.0 => -0.5 * x.powi(3) + 2.5 * x.powi(2) - 4.0 * x + 2.0,
        Kernel::Lanczos3 if x < 3.0 => sinc(x) * sinc(x / 3.0),
        Kernel::CatmullRom | Kernel::Lanczos3 => 0.0,
    }
}

/// Eight taps round `at` on one axis: the first pixel and weights that sum to one.
fn exact_taps(kernel: Kernel, at: f64) -> (usize, [f64; 8]) {
    let first = (at - 0.5).floor() - 3.0;
    let raw: [f64; 8] = std::array::from_fn(|tap| formula(kernel, first + place(tap) - at));
    let sum: f64 = raw.iter().sum();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "inside")]
    (first as usize, raw.map(|weight| weight / sum))
}

fn ideal(source: &Picture, kernel: Kernel, at: Point<crate::geometry::Image>) -> [f64; 3] {
    let (first_x, x_weights) = exact_taps(kernel, at.x);
    let (first_y, y_weights) = exact_taps(kernel, at.y);
    let mut sum = [0.0; 3];
    for (row, y_weight) in y_weights.iter().enumerate() {
        for (column, x_weight) in x_weights.iter().enumerate() {
            // A tap beyond the edge has no weight.
            let Some(texel) = source.rgba8_at(first_x + column, first_y + row) else { continue };
            for c in 0..3 {
                sum[c] += y_weight * x_weight * f64::from(texel[c]);
            }
        }
    }
    sum
}

#[test]
fn every_kernel_comes_as_near_to_the_picture_as_its_formula_does() {
    // The least is what the kernel reaches for the least fortunate of these pictures.
    for (kernel, cycles, least) in [
        (Kernel::Lanczos3, 0.10, 55.5),
        (Kernel::Lanczos3, 0.20, 53.0),
        (Kernel::CatmullRom, 0.10, 56.0),
        (Kernel::CatmullRom, 0.20, 48.0),
        (Kernel::Bilinear, 0.10, 47.5),
        (Kernel::Bilinear, 0.20, 36.8),
    ] {
        for seed in 0..4 {
            let (found, ideal) = psnr(kernel, cycles, seed);
            assert!(found >= least, "{} at {cycles}: {found} dB", kernel.name());
            assert!(found > ideal - 0.03, "{} at {cycles}: {found}, {ideal}", kernel.name());
        }
    }
}

#[test]
fn weights_lie_within_a_1024th_of_a_pixel_of_their_position() {
    // The weighted mean of the taps' own positions: the position, where a kernel keeps ramps.
    for kernel in [Kernel::Bilinear, Kernel::CatmullRom, Kernel::Lanczos3] {
        let weights: Weights<Fixed> = Weights::new(kernel, 1.0, 40);
        let mut scratch = Vec::new();
        for step in 0..5000_u32 {
            let at = 10.0 + f64::from(step) * 0.004_001;
            let (first, taps) = weights.taps(at, &mut scratch);
            let found: f64 = taps
                .iter()
                .enumerate()
                .map(|(tap, weight)| f64::from(*weight) / 16_384.0 * place(first + tap))
                .sum();
            let (first, taps) = exact_taps(kernel, at);
            let exact: f64 =
                taps.iter().enumerate().map(|(tap, weight)| weight * place(first + tap)).sum();
            let off = (found - exact).abs();
            assert!(off <= 1.0 / 1024.0, "{} at {at}: {off}", kernel.name());
        }
    }
}

#[test]
fn weights_sum_to_one_wherever_they_are_taken() {
    for kernel in Kernel::ALL {
        for (stretch, length) in [(1.0, 9), (1.3, 50), (1.99, 3), (17.0, 40), (5.0, 1)] {
            let fixed: Weights<Fixed> = Weights::new(kernel, stretch, length);
            let float: Weights<Float<[u8; 4]>> = Weights::new(kernel, stretch, length);
            let (mut fixed_scratch, mut float_scratch) = (Vec::new(), Vec::new());
            let end = f64::from(u32::try_from(length).unwrap());
            for step in 0..1000_u32 {
                let at = end * f64::from(step) / 1000.0;
                let (first, taps) = fixed.taps(at, &mut fixed_scratch);
                assert!(first + taps.len() <= length);
                assert_eq!(taps.iter().map(|weight| i32::from(*weight)).sum::<i32>(), 16_384);
                let (first, taps) = float.taps(at, &mut float_scratch);
                assert!(first + taps.len() <= length);
                assert!((taps.iter().sum::<f32>() - 1.0).abs() < 1e-5);
            }
        }
    }
}

/// Amplitude, in codes, of a wave of this frequency (cycles a pixel) and direction seen minified,
/// as a share of its own.
fn share_kept(kernel: Kernel, cycles: f64, direction: f64) -> f64 {
    const SIZE: usize = 900;
    const SCALE: f64 = 7.3;
    let frequency = [cycles * libm::cos(direction) * TAU, cycles * libm::sin(direction) * TAU];
    let source = super::picture(SIZE, SIZE, |x, y| {
        let light = 0.5 + 0.45 * libm::sin(frequency[0] * place(x) + frequency[1] * place(y) + 0.4);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 255")]
        let code = (255.0 * super::encoded(light)).round() as u8;
        [code, code, code, 255]
    });
    let map = super::turned(SCALE, 7.3, &source, 96, 96);
    let shown = super::render(&source, map, kernel, 96, 96);
    // The best sine and cosine of the wave's own frequency, or all that is left where it cannot be.
    let mut values = Vec::new();
    for ((x, y), texel) in each_texel(&shown) {
        let at = map.apply(OutputPoint::new(place(x), place(y)));
        let phase = frequency[0] * at.x + frequency[1] * at.y;
        values.push((phase, super::linear(f64::from(texel[0]) / 255.0) - 0.5));
    }
    let n = f64::from(u32::try_from(values.len()).unwrap());
    if cycles * SCALE > 0.5 {
        let mean = values.iter().map(|(_, v)| v).sum::<f64>() / n;
        let variance = values.iter().map(|(_, v)| (v - mean) * (v - mean)).sum::<f64>() / n;
        return libm::sqrt(2.0 * variance) / 0.45;
    }
    let along = |wave: fn(f64) -> f64| {
        2.0 * values.iter().map(|(phase, v)| wave(*phase) * v).sum::<f64>() / n
    };
    libm::hypot(along(libm::sin), along(libm::cos)) / 0.45
}

#[test]
fn what_a_minified_view_cannot_hold_is_gone_and_what_it_can_stays() {
    // Seen at 1/7.3 a wave of 50 pixels has 6.8: the box and the triangle keep less of it than the
    // two smooth kernels, as their own transforms say.
    let least = |kernel| match kernel {
        Kernel::Nearest => 0.945,
        Kernel::Bilinear => 0.925,
        Kernel::CatmullRom => 0.985,
        Kernel::Lanczos3 => 0.995,
    };
    for kernel in Kernel::ALL {
        for degrees in [0.0_f64, 20.0, 45.0] {
            let fine = share_kept(kernel, 0.45, degrees.to_radians());
            let coarse = share_kept(kernel, 0.02, degrees.to_radians());
            assert!(fine < 0.01, "{} at {degrees}: {fine} is left", kernel.name());
            assert!((least(kernel)..1.02).contains(&coarse), "{} {coarse}", kernel.name());
        }
    }
}

/// Numbers from 0 to 1 that look like chance and are always the same (a linear congruence).
fn numbers(seed: u64) -> impl FnMut() -> f64 {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) + 12_345;
    move || {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        f64::from(u32::try_from(state >> 32).unwrap()) / f64::from(u32::MAX)
    }
}
