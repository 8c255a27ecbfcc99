//! Both sides in one frame, and what a card shows of it.

use super::{
    Document, Map, aligned, assert_near, at, marked, opened, recipe, similar, some_b_from_a, with,
};
use crate::{
    document::{Arrangement, Edit, FrameChoice, PerSide, Recipe, Side},
    geometry::{Frame, Image, Rect, Similarity},
};

fn level(document: &Document) -> Arrangement {
    Arrangement::of(document, FrameChoice::Level).unwrap()
}

/// The document with its sides exchanged.
fn swapped(document: &Document) -> Document {
    let mut other = document.clone();
    let swap = |sides: PerSide<Option<_>>| PerSide::new(sides.b, sides.a);
    other.sources = PerSide::new(document.sources.b.clone(), document.sources.a.clone());
    for landmark in &mut other.landmarks {
        landmark.at = swap(landmark.at);
    }
    other
}

fn area(document: &Document, side: Side) -> Rect<Image> {
    document.sources[side].as_ref().unwrap().area()
}

#[track_caller]
fn assert_inside_both(document: &Document, arrangement: &Arrangement, crop: &Rect<Frame>) {
    for side in Side::BOTH {
        let area = area(document, side);
        for corner in crop.corners().map(|p| arrangement.from_frame[side].apply(p)) {
            assert!(
                corner.x >= area.min.x - 1e-6
                    && corner.y >= area.min.y - 1e-6
                    && corner.x <= area.max.x + 1e-6
                    && corner.y <= area.max.y + 1e-6,
                "{corner:?} lies outside of {side}"
            );
        }
    }
}

#[test]
fn an_arrangement_needs_both_pictures() {
    let mut document = opened((10, 10), (10, 10));
    document.sources.b = None;
    assert_eq!(Arrangement::of(&document, FrameChoice::Level), None);
}

#[test]
fn on_as_grid_a_keeps_its_own_pixels() {
    let document = aligned(&some_b_from_a());
    let arrangement = Arrangement::of(&document, FrameChoice::AGrid).unwrap();
    assert_eq!(similar(&arrangement.from_frame.a), Similarity::identity());
    assert_near(similar(&arrangement.from_frame.b).scale(), 0.85, 1e-9);
    assert_near(similar(&arrangement.from_frame.b).roll(), -0.25, 1e-9);
}

#[test]
fn one_spot_of_the_frame_is_one_landmark_on_both_sides() {
    let document = aligned(&some_b_from_a());
    for choice in [FrameChoice::AGrid, FrameChoice::Level] {
        let arrangement = Arrangement::of(&document, choice).unwrap();
        for landmark in &document.landmarks {
            let (a, b) = landmark.pair().unwrap();
            let spot = arrangement.frame_point(a);
            assert!(arrangement.from_frame.b.apply(spot).distance(b) < 1e-9);
        }
    }
}

#[test]
fn in_the_level_frame_the_face_axis_is_horizontal_on_both_sides() {
    for (scale, roll) in [(0.85, -0.25), (2.0, 1.2), (0.4, -3.0), (1.0, 0.0)] {
        let b_from_a = Map::about(scale, roll, at(500.0, 550.0), at(460.0, 610.0));
        let document = aligned(&b_from_a);
        let arrangement = level(&document);
        let corner = |name: &str| document.landmark_named(name).unwrap().pair().unwrap();
        let (right, left) = (corner("right corner"), corner("left corner"));
        let in_frame = |side: Side, p| similar(&arrangement.from_frame[side]).inverse().apply(p);
        for (side, from, to) in [(Side::A, right.0, left.0), (Side::B, right.1, left.1)] {
            let (from, to) = (in_frame(side, from), in_frame(side, to));
            assert_near(to.y - from.y, 0.0, 1e-9 * to.distance(from));
            assert!(to.x > from.x, "the face hangs upside down on {side}");
        }
        assert_near(similar(&arrangement.from_frame.a).scale(), 1.0, 1e-12);
    }
}

#[test]
fn the_level_frame_favours_neither_side() {
    // With a face axis, and without one: nothing but a point 300 px away from the other.
    let marks =
        [("p", at(400.0, 500.0), at(300.0, 420.0)), ("q", at(700.0, 520.0), at(580.0, 560.0))];
    let without_axis = marked(&opened((1000, 1100), (900, 1200)), &marks);
    for document in [aligned(&some_b_from_a()), without_axis] {
        let (there, back) = (level(&document), level(&swapped(&document)));
        assert_near(similar(&there.from_frame.a).roll(), similar(&back.from_frame.b).roll(), 1e-9);
        assert_near(similar(&there.from_frame.b).roll(), similar(&back.from_frame.a).roll(), 1e-9);
    }
}

#[test]
fn without_a_face_axis_each_side_is_rolled_by_half() {
    let marks =
        [("p", at(400.0, 500.0), at(300.0, 420.0)), ("q", at(700.0, 520.0), at(580.0, 560.0))];
    let document = marked(&opened((1000, 1100), (900, 1200)), &marks);
    let arrangement = level(&document);
    let roll = arrangement.registration.a_from_b.roll();
    assert!(roll.abs() > 0.2);
    assert_near(similar(&arrangement.from_frame.a).roll(), roll / 2.0, 1e-12);
    assert_near(similar(&arrangement.from_frame.b).roll(), -roll / 2.0, 1e-12);
}

#[test]
fn the_crop_of_the_recipe_stands_round_the_face() {
    let document = aligned(&some_b_from_a());
    let arrangement = level(&document);
    for aspect in [0.7, 1.0, 1.5] {
        let crop = arrangement.crop(&document, aspect).unwrap();
        assert_near(crop.width() / crop.height(), aspect, 1e-9);
        assert_near(crop.width(), 300.0 * 1.6_f64.max(1.5 * aspect), 1e-6);
        let origin = arrangement.frame_point(arrangement.pose.unwrap().origin);
        assert_near(crop.center().x, origin.x, 1e-9);
        assert_near(crop.center().y, origin.y - 60.0, 1e-9);
        assert_inside_both(&document, &arrangement, &crop);
    }
}

#[test]
fn a_crop_never_leaves_either_picture() {
    let wide = Recipe { crop: Some(((0.0, -0.4), 9.0, 9.0)), ..recipe() };
    for (scale, roll, to) in
        [(0.85, -0.25, (460.0, 610.0)), (1.4, 0.9, (200.0, 900.0)), (0.3, 2.5, (850.0, 100.0))]
    {
        let b_from_a = Map::about(scale, roll, at(500.0, 550.0), at(to.0, to.1));
        let document = Document { recipe: wide.clone(), ..aligned(&b_from_a) };
        let arrangement = level(&document);
        for aspect in [0.5, 0.66, 1.0, 2.0] {
            let crop = arrangement.crop(&document, aspect).unwrap();
            assert_near(crop.width() / crop.height(), aspect, 1e-9);
            assert_inside_both(&document, &arrangement, &crop);
        }
    }
}

#[test]
fn without_a_face_as_much_is_shown_as_there_is() {
    let document = opened((800, 600), (800, 600));
    let crop = level(&document).crop(&document, 0.5).unwrap();
    assert_near(crop.height(), 600.0, 1e-9);
    assert_near(crop.center().x, 400.0, 1e-9);
}

#[test]
fn pictures_that_are_not_aligned_stand_middle_on_middle_at_one_height() {
    let document = opened((800, 600), (400, 1200));
    let arrangement = level(&document);
    assert!(
        arrangement
            .from_frame
            .b
            .apply(arrangement.frame_point(at(400.0, 300.0)))
            .distance(at(200.0, 600.0))
            < 1e-9
    );
    assert_near(similar(&arrangement.from_frame.b).scale(), 2.0, 1e-12);
    let crop = arrangement.crop(&document, 1.0).unwrap();
    assert_inside_both(&document, &arrangement, &crop);
    let bounds = arrangement.bounds();
    assert_near(bounds.width(), 800.0, 1e-9);
    assert_near(bounds.height(), 600.0, 1e-9);
    assert_near(arrangement.common_bounds().width(), 200.0, 1e-9);
}

#[test]
fn pictures_that_share_nothing_have_no_crop() {
    let away = Map::about(1.0, 0.0, at(0.0, 0.0), at(5000.0, 0.0));
    let document = aligned(&away);
    assert_eq!(level(&document).crop(&document, 1.0), None);
}

#[test]
fn another_model_moves_the_frame() {
    let document = aligned(&some_b_from_a());
    let rigid = with(&document, Edit::SetModel(crate::geometry::Model::Rigid));
    assert_near(similar(&level(&rigid).from_frame.b).scale(), 1.0, 1e-12);
}
