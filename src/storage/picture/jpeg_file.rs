//! JPEG: baseline and progressive; grey, YCbCr, RGB, CMYK and YCCK.

use std::borrow::Cow;

use zune_core::{colorspace::ColorSpace, options::DecoderOptions};
use zune_jpeg::{JpegDecoder, errors::DecodeErrors};

use super::{
    DecodeError, Limits, Watch,
    jpeg_markers::Markers,
    jpeg_planes::{self, Planes},
    raw::{Channels, ColorTag, Orient, Raw, check_size, orientation_in, spread, spread_rgb8},
    watch::Watched,
};
use crate::raster::Pixels;

/// Reads a JPEG.
///
/// # Errors
/// See [`DecodeError`].
pub(super) fn read(bytes: &[u8], limits: Limits, watch: &dyn Watch) -> Result<Raw, DecodeError> {
    let markers = Markers::of(bytes);
    if let Some(refusal) = markers.refusal() {
        return Err(refusal);
    }
    // The usual decoder mixes up separate scans and unusual sampling, and refuses what Adobe's marker
    // calls plain RGB.
    let is_for_planes =
        markers.has_separate_scans() || markers.is_plain_rgb() || markers.is_sampled_oddly();
    let strict = if is_for_planes {
        read_planes(&markers.fenced(bytes), &markers, limits, watch)
    } else if markers.is_sequential() {
        read_usual(&open_ended(bytes, &markers), &markers, limits, watch, true)
    } else {
        // The usual decoder takes a scan that lacks data for whole; the other one does not.
        jpeg_planes::check(&markers.fenced(bytes), limits, watch)
            .and_then(|()| read_usual(bytes, &markers, limits, watch, true))
    };
    match strict {
        Err(DecodeError::Damaged(why)) => {
            // What a lenient reading makes of it is shown, but not without a word.
            let lenient = if is_for_planes {
                read_planes(bytes, &markers, limits, watch)
            } else {
                read_usual(bytes, &markers, limits, watch, false)
            };
            let mut raw = lenient.map_err(|_| DecodeError::Damaged(why.clone()))?;
            raw.warnings.push(format!("its data are damaged ({why}): parts of it may be wrong"));
            Ok(raw)
        }
        other => other,
    }
}

/// The file without the marker that ends it: a decoder that then runs out of data before it has all
/// pixels says so, where it would have taken the marker for a reason to fill up with grey. It may
/// read a few bytes ahead.
fn open_ended<'a>(bytes: &'a [u8], markers: &Markers) -> Cow<'a, [u8]> {
    const AHEAD: [u8; 32] = [0; 32];
    markers.end.map_or(Cow::Borrowed(bytes), |end| Cow::Owned([&bytes[..end], &AHEAD].concat()))
}

fn read_usual(
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
    let picture = Planes {
        width,
        height,
        pixels,
        n_channels,
        icc: decoder.icc_profile(),
        exif: decoder.exif().cloned(),
    };
    Ok(picture.into_raw(markers, stored == ColorSpace::YCCK))
}

/// Reads one whose components may lie in scans of their own.
fn read_planes(
    bytes: &[u8],
    markers: &Markers,
    limits: Limits,
    watch: &dyn Watch,
) -> Result<Raw, DecodeError> {
    if markers.end.is_none() {
        return Err(DecodeError::Truncated);
    }
    let planes = jpeg_planes::read(bytes, markers.transform(), limits, watch)?;
    Ok(planes.into_raw(markers, markers.is_ycck()))
}

impl Planes {
    /// Puts every pixel in its place and turns four channels into amounts of ink.
    fn into_raw(self, markers: &Markers, is_ycck: bool) -> Raw {
        let Self { width, height, mut pixels, n_channels, icc, exif } = self;
        if n_channels == 3 {
            spread_rgb8(&mut pixels);
        } else {
            spread(&mut pixels, n_channels, u8::MAX);
        }
        if n_channels == 4 {
            for pixel in &mut pixels {
                *pixel = ink(*pixel, is_ycck);
            }
        }
        let mut warnings = Vec::new();
        if icc.is_none() && markers.has_icc {
            warnings.push(
                "its colour profile is damaged or incomplete: the colours are taken for sRGB"
                    .into(),
            );
        }
        if markers.lacks_scans() {
            warnings.push("the file ends before its last scan: fine detail is missing".into());
        }
        Raw {
            width,
            height,
            pixels: Pixels::Rgba8(pixels),
            channels: match n_channels {
                1 => Channels::Grey,
                4 => Channels::Cmyk,
                _ => Channels::Rgb,
            },
            bit_depth: 8,
            has_alpha: false,
            orient: Orient::ToDo(orientation_in(exif.as_deref())),
            color: icc.map_or(ColorTag::Unmarked, ColorTag::Icc),
            warnings,
        }
    }
}

/// Amounts of ink from the four values that a JPEG stores: Y, Cb, Cr become C, M, Y first. The
/// amounts are stored upside down, as Adobe's programs do and every reader expects of files with and
/// without Adobe's marker.
fn ink(stored: [u8; 4], is_ycck: bool) -> [u8; 4] {
    let [c, m, y, k] = if is_ycck { cmyk_of_ycck(stored) } else { stored };
    [c, m, y, k].map(|value| u8::MAX - value)
}

/// The inverse of the transform of ITU-T T.871 on the first three, taken as complements.
fn cmyk_of_ycck([luma, cb, cr, k]: [u8; 4]) -> [u8; 4] {
    let (luma, cb, cr) = (f32::from(luma), f32::from(cb) - 128.0, f32::from(cr) - 128.0);
    let rgb = [luma + 1.402 * cr, luma - 0.344_136 * cb - 0.714_136 * cr, luma + 1.772 * cb];
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped")]
    let [c, m, y] = rgb.map(|value| u8::MAX - (value + 0.5).clamp(0.0, 255.0) as u8);
    [c, m, y, k]
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
