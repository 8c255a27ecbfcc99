//! Floating-point light, premultiplied by alpha.

use std::sync::OnceLock;

use super::{
    super::{
        kernel::Tables,
        transfer::{Light, Transfer},
    },
    Arithmetic,
};
use crate::geometry::Kernel;

/// Any pixels in premultiplied floating-point light.
pub(in crate::raster) struct Float<Texel> {
    transfer: &'static Transfer,
    premultiplied: fn(&Transfer, Texel) -> [f32; 4],
}

impl Float<[u8; 4]> {
    pub(in crate::raster) fn of_8(light: Light) -> Self {
        let premultiplied = |transfer: &Transfer, [r, g, b, alpha]: [u8; 4]| {
            let alpha = f32::from(alpha) / f32::from(u8::MAX);
            let [r, g, b] = [r, g, b].map(|code| transfer.of_8(code) * alpha);
            [r, g, b, alpha]
        };
        Self { transfer: Transfer::of(light), premultiplied }
    }
}

impl Float<[u16; 4]> {
    pub(in crate::raster) fn of_16(light: Light) -> Self {
        let premultiplied = |transfer: &Transfer, [r, g, b, alpha]: [u16; 4]| {
            let alpha = f32::from(alpha) / f32::from(u16::MAX);
            let [r, g, b] = [r, g, b].map(|code| transfer.of_16(code) * alpha);
            [r, g, b, alpha]
        };
        Self { transfer: Transfer::of(light), premultiplied }
    }
}

impl<Texel: Copy + Sync> Arithmetic for Float<Texel> {
    type Texel = Texel;
    type Sample = [f32; 4];
    type Weight = f32;

    const IS_OPAQUE: bool = false;

    fn tables() -> &'static Tables<f32> {
        static TABLES: Tables<f32> = [const { OnceLock::new() }; Kernel::ALL.len()];
        &TABLES
    }

    fn ready(real: &[f32], weights: &mut Vec<f32>) {
        weights.extend_from_slice(real);
    }

    fn load(&self, texels: &[Texel], samples: &mut [[f32; 4]]) {
        for (sample, texel) in samples.iter_mut().zip(texels) {
            *sample = (self.premultiplied)(self.transfer, *texel);
        }
    }

    #[inline]
    fn mean(
        &self,
        samples: &[[f32; 4]],
        stride: usize,
        x_weights: &[f32],
        y_weights: &[f32],
    ) -> [u8; 4] {
        let mut sum = [0.0_f32; 4];
        for (row, y_weight) in samples.chunks(stride).zip(y_weights) {
            let mut row_sum = [0.0_f32; 4];
            for (sample, x_weight) in row.iter().zip(x_weights) {
                for c in 0..4 {
                    row_sum[c] += x_weight * sample[c];
                }
            }
            for c in 0..4 {
                sum[c] += y_weight * row_sum[c];
            }
        }
        let [r, g, b, alpha] = sum;
        if alpha <= 0.0 {
            return [0; 4];
        }
        let [r, g, b] = [r, g, b].map(|light| self.transfer.encode_8(light / alpha));
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 255")]
        let alpha = (alpha.min(1.0) * 255.0 + 0.5) as u8;
        [r, g, b, alpha]
    }
}
