//! The map that an alignment is: a similarity, an affine map or a spline.

use std::sync::Arc;

use super::{Affine, Image, ImagePoint, Map, Point, Rect, Similarity, ThinPlateSpline};

/// A map `image_from_source` of one of three kinds, in the direction in which pictures are looked up.
#[derive(Clone, Debug, PartialEq)]
pub enum Warp<Source> {
    /// Translation, roll and uniform scale.
    Similarity(Similarity<Image, Source>),
    /// Any linear map and a translation.
    Affine(Affine<Image, Source>),
    /// First a similarity into A's pixels, then a thin-plate spline into B's.
    Spline(Arc<ThinPlateSpline<Image, Image>>, Similarity<Image, Source>),
}

/// Newton steps towards a spline's inverse, and how near is near enough, in image pixels.
const MAX_STEPS: usize = 32;
const NEAR: f64 = 1e-10;
/// Points along each side of a rectangle whose image is curved.
const SIDE_POINTS: usize = 32;

impl<Source: Copy + Sync> Warp<Source> {
    /// Every position keeps its coordinates.
    #[must_use]
    pub const fn identity() -> Self {
        Self::Similarity(Similarity::identity())
    }

    /// Maps a position.
    #[must_use]
    pub fn apply(&self, p: Point<Source>) -> ImagePoint {
        match self {
            Self::Similarity(map) => map.apply(p),
            Self::Affine(map) => map.apply(p),
            Self::Spline(spline, inner) => Map::apply(&**spline, inner.apply(p)),
        }
    }

    /// The position that is mapped to `p`. A spline is inverted by Newton's method from its affine
    /// part; where it folds, or far from its landmarks, the nearest position found is given.
    #[must_use]
    pub fn unapply(&self, p: ImagePoint) -> Point<Source> {
        match self {
            Self::Similarity(map) => map.inverse().apply(p),
            Self::Affine(map) => map.inverse().apply(p),
            Self::Spline(spline, inner) => inner.inverse().apply(inverted(spline, p)),
        }
    }

    /// The affine map that this one is like near `p`.
    #[must_use]
    pub fn near(&self, p: Point<Source>) -> Affine<Image, Source> {
        let to = self.apply(p);
        let row = |[x, y]: [f64; 2], to: f64| [x, y, to - x * p.x - y * p.y];
        let [across, down] = Map::jacobian(self, p);
        Affine::from_matrix([row(across, to.x), row(down, to.y)])
    }

    /// The similarity that this map is most like near `p`: what its derivative keeps of roll and
    /// scale.
    #[must_use]
    pub fn similarity_near(&self, p: Point<Source>) -> Similarity<Image, Source> {
        if let Self::Similarity(map) = self {
            return *map;
        }
        let [[xx, xy], [yx, yy]] = Map::jacobian(self, p);
        let (re, im) = (f64::midpoint(xx, yy), f64::midpoint(yx, -xy));
        let to = self.apply(p);
        let (tx, ty) = (to.x - (re * p.x - im * p.y), to.y - (im * p.x + re * p.y));
        Similarity::from_coefficients(re, im, tx, ty)
    }

    /// Image pixels a unit of the source near `p`: the square root of the area's.
    #[must_use]
    pub fn scale_near(&self, p: Point<Source>) -> f64 {
        match self {
            Self::Similarity(map) => map.scale(),
            _ => libm::sqrt(self.near(p).determinant().abs()),
        }
    }

    /// First `inner`, then this map.
    #[must_use]
    pub fn after<Inner: Copy + Sync>(&self, inner: Similarity<Source, Inner>) -> Warp<Inner> {
        match self {
            Self::Similarity(map) => Warp::Similarity(*map * inner),
            Self::Affine(map) => Warp::Affine(*map * Affine::from(inner)),
            Self::Spline(spline, map) => Warp::Spline(Arc::clone(spline), *map * inner),
        }
    }

    /// Whether every parameter is finite and the plane is not flattened.
    #[must_use]
    pub fn is_valid(&self) -> bool {
        match self {
            Self::Similarity(map) => map.is_valid(),
            Self::Affine(map) => map.is_valid(),
            Self::Spline(spline, inner) => Map::is_valid(&**spline) && inner.is_valid(),
        }
    }

    /// Whether it is no spline.
    #[must_use]
    pub const fn is_affine(&self) -> bool {
        !matches!(self, Self::Spline(..))
    }

    /// The 2x3 matrix, row-major; `None` of a spline.
    #[must_use]
    pub fn matrix(&self) -> Option<[[f64; 3]; 2]> {
        match self {
            Self::Similarity(map) => Some(map.matrix()),
            Self::Affine(map) => Some(map.matrix()),
            Self::Spline(..) => None,
        }
    }

    /// The smallest upright rectangle of the image that holds `area` of the source; of a spline, to
    /// within the bend between points along the edge.
    #[must_use]
    pub fn image_bounds(&self, area: &Rect<Source>) -> Rect<Image> {
        if let Self::Similarity(map) = self {
            return map.bounds(area);
        }
        let edges = along_edges(area, if self.is_affine() { 1 } else { SIDE_POINTS });
        bounds_of(edges.iter().flatten().map(|p| self.apply(*p)))
    }

    /// The smallest upright rectangle of the source that holds what is mapped into `area`; of a
    /// spline, to within the bend between points along the edge.
    #[must_use]
    pub fn source_bounds(&self, area: &Rect<Image>) -> Rect<Source> {
        if let Self::Similarity(map) = self {
            return map.inverse().bounds(area);
        }
        bounds_of(self.source_edges(area).into_iter().flatten())
    }

    /// Points along the four edges of `area`, clockwise from its top, where they lie in the source:
    /// the corner each begins with, and more where the map bends.
    #[must_use]
    pub fn source_edges(&self, area: &Rect<Image>) -> [Vec<Point<Source>>; 4] {
        let edges = along_edges(area, if self.is_affine() { 1 } else { SIDE_POINTS });
        edges.map(|edge| edge.into_iter().map(|p| self.unapply(p)).collect())
    }
}

/// `n` points along each edge, clockwise from the top, the corner it begins with among them.
fn along_edges<S: Copy>(area: &Rect<S>, n: usize) -> [Vec<Point<S>>; 4] {
    let corners = area.corners();
    [0, 1, 2, 3].map(|side: usize| {
        let (from, to) = (corners[side], corners[(side + 1) % 4]);
        let point = |step: usize| {
            #[expect(clippy::cast_precision_loss, reason = "a few points")]
            let share = step as f64 / n as f64;
            Point::new(from.x + (to.x - from.x) * share, from.y + (to.y - from.y) * share)
        };
        (0..n).map(point).collect()
    })
}

fn bounds_of<S: Copy>(mut places: impl Iterator<Item = Point<S>>) -> Rect<S> {
    let first = places.next().unwrap_or(Point::new(0.0, 0.0));
    places.fold(Rect::new(first, first), |all, p| all.union(&Rect::new(p, p)))
}

fn inverted(spline: &ThinPlateSpline<Image, Image>, to: ImagePoint) -> ImagePoint {
    let off = |at: ImagePoint| {
        let there = Map::apply(spline, at);
        (to.x - there.x, to.y - there.y)
    };
    let mut at = spline.affine().inverse().apply(to);
    let mut miss = off(at);
    for _ in 0..MAX_STEPS {
        let length = libm::hypot(miss.0, miss.1);
        if length <= NEAR {
            break;
        }
        let [[xx, xy], [yx, yy]] = Map::jacobian(spline, at);
        let det = xx * yy - xy * yx;
        let step = ((yy * miss.0 - xy * miss.1) / det, (xx * miss.1 - yx * miss.0) / det);
        // Half as far, until it is an improvement: where the map folds a full step may leave it.
        let better = (0..8).find_map(|halvings| {
            let share = 0.5_f64.powi(halvings);
            let next = at.offset(step.0 * share, step.1 * share);
            let miss = off(next);
            (libm::hypot(miss.0, miss.1) < length).then_some((next, miss))
        });
        let Some(better) = better else { break };
        (at, miss) = better;
    }
    at
}

impl<Source: Copy + Sync> Map<Image, Source> for Warp<Source> {
    fn apply(&self, p: Point<Source>) -> ImagePoint {
        Self::apply(self, p)
    }

    fn jacobian(&self, p: Point<Source>) -> [[f64; 2]; 2] {
        match self {
            Self::Similarity(map) => Map::jacobian(map, p),
            Self::Affine(map) => Map::jacobian(map, p),
            Self::Spline(spline, inner) => {
                let outer = Map::jacobian(&**spline, inner.apply(p));
                let [[a, b], [c, d]] = Map::jacobian(inner, p);
                outer.map(|[x, y]| [x * a + y * c, x * b + y * d])
            }
        }
    }

    fn is_valid(&self) -> bool {
        Self::is_valid(self)
    }

    fn matrix(&self) -> Option<[[f64; 3]; 2]> {
        Self::matrix(self)
    }
}

impl<Source> From<Similarity<Image, Source>> for Warp<Source> {
    fn from(map: Similarity<Image, Source>) -> Self {
        Self::Similarity(map)
    }
}
