//! Single hairs: brows and lashes as tapering curved strokes.

use crate::maths::{Point, bell, length, mix, smooth};
use crate::noise::random;
use crate::shape::{lid_lower, lid_upper};

/// Edge of a bin on the face.
const BIN: f64 = 0.03;
/// Left and top of the bins.
const ORIGIN: Point = [-1.5, -2.2];
/// Columns and rows of bins.
const SIZE: (usize, usize) = (100, 115);

/// A straight piece of a hair.
#[derive(Clone, Copy)]
struct Piece {
    from: Point,
    to: Point,
    /// Half width at both ends.
    wide: [f64; 2],
    /// How opaque the hair is.
    dense: f64,
    /// Number of the hair it belongs to.
    hair: usize,
}

/// A set of hairs that can be asked for its cover at any point.
pub(crate) struct Strokes {
    bins: Vec<Vec<Piece>>,
}

/// Root, bend, tip and half width of one hair.
pub(crate) struct Hair {
    pub(crate) curve: [Point; 3],
    pub(crate) wide: f64,
    pub(crate) dense: f64,
}

/// Bin coordinate of a face coordinate.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "held at zero or above, and small"
)]
fn bin(v: f64, origin: f64, limit: usize) -> usize {
    (((v - origin) / BIN).max(0.0) as usize).min(limit - 1)
}

impl Strokes {
    /// Sorts the pieces of hairs into bins.
    pub(crate) fn new(hairs: impl Iterator<Item = Hair>) -> Self {
        let mut set = Self { bins: vec![Vec::new(); SIZE.0 * SIZE.1] };
        for (number, hair) in hairs.enumerate() {
            let point = |t: f64| {
                let [a, b, c] = hair.curve;
                let at = |k: usize| mix(mix(a[k], b[k], t), mix(b[k], c[k], t), t);
                [at(0), at(1)]
            };
            // Full near the root, fine at the tip.
            let wide = |t: f64| hair.wide * (0.75 + 0.5 * t - 1.15 * t * t);
            for k in 0..6 {
                let (t, u) = (f64::from(k) / 6.0, f64::from(k + 1) / 6.0);
                set.insert(Piece {
                    from: point(t),
                    to: point(u),
                    wide: [wide(t), wide(u)],
                    dense: hair.dense,
                    hair: number,
                });
            }
        }
        set
    }

    /// Puts a piece into every bin it may touch.
    fn insert(&mut self, piece: Piece) {
        let pad = 0.006;
        let range = |k: usize, limit: usize| {
            let low = piece.from[k].min(piece.to[k]) - pad;
            let high = piece.from[k].max(piece.to[k]) + pad;
            bin(low, ORIGIN[k], limit)..=bin(high, ORIGIN[k], limit)
        };
        for row in range(1, SIZE.1) {
            for column in range(0, SIZE.0) {
                self.bins[row * SIZE.0 + column].push(piece);
            }
        }
    }

    /// How much of a point the hairs cover.
    pub(crate) fn cover(&self, p: Point) -> f64 {
        let (column, row) = (bin(p[0], ORIGIN[0], SIZE.0), bin(p[1], ORIGIN[1], SIZE.1));
        let mut clear = 1.0;
        let mut last: Option<&Piece> = None;
        let mut cover: f64 = 0.0;
        for piece in &self.bins[row * SIZE.0 + column] {
            // Pieces of one hair overlap at their ends and must not add up.
            let same = last.is_some_and(|l| l.hair == piece.hair);
            if !same {
                clear *= 1.0 - cover;
                cover = 0.0;
            }
            cover = cover.max(piece.cover(p));
            last = Some(piece);
        }
        1.0 - clear * (1.0 - cover)
    }
}

impl Piece {
    /// How much of a point this piece covers.
    fn cover(&self, p: Point) -> f64 {
        let (dx, dy) = (self.to[0] - self.from[0], self.to[1] - self.from[1]);
        let (x, y) = (p[0] - self.from[0], p[1] - self.from[1]);
        let t = ((x * dx + y * dy) / (dx * dx + dy * dy).max(1e-12)).clamp(0.0, 1.0);
        let away = length(x - t * dx, y - t * dy);
        let wide = mix(self.wide[0], self.wide[1], t);
        let soft = 0.0009;
        self.dense * (1.0 - smooth(wide - soft, wide + soft, away))
    }
}

/// Centre line of a brow at positive x; `t` runs from the nose outwards.
fn brow_line(t: f64) -> Point {
    let rise = -0.105 * bell((t - 0.64) / 0.30);
    [mix(0.205, 0.885, t), -1.440 + 0.035 * t * t + rise]
}

/// Soft tone of the dense part of a brow.
pub(crate) fn brow_shade(p: Point) -> f64 {
    let t = (p[0].abs() - 0.205) / 0.68;
    let line = brow_line(t.clamp(-0.1, 1.1));
    let thick = 0.038 * (1.0 - 0.6 * smooth(0.45, 1.05, t));
    bell((p[1] - line[1] + 0.012) / thick) * smooth(-0.02, 0.22, t) * smooth(0.98, 0.68, t)
}

/// Both brows.
pub(crate) fn brows() -> Strokes {
    let hair = |side: i64, k: i64| {
        let r = |n: u32| random(k, side, 400 + n);
        let t = mix(r(0), r(7), 0.12 * r(8)) * 1.02 - 0.01;
        let sign = if side == 0 { -1.0 } else { 1.0 };
        let spread = 0.066 * smooth(-0.22, 0.16, t) * (1.0 - 0.66 * smooth(0.40, 1.05, t));
        let across = r(1) + r(2) - 1.0;
        let line = brow_line(t);
        // Some grow outside the others.
        let loose = if r(9) < 0.10 { 1.45 } else { 1.0 };
        let root = [line[0], line[1] + across * spread * loose + 0.012 * (r(10) - 0.5)];
        // Upright next to the nose, lying flat towards the temple.
        let lift =
            mix(1.25, 0.12, smooth(0.0, 0.55, t)) + 0.35 * across - 0.45 * smooth(0.6, 1.0, t);
        let lift = lift + 0.50 * (r(3) - 0.5) + 0.25 * (random(k / 9, side, 430) - 0.5);
        let long =
            mix(0.050, 0.120, r(4)) * mix(0.72, 1.0, smooth(0.0, 0.2, t)) * mix(1.0, 0.72, t);
        let (c, s) = (libm::cos(lift), libm::sin(lift));
        let tip = [root[0] + long * c, root[1] - long * s + 0.14 * long];
        let bend = [root[0] + 0.5 * long * c, root[1] - 0.62 * long * s];
        Hair {
            curve: [root, bend, tip].map(|q| [sign * q[0], q[1]]),
            wide: mix(0.0007, 0.0018, r(5)),
            dense: mix(0.20, 0.90, r(6))
                * mix(0.45, 1.0, smooth(0.0, 0.28, t))
                * mix(1.0, 0.34, smooth(0.55, 0.95, t)),
        }
    };
    Strokes::new((0..2).flat_map(move |side| (0..1250).map(move |k| hair(side, k))))
}

/// Lashes of an upper lid.
const UPPER: i64 = 78;

/// Lashes of the upper and lower lids.
pub(crate) fn lashes() -> Strokes {
    let hair = |side: i64, k: i64| {
        let r = |n: u32| random(k, side, 500 + n);
        let sign = if side == 0 { -1.0 } else { 1.0 };
        let upper = k < UPPER;
        let t = if upper {
            (f64::from(i32::try_from(k).unwrap_or(0)) + r(0)) / 78.0
        } else {
            (f64::from(i32::try_from(k - UPPER).unwrap_or(0)) + r(0)) / 46.0
        };
        let x = mix(if upper { 0.345 } else { 0.40 }, 0.740, t);
        // Lashes gather in tufts and cross each other.
        let tuft = random(k / 4, side, 520);
        let out = (t - 0.32) * 2.3 + 0.50 * (r(1) - 0.5) + 0.6 * (tuft - 0.5);
        let (root, long, way) = if upper {
            ([x, lid_upper(x) + 0.003], mix(0.016, 0.044, r(2)) * mix(0.55, 1.25, t), -1.0)
        } else {
            ([x, lid_lower(x) + 0.004], mix(0.014, 0.027, r(2)), 1.0)
        };
        // They leave the lid towards the viewer, then sweep out and up.
        let bend = [root[0] + 0.62 * long * out, root[1] + way * long * 0.22 + 0.004 * way];
        let tip = [root[0] + long * out, root[1] + way * long * 0.92];
        Hair {
            curve: [root, bend, tip].map(|q| [sign * q[0], q[1]]),
            wide: if upper { mix(0.0010, 0.0018, r(4)) } else { 0.0009 },
            dense: if upper { 0.92 } else { 0.5 },
        }
    };
    Strokes::new((0..2).flat_map(move |side| (0..UPPER + 46).map(move |k| hair(side, k))))
}
