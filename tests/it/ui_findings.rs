//! Recording findings: every tool, naming, moving, taking back, the list.

use diptych::{
    document::{Belongs, Edit, Finding, FindingEdit, FindingId, Severity, Side},
    geometry::{ImagePoint, Shape, ShapeKind},
    session::{Command, Mode, Session, StageCommand, Step, Tool, ViewCommand},
};
use egui::{Key, Modifiers, Pos2, accesskit::Role};
use egui_kittest::kittest::Queryable as _;

use crate::ui::{Window, write_picture};

/// A pair of one pixel grid in the step that judges.
pub(crate) fn judging() -> Window {
    let mut window = Window::new([]);
    let a = write_picture(&window.path("a.png"), 240, 200);
    let b = write_picture(&window.path("b.png"), 240, 200);
    window.open(&[a, b]);
    window
}

pub(crate) fn at(x: f64, y: f64) -> ImagePoint {
    ImagePoint::new(x, y)
}

pub(crate) fn findings(window: &Window) -> &[Finding] {
    &window.session().document().findings
}

pub(crate) fn screen(window: &Window, side: Side, x: f64, y: f64) -> Pos2 {
    window.on_screen(side, at(x, y))
}

fn drag(window: &mut Window, side: Side, from: (f64, f64), to: (f64, f64)) {
    let (from, to) = (screen(window, side, from.0, from.1), screen(window, side, to.0, to.1));
    window.drag(from, to);
}

/// Leaves the field that asks what was found.
fn leave_name(window: &mut Window) {
    window.key(Modifiers::NONE, Key::Escape);
}

#[track_caller]
fn check_near(found: ImagePoint, x: f64, y: f64) {
    assert!(found.distance(at(x, y)) < 0.8, "{found:?} is not {x}, {y}");
}

pub(crate) fn tool(window: &mut Window, key: Key, kind: ShapeKind) {
    window.key(Modifiers::NONE, key);
    assert_eq!(window.session().view().tool, Tool::Finding(kind));
    assert_eq!(window.session().view().step, Step::Judge, "the tool takes its step along");
}

#[test]
fn a_pin_is_named_by_typing_and_undone_in_two_steps() {
    let mut window = judging();
    tool(&mut window, Key::P, ShapeKind::Pin);
    let spot = screen(&window, Side::B, 100.0, 80.0);
    window.click(spot);
    let [pin] = findings(&window) else { panic!("{:?}", findings(&window)) };
    assert_eq!((pin.on, pin.belongs), (Side::B, Belongs::To(Side::B)));
    let Shape::Pin(spot) = pin.shape else { panic!("{:?}", pin.shape) };
    check_near(spot, 100.0, 80.0);
    let field = window.harness.get_by_role_and_label(Role::TextInput, "What it is");
    assert!(field.is_focused(), "what is typed now is its name");
    field.type_text("teeth mer");
    window.settle();
    assert!(window.harness.query_by_label("TEE-A3  teeth merged, no embrasure").is_some());
    window.key(Modifiers::NONE, Key::Enter);
    let code = findings(&window)[0].code.clone().unwrap();
    assert_eq!((code.code.as_str(), code.name.as_str()), ("TEE-A3", "teeth merged, no embrasure"));
    window.harness.get_by_label("1: TEE-A3 teeth merged, no embrasure");
    window.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(findings(&window)[0].code, None);
    window.key(Modifiers::COMMAND, Key::Z);
    assert!(findings(&window).is_empty());
    window.key(Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    window.key(Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    assert_eq!(findings(&window)[0].code_text(), "TEE-A3");
}

#[test]
fn every_drag_tool_draws_what_was_dragged_and_escape_draws_nothing() {
    for (key, kind) in [
        (Key::R, ShapeKind::Box),
        (Key::C, ShapeKind::Ellipse),
        (Key::A, ShapeKind::Arrow),
        (Key::H, ShapeKind::Stroke),
    ] {
        let mut window = judging();
        tool(&mut window, key, kind);
        let (from, to) =
            (screen(&window, Side::A, 60.0, 50.0), screen(&window, Side::A, 120.0, 90.0));
        // Taken back half-way.
        window.harness.hover_at(from);
        window.harness.run();
        window.harness.drag_at(from);
        window.harness.run();
        window.harness.hover_at(to);
        window.harness.run();
        window.key(Modifiers::NONE, Key::Escape);
        window.harness.drop_at(to);
        window.settle();
        assert!(findings(&window).is_empty(), "{kind:?}");
        assert_eq!(window.session().view().tool, Tool::Finding(kind));
        drag(&mut window, Side::A, (60.0, 50.0), (120.0, 90.0));
        let [found] = findings(&window) else { panic!("{kind:?} {:?}", findings(&window)) };
        assert_eq!((found.kind(), found.on), (kind, Side::A));
        let bounds = found.shape.bounds();
        check_near(bounds.min, 60.0, 50.0);
        check_near(bounds.max, 120.0, 90.0);
        if let Shape::Arrow(tail, tip) = found.shape {
            check_near(tail, 60.0, 50.0);
            check_near(tip, 120.0, 90.0);
        }
        leave_name(&mut window);
        window.key(Modifiers::COMMAND, Key::Z);
        assert!(findings(&window).is_empty(), "one step");
    }
}

#[test]
fn a_polygon_is_clicked_closed_by_its_first_corner_or_by_enter() {
    for by_key in [true, false] {
        let mut window = judging();
        tool(&mut window, Key::G, ShapeKind::Polygon);
        let corners = [(60.0, 40.0), (120.0, 50.0), (140.0, 60.0), (90.0, 110.0)];
        for (x, y) in corners {
            let spot = screen(&window, Side::A, x, y);
            window.click(spot);
        }
        if by_key {
            window.key(Modifiers::NONE, Key::Backspace);
            window.key(Modifiers::NONE, Key::Enter);
        } else {
            let first = screen(&window, Side::A, 60.0, 40.0);
            window.click(first);
        }
        let field = window.harness.get_by_role_and_label(Role::TextInput, "What it is");
        assert!(field.is_focused(), "it is asked what it is");
        let [found] = findings(&window) else { panic!("{:?}", findings(&window)) };
        let Shape::Polygon(found) = &found.shape else { panic!("{found:?}") };
        let wanted = if by_key { &corners[..3] } else { &corners[..] };
        assert_eq!(found.len(), wanted.len());
        for (corner, (x, y)) in found.iter().zip(wanted) {
            check_near(*corner, *x, *y);
        }
    }
    let mut window = judging();
    tool(&mut window, Key::G, ShapeKind::Polygon);
    let spot = screen(&window, Side::A, 60.0, 40.0);
    window.click(spot);
    window.key(Modifiers::NONE, Key::Escape);
    window.key(Modifiers::NONE, Key::Enter);
    assert!(findings(&window).is_empty(), "taken back");
}

pub(crate) fn with_findings(window: &mut Window, shapes: &[(Side, Shape)]) {
    let new = |(side, shape): &(Side, Shape)| {
        Finding::drawn(*side, shape.clone(), Severity::new(2).unwrap())
    };
    let edit = FindingEdit::Add(shapes.iter().map(new).collect(), None);
    let app = window.harness.state_mut();
    app.send(Command::View(ViewCommand::Step(Step::Judge)));
    app.send(Command::Edit(Edit::Findings(edit), None));
    app.send(Command::View(ViewCommand::SelectFindings(Vec::new())));
    window.settle();
}

fn area(x0: f64, y0: f64, x1: f64, y1: f64) -> Shape {
    Shape::Box(diptych::geometry::Rect::new(at(x0, y0), at(x1, y1)))
}

pub(crate) fn ids(session: &Session) -> Vec<FindingId> {
    session.selected_findings().iter().map(|finding| finding.id).collect()
}

#[test]
fn a_finding_is_moved_and_reshaped_on_either_side_and_each_drag_is_one_step() {
    for side in Side::BOTH {
        let mut window = judging();
        with_findings(&mut window, &[(Side::A, area(60.0, 50.0, 120.0, 90.0))]);
        // By its line with the hand.
        drag(&mut window, side, (90.0, 50.0), (100.0, 65.0));
        let bounds = findings(&window)[0].shape.bounds();
        check_near(bounds.min, 70.0, 65.0);
        check_near(bounds.max, 130.0, 105.0);
        assert_eq!(ids(window.session()), [findings(&window)[0].id], "selected on the way");
        // By a corner.
        drag(&mut window, side, (130.0, 105.0), (150.0, 125.0));
        let bounds = findings(&window)[0].shape.bounds();
        check_near(bounds.min, 70.0, 65.0);
        check_near(bounds.max, 150.0, 125.0);
        assert_eq!(findings(&window)[0].on, Side::A, "in the pixels it was drawn in");
        window.key(Modifiers::COMMAND, Key::Z);
        check_near(findings(&window)[0].shape.bounds().max, 130.0, 105.0);
        window.key(Modifiers::COMMAND, Key::Z);
        check_near(findings(&window)[0].shape.bounds().max, 120.0, 90.0);
    }
}

#[test]
fn several_findings_are_selected_moved_changed_and_removed_together() {
    let mut window = judging();
    let shapes = [
        (Side::A, area(40.0, 40.0, 70.0, 60.0)),
        (Side::B, area(100.0, 100.0, 150.0, 130.0)),
        (Side::A, Shape::Pin(at(200.0, 150.0))),
    ];
    with_findings(&mut window, &shapes);
    window.key(Modifiers::COMMAND, Key::A);
    assert_eq!(ids(window.session()).len(), 3);
    drag(&mut window, Side::A, (55.0, 40.0), (65.0, 45.0));
    check_near(findings(&window)[0].shape.bounds().min, 50.0, 45.0);
    check_near(findings(&window)[1].shape.bounds().min, 110.0, 105.0);
    check_near(findings(&window)[2].shape.bounds().min, 210.0, 155.0);
    window.harness.get_by_role_and_label(Role::Button, "both").click();
    window.settle();
    assert!(findings(&window).iter().all(|finding| finding.belongs == Belongs::Both));
    window.key(Modifiers::COMMAND, Key::D);
    assert_eq!(findings(&window).len(), 6);
    assert_eq!(ids(window.session()).len(), 3, "the copies are selected");
    window.key(Modifiers::NONE, Key::Delete);
    assert_eq!(findings(&window).len(), 3);
    for _ in 0..4 {
        window.key(Modifiers::COMMAND, Key::Z);
    }
    let shown: Vec<Shape> = findings(&window).iter().map(|finding| finding.shape.clone()).collect();
    assert_eq!(shown, shapes.map(|(_, shape)| shape));
}

#[test]
fn the_list_filters_sorts_and_goes_there() {
    let mut window = judging();
    let shapes = [
        (Side::A, Shape::Pin(at(30.0, 30.0))),
        (Side::B, Shape::Pin(at(200.0, 170.0))),
        (Side::A, Shape::Pin(at(120.0, 90.0))),
    ];
    with_findings(&mut window, &shapes);
    let change = |window: &mut Window, idx: usize, code: &str, level: u8| {
        let mut finding = findings(window)[idx].clone();
        let taxonomy = &window.session().library().taxonomy;
        finding.code = Some(taxonomy.defect(code).unwrap().code.clone());
        finding.severity = Severity::new(level).unwrap();
        let edit = Edit::Findings(FindingEdit::Change(vec![finding]));
        window.harness.state_mut().send(Command::Edit(edit, None));
    };
    change(&mut window, 0, "LIP-S1", 1);
    change(&mut window, 1, "TEE-A3", 4);
    change(&mut window, 2, "TEE-S1", 3);
    window.settle();
    let listed = |window: &Window| -> Vec<usize> {
        window.session().listed_findings().iter().map(|(number, _)| *number).collect()
    };
    let field = window.harness.get_by_role_and_label(Role::TextInput, "Filter findings");
    field.focus();
    field.type_text("teeth");
    window.settle();
    assert_eq!(listed(&window), [2, 3]);
    assert!(window.harness.query_by_label("1 hidden by the filter").is_some());
    window.harness.get_by_label("Show all").click();
    window.settle();
    let filter = diptych::session::Filter {
        belongs: Some(Belongs::To(Side::A)),
        least: Severity::new(2),
        ..diptych::session::Filter::default()
    };
    let app = window.harness.state_mut();
    app.send(Command::View(ViewCommand::FilterFindings(filter)));
    assert_eq!(listed(&window), [3]);
    let app = window.harness.state_mut();
    app.send(Command::View(ViewCommand::FilterFindings(diptych::session::Filter::default())));
    app.send(Command::View(ViewCommand::SortFindings(diptych::session::FindingOrder::Severity)));
    assert_eq!(listed(&window), [2, 3, 1]);
    window.settle();
    let zoom = ViewCommand::ZoomTo(Side::A, diptych::geometry::OutputPoint::new(9.0, 9.0), 8.0);
    window.harness.state_mut().send(Command::View(zoom));
    let name = findings(&window)[1].words().to_owned();
    window.harness.get_by_role_and_label(Role::Button, &format!("2: TEE-A3 {name}")).click();
    window.settle();
    assert_eq!(ids(window.session()), [findings(&window)[1].id]);
    let view = window.session().pane_view(Side::B).unwrap();
    assert!(view.source_from_output.apply(view.middle()).distance(at(200.0, 170.0)) < 1.0);
}

#[test]
fn findings_are_drawn_in_every_mode_and_over_an_enlarged_loupe() {
    for mode in Mode::ALL.into_iter().filter(|mode| *mode != Mode::SideBySide) {
        let mut window = judging();
        tool(&mut window, Key::R, ShapeKind::Box);
        let stage = ViewCommand::Stage(StageCommand::Mode(mode));
        window.harness.state_mut().send(Command::View(stage));
        window.settle();
        let corner = window.harness.state().panes().a.left_top() + egui::vec2(90.0, 90.0);
        let before = window.session().pane_view(Side::A);
        window.drag(corner, corner + egui::vec2(80.0, 60.0));
        assert_eq!(findings(&window).len(), 1, "{mode:?}");
        assert_eq!(window.session().pane_view(Side::A), before, "{mode:?}: nothing was panned");
    }
    let mut window = judging();
    let (id, _) = window.session().loupe_spots()[0];
    window.harness.state_mut().send(Command::View(ViewCommand::Enlarge(Some(id))));
    tool(&mut window, Key::P, ShapeKind::Pin);
    let spot = screen(&window, Side::B, 118.0, 104.0);
    window.click(spot);
    check_near(findings(&window)[0].shape.bounds().min, 118.0, 104.0);
}

#[test]
fn the_severity_suggested_is_that_of_the_zoom_in_use() {
    let mut window = Window::new([]);
    window.open_sample_unjudged();
    tool(&mut window, Key::P, ShapeKind::Pin);
    let middle = window.harness.state().panes().a.center();
    window.click(middle);
    // The face unit of 580 pixels spans 180 on the screen: as large as on a card.
    assert_eq!(findings(&window)[0].severity.level(), 4);
    leave_name(&mut window);
    let at = diptych::geometry::OutputPoint::new(230.0, 230.0);
    let zoom = ViewCommand::ZoomTo(Side::A, at, 4.0);
    window.harness.state_mut().send(Command::View(zoom));
    window.settle();
    window.click(middle + egui::vec2(60.0, 60.0));
    assert_eq!(findings(&window)[1].severity.level(), 1);
}

#[test]
fn keys_of_findings_wait_for_the_step_and_landmarks_are_safe_in_it() {
    let mut window = Window::new([]);
    window.open_sample();
    let id = window.session().document().landmarks[0].id;
    window.harness.state_mut().send(Command::View(ViewCommand::Select(Some(id))));
    tool(&mut window, Key::P, ShapeKind::Pin);
    let before = window.session().document().landmarks.clone();
    window.key(Modifiers::NONE, Key::Delete);
    window.key(Modifiers::NONE, Key::ArrowRight);
    assert_eq!(window.session().document().landmarks, before);
    window.key(Modifiers::NONE, Key::L);
    assert_eq!(window.session().view().step, Step::Align, "back where landmarks are");
    window.key(Modifiers::NONE, Key::Delete);
    assert_eq!(window.session().document().landmarks.len(), before.len() - 1);
}
