//! The formats that one library reads alike: WebP, BMP, GIF and QOI.

use std::error::Error;

use image::{ColorType, ImageDecoder, ImageError, ImageFormat, ImageReader, metadata::Orientation};

use super::{
    DecodeError, Limits, Watch, bmp_profile, gif_blocks,
    raw::{Channels, ColorTag, Orient, Raw, check_size, spread, spread_rgb8},
    watch::Watched,
};
use crate::raster::Pixels;

/// Two pixels of four channels at 16 bits: one for the pixels and one for what lies between.
const BYTES_A_PIXEL: u64 = 16;

/// Reads a picture of this format.
///
/// # Errors
/// See [`DecodeError`].
pub(super) fn read(
    bytes: &[u8],
    format: ImageFormat,
    limits: Limits,
    watch: &dyn Watch,
) -> Result<Raw, DecodeError> {
    let mut reader = ImageReader::with_format(Watched::new(bytes, watch), format);
    // What the decoder may take beside our own pixels, whatever the file claims of its parts.
    let mut library_limits = image::Limits::no_limits();
    library_limits.max_alloc = Some(limits.max_pixels.saturating_mul(BYTES_A_PIXEL));
    reader.limits(library_limits);
    let mut decoder = reader.into_decoder().map_err(refusal)?;
    let (width, height) = decoder.dimensions();
    check_size(width, height, limits)?;
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut warnings = Vec::new();
    let tag = match format {
        ImageFormat::Bmp => bmp_profile::color_of(bytes).unwrap_or_else(|why| {
            warnings.push(why.into());
            ColorTag::Unmarked
        }),
        _ => decoder.icc_profile().ok().flatten().map_or(ColorTag::Unmarked, ColorTag::Icc),
    };
    let color = decoder.color_type();
    let (width, height) = (width as usize, height as usize);
    let n_channels = usize::from(color.channel_count());
    let (pixels, bit_depth) = match color {
        ColorType::L8 | ColorType::La8 | ColorType::Rgb8 | ColorType::Rgba8 => {
            let mut pixels = vec![[0_u8; 4]; width * height];
            let packed = &mut pixels.as_flattened_mut()[..n_channels * width * height];
            decoder.read_image(packed).map_err(refusal)?;
            if n_channels == 3 {
                spread_rgb8(&mut pixels);
            } else {
                spread(&mut pixels, n_channels, u8::MAX);
            }
            (Pixels::Rgba8(pixels), 8)
        }
        ColorType::L16 | ColorType::La16 | ColorType::Rgb16 | ColorType::Rgba16 => {
            let mut pixels = vec![[0_u16; 4]; width * height];
            let packed = &mut pixels.as_flattened_mut()[..n_channels * width * height];
            decoder.read_image(bytemuck::cast_slice_mut(packed)).map_err(refusal)?;
            spread(&mut pixels, n_channels, u16::MAX);
            (Pixels::Rgba16(pixels), 16)
        }
        _ => return Err(DecodeError::Unsupported("floating-point pixels".into())),
    };
    // Every GIF is decoded with alpha, whether it uses it or not.
    let has_alpha = color.has_alpha()
        && (format != ImageFormat::Gif
            || matches!(&pixels, Pixels::Rgba8(pixels) if pixels.iter().any(|p| p[3] < 255)));
    if is_animated(bytes, format) {
        warnings.push("it is an animation: only its first picture is shown".into());
    }
    Ok(Raw {
        width,
        height,
        pixels,
        channels: if n_channels < 3 { Channels::Grey } else { Channels::Rgb },
        bit_depth,
        has_alpha,
        orient: Orient::ToDo(orientation),
        color: tag,
        warnings,
    })
}

/// Whether the file says that it moves.
fn is_animated(bytes: &[u8], format: ImageFormat) -> bool {
    /// Where an extended `WebP` keeps its flags, and the one for animation.
    const WEBP_FLAGS: usize = 20;
    const WEBP_ANIMATION: u8 = 0x02;
    match format {
        ImageFormat::WebP => {
            bytes.get(12..16) == Some(b"VP8X")
                && bytes.get(WEBP_FLAGS).is_some_and(|flags| flags & WEBP_ANIMATION != 0)
        }
        ImageFormat::Gif => gif_blocks::has_several(bytes),
        _ => false,
    }
}

/// A decoder's error in our words: an early end of the data is told apart from damage.
fn refusal(err: ImageError) -> DecodeError {
    // An input error stands in for its own source, so it is not met among the causes.
    if let ImageError::IoError(io) = &err {
        return DecodeError::of_io(io);
    }
    let mut cause: Option<&(dyn Error + 'static)> = Some(&err);
    while let Some(inner) = cause {
        if let Some(io) = inner.downcast_ref::<std::io::Error>() {
            return DecodeError::of_io(io);
        }
        cause = inner.source();
    }
    match err {
        ImageError::Unsupported(what) => {
            DecodeError::Unsupported(format!("this kind of it ({what})"))
        }
        other => DecodeError::Damaged(other.to_string()),
    }
}
