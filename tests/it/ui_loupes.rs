//! The strip of loupes: adding, naming, reordering, widening, enlarging, following the pointer.

use diptych::{
    document::{Edit, LoupeId, Side},
    session::{Command, Mode, Scale, Slot, ViewCommand},
};
use egui::{Key, Modifiers, accesskit::Role, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use crate::ui::Window;

fn sample() -> Window {
    let mut window = Window::new([]);
    window.open_sample();
    window
}

/// The names of the loupes that stand, in the strip's order.
fn names(window: &Window) -> Vec<String> {
    let session = window.session();
    let name = |id: &LoupeId| session.document().loupe(*id).unwrap().name.clone();
    session.loupe_spots().iter().map(|(id, _)| name(id)).collect()
}

fn id_of(window: &Window, name: &str) -> LoupeId {
    let all = &window.session().document().loupes;
    all.iter().find(|loupe| loupe.name == name).unwrap().id
}

#[test]
fn a_loupe_is_added_named_and_removed_and_each_is_one_step() {
    let mut window = sample();
    let before = names(&window);
    window.harness.get_by_role_and_label(Role::Button, "Add loupe").click();
    window.settle();
    assert_eq!(names(&window).last().unwrap(), "Loupe 1");
    assert_eq!(window.session().undo_label(), Some("add loupe"));
    let head = window.harness.get_by_role_and_label(Role::Button, "Loupe Loupe 1").rect().center();
    window.double_click(head);
    let field = window.harness.get_by_role_and_label(Role::TextInput, "Name of loupe");
    field.type_text(" left eye");
    window.settle();
    window.key(Modifiers::NONE, Key::Enter);
    assert_eq!(names(&window).last().unwrap(), "Loupe 1 left eye");
    let id = id_of(&window, "Loupe 1 left eye");
    window.harness.state_mut().send(Command::Edit(Edit::RemoveLoupe(id), None));
    window.settle();
    assert_eq!(names(&window), before);
    for _ in 0..3 {
        window.key(Modifiers::COMMAND, Key::Z);
    }
    assert_eq!(names(&window), before, "back at the start");
    assert_eq!(window.session().undo_label(), None);
}

#[test]
fn loupes_are_reordered_by_dragging_their_names() {
    let mut window = sample();
    let before = names(&window);
    let head = |window: &Window, name: &str| {
        window.harness.get_by_role_and_label(Role::Button, &format!("Loupe {name}")).rect()
    };
    let from = head(&window, &before[0]).left_center() + vec2(20.0, 0.0);
    let to = head(&window, &before[2]).right_center() - vec2(4.0, 0.0);
    window.drag(from, to);
    let after = names(&window);
    assert_eq!(after[..3], [before[1].clone(), before[2].clone(), before[0].clone()]);
    window.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(names(&window), before);
}

#[test]
fn a_double_click_enlarges_a_loupe_and_escape_goes_back() {
    let mut window = sample();
    let before = window.session().pane_view(Side::A).unwrap();
    let (id, spot) = window.session().loupe_spots()[1];
    let area = window.harness.get_all_by_role(Role::Image).find(|node| {
        node.accesskit_node().label().is_some_and(|label| label.starts_with("Lips: A"))
    });
    let at = area.unwrap().rect().center();
    window.double_click(at);
    assert_eq!(window.session().enlarged(), Some(id));
    let view = window.session().pane_view(Side::A).unwrap();
    let middle = view.source_from_output.apply(view.middle());
    assert!(middle.distance(spot.center) * view.magnification() < 1.0, "{middle:?}");
    assert!((view.magnification() - 2.0).abs() < 1e-9, "whole steps: {}", view.magnification());
    window.key(Modifiers::NONE, Key::W);
    assert_eq!(window.session().mode(), Mode::Wipe, "modes work on it");
    window.key(Modifiers::NONE, Key::V);
    window.key(Modifiers::NONE, Key::Escape);
    assert_eq!(window.session().enlarged(), None);
    assert_eq!(window.session().pane_view(Side::A).unwrap(), before);
}

#[test]
fn a_frames_corner_widens_the_region_on_both_sides_alike() {
    let mut window = sample();
    let (id, spot) = window.session().loupe_spots()[0];
    let shown =
        |window: &Window| window.session().shown(Slot::Loupe(id, Side::A)).unwrap().view.clone();
    let before = shown(&window);
    let half = f64::from(u32::try_from(before.width).unwrap()) / 2.0 / before.magnification();
    let corner = window.on_screen(Side::A, spot.center.offset(half, half));
    window.drag(corner, corner + vec2(30.0, 20.0));
    let (_, wider) = window.session().loupe_spots()[0];
    assert!(wider.width > 1.2 * spot.width, "{spot:?} to {wider:?}");
    assert!(wider.center.distance(spot.center) < 1e-6, "its middle stays");
    assert!(shown(&window).magnification() < before.magnification());
    assert_eq!(window.session().undo_label(), Some("move loupe"));
}

#[test]
fn a_loupe_follows_the_pointer_and_is_pinned_where_it_is() {
    let mut window = sample();
    window.key(Modifiers::NONE, Key::J);
    let at = window.harness.state().panes().b.center() + vec2(30.0, -60.0);
    window.harness.hover_at(at);
    window.settle();
    let seen = window.session().shown(Slot::Live(Side::B)).expect("live").view.clone();
    let under = window.session().pane_view(Side::B).unwrap();
    let pane = window.harness.state().panes().b;
    let pixel = at - pane.min;
    let spot = under
        .source_from_output
        .apply(diptych::geometry::OutputPoint::new(pixel.x.into(), pixel.y.into()));
    let middle = seen.source_from_output.apply(seen.middle());
    assert!(middle.distance(spot) < 2.0, "{middle:?} is not {spot:?}");
    let n = names(&window).len();
    window.key(Modifiers::SHIFT, Key::L);
    assert_eq!(names(&window).len(), n + 1);
    let (_, pinned) = *window.session().loupe_spots().last().unwrap();
    let on_a = window.session().registration().a_of(spot);
    assert!(pinned.center.distance(on_a) < 2.0, "{pinned:?} is not at {on_a:?}");
}

#[test]
fn equal_pixels_show_both_sides_pixels_at_one_size_and_say_so() {
    let mut window = sample();
    let ratio = |window: &Window| {
        let view = |side| window.session().pane_view(side).unwrap().magnification();
        view(Side::B) / view(Side::A)
    };
    assert!((ratio(&window) - 1.0 / 0.87).abs() < 1e-6, "the face has one size");
    window.key(Modifiers::SHIFT, Key::E);
    assert_eq!(window.session().view().scale, Scale::EqualPixels);
    assert!((ratio(&window) - 1.0).abs() < 1e-9);
    for (id, _) in window.session().loupe_spots() {
        let view = |side| window.session().shown(Slot::Loupe(*id, side)).unwrap().view.clone();
        let (a, b) = (view(Side::A).magnification(), view(Side::B).magnification());
        assert!((a - b).abs() < 1e-9, "{a} and {b}");
    }
    // Zooming and panning on either side keeps that.
    for command in [
        ViewCommand::ZoomBy(Side::B, diptych::geometry::OutputPoint::new(70.0, 90.0), 1.7),
        ViewCommand::Pan(Side::B, 12.0, -30.0),
    ] {
        window.harness.state_mut().send(Command::View(command));
        window.settle();
        assert!((ratio(&window) - 1.0).abs() < 1e-9);
    }
    // Over either side a key means what it says.
    for side in Side::BOTH {
        let at = window.harness.state().panes()[side].center();
        window.harness.hover_at(at);
        window.settle();
        for (key, n) in [(Key::Num1, 1.0), (Key::Num4, 4.0)] {
            window.key(Modifiers::NONE, key);
            let found = window.session().pane_view(Side::B).unwrap().magnification();
            assert!((found - n).abs() < 1e-9, "{found} over {side}");
            assert!((ratio(&window) - 1.0).abs() < 1e-9);
        }
    }
    window.key(Modifiers::NONE, Key::W);
    assert!((ratio(&window) - 1.0 / 0.87).abs() < 1e-6, "in one place the faces fit");
}

#[test]
fn matched_resolution_is_seen_said_and_undone() {
    let mut window = sample();
    let spans = |window: &Window| {
        Side::BOTH.map(|side| window.session().pane_view(side).unwrap().least_span)
    };
    assert_eq!(spans(&window), [0.0, 0.0]);
    window.key(Modifiers::SHIFT, Key::M);
    let [a, b] = spans(&window);
    // A has 580 pixels a face unit, B 505.
    assert!((a - 1.0 / 0.87).abs() < 1e-6, "{a}");
    assert_eq!(b, 0.0, "the coarser side stays as it is");
    for (id, _) in window.session().loupe_spots() {
        let shown = window.session().shown(Slot::Loupe(*id, Side::A)).unwrap();
        assert!((shown.view.least_span - a).abs() < 1e-12);
    }
    let said = window.harness.get_all_by_role(Role::Label).any(|node| {
        let node = node.accesskit_node();
        node.value().is_some_and(|text| text.contains("A at B's resolution"))
    });
    assert!(said, "in the head");
    let document = window.session().document();
    let scene = diptych::card::lay_out(document).unwrap();
    let panels = scene[0].items.iter().filter_map(|item| item.view.as_ref());
    assert!(panels.clone().any(|view| (view.least_span - a).abs() < 1e-12));
    assert!(scene[0].items.iter().any(|item| item.text.contains("A at B's resolution")));
    assert_eq!(window.session().undo_label(), Some("match resolution"));
    window.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(spans(&window), [0.0, 0.0]);
}

#[test]
fn a_pane_moved_alone_neither_spoils_an_enlarged_loupe_nor_a_comparison() {
    let mut window = sample();
    let moved = ViewCommand::PanAlone(Side::A, 300.0, 120.0);
    window.harness.state_mut().send(Command::View(moved));
    window.settle();
    let spots = |window: &Window| {
        let session = window.session();
        let middle = |side: Side| {
            let view = session.pane_view(side).unwrap();
            view.source_from_output.apply(view.middle())
        };
        (middle(Side::A), session.across(Side::B, middle(Side::B)).unwrap())
    };
    let (a, b) = spots(&window);
    assert!(a.distance(b) > 100.0, "apart");
    let (id, spot) = window.session().loupe_spots()[1];
    window.harness.state_mut().send(Command::View(ViewCommand::Enlarge(Some(id))));
    window.settle();
    let (a, b) = spots(&window);
    assert!(a.distance(spot.center) < 1.5 && b.distance(a) < 1.5, "{a:?} {b:?} {spot:?}");
    window.key(Modifiers::NONE, Key::Escape);
    window.key(Modifiers::NONE, Key::D);
    let (a, b) = spots(&window);
    assert!(a.distance(b) < 1.5, "what lies in one place is the same spot");
    window.key(Modifiers::NONE, Key::V);
    let (a, b) = spots(&window);
    assert!(a.distance(b) > 100.0, "apart again, as it was left");
}

#[test]
fn a_new_loupe_is_as_wide_as_said_where_none_stands() {
    let mut window = sample();
    for (id, _) in window.session().loupe_spots().to_vec() {
        window.harness.state_mut().send(Command::Edit(Edit::RemoveLoupe(id), None));
    }
    let path = window.path("none.diptych.ron");
    window.harness.state_mut().send(Command::Save(path.clone()));
    window.settle();
    let mut window = Window::new([]);
    window.open(&[path]);
    assert!(window.session().loupe_spots().is_empty());
    window.key(Modifiers::SHIFT, Key::L);
    let (id, _) = window.session().loupe_spots()[0];
    let shown = window.session().shown(Slot::Loupe(id, Side::A)).unwrap();
    assert!((shown.view.magnification() - 4.0).abs() < 1e-9, "{}", shown.view.magnification());
}

#[test]
fn undo_while_a_name_is_typed_is_the_fields_own() {
    let mut window = sample();
    window.harness.get_by_role_and_label(Role::Button, "Add loupe").click();
    window.settle();
    let n = names(&window).len();
    let head = window.harness.get_by_role_and_label(Role::Button, "Loupe Loupe 1").rect().center();
    window.double_click(head);
    window.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(names(&window).len(), n, "the loupe stands");
    let id = id_of(&window, "Loupe 1");
    window.harness.state_mut().send(Command::Edit(Edit::RemoveLoupe(id), None));
    window.settle();
    window.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(names(&window).len(), n);
    let field = window.harness.query_by_role_and_label(Role::TextInput, "Name of loupe");
    assert!(field.is_none(), "the field went with the loupe");
}
