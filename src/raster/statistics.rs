//! Figures over the pixels of a picture.

use std::ops::Range;

use super::picture::{Picture, Pixels};

/// The mean red, green and blue of a part of a picture, 0 to 255: alpha composited on white and
/// averaged in encoded values. `None` of an empty part; columns and rows beyond the picture do not
/// count.
#[must_use]
pub fn mean_srgb(picture: &Picture, columns: Range<usize>, rows: Range<usize>) -> Option<[f64; 3]> {
    let columns = columns.start..columns.end.min(picture.width());
    let rows = rows.start..rows.end.min(picture.height());
    if columns.is_empty() || rows.is_empty() {
        return None;
    }
    let starts = rows.map(|row| row * picture.width());
    let mut sum = [0.0; 3];
    let mut count = 0.0;
    let mut add = |[r, g, b, alpha]: [f64; 4], full: f64| {
        let alpha = alpha / full;
        for (sum, code) in sum.iter_mut().zip([r, g, b]) {
            *sum += 255.0 * (code / full * alpha + 1.0 - alpha);
        }
        count += 1.0;
    };
    for start in starts {
        let row = start + columns.start..start + columns.end;
        match picture.pixels() {
            Pixels::Rgba8(pixels) => {
                pixels[row].iter().for_each(|pixel| add(pixel.map(f64::from), 255.0));
            }
            Pixels::Rgba16(pixels) => {
                pixels[row].iter().for_each(|pixel| add(pixel.map(f64::from), 65_535.0));
            }
        }
    }
    Some(sum.map(|sum| sum / count))
}
