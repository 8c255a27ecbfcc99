//! The red of the lips: creases, border and wet shine.

use crate::bake::Lit;
use crate::finish::Finish;
use crate::light::Studio;
use crate::maths::{Point, Rgb, bell, mix, mix3, mul3, power, scale3, smooth};
use crate::noise::{layered, value, value_slope};
use crate::shape::{
    CORNER, lips_inside, lower_inner, lower_outer, share, upper_inner, upper_outer,
};
use crate::skin::{self, Coat, Micro};

/// How much of a point is lip, 0 skin to 1.
pub(crate) fn cover(p: Point, finish: &Finish) -> f64 {
    let ragged = finish.lip_edge * 0.9 * layered([p[0] * 55.0, p[1] * 55.0], 2, 81);
    let soft = finish.lip_edge * mix(1.0, 1.6, share(p[0]) * finish.lip_creases);
    let inside = lips_inside([p[0].abs(), p[1]]) + ragged;
    smooth(-soft, soft, inside)
}

/// The lips under their light.
pub(crate) fn lit_lip(p: Point, lit: &Lit, finish: &Finish, studio: &Studio) -> Rgb {
    let depth = depth(p);
    let middle = bell(p[0] / 0.28);
    let uneven = layered([p[0] * 21.0, p[1] * 21.0], 3, 82) * finish.mottle;
    let pigment = 0.36 + 0.10 * uneven + 0.16 * smooth(0.7, 1.0, share(p[0]));
    let blood = mix(0.74, 1.20, smooth(0.0, 0.55, depth)) + 0.25 * uneven - 0.10 * middle;
    let natural = mul3(skin::tone(pigment, blood), [0.85, 0.83, 0.92]);
    let painted = [0.60, 0.155, 0.165];
    let mut colour = mix3(natural, painted, 0.75 * finish.lip_line);
    let micro = creases(p, depth, finish);
    let wet = smooth(0.55, 1.0, depth);
    let coat = Coat {
        lobes: [mix(0.15, 0.07, wet), 0.36],
        strengths: [0.40 + 0.75 * wet, 0.75],
        relief: [0.55, 0.8, 0.9],
    };
    // The inner side of the lips turns into the dark of the mouth.
    colour = scale3(colour, 1.0 - 0.35 * smooth(0.90, 1.0, depth));
    let line = bell((lips_inside([p[0].abs(), p[1]]) - 0.004) / 0.006) * finish.lip_line;
    let lit = skin::shade(lit, colour, &micro, &coat, studio);
    mix3(lit, [0.27, 0.055, 0.06], 0.6 * line)
}

/// How far from the border to the edge towards the mouth a point lies, 0 to 1.
fn depth(p: Point) -> f64 {
    let x = p[0].abs().min(CORNER - 0.004);
    let (top, up) = (upper_outer(x), upper_inner(x));
    let (low, bottom) = (lower_inner(x), lower_outer(x));
    let share = if p[1] < 0.5 * (up + low) {
        (p[1] - top) / (up - top).max(1e-3)
    } else {
        (bottom - p[1]) / (bottom - low).max(1e-3)
    };
    share.clamp(0.0, 1.0)
}

/// Creases that run from the mouth to the border, spread like a fan, fork and vary.
fn creases(p: Point, depth: f64, finish: &Finish) -> Micro {
    let strength = finish.lip_creases;
    let fan = p[0] * (1.0 - 0.55 * (p[1] - 0.1).abs());
    let wander = 0.006 * value([p[0] * 30.0, p[1] * 34.0], 83);
    let broad = value_slope([(fan + wander) * 40.0, p[1] * 5.0], 84);
    let fine = value_slope([(fan + 1.5 * wander) * 92.0, p[1] * 11.0], 85);
    let hair = value_slope([fan * 190.0, p[1] * 36.0], 86);
    let fade = smooth(0.0, 0.12, depth) * smooth(1.02, 0.80, depth);
    let slope = (0.16 * broad[1] + 0.17 * fine[1] + 0.07 * hair[1]) * fade;
    let across = (0.05 * broad[2] + 0.06 * hair[2]) * fade;
    let furrow = |v: f64| power((-v).max(0.0), 1.5);
    let hollow = (0.26 * furrow(broad[0]) + 0.26 * furrow(fine[0])) * fade;
    Micro { slope: [slope * strength, across * strength], hollow: hollow * strength }
}
