//! Decoding pictures: by content, never by extension; upright; in sRGB.

#[cfg(feature = "avif")]
mod avif_boxes;
#[cfg(feature = "avif")]
mod avif_colors;
#[cfg(feature = "avif")]
mod avif_contents;
#[cfg(feature = "avif")]
mod avif_file;
#[cfg(feature = "avif")]
mod avif_planes;
#[cfg(feature = "avif")]
mod avif_sequence;
mod bmp_profile;
mod color;
mod format;
mod gif_blocks;
mod guard;
mod head;
mod jpeg_file;
mod jpeg_markers;
mod jpeg_planes;
#[cfg(feature = "jpeg-xl")]
mod jxl_colors;
#[cfg(feature = "jpeg-xl")]
mod jxl_file;
mod orient;
mod other_file;
mod png_file;
mod raw;
mod streamed;
mod tiff;
mod watch;

use std::{
    fs::File,
    io::{BufReader, Cursor, Read, Seek},
    path::{Path, PathBuf},
};

use sha2::{Digest as _, Sha256};

use crate::raster::Picture;
use format::{Format, format_of};
use head::{N_SIGNATURE, claimed_size};
use orient::upright;
use raw::{Orient, Raw, check_size};
use streamed::Streamed;
use watch::Unwatched;
pub use watch::Watch;

/// How the names of picture files that can be read usually end; what counts is their content.
pub const PICTURE_ENDINGS: [&str; 13] = [
    "png", "apng", "jpg", "jpeg", "webp", "avif", "jxl", "tif", "tiff", "bmp", "gif", "qoi", "jfif",
];

/// What a picture may measure; asked of its header before anything is allocated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The most pixels a side.
    pub max_side: u32,
    /// The most pixels in all.
    pub max_pixels: u64,
}

impl Limits {
    /// The same, at least one pixel and no side longer than the file formats of today can say.
    #[must_use]
    pub fn sound(self) -> Self {
        Self { max_side: self.max_side.clamp(1, MOST_SIDE), max_pixels: self.max_pixels.max(1) }
    }
}

/// The longest side that can be allowed: positions are exact to 1/1024 pixel up to it.
const MOST_SIDE: u32 = 1 << 20;

impl Default for Limits {
    /// 65,535 pixels a side and 200 megapixels.
    fn default() -> Self {
        Self { max_side: 65_535, max_pixels: 200_000_000 }
    }
}

/// What was decoded, besides the pixels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PictureInfo {
    /// The format's name in lower case: `png`, `jpeg`, `webp`, `tiff` and so on.
    pub format: &'static str,
    /// The EXIF orientation that was applied, 1 to 8.
    pub orientation: u8,
    /// Bits a channel of the decoded pixels.
    pub bit_depth: u8,
    /// Whether the file has an alpha channel.
    pub has_alpha: bool,
    /// What the file says its colours are.
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
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
    /// No known format begins like this.
    #[error(
        "it is not a picture of a known format; convert it to PNG, JPEG, WebP, AVIF, JPEG XL, TIFF, \
         BMP, GIF or QOI"
    )]
    UnknownFormat,
    /// A format that is known but cannot be read.
    #[error(
        "it is a {0} file, which cannot be read; convert it to PNG (most picture viewers can \
         export or save as PNG)"
    )]
    UnsupportedFormat(&'static str),
    /// The format of many telephones.
    #[error(
        "it is a HEIC picture, which cannot be read; convert it to PNG or JPEG first: open it in \
         the system's own viewer and export it, or set the telephone's camera to \"most compatible\""
    )]
    Heic,
    /// A format that can be read, in a kind that cannot.
    #[error("{0} cannot be read; convert it to an 8-bit or 16-bit PNG")]
    Unsupported(String),
    /// Larger than the limits.
    #[error(
        "it measures {width}x{height} pixels, over the limit of {} a side and {} megapixels; make \
         it smaller or raise the limit", limits.max_side, limits.max_pixels / 1_000_000
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
    Damaged(String),
    /// It was told to stop.
    #[error("cancelled")]
    Cancelled,
}

impl DecodeError {
    /// What an error while reading from the file's bytes means.
    fn of_io(err: &std::io::Error) -> Self {
        match err.kind() {
            _ if watch::is_stop(err) => Self::Cancelled,
            std::io::ErrorKind::UnexpectedEof => Self::Truncated,
            _ => Self::Damaged(err.to_string()),
        }
    }
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
    read_picture_watched(path, limits, &Unwatched)
}

/// The same, looked after by `watch`.
///
/// # Errors
/// See [`FileError`]; [`DecodeError::Cancelled`] when `watch` said so.
pub fn read_picture_watched(
    path: &Path,
    limits: Limits,
    watch: &dyn Watch,
) -> Result<DecodedPicture, FileError> {
    if path.is_dir() {
        return Err(FileError::Folder(path.to_owned()));
    }
    let unread = |source| FileError::Read { path: path.to_owned(), source };
    let undecoded = |source| FileError::Decode { path: path.to_owned(), source };
    let mut file = BufReader::new(File::open(path).map_err(unread)?);
    let format = check_head(&mut file, limits).map_err(unread)?.map_err(undecoded)?;
    decode_file(file.into_inner(), format, limits, watch).map_err(unread)?.map_err(undecoded)
}

/// Refuses a file by its first bytes, before the rest is read: of no format that can be read, or of
/// a size over the limits. What format it has otherwise.
fn check_head(
    file: &mut BufReader<File>,
    limits: Limits,
) -> std::io::Result<Result<Format, DecodeError>> {
    let mut signature = Vec::new();
    file.by_ref().take(N_SIGNATURE).read_to_end(&mut signature)?;
    let format = match format_of(&signature) {
        Ok(format) => format,
        Err(refusal) => return Ok(Err(refusal)),
    };
    file.rewind()?;
    let size = claimed_size(file, format);
    let checked = size.map_or(Ok(()), |(width, height)| check_size(width, height, limits));
    Ok(checked.map(|()| format))
}

/// Decodes a picture from the bytes of a file: turned upright and in sRGB. Pixels keep 16 bits a
/// channel where the file has more than 8.
///
/// # Errors
/// See [`DecodeError`].
pub fn decode_picture(bytes: &[u8], limits: Limits) -> Result<DecodedPicture, DecodeError> {
    let format = format_of(bytes)?;
    decode_file(Cursor::new(bytes), format, limits, &Unwatched)
        .unwrap_or_else(|err| Err(DecodeError::of_io(&err)))
}

/// Decodes a file from its first byte on; fails where it cannot be read.
fn decode_file(
    file: impl Read + Seek,
    format: Format,
    limits: Limits,
    watch: &dyn Watch,
) -> std::io::Result<Result<DecodedPicture, DecodeError>> {
    let (raw, sha256) = match read_raw(file, format, limits, watch)? {
        Ok(read) => read,
        Err(refusal) => return Ok(Err(refusal)),
    };
    if watch.is_cancelled() {
        return Ok(Err(DecodeError::Cancelled));
    }
    Ok(finished(raw, format, sha256))
}

/// Turned upright, in sRGB.
fn finished(raw: Raw, format: Format, sha256: String) -> Result<DecodedPicture, DecodeError> {
    let mut info = PictureInfo {
        format: format.name(),
        orientation: match raw.orient {
            Orient::ToDo(orientation) => orientation.to_exif(),
            Orient::Done(stated) => stated,
        },
        bit_depth: raw.bit_depth,
        has_alpha: raw.has_alpha,
        color_profile: None,
        sha256,
        warnings: raw.warnings,
    };
    let converted = color::to_srgb(raw.pixels, raw.channels, &raw.color);
    info.color_profile = converted.description;
    info.warnings.extend(converted.warnings);
    let (pixels, width, height) = match raw.orient {
        Orient::ToDo(orientation) => {
            upright(converted.pixels, (raw.width, raw.height), orientation)
        }
        Orient::Done(_) => (converted.pixels, raw.width, raw.height),
    };
    let picture = if info.has_alpha { Picture::new } else { Picture::opaque };
    let picture = picture(width, height, pixels).ok_or(DecodeError::Truncated)?;
    Ok(DecodedPicture { picture, info })
}

/// The pixels as a file holds them, and its hash.
type Outcome = std::io::Result<Result<(Raw, String), DecodeError>>;

fn read_raw(file: impl Read + Seek, format: Format, limits: Limits, watch: &dyn Watch) -> Outcome {
    match format {
        Format::Png => read_streamed(file, limits, watch),
        Format::Jpeg => read_whole(file, |bytes| jpeg_file::read(bytes, limits, watch)),
        #[cfg(feature = "jpeg-xl")]
        Format::JpegXl => read_whole(file, |bytes| jxl_file::read(bytes, limits, watch)),
        #[cfg(not(feature = "jpeg-xl"))]
        Format::JpegXl => Ok(Err(DecodeError::UnsupportedFormat("JPEG XL"))),
        #[cfg(feature = "avif")]
        Format::Avif => read_whole(file, |bytes| avif_file::read(bytes, limits, watch)),
        #[cfg(not(feature = "avif"))]
        Format::Avif => Ok(Err(DecodeError::UnsupportedFormat("AVIF"))),
        Format::Tiff => read_whole(file, |bytes| tiff::read(bytes, limits, watch)),
        Format::Other(kind, _) => {
            read_whole(file, |bytes| other_file::read(bytes, kind, limits, watch))
        }
    }
}

/// A PNG, which may have several times the bytes of other formats, is hashed while it is decoded.
fn read_streamed(file: impl Read + Seek, limits: Limits, watch: &dyn Watch) -> Outcome {
    let mut file = Streamed::new(file, watch)?;
    match guard::guarded(|| png_file::read(&mut file, limits)) {
        Ok(raw) => file.sha256().map(|sha256| Ok((raw, sha256))),
        Err(refusal) => file.fault().map_or(Ok(Err(refusal)), Err),
    }
}

fn read_whole(
    mut file: impl Read + Seek,
    decode: impl FnOnce(&[u8]) -> Result<Raw, DecodeError>,
) -> Outcome {
    let mut bytes = Vec::new();
    file.rewind()?;
    file.read_to_end(&mut bytes)?;
    drop(file);
    Ok(guard::guarded(|| decode(&bytes)).map(|raw| (raw, sha256_hex(&bytes))))
}

/// The lower-case hexadecimal SHA-256 of a file.
///
/// # Errors
/// The system's, when it cannot be read.
pub fn hash_of(path: &Path) -> std::io::Result<String> {
    std::fs::read(path).map(|bytes| sha256_hex(&bytes))
}

/// The lower-case hexadecimal SHA-256 of `bytes`.
pub(in crate::storage) fn sha256_hex(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Lower-case hexadecimal digits.
fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut text, byte| {
        write!(text, "{byte:02x}").ok();
        text
    })
}
