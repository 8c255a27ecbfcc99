//! Leaving a session: questions, unsaved work, files that exist already.

use diptych::{
    document::Side,
    session::{Command, Slot},
    storage::read_session,
};
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;

use crate::ui::{Window, write_picture};

/// A saved session of two pictures of this size in the window's folder.
fn saved_session(window: &mut Window, name: &str, width: usize) -> std::path::PathBuf {
    let a = write_picture(&window.path(&format!("{name}-a.png")), width, 50);
    let b = write_picture(&window.path(&format!("{name}-b.png")), width, 48);
    window.harness.state_mut().send(Command::OpenPicture(Side::A, a));
    window.harness.state_mut().send(Command::OpenPicture(Side::B, b));
    let path = window.path(&format!("{name}.diptych.ron"));
    window.harness.state_mut().send(Command::Save(path.clone()));
    window.settle();
    path
}

fn begin(window: &mut Window) {
    window.key(Modifiers::COMMAND, Key::N);
    assert!(window.session().document().sources.a.is_none());
}

fn mark_something(window: &mut Window) {
    let at = window.harness.state().panes().a.center();
    window.click(at);
    assert!(window.session().is_unsaved());
}

#[test]
fn a_session_opened_over_unsaved_work_is_opened_on_discard() {
    let other = std::rc::Rc::new(std::cell::RefCell::new(std::path::PathBuf::new()));
    let mut window = Window::new([]);
    *other.borrow_mut() = saved_session(&mut window, "other", 60);
    begin(&mut window);
    saved_session(&mut window, "mine", 70);
    mark_something(&mut window);
    let path = other.borrow().clone();
    window.open(std::slice::from_ref(&path));
    window.harness.state_mut().send(Command::Undo);
    window.settle();
    assert_eq!(window.session().path(), Some(&path), "a clean document makes room at once");

    mark_something(&mut window);
    let mine = window.path("mine.diptych.ron");
    window.drop_file(&mine);
    window.harness.get_by_label("Discard").click();
    window.settle();
    assert_eq!(window.session().path(), Some(&mine));
    assert!(window.harness.query_by_label("Discard").is_none(), "the question is not asked again");
}

#[test]
fn saving_first_and_then_opening_keeps_both() {
    let mut window = Window::new([]);
    let other = saved_session(&mut window, "other", 60);
    begin(&mut window);
    let mine = saved_session(&mut window, "mine", 70);
    mark_something(&mut window);
    window.drop_file(&other);
    window.harness.get_by_label("Save").click();
    window.settle();
    assert_eq!(window.session().path(), Some(&other));
    assert_eq!(read_session(&mine).unwrap().landmarks.len(), 1);
}

#[test]
fn quitting_is_called_off_when_the_save_fails() {
    let nowhere = std::path::PathBuf::from("no such folder/pair.diptych.ron");
    let mut window = Window::new([vec![nowhere]]);
    let a = write_picture(&window.path("a.png"), 60, 50);
    window.harness.state_mut().send(Command::OpenPicture(Side::A, a));
    window.settle();
    window.key(Modifiers::COMMAND, Key::N);
    window.harness.get_by_label("Save").click();
    window.settle();
    assert!(window.session().notices().iter().any(|n| n.text.contains("no such folder")));
    let good = window.path("good.diptych.ron");
    window.harness.state_mut().send(Command::Save(good));
    window.settle();
    assert!(window.session().document().sources.a.is_some(), "nothing was left behind");
}

#[test]
fn a_name_made_longer_never_replaces_a_file_unasked() {
    let folder = tempfile::TempDir::new().unwrap();
    let taken = folder.path().join("pair.diptych.ron");
    std::fs::write(&taken, "someone else's").unwrap();
    let mut window = Window::new([vec![folder.path().join("pair")], vec![taken.clone()]]);
    let a = write_picture(&window.path("a.png"), 60, 50);
    window.harness.state_mut().send(Command::OpenPicture(Side::A, a));
    window.settle();
    window.key(Modifiers::COMMAND, Key::S);
    assert_eq!(std::fs::read_to_string(&taken).unwrap(), "someone else's");
    assert!(window.session().notices().iter().any(|n| n.text.contains("exists already")));
    window.key(Modifiers::COMMAND, Key::S);
    assert!(read_session(&taken).is_ok(), "the dialog confirmed this very name");
}

#[test]
fn another_sessions_pictures_are_never_shown_under_this_ones_labels() {
    let mut gone = Window::new([]);
    let session = saved_session(&mut gone, "gone", 90);
    std::fs::remove_file(gone.path("gone-a.png")).unwrap();
    let mut window = Window::new([]);
    saved_session(&mut window, "first", 120);
    let places = [(Side::A, 20.0), (Side::B, 20.0), (Side::A, 80.0), (Side::B, 80.0)];
    for (side, x) in places {
        let at = window.on_screen(side, diptych::geometry::ImagePoint::new(x, 25.0));
        window.click(at);
    }
    let id = window.session().loupe_spots()[0].0;
    assert!(window.session().shown(Slot::Loupe(id, Side::A)).is_some());
    window.harness.state_mut().send(Command::OpenSession(session));
    window.settle();
    assert!(window.session().fault(Side::A).is_some());
    assert!(window.session().shown(Slot::Loupe(id, Side::A)).is_none());
    assert!(window.session().shown(Slot::Pane(Side::A)).is_none());
}

#[test]
fn one_redo_too_many_undoes_nothing() {
    let mut window = Window::new([]);
    saved_session(&mut window, "pair", 60);
    mark_something(&mut window);
    let both = Modifiers::COMMAND.plus(Modifiers::SHIFT);
    window.key(both, Key::Z);
    assert_eq!(window.session().document().landmarks.len(), 1);
    window.key(Modifiers::COMMAND, Key::Z);
    window.key(both, Key::Z);
    window.key(both, Key::Z);
    assert_eq!(window.session().document().landmarks.len(), 1);
}

#[test]
fn a_click_that_shakes_moves_no_mark() {
    let mut window = Window::new([]);
    saved_session(&mut window, "pair", 60);
    mark_something(&mut window);
    let before = window.session().document().clone();
    let at = window.harness.state().panes().a.center();
    window.harness.hover_at(at);
    window.harness.run();
    window.harness.drag_at(at);
    window.harness.run();
    window.harness.hover_at(at + egui::vec2(1.0, 1.0));
    window.harness.run();
    window.harness.drop_at(at + egui::vec2(1.0, 1.0));
    window.settle();
    assert_eq!(*window.session().document(), before);
}
