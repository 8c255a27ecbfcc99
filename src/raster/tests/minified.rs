//! Minified views: the mean of the light that a pixel covers, and nothing that was not there.

use super::{each_texel, encoded, linear, picture, render, scaled, turned};
use crate::{geometry::Kernel, raster::Picture};

fn checkerboard(size: usize) -> Picture {
    picture(size, size, |x, y| {
        let code = if (x + y) % 2 == 0 { 0 } else { 255 };
        [code, code, code, 255]
    })
}

/// Mean and standard deviation of red over the pixels at least `inset` from every edge.
fn statistics(shown: &Picture, inset: usize) -> (f64, f64) {
    let (width, height) = (shown.width(), shown.height());
    let values: Vec<f64> = each_texel(shown)
        .filter(|((x, y), _)| {
            (inset..width - inset).contains(x) && (inset..height - inset).contains(y)
        })
        .map(|(_, texel)| {
            assert_eq!(texel[3], 255);
            f64::from(texel[0])
        })
        .collect();
    let n = f64::from(u32::try_from(values.len()).unwrap());
    let mean = values.iter().sum::<f64>() / n;
    let variance = values.iter().map(|v| (v - mean).powi(2)).sum::<f64>() / n;
    (mean, libm::sqrt(variance))
}

#[test]
fn a_checkerboard_of_single_pixels_becomes_the_mean_of_its_light() {
    let source = checkerboard(512);
    for kernel in Kernel::ALL {
        for (scale, size) in [(4.0, 128), (7.3, 70)] {
            let map = scaled(scale, (0.0, 0.0));
            let (mean, std) = statistics(&render(&source, map, kernel, size, size), 4);
            assert!((mean - 188.0).abs() < 0.6, "{} 1/{scale}: mean {mean}", kernel.name());
            assert!(std < 1.0, "{} 1/{scale}: std {std}", kernel.name());
        }
    }
}

#[test]
fn a_checkerboard_does_not_alias_under_a_roll_of_30_degrees() {
    let source = checkerboard(512);
    for kernel in Kernel::ALL {
        for (scale, size) in [(4.0, 80), (7.3, 44)] {
            let map = turned(scale, 30.0, &source, size, size);
            let (mean, std) = statistics(&render(&source, map, kernel, size, size), 0);
            assert!((mean - 188.0).abs() < 0.6, "{} 1/{scale}: mean {mean}", kernel.name());
            assert!(std < 1.0, "{} 1/{scale}: std {std}", kernel.name());
        }
    }
}

#[test]
fn nearest_a_little_minified_is_the_mean_of_what_it_covers() {
    // At 2/3 an output pixel covers one whole pixel and half of one neighbour or of two.
    let source = super::speckled(24, 24);
    let shown = render(&source, scaled(1.5, (0.0, 0.0)), Kernel::Nearest, 16, 16);
    let light =
        |x: usize, y: usize, c: usize| linear(f64::from(source.rgba8_at(x, y).unwrap()[c]) / 255.0);
    for ((x, y), texel) in each_texel(&shown).filter(|((x, y), _)| x % 2 == 0 && y % 2 == 0) {
        let (left, top) = (x / 2 * 3, y / 2 * 3);
        for (c, code) in texel.into_iter().enumerate().take(3) {
            let row = |y: usize| light(left, y, c) + light(left + 1, y, c) / 2.0;
            let mean = (row(top) + row(top + 1) / 2.0) / 2.25;
            let exact = 255.0 * encoded(mean);
            assert!((f64::from(code) - exact).abs() < 0.7, "{x} {y}: {code} {exact}");
        }
    }
}

#[test]
fn a_wave_too_fine_for_the_view_disappears() {
    // Stripes of 5 pixels seen at a quarter would alias to stripes of 20.
    let stripes = picture(400, 400, |x, _| {
        let light =
            0.5 + 0.4 * (std::f64::consts::TAU * f64::from(u32::try_from(x).unwrap()) / 5.0).sin();
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 255")]
        let code = (255.0 * encoded(light)).round() as u8;
        [code, code, code, 255]
    });
    for kernel in [Kernel::CatmullRom, Kernel::Lanczos3] {
        let (mean, std) =
            statistics(&render(&stripes, scaled(4.0, (0.0, 0.0)), kernel, 100, 100), 4);
        assert!((mean - 188.0).abs() < 0.6, "{}: mean {mean}", kernel.name());
        assert!(std < 3.0, "{}: std {std}", kernel.name());
    }
}

#[test]
fn a_wave_that_the_view_can_hold_stays() {
    let slow = picture(400, 400, |x, _| {
        let light =
            0.5 + 0.4 * (std::f64::consts::TAU * f64::from(u32::try_from(x).unwrap()) / 40.0).sin();
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 255")]
        let code = (255.0 * encoded(light)).round() as u8;
        [code, code, code, 255]
    });
    for kernel in Kernel::ALL {
        let shown = render(&slow, scaled(4.0, (0.0, 0.0)), kernel, 100, 100);
        let (_, std) = statistics(&shown, 4);
        assert!(std > 40.0, "{}: std {std}", kernel.name());
    }
}
