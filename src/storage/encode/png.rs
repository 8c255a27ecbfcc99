//! PNG: lossless, tagged sRGB, with texts.

use super::{Packed, size};
use crate::raster::Picture;

/// A text that a PNG holds, by its keyword.
pub(super) enum Text<'a> {
    /// Of Latin-1 letters.
    Latin(&'a str, &'a str),
    /// Of any letters, not compressed, so that readers of XMP find it.
    Unicode(&'a str, &'a str),
}

/// The file of `picture`; fast, or as small as the library makes it.
pub(super) fn encode(
    picture: &Picture,
    is_small: bool,
    texts: &[Text<'_>],
) -> Result<Vec<u8>, png::EncodingError> {
    let (width, height) = size(picture);
    let packed = Packed::new(picture);
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(match packed {
        Packed::Rgb(_) => png::ColorType::Rgb,
        Packed::Rgba(_) => png::ColorType::Rgba,
    });
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_source_srgb(png::SrgbRenderingIntent::RelativeColorimetric);
    encoder.set_compression(if is_small { png::Compression::High } else { png::Compression::Fast });
    for text in texts {
        match *text {
            Text::Latin(keyword, text) => encoder.add_text_chunk(keyword.into(), text.into()),
            Text::Unicode(keyword, text) => encoder.add_itxt_chunk(keyword.into(), text.into()),
        }?;
    }
    let mut writer = encoder.write_header()?;
    writer.write_image_data(packed.bytes())?;
    writer.finish()?;
    Ok(bytes)
}
