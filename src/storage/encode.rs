//! Writing pictures.

use std::path::Path;

use crate::raster::Picture;

/// A format that cards and views are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PictureFormat {
    /// Lossless, tagged sRGB.
    Png,
    /// JPEG at quality 95 without chroma subsampling (which would smear lips and rims).
    Jpeg,
    /// Lossless WebP.
    WebP,
}

const JPEG_QUALITY: u8 = 95;

/// Why a picture was not encoded.
#[derive(Debug, thiserror::Error)]
#[error("could not encode the picture as {format}: {reason}")]
pub struct EncodeError {
    format: &'static str,
    reason: String,
}

impl PictureFormat {
    /// The name on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Jpeg => "jpeg",
            Self::WebP => "webp",
        }
    }

    /// The format that a file name's extension asks for; `None` when it names none of them.
    #[must_use]
    pub fn of_path(path: &Path) -> Option<Self> {
        match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "png" => Some(Self::Png),
            "jpg" | "jpeg" => Some(Self::Jpeg),
            "webp" => Some(Self::WebP),
            _ => None,
        }
    }
}

/// The file that holds `picture`. Same picture, same bytes.
///
/// # Errors
/// When the format cannot hold a picture of this size.
pub fn encode_picture(picture: &Picture, format: PictureFormat) -> Result<Vec<u8>, EncodeError> {
    let result = match format {
        PictureFormat::Png => png(picture).map_err(|err| err.to_string()),
        PictureFormat::Jpeg => jpeg(picture),
        PictureFormat::WebP => webp(picture).map_err(|err| err.to_string()),
    };
    result.map_err(|reason| EncodeError { format: format.name(), reason })
}

fn size(picture: &Picture) -> (u32, u32) {
    let side = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    (side(picture.width()), side(picture.height()))
}

/// Interleaved RGB when nothing is transparent.
fn opaque_rgb(rgba: &[u8]) -> Option<Vec<u8>> {
    let (pixels, _) = rgba.as_chunks::<4>();
    let is_opaque = pixels.iter().all(|pixel| pixel[3] == u8::MAX);
    is_opaque.then(|| pixels.iter().flat_map(|&[r, g, b, _]| [r, g, b]).collect())
}

fn png(picture: &Picture) -> Result<Vec<u8>, png::EncodingError> {
    let (width, height) = size(picture);
    let rgba = picture.to_rgba8();
    let rgb = opaque_rgb(&rgba);
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(if rgb.is_some() { png::ColorType::Rgb } else { png::ColorType::Rgba });
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_source_srgb(png::SrgbRenderingIntent::RelativeColorimetric);
    encoder.set_compression(png::Compression::Fast);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(rgb.as_deref().unwrap_or(&rgba))?;
    writer.finish()?;
    Ok(bytes)
}

fn jpeg(picture: &Picture) -> Result<Vec<u8>, String> {
    let side = |n: usize| u16::try_from(n).map_err(|_| "it is larger than 65535 a side".to_owned());
    let (width, height) = (side(picture.width())?, side(picture.height())?);
    let mut bytes = Vec::new();
    let mut encoder = jpeg_encoder::Encoder::new(&mut bytes, JPEG_QUALITY);
    encoder.set_sampling_factor(jpeg_encoder::SamplingFactor::F_1_1);
    encoder
        .encode(&picture.to_rgba8(), width, height, jpeg_encoder::ColorType::Rgba)
        .map_err(|err| err.to_string())?;
    Ok(bytes)
}

fn webp(picture: &Picture) -> Result<Vec<u8>, image::ImageError> {
    let (width, height) = size(picture);
    let mut bytes = Vec::new();
    image::codecs::webp::WebPEncoder::new_lossless(&mut bytes).encode(
        &picture.to_rgba8(),
        width,
        height,
        image::ExtendedColorType::Rgba8,
    )?;
    Ok(bytes)
}
