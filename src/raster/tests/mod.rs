//! Tests of pixels, light and the resampler.

mod accuracy;
mod alpha;
mod compare;
mod copies;
mod delta_e;
mod edges;
mod golden;
mod lab;
mod look;
mod maps;
mod matched;
mod minified;
mod picture;
mod pyramid;
mod subpixel;
mod transfer;
mod vectors;
mod view;

use super::{Light, Picture, Pixels, View, render_view};
use crate::geometry::{Image, Kernel, Output, OutputPoint, Point, Similarity};

type Map = Similarity<Image, Output>;

fn picture(width: usize, height: usize, texel: impl Fn(usize, usize) -> [u8; 4]) -> Picture {
    let places = (0..height).flat_map(|y| (0..width).map(move |x| (x, y)));
    let pixels = places.map(|(x, y)| texel(x, y)).collect();
    Picture::new(width, height, Pixels::Rgba8(pixels)).unwrap()
}

/// A picture whose pixels all differ from their neighbours, opaque.
fn speckled(width: usize, height: usize) -> Picture {
    let byte = |n: usize| u8::try_from(n % 256).unwrap();
    picture(width, height, |x, y| [byte(37 * x + 101 * y), byte(x * y * 13), byte(7 * x + 5), 255])
}

fn render(source: &Picture, map: Map, kernel: Kernel, width: usize, height: usize) -> Picture {
    let view = View::new(map, kernel, (width, height));
    render_view(source, &view, &|| false).unwrap()
}

/// `scale` source pixels an output pixel; output corner (0, 0) shows source position `corner`.
fn scaled(scale: f64, corner: (f64, f64)) -> Map {
    Similarity::about(scale, 0.0, OutputPoint::new(0.0, 0.0), Point::new(corner.0, corner.1))
}

/// `scale` source pixels an output pixel, turned by `degrees` about the middles of both.
fn turned(scale: f64, degrees: f64, source: &Picture, width: usize, height: usize) -> Map {
    let half = |n: usize| f64::from(u32::try_from(n).unwrap()) / 2.0;
    Similarity::about(
        scale,
        degrees.to_radians(),
        OutputPoint::new(half(width), half(height)),
        Point::new(half(source.width()), half(source.height())),
    )
}

fn each_texel(picture: &Picture) -> impl Iterator<Item = ((usize, usize), [u8; 4])> {
    let width = picture.width();
    let texels = picture.to_rgba8().as_chunks::<4>().0.to_vec();
    texels.into_iter().enumerate().map(move |(idx, texel)| ((idx % width, idx / width), texel))
}

/// The sRGB curve as IEC 61966-2-1 prints it, 0 to 1 both ways.
fn linear(encoded: f64) -> f64 {
    if encoded <= 0.040_45 { encoded / 12.92 } else { ((encoded + 0.055) / 1.055).powf(2.4) }
}

fn encoded(light: f64) -> f64 {
    if light <= 0.003_130_8 { light * 12.92 } else { 1.055 * light.powf(1.0 / 2.4) - 0.055 }
}
