//! Opaque 8-bit pixels in 16-bit fixed point: 15-bit light, 14-bit weights and 32-bit sums, the same
//! on any machine, however the sums are ordered.
//!
//! Light is stored less half of its scale. A mean with weights that sum to one keeps that offset, and
//! a smooth kernel's overshoot at an edge, which light from zero on would need another bit for, stays
//! within 16 bits.

#![expect(clippy::inline_always, reason = "compiled anew in functions for other vectors")]

use std::{ops::Range, sync::OnceLock};

use wide::{i16x8, i32x4};

use super::{
    super::{
        kernel::Tables,
        transfer::{Light, Transfer},
    },
    Arithmetic, Field, Plan, RUN, Taps, expect_row,
    halve::{self, N_TAPS},
    vector,
};
use crate::geometry::Kernel;

/// Bits of a weight's fraction.
pub(super) const WEIGHT_BITS: u32 = 14;
/// A weight of one.
const WEIGHT_ONE: i32 = 1 << WEIGHT_BITS;
/// Half a unit in the last place, for rounding.
pub(super) const HALF: i32 = 1 << (WEIGHT_BITS - 1);
/// Encoded values take so many bits below their code's.
const CODE_BITS: u32 = 7;
/// The code that is stored as zero.
const MIDDLE_CODE: i16 = 128;

/// Opaque 8-bit pixels.
pub(in crate::raster) struct Fixed {
    light: Light,
    transfer: &'static Transfer,
    has_vectors: bool,
}

impl Fixed {
    /// With the processor's vectors where it has those that are known here.
    pub(in crate::raster) fn new(light: Light) -> Self {
        Self { light, transfer: Transfer::of(light), has_vectors: vector::is_available() }
    }

    /// Without them.
    #[cfg(test)]
    pub(in crate::raster) fn scalar(light: Light) -> Self {
        Self { has_vectors: false, ..Self::new(light) }
    }

    /// [`super::halve::mean_rows`].
    pub(super) fn mean_rows(
        &self,
        rows: &[i16],
        stride: usize,
        weights: &[i16; N_TAPS],
        means: &mut [i16],
    ) {
        if self.has_vectors {
            vector::mean_rows(rows, stride, weights, means);
        } else {
            halve::mean_rows(rows, stride, weights, means);
        }
    }

    /// [`super::halve::halve_row`].
    pub(super) fn halve_row(
        &self,
        row: &[[i16; 4]],
        weights: &[i16; N_TAPS],
        halves: &mut [[i16; 4]],
    ) {
        if self.has_vectors {
            vector::halve_row(row, weights, halves);
        } else {
            halve::halve_row(row, weights, halves);
        }
    }

    /// Light to opaque codes.
    pub(super) fn encode(&self, light: &[[i16; 4]], pixels: &mut [[u8; 4]]) {
        match self.light {
            Light::Linear => {
                for (pixel, light) in pixels.iter_mut().zip(light) {
                    let [r, g, b, _] = light.map(|light| self.transfer.code_of_biased(light));
                    *pixel = [r, g, b, u8::MAX];
                }
            }
            Light::Encoded => {
                let encode = if self.has_vectors { vector::encode } else { encode };
                encode(light.as_flattened(), pixels.as_flattened_mut());
            }
        }
    }
}

/// Codes as encoded values, which are no light.
#[inline(always)]
pub(super) fn load(codes: &[u8], values: &mut [i16]) {
    for (value, code) in values.iter_mut().zip(codes) {
        *value = encoded_of_code(*code);
    }
}

/// Encoded values as codes; opacity, which is the same everywhere, stays as it is.
#[inline(always)]
pub(super) fn encode(values: &[i16], codes: &mut [u8]) {
    for (code, value) in codes.iter_mut().zip(values) {
        *code = code_of_encoded(*value);
    }
}

/// A code as it is averaged.
const fn encoded_of_code(code: u8) -> i16 {
    (code as i16 - MIDDLE_CODE) << CODE_BITS
}

/// The nearest code to an encoded value.
#[inline]
fn code_of_encoded(value: i16) -> u8 {
    let rounded = (value.saturating_add(1 << (CODE_BITS - 1)) >> CODE_BITS) + MIDDLE_CODE;
    #[expect(clippy::cast_sign_loss, reason = "clipped")]
    let code = rounded.clamp(0, 255) as u8;
    code
}

impl Arithmetic for Fixed {
    type Texel = [u8; 4];
    type Sample = [i16; 4];
    type Weight = i16;

    const IS_OPAQUE: bool = true;

    fn tables() -> &'static Tables<i16> {
        static TABLES: Tables<i16> = [const { OnceLock::new() }; Kernel::ALL.len()];
        &TABLES
    }

    fn ready(real: &[f32], weights: &mut Vec<i16>) {
        let start = weights.len();
        #[expect(clippy::cast_possible_truncation, reason = "weights lie between -1 and 1")]
        #[expect(clippy::cast_precision_loss, reason = "a power of two")]
        weights.extend(real.iter().map(|weight| libm::roundf(weight * WEIGHT_ONE as f32) as i16));
        // What rounding took or gave goes to the heaviest, so that a constant stays constant.
        let weights = &mut weights[start..];
        let sum: i32 = weights.iter().map(|weight| i32::from(*weight)).sum();
        if let Some(heaviest) = weights.iter_mut().max_by_key(|weight| **weight) {
            let mended = i32::from(*heaviest) + WEIGHT_ONE - sum;
            *heaviest = i16::try_from(mended).unwrap_or(*heaviest);
        }
    }

    fn expect(texels: &[[u8; 4]], stride: usize, at: (usize, &Range<usize>)) {
        expect_row(texels, stride, at);
    }

    fn load(&self, texels: &[[u8; 4]], samples: &mut [[i16; 4]]) {
        match self.light {
            Light::Linear => {
                let light = self.transfer.biased();
                for (sample, [r, g, b, _]) in samples.iter_mut().zip(texels) {
                    let [r, g, b] = [r, g, b].map(|code| light[usize::from(*code)]);
                    *sample = [r, g, b, 0];
                }
            }
            Light::Encoded => {
                let load = if self.has_vectors { vector::load } else { load };
                load(texels.as_flattened(), samples.as_flattened_mut());
            }
        }
    }

    fn mean(
        &self,
        samples: &[[i16; 4]],
        stride: usize,
        x_weights: &[i16],
        y_weights: &[i16],
    ) -> [u8; 4] {
        let mut pixel = [[0; 4]];
        self.encode(&[mean(samples, stride, x_weights, y_weights)], &mut pixel);
        pixel[0]
    }

    fn plan(&self, plan: &Plan<'_>, taps: &mut Taps) {
        if self.has_vectors {
            vector::plan(plan, taps);
        } else {
            plan.find(taps);
        }
    }

    fn means(&self, field: &Field<'_, [i16; 4], i16>, taps: &Taps, pixels: &mut [[u8; 4]]) {
        let mut light = [[0; 4]; RUN];
        let light = &mut light[..taps.n];
        if self.has_vectors {
            vector::means(field, taps, light);
        } else {
            means(field, taps, light);
        }
        self.encode(light, pixels);
    }
}

/// The weighted means of a row of pixels, by what every processor has.
pub(super) fn means(field: &Field<'_, [i16; 4], i16>, taps: &Taps, light: &mut [[i16; 4]]) {
    let [n_x, n_y] = field.n_taps;
    let [x_weights, y_weights] = field.weights;
    for (idx, light) in light.iter_mut().enumerate() {
        let x_weights = &x_weights[taps.x[idx] as usize..][..n_x];
        let y_weights = &y_weights[taps.y[idx] as usize..][..n_y];
        let samples = &field.samples[taps.start[idx] as usize..];
        *light = mean(samples, field.stride, x_weights, y_weights);
    }
}

/// The weighted mean: each column first, then along the row of them, rounded in between.
fn mean(samples: &[[i16; 4]], stride: usize, x_weights: &[i16], y_weights: &[i16]) -> [i16; 4] {
    let mut sum = [HALF; 4];
    for (column, x_weight) in x_weights.iter().enumerate() {
        let mean = column_mean(&samples[column..], stride, y_weights);
        for c in 0..4 {
            sum[c] += i32::from(*x_weight) * i32::from(mean[c]);
        }
    }
    sum.map(clipped_mean)
}

/// Two rows at a time, whose channels lie side by side for that.
#[inline]
fn column_mean(samples: &[[i16; 4]], stride: usize, weights: &[i16]) -> [i16; 4] {
    let (pairs, last) = weights.as_chunks::<2>();
    let mut sum = i32x4::splat(HALF);
    for (idx, [v, w]) in pairs.iter().enumerate() {
        let (a, b) = (samples[2 * idx * stride], samples[(2 * idx + 1) * stride]);
        let both = i16x8::new([a[0], b[0], a[1], b[1], a[2], b[2], a[3], b[3]]);
        sum += both.dot(i16x8::new([*v, *w, *v, *w, *v, *w, *v, *w]));
    }
    let mut sum = sum.to_array();
    if let [weight] = last {
        let sample = samples[(weights.len() - 1) * stride];
        for c in 0..4 {
            sum[c] += i32::from(*weight) * i32::from(sample[c]);
        }
    }
    sum.map(clipped_mean)
}

/// A sum of weighted light as light.
#[inline]
pub(super) fn clipped_mean(sum: i32) -> i16 {
    let light = (sum >> WEIGHT_BITS).clamp(i16::MIN.into(), i16::MAX.into());
    #[expect(clippy::cast_possible_truncation, reason = "clipped")]
    let light = light as i16;
    light
}
