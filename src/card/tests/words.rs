//! The words that state what a picture is.

use super::{Document, Map, aligned, edited, plain, source, turned};
use crate::{
    card::{fit_words, magnification_text, roll_text},
    document::{Edit, Registration, Side},
    geometry::Model,
};

fn words(document: &Document) -> String {
    fit_words(document, &Registration::of(document))
}

#[test]
fn magnifications_have_two_decimals_at_most() {
    for (value, expected) in [
        (4.0, "4x"),
        (1.25, "1.25x"),
        (0.0912, "0.09x"),
        (5.333_333, "5.33x"),
        (0.5, "0.5x"),
        (10.0, "10x"),
        (100.0, "100x"),
    ] {
        assert_eq!(magnification_text(value), expected);
    }
}

#[test]
fn a_roll_is_said_from_a_twentieth_of_a_degree_on() {
    let said = |degrees: f64| roll_text(degrees.to_radians());
    assert_eq!(said(3.1), Some("rolled 3.1°".into()));
    assert_eq!(said(-12.0), Some("rolled 12.0°".into()));
    assert_eq!(said(0.06), Some("rolled 0.1°".into()));
    assert_eq!(said(0.04), None);
    assert_eq!(said(0.0), None);
}

#[test]
fn the_fit_is_told_with_its_figures() {
    let unmarked = Document { landmarks: Vec::new(), ..plain() };
    assert_eq!(words(&unmarked), "same grid");
    let other_size = Document {
        sources: crate::document::PerSide::new(unmarked.sources.a.clone(), Some(source("b", 9, 9))),
        ..unmarked
    };
    assert_eq!(words(&other_size), "not aligned");
    assert_eq!(words(&plain()), "similarity, RMS 0.00 px (0.00 %)");
    let mut two = turned();
    two.landmarks.truncate(2);
    assert_eq!(words(&two), "similarity, RMS n/a (exact fit)");
    two.landmarks.truncate(1);
    assert_eq!(words(&two), "translation, RMS n/a (exact fit)");
}

#[test]
fn the_rms_is_also_told_in_percent_of_the_face_unit() {
    // Every second landmark lies 10 px too far right on B: the mean shift is right, none is left.
    let mut document = Document { model: Model::Translation, ..aligned(0.0, &Map::identity()) };
    document.landmarks.truncate(4);
    for idx in [0, 2] {
        let landmark = document.landmarks[idx].clone();
        let at = landmark.at.b.unwrap().at.offset(10.0, 0.0);
        document = edited(document, Edit::PlaceLandmark { id: landmark.id, side: Side::B, at });
    }
    assert_eq!(words(&document), "translation, RMS 5.00 px (1.00 %)");
    let id = document.landmarks[0].id;
    let half = edited(document, Edit::RemoveLandmark(id));
    assert!(words(&half).ends_with(" px"), "{}", words(&half));
}

#[test]
fn landmarks_carried_over_cast_doubt() {
    let carried =
        edited(turned(), Edit::SetSource { side: Side::A, source: source("z", 1600, 1600) });
    assert!(words(&carried).ends_with(", landmarks unconfirmed"), "{}", words(&carried));
}
