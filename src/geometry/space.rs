//! Typed positions and rectangles: a pixel of a picture is never mistaken for a pixel of the screen.

use std::marker::PhantomData;

/// The pixels of one source picture. Which side it belongs to is said by the name of the variable
/// or by the `PerSide` that holds it, so that one container type can hold both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Image;

/// The face frame that both sides share once they are aligned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Frame;

/// The picture being made: physical pixels of a pane or a loupe, or pixels of a card panel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Output;

/// A position in the space `S`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point<S> {
    /// Pixels to the right of the left edge.
    pub x: f64,
    /// Pixels below the top edge.
    pub y: f64,
    space: PhantomData<S>,
}

/// A position in a source picture.
pub type ImagePoint = Point<Image>;
/// A position in the face frame.
pub type FramePoint = Point<Frame>;
/// A position in a picture being made.
pub type OutputPoint = Point<Output>;

impl<S> Point<S> {
    /// The position `x` right of and `y` below the corner.
    #[must_use]
    pub const fn new(x: f64, y: f64) -> Self {
        Self { x, y, space: PhantomData }
    }

    /// The Euclidean distance to `other`, in pixels of this space.
    #[must_use]
    pub fn distance(&self, other: Self) -> f64
    where
        S: Copy,
    {
        libm::hypot(self.x - other.x, self.y - other.y)
    }

    /// The point moved by `(dx, dy)`.
    #[must_use]
    pub fn offset(self, dx: f64, dy: f64) -> Self {
        Self::new(self.x + dx, self.y + dy)
    }

    /// Whether both coordinates are finite.
    #[must_use]
    pub fn is_finite(self) -> bool {
        self.x.is_finite() && self.y.is_finite()
    }

    /// The mean position of `points`; `None` of an empty list.
    #[must_use]
    pub fn mean(points: &[Self]) -> Option<Self> {
        if points.is_empty() {
            return None;
        }
        #[expect(clippy::cast_precision_loss, reason = "landmark counts are tiny")]
        let n = points.len() as f64;
        let (x, y) = points.iter().fold((0.0, 0.0), |sum, p| (sum.0 + p.x, sum.1 + p.y));
        Some(Self::new(x / n, y / n))
    }
}

/// An axis-parallel rectangle in the space `S`; empty when a maximum does not exceed its minimum.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rect<S> {
    /// The top-left corner.
    pub min: Point<S>,
    /// The bottom-right corner.
    pub max: Point<S>,
}

impl<S> Rect<S> {
    /// The rectangle between two corners.
    #[must_use]
    pub const fn new(min: Point<S>, max: Point<S>) -> Self {
        Self { min, max }
    }

    /// The rectangle of this size round `center`.
    #[must_use]
    pub fn from_center(center: Point<S>, width: f64, height: f64) -> Self
    where
        S: Copy,
    {
        Self::new(
            center.offset(-width / 2.0, -height / 2.0),
            center.offset(width / 2.0, height / 2.0),
        )
    }

    /// Its width, negative when the corners are swapped.
    #[must_use]
    pub fn width(&self) -> f64 {
        self.max.x - self.min.x
    }

    /// Its height, negative when the corners are swapped.
    #[must_use]
    pub fn height(&self) -> f64 {
        self.max.y - self.min.y
    }

    /// Whether it encloses no area.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.width() <= 0.0 || self.height() <= 0.0
    }

    /// Its middle.
    #[must_use]
    pub fn center(&self) -> Point<S> {
        Point::new(f64::midpoint(self.min.x, self.max.x), f64::midpoint(self.min.y, self.max.y))
    }

    /// Its four corners, clockwise from the top left.
    #[must_use]
    pub fn corners(&self) -> [Point<S>; 4]
    where
        S: Copy,
    {
        [self.min, Point::new(self.max.x, self.min.y), self.max, Point::new(self.min.x, self.max.y)]
    }

    /// The part that both rectangles cover; empty when they do not overlap.
    #[must_use]
    pub fn intersect(&self, other: &Self) -> Self {
        Self::new(
            Point::new(self.min.x.max(other.min.x), self.min.y.max(other.min.y)),
            Point::new(self.max.x.min(other.max.x), self.max.y.min(other.max.y)),
        )
    }

    /// The smallest rectangle that holds both.
    #[must_use]
    pub fn union(&self, other: &Self) -> Self {
        Self::new(
            Point::new(self.min.x.min(other.min.x), self.min.y.min(other.min.y)),
            Point::new(self.max.x.max(other.max.x), self.max.y.max(other.max.y)),
        )
    }
}
