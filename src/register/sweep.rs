//! Correlations at many neighbouring samples: products in whole numbers, eight at a time, and what
//! the region alone tells by running sums.
//!
//! They are off by less than a thousandth, which is enough to tell where to look more closely.
//! Whole numbers add up alike in any order.

use std::ops::Range;

use wide::{f32x8, i16x8};

use super::{
    correlate::Template,
    features::{Features, LANES, QUICK_GRADIENT, QUICK_LUMA},
    products::{PAIR, products},
    runs::{Three, runs, summed},
    sums::{LUMA_SHARE, NOTHING},
};

/// The largest sum in a lane of 32 bits, and then some room for rounding.
const MOST_SUM: f32 = 2.0e9;
/// The largest number in a lane of 16 bits, and then some room.
const MOST: f32 = 32_000.0;

/// What a template is for the quick comparison.
#[derive(Default)]
pub(super) struct QuickTemplate {
    /// Weighed luminance, its mean removed, and both gradients, row by row, two vectors of the
    /// template at once.
    pub(super) pairs: Vec<[[i16; PAIR]; 3]>,
    /// What the sum of the luminance's numbers is, which rounding leaves.
    rest: f32,
    /// What products of luminance and of gradients are to be multiplied by.
    luma: f32,
    gradient: f32,
}

/// What the region alone tells, place by place: the weighted mean of luminance, its variance and
/// the mean square of the gradients.
struct Norms {
    mean: Vec<f32x8>,
    variance: Vec<f32x8>,
    gradient: Vec<f32x8>,
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
        let rows = template.rows.iter().map(|row| &lanes[row.lanes.clone()]);
        let pairs = rows.flat_map(|row| row.chunks(2)).map(|pair| {
            let mut both = [[0; PAIR]; 3];
            for (half, lanes) in pair.iter().enumerate() {
                for (both, lanes) in both.iter_mut().zip(lanes) {
                    both[half * LANES..][..LANES].copy_from_slice(&lanes.to_array());
                }
            }
            both
        });
        Self {
            pairs: pairs.collect(),
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
        let n_lanes = n.0.div_ceil(LANES);
        let mut heights = Vec::with_capacity(n.0 * n.1);
        let mut row_products = Vec::new();
        for row in 0..n.1 {
            row_products.clear();
            for column in (0..n.0).step_by(5) {
                let first = (first.0 + column, first.1 + row);
                match n.0 - column {
                    1..=3 => row_products.extend(products::<3>(self, region, first)),
                    4 => row_products.extend(products::<4>(self, region, first)),
                    _ => row_products.extend(products::<5>(self, region, first)),
                }
            }
            row_products.resize(n_lanes * LANES, [0.0; 2]);
            for (k, products) in row_products.as_chunks::<LANES>().0.iter().enumerate() {
                let mixed = self.mixed(products, &norms, row * n_lanes + k);
                let n = LANES.min(n.0 - k * LANES);
                heights.extend(mixed.to_array()[..n].iter().map(|height| Some(f64::from(*height))));
            }
        }
        heights
    }

    /// Both correlations mixed, from sums of products and what the region alone tells `at` a place.
    fn mixed(&self, products: &[[f32; 2]; LANES], norms: &Norms, at: usize) -> f32x8 {
        let quick = &self.quick;
        let [lumas, gradients] = [0, 1].map(|k| f32x8::new(products.map(|products| products[k])));
        let products = lumas - norms.mean[at] * f32x8::splat(quick.rest);
        let luma = ratio(products * f32x8::splat(quick.luma), norms.variance[at]);
        let gradient = ratio(gradients * f32x8::splat(quick.gradient), norms.gradient[at]);
        #[expect(clippy::cast_possible_truncation, reason = "a share")]
        let share = LUMA_SHARE as f32;
        luma * f32x8::splat(share) + gradient * f32x8::splat(1.0 - share)
    }

    /// What the region alone tells at `n` columns and rows of places, the first window beginning at
    /// the sample `first`.
    fn norms(&self, region: &Features, first: (usize, usize), n: (usize, usize)) -> Norms {
        let radius = self.radius;
        let n_lanes = n.0.div_ceil(LANES);
        let middle = |first: usize, n: usize| first + radius + n / 2;
        let base = region.luma[middle(first.1, n.1) * region.side + middle(first.0, n.0)];
        let runs = runs(self, region, first, (n_lanes, n.1), base);
        let sums = summed(self, &runs, (n_lanes, n.1));
        self.norms_of(&sums, base - region.base())
    }

    /// Means and variances of sums; `base` is added to the mean.
    fn norms_of(&self, sums: &[Three], base: f32) -> Norms {
        #[expect(clippy::cast_possible_truncation, reason = "f32 is exact enough here")]
        let share = f32x8::splat((1.0 / self.weight) as f32);
        let mean = |k: usize| sums.iter().map(move |sums| f32x8::new(sums[k]) * share);
        let variance = |(mean, square): (f32x8, f32x8)| square - mean * mean;
        Norms {
            mean: mean(0).map(|mean| mean + f32x8::splat(base)).collect(),
            variance: mean(0).zip(mean(1)).map(variance).collect(),
            gradient: mean(2).collect(),
        }
    }
}

/// Products by the root of the region's mean squares; zero where those are rounding.
#[inline]
fn ratio(products: f32x8, squares: f32x8) -> f32x8 {
    #[expect(clippy::cast_possible_truncation, reason = "a bound")]
    let nothing = f32x8::splat(NOTHING as f32);
    let least = squares.max(nothing);
    let ratio = products / least.sqrt();
    squares.simd_gt(nothing).select(ratio, f32x8::ZERO)
}
