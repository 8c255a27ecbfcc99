//! Two pictures of one size, subtracted.

use super::picture::{Picture, Pixels};

/// The absolute difference of every channel's 8-bit code, opaque; transparent where either picture
/// is. A picture and itself differ by nothing: black. `None` when the sizes differ.
#[must_use]
pub fn absolute_difference(a: &Picture, b: &Picture) -> Option<Picture> {
    let (width, height) = (a.width(), a.height());
    if (width, height) != (b.width(), b.height()) {
        return None;
    }
    let places = (0..height).flat_map(|y| (0..width).map(move |x| (x, y)));
    let pixels = places
        .map(|(x, y)| match (a.rgba8_at(x, y), b.rgba8_at(x, y)) {
            (Some([.., 0]) | None, _) | (_, Some([.., 0]) | None) => [0; 4],
            (Some(a), Some(b)) => {
                let [r, g, b] = [0, 1, 2].map(|c| a[c].abs_diff(b[c]));
                [r, g, b, u8::MAX]
            }
        })
        .collect();
    Picture::new(width, height, Pixels::Rgba8(pixels))
}
