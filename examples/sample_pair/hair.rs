//! What surrounds the face: hair, collar and the plain backdrop.

use crate::maths::{Point, Rgb, bell, mix, mix3, scale3, smooth};
use crate::noise::{layered, value};

/// How far out a point lies around the head: 0 on the line where hair begins.
fn round(p: Point) -> f64 {
    let up = ((-0.25 - p[1]) / 1.93).max(0.0);
    let bent = |v: f64| v * v * v.sqrt();
    (bent(p[0].abs() / 0.985) + bent(up) - 1.0) / 2.5
}

/// Inner edge of the hair: positive where hair covers the face.
fn inner(p: Point) -> f64 {
    let sway = if p[0] < 0.0 { 0.3 } else { 2.2 };
    let low = 0.05 * smooth(-0.2, 0.8, p[1]) + 0.17 * smooth(0.6, 1.7, p[1]);
    round(p) + low + 0.016 * libm::sin(p[1] * 2.9 + sway)
}

/// Outer edge of the hair: positive inside.
fn outer(p: Point) -> f64 {
    let sway = if p[0] < 0.0 { 0.4 } else { 1.9 };
    0.225 + 0.030 * libm::sin(p[1] * 2.3 + sway) + 0.035 * smooth(-0.3, 0.9, p[1]) - round(p)
}

/// Coordinates across and along the strands.
fn strands(p: Point) -> Point {
    // Strands follow both edges of the hair, and wander a little between them.
    let (from, to) = (inner(p), outer(p));
    let share = from / (from + to).max(0.05);
    let wave =
        0.010 * libm::sin(p[1] * 4.1 + p[0].signum()) + 0.008 * value([p[0] * 3.0, p[1] * 2.0], 41);
    [0.23 * share + wave + 3.0 * p[0].signum(), p[1]]
}

/// Cover and colour of the hair in front of the face.
pub(crate) fn front(p: Point) -> (f64, Rgb) {
    if inner(p) < -0.05 {
        return (0.0, [0.0; 3]);
    }
    let q = strands(p);
    let loose = 0.016 * value([q[0] * 150.0, q[1] * 2.2], 42)
        + 0.014 * value([q[0] * 43.0, q[1] * 1.3], 43);
    let cover =
        smooth(-0.010, 0.010, inner(p) + loose) * smooth(-0.006, 0.006, outer(p) + 0.5 * loose);
    if cover <= 0.0 {
        return (0.0, [0.0; 3]);
    }
    (cover, lock(p, q))
}

/// Colour of the hair at a point.
fn lock(p: Point, q: Point) -> Rgb {
    let fine = value([q[0] * 210.0, q[1] * 3.0], 44);
    let mid = value([q[0] * 74.0, q[1] * 1.7], 45);
    let broad = value([q[0] * 19.0, q[1] * 0.9], 46);
    let streak = 0.25 * fine + 0.35 * mid + 0.5 * broad;
    let band =
        bell((p[1] + 1.15 + 0.12 * broad) / 0.38) + 0.6 * bell((p[1] - 0.35 - 0.1 * broad) / 0.3);
    let depth = smooth(-0.02, 0.10, inner(p)) * smooth(-0.01, 0.08, outer(p));
    let left = if p[0] < 0.0 { 1.0 } else { 0.62 };
    let dark = scale3([0.030, 0.019, 0.013], (1.0 + 0.7 * streak).max(0.2));
    let shine = scale3([0.105, 0.068, 0.044], left * band * smooth(-0.25, 0.75, streak));
    scale3([dark[0] + shine[0], dark[1] + shine[1], dark[2] + shine[2]], mix(0.35, 1.0, depth))
}

/// Backdrop, with the hair that hangs behind the neck.
pub(crate) fn behind(p: Point) -> Rgb {
    let fall = 1.0 + 0.10 * layered([p[0] * 0.7 + 3.0, p[1] * 0.7], 2, 47) - 0.10 * p[0];
    let backdrop = scale3([0.285, 0.288, 0.295], fall);
    let q = strands(p);
    let loose = 0.012 * value([q[0] * 85.0, q[1] * 2.0], 48);
    mix3(backdrop, lock(p, q), smooth(-0.006, 0.006, outer(p) + loose))
}

/// Cover and colour of a knitted collar at the foot of the picture.
pub(crate) fn collar(p: Point) -> (f64, Rgb) {
    let edge = p[1] - 1.36 + 0.34 * p[0] * p[0];
    let knit = 0.5 + 0.5 * libm::sin(p[0] * 150.0 + 1.5 * libm::sin(p[1] * 75.0));
    let roll = bell((edge - 0.03) / 0.03);
    let tone = scale3([0.050, 0.060, 0.075], 0.8 + 0.25 * knit + 0.5 * roll);
    (smooth(-0.004, 0.004, edge), tone)
}
