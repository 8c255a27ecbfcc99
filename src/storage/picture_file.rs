//! Decoding pictures: by content, never by extension; upright; in sRGB.

use std::{
    io::Cursor,
    path::{Path, PathBuf},
};

use image::{
    DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, metadata::Orientation,
};
use sha2::{Digest as _, Sha256};

use super::color_profile;
use crate::raster::{Picture, Pixels};

/// What a picture may measure; asked of its header before anything is allocated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The most pixels a side.
    pub max_side: u32,
    /// The most pixels in all.
    pub max_pixels: u64,
}

impl Default for Limits {
    /// 65,535 pixels a side and 200 megapixels.
    fn default() -> Self {
        Self { max_side: 65_535, max_pixels: 200_000_000 }
    }
}

/// What was decoded, besides the pixels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PictureInfo {
    /// The format's name in lower case: `png`, `jpeg`, `webp`.
    pub format: &'static str,
    /// The EXIF orientation that was applied, 1 to 8.
    pub orientation: u8,
    /// Bits a channel of the decoded pixels.
    pub bit_depth: u8,
    /// Whether the file has an alpha channel.
    pub has_alpha: bool,
    /// The description of the embedded colour profile.
    pub color_profile: Option<String>,
    /// The lower-case hexadecimal SHA-256 of the file.
    pub sha256: String,
    /// What the viewer should know.
    pub warnings: Vec<String>,
}

/// A picture and what it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecodedPicture {
    /// Its pixels, upright and in sRGB.
    pub picture: Picture,
    /// What it is.
    pub info: PictureInfo,
}

/// Why bytes are not a picture that can be shown.
#[derive(Debug, thiserror::Error)]
pub enum DecodeError {
    /// No known format begins like this.
    #[error("it is not a PNG, JPEG or WebP picture; convert it to one of these")]
    UnknownFormat,
    /// A format that is known but cannot be read.
    #[error(
        "it is a {0} picture, which cannot be read; convert it to PNG (most picture viewers can \
         export or save as PNG)"
    )]
    UnsupportedFormat(&'static str),
    /// Larger than the limits.
    #[error(
        "it measures {width}x{height} pixels, over the limit of {} a side and {} megapixels; \
         make it smaller", limits.max_side, limits.max_pixels / 1_000_000
    )]
    TooLarge {
        /// Width in pixels.
        width: u32,
        /// Height in pixels.
        height: u32,
        /// The limits in force.
        limits: Limits,
    },
    /// The file ends before its picture does.
    #[error("the file is cut off before its picture ends; get it again from where it came from")]
    Truncated,
    /// The decoder refused it.
    #[error("its data are damaged ({0}); get it again from where it came from")]
    Damaged(ImageError),
}

/// Why a picture file cannot be shown.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// The file cannot be read.
    #[error("could not open {}: {source}; check the path", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// The system's reason.
        source: std::io::Error,
    },
    /// The path leads to a folder.
    #[error("could not open {}: it is a folder; choose a picture in it", .0.display())]
    Folder(PathBuf),
    /// The file is not a picture.
    #[error("could not open {}: {source}", path.display())]
    Decode {
        /// The file.
        path: PathBuf,
        /// Why not.
        source: DecodeError,
    },
}

/// Reads and decodes the picture at `path`.
///
/// # Errors
/// See [`FileError`].
pub fn read_picture(path: &Path, limits: Limits) -> Result<DecodedPicture, FileError> {
    if path.is_dir() {
        return Err(FileError::Folder(path.to_owned()));
    }
    let bytes =
        std::fs::read(path).map_err(|source| FileError::Read { path: path.to_owned(), source })?;
    decode_picture(&bytes, limits)
        .map_err(|source| FileError::Decode { path: path.to_owned(), source })
}

/// Decodes a picture from the bytes of a file: EXIF orientation applied, an RGB colour profile
/// converted to sRGB. Pixels keep 16 bits a channel where the file has more than 8.
///
/// # Errors
/// See [`DecodeError`].
pub fn decode_picture(bytes: &[u8], limits: Limits) -> Result<DecodedPicture, DecodeError> {
    let (format, name) = format_of(bytes)?;
    let reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut decoder = reader.into_decoder().map_err(refusal)?;
    let (width, height) = decoder.dimensions();
    let n_pixels = u64::from(width) * u64::from(height);
    if width.max(height) > limits.max_side || n_pixels > limits.max_pixels {
        return Err(DecodeError::TooLarge { width, height, limits });
    }
    if format == ImageFormat::Jpeg && !ends_with_its_picture(bytes) {
        return Err(DecodeError::Truncated);
    }
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let icc = decoder.icc_profile().ok().flatten();
    let color = decoder.color_type();
    let mut upright = DynamicImage::from_decoder(decoder).map_err(refusal)?;
    upright.apply_orientation(orientation);
    let bit_depth = if color.bytes_per_pixel() / color.channel_count() > 1 { 16 } else { 8 };
    let mut info = PictureInfo {
        format: name,
        orientation: orientation.to_exif(),
        bit_depth,
        has_alpha: color.has_alpha(),
        color_profile: None,
        sha256: sha256_hex(bytes),
        warnings: Vec::new(),
    };
    let (width, height) = (upright.width() as usize, upright.height() as usize);
    let mut pixels = if bit_depth == 16 {
        Pixels::Rgba16(upright.into_rgba16().into_raw().as_chunks().0.to_vec())
    } else {
        Pixels::Rgba8(upright.into_rgba8().into_raw().as_chunks().0.to_vec())
    };
    if let Some(icc) = icc {
        let converted = color_profile::to_srgb(pixels, &icc);
        pixels = converted.pixels;
        info.color_profile = Some(converted.description);
        info.warnings.extend(converted.warning);
    }
    let picture = Picture::new(width, height, pixels).ok_or(DecodeError::Truncated)?;
    Ok(DecodedPicture { picture, info })
}

/// Formats that are told by their first bytes so that they can be refused by name.
const REFUSED: &[(ImageFormat, &str)] = &[
    (ImageFormat::Gif, "GIF"),
    (ImageFormat::Tiff, "TIFF"),
    (ImageFormat::Bmp, "BMP"),
    (ImageFormat::Avif, "AVIF"),
    (ImageFormat::Qoi, "QOI"),
    (ImageFormat::Ico, "ICO"),
    (ImageFormat::OpenExr, "OpenEXR"),
    (ImageFormat::Hdr, "Radiance HDR"),
    (ImageFormat::Pnm, "PNM"),
];

fn format_of(bytes: &[u8]) -> Result<(ImageFormat, &'static str), DecodeError> {
    match image::guess_format(bytes) {
        Ok(ImageFormat::Png) => Ok((ImageFormat::Png, "png")),
        Ok(ImageFormat::Jpeg) => Ok((ImageFormat::Jpeg, "jpeg")),
        Ok(ImageFormat::WebP) => Ok((ImageFormat::WebP, "webp")),
        Ok(other) => {
            let known = REFUSED.iter().find(|(format, _)| *format == other);
            Err(known.map_or(DecodeError::UnknownFormat, |(_, name)| {
                DecodeError::UnsupportedFormat(name)
            }))
        }
        Err(_) => Err(refused_by_signature(bytes)),
    }
}

/// Formats that the decoding library does not know at all.
fn refused_by_signature(bytes: &[u8]) -> DecodeError {
    const HEIF_BRANDS: [&[u8]; 6] = [b"heic", b"heix", b"hevc", b"hevx", b"mif1", b"msf1"];
    const JPEG_XL: [&[u8]; 2] = [&[0xFF, 0x0A], b"\0\0\0\x0CJXL "];
    let brand = bytes.get(8..12).filter(|_| bytes.get(4..8) == Some(b"ftyp"));
    if brand.is_some_and(|brand| HEIF_BRANDS.contains(&brand)) {
        DecodeError::UnsupportedFormat("HEIC")
    } else if JPEG_XL.iter().any(|signature| bytes.starts_with(signature)) {
        DecodeError::UnsupportedFormat("JPEG XL")
    } else {
        DecodeError::UnknownFormat
    }
}

/// The lower-case hexadecimal SHA-256 of `bytes`.
pub(super) fn sha256_hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut text, byte| {
        write!(text, "{byte:02x}").ok();
        text
    })
}

/// A decoder's error in our words: an early end of the data is told apart from damage.
fn refusal(err: ImageError) -> DecodeError {
    let is_early_end = |io: &std::io::Error| io.kind() == std::io::ErrorKind::UnexpectedEof;
    // An input error stands in for its own source, so it is not met among the causes.
    if matches!(&err, ImageError::IoError(io) if is_early_end(io)) {
        return DecodeError::Truncated;
    }
    let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(&err);
    while let Some(inner) = cause {
        if inner.downcast_ref::<std::io::Error>().is_some_and(is_early_end) {
            return DecodeError::Truncated;
        }
        cause = inner.source();
    }
    DecodeError::Damaged(err)
}

const JPEG_START_OF_SCAN: u8 = 0xDA;
const JPEG_END_OF_IMAGE: u8 = 0xD9;

/// Whether a JPEG holds an end-of-image marker after its first scan. The decoder fills what is
/// missing with grey, which must never pass for a picture. (A marker cannot occur inside a scan:
/// its bytes are escaped there.)
fn ends_with_its_picture(bytes: &[u8]) -> bool {
    let mut at = 2;
    while let Some(&[0xFF, marker, high, low]) = bytes.get(at..at + 4) {
        if marker == JPEG_START_OF_SCAN {
            return bytes[at..].windows(2).any(|pair| pair == [0xFF, JPEG_END_OF_IMAGE]);
        }
        at += if marker == 0xFF { 1 } else { 2 + usize::from(u16::from_be_bytes([high, low])) };
    }
    false
}
