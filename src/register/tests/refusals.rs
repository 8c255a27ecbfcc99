//! What is refused, and with which reason.

use super::{Alignment, NoMatch, Random, Refinement, at, drawn, refine};
use crate::{
    geometry::ImagePoint,
    raster::{Picture, Pixels},
};

const SIDE: usize = 160;

/// Soft spots of differing size and tone, none like another.
fn spots(x: f64, y: f64) -> f64 {
    let mut random = Random(5);
    let mut grey = 120.0;
    for _ in 0..90 {
        let (cx, cy) = (random.uniform(0.0, 160.0), random.uniform(0.0, 160.0));
        let (size, tone) = (random.uniform(2.0, 6.0), random.uniform(-70.0, 70.0));
        let square = ((x - cx).powi(2) + (y - cy).powi(2)) / (size * size);
        if square < 40.0 {
            grey += tone * libm::exp(-0.5 * square);
        }
    }
    grey
}

fn spotted() -> Picture {
    drawn(SIDE, SIDE, spots)
}

fn between(
    a: &Picture,
    at_a: ImagePoint,
    b: &Picture,
    start: ImagePoint,
) -> Result<Refinement, NoMatch> {
    refine(a, at_a, b, start, &Alignment::identity())
}

#[test]
fn a_picture_in_itself_is_found_exactly() {
    let a = spotted();
    for place in [at(80.0, 80.0), at(70.5, 91.5), at(88.3, 66.8)] {
        let found = between(&a, place, &a, place.offset(-9.0, 7.0)).unwrap();
        assert!(found.at.distance(place) < 0.02, "{found:?} where {place:?} is true");
        assert!(found.peak > 0.99, "{found:?}");
    }
}

#[test]
fn brightness_and_contrast_do_not_matter() {
    let a = spotted();
    let b = drawn(SIDE, SIDE, |x, y| 140.0 + 0.3 * (spots(x - 3.25, y + 1.5) - 120.0));
    let found = between(&a, at(80.0, 80.0), &b, at(90.0, 72.0)).unwrap();
    assert!(found.at.distance(at(83.25, 78.5)) < 0.1, "{found:?}");
    assert!(found.peak > 0.95, "{found:?}");
}

#[test]
fn a_negative_does_not_match() {
    let a = spotted();
    let b = drawn(SIDE, SIDE, |x, y| 255.0 - spots(x, y));
    let found = between(&a, at(80.0, 80.0), &b, at(80.0, 80.0));
    assert!(found.is_err(), "{found:?}");
}

#[test]
fn an_even_patch_is_flat() {
    let a = drawn(SIDE, SIDE, |x, _| 100.0 + 0.05 * x);
    assert_eq!(between(&a, at(80.0, 80.0), &spotted(), at(80.0, 80.0)), Err(NoMatch::Flat));
}

#[test]
fn a_straight_edge_is_an_edge() {
    let edge = |x: f64, y: f64| 128.0 + 80.0 * libm::erf((0.8 * x + 0.6 * y - 112.0) / 1.5);
    let a = drawn(SIDE, SIDE, edge);
    assert_eq!(between(&a, at(80.0, 80.0), &a, at(84.0, 78.0)), Err(NoMatch::Edge));
}

#[test]
fn what_repeats_is_ambiguous() {
    let wave = |v: f64| libm::sin(v * std::f64::consts::TAU / 11.0);
    let a = drawn(SIDE, SIDE, |x, y| 128.0 + 50.0 * wave(x) * wave(y));
    let found = between(&a, at(80.0, 80.0), &a, at(85.0, 80.0));
    let Err(NoMatch::Ambiguous { peak, second }) = found else { panic!("{found:?}") };
    assert!(peak > 0.9 && second > 0.9 && second <= peak + 1e-9, "{found:?}");
}

#[test]
fn another_picture_is_unlike() {
    let b = drawn(SIDE, SIDE, |x, y| spots(160.0 - y, x));
    let found = between(&spotted(), at(80.0, 80.0), &b, at(80.0, 80.0));
    let Err(reason) = found else { panic!("{found:?}") };
    assert!(matches!(reason, NoMatch::Unlike { peak } if peak < 0.6), "{reason:?}");
    assert!(reason.to_string().starts_with("nothing near the place on B"), "{reason}");
}

#[test]
fn what_lies_beyond_the_search_is_not_found() {
    let a = spotted();
    let b = drawn(SIDE, SIDE, |x, y| spots(x - 26.0, y));
    let found = between(&a, at(70.0, 80.0), &b, at(70.0, 80.0));
    assert!(found.is_err(), "{found:?}");
    let limit = between(&a, at(70.0, 80.0), &b, at(76.5, 80.0));
    assert_eq!(limit, Err(NoMatch::TooFar));
    let near = between(&a, at(70.0, 80.0), &b, at(82.0, 80.0)).unwrap();
    assert!(near.at.distance(at(96.0, 80.0)) < 0.05, "{near:?}");
}

#[test]
fn the_search_is_measured_on_the_coarser_picture() {
    let (a, b) = (spotted(), drawn(2 * SIDE, 2 * SIDE, |x, y| spots(x / 2.0, y / 2.0)));
    let b_from_a = Alignment::from_coefficients(2.0, 0.0, 0.0, 0.0);
    let found = refine(&a, at(80.0, 80.0), &b, at(186.0, 150.0), &b_from_a).unwrap();
    assert!(found.at.distance(at(160.0, 160.0)) < 0.2, "{found:?}");
    let a_from_b = b_from_a.inverse();
    let found = refine(&b, at(160.0, 160.0), &a, at(92.0, 70.0), &a_from_b).unwrap();
    assert!(found.at.distance(at(80.0, 80.0)) < 0.1, "{found:?}");
}

#[test]
fn places_outside_are_refused() {
    let a = spotted();
    let outside = [at(-30.0, 80.0), at(80.0, 400.0), at(f64::NAN, 80.0), at(80.0, f64::INFINITY)];
    for place in outside {
        assert_eq!(between(&a, place, &a, at(80.0, 80.0)), Err(NoMatch::OutsideA), "{place:?}");
        assert_eq!(between(&a, at(80.0, 80.0), &a, place), Err(NoMatch::OutsideB), "{place:?}");
    }
}

#[test]
fn a_mark_beside_the_border_is_found_by_what_there_is() {
    let a = spotted();
    let found = between(&a, at(8.0, 80.0), &a, at(14.0, 75.0)).unwrap();
    assert!(found.at.distance(at(8.0, 80.0)) < 0.05, "{found:?}");
}

#[test]
fn transparent_pixels_do_not_count() {
    let a = spotted();
    let mut texels = a.to_rgba8().as_chunks::<4>().0.to_vec();
    // What is hidden is quite another picture.
    for (idx, texel) in texels.iter_mut().enumerate() {
        if idx % SIDE > 86 {
            *texel = if (idx / 3) % 2 == 0 { [255, 255, 255, 0] } else { [0; 4] };
        }
    }
    let b = Picture::new(SIDE, SIDE, Pixels::Rgba8(texels)).unwrap();
    let found = between(&a, at(80.0, 80.0), &b, at(74.0, 86.0)).unwrap();
    assert!(found.at.distance(at(80.0, 80.0)) < 0.05, "{found:?}");
    let clear = Picture::new(SIDE, SIDE, Pixels::Rgba8(vec![[9, 9, 9, 0]; SIDE * SIDE])).unwrap();
    assert_eq!(between(&a, at(80.0, 80.0), &clear, at(80.0, 80.0)), Err(NoMatch::OutsideB));
}

#[test]
fn an_alignment_without_scale_is_refused() {
    let a = spotted();
    for map in [
        Alignment::from_coefficients(0.0, 0.0, 3.0, 4.0),
        Alignment::from_coefficients(f64::NAN, 0.0, 0.0, 0.0),
        Alignment::from_coefficients(1.0, 0.0, f64::INFINITY, 0.0),
    ] {
        let found = refine(&a, at(80.0, 80.0), &a, at(80.0, 80.0), &map);
        assert_eq!(found, Err(NoMatch::BadAlignment), "{map:?}");
    }
}

#[test]
fn tiny_pictures_do_no_harm() {
    for side in [1, 2, 5] {
        let a = drawn(side, side, |x, y| 40.0 * x + 9.0 * y * y);
        let found = between(&a, at(0.5, 0.5), &a, at(0.5, 0.5));
        assert!(found.is_err(), "{found:?}");
    }
}
