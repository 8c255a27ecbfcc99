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

    /// Whether the derivative is the same everywhere.
    fn is_affine(&self) -> bool;
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

    fn is_affine(&self) -> bool {
        true
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

    fn is_affine(&self) -> bool {
        true
    }
}
