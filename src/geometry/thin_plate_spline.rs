//! The thin-plate spline (Bookstein 1989): a smooth map through landmarks that bends the plane least.

use std::marker::PhantomData;

use super::{Affine, Map, Point};

/// A map `target_from_source`: an affine part, and for each landmark a bend that fades with the
/// logarithm of the distance.
///
/// Evaluated as `A p + sum of w_i U(|p - p_i|)` with `U(r) = r^2 ln r^2`. Built by a fit, or from its
/// parts.
#[derive(Clone, Debug, PartialEq)]
pub struct ThinPlateSpline<Target, Source> {
    affine: Affine<Target, Source>,
    /// Where each bend lies and what it weighs along x and y.
    bends: Vec<(Point<Source>, [f64; 2])>,
    target: PhantomData<Target>,
}

impl<Target: Copy, Source: Copy> ThinPlateSpline<Target, Source> {
    /// The spline of an affine part and bends: where each lies and its weights along x and y.
    #[must_use]
    pub fn from_parts(
        affine: Affine<Target, Source>,
        bends: Vec<(Point<Source>, [f64; 2])>,
    ) -> Self {
        Self { affine, bends, target: PhantomData }
    }

    /// The affine part.
    #[must_use]
    pub const fn affine(&self) -> Affine<Target, Source> {
        self.affine
    }
}

/// `U` and its derivative by the squared distance.
fn bend(squared: f64) -> (f64, f64) {
    if squared == 0.0 {
        return (0.0, 0.0);
    }
    let log = libm::log(squared);
    (squared * log, log + 1.0)
}

impl<Target: Copy + Sync, Source: Copy + Sync> Map<Target, Source>
    for ThinPlateSpline<Target, Source>
{
    fn apply(&self, p: Point<Source>) -> Point<Target> {
        let mut at = self.affine.apply(p);
        for (middle, [wx, wy]) in &self.bends {
            let (dx, dy) = (p.x - middle.x, p.y - middle.y);
            let (u, _) = bend(dx * dx + dy * dy);
            at.x += wx * u;
            at.y += wy * u;
        }
        at
    }

    fn jacobian(&self, p: Point<Source>) -> [[f64; 2]; 2] {
        let mut jacobian = self.affine.matrix().map(|[x, y, _]| [x, y]);
        for (middle, weights) in &self.bends {
            let (dx, dy) = (p.x - middle.x, p.y - middle.y);
            let (_, slope) = bend(dx * dx + dy * dy);
            for (row, weight) in jacobian.iter_mut().zip(weights) {
                row[0] += weight * slope * 2.0 * dx;
                row[1] += weight * slope * 2.0 * dy;
            }
        }
        jacobian
    }

    fn is_valid(&self) -> bool {
        let is_finite = |(at, weights): &(Point<Source>, [f64; 2])| {
            at.is_finite() && weights.iter().all(|weight| weight.is_finite())
        };
        self.affine.is_valid() && self.bends.iter().all(is_finite)
    }

    fn matrix(&self) -> Option<[[f64; 3]; 2]> {
        self.bends.is_empty().then(|| self.affine.matrix())
    }
}
