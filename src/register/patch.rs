//! A square of a picture on the working grid, and what is compared of it.

use crate::{
    geometry::{Affine, Image, ImagePoint, Kernel, Output},
    raster::{Picture, View, render_view},
};

/// What red, green and blue add to luminance (Rec. 709). The codes are not made linear: what gamma
/// does to them is nearly a gain within one patch, which correlation does not see.
const LUMA: [f64; 3] = [0.2126, 0.7152, 0.0722];

/// Takes steps of the working grid to steps in a picture, row-major.
pub(super) type Layer = [[f64; 2]; 2];

/// A small count as a number.
#[expect(clippy::cast_precision_loss, reason = "sides of patches are below 2^10")]
pub(super) const fn real(n: usize) -> f64 {
    n as f64
}

/// Encoded luminance round a place of a picture, which is the middle of the middle sample.
pub(super) struct Patch {
    /// Samples a side, odd.
    side: usize,
    /// 0 to 1, row by row; zero where the picture does not reach.
    luma: Vec<f64>,
    /// 1 where the picture covers the sample, else 0.
    cover: Vec<f64>,
}

impl Patch {
    /// Samples `picture` round `at`, `radius` samples to each side. `None` where the map or the
    /// place is not finite.
    pub(super) fn sample(
        picture: &Picture,
        at: ImagePoint,
        picture_from_work: Layer,
        radius: usize,
    ) -> Option<Self> {
        let side = 2 * radius + 1;
        let middle = real(side) / 2.0;
        let [[xx, xy], [yx, yy]] = picture_from_work;
        let map = Affine::<Image, Output>::from_matrix([
            [xx, xy, at.x - (xx + xy) * middle],
            [yx, yy, at.y - (yx + yy) * middle],
        ]);
        let view = View::new(map, Kernel::CatmullRom, (side, side));
        let shown = render_view(picture, &view, &|| false).ok()?;
        let (mut luma, mut cover) = (Vec::new(), Vec::new());
        for texel in shown.to_rgba8().as_chunks::<4>().0 {
            let is_covered = texel[3] > u8::MAX / 2;
            let sum: f64 = LUMA.iter().zip(texel).map(|(k, code)| k * f64::from(*code)).sum();
            luma.push(if is_covered { sum / 255.0 } else { 0.0 });
            cover.push(f64::from(u8::from(is_covered)));
        }
        Some(Self { side, luma, cover })
    }

    /// The part `radius` samples round the sample `(x, y)`; nothing is known outside of the patch.
    pub(super) fn part(&self, (x, y): (usize, usize), radius: usize) -> Self {
        let side = 2 * radius + 1;
        let mut part = Self { side, luma: vec![0.0; side * side], cover: vec![0.0; side * side] };
        for idx in 0..side * side {
            let (column, row) = (x + idx % side, y + idx / side);
            let (Some(column), Some(row)) = (column.checked_sub(radius), row.checked_sub(radius))
            else {
                continue;
            };
            if column < self.side && row < self.side {
                part.luma[idx] = self.luma[row * self.side + column];
                part.cover[idx] = self.cover[row * self.side + column];
            }
        }
        part
    }

    /// What is compared of the patch, smoothed by a Gaussian of deviation `smooth` samples; every
    /// `step`-th sample is kept, the middle one among them.
    pub(super) fn features(&self, smooth: f64, step: usize) -> Features {
        let taps = gaussian(smooth);
        let luma = smoothed(&self.luma, self.side, &taps);
        let known = smoothed(&self.cover, self.side, &taps);
        let middle = self.side / 2;
        let radius = middle / step;
        let side = 2 * radius + 1;
        let place = |n: usize| middle + n * step - radius * step;
        let places = (0..side * side).map(|idx| place(idx / side) * self.side + place(idx % side));
        let (luma, cover): (Vec<f64>, Vec<f64>) = places
            .map(|at| {
                let luma = if known[at] > 0.0 { luma[at] / known[at] } else { 0.0 };
                (luma, self.cover[at])
            })
            .unzip();
        Features::new(side, luma, &cover)
    }
}

/// What is compared at each sample: luminance and its gradient.
pub(super) struct Features {
    /// Samples a side, odd.
    pub(super) side: usize,
    /// Encoded luminance.
    pub(super) luma: Vec<f64>,
    /// Change of luminance a sample, along x and y, by central differences.
    pub(super) gradient: Vec<(f64, f64)>,
    /// 1 where both are known, else 0: neither on the border nor beside what is not covered.
    pub(super) cover: Vec<f64>,
}

impl Features {
    fn new(side: usize, luma: Vec<f64>, cover: &[f64]) -> Self {
        let mut known = vec![0.0; luma.len()];
        let mut gradient = vec![(0.0, 0.0); luma.len()];
        for y in 1..side.saturating_sub(1) {
            for at in y * side + 1..(y + 1) * side - 1 {
                let (left, right, above, below) = (at - 1, at + 1, at - side, at + side);
                if [at, left, right, above, below].iter().all(|idx| cover[*idx] > 0.0) {
                    known[at] = 1.0;
                    let dx = (luma[right] - luma[left]) / 2.0;
                    gradient[at] = (dx, (luma[below] - luma[above]) / 2.0);
                }
            }
        }
        Self { side, luma, gradient, cover: known }
    }

    /// The column and row of the middle sample.
    pub(super) const fn middle(&self) -> usize {
        self.side / 2
    }
}

/// The middle tap of a Gaussian and those of one side; all of them sum to one.
fn gaussian(deviation: f64) -> Vec<f64> {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a small count")]
    let n = libm::ceil(3.0 * deviation) as usize;
    let height = |k: usize| libm::exp(-0.5 * (real(k) / deviation) * (real(k) / deviation));
    let taps: Vec<f64> = (0..=n).map(height).collect();
    let sum = 2.0 * taps.iter().sum::<f64>() - taps[0];
    taps.iter().map(|tap| tap / sum).collect()
}

/// Both axes smoothed; outside counts as zero.
fn smoothed(values: &[f64], side: usize, taps: &[f64]) -> Vec<f64> {
    smoothed_rows(&smoothed_rows(values, side, taps), side, taps)
}

/// Rows smoothed and laid down as columns.
fn smoothed_rows(values: &[f64], side: usize, taps: &[f64]) -> Vec<f64> {
    let reach = taps.len() - 1;
    let mut out = vec![0.0; values.len()];
    let mut padded = vec![0.0; side + 2 * reach];
    let mut sums = vec![0.0; side];
    for (y, row) in values.chunks_exact(side).enumerate() {
        padded[reach..reach + side].copy_from_slice(row);
        sums.fill(0.0);
        for (k, tap) in taps.iter().enumerate() {
            // The middle tap meets its one value twice.
            let tap = if k == 0 { tap / 2.0 } else { *tap };
            let sides = padded[reach - k..].iter().zip(&padded[reach + k..]);
            for (sum, (left, right)) in sums.iter_mut().zip(sides) {
                *sum += tap * (left + right);
            }
        }
        for (x, sum) in sums.iter().enumerate() {
            out[x * side + y] = *sum;
        }
    }
    out
}
