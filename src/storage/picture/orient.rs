//! Turning a picture upright.

use image::metadata::Orientation;

use crate::raster::Pixels;

/// The pixels turned upright, with their width and height. What keeps its shape is turned in place.
pub(super) fn upright(
    pixels: Pixels,
    (width, height): (usize, usize),
    orientation: Orientation,
) -> (Pixels, usize, usize) {
    let pixels = match pixels {
        Pixels::Rgba8(pixels) => Pixels::Rgba8(turned(pixels, (width, height), orientation)),
        Pixels::Rgba16(pixels) => Pixels::Rgba16(turned(pixels, (width, height), orientation)),
    };
    if swaps_sides(orientation) { (pixels, height, width) } else { (pixels, width, height) }
}

fn swaps_sides(orientation: Orientation) -> bool {
    matches!(
        orientation,
        Orientation::Rotate90
            | Orientation::Rotate270
            | Orientation::Rotate90FlipH
            | Orientation::Rotate270FlipH
    )
}

fn turned<Texel: Copy>(
    mut pixels: Vec<Texel>,
    (width, height): (usize, usize),
    orientation: Orientation,
) -> Vec<Texel> {
    match orientation {
        Orientation::NoTransforms => pixels,
        Orientation::FlipHorizontal => {
            pixels.chunks_exact_mut(width).for_each(<[Texel]>::reverse);
            pixels
        }
        Orientation::Rotate180 => {
            pixels.reverse();
            pixels
        }
        Orientation::FlipVertical => {
            pixels.reverse();
            pixels.chunks_exact_mut(width).for_each(<[Texel]>::reverse);
            pixels
        }
        // Clockwise: the new row `y` is column `y`, read from the bottom.
        Orientation::Rotate90 => swapped((width, height), &pixels, |x, y| (y, height - 1 - x)),
        Orientation::Rotate270 => swapped((width, height), &pixels, |x, y| (width - 1 - y, x)),
        // Along the main diagonal, and along the other one.
        Orientation::Rotate90FlipH => swapped((width, height), &pixels, |x, y| (y, x)),
        Orientation::Rotate270FlipH => {
            swapped((width, height), &pixels, |x, y| (width - 1 - y, height - 1 - x))
        }
    }
}

/// A picture of `height` columns and `width` rows whose pixel `(x, y)` is the old one at `old(x, y)`.
fn swapped<Texel: Copy>(
    (width, height): (usize, usize),
    pixels: &[Texel],
    old: impl Fn(usize, usize) -> (usize, usize),
) -> Vec<Texel> {
    let places = (0..width).flat_map(|y| (0..height).map(move |x| (x, y)));
    let mut turned = Vec::with_capacity(pixels.len());
    turned.extend(places.map(|(x, y)| {
        let (x, y) = old(x, y);
        pixels[y * width + x]
    }));
    turned
}
