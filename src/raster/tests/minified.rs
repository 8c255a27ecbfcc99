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
fn nearest_minified_by_a_whole_number_is_the_mean_of_its_block() {
    let source = super::speckled(24, 24);
    let shown = render(&source, scaled(4.0, (0.0, 0.0)), Kernel::Nearest, 6, 6);
    for ((x, y), texel) in each_texel(&shown) {
        for c in 0..3 {
            let block = (0..16).map(|idx| source.rgba8_at(4 * x + idx % 4, 4 * y + idx / 4));
            let light = block.map(|texel| linear(f64::from(texel.unwrap()[c]) / 255.0));
            let exact = 255.0 * encoded(light.sum::<f64>() / 16.0);
            assert!((f64::from(texel[c]) - exact).abs() < 0.51, "{x} {y}: {} {exact}", texel[c]);
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
