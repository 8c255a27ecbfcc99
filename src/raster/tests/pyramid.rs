//! The mip pyramid.

use super::{each_texel, picture, speckled};
use crate::raster::{Picture, Pixels};

#[test]
fn each_level_is_half_the_size_rounded_up_down_to_a_single_pixel() {
    let source = speckled(37, 5);
    let sizes: Vec<(usize, usize)> = std::iter::successors(Some(&source), |level| level.half())
        .map(|level| (level.width(), level.height()))
        .collect();
    assert_eq!(sizes, [(37, 5), (19, 3), (10, 2), (5, 1), (3, 1), (2, 1), (1, 1)]);
}

#[test]
fn a_constant_stays_that_constant_at_every_level_and_depth() {
    for texel in [[13, 200, 90, 255], [13, 200, 90, 128], [0, 0, 0, 255], [255, 255, 255, 255]] {
        let source = picture(21, 34, |_, _| texel);
        let mut levels = std::iter::successors(Some(&source), |level| level.half());
        assert!(levels.all(|level| each_texel(level).all(|(_, found)| found == texel)));
    }
    let texel = [12_345, 54_321, 7, u16::MAX];
    let source = Picture::new(9, 14, Pixels::Rgba16(vec![texel; 9 * 14])).unwrap();
    for level in std::iter::successors(source.half(), |level| level.half()) {
        let Pixels::Rgba16(texels) = level.pixels() else { panic!("16 bits became fewer") };
        let is_near = |found: &[u16; 4]| found.iter().zip(texel).all(|(a, b)| a.abs_diff(b) <= 1);
        assert!(texels.iter().all(is_near));
    }
}

#[test]
fn a_level_lies_where_the_picture_lies() {
    // The middle of a soft blob stays where it is, in pixels of the picture.
    let blob = picture(64, 64, |x, y| {
        let distance = |n: usize, middle: f64| f64::from(u32::try_from(n).unwrap()) + 0.5 - middle;
        let (dx, dy) = (distance(x, 27.0), distance(y, 36.5));
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 255")]
        let code = (255.0 * super::encoded(libm::exp(-(dx * dx + dy * dy) / 72.0))).round() as u8;
        [code, code, code, 255]
    });
    let half = blob.half().unwrap();
    for (level, scale) in [(half, 2.0), (half.half().unwrap(), 4.0)] {
        let (mut sum, mut x_sum, mut y_sum) = (0.0, 0.0, 0.0);
        for ((x, y), texel) in each_texel(level) {
            let light = super::linear(f64::from(texel[0]) / 255.0);
            let place = |n: usize| (f64::from(u32::try_from(n).unwrap()) + 0.5) * scale;
            sum += light;
            x_sum += light * place(x);
            y_sum += light * place(y);
        }
        let (x, y) = (x_sum / sum, y_sum / sum);
        assert!((x - 27.0).abs() < 0.02 && (y - 36.5).abs() < 0.02, "{x} {y}");
    }
}

#[test]
fn invisible_colour_leaves_no_trace() {
    let source = picture(24, 24, |x, _| if x < 12 { [255, 0, 0, 0] } else { [0, 0, 255, 255] });
    for level in std::iter::successors(source.half(), |level| level.half()) {
        for (at, [r, g, b, alpha]) in each_texel(level).filter(|(_, texel)| texel[3] > 0) {
            assert_eq!([r, g, b], [0, 0, 255], "{at:?} {alpha}");
        }
    }
}
