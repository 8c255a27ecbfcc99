//! The weighted mean in two arithmetics: 16-bit fixed point for opaque 8-bit pictures, floating
//! point for all others.

use std::ops::Range;

mod fixed;
mod float;
mod halve;
mod plan;
mod vector;

use super::kernel::Tables;
pub(super) use fixed::Fixed;
pub(super) use float::Float;
pub(super) use halve::{N_TAPS, halved_opaque};
pub(super) use plan::{Axis, Line, Plan, Row};
#[cfg(test)]
pub(crate) use vector::without_vectors;
pub(crate) use vector::{compiled_twice, is_available as has_vectors, with_own_vectors};

/// Pixels whose taps are found together.
pub(super) const RUN: usize = 256;

/// Where the kernel lies for some pixels of a view, no tap outside of the picture.
#[derive(Clone, Debug)]
pub(super) struct Taps {
    pub(super) n: usize,
    /// The top left sample of each pixel.
    pub(super) start: [u32; RUN],
    /// Where the weights along x begin.
    pub(super) x: [u32; RUN],
    /// Where the weights along y begin.
    pub(super) y: [u32; RUN],
}

impl Default for Taps {
    fn default() -> Self {
        Self { n: 0, start: [0; RUN], x: [0; RUN], y: [0; RUN] }
    }
}

/// Samples that a kernel is laid over, and its weights.
pub(super) struct Field<'a, Sample, Weight> {
    /// Row by row.
    pub(super) samples: &'a [Sample],
    /// Samples a row.
    pub(super) stride: usize,
    /// The weights of every phase along x and y, one after the other.
    pub(super) weights: [&'a [Weight]; 2],
    /// Taps along x and y, both even.
    pub(super) n_taps: [usize; 2],
}

/// So many rows before a row is read or written its memory is asked for: rows of a tile lie far apart.
const AHEAD: usize = 2;

/// Asks for the memory of the row that is wanted soon, `stride` pixels a row, when this one is in hand.
pub(super) fn expect_row(
    pixels: &[[u8; 4]],
    stride: usize,
    (row, columns): (usize, &Range<usize>),
) {
    let start = (row + AHEAD) * stride;
    if let Some(ahead) = pixels.get(start + columns.start..start + columns.end) {
        vector::expect(ahead);
    }
}

/// How texels become light, are averaged, and become codes.
pub(super) trait Arithmetic: Sync {
    /// A source pixel.
    type Texel: Copy + Sync;
    /// A pixel in light.
    type Sample: Copy + Default + Send;
    /// A kernel weight.
    type Weight: Copy + Send + Sync + 'static;

    /// Whether every mean is opaque.
    const IS_OPAQUE: bool;

    /// Where the tables of kernels that are not stretched are kept.
    fn tables() -> &'static Tables<Self::Weight>;

    /// Adds real weights that sum to one, made ready for [`Self::mean`].
    fn ready(real: &[f32], weights: &mut Vec<Self::Weight>);

    /// Asks for the memory of a row that is loaded soon; see [`expect_row`].
    fn expect(_texels: &[Self::Texel], _stride: usize, _at: (usize, &Range<usize>)) {}

    /// Pixels in light.
    fn load(&self, texels: &[Self::Texel], samples: &mut [Self::Sample]);

    /// The pixel that the weighted mean of `samples` gives: rows of `stride` samples, one row for
    /// each of `y_weights`, of which the first `x_weights.len()` count.
    fn mean(
        &self,
        samples: &[Self::Sample],
        stride: usize,
        x_weights: &[Self::Weight],
        y_weights: &[Self::Weight],
    ) -> [u8; 4];

    /// Finds taps; one that knows of vectors may do so with them.
    fn plan(&self, plan: &Plan<'_>, taps: &mut Taps) {
        plan.find(taps);
    }

    /// The means for all taps.
    fn means(
        &self,
        field: &Field<'_, Self::Sample, Self::Weight>,
        taps: &Taps,
        pixels: &mut [[u8; 4]],
    ) {
        let [n_x, n_y] = field.n_taps;
        let [x_weights, y_weights] = field.weights;
        for (idx, pixel) in pixels[..taps.n].iter_mut().enumerate() {
            let x_weights = &x_weights[taps.x[idx] as usize..][..n_x];
            let y_weights = &y_weights[taps.y[idx] as usize..][..n_y];
            let samples = &field.samples[taps.start[idx] as usize..];
            *pixel = self.mean(samples, field.stride, x_weights, y_weights);
        }
    }
}
