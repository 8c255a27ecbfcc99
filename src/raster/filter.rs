//! The weighted mean in two arithmetics: 15-bit fixed point for opaque 8-bit pictures, floating
//! point for all others.

use wide::{i16x8, i32x4};

use super::transfer::{Light, Transfer};

/// Bits of a fixed-point weight's fraction.
const WEIGHT_BITS: u32 = 14;
/// A weight of one.
const WEIGHT_ONE: i32 = 1 << WEIGHT_BITS;
/// Half a unit in the last place, for rounding.
const HALF: i32 = 1 << (WEIGHT_BITS - 1);

/// How texels become light, are averaged, and become codes.
pub(super) trait Arithmetic: Sync {
    /// A source pixel.
    type Texel: Copy + Sync;
    /// A pixel in light.
    type Sample: Copy + Default + Send;
    /// A kernel weight.
    type Weight: Copy + Send + Sync;

    /// Adds real weights that sum to one, made ready for [`Self::mean`].
    fn ready(real: &[f32], weights: &mut Vec<Self::Weight>);

    /// A pixel in light.
    fn sample(&self, texel: Self::Texel) -> Self::Sample;

    /// The pixel that the weighted mean of `samples` gives: rows of `stride` samples, one row for
    /// each of `y_weights`, of which the first `x_weights.len()` count.
    fn mean(
        &self,
        samples: &[Self::Sample],
        stride: usize,
        x_weights: &[Self::Weight],
        y_weights: &[Self::Weight],
    ) -> [u8; 4];
}

/// Opaque 8-bit pixels in 15-bit light, 14-bit weights and 32-bit sums: the same on any machine,
/// however the sums are ordered.
pub(super) struct Fixed(&'static Transfer);

impl Fixed {
    pub(super) fn new(light: Light) -> Self {
        Self(Transfer::of(light))
    }
}

impl Arithmetic for Fixed {
    type Texel = [u8; 4];
    type Sample = [i16; 4];
    type Weight = i16;

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

    #[inline]
    fn sample(&self, [r, g, b, _]: [u8; 4]) -> [i16; 4] {
        [self.0.fixed_of_8(r), self.0.fixed_of_8(g), self.0.fixed_of_8(b), 0]
    }

    #[inline]
    fn mean(
        &self,
        samples: &[[i16; 4]],
        stride: usize,
        x_weights: &[i16],
        y_weights: &[i16],
    ) -> [u8; 4] {
        let mut sum = [HALF; 4];
        for (row, y_weight) in samples.chunks(stride).zip(y_weights) {
            let row_sum = row_sum(&row[..x_weights.len()], x_weights);
            for c in 0..4 {
                sum[c] += i32::from(*y_weight) * (row_sum[c] >> WEIGHT_BITS);
            }
        }
        let [r, g, b, _] = sum.map(|sum| self.0.code_of_fixed(sum >> WEIGHT_BITS));
        [r, g, b, u8::MAX]
    }
}

/// The weighted sum of a row, rounding included; two samples at a time, whose channels lie side by
/// side for that.
#[inline]
fn row_sum(row: &[[i16; 4]], weights: &[i16]) -> [i32; 4] {
    let (pairs, last) = row.as_chunks::<2>();
    let (pair_weights, last_weight) = weights.as_chunks::<2>();
    let mut sum = i32x4::splat(HALF);
    for ([a, b], [first, second]) in pairs.iter().zip(pair_weights) {
        let samples = i16x8::new([a[0], b[0], a[1], b[1], a[2], b[2], a[3], b[3]]);
        let (v, w) = (*first, *second);
        sum += samples.dot(i16x8::new([v, w, v, w, v, w, v, w]));
    }
    let mut sum = sum.to_array();
    if let ([sample], [weight]) = (last, last_weight) {
        for c in 0..4 {
            sum[c] += i32::from(*weight) * i32::from(sample[c]);
        }
    }
    sum
}

/// Any pixels in premultiplied floating-point light.
pub(super) struct Float<Texel> {
    transfer: &'static Transfer,
    premultiplied: fn(&Transfer, Texel) -> [f32; 4],
}

impl Float<[u8; 4]> {
    pub(super) fn of_8(light: Light) -> Self {
        let premultiplied = |transfer: &Transfer, [r, g, b, alpha]: [u8; 4]| {
            let alpha = f32::from(alpha) / f32::from(u8::MAX);
            let [r, g, b] = [r, g, b].map(|code| transfer.of_8(code) * alpha);
            [r, g, b, alpha]
        };
        Self { transfer: Transfer::of(light), premultiplied }
    }
}

impl Float<[u16; 4]> {
    pub(super) fn of_16(light: Light) -> Self {
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

    fn ready(real: &[f32], weights: &mut Vec<f32>) {
        weights.extend_from_slice(real);
    }

    #[inline]
    fn sample(&self, texel: Texel) -> [f32; 4] {
        (self.premultiplied)(self.transfer, texel)
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
