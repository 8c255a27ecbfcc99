//! What the AV1 data of a picture say of themselves: the sequence header (AV1 specification, 5.5).

use super::{DecodeError, avif_colors::CodePoints};

/// Where the numbers of halved chroma lie; see `chroma_sample_position` of the specification.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ChromaPlace {
    /// In the middle of two or four pixels; also where nothing is said.
    Middle,
    /// On the left one of two columns, between two rows.
    Left,
    /// On the upper left one of four pixels.
    Corner,
}

/// A sequence header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Sequence {
    /// The most that a picture of the sequence measures, in pixels.
    pub max_size: (u32, u32),
    /// Bits a number: 8, 10 or 12.
    pub bit_depth: u8,
    pub is_grey: bool,
    /// Code point 2 for each where it says nothing.
    pub colors: CodePoints,
    pub chroma_place: ChromaPlace,
}

impl Sequence {
    /// The first sequence header in coded data.
    ///
    /// # Errors
    /// [`DecodeError::Truncated`] when the data end before or within it, [`DecodeError::Damaged`]
    /// for a profile that there is not.
    pub(super) fn of(data: &[u8]) -> Result<Self, DecodeError> {
        let body = header_in(data).ok_or(DecodeError::Truncated)?;
        let mut bits = Bits { data: body, at: 0 };
        let profile = bits.number(3).ok_or(DecodeError::Truncated)?;
        if profile > 2 {
            return Err(DecodeError::Damaged(format!("it names the AV1 profile {profile}")));
        }
        bits.sequence(profile).ok_or(DecodeError::Truncated)
    }
}

/// What is in the first unit that is a sequence header.
fn header_in(mut data: &[u8]) -> Option<&[u8]> {
    const SEQUENCE_HEADER: u8 = 1;
    loop {
        let (head, rest) = data.split_first()?;
        let has_extension = head & 0b100 != 0;
        let has_size = head & 0b10 != 0;
        let mut rest = rest.get(usize::from(has_extension)..)?;
        let length = if has_size { leb128(&mut rest)? } else { rest.len() };
        let (body, after) = rest.split_at_checked(length)?;
        if head >> 3 & 0xF == SEQUENCE_HEADER {
            return Some(body);
        }
        data = after;
    }
}

/// A length of at most 8 bytes with 7 bits each, the lowest first.
fn leb128(data: &mut &[u8]) -> Option<usize> {
    let mut length = 0;
    for n_before in 0..8 {
        let (byte, rest) = data.split_first()?;
        *data = rest;
        length |= u64::from(byte & 0x7F) << (7 * n_before);
        if byte & 0x80 == 0 {
            return usize::try_from(length).ok();
        }
    }
    None
}

/// Bits taken from the front, the highest first; nothing where there are not enough.
struct Bits<'a> {
    data: &'a [u8],
    /// In bits.
    at: usize,
}

impl Bits<'_> {
    /// A number of 0 to 32 bits.
    fn number(&mut self, n_bits: u32) -> Option<u32> {
        let mut number = 0;
        for _ in 0..n_bits {
            let byte = self.data.get(self.at / 8)?;
            number = number << 1 | u32::from(byte >> (7 - self.at % 8) & 1);
            self.at += 1;
        }
        Some(number)
    }

    fn is_set(&mut self) -> Option<bool> {
        self.number(1).map(|bit| bit == 1)
    }

    fn skip(&mut self, n_bits: u32) -> Option<()> {
        self.number(n_bits).map(|_| ())
    }

    /// Skips a number that is preceded by as many zeros as it has bits.
    fn skip_uvlc(&mut self) -> Option<()> {
        let mut n_bits = 0;
        while !self.is_set()? {
            n_bits += 1;
        }
        // From 32 zeros on nothing follows them.
        if n_bits < 32 { self.skip(n_bits) } else { Some(()) }
    }

    /// The header from behind its profile.
    fn sequence(&mut self, profile: u32) -> Option<Sequence> {
        self.skip(1)?;
        let is_reduced = self.is_set()?;
        if is_reduced {
            self.skip(5)?;
        } else {
            self.skip_operating_points()?;
        }
        let (n_width, n_height) = (self.number(4)? + 1, self.number(4)? + 1);
        let max_size =
            (self.number(n_width)?.saturating_add(1), self.number(n_height)?.saturating_add(1));
        if !is_reduced && self.is_set()? {
            self.skip(7)?;
        }
        self.skip(3)?;
        if !is_reduced {
            self.skip_tools()?;
        }
        self.skip(3)?;
        self.colors(profile, max_size)
    }

    fn skip_operating_points(&mut self) -> Option<()> {
        let mut n_delay = None;
        if self.is_set()? {
            self.skip(32)?;
            self.skip(32)?;
            if self.is_set()? {
                self.skip_uvlc()?;
            }
            if self.is_set()? {
                n_delay = Some(self.number(5)? + 1);
                self.skip(32)?;
                self.skip(10)?;
            }
        }
        let has_display_delay = self.is_set()?;
        for _ in 0..=self.number(5)? {
            self.skip(12)?;
            if self.number(5)? > 7 {
                self.skip(1)?;
            }
            if let Some(n_delay) = n_delay
                && self.is_set()?
            {
                self.skip(n_delay)?;
                self.skip(n_delay)?;
                self.skip(1)?;
            }
            if has_display_delay && self.is_set()? {
                self.skip(4)?;
            }
        }
        Some(())
    }

    /// Skips which tools are in use.
    fn skip_tools(&mut self) -> Option<()> {
        self.skip(4)?;
        let has_order = self.is_set()?;
        if has_order {
            self.skip(2)?;
        }
        // A set bit leaves the choice to each frame.
        let may_be_screen = self.is_set()? || self.is_set()?;
        if may_be_screen && !self.is_set()? {
            self.skip(1)?;
        }
        if has_order {
            self.skip(3)?;
        }
        Some(())
    }

    fn colors(&mut self, profile: u32, max_size: (u32, u32)) -> Option<Sequence> {
        let is_deep = self.is_set()?;
        let bit_depth = match is_deep {
            true if profile == 2 && self.is_set()? => 12,
            true => 10,
            false => 8,
        };
        let is_grey = profile != 1 && self.is_set()?;
        let is_described = self.is_set()?;
        let mut points = [2; 3];
        if is_described {
            for point in &mut points {
                *point = u16::try_from(self.number(8)?).ok()?;
            }
        }
        let [primaries, transfer, matrix] = points;
        let is_plain_srgb = !is_grey && points == [1, 13, 0];
        let is_full_range = is_plain_srgb || self.is_set()?;
        let is_halved = match profile {
            _ if is_grey || is_plain_srgb => false,
            0 => true,
            2 if bit_depth == 12 => self.is_set()? && self.is_set()?,
            _ => false,
        };
        let chroma_place = match if is_halved { self.number(2)? } else { 0 } {
            1 => ChromaPlace::Left,
            2 => ChromaPlace::Corner,
            _ => ChromaPlace::Middle,
        };
        let colors = CodePoints { primaries, transfer, matrix, is_full_range };
        Some(Sequence { max_size, bit_depth, is_grey, colors, chroma_place })
    }
}
