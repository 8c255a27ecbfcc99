//! A region between its samples.

use wide::f32x8;

use super::{
    features::{Features, LANES},
    patch::real,
};

/// A region interpolated along its rows by the cubic of Catmull & Rom 1974, round one column.
pub(super) struct Column {
    /// The first column and row of the region that are here.
    first: (usize, usize),
    n_rows: usize,
    /// Samples a row.
    stride: usize,
    luma: Vec<f32>,
    /// What is covered; empty where all is.
    cover: Vec<f32>,
}

impl Column {
    /// Round the place `x`, for windows of `radius` samples whose middle is from one of the `rows`
    /// to the other. `None` where they leave the region.
    pub(super) fn new(
        region: &Features,
        radius: usize,
        x: f64,
        (above, below): (f64, f64),
    ) -> Option<Self> {
        let least = real(radius + 2);
        let is_inside = |at: f64| at >= least && at + least + 1.0 < real(region.side);
        if !(is_inside(x) && is_inside(above) && is_inside(below)) {
            return None;
        }
        let (column, taps) = split(x);
        let (above, below) = (split(above).0, split(below).0);
        // The gradient takes one sample more to each side, the cubic one before and two behind.
        let first = (column - radius - 2, above - radius - 2);
        let n_rows = below + radius + 4 - first.1;
        let length = 2 * radius + 3;
        let stride = length.next_multiple_of(LANES);
        let mut luma = vec![0.0; n_rows * stride];
        let taps = taps.map(f32x8::splat);
        let start = |y: usize| (first.1 + y) * region.side + first.0;
        for (y, row) in luma.chunks_exact_mut(stride).enumerate() {
            let four = Four::new(&region.luma[start(y)..], 1, stride);
            four.means(&taps, row);
        }
        let mut cover = Vec::new();
        if !region.is_known(first, (length + 3, n_rows)) {
            cover.resize(luma.len(), 0.0);
            for (y, row) in cover.chunks_exact_mut(stride).enumerate() {
                Four::new(&region.cover[start(y)..], 1, stride).least(row);
            }
        }
        Some(Self { first, n_rows, stride, luma, cover })
    }

    /// What lies `radius` samples round row `y`, with one more sample to each side, so that the
    /// middle is that of the result.
    pub(super) fn at(&self, y: f64, radius: usize) -> Features {
        let (row, taps) = split(y);
        let taps = taps.map(f32x8::splat);
        let side = 2 * radius + 3;
        let first = row - radius - 2 - self.first.1;
        debug_assert!(first + side + 3 <= self.n_rows);
        let means = |plane: &[f32], is_luma: bool| {
            let mut rows = vec![0.0; (side + 1) * side + self.stride];
            for y in 0..side {
                let four = Four::new(&plane[(first + y) * self.stride..], self.stride, self.stride);
                let row = &mut rows[y * side..y * side + self.stride];
                if is_luma { four.means(&taps, row) } else { four.least(row) }
            }
            rows
        };
        let cover = (!self.cover.is_empty()).then(|| means(&self.cover, false));
        Features::known(side, means(&self.luma, true), cover)
    }
}

/// Four neighbouring samples of each place of a row.
struct Four<'a>([&'a [[f32; LANES]]; 4]);

impl<'a> Four<'a> {
    /// Those that are `step` apart from each other.
    #[inline]
    fn new(plane: &'a [f32], step: usize, length: usize) -> Self {
        let row = |k: usize| plane[k * step..][..length].as_chunks().0;
        Self([row(0), row(1), row(2), row(3)])
    }

    /// Their weighted means.
    #[inline]
    fn means(&self, taps: &[f32x8; 4], row: &mut [f32]) {
        let [a, b, c, d] = self.0;
        let four = a.iter().zip(b).zip(c).zip(d);
        for (out, (((a, b), c), d)) in row.as_chunks_mut().0.iter_mut().zip(four) {
            let [a, b, c, d] = [f32x8::new(*a), f32x8::new(*b), f32x8::new(*c), f32x8::new(*d)];
            *out = ((taps[0] * a + taps[1] * b) + (taps[2] * c + taps[3] * d)).to_array();
        }
    }

    /// The least of them.
    fn least(&self, row: &mut [f32]) {
        let [a, b, c, d] = self.0;
        let four = a.as_flattened().iter().zip(b.as_flattened()).zip(c.as_flattened());
        for (out, (((a, b), c), d)) in row.iter_mut().zip(four.zip(d.as_flattened())) {
            *out = a.min(*b).min(c.min(*d));
        }
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
