//! The one resampler: source pixels through one map and one kernel, in linear light.
//!
//! Each output pixel is taken straight from source pixels. Its centre is mapped into the source;
//! a centre that lands outside gives a transparent pixel (a stated border, never a smear), one
//! inside gives the kernel's weighted mean of premultiplied linear light. Taps that would lie
//! outside are left out and the rest weigh more, so the picture's edge neither darkens nor repeats.
//!
//! When the view is minified the kernel is stretched by the source pixels an output pixel spans, so
//! that frequencies the output cannot hold are averaged away instead of aliasing. The stretched
//! kernel stays parallel to the source's axes under roll, which is a little softer along diagonals
//! than a rolled one would be.

use rayon::prelude::*;

use super::{
    kernel::Weights,
    picture::{Picture, Pixels},
    transfer::Transfer,
};
use crate::geometry::{Image, Kernel, Output, OutputPoint, Similarity};

/// What to show: which part of a source, how large, through which kernel.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct View {
    /// Takes positions in the output to positions in the source.
    pub source_from_output: Similarity<Image, Output>,
    /// The kernel.
    pub kernel: Kernel,
    /// Width of the output in pixels.
    pub width: usize,
    /// Height of the output in pixels.
    pub height: usize,
}

impl View {
    /// Output pixels a source pixel.
    #[must_use]
    pub fn magnification(&self) -> f64 {
        1.0 / self.source_from_output.scale()
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

/// Makes the picture that `view` shows of `source`: 8-bit sRGB with straight alpha. The same
/// arguments give the same bytes on every machine. `is_cancelled` is asked once a row.
///
/// # Errors
/// [`ViewError::Cancelled`] when `is_cancelled` said so; [`ViewError::Empty`] for a view of no
/// pixels or a map that is not finite.
pub fn render_view(
    source: &Picture,
    view: &View,
    is_cancelled: &(dyn Fn() -> bool + Sync),
) -> Result<Picture, ViewError> {
    if view.width == 0 || view.height == 0 || !view.source_from_output.is_valid() {
        return Err(ViewError::Empty);
    }
    let rows = match source.pixels() {
        Pixels::Rgba8(pixels) => {
            let transfer = Transfer::srgb();
            render_rows(source, pixels, view, is_cancelled, move |texel: &[u8; 4]| {
                let alpha = f32::from(texel[3]) / 255.0;
                premultiplied([0, 1, 2].map(|c| transfer.of_8(texel[c])), alpha)
            })?
        }
        Pixels::Rgba16(pixels) => {
            let transfer = Transfer::srgb();
            render_rows(source, pixels, view, is_cancelled, move |texel: &[u16; 4]| {
                let alpha = f32::from(texel[3]) / 65_535.0;
                premultiplied([0, 1, 2].map(|c| transfer.of_16(texel[c])), alpha)
            })?
        }
    };
    Picture::new(view.width, view.height, Pixels::Rgba8(rows)).ok_or(ViewError::Empty)
}

fn premultiplied([r, g, b]: [f32; 3], alpha: f32) -> [f32; 4] {
    [r * alpha, g * alpha, b * alpha, alpha]
}

/// The scratch lists of one row.
#[derive(Default)]
struct Taps {
    x: Vec<f32>,
    y: Vec<f32>,
}

fn render_rows<Texel: Sync>(
    source: &Picture,
    texels: &[Texel],
    view: &View,
    is_cancelled: &(dyn Fn() -> bool + Sync),
    light: impl Fn(&Texel) -> [f32; 4] + Sync,
) -> Result<Vec<[u8; 4]>, ViewError> {
    let weights = Weights::new(view.kernel, view.source_from_output.scale());
    let transfer = Transfer::srgb();
    let mut pixels = vec![[0; 4]; view.width * view.height];
    pixels.par_chunks_mut(view.width).enumerate().try_for_each_init(
        Taps::default,
        |taps, (y, row)| {
            if is_cancelled() {
                return Err(ViewError::Cancelled);
            }
            for (x, pixel) in row.iter_mut().enumerate() {
                *pixel = sample(source, texels, view, &weights, taps, (x, y), &light)
                    .map_or([0; 4], |sum| encode(&transfer, sum));
            }
            Ok(())
        },
    )?;
    Ok(pixels)
}

/// Premultiplied linear light at the centre of output pixel `(x, y)`; `None` outside the source.
#[inline]
fn sample<Texel>(
    source: &Picture,
    texels: &[Texel],
    view: &View,
    weights: &Weights,
    taps: &mut Taps,
    (x, y): (usize, usize),
    light: &impl Fn(&Texel) -> [f32; 4],
) -> Option<[f32; 4]> {
    #[expect(clippy::cast_precision_loss, reason = "pixel counts are below 2^17")]
    let centre = OutputPoint::new(x as f64 + 0.5, y as f64 + 0.5);
    let at = view.source_from_output.apply(centre);
    let (width, height) = (source.width(), source.height());
    #[expect(clippy::cast_precision_loss, reason = "pixel counts are below 2^17")]
    let is_inside = at.x >= 0.0 && at.y >= 0.0 && at.x < width as f64 && at.y < height as f64;
    if !is_inside {
        return None;
    }
    let first_x = weights.fill(at.x, width, &mut taps.x);
    let first_y = weights.fill(at.y, height, &mut taps.y);
    let mut sum = [0.0; 4];
    for (row, weight_y) in taps.y.iter().enumerate() {
        let start = (first_y + row) * width + first_x;
        let mut row_sum = [0.0; 4];
        for (texel, weight_x) in texels[start..start + taps.x.len()].iter().zip(&taps.x) {
            let light = light(texel);
            for c in 0..4 {
                row_sum[c] += weight_x * light[c];
            }
        }
        for c in 0..4 {
            sum[c] += weight_y * row_sum[c];
        }
    }
    Some(sum)
}

fn encode(transfer: &Transfer, [r, g, b, alpha]: [f32; 4]) -> [u8; 4] {
    if alpha <= 0.0 {
        return [0; 4];
    }
    let [r, g, b] = [r, g, b].map(|light| transfer.encode_8(light / alpha));
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 255")]
    let alpha = (alpha.min(1.0) * 255.0 + 0.5) as u8;
    [r, g, b, alpha]
}
