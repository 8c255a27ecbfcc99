//! Normalised cross-correlation (Lewis 1995) of a template with a region, on samples and between.
//!
//! Two correlations are mixed: that of luminance, means removed, and that of the gradient vectors,
//! which sees shapes where shading differs and the direction of edges. Samples count by a round
//! Gaussian window; those that either side does not cover do not count.

use std::ops::Range;

use wide::f32x8;

use crate::raster::compiled_twice;

use super::{
    features::{Features, LANES},
    patch::real,
    resample::Column,
    sums::{Lanes, Sums, Whole, total},
    sweep::QuickTemplate,
};

/// One row of the window.
pub(super) struct Row {
    /// Its first column.
    pub(super) first: usize,
    /// Where its lanes are.
    pub(super) lanes: Range<usize>,
}

/// Some samples of a row, weighed; what lies beside the row has no weight.
#[derive(Clone, Copy)]
pub(super) struct Weighed {
    pub(super) weight: f32x8,
    pub(super) luma: f32x8,
    pub(super) gradient: [f32x8; 2],
}

/// The same without the weight.
#[derive(Clone, Copy)]
pub(super) struct Plain {
    pub(super) luma: f32x8,
    pub(super) gradient: [f32x8; 2],
}

/// A round part of a patch.
pub(super) struct Template {
    pub(super) radius: usize,
    /// From top to bottom.
    pub(super) rows: Vec<Row>,
    pub(super) weighed: Vec<Weighed>,
    pub(super) plain: Vec<Plain>,
    pub(super) quick: QuickTemplate,
    /// By half the width of a row of the window: how far above and below the middle such rows are.
    pub(super) spans: Vec<Range<usize>>,
    /// The window's weights from the middle on, along either axis.
    pub(super) window: Vec<f32>,
    /// The weight of the whole window, covered or not.
    pub(super) weight: f64,
    /// Whether all of the window is covered.
    pub(super) is_whole: bool,
    /// The sums of the template with itself.
    pub(super) own: Sums,
}

impl Template {
    /// The middle of `features`: what lies within `radius` samples, weighed by a Gaussian of
    /// deviation `window` samples.
    pub(super) fn new(features: &Features, radius: usize, window: f64) -> Self {
        let middle = features.middle();
        Self::at(features, (middle, middle), radius, window)
    }

    /// The same round the sample `(x, y)`, around which `features` must reach `radius` samples.
    pub(super) fn at(
        features: &Features,
        (x, y): (usize, usize),
        radius: usize,
        window: f64,
    ) -> Self {
        #[expect(clippy::cast_possible_truncation, reason = "weights are f32")]
        let along = |n: usize| libm::exp(-0.5 * real(n) * real(n) / (window * window)) as f32;
        let mut template = Self {
            radius,
            rows: Vec::with_capacity(2 * radius + 1),
            weighed: Vec::new(),
            plain: Vec::new(),
            quick: QuickTemplate::default(),
            spans: spans(radius),
            window: (0..=radius).map(along).collect(),
            weight: 0.0,
            is_whole: features.is_known((x - radius, y - radius), (2 * radius + 1, 2 * radius + 1)),
            own: Sums::default(),
        };
        // Far from zero the sums of squares would lose digits.
        let base = features.luma[y * features.side + x];
        for dy in 0..=2 * radius {
            let half = half_width(radius, dy.abs_diff(radius));
            let from = template.weighed.len();
            let start = (y + dy - radius) * features.side + x - half;
            for at in (0..=2 * half).step_by(LANES) {
                let n = (2 * half + 1 - at).min(LANES);
                template.add(features, start + at, n, (half.abs_diff(at), at >= half, dy), base);
            }
            template.rows.push(Row { first: radius - half, lanes: from..template.weighed.len() });
        }
        template.own = template.with_itself();
        template.quick = QuickTemplate::new(&template);
        template
    }

    fn add(
        &mut self,
        features: &Features,
        at: usize,
        n: usize,
        (from_middle, is_right, dy): (usize, bool, usize),
        base: f32,
    ) {
        let along_y = self.window[dy.abs_diff(self.radius)];
        let mut weights = [0.0; LANES];
        for (k, weight) in weights.iter_mut().enumerate().take(n) {
            let dx = if is_right { from_middle + k } else { from_middle.abs_diff(k) };
            let whole = self.window[dx] * along_y;
            self.weight += f64::from(whole);
            *weight = if self.is_whole || features.is_covered(at + k) { whole } else { 0.0 };
        }
        let weight = f32x8::new(weights);
        let mut values = [[0.0; LANES]; 3];
        for (k, at) in (at..at + n).enumerate() {
            values[0][k] = features.luma[at] - base;
            if weights[k] > 0.0 {
                [values[1][k], values[2][k]] = features.gradient(at);
            }
        }
        let [luma, dx, dy] = values;
        let (luma, gradient) = (f32x8::new(luma), [f32x8::new(dx), f32x8::new(dy)]);
        self.plain.push(Plain { luma, gradient });
        let gradient = gradient.map(|values| weight * values);
        self.weighed.push(Weighed { weight, luma: weight * luma, gradient });
    }

    /// The covered share of the window, 0 to 1.
    pub(super) fn coverage(&self) -> f64 {
        self.own.weight / self.weight
    }

    /// The larger and the smaller eigenvalue of the structure tensor: the mean square of the change
    /// a sample, across the main edge and along it. Zero of a template without samples.
    pub(super) fn gradients(&self) -> (f64, f64) {
        let (mut xx, mut xy, mut yy) = (f32x8::ZERO, f32x8::ZERO, f32x8::ZERO);
        for (weighed, plain) in self.weighed.iter().zip(&self.plain) {
            xx += weighed.gradient[0] * plain.gradient[0];
            xy += weighed.gradient[0] * plain.gradient[1];
            yy += weighed.gradient[1] * plain.gradient[1];
        }
        let [xx, xy, yy] = [xx, xy, yy].map(total);
        let mean = f64::midpoint(xx, yy) / self.weight;
        let spread = libm::hypot((xx - yy) / 2.0, xy) / self.weight;
        (mean + spread, mean - spread)
    }

    /// The correlation with `region` when the template's middle lies on its sample `(x, y)`; `None`
    /// where the window leaves it or covers too little.
    pub(super) fn on(&self, region: &Features, (x, y): (usize, usize)) -> Option<f64> {
        let is_inside = x.min(y) >= self.radius && x.max(y) + self.radius < region.side;
        if !is_inside {
            return None;
        }
        let (first, length) = ((x - self.radius, y - self.radius), 2 * self.radius + 1);
        let is_whole = self.is_whole && region.is_known(first, (length, length));
        self.with(region, (x, y), is_whole).mixed(self.weight)
    }

    /// The same with the middle at any place, in samples from the middle of the first; between
    /// samples the region is interpolated by the cubic of Catmull & Rom 1974.
    pub(super) fn between(&self, region: &Features, (x, y): (f64, f64)) -> Option<f64> {
        Some(self.all_between(region, [x], [y])?[0][0])
    }

    /// The same at some columns of some rows, both from the least on.
    pub(super) fn all_between<const N: usize>(
        &self,
        region: &Features,
        columns: [f64; N],
        rows: [f64; N],
    ) -> Option<[[f64; N]; N]> {
        let mut heights = [[0.0; N]; N];
        for (idx, x) in columns.into_iter().enumerate() {
            let column = Column::new(region, self.radius, x, (rows[0], rows[N - 1]))?;
            for (y, row) in rows.iter().zip(&mut heights) {
                let near = column.at(*y, self.radius);
                row[idx] = self.on(&near, (near.middle(), near.middle()))?;
            }
        }
        Some(heights)
    }

    /// The sums of the template alone; what is not covered has no weight.
    fn with_itself(&self) -> Sums {
        let [mut weight, mut t, mut tt, mut grad_tt] = [f32x8::ZERO; 4];
        for (weighed, plain) in self.weighed.iter().zip(&self.plain) {
            weight += weighed.weight;
            t += weighed.luma;
            tt += weighed.luma * plain.luma;
            let [tx, ty] = weighed.gradient;
            grad_tt += tx * plain.gradient[0] + ty * plain.gradient[1];
        }
        let [weight, t, tt, grad_tt] = [weight, t, tt, grad_tt].map(total);
        Sums { weight, t, tt, grad_tt, ..Sums::default() }
    }

    /// The sums with `region` round its sample `(x, y)`, around which it must reach far enough; what
    /// is covered need not be asked where both are `is_whole`.
    fn with(&self, region: &Features, (x, y): (usize, usize), is_whole: bool) -> Sums {
        let first = (x - self.radius, y - self.radius);
        if is_whole {
            return whole_sums(self, region, first).beside(&self.own);
        }
        let base = f32x8::splat(region.luma[y * region.side + x]);
        let half = f32x8::splat(0.5);
        let mut lanes = Lanes::default();
        for (row, n) in self.rows.iter().zip(first.1..) {
            let start = n * region.side + first.0 + row.first;
            let [luma, left, right, above, below] = cross(region, start, LANES * row.lanes.len());
            let weighed = &self.weighed[row.lanes.clone()];
            let plain = &self.plain[row.lanes.clone()];
            for (k, weighed) in weighed.iter().enumerate() {
                let dx = (f32x8::new(right[k]) - f32x8::new(left[k])) * half;
                let dy = (f32x8::new(below[k]) - f32x8::new(above[k])) * half;
                let cover = region.cover_from(start + k * LANES);
                lanes.add_covered(weighed, &plain[k], cover, f32x8::new(luma[k]) - base, [dx, dy]);
            }
        }
        lanes.sums()
    }
}

/// Luminance from a sample on, and that beside, above and below. A window on the border has no weight
/// there.
#[expect(clippy::inline_always, reason = "compiled anew for other vectors")]
#[inline(always)]
fn cross(region: &Features, start: usize, length: usize) -> [&[[f32; LANES]]; 5] {
    let near = |start: usize| region.luma[start..][..length].as_chunks().0;
    let (left, right) = (near(start.saturating_sub(1)), near(start + 1));
    let above = near(start.saturating_sub(region.side));
    let below = near((start + region.side).min(region.luma.len() - length));
    [near(start), left, right, above, below]
}

compiled_twice! {
    /// The sums with a region that covers all of the window, whose first sample is `first`.
    fn whole_sums(template: &Template, region: &Features, first: (usize, usize)) -> Whole {
        let middle = template.radius * (region.side + 1);
        let base = region.luma[first.1 * region.side + first.0 + middle];
        let mut sums = Whole::default();
        for (row, n) in template.rows.iter().zip(first.1..) {
            let start = n * region.side + first.0 + row.first;
            let [luma, left, right, above, below] = cross(region, start, LANES * row.lanes.len());
            for (k, weighed) in template.weighed[row.lanes.clone()].iter().enumerate() {
                sums.add(weighed, base, (&luma[k], &left[k], &right[k], &above[k], &below[k]));
            }
        }
        sums
    }
}

/// How many columns a round window reaches to each side of its middle, `dy` rows off it.
fn half_width(radius: usize, dy: usize) -> usize {
    let is_within = |dx: &usize| 4 * (dx * dx + dy * dy) <= (2 * radius + 1).pow(2);
    (0..=radius).rev().find(is_within).unwrap_or(0)
}

/// For each half width, how far off the middle the rows are that have it.
fn spans(radius: usize) -> Vec<Range<usize>> {
    let mut spans = vec![0..0; radius + 1];
    let mut from = radius + 1;
    let mut next = 0;
    for dy in 0..=radius {
        let half = half_width(radius, dy);
        if half != from {
            (from, next) = (half, dy);
        }
        spans[half] = next..dy + 1;
    }
    spans
}
