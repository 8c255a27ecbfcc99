//! Tests of what is read and written.

mod any_style;
mod assets;
#[cfg(feature = "avif")]
mod avif;
mod blind;
mod decode;
mod encode;
mod finding_file;
mod landmark_file;
mod library;
mod orientation;
mod refused;
mod session_file;
mod session_paths;
mod settings;
mod write_whole;

use std::path::{Path, PathBuf};

use super::{DecodeError, DecodedPicture, Limits};
use crate::raster::{Picture, Pixels};

/// A file of this content in `folder`.
fn put(folder: &Path, name: &str, bytes: &[u8]) -> PathBuf {
    let path = folder.join(name);
    super::write_whole(&path, bytes).unwrap();
    path
}

fn names_in(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

fn decode(bytes: &[u8]) -> Result<DecodedPicture, DecodeError> {
    super::decode_picture(bytes, Limits::default())
}

/// A PNG of rows as they stand in the file, with a palette or transparency where there is one.
fn png_of(
    size: (u32, u32),
    color: png::ColorType,
    depth: png::BitDepth,
    data: &[u8],
    extras: impl FnOnce(&mut png::Encoder<'_, &mut Vec<u8>>),
) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, size.0, size.1);
    encoder.set_color(color);
    encoder.set_depth(depth);
    extras(&mut encoder);
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(data).unwrap();
    writer.finish().unwrap();
    bytes
}

/// A picture of many colours, opaque or not.
fn speckled(width: usize, height: usize, is_opaque: bool) -> Picture {
    let byte = |n: usize| u8::try_from(n % 256).unwrap();
    let texel = |x: usize, y: usize| {
        let alpha = if is_opaque { 255 } else { byte(1 + 31 * x + 17 * y) };
        [byte(37 * x + 11 * y), byte(x * y * 13 + 7), byte(5 + 7 * x), alpha]
    };
    let pixels = (0..height).flat_map(|y| (0..width).map(move |x| texel(x, y))).collect();
    Picture::new(width, height, Pixels::Rgba8(pixels)).unwrap()
}
