//! The colours of a region: means and spread of its source pixels.

use crate::{
    geometry::ImagePoint,
    raster::{Lab, Picture, delta_e_2000},
};

/// A mean and how far values lie from it.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub struct Spread {
    /// The arithmetic mean.
    pub mean: f64,
    /// The standard deviation over the whole region; 0 of a single pixel.
    pub deviation: f64,
}

/// The colours of the source pixels whose centres lie in a region. They are taken at the source's own
/// resolution: a side with more pixels a face unit shows more of what is small, so that spreads of
/// sides unlike in resolution are not alike either.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RegionValues {
    /// How many pixels there are; transparent ones do not count.
    pub n_pixels: usize,
    /// Red, green and blue: 8-bit sRGB codes.
    pub rgb: [Spread; 3],
    /// L*, a* and b* (CIE 1976, D65) of each pixel, then averaged.
    pub lab: [Spread; 3],
}

impl RegionValues {
    /// CIEDE2000 between the mean colours of two regions. It says nothing of how alike their pixels
    /// are one by one.
    #[must_use]
    pub fn delta_e_2000(&self, other: &Self) -> f64 {
        let mean = |of: &Self| Lab { l: of.lab[0].mean, a: of.lab[1].mean, b: of.lab[2].mean };
        delta_e_2000(mean(self), mean(other))
    }
}

/// Rows between two looks at whether to go on.
const BAND: usize = 64;

/// The values of the pixels of `picture` inside the closed `path`, by the even-odd rule; the part of
/// the path that lies outside of the picture holds none. `None` where no pixel's centre lies inside,
/// or when `is_cancelled` said so.
#[must_use]
pub fn region_values(
    picture: &Picture,
    path: &[ImagePoint],
    is_cancelled: &dyn Fn() -> bool,
) -> Option<RegionValues> {
    let (rows, mut sums) = (rows_of(picture, path)?, Sums::default());
    for (idx, y) in rows.enumerate() {
        if idx % BAND == 0 && is_cancelled() {
            return None;
        }
        for columns in spans(path, y, picture.width()) {
            for x in columns {
                if let Some([r, g, b, 1..=255]) = picture.rgba8_at(x, y) {
                    sums.add([r, g, b]);
                }
            }
        }
    }
    sums.values()
}

/// The rows of the picture whose centres a path may enclose.
fn rows_of(picture: &Picture, path: &[ImagePoint]) -> Option<std::ops::Range<usize>> {
    if !path.iter().all(|at| at.is_finite()) {
        return None;
    }
    let top = path.iter().map(|at| at.y).fold(f64::INFINITY, f64::min);
    let bottom = path.iter().map(|at| at.y).fold(f64::NEG_INFINITY, f64::max);
    Some(first_centre(top, picture.height())..first_centre(bottom, picture.height()))
}

/// The first pixel, at most `n`, whose centre does not lie before `edge`.
fn first_centre(edge: f64, n: usize) -> usize {
    #[expect(clippy::cast_precision_loss, reason = "pictures are small")]
    let end = n as f64;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped")]
    let idx = (edge - 0.5).ceil().clamp(0.0, end) as usize;
    idx
}

/// The pixels of a row whose centres lie inside the path, as ranges of columns.
fn spans(path: &[ImagePoint], y: usize, width: usize) -> Vec<std::ops::Range<usize>> {
    #[expect(clippy::cast_precision_loss, reason = "pictures are small")]
    let level = y as f64 + 0.5;
    let next = path.iter().cycle().skip(1);
    let mut crossings: Vec<f64> = path
        .iter()
        .zip(next)
        .filter(|(p, q)| (p.y <= level) != (q.y <= level))
        .map(|(p, q)| p.x + (q.x - p.x) * (level - p.y) / (q.y - p.y))
        .collect();
    crossings.sort_by(f64::total_cmp);
    let pairs = crossings.chunks_exact(2);
    pairs.map(|pair| first_centre(pair[0], width)..first_centre(pair[1], width)).collect()
}

/// Sums of values and of their squares.
#[derive(Default)]
struct Sums {
    n: usize,
    codes: [(u64, u64); 3],
    lab: [Welford; 3],
    /// The colour that was looked up last: neighbours are often equal.
    last: Option<([u8; 3], Lab)>,
}

/// A running mean and the sum of squares about it (Welford 1962).
#[derive(Clone, Copy, Default)]
struct Welford {
    mean: f64,
    squares: f64,
}

impl Sums {
    fn add(&mut self, codes: [u8; 3]) {
        let lab = match self.last {
            Some((last, lab)) if last == codes => lab,
            _ => Lab::of_srgb8(codes),
        };
        self.last = Some((codes, lab));
        self.n += 1;
        for (sums, code) in self.codes.iter_mut().zip(codes.map(u64::from)) {
            *sums = (sums.0 + code, sums.1 + code * code);
        }
        #[expect(clippy::cast_precision_loss, reason = "pixel counts are small")]
        let n = self.n as f64;
        for (sums, value) in self.lab.iter_mut().zip([lab.l, lab.a, lab.b]) {
            let off = value - sums.mean;
            sums.mean += off / n;
            sums.squares += off * (value - sums.mean);
        }
    }

    #[expect(clippy::cast_precision_loss, reason = "sums below 2^53 for any picture there is")]
    fn values(&self) -> Option<RegionValues> {
        let n = self.n as f64;
        let spread =
            |mean: f64, variance: f64| Spread { mean, deviation: libm::sqrt(variance.max(0.0)) };
        let rgb = self.codes.map(|(sum, squares)| {
            let mean = sum as f64 / n;
            spread(mean, squares as f64 / n - mean * mean)
        });
        let lab = self.lab.map(|sums| spread(sums.mean, sums.squares / n));
        (self.n > 0).then_some(RegionValues { n_pixels: self.n, rgb, lab })
    }
}
