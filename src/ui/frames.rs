//! The loupes' frames over the pictures.

use egui::{Align2, Painter, Pos2, Rect, Shape, Stroke, Vec2};

use super::{marks::chip_ui, screen::Screen, theme};
use crate::{
    document::{LoupeId, LoupeSpot, Side},
    geometry::{ImagePoint, OutputPoint},
    session::{Session, Step, loupe_views},
};

const NAME_SIZE: f32 = 11.0;

/// Points along each side of a frame, its first corner among them: the map may bend it.
const SIDE_POINTS: u8 = 8;

/// The outline of a loupe's half on the picture of `side`, clockwise from its top left corner, in that
/// side's pixels.
fn frame_outline(
    session: &Session,
    side: Side,
    spot: &LoupeSpot,
    half: (usize, usize),
) -> Option<Vec<ImagePoint>> {
    let arrangement = session.arrangement()?;
    let views = loupe_views(session.view(), arrangement, spot, half);
    let view = &views[side];
    #[expect(clippy::cast_precision_loss, reason = "screen pixels")]
    let (w, h) = (view.width as f64, view.height as f64);
    let corners = [(0.0, 0.0), (w, 0.0), (w, h), (0.0, h)];
    let point = |idx: u8| {
        let (from, share) = (usize::from(idx / SIDE_POINTS), f64::from(idx % SIDE_POINTS));
        let ((x0, y0), (x1, y1)) = (corners[from], corners[(from + 1) % 4]);
        let share = share / f64::from(SIDE_POINTS);
        OutputPoint::new(x0 + (x1 - x0) * share, y0 + (y1 - y0) * share)
    };
    Some((0..4 * SIDE_POINTS).map(|idx| view.source_from_output.apply(point(idx))).collect())
}

/// A loupe's frame on the screen.
pub(super) struct FrameOnScreen {
    pub(super) id: LoupeId,
    name: String,
    pub(super) corners: [Pos2; 4],
    /// Round it, clockwise.
    pub(super) outline: Vec<Pos2>,
    /// Where its name stands: over its top left corner, or under its bottom left one where another
    /// name stands already. Empty where the frame is too small on the screen to be named.
    pub(super) name_rect: Rect,
}

/// A frame with sides shorter than this, in points, carries no name until the pointer is on it.
const LEAST_NAMED: f32 = 52.0;

const NAME_HEIGHT: f32 = 16.0;

/// The frames of the loupes that stand.
pub(super) fn frames(session: &Session, side: Side, screen: &Screen) -> Vec<FrameOnScreen> {
    let half = session.view().loupe_half();
    // What was found has the numbers and words there.
    let is_judging = session.view().step == Step::Judge;
    let mut frames: Vec<FrameOnScreen> = Vec::new();
    for (id, spot) in session.loupe_spots() {
        let Some(outline) = frame_outline(session, side, spot, half) else { continue };
        let outline: Vec<Pos2> = outline.into_iter().map(|at| screen.of_image(at)).collect();
        let corners = [0, 1, 2, 3].map(|side| outline[side * usize::from(SIDE_POINTS)]);
        let name = name_of(session, *id);
        let size = Vec2::new(name_width(&name), NAME_HEIGHT);
        let over = Rect::from_min_size(corners[0] - Vec2::new(0.0, NAME_HEIGHT + 1.0), size);
        let under = Rect::from_min_size(corners[3] + Vec2::new(0.0, 1.0), size);
        let is_taken = frames.iter().any(|other| other.name_rect.intersects(over));
        let name_rect = match corners[0].distance(corners[1]) {
            side if side < LEAST_NAMED || is_judging => Rect::NOTHING,
            _ if is_taken => under,
            _ => over,
        };
        frames.push(FrameOnScreen { id: *id, name, corners, outline, name_rect });
    }
    frames
}

fn name_width(name: &str) -> f32 {
    #[expect(clippy::cast_precision_loss, reason = "names are short")]
    let n = name.chars().count() as f32;
    n * NAME_SIZE * 0.56 + 10.0
}

fn name_of(session: &Session, id: LoupeId) -> String {
    let loupe = session.document().loupe(id);
    loupe.map_or_else(String::new, |loupe| shortened(&loupe.name))
}

/// At most so many characters of a name stand over a picture.
const MAX_NAME: usize = 28;

fn shortened(name: &str) -> String {
    if name.chars().count() <= MAX_NAME {
        return name.to_owned();
    }
    name.chars().take(MAX_NAME - 1).chain(['…']).collect()
}

/// Draws a frame and its name.
pub(super) fn frame_ui(painter: &Painter, frame: &FrameOnScreen, is_active: bool) {
    let width = if is_active { 2.0 } else { 1.0 };
    let outline = |stroke| Shape::closed_line(frame.outline.clone(), stroke);
    painter.add(outline(Stroke::new(width + 1.5, theme::FRAME_EDGE)));
    painter.add(outline(Stroke::new(width, theme::MARK)));
    if !frame.name_rect.is_positive() {
        if is_active {
            chip_ui(painter, frame.corners[3] + Vec2::new(0.0, 4.0), &frame.name);
        }
        return;
    }
    painter.rect_filled(frame.name_rect, 3.0, theme::CHIP);
    let color = if is_active { theme::MARK } else { theme::TEXT };
    let font = theme::semibold(NAME_SIZE);
    let at = frame.name_rect.center();
    painter.text(at, Align2::CENTER_CENTER, &frame.name, font, color);
}
