//! Normalised cross-correlation (Lewis 1995) of a template with a region, on samples and between.
//!
//! Two correlations are mixed: that of luminance, means removed, and that of the gradient vectors,
//! which sees shapes where shading differs and the direction of edges. Samples count by a round
//! Gaussian window; those that either side does not cover do not count.

use super::patch::{Features, real};

/// The share of luminance in the mix; the rest is the gradients'.
const LUMA_SHARE: f64 = 0.4;
/// The share of the window that must be covered on both sides.
const MIN_SHARED: f64 = 0.5;
/// Variances of luminance and mean squares of gradients below this are rounding.
const NOTHING: f64 = 1e-9;

/// One sample of a template.
struct Sample {
    /// Column and row in the window.
    x: usize,
    y: usize,
    weight: f64,
    luma: f64,
    gradient: (f64, f64),
}

/// The middle of a patch, through a round window.
pub(super) struct Template {
    radius: usize,
    /// The covered samples.
    samples: Vec<Sample>,
    /// The weight of the whole window, covered or not.
    weight: f64,
}

impl Template {
    /// The middle of `features`: what lies within `radius` samples, weighed by a Gaussian of
    /// deviation `window` samples.
    pub(super) fn new(features: &Features, radius: usize, window: f64) -> Self {
        let first = features.middle() - radius;
        let reach = (real(radius) + 0.5) * (real(radius) + 0.5);
        // Far from zero the sums of squares would lose digits.
        let base = features.luma[features.middle() * (features.side + 1)];
        let (mut samples, mut sum) = (Vec::new(), 0.0);
        for (x, y) in (0..=2 * radius).flat_map(|y| (0..=2 * radius).map(move |x| (x, y))) {
            let (dx, dy) = (real(x) - real(radius), real(y) - real(radius));
            let square = dx * dx + dy * dy;
            if square > reach {
                continue;
            }
            let weight = libm::exp(-0.5 * square / (window * window));
            sum += weight;
            let at = (first + y) * features.side + first + x;
            if features.cover[at] > 0.0 {
                let (luma, gradient) = (features.luma[at] - base, features.gradient[at]);
                samples.push(Sample { x, y, weight, luma, gradient });
            }
        }
        Self { radius, samples, weight: sum }
    }

    /// The covered share of the window, 0 to 1.
    pub(super) fn coverage(&self) -> f64 {
        self.samples.iter().map(|sample| sample.weight).sum::<f64>() / self.weight
    }

    /// The larger and the smaller eigenvalue of the structure tensor: the mean square of the change
    /// a sample, across the main edge and along it. Zero of a template without samples.
    pub(super) fn gradients(&self) -> (f64, f64) {
        let (mut xx, mut xy, mut yy) = (0.0, 0.0, 0.0);
        for Sample { weight, gradient: (dx, dy), .. } in &self.samples {
            xx += weight * dx * dx;
            xy += weight * dx * dy;
            yy += weight * dy * dy;
        }
        let mean = f64::midpoint(xx, yy) / self.weight;
        let spread = libm::hypot((xx - yy) / 2.0, xy) / self.weight;
        (mean + spread, mean - spread)
    }

    /// The correlation with `region` when the template's middle lies on its sample `(x, y)`; `None`
    /// where the window leaves it or covers too little.
    pub(super) fn on(&self, region: &Features, (x, y): (usize, usize)) -> Option<f64> {
        let first = (x.checked_sub(self.radius)?, y.checked_sub(self.radius)?);
        if x.max(y) + self.radius >= region.side {
            return None;
        }
        let base = region.luma[y * region.side + x];
        let mut sums = Sums::default();
        for sample in &self.samples {
            let at = (first.1 + sample.y) * region.side + first.0 + sample.x;
            let luma = region.luma[at] - base;
            sums.add(sample, region.cover[at], luma, region.gradient[at]);
        }
        sums.mixed(self.weight)
    }

    /// The same with the middle at any place, in samples from the middle of the first; between
    /// samples the region is interpolated by the cubic of Catmull & Rom 1974.
    pub(super) fn between(&self, region: &Features, (x, y): (f64, f64)) -> Option<f64> {
        let least = real(self.radius + 1);
        if !(x >= least && y >= least && x.max(y) + least + 1.0 < real(region.side)) {
            return None;
        }
        let (column, row) = (libm::floor(x), libm::floor(y));
        let (x_taps, y_taps) = (cubic(x - column), cubic(y - row));
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "inside")]
        let (column, row) = (column as usize, row as usize);
        let base = region.luma[row * region.side + column];
        let first = (column - self.radius - 1, row - self.radius - 1);
        let mut sums = Sums::default();
        for sample in &self.samples {
            let corner = (first.1 + sample.y) * region.side + first.0 + sample.x;
            let (mut luma, mut gradient, mut cover) = (0.0, (0.0, 0.0), 1.0_f64);
            for (j, y_tap) in y_taps.iter().enumerate() {
                let start = corner + j * region.side;
                for (at, x_tap) in (start..start + 4).zip(&x_taps) {
                    let tap = x_tap * y_tap;
                    luma += tap * (region.luma[at] - base);
                    gradient.0 += tap * region.gradient[at].0;
                    gradient.1 += tap * region.gradient[at].1;
                    cover = cover.min(region.cover[at]);
                }
            }
            sums.add(sample, cover, luma, gradient);
        }
        sums.mixed(self.weight)
    }
}

/// The four weights of a place `share` of the way from the second to the third sample.
fn cubic(share: f64) -> [f64; 4] {
    let near = |x: f64| (1.5 * x - 2.5) * x * x + 1.0;
    let far = |x: f64| ((-0.5 * x + 2.5) * x - 4.0) * x + 2.0;
    [far(1.0 + share), near(share), near(1.0 - share), far(2.0 - share)]
}

/// Weighted sums over what both sides cover: of one template `t` and one region `r`.
#[derive(Default)]
struct Sums {
    weight: f64,
    t: f64,
    r: f64,
    tt: f64,
    rr: f64,
    tr: f64,
    /// Squared lengths and scalar products of the gradients.
    grad_tt: f64,
    grad_rr: f64,
    grad_tr: f64,
}

impl Sums {
    #[inline]
    fn add(&mut self, sample: &Sample, cover: f64, luma: f64, gradient: (f64, f64)) {
        let weight = sample.weight * cover;
        let (t, r) = (weight * sample.luma, weight * luma);
        let ((tx, ty), (rx, ry)) = (sample.gradient, gradient);
        self.weight += weight;
        self.t += t;
        self.r += r;
        self.tt += t * sample.luma;
        self.rr += r * luma;
        self.tr += t * luma;
        self.grad_tt += weight * (tx * tx + ty * ty);
        self.grad_rr += weight * (rx * rx + ry * ry);
        self.grad_tr += weight * (tx * rx + ty * ry);
    }

    /// Both correlations mixed, -1 to 1; zero for one whose side is even. `None` where less than
    /// enough of the `whole` window counts.
    fn mixed(&self, whole: f64) -> Option<f64> {
        if self.weight < MIN_SHARED * whole {
            return None;
        }
        let part = |sum: f64| sum / self.weight;
        let (t, r) = (part(self.t), part(self.r));
        let luma = ratio(part(self.tr) - t * r, part(self.tt) - t * t, part(self.rr) - r * r);
        let gradient = ratio(part(self.grad_tr), part(self.grad_tt), part(self.grad_rr));
        Some(LUMA_SHARE * luma + (1.0 - LUMA_SHARE) * gradient)
    }
}

/// A mean product by the root of both mean squares.
fn ratio(product: f64, one: f64, other: f64) -> f64 {
    if one > NOTHING && other > NOTHING { product / libm::sqrt(one * other) } else { 0.0 }
}
