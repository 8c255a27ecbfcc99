//! Least-squares fits of `a_from_b` over landmark pairs.

use super::{Image, ImagePoint, Model, Point, Similarity};

/// A landmark's places on both sides.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pair {
    /// In A's pixels.
    pub a: ImagePoint,
    /// In B's pixels.
    pub b: ImagePoint,
    /// How much it counts beside the others; positive, 1 unless said otherwise.
    pub weight: f64,
}

impl Pair {
    /// A pair that counts as much as any other.
    #[must_use]
    pub const fn new(a: ImagePoint, b: ImagePoint) -> Self {
        Self { a, b, weight: 1.0 }
    }
}

/// Why no map can be fitted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FitError {
    /// The model needs more pairs.
    #[error("too few landmark pairs for this model")]
    TooFewPairs,
    /// All landmarks of one side lie on one point, so scale and roll are undetermined.
    #[error(
        "all paired landmarks of side {side} lie on one point, so scale and roll are undetermined; \
         move one of them apart"
    )]
    Coincident {
        /// The letter of that side.
        side: char,
    },
    /// All landmarks of one side lie on one line, so that the map across it is undetermined.
    #[error(
        "all paired landmarks of side {side} lie on one line, so this model is undetermined; mark \
         one away from it"
    )]
    Collinear {
        /// The letter of that side.
        side: char,
    },
    /// Two landmarks lie on one point of A.
    #[error(
        "two landmarks lie on one point of A, which a spline cannot take to two places; move or \
         remove one"
    )]
    SameSpot,
    /// The map that fits would turn the face over.
    #[error(
        "the landmarks of B are a mirror image of A's; check that left and right, which are the \
         subject's, are not exchanged on one side"
    )]
    Mirrored,
    /// The best map would shrink the face to a point: the two configurations do not correspond.
    #[error(
        "the landmarks of A and B do not correspond (the best scale is zero); check that the same \
         points are marked on both sides"
    )]
    Degenerate,
}

/// Pairs closer together than this, as a root mean square in pixels, count as one point.
const COINCIDENT_PX: f64 = 1e-6;

/// Landmarks whose spread across is below this share of their spread along lie on one line: what
/// clicks are off by would decide the rest of the map.
pub(super) const COLLINEAR: f64 = 0.01;

/// The least-squares map `a_from_b` of a model up to [`Model::Similarity`], which stands for those
/// beyond it, through pairs `(a, b)` that count alike.
///
/// # Errors
/// See [`FitError`].
pub fn fit_model(
    model: Model,
    pairs: &[(ImagePoint, ImagePoint)],
) -> Result<Similarity<Image, Image>, FitError> {
    let pairs: Vec<Pair> = pairs.iter().map(|(a, b)| Pair::new(*a, *b)).collect();
    let model = if model.is_bending() { Model::Similarity } else { model };
    fit_similarity(model, &pairs)
}

/// The least-squares map of `model` taking each B point to its A partner, in A pixels: minimises the
/// weighted sum of `|a_from_b(b) - a|²`. Reflections are excluded.
///
/// For a similarity this is the closed form of Umeyama 1991 in the plane (complex numbers make the
/// singular value decomposition unnecessary); a file paired with itself gives the identity exactly.
///
/// # Errors
/// [`FitError::TooFewPairs`] below [`Model::min_pairs`]; [`FitError::Coincident`] when the points of
/// one side coincide and the model has a roll; [`FitError::Degenerate`] when they are uncorrelated.
pub(super) fn fit_similarity(
    model: Model,
    pairs: &[Pair],
) -> Result<Similarity<Image, Image>, FitError> {
    if pairs.len() < model.min_pairs() {
        return Err(FitError::TooFewPairs);
    }
    if model == Model::Identity {
        return Ok(Similarity::identity());
    }
    let (a_mean, b_mean) = means(pairs).ok_or(FitError::TooFewPairs)?;
    if model == Model::Translation {
        let (tx, ty) = (a_mean.x - b_mean.x, a_mean.y - b_mean.y);
        return Ok(Similarity::from_coefficients(1.0, 0.0, tx, ty));
    }
    let sums = Moments::about(pairs, a_mean, b_mean);
    if let Some(side) = sums.coincident_side(pairs.len()) {
        return Err(FitError::Coincident { side });
    }
    let length = libm::hypot(sums.re, sums.im);
    if length <= f64::EPSILON * libm::sqrt(sums.a_norm * sums.b_norm) {
        return Err(FitError::Degenerate);
    }
    let divisor = if model == Model::Rigid { length } else { sums.b_norm };
    let (re, im) = (sums.re / divisor, sums.im / divisor);
    Ok(Similarity::from_coefficients(
        re,
        im,
        a_mean.x - (re * b_mean.x - im * b_mean.y),
        a_mean.y - (im * b_mean.x + re * b_mean.y),
    ))
}

/// The weighted means of both sides; `None` without pairs.
pub(super) fn means(pairs: &[Pair]) -> Option<(ImagePoint, ImagePoint)> {
    let total: f64 = pairs.iter().map(|pair| pair.weight).sum();
    let side = |pick: fn(&Pair) -> ImagePoint| {
        let sum = pairs.iter().fold((0.0, 0.0), |(x, y), pair| {
            let at = pick(pair);
            (x + pair.weight * at.x, y + pair.weight * at.y)
        });
        Point::new(sum.0 / total, sum.1 / total)
    };
    (total > 0.0).then(|| (side(|pair| pair.a), side(|pair| pair.b)))
}

/// Weighted second moments of centred pairs: `sum conj(b) a`, `sum b a`, and both squared norms.
pub(super) struct Moments {
    pub(super) re: f64,
    pub(super) im: f64,
    /// What `re` and `im` are when B is turned over.
    pub(super) mirrored: (f64, f64),
    pub(super) a_norm: f64,
    pub(super) b_norm: f64,
}

impl Moments {
    fn about(pairs: &[Pair], a_mean: ImagePoint, b_mean: ImagePoint) -> Self {
        let mut sums = Self { re: 0.0, im: 0.0, mirrored: (0.0, 0.0), a_norm: 0.0, b_norm: 0.0 };
        for Pair { a, b, weight } in pairs {
            let (ax, ay) = (a.x - a_mean.x, a.y - a_mean.y);
            let (bx, by) = (b.x - b_mean.x, b.y - b_mean.y);
            sums.re += weight * (bx * ax + by * ay);
            sums.im += weight * (bx * ay - by * ax);
            sums.mirrored.0 += weight * (bx * ax - by * ay);
            sums.mirrored.1 += weight * (bx * ay + by * ax);
            sums.a_norm += weight * (ax * ax + ay * ay);
            sums.b_norm += weight * (bx * bx + by * by);
        }
        sums
    }

    /// The side whose points all lie on one point, of `n_pairs` pairs.
    pub(super) fn coincident_side(&self, n_pairs: usize) -> Option<char> {
        #[expect(clippy::cast_precision_loss, reason = "landmark counts are tiny")]
        let least = COINCIDENT_PX * COINCIDENT_PX * n_pairs as f64;
        let norms = [(self.a_norm, 'A'), (self.b_norm, 'B')];
        norms.into_iter().find(|(norm, _)| *norm <= least).map(|(_, side)| side)
    }

    pub(super) fn of(pairs: &[Pair]) -> Option<Self> {
        let (a_mean, b_mean) = means(pairs)?;
        Some(Self::about(pairs, a_mean, b_mean))
    }
}
