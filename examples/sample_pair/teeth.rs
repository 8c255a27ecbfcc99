//! The form of the upper teeth, the gum above them and the dark behind.

use crate::maths::{Point, power, smooth};
use crate::noise::{random, value};

/// One upper tooth of a half, from the middle outwards.
struct Tooth {
    /// Width as seen from the front.
    wide: f64,
    /// How much further down than the arc the edge reaches.
    drop: f64,
    /// How pointed the edge is: 0 straight, 1 a canine.
    point: f64,
}

/// Incisors, canine, premolars and a molar.
const ROW: [Tooth; 7] = [
    Tooth { wide: 0.142, drop: 0.004, point: 0.0 },
    Tooth { wide: 0.104, drop: -0.015, point: 0.16 },
    Tooth { wide: 0.100, drop: 0.010, point: 0.85 },
    Tooth { wide: 0.070, drop: 0.000, point: 0.60 },
    Tooth { wide: 0.050, drop: -0.004, point: 0.40 },
    Tooth { wide: 0.036, drop: -0.006, point: 0.30 },
    Tooth { wide: 0.030, drop: -0.006, point: 0.20 },
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
    /// Distance from the line along which it touches its neighbour.
    pub(crate) seam: f64,
    /// A few numbers in -1..1 that belong to the tooth.
    pub(crate) own: [f64; 3],
}

/// Arc of the edges of the teeth.
fn arc(x: f64) -> f64 {
    0.144 - 0.22 * x * x
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
    // The upper lip hides the gum; the crowns begin above its edge.
    let gum = -0.055 - 0.06 * x * x + 0.026 * power(across.abs(), 2.3);
    let edge = arc(middle) + tooth.drop + 0.0060 * own[1];
    // The outer corner is rounder than the inner one.
    let (corner, sharp) = if across > 0.0 { (0.023, 4.2) } else { (0.013, 6.0) };
    let tip = corner * power(across.abs(), sharp)
        + tooth.point * 0.030 * power((across + 0.1).abs(), 1.5);
    let end = edge - tip + 0.005 * own[2] * across + 0.0012 * value([p[0] * 60.0, 1.0], 310);
    let along = ((p[1] - gum) / (edge - gum)).clamp(0.0, 1.0);
    // Neighbours touch down to where the gap at the edges begins.
    let open = if across > 0.0 { 0.085 } else { 0.055 } + 0.02 * own[2];
    let belly = 1.04 - open * power(along, 9.0) - 0.13 * power(1.0 - along, 2.4) + 0.01 * own[0];
    let beside = (belly - across.abs()) * half;
    Spot {
        index,
        across,
        along,
        inside: beside.min(end - p[1]).min(p[1] - gum),
        seam: (1.0 - across.abs()) * half,
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
    let round = 0.5 - s.along;
    let tooth = arch(p[0].abs()) - 0.012 * power(s.across.abs(), 2.5) - 0.05 * round * round
        + 0.004 * s.own[1];
    // Between the necks the gum is close behind.
    let cover = smooth(-0.003, 0.003, s.inside).max(0.92 * smooth(0.84, 0.72, s.along));
    tooth - (1.0 - cover) * DEEP
}
