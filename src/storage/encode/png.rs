//! PNG: lossless, tagged sRGB, with texts.

use std::io::Write as _;

use super::size;
use crate::raster::Picture;

/// The most bytes of a chunk of pixels.
const MAX_CHUNK: usize = 1 << 20;

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
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    let is_opaque = picture.is_opaque();
    encoder.set_color(if is_opaque { png::ColorType::Rgb } else { png::ColorType::Rgba });
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
    let mut stream = writer.stream_writer_with_size(MAX_CHUNK)?;
    let mut row = vec![0; picture.width() * if is_opaque { 3 } else { 4 }];
    for y in 0..picture.height() {
        picture.pack_row(y, &mut row);
        stream.write_all(&row)?;
    }
    stream.finish()?;
    writer.finish()?;
    Ok(bytes)
}
