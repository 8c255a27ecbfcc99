//! The geometry of the face that is seen in its plane: contours, centres and landmarks.
//!
//! These are the forms before the head is turned and the mouth drawn up and made smaller (`pose`).
//! The unit is the distance between their mouth corners and the origin the midpoint; x runs to the
//! right of the picture and y down. One unit is about 62 mm.

use crate::maths::{Point, bell, bell2, curve, length, root, smooth};
use crate::nose;
use crate::pose::{place, worn};

/// Half the mouth: the corners lie at plus and minus this x, at y = 0.
pub(crate) const CORNER: f64 = 0.5;
/// Pupil centre of the eye at positive x.
pub(crate) const PUPIL: Point = [0.53, -1.122];
/// Centre of the glasses' rim at positive x.
pub(crate) const RIM: Point = [0.500, -0.945];
/// Radius of the rim's centre line.
pub(crate) const RIM_RADIUS: f64 = 0.345;
/// Middle of the bridge of the glasses.
pub(crate) const BRIDGE: Point = [0.0, -1.088];
/// Where the bridge joins the rim at positive x.
pub(crate) const BRIDGE_END: Point = [0.170, -1.046];

/// Square of half the head's width at heights of the face; none below the chin.
const WIDTH_SQUARED: [(f64, f64); 17] = [
    (-2.4, 0.64),
    (-2.0, 0.90),
    (-1.7, 1.05),
    (-1.4, 1.15),
    (-1.1, 1.19),
    (-0.8, 1.19),
    (-0.5, 1.10),
    (-0.2, 0.945),
    (0.0, 0.825),
    (0.15, 0.750),
    (0.3, 0.635),
    (0.45, 0.475),
    (0.6, 0.310),
    (0.70, 0.205),
    (0.77, 0.120),
    (0.815, 0.054),
    (0.84, 0.0),
];

/// Square of half the head's width at a height; negative below the chin.
pub(crate) fn width_squared(y: f64) -> f64 {
    const CHIN: f64 = 0.84;
    if y < CHIN { curve(&WIDTH_SQUARED, y) } else { (CHIN - y) * 1.2 }
}

/// How far out a point lies in the face outline: 0 in the middle, 1 on the edge.
pub(crate) fn outline(p: Point) -> f64 {
    /// Near the chin the square of the width goes to none; what lies below stays well outside.
    const LEAST: f64 = 0.03;
    let wide = width_squared(p[1]);
    1.0 + (p[0] * p[0] - wide) / wide.max(LEAST)
}

/// How far past the outline of the face a point lies, roughly, in face units; negative inside.
pub(crate) fn past_jaw(p: Point) -> f64 {
    /// Twice the distance from the middle at which it is exact.
    const ACROSS: f64 = 1.4;
    (p[0] * p[0] - width_squared(p[1])) / ACROSS
}

/// Share of the way from the middle of the mouth to a corner, 0 to 1.
pub(crate) fn share(x: f64) -> f64 {
    (x.abs() / CORNER).min(1.0)
}

/// A line of the lips at distances from the middle; the first knot mirrors the third.
type LipLine = [(f64, f64); 11];

/// Upper border of the upper lip: the bow's dip, its peak, then almost straight to the corner.
const UPPER_OUTER: LipLine = [
    (-0.034, -0.09),
    (0.0, -0.078),
    (0.034, -0.09),
    (0.068, -0.1),
    (0.13, -0.094),
    (0.22, -0.077),
    (0.32, -0.057),
    (0.42, -0.036),
    (0.465, -0.025),
    (0.491, -0.013),
    (0.5, 0.0),
];
/// Lower edge of the upper lip, which a smile draws straight.
const UPPER_INNER: LipLine = [
    (-0.07, 0.006),
    (0.0, 0.01),
    (0.07, 0.006),
    (0.15, 0.001),
    (0.23, -0.001),
    (0.31, -0.003),
    (0.37, -0.005),
    (0.41, -0.007),
    (0.44, -0.008),
    (0.457, -0.006),
    (0.465, 0.002),
];
/// Upper edge of the lower lip.
const LOWER_INNER: LipLine = [
    (-0.07, 0.149),
    (0.0, 0.151),
    (0.07, 0.149),
    (0.15, 0.141),
    (0.23, 0.126),
    (0.31, 0.101),
    (0.37, 0.074),
    (0.41, 0.052),
    (0.44, 0.032),
    (0.457, 0.016),
    (0.465, 0.002),
];
/// Lower border of the lower lip.
const LOWER_OUTER: LipLine = [
    (-0.07, 0.263),
    (0.0, 0.262),
    (0.07, 0.263),
    (0.15, 0.254),
    (0.23, 0.229),
    (0.31, 0.184),
    (0.38, 0.132),
    (0.43, 0.088),
    (0.468, 0.05),
    (0.491, 0.021),
    (0.5, 0.0),
];

/// Upper border of the upper lip.
pub(crate) fn upper_outer(x: f64) -> f64 {
    curve(&UPPER_OUTER, x.abs())
}

/// Lower edge of the upper lip.
pub(crate) fn upper_inner(x: f64) -> f64 {
    curve(&UPPER_INNER, x.abs())
}

/// Upper edge of the lower lip.
pub(crate) fn lower_inner(x: f64) -> f64 {
    curve(&LOWER_INNER, x.abs())
}

/// Lower border of the lower lip.
pub(crate) fn lower_outer(x: f64) -> f64 {
    curve(&LOWER_OUTER, x.abs())
}

/// Position in an eye: -1 at the inner corner, 1 at the outer corner.
pub(crate) fn eye_share(x: f64) -> f64 {
    (x.abs() - 0.530) / 0.212
}

/// Line between the two corners of an eye.
fn eye_line(e: f64) -> f64 {
    -1.096 - 0.020 * e
}

/// Edge of the upper lid.
pub(crate) fn lid_upper(x: f64) -> f64 {
    let e = eye_share(x);
    let bulge = root(1.0 - e * e);
    eye_line(e) - 0.094 * bulge * (0.45 + 0.55 * bulge) * (1.0 - 0.14 * e)
}

/// Edge of the lower lid.
pub(crate) fn lid_lower(x: f64) -> f64 {
    let e = eye_share(x);
    let bulge = root(1.0 - e * e);
    eye_line(e) + 0.029 * bulge * (0.40 + 0.60 * bulge) * (1.0 + 0.20 * e)
}

/// How far inside the opening of an eye a point lies; negative outside.
pub(crate) fn eye_open(p: Point) -> f64 {
    if eye_share(p[0]).abs() >= 1.0 {
        return -0.05;
    }
    (p[1] - lid_upper(p[0])).min(lid_lower(p[0]) - p[1])
}

/// How far inside the opening of the mouth a point lies; negative outside.
pub(crate) fn mouth_open(p: Point) -> f64 {
    if p[0].abs() >= CORNER {
        return -0.05;
    }
    (p[1] - upper_inner(p[0])).min(lower_inner(p[0]) - p[1])
}

/// How far inside the red of the lips, mouth included, a point lies; negative outside.
pub(crate) fn lips_inside(p: Point) -> f64 {
    let beyond = p[0].abs() - CORNER;
    if beyond >= 0.0 {
        return -length(beyond, p[1]);
    }
    (p[1] - upper_outer(p[0])).min(lower_outer(p[0]) - p[1])
}

/// x of the fold from nose to mouth at height y, at positive x.
pub(crate) fn fold_x(y: f64) -> f64 {
    const FOLD: [(f64, f64); 6] = [
        (-0.60, 0.240),
        (-0.50, 0.320),
        (-0.35, 0.440),
        (-0.15, 0.556),
        (0.05, 0.618),
        (0.3, 0.630),
    ];
    curve(&FOLD, y)
}

/// The core of that fold, sharp on the side of the cheek and running out towards the lip; `wide` is
/// its half width there above.
pub(crate) fn fold_core(m: Point, wide: f64) -> f64 {
    let off = m[0] - fold_x(m[1]) + 0.010;
    let wide = wide * (1.0 + 1.2 * smooth(-0.4, 0.1, m[1]));
    bell(off / if off > 0.0 { wide } else { 3.2 * wide })
}

/// How deep in the crease of that fold a point lies, 0 to 1; it is finer and deeper above.
pub(crate) fn fold_depth(m: Point) -> f64 {
    let along = smooth(-0.57, -0.45, m[1]) * smooth(0.20, -0.20, m[1]);
    if along <= 0.0 {
        return 0.0;
    }
    along * fold_core(m, 0.006)
}

/// How deep in the pit at the corner of the mouth a point lies, 0 to 1.
pub(crate) fn corner_depth(m: Point) -> f64 {
    bell2(m, [CORNER + 0.004, 0.004], 0.016, 0.013) + 0.5 * bell2(m, [CORNER, 0.006], 0.045, 0.028)
}

/// The point of the rim's centre line at positive x in a direction, in radians.
pub(crate) fn rim_edge(angle: f64) -> Point {
    [RIM[0] + RIM_RADIUS * libm::cos(angle), RIM[1] + RIM_RADIUS * libm::sin(angle)]
}

/// The named points with their places on the face, in the order of the table.
pub(crate) fn landmarks() -> [(&'static str, Point); 12] {
    let wing = nose::wing_edge(0.0);
    let rim = RIM[1] + RIM_RADIUS;
    [
        ("right mouth corner", place([-CORNER, 0.0])),
        ("left mouth corner", place([CORNER, 0.0])),
        ("right pupil", place([-PUPIL[0], PUPIL[1]])),
        ("left pupil", place(PUPIL)),
        ("nose tip", place([0.0, nose::TIP_Y])),
        ("cupid's bow", place([0.0, upper_outer(0.0)])),
        ("lower lip middle", place([0.0, lower_outer(0.0)])),
        ("right nostril wing", place([-wing[0], wing[1]])),
        ("left nostril wing", place(wing)),
        ("right rim bottom", worn([-RIM[0], rim])),
        ("left rim bottom", worn([RIM[0], rim])),
        ("glasses bridge", worn(BRIDGE)),
    ]
}
