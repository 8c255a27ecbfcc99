//! The largest upright rectangle in what two pictures cover.

use super::{Map, assert_near, at};
use crate::geometry::{ConvexRegion, Image, ImagePoint, Rect};

/// The corners of a rectangle through a map.
fn edges(rect: &Rect<Image>, map: &Map) -> [Vec<ImagePoint>; 4] {
    rect.corners().map(|corner| vec![map.apply(corner)])
}

fn rect(x: f64, y: f64, width: f64, height: f64) -> Rect<Image> {
    Rect::new(at(x, y), at(x + width, y + height))
}

fn upright(rects: &[Rect<Image>]) -> ConvexRegion<Image> {
    rects.iter().fold(ConvexRegion::everywhere(), |all, r| all.within(&edges(r, &Map::identity())))
}

#[track_caller]
fn assert_inside(region: &ConvexRegion<Image>, rect: &Rect<Image>) {
    assert!(rect.corners().into_iter().all(|p| region.contains(p)), "{rect:?}");
}

/// Whether any rectangle of this size fits, wherever its middle: tried on a fine grid.
fn fits_anywhere(
    region: &ConvexRegion<Image>,
    around: &Rect<Image>,
    width: f64,
    height: f64,
) -> bool {
    (0..=400).any(|row| {
        (0..=400).any(|column| {
            let x = around.min.x + around.width() * f64::from(column) / 400.0;
            let y = around.min.y + around.height() * f64::from(row) / 400.0;
            let tried = Rect::from_center(at(x, y), width, height);
            tried.corners().into_iter().all(|p| region.contains(p))
        })
    })
}

#[test]
fn a_region_holds_its_edge_and_nothing_beyond() {
    let region = upright(&[rect(10.0, 20.0, 30.0, 40.0)]);
    for p in [at(10.0, 20.0), at(40.0, 60.0), at(25.0, 40.0)] {
        assert!(region.contains(p));
    }
    for p in [at(9.9, 40.0), at(40.1, 40.0), at(25.0, 19.9), at(25.0, 60.1)] {
        assert!(!region.contains(p));
    }
}

#[test]
fn the_overlap_of_two_upright_pictures_is_filled() {
    let region = upright(&[rect(0.0, 0.0, 100.0, 80.0), rect(40.0, 30.0, 100.0, 100.0)]);
    let found = region.fit_rect(at(70.0, 55.0), 1000.0, 60.0 / 50.0).unwrap();
    assert_near(found.min.x, 40.0, 1e-9);
    assert_near(found.min.y, 30.0, 1e-9);
    assert_near(found.max.x, 100.0, 1e-9);
    assert_near(found.max.y, 80.0, 1e-9);
}

#[test]
fn the_aspect_is_kept_and_the_width_never_passed() {
    let region = upright(&[rect(0.0, 0.0, 500.0, 300.0)]);
    for aspect in [0.5, 0.8, 1.0, 1.91] {
        for max_width in [40.0, 200.0, 5000.0] {
            let found = region.fit_rect(at(200.0, 150.0), max_width, aspect).unwrap();
            assert_near(found.width() / found.height(), aspect, 1e-9);
            assert_near(found.width(), max_width.min(500.0).min(300.0 * aspect), 1e-9);
            assert_inside(&region, &found);
        }
    }
}

#[test]
fn the_centre_is_kept_when_the_rectangle_fits_there() {
    let region = upright(&[rect(0.0, 0.0, 500.0, 300.0)]);
    let found = region.fit_rect(at(123.5, 99.25), 150.0, 1.0).unwrap();
    assert!(found.center().distance(at(123.5, 99.25)) < 1e-12);
}

#[test]
fn a_rectangle_that_sticks_out_is_moved_no_further_than_it_must() {
    let region = upright(&[rect(0.0, 0.0, 500.0, 300.0)]);
    let found = region.fit_rect(at(10.0, 150.0), 200.0, 2.0).unwrap();
    assert!(found.center().distance(at(100.0, 150.0)) < 1e-9);
    let corner = region.fit_rect(at(600.0, -50.0), 200.0, 2.0).unwrap();
    assert!(corner.center().distance(at(400.0, 50.0)) < 1e-9);
}

#[test]
fn a_far_centre_is_brought_back_to_the_region() {
    let region = upright(&[rect(0.0, 0.0, 500.0, 300.0)]);
    let found = region.fit_rect(at(9000.0, 150.0), 50.0, 1.0).unwrap();
    assert!(found.center().distance(at(475.0, 150.0)) < 1e-9);
}

#[test]
fn a_picture_rolled_by_30_degrees_is_filled_as_far_as_it_goes() {
    let (cos, sin) = (libm::cos(30_f64.to_radians()), libm::sin(30_f64.to_radians()));
    let area = rect(0.0, 0.0, 800.0, 600.0);
    let roll = Map::about(1.0, 30_f64.to_radians(), area.center(), at(400.0, 300.0));
    let region = ConvexRegion::everywhere().within(&edges(&area, &roll));
    for aspect in [0.6, 1.0, 1.7] {
        let found = region.fit_rect(at(400.0, 300.0), 5000.0, aspect).unwrap();
        let expected = (800.0 / (cos + sin / aspect)).min(600.0 / (sin + cos / aspect));
        assert_near(found.width(), expected, 1e-6);
        assert_near(found.width() / found.height(), aspect, 1e-9);
        assert_inside(&region, &found);
    }
}

#[test]
fn what_two_rolled_pictures_share_leaves_no_room_to_grow() {
    let (a, b) = (rect(0.0, 0.0, 300.0, 200.0), rect(0.0, 0.0, 260.0, 260.0));
    let roll = Map::about(0.9, 30_f64.to_radians(), b.center(), at(190.0, 120.0));
    let region = upright(&[a]).within(&edges(&b, &roll));
    for aspect in [0.7, 1.0, 1.5] {
        let found = region.fit_rect(at(120.0, 80.0), 1000.0, aspect).unwrap();
        assert_inside(&region, &found);
        let (width, height) = (found.width(), found.height());
        // The grid finds places a little smaller, so it would see room for a larger one.
        assert!(fits_anywhere(&region, &a, 0.98 * width, 0.98 * height));
        assert!(!fits_anywhere(&region, &a, 1.001 * width, 1.001 * height));
    }
}

#[test]
fn a_scaled_picture_is_measured_in_the_regions_own_pixels() {
    let doubled = Map::about(2.0, 0.0, at(0.0, 0.0), at(100.0, 50.0));
    let region = ConvexRegion::everywhere().within(&edges(&rect(0.0, 0.0, 40.0, 30.0), &doubled));
    let found = region.fit_rect(at(0.0, 0.0), 1000.0, 80.0 / 60.0).unwrap();
    assert_near(found.min.x, 100.0, 1e-9);
    assert_near(found.max.y, 110.0, 1e-9);
}

#[test]
fn pictures_that_share_nothing_hold_no_rectangle() {
    let apart = upright(&[rect(0.0, 0.0, 100.0, 100.0), rect(200.0, 0.0, 100.0, 100.0)]);
    assert_eq!(apart.fit_rect(at(150.0, 50.0), 500.0, 1.0), None);
    let sliver = upright(&[rect(0.0, 0.0, 100.0, 100.0), rect(99.5, 0.0, 100.0, 100.0)]);
    assert_eq!(sliver.fit_rect(at(100.0, 50.0), 500.0, 1.0), None);
}

#[test]
fn without_pictures_the_rectangle_stands_where_it_was_asked() {
    let found = ConvexRegion::<Image>::everywhere().fit_rect(at(7.0, 8.0), 640.0, 1.6).unwrap();
    assert_eq!(found, Rect::from_center(at(7.0, 8.0), 640.0, 400.0));
}

#[test]
fn a_rectangle_with_no_play_in_one_direction_still_keeps_inside() {
    // As tall as the overlap, so its middle can only lie on one line, and that line meets `center`.
    let region = upright(&[rect(0.0, 0.0, 1000.0, 800.0), rect(-100.0, -100.0, 800.0, 1000.0)]);
    let found = region.fit_rect(at(500.0, 400.0), 1900.0, 0.8).unwrap();
    assert_inside(&region, &found);
    assert_near(found.height(), 800.0, 1e-9);
    assert_near(found.max.x, 700.0, 1e-9);
}
