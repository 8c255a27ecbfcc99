//! Fitting a thin-plate spline.

use super::{
    Affine, Image, ImagePoint, Point, ThinPlateSpline,
    fit::{FitError, Pair, means},
    solve::solve,
};

/// A fitted spline, and how far each pair would lie from it had it been left out.
#[derive(Debug)]
pub(super) struct SplineFit {
    pub b_from_a: ThinPlateSpline<Image, Image>,
    /// In B pixels, in the order of the pairs; `None` where the rest do not determine it.
    pub left_out: Vec<Option<f64>>,
}

/// Landmarks of A nearer together than this share of their spread lie on one point.
const COINCIDENT: f64 = 1e-7;

/// The thin-plate spline `b_from_a` that minimises its bending and the weighted squared distances to
/// the B landmarks over `smoothing`, an area in squared A pixels; at 0 it passes through all of them
/// and the weights do not matter.
///
/// What a pair's distance would be were it left out comes from the same system of equations (Rippa
/// 1999): its coefficient over the diagonal element of the inverse.
///
/// # Errors
/// [`FitError::TooFewPairs`] under three; [`FitError::Collinear`] when A's landmarks lie on one line;
/// [`FitError::SameSpot`] when two of them lie on one point.
pub(super) fn fit_spline(pairs: &[Pair], smoothing: f64) -> Result<SplineFit, FitError> {
    let n = pairs.len();
    if n < 3 {
        return Err(FitError::TooFewPairs);
    }
    let (mean, _) = means(pairs).ok_or(FitError::TooFewPairs)?;
    let spread = pairs.iter().map(|pair| pair.a.distance(mean)).fold(0.0, f64::max);
    if spread == 0.0 {
        return Err(FitError::Coincident { side: 'A' });
    }
    // In units of the spread, so that all parts of the system are of one size.
    let places: Vec<ImagePoint> = pairs
        .iter()
        .map(|pair| Point::new((pair.a.x - mean.x) / spread, (pair.a.y - mean.y) / spread))
        .collect();
    for (idx, place) in places.iter().enumerate() {
        if places[..idx].iter().any(|other| other.distance(*place) < COINCIDENT) {
            return Err(FitError::SameSpot);
        }
    }
    let mut matrix = vec![vec![0.0; n + 3]; n + 3];
    // The B landmarks, then the columns that the inverse is read from.
    let mut right = vec![vec![0.0; n + 2]; n + 3];
    for (i, (pair, place)) in pairs.iter().zip(&places).enumerate() {
        for (j, other) in places.iter().enumerate() {
            matrix[i][j] = bend(place.distance(*other));
        }
        matrix[i][i] += smoothing / (spread * spread * pair.weight);
        for (k, value) in [1.0, place.x, place.y].into_iter().enumerate() {
            matrix[i][n + k] = value;
            matrix[n + k][i] = value;
        }
        right[i][0] = pair.b.x;
        right[i][1] = pair.b.y;
        right[i][2 + i] = 1.0;
    }
    let solved = solve(matrix, right).ok_or(FitError::Collinear { side: 'A' })?;
    let left_out = (0..n).map(|i| {
        let diagonal = solved[i][2 + i];
        let distance = libm::hypot(solved[i][0] / diagonal, solved[i][1] / diagonal);
        // Without one of three, or of those that span the plane, nothing is determined.
        (n > 3 && diagonal > 0.0 && distance.is_finite()).then_some(distance)
    });
    let left_out = left_out.collect();
    Ok(SplineFit { b_from_a: spline(pairs, &solved, mean, spread), left_out })
}

/// `U(r) = r² ln r`.
fn bend(r: f64) -> f64 {
    if r == 0.0 { 0.0 } else { r * r * libm::log(r) }
}

/// The solution in pixels. With `r' = r / s`, `U(r') = (U(r) - r² ln s) / s²`; the sum of the weighted
/// `r²` is the same everywhere, since the weights add up to nothing and have no moment.
fn spline(
    pairs: &[Pair],
    solved: &[Vec<f64>],
    mean: ImagePoint,
    spread: f64,
) -> ThinPlateSpline<Image, Image> {
    let n = pairs.len();
    let squared = spread * spread;
    let mut constants = [solved[n][0], solved[n][1]];
    let mut bends = Vec::with_capacity(n);
    for (pair, row) in pairs.iter().zip(solved) {
        let (dx, dy) = (pair.a.x - mean.x, pair.a.y - mean.y);
        let share = (dx * dx + dy * dy) * libm::log(spread) / squared;
        for (constant, weight) in constants.iter_mut().zip(row) {
            *constant -= weight * share;
        }
        // Half, since the spline is written with the logarithm of the squared distance.
        bends.push((pair.a, [row[0] / squared / 2.0, row[1] / squared / 2.0]));
    }
    let row = |axis: usize| {
        let (x, y) = (solved[n + 1][axis] / spread, solved[n + 2][axis] / spread);
        [x, y, constants[axis] - x * mean.x - y * mean.y]
    };
    ThinPlateSpline::from_parts(Affine::from_matrix([row(0), row(1)]), bends)
}
