//! Fitting the map of any model.

use std::sync::Arc;

use super::{
    Affine, Image, Method, Model, Similarity, ThinPlateSpline, Warp,
    affine_fit::fit_affine,
    fit::{FitError, Moments, Pair, fit_similarity},
    spline_fit::fit_spline,
};

/// Above this squared Procrustes distance two configurations are not one face; below this share of
/// it when one of them is turned over, they are mirror images.
const UNLIKE: f64 = 0.05;
const MIRRORED_SHARE: f64 = 0.25;

/// The map `b_from_a` of this method through or near the pairs: a least-squares one of the family in
/// A's pixels, or a thin-plate spline.
///
/// # Errors
/// See [`FitError`].
pub fn fit(method: Method, pairs: &[Pair]) -> Result<Warp<Image>, FitError> {
    let fitted = match method.model {
        Model::Affine => Warp::Affine(fit_affine(pairs)?.inverse()),
        Model::ThinPlateSpline => {
            let spline = fit_spline(pairs, method.smoothing, false)?.b_from_a;
            // The affine part stands in for the whole where the inverse is looked for.
            let affine = spline.affine();
            if affine.is_flat() {
                return Err(FitError::Collinear { side: 'B' });
            }
            if affine.determinant() < 0.0 {
                return Err(FitError::Mirrored);
            }
            Warp::Spline(Arc::new(spline), Similarity::identity())
        }
        model => {
            let a_from_b = fit_similarity(model, pairs)?;
            if matches!(model, Model::Rigid | Model::Similarity) && is_mirrored(pairs) {
                return Err(FitError::Mirrored);
            }
            Warp::Similarity(a_from_b.inverse())
        }
    };
    let map = if pairs.iter().all(|pair| pair.a == pair.b) { unmoved(&fitted) } else { fitted };
    if map.is_valid() { Ok(map) } else { Err(FitError::Degenerate) }
}

/// The map of the same kind that leaves everything where it is: what fits pairs of equal places, free
/// of the rounding of a solution that would show a picture's own pixels as their neighbours.
fn unmoved(map: &Warp<Image>) -> Warp<Image> {
    let identity = Affine::from(Similarity::identity());
    match map {
        Warp::Similarity(_) => Warp::Similarity(Similarity::identity()),
        Warp::Affine(_) => Warp::Affine(identity),
        Warp::Spline(..) => Warp::Spline(
            Arc::new(ThinPlateSpline::from_parts(identity, Vec::new())),
            Similarity::identity(),
        ),
    }
}

/// Whether B's landmarks fit A's far better when they are turned over.
fn is_mirrored(pairs: &[Pair]) -> bool {
    let Some(sums) = Moments::of(pairs).filter(|_| pairs.len() > 2) else { return false };
    let norms = sums.a_norm * sums.b_norm;
    let distance = |(re, im): (f64, f64)| 1.0 - (re * re + im * im) / norms;
    let as_they_are = distance((sums.re, sums.im));
    as_they_are > UNLIKE && distance(sums.mirrored) < MIRRORED_SHARE * as_they_are
}
