//! How well a fit registers its landmarks, and which pairs disagree with the rest.

use super::{
    Image, Method, Model, Similarity, Warp,
    alignment::fit,
    fit::{Moments, Pair, fit_similarity},
    spline_fit::fit_spline,
};

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
    /// How far the fit is from it; see [`Pair::distance`].
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
    /// ([`Method::is_exact`]), since that says nothing.
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

    /// The residuals of `b_from_a`, the fit of `method` to `pairs`. `face_unit` in A pixels scales
    /// the least distance that is worth a flag.
    #[must_use]
    pub fn new(
        method: Method,
        b_from_a: &Warp<Image>,
        pairs: &[Pair],
        face_unit: Option<f64>,
    ) -> Self {
        let flags = flags(method.model, pairs, face_unit);
        let left_out = leave_one_out(method, b_from_a, pairs);
        let residuals: Vec<_> = pairs
            .iter()
            .zip(flags)
            .zip(left_out)
            .map(|((pair, flagged), leave_one_out)| PairResidual {
                residual: pair.distance(b_from_a),
                leave_one_out,
                flagged,
            })
            .collect();
        let is_exact = method.is_exact(pairs.len());
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

impl Pair {
    /// How far a fit is from this pair, in A pixels: from the A mark to where the fit takes the B
    /// mark; of a spline, which is fitted the other way, the distance in B over the local scale.
    #[must_use]
    pub fn distance(&self, b_from_a: &Warp<Image>) -> f64 {
        match b_from_a {
            Warp::Spline(..) => {
                b_from_a.apply(self.a).distance(self.b) / b_from_a.scale_near(self.a)
            }
            _ => b_from_a.unapply(self.b).distance(self.a),
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

/// Each pair's distance from a fit of the others; a spline's in one go.
fn leave_one_out(method: Method, b_from_a: &Warp<Image>, pairs: &[Pair]) -> Vec<Option<f64>> {
    if method.model == Model::ThinPlateSpline {
        let Ok(spline) = fit_spline(pairs, method.smoothing, true) else {
            return vec![None; pairs.len()];
        };
        let in_a = |(pair, left_out): (&Pair, Option<f64>)| {
            left_out.map(|distance| distance / b_from_a.scale_near(pair.a))
        };
        return pairs.iter().zip(spline.left_out).map(in_a).collect();
    }
    let without = |idx: usize| {
        let mut rest = pairs.to_vec();
        let pair = rest.remove(idx);
        Some(pair.distance(&fit(method, &rest).ok()?))
    };
    (0..pairs.len()).map(without).collect()
}

fn procrustes_distance(pairs: &[Pair]) -> Option<f64> {
    let even: Vec<Pair> = pairs.iter().map(|pair| Pair { weight: 1.0, ..*pair }).collect();
    let sums = Moments::of(&even).filter(|_| pairs.len() >= 2)?;
    let norms = sums.a_norm * sums.b_norm;
    sums.coincident_side(pairs.len()).is_none().then(|| {
        let cosine_squared = (sums.re * sums.re + sums.im * sums.im) / norms;
        libm::sqrt((1.0 - cosine_squared).max(0.0))
    })
}

/// Least median of squares over all maps that two pairs determine (Rousseeuw 1984), refitted on its
/// inliers; a pair is flagged beyond the largest of 4 robust sigmas, 1 px and 0.3 % of the face unit.
/// Models that bend are judged by the similarity, since they would bend to a misplaced pair.
fn flags(model: Model, pairs: &[Pair], face_unit: Option<f64>) -> Vec<bool> {
    let model = if model.is_bending() { Model::Similarity } else { model };
    let none = vec![false; pairs.len()];
    if pairs.len() < MIN_PAIRS_FOR_FLAGS {
        return none;
    }
    let Some((start, median)) = least_median(model, pairs) else { return none };
    let floor = FLAG_PX.max(FLAG_FACE_SHARE * face_unit.unwrap_or(0.0));
    let limit = floor.max(FLAG_SIGMAS * sigma(median, pairs.len(), model));
    let inliers: Vec<_> = pairs
        .iter()
        .filter(|pair| start.apply(pair.b).distance(pair.a) <= limit)
        .copied()
        .collect();
    let refitted = fit_similarity(model, &inliers).unwrap_or(start);
    pairs.iter().map(|pair| refitted.apply(pair.b).distance(pair.a) > limit).collect()
}

/// The robust standard deviation per axis, with Rousseeuw's correction for few pairs.
fn sigma(median_squared: f64, n: usize, model: Model) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "landmark counts are tiny")]
    let spare = Method::of(model).n_spare(n).max(1) as f64;
    (1.0 + 5.0 / (2.0 * spare)) * libm::sqrt(median_squared / MEDIAN_OF_CHI2)
}

fn least_median(model: Model, pairs: &[Pair]) -> Option<(Similarity<Image, Image>, f64)> {
    let n = pairs.len();
    let stride = (n * (n - 1) / 2).div_ceil(MAX_CANDIDATES);
    let candidates = (0..n).flat_map(|i| (i + 1..n).map(move |j| (i, j))).step_by(stride);
    // The least count of pairs that a majority must fit, two being fitted anyway (Rousseeuw 1984).
    let median_idx = n.div_ceil(2);
    let mut best: Option<(Similarity<Image, Image>, f64)> = None;
    let mut squares = Vec::with_capacity(n);
    for (i, j) in candidates {
        let Ok(map) = fit_similarity(model, &[pairs[i], pairs[j]]) else { continue };
        squares.clear();
        squares.extend(pairs.iter().map(|Pair { a, b, .. }| {
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
