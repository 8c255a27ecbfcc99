//! The one resampler: source pixels through one map and one kernel, in linear light.
//!
//! Each output pixel's centre is mapped into the source. A centre that lands outside gives a
//! transparent pixel (a stated border, never a smear), one inside gives the kernel's weighted mean
//! of premultiplied linear light. Taps that would lie outside are left out and the rest weigh more,
//! so the picture's edge neither darkens nor repeats. A position is kept to 1/2048 pixel.
//!
//! When the view is minified, frequencies that the output cannot hold are averaged away instead of
//! aliasing, in two steps: the level of the [pyramid](Picture::half) is taken that is still at least
//! as fine as the output, and the kernel is stretched by the level's pixels that an output pixel
//! spans, which are fewer than two. A kernel stretched over the full picture would do as well but
//! reads every source pixel dozens of times; a level alone would alias between levels. The stretched
//! kernel stays parallel to the source's axes under roll, which is a little softer along diagonals
//! than a rolled one would be. Under a map that is no similarity each axis is stretched by what the
//! output pixel spans of it; one that is not affine is measured on a grid and its widest span taken.

use super::{
    filter::{Fixed, Float},
    picture::{Picture, Pixels},
    places::Finder,
    tile::{Canvas, Level, Made},
    transfer::Light,
};
use crate::geometry::{ConvexRegion, Image, Kernel, Map, Output, OutputPoint, Warp};

/// What to show: which part of a source, how large, through which kernel.
#[derive(Clone, Debug, PartialEq)]
pub struct View<M = Warp<Output>> {
    /// Takes positions in the output to positions in the source.
    pub source_from_output: M,
    /// The kernel.
    pub kernel: Kernel,
    /// In what the kernel's weighted mean is taken.
    pub light: Light,
    /// Source pixels that the kernel spans at the least on each axis: 1 or less for all that the
    /// source has, more to see it as coarsely as another one that has so much fewer. It takes no
    /// effect in encoded values.
    pub least_span: f64,
    /// Where it is seen; all else is transparent. `None` for all of it.
    pub region: Option<ConvexRegion<Output>>,
    /// Width of the output in pixels.
    pub width: usize,
    /// Height of the output in pixels.
    pub height: usize,
}

impl<M> View<M> {
    /// A view in linear light.
    #[must_use]
    pub const fn new(
        source_from_output: M,
        kernel: Kernel,
        (width, height): (usize, usize),
    ) -> Self {
        Self {
            source_from_output,
            kernel,
            light: Light::Linear,
            least_span: 0.0,
            region: None,
            width,
            height,
        }
    }
}

impl View {
    /// Output pixels a source pixel; in the middle of the view where they are not the same
    /// everywhere.
    #[must_use]
    pub fn magnification(&self) -> f64 {
        1.0 / self.source_from_output.scale_near(self.middle())
    }

    /// The turn against the source's grid in radians, x towards y; in the middle of the view where
    /// it is not the same everywhere.
    #[must_use]
    pub fn roll(&self) -> f64 {
        self.source_from_output.similarity_near(self.middle()).roll()
    }

    /// The middle of the output.
    #[must_use]
    pub fn middle(&self) -> OutputPoint {
        #[expect(clippy::cast_precision_loss, reason = "pixel counts are below 2^17")]
        let half = |length: usize| length as f64 / 2.0;
        OutputPoint::new(half(self.width), half(self.height))
    }
}

/// Why a view was not made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ViewError {
    /// It was told to stop.
    #[error("cancelled")]
    Cancelled,
    /// The output would be empty or the map has no finite scale.
    #[error("the view is empty")]
    Empty,
}

/// Rounding may leave a footprint this much short of a whole number.
pub(super) const SLACK: f64 = 1e-9;
/// Places an axis at which a map that is not affine is measured.
const N_PROBES: usize = 9;

/// Makes the picture that `view` shows of `source`: 8-bit sRGB with straight alpha. The same
/// arguments give the same bytes on every machine. `is_cancelled` is asked every few rows.
///
/// # Errors
/// [`ViewError::Cancelled`] when `is_cancelled` said so; [`ViewError::Empty`] for a view of no
/// pixels or a map that is not finite.
pub fn render_view<M: Map<Image, Output>>(
    source: &Picture,
    view: &View<M>,
    is_cancelled: &(dyn Fn() -> bool + Sync),
) -> Result<Picture, ViewError> {
    render_view_in(Vec::new(), source, view, is_cancelled)
}

/// The same in memory that is no longer needed, such as [`Picture::into_spare`] gives: for views one
/// after the other, whose pixels then need no fresh memory each.
///
/// # Errors
/// As for [`render_view`].
pub fn render_view_in<M: Map<Image, Output>>(
    spare: Vec<[u8; 4]>,
    source: &Picture,
    view: &View<M>,
    is_cancelled: &(dyn Fn() -> bool + Sync),
) -> Result<Picture, ViewError> {
    if view.width == 0 || view.height == 0 || !view.source_from_output.is_valid() {
        return Err(ViewError::Empty);
    }
    let map = &view.source_from_output;
    let own = spans(view);
    let least = if view.light == Light::Linear { view.least_span } else { 0.0 };
    let spans = (own.0.max(least), own.1.max(least));
    let shows_pixels = view.kernel == Kernel::Nearest && own.0.max(own.1) <= 1.0 + SLACK;
    if shows_pixels && least <= 1.0 + SLACK {
        let canvas = Canvas { source, view, finder: Finder::new(map, false), is_cancelled };
        return finished(view, canvas.copy(spare)?);
    }
    // Low-passed, each pixel is still one block.
    let canvas = Canvas { source, view, finder: Finder::new(map, shows_pixels), is_cancelled };
    let n_halvings = if view.light == Light::Linear { n_halvings(spans) } else { 0 };
    // Blocks are found one by one: too dear to be found once for what is needed and once to be shown.
    let is_rgba8 = matches!(source.pixels(), Pixels::Rgba8(_));
    if n_halvings == 1 && is_rgba8 && source.is_opaque() && !shows_pixels {
        let size = (source.width().div_ceil(2), source.height().div_ceil(2));
        let level = Level::new((size, &[]), 0.5, view, spans, Fixed::new(view.light));
        let needed = canvas.needed(&level);
        if let Some(texels) = needed.and_then(|needed| source.half_within(&needed)) {
            return finished(view, canvas.render(&level.of(texels), spare)?);
        }
    }
    let (level, scale) = level_of(source, n_halvings);
    let size = (level.width(), level.height());
    let made = match level.pixels() {
        Pixels::Rgba8(texels) if level.is_opaque() => {
            let arithmetic = Fixed::new(view.light);
            canvas.render(&Level::new((size, texels), scale, view, spans, arithmetic), spare)?
        }
        Pixels::Rgba8(texels) => {
            let arithmetic = Float::of_8(view.light);
            canvas.render(&Level::new((size, texels), scale, view, spans, arithmetic), spare)?
        }
        Pixels::Rgba16(texels) => {
            let arithmetic = Float::of_16(view.light);
            canvas.render(&Level::new((size, texels), scale, view, spans, arithmetic), spare)?
        }
    };
    finished(view, made)
}

fn finished<M>(view: &View<M>, made: Made) -> Result<Picture, ViewError> {
    let Made { mut pixels, mut is_opaque } = made;
    if let Some(region) = &view.region {
        is_opaque = false;
        #[expect(clippy::cast_precision_loss, reason = "pixel counts are below 2^17")]
        let center = |idx: usize| idx as f64 + 0.5;
        for (y, row) in pixels.chunks_exact_mut(view.width).enumerate() {
            let (from, to) = region.along(center(y));
            let is_outside = |x: usize| center(x) < from || center(x) > to;
            let outside = row.iter_mut().enumerate().filter(|(x, _)| is_outside(*x));
            outside.for_each(|(_, pixel)| *pixel = [0; 4]);
        }
    }
    let pixels = Pixels::Rgba8(pixels);
    let picture = if is_opaque { Picture::opaque } else { Picture::new };
    picture(view.width, view.height, pixels).ok_or(ViewError::Empty)
}

/// The picture halved `n` times, or as often as it can be, and its pixels a pixel of the picture.
fn level_of(picture: &Picture, n: usize) -> (&Picture, f64) {
    let (mut level, mut scale) = (picture, 1.0);
    for _ in 0..n {
        let Some(half) = level.half() else { break };
        (level, scale) = (half, scale / 2.0);
    }
    (level, scale)
}

/// The source pixels that an output pixel spans along the source's x and y axis; the most of them
/// where the map is not affine.
fn spans<M: Map<Image, Output>>(view: &View<M>) -> (f64, f64) {
    let n_probes = if view.source_from_output.is_affine() { 1 } else { N_PROBES };
    #[expect(clippy::cast_precision_loss, reason = "pixel counts are below 2^17")]
    let place = |idx: usize, length: usize| (idx as f64 + 0.5) / n_probes as f64 * length as f64;
    let probes = (0..n_probes * n_probes).map(|idx| {
        let at =
            OutputPoint::new(place(idx % n_probes, view.width), place(idx / n_probes, view.height));
        view.source_from_output.jacobian(at).map(|[dx, dy]| libm::hypot(dx, dy))
    });
    probes.fold((0.0_f64, 0.0_f64), |(x, y), [dx, dy]| (x.max(dx), y.max(dy)))
}

/// How often the picture may be halved so that a level is still as fine as the output.
fn n_halvings((x, y): (f64, f64)) -> usize {
    let mut span = x.min(y) + SLACK;
    let mut n = 0;
    while span >= 2.0 && n < usize::BITS as usize {
        span /= 2.0;
        n += 1;
    }
    n
}
