//! A view, tile by tile: the part of the source that a tile needs is turned into light once.

use std::ops::Range;

use rayon::prelude::*;

use super::{
    filter::{Arithmetic, Field, Plan, RUN, Row, Taps, expect_row},
    kernel::Weights,
    picture::{Picture, Pixels, eight_of_sixteen},
    places::{Area, Bounds, Finder, Places, f64_of},
    view::{SLACK, View, ViewError},
};
use crate::geometry::{Image, Kernel, Map, Output};

/// Rows that are made together.
const BAND: usize = 32;
/// Columns of a tile, the widest that is not much worse than the narrowest in source pixels a pixel:
/// a wide one is written faster, but the upright part that it needs of a rolled source is larger.
const TILES: [usize; 3] = [RUN, RUN / 2, RUN / 4];
/// How much worse.
const MOST_NEEDED: f64 = 2.0;
/// A tile that needs more source pixels than this is made in parts.
const MAX_SAMPLES: usize = 1 << 18;

/// A view of a source, about to be made.
pub(super) struct Canvas<'a, M> {
    pub(super) source: &'a Picture,
    pub(super) view: &'a View<M>,
    pub(super) finder: Finder<'a, M>,
    pub(super) is_cancelled: &'a (dyn Fn() -> bool + Sync),
}

/// Pixels of a view, and whether all of them are opaque for certain.
pub(super) struct Made {
    pub(super) pixels: Vec<[u8; 4]>,
    pub(super) is_opaque: bool,
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
    places: Places,
    samples: Vec<A::Sample>,
    taps: Taps,
    x: Vec<A::Weight>,
    y: Vec<A::Weight>,
}

impl<A: Arithmetic> Default for Scratch<A> {
    fn default() -> Self {
        let (places, taps) = (Places::default(), Taps::default());
        Self { places, samples: Vec::new(), taps, x: Vec::new(), y: Vec::new() }
    }
}

/// How much of the kernel round a place lies in the source.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Cover {
    /// The place itself does not.
    Outside,
    /// Not all of its taps do.
    Part,
    Whole,
}

impl<'a, A: Arithmetic> Level<'a, A> {
    /// `level` of a picture, `scale` level pixels a source pixel, to be seen through `view` whose
    /// pixels span this many source pixels along each axis.
    pub(super) fn new<M>(
        ((width, height), texels): ((usize, usize), &'a [A::Texel]),
        scale: f64,
        view: &View<M>,
        spans: (f64, f64),
        arithmetic: A,
    ) -> Self {
        // A box would let through much of what a coarser picture cannot hold.
        let is_low_passed =
            view.kernel == Kernel::Nearest && spans.0.max(spans.1) == view.least_span;
        let kernel = if is_low_passed { Kernel::CatmullRom } else { view.kernel };
        // A turn at full size must not stretch it by what rounding leaves.
        let stretch = |span: f64| if span * scale <= 1.0 + SLACK { 1.0 } else { span * scale };
        let weights = |span: f64, length| Weights::new(kernel, stretch(span), length);
        let x = weights(spans.0, width);
        let y = weights(spans.1, height);
        Self { texels, width, scale, x, y, arithmetic }
    }

    /// The same level whose pixels are these.
    pub(super) fn of(self, texels: &'a [A::Texel]) -> Self {
        Self { texels, ..self }
    }

    /// The part of the level that places within these bounds need.
    fn needed(&self, bounds: &Bounds) -> Area {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clipped")]
        let range = |(least, most): (f64, f64), weights: &Weights<A>| {
            let (first, last) = ((least * self.scale) as usize, (most * self.scale) as usize);
            let end = (last + 1 + weights.half()).min(weights.length());
            first.saturating_sub(weights.half()).min(end)..end
        };
        Area { columns: range(bounds.x, &self.x), rows: range(bounds.y, &self.y) }
    }

    /// Turns a part of the level into light.
    fn load(&self, area: &Area, samples: &mut Vec<A::Sample>) {
        // What is there already need not be cleared.
        if samples.len() < area.n_pixels() {
            samples.resize(area.n_pixels(), A::Sample::default());
        }
        let rows = samples.chunks_exact_mut(area.columns.len().max(1));
        for (row, samples) in area.rows.clone().zip(rows) {
            A::expect(self.texels, self.width, (row, &area.columns));
            let texels = &self.texels[row * self.width..][area.columns.clone()];
            self.arithmetic.load(texels, samples);
        }
    }

    /// Whether all taps round all places within these bounds lie in the level.
    fn is_whole(&self, bounds: &Bounds) -> bool {
        let is_whole = |(least, most): (f64, f64), weights: &Weights<A>| {
            weights.is_whole(least * self.scale) && weights.is_whole(most * self.scale)
        };
        is_whole(bounds.x, &self.x) && is_whole(bounds.y, &self.y)
    }

    /// A row of pixels all of whose taps lie in `needed`, which `samples` are.
    fn fill_whole(
        &self,
        places: &Row<'_>,
        needed: &Area,
        (samples, taps): (&[A::Sample], &mut Taps),
        pixels: &mut [[u8; 4]],
    ) {
        let stride = needed.columns.len();
        #[expect(clippy::cast_possible_truncation, reason = "pixel counts are below 2^20")]
        let short = |n: usize| n as u32;
        let plan = Plan {
            places,
            scale: self.scale,
            axes: [self.x.axis(), self.y.axis()],
            first: [short(needed.columns.start), short(needed.rows.start)],
            stride: short(stride),
        };
        self.arithmetic.plan(&plan, taps);
        let field = Field {
            samples,
            stride,
            weights: [self.x.ready(), self.y.ready()],
            n_taps: [2 * self.x.half(), 2 * self.y.half()],
        };
        self.arithmetic.means(&field, taps, pixels);
    }
}

impl<M: Map<Image, Output>> Canvas<'_, M> {
    /// Every pixel as the kernel's weighted mean of the level's.
    pub(super) fn render<A: Arithmetic>(
        &self,
        level: &Level<'_, A>,
        spare: Vec<[u8; 4]>,
    ) -> Result<Made, ViewError> {
        let tile = self.tile_width(level);
        self.fill_bands(spare, Scratch::default, |scratch, band, rows| {
            let mut is_opaque = A::IS_OPAQUE;
            for start in (0..self.view.width).step_by(tile) {
                if (self.is_cancelled)() {
                    return Err(ViewError::Cancelled);
                }
                let columns = start..(start + tile).min(self.view.width);
                let part = Area { columns, rows: rows.clone() };
                is_opaque &= self.render_part(level, &part, (rows.start, &mut *band), scratch);
            }
            Ok(is_opaque)
        })
    }

    /// The part of the level that the view needs, if that is soon told.
    pub(super) fn needed<A: Arithmetic>(&self, level: &Level<'_, A>) -> Option<Area> {
        if !self.view.source_from_output.is_affine() {
            return None;
        }
        let all = Area::whole((self.view.width, self.view.height));
        let bounds = self.inside(&self.finder.begin(&all, &mut Places::default()))?;
        Some(level.needed(&bounds))
    }

    /// Columns of a tile, by what one in the middle of the view needs.
    fn tile_width<A: Arithmetic>(&self, level: &Level<'_, A>) -> usize {
        let middle = |length: usize, n: usize| {
            let start = (length / 2).saturating_sub(n / 2);
            start..(start + n).min(length)
        };
        let mut places = Places::default();
        let mut needed_a_pixel = |n: usize| {
            let rows = middle(self.view.height, BAND);
            let part = Area { columns: middle(self.view.width, n), rows };
            let bounds = self.inside(&self.finder.begin(&part, &mut places));
            let needed = bounds.map_or(0, |bounds| level.needed(&bounds).n_pixels());
            f64_of(needed) / f64_of(part.n_pixels())
        };
        let [.., narrowest] = TILES;
        let most = MOST_NEEDED * needed_a_pixel(narrowest);
        TILES.into_iter().find(|n| needed_a_pixel(*n) <= most).unwrap_or(narrowest)
    }

    /// Every pixel as the source pixel that holds its position, untouched.
    pub(super) fn copy(&self, spare: Vec<[u8; 4]>) -> Result<Made, ViewError> {
        self.fill_bands(spare, Places::default, |places, band, rows| {
            if (self.is_cancelled)() {
                return Err(ViewError::Cancelled);
            }
            let part = Area { columns: 0..self.view.width, rows: rows.clone() };
            self.finder.begin(&part, places);
            for (row, pixels) in rows.zip(band.chunks_exact_mut(self.view.width)) {
                let at = self.finder.row(&part, row, places);
                for (idx, pixel) in pixels.iter_mut().enumerate() {
                    let (x, y) = at.at(idx);
                    *pixel = if self.is_inside(x, y) { self.texel_at(x, y) } else { [0; 4] };
                }
            }
            Ok(false)
        })
    }

    /// Makes bands of rows in memory that may be used again; `fill` makes every pixel and tells
    /// whether all of them are opaque.
    fn fill_bands<S>(
        &self,
        spare: Vec<[u8; 4]>,
        scratch: impl Fn() -> S + Send + Sync,
        fill: impl Fn(&mut S, &mut [[u8; 4]], Range<usize>) -> Result<bool, ViewError> + Sync,
    ) -> Result<Made, ViewError> {
        let (width, height) = (self.view.width, self.view.height);
        let n_pixels = width * height;
        let mut pixels = if spare.capacity() < n_pixels { vec![[0; 4]; n_pixels] } else { spare };
        pixels.resize(n_pixels, [0; 4]);
        let bands = pixels.par_chunks_mut(width * BAND).enumerate();
        let filled = bands.map_init(scratch, |scratch, (idx, band)| {
            let rows = idx * BAND..(idx * BAND + BAND).min(height);
            fill(scratch, band, rows)
        });
        let is_opaque = filled.try_reduce(|| true, |one, other| Ok(one && other))?;
        Ok(Made { pixels, is_opaque })
    }

    /// Whether all pixels of the part show something.
    fn render_part<A: Arithmetic>(
        &self,
        level: &Level<'_, A>,
        part: &Area,
        (first_row, band): (usize, &mut [[u8; 4]]),
        scratch: &mut Scratch<A>,
    ) -> bool {
        let found = self.finder.begin(part, &mut scratch.places);
        let Some(bounds) = self.inside(&found) else {
            for y in part.rows.clone() {
                let row = &mut band[(y - first_row) * self.view.width..];
                row[part.columns.clone()].fill([0; 4]);
            }
            return false;
        };
        let needed = level.needed(&bounds);
        if needed.n_pixels() > MAX_SAMPLES && part.n_pixels() > 1 {
            return part.halves().iter().fold(true, |is_opaque, half| {
                is_opaque & self.render_part(level, half, (first_row, &mut *band), scratch)
            });
        }
        level.load(&needed, &mut scratch.samples);
        let is_inside = (bounds.x, bounds.y) == (found.x, found.y);
        let is_whole = is_inside && level.is_whole(&bounds);
        let places = std::mem::take(&mut scratch.places);
        for y in part.rows.clone() {
            expect_row(band, self.view.width, (y - first_row, &part.columns));
            let row = &mut band[(y - first_row) * self.view.width..][part.columns.clone()];
            let at = self.finder.row(part, y, &places);
            if is_whole {
                level.fill_whole(&at, &needed, (&scratch.samples, &mut scratch.taps), row);
            } else {
                self.fill_runs(level, &at, &needed, scratch, row);
            }
        }
        scratch.places = places;
        is_inside
    }

    /// The part of these bounds that lies in the source; `None` when none does.
    fn inside(&self, found: &Bounds) -> Option<Bounds> {
        let (width, height) = (f64_of(self.source.width()), f64_of(self.source.height()));
        let is_inside =
            found.x.1 >= 0.0 && found.y.1 >= 0.0 && found.x.0 < width && found.y.0 < height;
        let clipped = |(least, most): (f64, f64), end: f64| {
            (least.max(0.0), if most < end { most } else { end.next_down() })
        };
        is_inside.then(|| Bounds { x: clipped(found.x, width), y: clipped(found.y, height) })
    }

    fn is_inside(&self, x: f64, y: f64) -> bool {
        let (width, height) = (f64_of(self.source.width()), f64_of(self.source.height()));
        x >= 0.0 && y >= 0.0 && x < width && y < height
    }

    /// A row of pixels of which some lie at the source's edge or beyond it.
    fn fill_runs<A: Arithmetic>(
        &self,
        level: &Level<'_, A>,
        places: &Row<'_>,
        needed: &Area,
        scratch: &mut Scratch<A>,
        pixels: &mut [[u8; 4]],
    ) {
        let cover = |idx: usize| match places.at(idx) {
            (x, y) if !self.is_inside(x, y) => Cover::Outside,
            (x, y) if level.x.is_whole(x * level.scale) && level.y.is_whole(y * level.scale) => {
                Cover::Whole
            }
            _ => Cover::Part,
        };
        let mut start = 0;
        while start < pixels.len() {
            let kind = cover(start);
            let end = (start + 1..pixels.len()).find(|idx| cover(*idx) != kind);
            let run = start..end.unwrap_or(pixels.len());
            start = run.end;
            let at = places.part(run.clone());
            let pixels = &mut pixels[run];
            match kind {
                Cover::Outside => pixels.fill([0; 4]),
                Cover::Whole => {
                    level.fill_whole(&at, needed, (&scratch.samples, &mut scratch.taps), pixels);
                }
                Cover::Part => fill_part(level, &at, needed, scratch, pixels),
            }
        }
    }

    fn texel_at(&self, x: f64, y: f64) -> [u8; 4] {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "inside")]
        let idx = y as usize * self.source.width() + x as usize;
        let texel = match self.source.pixels() {
            Pixels::Rgba8(texels) => texels[idx],
            Pixels::Rgba16(texels) => texels[idx].map(eight_of_sixteen),
        };
        // What cannot be seen has no colour.
        if texel[3] == 0 { [0; 4] } else { texel }
    }
}

/// Pixels that lie in the source with some of their taps outside of it.
fn fill_part<A: Arithmetic>(
    level: &Level<'_, A>,
    places: &Row<'_>,
    needed: &Area,
    scratch: &mut Scratch<A>,
    pixels: &mut [[u8; 4]],
) {
    let stride = needed.columns.len();
    for (idx, pixel) in pixels.iter_mut().enumerate() {
        let (x, y) = places.at(idx);
        let (first_x, x_weights) = level.x.taps(x * level.scale, &mut scratch.x);
        let (first_y, y_weights) = level.y.taps(y * level.scale, &mut scratch.y);
        let start = (first_y - needed.rows.start) * stride + first_x - needed.columns.start;
        let samples = &scratch.samples[start..];
        *pixel = level.arithmetic.mean(samples, stride, x_weights, y_weights);
    }
}
