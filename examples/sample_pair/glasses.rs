//! How the glasses look: metal that mirrors the room, lenses, pads, and their shadow.

use crate::finish::Finish;
use crate::frame::{self, Line, PLANE};
use crate::light::Studio;
use crate::maths::{Point, Rgb, add3, bell, length, mix, mix3, mul3, scale3, smooth, unit3};
use crate::shape::{RIM, RIM_RADIUS};
use crate::skin::mirrored;

/// Where the middle of the window lies: its slopes across and down for a step towards the viewer.
const KEY: Point = [-1.39, -1.16];
/// Half the window's size as a tangent: how fast shadows soften.
const KEY_SIZE: f64 = 0.68;

/// Whether a point lies in the part of the face that glasses or their shadow can touch.
fn is_near(p: Point) -> bool {
    p[1] > -1.5 && p[1] < 0.1 && p[0].abs() < 1.3
}

/// Share of the window's light that the frame leaves to skin of this height.
pub(crate) fn shade(p: Point, height: f64, finish: &Finish) -> f64 {
    if !is_near(p) || finish.rim_shadow <= 0.0 {
        return 1.0;
    }
    let gap = (PLANE - height).clamp(0.004, 0.5);
    let cast = |toward: Point, size: f64, weight: f64| {
        let line = frame::nearest([p[0] + toward[0] * gap, p[1] + toward[1] * gap]);
        // What a thin bar hides of a wide light: its width against that of the half-shadow.
        let blur = size * gap + 0.004;
        let hidden = (2.6 * line.half / (line.half + blur)).min(0.92);
        weight
            * hidden
            * bell((line.away - 0.5 * line.half).max(0.0) / (0.6 * line.half + 0.7 * blur))
    };
    let key = cast(KEY, KEY_SIZE, 0.80);
    let room = cast([0.0, -0.25], 1.2, 0.55);
    let m = [p[0].abs() - 0.006, p[1] - 0.008];
    let pads = 0.26 * bell(frame::pad(m).max(0.0) / 0.30);
    (1.0 - finish.rim_shadow * (key + room + pads).min(0.72)).max(0.0)
}

/// The point of the face that is seen through a lens at `p`, or `p` itself. Lenses are centred on
/// the pupils, which therefore stay where they are.
pub(crate) fn behind(p: Point, pupils: [Point; 2]) -> Point {
    /// How much smaller a lens for a short-sighted eye shows what is behind it.
    const POWER: f64 = 0.030;
    let rim = [RIM[0] * p[0].signum(), RIM[1]];
    if length(p[0] - rim[0], p[1] - rim[1]) >= RIM_RADIUS {
        return p;
    }
    let centre = pupils[usize::from(p[0] > 0.0)];
    let out = |k: usize| centre[k] + (p[k] - centre[k]) * (1.0 + POWER);
    [out(0), out(1)]
}

/// Paints lenses and frame over the face. `skin` is the light that the face throws at the frame.
pub(crate) fn paint(p: Point, below: Rgb, skin: Rgb, finish: &Finish, studio: &Studio) -> Rgb {
    if !is_near(p) {
        return below;
    }
    let mut colour = lens(p, below, studio);
    colour = pads(p, colour, studio);
    let line = frame::nearest(p);
    if finish.rim_halo > 0.0 {
        let glow = smooth(0.026, 0.020, line.away - line.half) * 0.24 * finish.rim_halo;
        colour = mix3(colour, [0.80, 0.77, 0.75], glow);
    }
    let cover = smooth(0.0009, -0.0009, line.away - line.half);
    if cover > 0.0 {
        colour = mix3(colour, metal(&line, skin, finish, studio), cover);
    }
    colour
}

/// Reflections in the lenses, each a mirror that bulges towards the viewer.
fn lens(p: Point, below: Rgb, studio: &Studio) -> Rgb {
    /// Radius of the front of a lens, in face units.
    const BULGE: f64 = 0.78;
    /// How far the lenses are turned down and outwards.
    const TILT: Point = [0.05, 0.06];
    let side = p[0].signum();
    let (x, y) = (p[0] - RIM[0] * side, p[1] - RIM[1]);
    let r = length(x, y) / RIM_RADIUS;
    if r >= 1.0 {
        return below;
    }
    let n = unit3([x / BULGE + TILT[0] * side, y / BULGE + TILT[1], 1.0]);
    let sight = studio.about(mirrored(n), 0.06, [1.0; 3]);
    // The coating takes most of the mirror image and leaves it green.
    let mirror = mul3(sight, [0.0100, 0.0130, 0.0128]);
    let edge = 1.0 - 0.22 * smooth(0.94, 1.0, r);
    add3(scale3(below, 0.97 * edge), mirror)
}

/// Clear nose pads on thin wires.
fn pads(p: Point, below: Rgb, studio: &Studio) -> Rgb {
    let m = [p[0].abs(), p[1]];
    let d = frame::pad(m);
    let cover = smooth(0.03, -0.03, d);
    let rim = bell((d + 0.12) / 0.1);
    let n = unit3([
        p[0].signum() * (0.5 + 8.0 * (m[0] - frame::PAD[0])),
        5.0 * (m[1] - frame::PAD[1]),
        1.0,
    ]);
    let shine = scale3(studio.about(mirrored(n), 0.10, [0.8; 3]), 0.11);
    let clear = add3(scale3(below, 0.82 - 0.46 * rim), add3(shine, [0.03 + 0.05 * rim; 3]));
    let wire = smooth(0.0080, 0.0062, frame::wire(m));
    mix3(mix3(below, [0.16, 0.12, 0.085], wire), clear, cover)
}

/// Polished metal: a bent mirror of room and skin, or a uniform painted shine.
fn metal(line: &Line, skin: Rgb, finish: &Finish, studio: &Studio) -> Rgb {
    let s = (line.away / line.half).min(0.999);
    let n = [line.across[0] * s, line.across[1] * s, (1.0 - s * s).max(0.0).sqrt()];
    let way = mirrored(n);
    let sight = studio.about(way, 0.07, [1.0; 3]);
    // What the sides of the rim mirror is the face behind it.
    let face = smooth(0.35, -0.35, way[2]);
    let tint = [0.86, 0.74, 0.58];
    let real = scale3(mul3(tint, mix3(sight, scale3(skin, 0.42), face)), 0.80);
    let painted = add3(scale3([0.80, 0.70, 0.58], mix(0.13, 0.05, s)), [0.75 * bell(s / 0.20); 3]);
    mix3(real, painted, finish.rim_uniform)
}
