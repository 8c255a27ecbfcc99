//! How well a fit registers its landmarks, and which pairs disagree with the rest.

use super::{Image, ImagePoint, Model, Similarity, fit::Moments, fit_model};

/// Pairs below which no landmark is flagged: too few to tell an outlier from the rest.
const MIN_PAIRS_FOR_FLAGS: usize = 5;
/// A flag needs a distance beyond this many robust standard deviations.
const FLAG_SIGMAS: f64 = 4.0;
/// A flag needs a distance beyond this, in A pixels.
const FLAG_PX: f64 = 1.0;
/// A flag needs a distance beyond this share of the face unit.
const FLAG_FACE_SHARE: f64 = 0.003;
/// At most about this many maps through two pairs are tried; of many landmarks every n-th one.
const MAX_CANDIDATES: usize = 2000;
/// Consistency of the median of squared planar distances with a normal spread per axis:
/// the squared distance over sigma² is chi-square with 2 degrees, whose median is 2 ln 2.
const MEDIAN_OF_CHI2: f64 = 1.386_294_361_119_890_6;

/// What one pair says about the fit. Distances are in A pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PairResidual {
    /// `|a_from_b(b) - a|`.
    pub residual: f64,
    /// The same with this pair left out of the fit; `None` where the rest do not determine the model.
    pub leave_one_out: Option<f64>,
    /// Misplaced, or the face differs here: far from a robust fit of the other pairs.
    pub flagged: bool,
}

/// What all pairs say about the fit.
#[derive(Clone, Debug, PartialEq)]
pub struct Residuals {
    /// In the order of the pairs.
    pub pairs: Vec<PairResidual>,
    /// The square root of the mean squared residual in A pixels; `None` where the fit is exact
    /// ([`Model::is_exact`]), since that says nothing.
    pub rms: Option<f64>,
    /// The same of the leave-one-out residuals; `None` unless every pair has one.
    pub leave_one_out_rms: Option<f64>,
    /// Full Procrustes distance of the two configurations at unit centroid size, in 0 to 1
    /// (Dryden & Mardia 2016; the square root of `SciPy`'s disparity, reflection excluded);
    /// `None` under two pairs or when a side coincides. Shape drift, never identity.
    pub procrustes_distance: Option<f64>,
}

impl Residuals {
    /// No pairs, no figures.
    pub(crate) const NONE: Self =
        Self { pairs: Vec::new(), rms: None, leave_one_out_rms: None, procrustes_distance: None };

    /// The residuals of `a_from_b`, a fit of `model` to `pairs` of `(a, b)`. `face_unit` in A pixels
    /// scales the least distance that is worth a flag.
    #[must_use]
    pub fn new(
        model: Model,
        a_from_b: &Similarity<Image, Image>,
        pairs: &[(ImagePoint, ImagePoint)],
        face_unit: Option<f64>,
    ) -> Self {
        let flags = flags(model, pairs, face_unit);
        let residuals: Vec<_> = pairs
            .iter()
            .zip(flags)
            .enumerate()
            .map(|(idx, ((a, b), flagged))| PairResidual {
                residual: a_from_b.apply(*b).distance(*a),
                leave_one_out: leave_one_out(model, pairs, idx),
                flagged,
            })
            .collect();
        let is_exact = model.is_exact(pairs.len());
        let rms = (!is_exact).then(|| rms(residuals.iter().map(|r| Some(r.residual)))).flatten();
        let leave_one_out_rms = rms_of_all(&residuals);
        Self {
            pairs: residuals,
            rms,
            leave_one_out_rms,
            procrustes_distance: procrustes_distance(pairs),
        }
    }
}

fn rms_of_all(residuals: &[PairResidual]) -> Option<f64> {
    rms(residuals.iter().map(|r| r.leave_one_out))
}

fn rms(distances: impl ExactSizeIterator<Item = Option<f64>>) -> Option<f64> {
    #[expect(clippy::cast_precision_loss, reason = "landmark counts are tiny")]
    let n = distances.len() as f64;
    let sum = distances.map(|d| d.map(|d| d * d)).sum::<Option<f64>>()?;
    (n > 0.0).then(|| libm::sqrt(sum / n))
}

fn leave_one_out(model: Model, pairs: &[(ImagePoint, ImagePoint)], idx: usize) -> Option<f64> {
    let mut rest = pairs.to_vec();
    let (a, b) = rest.remove(idx);
    let a_from_b = fit_model(model, &rest).ok()?;
    Some(a_from_b.apply(b).distance(a))
}

fn procrustes_distance(pairs: &[(ImagePoint, ImagePoint)]) -> Option<f64> {
    let sums = Moments::of(pairs).filter(|_| pairs.len() >= 2)?;
    let norms = sums.a_norm * sums.b_norm;
    sums.coincident_side(pairs.len()).is_none().then(|| {
        let cosine_squared = (sums.re * sums.re + sums.im * sums.im) / norms;
        libm::sqrt((1.0 - cosine_squared).max(0.0))
    })
}

/// Least median of squares over all maps that two pairs determine (Rousseeuw 1984), refitted on its
/// inliers; a pair is flagged beyond the largest of 4 robust sigmas, 1 px and 0.3 % of the face unit.
fn flags(model: Model, pairs: &[(ImagePoint, ImagePoint)], face_unit: Option<f64>) -> Vec<bool> {
    let none = vec![false; pairs.len()];
    if pairs.len() < MIN_PAIRS_FOR_FLAGS {
        return none;
    }
    let Some((start, median)) = least_median(model, pairs) else { return none };
    let floor = FLAG_PX.max(FLAG_FACE_SHARE * face_unit.unwrap_or(0.0));
    let limit = floor.max(FLAG_SIGMAS * sigma(median, pairs.len(), model));
    let inliers: Vec<_> =
        pairs.iter().filter(|(a, b)| start.apply(*b).distance(*a) <= limit).copied().collect();
    let refitted = fit_model(model, &inliers).unwrap_or(start);
    pairs.iter().map(|(a, b)| refitted.apply(*b).distance(*a) > limit).collect()
}

/// The robust standard deviation per axis, with Rousseeuw's correction for few pairs.
fn sigma(median_squared: f64, n: usize, model: Model) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "landmark counts are tiny")]
    let spare = model.n_spare(n).max(1) as f64;
    (1.0 + 5.0 / (2.0 * spare)) * libm::sqrt(median_squared / MEDIAN_OF_CHI2)
}

fn least_median(
    model: Model,
    pairs: &[(ImagePoint, ImagePoint)],
) -> Option<(Similarity<Image, Image>, f64)> {
    let n = pairs.len();
    let stride = (n * (n - 1) / 2).div_ceil(MAX_CANDIDATES);
    let candidates = (0..n).flat_map(|i| (i + 1..n).map(move |j| (i, j))).step_by(stride);
    // The least count of pairs that a majority must fit, two being fitted anyway (Rousseeuw 1984).
    let median_idx = n.div_ceil(2);
    let mut best: Option<(Similarity<Image, Image>, f64)> = None;
    let mut squares = Vec::with_capacity(n);
    for (i, j) in candidates {
        let Ok(map) = fit_model(model, &[pairs[i], pairs[j]]) else { continue };
        squares.clear();
        squares.extend(pairs.iter().map(|(a, b)| {
            let at = map.apply(*b);
            (at.x - a.x) * (at.x - a.x) + (at.y - a.y) * (at.y - a.y)
        }));
        let (_, median, _) = squares.select_nth_unstable_by(median_idx, f64::total_cmp);
        if best.is_none_or(|(_, least)| *median < least) {
            best = Some((map, *median));
        }
    }
    best
}
