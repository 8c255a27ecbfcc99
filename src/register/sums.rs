//! The weighted sums that a correlation is made of.

use wide::f32x8;

use super::{
    correlate::{Plain, Weighed},
    features::LANES,
};

/// The share of luminance in the mix; the rest is the gradients'.
pub(super) const LUMA_SHARE: f64 = 0.4;
/// The share of the window that must be covered on both sides.
const MIN_SHARED: f64 = 0.5;
/// Variances of luminance and mean squares of gradients below this are rounding.
pub(super) const NOTHING: f64 = 1e-9;

/// Weighted sums over what both sides cover: of one template `t` and one region `r`.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Sums {
    pub(super) weight: f64,
    pub(super) t: f64,
    pub(super) r: f64,
    pub(super) tt: f64,
    pub(super) rr: f64,
    pub(super) tr: f64,
    /// Squared lengths and scalar products of the gradients.
    pub(super) grad_tt: f64,
    pub(super) grad_rr: f64,
    pub(super) grad_tr: f64,
}

impl Sums {
    /// Both correlations mixed, -1 to 1; zero for one whose side is even. `None` where less than
    /// enough of the `whole` window counts.
    pub(super) fn mixed(&self, whole: f64) -> Option<f64> {
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

/// The same sums, lane by lane.
#[derive(Clone, Copy, Default)]
pub(super) struct Lanes {
    weight: f32x8,
    t: f32x8,
    r: f32x8,
    tt: f32x8,
    rr: f32x8,
    tr: f32x8,
    grad_tt: f32x8,
    grad_rr: f32x8,
    grad_tr: f32x8,
}

impl Lanes {
    /// Adds samples of which both sides cover all; what the template alone tells is left out.
    #[inline]
    pub(super) fn add(&mut self, template: &Weighed, luma: f32x8, [dx, dy]: [f32x8; 2]) {
        let Weighed { weight, luma: t, gradient: [tx, ty] } = *template;
        let r = weight * luma;
        self.r += r;
        self.rr += r * luma;
        self.tr += t * luma;
        self.grad_rr += weight * dx * dx + weight * dy * dy;
        self.grad_tr += tx * dx + ty * dy;
    }

    /// Adds samples of which the region covers some.
    #[inline]
    pub(super) fn add_covered(
        &mut self,
        template: &Weighed,
        plain: &Plain,
        cover: f32x8,
        luma: f32x8,
        gradient: [f32x8; 2],
    ) {
        let Weighed { weight, luma: t, gradient: [tx, ty] } = *template;
        let both =
            Weighed { weight: weight * cover, luma: t * cover, gradient: [tx * cover, ty * cover] };
        self.add(&both, luma, gradient);
        self.weight += both.weight;
        self.t += both.luma;
        self.tt += both.luma * plain.luma;
        let [tx, ty] = both.gradient;
        self.grad_tt += tx * plain.gradient[0] + ty * plain.gradient[1];
    }

    /// All sums.
    pub(super) fn sums(&self) -> Sums {
        Sums {
            weight: total(self.weight),
            t: total(self.t),
            r: total(self.r),
            tt: total(self.tt),
            rr: total(self.rr),
            tr: total(self.tr),
            grad_tt: total(self.grad_tt),
            grad_rr: total(self.grad_rr),
            grad_tr: total(self.grad_tr),
        }
    }
}

/// The sums that a template has with a region which covers all of it, lane by lane, so written that
/// the compiler finds vectors as wide as the processor's.
#[derive(Clone, Copy, Default)]
pub(super) struct Whole {
    r: [f32; LANES],
    rr: [f32; LANES],
    tr: [f32; LANES],
    grad_rr: [f32; LANES],
    grad_tr: [f32; LANES],
}

impl Whole {
    /// Adds samples: luminance, less `base`, and that to the left, to the right, above and below.
    #[expect(clippy::inline_always, reason = "compiled anew for other vectors")]
    #[inline(always)]
    pub(super) fn add(
        &mut self,
        template: &Weighed,
        base: f32,
        (luma, left, right, above, below): Cross<'_>,
    ) {
        let (weight, t) = (template.weight.to_array(), template.luma.to_array());
        let [tx, ty] = template.gradient.map(f32x8::to_array);
        for k in 0..LANES {
            let luma = luma[k] - base;
            let (dx, dy) = ((right[k] - left[k]) * 0.5, (below[k] - above[k]) * 0.5);
            let r = weight[k] * luma;
            self.r[k] += r;
            self.rr[k] += r * luma;
            self.tr[k] += t[k] * luma;
            self.grad_rr[k] += weight[k] * dx * dx + weight[k] * dy * dy;
            self.grad_tr[k] += tx[k] * dx + ty[k] * dy;
        }
    }

    /// All sums beside those of the template alone.
    pub(super) fn beside(&self, own: &Sums) -> Sums {
        let Sums { weight, t, tt, grad_tt, .. } = *own;
        let total = |lanes: [f32; LANES]| total(f32x8::new(lanes));
        Sums {
            weight,
            t,
            r: total(self.r),
            tt,
            rr: total(self.rr),
            tr: total(self.tr),
            grad_tt,
            grad_rr: total(self.grad_rr),
            grad_tr: total(self.grad_tr),
        }
    }
}

type Cross<'a> =
    (&'a [f32; LANES], &'a [f32; LANES], &'a [f32; LANES], &'a [f32; LANES], &'a [f32; LANES]);

/// The sum of all lanes, always in the same order.
pub(super) fn total(lanes: f32x8) -> f64 {
    lanes.to_array().into_iter().map(f64::from).sum()
}
