//! Least-squares fits of `a_from_b` over landmark pairs.

use super::{Image, ImagePoint, Point, Similarity};

/// The family of maps that a fit chooses from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Model {
    /// The pictures share one pixel grid; landmarks do not move it.
    Identity,
    /// Translation alone.
    Translation,
    /// Translation and roll.
    Rigid,
    /// Translation, roll and uniform scale.
    Similarity,
}

impl Model {
    /// All models, simplest first.
    pub const ALL: [Self; 4] = [Self::Identity, Self::Translation, Self::Rigid, Self::Similarity];

    /// The name in files, on the command line and in text.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Identity => "identity",
            Self::Translation => "translation",
            Self::Rigid => "rigid",
            Self::Similarity => "similarity",
        }
    }

    /// The model of this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|model| model.name() == name)
    }

    /// The fewest pairs that determine the map.
    #[must_use]
    pub const fn min_pairs(self) -> usize {
        match self {
            Self::Identity => 0,
            Self::Translation => 1,
            Self::Rigid | Self::Similarity => 2,
        }
    }

    /// How many pairs the fit could do without.
    #[must_use]
    pub const fn n_spare(self, n_pairs: usize) -> usize {
        n_pairs.saturating_sub(self.min_pairs())
    }

    /// Whether the map has as many parameters as `n_pairs` give equations: it then passes through
    /// every pair exactly, and its residuals say nothing about how well they were marked.
    #[must_use]
    pub const fn is_exact(self, n_pairs: usize) -> bool {
        let n_parameters = match self {
            Self::Identity => 0,
            Self::Translation => 2,
            Self::Rigid => 3,
            Self::Similarity => 4,
        };
        2 * n_pairs <= n_parameters
    }

    /// This model, or the most capable simpler one that `n_pairs` determine.
    #[must_use]
    pub fn for_pairs(self, n_pairs: usize) -> Self {
        if n_pairs >= self.min_pairs() {
            self
        } else if n_pairs >= Self::Translation.min_pairs() {
            Self::Translation
        } else {
            Self::Identity
        }
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
    /// The best map would shrink the face to a point: the two configurations do not correspond.
    #[error(
        "the landmarks of A and B do not correspond (the best scale is zero); check that the same \
         points are marked on both sides"
    )]
    Degenerate,
}

/// Pairs closer together than this, as a root mean square in pixels, count as one point.
const COINCIDENT_PX: f64 = 1e-6;

/// The least-squares map of `model` taking each B point to its A partner, in A pixels:
/// minimises the sum of `|a_from_b(b) - a|²`. Reflections are excluded. `pairs` are `(a, b)`.
///
/// For a similarity this is the closed form of Umeyama 1991 in the plane (complex numbers make the
/// singular value decomposition unnecessary); a file paired with itself gives the identity exactly.
///
/// # Errors
/// [`FitError::TooFewPairs`] below [`Model::min_pairs`]; [`FitError::Coincident`] when the points of
/// one side coincide and the model has a roll; [`FitError::Degenerate`] when they are uncorrelated.
pub fn fit_model(
    model: Model,
    pairs: &[(ImagePoint, ImagePoint)],
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

fn means(pairs: &[(ImagePoint, ImagePoint)]) -> Option<(ImagePoint, ImagePoint)> {
    let side = |pick: fn(&(ImagePoint, ImagePoint)) -> ImagePoint| {
        Point::mean(&pairs.iter().map(pick).collect::<Vec<_>>())
    };
    Some((side(|pair| pair.0)?, side(|pair| pair.1)?))
}

/// Second moments of centred pairs: `sum conj(b) a`, and both squared norms.
pub(super) struct Moments {
    pub(super) re: f64,
    pub(super) im: f64,
    pub(super) a_norm: f64,
    pub(super) b_norm: f64,
}

impl Moments {
    fn about(pairs: &[(ImagePoint, ImagePoint)], a_mean: ImagePoint, b_mean: ImagePoint) -> Self {
        let mut sums = Self { re: 0.0, im: 0.0, a_norm: 0.0, b_norm: 0.0 };
        for (a, b) in pairs {
            let (ax, ay) = (a.x - a_mean.x, a.y - a_mean.y);
            let (bx, by) = (b.x - b_mean.x, b.y - b_mean.y);
            sums.re += bx * ax + by * ay;
            sums.im += bx * ay - by * ax;
            sums.a_norm += ax * ax + ay * ay;
            sums.b_norm += bx * bx + by * by;
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

    pub(super) fn of(pairs: &[(ImagePoint, ImagePoint)]) -> Option<Self> {
        let (a_mean, b_mean) = means(pairs)?;
        Some(Self::about(pairs, a_mean, b_mean))
    }
}
