//! Values over the face plane, kept in a grid.

use rayon::prelude::*;

use crate::maths::Point;

/// What surface is seen at a cell.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Kind {
    /// The wall behind.
    Behind,
    /// The neck.
    Neck,
    /// The knitted collar and what hangs from it.
    Cloth,
    /// Skin of the head.
    Skin,
    /// Eyeballs.
    Eye,
    /// Teeth, gum and the dark behind them.
    Mouth,
}

/// Where the cells of a grid lie.
#[derive(Clone, Copy)]
pub(crate) struct Grid {
    /// Cells across.
    pub(crate) width: usize,
    /// Cells down.
    pub(crate) height: usize,
    /// Cells per unit.
    pub(crate) density: f64,
}

/// Left and top of the grid.
const ORIGIN: Point = [-1.62, -2.15];
/// Right and bottom of the grid.
const END: Point = [1.62, 1.8];

/// A whole number as a coordinate.
pub(crate) fn num(n: usize) -> f64 {
    f64::from(u32::try_from(n).unwrap_or(u32::MAX))
}

/// The cell of a coordinate, held between 0 and `most`.
pub(crate) fn cell(v: f64, most: usize) -> usize {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "held at zero or above, and small"
    )]
    let idx = v.max(0.0) as usize;
    idx.min(most)
}

/// A number as it is kept.
pub(crate) fn kept(v: f64) -> f32 {
    #[expect(clippy::cast_possible_truncation, reason = "single precision is enough for light")]
    let v = v as f32;
    v
}

impl Grid {
    /// The grid of this many cells per unit.
    pub(crate) fn new(density: f64) -> Self {
        let count = |k: usize| cell((END[k] - ORIGIN[k]) * density, usize::MAX);
        Self { width: count(0), height: count(1), density }
    }

    /// How many cells there are.
    pub(crate) fn len(&self) -> usize {
        self.width * self.height
    }

    /// The middle of a cell on the face.
    pub(crate) fn place(&self, idx: usize) -> Point {
        let (x, y) = (num(idx % self.width), num(idx / self.width));
        [ORIGIN[0] + (x + 0.5) / self.density, ORIGIN[1] + (y + 0.5) / self.density]
    }

    /// Where a point of the face lies, in cells.
    pub(crate) fn cells(&self, p: Point) -> Point {
        [(p[0] - ORIGIN[0]) * self.density - 0.5, (p[1] - ORIGIN[1]) * self.density - 0.5]
    }

    /// The point of the face at a place in cells.
    pub(crate) fn of_cells(&self, at: Point) -> Point {
        [ORIGIN[0] + (at[0] + 0.5) / self.density, ORIGIN[1] + (at[1] + 0.5) / self.density]
    }

    /// The four cells about a point with their weights.
    pub(crate) fn about(&self, p: Point) -> [(usize, f64); 4] {
        let at = self.cells(p);
        let (x, y) =
            (at[0].clamp(0.0, num(self.width - 1)), at[1].clamp(0.0, num(self.height - 1)));
        let (column, row) = (cell(x, self.width - 2), cell(y, self.height - 2));
        let (u, v) = ((x - num(column)).min(1.0), (y - num(row)).min(1.0));
        let first = row * self.width + column;
        [
            (first, (1.0 - u) * (1.0 - v)),
            (first + 1, u * (1.0 - v)),
            (first + self.width, (1.0 - u) * v),
            (first + self.width + 1, u * v),
        ]
    }
}

/// Sums of neighbours along rows or columns, weighted by a bell and by whether they belong together.
pub(crate) fn smoothed(
    grid: &Grid,
    values: &[f32],
    deviation: f64,
    belongs: impl Fn(usize, usize) -> f32 + Sync,
) -> Vec<f32> {
    let rows = smoothed_along(grid, values, deviation, 1, &belongs);
    smoothed_along(grid, &rows, deviation, grid.width, &belongs)
}

fn smoothed_along(
    grid: &Grid,
    values: &[f32],
    deviation: f64,
    stride: usize,
    belongs: &(impl Fn(usize, usize) -> f32 + Sync),
) -> Vec<f32> {
    let reach = cell(deviation * 2.6 + 1.0, 200);
    let taps: Vec<f32> = (0..=reach)
        .map(|k| kept(libm::exp(-0.5 * (num(k) / deviation) * (num(k) / deviation))))
        .collect();
    let place = |idx: usize| if stride == 1 { idx % grid.width } else { idx / grid.width };
    let length = if stride == 1 { grid.width } else { grid.height };
    (0..values.len())
        .into_par_iter()
        .map(|idx| {
            let at = place(idx);
            if belongs(idx, idx) == 0.0 {
                return values[idx];
            }
            let (mut sum, mut weight) = (values[idx], 1.0);
            for (k, tap) in taps.iter().enumerate().skip(1) {
                if at >= k {
                    let share = tap * belongs(idx, idx - k * stride);
                    sum += share * values[idx - k * stride];
                    weight += share;
                }
                if at + k < length {
                    let share = tap * belongs(idx, idx + k * stride);
                    sum += share * values[idx + k * stride];
                    weight += share;
                }
            }
            sum / weight
        })
        .collect()
}
