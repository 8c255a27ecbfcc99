//! The geometry of the face that is seen in its plane: contours, centres and landmarks.
//!
//! The unit is the distance between the mouth corners and the origin their
//! midpoint; x runs to the right of the picture and y down. One unit is about 62 mm.

use crate::maths::{Point, bell, curve, length, power, root};
use crate::{noise, nose};

/// Half the mouth: the corners lie at plus and minus this x, at y = 0.
pub(crate) const CORNER: f64 = 0.5;
/// Pupil centre of the eye at positive x.
pub(crate) const PUPIL: Point = [0.53, -1.122];
/// Centre of the glasses' rim at positive x.
pub(crate) const RIM: Point = [0.555, -1.055];
/// Radius of the rim's centre line.
pub(crate) const RIM_RADIUS: f64 = 0.365;
/// Middle of the bridge of the glasses.
pub(crate) const BRIDGE: Point = [0.0, -1.205];
/// Where the bridge joins the rim at positive x.
pub(crate) const BRIDGE_END: Point = [0.207, -1.160];

/// Square of half the head's width at heights of the face; none below the chin.
const WIDTH_SQUARED: [(f64, f64); 13] = [
    (-2.4, 0.62),
    (-2.0, 0.90),
    (-1.7, 1.06),
    (-1.4, 1.17),
    (-1.1, 1.185),
    (-0.8, 1.15),
    (-0.5, 1.055),
    (-0.2, 0.93),
    (0.1, 0.725),
    (0.35, 0.490),
    (0.58, 0.285),
    (0.77, 0.112),
    (0.875, 0.0),
];

/// Square of half the head's width at a height; negative below the chin.
pub(crate) fn width_squared(y: f64) -> f64 {
    const CHIN: f64 = 0.875;
    if y < CHIN { curve(&WIDTH_SQUARED, y) } else { (CHIN - y) * 1.2 }
}

/// How far out a point lies in the face outline: 0 in the middle, 1 on the edge.
pub(crate) fn outline(p: Point) -> f64 {
    /// Near the chin the square of the width goes to none; what lies below stays well outside.
    const LEAST: f64 = 0.03;
    let wide = width_squared(p[1]);
    1.0 + (p[0] * p[0] - wide) / wide.max(LEAST)
}

/// Share of the way from the middle of the mouth to a corner, 0 to 1.
pub(crate) fn share(x: f64) -> f64 {
    (x.abs() / CORNER).min(1.0)
}

/// Height of the dip in the middle of the upper lip.
const BOW_DIP: f64 = 0.022;
/// Height of the upper lip's border in the middle, without the dip.
const BOW_TOP: f64 = -0.122;

/// Upper border of the upper lip.
pub(crate) fn upper_outer(x: f64) -> f64 {
    let s = share(x);
    BOW_TOP * (1.0 - power(s, 1.25)) * (1.0 + 0.10 * bell((s - 0.20) / 0.14))
        + BOW_DIP * bell(x / 0.040)
}

/// Height of the place beside the corner where the lips begin to touch.
const MEET: f64 = 0.008;

/// Share of the way from the middle to where the lips begin to touch, 0 to 1.
fn inner_share(x: f64) -> f64 {
    (x.abs() / (0.955 * CORNER)).min(1.0)
}

/// Lower edge of the upper lip.
pub(crate) fn upper_inner(x: f64) -> f64 {
    let s = inner_share(x);
    MEET + 0.034 * (1.0 - s * s) + 0.012 * bell(x / 0.07) * (1.0 - s)
}

/// Upper edge of the lower lip.
pub(crate) fn lower_inner(x: f64) -> f64 {
    let s = inner_share(x);
    MEET + 0.172 * power(1.0 - s * s, 0.90)
}

/// Thickness of the lower lip in the middle.
const LOWER_LIP: f64 = 0.112;

/// Lower border of the lower lip.
pub(crate) fn lower_outer(x: f64) -> f64 {
    let s = share(x);
    let edge = 0.177 * power(1.0 - s * s, 0.90);
    edge + LOWER_LIP * power(1.0 - s * s, 0.62) * (1.0 - 0.06 * bell(x / 0.1))
}

/// Position in an eye: -1 at the inner corner, 1 at the outer corner.
pub(crate) fn eye_share(x: f64) -> f64 {
    (x.abs() - 0.530) / 0.220
}

/// Line between the two corners of an eye.
fn eye_line(e: f64) -> f64 {
    -1.096 - 0.020 * e
}

/// Edge of the upper lid.
pub(crate) fn lid_upper(x: f64) -> f64 {
    let e = eye_share(x);
    let bulge = root(1.0 - e * e);
    eye_line(e) - 0.084 * bulge * (0.42 + 0.58 * bulge) * (1.0 - 0.12 * e)
}

/// Edge of the lower lid.
pub(crate) fn lid_lower(x: f64) -> f64 {
    let e = eye_share(x);
    let bulge = root(1.0 - e * e);
    eye_line(e) + 0.042 * bulge * (0.35 + 0.65 * bulge) * (1.0 + 0.14 * e)
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
        (-0.60, 0.275),
        (-0.50, 0.335),
        (-0.35, 0.445),
        (-0.15, 0.548),
        (0.05, 0.605),
        (0.3, 0.62),
    ];
    curve(&FOLD, y)
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
        ("right rim bottom", [-RIM[0], rim]),
        ("left rim bottom", [RIM[0], rim]),
        ("glasses bridge", BRIDGE),
    ]
}

/// No face is its own mirror image: how far a point is shifted before forms are looked up.
fn shift(p: Point) -> Point {
    /// Largest shift in face units.
    const MOST: f64 = 0.030;
    let along =
        |at: Point, seed: u32| MOST * noise::value([at[0] * 0.85 + 4.3, at[1] * 0.85 + 2.7], seed);
    // The middle of the mouth stays where it is.
    let by = |seed: u32| along(p, seed) - along([0.0, 0.0], seed);
    [by(11), by(12)]
}

/// Where the symmetric forms have what lies at a point of the face.
pub(crate) fn form(p: Point) -> Point {
    let by = shift(p);
    [p[0] + by[0], p[1] + by[1]]
}

/// Where on the face lies what the symmetric forms have at a point.
pub(crate) fn place(q: Point) -> Point {
    // The shift changes slowly, so that a few rounds find the place exactly.
    const ROUNDS: u32 = 30;
    (0..ROUNDS).fold(q, |p, _| {
        let by = shift(p);
        [q[0] - by[0], q[1] - by[1]]
    })
}
