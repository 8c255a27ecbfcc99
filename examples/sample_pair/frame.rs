//! The form of the glasses: rims, bridge, arms, and how far they stand before the face.

use crate::maths::{Point, length, mix, smooth};
use crate::shape::{BRIDGE, BRIDGE_END, RIM, RIM_RADIUS};

/// Half the thickness of the rim.
pub(crate) const HALF: f64 = 0.0125;
/// How far the plane of the rims stands out.
pub(crate) const PLANE: f64 = 0.175;

/// Distance from a line of the frame, with the direction away from it.
pub(crate) struct Line {
    /// Distance from its middle.
    pub(crate) away: f64,
    /// Direction across it.
    pub(crate) across: Point,
    /// Half its thickness.
    pub(crate) half: f64,
}

/// Nearest line of the frame.
pub(crate) fn nearest(p: Point) -> Line {
    let mut best = rim(p);
    for line in [bridge(p), arm(p)] {
        if line.away - line.half < best.away - best.half {
            best = line;
        }
    }
    best
}

/// The rim on the side of the point.
pub(crate) fn rim(p: Point) -> Line {
    let (x, y) = (p[0] - RIM[0] * p[0].signum(), p[1] - RIM[1]);
    let r = length(x, y).max(1e-6);
    let d = r - RIM_RADIUS;
    let out = d.signum();
    Line { away: d.abs(), across: [out * x / r, out * y / r], half: HALF }
}

/// The bridge: an arc through its ends and its middle.
fn bridge(p: Point) -> Line {
    let rise = BRIDGE_END[1] - BRIDGE[1];
    let radius = (BRIDGE_END[0] * BRIDGE_END[0] + rise * rise) / (2.0 * rise);
    let (x, y) = (p[0], p[1] - BRIDGE[1] - radius);
    let r = length(x, y).max(1e-6);
    let beyond = (p[0].abs() - BRIDGE_END[0]).max(0.0) + (p[1] - BRIDGE_END[1]).max(0.0);
    let d = r - radius;
    Line {
        away: length(d, beyond),
        across: [d.signum() * x / r, d.signum() * y / r],
        half: HALF * 0.95,
    }
}

/// The hinge and the arm that runs back along the temple.
fn arm(p: Point) -> Line {
    let x = p[0].abs();
    let start = RIM[0] + RIM_RADIUS;
    let (from, to) = (
        [start - 0.008, RIM[1] - 0.10],
        [start + if p[0] < 0.0 { 0.40 } else { 0.22 }, RIM[1] - 0.155],
    );
    let t = ((x - from[0]) / (to[0] - from[0])).clamp(0.0, 1.0);
    let y = mix(from[1], to[1], t);
    let (dx, dy) = (x - mix(from[0], to[0], t), p[1] - y);
    Line {
        away: length(dx, dy),
        across: [0.0, dy.signum()],
        half: mix(HALF * 1.6, HALF * 0.95, smooth(0.06, 0.14, t)),
    }
}

/// Middle of the nose pad at positive x.
pub(crate) const PAD: Point = [0.142, -0.850];

/// Share of the way out of a nose pad: below 0 inside.
pub(crate) fn pad(m: Point) -> f64 {
    let (dx, dy) = (m[0] - PAD[0], m[1] - PAD[1]);
    let (u, v) = (dx * 0.955 - dy * 0.296, dx * 0.296 + dy * 0.955);
    length(u / 0.023, v / 0.054) - 1.0
}

/// Distance from the wire that holds a pad.
pub(crate) fn wire(m: Point) -> f64 {
    const FROM: Point = [PAD[0] + 0.004, PAD[1] - 0.020];
    const TO: Point = [0.155, -0.925];
    let t = ((m[0] - FROM[0]) / (TO[0] - FROM[0])).clamp(0.0, 1.0);
    let y = mix(FROM[1], TO[1], t) - 0.06 * t * (1.0 - t);
    length(m[0] - mix(FROM[0], TO[0], t), m[1] - y)
}
