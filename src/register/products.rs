//! Sums of products in whole numbers, which are the same in any order.

#![cfg_attr(
    target_arch = "x86_64",
    expect(clippy::inline_always, reason = "compiled anew for other vectors")
)]

use wide::{i16x8, i32x4};

use super::{
    correlate::Template,
    features::{Features, LANES},
};
use crate::raster::with_own_vectors;

/// Numbers of a row that are multiplied together.
pub(super) const PAIR: usize = 2 * LANES;

with_own_vectors! {
    /// The sums of products of luminance and of gradients, the window's first sample being `first`
    /// and those to the right of it.
    pub(super) fn products<const N: usize>(
        template: &Template,
        region: &Features,
        first: (usize, usize),
    ) -> [[f32; 2]; N] = any, avx2::products
}

/// The same on any processor.
fn any<const N: usize>(
    template: &Template,
    region: &Features,
    first: (usize, usize),
) -> [[f32; 2]; N] {
    let eight = |pair: &[i16; PAIR], half: usize| {
        let mut lanes = [0; LANES];
        lanes.copy_from_slice(&pair[half * LANES..][..LANES]);
        i16x8::new(lanes)
    };
    let add = |sums: i32x4, one: &[i16; PAIR], other: &[i16; PAIR]| {
        sums + eight(one, 0).dot(eight(other, 0)) + eight(one, 1).dot(eight(other, 1))
    };
    sums(template, region, first, i32x4::ZERO, add)
        .map(|sums| sums.map(|sum| total(&sum.to_array())))
}

/// The same for other numbers of lanes, which `add` adds products to.
#[inline(always)]
fn sums<Lanes: Copy, const N: usize>(
    template: &Template,
    region: &Features,
    first: (usize, usize),
    nothing: Lanes,
    add: impl Fn(Lanes, &[i16; PAIR], &[i16; PAIR]) -> Lanes,
) -> [[Lanes; 2]; N] {
    let planes = &region.quick().planes;
    let mut sums = [[nothing; 2]; N];
    let mut pairs = template.quick.pairs.iter();
    for (row, n) in template.rows.iter().zip(first.1..) {
        let start = n * region.side + first.0 + row.first;
        let length = row.lanes.len().div_ceil(2) * PAIR + LANES;
        let [luma, dx, dy] = [0, 1, 2].map(|plane: usize| &planes[plane][start..start + length]);
        for (at, template) in (0..length - LANES).step_by(PAIR).zip(&mut pairs) {
            for (place, [luma_sums, gradient_sums]) in sums.iter_mut().enumerate() {
                let near = |plane: &[i16]| -> [i16; PAIR] {
                    let mut numbers = [0; PAIR];
                    numbers.copy_from_slice(&plane[at + place..][..PAIR]);
                    numbers
                };
                *luma_sums = add(*luma_sums, &template[0], &near(luma));
                *gradient_sums = add(*gradient_sums, &template[1], &near(dx));
                *gradient_sums = add(*gradient_sums, &template[2], &near(dy));
            }
        }
    }
    sums
}

#[expect(clippy::cast_precision_loss, reason = "f32 is exact enough here")]
fn total(lanes: &[i32]) -> f32 {
    lanes.iter().copied().map(i64::from).sum::<i64>() as f32
}

#[cfg(target_arch = "x86_64")]
mod avx2 {
    use std::arch::x86_64::{_mm256_add_epi32, _mm256_madd_epi16, _mm256_setzero_si256};

    use super::{Features, PAIR, Template, sums, total};

    /// See [`super::any`].
    #[target_feature(enable = "avx2")]
    pub(super) fn products<const N: usize>(
        template: &Template,
        region: &Features,
        first: (usize, usize),
    ) -> [[f32; 2]; N] {
        let add = |sums, one: &[i16; PAIR], other: &[i16; PAIR]| {
            let products = _mm256_madd_epi16(bytemuck::cast(*one), bytemuck::cast(*other));
            _mm256_add_epi32(sums, products)
        };
        let sums = sums(template, region, first, _mm256_setzero_si256(), add);
        sums.map(|sums| sums.map(|lanes| total(&bytemuck::cast::<_, [i32; 8]>(lanes))))
    }
}
