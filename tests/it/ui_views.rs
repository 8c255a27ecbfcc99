//! What the panes and loupes show, and moving about in them.

use diptych::{
    document::{PerSide, Side},
    geometry::{ImagePoint, Kernel, OutputPoint},
    raster::View,
    session::{Command, Slot, Step, ViewCommand},
};
use egui::{Event, Key, Modifiers, MouseWheelUnit, PointerButton, Vec2};
use egui_kittest::kittest::Queryable as _;

use crate::ui::{Window, write_picture};

/// A pair of one size: one pixel grid, with the loupe "Centre".
fn same_grid(window: &mut Window) {
    let a = write_picture(&window.path("a.png"), 120, 110);
    let b = write_picture(&window.path("b.png"), 120, 110);
    window.open(&[a, b]);
}

/// How many of the view's pixels, drawn on the screen from `corner` in physical pixels, are not
/// their source pixel. `skip` is left out at the top left, where a letter stands.
fn wrong_pixels(window: &mut Window, view: &View, corner: (u32, u32), skip: usize) -> usize {
    let screen = window.harness.render().unwrap();
    let source = window.session().loaded(Side::A).unwrap().picture.clone();
    let mut wrong = 0;
    for y in skip..view.height {
        for x in skip..view.width {
            #[expect(clippy::cast_precision_loss, reason = "screen pixels")]
            let centre = OutputPoint::new(x as f64 + 0.5, y as f64 + 0.5);
            let at = view.source_from_output.apply(centre);
            assert!(at.x >= 0.0 && at.y >= 0.0, "the view lies inside the picture");
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked")]
            let wanted = source.rgba8_at(at.x as usize, at.y as usize).expect("inside");
            let (x, y) = (u32::try_from(x).unwrap(), u32::try_from(y).unwrap());
            let shown = screen.get_pixel(corner.0 + x, corner.1 + y).0;
            wrong += usize::from(shown[..3] != wanted[..3]);
        }
    }
    wrong
}

#[test]
fn a_pane_at_800_percent_shows_exact_blocks_at_every_display_scale() {
    for scale in [1.0, 1.25, 1.5, 2.0] {
        let mut window = Window::at_scale(scale, []);
        let a = write_picture(&window.path("a.png"), 300, 280);
        let b = write_picture(&window.path("b.png"), 360, 240);
        window.open(&[a, b]);
        let at = OutputPoint::new(200.0, 300.0);
        window.harness.state_mut().send(Command::View(ViewCommand::ZoomTo(Side::A, at, 8.0)));
        window.settle();
        let view = window.session().pane_view(Side::A).unwrap();
        assert_eq!(view.kernel, Kernel::Nearest);
        let corner = window.harness.state().panes().a.min.to_vec2() * scale;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "pixels")]
        let corner = (corner.x.round() as u32, corner.y.round() as u32);
        assert_eq!(wrong_pixels(&mut window, &view, corner, 0), 0, "at {scale}");
    }
}

#[test]
fn a_loupe_shows_exact_blocks_at_every_display_scale_and_step() {
    for scale in [1.0, 1.25, 1.5, 2.0] {
        let mut window = Window::at_scale(scale, []);
        let a = write_picture(&window.path("a.png"), 300, 280);
        let b = write_picture(&window.path("b.png"), 300, 280);
        window.open(&[a, b]);
        let (id, _) = window.session().loupe_spots()[0];
        for step in [2.0, 5.0, 8.0, 32.0] {
            #[expect(clippy::cast_precision_loss, reason = "screen pixels")]
            let width = window.session().view().loupe_half().0 as f64 / step;
            let edit = window.session().widened_loupe(id, width).unwrap();
            window.harness.state_mut().send(Command::Edit(edit, None));
            window.settle();
            let view = window.session().shown(Slot::Loupe(id, Side::A)).unwrap().view.clone();
            assert_eq!((view.kernel, view.magnification()), (Kernel::Nearest, step));
            let name = format!("Centre: A {step}x, B {step}x, nearest");
            let corner = window.harness.get_by_label(&name).rect().min.to_vec2() * scale;
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "pixels")]
            let (corner, badge) =
                ((corner.x.round() as u32, corner.y.round() as u32), (24.0 * scale) as usize);
            let n_wrong = wrong_pixels(&mut window, &view, corner, badge);
            assert_eq!(n_wrong, 0, "{step}x at {scale}");
        }
    }
}

/// The spot of the face in the middle of each pane, on A.
fn middles_on_a(window: &Window) -> [ImagePoint; 2] {
    let session = window.session();
    let arrangement = session.arrangement().unwrap();
    Side::BOTH.map(|side| {
        let view = session.pane_view(side).unwrap();
        #[expect(clippy::cast_precision_loss, reason = "screen pixels")]
        let middle = OutputPoint::new(view.width as f64 / 2.0, view.height as f64 / 2.0);
        let own = view.source_from_output.apply(middle);
        arrangement.from_frame.a.apply(arrangement.from_frame[side].unapply(own))
    })
}

#[test]
fn wheel_and_drags_move_both_panes_together() {
    let mut window = Window::new([]);
    window.open_sample();
    let at = window.harness.state().panes().b.center() + Vec2::new(60.0, -40.0);
    window.harness.hover_at(at);
    window.settle();
    let (side, before) = (Side::B, window.session().pane_view(Side::B).unwrap());
    let spot = before.source_from_output.apply(pixel_of(&window, side, at));
    for _ in 0..3 {
        window.harness.event(Event::MouseWheel {
            unit: MouseWheelUnit::Line,
            delta: Vec2::new(0.0, 3.0),
            phase: egui::TouchPhase::Move,
            source: egui::MouseWheelSource::Wheel,
            modifiers: Modifiers::NONE,
        });
        window.settle();
    }
    let after = window.session().pane_view(side).unwrap();
    assert!(after.magnification() > 1.5 * before.magnification(), "{}", after.magnification());
    let under = after.source_from_output.apply(pixel_of(&window, side, at));
    let moved = under.distance(spot) * after.magnification();
    assert!(moved <= 2.0, "the spot under the pointer moved by {moved} screen pixels");
    let [a, b] = middles_on_a(&window);
    assert!(a.distance(b) < 1e-6, "{a:?} is not {b:?}");

    let from = window.harness.state().panes().a.center();
    for button in [PointerButton::Middle, PointerButton::Primary] {
        let [before, _] = middles_on_a(&window);
        if button == PointerButton::Primary {
            window.harness.key_down(Key::Space);
        }
        drag_with(&mut window, button, from, from + Vec2::new(-50.0, 30.0));
        window.harness.key_up(Key::Space);
        window.settle();
        let [a, b] = middles_on_a(&window);
        let per_pixel = 1.0 / window.session().pane_view(Side::A).unwrap().magnification();
        assert!((a.x - before.x - 50.0 * per_pixel).abs() <= per_pixel, "{button:?}");
        assert!((a.y - before.y + 30.0 * per_pixel).abs() <= per_pixel, "{button:?}");
        assert!(a.distance(b) < 1e-6);
    }
    assert_eq!(window.session().document().landmarks.len(), 12, "dragging marked nothing");
}

fn pixel_of(window: &Window, side: Side, at: egui::Pos2) -> OutputPoint {
    let from_corner = at - window.harness.state().panes()[side].min;
    OutputPoint::new(from_corner.x.into(), from_corner.y.into())
}

fn drag_with(window: &mut Window, button: PointerButton, from: egui::Pos2, to: egui::Pos2) {
    let press =
        |pos, pressed| Event::PointerButton { pos, button, pressed, modifiers: Modifiers::NONE };
    window.harness.hover_at(from);
    window.settle();
    window.harness.event(press(from, true));
    window.settle();
    window.harness.hover_at(to);
    window.settle();
    window.harness.event(press(to, false));
    window.settle();
}

#[test]
fn replacing_a_side_keeps_label_and_landmarks_and_says_they_are_unconfirmed() {
    let mut window = Window::new([]);
    window.open_sample();
    let other = write_picture(&window.path("other.png"), 1408, 1760);
    window.harness.state_mut().send(Command::OpenPicture(Side::B, other));
    window.settle();
    let document = window.session().document();
    assert_eq!(document.labels.b, "Photographic");
    assert_eq!(document.landmarks.len(), 12);
    assert!(document.landmarks.iter().all(|l| !l.at.b.unwrap().is_confirmed));
    window.harness.get_by_label_contains("carried over to a replaced picture");
    let id = document.landmarks[0].id;
    window.harness.state_mut().send(Command::View(ViewCommand::Select(Some(id))));
    window.key(Modifiers::NONE, Key::Enter);
    assert!(window.session().document().landmarks[0].at.b.unwrap().is_confirmed);
}

#[test]
fn the_system_closing_the_window_asks_about_unsaved_work() {
    let mut window = Window::new([]);
    same_grid(&mut window);
    let viewport = window.harness.ctx.viewport_id();
    let info = window.harness.input_mut().viewports.get_mut(&viewport).unwrap();
    info.events.push(egui::ViewportEvent::Close);
    window.settle();
    window.harness.get_by_label_contains("Save the changes to");
    window.harness.get_by_label("Cancel").click();
    window.settle();
    assert!(window.harness.query_by_label_contains("Save the changes to").is_none());
    assert!(window.session().document().sources.a.is_some());
}

#[test]
fn an_unmarked_landmark_clicked_in_the_table_is_marked_next() {
    let mut window = Window::new([]);
    same_grid(&mut window);
    window.harness.get_by_label("Landmark nose tip").click();
    window.settle();
    window.harness.get_by_label("Click the nose tip on A, then on B");
    let at = window.on_screen(Side::A, ImagePoint::new(40.0, 30.0));
    window.click(at);
    assert!(window.session().document().landmark_named("nose tip").is_some());
    window.harness.get_by_label("Click the nose tip on B");
}

#[test]
fn two_dropped_files_are_a_and_b_and_a_pasted_picture_goes_under_the_pointer() {
    let mut window = Window::new([]);
    let a = write_picture(&window.path("a.png"), 30, 20);
    let b = write_picture(&window.path("b.png"), 44, 20);
    window.drop_files(&[a, b]);
    let width = |window: &Window, side| window.session().loaded(side).unwrap().picture.width();
    assert_eq!((width(&window, Side::A), width(&window, Side::B)), (30, 44));
    let over_b = window.harness.state().panes().b.center();
    window.harness.hover_at(over_b);
    window.harness.run();
    let image = egui::ColorImage::filled([12, 9], egui::Color32::GRAY);
    window.harness.event(Event::PasteImage(std::sync::Arc::new(image)));
    window.settle();
    assert_eq!((width(&window, Side::A), width(&window, Side::B)), (30, 12));
}

#[test]
fn a_typed_path_opens_saves_and_exports_without_any_dialog() {
    let mut window = Window::new([]);
    let a = write_picture(&window.path("a.png"), 60, 50);
    let b = write_picture(&window.path("b.png"), 60, 50);
    let (session, card) = (window.path("typed.diptych.ron"), window.path("card.png"));
    for (path, button) in
        [(&a, "Open"), (&b, "Open"), (&session, "Save session"), (&card, "Export card")]
    {
        window.harness.get_by_label("File").click();
        window.settle();
        window.harness.get_by_label("File by path…").click();
        window.settle();
        let field = |window: &Window| {
            let role = egui::accesskit::Role::TextInput;
            window.harness.get_by_role_and_label(role, "File by path").focus();
        };
        field(&window);
        window.settle();
        let text = path.display().to_string();
        let role = egui::accesskit::Role::TextInput;
        window.harness.get_by_role_and_label(role, "File by path").type_text(&text);
        window.settle();
        window.harness.get_by_label(button).click();
        window.settle();
    }
    assert!(session.is_file());
    assert_eq!(image::image_dimensions(&card).unwrap(), (1080, 1350));
}

#[test]
fn a_pane_that_goes_away_during_a_drag_lets_go_of_it() {
    let mut window = Window::new([]);
    window.open_sample();
    let landmark = window.session().document().landmarks[0].clone();
    let at = window.on_screen(Side::A, landmark.at.a.unwrap().at);
    window.harness.hover_at(at);
    window.harness.run();
    window.harness.drag_at(at);
    window.harness.run();
    window.harness.hover_at(at + Vec2::new(30.0, 10.0));
    window.harness.run();
    for step in [Step::Card, Step::Align] {
        window.harness.state_mut().send(Command::View(ViewCommand::Step(step)));
        window.harness.run();
        window.harness.drop_at(at + Vec2::new(30.0, 10.0));
        window.settle();
    }
    let before = window.session().pane_view(Side::B);
    window.key(Modifiers::NONE, Key::Num4);
    assert_ne!(window.session().pane_view(Side::B), before, "the panes are not held any more");
}

#[test]
fn pictures_of_one_size_stay_together_while_the_first_pair_is_marked() {
    let mut window = Window::new([]);
    same_grid(&mut window);
    for (side, at) in
        [(Side::A, ImagePoint::new(50.0, 40.0)), (Side::B, ImagePoint::new(56.0, 43.0))]
    {
        let at = window.on_screen(side, at);
        window.click(at);
    }
    assert!(window.session().is_linked());
    let [a, b] = middles_on_a(&window);
    assert!(a.distance(b) < 1e-6);
    window.harness.get_by_label_contains("translation stands in");
}

#[test]
fn ctrl_moves_and_zooms_one_pane_alone_until_it_is_realigned() {
    let mut window = Window::new([]);
    window.open_sample();
    let landmarks = window.session().document().landmarks.clone();
    let from = window.harness.state().panes().b.center();
    let before = PerSide::from_fn(|side| window.session().pane_view(side).unwrap());
    window.harness.hover_at(from);
    window.harness.run();
    let wheel = Event::MouseWheel {
        unit: MouseWheelUnit::Line,
        delta: Vec2::new(0.0, 3.0),
        phase: egui::TouchPhase::Move,
        source: egui::MouseWheelSource::Wheel,
        modifiers: Modifiers::COMMAND,
    };
    window.harness.event_modifiers(wheel, Modifiers::COMMAND);
    window.settle();
    let zoomed = PerSide::from_fn(|side| window.session().pane_view(side).unwrap());
    assert_eq!(zoomed.a, before.a);
    assert!(zoomed.b.magnification() > 1.1 * before.b.magnification());
    assert!(window.session().offset(Side::B).is_some());
    window.harness.get_by_label("Realign").click();
    window.settle();
    assert_eq!(window.session().offset(Side::B), None);
    assert_eq!(window.session().document().landmarks, landmarks, "nothing was marked or moved");
}
