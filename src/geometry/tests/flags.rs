//! Flags on misplaced landmarks, counted over many simulated faces.

use super::{Map, Pair, Random, at, face, pairs_through};
use crate::geometry::{Model, fit_model};

const TRIALS: u32 = 1000;
const POINTS: usize = 12;
/// Every count of pairs from the least that is judged on.
const COUNTS: std::ops::RangeInclusive<usize> = 5..=14;
const FACE_UNIT: Option<f64> = Some(230.0);

/// Twelve points in a face 600 px wide, marked with half a pixel of noise on A.
fn marked_face(random: &mut Random) -> Vec<Pair> {
    marked_points(random, POINTS)
}

fn marked_points(random: &mut Random, n: usize) -> Vec<Pair> {
    let roll = random.uniform(-0.3, 0.3);
    let map = Map::about(random.uniform(0.7, 1.4), roll, at(300.0, 300.0), at(420.0, 380.0));
    let b_from_a = map.inverse();
    (0..n)
        .map(|_| {
            let a = at(random.uniform(0.0, 600.0), random.uniform(0.0, 600.0));
            let (dx, dy) = random.normal(0.5);
            (a.offset(dx, dy), b_from_a.apply(a))
        })
        .collect()
}

fn flagged(model: Model, pairs: &[Pair]) -> Vec<usize> {
    let map = fit_model(model, pairs).unwrap();
    let residuals = super::residuals_of(model, &map, pairs, FACE_UNIT);
    (0..pairs.len()).filter(|idx| residuals.pairs[*idx].flagged).collect()
}

fn percent(n: u32) -> f64 {
    100.0 * f64::from(n) / f64::from(TRIALS)
}

#[test]
fn one_landmark_moved_by_15_px_is_found_alone() {
    let mut random = Random(1984);
    let (mut alone, mut found) = (0, 0);
    for trial in 0..TRIALS {
        let mut pairs = marked_face(&mut random);
        let moved = usize::try_from(trial).unwrap() % POINTS;
        let angle = random.uniform(0.0, std::f64::consts::TAU);
        let a = &mut pairs[moved].0;
        *a = a.offset(15.0 * libm::cos(angle), 15.0 * libm::sin(angle));
        let flags = flagged(Model::Similarity, &pairs);
        alone += u32::from(flags == [moved]);
        found += u32::from(flags.contains(&moved));
    }
    let (alone, found) = (percent(alone), percent(found));
    assert!(alone >= 90.0, "found alone in {alone:.1} %, found in {found:.1} %");
    assert!(found >= 99.0, "found in {found:.1} %, found alone in {alone:.1} %");
}

#[test]
fn two_landmarks_with_each_others_label_are_found() {
    let mut random = Random(577);
    let (mut both, mut n_trials) = (0, 0);
    for trial in 0..TRIALS {
        let mut pairs = marked_face(&mut random);
        let one = usize::try_from(trial).unwrap() % POINTS;
        let other = (one + 1 + usize::try_from(trial / 12).unwrap() % (POINTS - 1)) % POINTS;
        if pairs[one].0.distance(pairs[other].0) < 15.0 {
            // So near each other that an exchange moves them by no more than a slip does.
            continue;
        }
        n_trials += 1;
        (pairs[one].1, pairs[other].1) = (pairs[other].1, pairs[one].1);
        let mut wanted = [one, other];
        wanted.sort_unstable();
        let flags = flagged(Model::Similarity, &pairs);
        both += u32::from(wanted.iter().all(|idx| flags.contains(idx)));
    }
    let share = 100.0 * f64::from(both) / f64::from(n_trials);
    assert!(share >= 95.0, "both are found in {share:.1} % of {n_trials}");
}

#[test]
fn clean_sets_are_rarely_flagged() {
    let mut random = Random(2718);
    let any =
        (0..TRIALS).filter(|_| !flagged(Model::Similarity, &marked_face(&mut random)).is_empty());
    let share = percent(u32::try_from(any.count()).unwrap());
    assert!(share <= 10.0, "{share:.1} % of clean sets are flagged");
}

#[test]
fn clean_sets_of_every_count_are_rarely_flagged() {
    for n in COUNTS {
        let mut random = Random(31);
        let any = (0..TRIALS)
            .filter(|_| !flagged(Model::Similarity, &marked_points(&mut random, n)).is_empty());
        let share = percent(u32::try_from(any.count()).unwrap());
        assert!(share <= 10.0, "{share:.1} % of clean sets of {n} are flagged");
    }
}

#[test]
fn many_landmarks_are_judged_by_a_part_of_their_pairs() {
    let mut random = Random(47);
    let mut pairs = marked_points(&mut random, 478);
    pairs[200].0 = pairs[200].0.offset(15.0, 0.0);
    assert!(flagged(Model::Similarity, &pairs).contains(&200));
}

#[test]
fn nothing_is_flagged_under_five_pairs() {
    let map = Map::about(1.1, 0.2, at(0.0, 0.0), at(30.0, 40.0));
    let mut pairs = pairs_through(&map, &face());
    pairs[1].0 = pairs[1].0.offset(40.0, 0.0);
    for n in 2..5 {
        assert!(flagged(Model::Similarity, &pairs[..n]).is_empty(), "of {n} pairs");
    }
    assert_eq!(flagged(Model::Similarity, &pairs[..6]), [1]);
}

#[test]
fn an_error_below_the_floor_is_not_worth_a_flag() {
    let map = Map::about(1.1, 0.2, at(0.0, 0.0), at(30.0, 40.0));
    let moved_by = |distance: f64, face_unit: Option<f64>| {
        let mut pairs = pairs_through(&map, &face());
        pairs[4].0 = pairs[4].0.offset(distance, 0.0);
        let fitted = fit_model(Model::Similarity, &pairs).unwrap();
        let residuals = super::residuals_of(Model::Similarity, &fitted, &pairs, face_unit);
        residuals.pairs.iter().filter(|pair| pair.flagged).count()
    };
    assert_eq!(moved_by(0.9, None), 0);
    assert_eq!(moved_by(1.5, None), 1);
    assert_eq!(moved_by(1.5, Some(1000.0)), 0, "0.3 % of 1000 px is 3 px");
    assert_eq!(moved_by(3.5, Some(1000.0)), 1);
}

#[test]
fn flags_follow_the_model_in_use() {
    let turned = Map::about(1.0, 0.02, at(768.0, 700.0), at(768.0, 700.0));
    let pairs = pairs_through(&turned, &face());
    assert!(flagged(Model::Rigid, &pairs).is_empty());
    let mut moved = pairs;
    moved[6].0 = moved[6].0.offset(0.0, -60.0);
    assert_eq!(flagged(Model::Rigid, &moved), [6]);
    assert_eq!(flagged(Model::Translation, &moved), [6]);
}
