//! A region between its samples.

use wide::f32x8;

use super::{
    correlate::Template,
    features::{Features, LANES},
    patch::real,
    sums::{Lanes, Sums},
};

/// What lies round some places of a region, one column: interpolated along the rows by the cubic of
/// Catmull & Rom 1974.
pub(super) struct Resampled {
    /// The row of the region that is the first one here.
    top: usize,
    /// Samples a row, more than are needed.
    stride: usize,
    /// Luminance, both gradients, and what is covered.
    planes: [Vec<f32>; 4],
    /// Whether all of it and of the template is covered.
    is_whole: bool,
}

impl Resampled {
    /// For windows of `radius` samples whose middle is at column `x` and in one of the `rows`.
    /// `None` where they leave the
    /// region. What is covered is only known where a template or the region is not `is_whole`.
    pub(super) fn new(
        region: &Features,
        (radius, is_whole): (usize, bool),
        x: f64,
        rows: (f64, f64),
    ) -> Option<Self> {
        let least = real(radius + 1);
        let is_inside = |at: f64| at >= least && at + least + 1.0 < real(region.side);
        if !(is_inside(x) && is_inside(rows.0) && is_inside(rows.1)) {
            return None;
        }
        let (column, taps) = split(x);
        let (above, below) = (split(rows.0).0, split(rows.1).0);
        let (left, top) = (column - radius - 1, above - radius - 1);
        let n_rows = below + radius + 3 - top;
        let stride = (2 * radius + 1).next_multiple_of(LANES) + LANES;
        let length = 2 * radius + 4;
        let is_whole = is_whole && region.is_known((left, top), (length, n_rows));
        let mut planes = [(); 4].map(|()| vec![0.0; n_rows * stride]);
        let [dx, dy] = &region.gradient;
        let taps = taps.map(f32x8::splat);
        for (plane, values) in planes.iter_mut().zip([&region.luma, dx, dy]).take(3) {
            for (row, y) in plane.chunks_exact_mut(stride).zip(top..) {
                let from = &values[y * region.side + left..];
                interpolate(row, from, &taps);
            }
        }
        if !is_whole {
            for (row, y) in planes[3].chunks_exact_mut(stride).zip(top..) {
                let from = &region.cover[y * region.side + left..];
                for (least, taps) in row.iter_mut().zip(from.windows(4)).take(2 * radius + 1) {
                    *least = taps.iter().copied().fold(1.0, f32::min);
                }
            }
        }
        Some(Self { top, stride, planes, is_whole })
    }

    /// The sums with a template whose middle is in row `y`.
    pub(super) fn with(&self, template: &Template, y: f64) -> Sums {
        let (row, taps) = split(y);
        let first = row - template.radius - 1 - self.top;
        let middle = (row - self.top) * self.stride + template.radius;
        let base = f32x8::splat(self.planes[0][middle]);
        let taps = taps.map(f32x8::splat);
        let is_whole = self.is_whole;
        let mut lanes = Lanes::default();
        for (row, n) in template.rows.iter().zip(first..) {
            let length = LANES * row.lanes.len();
            let start = n * self.stride + row.first;
            let four = |plane| Four::new(plane, start, self.stride, length);
            let [luma, dx, dy, cover] = &self.planes;
            let (luma, dx, dy, cover) = (four(luma), four(dx), four(dy), four(cover));
            let weighed = &template.weighed[row.lanes.clone()];
            let plain = &template.plain[row.lanes.clone()];
            for (k, weighed) in weighed.iter().enumerate() {
                let luma = luma.mean(k, &taps) - base;
                let gradient = [dx.mean(k, &taps), dy.mean(k, &taps)];
                if is_whole {
                    lanes.add(weighed, luma, gradient);
                } else {
                    lanes.add_covered(weighed, &plain[k], cover.least(k), luma, gradient);
                }
            }
        }
        if is_whole { lanes.beside(&template.own) } else { lanes.sums() }
    }
}

impl Features {
    /// What lies `radius` samples round a place between samples. `None` where that leaves the region
    /// or touches its border.
    pub(super) fn between(&self, (x, y): (f64, f64), radius: usize) -> Option<Self> {
        // A template does not touch the border.
        let radius = radius + 1;
        let around = Resampled::new(self, (radius, self.is_whole), x, (y, y))?;
        let taps = split(y).1.map(f32x8::splat);
        let side = 2 * radius + 1;
        let mut planes = [0, 1, 2, 3].map(|plane| {
            let mut rows = Vec::with_capacity((side + 1) * around.stride);
            for n in 0..side {
                let four = Four::new(
                    &around.planes[plane],
                    n * around.stride,
                    around.stride,
                    around.stride,
                );
                let lanes = (0..around.stride / LANES)
                    .map(|k| if plane < 3 { four.mean(k, &taps) } else { four.least(k) });
                rows.extend(lanes.flat_map(f32x8::to_array).take(side));
            }
            rows
        });
        Some(Self::known(side, planes.each_mut().map(std::mem::take), around.is_whole))
    }
}

/// Four rows, one below the other.
struct Four<'a>([&'a [[f32; LANES]]; 4]);

impl<'a> Four<'a> {
    #[inline]
    fn new(plane: &'a [f32], start: usize, stride: usize, length: usize) -> Self {
        let row = |k: usize| plane[start + k * stride..][..length].as_chunks().0;
        Self([row(0), row(1), row(2), row(3)])
    }

    /// The weighted mean of some columns.
    #[inline]
    fn mean(&self, k: usize, taps: &[f32x8; 4]) -> f32x8 {
        let [a, b, c, d] = &self.0;
        let [a, b, c, d] = [f32x8::new(a[k]), f32x8::new(b[k]), f32x8::new(c[k]), f32x8::new(d[k])];
        (taps[0] * a + taps[1] * b) + (taps[2] * c + taps[3] * d)
    }

    /// The least of some columns.
    #[inline]
    fn least(&self, k: usize) -> f32x8 {
        let [a, b, c, d] = &self.0;
        let [a, b, c, d] = [f32x8::new(a[k]), f32x8::new(b[k]), f32x8::new(c[k]), f32x8::new(d[k])];
        a.min(b).min(c.min(d))
    }
}

/// Weighted means of four samples each, as many as `row` has room for or `from` has.
fn interpolate(row: &mut [f32], from: &[f32], taps: &[f32x8; 4]) {
    let n = row.len().min(from.len().saturating_sub(3)) / LANES * LANES;
    let shifted = |k: usize| from[k..k + n].as_chunks::<LANES>().0;
    let four = Four([shifted(0), shifted(1), shifted(2), shifted(3)]);
    for (k, out) in row.as_chunks_mut::<LANES>().0.iter_mut().enumerate().take(n / LANES) {
        *out = four.mean(k, taps).to_array();
    }
}

/// The sample before a place and the four weights round it.
fn split(at: f64) -> (usize, [f32; 4]) {
    let below = libm::floor(at);
    let share = at - below;
    let near = |x: f64| (1.5 * x - 2.5) * x * x + 1.0;
    let far = |x: f64| ((-0.5 * x + 2.5) * x - 4.0) * x + 2.0;
    let taps = [far(1.0 + share), near(share), near(1.0 - share), far(2.0 - share)];
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "inside")]
    let below = below as usize;
    #[expect(clippy::cast_possible_truncation, reason = "weights are f32")]
    let taps = taps.map(|tap| tap as f32);
    (below, taps)
}
