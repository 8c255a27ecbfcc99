//! Decoded pictures and figures over them.

use super::picture;
use crate::raster::{Picture, Pixels, mean_srgb};

#[test]
fn a_picture_is_never_empty_nor_short_of_pixels() {
    assert_eq!(Picture::new(0, 5, Pixels::Rgba8(Vec::new())), None);
    assert_eq!(Picture::new(2, 2, Pixels::Rgba8(vec![[0; 4]; 3])), None);
    assert_eq!(Picture::new(2, 2, Pixels::Rgba16(vec![[0; 4]; 5])), None);
    assert_eq!(Picture::new(usize::MAX, 2, Pixels::Rgba8(vec![[0; 4]; 2])), None);
    assert!(Picture::new(2, 2, Pixels::Rgba8(vec![[0; 4]; 4])).is_some());
}

#[test]
fn pixels_are_read_by_column_and_row() {
    let source = picture(3, 2, |x, y| [u8::try_from(10 * y + x).unwrap(), 0, 0, 255]);
    assert_eq!(source.rgba8_at(2, 1), Some([12, 0, 0, 255]));
    assert_eq!(source.rgba8_at(3, 0), None);
    assert_eq!(source.rgba8_at(0, 2), None);
    assert_eq!(source.to_rgba8()[20..], [12, 0, 0, 255]);
}

#[test]
fn sixteen_bits_are_rounded_to_the_nearest_of_eight() {
    for code in 0..=u8::MAX {
        let wide = u16::from(code) * 257;
        let texel = [wide, wide.saturating_add(128), wide.saturating_sub(128), u16::MAX];
        let dot = Picture::new(1, 1, Pixels::Rgba16(vec![texel])).unwrap();
        assert_eq!(dot.rgba8_at(0, 0), Some([code, code, code, 255]));
        assert_eq!(dot.to_rgba8(), [code, code, code, 255]);
    }
}

/// The mean over a part, in thousandths of a code.
fn thousandths(found: Option<[f64; 3]>) -> Option<[i64; 3]> {
    #[expect(clippy::cast_possible_truncation, reason = "codes have at most 8 bits")]
    found.map(|mean| mean.map(|code| (1000.0 * code).round() as i64))
}

#[test]
fn the_mean_counts_only_pixels_of_the_picture() {
    let halves = picture(4, 4, |x, _| if x < 2 { [10, 20, 30, 255] } else { [30, 40, 50, 255] });
    let mean = |columns, rows| thousandths(mean_srgb(&halves, columns, rows));
    assert_eq!(mean(0..4, 0..4), Some([20_000, 30_000, 40_000]));
    assert_eq!(mean(2..900, 3..900), Some([30_000, 40_000, 50_000]));
    assert_eq!(mean(4..9, 0..4), None);
    assert_eq!(mean(1..1, 0..3), None);
}

#[test]
fn what_is_transparent_counts_as_white() {
    let clear = picture(2, 1, |x, _| if x == 0 { [0; 4] } else { [0, 0, 0, 255] });
    assert_eq!(thousandths(mean_srgb(&clear, 0..1, 0..1)), Some([255_000; 3]));
    assert_eq!(thousandths(mean_srgb(&clear, 0..2, 0..1)), Some([127_500; 3]));
}
