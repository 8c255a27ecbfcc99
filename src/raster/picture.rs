//! Decoded pictures.

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
}

/// A decoded picture; never empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    width: usize,
    height: usize,
    pixels: Pixels,
}

impl Picture {
    /// A picture of `width` times `height` pixels; `None` when that is zero or not their number.
    #[must_use]
    pub fn new(width: usize, height: usize, pixels: Pixels) -> Option<Self> {
        let is_sound = width > 0 && height > 0 && width.checked_mul(height) == Some(pixels.len());
        is_sound.then_some(Self { width, height, pixels })
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

    /// The memory its pixels take.
    #[must_use]
    pub fn n_bytes(&self) -> usize {
        match &self.pixels {
            Pixels::Rgba8(pixels) => size_of_val(pixels.as_slice()),
            Pixels::Rgba16(pixels) => size_of_val(pixels.as_slice()),
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

/// The 8-bit code nearest to a 16-bit one.
fn eight_of_sixteen(code: u16) -> u8 {
    let rounded = (u32::from(code) * 255 + 32_767) / 65_535;
    u8::try_from(rounded).unwrap_or(u8::MAX)
}
