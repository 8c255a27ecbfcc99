//! Convex regions: what both pictures cover once one lies rolled on the other.

use super::{Point, Rect, Similarity};

/// The points `p` with `normal . p <= limit`.
#[derive(Clone, Copy, Debug, PartialEq)]
struct HalfPlane {
    normal: (f64, f64),
    limit: f64,
}

impl HalfPlane {
    /// How far `p` lies beyond the edge; negative inside.
    fn excess<S: Copy>(&self, p: Point<S>) -> f64 {
        self.normal.0 * p.x + self.normal.1 * p.y - self.limit
    }
}

/// An intersection of half-planes in the space `S`.
#[derive(Clone, Debug, PartialEq)]
pub struct ConvexRegion<S> {
    sides: Vec<HalfPlane>,
    space: std::marker::PhantomData<S>,
}

/// Steps of the bisection on a rectangle's width: the width is found to one part in 2^60.
const BISECTIONS: usize = 60;

impl<S: Copy> ConvexRegion<S> {
    /// The whole plane.
    #[must_use]
    pub fn everywhere() -> Self {
        Self { sides: Vec::new(), space: std::marker::PhantomData }
    }

    /// This region without what lies outside of an area with these four edges, clockwise, each given
    /// by points along it. Of an edge that bends, all beyond its innermost point is left out, so that
    /// the region stays convex.
    #[must_use]
    pub fn within(mut self, edges: &[Vec<Point<S>>; 4]) -> Self {
        for (idx, edge) in edges.iter().enumerate() {
            let (Some(from), Some(to)) = (edge.first(), edges[(idx + 1) % 4].first()) else {
                continue;
            };
            let (dx, dy) = (to.x - from.x, to.y - from.y);
            let length = libm::hypot(dx, dy);
            if length > 0.0 {
                let normal = (dy / length, -dx / length);
                let limits = edge.iter().map(|p| normal.0 * p.x + normal.1 * p.y);
                let limit = limits.fold(f64::INFINITY, f64::min);
                self.sides.push(HalfPlane { normal, limit });
            }
        }
        self
    }

    /// The region with every edge moved inwards by `length`.
    #[must_use]
    pub fn shrunk(mut self, length: f64) -> Self {
        for side in &mut self.sides {
            side.limit -= length;
        }
        self
    }

    /// The same region in the space that `map` comes from.
    #[must_use]
    pub fn seen_through<T: Copy>(&self, map: &Similarity<S, T>) -> ConvexRegion<T> {
        let ([[xx, xy, dx], [yx, yy, dy]], scale) = (map.matrix(), map.scale());
        let seen = |HalfPlane { normal: (x, y), limit }: &HalfPlane| HalfPlane {
            normal: ((x * xx + y * yx) / scale, (x * xy + y * yy) / scale),
            limit: (limit - x * dx - y * dy) / scale,
        };
        ConvexRegion {
            sides: self.sides.iter().map(seen).collect(),
            space: std::marker::PhantomData,
        }
    }

    /// Where the line at `y` lies in the region: from and to these x, the second below the first where
    /// it does not.
    #[must_use]
    pub fn along(&self, y: f64) -> (f64, f64) {
        let (mut from, mut to) = (f64::NEG_INFINITY, f64::INFINITY);
        for HalfPlane { normal, limit } in &self.sides {
            let rest = limit - normal.1 * y;
            if normal.0 > 0.0 {
                to = to.min(rest / normal.0);
            } else if normal.0 < 0.0 {
                from = from.max(rest / normal.0);
            } else if rest < 0.0 {
                (from, to) = (f64::INFINITY, f64::NEG_INFINITY);
            }
        }
        (from, to)
    }

    /// Whether `p` lies in the region, its edge included up to a millionth of a pixel.
    #[must_use]
    pub fn contains(&self, p: Point<S>) -> bool {
        self.sides.iter().all(|side| side.excess(p) <= 1e-6)
    }

    /// The largest upright rectangle of the aspect `width / height` inside the region that is at
    /// most `max_width` wide, as near as it can be to `center`. `None` when the region holds no
    /// rectangle at least one pixel wide.
    #[must_use]
    pub fn fit_rect(&self, center: Point<S>, max_width: f64, aspect: f64) -> Option<Rect<S>> {
        let place = |width: f64| self.nearest_center(center, width, width / aspect, max_width);
        let (mut fits, mut fails) = (0.0, max_width);
        if place(max_width).is_some() {
            fits = max_width;
        } else {
            for _ in 0..BISECTIONS {
                let middle = f64::midpoint(fits, fails);
                if place(middle).is_some() { fits = middle } else { fails = middle }
            }
        }
        if fits < 1.0 {
            return None;
        }
        place(fits).map(|at| Rect::from_center(at, fits, fits / aspect))
    }

    /// The nearest point to `center` that a rectangle of this size can have as its middle.
    fn nearest_center(
        &self,
        center: Point<S>,
        width: f64,
        height: f64,
        reach: f64,
    ) -> Option<Point<S>> {
        let shrunk = self.sides.iter().map(|side| {
            let (nx, ny) = side.normal;
            let limit = side.limit - nx.abs() * width / 2.0 - ny.abs() * height / 2.0;
            HalfPlane { limit, ..*side }
        });
        let shrunk: Vec<HalfPlane> = shrunk.collect();
        if shrunk.iter().all(|side| side.excess(center) <= 0.0) {
            return Some(center);
        }
        // Far enough to hold the whole region, however far off `center` is.
        let depths = self.sides.iter().map(|side| side.excess(center).abs());
        let far = 4.0 * depths.fold(reach + width + height, f64::max);
        let mut corners = Rect::from_center(center, far, far).corners().to_vec();
        for side in shrunk {
            corners = clip(&corners, side);
        }
        nearest_on_outline(&corners, center)
    }
}

/// Sutherland & Hodgman 1974, one half-plane.
fn clip<S: Copy>(corners: &[Point<S>], side: HalfPlane) -> Vec<Point<S>> {
    let mut kept = Vec::with_capacity(corners.len() + 1);
    for (idx, &from) in corners.iter().enumerate() {
        let to = corners[(idx + 1) % corners.len()];
        let (before, after) = (side.excess(from), side.excess(to));
        if before <= 0.0 {
            kept.push(from);
        }
        if (before < 0.0 && after > 0.0) || (before > 0.0 && after < 0.0) {
            let share = before / (before - after);
            kept.push(from.offset(share * (to.x - from.x), share * (to.y - from.y)));
        }
    }
    kept
}

/// The nearest point to `p` on the edge of a polygon; `None` of one without corners.
fn nearest_on_outline<S: Copy>(corners: &[Point<S>], p: Point<S>) -> Option<Point<S>> {
    (0..corners.len())
        .map(|i| (corners[i], corners[(i + 1) % corners.len()]))
        .map(|(from, to)| nearest_on_segment(from, to, p))
        .min_by(|one, two| one.distance(p).total_cmp(&two.distance(p)))
}

fn nearest_on_segment<S: Copy>(from: Point<S>, to: Point<S>, p: Point<S>) -> Point<S> {
    let (dx, dy) = (to.x - from.x, to.y - from.y);
    let norm = dx * dx + dy * dy;
    if norm <= 0.0 {
        return from;
    }
    let share = (((p.x - from.x) * dx + (p.y - from.y) * dy) / norm).clamp(0.0, 1.0);
    from.offset(share * dx, share * dy)
}
