//! The parts: fits, smoothing, correlation.

use super::{Random, at, drawn, num};
use crate::register::{correlate::Template, features::Features, patch::Patch, quadric::Quadric};

const SAME: [[f64; 2]; 2] = [[1.0, 0.0], [0.0, 1.0]];

#[test]
fn the_top_of_a_quadratic_is_exact() {
    let height = |x: f64, y: f64| {
        let (x, y) = (x - 0.31, y + 0.44);
        2.0 - 0.7 * x * x - 0.5 * y * y + 0.3 * x * y
    };
    let mut heights = [0.0; 9];
    for (idx, value) in heights.iter_mut().enumerate() {
        *value = height(num(idx % 3) - 1.0, num(idx / 3) - 1.0);
    }
    let quadric = Quadric::fit(&heights);
    let (x, y) = quadric.top();
    assert!((x - 0.31).abs() < 1e-12 && (y + 0.44).abs() < 1e-12, "{x} {y}");
    // Second derivatives -1.4 and -1.0, mixed 0.3.
    let expected = 1.2 - libm::hypot(0.2, 0.3);
    assert!((quadric.least_bend() - expected).abs() < 1e-12, "{}", quadric.least_bend());
}

#[test]
fn without_a_top_it_is_uphill() {
    let slope = Quadric::fit(&[0.0, 1.0, 2.0, 0.0, 1.0, 2.0, 0.0, 1.0, 2.0]);
    assert_eq!(slope.top(), (0.5, 0.0));
    assert!(slope.least_bend() <= 0.0);
    let ridge = Quadric::fit(&[0.0, 1.0, 0.0, 0.0, 1.0, 0.0, 0.0, 1.0, 0.0]);
    assert!(ridge.least_bend().abs() < 1e-12, "{ridge:?}");
}

fn ramp_features(smooth: f64, step: usize) -> Features {
    let ramp = drawn(60, 60, |x, y| 2.0 * x + y);
    let patch = Patch::sample(&ramp, at(30.5, 30.5), SAME, 12).unwrap();
    patch.features(smooth, step)
}

#[test]
fn the_middle_sample_is_the_place() {
    for step in [1, 2] {
        let features = ramp_features(0.8, step);
        let middle = features.middle() * (features.side + 1);
        assert!((features.luma[middle] - 91.5 / 255.0).abs() < 0.6 / 255.0);
        let [dx, dy] = features.gradient(middle).map(f64::from);
        let slope = num(step) / 255.0;
        assert!((dx - 2.0 * slope).abs() < 0.2 * slope, "{dx} at step {step}");
        assert!((dy - slope).abs() < 0.2 * slope, "{dy} at step {step}");
    }
}

#[test]
fn a_border_has_no_gradient() {
    let features = ramp_features(0.8, 1);
    let side = features.side;
    assert_eq!(side, 25);
    assert!(!features.is_covered(0) && !features.is_covered(side - 1));
    assert_eq!((0..side * side).filter(|at| features.is_covered(*at)).count(), 23 * 23);
}

#[test]
fn a_patch_correlates_fully_with_itself_only_where_it_is() {
    let noise = || {
        let mut random = Random(3);
        (0..60 * 60).map(|_| random.uniform(0.0, 255.0)).collect::<Vec<f64>>()
    };
    let values = noise();
    let pixel = |v: f64| (0..60).find(|n| num(*n) + 0.5 >= v).unwrap();
    let speckled = drawn(60, 60, |x, y| values[pixel(y) * 60 + pixel(x)]);
    let features = Patch::sample(&speckled, at(30.5, 30.5), SAME, 24).unwrap().features(0.7, 1);
    let template = Template::new(&features, 10, 5.0);
    let on = template.on(&features, (24, 24)).unwrap();
    assert!((on - 1.0).abs() < 1e-9, "{on}");
    let between = template.between(&features, (24.0, 24.0)).unwrap();
    assert!((between - 1.0).abs() < 1e-9, "{between}");
    assert!(template.on(&features, (27, 24)).unwrap() < 0.5);
    assert_eq!(template.on(&features, (9, 24)), None);
    assert_eq!(template.on(&features, (24, 39)), None);
    assert_eq!(template.between(&features, (24.0, 10.9)), None);
    assert_eq!(template.between(&features, (f64::NAN, 24.0)), None);
}

#[test]
fn the_quick_comparison_is_nearly_the_exact_one() {
    // The steepest there can be, and hardly anything.
    for (grey, tone) in [(127.5, 127.5), (60.0, 3.0)] {
        let mut random = Random(7);
        let values: Vec<f64> = (0..60 * 60).map(|_| random.uniform(-1.0, 1.0).signum()).collect();
        let pixel = |v: f64| (0..60).find(|n| num(*n) + 0.5 >= v).unwrap();
        let speckled = drawn(60, 60, |x, y| grey + tone * values[pixel(y) * 60 + pixel(x)]);
        let features = Patch::sample(&speckled, at(30.5, 30.5), SAME, 24).unwrap().features(0.7, 1);
        let template = Template::new(&features, 12, 6.0);
        // The second time the last ones touch the border.
        for n in [(19, 21), (22, 23)] {
            let heights = template.heights(&features, (13, 14), n);
            assert_eq!(heights.len(), n.0 * n.1);
            for (idx, height) in heights.into_iter().enumerate() {
                let exact = template.on(&features, (13 + idx % n.0, 14 + idx / n.0));
                let off = height.zip(exact).map_or(1.0, |(height, exact)| (height - exact).abs());
                assert!(off < 1e-3, "{height:?} and {exact:?}");
            }
        }
    }
}

#[test]
fn gradients_tell_edges_from_corners() {
    let tensor = |grey: fn(f64, f64) -> f64| {
        let patch = Patch::sample(&drawn(60, 60, grey), at(30.0, 30.0), SAME, 20).unwrap();
        Template::new(&patch.features(0.7, 1), 12, 6.0).gradients()
    };
    let (larger, smaller) = tensor(|x, _| if x > 30.0 { 200.0 } else { 50.0 });
    assert!(larger > 1e-3 && smaller < 1e-9, "{larger} {smaller}");
    let (larger, smaller) = tensor(|x, y| if x > 30.0 && y > 30.0 { 200.0 } else { 50.0 });
    assert!(smaller > 0.2 * larger, "{larger} {smaller}");
}
