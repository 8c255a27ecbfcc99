//! What is seen through the open lips: teeth, gum and the dark behind.

use crate::bake::Lit;
use crate::finish::Finish;
use crate::light::Studio;
use crate::maths::{Point, Rgb, add3, bell, dot3, mix, mix3, mul3, normal, power, scale3, smooth};
use crate::noise::{layered, value, value_slope};
use crate::shape::{lower_inner, share, upper_inner};
use crate::skin::mirrored;
use crate::teeth::{Spot, spot};

/// Colour inside the mouth.
pub(crate) fn lit_mouth(p: Point, lit: &Lit, finish: &Finish, studio: &Studio) -> Rgb {
    /// How far merged crowns reach past their own outline, in face units.
    const MERGED: f64 = 0.018;
    let s = spot(p);
    let behind = hollow(p, &s, lit, finish);
    let soft = mix(0.0030, 0.0018, finish.enamel);
    let mut colour = behind;
    let cover = smooth(-soft, soft, s.inside + MERGED * finish.merge);
    if cover > 0.0 {
        colour = mix3(colour, tooth(p, &s, lit, finish, studio), cover);
    }
    // Towards the corners the cheek keeps light out.
    colour = scale3(colour, mix(0.12, 1.0, smooth(0.97, 0.58, share(p[0]))));
    // A thread of saliva lies where teeth and lower lip meet.
    let meet = bell((lower_inner(p[0]) - p[1] - 0.003) / 0.0022) * smooth(0.1, 0.6, cover);
    let broken = smooth(-0.1, 0.5, value([p[0] * 42.0, 2.0], 92));
    add3(colour, scale3(lit.arriving, 0.35 * meet * broken * finish.enamel))
}

/// The dark of the mouth, the tongue in it, or the filled gap between merged teeth.
fn hollow(p: Point, s: &Spot, lit: &Lit, finish: &Finish) -> Rgb {
    let up = lower_inner(p[0]) - p[1];
    let tongue = smooth(0.07, 0.0, up) * bell(p[0] / 0.2);
    let dark = scale3(mix3([0.045, 0.014, 0.011], [0.26, 0.075, 0.065], tongue), 0.75);
    let dark = mix3(dark, [0.40, 0.34, 0.27], 0.9 * lower_row(p, up));
    let filled = finish.merge * smooth(0.98, 0.92, s.along);
    let light = [0, 1, 2].map(|k| lit.arriving[k].min(0.8) + 0.03);
    // Between the necks the gum reaches down in points.
    let gum = smooth(0.86, 0.74, s.along) * (1.0 - finish.merge);
    let point =
        scale3(mix3([0.50, 0.17, 0.14], [0.60, 0.27, 0.23], smooth(0.75, 0.45, s.along)), 1.1);
    mul3(mix3(mix3(dark, point, gum), [0.80, 0.79, 0.78], filled), light)
}

/// How much of the edges of the lower front teeth is seen behind the lower lip, 0 to 1.
fn lower_row(p: Point, up: f64) -> f64 {
    /// Width of a lower incisor.
    const WIDE: f64 = 0.085;
    let place = p[0] / WIDE + 0.12;
    let across = 2.0 * (place - place.floor()) - 1.0;
    let uneven = 0.0035 * value([place.floor() * 1.7, 4.0], 100);
    let edge = 0.024 + uneven - 0.004 * power(across.abs(), 4.0);
    smooth(edge, edge - 0.005, up)
        * smooth(1.0, 0.86, across.abs())
        * smooth(0.30, 0.16, p[0].abs())
}

/// A tooth under the light.
fn tooth(p: Point, s: &Spot, lit: &Lit, finish: &Finish, studio: &Studio) -> Rgb {
    let tone = mix3(enamel(p, s, finish), [0.97, 0.97, 0.97], finish.bleach);
    // Every tooth bulges; the row as a whole turns away to the sides.
    let bulge = 1.0 - 0.75 * finish.merge;
    let round = s.across * (0.22 + 0.55 * power(s.across.abs(), 2.0)) * bulge;
    let side = p[0].signum();
    let lobes = 0.06 * finish.enamel * libm::sin(s.across * 6.5 + s.own[2]) * (1.0 - 0.5 * s.along);
    let ripple = 0.030 * finish.enamel * value([p[0] * 30.0, p[1] * 150.0], 95);
    let uneven = value_slope([p[0] * 24.0, p[1] * 42.0], 99);
    let film = [1, 2].map(|k| 0.034 * finish.enamel * uneven[k]);
    let lean = 0.26 * s.own[0] * finish.enamel;
    let slope_x = -side * (round + lobes) + lean + film[0];
    let slope_y = -(s.along - 0.52) * 0.75 * bulge + ripple + film[1] + 0.11 * s.own[1];
    let arch = lit.slope[0].clamp(-1.6, 1.6) * mix(1.0, 0.45, finish.merge);
    let n = normal([arch + slope_x, slope_y]);
    let plain = normal([arch, 0.0]);
    let turn = dot3(n, lit.vector) - dot3(plain, lit.vector);
    // Enamel scatters what arrives between its neighbours.
    let lip = mix(0.45, 1.06, smooth(-0.01, 0.052, p[1] - upper_inner(p[0])));
    let light = lit.arriving.map(|v| ((v + 0.55 * turn).max(0.3 * v) + 0.075) * lip);
    let light = mix3(light, scale3([0.9, 0.9, 0.92], lip), 0.45 * finish.bleach);
    let seam = 0.30 * bell(s.seam / 0.0026) + 0.16 * bell(s.seam / 0.010);
    let edge_dark = 1.0 - (1.0 - finish.merge) * seam;
    let diffuse = scale3(mul3(tone, light), edge_dark);
    let wet = studio.about(
        mirrored(n),
        mix(0.16, 0.085, finish.enamel),
        [lit.seen[0].sqrt(), 0.25 * lit.seen[1], 0.25 * lit.seen[2]],
    );
    let strength = mix(0.045, 0.115, finish.enamel) * smooth(0.0, 0.006, s.inside);
    add3(diffuse, scale3(wet, strength))
}

/// Natural colour of a tooth: warm neck, pale body, translucent edge.
fn enamel(p: Point, s: &Spot, finish: &Finish) -> Rgb {
    let neck = [0.88, 0.72, 0.53];
    let middle = [0.97, 0.89, 0.76];
    let mut tone = mix3(neck, middle, smooth(0.0, 0.45, s.along));
    // Canines and the teeth behind them are deeper in colour.
    let deep = [0.0, 0.08, 0.42, 0.32, 0.4, 0.5, 0.5][s.index];
    tone = mul3(tone, mix3([1.0; 3], [0.90, 0.80, 0.66], deep));
    let grain = layered([p[0] * 34.0, p[1] * 11.0], 3, 97);
    let cracks = smooth(0.03, 0.0, value([p[0] * 26.0, p[1] * 3.0], 96).abs()) * 0.05;
    tone = scale3(tone, 1.0 + 0.075 * s.own[0] + 0.05 * grain - cracks * finish.enamel);
    let front = if s.index < 2 { 1.0 } else { 0.5 };
    let comb = 0.05 * value([p[0] * 85.0, 3.0], 98) + 0.05 * bell((s.across.abs() - 0.45) / 0.2);
    let clear = smooth(0.72 + comb, 0.93, s.along) * front * finish.enamel;
    let halo = smooth(0.965, 0.99, s.along) * front * finish.enamel;
    let glass = mix3(tone, [0.34, 0.37, 0.39], 0.62 * clear);
    mix3(glass, [0.66, 0.60, 0.50], 0.5 * halo)
}
