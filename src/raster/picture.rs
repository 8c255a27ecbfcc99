//! Decoded pictures.

use std::sync::OnceLock;

use rayon::iter::ParallelIterator as _;

use super::{
    places::Area,
    pyramid::{halved, halved_texels_within},
};

/// The pixels of a picture, row by row from the top left, encoded sRGB with straight alpha.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pixels {
    /// Red, green, blue, alpha at 8 bits a channel.
    Rgba8(Vec<[u8; 4]>),
    /// Red, green, blue, alpha at 16 bits a channel.
    Rgba16(Vec<[u16; 4]>),
}

impl Pixels {
    fn len(&self) -> usize {
        match self {
            Self::Rgba8(pixels) => pixels.len(),
            Self::Rgba16(pixels) => pixels.len(),
        }
    }

    fn is_opaque(&self) -> bool {
        match self {
            Self::Rgba8(pixels) => is_opaque(pixels, u8::MAX),
            Self::Rgba16(pixels) => is_opaque(pixels, u16::MAX),
        }
    }
}

/// Whether every pixel's alpha is full; asked of many at once, which is faster.
fn is_opaque<Code: Copy + Ord>(pixels: &[[Code; 4]], full: Code) -> bool {
    const MANY: usize = 1 << 10;
    let least = |many: &[[Code; 4]]| many.iter().fold(full, |least, pixel| least.min(pixel[3]));
    pixels.chunks(MANY).all(|many| least(many) == full)
}

/// Red, green and blue of a row, packed. Four bytes are written for three, which is faster: the next
/// pixel goes over the fourth.
fn pack_rgb(row: &[[u8; 4]], packed: &mut [u8]) {
    let Some(([r, g, b, _], others)) = row.split_last() else { return };
    for (idx, texel) in others.iter().enumerate() {
        packed[3 * idx..3 * idx + 4].copy_from_slice(texel);
    }
    packed[3 * others.len()..].copy_from_slice(&[*r, *g, *b]);
}

/// A decoded picture; never empty. It carries its mip pyramid: each level is the half of the one
/// before, made when it is first asked for.
#[derive(Clone, Debug)]
pub struct Picture {
    width: usize,
    height: usize,
    pixels: Pixels,
    is_opaque: bool,
    half: OnceLock<Box<Picture>>,
    /// The half as far as the first view of it needs it.
    part: OnceLock<(Area, Vec<[u8; 4]>)>,
}

/// A part of the half larger than this share of it is not worth being made alone.
const MOST_OF_HALF: usize = 4;
const IN_ALL: usize = 5;

impl PartialEq for Picture {
    /// Whether size and pixels are the same.
    fn eq(&self, other: &Self) -> bool {
        (self.width, self.height, &self.pixels) == (other.width, other.height, &other.pixels)
    }
}

impl Eq for Picture {}

impl Picture {
    /// A picture of `width` times `height` pixels; `None` when that is zero or not their number.
    #[must_use]
    pub fn new(width: usize, height: usize, pixels: Pixels) -> Option<Self> {
        let is_opaque = pixels.is_opaque();
        Self::known(width, height, pixels, is_opaque)
    }

    /// The same of pixels of which none is transparent, as whoever has them knows.
    #[must_use]
    pub fn opaque(width: usize, height: usize, pixels: Pixels) -> Option<Self> {
        debug_assert!(pixels.is_opaque());
        Self::known(width, height, pixels, true)
    }

    fn known(width: usize, height: usize, pixels: Pixels, is_opaque: bool) -> Option<Self> {
        let is_sound = width > 0 && height > 0 && width.checked_mul(height) == Some(pixels.len());
        is_sound.then(|| Self {
            width,
            height,
            pixels,
            is_opaque,
            half: OnceLock::new(),
            part: OnceLock::new(),
        })
    }

    /// Width in pixels.
    #[must_use]
    pub const fn width(&self) -> usize {
        self.width
    }

    /// Height in pixels.
    #[must_use]
    pub const fn height(&self) -> usize {
        self.height
    }

    /// The pixels, row by row.
    #[must_use]
    pub const fn pixels(&self) -> &Pixels {
        &self.pixels
    }

    /// Whether no pixel is transparent, not even in part.
    #[must_use]
    pub const fn is_opaque(&self) -> bool {
        self.is_opaque
    }

    /// The picture at half its size, low-passed in linear light, its sides rounded up: position
    /// `(x, y)` of the picture is position `(x / 2, y / 2)` of its half. `None` of a single pixel.
    #[must_use]
    pub fn half(&self) -> Option<&Self> {
        let is_single = self.width == 1 && self.height == 1;
        (!is_single).then(|| &**self.half.get_or_init(|| Box::new(halved(self))))
    }

    /// Pixels of [`Self::half`], of which those in the `needed` area are right; an opaque picture of
    /// 8 bits makes no others for the first view that asks. `None` of other pictures.
    pub(super) fn half_within(&self, needed: &Area) -> Option<&[[u8; 4]]> {
        let Pixels::Rgba8(texels) = &self.pixels else { return None };
        if !self.is_opaque {
            return None;
        }
        let size = self.width.div_ceil(2) * self.height.div_ceil(2);
        if self.half.get().is_none() && IN_ALL * needed.n_pixels() < MOST_OF_HALF * size {
            let make = || (needed.clone(), halved_texels_within(self, texels, needed));
            let (made, texels) = self.part.get_or_init(make);
            if made.holds(needed) {
                return Some(texels);
            }
        }
        match self.half()?.pixels() {
            Pixels::Rgba8(texels) => Some(texels),
            Pixels::Rgba16(_) => None,
        }
    }

    /// Level `n` of the pyramid, halved `n` times; the last level for more than there are.
    #[must_use]
    pub fn level(&self, n: usize) -> &Self {
        let mut level = self;
        for _ in 0..n {
            level = level.half().unwrap_or(level);
        }
        level
    }

    /// The memory that its pixels take, and those of the pyramid as far as it is made.
    #[must_use]
    pub fn n_bytes(&self) -> usize {
        let own = match &self.pixels {
            Pixels::Rgba8(pixels) => size_of_val(pixels.as_slice()),
            Pixels::Rgba16(pixels) => size_of_val(pixels.as_slice()),
        };
        let part = self.part.get().map_or(0, |(made, _)| made.n_pixels() * size_of::<[u8; 4]>());
        own + part + self.half.get().map_or(0, |half| half.n_bytes())
    }

    /// Its memory, to be used again: whatever 8-bit pixels it has.
    #[must_use]
    pub fn into_spare(self) -> Vec<[u8; 4]> {
        match self.pixels {
            Pixels::Rgba8(pixels) => pixels,
            Pixels::Rgba16(_) => Vec::new(),
        }
    }

    /// The pixel in column `x` of row `y`, at 8 bits a channel; `None` outside.
    #[must_use]
    pub fn rgba8_at(&self, x: usize, y: usize) -> Option<[u8; 4]> {
        if x >= self.width || y >= self.height {
            return None;
        }
        let idx = y * self.width + x;
        Some(match &self.pixels {
            Pixels::Rgba8(pixels) => pixels[idx],
            Pixels::Rgba16(pixels) => pixels[idx].map(eight_of_sixteen),
        })
    }

    /// Row `y` as interleaved 8-bit codes: red, green and blue where `packed` has room for three a
    /// pixel, with alpha where it has room for four. 16-bit channels are rounded.
    ///
    /// # Panics
    /// When there is no such row, or no such room.
    pub fn pack_row(&self, y: usize, packed: &mut [u8]) {
        let is_rgb = packed.len() == 3 * self.width;
        match &self.pixels {
            Pixels::Rgba8(pixels) => {
                let row = &pixels[y * self.width..][..self.width];
                if is_rgb {
                    pack_rgb(row, packed);
                } else {
                    packed.copy_from_slice(row.as_flattened());
                }
            }
            Pixels::Rgba16(pixels) => {
                let row = &pixels[y * self.width..][..self.width];
                let n_channels = if is_rgb { 3 } else { 4 };
                for (to, texel) in packed.chunks_exact_mut(n_channels).zip(row) {
                    let codes = texel.map(eight_of_sixteen);
                    to.copy_from_slice(&codes[..n_channels]);
                }
            }
        }
    }

    /// The pixels as interleaved 8-bit RGBA bytes; 16-bit channels are rounded.
    #[must_use]
    pub fn to_rgba8(&self) -> Vec<u8> {
        match &self.pixels {
            Pixels::Rgba8(pixels) => pixels.as_flattened().to_vec(),
            Pixels::Rgba16(pixels) => {
                pixels.as_flattened().iter().map(|code| eight_of_sixteen(*code)).collect()
            }
        }
    }
}

/// So many pixels of one colour. Fresh memory costs more than what is written to it, and each thread
/// asks for its own.
#[must_use]
pub fn plain(pixel: [u8; 4], n_pixels: usize) -> Vec<[u8; 4]> {
    rayon::iter::repeat_n(pixel, n_pixels).collect()
}

/// The 8-bit code nearest to a 16-bit one.
pub(super) fn eight_of_sixteen(code: u16) -> u8 {
    let rounded = (u32::from(code) * 255 + 32_767) / 65_535;
    u8::try_from(rounded).unwrap_or(u8::MAX)
}
