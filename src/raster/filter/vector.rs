//! The fixed-point mean with AVX2, to the bit what [`super::fixed`] gives without.
//!
//! A block of four samples of two rows is interleaved channel by channel, so that one multiply-add
//! weighs both rows; the rows' sums, rounded, are interleaved sample by sample in the same way for
//! the one multiply-add along x. The only room with `unsafe`: the standard library's intrinsics for
//! loads from memory take raw pointers. A view of 16.8 megapixels is made in a quarter (bilinear) to
//! an eighth (Lanczos-3) of the time that it takes without, by the bench `stations`.

mod twice;

use super::{Field, Plan, Taps, halve::N_TAPS};
use twice::with_vectors;
pub(crate) use twice::{compiled_twice, with_own_vectors};

/// Whether this processor has the vectors that are used here.
#[inline]
pub(crate) fn is_available() -> bool {
    #[cfg(test)]
    if IS_WITHOUT.get() {
        return false;
    }
    #[cfg(target_arch = "x86_64")]
    {
        std::arch::is_x86_feature_detected!("avx2")
    }
    #[cfg(not(target_arch = "x86_64"))]
    {
        false
    }
}

#[cfg(test)]
thread_local! {
    /// Whether this thread does without them.
    static IS_WITHOUT: std::cell::Cell<bool> = const { std::cell::Cell::new(false) };
}

/// What `work` gives on a processor that has none of these vectors.
#[cfg(test)]
pub(crate) fn without_vectors<T>(work: impl FnOnce() -> T) -> T {
    IS_WITHOUT.set(true);
    let outcome = work();
    IS_WITHOUT.set(false);
    outcome
}

/// Asks for the memory of pixels that are read or written soon.
pub(super) fn expect(pixels: &[[u8; 4]]) {
    #[cfg(target_arch = "x86_64")]
    for line in pixels.chunks(LINE / 4) {
        // SAFETY: every x86-64 processor has SSE, and asking for memory changes nothing.
        #[expect(unsafe_code, reason = "it takes a raw pointer")]
        unsafe {
            use std::arch::x86_64::{_MM_HINT_ET0, _mm_prefetch};
            _mm_prefetch::<_MM_HINT_ET0>(line.as_ptr().cast());
        }
    }
}

/// Bytes that a processor's cache takes at once.
#[cfg(target_arch = "x86_64")]
const LINE: usize = 64;

with_vectors! {
    /// The weighted means of a row of pixels.
    ///
    /// # Panics
    /// When taps lie outside of the samples or the weights.
    means => super::fixed::means,
    (field: &Field<'_, [i16; 4], i16>, taps: &Taps, light: &mut [[i16; 4]])
}
with_vectors! {
    /// [`Plan::find`].
    plan => Plan::find, (plan: &Plan<'_>, taps: &mut Taps)
}
with_vectors! {
    /// [`super::fixed::load`].
    load => super::fixed::load, (codes: &[u8], values: &mut [i16])
}
with_vectors! {
    /// [`super::fixed::encode`].
    encode => super::fixed::encode, (values: &[i16], codes: &mut [u8])
}

with_vectors! {
    /// [`super::halve::mean_rows`].
    ///
    /// # Panics
    /// When the rows do not hold as much as is asked for.
    mean_rows => super::halve::mean_rows,
    (rows: &[i16], stride: usize, weights: &[i16; N_TAPS], means: &mut [i16])
}
with_vectors! {
    /// [`super::halve::halve_row`].
    ///
    /// # Panics
    /// When the row does not hold as much as is asked for.
    halve_row => super::halve::halve_row,
    (row: &[[i16; 4]], weights: &[i16; N_TAPS], halves: &mut [[i16; 4]])
}

#[cfg(target_arch = "x86_64")]
mod avx2 {
    use std::arch::x86_64::{
        __m128i, __m256i, _mm_add_epi32, _mm_blend_epi16, _mm_loadu_si128, _mm_madd_epi16,
        _mm_packs_epi32, _mm_set1_epi32, _mm_setr_epi8, _mm_slli_epi32, _mm_srai_epi32,
        _mm_srli_epi32, _mm_storel_epi64, _mm_unpackhi_epi16, _mm_unpacklo_epi16, _mm256_add_epi32,
        _mm256_blend_epi16, _mm256_blend_epi32, _mm256_broadcastsi128_si256,
        _mm256_castsi256_si128, _mm256_extracti128_si256, _mm256_loadu_si256, _mm256_madd_epi16,
        _mm256_packs_epi32, _mm256_set_m128i, _mm256_set1_epi32, _mm256_setzero_si256,
        _mm256_shuffle_epi8, _mm256_slli_epi32, _mm256_srai_epi32, _mm256_srli_epi32,
        _mm256_storeu_si256, _mm256_unpackhi_epi16, _mm256_unpacklo_epi16,
    };

    use super::super::{
        Field, Plan, RUN, Taps,
        fixed::{self, HALF, WEIGHT_BITS},
        halve::{self, N_TAPS},
    };

    const SHIFT: i32 = WEIGHT_BITS.cast_signed();
    /// Puts what is above the fraction of a sum into the upper half of its 32 bits.
    const LIFT: i32 = 16 - SHIFT;
    /// Every other 16 bits.
    const ODD: i32 = 0b1010_1010;

    /// See [`super::plan`].
    #[target_feature(enable = "avx2")]
    pub(super) fn plan(plan: &Plan<'_>, taps: &mut Taps) {
        plan.find(taps);
    }

    /// See [`super::load`].
    #[target_feature(enable = "avx2")]
    pub(super) fn load(codes: &[u8], values: &mut [i16]) {
        fixed::load(codes, values);
    }

    /// See [`super::encode`].
    #[target_feature(enable = "avx2")]
    pub(super) fn encode(values: &[i16], codes: &mut [u8]) {
        fixed::encode(values, codes);
    }

    /// See [`super::means`].
    #[target_feature(enable = "avx2")]
    pub(super) fn means(field: &Field<'_, [i16; 4], i16>, taps: &Taps, light: &mut [[i16; 4]]) {
        check(field, taps);
        match field.n_taps {
            [2, 2] => run::<0, true>(field, 1, taps, light),
            [4, 4] => run::<1, false>(field, 2, taps, light),
            [6, 6] => run::<1, true>(field, 3, taps, light),
            [2, n_y] => run::<0, true>(field, n_y / 2, taps, light),
            [4, n_y] => run::<1, false>(field, n_y / 2, taps, light),
            [6, n_y] => run::<1, true>(field, n_y / 2, taps, light),
            [8, n_y] => run::<2, false>(field, n_y / 2, taps, light),
            [10, n_y] => run::<2, true>(field, n_y / 2, taps, light),
            [12, n_y] => run::<3, false>(field, n_y / 2, taps, light),
            _ => fixed::means(field, taps, light),
        }
    }

    /// That every tap lies in the samples, and every weight in the tables.
    #[inline]
    #[target_feature(enable = "avx2")]
    fn check(field: &Field<'_, [i16; 4], i16>, taps: &Taps) {
        let most = |of: &[u32; RUN]| of[..taps.n].iter().fold(0, |most, at| most.max(*at)) as usize;
        let [n_x, n_y] = field.n_taps;
        let [x_weights, y_weights] = field.weights;
        assert!(n_x % 2 == 0 && n_y % 2 == 0 && n_x > 0 && n_y > 0);
        let rows = (n_y - 1).checked_mul(field.stride);
        let last = rows.and_then(|rows| rows.checked_add(most(&taps.start) + n_x));
        assert!(last.is_some_and(|last| last <= field.samples.len()), "taps lie in the samples");
        assert!(most(&taps.x) + n_x <= x_weights.len(), "weights lie in the table");
        assert!(most(&taps.y) + n_y <= y_weights.len(), "weights lie in the table");
    }

    /// Rows of `4 * BLOCKS` taps, and two more with `HAS_REST`, in `n_pairs` pairs of rows. What
    /// [`check`] lets through is loaded from inside of the field.
    #[inline]
    #[target_feature(enable = "avx2")]
    fn run<const BLOCKS: usize, const HAS_REST: bool>(
        field: &Field<'_, [i16; 4], i16>,
        n_pairs: usize,
        taps: &Taps,
        light: &mut [[i16; 4]],
    ) {
        let samples = field.samples.as_ptr();
        let [x_weights, y_weights] = field.weights.map(<[i16]>::as_ptr);
        for (idx, light) in light[..taps.n].iter_mut().enumerate() {
            let (start, x, y) = (taps.start[idx], taps.x[idx], taps.y[idx]);
            // SAFETY: all of it was checked to lie inside.
            #[expect(unsafe_code, reason = "loads take raw pointers")]
            unsafe {
                let sums = columns::<BLOCKS, HAS_REST>(
                    samples.add(start as usize),
                    field.stride,
                    y_weights.add(y as usize),
                    n_pairs,
                );
                let mean = row(&sums, x_weights.add(x as usize));
                _mm_storel_epi64(light.as_mut_ptr().cast(), mean);
            }
        }
    }

    /// What the columns' means are: blocks of four, and two more.
    struct Columns<const BLOCKS: usize, const HAS_REST: bool> {
        /// Sample 0 beside 1 and 2 beside 3, channel by channel.
        blocks: [__m256i; BLOCKS],
        rest: __m128i,
    }

    /// The mean of each column of taps.
    ///
    /// # Safety
    /// `samples` leads to `2 * n_pairs` rows of taps, `stride` samples apart; `weights` to as many
    /// weights.
    #[inline]
    #[target_feature(enable = "avx2")]
    #[expect(unsafe_code, reason = "loads take raw pointers")]
    unsafe fn columns<const BLOCKS: usize, const HAS_REST: bool>(
        samples: *const [i16; 4],
        stride: usize,
        weights: *const i16,
        n_pairs: usize,
    ) -> Columns<BLOCKS, HAS_REST> {
        let mut sums = [[_mm256_set1_epi32(HALF); 2]; BLOCKS];
        let mut rest = [_mm_set1_epi32(HALF); 2];
        for pair in 0..n_pairs {
            // SAFETY: as promised by the caller.
            let (weight, upper, lower) = unsafe {
                let upper = samples.add(2 * pair * stride);
                (weights.add(2 * pair).cast::<i32>().read_unaligned(), upper, upper.add(stride))
            };
            for (block, [even, odd]) in sums.iter_mut().enumerate() {
                // SAFETY: as promised by the caller.
                let (upper, lower) = unsafe {
                    let load = |row: *const [i16; 4]| _mm256_loadu_si256(row.add(4 * block).cast());
                    (load(upper), load(lower))
                };
                let weight = _mm256_set1_epi32(weight);
                let weighed = |both| _mm256_madd_epi16(both, weight);
                *even = _mm256_add_epi32(*even, weighed(_mm256_unpacklo_epi16(upper, lower)));
                *odd = _mm256_add_epi32(*odd, weighed(_mm256_unpackhi_epi16(upper, lower)));
            }
            if HAS_REST {
                // SAFETY: as promised by the caller.
                let (upper, lower) = unsafe {
                    let load = |row: *const [i16; 4]| _mm_loadu_si128(row.add(4 * BLOCKS).cast());
                    (load(upper), load(lower))
                };
                let weight = _mm_set1_epi32(weight);
                let weighed = |both| _mm_madd_epi16(both, weight);
                rest[0] = _mm_add_epi32(rest[0], weighed(_mm_unpacklo_epi16(upper, lower)));
                rest[1] = _mm_add_epi32(rest[1], weighed(_mm_unpackhi_epi16(upper, lower)));
            }
        }
        // Magnitudes of weights sum to less than two, so that each mean has 16 bits.
        let blocks = sums.map(|[even, odd]| {
            let (low, high) = (_mm256_srli_epi32::<SHIFT>(even), _mm256_slli_epi32::<LIFT>(odd));
            _mm256_blend_epi16::<ODD>(low, high)
        });
        let (low, high) = (_mm_srli_epi32::<SHIFT>(rest[0]), _mm_slli_epi32::<LIFT>(rest[1]));
        Columns { blocks, rest: _mm_blend_epi16::<ODD>(low, high) }
    }

    /// The mean along the row of the columns' means.
    ///
    /// # Safety
    /// `weights` leads to a weight for each column.
    #[inline]
    #[target_feature(enable = "avx2")]
    #[expect(unsafe_code, reason = "loads take raw pointers")]
    unsafe fn row<const BLOCKS: usize, const HAS_REST: bool>(
        columns: &Columns<BLOCKS, HAS_REST>,
        weights: *const i16,
    ) -> __m128i {
        // SAFETY: as promised by the caller.
        let pair = |idx: usize| unsafe {
            _mm_set1_epi32(weights.add(2 * idx).cast::<i32>().read_unaligned())
        };
        let mut sum = _mm_set1_epi32(HALF);
        if HAS_REST {
            sum = _mm_add_epi32(sum, _mm_madd_epi16(columns.rest, pair(2 * BLOCKS)));
        }
        for (idx, block) in columns.blocks.iter().enumerate() {
            let weights = _mm256_set_m128i(pair(2 * idx + 1), pair(2 * idx));
            let both = _mm256_madd_epi16(*block, weights);
            sum = _mm_add_epi32(sum, _mm256_castsi256_si128(both));
            sum = _mm_add_epi32(sum, _mm256_extracti128_si256::<1>(both));
        }
        let sum = _mm_srai_epi32::<SHIFT>(sum);
        _mm_packs_epi32(sum, sum)
    }

    /// Sixteen bits that one vector holds.
    const LANES: usize = 16;

    /// See [`super::mean_rows`].
    #[target_feature(enable = "avx2")]
    pub(super) fn mean_rows(
        rows: &[i16],
        stride: usize,
        weights: &[i16; N_TAPS],
        means: &mut [i16],
    ) {
        let last = (N_TAPS - 1).checked_mul(stride).and_then(|rows| rows.checked_add(means.len()));
        assert!(last.is_some_and(|last| last <= rows.len()), "the rows lie in memory");
        let pairs: [__m256i; N_TAPS / 2] = std::array::from_fn(|pair| both(weights, pair));
        let (whole, rest) = means.as_chunks_mut::<LANES>();
        let n_whole = whole.len() * LANES;
        for (idx, means) in whole.iter_mut().enumerate() {
            let mut even = _mm256_set1_epi32(HALF);
            let mut odd = even;
            for (pair, weights) in pairs.iter().enumerate() {
                // SAFETY: both rows were checked to hold these lanes.
                #[expect(unsafe_code, reason = "loads take raw pointers")]
                let (upper, lower) = unsafe {
                    let upper = rows.as_ptr().add(2 * pair * stride + idx * LANES);
                    (_mm256_loadu_si256(upper.cast()), _mm256_loadu_si256(upper.add(stride).cast()))
                };
                let low = _mm256_madd_epi16(_mm256_unpacklo_epi16(upper, lower), *weights);
                let high = _mm256_madd_epi16(_mm256_unpackhi_epi16(upper, lower), *weights);
                (even, odd) = (_mm256_add_epi32(even, low), _mm256_add_epi32(odd, high));
            }
            let (even, odd) = (_mm256_srai_epi32::<SHIFT>(even), _mm256_srai_epi32::<SHIFT>(odd));
            // SAFETY: the chunk has as many lanes.
            #[expect(unsafe_code, reason = "stores take raw pointers")]
            unsafe {
                _mm256_storeu_si256(means.as_mut_ptr().cast(), _mm256_packs_epi32(even, odd));
            }
        }
        halve::mean_rows(&rows[n_whole..], stride, weights, rest);
    }

    /// A pair of weights in every 32 bits.
    #[target_feature(enable = "avx2")]
    fn both(weights: &[i16; N_TAPS], pair: usize) -> __m256i {
        let [low, high] = [weights[2 * pair], weights[2 * pair + 1]].map(i16::cast_unsigned);
        _mm256_set1_epi32((u32::from(low) | u32::from(high) << 16).cast_signed())
    }

    /// See [`super::halve_row`].
    #[target_feature(enable = "avx2")]
    pub(super) fn halve_row(row: &[[i16; 4]], weights: &[i16; N_TAPS], halves: &mut [[i16; 4]]) {
        assert!(2 * halves.len() + N_TAPS <= row.len() + 2, "the taps lie in memory");
        // Sample 0 beside 1, channel by channel.
        let order = _mm256_broadcastsi128_si256(_mm_setr_epi8(
            0, 1, 8, 9, 2, 3, 10, 11, 4, 5, 12, 13, 6, 7, 14, 15,
        ));
        let weights: [__m256i; 3] = std::array::from_fn(|block| {
            let [left, right] = [2 * block, 2 * block + 1].map(|pair| both(weights, pair));
            _mm256_blend_epi32::<0b1111_0000>(left, right)
        });
        for (idx, half) in halves.iter_mut().enumerate() {
            let mut sum = _mm256_setzero_si256();
            for (block, weights) in weights.iter().enumerate() {
                // SAFETY: all taps were checked to lie in the row.
                #[expect(unsafe_code, reason = "loads take raw pointers")]
                let four =
                    unsafe { _mm256_loadu_si256(row.as_ptr().add(2 * idx + 4 * block).cast()) };
                let pairs = _mm256_shuffle_epi8(four, order);
                sum = _mm256_add_epi32(sum, _mm256_madd_epi16(pairs, *weights));
            }
            let sum =
                _mm_add_epi32(_mm256_castsi256_si128(sum), _mm256_extracti128_si256::<1>(sum));
            let mean = _mm_srai_epi32::<SHIFT>(_mm_add_epi32(sum, _mm_set1_epi32(HALF)));
            // SAFETY: a pixel has eight bytes.
            #[expect(unsafe_code, reason = "stores take raw pointers")]
            unsafe {
                _mm_storel_epi64(half.as_mut_ptr().cast(), _mm_packs_epi32(mean, mean));
            }
        }
    }
}
