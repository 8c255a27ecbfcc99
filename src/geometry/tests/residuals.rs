//! Residuals, their means, and shape distance.

use super::{Map, Pair, Random, assert_near, at, face, pairs_through};
use crate::geometry::{Model, Residuals, fit_model};

fn noisy_pairs() -> Vec<Pair> {
    let map = Map::about(1.3, 0.5, at(700.0, 600.0), at(512.0, 480.0));
    let mut random = Random(7);
    let pairs = pairs_through(&map, &face());
    pairs
        .into_iter()
        .map(|(a, b)| {
            let (dx, dy) = random.normal(0.8);
            (a.offset(dx, dy), b)
        })
        .collect()
}

fn residuals_of(model: Model, pairs: &[Pair]) -> Residuals {
    let map = fit_model(model, pairs).unwrap();
    super::residuals_of(model, &map, pairs, None)
}

#[test]
fn the_rms_is_the_root_of_the_mean_squared_distance() {
    // The mean displacement is (4, 0), so the residuals are 3 and 3 along x.
    let pairs = [(at(1.0, 5.0), at(0.0, 5.0)), (at(17.0, 9.0), at(10.0, 9.0))];
    let residuals = residuals_of(Model::Translation, &pairs);
    for pair in &residuals.pairs {
        assert_near(pair.residual, 3.0, 1e-12);
        assert_near(pair.leave_one_out.unwrap(), 6.0, 1e-12);
    }
    assert_near(residuals.rms.unwrap(), 3.0, 1e-12);
    assert_near(residuals.leave_one_out_rms.unwrap(), 6.0, 1e-12);
}

#[test]
fn leave_one_out_agrees_with_leaving_each_pair_out_by_hand() {
    let pairs = noisy_pairs();
    for model in [Model::Translation, Model::Rigid, Model::Similarity] {
        let residuals = residuals_of(model, &pairs);
        let mut sum = 0.0;
        for (idx, (a, b)) in pairs.iter().enumerate() {
            let rest: Vec<Pair> = pairs[..idx].iter().chain(&pairs[idx + 1..]).copied().collect();
            let expected = fit_model(model, &rest).unwrap().apply(*b).distance(*a);
            assert_near(residuals.pairs[idx].leave_one_out.unwrap(), expected, 1e-12);
            sum += expected * expected / 12.0;
        }
        assert_near(residuals.leave_one_out_rms.unwrap(), libm::sqrt(sum), 1e-12);
        assert!(residuals.leave_one_out_rms > residuals.rms);
    }
}

#[test]
fn an_exact_fit_has_no_rms() {
    let pairs = noisy_pairs();
    for (model, least) in [(Model::Translation, 1), (Model::Similarity, 2)] {
        let exact = residuals_of(model, &pairs[..least]);
        assert_eq!(exact.rms, None, "{} of {least} pairs", model.name());
        assert_eq!(exact.leave_one_out_rms, None);
        assert!(exact.pairs.iter().all(|pair| pair.leave_one_out.is_none()));
        assert!(residuals_of(model, &pairs[..=least]).rms.is_some());
    }
    assert_eq!(residuals_of(Model::Identity, &[]).rms, None);
    // Two pairs give a rigid map four equations for three parameters.
    assert!(residuals_of(Model::Rigid, &pairs[..2]).rms.is_some());
}

#[test]
fn two_spare_pairs_have_residuals_but_no_leave_one_out_when_the_rest_coincide() {
    let pairs = [
        (at(0.0, 0.0), at(0.0, 0.0)),
        (at(0.0, 0.0), at(0.0, 0.0)),
        (at(10.0, 0.0), at(10.0, 0.0)),
    ];
    let residuals = residuals_of(Model::Similarity, &pairs);
    assert!(residuals.rms.is_some());
    assert!(residuals.pairs[2].leave_one_out.is_none());
    assert_eq!(residuals.leave_one_out_rms, None);
}

#[test]
fn the_procrustes_distance_ignores_place_size_and_roll() {
    let exact = Map::about(3.7, 2.1, at(700.0, 600.0), at(12.0, -480.0));
    let residuals = residuals_of(Model::Similarity, &pairs_through(&exact, &face()));
    assert_near(residuals.procrustes_distance.unwrap(), 0.0, 1e-7);
    let same: Vec<Pair> = face().into_iter().map(|p| (p, p)).collect();
    assert_near(residuals_of(Model::Similarity, &same).procrustes_distance.unwrap(), 0.0, 0.0);
}

#[test]
fn the_procrustes_distance_is_the_same_either_way_round() {
    let pairs = noisy_pairs();
    let swapped: Vec<Pair> = pairs.iter().map(|(a, b)| (*b, *a)).collect();
    let there = residuals_of(Model::Similarity, &pairs).procrustes_distance.unwrap();
    let back = residuals_of(Model::Similarity, &swapped).procrustes_distance.unwrap();
    assert!(there > 1e-4);
    assert_near(there, back, 1e-12);
}

#[test]
fn coincident_landmarks_have_no_procrustes_distance() {
    let apart = [at(1.0, 2.0), at(30.0, 4.0), at(5.0, 60.0)];
    for spot in [at(0.1, 0.7), at(812.3, 431.7), at(5.0, 5.0)] {
        let on_a: Vec<Pair> = apart.iter().map(|b| (spot, *b)).collect();
        assert_eq!(residuals_of(Model::Translation, &on_a).procrustes_distance, None);
        let on_b: Vec<Pair> = apart.iter().map(|a| (*a, spot)).collect();
        assert_eq!(residuals_of(Model::Translation, &on_b).procrustes_distance, None);
    }
    let one = [(at(1.0, 2.0), at(3.0, 4.0))];
    assert_eq!(residuals_of(Model::Translation, &one).procrustes_distance, None);
}
