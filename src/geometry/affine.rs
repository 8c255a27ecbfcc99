//! The affine transform: any linear map and a translation.

use std::{marker::PhantomData, ops::Mul};

use super::{Point, Similarity, fit::COLLINEAR};

/// A map `target_from_source` that keeps lines straight and parallels parallel:
/// `x' = m00 x + m01 y + m02`, `y' = m10 x + m11 y + m12`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Affine<Target, Source> {
    matrix: [[f64; 3]; 2],
    spaces: PhantomData<(Target, Source)>,
}

impl<Target: Copy, Source: Copy> Affine<Target, Source> {
    /// The transform of a 2x3 matrix, row-major.
    #[must_use]
    pub const fn from_matrix(matrix: [[f64; 3]; 2]) -> Self {
        Self { matrix, spaces: PhantomData }
    }

    /// The 2x3 matrix, row-major.
    #[must_use]
    pub const fn matrix(&self) -> [[f64; 3]; 2] {
        self.matrix
    }

    /// Maps a position.
    #[must_use]
    pub fn apply(&self, p: Point<Source>) -> Point<Target> {
        let [x, y] = self.matrix.map(|[mx, my, t]| mx * p.x + my * p.y + t);
        Point::new(x, y)
    }

    /// The signed area of the image of a unit square; negative for a map that mirrors.
    #[must_use]
    pub fn determinant(&self) -> f64 {
        let [[a, b, _], [c, d, _]] = self.matrix;
        a * d - b * c
    }

    /// Whether it takes the plane to next to a line.
    pub(super) fn is_flat(&self) -> bool {
        let [[a, b, _], [c, d, _]] = self.matrix;
        let size = a * a + b * b + c * c + d * d;
        self.determinant().abs() <= COLLINEAR * size
    }

    /// The map back. A map of determinant zero has none; its inverse is not finite.
    #[must_use]
    pub fn inverse(&self) -> Affine<Source, Target> {
        let [[a, b, tx], [c, d, ty]] = self.matrix;
        let det = self.determinant();
        let (ia, ib, ic, id) = (d / det, -b / det, -c / det, a / det);
        Affine::from_matrix([[ia, ib, -(ia * tx + ib * ty)], [ic, id, -(ic * tx + id * ty)]])
    }

    /// Whether every entry is finite and the determinant is not zero.
    #[must_use]
    pub fn is_valid(&self) -> bool {
        let det = self.determinant();
        self.matrix.as_flattened().iter().all(|v| v.is_finite()) && det.is_finite() && det != 0.0
    }
}

impl<Target: Copy, Source: Copy> From<Similarity<Target, Source>> for Affine<Target, Source> {
    fn from(map: Similarity<Target, Source>) -> Self {
        Self::from_matrix(map.matrix())
    }
}

impl<Target: Copy, Middle: Copy, Source: Copy> Mul<Affine<Middle, Source>>
    for Affine<Target, Middle>
{
    type Output = Affine<Target, Source>;

    /// First `inner`, then `self`: `target_from_middle * middle_from_source`.
    fn mul(self, inner: Affine<Middle, Source>) -> Self::Output {
        let [[ia, ib, itx], [ic, id, ity]] = inner.matrix;
        Affine::from_matrix(
            self.matrix.map(|[a, b, t]| [a * ia + b * ic, a * ib + b * id, a * itx + b * ity + t]),
        )
    }
}
