//! The wall behind, far out of focus.

use crate::light::Studio;
use crate::maths::{Point, Rgb, add3, bell2, scale3, smooth, unit3};

/// Light of the wall at a point of the face plane.
pub(crate) fn wall(p: Point, studio: &Studio) -> Rgb {
    let way = unit3([0.5 + 0.35 * p[0], -0.2 + 0.2 * p[1], 0.6]);
    let plain = studio.about(way, 0.9, [0.06, 0.25, 0.25]);
    // Soft shapes of the room: a lamp low on one side, a dark shelf on the other, a door.
    let lamp = bell2(p, [-1.9, 0.2], 0.55, 0.8);
    let shelf = bell2(p, [1.45, -0.7], 0.30, 1.3);
    let door = 0.25 * smooth(0.30, 0.62, p[1] + 0.25 * p[0]);
    let lit = add3(scale3(plain, 2.3 - 1.2 * shelf), scale3([0.55, 0.42, 0.29], lamp));
    scale3(lit, 1.0 - door)
}
