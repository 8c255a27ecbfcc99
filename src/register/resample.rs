//! A region between its samples.

use super::{
    features::{Features, LANES},
    patch::real,
};
use crate::raster::compiled_twice;

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
        let start = |y: usize| (first.1 + y) * region.side + first.0;
        means(
            &region.luma[start(0)..],
            (region.side, 1),
            &taps,
            (&mut luma, stride),
            (n_rows, stride),
        );
        let mut cover = Vec::new();
        if !region.is_known(first, (length + 3, n_rows)) {
            cover.resize(luma.len(), 0.0);
            for (y, row) in cover.chunks_exact_mut(stride).enumerate() {
                least_of_four(&region.cover[start(y)..], 1, row);
            }
        }
        Some(Self { first, n_rows, stride, luma, cover })
    }

    /// What lies `radius` samples round row `y`, with one more sample to each side, so that the
    /// middle is that of the result.
    pub(super) fn at(&self, y: f64, radius: usize) -> Features {
        let (row, taps) = split(y);
        let side = 2 * radius + 3;
        let first = row - radius - 2 - self.first.1;
        debug_assert!(first + side + 3 <= self.n_rows);
        let empty = || vec![0.0; (side + 1) * side + self.stride];
        let cover = (!self.cover.is_empty()).then(|| {
            let mut rows = empty();
            for y in 0..side {
                let plane = &self.cover[(first + y) * self.stride..];
                least_of_four(plane, self.stride, &mut rows[y * side..y * side + self.stride]);
            }
            rows
        });
        let (plane, steps) = (&self.luma[first * self.stride..], (self.stride, self.stride));
        let mut luma = empty();
        means(plane, steps, &taps, (&mut luma, side), (side, self.stride));
        Features::known(side, luma, cover)
    }
}

compiled_twice! {
    /// The weighted means of four neighbouring samples of each place of `n_rows` rows, which are `step`
    /// apart from each other as the rows are `stride`. Rows of means are written one after the other,
    /// `to` apart; what goes beyond that is written over by the next.
    fn means(
        plane: &[f32],
        steps: (usize, usize),
        taps: &[f32; 4],
        out: (&mut [f32], usize),
        size: (usize, usize),
    ) {
        let ((stride, step), (out, to), (n_rows, length)) = (steps, out, size);
        for y in 0..n_rows {
            let row = |k: usize| {
                plane[y * stride + k * step..][..length].as_chunks::<LANES>().0.iter()
            };
            let four = row(0).zip(row(1)).zip(row(2)).zip(row(3));
            let out = out[y * to..][..length].as_chunks_mut::<LANES>().0;
            for (out, (((a, b), c), d)) in out.iter_mut().zip(four) {
                for k in 0..LANES {
                    out[k] = (taps[0] * a[k] + taps[1] * b[k]) + (taps[2] * c[k] + taps[3] * d[k]);
                }
            }
        }
    }
}

/// The least of four neighbouring samples, `step` apart, of each place of a row.
fn least_of_four(plane: &[f32], step: usize, row: &mut [f32]) {
    for (x, out) in row.iter_mut().enumerate() {
        *out = [1, 2, 3].into_iter().fold(plane[x], |least, k| least.min(plane[x + k * step]));
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
