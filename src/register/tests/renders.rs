//! Landmarks found between two renders that differ in shading, texture, edges and grain.

use super::{Alignment, Marked, PAIR, Random, Tally, at, num, refine};
use crate::geometry::ImagePoint;

/// Corners tried a direction.
const N_CORNERS: usize = 95;

/// How the bundled pair was drawn: B at 0.87 of A's scale, rolled by 4 degrees.
fn b_from_a() -> Alignment {
    Alignment::about(0.87, 4.0_f64.to_radians(), at(768.0, 946.0), at(683.5, 932.25))
}

/// The strongest corners of `a` that are corners of `b` too: what only one finish has cannot be
/// found.
fn shared(a: &Marked, b: &Marked, b_from_a: &Alignment) -> Vec<ImagePoint> {
    let (width, height) = (num(b.picture.width()), num(b.picture.height()));
    let is_shared = |p: &&ImagePoint| {
        let place = b_from_a.apply(**p);
        (45.0..width - 45.0).contains(&place.x)
            && (45.0..height - 45.0).contains(&place.y)
            && b.corners.iter().any(|corner| corner.distance(place) < 4.0)
    };
    a.corners.iter().filter(is_shared).take(N_CORNERS).copied().collect()
}

fn try_all(a: &Marked, b: &Marked, b_from_a: &Alignment, random: &mut Random, tally: &mut Tally) {
    for at_a in shared(a, b, b_from_a) {
        let truth = b_from_a.apply(at_a);
        let start = random.beside(truth, 12.0);
        tally.add(refine(&a.picture, at_a, &b.picture, start, b_from_a), truth);
    }
}

#[test]
fn two_finishes_of_one_face() {
    let [a, b] = &*PAIR;
    let (mut random, mut tally) = (Random(11), Tally::default());
    try_all(a, b, &b_from_a(), &mut random, &mut tally);
    try_all(b, a, &b_from_a().inverse(), &mut random, &mut tally);
    assert_eq!(tally.n, 2 * N_CORNERS);
    tally.assert("two finishes", [80.0, 85.0, 97.0, 1.0]);
}

#[test]
fn an_alignment_off_by_degrees_and_percents() {
    let [a, b] = &*PAIR;
    let true_map = b_from_a();
    let mut random = Random(13);
    let mut tally = Tally::default();
    for at_a in shared(a, b, &true_map) {
        let truth = true_map.apply(at_a);
        let (scale, degrees) = (random.uniform(0.97, 1.03), random.uniform(-2.0, 2.0));
        let roll = true_map.roll() + degrees.to_radians();
        let rough = Alignment::about(scale * true_map.scale(), roll, at_a, truth);
        let start = random.beside(truth, 12.0);
        tally.add(refine(&a.picture, at_a, &b.picture, start, &rough), truth);
    }
    tally.assert("rough alignment", [75.0, 70.0, 97.0, 2.0]);
}

#[test]
fn marks_that_a_user_sets() {
    let [a, b] = &*PAIR;
    let mut random = Random(14);
    // Right and left pupil, right and left mouth corner.
    for (at_a, at_b) in [
        (at(460.6, 320.76), at(454.6581, 370.9607)),
        (at(1075.4, 320.76), at(988.2312, 408.2718)),
        (at(478.0, 946.0), at(431.8146, 914.6504)),
        (at(1058.0, 946.0), at(935.1854, 949.8496)),
    ] {
        for _ in 0..4 {
            let start = random.beside(at_b, 12.0);
            let found = refine(&a.picture, at_a, &b.picture, start, &b_from_a()).unwrap();
            assert!(found.at.distance(at_b) < 0.5, "{found:?} where {at_b:?} is true");
            assert!(found.peak > 0.8 && found.second_peak.is_none_or(|second| second < 0.7));
        }
    }
    // The bottom of a rim: an edge, along which nothing tells the place.
    let rim = refine(&a.picture, at(449.0, 583.5), &b.picture, at(428.6455, 598.2837), &b_from_a());
    assert!(rim.is_err(), "{rim:?}");
}
