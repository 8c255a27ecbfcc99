//! Where the pixels of a view lie in its source.

use std::ops::Range;

use super::filter::{Line, Row};
use crate::geometry::{Image, ImagePoint, Map, Output, OutputPoint};

/// Pixels a side of a cell within which a map that is not affine may be interpolated. Cells lie at
/// the same places whatever part is asked for, so that any division gives the same bytes.
const CELL: usize = 8;
/// How far off an interpolated place may be, in source pixels.
const CELL_ERROR: f64 = 1.0 / 256.0;

/// Columns and rows of a picture.
#[derive(Clone, Debug)]
pub(super) struct Area {
    pub(super) columns: Range<usize>,
    pub(super) rows: Range<usize>,
}

impl Area {
    pub(super) fn n_pixels(&self) -> usize {
        self.columns.len() * self.rows.len()
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
    fn of(places: impl Iterator<Item = (f64, f64)>) -> Self {
        let none = (f64::INFINITY, f64::NEG_INFINITY);
        places.fold(Self { x: none, y: none }, |all, (x, y)| Self {
            x: (all.x.0.min(x), all.x.1.max(x)),
            y: (all.y.0.min(y), all.y.1.max(y)),
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
                self.fill_cell((x, y), part, places);
            }
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

    fn snapped(&self, at: f64) -> f64 {
        if self.snaps { at.floor() + 0.5 } else { at }
    }

    /// The places of the pixels that a cell and a part share.
    fn fill_cell(&self, (x, y): (usize, usize), part: &Area, places: &mut Places) {
        let exact = |x: usize, y: usize| self.map.apply(OutputPoint::new(centre(x), centre(y)));
        let cell = if self.matrix.is_some() { None } else { Cell::new(&exact, x, y) };
        for row in y.max(part.rows.start)..(y + CELL).min(part.rows.end) {
            let start = (row - part.rows.start) * part.columns.len();
            for column in x.max(part.columns.start)..(x + CELL).min(part.columns.end) {
                let at = cell.as_ref().map_or_else(
                    || exact(column, row),
                    |cell| cell.at(f64_of(column - x), f64_of(row - y)),
                );
                let idx = start + column - part.columns.start;
                (places.x[idx], places.y[idx]) = (self.snapped(at.x), self.snapped(at.y));
            }
        }
    }
}

/// A cell in which the map is as good as bilinear: where its corners lie.
struct Cell {
    corners: [ImagePoint; 4],
}

impl Cell {
    /// The cell that begins at a pixel; `None` where the map bends too much in it. It bends most
    /// where its edges do, so their middles are asked for.
    fn new(exact: &impl Fn(usize, usize) -> ImagePoint, x: usize, y: usize) -> Option<Self> {
        let corners = [(0, 0), (CELL, 0), (0, CELL), (CELL, CELL)];
        let cell = Self { corners: corners.map(|(dx, dy)| exact(x + dx, y + dy)) };
        let middles = [(CELL / 2, 0), (0, CELL / 2), (CELL / 2, CELL / 2)];
        let is_near = |(dx, dy): (usize, usize)| {
            cell.at(f64_of(dx), f64_of(dy)).distance(exact(x + dx, y + dy)) <= CELL_ERROR
        };
        middles.into_iter().all(is_near).then_some(cell)
    }

    fn at(&self, dx: f64, dy: f64) -> ImagePoint {
        let (x, y) = (dx / f64_of(CELL), dy / f64_of(CELL));
        let [top_left, top_right, left, right] = self.corners;
        let mix = |of: fn(ImagePoint) -> f64| {
            let top = of(top_left) + x * (of(top_right) - of(top_left));
            let bottom = of(left) + x * (of(right) - of(left));
            top + y * (bottom - top)
        };
        ImagePoint::new(mix(|p| p.x), mix(|p| p.y))
    }
}

#[expect(clippy::cast_precision_loss, reason = "pixel counts are below 2^20")]
pub(super) fn f64_of(n: usize) -> f64 {
    n as f64
}

fn centre(n: usize) -> f64 {
    f64_of(n) + 0.5
}
