//! The window, driven by accessible name and by pointer, without display or GPU.

use diptych::{
    document::Side,
    geometry::ImagePoint,
    session::{Command, Slot, Step, ViewCommand},
    storage::read_session,
};
use egui::{Key, Modifiers, accesskit::Role};
use egui_kittest::kittest::Queryable as _;
use tempfile::TempDir;

pub(crate) use crate::window::{Window, write_picture};

fn pair(window: &mut Window) {
    let a = write_picture(&window.path("a.png"), 300, 280);
    let b = write_picture(&window.path("b.png"), 360, 240);
    window.open(&[a, b]);
}

fn near(place: Option<ImagePoint>, wanted: ImagePoint, within: f64) {
    let place = place.expect("marked");
    assert!(place.distance(wanted) <= within, "{place:?} is not {wanted:?}");
}

const RIGHT: &str = "right pupil";
const LEFT: &str = "left mouth corner";

/// Marks the first two landmarks of the recipe on both sides by clicking.
fn mark_two(window: &mut Window) -> [(Side, ImagePoint); 4] {
    let marks = [
        (Side::A, ImagePoint::new(90.0, 180.0)),
        (Side::B, ImagePoint::new(120.0, 150.0)),
        (Side::A, ImagePoint::new(210.0, 176.0)),
        (Side::B, ImagePoint::new(230.0, 160.0)),
    ];
    for (side, at) in marks {
        let on_screen = window.on_screen(side, at);
        window.click(on_screen);
    }
    marks
}

#[test]
fn the_empty_window_offers_two_zones_and_the_sample() {
    let window = Window::new([]);
    window.harness.get_by_role_and_label(Role::Button, "Open picture A");
    window.harness.get_by_role_and_label(Role::Button, "Open picture B");
    window.harness.get_by_role_and_label(Role::Button, "Open the sample pair");
}

#[test]
fn the_sample_opens_marked_aligned_and_saved() {
    let mut window = Window::new([]);
    window.open_sample();
    assert!(window.session().is_linked());
    assert!(!window.session().is_unsaved());
    assert_eq!(window.session().document().landmarks.len(), 12);
    window.harness.get_by_label("12 of 12 marked");
    window.harness.get_by_label("Landmark nose tip");
    assert_eq!(window.session().loupe_spots().len(), 5);
}

#[test]
fn two_dialogs_open_a_then_b() {
    let folder = TempDir::new().unwrap();
    let a = write_picture(&folder.path().join("a.png"), 40, 30);
    let b = write_picture(&folder.path().join("b.png"), 50, 30);
    let mut window = Window::new([vec![a], vec![b]]);
    window.harness.get_by_label("Open picture A").click();
    window.settle();
    assert!(window.session().loaded(Side::A).is_some());
    window.harness.get_by_label("Open picture B…").click();
    window.settle();
    assert_eq!(window.session().loaded(Side::B).unwrap().picture.width(), 50);
}

#[test]
fn a_cancelled_dialog_changes_nothing() {
    let mut window = Window::new([]);
    window.harness.get_by_label("Open picture A").click();
    window.settle();
    assert!(window.session().document().sources.a.is_none());
    assert!(window.session().notices().is_empty());
}

#[test]
fn clicks_mark_pairs_and_two_pairs_fit_the_similarity() {
    let mut window = Window::new([]);
    pair(&mut window);
    assert!(!window.session().is_linked());
    let marks = mark_two(&mut window);
    assert!(window.session().is_linked());
    for (name, idx) in [(RIGHT, 0), (LEFT, 2)] {
        let at = window.mark_at(name);
        for (side, wanted) in &marks[idx..idx + 2] {
            let pixel = 1.0 / window.session().pane_view(*side).unwrap().magnification();
            near(at[*side], *wanted, pixel.max(1.0));
        }
    }
    window.harness.get_by_label("n/a (exact fit)");
    window.harness.get_by_label("similarity, RMS n/a (exact fit) · frame A's grid");
}

#[test]
fn a_mark_dragged_at_400_percent_is_one_step_and_escape_takes_it_back() {
    let mut window = Window::new([]);
    pair(&mut window);
    mark_two(&mut window);
    let id = window.session().document().landmark_named(RIGHT).unwrap().id;
    window.harness.state_mut().send(Command::View(ViewCommand::GoTo(id)));
    window.settle();
    window.key(Modifiers::NONE, Key::Num4);
    let before = window.mark_at(RIGHT).b.unwrap();
    let from = window.on_screen(Side::B, before);
    window.drag(from, from + egui::vec2(40.0, -24.0));
    let moved = window.mark_at(RIGHT).b.unwrap();
    assert!(moved.distance(before) > 5.0, "{before:?} to {moved:?}");
    assert_eq!(window.session().undo_label(), Some("place landmark"));
    window.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(window.mark_at(RIGHT).b, Some(before), "the drag was one step");

    let from = window.on_screen(Side::B, before);
    window.harness.drag_at(from);
    window.harness.run();
    window.harness.hover_at(from + egui::vec2(60.0, 10.0));
    window.harness.run();
    assert_ne!(window.mark_at(RIGHT).b, Some(before), "the drag shows live");
    window.harness.key_press(Key::Escape);
    window.harness.run();
    assert_eq!(window.mark_at(RIGHT).b, Some(before));
    window.harness.drop_at(from + egui::vec2(60.0, 10.0));
    window.settle();
    assert_eq!(window.mark_at(RIGHT).b, Some(before), "letting go changes nothing more");
}

#[test]
fn delete_removes_the_selected_landmark_and_undo_brings_it_back() {
    let mut window = Window::new([]);
    pair(&mut window);
    mark_two(&mut window);
    window.key(Modifiers::NONE, Key::Delete);
    assert!(window.session().document().landmark_named(LEFT).is_none());
    assert!(!window.session().is_linked());
    window.key(Modifiers::COMMAND, Key::Z);
    assert!(window.session().is_linked());
    window.key(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::Z);
    assert!(window.session().document().landmark_named(LEFT).is_none());
}

#[test]
fn labels_are_typed_in_the_heads_and_keys_do_not_act_meanwhile() {
    let mut window = Window::new([]);
    window.open_sample();
    let label = || "Label of A";
    window.harness.get_by_role_and_label(Role::TextInput, label()).focus();
    window.settle();
    window.harness.get_by_role_and_label(Role::TextInput, label()).type_text(" 2");
    window.settle();
    assert_eq!(window.session().document().labels.a, "Processed 2");
    assert_eq!(window.session().undo_label(), Some("change label"));
    let view = window.session().pane_view(Side::A).unwrap();
    assert!(view.magnification() < 1.0, "the 2 was typed, not taken for 200 %");
}

#[test]
fn saving_asks_once_for_a_place_and_the_file_holds_the_clicked_points() {
    let folder = TempDir::new().unwrap();
    let target = folder.path().join("my pair");
    let mut window = Window::new([vec![target.clone()]]);
    pair(&mut window);
    mark_two(&mut window);
    assert!(window.session().is_unsaved());
    window.key(Modifiers::COMMAND, Key::S);
    let written = folder.path().join("my pair.diptych.ron");
    let document = read_session(&written).unwrap();
    assert_eq!(document.landmarks, window.session().document().landmarks);
    assert!(!window.session().is_unsaved());
    window.key(Modifiers::NONE, Key::Delete);
    window.key(Modifiers::COMMAND, Key::S);
    assert_eq!(read_session(&written).unwrap().landmarks.len(), 1, "no second dialog");
}

#[test]
fn the_card_step_shows_the_exporters_own_picture_and_exports_it() {
    let folder = TempDir::new().unwrap();
    let card = folder.path().join("card.png");
    let mut window = Window::new([vec![card.clone()]]);
    window.open_sample();
    window.harness.get_by_label("Continue to card").click();
    window.settle();
    assert_eq!(window.session().view().step, Step::Card);
    let preview = window.session().card().expect("painted").clone();
    window.harness.get_by_label("Export card…").click();
    window.settle();
    let written = image::open(&card).unwrap().into_rgba8();
    assert_eq!(written.dimensions(), (1080, 1350));
    assert_eq!(written.into_raw(), preview.picture.to_rgba8(), "byte for byte");
}

#[test]
fn a_loupes_frame_dragged_in_pane_b_moves_both_halves() {
    let mut window = Window::new([]);
    window.open_sample();
    let (id, spot) = window.session().loupe_spots()[0];
    let before = window.session().shown(Slot::Loupe(id, Side::A)).unwrap().view.clone();
    let arrangement = window.session().arrangement().unwrap();
    let half = f64::from(u32::try_from(before.width).unwrap()) / 2.0 / before.magnification();
    let edge = spot.center.offset(half, 0.5 * half);
    let on_b = arrangement.from_frame.b.apply(arrangement.frame_point(edge));
    let grab = window.on_screen(Side::B, on_b);
    window.drag(grab, grab + egui::vec2(-30.0, 18.0));
    let (_, moved) = window.session().loupe_spots()[0];
    assert!(moved.center.x < spot.center.x - 20.0, "{spot:?} to {moved:?}");
    for side in Side::BOTH {
        let shown = window.session().shown(Slot::Loupe(id, side)).unwrap();
        assert_ne!(shown.view.source_from_output, before.source_from_output);
    }
    assert_eq!(window.session().undo_label(), Some("move loupe"));
}

#[test]
fn closing_with_unsaved_work_asks_one_question() {
    let mut window = Window::new([]);
    pair(&mut window);
    window.key(Modifiers::COMMAND, Key::N);
    window.harness.get_by_label("Cancel").click();
    window.settle();
    assert!(window.session().document().sources.a.is_some(), "cancel keeps everything");
    window.key(Modifiers::COMMAND, Key::N);
    window.harness.get_by_label("Discard").click();
    window.settle();
    assert!(window.session().document().sources.a.is_none());
}

#[test]
fn bad_input_is_one_sentence_and_loses_nothing() {
    let mut window = Window::new([]);
    pair(&mut window);
    mark_two(&mut window);
    let text = window.path("notes.png");
    std::fs::write(&text, "not a picture").unwrap();
    let before = window.session().document().clone();
    for bad in [text, window.path("gone.png"), window.folder.path().to_owned()] {
        window.harness.state_mut().send(Command::OpenPicture(Side::B, bad.clone()));
        window.settle();
        let last = window.session().notices().last().unwrap().text.clone();
        assert!(last.contains(&bad.display().to_string()), "{last}");
        assert_eq!(*window.session().document(), before);
    }
    window.harness.get_by_label("Dismiss").click();
    window.settle();
    assert!(window.session().notices().is_empty());
}
