//! Reading the colours of a region: drawing it, what is read, where it goes.

use diptych::{
    document::Side,
    geometry::{ImagePoint, Shape, ShapeKind},
    session::{Mode, StageCommand, Tool, Values, ViewCommand},
};
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;

use crate::ui::{Window, write_picture};

/// A pair of one size: one pixel grid, B the same picture as A.
fn same_pair() -> Window {
    let mut window = Window::new([]);
    let a = write_picture(&window.path("a.png"), 240, 200);
    let b = write_picture(&window.path("b.png"), 240, 200);
    window.open(&[a, b]);
    window.key(Modifiers::NONE, Key::I);
    window
}

fn at(x: f64, y: f64) -> ImagePoint {
    ImagePoint::new(x, y)
}

fn draw(window: &mut Window, side: Side, from: ImagePoint, to: ImagePoint) {
    let (from, to) = (window.on_screen(side, from), window.on_screen(side, to));
    window.drag(from, to);
}

fn values(window: &Window) -> Values {
    *window.session().values().expect("the region is read")
}

fn bounds(window: &Window) -> [f64; 4] {
    let bounds = window.session().view().region.as_ref().unwrap().shape.bounds();
    [bounds.min.x, bounds.min.y, bounds.max.x, bounds.max.y]
}

/// The mean codes of the pixels whose centres lie in a rectangle.
fn mean_codes(window: &Window, [x0, y0, x1, y1]: [f64; 4]) -> (usize, [f64; 3]) {
    let picture = &window.session().loaded(Side::A).unwrap().picture;
    let (mut n, mut sums) = (0, [0.0; 3]);
    for y in 0..picture.height() {
        for x in 0..picture.width() {
            #[expect(clippy::cast_precision_loss, reason = "a few pixels")]
            let (cx, cy) = (x as f64 + 0.5, y as f64 + 0.5);
            if (x0..x1).contains(&cx) && (y0..y1).contains(&cy) {
                n += 1;
                for (sum, code) in sums.iter_mut().zip(picture.rgba8_at(x, y).unwrap()) {
                    *sum += f64::from(code);
                }
            }
        }
    }
    #[expect(clippy::cast_precision_loss, reason = "a few pixels")]
    let means = sums.map(|sum| sum / n as f64);
    (n, means)
}

#[test]
fn a_box_drawn_on_either_side_reads_the_same_spot_on_both() {
    for side in Side::BOTH {
        let mut window = same_pair();
        draw(&mut window, side, at(40.0, 50.0), at(90.0, 80.0));
        let region = window.session().view().region.clone().unwrap();
        assert_eq!((region.side, region.shape.kind()), (side, ShapeKind::Box));
        let values = values(&window);
        let (n, means) = mean_codes(&window, bounds(&window));
        assert!(n > 1000, "{n}");
        for found in [values.a.unwrap(), values.b.unwrap()] {
            assert_eq!(found.n_pixels, n);
            for (spread, mean) in found.rgb.iter().zip(means) {
                assert!((spread.mean - mean).abs() < 1e-9);
                assert!(spread.deviation > 10.0, "neighbours differ");
            }
        }
        assert!(window.harness.query_by_label("ΔE00 of the means 0.0").is_some());
        assert_eq!(window.session().undo_label(), Some("open picture"), "no step of its own");
    }
}

#[test]
fn the_region_is_moved_reshaped_cancelled_and_taken_away() {
    let mut window = same_pair();
    draw(&mut window, Side::A, at(40.0, 50.0), at(90.0, 80.0));
    let [x0, y0, x1, _] = bounds(&window);
    draw(&mut window, Side::A, at(60.0, 60.0), at(80.0, 75.0));
    let moved = bounds(&window);
    for (now, then) in [(moved[0], x0 + 20.0), (moved[1], y0 + 15.0), (moved[2], x1 + 20.0)] {
        assert!((now - then).abs() < 0.7, "{now} {then}");
    }
    draw(&mut window, Side::A, at(moved[2], moved[3]), at(130.0, 140.0));
    let wider = bounds(&window);
    assert!((wider[0] - moved[0]).abs() < 1e-9, "{moved:?} {wider:?}");
    assert!((wider[2] - 130.0).abs() < 0.7, "{moved:?} {wider:?}");
    let from = window.on_screen(Side::A, at(100.0, 100.0));
    window.harness.hover_at(from);
    window.harness.run();
    window.harness.drag_at(from);
    window.harness.run();
    window.harness.hover_at(from + egui::vec2(50.0, 0.0));
    window.harness.run();
    assert!(bounds(&window)[0] > wider[0] + 5.0);
    window.key(Modifiers::NONE, Key::Escape);
    assert_eq!(bounds(&window), wider, "the drag is taken back");
    window.harness.drop_at(from);
    window.settle();
    assert_eq!(bounds(&window), wider);
    window.harness.get_by_label("Ellipse").click();
    window.settle();
    assert!(matches!(window.session().view().region.as_ref().unwrap().shape, Shape::Ellipse(_)));
    assert_eq!(window.session().view().tool, Tool::Values(ShapeKind::Ellipse));
    assert!(values(&window).a.unwrap().n_pixels > 100);
    window.key(Modifiers::NONE, Key::Escape);
    assert_eq!(window.session().view().region, None);
    assert!(window.harness.query_by_label("Ellipse").is_none(), "the table went with it");
}

#[test]
fn a_region_is_drawn_in_every_mode_and_the_wipe_line_stays_to_be_taken() {
    for mode in Mode::ALL.into_iter().filter(|mode| *mode != Mode::SideBySide) {
        let mut window = same_pair();
        let command = ViewCommand::Stage(StageCommand::Mode(mode));
        window.harness.state_mut().send(diptych::session::Command::View(command));
        window.settle();
        let panes = *window.harness.state().panes();
        let from = panes.a.left_top() + egui::vec2(120.0, 120.0);
        let before = window.session().pane_view(Side::A);
        window.drag(from, from + egui::vec2(90.0, 60.0));
        assert_eq!(window.session().pane_view(Side::A), before, "{mode:?}: nothing was panned");
        let values = values(&window);
        assert_eq!(values.a, values.b, "{mode:?}");
        assert!(values.a.is_some(), "{mode:?}");
    }
}

#[test]
fn moving_a_landmark_reads_the_other_side_anew() {
    let mut window = Window::new([]);
    window.open_sample();
    window.key(Modifiers::NONE, Key::I);
    let source = window.session().document().sources.a.clone().unwrap();
    let middle = at(f64::from(source.width) / 2.0, f64::from(source.height) / 2.0);
    draw(&mut window, Side::A, middle, middle.offset(120.0, 90.0));
    let before = values(&window);
    let landmark = window.session().document().landmarks[0].clone();
    let edit = diptych::document::Edit::PlaceLandmark {
        id: landmark.id,
        side: Side::B,
        at: landmark.at.b.unwrap().at.offset(60.0, 40.0),
    };
    window.harness.state_mut().send(diptych::session::Command::Edit(edit, None));
    window.settle();
    let after = values(&window);
    assert_eq!(after.a, before.a);
    assert_ne!(after.b, before.b, "the fit moved");
}
