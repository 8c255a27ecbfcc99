//! How the picture of a TIFF lies in its file: what its samples mean, and in which chunks they are.

use super::{
    super::{DecodeError, Limits, raw::check_size},
    directory::Directory,
};

mod tag {
    pub(super) const SUBFILE_TYPE: u64 = 254;
    pub(super) const WIDTH: u64 = 256;
    pub(super) const HEIGHT: u64 = 257;
    pub(super) const BITS: u64 = 258;
    pub(super) const COMPRESSION: u64 = 259;
    pub(super) const PHOTOMETRIC: u64 = 262;
    pub(super) const FILL_ORDER: u64 = 266;
    pub(super) const STRIP_OFFSETS: u64 = 273;
    pub(super) const SAMPLES: u64 = 277;
    pub(super) const ROWS_PER_STRIP: u64 = 278;
    pub(super) const STRIP_BYTES: u64 = 279;
    pub(super) const PLANAR: u64 = 284;
    pub(super) const PREDICTOR: u64 = 317;
    pub(super) const TILE_WIDTH: u64 = 322;
    pub(super) const TILE_HEIGHT: u64 = 323;
    pub(super) const TILE_OFFSETS: u64 = 324;
    pub(super) const TILE_BYTES: u64 = 325;
    pub(super) const INK_SET: u64 = 332;
    pub(super) const EXTRA_SAMPLES: u64 = 338;
    pub(super) const SAMPLE_FORMAT: u64 = 339;
}

/// How chunks are packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Compression {
    None,
    Lzw,
    Deflate,
    PackBits,
    Jpeg,
}

/// What the colour samples mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Photometric {
    WhiteIsZero,
    BlackIsZero,
    Rgb,
    Palette,
    Cmyk,
    /// Only inside of JPEG data, whose decoder makes RGB of it.
    YCbCr,
}

impl Photometric {
    /// Samples of colour a pixel.
    pub(super) const fn n_colors(self) -> usize {
        match self {
            Self::WhiteIsZero | Self::BlackIsZero | Self::Palette => 1,
            Self::Rgb | Self::YCbCr => 3,
            Self::Cmyk => 4,
        }
    }
}

/// What becomes of a sample that is no colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Alpha {
    None,
    /// The number of the sample; colours are as they are.
    Straight(usize),
    /// The number of the sample; colours are stored multiplied by it.
    Associated(usize),
}

/// A part of the picture that is packed by itself.
pub(super) struct Chunk {
    /// Its first column and row in the picture.
    pub x: usize,
    pub y: usize,
    /// Rows that are stored, and the columns and rows of the picture that it holds.
    pub n_stored_rows: usize,
    pub width: usize,
    pub height: usize,
    /// The plane it belongs to: the number of its only sample, or 0 where all lie together.
    pub plane: usize,
    pub offset: usize,
    /// `None` where the file does not say.
    pub n_bytes: Option<usize>,
}

/// How the picture lies in its file.
#[derive(Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a tag of the file")]
pub(super) struct Layout {
    pub width: usize,
    pub height: usize,
    pub bits: usize,
    /// Samples a pixel.
    pub n_samples: usize,
    pub is_planar: bool,
    pub photometric: Photometric,
    pub alpha: Alpha,
    /// Whether there are samples whose meaning is not stated.
    pub has_unknown_samples: bool,
    pub compression: Compression,
    pub has_predictor: bool,
    pub is_bit_reversed: bool,
    pub chunk_width: usize,
    chunk_height: usize,
    is_tiled: bool,
    offsets: Vec<u64>,
    byte_counts: Vec<u64>,
}

/// The most samples a pixel may have.
const MAX_SAMPLES: usize = 32;
/// What a chunk may unpack to: so much, and so much more for each pixel of the picture.
const CHUNK_BYTES: usize = 64 << 20;
const CHUNK_BYTES_A_PIXEL: usize = 16;

fn unsupported(what: impl std::fmt::Display) -> DecodeError {
    DecodeError::Unsupported(format!("this kind of TIFF ({what})"))
}

fn lacks(what: &str) -> DecodeError {
    DecodeError::Damaged(format!("it does not say {what}"))
}

/// Whether a directory holds a picture of its own, and no smaller copy or mask of another.
pub(super) fn is_full_picture(directory: &Directory<'_>) -> bool {
    directory.number(tag::SUBFILE_TYPE).unwrap_or(0) & 0b101 == 0
}

impl Layout {
    /// Reads and checks what the directory says.
    ///
    /// # Errors
    /// [`DecodeError::TooLarge`], [`DecodeError::Unsupported`], and [`DecodeError::Damaged`] when
    /// something needed is not said.
    pub(super) fn of(directory: &Directory<'_>, limits: Limits) -> Result<Self, DecodeError> {
        let side = |tag| directory.number(tag).and_then(|side| u32::try_from(side).ok());
        let size = side(tag::WIDTH).zip(side(tag::HEIGHT)).ok_or_else(|| lacks("its size"))?;
        check_size(size.0, size.1, limits)?;
        let photometric = photometric(directory)?;
        let compression = compression(directory, photometric)?;
        let bits = bits(directory)?;
        let n_samples = n_samples(directory, photometric)?;
        if (compression == Compression::Jpeg && bits != 8)
            || (photometric == Photometric::Palette && bits > 8)
        {
            return Err(unsupported(format_args!("{bits} bits of it")));
        }
        let (alpha, has_unknown_samples) = extra(directory, photometric);
        let has_predictor = match directory.number(tag::PREDICTOR).unwrap_or(1) {
            1 => false,
            // Without a compression that gains by it the tag says nothing.
            2 if !matches!(compression, Compression::Lzw | Compression::Deflate) => false,
            2 if matches!(bits, 8 | 16) => true,
            other => return Err(unsupported(format_args!("predictor {other}"))),
        };
        let is_tiled = directory.number(tag::TILE_OFFSETS).is_some();
        let (chunk_width, chunk_height) = if is_tiled {
            let tile = side(tag::TILE_WIDTH).zip(side(tag::TILE_HEIGHT));
            let tile = tile.ok_or_else(|| lacks("how large its tiles are"))?;
            check_size(tile.0, tile.1, limits)?;
            tile
        } else {
            (size.0, side(tag::ROWS_PER_STRIP).unwrap_or(size.1).clamp(1, size.1))
        };
        let chunks = if is_tiled {
            [tag::TILE_OFFSETS, tag::TILE_BYTES]
        } else {
            [tag::STRIP_OFFSETS, tag::STRIP_BYTES]
        };
        let [offsets, byte_counts] = chunks.map(|tag| directory.numbers(tag).unwrap_or_default());
        let layout = Self {
            width: size.0 as usize,
            height: size.1 as usize,
            bits,
            n_samples,
            is_planar: n_samples > 1 && directory.number(tag::PLANAR) == Some(2),
            photometric,
            alpha,
            has_unknown_samples,
            compression,
            has_predictor,
            is_bit_reversed: directory.number(tag::FILL_ORDER) == Some(2),
            chunk_width: chunk_width as usize,
            chunk_height: chunk_height as usize,
            is_tiled,
            offsets,
            byte_counts,
        };
        // A file of a few bytes must not be able to ask for all of the memory.
        let n_bytes = layout.row_bytes() * layout.chunk_height;
        if n_bytes > CHUNK_BYTES + CHUNK_BYTES_A_PIXEL * layout.width * layout.height {
            return Err(DecodeError::Damaged("its tiles are far larger than the picture".into()));
        }
        Ok(layout)
    }

    /// Samples that lie side by side for each pixel of a chunk.
    pub(super) const fn n_chunk_samples(&self) -> usize {
        if self.is_planar { 1 } else { self.n_samples }
    }

    /// Bytes of one unpacked row of a chunk.
    pub(super) const fn row_bytes(&self) -> usize {
        (self.chunk_width * self.n_chunk_samples() * self.bits).div_ceil(8)
    }

    /// Chunks across and down.
    const fn grid(&self) -> (usize, usize) {
        (self.width.div_ceil(self.chunk_width), self.height.div_ceil(self.chunk_height))
    }

    /// How many chunks there are: plane by plane and row by row.
    ///
    /// # Errors
    /// [`DecodeError::Damaged`] when the file names fewer.
    pub(super) fn n_chunks(&self) -> Result<usize, DecodeError> {
        let (n_across, n_down) = self.grid();
        let n = n_across * n_down * if self.is_planar { self.n_samples } else { 1 };
        if self.offsets.len() < n { Err(lacks("where all of its pixels are")) } else { Ok(n) }
    }

    /// A chunk by its number.
    ///
    /// # Errors
    /// [`DecodeError::Truncated`] when it lies beyond any file.
    pub(super) fn chunk(&self, idx: usize) -> Result<Chunk, DecodeError> {
        let (n_across, n_down) = self.grid();
        let (x, y) =
            (idx % n_across * self.chunk_width, idx / n_across % n_down * self.chunk_height);
        let height = self.chunk_height.min(self.height - y);
        let number = |number: &u64| usize::try_from(*number).map_err(|_| DecodeError::Truncated);
        let n_bytes = self.byte_counts.get(idx).map(number).transpose()?;
        Ok(Chunk {
            x,
            y,
            n_stored_rows: if self.is_tiled { self.chunk_height } else { height },
            width: self.chunk_width.min(self.width - x),
            height,
            plane: idx / (n_across * n_down),
            offset: self.offsets.get(idx).map_or(Err(DecodeError::Truncated), number)?,
            // Some programs leave it out.
            n_bytes: n_bytes.filter(|n_bytes| *n_bytes > 0),
        })
    }
}

fn n_samples(directory: &Directory<'_>, photometric: Photometric) -> Result<usize, DecodeError> {
    let n_samples = usize::try_from(directory.number(tag::SAMPLES).unwrap_or(1));
    match n_samples.unwrap_or(usize::MAX) {
        n if n < photometric.n_colors() => Err(lacks("enough samples for its colours")),
        n if n > MAX_SAMPLES => Err(unsupported(format_args!("of {n} channels"))),
        n => Ok(n),
    }
}

fn photometric(directory: &Directory<'_>) -> Result<Photometric, DecodeError> {
    match directory.number(tag::PHOTOMETRIC) {
        Some(0) => Ok(Photometric::WhiteIsZero),
        Some(1) => Ok(Photometric::BlackIsZero),
        Some(2) => Ok(Photometric::Rgb),
        Some(3) => Ok(Photometric::Palette),
        Some(5) if directory.number(tag::INK_SET).unwrap_or(1) == 1 => Ok(Photometric::Cmyk),
        Some(5) => Err(unsupported("inks other than four")),
        Some(6) => Ok(Photometric::YCbCr),
        Some(8..=10) => Err(unsupported("L*a*b* colours")),
        Some(32_803 | 34_892) => Err(unsupported("a camera's raw data")),
        Some(other) => Err(unsupported(format_args!("photometric interpretation {other}"))),
        None => Err(lacks("what its samples mean")),
    }
}

fn compression(
    directory: &Directory<'_>,
    photometric: Photometric,
) -> Result<Compression, DecodeError> {
    let compression = match directory.number(tag::COMPRESSION).unwrap_or(1) {
        1 => Compression::None,
        5 => Compression::Lzw,
        7 => Compression::Jpeg,
        8 | 32_946 => Compression::Deflate,
        32_773 => Compression::PackBits,
        2..=4 => return Err(unsupported("fax compression")),
        6 => return Err(unsupported("JPEG of the old form")),
        34_925 => return Err(unsupported("LZMA compression")),
        50_000 => return Err(unsupported("Zstandard compression")),
        50_001 => return Err(unsupported("WebP compression")),
        other => return Err(unsupported(format_args!("compression {other}"))),
    };
    if photometric == Photometric::YCbCr && compression != Compression::Jpeg {
        return Err(unsupported("YCbCr colours without JPEG"));
    }
    Ok(compression)
}

/// Bits a sample: 1 to 16, the same for all of them.
fn bits(directory: &Directory<'_>) -> Result<usize, DecodeError> {
    match directory.number(tag::SAMPLE_FORMAT).unwrap_or(1) {
        1 | 4 => (),
        3 => return Err(DecodeError::Unsupported("a TIFF of floating-point pixels".into())),
        other => return Err(unsupported(format_args!("sample format {other}"))),
    }
    let bits = directory.numbers(tag::BITS).unwrap_or_else(|| vec![1]);
    match bits.as_slice() {
        [first, rest @ ..] if rest.iter().any(|bits| bits != first) => {
            Err(unsupported("samples of different depths"))
        }
        [bits @ 1..=16, ..] => Ok(usize::try_from(*bits).unwrap_or(16)),
        [bits, ..] => Err(unsupported(format_args!("{bits} bits a sample"))),
        [] => Err(lacks("how many bits a sample has")),
    }
}

/// Which sample is the alpha, and whether others are left whose meaning is not stated.
fn extra(directory: &Directory<'_>, photometric: Photometric) -> (Alpha, bool) {
    let kinds = directory.numbers(tag::EXTRA_SAMPLES).unwrap_or_default();
    let n_colors = photometric.n_colors();
    let n_samples = directory.number(tag::SAMPLES).unwrap_or(1);
    let n_extra = usize::try_from(n_samples).unwrap_or(0).saturating_sub(n_colors);
    let alpha = kinds.iter().take(n_extra).position(|kind| matches!(kind, 1 | 2));
    match alpha.map(|idx| (idx + n_colors, kinds[idx])) {
        _ if photometric == Photometric::Cmyk => (Alpha::None, n_extra > 0),
        Some((sample, 1)) => (Alpha::Associated(sample), n_extra > 1),
        Some((sample, _)) => (Alpha::Straight(sample), n_extra > 1),
        None => (Alpha::None, n_extra > 0),
    }
}
