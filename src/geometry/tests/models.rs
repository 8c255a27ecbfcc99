//! The models that bend, against other programs: `tests/fixtures/make_fits.py`.

use super::{Random, assert_near, at, face};
use crate::geometry::{
    FitError, Image, ImagePoint, Method, Model, Pair, Residuals, Similarity, Warp, fit,
};

#[derive(serde::Deserialize)]
struct Fixture {
    sets: Vec<Set>,
}

#[derive(serde::Deserialize)]
struct Set {
    a: Vec<(f64, f64)>,
    b: Vec<(f64, f64)>,
    smoothing: f64,
    rigid: [[f64; 3]; 2],
    similarity: [[f64; 3]; 2],
    affine: [[f64; 3]; 2],
    procrustes_distance: f64,
    at: Vec<(f64, f64)>,
    spline: Vec<(f64, f64)>,
    spline_left_out: Option<Vec<f64>>,
}

impl Set {
    fn pairs(&self) -> Vec<Pair> {
        let sides = self.a.iter().zip(&self.b);
        sides.map(|(a, b)| Pair::new(at(a.0, a.1), at(b.0, b.1))).collect()
    }

    fn spline_method(&self) -> Method {
        Method { model: Model::ThinPlateSpline, smoothing: self.smoothing }
    }
}

fn fixture() -> Vec<Set> {
    let text = include_str!("../../../tests/fixtures/fits.json");
    let sets = serde_json::from_str::<Fixture>(text).unwrap().sets;
    assert!(sets.len() >= 13, "ten random sets and three pairs of photographs");
    sets
}

/// Where a map `a_from_b` given by its matrix takes a point.
fn taken([x, y]: [[f64; 3]; 2], p: ImagePoint) -> ImagePoint {
    let row = |[mx, my, t]: [f64; 3]| mx * p.x + my * p.y + t;
    at(row(x), row(y))
}

#[test]
fn rigid_similarity_and_affine_agree_with_scikit_image_and_scipy_to_a_billionth() {
    for (idx, set) in fixture().iter().enumerate() {
        let expected = [
            (Model::Rigid, set.rigid),
            (Model::Similarity, set.similarity),
            (Model::Affine, set.affine),
        ];
        for (model, matrix) in expected {
            let map = fit(Method::of(model), &set.pairs()).unwrap();
            for pair in set.pairs() {
                let off = map.unapply(pair.b).distance(taken(matrix, pair.b));
                let size = taken(matrix, pair.b).distance(at(0.0, 0.0)).max(1000.0);
                assert!(off < 1e-12 * size, "set {idx}, {}: {off:e} px", model.name());
            }
        }
    }
}

#[test]
fn the_procrustes_distance_agrees_with_scipy_whatever_the_model() {
    for set in fixture() {
        for model in [Model::Similarity, Model::Affine, Model::ThinPlateSpline] {
            let method = Method::of(model);
            let map = fit(method, &set.pairs()).unwrap();
            let residuals = Residuals::new(method, &map, &set.pairs(), None);
            let tolerance = if set.procrustes_distance < 1e-6 { 1e-6 } else { 1e-9 };
            assert_near(residuals.procrustes_distance.unwrap(), set.procrustes_distance, tolerance);
        }
    }
}

#[test]
fn a_spline_agrees_with_scipy_to_a_millionth_of_a_pixel() {
    for (idx, set) in fixture().iter().enumerate() {
        let map = fit(set.spline_method(), &set.pairs()).unwrap();
        for (place, expected) in set.at.iter().zip(&set.spline) {
            let off = map.apply(at(place.0, place.1)).distance(at(expected.0, expected.1));
            assert!(off < 1e-6, "set {idx}: {off:e} px");
        }
    }
}

#[test]
fn what_a_spline_says_of_a_pair_left_out_is_what_a_fit_without_it_says() {
    for (idx, set) in fixture().iter().enumerate() {
        let Some(expected) = &set.spline_left_out else { continue };
        let pairs = set.pairs();
        let map = fit(set.spline_method(), &pairs).unwrap();
        let residuals = Residuals::new(set.spline_method(), &map, &pairs, None);
        for ((found, expected), pair) in residuals.pairs.iter().zip(expected).zip(&pairs) {
            let in_b = found.leave_one_out.unwrap() * map.scale_near(pair.a);
            assert!((in_b - expected).abs() < 1e-6, "set {idx}: {in_b} where {expected} is right");
        }
    }
}

#[test]
fn a_spline_without_smoothing_passes_through_every_pair_and_with_much_of_it_is_affine() {
    let b: Vec<_> = face();
    let mut random = Random(7);
    let pairs: Vec<_> = b
        .iter()
        .map(|p| {
            let (dx, dy) = random.normal(12.0);
            Pair::new(at(1.4 * p.x + 0.2 * p.y + dx, 1.3 * p.y + dy), *p)
        })
        .collect();
    let exact = Method::of(Model::ThinPlateSpline);
    let map = fit(exact, &pairs).unwrap();
    for pair in &pairs {
        assert!(map.apply(pair.a).distance(pair.b) < 1e-8);
    }
    let residuals = Residuals::new(exact, &map, &pairs, None);
    assert_eq!(residuals.rms, None, "an exact fit says nothing");
    assert!(residuals.leave_one_out_rms.unwrap() > 5.0);
    let stiff = Method { smoothing: 1e12, ..exact };
    let stiff_map = fit(stiff, &pairs).unwrap();
    // Straight lines stay straight.
    let middle = stiff_map.apply(at(500.0, 600.0));
    let ends = [stiff_map.apply(at(0.0, 0.0)), stiff_map.apply(at(1000.0, 1200.0))];
    let straight = at(f64::midpoint(ends[0].x, ends[1].x), f64::midpoint(ends[0].y, ends[1].y));
    assert!(middle.distance(straight) < 1e-3);
    assert!(Residuals::new(stiff, &stiff_map, &pairs, None).rms.unwrap() > 1.0);
}

#[test]
fn a_weight_of_two_is_the_same_pair_twice() {
    let b = face();
    let mut random = Random(11);
    let mut pairs: Vec<_> = b
        .iter()
        .map(|p| {
            let (dx, dy) = random.normal(6.0);
            Pair::new(at(0.8 * p.x - 0.3 * p.y + dx, 0.3 * p.x + 0.8 * p.y + dy), *p)
        })
        .collect();
    let mut twice = pairs.clone();
    twice.push(pairs[4]);
    pairs[4].weight = 2.0;
    for model in [Model::Translation, Model::Rigid, Model::Similarity, Model::Affine] {
        let weighed = fit(Method::of(model), &pairs).unwrap();
        let doubled = fit(Method::of(model), &twice).unwrap();
        let p = at(333.0, 777.0);
        assert!(weighed.apply(p).distance(doubled.apply(p)) < 1e-9, "{}", model.name());
    }
    // A spline cannot hold a pair twice; there the heavier pair is followed more closely.
    let smooth = Method { model: Model::ThinPlateSpline, smoothing: 2e4 };
    let off = |weight: f64| {
        pairs[4].distance(
            &fit(smooth, &{
                let mut pairs = pairs.clone();
                pairs[4].weight = weight;
                pairs
            })
            .unwrap(),
        )
    };
    assert!(off(10.0) < 0.5 * off(1.0));
}

#[test]
fn there_and_back_is_where_one_was() {
    for set in fixture() {
        for method in [Method::of(Model::Affine), set.spline_method()] {
            let inner: Similarity<Image, Image> =
                Similarity::about(1.7, 0.4, at(10.0, 20.0), at(300.0, 400.0));
            let map: Warp<Image> = fit(method, &set.pairs()).unwrap().after(inner);
            for pair in set.pairs() {
                let start = inner.inverse().apply(pair.a);
                let back = map.unapply(map.apply(start));
                assert!(back.distance(start) < 1e-6, "{}", back.distance(start));
            }
        }
    }
}

#[test]
fn the_derivative_is_what_small_steps_show() {
    let set = &fixture()[13];
    let map = fit(set.spline_method(), &set.pairs()).unwrap();
    for pair in set.pairs() {
        let p = pair.a.offset(3.0, -7.0);
        let near = map.near(p);
        for (dx, dy) in [(0.01, 0.0), (0.0, 0.01)] {
            let q = p.offset(dx, dy);
            assert!(map.apply(q).distance(near.apply(q)) < 1e-5);
        }
        assert_near(map.scale_near(p).powi(2), near.determinant(), 1e-9);
    }
}

#[test]
fn landmarks_that_cannot_be_fitted_are_refused_for_what_they_are() {
    let line: Vec<_> = (0..5)
        .map(|n| f64::from(n) * 100.0)
        .map(|x| Pair::new(at(x, 2.0 * x + 5.0), at(x, 2.0 * x)))
        .collect();
    for model in [Model::Affine, Model::ThinPlateSpline] {
        let error = fit(Method::of(model), &line).unwrap_err();
        assert!(matches!(error, FitError::Collinear { .. }), "{error}");
        let two = &line[..2];
        assert_eq!(fit(Method::of(model), two), Err(FitError::TooFewPairs));
    }
    let good: Vec<_> = face().into_iter().map(|p| Pair::new(p, p)).collect();
    let mut same_spot = good.clone();
    same_spot[3].a = same_spot[5].a;
    let spline = Method::of(Model::ThinPlateSpline);
    assert_eq!(fit(spline, &same_spot), Err(FitError::SameSpot));
    let mirrored: Vec<_> = good.iter().map(|p| Pair::new(p.a, at(2000.0 - p.b.x, p.b.y))).collect();
    for model in [Model::Rigid, Model::Similarity, Model::Affine, Model::ThinPlateSpline] {
        assert_eq!(fit(Method::of(model), &mirrored), Err(FitError::Mirrored), "{}", model.name());
    }
    let far: Vec<_> = good
        .iter()
        .map(|p| Pair::new(at(p.a.x + 1e9, p.a.y - 1e9), at(1e9 - p.b.y, 1e9 + p.b.x)))
        .collect();
    for model in [Model::Similarity, Model::Affine, Model::ThinPlateSpline] {
        let map = fit(Method::of(model), &far).unwrap();
        let worst = far.iter().map(|pair| pair.distance(&map)).fold(0.0, f64::max);
        assert!(worst < 1e-2, "{}: {worst}", model.name());
    }
}

#[test]
fn what_clicks_are_off_by_decides_no_map() {
    // On a slanted line but for rounding, and three marks level within a pixel.
    let rounded = |x: f64| (x * 1e4).round() / 1e4;
    let line: Vec<_> = (0..5)
        .map(|n| 37.123_456 * f64::from(n))
        .map(|x| at(rounded(x), rounded(0.437_291 * x)))
        .map(|p| Pair::new(p, at(p.x + 3.0, p.y + 1.0)))
        .collect();
    let level = [
        Pair::new(at(400.0, 300.0), at(300.0, 200.6)),
        Pair::new(at(700.0, 300.4), at(600.0, 200.0)),
        Pair::new(at(1000.0, 299.8), at(900.0, 201.0)),
    ];
    for model in [Model::Affine, Model::ThinPlateSpline] {
        for pairs in [&line[..], &level] {
            let error = fit(Method::of(model), pairs).unwrap_err();
            assert!(matches!(error, FitError::Collinear { .. }), "{}: {error}", model.name());
        }
    }
    assert!(fit(Method::of(Model::Similarity), &level).is_ok());
}

#[test]
fn a_spline_left_undetermined_by_the_rest_says_nothing_of_what_is_left_out() {
    let on_line = [(10.3, 20.7), (110.3, 70.7), (210.3, 120.7)].map(|(x, y)| at(x, y));
    let off = at(50.0, 380.0);
    let pairs: Vec<_> = on_line.into_iter().chain([off]).map(|p| Pair::new(p, p)).collect();
    let method = Method::of(Model::ThinPlateSpline);
    let map = fit(method, &pairs).unwrap();
    let residuals = Residuals::new(method, &map, &pairs, None);
    assert_eq!(residuals.pairs[3].leave_one_out, None, "the others lie on a line");
    assert_eq!(residuals.leave_one_out_rms, None);
}

#[test]
fn a_spline_counts_pairs_that_repeat_each_other_as_one() {
    let plain: Vec<_> = face().into_iter().map(|p| Pair::new(p, bent(p))).collect();
    let mut doubled = plain.clone();
    doubled.push(plain[4]);
    let method = Method { model: Model::ThinPlateSpline, smoothing: 0.0 };
    let (one, other) = (fit(method, &plain).unwrap(), fit(method, &doubled).unwrap());
    for p in [at(500.0, 420.0), at(900.0, 1000.0)] {
        assert!(one.apply(p).distance(other.apply(p)) < 1e-9);
    }
    let residuals = Residuals::new(method, &other, &doubled, None);
    assert_eq!(residuals.pairs.len(), doubled.len());
    assert_eq!(residuals.pairs[4].leave_one_out, None, "its twin stays");
    assert!(residuals.pairs[5].leave_one_out.is_some());
}

#[test]
fn very_much_smoothing_is_an_affine_map() {
    let pairs: Vec<_> = face().into_iter().map(|p| Pair::new(p, bent(p))).collect();
    let stiff = Method { model: Model::ThinPlateSpline, smoothing: 1e15 };
    let (stiff, affine) = (fit(stiff, &pairs).unwrap(), fit(Method::of(Model::Affine), &pairs));
    let affine = affine.unwrap();
    for pair in &pairs {
        let off = stiff.apply(pair.a).distance(affine.apply(pair.a));
        assert!(off < 0.5, "{off} px");
    }
}

/// Somewhere near, differently far for each place.
fn bent(p: ImagePoint) -> ImagePoint {
    at(0.9 * p.x + 8.0 * libm::sin(p.y / 90.0) + 40.0, 0.9 * p.y + 6.0 * libm::cos(p.x / 70.0))
}

/// Any landmarks, coincident and collinear ones among them, give a sound map or a reason.
#[test]
fn no_landmarks_give_a_map_that_is_no_number() {
    let mut random = Random(99);
    for round in 0..3000 {
        let n = round % 9;
        let mut place = || {
            let grid = if round % 2 == 0 { 4.0 } else { 0.001 };
            let axis = random.uniform(0.0, 4.0);
            let other = random.uniform(0.0, 4.0);
            at((axis / grid).floor() * grid * 100.0, (other / grid).floor() * grid * 100.0)
        };
        let pairs: Vec<_> = (0..n).map(|_| Pair::new(place(), place())).collect();
        for model in Model::ALL {
            let smoothing = f64::from(round % 3);
            let Ok(map) = fit(Method { model, smoothing }, &pairs) else { continue };
            assert!(map.is_valid());
            let method = Method { model, smoothing };
            let residuals = Residuals::new(method, &map, &pairs, Some(100.0));
            for pair in &residuals.pairs {
                assert!(pair.residual.is_finite(), "{pair:?} of {}", model.name());
                assert!(pair.leave_one_out.is_none_or(f64::is_finite), "{pair:?}");
            }
        }
    }
}

#[test]
fn pairs_of_equal_places_move_nothing_not_even_by_a_rounding() {
    let places = [(812.3, 90.7), (640.1, 711.9), (33.3, 402.2), (955.0, 871.1), (401.9, 256.6)];
    let pairs: Vec<Pair> = places.iter().map(|(x, y)| Pair::new(at(*x, *y), at(*x, *y))).collect();
    for (model, smoothing) in [
        (Model::Translation, 0.0),
        (Model::Rigid, 0.0),
        (Model::Similarity, 0.0),
        (Model::Affine, 0.0),
        (Model::ThinPlateSpline, 0.0),
        (Model::ThinPlateSpline, 40.0),
    ] {
        let map = fit(Method { model, smoothing }, &pairs).unwrap();
        for p in [at(0.5, 0.5), at(1.0 / 3.0, 700.0), at(1001.25, 17.0)] {
            assert_eq!((map.apply(p), map.unapply(p)), (p, p), "{model:?}");
        }
        let is_spline = model == Model::ThinPlateSpline;
        assert_eq!(map.is_affine(), !is_spline, "of its own kind");
    }
}
