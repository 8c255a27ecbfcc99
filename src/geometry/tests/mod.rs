//! Tests of the maps, fits, residuals and regions.

mod fit;
mod flags;
mod models;
mod region;
mod residuals;
mod shape;
mod similarity;

use super::{Image, ImagePoint, Method, Model, Point, Residuals, Similarity, Warp};

type Pair = (ImagePoint, ImagePoint);
type Map = Similarity<Image, Image>;

fn at(x: f64, y: f64) -> ImagePoint {
    Point::new(x, y)
}

#[track_caller]
fn assert_near(found: f64, expected: f64, tolerance: f64) {
    let off = (found - expected).abs();
    assert!(off <= tolerance, "{found} where {expected} is expected, off by {off:e}");
}

#[track_caller]
fn assert_same_map(found: &Map, expected: &Map, tolerance: f64) {
    for (found, expected) in
        found.matrix().as_flattened().iter().zip(expected.matrix().as_flattened())
    {
        assert_near(*found, *expected, tolerance * expected.abs().max(1.0));
    }
}

/// A face of twelve points, none on a line with all the others.
fn face() -> Vec<ImagePoint> {
    let places = [
        (478.0, 946.0),
        (1058.0, 946.5),
        (460.6, 320.8),
        (1075.4, 321.2),
        (768.1, 671.4),
        (767.6, 898.4),
        (768.9, 1176.8),
        (605.6, 690.8),
        (930.4, 691.3),
        (449.0, 583.5),
        (1087.0, 582.9),
        (768.3, 266.2),
    ];
    places.into_iter().map(|(x, y)| at(x, y)).collect()
}

/// Pairs `(a, b)` whose A points are `map` of their B points.
fn pairs_through(map: &Map, b: &[ImagePoint]) -> Vec<Pair> {
    b.iter().map(|p| (map.apply(*p), *p)).collect()
}

/// The residuals of `a_from_b`, a fit of `model` to pairs that count alike.
fn residuals_of(model: Model, a_from_b: &Map, pairs: &[Pair], unit: Option<f64>) -> Residuals {
    let pairs: Vec<_> = pairs.iter().map(|(a, b)| super::Pair::new(*a, *b)).collect();
    Residuals::new(Method::of(model), &Warp::Similarity(a_from_b.inverse()), &pairs, unit)
}

/// The same numbers on every machine: `SplitMix64`, and Box & Muller 1958 for normal ones.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// Uniform in `[low, high)`.
    fn uniform(&mut self, low: f64, high: f64) -> f64 {
        let share = f64::from(u32::try_from(self.next() >> 32).unwrap()) / 4_294_967_296.0;
        low + share * (high - low)
    }

    /// A planar vector with this normal deviation on each axis.
    fn normal(&mut self, deviation: f64) -> (f64, f64) {
        let length = deviation * libm::sqrt(-2.0 * libm::log(1.0 - self.uniform(0.0, 1.0)));
        let angle = self.uniform(0.0, std::f64::consts::TAU);
        (length * libm::cos(angle), length * libm::sin(angle))
    }
}
