//! The form of the upper teeth, the gum above them and the dark behind.

use crate::maths::{Point, power, smooth};
use crate::noise::random;

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
pub(crate) struct Spot {
    /// Which tooth, 0 to 6 from the middle.
    pub(crate) index: usize,
    /// -1 on the inner side, 1 on the outer side.
    pub(crate) across: f64,
    /// 0 on the gum, 1 on the edge.
    pub(crate) along: f64,
    /// Distance inside the outline of the tooth.
    pub(crate) inside: f64,
    /// Distance below the line of the gum.
    pub(crate) below_gum: f64,
    /// A few numbers in -1..1 that belong to the tooth.
    pub(crate) own: [f64; 3],
}

/// Arc of the edges of the teeth.
fn arc(x: f64) -> f64 {
    0.171 - 0.30 * x * x
}

/// Finds the tooth of a point and the place on it.
pub(crate) fn spot(p: Point) -> Spot {
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
    let gum_top = 0.036 - 0.10 * x * x + lift * belly_share;
    let lean = across - 0.12 * belly_share;
    let gum = gum_top + 0.040 * power(lean.abs(), 2.3);
    let edge = arc(middle) + tooth.drop + 0.003 * own[1];
    // The outer corner is rounder than the inner one.
    let corner = if across > 0.0 { 0.026 } else { 0.014 };
    let tip =
        corner * power(across.abs(), 4.5) + tooth.point * 0.030 * power((across + 0.1).abs(), 1.5);
    let end = edge - tip + 0.0015 * own[2] * across;
    let along = ((p[1] - gum_top) / (edge - gum_top)).clamp(0.0, 1.0);
    let belly = 1.015 - tooth.neck * power(1.0 - along, 2.2) - 0.075 * power(along, 5.0);
    let beside = (belly - 0.0010 / half - across.abs()) * half;
    Spot {
        index,
        across,
        along,
        inside: beside.min(end - p[1]).min(p[1] - gum),
        below_gum: p[1] - gum,
        own,
    }
}

/// How far the faces of the teeth stand out at a distance from the middle: the arch turns back.
fn arch(x: f64) -> f64 {
    let q = x * x;
    0.085 - 1.05 * q - 9.0 * q * q
}

/// Height of what is seen through the open lips.
pub(crate) fn height(p: Point) -> f64 {
    /// How far behind the teeth the dark lies.
    const DEEP: f64 = 0.34;
    let s = spot(p);
    let tooth = arch(p[0].abs()) - 0.02 * power(s.across.abs(), 3.0);
    let gum = smooth(0.004, -0.004, s.below_gum);
    let cover = (smooth(-0.004, 0.004, s.inside) + gum).min(1.0);
    let between = smooth(0.95, 0.8, s.along) * smooth(-0.02, 0.0, s.inside) * (1.0 - cover);
    tooth - (1.0 - cover) * (DEEP * (1.0 - between) + 0.014 * between) + 0.012 * gum
}
