//! The mip pyramid.

use proptest::prelude::*;

use super::{each_texel, picture, render, speckled};
use crate::{
    geometry::{Kernel, OutputPoint, Point, Similarity},
    raster::{Picture, Pixels},
};

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

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn what_is_made_of_a_level_for_one_view_shows_as_all_of_it_would(
        size in (300_usize..900, 200_usize..700),
        views in proptest::collection::vec(
            ((2.0..3.9_f64, -3.2..3.2_f64), (0.0..1.0_f64, 0.0..1.0_f64), (5_usize..140, 5_usize..140)),
            1..4,
        ),
        kernel in proptest::sample::select(&Kernel::ALL[..]),
    ) {
        let source = speckled(size.0, size.1);
        let whole = source.clone();
        prop_assert!(whole.half().is_some());
        for ((scale, roll), (x, y), (width, height)) in views {
            let along = |share: f64, n: usize| share * f64::from(u32::try_from(n).unwrap());
            let at = Point::new(along(x, size.0), along(y, size.1));
            let map = Similarity::about(scale, roll, OutputPoint::new(0.0, 0.0), at);
            let [part, all] = [&source, &whole].map(|of| render(of, map, kernel, width, height));
            prop_assert_eq!(part, all);
        }
    }
}

#[test]
fn of_a_level_no_more_is_made_than_a_view_needs() {
    let source = speckled(1024, 1024);
    let n_bytes = source.n_bytes();
    render(&source, super::scaled(2.5, (100.0, 100.0)), Kernel::Lanczos3, 100, 100);
    assert!(source.n_bytes() < n_bytes + n_bytes / 32);
    render(&source, super::scaled(2.5, (500.0, 500.0)), Kernel::Lanczos3, 100, 100);
    assert!(source.n_bytes() > n_bytes + n_bytes / 4, "the second time it is made as a whole");
}
