//! JPEG XL: bare codestreams and containers.

use std::io::Read as _;

use jxl_oxide::{
    AllocTracker, ExtraChannelType, FrameBufferSample, InitializeResult, JxlImage, PixelFormat,
    Render,
    image::{BitDepth, ImageMetadata},
};

use super::{
    DecodeError, Limits, Watch,
    jxl_colors::{Colors, Rendered, colors_of},
    raw::{Channels, ColorTag, Orient, Raw, check_size, spread, straight_8, straight_16},
    watch::Watched,
};
use crate::raster::Pixels;

/// Bytes that a decoder may allocate for anything, and for each pixel besides.
const BASE_BYTES: usize = 64 << 20;
const BYTES_PER_PIXEL: usize = 160;

/// Reads a JPEG XL. The decoder turns it upright itself.
///
/// # Errors
/// See [`DecodeError`].
pub(super) fn read(bytes: &[u8], limits: Limits, watch: &dyn Watch) -> Result<Raw, DecodeError> {
    let mut image = loaded(bytes, limits, watch)?;
    let (channels, n_channels, has_alpha) = channels_of(&image)?;
    let Colors { said, rendered } = colors_of(&image)?;
    if let Some(rendered) = &rendered {
        image.request_color_encoding(rendered.encoding.clone());
    }
    let metadata = &image.image_header().metadata;
    let alpha = metadata.alpha().and_then(|idx| metadata.ec_info.get(idx));
    let is_associated = alpha.is_some_and(|alpha| alpha.alpha_associated() == Some(true));
    let n_alpha_bits = alpha.map_or(0, |alpha| alpha.bit_depth.bits_per_sample());
    let is_deep = metadata.bit_depth.bits_per_sample().max(n_alpha_bits) > 8;
    let mut warnings = Vec::new();
    if image.num_loaded_keyframes() > 1 {
        warnings.push("it is an animation: only its first picture is shown".into());
    }
    if watch.is_cancelled() {
        return Err(DecodeError::Cancelled);
    }
    let render = image.render_frame(0).map_err(|err| refusal(&*err, watch))?;
    let (color, warning) = measured(&render, said, rendered.as_ref(), metadata);
    warnings.extend(warning);
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
        color,
        warnings,
    })
}

/// What the channels hold, how many there are, and whether the last one is alpha.
///
/// # Errors
/// [`DecodeError::Unsupported`] for four inks, and for a picture that must not be shown by who does
/// not know one of its further channels. Those that may be left out are.
fn channels_of(image: &JxlImage) -> Result<(Channels, usize, bool), DecodeError> {
    let is_needed = |ty: ExtraChannelType| {
        matches!(ty, ExtraChannelType::NonOptional | ExtraChannelType::Cfa { .. })
    };
    if image.image_header().metadata.ec_info.iter().any(|channel| is_needed(channel.ty)) {
        let what = "a JPEG XL with channels of a kind that is not known here";
        return Err(DecodeError::Unsupported(what.into()));
    }
    match image.pixel_format() {
        PixelFormat::Gray => Ok((Channels::Grey, 1, false)),
        PixelFormat::Graya => Ok((Channels::Grey, 2, true)),
        PixelFormat::Rgb => Ok((Channels::Rgb, 3, false)),
        PixelFormat::Rgba => Ok((Channels::Rgb, 4, true)),
        PixelFormat::Cmyk | PixelFormat::Cmyka => {
            Err(DecodeError::Unsupported("a JPEG XL of four inks".into()))
        }
    }
}

/// What the colours of the decoded picture are, and a warning where floating-point numbers are
/// clipped.
fn measured(
    render: &Render,
    said: ColorTag,
    rendered: Option<&Rendered>,
    metadata: &ImageMetadata,
) -> (ColorTag, Option<String>) {
    let is_counted = rendered.is_some_and(|rendered| rendered.is_counted);
    let is_float = matches!(metadata.bit_depth, BitDepth::FloatSample { .. });
    let clipped = if is_counted || is_float { share_outside(render) } else { 0.0 };
    let percent = 100.0 * clipped;
    let warning = (is_float && !is_counted && clipped > 0.0).then(|| {
        format!(
            "{percent:.1} % of its pixels are brighter than white or darker than black and were \
             clipped"
        )
    });
    let color = match rendered {
        Some(_) => {
            let clipped = if is_counted { clipped } else { 0.0 };
            ColorTag::Converted { said: Box::new(said), clipped }
        }
        None => said,
    };
    (color, warning)
}

/// The picture's header and all frames, none of them decoded yet.
///
/// Bytes are handed over a few at first, so that the size is checked as soon as the header is known
/// and before frames are taken in. The decoder's memory is capped from the beginning, and by the
/// size as soon as that is known.
fn loaded(bytes: &[u8], limits: Limits, watch: &dyn Watch) -> Result<JxlImage, DecodeError> {
    /// The first piece; each further one is as large as all before it, up to the last constant.
    const FIRST: usize = 64;
    const MOST: usize = 1 << 16;
    let refused = |err: Box<dyn std::error::Error + Send + Sync>| refusal(&*err, watch);
    let tracker = AllocTracker::with_limit(BASE_BYTES);
    let mut reader = Watched::new(bytes, watch);
    let mut piece = Vec::new();
    let mut n_read = 0;
    let mut next = |piece: &mut Vec<u8>| -> Result<usize, DecodeError> {
        let start = piece.len();
        let n = n_read.clamp(FIRST, MOST);
        piece.resize(start + n, 0);
        let n = reader.read(&mut piece[start..]).map_err(|err| DecodeError::of_io(&err))?;
        piece.truncate(start + n);
        n_read += n;
        Ok(n)
    };
    let mut unread = JxlImage::builder().alloc_tracker(tracker.clone()).build_uninit();
    let mut image = loop {
        if next(&mut piece)? == 0 {
            return Err(DecodeError::Truncated);
        }
        let n = unread.feed_bytes(&piece).map_err(refused)?;
        piece.drain(..n);
        unread = match unread.try_init().map_err(refused)? {
            InitializeResult::NeedMoreData(unread) => unread,
            InitializeResult::Initialized(image) => break image,
        };
    };
    check_size(image.width(), image.height(), limits)?;
    let n_pixels = image.width() as usize * image.height() as usize;
    tracker.expand_limit(n_pixels.saturating_mul(BYTES_PER_PIXEL));
    while !image.is_loading_done() {
        if next(&mut piece)? == 0 {
            return Err(DecodeError::Truncated);
        }
        let n = image.feed_bytes(&piece).map_err(refused)?;
        piece.drain(..n);
    }
    Ok(image)
}

/// The share of pixels that lie beyond black or white in one channel or more, 0 to 1.
fn share_outside(render: &Render) -> f64 {
    /// Less is a matter of rounding and of compression.
    const SLACK: f32 = 1.0 / 128.0;
    let mut stream = render.stream_no_alpha();
    let n_channels = stream.channels().max(1) as usize;
    let mut row = vec![0.0_f32; stream.width() as usize * n_channels];
    let (mut n_outside, mut n_all) = (0_u64, 0_u64);
    for _ in 0..stream.height() {
        stream.write_to_buffer(&mut row);
        for texel in row.chunks_exact(n_channels) {
            let is_within = |value: &f32| (-SLACK..=1.0 + SLACK).contains(value);
            n_outside += u64::from(!texel.iter().all(is_within));
            n_all += 1;
        }
    }
    #[expect(clippy::cast_precision_loss, reason = "a share")]
    let share = n_outside as f64 / n_all.max(1) as f64;
    share
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
    if let Some(io) = err.downcast_ref::<std::io::Error>() {
        return DecodeError::of_io(io);
    }
    let why = err.to_string();
    // The decoder's own type for this is not to be had.
    if why.contains("failed to allocate") {
        return DecodeError::Unsupported(
            "a JPEG XL that takes more memory than its size warrants".into(),
        );
    }
    DecodeError::Damaged(why)
}
