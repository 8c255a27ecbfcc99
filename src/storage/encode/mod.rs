//! Writing pictures.

mod jpeg;
mod png;
mod webp;
mod xmp;

use std::path::Path;

use super::picture::{Limits, decode_picture};
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

/// How a card is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Encoding {
    /// As what.
    pub format: PictureFormat,
    /// Whether a PNG takes its time to become smaller.
    pub optimise: bool,
    /// The platform's limit.
    pub max_bytes: Option<u64>,
}

/// What a card's file says of itself.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Metadata {
    /// What the card shows, in words; nothing is said where it is empty.
    pub alt_text: String,
    /// IPTC's digital source type by the last part of its address, such as `compositeSynthetic`; left
    /// out where it is not known.
    pub digital_source_type: Option<String>,
    /// The hash of the session that the card was made from.
    pub session_sha256: Option<String>,
}

/// A card as a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Encoded {
    /// The file.
    pub bytes: Vec<u8>,
    /// What was done to meet the limit, or that it is not met.
    pub note: Option<String>,
}

/// Why a picture was not encoded.
#[derive(Debug, thiserror::Error)]
#[error("could not encode the picture as {format}: {reason}")]
pub struct EncodeError {
    format: &'static str,
    reason: String,
}

/// The program and its version, as files name it.
const PROGRAM: &str = concat!("Diptych ", env!("CARGO_PKG_VERSION"));
/// What stands before a session's hash.
const SESSION_HASH: &str = "Diptych session SHA-256";

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

    /// The usual ending of its files.
    #[must_use]
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Jpeg => "jpg",
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

    fn failed(self, reason: String) -> EncodeError {
        EncodeError { format: self.name(), reason }
    }
}

/// The file that holds `picture` and nothing else. Same picture, same bytes.
///
/// # Errors
/// When the format cannot hold a picture of this size.
pub fn encode_picture(picture: &Picture, format: PictureFormat) -> Result<Vec<u8>, EncodeError> {
    let result = match format {
        PictureFormat::Png => png::encode(picture, false, &[]).map_err(|err| err.to_string()),
        PictureFormat::Jpeg => jpeg::encode(picture),
        PictureFormat::WebP => webp::encode(picture),
    };
    result.map_err(|reason| format.failed(reason))
}

/// The file of a card, with what it says of itself. Same input, same bytes.
///
/// # Errors
/// When the format cannot hold a picture of this size, or so many words.
pub fn encode_card(
    picture: &Picture,
    encoding: &Encoding,
    metadata: &Metadata,
) -> Result<Encoded, EncodeError> {
    let packet = xmp::packet(metadata);
    let Encoding { format, optimise, max_bytes } = *encoding;
    let lossless = |bytes: Vec<u8>| {
        let note = max_bytes.and_then(|max| beyond(format, bytes.len(), max));
        Encoded { bytes, note }
    };
    let result = match format {
        PictureFormat::Png => {
            let mut texts = vec![png::Text::Latin("Software", PROGRAM)];
            let hash = metadata.session_sha256.as_ref();
            texts.extend(hash.map(|hash| png::Text::Latin(SESSION_HASH, hash)));
            texts.push(png::Text::Unicode("XML:com.adobe.xmp", &packet));
            png::encode(picture, optimise, &texts).map(lossless).map_err(|err| err.to_string())
        }
        PictureFormat::Jpeg => {
            let comment = session_words(metadata).unwrap_or_else(|| PROGRAM.to_owned());
            jpeg::Segments::new(&packet, &comment)
                .and_then(|segments| jpeg::encode_within(picture, max_bytes, &segments))
        }
        PictureFormat::WebP => webp::encode_with_xmp(picture, &packet).map(lossless),
    };
    result.map_err(|reason| format.failed(reason))
}

/// The picture as a platform would hand it on: JPEG of quality 80 with chroma at half resolution,
/// decoded again.
///
/// # Errors
/// When JPEG cannot hold a picture of this size.
pub fn through_platform(picture: &Picture) -> Result<Picture, EncodeError> {
    let format = PictureFormat::Jpeg;
    let file = jpeg::encode_as_platforms_do(picture).map_err(|reason| format.failed(reason))?;
    let decoded = decode_picture(&file, Limits::default());
    decoded.map(|decoded| decoded.picture).map_err(|err| format.failed(err.to_string()))
}

/// `Diptych session SHA-256` and the hash, where that is told.
fn session_words(metadata: &Metadata) -> Option<String> {
    Some(format!("{SESSION_HASH} {}", metadata.session_sha256.as_ref()?))
}

/// That a lossless file is larger than the platform takes.
fn beyond(format: PictureFormat, n_bytes: usize, max_bytes: u64) -> Option<String> {
    let n_bytes = count(n_bytes);
    let name = if format == PictureFormat::WebP { "WebP" } else { "PNG" };
    (n_bytes > max_bytes).then(|| {
        format!(
            "the {name} is {} bytes, over the platform's limit of {}; a JPEG would be made to fit",
            grouped(n_bytes),
            grouped(max_bytes)
        )
    })
}

fn count(n: usize) -> u64 {
    u64::try_from(n).unwrap_or(u64::MAX)
}

/// `976,000`.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (idx, digit) in digits.chars().enumerate() {
        if idx > 0 && (digits.len() - idx).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

fn size(picture: &Picture) -> (u32, u32) {
    let side = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    (side(picture.width()), side(picture.height()))
}
