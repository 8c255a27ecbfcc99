//! The top of a surface that is known at nine places.

/// A least-squares quadratic through a 3x3 neighbourhood.
#[derive(Clone, Copy, Debug)]
pub(super) struct Quadric {
    slope: (f64, f64),
    xx: f64,
    xy: f64,
    yy: f64,
}

impl Quadric {
    /// The quadratic through heights row by row, one step apart, its origin in the middle.
    pub(super) fn fit(heights: &[f64; 9]) -> Self {
        let [nw, n, ne, w, mid, e, sw, s, se] = *heights;
        Self {
            slope: ((ne + e + se - nw - w - sw) / 6.0, (sw + s + se - nw - n - ne) / 6.0),
            xx: (nw + ne + w + e + sw + se - 2.0 * (n + mid + s)) / 3.0,
            xy: (nw + se - ne - sw) / 4.0,
            yy: (nw + n + ne + sw + s + se - 2.0 * (w + mid + e)) / 3.0,
        }
    }

    /// How fast it falls off in the direction in which it does so least: the second derivative,
    /// with its sign turned. Not positive where there is no top.
    pub(super) fn least_bend(&self) -> f64 {
        -f64::midpoint(self.xx, self.yy) - libm::hypot((self.xx - self.yy) / 2.0, self.xy)
    }

    /// Where its top lies, in steps from the middle, no further than one step on each axis; without
    /// a top, half a step uphill.
    pub(super) fn top(&self) -> (f64, f64) {
        let (x, y) = self.slope;
        if self.least_bend() <= 0.0 {
            return (0.5 * sign(x), 0.5 * sign(y));
        }
        let det = self.xx * self.yy - self.xy * self.xy;
        let top = ((self.xy * y - self.yy * x) / det, (self.xy * x - self.xx * y) / det);
        (top.0.clamp(-1.0, 1.0), top.1.clamp(-1.0, 1.0))
    }
}

/// -1, 0 or 1.
fn sign(value: f64) -> f64 {
    if value == 0.0 { 0.0 } else { value.signum() }
}
