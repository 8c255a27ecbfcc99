//! Correlations at many neighbouring samples: products in whole numbers, eight at a time, and what
//! the region alone tells by running sums.
//!
//! They are off by less than a thousandth, which is enough to tell where to look more closely.
//! Whole numbers add up alike in any order.

use std::ops::Range;

use wide::{f32x4, f32x8, i16x8, i32x4};

use super::{
    correlate::Template,
    features::{Features, LANES, QUICK_GRADIENT, QUICK_LUMA},
    sums::{LUMA_SHARE, NOTHING},
};

/// The largest sum in a lane of 32 bits, and then some room for rounding.
const MOST_SUM: f32 = 2.0e9;
/// The largest number in a lane of 16 bits, and then some room.
const MOST: f32 = 32_000.0;
/// Places that one vector of sums is of.
const FOUR: usize = 4;

/// What a template is for the quick comparison.
#[derive(Default)]
pub(super) struct QuickTemplate {
    /// Weighed luminance, its mean removed, and both gradients.
    lanes: Vec<[i16x8; 3]>,
    /// What the sum of the luminance's numbers is, which rounding leaves.
    rest: f32,
    /// What products of luminance and of gradients are to be multiplied by.
    luma: f32,
    gradient: f32,
}

/// What the region alone tells, place by place: the weighted mean of luminance, its variance and
/// the mean square of the gradients.
struct Norms {
    mean: Vec<f32x4>,
    variance: Vec<f32x4>,
    gradient: Vec<f32x4>,
}

impl QuickTemplate {
    /// What `template`, whose own sums are known, is for it.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_precision_loss,
        reason = "f32 is exact enough here"
    )]
    pub(super) fn new(template: &Template) -> Self {
        let own = &template.own;
        let weight = own.weight.max(f64::MIN_POSITIVE);
        let mean = own.t / weight;
        let variance = own.tt / weight - mean * mean;
        let square = own.grad_tt / weight;
        let mean = f32x8::splat(mean as f32);
        let values = template.weighed.iter().map(|weighed| {
            let [dx, dy] = weighed.gradient;
            [weighed.luma - mean * weighed.weight, dx, dy]
        });
        let values: Vec<[f32x8; 3]> = values.collect();
        let scales = [scale(&values, 0..1), scale(&values, 1..3)];
        let lanes = values.iter().map(|[luma, dx, dy]| {
            let whole = |values: f32x8, scale: f32| {
                i16x8::from_i32x8_saturate((values * f32x8::splat(scale)).fast_round_int())
            };
            [whole(*luma, scales[0]), whole(*dx, scales[1]), whole(*dy, scales[1])]
        });
        let lanes: Vec<[i16x8; 3]> = lanes.collect();
        let rest: i32 = lanes.iter().flat_map(|[luma, ..]| luma.to_array()).map(i32::from).sum();
        let factor = |one: f64, scale: f32, whole: f32| {
            if one > NOTHING {
                (1.0 / (weight * libm::sqrt(one))) as f32 / (scale * whole)
            } else {
                0.0
            }
        };
        Self {
            lanes,
            rest: rest as f32 * QUICK_LUMA,
            luma: factor(variance, scales[0], QUICK_LUMA),
            gradient: factor(square, scales[1], QUICK_GRADIENT),
        }
    }
}

/// What values of some planes are to be multiplied by so that no sum of products with a region can
/// overflow, whatever the region shows. Two neighbouring values go into one lane.
fn scale(values: &[[f32x8; 3]], planes: Range<usize>) -> f32 {
    let (mut most, mut sums) = (f32x8::ZERO, f32x8::ZERO);
    for values in values.iter().flat_map(|values| &values[planes.clone()]) {
        most = most.max(values.abs());
        sums += values.abs();
    }
    let most = most.to_array().into_iter().fold(1e-9, f32::max);
    let pairs = sums.to_array();
    let sum = pairs.as_chunks::<2>().0.iter().map(|[one, other]| one + other).fold(1e-9, f32::max);
    (MOST / most).min(MOST_SUM / (sum * (QUICK_LUMA + 1.0)))
}

impl Template {
    /// The correlations with `region` when the template's middle lies on its sample `(x, y)` and on
    /// those to the right of it and below, `n` columns and rows of them, row by row.
    pub(super) fn heights(
        &self,
        region: &Features,
        (x, y): (usize, usize),
        n: (usize, usize),
    ) -> Vec<Option<f64>> {
        let around = 2 * self.radius;
        let first = (x.saturating_sub(self.radius), y.saturating_sub(self.radius));
        let is_whole = self.is_whole && region.is_known(first, (n.0 + around, n.1 + around));
        if !is_whole || x < self.radius || y < self.radius {
            let places = (0..n.0 * n.1).map(|idx| (x + idx % n.0, y + idx / n.0));
            return places.map(|place| self.on(region, place)).collect();
        }
        let norms = self.norms(region, first, n);
        let n_lanes = n.0.div_ceil(FOUR);
        let mut heights = Vec::with_capacity(n.0 * n.1);
        let mut products = Vec::new();
        for row in 0..n.1 {
            products.clear();
            for column in (0..n.0).step_by(5) {
                let first = (first.0 + column, first.1 + row);
                match n.0 - column {
                    1..=3 => products.extend(self.products::<3>(region, first)),
                    4 => products.extend(self.products::<4>(region, first)),
                    _ => products.extend(self.products::<5>(region, first)),
                }
            }
            products.resize(n_lanes * FOUR, [0.0; 2]);
            for (k, products) in products.as_chunks::<FOUR>().0.iter().enumerate() {
                let mixed = self.mixed(products, &norms, row * n_lanes + k);
                let n = FOUR.min(n.0 - k * FOUR);
                heights.extend(mixed.to_array()[..n].iter().map(|height| Some(f64::from(*height))));
            }
        }
        heights
    }

    /// Both correlations mixed, from sums of products and what the region alone tells `at` a place.
    fn mixed(&self, products: &[[f32; 2]; FOUR], norms: &Norms, at: usize) -> f32x4 {
        let quick = &self.quick;
        let [a, b, c, d] = *products;
        let (lumas, gradients) =
            (f32x4::new([a[0], b[0], c[0], d[0]]), f32x4::new([a[1], b[1], c[1], d[1]]));
        let products = lumas - norms.mean[at] * f32x4::splat(quick.rest);
        let luma = ratio(products * f32x4::splat(quick.luma), norms.variance[at]);
        let gradient = ratio(gradients * f32x4::splat(quick.gradient), norms.gradient[at]);
        #[expect(clippy::cast_possible_truncation, reason = "a share")]
        let share = LUMA_SHARE as f32;
        luma * f32x4::splat(share) + gradient * f32x4::splat(1.0 - share)
    }

    /// The sums of products of luminance and of gradients, the window's first sample being `first`
    /// and those to the right of it.
    #[inline(never)]
    fn products<const N: usize>(&self, region: &Features, first: (usize, usize)) -> [[f32; 2]; N] {
        let planes = &region.quick().planes;
        let mut sums = [[i32x4::ZERO; 2]; N];
        for (row, n) in self.rows.iter().zip(first.1..) {
            let start = n * region.side + first.0 + row.first;
            let length = LANES * row.lanes.len();
            let end = start + length + LANES;
            let [luma, dx, dy] = planes;
            let (luma, dx, dy) = (&luma[start..end], &dx[start..end], &dy[start..end]);
            for (k, template) in self.quick.lanes[row.lanes.clone()].iter().enumerate() {
                let (luma, dx, dy) = (near(luma, k), near(dx, k), near(dy, k));
                for (place, sums) in sums.iter_mut().enumerate() {
                    sums[0] += template[0].dot(shifted(luma, place));
                    sums[1] += template[1].dot(shifted(dx, place));
                    sums[1] += template[2].dot(shifted(dy, place));
                }
            }
        }
        #[expect(clippy::cast_precision_loss, reason = "f32 is exact enough here")]
        let total = |lanes: i32x4| lanes.to_array().into_iter().map(i64::from).sum::<i64>() as f32;
        sums.map(|sums| sums.map(total))
    }

    /// What the region alone tells at `n` columns and rows of places, the first window beginning at
    /// the sample `first`.
    #[inline(never)]
    fn norms(&self, region: &Features, first: (usize, usize), n: (usize, usize)) -> Norms {
        let (radius, side) = (self.radius, region.side);
        let n_lanes = n.0.div_ceil(FOUR);
        let length = n_lanes * FOUR + 2 * radius;
        let mut values = [(); 3].map(|()| vec![0.0; length]);
        let middle = |first: usize, n: usize| first + radius + n / 2;
        let base = region.luma[middle(first.1, n.1) * region.side + middle(first.0, n.0)];
        // Of each row, its runs of each length.
        let mut runs = Vec::with_capacity((n.1 + 2 * radius) * n_lanes * (radius + 1));
        for y in 0..n.1 + 2 * radius {
            let start = (first.1 + y) * region.side + first.0;
            let row = |plane: &'_ Vec<f32>| start..(start + length).min(plane.len());
            let [luma, square, gradient] = &mut values;
            for (luma, value) in luma.iter_mut().zip(&region.luma[row(&region.luma)]) {
                *luma = value - base;
            }
            for (square, luma) in square.iter_mut().zip(&*luma) {
                *square = luma * luma;
            }
            // No window touches the border.
            let (left, above) = (&region.luma[start - 1..], &region.luma[start - side..]);
            let (right, below) = (&region.luma[start + 1..], &region.luma[start + side..]);
            let around = left.iter().zip(right).zip(above.iter().zip(below));
            for (square, ((left, right), (above, below))) in gradient.iter_mut().zip(around) {
                let (dx, dy) = (right - left, below - above);
                *square = 0.25 * (dx * dx + dy * dy);
            }
            for lane in 0..n_lanes {
                self.run(&values, lane * FOUR, &mut runs);
            }
        }
        let n_runs = self.spans.iter().filter(|rows| !rows.is_empty()).count();
        let summed = |idx| self.summed(&runs, (n_runs, n_lanes), idx);
        let sums: Vec<[f32x4; 3]> = (0..n.1 * n_lanes).map(summed).collect();
        self.norms_of(&sums, base - region.base())
    }

    /// Adds the weighted sums of a row of values, of each length that a row of the window has.
    #[inline(never)]
    fn run(&self, values: &[Vec<f32>; 3], at: usize, runs: &mut Vec<[f32x4; 3]>) {
        let middle = at + self.radius;
        let weight = f32x4::splat(self.window[0]);
        let [a, b, c] = values;
        let mut sums =
            [weight * load(a, middle), weight * load(b, middle), weight * load(c, middle)];
        for (half, (rows, weight)) in self.spans.iter().zip(&self.window).enumerate() {
            if half > 0 {
                let weight = f32x4::splat(*weight);
                for (sum, values) in sums.iter_mut().zip(values) {
                    *sum += weight * (load(values, middle - half) + load(values, middle + half));
                }
            }
            if !rows.is_empty() {
                runs.push(sums);
            }
        }
    }

    /// The sums of the window from those of its rows.
    #[inline(never)]
    fn summed(
        &self,
        runs: &[[f32x4; 3]],
        (n_runs, n_lanes): (usize, usize),
        idx: usize,
    ) -> [f32x4; 3] {
        let stride = n_runs * n_lanes;
        let mut at = (idx / n_lanes + self.radius) * stride + (idx % n_lanes + 1) * n_runs;
        let mut sums = [f32x4::ZERO; 3];
        for rows in self.spans.iter().rev().filter(|rows| !rows.is_empty()) {
            at -= 1;
            for dy in rows.clone() {
                let weight = f32x4::splat(self.window[dy]);
                let (above, below) = (&runs[at - dy * stride], &runs[at + dy * stride]);
                for (sum, (above, below)) in sums.iter_mut().zip(above.iter().zip(below)) {
                    *sum += weight * if dy == 0 { *above } else { *above + *below };
                }
            }
        }
        sums
    }

    /// Means and variances of sums; `base` is added to the mean.
    fn norms_of(&self, sums: &[[f32x4; 3]], base: f32) -> Norms {
        #[expect(clippy::cast_possible_truncation, reason = "f32 is exact enough here")]
        let share = f32x4::splat((1.0 / self.weight) as f32);
        let mean = |k: usize| sums.iter().map(move |sums| sums[k] * share);
        let variance = |(mean, square): (f32x4, f32x4)| square - mean * mean;
        Norms {
            mean: mean(0).map(|mean| mean + f32x4::splat(base)).collect(),
            variance: mean(0).zip(mean(1)).map(variance).collect(),
            gradient: mean(2).collect(),
        }
    }
}

/// Products by the root of the region's mean squares; zero where those are rounding.
#[inline]
fn ratio(products: f32x4, squares: f32x4) -> f32x4 {
    #[expect(clippy::cast_possible_truncation, reason = "a bound")]
    let nothing = f32x4::splat(NOTHING as f32);
    let least = squares.max(nothing);
    let ratio = products / least.sqrt();
    squares.simd_gt(nothing).select(ratio, f32x4::ZERO)
}

/// Samples from `at` on.
#[inline]
fn load(values: &[f32], at: usize) -> f32x4 {
    let mut lanes = [0.0; FOUR];
    lanes.copy_from_slice(&values[at..at + FOUR]);
    f32x4::new(lanes)
}

/// The samples that vector `k` of a row is of, and some more.
#[inline]
fn near(row: &[i16], k: usize) -> &[i16] {
    &row[k * LANES..(k + 2) * LANES]
}

/// One vector of them, from `place` on.
#[inline]
fn shifted(near: &[i16], place: usize) -> i16x8 {
    let mut lanes = [0; LANES];
    lanes.copy_from_slice(&near[place..place + LANES]);
    i16x8::new(lanes)
}
