//! Tests of the figures, against pictures whose values are known.

mod protocol;

use super::{RegionValues, region_values};
use crate::{
    geometry::{ImagePoint, Point, Rect, Shape},
    raster::{Lab, Picture, Pixels},
};

fn at(x: f64, y: f64) -> ImagePoint {
    Point::new(x, y)
}

fn picture(texel: impl Fn(usize, usize) -> [u8; 4]) -> Picture {
    let texel = &texel;
    let pixels = (0..40).flat_map(|y| (0..60).map(move |x| texel(x, y))).collect();
    Picture::new(60, 40, Pixels::Rgba8(pixels)).expect("a sound size")
}

fn values(picture: &Picture, shape: &Shape) -> Option<RegionValues> {
    region_values(picture, &shape.path(), &|| false)
}

fn area(x0: f64, y0: f64, x1: f64, y1: f64) -> Shape {
    Shape::Box(Rect::new(at(x0, y0), at(x1, y1)))
}

#[test]
fn a_flat_region_has_its_colour_and_no_spread() {
    let flat = picture(|_, _| [200, 120, 40, 255]);
    let found = values(&flat, &area(3.0, 4.0, 13.0, 9.0)).expect("pixels");
    assert_eq!(found.n_pixels, 50);
    for (spread, code) in found.rgb.iter().zip([200.0, 120.0, 40.0]) {
        assert!((spread.mean - code).abs() < 1e-12 && spread.deviation < 1e-6);
    }
    let lab = Lab::of_srgb8([200, 120, 40]);
    for (spread, value) in found.lab.iter().zip([lab.l, lab.a, lab.b]) {
        assert!((spread.mean - value).abs() < 1e-12 && spread.deviation < 1e-9);
    }
    assert!(found.delta_e_2000(&found) < 1e-12);
}

#[test]
fn a_chequered_region_has_the_spread_of_two_values() {
    let codes = picture(|x, y| if (x + y) % 2 == 0 { [90; 4] } else { [110, 110, 110, 255] });
    let found = values(&codes, &area(0.0, 0.0, 60.0, 40.0)).expect("pixels");
    assert_eq!(found.n_pixels, 2400);
    assert!((found.rgb[1].mean - 100.0).abs() < 1e-12);
    assert!((found.rgb[1].deviation - 10.0).abs() < 1e-9);
    let (one, two) = (Lab::of_srgb8([90; 3]).l, Lab::of_srgb8([110; 3]).l);
    assert!((found.lab[0].mean - f64::midpoint(one, two)).abs() < 1e-9);
    assert!((found.lab[0].deviation - (two - one) / 2.0).abs() < 1e-9);
}

#[test]
fn a_pixel_counts_when_its_centre_lies_inside() {
    let columns = picture(|x, _| [u8::try_from(x).expect("small"), 0, 0, 255]);
    // From 10.4 to 13.6 lie the centres 10.5, 11.5, 12.5, 13.5.
    let found = values(&columns, &area(10.4, 7.0, 13.6, 8.0)).expect("pixels");
    assert_eq!((found.n_pixels, found.rgb[0].mean), (4, 11.5));
    let found = values(&columns, &area(10.6, 7.0, 13.4, 8.0)).expect("pixels");
    assert_eq!((found.n_pixels, found.rgb[0].mean), (2, 11.5));
    assert_eq!(values(&columns, &area(10.6, 7.0, 11.4, 7.4)), None, "no centre inside");
}

#[test]
fn an_ellipse_holds_its_share_of_the_rectangle_round_it() {
    let flat = picture(|_, _| [9, 9, 9, 255]);
    let round = Shape::Ellipse(Rect::new(at(10.0, 5.0), at(50.0, 35.0)));
    let n = values(&flat, &round).expect("pixels").n_pixels;
    let true_area = std::f64::consts::PI * 20.0 * 15.0;
    #[expect(clippy::cast_precision_loss, reason = "a few pixels")]
    let share = n as f64 / true_area;
    assert!((share - 1.0).abs() < 0.01, "{n} of {true_area}");
}

#[test]
fn what_lies_outside_or_cannot_be_seen_does_not_count() {
    let half = picture(|x, _| if x < 30 { [50, 60, 70, 0] } else { [80, 60, 70, 255] });
    let found = values(&half, &area(-20.0, -20.0, 90.0, 90.0)).expect("pixels");
    assert_eq!(found.n_pixels, 30 * 40);
    assert!((found.rgb[0].mean - 80.0).abs() < 1e-12);
    assert_eq!(values(&half, &area(-20.0, -20.0, -5.0, 9.0)), None);
    assert_eq!(values(&half, &area(0.0, 0.0, 20.0, 20.0)), None, "transparent");
    assert_eq!(region_values(&half, &[at(f64::NAN, 0.0), at(9.0, 9.0)], &|| false), None);
    let path = area(0.0, 0.0, 60.0, 40.0).path();
    assert_eq!(region_values(&half, &path, &|| true), None, "cancelled");
}
