//! Fits against other programs and against answers known by hand.

use super::{Map, Pair, assert_near, assert_same_map, at, face, pairs_through};
use crate::geometry::{FitError, Model, fit_model};

#[derive(serde::Deserialize)]
struct Fixture {
    sets: Vec<Set>,
}

#[derive(serde::Deserialize)]
struct Set {
    a: Vec<(f64, f64)>,
    b: Vec<(f64, f64)>,
    matrix: [[f64; 3]; 2],
    procrustes_distance: Option<f64>,
}

impl Set {
    fn pairs(&self) -> Vec<Pair> {
        let sides = self.a.iter().zip(&self.b);
        sides.map(|(a, b)| (at(a.0, a.1), at(b.0, b.1))).collect()
    }
}

/// What scikit-image and `SciPy` say; made by `tests/fixtures/make_similarity.py`.
fn fixture() -> Vec<Set> {
    let text = include_str!("../../../tests/fixtures/similarity.json");
    let sets = serde_json::from_str::<Fixture>(text).unwrap().sets;
    assert!(sets.len() >= 5);
    sets
}

#[test]
fn a_similarity_agrees_with_scikit_image_to_a_billionth() {
    for set in fixture() {
        let pairs = set.pairs();
        let found = fit_model(Model::Similarity, &pairs).unwrap();
        let [[re, minus_im, tx], [im, _, ty]] = set.matrix;
        assert_near(minus_im, -im, 1e-12);
        let expected = Map::from_coefficients(re, im, tx, ty);
        assert_same_map(&found, &expected, 1e-9);
        for (_, b) in &pairs {
            let off = found.apply(*b).distance(expected.apply(*b));
            assert!(off < 1e-9, "a landmark lands {off:e} px away");
        }
    }
}

#[test]
fn the_procrustes_distance_agrees_with_scipy() {
    for set in fixture() {
        let Some(expected) = set.procrustes_distance else { continue };
        let pairs = set.pairs();
        let map = fit_model(Model::Similarity, &pairs).unwrap();
        let residuals = super::residuals_of(Model::Similarity, &map, &pairs, None);
        // Near zero the square root costs half the digits.
        let tolerance = if expected < 1e-8 { 1e-7 } else { 1e-9 };
        assert_near(residuals.procrustes_distance.unwrap(), expected, tolerance);
    }
}

#[test]
fn a_mirrored_face_is_turned_and_never_mirrored_back() {
    let mirrored: Vec<Pair> = face().into_iter().map(|b| (at(-b.x, b.y), b)).collect();
    let map = fit_model(Model::Similarity, &mirrored).unwrap();
    let residuals = super::residuals_of(Model::Similarity, &map, &mirrored, None);
    assert!(residuals.rms.unwrap() > 50.0);
    assert!(residuals.procrustes_distance.unwrap() > 0.1);
}

#[test]
fn the_same_points_on_both_sides_give_exactly_the_identity() {
    let same: Vec<Pair> = face().into_iter().map(|p| (p, p)).collect();
    for model in Model::ALL {
        for n in 2..=same.len() {
            let map = fit_model(model, &same[..n]).unwrap();
            assert_eq!(map, Map::identity(), "{} of {n} pairs", model.name());
        }
    }
    let third = at(1.0 / 3.0, 1234.1);
    let awkward: Vec<Pair> = [at(0.1, 0.7), third, at(1e-3, 1e4)].map(|p| (p, p)).to_vec();
    assert_eq!(fit_model(Model::Similarity, &awkward), Ok(Map::identity()));
}

#[test]
fn an_exact_similarity_is_recovered_at_every_roll_and_scale() {
    for step in -18_i32..=18 {
        for scale in [0.2, 1.0, 5.0] {
            let roll = f64::from(10 * step).to_radians();
            let map = Map::about(scale, roll, at(700.0, 500.0), at(640.0, 512.0));
            let found = fit_model(Model::Similarity, &pairs_through(&map, &face())).unwrap();
            assert_same_map(&found, &map, 1e-11);
        }
    }
}

#[test]
fn the_fitted_roll_has_the_sign_of_the_turn() {
    let turned = Map::about(1.0, 0.3, at(0.0, 0.0), at(0.0, 0.0));
    for model in [Model::Rigid, Model::Similarity] {
        let found = fit_model(model, &pairs_through(&turned, &face())).unwrap();
        assert_near(found.roll(), 0.3, 1e-12);
    }
}

#[test]
fn a_similarity_through_two_pairs_is_the_one_drawn_by_hand() {
    // B's unit step to the right becomes two steps down on A.
    let pairs = [(at(10.0, 10.0), at(0.0, 0.0)), (at(10.0, 12.0), at(1.0, 0.0))];
    let found = fit_model(Model::Similarity, &pairs).unwrap();
    assert_same_map(&found, &Map::from_coefficients(0.0, 2.0, 10.0, 10.0), 1e-14);
}

#[test]
fn a_translation_is_the_mean_displacement() {
    let pairs = [
        (at(11.0, 20.0), at(1.0, 2.0)),
        (at(14.0, 26.0), at(4.0, 6.0)),
        (at(10.0, 19.0), at(1.0, 1.0)),
    ];
    let found = fit_model(Model::Translation, &pairs).unwrap();
    let expected = Map::from_coefficients(1.0, 0.0, 29.0 / 3.0, 56.0 / 3.0);
    assert_same_map(&found, &expected, 1e-14);
    let one = fit_model(Model::Translation, &pairs[..1]).unwrap();
    assert_same_map(&one, &Map::from_coefficients(1.0, 0.0, 10.0, 18.0), 1e-14);
}

#[test]
fn a_rigid_fit_keeps_the_size_and_shares_the_rest_out() {
    // A's square has side 4, B's has side 2 and is turned back by a quarter.
    let a = [at(0.0, 0.0), at(4.0, 0.0), at(4.0, 4.0), at(0.0, 4.0)];
    let b = [at(9.0, 12.0), at(9.0, 10.0), at(11.0, 10.0), at(11.0, 12.0)];
    let pairs: Vec<Pair> = a.into_iter().zip(b).collect();
    let found = fit_model(Model::Rigid, &pairs).unwrap();
    assert_near(found.scale(), 1.0, 1e-14);
    assert_near(found.roll(), std::f64::consts::FRAC_PI_2, 1e-14);
    assert!(found.apply(at(10.0, 11.0)).distance(at(2.0, 2.0)) < 1e-14);
    let corner = found.apply(b[0]);
    assert!(corner.distance(at(1.0, 1.0)) < 1e-13);
    let similar = fit_model(Model::Similarity, &pairs).unwrap();
    assert_near(similar.scale(), 2.0, 1e-14);
}

#[test]
fn no_nearby_map_of_the_same_model_fits_better() {
    let noisy = &fixture()[5].pairs();
    let cost =
        |map: &Map| noisy.iter().map(|(a, b)| map.apply(*b).distance(*a).powi(2)).sum::<f64>();
    let middle = noisy[0].1;
    for model in [Model::Translation, Model::Rigid, Model::Similarity] {
        let best = fit_model(model, noisy).unwrap();
        let least = cost(&best);
        for (scale, roll, dx) in [(1.0, 0.0, 0.1), (1.0, 0.0, -0.1), (1.0, 1e-3, 0.0)] {
            let nudge = Map::about(scale, roll, middle, middle.offset(dx, 0.0));
            if model != Model::Translation || roll.abs() < 1e-9 {
                assert!(cost(&(best * nudge)) > least, "{} moved by {dx}", model.name());
            }
        }
        if model == Model::Similarity {
            for scale in [0.999, 1.001] {
                assert!(cost(&(best * Map::about(scale, 0.0, middle, middle))) > least);
            }
        }
    }
}

#[test]
fn too_few_pairs_are_refused() {
    let one = [(at(1.0, 2.0), at(3.0, 4.0))];
    assert_eq!(fit_model(Model::Identity, &[]), Ok(Map::identity()));
    assert_eq!(fit_model(Model::Translation, &[]), Err(FitError::TooFewPairs));
    assert_eq!(fit_model(Model::Rigid, &one), Err(FitError::TooFewPairs));
    assert_eq!(fit_model(Model::Similarity, &one), Err(FitError::TooFewPairs));
}

#[test]
fn coincident_landmarks_are_refused_with_their_side() {
    let spot = at(0.1, 0.7);
    let apart = [at(1.0, 2.0), at(30.0, 4.0), at(5.0, 60.0)];
    for model in [Model::Rigid, Model::Similarity] {
        let on_a: Vec<Pair> = apart.iter().map(|b| (spot, *b)).collect();
        assert_eq!(fit_model(model, &on_a), Err(FitError::Coincident { side: 'A' }));
        let on_b: Vec<Pair> = apart.iter().map(|a| (*a, spot)).collect();
        assert_eq!(fit_model(model, &on_b), Err(FitError::Coincident { side: 'B' }));
    }
    let on_a: Vec<Pair> = apart.iter().map(|b| (spot, *b)).collect();
    assert!(fit_model(Model::Translation, &on_a).is_ok());
}

#[test]
fn uncorrelated_configurations_are_degenerate() {
    // A square against the same square walked round the other way twice as fast.
    let a = [at(1.0, 0.0), at(0.0, 1.0), at(-1.0, 0.0), at(0.0, -1.0)];
    let b = [at(1.0, 0.0), at(0.0, -1.0), at(-1.0, 0.0), at(0.0, 1.0)];
    let pairs: Vec<Pair> = a.into_iter().zip(b).collect();
    assert_eq!(fit_model(Model::Similarity, &pairs), Err(FitError::Degenerate));
    assert_eq!(fit_model(Model::Rigid, &pairs), Err(FitError::Degenerate));
}

#[test]
fn a_model_falls_back_to_what_its_pairs_determine() {
    assert_eq!(Model::Similarity.for_pairs(2), Model::Similarity);
    assert_eq!(Model::Similarity.for_pairs(1), Model::Translation);
    assert_eq!(Model::Rigid.for_pairs(0), Model::Identity);
    assert_eq!(Model::Identity.for_pairs(9), Model::Identity);
    for model in Model::ALL {
        assert_eq!(Model::from_name(model.name()), Some(model));
    }
}
