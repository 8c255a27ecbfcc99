//! JPEG: baseline and progressive; grey, YCbCr, RGB, CMYK and YCCK.

use std::borrow::Cow;

use zune_core::{colorspace::ColorSpace, options::DecoderOptions};
use zune_jpeg::{JpegDecoder, errors::DecodeErrors};

use super::{
    DecodeError, Limits, Watch,
    raw::{Channels, ColorTag, Orient, Raw, check_size, orientation_in, spread},
    watch::Watched,
};
use crate::raster::Pixels;

/// Reads a JPEG.
///
/// # Errors
/// See [`DecodeError`].
pub(super) fn read(bytes: &[u8], limits: Limits, watch: &dyn Watch) -> Result<Raw, DecodeError> {
    let markers = Markers::of(bytes);
    let checked = match markers.end.filter(|_| markers.is_sequential) {
        Some(end) => open_ended(&bytes[..end]),
        None => Cow::Borrowed(bytes),
    };
    match read_with(&checked, &markers, limits, watch, true) {
        Err(DecodeError::Damaged(why)) => {
            // What a lenient reading makes of it is shown, but not without a word.
            let mut raw = read_with(bytes, &markers, limits, watch, false)
                .map_err(|_| DecodeError::Damaged(why.clone()))?;
            raw.warnings.push(format!("its data are damaged ({why}): parts of it may be wrong"));
            Ok(raw)
        }
        other => other,
    }
}

/// The scan without the marker that ends it: a decoder that then runs out of data before it has all
/// pixels says so, where it would have taken the marker for a reason to fill up with grey. It may
/// read a few bytes ahead.
fn open_ended(until_end: &[u8]) -> Cow<'static, [u8]> {
    const AHEAD: [u8; 32] = [0; 32];
    Cow::Owned([until_end, &AHEAD].concat())
}

fn read_with(
    bytes: &[u8],
    markers: &Markers,
    limits: Limits,
    watch: &dyn Watch,
    is_strict: bool,
) -> Result<Raw, DecodeError> {
    let max = usize::from(u16::MAX);
    let options =
        DecoderOptions::default().set_strict_mode(is_strict).set_max_width(max).set_max_height(max);
    let mut decoder = JpegDecoder::new_with_options(Watched::new(bytes, watch), options);
    let refusal = |err| refusal(err, watch);
    decoder.decode_headers().map_err(refusal)?;
    let info = decoder.info().ok_or(DecodeError::Truncated)?;
    check_size(u32::from(info.width), u32::from(info.height), limits)?;
    if markers.end.is_none() {
        return Err(DecodeError::Truncated);
    }
    let stored = decoder.input_colorspace().unwrap_or(ColorSpace::YCbCr);
    let is_ink = matches!(stored, ColorSpace::CMYK | ColorSpace::YCCK);
    let (wanted, n_channels) = match stored {
        ColorSpace::CMYK | ColorSpace::YCCK => (stored, 4),
        ColorSpace::Luma => (ColorSpace::Luma, 1),
        _ => (ColorSpace::RGB, 3),
    };
    decoder.set_options(options.jpeg_set_out_colorspace(wanted));
    let (width, height) = (usize::from(info.width), usize::from(info.height));
    let mut pixels = vec![[0_u8; 4]; width * height];
    let packed = &mut pixels.as_flattened_mut()[..n_channels * width * height];
    decoder.decode_into(packed).map_err(refusal)?;
    spread(&mut pixels, n_channels, u8::MAX);
    if is_ink {
        let is_inverted = markers.has_adobe;
        let to_ink = |pixel: [u8; 4]| ink(pixel, stored == ColorSpace::YCCK, is_inverted);
        for pixel in &mut pixels {
            *pixel = to_ink(*pixel);
        }
    }
    let icc = decoder.icc_profile();
    let mut warnings = Vec::new();
    if icc.is_none() && markers.has_icc {
        warnings.push(
            "its colour profile is damaged or incomplete: the colours are taken for sRGB".into(),
        );
    }
    Ok(Raw {
        width,
        height,
        pixels: Pixels::Rgba8(pixels),
        channels: match stored {
            ColorSpace::Luma => Channels::Grey,
            _ if is_ink => Channels::Cmyk,
            _ => Channels::Rgb,
        },
        bit_depth: 8,
        has_alpha: false,
        orient: Orient::ToDo(orientation_in(decoder.exif().map(Vec::as_slice))),
        color: icc.map_or(ColorTag::Unmarked, ColorTag::Icc),
        warnings,
    })
}

/// Amounts of ink from the four values that a JPEG stores: Y, Cb, Cr become C, M, Y first; files
/// that carry Adobe's marker store the amounts upside down.
fn ink(stored: [u8; 4], is_ycck: bool, is_inverted: bool) -> [u8; 4] {
    let [c, m, y, k] = if is_ycck { cmyk_of_ycck(stored) } else { stored };
    if is_inverted { [c, m, y, k].map(|value| u8::MAX - value) } else { [c, m, y, k] }
}

/// The inverse of the transform of ITU-T T.871 on the first three, taken as complements.
fn cmyk_of_ycck([luma, cb, cr, k]: [u8; 4]) -> [u8; 4] {
    let (luma, cb, cr) = (f32::from(luma), f32::from(cb) - 128.0, f32::from(cr) - 128.0);
    let rgb = [luma + 1.402 * cr, luma - 0.344_136 * cb - 0.714_136 * cr, luma + 1.772 * cb];
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped")]
    let [c, m, y] = rgb.map(|value| u8::MAX - (value + 0.5).clamp(0.0, 255.0) as u8);
    [c, m, y, k]
}

const SEQUENTIAL_FRAME: u8 = 0xC0;
const EXTENDED_FRAME: u8 = 0xC1;
const START_OF_SCAN: u8 = 0xDA;
const END_OF_IMAGE: u8 = 0xD9;
const APP2: u8 = 0xE2;
const APP14: u8 = 0xEE;

/// What the markers before the first scan say, and whether the picture has an end.
#[derive(Default)]
struct Markers {
    has_adobe: bool,
    has_icc: bool,
    /// Whether there is one scan that holds all pixels from top to bottom.
    is_sequential: bool,
    /// Where the end-of-image marker lies that follows the first scan's beginning. A decoder fills
    /// what is missing with grey, which must never pass for a picture. (A marker cannot occur inside
    /// a scan: its bytes are escaped there.)
    end: Option<usize>,
}

impl Markers {
    fn of(bytes: &[u8]) -> Self {
        let mut markers = Self::default();
        let mut at = 2;
        while let Some(&[0xFF, marker, high, low]) = bytes.get(at..at + 4) {
            let body = bytes.get(at + 4..).unwrap_or_default();
            match marker {
                START_OF_SCAN => {
                    let is_end = |pair: &[u8]| pair == [0xFF, END_OF_IMAGE];
                    markers.end = bytes[at..].windows(2).position(is_end).map(|n| at + n);
                    let scan = &bytes[at + 2..markers.end.unwrap_or(bytes.len())];
                    markers.is_sequential &=
                        !scan.windows(2).any(|pair| pair == [0xFF, START_OF_SCAN]);
                    break;
                }
                SEQUENTIAL_FRAME | EXTENDED_FRAME => markers.is_sequential = true,
                APP2 => markers.has_icc |= body.starts_with(b"ICC_PROFILE\0"),
                APP14 => markers.has_adobe |= body.starts_with(b"Adobe"),
                _ => (),
            }
            let length = 2 + usize::from(u16::from_be_bytes([high, low]));
            at += if marker == 0xFF { 1 } else { length };
        }
        markers
    }
}

fn refusal(err: DecodeErrors, watch: &dyn Watch) -> DecodeError {
    if watch.is_cancelled() {
        return DecodeError::Cancelled;
    }
    match err {
        DecodeErrors::ExhaustedData => DecodeError::Truncated,
        DecodeErrors::Unsupported(what) => {
            DecodeError::Unsupported(format!("this kind of JPEG ({what:?})"))
        }
        other => DecodeError::Damaged(format!("{other:?}")),
    }
}
