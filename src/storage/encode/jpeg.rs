//! JPEG: full colour at the best quality that the platform's limit leaves.

use jpeg_encoder::{ChromaSubsamplingMethod, ColorType, Encoder, SamplingFactor};

use super::{Encoded, count, grouped};
use crate::raster::Picture;

/// What a picture is written at where nothing limits it.
const BEST: u8 = 95;
/// Below this, a card is not worth posting.
const LEAST: u8 = 75;
/// What a platform is taken to compress at.
const PLATFORM: u8 = 80;

/// What begins a segment of XMP, and the most bytes of XMP one segment holds.
const XMP_SIGNATURE: &[u8] = b"http://ns.adobe.com/xap/1.0/\0";
const MAX_XMP: usize = 65_502;
/// Exif that says no more than that the colours are sRGB: big-endian, a directory that points to
/// another one of two entries.
const EXIF_SRGB: &[u8] = b"Exif\0\0MM\0*\0\0\0\x08\
    \0\x01\x87\x69\0\x04\0\0\0\x01\0\0\0\x1A\0\0\0\0\
    \0\x02\x90\0\0\x07\0\0\0\x040232\xA0\x01\0\x03\0\0\0\x01\0\x01\0\0\0\0\0\0";

const APP1: u8 = 0xE1;
const COMMENT: u8 = 0xFE;

/// What stands between a file's first segment and its tables.
pub(super) struct Segments(Vec<u8>);

impl Segments {
    /// An XMP packet and a comment, and that the colours are sRGB; `Err` where one is too long.
    pub(super) fn new(packet: &str, comment: &str) -> Result<Self, String> {
        if packet.len() > MAX_XMP {
            let most = grouped(count(MAX_XMP));
            return Err(format!("its alt text is too long, XMP may have {most} bytes; shorten it"));
        }
        let mut bytes = Vec::new();
        for (marker, data) in [
            (APP1, EXIF_SRGB.to_vec()),
            (APP1, [XMP_SIGNATURE, packet.as_bytes()].concat()),
            (COMMENT, comment.as_bytes().to_vec()),
        ] {
            let length = u16::try_from(data.len() + 2)
                .map_err(|_| "what it says of itself is too long for a JPEG".to_owned())?;
            bytes.extend([0xFF, marker]);
            bytes.extend(length.to_be_bytes());
            bytes.extend(data);
        }
        Ok(Self(bytes))
    }

    /// The file with them after its first segment, the encoder's JFIF.
    fn put_into(&self, file: &mut Vec<u8>) {
        if let [_, _, 0xFF, 0xE0, high, low, ..] = **file {
            let end = 4 + usize::from(u16::from_be_bytes([high, low]));
            file.splice(end..end, self.0.iter().copied());
        }
    }
}

/// How a picture is encoded.
#[derive(Clone, Copy)]
struct Style {
    quality: u8,
    sampling: SamplingFactor,
}

impl Style {
    /// Colour at full resolution.
    const fn full(quality: u8) -> Self {
        Self { quality, sampling: SamplingFactor::F_1_1 }
    }
}

/// Pixels ready to be encoded, as often as need be.
struct Pixels {
    rgba: Vec<u8>,
    width: u16,
    height: u16,
}

impl Pixels {
    fn of(picture: &Picture) -> Result<Self, String> {
        let side =
            |n: usize| u16::try_from(n).map_err(|_| "it is larger than 65535 a side".to_owned());
        let (width, height) = (side(picture.width())?, side(picture.height())?);
        Ok(Self { rgba: picture.to_rgba8(), width, height })
    }

    fn encode(&self, style: Style) -> Result<Vec<u8>, String> {
        let mut bytes = Vec::new();
        let mut encoder = Encoder::new(&mut bytes, style.quality);
        encoder.set_sampling_factor(style.sampling);
        encoder.set_chroma_subsampling_method(ChromaSubsamplingMethod::Average);
        encoder
            .encode(&self.rgba, self.width, self.height, ColorType::Rgba)
            .map_err(|err| err.to_string())?;
        Ok(bytes)
    }
}

/// The file of `picture` at the best quality.
pub(super) fn encode(picture: &Picture) -> Result<Vec<u8>, String> {
    Pixels::of(picture)?.encode(Style::full(BEST))
}

/// What a platform makes of `picture`: lower quality, chroma at half resolution both ways.
pub(super) fn encode_as_platforms_do(picture: &Picture) -> Result<Vec<u8>, String> {
    let style = Style { quality: PLATFORM, sampling: SamplingFactor::F_2_2 };
    Pixels::of(picture)?.encode(style)
}

/// The file of `picture` with `segments`, at the best quality at which it has at most `max_bytes`, and
/// what that took.
pub(super) fn encode_within(
    picture: &Picture,
    max_bytes: Option<u64>,
    segments: &Segments,
) -> Result<Encoded, String> {
    let pixels = Pixels::of(picture)?;
    let attempt = |quality: u8| {
        let mut file = pixels.encode(Style::full(quality))?;
        segments.put_into(&mut file);
        Ok::<_, String>(file)
    };
    let bytes = attempt(BEST)?;
    let Some(max) = max_bytes.filter(|max| count(bytes.len()) > *max) else {
        return Ok(Encoded { bytes, note: None });
    };
    // Files become smaller with the quality, so that halving finds the best one that fits.
    let (mut low, mut high) = (LEAST, BEST);
    let mut best = None;
    while low < high {
        let quality = low.midpoint(high);
        let bytes = attempt(quality)?;
        if count(bytes.len()) <= max {
            low = quality + 1;
            best = Some((quality, bytes));
        } else {
            high = quality;
        }
    }
    let max = grouped(max);
    if let Some((quality, bytes)) = best {
        let note = format!("JPEG quality {quality}, to stay within {max} bytes");
        return Ok(Encoded { bytes, note: Some(note) });
    }
    let bytes = attempt(LEAST)?;
    let n_bytes = grouped(count(bytes.len()));
    let note = format!(
        "JPEG quality {LEAST} still takes {n_bytes} bytes, over the platform's limit of {max}; the \
         platform may refuse it or compress it again"
    );
    Ok(Encoded { bytes, note: Some(note) })
}
