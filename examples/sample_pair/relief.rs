//! The relief of the face: how far every point of the skin stands out towards the viewer.

use crate::lids;
use crate::maths::{Point, bell, bell2, curve, length, power, root, smooth};
use crate::nose;
use crate::shape::{
    CORNER, fold_core, fold_x, lips_inside, lower_inner, lower_outer, share, upper_inner,
    upper_outer, width_squared,
};

/// How far back the head's outline lies.
const EDGE: [(f64, f64); 8] = [
    (-2.2, -1.05),
    (-1.7, -0.92),
    (-1.1, -0.80),
    (-0.4, -0.76),
    (0.2, -0.73),
    (0.5, -0.66),
    (0.72, -0.54),
    (0.84, -0.44),
];

/// Square of how far the middle of the face stands out before its outline, without nose and chin.
const RISE_SQUARED: [(f64, f64); 11] = [
    (-2.2, 0.55),
    (-1.8, 1.00),
    (-1.45, 1.02),
    (-1.1, 0.80),
    (-0.7, 0.68),
    (-0.3, 0.72),
    (0.1, 0.72),
    (0.4, 0.50),
    (0.60, 0.38),
    (0.735, 0.20),
    (0.84, 0.0),
];

/// Height of the skin at a point inside the outline of the head; a point of the openings of eyes
/// and mouth has the height of the skin drawn over them.
pub(crate) fn skin(p: Point) -> f64 {
    /// Half the width over which broad forms pass through the middle.
    const MIDDLE: f64 = 0.07;
    let m = [p[0].abs(), p[1]];
    let b = [(p[0] * p[0] + MIDDLE * MIDDLE).sqrt() - 0.3 * MIDDLE, p[1]];
    let wide = width_squared(m[1]).max(1e-6);
    let rise = curve(&RISE_SQUARED, m[1]).max(0.0);
    let out = (1.0 - m[0] * m[0] / wide).max(0.0);
    let edge = smooth(0.0, 0.22, out);
    let head = curve(&EDGE, m[1]) + root(rise * out);
    let soft = head + edge * (brow(b) + cheek(b) + muzzle(m) + chin(b) + temple(m));
    let face = lids::with_lids(m, soft);
    nose::with_nose(p, face) + edge * (fold(m) + philtrum(m) + lips(m) + lines(m))
}

/// The ridge above the eyes and the hollow between them and the nose.
fn brow(m: Point) -> f64 {
    0.032 * bell2(m, [0.42, -1.46], 0.26, 0.095) + 0.030 * bell2(m, [0.70, -1.42], 0.16, 0.08)
        - 0.020 * bell2(m, [0.0, -1.62], 0.5, 0.10)
}

/// Cheekbone, the cheek raised by the smile and the hollow below it.
fn cheek(m: Point) -> f64 {
    /// Half axes of the apple of the cheek, which is flat on top and steep towards the fold.
    const APPLE: Point = [0.28, 0.225];
    // Outwards it runs on into the cheekbone.
    let wide = APPLE[0] + 0.13 * smooth(0.52, 0.80, m[0]);
    let apple = length((m[0] - 0.635) / wide, (m[1] + 0.635) / APPLE[1]);
    0.225 * libm::exp(-0.5 * power(apple, 2.8)) + 0.045 * bell2(m, [0.83, -0.86], 0.17, 0.13)
        - 0.022 * bell2(m, [0.88, -0.06], 0.12, 0.20)
        - 0.028 * bell2(m, [0.40, -0.88], 0.13, 0.10)
}

/// The swell over the teeth, and the dimples beside the mouth.
fn muzzle(m: Point) -> f64 {
    0.064 * bell2(m, [0.0, 0.04], 0.36, 0.25)
        - 0.030 * bell2(m, [0.570, 0.02], 0.060, 0.09)
        - 0.022 * bell2(m, [0.522, 0.004], 0.026, 0.030)
        + 0.012 * bell2(m, [0.72, 0.06], 0.13, 0.20)
        + 0.022 * bell2(m, [0.585, 0.012], 0.034, 0.055)
}

/// The chin and the furrow above it.
fn chin(m: Point) -> f64 {
    0.100 * bell2(m, [0.0, 0.58], 0.185, 0.110) - 0.020 * bell2(m, [0.30, 0.60], 0.08, 0.09)
        + 0.008 * bell2(m, [0.10, 0.62], 0.08, 0.09)
        - 0.006 * bell2(m, [0.0, 0.63], 0.025, 0.06)
        - 0.082 * bell2(m, [0.0, 0.350], 0.22, 0.052)
        + 0.030 * bell2(m, [0.36, 0.47], 0.14, 0.15)
}

/// The temple.
fn temple(m: Point) -> f64 {
    -0.045 * bell2(m, [0.93, -1.42], 0.10, 0.22)
}

/// The fold from the nose past the mouth: the cheek overhangs the upper lip.
fn fold(m: Point) -> f64 {
    let low = smooth(0.30, -0.14, m[1]);
    if low <= 0.0 || m[1] < -0.9 {
        return 0.0;
    }
    let across = m[0] - fold_x(m[1]);
    let over = smooth(-0.025, 0.095, across) * bell((across - 0.09).max(0.0) / 0.26);
    let crease = fold_core(m, 0.0065);
    low * (0.042 * over * smooth(-0.88, -0.36, m[1]) - 0.0065 * crease * smooth(-0.60, -0.46, m[1]))
}

/// The groove between nose and lip.
fn philtrum(m: Point) -> f64 {
    let along = smooth(-0.36, -0.28, m[1]) * smooth(-0.07, -0.12, m[1]);
    along * (0.005 * bell((m[0] - 0.062) / 0.030) - 0.008 * bell(m[0] / 0.036))
}

/// The lips: two pillows, their raised border and the roll into the mouth.
fn lips(m: Point) -> f64 {
    let inside = lips_inside(m);
    let taper = smooth(1.02, 0.86, share(m[0]));
    let border = 0.006 * bell((inside + 0.012) / 0.014) * taper;
    if inside <= 0.0 || m[0] >= CORNER {
        return border - 0.010 * bell(inside.min(0.0) / 0.05) * smooth(0.35, 0.6, m[0]);
    }
    let pillow = |t: f64| root(1.0 - (2.0 * t - 1.0) * (2.0 * t - 1.0));
    let (top, up) = (upper_outer(m[0]), upper_inner(m[0]));
    let (low, bottom) = (lower_inner(m[0]), lower_outer(m[0]));
    let upper = ((m[1] - top) / (up - top).max(1e-4)).max(0.0);
    let lower = ((bottom - m[1]) / (bottom - low).max(1e-4)).max(0.0);
    let tubercle = 0.018 * bell(m[0] / 0.06) + 0.004 * bell((m[0] - 0.2) / 0.1);
    let high = if upper < 1.0 {
        (0.036 + tubercle) * pillow(0.5 * upper * upper + 0.5 * upper)
            - 0.055 * smooth(0.72, 1.0, upper)
    } else if lower < 1.0 {
        (0.064 + 0.010 * bell((m[0] - 0.15) / 0.09)) * pillow(0.12 + 0.88 * lower.min(1.0))
            - 0.036 * smooth(0.0, 0.12, 0.12 - lower)
            - 0.060 * smooth(0.75, 1.0, lower)
    } else {
        -0.06
    };
    border + taper * high
}

/// Fine lines of the smile at the outer corners of the eyes and below them.
fn lines(m: Point) -> f64 {
    let fan = |angle: f64, long: f64, deep: f64| {
        let (dx, dy) = (m[0] - 0.80, m[1] + 1.10);
        let (c, s) = (libm::cos(angle), libm::sin(angle));
        let (along, across) = (dx * c + dy * s, dy * c - dx * s - 0.35 * dx * dx);
        -deep * bell(across / 0.008) * smooth(0.0, 0.04, along) * smooth(long, 0.4 * long, along)
    };
    fan(-0.42, 0.17, 0.0078)
        + fan(-0.02, 0.22, 0.0110)
        + fan(0.40, 0.21, 0.0100)
        + fan(0.78, 0.16, 0.0070)
}
