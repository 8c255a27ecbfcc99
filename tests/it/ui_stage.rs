//! Both sides in one place: every mode by its key and its button.

use diptych::{
    document::Side,
    geometry::{Channel, Look},
    raster::Picture,
    session::{Command, Difference, Mode, Session, Slot, StageCommand, ViewCommand},
};
use egui::{Event, Key, Modifiers, Pos2, Rect, accesskit::Role};
use egui_kittest::kittest::Queryable as _;

use crate::ui::{Window, write_picture};

const KEYS: [(Key, Mode); 6] = [
    (Key::W, Mode::Wipe),
    (Key::T, Mode::Flip),
    (Key::X, Mode::Flicker),
    (Key::O, Mode::Onion),
    (Key::D, Mode::Difference),
    (Key::V, Mode::SideBySide),
];

/// A window with one file on both sides.
fn with_itself() -> Window {
    let mut window = Window::new([]);
    let a = write_picture(&window.path("a.png"), 150, 130);
    let b = window.path("b.png");
    std::fs::copy(&a, &b).unwrap();
    window.open(&[a, b]);
    window
}

fn stage(window: &mut Window, command: StageCommand) {
    window.harness.state_mut().send(Command::View(ViewCommand::Stage(command)));
    window.settle();
}

/// The pixels of the window within these points.
fn pixels(window: &mut Window, area: Rect) -> Vec<[u8; 4]> {
    let shot = window.harness.render().unwrap();
    let range = |from: f32, to: f32| {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "pixels")]
        let range = from.round() as u32..to.round() as u32;
        range
    };
    let rows = range(area.top(), area.bottom());
    let columns = range(area.left(), area.right());
    rows.flat_map(|y| columns.clone().map(move |x| (x, y)))
        .map(|(x, y)| shot.get_pixel(x, y).0)
        .collect()
}

fn stage_area(window: &Window) -> Rect {
    window.harness.get_by_role_and_label(Role::Canvas, window.session().mode().words()).rect()
}

#[test]
fn every_mode_has_a_key_a_button_and_a_way_back() {
    let mut window = Window::new([]);
    window.open_sample();
    for (key, mode) in KEYS {
        window.key(Modifiers::NONE, key);
        assert_eq!(window.session().mode(), mode);
        if mode != Mode::SideBySide {
            stage_area(&window);
        }
    }
    for (name, mode) in [("Wipe", Mode::Wipe), ("Onion skin", Mode::Onion), ("Flip", Mode::Flip)] {
        window.harness.get_by_role_and_label(Role::Button, name).click();
        window.settle();
        assert_eq!(window.session().mode(), mode);
    }
    window.key(Modifiers::NONE, Key::Escape);
    assert_eq!(window.session().mode(), Mode::SideBySide);
}

#[test]
fn modes_wait_for_sides_that_are_aligned() {
    let mut window = Window::new([]);
    let a = write_picture(&window.path("a.png"), 150, 130);
    let b = write_picture(&window.path("b.png"), 90, 130);
    window.open(&[a, b]);
    for (key, _) in KEYS {
        window.key(Modifiers::NONE, key);
        assert_eq!(window.session().mode(), Mode::SideBySide);
    }
}

/// The finished comparison of the panes as they stand.
fn compared(session: &Session) -> Picture {
    let shown = session.compared().expect("compared");
    Picture::clone(&shown.picture)
}

#[test]
fn a_file_and_itself_differ_by_nothing_in_every_mode_at_every_zoom() {
    let mut window = with_itself();
    window.key(Modifiers::NONE, Key::D);
    for magnification in [Key::F, Key::Num1, Key::Num4, Key::Num8] {
        window.key(Modifiers::NONE, magnification);
        for difference in Difference::ALL {
            stage(&mut window, StageCommand::Difference(difference));
            let picture = compared(window.session());
            let visible = picture.to_rgba8();
            let is_black = |pixel: &&[u8; 4]| **pixel == [0, 0, 0, 255];
            let pixels: Vec<_> = visible.as_chunks::<4>().0.iter().collect();
            assert!(pixels.iter().filter(|p| is_black(p)).count() > 1000);
            assert!(pixels.iter().all(|p| p[3] == 0 || is_black(p)), "{difference:?}");
        }
    }
    stage(&mut window, StageCommand::Mode(Mode::Onion));
    for share in [0.0, 0.31, 0.5, 1.0] {
        stage(&mut window, StageCommand::Opacity(share));
        let a = window.session().shown(Slot::Pane(Side::A)).unwrap().picture.to_rgba8();
        assert!(compared(window.session()).to_rgba8() == a, "onion skin at {share}");
    }
    // One side on the screen, its letter aside.
    stage(&mut window, StageCommand::Mode(Mode::Flip));
    let mut area = stage_area(&window).shrink(2.0);
    area.min.y += 60.0;
    let a = pixels(&mut window, area);
    window.key(Modifiers::NONE, Key::T);
    assert_eq!(window.session().view().stage.shown, Side::B);
    assert!(pixels(&mut window, area) == a, "flipping shows nothing");
    stage(&mut window, StageCommand::Mode(Mode::Wipe));
    let mut off_line = area;
    off_line.max.x = area.center().x - 80.0;
    let n = pixels(&mut window, off_line);
    stage(&mut window, StageCommand::Mode(Mode::Flip));
    assert!(pixels(&mut window, off_line) == n, "nor does the wipe");
}

#[test]
fn the_wipe_shows_a_on_one_side_of_its_line_and_b_on_the_other() {
    let mut window = Window::new([]);
    window.open_sample();
    window.key(Modifiers::NONE, Key::T);
    let area = stage_area(&window);
    let shots = [Side::A, Side::B].map(|side| {
        stage(&mut window, StageCommand::Flip(side));
        window.harness.render().unwrap()
    });
    window.key(Modifiers::NONE, Key::W);
    let check = |window: &mut Window, places: &[(f32, f32, usize)]| {
        let shot = window.harness.render().unwrap();
        for (x, y, side) in places {
            let at = area.min + egui::vec2(*x, *y) * area.size();
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "pixels")]
            let (x, y) = (at.x as u32, at.y as u32);
            let expected = shots[*side].get_pixel(x, y);
            assert_eq!(shot.get_pixel(x, y), expected, "at {x}, {y}");
            assert_ne!(expected, shots[1 - side].get_pixel(x, y), "the sides differ there");
        }
    };
    // On the cheeks and lips, which differ.
    check(&mut window, &[(0.42, 0.55, 0), (0.45, 0.72, 0), (0.58, 0.55, 1), (0.55, 0.72, 1)]);
    // The line is dragged to the right, then turned.
    let from = area.center() + egui::vec2(0.0, 200.0);
    window.drag(from, from + egui::vec2(0.12 * area.width(), 0.0));
    let wipe = window.session().view().stage.wipe;
    assert!((wipe.at.0 - 0.62).abs() < 0.01, "{wipe:?}");
    check(&mut window, &[(0.55, 0.72, 0), (0.58, 0.55, 0)]);
    window.harness.get_by_label("Horizontal").click();
    window.settle();
    check(&mut window, &[(0.45, 0.40, 0), (0.55, 0.72, 1), (0.45, 0.72, 1)]);
    // The knob is taken where it is drawn, a little beyond the line's left end, and turns with it.
    let wipe = |window: &Window| window.session().view().stage.wipe;
    let before = wipe(&window);
    let middle = area.min + egui::vec2(before.at.0, before.at.1) * area.size();
    let knob = |normal: f32| middle - 90.0 * egui::Vec2::angled(normal).rot90();
    window.drag(knob(before.normal), knob(before.normal) + egui::vec2(3.0, 40.0));
    let turned = wipe(&window).normal - before.normal;
    assert!(turned.abs() > 0.2 && turned.abs() < 0.6, "turned by {turned}, not over");
    let moved = knob(wipe(&window).normal).distance(knob(before.normal) + egui::vec2(3.0, 40.0));
    assert!(moved < 15.0, "the knob is {moved} points off the pointer");
}

#[test]
fn sides_take_turns_in_time_and_never_faster_than_is_safe() {
    let mut window = Window::new([]);
    window.open_sample();
    stage(&mut window, StageCommand::Period(0.01));
    let period = window.session().view().stage.period;
    assert!((period - 0.17).abs() < 1e-6, "{period}");
    stage(&mut window, StageCommand::Period(0.45));
    stage(&mut window, StageCommand::Mode(Mode::Flip));
    let area = stage_area(&window);
    let corner = Rect::from_min_size(area.min + egui::vec2(14.0, 14.0), egui::vec2(3.0, 3.0));
    let badge = |window: &mut Window| pixels(window, corner)[0];
    let letters = [Side::A, Side::B].map(|side| {
        stage(&mut window, StageCommand::Flip(side));
        badge(&mut window)
    });
    assert_ne!(letters[0], letters[1]);
    window
        .harness
        .state_mut()
        .send(Command::View(ViewCommand::Stage(StageCommand::Mode(Mode::Flicker))));
    let mut seen = Vec::new();
    for _ in 0..16 {
        window.harness.run_steps(6);
        seen.push(badge(&mut window) == letters[1]);
    }
    let n_changes = seen.windows(2).filter(|pair| pair[0] != pair[1]).count();
    assert!((2..=8).contains(&n_changes), "{seen:?}");
}

#[test]
fn another_period_and_late_frames_shorten_no_turn() {
    let mut window = Window::new([]);
    window.open_sample();
    stage(&mut window, StageCommand::Mode(Mode::Flip));
    let area = stage_area(&window);
    let corner = Rect::from_min_size(area.min + egui::vec2(14.0, 14.0), egui::vec2(3.0, 3.0));
    let command = |command| Command::View(ViewCommand::Stage(command));
    window.harness.state_mut().send(command(StageCommand::Mode(Mode::Flicker)));
    let (mut last, mut since, mut turns) = (None, 0.0, Vec::new());
    for step in 0_u8..60 {
        let period = 0.17 + 0.011 * f32::from(step % 7);
        window.harness.state_mut().send(command(StageCommand::Period(period)));
        window.harness.run_steps(1);
        since += 1.0 / 30.0;
        let now = pixels(&mut window, corner)[0];
        if last.is_some_and(|last| last != now) {
            turns.push(since);
            since = 0.0;
        }
        last = Some(now);
    }
    assert!(turns.len() > 5, "{turns:?}");
    assert!(turns[1..].iter().all(|turn| *turn > 0.165), "{turns:?}");
}

#[test]
fn the_other_side_is_seen_while_its_key_is_held() {
    // Also where the panes' widths cannot both be half of an odd number of pixels.
    for width in [1280.0, 1281.0] {
        holding_shows_the_other_side(Window::sized([width, 800.0], 1.0, []));
    }
}

fn holding_shows_the_other_side(mut window: Window) {
    window.open_sample();
    let sizes = Side::BOTH.map(|side| window.session().pane_view(side).unwrap().width);
    assert_eq!(sizes[0], sizes[1]);
    let pane = window.harness.state().panes().a;
    let at = pane.center();
    let near =
        Rect::from_center_size(pane.center() + egui::vec2(0.0, 110.0), egui::vec2(40.0, 20.0));
    window.harness.hover_at(at);
    window.settle();
    let before = pixels(&mut window, near);
    let key = |pressed: bool| Event::Key {
        key: Key::Backtick,
        physical_key: None,
        pressed,
        repeat: false,
        modifiers: Modifiers::NONE,
    };
    window.harness.event(key(true));
    window.settle();
    let held = pixels(&mut window, near);
    assert!(held != before, "B's teeth are others");
    window.harness.event(key(false));
    window.settle();
    assert!(pixels(&mut window, near) == before);
}

#[test]
fn the_difference_states_the_fit_and_the_stage_pans_and_zooms() {
    let mut window = Window::new([]);
    window.open_sample();
    window.key(Modifiers::NONE, Key::D);
    let fit =
        diptych::card::fit_words(window.session().document(), window.session().registration());
    assert!(window.harness.get_all_by_label(&fit).count() >= 1, "beside the legend");
    window.harness.get_by_label("Legend: 0, 10, 20 and more");
    window.key(Modifiers::NONE, Key::D);
    assert_eq!(window.session().view().stage.difference, Difference::Lightness);
    let before = window.session().pane_view(Side::A).unwrap();
    let from: Pos2 = stage_area(&window).center();
    window.drag(from, from + egui::vec2(40.0, 10.0));
    let after = window.session().pane_view(Side::A).unwrap();
    assert_ne!(before.source_from_output, after.source_from_output);
    assert!(window.session().compared().is_some(), "compared again where it is now");
}

#[test]
fn a_look_is_the_same_on_both_sides_is_said_and_touches_no_card() {
    let mut window = Window::new([]);
    window.open_sample();
    let middle = |window: &Window, side: Side| {
        let pane = window.harness.state().panes()[side];
        Rect::from_center_size(pane.center() + egui::vec2(-90.0, 40.0), egui::vec2(20.0, 12.0))
    };
    let card = |window: &mut Window| {
        window.harness.state_mut().send(Command::PreviewCard);
        window.settle();
        window.session().card().unwrap().picture.to_rgba8()
    };
    let before = card(&mut window);
    window.harness.get_by_role_and_label(Role::Button, "Look").click();
    window.settle();
    window.harness.get_by_label("L*").click();
    window.settle();
    window.key(Modifiers::NONE, Key::Escape);
    for side in Side::BOTH {
        let area = middle(&window, side);
        let seen = pixels(&mut window, area);
        assert!(seen.iter().all(|p| p[0] == p[1] && p[1] == p[2]), "{side} is grey");
        assert!(seen.iter().any(|p| p[0] != seen[0][0]), "{side} shows the face");
    }
    assert!(window.harness.get_all_by_label("L*").count() >= 2, "a badge in both heads");
    assert!(card(&mut window) == before);
    // A mix of both is as grey, in motion and at rest.
    window.key(Modifiers::NONE, Key::O);
    let area = Rect::from_center_size(stage_area(&window).center(), egui::vec2(60.0, 60.0));
    assert!(window.session().compared().is_some(), "at rest");
    let seen = pixels(&mut window, area);
    assert!(seen.iter().all(|p| p[0] == p[1] && p[1] == p[2]), "the mix is grey");
}

#[test]
fn an_open_menu_takes_escape_and_a_slider_the_arrows() {
    let mut window = Window::new([]);
    window.open_sample();
    window.key(Modifiers::NONE, Key::W);
    window.harness.get_by_role_and_label(Role::Button, "Look").click();
    window.settle();
    window.key(Modifiers::NONE, Key::Escape);
    assert_eq!(window.session().mode(), Mode::Wipe, "only the menu is closed");
    assert!(window.harness.query_by_label("Chroma").is_none());
    window.key(Modifiers::NONE, Key::V);
    let id = window.session().document().landmarks[0].id;
    window.harness.state_mut().send(Command::View(ViewCommand::Select(Some(id))));
    let before = window.session().document().clone();
    window.harness.get_by_role_and_label(Role::Button, "Look").click();
    window.settle();
    window.harness.get_by_role_and_label(Role::Slider, "Exposure").focus();
    window.settle();
    window.key(Modifiers::NONE, Key::ArrowRight);
    assert!(window.session().view().look.exposure > 0.0);
    assert_eq!(**window.session().document(), *before, "no landmark moved");
}

#[test]
fn a_look_goes_onto_the_card_when_asked_and_is_printed_there() {
    let mut window = Window::new([]);
    window.open_sample();
    let look = Look { channel: Channel::Lightness, exposure: 0.0, contrast: 1.0 };
    window.harness.state_mut().send(Command::View(ViewCommand::Look(look)));
    window.settle();
    window.harness.get_by_label("Continue to card").click();
    window.settle();
    window.harness.get_by_label("Colours").click();
    window.settle();
    window.harness.get_by_label("Show as L*").click();
    window.settle();
    assert_eq!(window.session().document().card.look, look);
    let footer = |window: &Window| {
        let scene = diptych::card::lay_out(window.session().document()).unwrap();
        scene[0].items.iter().map(|item| item.text.clone()).collect::<Vec<_>>().join(" | ")
    };
    assert!(footer(&window).contains("shown as L*"), "{}", footer(&window));
    let card = window.session().card().unwrap().picture.to_rgba8();
    let grey = |at: [usize; 2]| {
        let pixel = &card[4 * (at[1] * 1080 + at[0])..];
        pixel[0] == pixel[1] && pixel[1] == pixel[2]
    };
    assert!(grey([280, 400]) && grey([800, 400]), "both panels");
    window.harness.get_by_label("Show as L*").click();
    window.settle();
    assert!(!footer(&window).contains("shown as"));
}
