//! What an AVIF says of its colours by code points of ITU-T H.273, in a `colr` box or in the AV1
//! sequence header.

use super::{DecodeError, raw::ColorTag};

/// Code points; 2 is unspecified.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct CodePoints {
    pub primaries: u16,
    pub transfer: u16,
    pub matrix: u16,
    /// Whether numbers use their whole range, and not 219 or 224 of 256 parts of it.
    pub is_full_range: bool,
}

impl CodePoints {
    /// The colours, once the matrix is undone. What is unspecified counts as sRGB's primaries and
    /// curve, as MIAF (ISO/IEC 23000-22) has it: nothing is said where that makes all of it sRGB,
    /// and a warning comes of it where the other half is something else.
    pub(super) fn tag(self) -> ColorTag {
        match (self.primaries, self.transfer) {
            (1, 13) => ColorTag::Srgb,
            (1 | 2, 2) | (2, 13) => ColorTag::Unmarked,
            (primaries, transfer) => {
                let [primaries, transfer] =
                    [primaries, transfer].map(|point| u8::try_from(point).unwrap_or(u8::MAX));
                ColorTag::Cicp { primaries, transfer }
            }
        }
    }
}

/// How red, green and blue become the three planes of a picture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Matrix {
    /// The planes are green, blue and red.
    Identity,
    /// Luma, and how green and how orange it is.
    GreenOrange,
    /// Luma with these shares of red and blue, and the differences of blue and red from it.
    Shares(f32, f32),
}

impl Matrix {
    /// By code point; unspecified is that of BT.601, as MIAF has it.
    ///
    /// # Errors
    /// [`DecodeError::Unsupported`] for one that is reserved or not known here.
    pub(super) fn of(code_point: u16) -> Result<Self, DecodeError> {
        Ok(match code_point {
            0 => Self::Identity,
            1 => Self::Shares(0.2126, 0.0722),
            4 => Self::Shares(0.30, 0.11),
            2 | 5 | 6 => Self::Shares(0.299, 0.114),
            7 => Self::Shares(0.212, 0.087),
            8 => Self::GreenOrange,
            9 => Self::Shares(0.2627, 0.0593),
            other => {
                let what = format!("an AVIF with the matrix coefficients {other}");
                return Err(DecodeError::Unsupported(what));
            }
        })
    }
}
