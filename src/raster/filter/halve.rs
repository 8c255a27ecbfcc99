//! Half the size in fixed point, for opaque 8-bit pictures; see [`super::super::pyramid`].

use std::ops::Range;

use rayon::prelude::*;

use super::{
    super::places::Area,
    Arithmetic as _,
    fixed::{Fixed, HALF, clipped_mean},
};

/// Taps an axis.
pub(in crate::raster) const N_TAPS: usize = 12;
/// New rows that are made together, and new columns of them.
const BAND: usize = 32;
const STRIP: usize = 128;

/// One axis of a picture that is halved.
struct Axis {
    /// Pixels along it, and half of them.
    length: usize,
    new_length: usize,
    /// The weights of a new pixel, from the leftmost tap.
    real: [f32; N_TAPS],
    ready: [i16; N_TAPS],
}

impl Axis {
    fn new(length: usize, weights: &[f32; N_TAPS]) -> Self {
        Self { length, new_length: length.div_ceil(2), real: *weights, ready: ready(weights) }
    }

    /// The old pixels that these new ones are made of.
    fn source(&self, new: &Range<usize>) -> Range<usize> {
        let reach = N_TAPS / 2;
        (2 * new.start + 1).saturating_sub(reach)..(2 * new.end - 1 + reach).min(self.length)
    }

    /// Of these new pixels those that all taps of lie inside.
    fn whole(&self, new: &Range<usize>) -> Range<usize> {
        let reach = N_TAPS / 2;
        let first = (reach - 1).div_ceil(2).max(new.start);
        let end = ((self.length + 1).saturating_sub(reach) / 2).min(new.end);
        first.min(end)..end
    }

    /// The weights of a new pixel of which some taps lie outside: those inside, which weigh more.
    fn cut_off(&self, new: usize) -> Vec<i16> {
        let reach = N_TAPS / 2;
        let first = reach.saturating_sub(2 * new + 1);
        let inside = &self.real[first..N_TAPS.min(self.length + reach - 2 * new - 1)];
        let sum: f32 = inside.iter().sum();
        let mut weights = Vec::new();
        Fixed::ready(&inside.iter().map(|weight| weight / sum).collect::<Vec<_>>(), &mut weights);
        weights
    }
}

fn ready(weights: &[f32; N_TAPS]) -> [i16; N_TAPS] {
    let mut ready = Vec::new();
    Fixed::ready(weights, &mut ready);
    ready.try_into().unwrap_or([0; N_TAPS])
}

/// Scratch of one strip.
#[derive(Default)]
struct Strip {
    /// The old pixels in light.
    samples: Vec<[i16; 4]>,
    /// A new row before its columns are halved.
    row: Vec<[i16; 4]>,
}

/// The pixels of a picture of half the size, sides rounded up, low-passed by these weights. Those
/// outside of the strips of `needed` stay zero, and what the system has not given for them yet is not
/// asked for.
pub(in crate::raster) fn halved_opaque(
    fixed: &Fixed,
    texels: &[[u8; 4]],
    (width, height): (usize, usize),
    weights: &[f32; N_TAPS],
    needed: &Area,
) -> Vec<[u8; 4]> {
    let touches =
        |one: &Range<usize>, other: &Range<usize>| one.start < other.end && other.start < one.end;
    let (x, y) = (Axis::new(width, weights), Axis::new(height, weights));
    let mut halves = vec![[0; 4]; x.new_length * y.new_length];
    halves.par_chunks_mut(x.new_length * BAND).enumerate().for_each_init(
        Strip::default,
        |strip, (idx, band)| {
            let rows = idx * BAND..idx * BAND + band.len() / x.new_length;
            if !touches(&rows, &needed.rows) {
                return;
            }
            for start in (0..x.new_length).step_by(STRIP) {
                let columns = start..(start + STRIP).min(x.new_length);
                if !touches(&columns, &needed.columns) {
                    continue;
                }
                strip.fill(fixed, (&x, &y), texels, (columns, rows.clone()), band);
            }
        },
    );
    halves
}

impl Strip {
    fn fill(
        &mut self,
        fixed: &Fixed,
        (x, y): (&Axis, &Axis),
        texels: &[[u8; 4]],
        (columns, rows): (Range<usize>, Range<usize>),
        band: &mut [[u8; 4]],
    ) {
        let (old_columns, old_rows) = (x.source(&columns), y.source(&rows));
        let stride = old_columns.len();
        self.samples.resize(stride * old_rows.len(), [0; 4]);
        for (row, samples) in old_rows.clone().zip(self.samples.chunks_exact_mut(stride)) {
            Fixed::expect(texels, x.length, (row, &old_columns));
            fixed.load(&texels[row * x.length..][old_columns.clone()], samples);
        }
        self.row.resize(stride, [0; 4]);
        let mut halves = [[0; 4]; STRIP];
        let halves = &mut halves[..columns.len()];
        let whole = y.whole(&rows);
        for new in rows.clone() {
            let first = (2 * new + 1).saturating_sub(N_TAPS / 2) - old_rows.start;
            let samples = self.samples[first * stride..].as_flattened();
            let row = self.row.as_flattened_mut();
            if whole.contains(&new) {
                fixed.mean_rows(samples, 4 * stride, &y.ready, row);
            } else {
                mean_rows(samples, 4 * stride, &y.cut_off(new), row);
            }
            halve(fixed, x, &self.row, (&columns, old_columns.start), halves);
            let start = (new - rows.start) * x.new_length + columns.start;
            fixed.encode(halves, &mut band[start..start + columns.len()]);
        }
    }
}

/// A row of samples, the first of which is the old pixel `start`, at half its width.
fn halve(
    fixed: &Fixed,
    x: &Axis,
    row: &[[i16; 4]],
    (columns, start): (&Range<usize>, usize),
    halves: &mut [[i16; 4]],
) {
    let whole = x.whole(columns);
    let place = |new: usize| (2 * new + 1).saturating_sub(N_TAPS / 2) - start;
    if !whole.is_empty() {
        let halves = &mut halves[whole.start - columns.start..whole.end - columns.start];
        fixed.halve_row(&row[place(whole.start)..], &x.ready, halves);
    }
    for new in columns.clone().filter(|new| !whole.contains(new)) {
        let weights = x.cut_off(new);
        halves[new - columns.start] = mean(&row[place(new)..], &weights);
    }
}

/// The weighted mean of rows of numbers, one row for each weight, `stride` numbers apart.
pub(super) fn mean_rows(rows: &[i16], stride: usize, weights: &[i16], means: &mut [i16]) {
    for (idx, mean) in means.iter_mut().enumerate() {
        let sum = weights.iter().enumerate().fold(HALF, |sum, (row, weight)| {
            sum + i32::from(*weight) * i32::from(rows[row * stride + idx])
        });
        *mean = clipped_mean(sum);
    }
}

/// The weighted mean of twelve samples for each half, two samples apart.
pub(super) fn halve_row(row: &[[i16; 4]], weights: &[i16; N_TAPS], halves: &mut [[i16; 4]]) {
    for (idx, half) in halves.iter_mut().enumerate() {
        *half = mean(&row[2 * idx..], weights);
    }
}

fn mean(samples: &[[i16; 4]], weights: &[i16]) -> [i16; 4] {
    let mut sum = [HALF; 4];
    for (sample, weight) in samples.iter().zip(weights) {
        for c in 0..4 {
            sum[c] += i32::from(*weight) * i32::from(sample[c]);
        }
    }
    sum.map(clipped_mean)
}
