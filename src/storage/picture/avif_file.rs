//! AVIF: a still picture coded as AV1, 8 to 12 bits.

use re_rav1d::dav1d::{Decoder, Error, Picture, PixelLayout, Settings};

use super::{
    DecodeError, Limits, Watch,
    avif_contents::{Coded, Contents, contents_of},
    avif_planes::{Mixer, Plane},
    raw::{Channels, Orient, Raw, check_size},
};
use crate::raster::Pixels;

/// How many times the decoder is asked for the picture before it is given up.
const MAX_TRIES: usize = 64;

/// Reads an AVIF.
///
/// # Errors
/// See [`DecodeError`].
pub(super) fn read(bytes: &[u8], limits: Limits, watch: &dyn Watch) -> Result<Raw, DecodeError> {
    let contents = contents_of(bytes)?;
    let Contents { color, alpha, is_premultiplied, tag, code_points, orientation, warnings } =
        contents;
    let place = color.sequence.chroma_place;
    let color = decoded(color, limits)?;
    let mixer = Mixer::of(&color, code_points, place)?;
    if watch.is_cancelled() {
        return Err(DecodeError::Cancelled);
    }
    // Whether alpha uses its whole range is told by its own data alone.
    let alpha_range = alpha.as_ref().is_some_and(|alpha| alpha.sequence.colors.is_full_range);
    let alpha = alpha.map(|alpha| decoded(alpha, limits)).transpose()?;
    let (width, height) = (color.width() as usize, color.height() as usize);
    let is_other_size =
        |alpha: &Picture| (alpha.width(), alpha.height()) != (color.width(), color.height());
    if alpha.as_ref().is_some_and(is_other_size) {
        return Err(DecodeError::Unsupported("an AVIF whose alpha has another size".into()));
    }
    if watch.is_cancelled() {
        return Err(DecodeError::Cancelled);
    }
    let is_deep = color.bit_depth().max(alpha.as_ref().map_or(0, Picture::bit_depth)) > 8;
    let alpha_plane = alpha.as_ref().map(|alpha| Plane::luma(alpha, alpha_range));
    let texel = |x: usize, y: usize| {
        let rgb = mixer.rgb(x, y);
        let alpha = alpha_plane.as_ref().map_or(1.0, |plane| plane.share(x, y).clamp(0.0, 1.0));
        let is_divided = is_premultiplied && alpha > 0.0;
        let [r, g, b] = if is_divided { rgb.map(|value| value / alpha) } else { rgb };
        [r, g, b, alpha].map(|value| value.clamp(0.0, 1.0))
    };
    let places = (0..height).flat_map(|y| (0..width).map(move |x| (x, y)));
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped")]
    let pixels = if is_deep {
        let code = |value: f32| (value * 65_535.0 + 0.5) as u16;
        Pixels::Rgba16(places.map(|(x, y)| texel(x, y).map(code)).collect())
    } else {
        let code = |value: f32| (value * 255.0 + 0.5) as u8;
        Pixels::Rgba8(places.map(|(x, y)| texel(x, y).map(code)).collect())
    };
    let is_grey = color.pixel_layout() == PixelLayout::I400;
    Ok(Raw {
        width,
        height,
        pixels,
        channels: if is_grey { Channels::Grey } else { Channels::Rgb },
        bit_depth: if is_deep { 16 } else { 8 },
        has_alpha: alpha.is_some(),
        orient: Orient::ToDo(orientation),
        color: tag,
        warnings,
    })
}

/// The picture of coded data: the highest of its layers, the first where there are several.
///
/// Its size is checked before it is decoded, as the file states it and as its data do, and again
/// afterwards: a picture of another size than stated is refused.
fn decoded(coded: Coded, limits: Limits) -> Result<Picture, DecodeError> {
    let Coded { data, sequence, size, operating_point } = coded;
    let (width, height) = size.unwrap_or(sequence.max_size);
    check_size(width, height, limits)?;
    check_size(sequence.max_size.0, sequence.max_size.1, limits)?;
    let mut settings = Settings::new();
    settings.set_n_threads(1);
    settings.set_max_frame_delay(1);
    settings.set_all_layers(false);
    settings.set_operating_point(u32::from(operating_point));
    settings.set_frame_size_limit(u32::try_from(limits.max_pixels).unwrap_or(u32::MAX));
    let picture = first_picture(data, &settings)?;
    let found = (picture.width(), picture.height());
    if found != (width, height) {
        return Err(DecodeError::Damaged(format!(
            "it is said to measure {width}x{height} pixels and measures {}x{}",
            found.0, found.1
        )));
    }
    let n_bits = usize::from(sequence.bit_depth);
    let is_grey = picture.pixel_layout() == PixelLayout::I400;
    if (picture.bit_depth(), is_grey) != (n_bits, sequence.is_grey) {
        return Err(DecodeError::Damaged("its data contradict their header".into()));
    }
    Ok(picture)
}

/// The first picture that the decoder gives.
fn first_picture(data: Vec<u8>, settings: &Settings) -> Result<Picture, DecodeError> {
    // The decoder takes empty data for a mistake of its caller's.
    if data.is_empty() {
        return Err(DecodeError::Truncated);
    }
    let mut decoder = Decoder::with_settings(settings).map_err(refusal)?;
    match decoder.send_data(data, None, None, None) {
        Ok(()) | Err(Error::Again) => (),
        Err(err) => return Err(refusal(err)),
    }
    for _ in 0..MAX_TRIES {
        match decoder.get_picture() {
            Err(Error::Again) => match decoder.send_pending_data() {
                Ok(()) | Err(Error::Again) => (),
                Err(err) => return Err(refusal(err)),
            },
            found => return found.map_err(refusal),
        }
    }
    Err(DecodeError::Truncated)
}

fn refusal(err: Error) -> DecodeError {
    DecodeError::Damaged(err.to_string())
}
