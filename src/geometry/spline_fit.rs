//! Fitting a thin-plate spline.

use super::{
    Affine, Image, ImagePoint, Point, ThinPlateSpline,
    fit::{COLLINEAR, FitError, Pair, means},
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
/// Diagonal elements of the inverse below this share of the largest are rounding: the rest do not
/// determine the spline.
const UNDETERMINED: f64 = 1e-9;

/// The thin-plate spline `b_from_a` that minimises its bending and the weighted squared distances to
/// the B landmarks over `smoothing`, an area in squared A pixels; at 0 it passes through all of them
/// and the weights do not matter.
///
/// What a pair's distance would be were it left out comes from the same system of equations (Rippa
/// 1999): its coefficient over the diagonal element of the inverse. They are looked for only when
/// `wants_left_out`, since the inverse is most of the work.
///
/// # Errors
/// [`FitError::TooFewPairs`] under three; [`FitError::Collinear`] when A's landmarks lie on one line;
/// [`FitError::SameSpot`] when two of them lie on one point and those of B do not. Pairs that repeat
/// each other on both sides count as one.
pub(super) fn fit_spline(
    pairs: &[Pair],
    smoothing: f64,
    wants_left_out: bool,
) -> Result<SplineFit, FitError> {
    let (pairs, groups) = distinct(pairs)?;
    let fit = fit_distinct(&pairs, smoothing, wants_left_out)?;
    // One of several on a spot is not left out: the others stay.
    let is_single = |group: &usize| groups.iter().filter(|other| *other == group).count() == 1;
    let left_out = groups.iter().map(|group| fit.left_out[*group].filter(|_| is_single(group)));
    Ok(SplineFit { left_out: left_out.collect(), b_from_a: fit.b_from_a })
}

/// The pairs without those that repeat another on both sides, whose weight they add to; and which of
/// them each pair is.
///
/// # Errors
/// [`FitError::SameSpot`] when two are on one point of A but not of B.
fn distinct(pairs: &[Pair]) -> Result<(Vec<Pair>, Vec<usize>), FitError> {
    let extent = |place: fn(&Pair) -> ImagePoint| {
        let first = pairs.first().map(place);
        let distance = |pair: &Pair| first.map_or(0.0, |first| place(pair).distance(first));
        COINCIDENT * pairs.iter().map(distance).fold(0.0, f64::max)
    };
    let (near_a, near_b) = (extent(|pair| pair.a), extent(|pair| pair.b));
    let (mut rest, mut groups): (Vec<Pair>, Vec<usize>) = (Vec::new(), Vec::new());
    for pair in pairs {
        let Some(idx) = rest.iter().position(|other| other.a.distance(pair.a) <= near_a) else {
            groups.push(rest.len());
            rest.push(*pair);
            continue;
        };
        if rest[idx].b.distance(pair.b) > near_b {
            return Err(FitError::SameSpot);
        }
        rest[idx].weight += pair.weight;
        groups.push(idx);
    }
    Ok((rest, groups))
}

/// The same for pairs that are all on different spots.
fn fit_distinct(
    pairs: &[Pair],
    smoothing: f64,
    wants_left_out: bool,
) -> Result<SplineFit, FitError> {
    let n = pairs.len();
    if n < 3 {
        return Err(FitError::TooFewPairs);
    }
    let plain: Vec<Pair> = pairs.iter().map(|pair| Pair::new(pair.a, pair.b)).collect();
    let (mean, _) = means(&plain).ok_or(FitError::TooFewPairs)?;
    let spread = pairs.iter().map(|pair| pair.a.distance(mean)).fold(0.0, f64::max);
    if spread == 0.0 {
        return Err(FitError::Coincident { side: 'A' });
    }
    // In units of the spread, so that all parts of the system are of one size.
    let places: Vec<ImagePoint> = pairs
        .iter()
        .map(|pair| Point::new((pair.a.x - mean.x) / spread, (pair.a.y - mean.y) / spread))
        .collect();
    if is_on_a_line(&places) {
        return Err(FitError::Collinear { side: 'A' });
    }
    let n_columns = if wants_left_out { n + 2 } else { 2 };
    let mut matrix = vec![vec![0.0; n + 3]; n + 3];
    // The B landmarks, then the columns that the inverse is read from.
    let mut right = vec![vec![0.0; n_columns]; n + 3];
    let stiff = |pair: &Pair| smoothing / (spread * spread * pair.weight);
    // All parts of the system stay of one size.
    let scale = pairs.iter().map(stiff).fold(1.0, f64::max);
    for (i, (pair, place)) in pairs.iter().zip(&places).enumerate() {
        for (j, other) in places.iter().enumerate() {
            matrix[i][j] = bend(place.distance(*other));
        }
        matrix[i][i] += stiff(pair);
        for (k, value) in [1.0, place.x, place.y].into_iter().enumerate() {
            matrix[i][n + k] = scale * value;
            matrix[n + k][i] = scale * value;
        }
        right[i][0] = pair.b.x;
        right[i][1] = pair.b.y;
        if let Some(one) = right[i].get_mut(2 + i) {
            *one = 1.0;
        }
    }
    let mut solved = solve(matrix, right).ok_or(FitError::Degenerate)?;
    for value in solved[n..].iter_mut().flatten() {
        *value *= scale;
    }
    let left_out = if wants_left_out { left_out(&solved, n) } else { vec![None; n] };
    Ok(SplineFit { b_from_a: spline(pairs, &solved, mean, spread), left_out })
}

/// Whether the spread across the main direction is next to nothing beside that along it.
fn is_on_a_line(places: &[ImagePoint]) -> bool {
    // Their mean is the origin.
    let (mut xx, mut xy, mut yy) = (0.0, 0.0, 0.0);
    for place in places {
        xx += place.x * place.x;
        xy += place.x * place.y;
        yy += place.y * place.y;
    }
    let is_spread = xx * yy - xy * xy > COLLINEAR * COLLINEAR * (xx + yy) * (xx + yy);
    !is_spread
}

/// See [`SplineFit::left_out`].
fn left_out(solved: &[Vec<f64>], n: usize) -> Vec<Option<f64>> {
    let diagonal = |i: usize| solved[i][2 + i];
    let largest = (0..n).map(diagonal).fold(0.0, f64::max);
    let distance = |i: usize| {
        let distance = libm::hypot(solved[i][0] / diagonal(i), solved[i][1] / diagonal(i));
        // Without one of three, or of those that span the plane, nothing is determined.
        let is_determined = n > 3 && diagonal(i) > UNDETERMINED * largest;
        (is_determined && distance.is_finite()).then_some(distance)
    };
    (0..n).map(distance).collect()
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
