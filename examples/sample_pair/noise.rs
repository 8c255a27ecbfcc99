//! Repeatable noise: integer hashes, value noise with slopes, scattered points.

use crate::maths::{Point, length};

/// Scrambles three integers into 32 well mixed bits.
pub(crate) fn hash(x: i64, y: i64, seed: u32) -> u32 {
    let mut h = low(x).wrapping_mul(0x9E37_79B1) ^ low(y).wrapping_mul(0x85EB_CA77);
    h ^= seed.wrapping_mul(0xC2B2_AE3D);
    h ^= h >> 15;
    h = h.wrapping_mul(0x2C1B_3C6D);
    h ^= h >> 12;
    h = h.wrapping_mul(0x297A_2D39);
    h ^ (h >> 15)
}

/// Low 32 bits of an integer.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "only the low bits are wanted"
)]
fn low(v: i64) -> u32 {
    v as u32
}

/// A number in `0..1` for three integers.
pub(crate) fn random(x: i64, y: i64, seed: u32) -> f64 {
    f64::from(hash(x, y, seed)) / 4_294_967_296.0
}

/// The integer part of a coordinate and what is left over.
#[expect(clippy::cast_possible_truncation, reason = "coordinates stay within a few thousands")]
fn split(x: f64) -> (i64, f64) {
    let f = x.floor();
    (f as i64, x - f)
}

/// Value noise in `-1..1` together with its slope in x and y.
#[expect(clippy::many_single_char_names, reason = "short names of plane geometry")]
pub(crate) fn value_slope(p: Point, seed: u32) -> [f64; 3] {
    let (ix, fx) = split(p[0]);
    let (iy, fy) = split(p[1]);
    let corner = |dx, dy| random(ix + dx, iy + dy, seed) * 2.0 - 1.0;
    let (a, b, c, d) = (corner(0, 0), corner(1, 0), corner(0, 1), corner(1, 1));
    let ease = |t: f64| t * t * t * (t * (t * 6.0 - 15.0) + 10.0);
    let slope = |t: f64| 30.0 * t * t * (t * (t - 2.0) + 1.0);
    let (u, v) = (ease(fx), ease(fy));
    let k = a - b - c + d;
    [
        a + (b - a) * u + (c - a) * v + k * u * v,
        slope(fx) * ((b - a) + k * v),
        slope(fy) * ((c - a) + k * u),
    ]
}

/// Value noise in `-1..1`.
pub(crate) fn value(p: Point, seed: u32) -> f64 {
    value_slope(p, seed)[0]
}

/// Several octaves of value noise, about `-1..1`.
pub(crate) fn layered(p: Point, octaves: u32, seed: u32) -> f64 {
    let (mut sum, mut gain, mut at) = (0.0, 0.5, p);
    for octave in 0..octaves {
        sum += gain * value(at, seed.wrapping_add(octave));
        gain *= 0.5;
        // Turn a little between octaves so that the lattices do not line up.
        at = [1.6 * at[0] - 1.2 * at[1] + 3.7, 1.2 * at[0] + 1.6 * at[1] + 1.3];
    }
    sum
}

/// The nearest of a set of scattered points, one per unit cell.
pub(crate) struct Nearest {
    /// Vector from the scattered point to the asked point.
    pub(crate) offset: Point,
    /// Length of that vector.
    pub(crate) distance: f64,
    /// Two numbers in `0..1` that belong to the scattered point.
    pub(crate) traits: [f64; 2],
}

/// Finds the scattered point nearest to `p`.
pub(crate) fn nearest(p: Point, seed: u32) -> Nearest {
    let (ix, fx) = split(p[0]);
    let (iy, fy) = split(p[1]);
    let mut best = (9.0, [0.0, 0.0], 0, 0);
    for dy in -1..=1_i32 {
        for dx in -1..=1_i32 {
            let (cx, cy) = (ix + i64::from(dx), iy + i64::from(dy));
            let ox = fx - f64::from(dx) - 0.1 - 0.8 * random(cx, cy, seed);
            let oy = fy - f64::from(dy) - 0.1 - 0.8 * random(cx, cy, seed ^ 0x55);
            let d = ox * ox + oy * oy;
            if d < best.0 {
                best = (d, [ox, oy], cx, cy);
            }
        }
    }
    Nearest {
        offset: best.1,
        distance: length(best.1[0], best.1[1]),
        traits: [random(best.2, best.3, seed ^ 0xA1), random(best.2, best.3, seed ^ 0xB7)],
    }
}

/// A number of mean zero and standard deviation about one for a pixel.
pub(crate) fn grain(x: i64, y: i64, seed: u32) -> f64 {
    let sum: f64 = (0..4).map(|k| random(x, y, seed + 17 * k)).sum();
    (sum - 2.0) * 1.732
}

/// Slope of a dimple at every scattered point, and how deep inside one the place lies, 0 to 1.
/// `size` is the radius of the largest as a share of their spacing; they differ in size and depth.
pub(crate) fn dimples(p: Point, size: f64, seed: u32) -> [f64; 3] {
    let spot = nearest(p, seed);
    let radius = size * (0.45 + 0.55 * spot.traits[0]);
    let share = spot.distance / radius;
    if share > 3.0 {
        return [0.0; 3];
    }
    let depth = (0.25 + 0.75 * spot.traits[1]) * libm::exp(-0.5 * share * share);
    let steep = depth / radius;
    [spot.offset[0] / radius * steep, spot.offset[1] / radius * steep, depth]
}
