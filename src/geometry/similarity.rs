//! The similarity transform: uniform scale, roll and translation.

use std::{marker::PhantomData, ops::Mul};

use super::{Point, Rect};

/// A map `target_from_source` that keeps angles: `z -> c z + t`, read as complex numbers, with
/// `c = scale * (cos roll + i sin roll)`. It never mirrors.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Similarity<Target, Source> {
    re: f64,
    im: f64,
    tx: f64,
    ty: f64,
    spaces: PhantomData<(Target, Source)>,
}

impl<Target: Copy, Source: Copy> Similarity<Target, Source> {
    /// Every position keeps its coordinates.
    #[must_use]
    pub const fn identity() -> Self {
        Self::from_coefficients(1.0, 0.0, 0.0, 0.0)
    }

    /// `x' = re x - im y + tx`, `y' = im x + re y + ty`.
    #[must_use]
    pub const fn from_coefficients(re: f64, im: f64, tx: f64, ty: f64) -> Self {
        Self { re, im, tx, ty, spaces: PhantomData }
    }

    /// Scales and rolls (radians, x towards y) about `from`, which lands on `to`.
    #[must_use]
    pub fn about(scale: f64, roll: f64, from: Point<Source>, to: Point<Target>) -> Self {
        let (re, im) = (scale * libm::cos(roll), scale * libm::sin(roll));
        Self::from_coefficients(
            re,
            im,
            to.x - (re * from.x - im * from.y),
            to.y - (im * from.x + re * from.y),
        )
    }

    /// Maps a position.
    #[must_use]
    pub fn apply(&self, p: Point<Source>) -> Point<Target> {
        Point::new(self.re * p.x - self.im * p.y + self.tx, self.im * p.x + self.re * p.y + self.ty)
    }

    /// Maps a difference of two positions.
    #[must_use]
    pub fn apply_vector(&self, (dx, dy): (f64, f64)) -> (f64, f64) {
        (self.re * dx - self.im * dy, self.im * dx + self.re * dy)
    }

    /// The smallest upright rectangle that holds the image of `rect`.
    #[must_use]
    pub fn bounds(&self, rect: &Rect<Source>) -> Rect<Target> {
        let corners = rect.corners().map(|p| self.apply(p));
        corners
            .iter()
            .fold(Rect::new(corners[0], corners[0]), |all, &p| all.union(&Rect::new(p, p)))
    }

    /// The map back. A similarity of scale zero has none; its inverse is not finite.
    #[must_use]
    pub fn inverse(&self) -> Similarity<Source, Target> {
        let norm = self.re * self.re + self.im * self.im;
        let (re, im) = (self.re / norm, -self.im / norm);
        Similarity::from_coefficients(
            re,
            im,
            -(re * self.tx - im * self.ty),
            -(im * self.tx + re * self.ty),
        )
    }

    /// Target pixels per source pixel.
    #[must_use]
    pub fn scale(&self) -> f64 {
        libm::hypot(self.re, self.im)
    }

    /// The turn in radians, x towards y, in (-pi, pi].
    #[must_use]
    pub fn roll(&self) -> f64 {
        libm::atan2(self.im, self.re)
    }

    /// Whether all four parameters are finite and the scale is not zero.
    #[must_use]
    pub fn is_valid(&self) -> bool {
        [self.re, self.im, self.tx, self.ty].iter().all(|v| v.is_finite()) && self.scale() > 0.0
    }

    /// The 2x3 matrix, row-major: `[[re, -im, tx], [im, re, ty]]`.
    #[must_use]
    pub fn matrix(&self) -> [[f64; 3]; 2] {
        [[self.re, -self.im, self.tx], [self.im, self.re, self.ty]]
    }
}

impl<Target: Copy, Middle: Copy, Source: Copy> Mul<Similarity<Middle, Source>>
    for Similarity<Target, Middle>
{
    type Output = Similarity<Target, Source>;

    /// First `inner`, then `self`: `target_from_middle * middle_from_source`.
    fn mul(self, inner: Similarity<Middle, Source>) -> Self::Output {
        Similarity::from_coefficients(
            self.re * inner.re - self.im * inner.im,
            self.im * inner.re + self.re * inner.im,
            self.re * inner.tx - self.im * inner.ty + self.tx,
            self.im * inner.tx + self.re * inner.ty + self.ty,
        )
    }
}
