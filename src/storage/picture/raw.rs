//! What every format's reader hands over.

use image::metadata::Orientation;

use super::{DecodeError, Limits};
use crate::raster::Pixels;

/// Pixels as a file holds them: not upright yet and in the file's own colours.
#[derive(Debug)]
pub(super) struct Raw {
    /// Width in pixels, as the rows of `pixels` lie.
    pub width: usize,
    /// Height in pixels, as the rows of `pixels` lie.
    pub height: usize,
    /// Row by row; see [`Channels`] for what the channels hold.
    pub pixels: Pixels,
    pub channels: Channels,
    /// Bits a channel of `pixels`: 8 or 16.
    pub bit_depth: u8,
    /// Whether the file has an alpha channel or a transparent colour.
    pub has_alpha: bool,
    pub orient: Orient,
    pub color: ColorTag,
    /// What the viewer should know.
    pub warnings: Vec<String>,
}

/// What is left to do until a picture is upright.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Orient {
    /// To be turned this way.
    ToDo(Orientation),
    /// Nothing: the decoder did what the file's EXIF orientation, 1 to 8, asks for.
    #[cfg_attr(not(feature = "jpeg-xl"), expect(dead_code, reason = "only that decoder does"))]
    Done(u8),
}

/// What the four channels of [`Raw::pixels`] hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Channels {
    /// Grey three times, and alpha.
    Grey,
    /// Red, green, blue, alpha.
    Rgb,
    /// Cyan, magenta, yellow and black ink: none at 0, solid at full scale. No alpha.
    Cmyk,
}

/// What a file says of its colours.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum ColorTag {
    /// Nothing: taken for sRGB.
    Unmarked,
    /// That they are sRGB.
    Srgb,
    /// An ICC profile.
    Icc(Vec<u8>),
    /// Code points of ITU-T H.273.
    Cicp {
        /// Colour primaries.
        primaries: u8,
        /// Transfer characteristics.
        transfer: u8,
    },
    /// That they were something else, before the decoder took them to sRGB.
    #[cfg_attr(not(feature = "jpeg-xl"), expect(dead_code, reason = "only that decoder does"))]
    Converted {
        /// What they were.
        said: Box<Self>,
        /// The share of pixels that were clipped, 0 to 1.
        clipped: f64,
    },
    /// PNG's `gAMA`, as a fraction, and `cHRM`: x and y of white, red, green and blue.
    Gamma {
        /// What light is raised to for the encoded value, such as 0.45455.
        gamma: f64,
        /// x and y of white, red, green and blue.
        chromaticities: Option<[f64; 8]>,
    },
}

/// Refuses a size over the limits; asked of the header, before anything of that size is allocated.
pub(super) fn check_size(width: u32, height: u32, limits: Limits) -> Result<(), DecodeError> {
    let n_pixels = u64::from(width) * u64::from(height);
    if width.max(height) > limits.max_side || n_pixels > limits.max_pixels {
        return Err(DecodeError::TooLarge { width, height, limits });
    }
    if n_pixels == 0 {
        return Err(DecodeError::Damaged("it has no pixels".into()));
    }
    Ok(())
}

/// The orientation in a block of EXIF; upright when it says none.
pub(super) fn orientation_in(exif: Option<&[u8]>) -> Orientation {
    exif.and_then(Orientation::from_exif_chunk).unwrap_or(Orientation::NoTransforms)
}

/// Spreads pixels of fewer channels, which lie packed at the beginning of `samples`, over all of it,
/// four channels each: grey three times, and solid where there is no alpha.
pub(super) fn spread<Sample: Copy>(samples: &mut [[Sample; 4]], n_channels: usize, full: Sample) {
    if n_channels == 4 {
        return;
    }
    let n_pixels = samples.len();
    let flat = samples.as_flattened_mut();
    // From the back, so that no pixel is written over before it is read.
    for idx in (0..n_pixels).rev() {
        let packed = &flat[idx * n_channels..];
        let pixel = match n_channels {
            1 => [packed[0], packed[0], packed[0], full],
            2 => [packed[0], packed[0], packed[0], packed[1]],
            _ => [packed[0], packed[1], packed[2], full],
        };
        flat[4 * idx..4 * idx + 4].copy_from_slice(&pixel);
    }
}

/// The same for three channels of 8 bits, block by block.
pub(super) fn spread_rgb8(pixels: &mut [[u8; 4]]) {
    const BLOCK: usize = 1 << 10;
    let mut packed = [0; 3 * BLOCK];
    for start in (0..pixels.len()).step_by(BLOCK).rev() {
        let n = BLOCK.min(pixels.len() - start);
        let packed = &mut packed[..3 * n];
        packed.copy_from_slice(&pixels.as_flattened()[3 * start..3 * (start + n)]);
        solid_rgb8(packed, &mut pixels[start..start + n]);
    }
}

/// Solid pixels of packed red, green and blue. Four bytes are read for three, which is faster.
pub(super) fn solid_rgb8(packed: &[u8], pixels: &mut [[u8; 4]]) {
    let Some((last, others)) = pixels.split_last_mut() else { return };
    for (idx, pixel) in others.iter_mut().enumerate() {
        let Some(four) = packed[3 * idx..].first_chunk() else { return };
        *pixel = (u32::from_le_bytes(*four) | 0xFF00_0000).to_le_bytes();
    }
    if let Some([r, g, b]) = packed.last_chunk() {
        *last = [*r, *g, *b, u8::MAX];
    }
}

/// The same of 16 bits a channel, the higher byte first: eight bytes are read for six.
pub(super) fn solid_rgb16(packed: &[u8], pixels: &mut [[u16; 4]]) {
    const HIGHER: u64 = 0xFF00_FF00_FF00_FF00;
    let Some((last, others)) = pixels.split_last_mut() else { return };
    for (idx, pixel) in others.iter_mut().enumerate() {
        let Some(eight) = packed[6 * idx..].first_chunk() else { return };
        let bytes = u64::from_le_bytes(*eight);
        let codes = ((bytes & HIGHER) >> 8) | ((bytes & !HIGHER) << 8) | 0xFFFF << 48;
        #[expect(clippy::cast_possible_truncation, reason = "one code after the other")]
        let codes = [0, 16, 32, 48].map(|shift| (codes >> shift) as u16);
        *pixel = codes;
    }
    if let Some([r1, r0, g1, g0, b1, b0]) = packed.last_chunk() {
        let code = |high, low| u16::from_be_bytes([high, low]);
        *last = [code(*r1, *r0), code(*g1, *g0), code(*b1, *b0), u16::MAX];
    }
}

/// Colours that were stored multiplied by their alpha, divided by it.
pub(super) fn straight_8([r, g, b, alpha]: [u8; 4]) -> [u8; 4] {
    let whole = u16::from(alpha).max(1);
    let divided = |code: u8| (u16::from(code) * 255 + whole / 2) / whole;
    let [r, g, b] = [r, g, b].map(|code| u8::try_from(divided(code)).unwrap_or(u8::MAX));
    [r, g, b, alpha]
}

/// The same with 16 bits.
pub(super) fn straight_16([r, g, b, alpha]: [u16; 4]) -> [u16; 4] {
    let whole = u32::from(alpha).max(1);
    let divided = |code: u16| (u32::from(code) * 65_535 + whole / 2) / whole;
    let [r, g, b] = [r, g, b].map(|code| u16::try_from(divided(code)).unwrap_or(u16::MAX));
    [r, g, b, alpha]
}
