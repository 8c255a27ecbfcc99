//! What is compared of a patch: smoothed luminance and its gradient, laid out for vectors.

use std::cell::OnceCell;

use wide::{f32x8, i16x8};

use super::patch::{Patch, real};
use crate::raster::compiled_twice;

/// Samples that are read together.
pub(super) const LANES: usize = 8;
/// Samples that every plane has beyond its last one.
const BEYOND: usize = 2 * LANES;

/// What whole numbers stand for luminance and gradient in the quick comparison: both fill 15 bits,
/// the gradient reaching half as far.
pub(super) const QUICK_LUMA: f32 = 16_383.0;
pub(super) const QUICK_GRADIENT: f32 = 2.0 * QUICK_LUMA;

/// What is compared at each sample, plane by plane, row by row. Each plane goes on for some more
/// samples than there are, so that vectors may read beyond the last one.
#[derive(Clone)]
pub(super) struct Features {
    /// Samples a side, odd.
    pub(super) side: usize,
    /// Encoded luminance.
    pub(super) luma: Vec<f32>,
    /// 1 where it and its gradient are known, else 0: neither on the border nor beside what is not
    /// covered. Empty where they are known of all samples but those on the border.
    pub(super) cover: Vec<f32>,
    quick: OnceCell<Quick>,
}

/// Luminance, less that of the middle, and both gradients as whole numbers.
#[derive(Clone)]
pub(super) struct Quick {
    pub(super) planes: [Vec<i16>; 3],
}

impl Features {
    fn new(side: usize, luma: Vec<f32>, covered: Option<&[f32]>) -> Self {
        let cover = covered.map(|covered| {
            let is_inner = |n: usize| n > 0 && n + 1 < side;
            let is_known = |at: usize| {
                is_inner(at % side)
                    && is_inner(at / side)
                    && [at, at - 1, at + 1, at - side, at + side].iter().all(|n| covered[*n] > 0.0)
            };
            let known = (0..side * side).map(|at| f32::from(u8::from(is_known(at))));
            let mut cover: Vec<f32> = known.collect();
            cover.resize(luma.len(), 0.0);
            cover
        });
        Self::known(side, luma, cover)
    }

    /// Of planes that go on beyond the last sample; without `cover` where all is known.
    pub(super) fn known(side: usize, luma: Vec<f32>, cover: Option<Vec<f32>>) -> Self {
        Self { side, luma, cover: cover.unwrap_or_default(), quick: OnceCell::new() }
    }

    /// The change of luminance a sample, along x and y, by central differences; the sample may not
    /// lie on the border.
    pub(super) fn gradient(&self, at: usize) -> [f32; 2] {
        let change = |step: usize| (self.luma[at + step] - self.luma[at - step]) * 0.5;
        [change(1), change(self.side)]
    }

    /// The column and row of the middle sample.
    pub(super) const fn middle(&self) -> usize {
        self.side / 2
    }

    /// Whether luminance and gradient are known of all samples from `first` on, `side` on each axis.
    pub(super) fn is_known(&self, first: (usize, usize), side: (usize, usize)) -> bool {
        let is_inside = |first: usize, side: usize| first > 0 && first + side < self.side;
        if !is_inside(first.0, side.0) || !is_inside(first.1, side.1) {
            return false;
        }
        let mut rows = self.cover.chunks_exact(self.side).skip(first.1).take(side.1);
        rows.all(|row| row[first.0..first.0 + side.0].iter().all(|cover| *cover > 0.0))
    }

    /// Whether luminance and gradient are known of a sample.
    pub(super) fn is_covered(&self, at: usize) -> bool {
        if self.cover.is_empty() { !self.is_border(at) } else { self.cover[at] > 0.0 }
    }

    /// The same of samples from `at` on, as ones and zeros.
    pub(super) fn cover_from(&self, at: usize) -> f32x8 {
        let mut lanes = [0.0; LANES];
        if !self.cover.is_empty() {
            lanes.copy_from_slice(&self.cover[at..at + LANES]);
            return f32x8::new(lanes);
        }
        for (k, lane) in lanes.iter_mut().enumerate() {
            *lane = f32::from(u8::from(self.is_covered(at + k)));
        }
        f32x8::new(lanes)
    }

    fn is_border(&self, at: usize) -> bool {
        let (x, y) = (at % self.side, at / self.side);
        x == 0 || y == 0 || x + 1 >= self.side || y + 1 >= self.side
    }

    /// The luminance of the middle.
    pub(super) fn base(&self) -> f32 {
        self.luma[self.middle() * (self.side + 1)]
    }

    /// The same as whole numbers, made when it is first asked for.
    pub(super) fn quick(&self) -> &Quick {
        self.quick.get_or_init(|| {
            let n = self.luma.len();
            let base = vec![self.base(); n];
            let luma = whole(&self.luma, &base, QUICK_LUMA);
            let difference = |step: usize| {
                let (before, behind) = (&self.luma[..n - 2 * step], &self.luma[2 * step..]);
                let mut changes = vec![0; step];
                changes.append(&mut whole(behind, before, 0.5 * QUICK_GRADIENT));
                changes.resize(n, 0);
                changes
            };
            Quick { planes: [luma, difference(1), difference(self.side)] }
        })
    }
}

/// Differences as whole numbers; of those that fill no vector none is needed.
fn whole(values: &[f32], less: &[f32], scale: f32) -> Vec<i16> {
    let scale = f32x8::splat(scale);
    let mut out = Vec::with_capacity(values.len() + LANES);
    for (one, other) in values.as_chunks::<LANES>().0.iter().zip(less.as_chunks::<LANES>().0) {
        let lanes = ((f32x8::new(*one) - f32x8::new(*other)) * scale).fast_round_int();
        out.extend_from_slice(&i16x8::from_i32x8_saturate(lanes).to_array());
    }
    out.resize(values.len(), 0);
    out
}

impl Patch {
    /// What is compared of the patch, smoothed by a Gaussian of deviation `smooth` samples; every
    /// `step`-th sample is kept, the middle one among them.
    pub(super) fn features(&self, smooth: f64, step: usize) -> Features {
        let taps = gaussian(smooth);
        let middle = self.side / 2;
        let radius = middle / step;
        let kept = Kept { first: middle - radius * step, step, side: 2 * radius + 1 };
        let mut luma = smoothed(&self.luma, self.side, &taps, &kept);
        let Some(cover) = &self.cover else {
            // What the border takes away is the product of what it takes on both axes.
            let known = known(self.side, &taps);
            let gain: Vec<f32> = kept.places().map(|at| 1.0 / known[at]).collect();
            for (row, along_y) in luma.chunks_exact_mut(kept.side).zip(&gain) {
                row.iter_mut().zip(&gain).for_each(|(value, along_x)| *value *= along_x * along_y);
            }
            luma.resize(luma.len() + BEYOND, 0.0);
            return Features::new(kept.side, luma, None);
        };
        let known = smoothed(cover, self.side, &taps, &kept);
        for (value, known) in luma.iter_mut().zip(known) {
            *value = if known > 0.0 { *value / known } else { 0.0 };
        }
        luma.resize(luma.len() + BEYOND, 0.0);
        let rows = kept.places().map(|y| &cover[y * self.side..]);
        let cover: Vec<f32> = rows.flat_map(|row| kept.places().map(|x| row[x])).collect();
        Features::new(kept.side, luma, Some(&cover))
    }
}

/// The rows and columns that are kept.
struct Kept {
    first: usize,
    step: usize,
    /// How many.
    side: usize,
}

impl Kept {
    fn places(&self) -> impl Iterator<Item = usize> {
        (0..self.side).map(|n| self.first + n * self.step)
    }
}

/// The middle tap of a Gaussian and those of one side; all of them sum to one.
fn gaussian(deviation: f64) -> Vec<f32> {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a small count")]
    let n = libm::ceil(3.0 * deviation) as usize;
    let height = |k: usize| libm::exp(-0.5 * (real(k) / deviation) * (real(k) / deviation));
    let taps: Vec<f64> = (0..=n).map(height).collect();
    let sum = 2.0 * taps.iter().sum::<f64>() - taps[0];
    #[expect(clippy::cast_possible_truncation, reason = "weights are f32")]
    let taps = taps.iter().map(|tap| (tap / sum) as f32).collect();
    taps
}

compiled_twice! {
    /// Both axes smoothed, at the places that are kept; outside counts as zero.
    fn smoothed(values: &[f32], side: usize, taps: &[f32], kept: &Kept) -> Vec<f32> {
        let mut out = Vec::with_capacity(kept.side * kept.side + BEYOND);
        let reach = taps.len() - 1;
        let mut padded = vec![0.0; side + 2 * reach];
        let mut sums = vec![0.0; side];
        let nothing = vec![0.0; side];
        let row = |y: Option<usize>| {
            y.and_then(|y| values.get(y * side..(y + 1) * side)).unwrap_or(&nothing)
        };
        for y in kept.places() {
            let column = &mut padded[reach..reach + side];
            column.iter_mut().zip(row(Some(y))).for_each(|(sum, value)| *sum = taps[0] * value);
            add_sides(column, &taps[1..], |k| (row(y.checked_sub(k)), row(Some(y + k))));
            let near = |at: usize| &padded[at..at + side];
            sums.iter_mut().zip(near(reach)).for_each(|(sum, value)| *sum = taps[0] * value);
            add_sides(&mut sums, &taps[1..], |k| (near(reach - k), near(reach + k)));
            if kept.step == 1 {
                out.extend_from_slice(&sums[kept.first..kept.first + kept.side]);
            } else {
                out.extend(sums[kept.first..].iter().step_by(kept.step).take(kept.side));
            }
        }
        out
    }
}

/// What smoothing leaves of ones along one axis; outside counts as zero.
fn known(side: usize, taps: &[f32]) -> Vec<f32> {
    let beside = |n: usize| taps.iter().skip(1).take(n).sum::<f32>();
    (0..side).map(|at| taps[0] + beside(at) + beside(side - 1 - at)).collect()
}

/// Adds what lies to both sides, tap by tap from the first beside the middle on, weighed. Some taps are
/// added together, so that sums need not be fetched for each.
#[expect(clippy::inline_always, reason = "compiled anew for other vectors")]
#[inline(always)]
fn add_sides<'a>(sums: &mut [f32], taps: &[f32], sides: impl Fn(usize) -> (&'a [f32], &'a [f32])) {
    let (fours, rest) = taps.as_chunks::<4>();
    for (idx, taps) in fours.iter().enumerate() {
        add_some(sums, taps, [1, 2, 3, 4].map(|k| sides(4 * idx + k)));
    }
    let k = 4 * fours.len() + 1;
    match *rest {
        [a] => add_some(sums, &[a], [sides(k)]),
        [a, b] => add_some(sums, &[a, b], [sides(k), sides(k + 1)]),
        [a, b, c] => add_some(sums, &[a, b, c], [sides(k), sides(k + 1), sides(k + 2)]),
        _ => (),
    }
}

#[expect(clippy::inline_always, reason = "compiled anew for other vectors")]
#[inline(always)]
fn add_some<const N: usize>(sums: &mut [f32], taps: &[f32; N], sides: [(&[f32], &[f32]); N]) {
    let n = sums.len();
    let sides = sides.map(|(one, other)| (&one[..n], &other[..n]));
    let (blocks, rest) = sums.as_chunks_mut::<LANES>();
    let n_whole = blocks.len() * LANES;
    for (block, at) in blocks.iter_mut().zip((0..n).step_by(LANES)) {
        let mut sum = *block;
        for (tap, (one, other)) in taps.iter().zip(&sides) {
            let (one, other) = (&one[at..at + LANES], &other[at..at + LANES]);
            for lane in 0..LANES {
                sum[lane] += tap * (one[lane] + other[lane]);
            }
        }
        *block = sum;
    }
    for (sum, at) in rest.iter_mut().zip(n_whole..) {
        for (tap, (one, other)) in taps.iter().zip(&sides) {
            *sum += tap * (one[at] + other[at]);
        }
    }
}
