//! The lens: what lies before or behind its focus is spread over a disc.

use rayon::prelude::*;

use crate::field::{cell, kept, num};
use crate::maths::Rgb;

/// Height over the face plane that is in focus: between eyes and lips.
const FOCUS: f64 = 0.15;
/// How far before and behind it everything is sharp.
const SHARP: f64 = 0.25;
/// Radius of the disc for each unit beyond that, in face units.
const OPEN: f64 = 0.0060;
/// The largest disc, in pixels of radius.
const MOST: f64 = 13.0;
/// Steps in depth that do not count as an edge, in face units.
const STEP: f32 = 0.06;

/// A picture in linear light with the height of what each pixel shows.
pub(crate) struct Shot {
    pub(crate) width: usize,
    pub(crate) light: Vec<[f32; 3]>,
    pub(crate) heights: Vec<f32>,
}

/// Radius of the disc of a height, in pixels.
fn radius(height: f32, scale: f64) -> f32 {
    let off = ((f64::from(height) - FOCUS).abs() - SHARP).max(0.0);
    kept((OPEN * off * scale).min(MOST))
}

impl Shot {
    /// The picture as a lens shows it, at this many pixels per face unit.
    pub(crate) fn focused(&self, scale: f64) -> Vec<Rgb> {
        let radii: Vec<f32> = self.heights.iter().map(|h| radius(*h, scale)).collect();
        (0..self.light.len()).into_par_iter().map(|idx| self.gathered(&radii, idx)).collect()
    }

    /// Everything whose disc reaches a pixel. What lies behind it does not spread over it farther
    /// than its own disc.
    fn gathered(&self, radii: &[f32], idx: usize) -> Rgb {
        let (column, row) = (idx % self.width, idx / self.width);
        let reach = cell(MOST, usize::MAX);
        let rows = row.saturating_sub(reach)..(row + reach + 1).min(self.light.len() / self.width);
        let columns = column.saturating_sub(reach)..(column + reach + 1).min(self.width);
        let (mut sum, mut whole) = ([0.0_f32; 3], 0.0_f32);
        for y in rows {
            for x in columns.clone() {
                let from = y * self.width + x;
                let mut disc = radii[from];
                if self.heights[from] < self.heights[idx] - STEP {
                    disc = disc.min(radii[idx]);
                }
                let (dx, dy) = (kept(num(x.abs_diff(column))), kept(num(y.abs_diff(row))));
                // A disc below a pixel still fills its own.
                let share = (disc + 0.5 - (dx * dx + dy * dy).sqrt()).clamp(0.0, 1.0);
                if share > 0.0 {
                    let weight = share / (disc * disc + 0.35);
                    for (sum, light) in sum.iter_mut().zip(self.light[from]) {
                        *sum += weight * light;
                    }
                    whole += weight;
                }
            }
        }
        sum.map(|v| f64::from(v / whole))
    }
}
