//! Which surface is seen at a point of the face plane, and how far it stands out.

use crate::field::Kind;
use crate::maths::Point;
use crate::{body, lids, relief, shape, teeth};

/// Depth of the wall behind.
const WALL: f64 = -4.0;

/// What is seen at a point, hair and glasses aside.
pub(crate) fn kind(p: Point) -> Kind {
    if shape::outline(p) < 1.0 {
        let m = [p[0].abs(), p[1]];
        if shape::eye_open(m) > 0.0 {
            return Kind::Eye;
        }
        return if shape::mouth_open(m) > 0.0 { Kind::Mouth } else { Kind::Skin };
    }
    if body::below_collar(p) > 0.0 {
        return Kind::Cloth;
    }
    let is_neck = p[1] > -0.1 && p[0].abs() < body::half_width(p[1]);
    if is_neck { Kind::Neck } else { Kind::Behind }
}

/// Height of the surface of a kind.
pub(crate) fn height(p: Point, kind: Kind) -> f64 {
    let m = [p[0].abs(), p[1]];
    match kind {
        Kind::Behind => WALL,
        Kind::Neck => body::neck(p),
        Kind::Cloth => body::cloth(p),
        Kind::Skin => relief::skin(p),
        Kind::Eye => lids::ball(m),
        Kind::Mouth => teeth::height(p),
    }
}

/// Slopes of the surface of a kind, across and down.
pub(crate) fn slope(p: Point, kind: Kind) -> Point {
    /// Half the distance over which slopes are taken, in face units.
    const STEP: f64 = 0.0012;
    let at = |dx: f64, dy: f64| height([p[0] + dx, p[1] + dy], kind);
    let over = 0.5 / STEP;
    [(at(STEP, 0.0) - at(-STEP, 0.0)) * over, (at(0.0, STEP) - at(0.0, -STEP)) * over]
}
