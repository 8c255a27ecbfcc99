//! What a picture can be seen through.

use super::{Affine, Point, Similarity};

/// A smooth map `target_from_source` with a derivative everywhere.
pub trait Map<Target, Source>: Sync {
    /// Maps a position.
    fn apply(&self, p: Point<Source>) -> Point<Target>;

    /// The derivative at `p`: `[[dx'/dx, dx'/dy], [dy'/dx, dy'/dy]]`.
    fn jacobian(&self, p: Point<Source>) -> [[f64; 2]; 2];

    /// Whether every parameter is finite and the map does not flatten the plane.
    fn is_valid(&self) -> bool;

    /// The 2x3 matrix of a map whose derivative is the same everywhere, row-major, such that
    /// `m00 x + m01 y + m02`, summed in this order, is to the bit what [`Self::apply`] gives; `None`
    /// of any other map.
    fn matrix(&self) -> Option<[[f64; 3]; 2]>;

    /// Whether the derivative is the same everywhere.
    fn is_affine(&self) -> bool {
        self.matrix().is_some()
    }
}

impl<Target: Copy + Sync, Source: Copy + Sync> Map<Target, Source> for Similarity<Target, Source> {
    fn apply(&self, p: Point<Source>) -> Point<Target> {
        Self::apply(self, p)
    }

    fn jacobian(&self, _: Point<Source>) -> [[f64; 2]; 2] {
        self.matrix().map(|[x, y, _]| [x, y])
    }

    fn is_valid(&self) -> bool {
        Self::is_valid(self)
    }

    fn matrix(&self) -> Option<[[f64; 3]; 2]> {
        Some(Self::matrix(self))
    }
}

impl<Target: Copy + Sync, Source: Copy + Sync> Map<Target, Source> for Affine<Target, Source> {
    fn apply(&self, p: Point<Source>) -> Point<Target> {
        Self::apply(self, p)
    }

    fn jacobian(&self, _: Point<Source>) -> [[f64; 2]; 2] {
        self.matrix().map(|[x, y, _]| [x, y])
    }

    fn is_valid(&self) -> bool {
        Self::is_valid(self)
    }

    fn matrix(&self) -> Option<[[f64; 3]; 2]> {
        Some(Self::matrix(self))
    }
}
