//! The hair: where its curtains hang, and the strands they are made of.

use crate::maths::{Point, bell, curve, mix, root, smooth};
use crate::noise::{random, value};
use crate::strands::{Strand, Strands};
use crate::strokes::{Hair, Strokes};

/// x of the curtain's inner edge at positive x.
const INNER: [(f64, f64); 9] = [
    (-2.4, 0.34),
    (-2.1, 0.60),
    (-1.8, 0.84),
    (-1.5, 0.965),
    (-1.1, 1.025),
    (-0.5, 1.015),
    (0.2, 0.880),
    (0.9, 0.700),
    (1.9, 0.60),
];
/// x of the curtain's outer edge at positive x.
const OUTER: [(f64, f64); 8] = [
    (-2.4, 0.86),
    (-2.1, 1.02),
    (-1.7, 1.20),
    (-1.2, 1.31),
    (-0.4, 1.33),
    (0.4, 1.295),
    (1.1, 1.25),
    (1.9, 1.20),
];

/// Edges of a curtain on a side: the two do not hang alike.
fn edges(y: f64, side: f64) -> [f64; 2] {
    let sway = 0.030 * libm::sin(y * 2.3 + 1.4 * side) + 0.018 * libm::sin(y * 4.3 - 0.8 * side);
    [curve(&INNER, y) + sway + 0.055 * side, curve(&OUTER, y) + 1.7 * sway - 0.02 * side]
}

/// Height of single hairs beside the curtains.
pub(crate) const LOOSE: f64 = -0.6;

/// Height of the hair, or far behind where there is none.
pub(crate) fn height(p: Point) -> f64 {
    let side = p[0].signum();
    let [from, to] = edges(p[1], side);
    let s = (p[0].abs() - from) / (to - from);
    if !(0.0..=1.0).contains(&s) {
        return -9.0;
    }
    // The curtain is a flat roll that starts beside the cheek.
    let front = mix(-0.46, -0.55, smooth(-1.4, 0.2, p[1]));
    front - 0.30 * s + 0.20 * root(1.0 - (2.0 * s - 1.0) * (2.0 * s - 1.0))
}

/// How one strand is chosen within a curtain.
struct Lock {
    /// 0 at the inner edge, 1 at the outer one.
    across: f64,
    /// 0 at the back, 1 in front.
    depth: f64,
    side: f64,
    number: i64,
}

/// Locks of a curtain.
const LOCKS: f64 = 13.0;

/// Steps of a strand from top to bottom.
const STEPS: u32 = 90;

impl Lock {
    /// Its strand, wandering with the lock it belongs to and a little by itself.
    fn strand(&self, loose: f64) -> Strand {
        let seed = if self.side < 0.0 { 700 } else { 720 };
        let own = |k: u32| random(self.number, 3, seed + k) - 0.5;
        let place = self.across * LOCKS + 0.7 * own(1);
        let clump = place.floor();
        let within = 2.0 * (place - clump) - 1.0;
        let lock = |k: f64| value([clump * 2.3 + 0.4, k + 0.37], seed + 4);
        let points = (0..=STEPS).map(|k| {
            let y = mix(-2.25, 1.9, f64::from(k) / f64::from(STEPS)) + 0.03 * own(2);
            let [from, to] = edges(y, self.side);
            // The hindmost hang loose, so that the wall does not show between locks.
            let gather = 0.45 * smooth(-1.9, -0.4, y) * smooth(0.15, 0.5, self.depth);
            let home = (clump + 0.5) / LOCKS;
            let across = mix(self.across, home, gather * (0.5 + own(8)));
            let loosely = smooth(0.15, 0.5, self.depth);
            let wave = loosely
                * (0.030 * libm::sin(2.7 * y + 5.1 * lock(21.0))
                    + 0.020 * libm::sin(4.9 * y + 6.3 * lock(25.0)))
                + 0.010 * value([f64::from(k) * 0.06 + 40.0 * own(3), 9.0 * own(4)], seed + 9)
                + loose * value([y * 1.3 + 60.0 * own(5), 70.0 * own(6)], seed + 8);
            [self.side * (mix(from, to, across) + wave), y]
        });
        let tone =
            (0.78 + 1.05 * own(7)) * (1.0 + 0.30 * lock(5.0)) * (1.0 - 0.16 * within * within);
        let turn = 0.30 * lock(9.0) - 0.14 * within * self.side;
        Strand { points: points.collect(), depth: self.depth, tone, turn, across: self.across }
    }
}

/// All strands before the face, the hindmost first.
pub(crate) fn strands(per_side: i64) -> Strands {
    let mut all = Vec::new();
    for side in [-1.0, 1.0] {
        for number in 0..per_side {
            let r = |k: u32| random(number, if side < 0.0 { 5 } else { 6 }, 740 + k);
            let depth = f64::from(u32::try_from(number).unwrap_or(0))
                / f64::from(u32::try_from(per_side).unwrap_or(1));
            let strays = depth > 0.993;
            let fringe = if r(9) < 0.30 { -0.20 * r(10) * r(11) } else { 0.0 };
            let across = if strays { mix(-0.10, 1.15, r(1)) } else { r(1) + fringe };
            let lock = Lock { across, depth, side, number };
            let loose = if strays { 0.04 } else { mix(0.004, 0.040, r(13) * r(14)) };
            all.push(lock.strand(loose));
        }
    }
    Strands::new(all)
}

/// How much light reaches a place in a curtain: little at its inner edge, where the head shades it.
pub(crate) fn open(across: f64, depth: f64, y: f64) -> f64 {
    let inner = mix(0.66, 1.0, smooth(-0.05, 0.35, across));
    let low = mix(1.0, 0.75, smooth(0.3, 1.5, y));
    inner * low * mix(0.16, 1.0, depth * depth) * (0.75 + 0.25 * bell((across - 0.5) / 0.3))
}

/// Single hairs in front of face and curtains: the fine ones that grow at the hairline, and a few
/// that went astray. Points are those of the curtains.
pub(crate) fn single() -> Strokes {
    const FINE: i64 = 420;
    const ASTRAY: i64 = 22;
    const BESIDE: i64 = 60;
    let hair = |side: i64, k: i64| {
        let sign = if side == 0 { -1.0 } else { 1.0 };
        let r = |n: u32| random(k, side, 760 + n);
        let inner = |y: f64| edges(y, sign)[0];
        let curve = if k < FINE {
            // Most grow above the temple; before the ear they thin out.
            let y = mix(-2.1, -0.55, r(1) * mix(1.0, r(2), 0.6));
            let long = mix(0.10, 0.34, r(3));
            let root = inner(y) - 0.15 * r(4) * r(5) + 0.02;
            let tip = inner(y + long).max(root) + mix(0.01, 0.10, r(6));
            let bend = mix(root, tip, 0.45) - 0.05 * (r(7) - 0.25);
            [[root, y], [bend, y + 0.5 * long], [tip, y + long]]
        } else if k < FINE + BESIDE {
            let (y, long) = (mix(-2.0, 0.9, r(1)), mix(0.25, 0.8, r(3)));
            let outer = |y: f64| edges(y, sign)[1];
            let bend = outer(y + 0.5 * long) + 0.11 * r(4) * r(5);
            let tip = outer(y + long) + mix(-0.08, 0.08, r(6));
            [[outer(y) - 0.03, y], [bend, y + 0.5 * long], [tip, y + long]]
        } else {
            let (y, long) = (mix(-1.9, 0.0, r(1)), mix(0.4, 1.0, r(3)));
            let far = mix(-0.05, 0.16, r(4) * r(5));
            let bend = inner(y + 0.5 * long) - far - 0.16 * (r(6) - 0.3);
            let tip = inner(y + long) + mix(-0.12, 0.14, r(7));
            [[inner(y) + 0.03, y], [bend, y + 0.55 * long], [tip, y + long]]
        };
        let wide = mix(0.0006, 0.0011, r(8));
        Hair { curve: curve.map(|q| [sign * q[0], q[1]]), wide, dense: mix(0.35, 0.85, r(9)) }
    };
    Strokes::new(
        (0..2).flat_map(move |side| (0..FINE + BESIDE + ASTRAY).map(move |k| hair(side, k))),
    )
}
