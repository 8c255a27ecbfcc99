//! The geometry of the face: contours, centres and landmarks.
//!
//! The unit is the distance between the mouth corners and the origin their
//! midpoint; x runs to the right of the picture and y down.

use crate::maths::{Point, bell, length, power, root};
use crate::relief;

/// Half the mouth: the corners lie at plus and minus this x, at y = 0.
pub(crate) const CORNER: f64 = 0.5;
/// Pupil centre of the eye at positive x.
pub(crate) const PUPIL: Point = [0.53, -1.078];
/// Middle of the wing of the nose at positive x.
pub(crate) const WING: Point = [0.194, -0.440];
/// Half axes of the wing of the nose.
pub(crate) const WING_SIZE: Point = [0.086, 0.090];
/// Centre of the glasses' rim at positive x.
pub(crate) const RIM: Point = [0.55, -1.0];
/// Radius of the rim's centre line.
pub(crate) const RIM_RADIUS: f64 = 0.375;
/// Middle of the bridge of the glasses.
pub(crate) const BRIDGE: Point = [0.0, -1.172];
/// Where the bridge joins the rim at positive x.
pub(crate) const BRIDGE_END: Point = [0.2, -1.134];
/// Middle of the face's outline.
pub(crate) const FACE_CENTRE_Y: f64 = -0.6;

/// How far out a point lies in the face outline: 0 in the middle, 1 on the edge.
pub(crate) fn outline(p: Point) -> f64 {
    let dy = p[1] - FACE_CENTRE_Y;
    let tall = if dy < 0.0 { 1.75 } else { 1.55 };
    (p[0] / 1.05) * (p[0] / 1.05) + (dy / tall) * (dy / tall)
}

/// Share of the way from the middle of the mouth to a corner, 0 to 1.
fn share(x: f64) -> f64 {
    (x.abs() / CORNER).min(1.0)
}

/// Height of the dip in the middle of the upper lip.
const BOW_DIP: f64 = 0.02;
/// Height of the upper lip's border in the middle, without the dip.
const BOW_TOP: f64 = -0.102;

/// Upper border of the upper lip.
pub(crate) fn upper_outer(x: f64) -> f64 {
    let s = share(x);
    BOW_TOP * (1.0 - power(s, 2.0)) + BOW_DIP * bell(x / 0.036)
}

/// Lower edge of the upper lip.
pub(crate) fn upper_inner(x: f64) -> f64 {
    let s = share(x);
    0.040 * (1.0 - s * s) + 0.008 * bell(x / 0.06) * (1.0 - s)
}

/// Upper edge of the lower lip.
pub(crate) fn lower_inner(x: f64) -> f64 {
    let s = share(x);
    0.256 * power(1.0 - s * s, 0.94)
}

/// Thickness of the lower lip in the middle.
const LOWER_LIP: f64 = 0.142;

/// Lower border of the lower lip.
pub(crate) fn lower_outer(x: f64) -> f64 {
    let s = share(x);
    lower_inner(x) + LOWER_LIP * power(1.0 - s * s, 0.60)
}

/// Position in an eye: -1 at the inner corner, 1 at the outer corner.
pub(crate) fn eye_share(x: f64) -> f64 {
    (x.abs() - 0.522) / 0.246
}

/// Line between the two corners of an eye.
fn eye_line(e: f64) -> f64 {
    -1.058 - 0.016 * e
}

/// Edge of the upper lid.
pub(crate) fn lid_upper(x: f64) -> f64 {
    let e = eye_share(x);
    let bulge = root(1.0 - e * e);
    eye_line(e) - 0.088 * bulge * (0.45 + 0.55 * bulge) * (1.0 - 0.08 * e)
}

/// Edge of the lower lid.
pub(crate) fn lid_lower(x: f64) -> f64 {
    let e = eye_share(x);
    let bulge = root(1.0 - e * e);
    eye_line(e) + 0.049 * bulge * (0.35 + 0.65 * bulge) * (1.0 + 0.12 * e)
}

/// Distance from the middle of the wing of the nose: 1 on its edge.
pub(crate) fn wing_share(p: Point) -> f64 {
    length((p[0].abs() - WING[0]) / WING_SIZE[0], (p[1] - WING[1]) / WING_SIZE[1])
}

/// x of the fold from nose to mouth at height y, at positive x.
pub(crate) fn fold_x(y: f64) -> f64 {
    0.315 + 0.345 * power(((y + 0.50) / 0.62).clamp(0.0, 1.4), 0.66)
}

/// The named points with their places on the face, in the order of the table.
pub(crate) fn landmarks() -> [(&'static str, Point); 12] {
    let wing = WING[0] + WING_SIZE[0];
    let rim = RIM[1] + RIM_RADIUS;
    [
        ("right mouth corner", [-CORNER, 0.0]),
        ("left mouth corner", [CORNER, 0.0]),
        ("right pupil", [-PUPIL[0], PUPIL[1]]),
        ("left pupil", PUPIL),
        ("nose tip", [0.0, relief::nose_tip_y()]),
        ("cupid's bow", [0.0, upper_outer(0.0)]),
        ("lower lip middle", [0.0, lower_outer(0.0)]),
        ("right nostril wing", [-wing, WING[1]]),
        ("left nostril wing", [wing, WING[1]]),
        ("right rim bottom", [-RIM[0], rim]),
        ("left rim bottom", [RIM[0], rim]),
        ("glasses bridge", BRIDGE),
    ]
}
