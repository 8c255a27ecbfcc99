//! Shapes over the pictures: how they look, where they are taken, how a drag changes them.

use egui::{Color32, Painter, Pos2, Rect, Shape as Drawn, Stroke, Vec2};

use super::{screen::Screen, theme};
use crate::geometry::{ImagePoint, Shape};

/// Within this many points of a handle the pointer is on it.
const HIT_HANDLE: f32 = 8.0;
/// Within this many points of a line the pointer is on it.
const HIT_LINE: f32 = 6.0;

/// What of a shape is taken.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Grab {
    /// The handle of this number.
    Handle(usize),
    /// All of it.
    Whole,
}

/// A shape being moved or reshaped.
#[derive(Clone, Debug)]
pub(super) struct Drag {
    pub(super) grab: Grab,
    /// The shape as it was when it was taken.
    pub(super) shape: Shape,
    /// Where the pointer was then, in the shape's pixels.
    pub(super) from: ImagePoint,
}

impl Drag {
    /// The shape with the pointer at `to`.
    pub(super) fn to(&self, to: ImagePoint) -> Shape {
        let (dx, dy) = (to.x - self.from.x, to.y - self.from.y);
        match self.grab {
            Grab::Whole => self.shape.moved(dx, dy),
            Grab::Handle(idx) => match self.shape.handles().get(idx) {
                Some(handle) => self.shape.reshaped(idx, handle.offset(dx, dy)),
                None => self.shape.clone(),
            },
        }
    }
}

/// What of a shape on this screen a position takes. Handles come first where `has_handles`.
pub(super) fn grab_at(shape: &Shape, screen: &Screen, at: Pos2, has_handles: bool) -> Option<Grab> {
    let handles = shape.handles();
    let near = handles
        .iter()
        .map(|handle| screen.of_image(*handle).distance(at))
        .enumerate()
        .filter(|(_, distance)| has_handles && *distance <= HIT_HANDLE)
        .min_by(|one, two| one.1.total_cmp(&two.1));
    if let Some((idx, _)) = near {
        return Some(Grab::Handle(idx));
    }
    let path: Vec<Pos2> = shape.path().into_iter().map(|at| screen.of_image(at)).collect();
    let is_on = is_near_path(&path, shape.is_closed(), at);
    (is_on || (shape.is_closed() && is_inside(&path, at))).then_some(Grab::Whole)
}

/// Whether a position lies on a path.
pub(super) fn is_near_path(path: &[Pos2], is_closed: bool, at: Pos2) -> bool {
    if let [only] = path {
        return only.distance(at) <= HIT_HANDLE;
    }
    let closing = if is_closed { path.first().copied() } else { None };
    let ends = path.iter().skip(1).copied().chain(closing);
    path.iter().zip(ends).any(|(from, to)| line_distance(*from, to, at) <= HIT_LINE)
}

/// The distance of a position to a line between two points.
pub(super) fn line_distance(from: Pos2, to: Pos2, at: Pos2) -> f32 {
    let line = to - from;
    let share = ((at - from).dot(line) / line.length_sq().max(f32::EPSILON)).clamp(0.0, 1.0);
    (from + share * line).distance(at)
}

/// Whether a closed path goes round a position, by the even-odd rule.
fn is_inside(path: &[Pos2], at: Pos2) -> bool {
    let next = path.iter().cycle().skip(1);
    let crossings = path.iter().zip(next).filter(|(p, q)| {
        (p.y <= at.y) != (q.y <= at.y) && at.x < p.x + (q.x - p.x) * (at.y - p.y) / (q.y - p.y)
    });
    crossings.count() % 2 == 1
}

/// How an outline is drawn.
#[derive(Clone, Copy)]
pub(super) struct Pen {
    pub(super) color: Color32,
    pub(super) width: f32,
    /// Drawn on the other side: broken, so that it is not taken for what lies here.
    pub(super) is_ghost: bool,
}

/// Draws a line through points in a picture, over a dark edge that keeps it visible on white.
pub(super) fn outline_ui(
    painter: &Painter,
    screen: &Screen,
    path: &[ImagePoint],
    is_closed: bool,
    pen: Pen,
) {
    let mut points: Vec<Pos2> = path.iter().map(|at| screen.of_image(*at)).collect();
    if !Rect::from_points(&points).expand(9.0).intersects(painter.clip_rect()) {
        return;
    }
    if let (true, Some(first)) = (is_closed, points.first().copied()) {
        points.push(first);
    }
    for (width, color) in [(pen.width + 2.0, theme::MARK_EDGE), (pen.width, pen.color)] {
        let stroke = Stroke::new(width, color);
        if pen.is_ghost {
            painter.extend(Drawn::dashed_line(&points, stroke, 5.0, 4.0));
        } else {
            painter.add(Drawn::line(points.clone(), stroke));
        }
    }
}

/// Draws what can be taken to reshape a shape.
pub(super) fn handles_ui(painter: &Painter, screen: &Screen, shape: &Shape, color: Color32) {
    for handle in shape.handles() {
        let rect = Rect::from_center_size(screen.of_image(handle), Vec2::splat(7.0));
        painter.rect_filled(rect.expand(1.0), 1.0, theme::MARK_EDGE);
        painter.rect_filled(rect, 1.0, color);
    }
}
