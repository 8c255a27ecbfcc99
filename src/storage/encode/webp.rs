//! Lossless WebP, whose colours are sRGB where nothing else is said.

use super::size;
use crate::raster::Picture;

/// Where the only chunk of a simple file begins.
const FIRST_CHUNK: usize = 12;
/// Flags of the extended form.
const HAS_XMP: u8 = 1 << 2;
const HAS_ALPHA: u8 = 1 << 4;

/// The file of `picture`, in the simple form.
pub(super) fn encode(picture: &Picture) -> Result<Vec<u8>, String> {
    let (n_channels, color) = if picture.is_opaque() {
        (3, image::ExtendedColorType::Rgb8)
    } else {
        (4, image::ExtendedColorType::Rgba8)
    };
    let row = picture.width() * n_channels;
    let mut packed = vec![0; row * picture.height()];
    for (y, row) in packed.chunks_exact_mut(row).enumerate() {
        picture.pack_row(y, row);
    }
    simple(&packed, size(picture), color)
}

fn simple(
    samples: &[u8],
    (width, height): (u32, u32),
    color: image::ExtendedColorType,
) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    image::codecs::webp::WebPEncoder::new_lossless(&mut bytes)
        .encode(samples, width, height, color)
        .map_err(|err| err.to_string())?;
    Ok(bytes)
}

/// The same in the extended form, with an XMP packet after the pixels.
pub(super) fn encode_with_xmp(picture: &Picture, packet: &str) -> Result<Vec<u8>, String> {
    let file = encode(picture)?;
    let pixels = file.get(FIRST_CHUNK..).unwrap_or_default();
    // The pixels' own header: a signature, 14 bits for each side less one, and whether there is alpha.
    let has_alpha = pixels.get(12).is_some_and(|byte| byte & 0x10 != 0);
    let mut header = vec![if has_alpha { HAS_XMP | HAS_ALPHA } else { HAS_XMP }, 0, 0, 0];
    let (width, height) = size(picture);
    for side in [width, height] {
        header.extend(side.saturating_sub(1).to_le_bytes().iter().take(3));
    }
    let mut chunks = b"WEBP".to_vec();
    push_chunk(&mut chunks, *b"VP8X", &header)?;
    chunks.extend(pixels);
    push_chunk(&mut chunks, *b"XMP ", packet.as_bytes())?;
    let mut extended = Vec::new();
    push_chunk(&mut extended, *b"RIFF", &chunks)?;
    Ok(extended)
}

/// A chunk: its name, its length, its data and what makes that even.
fn push_chunk(file: &mut Vec<u8>, name: [u8; 4], data: &[u8]) -> Result<(), String> {
    let length = u32::try_from(data.len()).map_err(|_| "it is larger than 4 GB".to_owned())?;
    file.extend(name);
    file.extend(length.to_le_bytes());
    file.extend(data);
    if !data.len().is_multiple_of(2) {
        file.push(0);
    }
    Ok(())
}
