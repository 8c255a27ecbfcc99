//! TIFF: strips and tiles, together or in planes, of 1 to 16 bits; grey, RGB, palette, CMYK; plain,
//! LZW, deflate, `PackBits` and JPEG. Of several pictures the first that is no smaller copy.
//!
//! Read here, since the known library refuses or mistakes usual files: LZW tiles at the edge, planes
//! of tiles, associated alpha, palettes, JPEG in YCbCr.

mod chunk;
mod directory;
mod layout;

use image::metadata::Orientation;

use super::{
    DecodeError, Limits, Watch,
    raw::{Channels, ColorTag, Orient, Raw, straight_8, straight_16},
};
use crate::raster::Pixels;
use chunk::{Unpacked, Unpacker};
use directory::Directory;
pub(super) use directory::claimed_size;
use layout::{Alpha, Layout, Photometric, is_full_picture};

const ORIENTATION: u64 = 274;
const COLOR_MAP: u64 = 320;
const JPEG_TABLES: u64 = 347;
/// ICC.1, annex B.4.
const ICC_PROFILE: u64 = 34_675;

/// The most directories that are looked at.
const MAX_DIRECTORIES: usize = 64;

/// Reads a TIFF.
///
/// # Errors
/// See [`DecodeError`].
pub(super) fn read(bytes: &[u8], limits: Limits, watch: &dyn Watch) -> Result<Raw, DecodeError> {
    let all = std::iter::successors(Directory::first(bytes), Directory::next);
    let mut all: Vec<_> = all.take(MAX_DIRECTORIES).collect();
    let n_pictures = all.iter().filter(|directory| is_full_picture(directory)).count();
    let shown = all.iter().position(is_full_picture).unwrap_or(0);
    if all.is_empty() {
        return Err(DecodeError::Truncated);
    }
    let directory = all.swap_remove(shown);
    let layout = Layout::of(&directory, limits)?;
    let unpacker = Unpacker {
        file: bytes,
        layout: &layout,
        is_little: directory.form.is_little,
        jpeg_tables: directory.bytes(JPEG_TABLES),
        limits,
        watch,
    };
    let pixels = pixels_of(&unpacker, &directory)?;
    let mut warnings = Vec::new();
    if n_pictures > 1 {
        warnings.push("it holds several pictures: only the first is shown".into());
    }
    if layout.has_unknown_samples {
        warnings.push("it has further channels: they are not shown".into());
    }
    let orientation = directory.number(ORIENTATION).and_then(|n| u8::try_from(n).ok());
    Ok(Raw {
        width: layout.width,
        height: layout.height,
        pixels,
        channels: match layout.photometric {
            Photometric::WhiteIsZero | Photometric::BlackIsZero => Channels::Grey,
            Photometric::Cmyk => Channels::Cmyk,
            _ => Channels::Rgb,
        },
        bit_depth: if layout.bits > 8 { 16 } else { 8 },
        has_alpha: layout.alpha != Alpha::None,
        orient: Orient::ToDo(
            orientation.and_then(Orientation::from_exif).unwrap_or(Orientation::NoTransforms),
        ),
        color: directory
            .bytes(ICC_PROFILE)
            .map_or(ColorTag::Unmarked, |icc| ColorTag::Icc(icc.to_vec())),
        warnings,
    })
}

/// All pixels, with straight alpha and codes of a palette looked up.
fn pixels_of(unpacker: &Unpacker<'_>, directory: &Directory<'_>) -> Result<Pixels, DecodeError> {
    let layout = unpacker.layout;
    let is_associated = matches!(layout.alpha, Alpha::Associated(_));
    Ok(if layout.bits > 8 {
        let mut pixels = pixels(unpacker, u16::MAX, |code| code)?;
        if is_associated {
            for pixel in &mut pixels {
                *pixel = straight_16(*pixel);
            }
        }
        Pixels::Rgba16(pixels)
    } else {
        let mut pixels = pixels(unpacker, u8::MAX, |code| u8::try_from(code).unwrap_or(u8::MAX))?;
        if layout.photometric == Photometric::Palette {
            look_up(&mut pixels, &palette(directory, layout.bits)?);
        } else if is_associated {
            for pixel in &mut pixels {
                *pixel = straight_8(*pixel);
            }
        }
        Pixels::Rgba8(pixels)
    })
}

/// Unpacks every chunk and puts its samples where they belong, scaled to `full`.
fn pixels<Sample: Copy>(
    unpacker: &Unpacker<'_>,
    full: Sample,
    sample_of: impl Fn(u16) -> Sample,
) -> Result<Vec<[Sample; 4]>, DecodeError> {
    let layout = unpacker.layout;
    let slots = slots(layout);
    let colors = match layout.photometric {
        // Looked up later.
        Photometric::Palette => Vec::new(),
        photometric => codes(layout.bits, photometric == Photometric::WhiteIsZero),
    };
    let alphas = codes(layout.bits, false);
    let mut pixels = vec![[full; 4]; layout.width * layout.height];
    let n_chunks = layout.n_chunks()?;
    for idx in 0..n_chunks {
        let chunk = &layout.chunk(idx)?;
        if unpacker.watch.is_cancelled() {
            return Err(DecodeError::Cancelled);
        }
        let Unpacked { bytes, row_bytes } = unpacker.unpack(chunk)?;
        let n_samples = layout.n_chunk_samples();
        for (y, row) in bytes.chunks_exact(row_bytes).take(chunk.height).enumerate() {
            let start = (chunk.y + y) * layout.width + chunk.x;
            for (x, pixel) in pixels[start..start + chunk.width].iter_mut().enumerate() {
                for (sample, slot) in (0..n_samples).zip(&slots[chunk.plane..]) {
                    let Some(slot) = *slot else { continue };
                    let code = code_at(row, x * n_samples + sample, layout.bits, unpacker);
                    let is_alpha = slot >= layout.photometric.n_colors();
                    let codes = if is_alpha { &alphas } else { &colors };
                    pixel[slot] = sample_of(codes.get(usize::from(code)).map_or(code, |c| *c));
                }
                if layout.photometric.n_colors() == 1 {
                    [pixel[1], pixel[2]] = [pixel[0]; 2];
                }
            }
        }
        #[expect(clippy::cast_precision_loss, reason = "a share")]
        unpacker.watch.report((idx + 1) as f32 / n_chunks as f32);
    }
    Ok(pixels)
}

/// Which channel of a pixel each sample goes to.
fn slots(layout: &Layout) -> Vec<Option<usize>> {
    let n_colors = layout.photometric.n_colors();
    let alpha = match layout.alpha {
        Alpha::None => None,
        Alpha::Straight(sample) | Alpha::Associated(sample) => Some(sample),
    };
    let slot = |sample: usize| match sample {
        sample if sample < n_colors => Some(sample),
        sample if Some(sample) == alpha => Some(3),
        _ => None,
    };
    (0..layout.n_samples).map(slot).collect()
}

/// What each code of fewer bits stands for in 8 or 16 bits; none where a code stands for itself.
fn codes(bits: usize, is_inverted: bool) -> Vec<u16> {
    let (full, most): (u32, u32) = (if bits > 8 { 0xFFFF } else { 0xFF }, (1 << bits) - 1);
    if full == most && !is_inverted {
        return Vec::new();
    }
    let scaled = |code: u32| {
        let code = if is_inverted { most - code } else { code };
        u16::try_from((code * full + most / 2) / most).unwrap_or(u16::MAX)
    };
    (0..=most).map(scaled).collect()
}

/// The code of sample `idx` of a row.
#[inline]
fn code_at(row: &[u8], idx: usize, bits: usize, unpacker: &Unpacker<'_>) -> u16 {
    match bits {
        8 => u16::from(row[idx]),
        16 => {
            let pair = [row[2 * idx], row[2 * idx + 1]];
            if unpacker.is_little { u16::from_le_bytes(pair) } else { u16::from_be_bytes(pair) }
        }
        bits => {
            // From the highest bit of a byte on, across bytes.
            let bit = |at: usize| u16::from(row[at / 8] >> (7 - at % 8) & 1);
            (idx * bits..(idx + 1) * bits).fold(0, |code, at| code << 1 | bit(at))
        }
    }
}

/// Red, green and blue of each code.
fn palette(directory: &Directory<'_>, bits: usize) -> Result<Vec<[u8; 3]>, DecodeError> {
    let n = 1 << bits;
    let map = directory.numbers(COLOR_MAP).filter(|map| map.len() >= 3 * n);
    let map = map.ok_or_else(|| DecodeError::Damaged("its palette is missing".into()))?;
    // Entries have 16 bits; some programs write 8.
    let shift = if map.iter().any(|entry| *entry > 0xFF) { 8 } else { 0 };
    let entry = |idx: usize| u8::try_from(map[idx] >> shift).unwrap_or(u8::MAX);
    Ok((0..n).map(|code| [entry(code), entry(n + code), entry(2 * n + code)]).collect())
}

fn look_up(pixels: &mut [[u8; 4]], palette: &[[u8; 3]]) {
    for pixel in pixels {
        let [r, g, b] = palette.get(usize::from(pixel[0])).copied().unwrap_or_default();
        *pixel = [r, g, b, pixel[3]];
    }
}
