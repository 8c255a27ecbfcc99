//! The relief of the nose: bridge, tip, wings, partition and nostrils.

use crate::maths::{Point, bell, bell2, curve, hill, larger, length, power, root, smooth};
use crate::noise::value;

/// Height of the most forward point.
pub(crate) const TIP_Y: f64 = -0.482;
/// Middle of the wing at positive x.
pub(crate) const WING: Point = [0.188, -0.446];
/// Half axes of the wing.
pub(crate) const WING_SIZE: Point = [0.084, 0.086];
/// Middle of the nostril at positive x.
const NOSTRIL: Point = [0.102, -0.364];

/// How far the ridge stands out of the face along the middle.
const RIDGE: [(f64, f64); 16] = [
    (-1.72, 0.0),
    (-1.62, 0.0),
    (-1.50, 0.012),
    (-1.38, 0.045),
    (-1.22, 0.085),
    (-1.05, 0.145),
    (-0.85, 0.246),
    (-0.74, 0.296),
    (-0.64, 0.330),
    (-0.54, 0.352),
    (-0.47, 0.350),
    (-0.40, 0.275),
    (-0.345, 0.130),
    (-0.285, 0.026),
    (-0.23, 0.0),
    (-0.15, 0.0),
];

/// Half width of the ridge.
const RIDGE_WIDTH: [(f64, f64); 8] = [
    (-1.50, 0.150),
    (-1.30, 0.100),
    (-1.12, 0.090),
    (-0.94, 0.112),
    (-0.78, 0.114),
    (-0.62, 0.118),
    (-0.50, 0.120),
    (-0.30, 0.085),
];

/// What the nose adds to the face, whose height without it is `face`.
pub(crate) fn with_nose(p: Point, face: f64) -> f64 {
    let m = [p[0].abs(), p[1]];
    if m[1] < -1.72 || m[1] > -0.12 || m[0] > 0.6 {
        return face;
    }
    let high = curve(&RIDGE, m[1]);
    let wide = curve(&RIDGE_WIDTH, m[1]);
    // No ridge is drawn with a ruler.
    let bent = p[0] + 0.016 * value([m[1] * 5.3, 3.0], 71) + 0.007 * value([m[1] * 13.0, 5.0], 72);
    let across = libm::exp(-0.5 * power(bent.abs() / (1.20 * wide), 2.3));
    // The side walls run out into the cheek.
    let foot = bell(m[0] / (wide * 1.9)) * smooth(0.6, 0.35, m[0]);
    let mut z = face + high * (0.56 * across + 0.44 * foot);
    let ball = hill(m, [0.0, TIP_Y + 0.008], [0.136, 0.160], 0.458, 0.21);
    z = larger(z, ball, 0.36);
    // The lobes of the tip pass into each other.
    let twin = [(p[0] * p[0] + 0.0009).sqrt(), p[1]];
    let lobe = hill(twin, [0.036, TIP_Y + 0.012], [0.090, 0.090], 0.415, 0.14);
    z = larger(z, lobe, 0.34);
    z = larger(z, wing(m), 0.22);
    z - groove(m) + partition(m) - nostril(m)
}

/// How much lower the wing lies for each step outwards.
const LEAN: f64 = 0.38;

/// A point of the wing's surroundings, upright again.
fn upright(m: Point) -> Point {
    [m[0], m[1] - LEAN * (m[0] - WING[0])]
}

/// The point of the wing's outline in a direction, in radians.
pub(crate) fn wing_edge(angle: f64) -> Point {
    let (x, y) = (WING_SIZE[0] * libm::cos(angle), WING_SIZE[1] * libm::sin(angle));
    [WING[0] + x, WING[1] + y + LEAN * x]
}

/// The wing and how it passes into the tip.
fn wing(m: Point) -> f64 {
    let u = upright(m);
    let outer = hill(u, WING, WING_SIZE, 0.232, 0.180);
    let inner = hill(u, [0.108, -0.450], [0.115, 0.116], 0.272, 0.205);
    larger(outer, inner, 0.40)
}

/// Distance out of the wing's outline: 1 on its edge.
fn wing_share(m: Point) -> f64 {
    let u = upright(m);
    length((u[0] - WING[0]) / WING_SIZE[0], (u[1] - WING[1]) / WING_SIZE[1])
}

/// The crease round the wing, deepest above its back.
fn groove(m: Point) -> f64 {
    let s = wing_share(m);
    let back = smooth(0.15, 0.29, m[0]);
    let upper = smooth(-0.36, -0.46, m[1]);
    let behind = 0.034 * bell((s - 1.10) / 0.115) * back * (0.6 + 0.4 * upper);
    let above = 0.004 * bell2(m, [0.190, -0.570], 0.05, 0.04);
    behind + above
}

/// The partition between the nostrils with its foot.
fn partition(m: Point) -> f64 {
    0.066 * bell2(m, [0.0, -0.365], 0.036, 0.042) + 0.016 * bell2(m, [0.055, -0.328], 0.03, 0.022)
}

/// How far inside a nostril a point lies, in face units; negative outside.
pub(crate) fn inside_nostril(m: Point) -> f64 {
    let (dx, dy) = (m[0] - NOSTRIL[0], m[1] - NOSTRIL[1]);
    // Round beside the partition, drawn out to a point below the wing.
    let u = dx / 0.062;
    let arch = root(1.0 - u * u) * (1.0 - 0.38 * u);
    let (top, bottom) = (0.34 * dx - 0.029 * arch, 0.24 * dx + 0.024 * arch);
    // The rim overhangs sharply above; below, the floor runs out into the lip.
    let beside = 0.062 - dx.abs();
    (dy - top).min(0.34 * (bottom - dy)).min(beside)
}

/// How deep a nostril sinks, as far as light is concerned: its dark is painted.
fn nostril(m: Point) -> f64 {
    0.05 * smooth(-0.004, 0.016, inside_nostril(m))
}
