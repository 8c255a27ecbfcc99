//! Which format a file is in, by its first bytes.

use image::ImageFormat;

use super::DecodeError;

/// A format that can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    Png,
    Jpeg,
    JpegXl,
    Avif,
    Tiff,
    /// Read by the library for many formats.
    Other(ImageFormat, &'static str),
}

impl Format {
    /// The name in lower case.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Jpeg => "jpeg",
            Self::JpegXl => "jxl",
            Self::Avif => "avif",
            Self::Tiff => "tiff",
            Self::Other(_, name) => name,
        }
    }
}

/// A signature at an offset, and what stands behind it.
type Signature<T> = (usize, &'static [u8], T);

const READ: &[Signature<Format>] = &[
    (0, b"\x89PNG\r\n\x1A\n", Format::Png),
    (0, b"\xFF\xD8\xFF", Format::Jpeg),
    (8, b"WEBP", Format::Other(ImageFormat::WebP, "webp")),
    (0, b"II*\0", Format::Tiff),
    (0, b"MM\0*", Format::Tiff),
    (0, b"II+\0", Format::Tiff),
    (0, b"MM\0+", Format::Tiff),
    (0, b"GIF87a", Format::Other(ImageFormat::Gif, "gif")),
    (0, b"GIF89a", Format::Other(ImageFormat::Gif, "gif")),
    (0, b"BM", Format::Other(ImageFormat::Bmp, "bmp")),
    (0, b"qoif", Format::Other(ImageFormat::Qoi, "qoi")),
    (0, b"\0\0\0\x0CJXL \r\n\x87\n", Format::JpegXl),
    (0, b"\xFF\x0A", Format::JpegXl),
    (4, b"ftypavif", Format::Avif),
    (4, b"ftypavis", Format::Avif),
];

/// Formats that are told so that they can be refused by name.
const REFUSED: &[Signature<&'static str>] = &[
    (0, b"8BPS", "Photoshop"),
    (0, b"\0\0\0\x0CjP  \r\n\x87\n", "JPEG 2000"),
    (0, b"\xFF\x4F\xFF\x51", "JPEG 2000"),
    (0, b"v/1\x01", "OpenEXR"),
    (0, b"#?RADIANCE", "Radiance HDR"),
    (0, b"#?RGBE", "Radiance HDR"),
    (0, b"\0\0\x01\0", "ICO"),
    (0, b"%PDF", "PDF"),
    (0, b"DDS ", "DDS"),
    (0, b"farbfeld", "farbfeld"),
    (0, b"<svg", "SVG"),
    (0, b"<?xml", "SVG"),
    (0, b"P1", "PNM"),
    (0, b"P2", "PNM"),
    (0, b"P3", "PNM"),
    (0, b"P4", "PNM"),
    (0, b"P5", "PNM"),
    (0, b"P6", "PNM"),
    (0, b"P7", "PAM"),
    (0, b"II\xBC\x01", "JPEG XR"),
];

/// What a file of the HEIF family says it is: its major brand and those it is compatible with.
const HEIC_BRANDS: [&[u8]; 8] =
    [b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1"];

/// The format of a file that begins with `bytes`.
///
/// # Errors
/// [`DecodeError::UnsupportedFormat`] for a format that is known but not read,
/// [`DecodeError::UnknownFormat`] for anything else.
pub(super) fn format_of(bytes: &[u8]) -> Result<Format, DecodeError> {
    let begins = |offset: usize, signature: &[u8]| {
        bytes.get(offset..).is_some_and(|rest| rest.starts_with(signature))
    };
    if let Some((.., format)) = READ.iter().find(|(offset, text, _)| begins(*offset, text)) {
        return Ok(*format);
    }
    if begins(4, b"ftyp") {
        // A general brand may hold either codec: the compatible brands tell.
        let length = bytes.first_chunk().map_or(0, |size| u32::from_be_bytes(*size)) as usize;
        let brands = bytes.get(8..length.min(bytes.len())).unwrap_or_default();
        let names = |wanted: &[u8]| brands.as_chunks::<4>().0.iter().any(|brand| brand == wanted);
        if names(b"avif") {
            return Ok(Format::Avif);
        }
        if HEIC_BRANDS.iter().any(|brand| names(brand)) {
            return Err(DecodeError::Heic);
        }
    }
    match REFUSED.iter().find(|(offset, text, _)| begins(*offset, text)) {
        Some((.., name)) => Err(DecodeError::UnsupportedFormat(name)),
        None => Err(DecodeError::UnknownFormat),
    }
}
