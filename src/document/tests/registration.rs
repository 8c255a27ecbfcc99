//! What the relation of the two sides rests on.

use super::{
    Map, aligned, assert_near, at, marked, opened, set_source, some_b_from_a, source, with,
};
use crate::{
    document::{Document, Edit, Footing, Registration, Side},
    geometry::{FitError, Model, Similarity},
};

#[test]
fn pictures_of_one_size_without_landmarks_share_one_grid() {
    let document = opened((640, 480), (640, 480));
    let registration = Registration::of(&document);
    assert_eq!(registration.footing, Footing::SameGrid);
    assert_eq!(registration.a_from_b, Map::identity());
    assert_eq!(registration.residuals.rms, None);
    assert!(registration.is_linked(document.model));
    assert!(registration.notice(document.model).unwrap().contains("one pixel grid"));
}

#[test]
fn pictures_of_two_sizes_without_landmarks_are_not_aligned() {
    for b in [(640, 481), (639, 480), (480, 640)] {
        let document = opened((640, 480), b);
        let registration = Registration::of(&document);
        assert_eq!(registration.footing, Footing::NotAligned, "{b:?}");
        assert!(!registration.is_linked(document.model));
        let notice = registration.notice(document.model).unwrap();
        assert!(notice.contains("not aligned") && notice.contains("0 landmark pairs"), "{notice}");
    }
}

#[test]
fn a_document_without_pictures_is_not_aligned() {
    assert_eq!(Registration::of(&Document::default()).footing, Footing::NotAligned);
}

#[test]
fn one_pair_gives_a_translation_and_says_so() {
    for b in [(640, 480), (800, 600)] {
        let document =
            marked(&opened((640, 480), b), &[("nose", at(100.0, 90.0), at(70.0, 110.0))]);
        let registration = Registration::of(&document);
        assert_eq!(registration.footing, Footing::Fitted);
        assert_eq!(registration.model, Model::Translation);
        assert_eq!(registration.a_from_b, Similarity::from_coefficients(1.0, 0.0, 30.0, -20.0));
        assert_eq!(registration.residuals.rms, None);
        let notice = registration.notice(document.model).unwrap();
        assert!(notice.contains("translation stands in"), "{notice}");
        assert!(notice.starts_with("1 landmark pair cannot"), "{notice}");
        let is_one_size = b == (640, 480);
        assert_eq!(registration.is_linked(document.model), is_one_size);
    }
}

#[test]
fn a_landmark_on_one_side_alone_is_no_pair() {
    let document = opened((640, 480), (640, 480));
    let half = Edit::AddLandmark { name: "nose".into(), side: Side::A, at: at(1.0, 1.0) };
    let registration = Registration::of(&with(&document, half));
    assert_eq!((registration.footing, registration.n_pairs()), (Footing::SameGrid, 0));
}

#[test]
fn two_pairs_give_an_exact_similarity_without_an_rms() {
    let marks = [("l", at(100.0, 100.0), at(0.0, 0.0)), ("r", at(100.0, 300.0), at(100.0, 0.0))];
    let document = marked(&opened((640, 480), (800, 600)), &marks);
    let registration = Registration::of(&document);
    assert_eq!((registration.footing, registration.model), (Footing::Fitted, Model::Similarity));
    assert_near(registration.a_from_b.scale(), 2.0, 1e-12);
    assert_near(registration.a_from_b.roll(), std::f64::consts::FRAC_PI_2, 1e-12);
    assert_eq!((registration.n_pairs(), registration.n_spare()), (2, 0));
    assert_eq!(registration.residuals.rms, None);
    assert_eq!(registration.notice(document.model), None);
}

#[test]
fn more_pairs_have_residuals_in_the_documents_order() {
    let mut document = aligned(&some_b_from_a());
    let id = document.landmarks[2].id;
    document = with(&document, Edit::PlaceLandmark { id, side: Side::A, at: at(600.0, 300.0) });
    let registration = Registration::of(&document);
    assert_eq!(registration.n_spare(), 2);
    let ids: Vec<_> = registration.landmarks.iter().map(|entry| entry.id).collect();
    assert_eq!(ids, document.landmarks.iter().map(|l| l.id).collect::<Vec<_>>());
    let worst = registration.residual_of(id).unwrap().residual;
    assert!(registration.landmarks.iter().all(|entry| entry.of.residual <= worst));
    let mean = registration.landmarks.iter().map(|l| l.of.residual.powi(2)).sum::<f64>() / 4.0;
    assert_near(registration.residuals.rms.unwrap(), mean.sqrt(), 1e-12);
}

#[test]
fn coincident_landmarks_leave_the_pictures_not_aligned_with_the_reason() {
    let marks = [("l", at(50.0, 60.0), at(1.0, 2.0)), ("r", at(50.0, 60.0), at(30.0, 40.0))];
    for b in [(640, 480), (800, 600)] {
        let document = marked(&opened((640, 480), b), &marks);
        let registration = Registration::of(&document);
        assert_eq!(registration.footing, Footing::NotAligned);
        assert_eq!(registration.fault, Some(FitError::Coincident { side: 'A' }));
        assert_eq!(registration.a_from_b, Map::identity());
        assert!(!registration.is_linked(document.model));
        let notice = registration.notice(document.model).unwrap();
        assert!(notice.contains("side A"), "{notice}");
    }
}

#[test]
fn the_identity_asked_for_by_name_holds_whatever_is_marked() {
    let asked = |document: &Document| with(document, Edit::SetModel(Model::Identity));
    let document = asked(&aligned(&some_b_from_a()));
    let registration = Registration::of(&document);
    assert_eq!(registration.footing, Footing::Fitted);
    assert_eq!(registration.a_from_b, Map::identity());
    assert!(registration.residuals.rms.unwrap() > 10.0);
    let registration = Registration::of(&asked(&opened((64, 64), (64, 64))));
    assert_eq!(registration.footing, Footing::SameGrid);
    assert_eq!(registration.notice(Model::Identity), None);
}

#[test]
fn carried_over_marks_are_told() {
    let document = aligned(&some_b_from_a());
    assert!(!Registration::of(&document).has_unconfirmed);
    let mut carried = with(&document, set_source(Side::B, source("other", 900, 1200)));
    assert!(Registration::of(&carried).has_unconfirmed);
    for landmark in carried.landmarks.clone() {
        carried = with(&carried, Edit::ConfirmLandmark(landmark.id));
    }
    assert!(!Registration::of(&carried).has_unconfirmed);
}

#[test]
fn the_face_unit_is_measured_on_a() {
    let document = aligned(&some_b_from_a());
    assert_near(document.face_unit().unwrap(), 300.0, 1e-9);
    let id = document.landmark_named("left corner").unwrap().id;
    assert_eq!(with(&document, Edit::RemoveLandmark(id)).face_unit(), None);
}
