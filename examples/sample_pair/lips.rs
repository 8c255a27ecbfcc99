//! The red of the lips: creases, border and wet shine.

use crate::bake::Lit;
use crate::finish::Finish;
use crate::light::Studio;
use crate::maths::{Point, Rgb, bell, mix, mix3, mul3, scale3, smooth};
use crate::noise::{layered, nearest, value, value_slope};
use crate::shape::{
    CORNER, corner_depth, lips_inside, lower_inner, lower_outer, share, upper_inner, upper_outer,
};
use crate::skin::{self, Coat, Micro};

/// How much of a point is lip, 0 skin to 1.
pub(crate) fn cover(p: Point, finish: &Finish) -> f64 {
    let ragged = finish.lip_edge * 1.2 * layered([p[0] * 55.0, p[1] * 55.0], 2, 81);
    let soft = finish.lip_edge * mix(1.0, 2.8, smooth(0.70, 1.0, share(p[0])) * finish.lip_creases);
    let inside = lips_inside([p[0].abs(), p[1]]) + ragged;
    smooth(-soft, soft, inside)
}

/// The lips under their light.
pub(crate) fn lit_lip(p: Point, lit: &Lit, finish: &Finish, studio: &Studio) -> Rgb {
    let depth = depth(p);
    let middle = bell(p[0] / 0.28);
    let uneven = layered([p[0] * 21.0, p[1] * 21.0], 3, 82) * finish.mottle;
    let pigment = 0.36 + 0.10 * uneven + 0.16 * smooth(0.7, 1.0, share(p[0]));
    let blood = mix(0.60, 1.02, smooth(0.0, 0.6, depth)) + 0.25 * uneven - 0.10 * middle;
    let natural = mul3(skin::tone(pigment, blood), [0.85, 0.83, 0.92]);
    let painted = [0.60, 0.155, 0.165];
    // The upper lip is the darker one.
    let natural = scale3(natural, mix(0.88, 1.0, smooth(0.04, 0.10, p[1])));
    let mut colour = mix3(natural, painted, 0.75 * finish.lip_line);
    let mut micro = creases(p, depth, finish);
    let m = [p[0].abs(), p[1]];
    // Past the opening the lips lie on each other.
    let met = smooth(0.455, 0.475, m[0]) * smooth(0.505, 0.485, m[0]);
    micro.hollow += 0.22 * corner_depth(m) + 0.42 * met * bell((m[1] - 0.002) / 0.0050);
    let wet = smooth(0.55, 1.0, depth);
    let coat = Coat {
        lobes: [mix(0.15, 0.07, wet), 0.36],
        strengths: [0.75 + 1.25 * wet, 0.95],
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
    let wander =
        0.007 * value([p[0] * 19.0, p[1] * 17.0], 83) + 0.003 * value(p.map(|v| v * 60.0), 87);
    // The smile draws the upper lip tighter.
    let taut = mix(0.62, 1.0, smooth(0.04, 0.12, p[1]));
    let fade = smooth(0.0, 0.16, depth)
        * smooth(1.05, 0.75, depth)
        * taut
        * (0.95 + 0.55 * value([p[0] * 7.3, p[1] * 6.1 + 0.4], 80));
    // Creases are narrow furrows between rounded ridges; the deep ones are few.
    let deep = furrow([(fan + wander) * 30.0, p[1] * 9.0], 0.10, 84);
    let plain = furrow([(fan + 1.4 * wander) * 58.0, p[1] * 14.0], 0.14, 85);
    let fine = furrow([(fan + wander) * 120.0, p[1] * 26.0], 0.20, 88);
    let swell = value_slope([fan * 26.0, p[1] * 12.0], 86);
    let grain = value_slope([p[0] * 210.0, p[1] * 120.0], 89);
    let slope =
        0.34 * deep[0] + 0.28 * plain[0] + 0.24 * fine[0] + 0.05 * swell[1] + 0.03 * grain[1];
    let across = 0.03 * swell[2] + 0.045 * grain[2];
    let hollow = 0.26 * deep[1] + 0.24 * plain[1] + 0.14 * fine[1];
    Micro {
        slope: [slope * fade * strength, across * fade * strength],
        hollow: hollow * fade * strength,
    }
}

/// Slope and depth of furrows down the lip: each about a cell long, `wide` its half width as a share
/// of their spacing.
fn furrow(p: Point, wide: f64, seed: u32) -> [f64; 2] {
    let near = nearest(p, seed);
    let x = near.offset[0] / (wide * (0.6 + 0.8 * near.traits[0]));
    let ends = smooth(0.62, 0.25, near.offset[1].abs());
    let depth = ends * near.traits[1] * libm::exp(-0.5 * x * x);
    [x * depth, depth]
}
