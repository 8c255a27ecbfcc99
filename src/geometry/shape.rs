//! What is drawn on a picture: a spot, an area, a line.

use super::{Image, ImagePoint, Point, Rect};

/// A shape in a picture's pixels.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// A spot.
    Pin(ImagePoint),
    /// An upright rectangle.
    Box(Rect<Image>),
    /// The upright ellipse that touches this rectangle's sides.
    Ellipse(Rect<Image>),
    /// A closed polygon; the last corner is joined to the first.
    Polygon(Vec<ImagePoint>),
    /// A line drawn by hand.
    Stroke(Vec<ImagePoint>),
    /// A line from its tail to its tip.
    Arrow(ImagePoint, ImagePoint),
}

/// Which kind of shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ShapeKind {
    /// A spot.
    Pin,
    /// An upright rectangle.
    Box,
    /// An upright ellipse.
    Ellipse,
    /// A closed polygon.
    Polygon,
    /// A line drawn by hand.
    Stroke,
    /// A line with a tip.
    Arrow,
}

impl ShapeKind {
    /// All kinds, in the order of the tools.
    pub const ALL: [Self; 6] =
        [Self::Pin, Self::Box, Self::Ellipse, Self::Polygon, Self::Stroke, Self::Arrow];

    /// Its name in files and for people.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Pin => "pin",
            Self::Box => "box",
            Self::Ellipse => "ellipse",
            Self::Polygon => "polygon",
            Self::Stroke => "stroke",
            Self::Arrow => "arrow",
        }
    }
}

/// Points along an ellipse's path: the polygon through them has 0.1 % less area.
const ELLIPSE_POINTS: u32 = 96;
/// Points along each straight side of a path, so that it can bend with a map.
const SIDE_POINTS: u32 = 16;

impl Shape {
    /// Its kind.
    #[must_use]
    pub const fn kind(&self) -> ShapeKind {
        match self {
            Self::Pin(_) => ShapeKind::Pin,
            Self::Box(_) => ShapeKind::Box,
            Self::Ellipse(_) => ShapeKind::Ellipse,
            Self::Polygon(_) => ShapeKind::Polygon,
            Self::Stroke(_) => ShapeKind::Stroke,
            Self::Arrow(..) => ShapeKind::Arrow,
        }
    }

    /// Whether it encloses an area.
    #[must_use]
    pub const fn is_closed(&self) -> bool {
        matches!(self, Self::Box(_) | Self::Ellipse(_) | Self::Polygon(_))
    }

    /// Whether every number is finite and there is something to see: an area or a length above zero,
    /// three corners of a polygon, two points of a stroke.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        let is_finite = self.corners().iter().all(|at| at.is_finite());
        let is_seen = match self {
            Self::Pin(_) => true,
            Self::Box(area) | Self::Ellipse(area) => !area.is_empty(),
            Self::Polygon(corners) => corners.len() >= 3,
            Self::Stroke(points) => points.len() >= 2,
            Self::Arrow(tail, tip) => tail != tip,
        };
        is_finite && is_seen
    }

    /// The points that it is made of: the corners of the rectangle round an ellipse among them.
    #[must_use]
    pub fn corners(&self) -> Vec<ImagePoint> {
        match self {
            Self::Pin(at) => vec![*at],
            Self::Box(area) | Self::Ellipse(area) => area.corners().to_vec(),
            Self::Polygon(points) | Self::Stroke(points) => points.clone(),
            Self::Arrow(tail, tip) => vec![*tail, *tip],
        }
    }

    /// Points along it, near enough to each other to bend with any map; the last one is joined to
    /// the first where it is [closed](Self::is_closed).
    #[must_use]
    pub fn path(&self) -> Vec<ImagePoint> {
        match self {
            Self::Pin(_) | Self::Stroke(_) => self.corners(),
            Self::Box(_) | Self::Polygon(_) => {
                let corners = self.corners();
                let next = corners.iter().cycle().skip(1);
                corners.iter().zip(next).flat_map(|(from, to)| side(*from, *to)).collect()
            }
            Self::Ellipse(area) => {
                let (middle, rx, ry) = (area.center(), area.width() / 2.0, area.height() / 2.0);
                let step = std::f64::consts::TAU / f64::from(ELLIPSE_POINTS);
                let at = |n: u32| {
                    let angle = step * f64::from(n);
                    middle.offset(rx * libm::cos(angle), ry * libm::sin(angle))
                };
                (0..ELLIPSE_POINTS).map(at).collect()
            }
            Self::Arrow(tail, tip) => side(*tail, *tip).chain([*tip]).collect(),
        }
    }

    /// The smallest upright rectangle that holds it; empty for a pin.
    #[must_use]
    pub fn bounds(&self) -> Rect<Image> {
        let corners = self.corners();
        let first = corners.first().copied().unwrap_or(Point::new(0.0, 0.0));
        corners.iter().fold(Rect::new(first, first), |all, at| all.union(&Rect::new(*at, *at)))
    }

    /// The shape moved by `(dx, dy)` pixels.
    #[must_use]
    pub fn moved(&self, dx: f64, dy: f64) -> Self {
        self.with_points(|at| at.offset(dx, dy))
    }

    /// Where it can be taken to reshape it: a pin's spot, the ends of an arrow, a polygon's corners,
    /// the corners of the rectangle round the others.
    #[must_use]
    pub fn handles(&self) -> Vec<ImagePoint> {
        match self {
            Self::Stroke(_) => self.bounds().corners().to_vec(),
            _ => self.corners(),
        }
    }

    /// The shape with one of its [handles](Self::handles) put at `to`. A rectangle's corner may pass
    /// the opposite one. Nothing changes where the shape would vanish or there is no such handle.
    #[must_use]
    pub fn reshaped(&self, handle: usize, to: ImagePoint) -> Self {
        let replaced = |points: &[ImagePoint]| {
            let mut points = points.to_vec();
            if let Some(point) = points.get_mut(handle) {
                *point = to;
            }
            points
        };
        let new = match self {
            Self::Pin(_) if handle == 0 => Self::Pin(to),
            Self::Pin(_) => self.clone(),
            Self::Polygon(corners) => Self::Polygon(replaced(corners)),
            Self::Arrow(tail, tip) => {
                let ends = replaced(&[*tail, *tip]);
                Self::Arrow(ends[0], ends[1])
            }
            Self::Box(_) | Self::Ellipse(_) | Self::Stroke(_) if handle > 3 => self.clone(),
            Self::Box(area) => Self::Box(stretched(area, handle, to)),
            Self::Ellipse(area) => Self::Ellipse(stretched(area, handle, to)),
            Self::Stroke(_) => {
                let old = self.bounds();
                let fixed = old.corners()[(handle + 2) % 4];
                let taken = old.corners()[handle];
                let factor = |fixed: f64, taken: f64, to: f64| {
                    if taken == fixed { 1.0 } else { (to - fixed) / (taken - fixed) }
                };
                let (sx, sy) = (factor(fixed.x, taken.x, to.x), factor(fixed.y, taken.y, to.y));
                let scaled = |at: ImagePoint| {
                    Point::new(fixed.x + (at.x - fixed.x) * sx, fixed.y + (at.y - fixed.y) * sy)
                };
                self.with_points(scaled)
            }
        };
        if new.is_sound() { new } else { self.clone() }
    }

    /// The shape with each of its points put elsewhere. A rectangle or an ellipse stays upright: it
    /// is the one round its corners' new places.
    #[must_use]
    pub fn with_points(&self, place: impl Fn(ImagePoint) -> ImagePoint) -> Self {
        let all = |points: &[ImagePoint]| points.iter().map(|at| place(*at)).collect();
        let upright = |area: &Rect<Image>| {
            Self::Polygon(area.corners().into_iter().map(&place).collect()).bounds()
        };
        match self {
            Self::Pin(at) => Self::Pin(place(*at)),
            Self::Box(area) => Self::Box(upright(area)),
            Self::Ellipse(area) => Self::Ellipse(upright(area)),
            Self::Polygon(points) => Self::Polygon(all(points)),
            Self::Stroke(points) => Self::Stroke(all(points)),
            Self::Arrow(tail, tip) => Self::Arrow(place(*tail), place(*tip)),
        }
    }
}

/// Points from `from` on towards `to`, which is not among them.
fn side(from: ImagePoint, to: ImagePoint) -> impl Iterator<Item = ImagePoint> {
    (0..SIDE_POINTS).map(move |step| {
        let share = f64::from(step) / f64::from(SIDE_POINTS);
        from.offset((to.x - from.x) * share, (to.y - from.y) * share)
    })
}

/// `area` with the corner of this number, clockwise from the top left, put at `to`.
fn stretched(area: &Rect<Image>, corner: usize, to: ImagePoint) -> Rect<Image> {
    let fixed = area.corners()[(corner + 2) % 4];
    Rect::new(fixed, fixed).union(&Rect::new(to, to))
}
