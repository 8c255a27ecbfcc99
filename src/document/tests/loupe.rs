//! The face's pose, and loupes that follow it.

use super::{Document, Edit, Map, aligned, assert_near, at, opened, some_b_from_a, with};
use crate::document::{
    Arrangement, FacePose, FrameChoice, LoupePlace, LoupeSpot, Registration, Side,
};

fn arranged(document: &Document) -> Arrangement {
    Arrangement::of(document, FrameChoice::Level).unwrap()
}

fn spot_named(document: &Document, name: &str) -> Option<LoupeSpot> {
    let id = document.loupes.iter().find(|loupe| loupe.name == name).unwrap().id;
    arranged(document).loupes(document).into_iter().find(|(of, _)| *of == id).map(|(_, spot)| spot)
}

#[test]
fn the_pose_has_the_unit_the_roll_and_the_middle_of_the_face() {
    let document = aligned(&some_b_from_a());
    let pose = FacePose::of(&document, &Registration::of(&document)).unwrap();
    assert_near(pose.unit, 300.0, 1e-9);
    assert_near(pose.roll, 10_f64.to_radians(), 1e-12);
    assert!(pose.origin.distance(at(500.0, 560.0)) < 1e-9);
    let (x, y) = pose.face_vector(pose.vector((0.3, -0.7)));
    assert_near(x, 0.3, 1e-12);
    assert_near(y, -0.7, 1e-12);
}

#[test]
fn without_a_face_unit_the_mean_shape_gives_the_pose() {
    let document = aligned(&some_b_from_a());
    let id = document.landmark_named("left corner").unwrap().id;
    let document = with(&document, Edit::RemoveLandmark(id));
    let pose = FacePose::of(&document, &Registration::of(&document)).unwrap();
    assert_near(pose.unit, 300.0, 1e-6);
    assert_near(pose.roll, 10_f64.to_radians(), 1e-9);
    let id = document.landmark_named("nose").unwrap().id;
    let document = with(&document, Edit::RemoveLandmark(id));
    assert_eq!(FacePose::of(&document, &Registration::of(&document)), None);
}

#[test]
fn a_loupe_stands_where_the_recipe_puts_it() {
    let document = aligned(&some_b_from_a());
    let spot = spot_named(&document, "Teeth").unwrap();
    let (cos, sin) = (10_f64.to_radians().cos(), 10_f64.to_radians().sin());
    let below = at(500.0 - 30.0 * sin, 560.0 + 30.0 * cos);
    assert!(spot.center.distance(below) < 1e-9, "{spot:?}");
    assert_near(spot.width, 120.0, 1e-9);
}

#[test]
fn both_sides_count_alike_for_the_place_of_a_loupe() {
    // One landmark lies 8 px off on A alone; the loupe moves by half of what the fit leaves.
    let document = aligned(&Map::identity());
    let id = document.landmark_named("nose").unwrap().id;
    let before = document.landmark(id).unwrap().at.a.unwrap().at;
    let moved =
        with(&document, Edit::PlaceLandmark { id, side: Side::A, at: before.offset(8.0, 0.0) });
    let registration = Registration::of(&moved);
    let pair = moved.landmark(id).unwrap().pair().unwrap();
    let fitted = registration.a_from_b.apply(pair.1);
    let middle = at(f64::midpoint(pair.0.x, fitted.x), f64::midpoint(pair.0.y, fitted.y));
    let pose = FacePose::of(&moved, &registration).unwrap();
    let (dx, dy) = pose.vector((0.1, -0.05));
    let spot = spot_named(&moved, "Nose").unwrap();
    assert!(spot.center.distance(middle.offset(dx, dy)) < 1e-9);
}

#[test]
fn loupes_follow_the_face_when_it_is_marked_elsewhere() {
    let before = aligned(&some_b_from_a());
    let shift: Map = Map::about(1.0, 0.0, at(0.0, 0.0), at(40.0, -25.0));
    let mut after = before.clone();
    for landmark in before.landmarks.clone() {
        let to = shift.apply(landmark.at.a.unwrap().at);
        after = with(&after, Edit::PlaceLandmark { id: landmark.id, side: Side::A, at: to });
    }
    for name in ["Teeth", "Nose"] {
        let (old, new) = (spot_named(&before, name).unwrap(), spot_named(&after, name).unwrap());
        assert!(new.center.distance(shift.apply(old.center)) < 1e-9);
        assert_near(new.width, old.width, 1e-9);
    }
}

#[test]
fn a_moved_loupe_comes_back_to_the_place_it_was_moved_to() {
    let document = aligned(&some_b_from_a());
    for name in ["Teeth", "Nose"] {
        let id = document.loupes.iter().find(|loupe| loupe.name == name).unwrap().id;
        let target = at(431.25, 388.5);
        let place = arranged(&document).loupe_place_at(&document, id, target).unwrap();
        let moved = with(&document, Edit::PlaceLoupe { id, place });
        let spot = spot_named(&moved, name).unwrap();
        assert!(spot.center.distance(target) < 1e-9, "{spot:?}");
        assert_near(spot.width, spot_named(&document, name).unwrap().width, 1e-9);
    }
}

#[test]
fn the_loupe_of_an_unknown_face_stands_in_the_shared_area() {
    let document = opened((800, 600), (800, 600));
    assert!(spot_named(&document, "Teeth").is_none());
    let spot = spot_named(&document, "Centre").unwrap();
    assert!(spot.center.distance(at(400.0, 300.0)) < 1e-9);
    assert_near(spot.width, 200.0, 1e-9);
    let id = document.loupes.last().unwrap().id;
    let place = arranged(&document).loupe_place_at(&document, id, at(123.0, 456.0)).unwrap();
    assert!(matches!(place, LoupePlace::Area { .. }));
    let moved = with(&document, Edit::PlaceLoupe { id, place });
    assert!(spot_named(&moved, "Centre").unwrap().center.distance(at(123.0, 456.0)) < 1e-9);
    assert!(spot_named(&aligned(&some_b_from_a()), "Centre").is_none());
}

#[test]
fn no_loupe_stands_while_the_sides_are_not_aligned() {
    let document = opened((800, 600), (801, 600));
    assert!(arranged(&document).loupes(&document).is_empty());
}

#[test]
fn a_loupe_stays_with_a_landmark_that_is_renamed() {
    let document = aligned(&some_b_from_a());
    let at = document.landmarks[0].at.map(|mark| mark.unwrap());
    let document = with(&document, Edit::AddPair { name: "mole".into(), at });
    let near = vec!["mole".to_owned()];
    let place = LoupePlace::Face { near, offset: (0.1, 0.0), width: 0.2 };
    let document = with(&document, Edit::AddLoupe { name: "Mole".into(), place, after: None });
    let before = spot_named(&document, "Mole").unwrap();
    let id = document.landmark_named("mole").unwrap().id;
    let renamed = with(&document, Edit::RenameLandmark { id, name: "scar".into() });
    assert_eq!(spot_named(&renamed, "Mole"), Some(before));
}
