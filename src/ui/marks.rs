//! What lies over the pictures: landmarks and loupe frames, and which of them the pointer is on.

use egui::{Painter, Pos2, Rect, Shape, Stroke, StrokeKind, Vec2};

use super::{
    frames::{frame_ui, frames},
    screen::Screen,
    shapes::is_near_path,
    theme,
};
use crate::{
    document::{Edit, Landmark, LandmarkId, LoupeId, Side},
    geometry::ImagePoint,
    session::{Ghost, Session, Step},
};

/// Something that can be grabbed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Handle {
    Landmark(LandmarkId),
    Loupe(LoupeId),
    /// A corner of a loupe's frame.
    LoupeCorner(LoupeId),
}

/// Within this many points of a landmark the pointer is on it.
const HIT_RADIUS: f32 = 10.0;
/// Within this many points of a frame's corner the pointer is on that.
const HIT_CORNER: f32 = 7.0;
const RING: f32 = 5.0;

/// The landmark or loupe frame under a position, landmarks first, the nearest of them.
pub(super) fn handle_at(
    session: &Session,
    side: Side,
    screen: &Screen,
    at: Pos2,
) -> Option<Handle> {
    let distance = |place: ImagePoint| screen.of_image(place).distance(at);
    let shows_landmarks = session.view().step == Step::Align;
    let landmark = session
        .document()
        .landmarks
        .iter()
        .filter_map(|landmark| Some((landmark.id, distance(landmark.at[side]?.at))))
        .filter(|(_, distance)| shows_landmarks && *distance <= HIT_RADIUS)
        .min_by(|one, two| one.1.total_cmp(&two.1))
        .map(|(id, _)| Handle::Landmark(id));
    landmark.or_else(|| {
        let frames = frames(session, side, screen);
        let corner = frames
            .iter()
            .rev()
            .find(|frame| frame.corners.iter().any(|corner| corner.distance(at) <= HIT_CORNER));
        if let Some(frame) = corner {
            return Some(Handle::LoupeCorner(frame.id));
        }
        let hit = frames
            .iter()
            .rev()
            .find(|frame| frame.name_rect.contains(at) || is_near_path(&frame.outline, true, at));
        hit.map(|frame| Handle::Loupe(frame.id))
    })
}

/// A handle's own place on a side.
pub(super) fn place_of(session: &Session, side: Side, handle: Handle) -> Option<ImagePoint> {
    match handle {
        Handle::Landmark(id) => Some(session.document().landmark(id)?.at[side]?.at),
        Handle::Loupe(id) => {
            let spots = session.loupe_spots();
            let (_, spot) = spots.iter().find(|(other, _)| *other == id)?;
            let arrangement = session.arrangement()?;
            let in_frame = arrangement.frame_point(spot.center);
            Some(arrangement.from_frame[side].apply(in_frame))
        }
        // It is dragged by where the pointer is.
        Handle::LoupeCorner(_) => None,
    }
}

/// The edit that puts a handle at a place on a side.
pub(super) fn moved(session: &Session, side: Side, handle: Handle, at: ImagePoint) -> Option<Edit> {
    match handle {
        Handle::Landmark(id) => Some(Edit::PlaceLandmark { id, side, at }),
        Handle::Loupe(id) => {
            let arrangement = session.arrangement()?;
            let in_frame = arrangement.from_frame[side].unapply(at);
            let center = arrangement.from_frame.a.apply(in_frame);
            let place = arrangement.loupe_place_at(session.document(), id, center)?;
            Some(Edit::PlaceLoupe { id, place })
        }
        Handle::LoupeCorner(id) => {
            let arrangement = session.arrangement()?;
            let spot = session.loupe_spot(id)?;
            let center = arrangement.frame_point(spot.center);
            let corner = arrangement.from_frame[side].unapply(at);
            let half = (corner.x - center.x).abs().max((corner.y - center.y).abs());
            session.widened_loupe(id, 2.0 * half / arrangement.a_from_frame().scale())
        }
    }
}

/// A small cross where the other side's pointer is on the face.
pub(super) fn twin_ui(
    painter: &Painter,
    session: &Session,
    (other, at): (Side, ImagePoint),
    screen: &Screen,
) {
    let Some(at) = session.across(other, at) else { return };
    let at = screen.of_image(at);
    for stroke in [Stroke::new(3.0, theme::MARK_EDGE), Stroke::new(1.0, theme::MARK)] {
        for (dx, dy) in [(1.0, 0.0), (-1.0, 0.0), (0.0, 1.0), (0.0, -1.0)] {
            let arm = Vec2::new(dx, dy);
            painter.line_segment([at + 4.0 * arm, at + 10.0 * arm], stroke);
        }
    }
}

/// `nose tip · 0.6 px`; the name alone where a residual would say nothing.
fn name_and_residual(session: &Session, landmark: &Landmark) -> String {
    if landmark.is_predicted() {
        return format!("{} · as predicted", landmark.name);
    }
    let registration = session.arrangement().map(|both| &both.registration);
    let residual = registration
        .filter(|registration| registration.residuals.rms.is_some())
        .and_then(|registration| registration.residual_of(landmark.id));
    let unit = session.document().face_unit();
    match (residual, unit) {
        (Some(of), Some(unit)) if session.is_blind() => {
            format!("{} · {:.1} % of the face unit", landmark.name, 100.0 * of.residual / unit)
        }
        (Some(of), _) if !session.is_blind() => {
            format!("{} · {:.1} px", landmark.name, of.residual)
        }
        _ => landmark.name.clone(),
    }
}

/// Draws frames, then landmarks over them.
pub(super) fn marks_ui(
    painter: &Painter,
    session: &Session,
    side: Side,
    screen: &Screen,
    active: Option<Handle>,
    is_pointer_over: bool,
) {
    for frame in frames(session, side, screen) {
        let is_active = [Handle::Loupe(frame.id), Handle::LoupeCorner(frame.id)]
            .iter()
            .any(|handle| active == Some(*handle));
        frame_ui(painter, &frame, is_active);
    }
    if session.view().step != Step::Align {
        return;
    }
    let is_expecting = session.twin(side).is_some() || session.ghosts().next().is_some();
    for landmark in &session.document().landmarks {
        let Some(mark) = landmark.at[side] else { continue };
        let at = screen.of_image(mark.at);
        if !painter.clip_rect().expand(RING).contains(at) {
            continue;
        }
        let is_selected = session.selection() == Some(landmark.id);
        let is_active = active == Some(Handle::Landmark(landmark.id));
        let is_doubtful = !mark.is_confirmed
            || session
                .arrangement()
                .and_then(|both| both.registration.residual_of(landmark.id))
                .is_some_and(|of| of.flagged);
        landmark_ui(painter, at, is_doubtful, is_selected || is_active);
        // A name must not lie over the next spot to click.
        if is_active || (is_selected && !is_pointer_over && !is_expecting) {
            let text = name_and_residual(session, landmark);
            beside_ui(painter, at, &text);
        }
    }
}

/// How much longer residual arrows are than residuals.
const ARROW_FACTOR: f32 = 20.0;
/// Arrows shorter than this on the screen, in points, are not drawn.
const LEAST_ARROW: f32 = 3.0;

/// An arrow from each mark towards where the fit takes its partner on this side, longer by a stated
/// factor. An exact fit has no residuals to show.
pub(super) fn arrows_ui(painter: &Painter, session: &Session, side: Side, screen: &Screen) {
    let Some(registration) = session.arrangement().map(|both| &both.registration) else { return };
    if registration.residuals.rms.is_none() {
        return;
    }
    for landmark in &session.document().landmarks {
        let Some((a, b)) = landmark.pair() else { continue };
        let (mark, fitted) = match side {
            Side::A => (a, registration.a_of(b)),
            Side::B => (b, registration.b_from_a.apply(a)),
        };
        let from = screen.of_image(mark);
        let arrow = ARROW_FACTOR * (screen.of_image(fitted) - from);
        if arrow.length() < LEAST_ARROW {
            continue;
        }
        let head = arrow.normalized() * (0.3 * arrow.length()).min(8.0);
        for (width, color) in [(3.4, theme::MARK_EDGE), (1.6, theme::DOUBT)] {
            let stroke = Stroke::new(width, color);
            painter.line_segment([from, from + arrow], stroke);
            for turn in [0.4_f32, -0.4] {
                let barb = egui::emath::Rot2::from_angle(turn) * head;
                painter.line_segment([from + arrow, from + arrow - barb], stroke);
            }
        }
    }
    let at = screen.rect.left_bottom() + Vec2::new(8.0, -30.0);
    chip_ui(painter, at, &format!("residuals x{ARROW_FACTOR}"));
}

/// Where landmarks are expected: the one that waits for its mark here, and the recipe's others. Broken
/// rings, since they are no marks; each says what its place is taken from.
pub(super) fn ghosts_ui(painter: &Painter, session: &Session, side: Side, screen: &Screen) {
    let next = session.next_landmark_name();
    if let Some(ghost) = session.twin(side) {
        expected_ui(painter, ghost, side, screen, true);
        return;
    }
    // Enter takes what waits on the other side first.
    let is_waiting = session.twin(side.other()).is_some();
    for ghost in session.ghosts() {
        expected_ui(painter, ghost, side, screen, ghost.name == next && !is_waiting);
    }
}

fn expected_ui(painter: &Painter, ghost: &Ghost, side: Side, screen: &Screen, is_next: bool) {
    let at = screen.of_image(ghost.at[side]);
    ghost_ui(painter, at, is_next);
    if is_next {
        let text = format!("{}: Enter accepts · {}", ghost.name, ghost.by[side].words());
        beside_ui(painter, at, &text);
    }
}

/// A broken ring.
fn ghost_ui(painter: &Painter, at: Pos2, is_next: bool) {
    const DASHES: u8 = 6;
    let color = if is_next { theme::MARK } else { theme::MARK.gamma_multiply(0.6) };
    let radius = RING + 1.0;
    for dash in 0..DASHES {
        let step = std::f32::consts::TAU / f32::from(DASHES);
        let points: Vec<Pos2> = (0_u8..=4)
            .map(|part| step * (f32::from(dash) + 0.6 * f32::from(part) / 4.0))
            .map(|angle| at + radius * Vec2::angled(angle))
            .collect();
        painter.add(Shape::line(points.clone(), Stroke::new(2.6, theme::MARK_EDGE)));
        painter.add(Shape::line(points, Stroke::new(1.3, color)));
    }
}

/// A small ring with a centre dot that hides nothing.
fn landmark_ui(painter: &Painter, at: Pos2, is_doubtful: bool, is_selected: bool) {
    let color = if is_doubtful { theme::DOUBT } else { theme::MARK };
    let radius = if is_selected { RING + 2.0 } else { RING };
    painter.circle_stroke(at, radius, Stroke::new(2.6, theme::MARK_EDGE));
    painter.circle_stroke(at, radius, Stroke::new(1.2, color));
    painter.circle_filled(at, 1.1, color);
}

/// Words beside a mark, at its right or, where there is no room, at its left.
fn beside_ui(painter: &Painter, at: Pos2, text: &str) {
    const AWAY: f32 = 12.0;
    let width = chip_size(painter, text).x;
    let fits = at.x + AWAY + width < painter.clip_rect().right() - 4.0;
    let x = if fits { AWAY } else { -AWAY - width };
    chip_ui(painter, at + Vec2::new(x, -8.0), text);
}

fn chip_size(painter: &Painter, text: &str) -> Vec2 {
    let galley = painter.layout_no_wrap(text.to_owned(), theme::regular(12.0), theme::TEXT);
    galley.size() + Vec2::new(12.0, 6.0)
}

/// Words over a picture, moved in where they would be cut off.
pub(super) fn chip_ui(painter: &Painter, at: Pos2, text: &str) {
    let galley = painter.layout_no_wrap(text.to_owned(), theme::regular(12.0), theme::TEXT);
    let rect = Rect::from_min_size(at, chip_size(painter, text));
    let room = painter.clip_rect().shrink(4.0);
    let shift = |low: f32, high: f32, from: f32, to: f32| (to - high).min(0.0).max(from - low);
    let rect = rect.translate(Vec2::new(
        shift(rect.left(), rect.right(), room.left(), room.right()),
        shift(rect.top(), rect.bottom(), room.top(), room.bottom()),
    ));
    painter.rect_filled(rect, f32::from(theme::RADIUS), theme::CHIP);
    painter.rect_stroke(
        rect,
        f32::from(theme::RADIUS),
        Stroke::new(1.0, theme::HAIRLINE),
        StrokeKind::Inside,
    );
    painter.galley(rect.min + Vec2::new(6.0, 3.0), galley, theme::TEXT);
}
