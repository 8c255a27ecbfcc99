//! Another picture for a side keeps what was said about the face.

use diptych::{
    document::{Edit, LandmarkId, Side},
    session::{Command, Session, ViewCommand},
};
use tempfile::TempDir;

use super::{carry_out, carry_out_all, edit, view, with_pair};
use crate::pictures::{SIZES, write_pattern};

fn confirmed(session: &Session, side: Side) -> Vec<bool> {
    let marks = session.document().landmarks.iter().filter_map(|landmark| landmark.at[side]);
    marks.map(|mark| mark.is_confirmed).collect()
}

#[test]
fn another_picture_for_b_keeps_labels_and_landmarks_as_unconfirmed() {
    let folder = TempDir::new().unwrap();
    let mut session = with_pair(folder.path(), 3);
    let label = edit(Edit::SetLabel { side: Side::B, label: "Nano".into() });
    carry_out(&mut session, label);
    let before = session.document().landmarks.clone();
    let other = write_pattern(folder.path(), "other.png", SIZES.b, 99);
    carry_out(&mut session, Command::OpenPicture(Side::B, other));

    let document = session.document();
    assert_eq!(document.sources.b.as_ref().unwrap().file_name(), "other.png");
    assert_eq!(document.labels.b, "Nano");
    let places = |marks: &[diptych::document::Landmark]| {
        marks.iter().map(|l| (l.id, l.name.clone(), l.pair())).collect::<Vec<_>>()
    };
    assert_eq!(places(&document.landmarks), places(&before));
    assert_eq!(confirmed(&session, Side::A), [true; 3], "nothing happened to A");
    assert_eq!(confirmed(&session, Side::B), [false; 3]);
    assert!(session.is_linked(), "the carried-over fit still holds the panes together");
    assert!(session.arrangement().unwrap().registration.has_unconfirmed);
}

#[test]
fn looking_at_a_carried_over_mark_or_moving_it_confirms_it() {
    let folder = TempDir::new().unwrap();
    let mut session = with_pair(folder.path(), 3);
    let other = write_pattern(folder.path(), "other.png", SIZES.b, 99);
    carry_out(&mut session, Command::OpenPicture(Side::B, other));
    carry_out(&mut session, edit(Edit::ConfirmLandmark(LandmarkId(1))));
    let at = session.document().landmarks[2].at.b.unwrap().at;
    carry_out(&mut session, edit(Edit::PlaceLandmark { id: LandmarkId(2), side: Side::B, at }));
    assert_eq!(confirmed(&session, Side::B), [false, true, true]);
}

#[test]
fn the_same_file_again_leaves_marks_confirmed() {
    let folder = TempDir::new().unwrap();
    let mut session = with_pair(folder.path(), 3);
    let copy = folder.path().join("copy of b.png");
    std::fs::copy(folder.path().join("b.png"), &copy).unwrap();
    carry_out(&mut session, Command::OpenPicture(Side::B, copy));
    assert_eq!(session.document().sources.b.as_ref().unwrap().file_name(), "copy of b.png");
    assert_eq!(confirmed(&session, Side::B), [true; 3]);
}

#[test]
fn undoing_a_replacement_brings_the_old_picture_and_its_confirmed_marks_back() {
    let folder = TempDir::new().unwrap();
    let mut session = with_pair(folder.path(), 3);
    let before = session.document().clone();
    // More pictures than are kept decoded, so that undo has to read the first one again.
    for seed in 50..56 {
        let name = format!("other {seed}.png");
        let other = write_pattern(folder.path(), &name, SIZES.b, seed);
        carry_out(&mut session, Command::OpenPicture(Side::B, other));
    }
    for _ in 50..56 {
        carry_out(&mut session, Command::Undo);
    }
    assert_eq!(*session.document(), before);
    let loaded = session.loaded(Side::B).expect("the old picture is there again");
    assert_eq!(loaded.info.sha256, before.sources.b.as_ref().unwrap().sha256);
    assert!(session.loaded(Side::A).is_some());
    assert!(session.redo_label().is_some(), "reading it again is no edit");
}

#[test]
fn another_picture_of_another_size_keeps_the_camera_on_a() {
    let folder = TempDir::new().unwrap();
    let mut session = with_pair(folder.path(), 2);
    let size = |side| view(ViewCommand::PaneSize(side, 200, 160));
    let zoom = ViewCommand::ZoomTo(Side::A, diptych::geometry::OutputPoint::new(60.0, 70.0), 4.0);
    carry_out_all(&mut session, [size(Side::A), size(Side::B), view(zoom)]);
    let before = session.pane_view(Side::A);
    let other = write_pattern(folder.path(), "other.png", (123, 77), 5);
    carry_out(&mut session, Command::OpenPicture(Side::B, other));
    assert_eq!(session.pane_view(Side::A), before);
}
