//! Every edit, and what each refuses.

use super::{Document, Edit, aligned, at, opened, set_source, some_b_from_a, source, with};
use crate::{
    document::{
        CardStyle, EditError, LandmarkId, Layout, LoupeId, LoupePlace, Mark, PerSide, Side,
    },
    geometry::{Kernel, Model},
};

#[track_caller]
fn refusal(document: &Document, edit: Edit) -> EditError {
    edit.apply(&mut document.clone()).unwrap_err()
}

fn mark(name: &str, side: Side, x: f64) -> Edit {
    Edit::AddLandmark { name: name.into(), side, at: at(x, 2.0) }
}

#[test]
fn a_source_takes_its_side_and_leaves_the_other() {
    let document = opened((10, 20), (30, 40));
    assert_eq!(document.sources.a, Some(source("a", 10, 20)));
    assert_eq!(document.sources.b, Some(source("b", 30, 40)));
}

#[test]
fn another_picture_leaves_that_sides_marks_unconfirmed_at_their_share_of_it() {
    for side in Side::BOTH {
        let before = aligned(&some_b_from_a());
        let old = before.sources[side].clone().unwrap();
        let other = source("other", 2 * old.width, 3 * old.height);
        let after = with(&before, set_source(side, other));
        for (landmark, old) in after.landmarks.iter().zip(&before.landmarks) {
            let (changed, kept) = (landmark.at[side].unwrap(), landmark.at[side.other()].unwrap());
            assert!(!changed.is_confirmed && kept.is_confirmed);
            let old = old.at[side].unwrap().at;
            assert_eq!(changed.at, at(2.0 * old.x, 3.0 * old.y));
        }
        assert_eq!(after.labels, before.labels);
        assert_eq!(after.loupes, before.loupes);
    }
}

#[test]
fn the_same_picture_from_another_path_leaves_marks_confirmed() {
    let before = aligned(&some_b_from_a());
    let mut moved = before.sources.a.clone().unwrap();
    moved.path = "elsewhere/a.png".into();
    let after = with(&before, set_source(Side::A, moved.clone()));
    assert_eq!(after.sources.a, Some(moved));
    assert_eq!(after.landmarks, before.landmarks);
}

#[test]
fn a_first_picture_leaves_marks_confirmed() {
    let early = with(&Document::default(), mark("nose", Side::A, 1.0));
    let after = with(&early, set_source(Side::A, source("a", 10, 10)));
    assert_eq!(after.landmarks, early.landmarks);
}

#[test]
fn placing_or_confirming_a_carried_mark_confirms_it() {
    let carried = with(&aligned(&some_b_from_a()), set_source(Side::B, source("c", 900, 1200)));
    let id = carried.landmarks[1].id;
    let looked_at = with(&carried, Edit::ConfirmLandmark(id));
    assert!(looked_at.landmark(id).unwrap().at.b.unwrap().is_confirmed);
    assert!(!looked_at.landmarks[0].at.b.unwrap().is_confirmed);
    let placed = with(&carried, Edit::PlaceLandmark { id, side: Side::B, at: at(5.0, 6.0) });
    assert_eq!(placed.landmark(id).unwrap().at.b, Some(Mark::confirmed(at(5.0, 6.0))));
}

#[test]
fn a_label_is_shown_unless_it_is_blank() {
    let document = opened((10, 10), (10, 10));
    let named = with(&document, Edit::SetLabel { side: Side::B, label: " Model 2 ".into() });
    assert_eq!(named.label_or_stem(Side::B), "Model 2");
    assert_eq!(named.label_or_stem(Side::A), "a");
    let blank = with(&named, Edit::SetLabel { side: Side::B, label: "  ".into() });
    assert_eq!(blank.label_or_stem(Side::B), "b");
    assert_eq!(Document::default().label_or_stem(Side::B), "B");
}

#[test]
fn a_landmark_is_marked_on_one_side_and_then_on_the_other() {
    let one = with(&Document::default(), mark(" nose ", Side::B, 7.0));
    let landmark = one.landmark_named("nose").unwrap();
    assert_eq!(landmark.at, PerSide::new(None, Some(Mark::confirmed(at(7.0, 2.0)))));
    assert_eq!(landmark.pair(), None);
    let (id, place) = (landmark.id, at(3.0, 4.0));
    let both = with(&one, Edit::PlaceLandmark { id, side: Side::A, at: place });
    assert_eq!(both.landmark(id).unwrap().pair(), Some((place, at(7.0, 2.0))));
}

#[test]
fn landmarks_keep_their_identity_when_others_go() {
    let mut document = Document::default();
    for name in ["one", "two", "three"] {
        document = with(&document, mark(name, Side::A, 1.0));
    }
    let id = |name: &str| document.landmark_named(name).unwrap().id;
    let (second, third) = (id("two"), id("three"));
    let fewer = with(&document, Edit::RemoveLandmark(second));
    assert!(fewer.landmark_named("two").is_none());
    assert_eq!(fewer.landmark(third).unwrap().name, "three");
    let more = with(&fewer, mark("two", Side::A, 1.0));
    assert_ne!(more.landmark_named("two").unwrap().id, third);
}

#[test]
fn unsound_landmarks_are_refused() {
    let document = with(&Document::default(), mark("nose", Side::A, 1.0));
    let id = document.landmarks[0].id;
    assert_eq!(
        refusal(&document, mark(" nose", Side::B, 1.0)),
        EditError::NameTaken("nose".into())
    );
    for edit in [
        mark("  ", Side::A, 1.0),
        mark("chin", Side::A, f64::NAN),
        Edit::PlaceLandmark { id, side: Side::B, at: at(0.0, f64::INFINITY) },
        Edit::ReplaceLandmarks(vec![super::imported("x", Some(at(f64::NAN, 0.0)), None)], None),
    ] {
        assert!(matches!(refusal(&document, edit.clone()), EditError::Unsound(_)), "{edit:?}");
    }
    let twice = ["x", "x"].map(|name| super::imported(name, Some(at(0.0, 0.0)), None));
    let error = refusal(&document, Edit::ReplaceLandmarks(twice.to_vec(), None));
    assert_eq!(error, EditError::NameTaken("x".into()));
}

#[test]
fn landmarks_and_loupes_that_are_not_there_are_refused() {
    let document = Document::default();
    let id = LandmarkId(9);
    for edit in [
        Edit::PlaceLandmark { id, side: Side::A, at: at(0.0, 0.0) },
        Edit::ConfirmLandmark(id),
        Edit::RemoveLandmark(id),
    ] {
        assert_eq!(refusal(&document, edit), EditError::NoSuchLandmark);
    }
    let place = LoupePlace::Area { middle: (0.5, 0.5), width: 0.2 };
    let error = refusal(&document, Edit::PlaceLoupe { id: LoupeId(99), place });
    assert_eq!(error, EditError::NoSuchLoupe);
}

#[test]
fn imported_landmarks_take_the_place_of_those_there_were() {
    let before = aligned(&some_b_from_a());
    let imported = vec![
        super::imported("brow", Some(at(1.0, 2.0)), None),
        super::imported("nowhere", None, None),
        super::imported("chin", Some(at(3.0, 4.0)), Some(at(5.0, 6.0))),
    ];
    let after = with(&before, Edit::ReplaceLandmarks(imported, None));
    let names: Vec<&str> = after.landmarks.iter().map(|l| l.name.as_str()).collect();
    assert_eq!(names, ["brow", "chin"]);
    assert!(after.landmarks[1].at.b.unwrap().is_confirmed);
}

#[test]
fn the_model_the_loupes_and_the_card_are_set() {
    let document = aligned(&some_b_from_a());
    assert_eq!(with(&document, Edit::SetModel(Model::Rigid)).model, Model::Rigid);
    let place = LoupePlace::Area { middle: (0.25, 0.75), width: 0.1 };
    let id = document.loupes.last().unwrap().id;
    let moved = with(&document, Edit::PlaceLoupe { id, place: place.clone() });
    assert_eq!(moved.loupes.last().unwrap().place, place);
    let flat = LoupePlace::Area { middle: (0.25, 0.75), width: 0.0 };
    let error = refusal(&document, Edit::PlaceLoupe { id, place: flat });
    assert!(matches!(error, EditError::Unsound(_)));
    let style =
        CardStyle { layout: Layout::Diptych, kernel: Kernel::CatmullRom, ..CardStyle::default() };
    assert_eq!(with(&document, Edit::SetCardStyle(Box::new(style.clone()))).card, style);
}

#[test]
fn the_next_name_is_the_recipes_first_free_one_then_a_number() {
    let mut document = Document::new(super::recipe());
    for expected in ["right corner", "left corner", "nose", "point 1", "point 2"] {
        assert_eq!(document.next_landmark_name(), expected);
        let name = document.next_landmark_name();
        document = with(&document, mark(&name, Side::A, 1.0));
    }
    let id = document.landmark_named("left corner").unwrap().id;
    document = with(&document, Edit::RemoveLandmark(id));
    assert_eq!(document.next_landmark_name(), "left corner");
}

#[test]
fn violations_are_seen_where_there_are_some() {
    let mut broken = aligned(&some_b_from_a());
    broken.landmarks[1].id = broken.landmarks[0].id;
    broken.landmarks[1].name = broken.landmarks[0].name.clone();
    broken.landmarks[2].at = PerSide::new(None, None);
    broken.landmarks[3].at.a = Some(Mark::confirmed(at(f64::NAN, 0.0)));
    broken.loupes[1].id = broken.loupes[0].id;
    broken.loupes[0].place = LoupePlace::Area { middle: (0.5, 0.5), width: f64::NAN };
    assert_eq!(broken.violations().len(), 6, "{:?}", broken.violations());
}
