//! Undo, redo, gestures.

use std::sync::Arc;

use super::{Document, Edit, aligned, at, some_b_from_a};
use crate::{
    document::{GestureId, History, LandmarkId, Side},
    geometry::Model,
};

const DRAG: GestureId = GestureId(7);

fn label(text: &str) -> Edit {
    Edit::SetLabel { side: Side::A, label: text.into() }
}

fn drag(x: f64) -> Edit {
    Edit::PlaceLandmark { id: LandmarkId(0), side: Side::A, at: at(x, 1.0) }
}

fn begun() -> (History, Document) {
    let document = aligned(&some_b_from_a());
    (History::new(document.clone()), document)
}

#[test]
fn undo_and_redo_go_back_and_forth_by_name() {
    let (mut history, start) = begun();
    history.edit(label("one"), None).unwrap();
    history.edit(Edit::SetModel(Model::Rigid), None).unwrap();
    let end = Document::clone(history.document());
    assert_eq!(history.undo_label(), Some("change model"));
    history.undo();
    assert_eq!(
        (history.undo_label(), history.redo_label()),
        (Some("change label"), Some("change model"))
    );
    history.undo();
    assert_eq!(**history.document(), start);
    assert_eq!(history.undo_label(), None);
    history.undo();
    assert_eq!(**history.document(), start);
    history.redo();
    history.redo();
    history.redo();
    assert_eq!(**history.document(), end);
}

#[test]
fn a_new_edit_forgets_what_could_be_redone() {
    let (mut history, _) = begun();
    history.edit(label("one"), None).unwrap();
    history.undo();
    history.edit(label("two"), None).unwrap();
    assert_eq!(history.redo_label(), None);
    history.redo();
    assert_eq!(history.document().labels.a, "two");
}

#[test]
fn the_edits_of_one_gesture_undo_as_one() {
    let (mut history, start) = begun();
    for step in 0..20 {
        history.edit(drag(f64::from(step)), Some(DRAG)).unwrap();
    }
    let end = Document::clone(history.document());
    history.undo();
    assert_eq!(**history.document(), start);
    history.redo();
    assert_eq!(**history.document(), end);
}

#[test]
fn a_gesture_that_ends_where_it_began_is_no_step() {
    let (mut history, start) = begun();
    history.edit(label("redo me"), None).unwrap();
    history.undo();
    let from = start.landmarks[0].at.a.unwrap().at;
    for x in [1.0, 2.0, from.x] {
        let edit = Edit::PlaceLandmark { id: LandmarkId(0), side: Side::A, at: at(x, from.y) };
        history.edit(edit, Some(DRAG)).unwrap();
    }
    assert_eq!(**history.document(), start);
    assert_eq!((history.undo_label(), history.redo_label()), (None, Some("change label")));
}

#[test]
fn what_the_world_changed_is_no_step_and_keeps_undo_and_redo() {
    let (mut history, _) = begun();
    history.edit(label("one"), None).unwrap();
    history.edit(label("two"), None).unwrap();
    history.undo();
    history.amend(Edit::SetModel(Model::Rigid)).unwrap();
    assert_eq!(history.document().model, Model::Rigid);
    assert_eq!(
        (history.undo_label(), history.redo_label()),
        (Some("change label"), Some("change label"))
    );
}

#[test]
fn two_gestures_are_two_steps() {
    let (mut history, start) = begun();
    history.edit(drag(1.0), Some(DRAG)).unwrap();
    history.edit(drag(2.0), Some(GestureId(8))).unwrap();
    history.edit(drag(3.0), None).unwrap();
    history.edit(drag(4.0), None).unwrap();
    for expected in [3.0, 2.0, 1.0] {
        history.undo();
        assert_eq!(history.document().landmarks[0].at.a.unwrap().at, at(expected, 1.0));
    }
    history.undo();
    assert_eq!(**history.document(), start);
}

#[test]
fn an_edit_that_changes_nothing_makes_no_step() {
    let (mut history, _) = begun();
    let revision = history.revision();
    history.edit(Edit::SetModel(Model::Similarity), None).unwrap();
    assert_eq!((history.undo_label(), history.revision()), (None, revision));
    history.edit(label("one"), None).unwrap();
    history.undo();
    history.edit(label(""), None).unwrap();
    assert_eq!(history.redo_label(), Some("change label"));
}

#[test]
fn a_refused_edit_leaves_everything_as_it_was() {
    let (mut history, start) = begun();
    history.edit(label("one"), None).unwrap();
    history.undo();
    let revision = history.revision();
    let broken = vec![
        super::imported("fine", Some(at(1.0, 1.0)), None),
        super::imported("broken", Some(at(f64::NAN, 1.0)), None),
    ];
    assert!(history.edit(Edit::ReplaceLandmarks(broken, None), None).is_err());
    assert_eq!(**history.document(), start);
    assert_eq!((history.revision(), history.redo_label()), (revision, Some("change label")));
}

#[test]
fn a_cancelled_gesture_leaves_no_trace() {
    let (mut history, _) = begun();
    history.edit(label("one"), None).unwrap();
    let before = Arc::clone(history.document());
    history.edit(drag(1.0), Some(DRAG)).unwrap();
    history.edit(drag(2.0), Some(DRAG)).unwrap();
    history.cancel(DRAG);
    assert_eq!(*history.document(), before);
    assert_eq!((history.undo_label(), history.redo_label()), (Some("change label"), None));
}

#[test]
fn a_cancelled_gesture_gives_back_what_could_be_redone_before() {
    let (mut history, start) = begun();
    history.edit(label("one"), None).unwrap();
    history.edit(label("two"), None).unwrap();
    history.undo();
    history.undo();
    history.edit(drag(1.0), Some(DRAG)).unwrap();
    history.edit(drag(2.0), Some(DRAG)).unwrap();
    assert_eq!(history.redo_label(), None);
    history.cancel(DRAG);
    assert_eq!(**history.document(), start);
    history.redo();
    assert_eq!(history.document().labels.a, "one");
    history.redo();
    assert_eq!(history.document().labels.a, "two");
}

#[test]
fn cancelling_a_gesture_that_is_not_in_progress_does_nothing() {
    let (mut history, _) = begun();
    history.edit(drag(1.0), Some(DRAG)).unwrap();
    history.edit(label("after"), None).unwrap();
    let (before, revision) = (Arc::clone(history.document()), history.revision());
    history.cancel(DRAG);
    history.cancel(GestureId(99));
    assert_eq!((history.document(), history.revision()), (&before, revision));
}

#[test]
fn the_revision_grows_with_every_change() {
    let (mut history, _) = begun();
    let mut last = history.revision();
    let mut grew = |history: &History| {
        let now = history.revision();
        assert!(now > last);
        last = now;
    };
    history.edit(label("one"), None).unwrap();
    grew(&history);
    history.undo();
    grew(&history);
    history.redo();
    grew(&history);
    history.edit(drag(1.0), Some(DRAG)).unwrap();
    grew(&history);
    history.edit(drag(2.0), Some(DRAG)).unwrap();
    grew(&history);
    history.cancel(DRAG);
    grew(&history);
}

#[test]
fn only_so_many_steps_are_kept() {
    let (mut history, _) = begun();
    for step in 0..History::MAX_STEPS + 5 {
        history.edit(label(&step.to_string()), None).unwrap();
    }
    let mut n_undone = 0;
    while history.undo_label().is_some() {
        history.undo();
        n_undone += 1;
    }
    assert_eq!(n_undone, History::MAX_STEPS);
    assert_eq!(history.document().labels.a, "4");
}

#[test]
fn no_step_leads_back_across_another_document_nor_forth() {
    let (mut history, start) = begun();
    history.edit(label("one"), None).unwrap();
    history.edit(label("two"), Some(DRAG)).unwrap();
    history.undo();
    let revision = history.revision();
    history.go_on_with(start.clone());
    assert!(history.revision() > revision);
    assert_eq!((history.undo_label(), history.redo_label()), (None, None));
    history.undo();
    history.redo();
    history.cancel(DRAG);
    assert_eq!(**history.document(), start);
    history.edit(label("three"), None).unwrap();
    history.undo();
    history.undo();
    assert_eq!(**history.document(), start, "what is done since can be taken back, no more");
}
