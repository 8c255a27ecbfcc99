//! What is compared of a patch: smoothed luminance and its gradient, laid out for vectors.

use std::cell::OnceCell;

use wide::{f32x8, i16x8};

use super::patch::{Patch, real};

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
    /// Change of luminance a sample, along x and y, by central differences.
    pub(super) gradient: [Vec<f32>; 2],
    /// 1 where both are known, else 0: neither on the border nor beside what is not covered.
    pub(super) cover: Vec<f32>,
    /// Whether both are known of all samples but those on the border.
    pub(super) is_whole: bool,
    quick: OnceCell<Quick>,
}

/// Luminance, less that of the middle, and both gradients as whole numbers.
#[derive(Clone)]
pub(super) struct Quick {
    pub(super) planes: [Vec<i16>; 3],
}

impl Features {
    fn new(side: usize, luma: Vec<f32>, cover: Option<&[f32]>) -> Self {
        let n = luma.len();
        let mut features = Self {
            side,
            luma,
            gradient: [vec![0.0; n], vec![0.0; n]],
            cover: vec![0.0; n],
            is_whole: cover.is_none(),
            quick: OnceCell::new(),
        };
        for y in 1..side.saturating_sub(1) {
            features.differ(y);
            let row = y * side + 1..(y + 1) * side - 1;
            let Some(cover) = cover else {
                features.cover[row].fill(1.0);
                continue;
            };
            for at in row {
                let cross = [at, at - 1, at + 1, at - side, at + side];
                if cross.iter().all(|idx| cover[*idx] > 0.0) {
                    features.cover[at] = 1.0;
                } else {
                    features.gradient[0][at] = 0.0;
                    features.gradient[1][at] = 0.0;
                }
            }
        }
        features
    }

    /// Of planes that are known: luminance, both gradients, and what is covered.
    pub(super) fn known(side: usize, planes: [Vec<f32>; 4], is_whole: bool) -> Self {
        let [luma, dx, dy, cover] = planes.map(|mut plane| {
            plane.resize(side * side + BEYOND, 0.0);
            plane
        });
        let cover = if is_whole { vec![1.0; cover.len()] } else { cover };
        Self { side, luma, gradient: [dx, dy], cover, is_whole, quick: OnceCell::new() }
    }

    /// The gradients of one row that is not on the border.
    fn differ(&mut self, y: usize) {
        let side = self.side;
        let inner = y * side + 1..(y + 1) * side - 1;
        let [dx, dy] = &mut self.gradient;
        let row = &self.luma[y * side..(y + 1) * side];
        for ((dx, left), right) in dx[inner.clone()].iter_mut().zip(row).zip(&row[2..]) {
            *dx = (right - left) * 0.5;
        }
        let (above, below) = (&self.luma[(y - 1) * side + 1..], &self.luma[(y + 1) * side + 1..]);
        for ((dy, above), below) in dy[inner].iter_mut().zip(above).zip(below) {
            *dy = (below - above) * 0.5;
        }
    }

    /// The column and row of the middle sample.
    pub(super) const fn middle(&self) -> usize {
        self.side / 2
    }

    /// Whether luminance and gradient are known of all samples from `first` on, `side` on each axis.
    pub(super) fn is_known(&self, first: (usize, usize), side: (usize, usize)) -> bool {
        let is_inside = |first: usize, side: usize| first > 0 && first + side < self.side;
        self.is_whole && is_inside(first.0, side.0) && is_inside(first.1, side.1)
    }

    /// The luminance of the middle.
    pub(super) fn base(&self) -> f32 {
        self.luma[self.middle() * (self.side + 1)]
    }

    /// The same as whole numbers, made when it is first asked for.
    pub(super) fn quick(&self) -> &Quick {
        self.quick.get_or_init(|| {
            let whole = |values: &[f32], base: f32, scale: f32| -> Vec<i16> {
                let (base, scale) = (f32x8::splat(base), f32x8::splat(scale));
                let mut out = Vec::with_capacity(values.len() + LANES);
                for lanes in values.as_chunks::<LANES>().0 {
                    let lanes = ((f32x8::new(*lanes) - base) * scale).fast_round_int();
                    out.extend_from_slice(&i16x8::from_i32x8_saturate(lanes).to_array());
                }
                // Fewer than eight are left, and nothing reads them but without weight.
                out.resize(values.len(), 0);
                out
            };
            let [dx, dy] = &self.gradient;
            let luma = whole(&self.luma, self.base(), QUICK_LUMA);
            Quick { planes: [luma, whole(dx, 0.0, QUICK_GRADIENT), whole(dy, 0.0, QUICK_GRADIENT)] }
        })
    }
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
            let known = smoothed_row(&vec![1.0; self.side], &taps);
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

/// Both axes smoothed, at the places that are kept; outside counts as zero.
fn smoothed(values: &[f32], side: usize, taps: &[f32], kept: &Kept) -> Vec<f32> {
    let mut out = Vec::with_capacity(kept.side * kept.side + BEYOND);
    let reach = taps.len() - 1;
    let mut padded = vec![0.0; side + 2 * reach];
    let mut sums = vec![0.0; side];
    let row = |y: usize| &values[y * side..(y + 1) * side];
    for y in kept.places() {
        let column = &mut padded[reach..reach + side];
        column.iter_mut().zip(row(y)).for_each(|(sum, value)| *sum = taps[0] * value);
        for (k, tap) in taps.iter().enumerate().skip(1) {
            if k <= y && y + k < side {
                let sides = row(y - k).iter().zip(row(y + k));
                column
                    .iter_mut()
                    .zip(sides)
                    .for_each(|(sum, (one, other))| *sum += tap * (one + other));
            } else if k <= y || y + k < side {
                let one = row(if k <= y { y - k } else { y + k });
                column.iter_mut().zip(one).for_each(|(sum, one)| *sum += tap * one);
            }
        }
        smooth_row(&padded, taps, &mut sums);
        if kept.step == 1 {
            out.extend_from_slice(&sums[kept.first..kept.first + kept.side]);
        } else {
            out.extend(sums[kept.first..].iter().step_by(kept.step).take(kept.side));
        }
    }
    out
}

/// One row smoothed that has room for all taps on both sides.
fn smooth_row(padded: &[f32], taps: &[f32], sums: &mut [f32]) {
    let reach = taps.len() - 1;
    sums.iter_mut().zip(&padded[reach..]).for_each(|(sum, value)| *sum = taps[0] * value);
    for (k, tap) in taps.iter().enumerate().skip(1) {
        let sides = padded[reach - k..].iter().zip(&padded[reach + k..]);
        sums.iter_mut().zip(sides).for_each(|(sum, (left, right))| *sum += tap * (left + right));
    }
}

/// One row smoothed; outside counts as zero.
fn smoothed_row(values: &[f32], taps: &[f32]) -> Vec<f32> {
    let reach = taps.len() - 1;
    let mut padded = vec![0.0; values.len() + 2 * reach];
    padded[reach..reach + values.len()].copy_from_slice(values);
    let mut sums = vec![0.0; values.len()];
    smooth_row(&padded, taps, &mut sums);
    sums
}
