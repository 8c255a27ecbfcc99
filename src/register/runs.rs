//! What a region alone tells of many neighbouring places, by running sums: those of each row round
//! each place, of each length that a row of the window has, then those of the rows.

use wide::f32x8;

use super::{
    correlate::Template,
    features::{Features, LANES},
};
use crate::raster::with_own_vectors;

/// Sums of luminance, of its squares and of the gradient's, place by place.
pub(super) type Three = [[f32; LANES]; 3];

with_own_vectors! {
    /// The weighted sums of the values of each row round `n.0` vectors of places, of each length that
    /// a row of the window has: luminance less `base`, its square, and that of the gradient. There are
    /// `n.1` rows of places.
    pub(super) fn runs(
        template: &Template,
        region: &Features,
        first: (usize, usize),
        n: (usize, usize),
        base: f32,
    ) -> Vec<Three> = any::runs, avx2::runs
}
with_own_vectors! {
    /// The sums of each window from those of its rows.
    pub(super) fn summed(
        template: &Template,
        runs: &[Three],
        n: (usize, usize),
    ) -> Vec<Three> = any::summed, avx2::summed
}

/// A row of a region: luminance less a base, its square, and that of the gradient.
#[expect(clippy::inline_always, reason = "compiled anew for other vectors")]
#[inline(always)]
fn values_of(region: &Features, start: usize, base: f32, values: &mut [Vec<f32>; 3]) {
    let [luma, square, gradient] = values;
    let row = &region.luma[start..(start + luma.len()).min(region.luma.len())];
    for ((luma, square), value) in luma.iter_mut().zip(square).zip(row) {
        *luma = value - base;
        *square = *luma * *luma;
    }
    // No window touches the border.
    let plane = &region.luma;
    let (left, above) = (&plane[start - 1..], &plane[start - region.side..]);
    let (right, below) = (&plane[start + 1..], &plane[start + region.side..]);
    let around = left.iter().zip(right).zip(above.iter().zip(below));
    for (square, ((left, right), (above, below))) in gradient.iter_mut().zip(around) {
        let (dx, dy) = (right - left, below - above);
        *square = 0.25 * (dx * dx + dy * dy);
    }
}

/// [`runs`] with vectors of any kind, to which `add` adds the weighed sums of two others.
#[expect(clippy::inline_always, reason = "compiled anew for other vectors")]
#[inline(always)]
fn runs_of<Lanes: Copy>(
    (template, region): (&Template, &Features),
    first: (usize, usize),
    (n_lanes, n_rows): (usize, usize),
    base: f32,
    nothing: Lanes,
    add: impl Fn(Lanes, f32, &[f32; LANES], &[f32; LANES]) -> Lanes,
    out: impl Fn(Lanes) -> [f32; LANES],
) -> Vec<Three> {
    let radius = template.radius;
    let mut values = [(); 3].map(|()| vec![0.0; n_lanes * LANES + 2 * radius]);
    // Without a call in between, which would put the sums out of the processor's hands.
    let n_runs = n_runs(template);
    let mut runs = vec![[[0.0; LANES]; 3]; (n_rows + 2 * radius) * n_lanes * n_runs];
    for (y, runs) in runs.chunks_exact_mut(n_lanes * n_runs).enumerate() {
        values_of(region, (first.1 + y) * region.side + first.0, base, &mut values);
        let [luma, square, gradient] = values.each_ref().map(|values| &**values);
        for (lane, runs) in runs.chunks_exact_mut(n_runs).enumerate() {
            let middle = lane * LANES + radius;
            let mut runs = runs.iter_mut();
            let [mut a, mut b, mut c] = [nothing; 3];
            for (half, (rows, weight)) in template.spans.iter().zip(&template.window).enumerate() {
                let (left, right) = (middle - half, middle + half);
                // The middle counts once.
                let weight = if half == 0 { 0.5 * weight } else { *weight };
                a = add(a, weight, near(luma, left), near(luma, right));
                b = add(b, weight, near(square, left), near(square, right));
                c = add(c, weight, near(gradient, left), near(gradient, right));
                if !rows.is_empty()
                    && let Some(run) = runs.next()
                {
                    *run = [out(a), out(b), out(c)];
                }
            }
        }
    }
    runs
}

/// [`summed`] likewise.
#[expect(clippy::inline_always, reason = "compiled anew for other vectors")]
#[inline(always)]
fn summed_of<Lanes: Copy>(
    template: &Template,
    runs: &[Three],
    (n_lanes, n_rows): (usize, usize),
    nothing: Lanes,
    add: impl Fn(Lanes, f32, &[f32; LANES], &[f32; LANES]) -> Lanes,
    out: impl Fn(Lanes) -> [f32; LANES],
) -> Vec<Three> {
    let n_runs = n_runs(template);
    let stride = n_runs * n_lanes;
    let mut all = Vec::with_capacity(n_lanes * n_rows);
    for idx in 0..n_lanes * n_rows {
        let mut at = (idx / n_lanes + template.radius) * stride + (idx % n_lanes + 1) * n_runs;
        let [mut a, mut b, mut c] = [nothing; 3];
        for rows in template.spans.iter().rev().filter(|rows| !rows.is_empty()) {
            at -= 1;
            for dy in rows.clone() {
                let weight = template.window[dy];
                // The middle row counts once.
                let weight = if dy == 0 { 0.5 * weight } else { weight };
                let (above, below) = (&runs[at - dy * stride], &runs[at + dy * stride]);
                a = add(a, weight, &above[0], &below[0]);
                b = add(b, weight, &above[1], &below[1]);
                c = add(c, weight, &above[2], &below[2]);
            }
        }
        all.push([out(a), out(b), out(c)]);
    }
    all
}

/// How many lengths the rows of the window have.
fn n_runs(template: &Template) -> usize {
    template.spans.iter().filter(|rows| !rows.is_empty()).count()
}

/// Values from `at` on.
#[expect(clippy::inline_always, reason = "compiled anew for other vectors")]
#[inline(always)]
fn near(values: &[f32], at: usize) -> &[f32; LANES] {
    &values[at..at + LANES].as_chunks().0[0]
}

/// On any processor.
mod any {
    use super::{Features, LANES, Template, Three, f32x8, runs_of, summed_of};

    fn add(sums: f32x8, weight: f32, one: &[f32; LANES], other: &[f32; LANES]) -> f32x8 {
        sums + f32x8::splat(weight) * (f32x8::new(*one) + f32x8::new(*other))
    }

    pub(super) fn runs(
        template: &Template,
        region: &Features,
        first: (usize, usize),
        n: (usize, usize),
        base: f32,
    ) -> Vec<Three> {
        runs_of((template, region), first, n, base, f32x8::ZERO, add, f32x8::to_array)
    }

    pub(super) fn summed(template: &Template, runs: &[Three], n: (usize, usize)) -> Vec<Three> {
        summed_of(template, runs, n, f32x8::ZERO, add, f32x8::to_array)
    }
}

#[cfg(target_arch = "x86_64")]
mod avx2 {
    use std::arch::x86_64::{
        __m256, _mm256_add_ps, _mm256_mul_ps, _mm256_set1_ps, _mm256_setzero_ps,
    };

    use super::{Features, LANES, Template, Three, runs_of, summed_of};

    #[inline]
    #[target_feature(enable = "avx2")]
    fn add(sums: __m256, weight: f32, one: &[f32; LANES], other: &[f32; LANES]) -> __m256 {
        let both = _mm256_add_ps(bytemuck::cast(*one), bytemuck::cast(*other));
        _mm256_add_ps(sums, _mm256_mul_ps(_mm256_set1_ps(weight), both))
    }

    #[target_feature(enable = "avx2")]
    pub(super) fn runs(
        template: &Template,
        region: &Features,
        first: (usize, usize),
        n: (usize, usize),
        base: f32,
    ) -> Vec<Three> {
        let add = |sums, weight, one: &_, other: &_| add(sums, weight, one, other);
        let of = (template, region);
        runs_of(of, first, n, base, _mm256_setzero_ps(), add, bytemuck::cast)
    }

    #[target_feature(enable = "avx2")]
    pub(super) fn summed(template: &Template, runs: &[Three], n: (usize, usize)) -> Vec<Three> {
        let add = |sums, weight, one: &_, other: &_| add(sums, weight, one, other);
        summed_of(template, runs, n, _mm256_setzero_ps(), add, bytemuck::cast)
    }
}
