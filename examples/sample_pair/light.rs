//! Soft light on the relief: which part of a studio sky every point sees.

use rayon::prelude::*;

use crate::maths::{Point, Rgb, add3, dot3, power, scale3, smooth, unit3};
use crate::relief;

/// Direction towards the large soft box, up and to the left of the picture.
pub(crate) const KEY: Rgb = [-0.485, -0.561, 0.671];
/// Direction towards the weaker fill on the right.
pub(crate) const FILL: Rgb = [0.70, -0.12, 0.70];

/// Grid cells per face unit.
const CELLS: f64 = 256.0;
/// Left and top of the grid on the face.
const ORIGIN: Point = [-1.65, -2.25];
/// Grid columns and rows.
const SIZE: (usize, usize) = (845, 1050);
/// Directions around the horizon.
const AROUND: u32 = 24;
/// Directions between horizon and zenith.
const UP: u32 = 6;

/// What the light does at one point of the face.
#[derive(Clone, Copy)]
pub(crate) struct Lit {
    /// Slope of the relief in x and y.
    pub(crate) slope: Point,
    /// Light that arrives, per channel.
    pub(crate) light: Rgb,
    /// Share of the sky that is not hidden.
    pub(crate) open: f64,
}

/// The light over the whole face, on a grid.
pub(crate) struct Field {
    cells: Vec<[f64; 6]>,
}

/// One direction of the sky with its radiance times solid angle.
struct Ray {
    towards: Rgb,
    tangent: f64,
    radiance: Rgb,
}

/// Brightness of the studio in a direction.
fn sky(d: Rgb) -> Rgb {
    let key = power(dot3(d, KEY), 5.0) * 1.55;
    let fill = power(dot3(d, FILL), 3.0) * 0.34;
    let top = 0.16 * (1.0 - d[1]).max(0.0);
    [
        key * 1.02 + fill * 0.95 + top + 0.10,
        key + fill + top + 0.10,
        key * 0.965 + fill * 1.06 + top * 1.04 + 0.10,
    ]
}

/// The directions of the sky, ring by ring for every azimuth.
fn rays() -> Vec<(Point, Vec<Ray>)> {
    let tau = std::f64::consts::TAU;
    let ring = |k: u32| {
        let azimuth = tau * (f64::from(k) + 0.5) / f64::from(AROUND);
        let (c, s) = (libm::cos(azimuth), libm::sin(azimuth));
        let up = (0..UP).map(|j| {
            let rise = std::f64::consts::FRAC_PI_2 * (f64::from(j) + 0.5) / f64::from(UP);
            let (flat, high) = (libm::cos(rise), libm::sin(rise));
            let towards = [c * flat, s * flat, high];
            let solid = flat * tau / f64::from(AROUND * UP) * std::f64::consts::FRAC_PI_2;
            Ray { towards, tangent: high / flat, radiance: scale3(sky(towards), solid * 0.62) }
        });
        ([c, s], up.collect())
    };
    (0..AROUND).map(ring).collect()
}

/// Place of a grid cell on the face.
fn place(column: usize, row: usize) -> Point {
    #[expect(clippy::cast_precision_loss, reason = "grid indices are small")]
    let (x, y) = (column as f64, row as f64);
    [ORIGIN[0] + x / CELLS, ORIGIN[1] + y / CELLS]
}

/// Index of the cell nearest to a grid position, held inside the grid.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "held inside the grid first"
)]
fn clamped(v: f64, limit: usize) -> usize {
    (v.max(0.0) as usize).min(limit - 1)
}

impl Field {
    /// Works out relief, slopes and light for the whole face.
    pub(crate) fn new() -> Self {
        let (columns, rows) = SIZE;
        let heights: Vec<f64> = (0..columns * rows)
            .into_par_iter()
            .map(|i| relief::height(place(i % columns, i / columns)))
            .collect();
        let sky = rays();
        let cells = (0..columns * rows)
            .into_par_iter()
            .map(|i| cell(&heights, &sky, i % columns, i / columns))
            .collect();
        Self { cells }
    }

    /// The same field with the light spread under the skin.
    pub(crate) fn softened(&self, spread: Rgb) -> Self {
        let mut cells = self.cells.clone();
        for (channel, wide) in spread.iter().enumerate() {
            blur(&mut cells, channel + 2, wide * CELLS);
        }
        Self { cells }
    }

    /// The light at a point, blended between grid cells.
    #[expect(clippy::many_single_char_names, reason = "short names of plane geometry")]
    pub(crate) fn at(&self, p: Point) -> Lit {
        let gx = ((p[0] - ORIGIN[0]) * CELLS).max(0.0);
        let gy = ((p[1] - ORIGIN[1]) * CELLS).max(0.0);
        let (x, y) = (clamped(gx, SIZE.0 - 1), clamped(gy, SIZE.1 - 1));
        let (fx, fy) = ((gx - gx.floor()).min(1.0), (gy - gy.floor()).min(1.0));
        let i = y * SIZE.0 + x;
        let (a, b) = (&self.cells[i], &self.cells[i + 1]);
        let (c, d) = (&self.cells[i + SIZE.0], &self.cells[i + SIZE.0 + 1]);
        let v: [f64; 6] = std::array::from_fn(|k| {
            let top = a[k] + (b[k] - a[k]) * fx;
            let bottom = c[k] + (d[k] - c[k]) * fx;
            top + (bottom - top) * fy
        });
        Lit { slope: [v[0], v[1]], light: [v[2], v[3], v[4]], open: v[5] }
    }
}

/// Slope and light of one cell.
fn cell(heights: &[f64], sky: &[(Point, Vec<Ray>)], column: usize, row: usize) -> [f64; 6] {
    let z = |x: usize, y: usize| heights[y.min(SIZE.1 - 1) * SIZE.0 + x.min(SIZE.0 - 1)];
    let here = z(column, row);
    let slope_x = (z(column + 1, row) - z(column.saturating_sub(1), row)) * CELLS * 0.5;
    let slope_y = (z(column, row + 1) - z(column, row.saturating_sub(1))) * CELLS * 0.5;
    let normal = unit3([-slope_x, -slope_y, 1.0]);
    #[expect(clippy::cast_precision_loss, reason = "grid indices are small")]
    let at = [column as f64 + 0.5, row as f64 + 0.5];
    let (mut light, mut open) = ([0.0; 3], 0.0);
    for (around, ring) in sky {
        let mut horizon: f64 = -9.0;
        let mut reach = 2.0;
        while reach < 260.0 {
            let x = clamped(at[0] + around[0] * reach, SIZE.0);
            let y = clamped(at[1] + around[1] * reach, SIZE.1);
            horizon = horizon.max((z(x, y) - here) * CELLS / reach);
            reach *= 1.27;
        }
        for ray in ring {
            let facing = dot3(normal, ray.towards).max(0.0);
            let seen = smooth(-0.16, 0.16, ray.tangent - horizon);
            // A hidden direction shows lit skin instead of the sky.
            let bounce = [0.36, 0.175, 0.115].map(|b| b * ray.radiance[1].max(0.012));
            let sum = add3(scale3(ray.radiance, seen), scale3(bounce, 1.0 - seen));
            light = add3(light, scale3(sum, facing));
            open += seen * ray.towards[2] / f64::from(AROUND);
        }
    }
    [slope_x, slope_y, light[0], light[1], light[2], open * 0.262]
}

/// Blurs one value of all cells with a bell of the given width in cells.
fn blur(cells: &mut [[f64; 6]], value: usize, wide: f64) {
    let reach = clamped((wide * 3.0).ceil(), 64);
    if reach == 0 {
        return;
    }
    #[expect(clippy::cast_precision_loss, reason = "the reach is at most 64")]
    let weights: Vec<f64> = (0..=reach).map(|k| crate::maths::bell(k as f64 / wide)).collect();
    let total = weights[0] + 2.0 * weights[1..].iter().sum::<f64>();
    for (step, count, along) in [(1, SIZE.1, SIZE.0), (SIZE.0, SIZE.0, SIZE.1)] {
        let other = if step == 1 { SIZE.0 } else { 1 };
        for line in 0..count {
            let start = line * other;
            let old: Vec<f64> = (0..along).map(|k| cells[start + k * step][value]).collect();
            for k in 0..along {
                let mut sum = weights[0] * old[k];
                for (r, w) in weights.iter().enumerate().skip(1) {
                    sum += w * (old[k.saturating_sub(r)] + old[(k + r).min(along - 1)]);
                }
                cells[start + k * step][value] = sum / total;
            }
        }
    }
}
