//! Where a kernel's taps and weights are for given places.

#![expect(clippy::inline_always, reason = "compiled anew in functions for other vectors")]

use std::ops::Range;

use super::{RUN, Taps};

/// Adding it to a number from 0 to 2^31 leaves the nearest whole number in the low bits.
const ROUNDER: f64 = 4_503_599_627_370_496.0;

/// How places along one axis become taps.
#[derive(Clone, Copy, Debug)]
pub(in crate::raster) struct Axis {
    /// Taps on each side of a place.
    pub(in crate::raster) half: u32,
    /// Places between two pixel centres that have weights of their own are 2 to this power.
    pub(in crate::raster) phase_bits: u32,
}

impl Axis {
    /// A coordinate from the corner, inside the axis, rounded to a phase; in phases from the centre
    /// before the axis.
    #[inline(always)]
    pub(in crate::raster) fn step(self, at: f64) -> u32 {
        let n_phases = f64::from(1_u32 << self.phase_bits);
        #[expect(clippy::cast_possible_truncation, reason = "at most 2^20 pixels of 2^10 phases")]
        let step = ((at + 0.5) * n_phases + ROUNDER).to_bits() as u32;
        step
    }

    /// The first tap, which wraps where it lies before the axis, and where its weights begin in
    /// a table of all phases.
    #[inline(always)]
    pub(in crate::raster) fn taps(self, at: f64) -> (u32, u32) {
        let step = self.step(at);
        let phase = step & ((1 << self.phase_bits) - 1);
        ((step >> self.phase_bits).wrapping_sub(self.half), phase * (2 * self.half))
    }
}

/// One coordinate of evenly spaced places.
#[derive(Clone, Copy, Debug)]
pub(in crate::raster) struct Line {
    /// The first pixel's centre along its row.
    pub(in crate::raster) first: f64,
    /// What a pixel along the row adds.
    pub(in crate::raster) slope: f64,
    /// What the row adds.
    pub(in crate::raster) row: f64,
    pub(in crate::raster) shift: f64,
}

impl Line {
    /// The coordinate of a pixel's place.
    #[inline(always)]
    pub(in crate::raster) fn at(&self, idx: i32) -> f64 {
        self.slope * (self.first + f64::from(idx)) + self.row + self.shift
    }
}

/// The places of pixels of one row.
#[derive(Clone, Copy, Debug)]
pub(in crate::raster) enum Row<'a> {
    /// Along a line: how x and y go, and how many there are.
    Even([Line; 2], usize),
    /// One by one.
    Listed([&'a [f64]; 2]),
}

impl Row<'_> {
    /// How many there are.
    pub(in crate::raster) fn len(&self) -> usize {
        match self {
            Self::Even(_, n) => *n,
            Self::Listed([xs, _]) => xs.len(),
        }
    }

    /// One of them.
    pub(in crate::raster) fn at(&self, idx: usize) -> (f64, f64) {
        match self {
            Self::Even(lines, _) => {
                let [x, y] = lines.map(|line| line.at(i32::try_from(idx).unwrap_or(i32::MAX)));
                (x, y)
            }
            Self::Listed([xs, ys]) => (xs[idx], ys[idx]),
        }
    }

    /// Some of them.
    pub(in crate::raster) fn part(&self, range: Range<usize>) -> Self {
        match self {
            Self::Even(lines, _) => {
                #[expect(clippy::cast_precision_loss, reason = "pixel counts are below 2^20")]
                let start = range.start as f64;
                let lines = lines.map(|line| Line { first: line.first + start, ..line });
                Self::Even(lines, range.len())
            }
            Self::Listed(lists) => Self::Listed(lists.map(|list| &list[range.clone()])),
        }
    }
}

/// Places of a row, inside the source with all of their taps.
pub(in crate::raster) struct Plan<'a> {
    /// Where they lie in the source, at most [`RUN`] of them.
    pub(in crate::raster) places: &'a Row<'a>,
    /// Level pixels a source pixel.
    pub(in crate::raster) scale: f64,
    /// Along x and y.
    pub(in crate::raster) axes: [Axis; 2],
    /// The level's pixel that is the first sample.
    pub(in crate::raster) first: [u32; 2],
    /// Samples a row.
    pub(in crate::raster) stride: u32,
}

impl Plan<'_> {
    /// Finds the taps of every place.
    #[inline(always)]
    pub(in crate::raster) fn find(&self, taps: &mut Taps) {
        taps.n = self.places.len().min(RUN);
        let ([x_axis, y_axis], [left, top]) = (self.axes, self.first);
        let mut columns = [0; RUN];
        match self.places {
            Row::Even(lines, _) => {
                let [x, y] = lines;
                for (idx, (column, weights)) in (0..).zip(columns.iter_mut().zip(&mut taps.x)) {
                    (*column, *weights) = x_axis.taps(x.at(idx) * self.scale);
                }
                for (idx, (start, weights)) in (0..).zip(taps.start.iter_mut().zip(&mut taps.y)) {
                    (*start, *weights) = y_axis.taps(y.at(idx) * self.scale);
                }
            }
            Row::Listed([xs, ys]) => {
                for ((column, weights), x) in columns.iter_mut().zip(&mut taps.x).zip(*xs) {
                    (*column, *weights) = x_axis.taps(x * self.scale);
                }
                for ((start, weights), y) in taps.start.iter_mut().zip(&mut taps.y).zip(*ys) {
                    (*start, *weights) = y_axis.taps(y * self.scale);
                }
            }
        }
        for (start, column) in taps.start.iter_mut().zip(columns) {
            let row = start.wrapping_sub(top);
            *start = row.wrapping_mul(self.stride).wrapping_add(column.wrapping_sub(left));
        }
    }
}
