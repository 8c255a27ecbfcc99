//! The size that a file claims, from its first bytes or by skipping through it, so that one over
//! the limits is refused before it is read.

use std::io::{BufRead, Result, Seek, SeekFrom};

use image::{ImageDecoder as _, ImageReader};

use super::{format::Format, tiff};

/// Bytes of a file that tell its format.
pub(super) const N_SIGNATURE: u64 = 64;

/// Width and height as the header says; `None` where they cannot be had cheaply, which the reader
/// of the whole file then judges.
pub(super) fn claimed_size(file: &mut (impl BufRead + Seek), format: Format) -> Option<(u32, u32)> {
    match format {
        Format::Png => png_size(file).ok(),
        Format::Jpeg => jpeg_size(file).ok().flatten(),
        Format::JpegXl | Format::Avif => None,
        Format::Tiff => tiff::claimed_size(file),
        Format::Other(kind, _) => {
            let decoder = ImageReader::with_format(file, kind).into_decoder().ok()?;
            Some(decoder.dimensions())
        }
    }
}

fn png_size(file: &mut (impl BufRead + Seek)) -> Result<(u32, u32)> {
    /// Signature, length and name of the first chunk.
    const BEFORE: u64 = 16;
    file.seek(SeekFrom::Start(BEFORE))?;
    let mut sides = [[0; 4]; 2];
    file.read_exact(sides.as_flattened_mut())?;
    let [width, height] = sides.map(u32::from_be_bytes);
    Ok((width, height))
}

/// From the frame header, the first marker C0 to CF that is not one of the other three there.
fn jpeg_size(file: &mut (impl BufRead + Seek)) -> Result<Option<(u32, u32)>> {
    const NO_FRAMES: [u8; 3] = [0xC4, 0xC8, 0xCC];
    const START_OF_SCAN: u8 = 0xDA;
    file.seek(SeekFrom::Start(2))?;
    loop {
        let mut marker = [0; 4];
        file.read_exact(&mut marker)?;
        match marker {
            [0xFF, 0xFF, ..] => {
                file.seek_relative(-3)?;
            }
            [0xFF, 0xC0..=0xCF, ..] if !NO_FRAMES.contains(&marker[1]) => {
                let mut frame = [0; 5];
                file.read_exact(&mut frame)?;
                let [_, h0, h1, w0, w1] = frame;
                let side = |high, low| u32::from(u16::from_be_bytes([high, low]));
                return Ok(Some((side(w0, w1), side(h0, h1))));
            }
            [0xFF, kind, high, low] if kind != START_OF_SCAN => {
                let length = i64::from(u16::from_be_bytes([high, low]));
                file.seek_relative(length - 2)?;
            }
            _ => return Ok(None),
        }
    }
}
