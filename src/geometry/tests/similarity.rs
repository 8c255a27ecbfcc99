//! The map itself.

use std::f64::consts::{FRAC_PI_2, PI};

use super::{Map, assert_near, assert_same_map, at};
use crate::geometry::{Image, Rect, Similarity};

fn some_map() -> Map {
    Similarity::about(1.7, 0.4, at(120.0, 80.0), at(-40.0, 310.5))
}

#[test]
fn a_positive_roll_turns_x_towards_y() {
    let quarter = Map::about(2.0, FRAC_PI_2, at(10.0, 20.0), at(100.0, 200.0));
    let (right, below) = (quarter.apply(at(11.0, 20.0)), quarter.apply(at(10.0, 21.0)));
    assert_near(right.x, 100.0, 1e-12);
    assert_near(right.y, 202.0, 1e-12);
    assert_near(below.x, 98.0, 1e-12);
    assert_near(below.y, 200.0, 1e-12);
}

#[test]
fn about_puts_its_pivot_where_it_was_told_and_keeps_scale_and_roll() {
    let map = some_map();
    assert!(map.apply(at(120.0, 80.0)).distance(at(-40.0, 310.5)) < 1e-12);
    assert_near(map.scale(), 1.7, 1e-14);
    assert_near(map.roll(), 0.4, 1e-14);
}

#[test]
fn the_roll_is_reported_over_the_full_circle() {
    for degrees in [-179.0_f64, -90.0, -1.0, 0.0, 30.0, 91.0, 179.0] {
        let roll = degrees.to_radians();
        assert_near(Map::about(0.3, roll, at(5.0, 6.0), at(7.0, 8.0)).roll(), roll, 1e-14);
    }
    assert_near(Map::about(1.0, PI, at(0.0, 0.0), at(0.0, 0.0)).roll().abs(), PI, 1e-14);
}

#[test]
fn the_inverse_takes_every_position_back() {
    let map = some_map();
    for p in [at(0.0, 0.0), at(1535.5, 12.25), at(-300.0, 4000.0)] {
        assert!(map.inverse().apply(map.apply(p)).distance(p) < 1e-9);
        assert!(map.apply(map.inverse().apply(p)).distance(p) < 1e-9);
    }
    assert_same_map(&(map.inverse() * map), &Map::identity(), 1e-12);
    assert_same_map(&map.inverse().inverse(), &map, 1e-12);
}

#[test]
fn a_product_applies_its_right_factor_first() {
    let (first, second) = (some_map(), Map::about(0.5, -1.1, at(3.0, 4.0), at(90.0, -20.0)));
    let both = second * first;
    for p in [at(0.0, 0.0), at(640.0, 480.0)] {
        assert!(both.apply(p).distance(second.apply(first.apply(p))) < 1e-9);
    }
    let other_way = (first * second).apply(at(640.0, 480.0));
    assert!(both.apply(at(640.0, 480.0)).distance(other_way) > 1.0);
}

#[test]
fn the_matrix_lists_rows_with_the_translation_last() {
    let map = Map::from_coefficients(0.8, 0.6, 3.0, 4.0);
    assert_eq!(map.matrix(), [[0.8, -0.6, 3.0], [0.6, 0.8, 4.0]]);
}

#[test]
fn a_vector_is_turned_and_scaled_but_not_moved() {
    let map = some_map();
    let (from, to) = (map.apply(at(10.0, 20.0)), map.apply(at(13.0, 16.0)));
    let (dx, dy) = map.apply_vector((3.0, -4.0));
    assert_near(dx, to.x - from.x, 1e-12);
    assert_near(dy, to.y - from.y, 1e-12);
    assert_near(libm::hypot(dx, dy), 5.0 * 1.7, 1e-12);
}

#[test]
fn bounds_hold_a_rolled_rectangle_tightly() {
    let eighth = Map::about(1.0, std::f64::consts::FRAC_PI_4, at(5.0, 5.0), at(5.0, 5.0));
    let square: Rect<Image> = Rect::new(at(0.0, 0.0), at(10.0, 10.0));
    let bounds = eighth.bounds(&square);
    let half = 5.0 * std::f64::consts::SQRT_2;
    assert_near(bounds.min.x, 5.0 - half, 1e-12);
    assert_near(bounds.max.y, 5.0 + half, 1e-12);
}

#[test]
fn only_finite_maps_with_a_scale_are_valid() {
    assert!(some_map().is_valid());
    assert!(!Map::from_coefficients(0.0, 0.0, 1.0, 1.0).is_valid());
    assert!(!Map::from_coefficients(1.0, 0.0, f64::NAN, 1.0).is_valid());
    assert!(!Map::from_coefficients(0.0, 0.0, 1.0, 1.0).inverse().is_valid());
}
