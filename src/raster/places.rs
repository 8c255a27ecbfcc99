//! Where the pixels of a view lie in its source.

use std::ops::Range;

use super::filter::{Line, Row};
use crate::geometry::{Image, ImagePoint, Map, Output, OutputPoint};

/// Pixels a side of the largest cell within which a map that is not affine may be interpolated, a
/// power of two. Cells lie at the same places whatever part is asked for, so that any division gives
/// the same bytes.
const CELL: usize = 32;
/// Those of the smallest one.
const LEAST_CELL: usize = 8;
/// How far off an interpolated place may be where it is tried, in source pixels.
const CELL_ERROR: f64 = 1.0 / 512.0;

/// Columns and rows of a picture.
#[derive(Clone, Debug)]
pub(super) struct Area {
    pub(super) columns: Range<usize>,
    pub(super) rows: Range<usize>,
}

impl Area {
    /// All of a picture.
    pub(super) const fn whole((width, height): (usize, usize)) -> Self {
        Self { columns: 0..width, rows: 0..height }
    }

    pub(super) fn n_pixels(&self) -> usize {
        self.columns.len() * self.rows.len()
    }

    /// Whether it holds all of another one.
    pub(super) fn holds(&self, other: &Self) -> bool {
        let holds = |one: &Range<usize>, other: &Range<usize>| {
            one.start <= other.start && other.end <= one.end
        };
        holds(&self.columns, &other.columns) && holds(&self.rows, &other.rows)
    }

    /// Two halves across the longer side.
    pub(super) fn halves(&self) -> [Self; 2] {
        let halves = |range: &Range<usize>| {
            let middle = range.start.midpoint(range.end);
            [range.start..middle, middle..range.end]
        };
        if self.columns.len() >= self.rows.len() {
            halves(&self.columns).map(|columns| Self { columns, rows: self.rows.clone() })
        } else {
            halves(&self.rows).map(|rows| Self { columns: self.columns.clone(), rows })
        }
    }
}

/// The least and the largest coordinates of places.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bounds {
    pub(super) x: (f64, f64),
    pub(super) y: (f64, f64),
}

impl Bounds {
    /// Endless on both axes where a place is no number, so that nobody takes all of them for inside.
    fn of(places: impl Iterator<Item = (f64, f64)>) -> Self {
        let none = (f64::INFINITY, f64::NEG_INFINITY);
        let all = (f64::NEG_INFINITY, f64::INFINITY);
        places.fold(Self { x: none, y: none }, |bounds, (x, y)| {
            if x.is_nan() || y.is_nan() {
                return Self { x: all, y: all };
            }
            Self {
                x: (bounds.x.0.min(x), bounds.x.1.max(x)),
                y: (bounds.y.0.min(y), bounds.y.1.max(y)),
            }
        })
    }
}

/// Finds places in the source through a map.
pub(super) struct Finder<'a, M> {
    map: &'a M,
    /// Of a map that is affine.
    matrix: Option<[[f64; 3]; 2]>,
    /// Whether every place counts as the middle of the source pixel that holds it.
    snaps: bool,
}

/// The places of a part, row by row; of one whose places are even, none.
#[derive(Default)]
pub(super) struct Places {
    x: Vec<f64>,
    y: Vec<f64>,
}

impl<'a, M: Map<Image, Output>> Finder<'a, M> {
    pub(super) fn new(map: &'a M, snaps: bool) -> Self {
        Self { map, matrix: map.matrix(), snaps }
    }

    /// Begins with a part of the view: where it lies.
    pub(super) fn begin(&self, part: &Area, places: &mut Places) -> Bounds {
        let ends = [part.rows.start, part.rows.end - 1].map(|row| self.line(part, row));
        if let [Some(first), Some(last)] = ends {
            // Rounding keeps the order of sums, so that the extremes lie in the corners.
            let corners = [first, last].map(|row| [row.at(0), row.at(row.len() - 1)]);
            return Bounds::of(corners.into_iter().flatten());
        }
        places.x.resize(part.n_pixels(), 0.0);
        places.y.resize(part.n_pixels(), 0.0);
        let cells = |range: &Range<usize>| {
            (range.start / CELL..range.end.div_ceil(CELL)).map(|idx| idx * CELL)
        };
        for y in cells(&part.rows) {
            for x in cells(&part.columns) {
                self.fill_cell((x, y), CELL, part, places);
            }
        }
        if self.snaps {
            let all = places.x.iter_mut().chain(&mut places.y);
            all.for_each(|at| *at = at.floor() + 0.5);
        }
        Bounds::of(places.x.iter().copied().zip(places.y.iter().copied()))
    }

    /// The places of one row of the part that was begun with.
    pub(super) fn row<'p>(&self, part: &Area, row: usize, places: &'p Places) -> Row<'p> {
        if let Some(row) = self.line(part, row) {
            return row;
        }
        let n = part.columns.len();
        let start = (row - part.rows.start) * n;
        Row::Listed([&places.x, &places.y].map(|list| &list[start..start + n]))
    }

    /// A row whose places are even.
    fn line(&self, part: &Area, row: usize) -> Option<Row<'static>> {
        let matrix = self.matrix.filter(|_| !self.snaps)?;
        let first = centre(part.columns.start);
        let lines = matrix.map(|[slope, across, shift]| Line {
            first,
            slope,
            row: across * centre(row),
            shift,
        });
        Some(Row::Even(lines, part.columns.len()))
    }

    /// The places of the pixels that a cell and a part share: interpolated, or cell by smaller cell,
    /// or at last one by one.
    fn fill_cell(&self, (x, y): (usize, usize), size: usize, part: &Area, places: &mut Places) {
        let shared = |start: usize, range: &Range<usize>| {
            start.max(range.start)..(start + size).min(range.end)
        };
        let (columns, rows) = (shared(x, &part.columns), shared(y, &part.rows));
        if columns.is_empty() || rows.is_empty() {
            return;
        }
        let exact = |x: usize, y: usize| self.map.apply(OutputPoint::new(centre(x), centre(y)));
        let cell = if self.matrix.is_some() { None } else { Cell::new(&exact, (x, y), size) };
        let start = |row: usize| {
            (row - part.rows.start) * part.columns.len() + columns.start - part.columns.start
        };
        if let Some(cell) = cell {
            for row in rows {
                let places = (&mut places.x[start(row)..], &mut places.y[start(row)..]);
                cell.fill_row(f64_of(row - y), columns.start - x..columns.end - x, places);
            }
        } else if size > LEAST_CELL {
            let half = size / 2;
            for corner in [(x, y), (x + half, y), (x, y + half), (x + half, y + half)] {
                self.fill_cell(corner, half, part, places);
            }
        } else {
            for row in rows {
                for (idx, column) in columns.clone().enumerate() {
                    let at = exact(column, row);
                    let idx = start(row) + idx;
                    (places.x[idx], places.y[idx]) = (at.x, at.y);
                }
            }
        }
    }
}

/// A cell in which the map is as good as a quadratic along each axis: where nine of its places lie,
/// row by row, from edge to edge.
struct Cell {
    size: f64,
    nodes: [[ImagePoint; 3]; 3],
}

impl Cell {
    /// The cell of `size` pixels that begins at a pixel; `None` where the map is not near enough to
    /// a quadratic. Between nodes it is tried.
    fn new(
        exact: &impl Fn(usize, usize) -> ImagePoint,
        (x, y): (usize, usize),
        size: usize,
    ) -> Option<Self> {
        let half = size / 2;
        let nodes = [0, half, size].map(|dy| [0, half, size].map(|dx| exact(x + dx, y + dy)));
        let cell = Self { size: f64_of(size), nodes };
        let (low, high) = (size / 4, size - size / 4);
        let tried = [(low, low), (high, low), (low, high), (high, high), (half, low), (low, half)];
        let is_near = |(dx, dy): (usize, usize)| {
            let exact = exact(x + dx, y + dy);
            let [xs, ys] = cell.row(f64_of(dy));
            let t = f64_of(dx) / cell.size;
            ImagePoint::new(quadratic_at(xs, t), quadratic_at(ys, t)).distance(exact) <= CELL_ERROR
        };
        tried.into_iter().all(is_near).then_some(cell)
    }

    /// How x and y go along a row, by the share of the cell.
    fn row(&self, dy: f64) -> [[f64; 3]; 2] {
        let t = dy / self.size;
        let along = |of: fn(ImagePoint) -> f64| {
            let column =
                |idx: usize| quadratic_at(quadratic(self.nodes.map(|nodes| of(nodes[idx]))), t);
            quadratic([column(0), column(1), column(2)])
        };
        [along(|p| p.x), along(|p| p.y)]
    }

    fn fill_row(&self, dy: f64, columns: Range<usize>, (xs, ys): (&mut [f64], &mut [f64])) {
        let [x, y] = self.row(dy);
        for ((dx, at_x), at_y) in columns.zip(xs).zip(ys) {
            let t = f64_of(dx) / self.size;
            (*at_x, *at_y) = (quadratic_at(x, t), quadratic_at(y, t));
        }
    }
}

/// The quadratic with these values at 0, 1/2 and 1: its coefficients, the constant first.
fn quadratic([first, middle, last]: [f64; 3]) -> [f64; 3] {
    [first, 4.0 * middle - 3.0 * first - last, 2.0 * (first + last) - 4.0 * middle]
}

fn quadratic_at([constant, linear, square]: [f64; 3], t: f64) -> f64 {
    constant + t * (linear + t * square)
}

#[expect(clippy::cast_precision_loss, reason = "pixel counts are below 2^20")]
pub(super) fn f64_of(n: usize) -> f64 {
    n as f64
}

fn centre(n: usize) -> f64 {
    f64_of(n) + 0.5
}
