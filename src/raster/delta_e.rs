//! How far two colours are apart: CIEDE2000, with all weights at one. Formula and cases as in Sharma,
//! Wu & Dalal 2005.
//!
//! Hues are kept as directions in the plane of a' and b', not as angles, so that most of the formula
//! needs no function beyond the square root and many colours can be compared side by side. With `u1`
//! and `u2` the directions of both, the mean hue points along `u1 + u2`, or across `u1 - u2` where
//! they are nearly opposite, and the difference of hue is their cross product over the chord's
//! height. The one angle that the rotation term asks for is looked up by the tangent of its half.

#![expect(
    clippy::inline_always,
    reason = "many colours are only compared side by side where all of it is one loop"
)]

use std::{f64::consts::TAU, sync::LazyLock};

use super::lab::{Lab, between};

/// The colour difference CIEDE2000 of two colours; 0 for equal ones, about 1 for what is just seen
/// side by side.
#[must_use]
pub fn delta_e_2000(one: Lab, other: Lab) -> f64 {
    if one == other {
        return 0.0;
    }
    let terms = Terms::of(one, other);
    terms.distance(rotation(terms.hue))
}

/// Colours that are compared side by side.
const N: usize = 64;

/// The differences of pairs of 8-bit sRGB codes, off by less than 0.0001: many times as fast.
pub(super) fn delta_e_of_codes(
    pairs: impl ExactSizeIterator<Item = ([u8; 3], [u8; 3])>,
    mut take: impl FnMut(usize, f64),
) {
    let (mut one, mut other) = ([Lab::default(); N], [Lab::default(); N]);
    let (mut idx, mut filled, total) = (0, 0, pairs.len());
    for (at, (a, b)) in pairs.enumerate() {
        one[filled] = Lab::of_srgb8(a);
        // Equal codes are no distance apart, to the bit.
        other[filled] = if a == b { one[filled] } else { Lab::of_srgb8(b) };
        filled += 1;
        if filled == N || at + 1 == total {
            let found = delta_e_of_many(&one, &other);
            for found in &found[..filled] {
                take(idx, *found);
                idx += 1;
            }
            filled = 0;
        }
    }
}

fn delta_e_of_many(one: &[Lab; N], other: &[Lab; N]) -> [f64; N] {
    let (mut lightness, mut chroma, mut hue) = ([0.0; N], [0.0; N], [0.0; N]);
    let (mut bend, mut place) = ([0.0; N], [0.0; N]);
    for idx in 0..N {
        let terms = Terms::of(one[idx], other[idx]);
        (lightness[idx], chroma[idx], hue[idx]) = (terms.l, terms.c, terms.h);
        (bend[idx], place[idx]) = (terms.bend, half_tangent(terms.hue));
    }
    let mut found = [0.0; N];
    for idx in 0..N {
        found[idx] = near_rotation(place[idx]);
    }
    for idx in 0..N {
        let (l, c, h) = (lightness[idx], chroma[idx], hue[idx]);
        found[idx] = distance([l, c, h], bend[idx] * found[idx]);
    }
    found
}

/// What the difference is made of.
#[derive(Clone, Copy, Debug)]
struct Terms {
    /// Weighted differences of lightness, chroma and hue.
    l: f64,
    c: f64,
    h: f64,
    /// How much chroma and hue depend on each other, where their hue is a blue.
    bend: f64,
    /// The mean hue's cosine and sine.
    hue: [f64; 2],
}

impl Terms {
    #[inline(always)]
    fn of(one: Lab, other: Lab) -> Self {
        let stretch = 1.0 + 0.5 * (1.0 - saturation(f64::midpoint(one.chroma(), other.chroma())));
        let (a1, b1) = (stretch * one.a, one.b);
        let (a2, b2) = (stretch * other.a, other.b);
        let (c1, c2) = ((a1 * a1 + b1 * b1).sqrt(), (a2 * a2 + b2 * b2).sqrt());
        let product = c1 * c2;
        let (dot, cross) = (a1 * a2 + b1 * b2, a1 * b2 - a2 * b1);
        // Of two opposite hues the one from 0 to below 180 degrees comes first.
        let is_first = b1 > 0.0 || (b1 == 0.0 && a1 > 0.0);
        let is_ahead = cross > 0.0 || (cross == 0.0 && is_first);
        let sign = if is_ahead { 1.0 } else { -1.0 };
        let is_near = dot >= 0.0;
        let near = cross / f64::midpoint(product, dot).max(f64::MIN_POSITIVE).sqrt();
        let far = sign * (2.0 * (product - dot)).max(0.0).sqrt();
        let dh = if is_near { near } else { far };
        let (x1, y1, x2, y2) = (a1 * c2, b1 * c2, a2 * c1, b2 * c1);
        // A grey has no hue: the other one's counts.
        let is_grey = product == 0.0;
        let x = if is_grey { a1 + a2 } else { x1 + x2 };
        let y = if is_grey { b1 + b2 } else { y1 + y2 };
        let x = if is_near { x } else { sign * (y2 - y1) };
        let y = if is_near { y } else { sign * (x1 - x2) };
        let length = (x * x + y * y).sqrt();
        let is_nowhere = length == 0.0;
        let scale = 1.0 / if is_nowhere { 1.0 } else { length };
        let hue = [if is_nowhere { 1.0 } else { x * scale }, y * scale];
        let (l, c) = (f64::midpoint(one.l, other.l), f64::midpoint(c1, c2));
        let square = (l - 50.0) * (l - 50.0);
        let sl = 1.0 + 0.015 * square / (20.0 + square).sqrt();
        let (sc, sh) = (1.0 + 0.045 * c, 1.0 + 0.015 * c * hue_weight(hue));
        let bend = 2.0 * saturation(c);
        Self { l: (other.l - one.l) / sl, c: (c2 - c1) / sc, h: dh / sh, bend, hue }
    }

    fn distance(&self, rotation: f64) -> f64 {
        distance([self.l, self.c, self.h], self.bend * rotation)
    }
}

#[inline(always)]
fn distance([l, c, h]: [f64; 3], rotation: f64) -> f64 {
    (l * l + c * c + h * h + rotation * c * h).max(0.0).sqrt()
}

/// From 0 of a grey towards 1, half-way at 25 of chroma.
#[inline(always)]
fn saturation(chroma: f64) -> f64 {
    const POW_25: f64 = 6_103_515_625.0;
    let cubed = chroma * chroma * chroma;
    let power = cubed * cubed * chroma;
    (power / (power + POW_25)).sqrt()
}

/// Sine and cosine of 30, 6 and 63 degrees.
const SHIFTS: [(f64, f64); 3] = [
    (0.5, 0.866_025_403_784_438_6),
    (0.104_528_463_267_653_46, 0.994_521_895_368_273_3),
    (0.891_006_524_188_367_9, 0.453_990_499_739_546_8),
];

/// `T` of the formula, from the hue's cosine and sine: cosines of its multiples, shifted.
#[inline(always)]
fn hue_weight([cos, sin]: [f64; 2]) -> f64 {
    let (sin2, cos2) = (2.0 * sin * cos, cos * cos - sin * sin);
    let (sin3, cos3) = (sin2 * cos + cos2 * sin, cos2 * cos - sin2 * sin);
    let (sin4, cos4) = (2.0 * sin2 * cos2, cos2 * cos2 - sin2 * sin2);
    let [(s30, c30), (s6, c6), (s63, c63)] = SHIFTS;
    1.0 - 0.17 * (cos * c30 + sin * s30) + 0.24 * cos2 + 0.32 * (cos3 * c6 - sin3 * s6)
        - 0.20 * (cos4 * c63 + sin4 * s63)
}

/// The rotation term but for its dependence on chroma, of a hue.
fn rotation([cos, sin]: [f64; 2]) -> f64 {
    let angle = libm::atan2(sin, cos);
    rotation_at(if angle < 0.0 { angle + TAU } else { angle })
}

/// The same of an angle from 0 to a full turn.
fn rotation_at(angle: f64) -> f64 {
    let bend = (angle.to_degrees() - MIDDLE) / 25.0;
    -libm::sin(2.0 * std::f64::consts::FRAC_PI_6 * libm::exp(-bend * bend))
}

/// The blue that the rotation term is about, in degrees, and its cosine and sine.
const MIDDLE: f64 = 275.0;
const MIDDLE_DIRECTION: [f64; 2] = [0.087_155_742_747_658_17, -0.996_194_698_091_745_5];

/// The tangent of half the angle by which a hue lies past [`MIDDLE`], within what is in the table.
#[inline(always)]
fn half_tangent([cos, sin]: [f64; 2]) -> f64 {
    let [x, y] = MIDDLE_DIRECTION;
    let tangent = (sin * x - cos * y) / (1.0 + cos * x + sin * y).max(1e-9);
    tangent.clamp(FIRST, LAST)
}

/// Where the table begins: 116 degrees before the middle nothing is left.
const FIRST: f64 = -1.6;
/// Where it ends: at a full turn, 85 degrees past the middle, the formula begins anew with nothing.
const LAST: f64 = 0.916_331_174_017_423_5;
/// Steps of the table for a tangent of one; between two of them a line is off by less than 2e-6.
const STEPS: f64 = 2048.0;

static ROTATIONS: LazyLock<Vec<f64>> = LazyLock::new(|| {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a count")]
    let n = ((LAST - FIRST) * STEPS) as u32 + 2;
    (0..n)
        .map(|step| {
            let past = 2.0 * libm::atan(FIRST + f64::from(step) / STEPS);
            rotation_at(past + MIDDLE.to_radians())
        })
        .collect()
});

fn near_rotation(tangent: f64) -> f64 {
    if tangent >= LAST {
        return 0.0;
    }
    between(&ROTATIONS, (tangent - FIRST) * STEPS)
}
