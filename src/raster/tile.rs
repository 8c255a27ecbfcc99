//! A view, tile by tile: the part of the source that a tile needs is turned into light once.

use std::ops::Range;

use rayon::prelude::*;

use super::{
    filter::Arithmetic,
    kernel::Weights,
    picture::{Picture, Pixels, eight_of_sixteen},
    view::{View, ViewError},
};
use crate::geometry::{Image, ImagePoint, Kernel, Map, Output, OutputPoint};

/// Rows that are made together.
const BAND: usize = 32;
/// Columns of a tile.
const TILE: usize = 64;
/// A tile that needs more source pixels than this is made in parts.
const MAX_SAMPLES: usize = 1 << 18;

/// A view of a source, about to be made.
pub(super) struct Canvas<'a, M> {
    pub(super) source: &'a Picture,
    pub(super) view: &'a View<M>,
    /// Whether every place counts as the middle of the source pixel that holds it.
    pub(super) shows_pixels: bool,
    pub(super) is_cancelled: &'a (dyn Fn() -> bool + Sync),
}

/// A level of the source with the kernel's weights on both axes.
pub(super) struct Level<'a, A: Arithmetic> {
    texels: &'a [A::Texel],
    width: usize,
    /// Level pixels a source pixel.
    scale: f64,
    x: Weights<A>,
    y: Weights<A>,
    arithmetic: A,
}

/// What a thread needs again and again.
struct Scratch<A: Arithmetic> {
    /// Where the part's pixels lie in the level; `None` outside.
    places: Vec<Option<(f64, f64)>>,
    samples: Vec<A::Sample>,
    x: Vec<A::Weight>,
    y: Vec<A::Weight>,
}

impl<A: Arithmetic> Default for Scratch<A> {
    fn default() -> Self {
        Self { places: Vec::new(), samples: Vec::new(), x: Vec::new(), y: Vec::new() }
    }
}

/// Columns and rows of a picture.
#[derive(Clone, Debug)]
struct Area {
    columns: Range<usize>,
    rows: Range<usize>,
}

impl Area {
    fn n_pixels(&self) -> usize {
        self.columns.len() * self.rows.len()
    }

    /// Two halves across the longer side.
    fn halves(&self) -> [Self; 2] {
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

impl<'a, A: Arithmetic> Level<'a, A> {
    /// `level` of a picture, `scale` level pixels a source pixel, to be seen through `view` whose
    /// pixels span this many source pixels along each axis.
    pub(super) fn new<M>(
        (level, texels): (&Picture, &'a [A::Texel]),
        scale: f64,
        view: &View<M>,
        spans: (f64, f64),
        arithmetic: A,
    ) -> Self {
        // A box would let through much of what a coarser picture cannot hold.
        let is_low_passed =
            view.kernel == Kernel::Nearest && spans.0.max(spans.1) == view.least_span;
        let kernel = if is_low_passed { Kernel::CatmullRom } else { view.kernel };
        let weights = |span: f64, length| Weights::new(kernel, (span * scale).max(1.0), length);
        let x = weights(spans.0, level.width());
        let y = weights(spans.1, level.height());
        Self { texels, width: level.width(), scale, x, y, arithmetic }
    }

    /// The part of the level that these places need; `None` when all lie outside.
    fn needed(&self, places: &[Option<(f64, f64)>]) -> Option<Area> {
        let mut inside = places.iter().flatten();
        let first = *inside.next()?;
        let (min, max) = inside.fold((first, first), |(min, max), &(x, y)| {
            ((min.0.min(x), min.1.min(y)), (max.0.max(x), max.1.max(y)))
        });
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "inside")]
        let range = |min: f64, max: f64, weights: &Weights<A>| {
            let end = (max as usize + 1 + weights.half()).min(weights.length());
            (min as usize).saturating_sub(weights.half())..end
        };
        Some(Area { columns: range(min.0, max.0, &self.x), rows: range(min.1, max.1, &self.y) })
    }

    /// Turns a part of the level into light.
    fn load(&self, area: &Area, samples: &mut Vec<A::Sample>) {
        samples.clear();
        for row in area.rows.clone() {
            let texels = &self.texels[row * self.width..][area.columns.clone()];
            samples.extend(texels.iter().map(|texel| self.arithmetic.sample(*texel)));
        }
    }
}

impl<M: Map<Image, Output>> Canvas<'_, M> {
    /// Every pixel as the kernel's weighted mean of the level's.
    pub(super) fn render<A: Arithmetic>(
        &self,
        level: &Level<'_, A>,
    ) -> Result<Vec<[u8; 4]>, ViewError> {
        let (width, height) = (self.view.width, self.view.height);
        let mut pixels = vec![[0; 4]; width * height];
        pixels.par_chunks_mut(width * BAND).enumerate().try_for_each_init(
            Scratch::default,
            |scratch, (idx, band)| {
                let rows = idx * BAND..(idx * BAND + BAND).min(height);
                for start in (0..width).step_by(TILE) {
                    if (self.is_cancelled)() {
                        return Err(ViewError::Cancelled);
                    }
                    let columns = start..(start + TILE).min(width);
                    let part = Area { columns, rows: rows.clone() };
                    self.render_part(level, &part, (rows.start, &mut *band), scratch);
                }
                Ok(())
            },
        )?;
        Ok(pixels)
    }

    fn render_part<A: Arithmetic>(
        &self,
        level: &Level<'_, A>,
        part: &Area,
        (first_row, band): (usize, &mut [[u8; 4]]),
        scratch: &mut Scratch<A>,
    ) {
        self.find_places(part, &mut scratch.places);
        for (x, y) in scratch.places.iter_mut().flatten() {
            if self.shows_pixels {
                (*x, *y) = (x.floor() + 0.5, y.floor() + 0.5);
            }
            *x *= level.scale;
            *y *= level.scale;
        }
        let Some(needed) = level.needed(&scratch.places) else { return };
        if needed.n_pixels() > MAX_SAMPLES && part.n_pixels() > 1 {
            for half in part.halves() {
                self.render_part(level, &half, (first_row, &mut *band), scratch);
            }
            return;
        }
        level.load(&needed, &mut scratch.samples);
        let stride = needed.columns.len();
        let mut places = scratch.places.iter();
        for y in part.rows.clone() {
            let row = &mut band[(y - first_row) * self.view.width..][part.columns.clone()];
            for (pixel, place) in row.iter_mut().zip(&mut places) {
                let Some((x, y)) = *place else { continue };
                let (first_x, x_weights) = level.x.taps(x, &mut scratch.x);
                let (first_y, y_weights) = level.y.taps(y, &mut scratch.y);
                let start = (first_y - needed.rows.start) * stride + first_x - needed.columns.start;
                let samples = &scratch.samples[start..];
                *pixel = level.arithmetic.mean(samples, stride, x_weights, y_weights);
            }
        }
    }

    /// Every pixel as the source pixel that holds its position, untouched.
    pub(super) fn copy(&self) -> Result<Vec<[u8; 4]>, ViewError> {
        let width = self.view.width;
        let mut pixels = vec![[0; 4]; width * self.view.height];
        let source_width = self.source.width();
        pixels.par_chunks_mut(width * BAND).enumerate().try_for_each_init(
            Vec::new,
            |places, (idx, band)| {
                if (self.is_cancelled)() {
                    return Err(ViewError::Cancelled);
                }
                let rows = idx * BAND..idx * BAND + band.len() / width;
                self.find_places(&Area { columns: 0..width, rows }, places);
                for (pixel, place) in band.iter_mut().zip(&*places) {
                    let Some((x, y)) = *place else { continue };
                    #[expect(
                        clippy::cast_possible_truncation,
                        clippy::cast_sign_loss,
                        reason = "inside"
                    )]
                    let idx = y as usize * source_width + x as usize;
                    let texel = match self.source.pixels() {
                        Pixels::Rgba8(texels) => texels[idx],
                        Pixels::Rgba16(texels) => texels[idx].map(eight_of_sixteen),
                    };
                    // What cannot be seen has no colour.
                    *pixel = if texel[3] == 0 { [0; 4] } else { texel };
                }
                Ok(())
            },
        )?;
        Ok(pixels)
    }

    /// Where the pixels of a part lie in the source, row by row; `None` outside.
    fn find_places(&self, part: &Area, places: &mut Vec<Option<(f64, f64)>>) {
        places.clear();
        let (width, height) = (f64_of(self.source.width()), f64_of(self.source.height()));
        let inside = |at: ImagePoint| {
            let is_inside = at.x >= 0.0 && at.y >= 0.0 && at.x < width && at.y < height;
            is_inside.then_some((at.x, at.y))
        };
        let exact = |x: usize, y: usize| self.view.source_from_output.apply(centre(x, y));
        if self.view.source_from_output.is_affine() {
            for y in part.rows.clone() {
                places.extend(part.columns.clone().map(|x| inside(exact(x, y))));
            }
            return;
        }
        places.resize(part.n_pixels(), None);
        for y in (part.rows.start / CELL..part.rows.end.div_ceil(CELL)).map(|idx| idx * CELL) {
            for x in
                (part.columns.start / CELL..part.columns.end.div_ceil(CELL)).map(|idx| idx * CELL)
            {
                let cell = Cell::new(&exact, x, y);
                for row in y.max(part.rows.start)..(y + CELL).min(part.rows.end) {
                    for column in x.max(part.columns.start)..(x + CELL).min(part.columns.end) {
                        let at = cell.as_ref().map_or_else(
                            || exact(column, row),
                            |cell| cell.at(f64_of(column - x), f64_of(row - y)),
                        );
                        let idx = (row - part.rows.start) * part.columns.len() + column
                            - part.columns.start;
                        places[idx] = inside(at);
                    }
                }
            }
        }
    }
}

/// Pixels a side of a cell within which a map that is not affine may be interpolated. Cells lie at
/// the same places whatever part is asked for, so that any division gives the same bytes.
const CELL: usize = 8;
/// How far off an interpolated place may be, in source pixels.
const CELL_ERROR: f64 = 1.0 / 256.0;

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

#[expect(clippy::cast_precision_loss, reason = "pixel counts are below 2^17")]
fn f64_of(n: usize) -> f64 {
    n as f64
}

fn centre(x: usize, y: usize) -> OutputPoint {
    OutputPoint::new(f64_of(x) + 0.5, f64_of(y) + 0.5)
}
