//! The least-squares affine map.

use super::{
    Affine, Image,
    fit::{COLLINEAR, FitError, Pair, means},
};

/// Second moments of B about its mean, and the mixed ones with A's x and y.
#[derive(Default)]
struct Sums {
    xx: f64,
    xy: f64,
    yy: f64,
    mixed: [[f64; 2]; 2],
}

/// The affine `a_from_b` that minimises the weighted sum of `|a_from_b(b) - a|²`.
///
/// # Errors
/// [`FitError::TooFewPairs`] under three; [`FitError::Collinear`] when B's, or A's, lie on one line;
/// [`FitError::Mirrored`] when the best map would turn the face over.
pub(super) fn fit_affine(pairs: &[Pair]) -> Result<Affine<Image, Image>, FitError> {
    if pairs.len() < 3 {
        return Err(FitError::TooFewPairs);
    }
    let (a_mean, b_mean) = means(pairs).ok_or(FitError::TooFewPairs)?;
    let mut sums = Sums::default();
    for Pair { a, b, weight } in pairs {
        let (x, y) = (b.x - b_mean.x, b.y - b_mean.y);
        sums.xx += weight * x * x;
        sums.xy += weight * x * y;
        sums.yy += weight * y * y;
        for (mixed, to) in sums.mixed.iter_mut().zip([a.x - a_mean.x, a.y - a_mean.y]) {
            mixed[0] += weight * to * x;
            mixed[1] += weight * to * y;
        }
    }
    let Sums { xx, xy, yy, mixed } = sums;
    let det = xx * yy - xy * xy;
    // The determinant is the product of both squared spreads.
    let along = xx + yy;
    // Numbers that are none are not greater either.
    let is_spread = det > COLLINEAR * COLLINEAR * along * along;
    if !is_spread {
        return Err(FitError::Collinear { side: 'B' });
    }
    let rows = mixed.map(|[mx, my]| [(mx * yy - my * xy) / det, (my * xx - mx * xy) / det]);
    let row = |[x, y]: [f64; 2], mean: f64| [x, y, mean - x * b_mean.x - y * b_mean.y];
    let map = Affine::from_matrix([row(rows[0], a_mean.x), row(rows[1], a_mean.y)]);
    if map.is_flat() {
        return Err(FitError::Collinear { side: 'A' });
    }
    if map.determinant() < 0.0 {
        return Err(FitError::Mirrored);
    }
    Ok(map)
}
