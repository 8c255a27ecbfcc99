//! Both panes on one camera.

use std::path::Path;

use diptych::{
    document::{Edit, GestureId, LandmarkId, PerSide, Side},
    geometry::{FramePoint, ImagePoint, Kernel, OutputPoint},
    raster::View,
    session::{Command, Sampling, Session, ViewCommand},
};
use tempfile::TempDir;

use super::{carry_out, carry_out_all, edit, fresh, mark, view, with_pair};
use crate::pictures::{b_of, places, write_pattern};

/// Odd both ways, so that the middle of a pane is no corner of a pixel.
const PANE: (usize, usize) = (401, 301);

fn size_panes(session: &mut Session, (width, height): (usize, usize)) {
    for side in Side::BOTH {
        carry_out(session, view(ViewCommand::PaneSize(side, width, height)));
    }
}

fn with_panes(folder: &Path, n_pairs: usize) -> Session {
    let mut session = with_pair(folder, n_pairs);
    size_panes(&mut session, PANE);
    session
}

#[track_caller]
fn views(session: &Session) -> PerSide<View> {
    PerSide::from_fn(|side| session.pane_view(side)).both().expect("both panes show something")
}

/// Where a spot of a side's picture lies in its pane.
fn in_pane(view: &View, at: ImagePoint) -> OutputPoint {
    view.source_from_output.unapply(at)
}

/// A walk through the view: zooms on either side, pans, fits and jumps.
fn walk() -> Vec<ViewCommand> {
    let at = OutputPoint::new;
    vec![
        ViewCommand::Fit,
        ViewCommand::ZoomBy(Side::A, at(13.0, 250.5), 1.3),
        ViewCommand::Pan(Side::B, 17.0, -9.25),
        ViewCommand::ZoomTo(Side::B, at(300.0, 20.0), 4.0),
        ViewCommand::Pan(Side::A, -40.0, 33.0),
        ViewCommand::GoTo(LandmarkId(1)),
        ViewCommand::ZoomBy(Side::B, at(200.5, 150.5), 0.37),
        ViewCommand::ZoomTo(Side::A, at(0.0, 0.0), 8.0),
        ViewCommand::GoTo(LandmarkId(0)),
        ViewCommand::ZoomBy(Side::A, at(400.0, 300.0), 1e-6),
        ViewCommand::ZoomBy(Side::A, at(400.0, 300.0), 1e9),
    ]
}

#[test]
fn one_face_spot_lies_at_one_place_of_both_panes_whatever_is_done() {
    for n_pairs in [2, 5] {
        let folder = TempDir::new().unwrap();
        let mut session = with_panes(folder.path(), n_pairs);
        assert!(session.is_linked());
        for command in walk() {
            let said = format!("{command:?}");
            carry_out(&mut session, view(command));
            let views = views(&session);
            for place in places(5) {
                let off = in_pane(&views.a, place.a).distance(in_pane(&views.b, place.b));
                assert!(off < 1e-6, "{said}: {off} px apart with {n_pairs} pairs");
            }
            let both = session.arrangement().unwrap();
            for (x, y) in [(0.0, 0.0), (320.0, 240.0), (-55.5, 901.0)] {
                let spot = FramePoint::new(x, y);
                let [a, b] = Side::BOTH.map(|s| in_pane(&views[s], both.from_frame[s].apply(spot)));
                assert!(a.distance(b) < 1e-6, "{said}: {} px apart", a.distance(b));
            }
        }
    }
}

#[test]
fn fewer_pairs_than_the_model_needs_leave_the_panes_apart() {
    for n_pairs in [0, 1] {
        let folder = TempDir::new().unwrap();
        let mut session = with_panes(folder.path(), n_pairs);
        assert!(!session.is_linked(), "{n_pairs} pairs");
        let before = views(&session);
        carry_out(&mut session, view(ViewCommand::Pan(Side::A, 20.0, 0.0)));
        let after = views(&session);
        assert_ne!(after.a, before.a);
        assert_eq!(after.b, before.b, "B stays when only A is moved");
    }
}

#[test]
fn pictures_of_one_size_are_linked_pixel_by_pixel_without_landmarks() {
    let folder = TempDir::new().unwrap();
    let mut session = fresh();
    for (side, seed) in [(Side::A, 1), (Side::B, 2)] {
        let path = write_pattern(folder.path(), &format!("{side}.png"), (90, 70), seed);
        carry_out(&mut session, Command::OpenPicture(side, path));
    }
    size_panes(&mut session, PANE);
    assert!(session.is_linked());
    for command in walk() {
        let said = format!("{command:?}");
        carry_out(&mut session, view(command));
        let views = views(&session);
        assert_eq!(views.a.source_from_output, views.b.source_from_output, "{said}");
    }
}

#[test]
fn zoom_keeps_the_spot_under_the_pointer_within_half_a_pixel() {
    for n_pairs in [0, 2] {
        let folder = TempDir::new().unwrap();
        let mut session = with_panes(folder.path(), n_pairs);
        let pointers = [(200.5, 150.5), (3.0, 290.0), (377.25, 12.5)];
        for (side, (x, y)) in [Side::A, Side::B, Side::A].into_iter().zip(pointers) {
            let pointer = OutputPoint::new(x, y);
            let spot = views(&session)[side].source_from_output.apply(pointer);
            // Small steps, as a wheel's smoothed motion makes them, must not wander either.
            let steps = [1.1, 1.7, 3.0, 0.9, 0.21, 5.3].into_iter().chain([1.013; 60]);
            for factor in steps {
                carry_out(&mut session, view(ViewCommand::ZoomBy(side, pointer, factor)));
                let now = in_pane(&views(&session)[side], spot);
                let off = (now.x - x).abs().max((now.y - y).abs());
                assert!(off <= 0.5 + 1e-9, "{side} x{factor} at {pointer:?}: {off} px off");
            }
        }
    }
}

#[test]
fn a_pan_moves_the_picture_by_the_pixels_asked_for() {
    let folder = TempDir::new().unwrap();
    let mut session = with_panes(folder.path(), 2);
    let spots = places(1)[0];
    for side in Side::BOTH {
        let before = in_pane(&views(&session)[side], spots[side]);
        carry_out(&mut session, view(ViewCommand::Pan(side, 30.0, -12.0)));
        let after = in_pane(&views(&session)[side], spots[side]);
        let off = after.distance(before.offset(30.0, -12.0));
        assert!(off < 0.75, "{side}: {off} px off");
    }
}

#[test]
fn a_third_landmark_at_fit_does_not_move_pane_a() {
    let folder = TempDir::new().unwrap();
    let mut session = with_panes(folder.path(), 2);
    // B covers only a part of A, so that what fits depends on where B lies.
    let small = write_pattern(folder.path(), "small.png", (240, 180), 3);
    carry_out_all(&mut session, [Command::OpenPicture(Side::B, small), view(ViewCommand::Fit)]);
    let before = views(&session);
    let at = places(3)[2];
    let add = Edit::AddLandmark { name: "third".into(), side: Side::A, at: at.a };
    carry_out(&mut session, edit(add));
    assert_eq!(views(&session), before, "marked on one side it moves nothing");
    let id = session.document().landmark_named("third").unwrap().id;
    let off_the_spot = at.b.offset(6.0, -4.0);
    carry_out(&mut session, edit(Edit::PlaceLandmark { id, side: Side::B, at: off_the_spot }));
    let after = views(&session);
    assert_eq!(after.a, before.a);
    assert_ne!(after.b, before.b, "B follows the new fit");
}

#[test]
fn the_pair_that_links_the_panes_does_not_move_pane_a() {
    let folder = TempDir::new().unwrap();
    let mut session = with_panes(folder.path(), 1);
    let zoom = ViewCommand::ZoomTo(Side::A, OutputPoint::new(100.0, 90.0), 3.0);
    carry_out(&mut session, view(zoom));
    let before = views(&session);
    carry_out(&mut session, mark(2));
    assert!(session.is_linked());
    let after = views(&session);
    for (x, y) in [(0.0, 0.0), (401.0, 301.0)] {
        let corner = OutputPoint::new(x, y);
        let [was, is] = [&before.a, &after.a].map(|view| view.source_from_output.apply(corner));
        assert!(was.distance(is) < 1e-9, "{was:?} became {is:?}");
    }
}

#[test]
fn held_panes_stay_while_a_drag_moves_the_fit() {
    let folder = TempDir::new().unwrap();
    let mut session = with_panes(folder.path(), 2);
    carry_out(&mut session, view(ViewCommand::Hold(true)));
    let held = views(&session);
    for x in [1.0, 9.0, 25.0] {
        let at = places(1)[0].b.offset(x, 0.0);
        let place = Edit::PlaceLandmark { id: LandmarkId(0), side: Side::B, at };
        carry_out(&mut session, Command::Edit(place, Some(GestureId(4))));
        assert_eq!(views(&session), held);
    }
    carry_out(&mut session, view(ViewCommand::Hold(false)));
    assert_ne!(views(&session).b, held.b);
}

#[test]
fn pixels_are_shown_as_they_are_from_200_percent_on_both_sides() {
    let folder = TempDir::new().unwrap();
    let mut session = with_panes(folder.path(), 2);
    let pointer = OutputPoint::new(200.0, 150.0);
    let cases = [
        (1.0, Sampling::Pixels, Kernel::CatmullRom),
        (1.99, Sampling::Pixels, Kernel::CatmullRom),
        (2.0, Sampling::Pixels, Kernel::Nearest),
        (8.0, Sampling::Pixels, Kernel::Nearest),
        (8.0, Sampling::Smooth, Kernel::CatmullRom),
    ];
    for (magnification, sampling, kernel) in cases {
        carry_out(&mut session, view(ViewCommand::Sampling(sampling)));
        carry_out(&mut session, view(ViewCommand::ZoomTo(Side::A, pointer, magnification)));
        let views = views(&session);
        assert!((views.a.magnification() - magnification).abs() < 1e-9);
        assert_eq!([views.a.kernel, views.b.kernel], [kernel; 2], "at {magnification}");
    }
}

/// Checks that the corners of a side's pixels lie on corners of the pane's pixels.
#[track_caller]
fn check_blocks(session: &Session, side: Side, magnification: f64) {
    let view = views(session)[side].clone();
    assert!((view.magnification() - magnification).abs() < 1e-9);
    for (x, y) in [(0.0, 0.0), (17.0, 5.0), (101.0, 99.0)] {
        let OutputPoint { x, y, .. } = in_pane(&view, ImagePoint::new(x, y));
        let off = (x - x.round()).abs().max((y - y.round()).abs());
        assert!(off < 1e-6, "{side} at {magnification}x: a block begins {off} px off");
    }
}

#[test]
fn whole_magnifications_show_whole_blocks() {
    for n_pairs in [0, 2] {
        let folder = TempDir::new().unwrap();
        let mut session = with_panes(folder.path(), n_pairs);
        for pane in [PANE, (400, 300), (333, 512)] {
            size_panes(&mut session, pane);
            for magnification in [1.0, 2.0, 3.0, 4.0, 8.0, 16.0] {
                // Linked panes count A's pixels; panes apart count their own.
                let sides = if n_pairs == 0 { &Side::BOTH[..] } else { &[Side::A] };
                for &side in sides {
                    let pointer = OutputPoint::new(123.25, 77.75);
                    let zoom = ViewCommand::ZoomTo(side, pointer, magnification);
                    carry_out_all(
                        &mut session,
                        [view(zoom), view(ViewCommand::Pan(side, 7.3, -2.6))],
                    );
                    check_blocks(&session, side, magnification);
                }
            }
        }
    }
}

#[test]
fn going_to_a_landmark_puts_it_in_the_middle_of_both_panes() {
    let folder = TempDir::new().unwrap();
    for n_pairs in [1, 3] {
        let mut session = with_panes(folder.path(), n_pairs);
        carry_out(&mut session, view(ViewCommand::GoTo(LandmarkId(0))));
        let (views, place) = (views(&session), places(1)[0]);
        assert_eq!(place.b, b_of(place.a));
        for side in Side::BOTH {
            let at = in_pane(&views[side], place[side]);
            let off = at.distance(OutputPoint::new(200.5, 150.5));
            assert!(off < 0.75, "{side} with {n_pairs} pairs: {off} px off");
        }
    }
}

#[test]
fn a_pane_moved_alone_keeps_its_offset_while_both_move_on() {
    let folder = TempDir::new().unwrap();
    let mut session = with_panes(folder.path(), 5);
    let at = OutputPoint::new(120.0, 80.0);
    let before = views(&session);
    carry_out(&mut session, view(ViewCommand::PanAlone(Side::B, 24.0, -10.0)));
    let moved = views(&session);
    assert_eq!(moved.a, before.a, "the other pane stays");
    let shown = before.b.source_from_output.apply(OutputPoint::new(0.0, 0.0));
    let now = in_pane(&moved.b, shown);
    assert!((now.x - 24.0).abs() < 1.0 && (now.y + 10.0).abs() < 1.0, "{now:?}");
    carry_out(&mut session, view(ViewCommand::ZoomAlone(Side::B, at, 1.5)));
    let zoomed = views(&session);
    let spot = moved.b.source_from_output.apply(at);
    assert!(in_pane(&zoomed.b, spot).distance(at) < 1.0, "the spot under the pointer stays");
    assert_eq!(zoomed.a, before.a);
    let ratio = |both: &PerSide<View>| both.b.magnification() / both.a.magnification();
    assert!((ratio(&zoomed) / ratio(&before) - 1.5).abs() < 1e-9);
    let offset = session.offset(Side::B).unwrap();
    for command in walk().into_iter().filter(|command| *command != ViewCommand::Fit) {
        carry_out(&mut session, view(command.clone()));
        assert_eq!(session.offset(Side::B), Some(offset), "kept after {command:?}");
        let both = views(&session);
        assert!((ratio(&both) / ratio(&before) - 1.5).abs() < 1e-9, "after {command:?}");
    }
    carry_out(&mut session, view(ViewCommand::Realign));
    assert_eq!(session.offset(Side::B), None);
    let both = views(&session);
    assert!((ratio(&both) / ratio(&before) - 1.0).abs() < 1e-9);
    let middle = OutputPoint::new(100.0, 75.0);
    let on_a = both.a.source_from_output.apply(middle);
    let on_b = session.registration().a_of(both.b.source_from_output.apply(middle));
    assert!(on_a.distance(on_b) < 1e-6, "one spot again");
}

#[test]
fn a_landmark_marked_while_a_pane_is_off_moves_neither_pane_a_nor_the_offset() {
    let folder = TempDir::new().unwrap();
    let mut session = with_panes(folder.path(), 5);
    carry_out(&mut session, view(ViewCommand::PanAlone(Side::A, 30.0, 12.0)));
    carry_out(&mut session, view(ViewCommand::ZoomAlone(Side::A, OutputPoint::new(9.0, 9.0), 1.2)));
    let (before, offset) = (views(&session).a, session.offset(Side::A));
    let at = session.document().landmarks[0].at.b.unwrap().at.offset(2.0, 1.0);
    let id = session.document().landmarks[0].id;
    carry_out(&mut session, edit(Edit::PlaceLandmark { id, side: Side::B, at }));
    assert_eq!(session.offset(Side::A), offset);
    let corner = OutputPoint::new(0.0, 0.0);
    let after = views(&session).a;
    let off =
        after.source_from_output.apply(corner).distance(before.source_from_output.apply(corner));
    assert!(off * after.magnification() < 1.0, "{off}");
}
