//! Tests of the refinement. Truths are exact: copies are rendered through a known similarity, and
//! the bundled pair is two finishes of one drawn face under another.

mod copies;
mod faces;
mod parts;
mod refusals;
mod renders;
mod vectors;

use std::{path::Path, sync::LazyLock};

use super::{NoMatch, Refinement, refine};
use crate::{
    geometry::{Image, ImagePoint, Similarity},
    raster::{Picture, Pixels},
};

type Alignment = Similarity<Image, Image>;

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

    /// Normal with deviation 1.
    fn normal(&mut self) -> f64 {
        let length = libm::sqrt(-2.0 * libm::log(1.0 - self.uniform(0.0, 1.0)));
        length * libm::cos(self.uniform(0.0, std::f64::consts::TAU))
    }

    /// A place `distance` pixels from `at`, in any direction.
    fn beside(&mut self, at: ImagePoint, distance: f64) -> ImagePoint {
        let angle = self.uniform(0.0, std::f64::consts::TAU);
        at.offset(distance * libm::cos(angle), distance * libm::sin(angle))
    }
}

fn num(n: usize) -> f64 {
    f64::from(u32::try_from(n).unwrap())
}

fn at(x: f64, y: f64) -> ImagePoint {
    ImagePoint::new(x, y)
}

fn code(value: f64) -> u8 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped")]
    let code = value.round().clamp(0.0, 255.0) as u8;
    code
}

/// An opaque grey picture of a function of the pixel centre, 0 to 255.
fn drawn(width: usize, height: usize, grey: impl Fn(f64, f64) -> f64) -> Picture {
    let places = (0..width * height).map(|idx| (idx % width, idx / width));
    let pixels = places.map(|(x, y)| {
        let grey = code(grey(num(x) + 0.5, num(y) + 0.5));
        [grey, grey, grey, 255]
    });
    Picture::new(width, height, Pixels::Rgba8(pixels.collect())).unwrap()
}

/// One picture of the drawn pair, whose example faces are searched by.
fn sample(name: &str) -> Picture {
    picture_of(&Path::new("tests/fixtures/drawn").join(name))
}

fn picture_of(path: &Path) -> Picture {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    let decoded = image::open(path).unwrap().to_rgba8();
    let (width, height) = decoded.dimensions();
    let pixels = decoded.into_raw().as_chunks::<4>().0.to_vec();
    let [width, height] = [width, height].map(|n| usize::try_from(n).unwrap());
    Picture::new(width, height, Pixels::Rgba8(pixels)).unwrap()
}

/// A picture and its corners, most corner-like first.
struct Marked {
    picture: Picture,
    corners: Vec<ImagePoint>,
}

/// Both pictures of the bundled pair.
static PAIR: LazyLock<[Marked; 2]> = LazyLock::new(|| {
    ["a.jpg", "b.jpg"].map(|name| {
        let picture = sample(name);
        Marked { corners: corners(&picture), picture }
    })
});

/// Values smoothed along rows and columns by a Gaussian; edges repeat.
fn blurred(values: &[f64], width: usize, deviation: f64) -> Vec<f64> {
    let rows = blurred_rows(values, width, deviation);
    blurred_rows(&rows, values.len() / width, deviation)
}

/// Rows smoothed and laid down as columns.
fn blurred_rows(values: &[f64], width: usize, deviation: f64) -> Vec<f64> {
    let reach = (0_usize..100).find(|n| num(*n) >= 3.0 * deviation).unwrap();
    let taps: Vec<f64> = (0..=2 * reach)
        .map(|k| libm::exp(-0.5 * ((num(k) - num(reach)) / deviation).powi(2)))
        .collect();
    let whole: f64 = taps.iter().sum();
    let height = values.len() / width;
    let mut out = vec![0.0; values.len()];
    let mut sums = vec![0.0; width];
    for (y, row) in values.chunks_exact(width).enumerate() {
        let mut padded = vec![row[0]; reach];
        padded.extend_from_slice(row);
        padded.resize(width + 2 * reach, row[width - 1]);
        sums.fill(0.0);
        for (k, tap) in taps.iter().enumerate() {
            sums.iter_mut().zip(&padded[k..]).for_each(|(sum, value)| *sum += tap * value);
        }
        sums.iter().enumerate().for_each(|(x, sum)| out[x * height + y] = sum / whole);
    }
    out
}

/// The smaller eigenvalue of the structure tensor of every pixel, in squared codes a squared pixel.
fn cornerness(picture: &Picture) -> Vec<f64> {
    let (width, height) = (picture.width(), picture.height());
    let grey: Vec<f64> =
        picture.to_rgba8().as_chunks::<4>().0.iter().map(|texel| f64::from(texel[1])).collect();
    let grey = blurred(&grey, width, 0.8);
    let mut products = [(); 3].map(|()| vec![0.0; grey.len()]);
    for y in 1..height - 1 {
        for at in y * width + 1..(y + 1) * width - 1 {
            let dx = (grey[at + 1] - grey[at - 1]) / 2.0;
            let dy = (grey[at + width] - grey[at - width]) / 2.0;
            (products[0][at], products[1][at], products[2][at]) = (dx * dx, dx * dy, dy * dy);
        }
    }
    let [xx, xy, yy] = products.map(|values| blurred(&values, width, 2.0));
    let smaller =
        |at: usize| f64::midpoint(xx[at], yy[at]) - libm::hypot((xx[at] - yy[at]) / 2.0, xy[at]);
    (0..grey.len()).map(smaller).collect()
}

/// The corner-like places of a picture, at least 12 pixels apart and 60 off its border,
/// measured at half its resolution.
fn corners(picture: &Picture) -> Vec<ImagePoint> {
    let half = picture.half().unwrap();
    let (width, height) = (half.width(), half.height());
    let values = cornerness(half);
    let mut places: Vec<usize> = (0..values.len())
        .filter(|idx| (30..width - 30).contains(&(idx % width)))
        .filter(|idx| (30..height - 30).contains(&(idx / width)))
        .filter(|idx| values[*idx] > 20.0)
        .filter(|idx| {
            let round = [idx - width, idx - 1, idx + 1, idx + width];
            round.iter().all(|other| values[*other] <= values[*idx])
        })
        .collect();
    places.sort_by(|one, other| values[*other].total_cmp(&values[*one]));
    let mut found: Vec<ImagePoint> = Vec::new();
    for idx in places {
        let place = at(2.0 * num(idx % width) + 1.0, 2.0 * num(idx / width) + 1.0);
        if found.iter().all(|other| other.distance(place) >= 12.0) {
            found.push(place);
        }
    }
    found
}

/// How a run of trials went.
#[derive(Debug, Default)]
struct Tally {
    n: usize,
    matched: usize,
    /// Matches within 0.25 and 1 pixel of the truth.
    close: usize,
    near: usize,
}

impl Tally {
    fn add(&mut self, found: Result<Refinement, NoMatch>, truth: ImagePoint) {
        self.n += 1;
        let Ok(found) = found else { return };
        let off = found.at.distance(truth);
        self.matched += 1;
        self.close += usize::from(off <= 0.25);
        self.near += usize::from(off <= 1.0);
    }

    /// At least this many percent are matched; of these, so many lie within 0.25 and 1 px; and
    /// wrong matches are at most so many of all.
    #[track_caller]
    fn assert(&self, name: &str, [matched, close, near, wrong]: [f64; 4]) {
        let share = |part: usize, whole: usize| 100.0 * num(part) / num(whole);
        let told = format!("{name}: {self:?}");
        assert!(share(self.matched, self.n) >= matched, "matched, {told}");
        assert!(share(self.close, self.matched) >= close, "within 0.25 px, {told}");
        assert!(share(self.near, self.matched) >= near, "within 1 px, {told}");
        assert!(share(self.matched - self.near, self.n) <= wrong, "wrong, {told}");
    }
}
