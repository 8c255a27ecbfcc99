//! What carries the head: neck, shoulders and a knitted collar.

use crate::maths::{Point, bell, curve, root, smooth};

/// Half the neck's width at heights of the face.
const NECK: [(f64, f64); 7] =
    [(-0.2, 1.00), (0.4, 0.93), (0.9, 0.83), (1.15, 0.80), (1.4, 0.86), (1.6, 1.10), (1.9, 1.60)];
/// How far the front of the neck stands out.
const FRONT: [(f64, f64); 5] =
    [(0.5, -1.05), (0.85, -0.90), (1.05, -0.72), (1.3, -0.62), (1.8, -0.50)];

/// Height of the neck.
pub(crate) fn neck(p: Point) -> f64 {
    let wide = curve(&NECK, p[1]);
    let s = p[0] / wide;
    let side = p[0].abs() - curve(&[(0.8, 0.50), (1.2, 0.34), (1.6, 0.12)], p[1]);
    let line = -0.010 * bell((p[1] - 1.03 - 0.12 * p[0] * p[0]) / 0.010);
    let cord = line + 0.060 * bell(side / 0.075) * smooth(0.85, 1.1, p[1]);
    let hollow = -0.05 * bell(p[0] / 0.10) * smooth(1.2, 1.45, p[1]);
    curve(&FRONT, p[1]) - 0.55 * (1.0 - root(1.0 - s * s * s * s.abs())) + cord + hollow
}

/// Half the neck's width.
pub(crate) fn half_width(y: f64) -> f64 {
    curve(&NECK, y)
}

/// How far below the collar's upper edge a point lies; negative above it.
pub(crate) fn below_collar(p: Point) -> f64 {
    p[1] - 1.40 + 0.30 * p[0] * p[0]
}

/// Height of the cloth with its rolled edge and the ribs of its knit.
pub(crate) fn cloth(p: Point) -> f64 {
    let down = below_collar(p);
    let roll = 0.075 * root(1.0 - ((down - 0.055) / 0.055) * ((down - 0.055) / 0.055));
    let rest = 0.045 * smooth(0.08, 0.16, down);
    let shoulder = -0.62 * smooth(0.3, 1.6, p[0].abs()) + 0.10 * (down - 0.1).max(0.0);
    curve(&FRONT, p[1]) + shoulder + 0.04 + roll.max(rest)
}
