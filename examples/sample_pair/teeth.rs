//! The upper teeth, the gum above them and the dark behind.

use crate::finish::Finish;
use crate::light::Lit;
use crate::maths::{Point, Rgb, add3, bell, mix, mix3, mul3, power, scale3, smooth};
use crate::noise::{layered, random, value};
use crate::shape::{CORNER, lower_inner};
use crate::skin::gloss;

/// One upper tooth of a half, from the middle outwards.
struct Tooth {
    /// Width as seen from the front.
    wide: f64,
    /// How much further down than the arc the edge reaches.
    drop: f64,
    /// How pointed the edge is: 0 straight, 1 a canine.
    point: f64,
    /// How much the neck narrows.
    neck: f64,
}

/// Incisors, canine, premolars and a molar.
const ROW: [Tooth; 7] = [
    Tooth { wide: 0.137, drop: 0.002, point: 0.0, neck: 0.13 },
    Tooth { wide: 0.107, drop: -0.006, point: 0.10, neck: 0.15 },
    Tooth { wide: 0.095, drop: 0.010, point: 0.55, neck: 0.16 },
    Tooth { wide: 0.068, drop: 0.004, point: 0.50, neck: 0.13 },
    Tooth { wide: 0.050, drop: 0.002, point: 0.40, neck: 0.12 },
    Tooth { wide: 0.036, drop: 0.0, point: 0.30, neck: 0.12 },
    Tooth { wide: 0.030, drop: 0.0, point: 0.20, neck: 0.12 },
];

/// A point in the coordinates of its tooth.
struct Spot {
    /// Which tooth, 0 to 6 from the middle.
    index: usize,
    /// -1 on the inner side, 1 on the outer side.
    across: f64,
    /// 0 on the gum, 1 on the edge.
    along: f64,
    /// Distance inside the outline of the tooth.
    inside: f64,
    /// Distance below the line of the gum.
    below_gum: f64,
    /// A few numbers in -1..1 that belong to the tooth.
    own: [f64; 3],
}

/// Arc of the edges of the teeth.
fn arc(x: f64) -> f64 {
    0.214 - 0.31 * x * x
}

/// Finds the tooth of a point and the place on it.
fn spot(p: Point) -> Spot {
    let side = if p[0] < 0.0 { 1 } else { 2 };
    let x = p[0].abs();
    let (mut start, mut index) = (0.0, 0);
    while index + 1 < ROW.len() && x > start + ROW[index].wide {
        start += ROW[index].wide;
        index += 1;
    }
    let tooth = &ROW[index];
    let number = i64::try_from(index).unwrap_or(0);
    let own: [f64; 3] = [1_u32, 2, 3].map(|k| random(number, side, 300 + k) * 2.0 - 1.0);
    let half = 0.5 * tooth.wide;
    let across = (x - start - half) / half;
    let middle = start + half;
    // The gum is continuous from tooth to tooth; its highest point lies
    // a little to the outer side.
    let belly_share = 1.0 - across * across;
    let lift = if index == 1 { 0.008 } else { 0.0 } + 0.002 * own[0];
    let gum_top = 0.046 - 0.05 * x * x + lift * belly_share;
    let lean = across - 0.12 * belly_share;
    let gum = gum_top + 0.040 * power(lean.abs(), 2.3);
    let edge = arc(middle) + tooth.drop + 0.003 * own[1];
    // The outer corner is rounder than the inner one.
    let corner = if across > 0.0 { 0.026 } else { 0.014 };
    let tip =
        corner * power(across.abs(), 4.5) + tooth.point * 0.030 * power((across + 0.1).abs(), 1.5);
    let end = edge - tip + 0.0015 * own[2] * across;
    let along = ((p[1] - gum_top) / (edge - gum_top)).clamp(0.0, 1.0);
    let belly = 1.0 - tooth.neck * power(1.0 - along, 2.2) - 0.05 * power(along, 3.0);
    let beside = (belly - 0.006 / (half / 0.07) - across.abs()) * half;
    Spot {
        index,
        across,
        along,
        inside: beside.min(end - p[1]).min(p[1] - gum),
        below_gum: p[1] - gum,
        own,
    }
}

/// What is seen through the open lips.
pub(crate) fn paint(p: Point, lit: &Lit, finish: &Finish) -> Rgb {
    let s = spot(p);
    let light = [lit.light[1], lit.light[1], lit.light[1] * 0.99];
    // Light falls off towards the corners of the mouth.
    let depth = (p[0] / CORNER).abs();
    let reach = 1.0 - 0.80 * power(depth, 2.4);
    let behind = hollow(p, &s, finish);
    let gum = gum(p, lit, reach);
    let mut colour = mix3(gum, behind, smooth(-0.002, 0.003, s.below_gum));
    let soft = mix(0.0022, 0.0016, finish.enamel);
    let cover = smooth(-soft, soft, s.inside);
    if cover > 0.0 {
        let dim = mix(reach, mix(1.0, reach, 0.55), finish.bleach);
        colour = mix3(colour, enamel(p, &s, light, dim, finish), cover);
    }
    colour
}

/// The dark of the mouth, or the filled gap between merged teeth.
fn hollow(p: Point, s: &Spot, finish: &Finish) -> Rgb {
    let tongue = smooth(0.10, 0.0, lower_inner(p[0]) - p[1])
        * (1.0 - (p[0] / 0.42) * (p[0] / 0.42)).max(0.0);
    let dark = mix3([0.020, 0.007, 0.006], [0.085, 0.024, 0.022], tongue * 0.8);
    let between = smooth(0.90, 0.78, s.along) * smooth(0.5, 0.75, s.across.abs());
    let reach = 1.0 - 0.7 * power((p[0] / CORNER).abs(), 2.4);
    let warm = scale3([0.24, 0.12, 0.075], reach);
    let gap = mix3(warm, scale3([0.80, 0.79, 0.78], reach), finish.merge);
    mix3(dark, gap, between)
}

/// The gum.
fn gum(p: Point, lit: &Lit, reach: f64) -> Rgb {
    let wet = 0.05 * layered([p[0] * 60.0, p[1] * 60.0], 2, 91).max(0.0);
    let tone = mul3([0.52, 0.20, 0.185], lit.light);
    scale3(add3(tone, [wet; 3]), 1.25 * reach)
}

/// A tooth under the light.
fn enamel(p: Point, s: &Spot, light: Rgb, dim: f64, finish: &Finish) -> Rgb {
    let body = natural(p, s, finish);
    let white = [0.98, 0.98, 0.97];
    let tone = mix3(body, white, finish.bleach);
    // Every tooth bulges; the row as a whole turns away to the sides.
    let bulge = 1.0 - 0.6 * finish.merge;
    let round = s.across * (0.10 + 0.75 * power(s.across.abs(), 3.0)) * bulge;
    let side = p[0].signum();
    let lobes = 0.05 * finish.enamel * libm::sin(s.across * 7.0) * (1.0 - s.along * 0.5);
    let slope_x = side * (round + lobes + 0.9 * (p[0] / CORNER).abs() * 0.55);
    let slope_y = (s.along - 0.42) * 0.55 - 0.30 * power(1.0 - s.along, 5.0) * bulge;
    let slope = [slope_x, slope_y + 0.03 * finish.enamel * value([p[0] * 30.0, p[1] * 95.0], 95)];
    let turn = crate::skin::relight([0.0, 0.0], [slope[0] * 0.8, slope[1] * 0.6]);
    // The teeth lie behind the lips, yet saliva and lips scatter light to them.
    let arriving = add3(scale3(light, 1.05), [0.235, 0.195, 0.170]);
    let lip = smooth(-0.01, 0.075, p[1] - crate::shape::upper_inner(p[0]));
    let shade = mix(0.60, 1.0, lip) * dim;
    let edge_dark = 1.0 - 0.20 * (1.0 - finish.merge) * smooth(0.012, 0.0, s.inside);
    let diffuse = scale3(mul3(tone, arriving), turn * shade * edge_dark);
    add3(diffuse, [glints(p, s, slope, finish) * dim; 3])
}

/// Natural colour of a tooth: warm neck, pale body, translucent edge.
fn natural(p: Point, s: &Spot, finish: &Finish) -> Rgb {
    let neck = [0.765, 0.575, 0.405];
    let middle = [0.830, 0.725, 0.590];
    let mut tone = mix3(neck, middle, smooth(0.0, 0.45, s.along));
    // Canines and the teeth behind them are deeper in colour.
    let deep = [0.0, 0.08, 0.42, 0.32, 0.4, 0.5, 0.5][s.index];
    tone = mul3(tone, mix3([1.0; 3], [0.93, 0.83, 0.69], deep));
    let grain = layered([p[0] * 34.0, p[1] * 11.0], 3, 97);
    tone = scale3(tone, 1.0 + 0.03 * s.own[0] + 0.045 * grain);
    let front = if s.index < 2 { 1.0 } else { 0.45 };
    let comb = 0.05 * value([p[0] * 85.0, 3.0], 98);
    let clear = smooth(0.74 + comb, 0.94, s.along) * front * finish.enamel;
    let halo = smooth(0.965, 0.99, s.along) * front * finish.enamel;
    let glass = mix3(tone, [0.36, 0.385, 0.40], 0.60 * clear);
    mix3(glass, [0.70, 0.64, 0.54], 0.55 * halo)
}

/// Mirror reflections of the soft box on wet enamel.
fn glints(p: Point, s: &Spot, slope: Point, finish: &Finish) -> f64 {
    let broad = 0.10 * gloss(slope, 4);
    let ripple = 0.10 * value([p[0] * 40.0, p[1] * 28.0], 99);
    let wet = gloss([slope[0] + ripple, slope[1] - ripple * 0.5], 7);
    // A small bright window high on the inner half of the larger teeth.
    let big = [1.0, 0.8, 0.75, 0.5, 0.3, 0.1, 0.0][s.index];
    let left = s.across * p[0].signum();
    let drop = bell((left + 0.38 + 0.08 * s.own[1]) / 0.13)
        * bell((s.along - 0.36 - 0.05 * s.own[2]) / 0.13);
    let streak = bell((left - 0.55) / 0.05) * bell((s.along - 0.55) / 0.2);
    broad
        + finish.enamel * (0.25 * wet + big * (0.36 * smooth(0.12, 1.0, drop) + 0.10 * streak))
        + 0.10 * finish.bleach * drop
}
