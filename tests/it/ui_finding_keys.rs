//! Findings and the keyboard: short clicks, fields, nudges, other tabs.

use diptych::{
    document::{Edit, FindingEdit, Severity, Side},
    geometry::{Shape, ShapeKind},
    session::{Command, ViewCommand},
};
use egui::{Key, Modifiers, accesskit::Role};
use egui_kittest::kittest::Queryable as _;

use crate::ui_findings::{at, findings, ids, judging, screen, tool, with_findings};

#[test]
fn a_click_as_short_as_a_frame_sets_a_pin() {
    let mut window = judging();
    tool(&mut window, Key::P, ShapeKind::Pin);
    let spot = screen(&window, Side::A, 70.0, 70.0);
    window.harness.hover_at(spot);
    window.harness.run();
    for pressed in [true, false] {
        window.harness.event(egui::Event::PointerButton {
            pos: spot,
            button: egui::PointerButton::Primary,
            pressed,
            modifiers: Modifiers::NONE,
        });
    }
    window.settle();
    assert_eq!(findings(&window).len(), 1);
}

#[test]
fn keys_of_a_field_are_its_own_and_differing_notes_are_not_typed_over() {
    let mut window = judging();
    let shapes = [(Side::A, Shape::Pin(at(30.0, 30.0))), (Side::A, Shape::Pin(at(90.0, 30.0)))];
    with_findings(&mut window, &shapes);
    let mut noted = findings(&window)[0].clone();
    noted.note = "one".into();
    noted.severity = Severity::new(4).unwrap();
    let id = noted.id;
    let app = window.harness.state_mut();
    app.send(Command::Edit(Edit::Findings(FindingEdit::Change(vec![noted])), None));
    app.send(Command::View(ViewCommand::SelectFindings(vec![id])));
    window.settle();
    window.harness.get_by_role_and_label(Role::TextInput, "Note").focus();
    window.settle();
    window.key(Modifiers::COMMAND, Key::A);
    assert_eq!(ids(window.session()), [id], "the note's text is selected, not the findings");
    window.key(Modifiers::NONE, Key::Delete);
    assert_eq!(findings(&window).len(), 2);
    window.key(Modifiers::COMMAND, Key::Z);
    let all = findings(&window).iter().map(|finding| finding.id).collect();
    window.harness.state_mut().send(Command::View(ViewCommand::SelectFindings(all)));
    window.settle();
    if findings(&window)[0].note != findings(&window)[1].note {
        assert!(window.harness.query_by_label("Their notes differ.").is_some());
    }
}

#[test]
fn keys_do_nothing_to_findings_that_are_not_listed() {
    let mut window = judging();
    let shapes = [(Side::A, Shape::Pin(at(30.0, 30.0))), (Side::B, Shape::Pin(at(90.0, 30.0)))];
    with_findings(&mut window, &shapes);
    window.key(Modifiers::COMMAND, Key::A);
    window.harness.get_by_label("Protocol").click();
    window.settle();
    window.key(Modifiers::NONE, Key::Delete);
    window.key(Modifiers::COMMAND, Key::D);
    window.key(Modifiers::NONE, Key::ArrowLeft);
    assert_eq!(findings(&window).len(), 2);
    assert_eq!(findings(&window)[0].shape, shapes[0].1);
    window.harness.get_by_label("Findings 2").click();
    window.settle();
    for _ in 0..3 {
        window.key(Modifiers::NONE, Key::ArrowRight);
    }
    window.key(Modifiers::SHIFT, Key::ArrowDown);
    assert_eq!(findings(&window)[0].shape, Shape::Pin(at(33.0, 40.0)));
    assert_eq!(findings(&window)[1].shape, Shape::Pin(at(93.0, 40.0)));
    window.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(findings(&window)[0].shape, shapes[0].1, "one step");
    window.key(Modifiers::NONE, Key::Delete);
    assert!(findings(&window).is_empty());
}

#[test]
fn what_the_list_does_not_know_is_kept_as_the_note() {
    let mut window = judging();
    tool(&mut window, Key::P, ShapeKind::Pin);
    let spot = screen(&window, Side::A, 70.0, 70.0);
    window.click(spot);
    let field = window.harness.get_by_role_and_label(Role::TextInput, "What it is");
    field.type_text("zipper in the collar");
    window.settle();
    window.key(Modifiers::NONE, Key::Enter);
    let [pin] = findings(&window) else { panic!("{:?}", findings(&window)) };
    assert_eq!((pin.code.as_ref(), pin.note.as_str()), (None, "zipper in the collar"));
    assert_eq!(pin.words(), "zipper in the collar");
}
