//! The relief of the lids and the ball behind them.

use crate::maths::{Point, bell, bell2, larger, root, smooth, window};
use crate::shape::{PUPIL, eye_share, lid_lower, lid_upper};

/// Middle of the eyeball behind the pupil.
const BALL_Z: f64 = -0.245;
/// Radius of the eyeball.
pub(crate) const BALL: f64 = 0.224;
/// Thickness of a lid.
const LID: f64 = 0.026;
/// Radius of the iris.
pub(crate) const IRIS: f64 = 0.093;
/// How far the crease lies above the edge of the upper lid.
const CREASE: f64 = 0.052;

/// Height of the eyeball.
pub(crate) fn ball(m: Point) -> f64 {
    let (dx, dy) = (m[0] - PUPIL[0], m[1] - PUPIL[1]);
    let away = dx * dx + dy * dy;
    let clear = 0.024 * root(1.0 - away / (1.25 * IRIS * IRIS));
    BALL_Z + root(BALL * BALL - away) + clear
}

/// What sockets and lids make of the face, whose height without them is `face`.
pub(crate) fn with_lids(m: Point, face: f64) -> f64 {
    if m[1] < -1.6 || m[1] > -0.7 {
        return face;
    }
    let socket = face
        - 0.075 * bell2(m, [0.48, -1.20], 0.20, 0.095)
        - 0.070 * bell2(m, [0.245, -1.16], 0.085, 0.12)
        - 0.030 * bell2(m, [0.80, -1.12], 0.08, 0.10)
        - 0.008 * bell2(m, [0.50, -1.02], 0.22, 0.06);
    let (dx, dy) = (m[0] - PUPIL[0], 1.08 * (m[1] - PUPIL[1]));
    let away = dx * dx + dy * dy;
    let radius = BALL + LID;
    let reach = radius * radius;
    let shell = if away < 0.9 * reach {
        BALL_Z + (reach - away).sqrt()
    } else {
        BALL_Z + (0.1 * reach).sqrt() - (away - 0.9 * reach) * 2.2
    };
    larger(socket, shell, 0.15) + folds(m)
}

/// The crease of the upper lid with the fold above it, and the roll and furrows below the eye.
fn folds(m: Point) -> f64 {
    let e = eye_share(m[0]);
    let within = window(-0.92, 1.12, 0.16, e);
    if within <= 0.0 {
        return 0.0;
    }
    let x = m[0].clamp(0.320, 0.740);
    let above = m[1] - lid_upper(x) + CREASE * (1.0 - 0.25 * e * e);
    let crease = -0.016 * bell(above / 0.009);
    let fold = 0.024 * bell((above + 0.034) / 0.026) * smooth(-1.0, 0.2, e);
    let below = m[1] - lid_lower(x);
    let roll = 0.0042 * bell((below - 0.036) / 0.030) * smooth(1.3, 0.7, e.abs());
    let furrow = -0.0011 * bell((below - 0.082 - 0.02 * e) / 0.016);
    let second = -0.0015 * bell((below - 0.115 - 0.05 * e) / 0.010) * smooth(0.6, -0.6, e);
    within * (crease + fold + roll + furrow + second)
}
