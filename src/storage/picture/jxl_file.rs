//! JPEG XL: bare codestreams and containers.

use jxl_oxide::{FrameBufferSample, JxlImage, PixelFormat, Render};

use super::{
    DecodeError, Limits, Watch,
    raw::{Channels, ColorTag, Orient, Raw, check_size, spread, straight_8, straight_16},
    watch::Watched,
};
use crate::raster::Pixels;

/// Reads a JPEG XL. The decoder turns it upright itself.
///
/// # Errors
/// See [`DecodeError`].
pub(super) fn read(bytes: &[u8], limits: Limits, watch: &dyn Watch) -> Result<Raw, DecodeError> {
    let image = JxlImage::builder()
        .read(Watched::new(bytes, watch))
        .map_err(|err| refusal(&*err, watch))?;
    check_size(image.width(), image.height(), limits)?;
    if !image.is_loading_done() {
        return Err(DecodeError::Truncated);
    }
    let (channels, n_channels, has_alpha) = match image.pixel_format() {
        PixelFormat::Gray => (Channels::Grey, 1, false),
        PixelFormat::Graya => (Channels::Grey, 2, true),
        PixelFormat::Rgb => (Channels::Rgb, 3, false),
        PixelFormat::Rgba => (Channels::Rgb, 4, true),
        PixelFormat::Cmyk | PixelFormat::Cmyka => {
            return Err(DecodeError::Unsupported("a JPEG XL of four inks".into()));
        }
    };
    let metadata = &image.image_header().metadata;
    let is_deep = metadata.bit_depth.bits_per_sample() > 8;
    let is_associated =
        metadata.ec_info.iter().any(|channel| channel.alpha_associated() == Some(true));
    let mut warnings = Vec::new();
    if metadata.animation.is_some() {
        warnings.push("it is an animation: only its first picture is shown".into());
    }
    let render = image.render_frame(0).map_err(|err| refusal(&*err, watch))?;
    let (width, height) = (image.width() as usize, image.height() as usize);
    let n_pixels = width * height;
    let pixels = if is_deep {
        let mut pixels = samples(&render, n_pixels, n_channels, u16::MAX)?;
        if is_associated {
            for texel in &mut pixels {
                *texel = straight_16(*texel);
            }
        }
        Pixels::Rgba16(pixels)
    } else {
        let mut pixels = samples(&render, n_pixels, n_channels, u8::MAX)?;
        if is_associated {
            for texel in &mut pixels {
                *texel = straight_8(*texel);
            }
        }
        Pixels::Rgba8(pixels)
    };
    let stated = u8::try_from(metadata.orientation).unwrap_or(1);
    Ok(Raw {
        width,
        height,
        pixels,
        channels,
        bit_depth: if is_deep { 16 } else { 8 },
        has_alpha,
        orient: Orient::Done(stated),
        color: color_of(&image),
        warnings,
    })
}

fn color_of(image: &JxlImage) -> ColorTag {
    match image.rendered_cicp() {
        Some([1, 13, ..]) => ColorTag::Srgb,
        Some([primaries, transfer, ..]) => ColorTag::Cicp { primaries, transfer },
        None => ColorTag::Icc(image.rendered_icc()),
    }
}

fn samples<Sample: FrameBufferSample + Copy>(
    render: &Render,
    n_pixels: usize,
    n_channels: usize,
    full: Sample,
) -> Result<Vec<[Sample; 4]>, DecodeError> {
    let mut pixels = vec![[Sample::default(); 4]; n_pixels];
    let packed = &mut pixels.as_flattened_mut()[..n_channels * n_pixels];
    let mut stream = render.stream();
    if stream.channels() as usize != n_channels || stream.write_to_buffer(packed) != packed.len() {
        return Err(DecodeError::Damaged("its channels do not agree with its header".into()));
    }
    spread(&mut pixels, n_channels, full);
    Ok(pixels)
}

fn refusal(err: &(dyn std::error::Error + 'static), watch: &dyn Watch) -> DecodeError {
    if watch.is_cancelled() {
        return DecodeError::Cancelled;
    }
    match err.downcast_ref::<std::io::Error>() {
        Some(io) => DecodeError::of_io(io),
        None => DecodeError::Damaged(err.to_string()),
    }
}
