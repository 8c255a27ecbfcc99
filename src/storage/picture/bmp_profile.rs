//! The colours that the fifth header of a BMP names; the library that reads the pixels passes them
//! over.

use super::raw::ColorTag;

/// Where the header begins, and how long one is that may hold a profile.
const HEADER: usize = 14;
const FIFTH_HEADER: u32 = 124;
/// Offsets in that header.
const COLOR_SPACE: usize = 56;
const PROFILE_OFFSET: usize = 112;
const PROFILE_BYTES: usize = 116;

/// The colours, or why they are not known where the file points to a profile that it does not hold.
pub(super) fn color_of(file: &[u8]) -> Result<ColorTag, &'static str> {
    let number = |at: usize| {
        let bytes = file.get(HEADER + at..)?.first_chunk()?;
        Some(u32::from_le_bytes(*bytes))
    };
    if number(0).is_none_or(|length| length < FIFTH_HEADER) {
        return Ok(ColorTag::Unmarked);
    }
    match number(COLOR_SPACE).map(u32::to_be_bytes).as_ref() {
        Some(b"sRGB") => Ok(ColorTag::Srgb),
        Some(b"MBED") => {
            let place = number(PROFILE_OFFSET).zip(number(PROFILE_BYTES));
            let profile = place.and_then(|(offset, length)| {
                file.get(HEADER + offset as usize..)?.get(..length as usize)
            });
            profile.map(|icc| ColorTag::Icc(icc.to_vec())).ok_or(
                "its colour profile lies outside of the file: the colours are taken for sRGB",
            )
        }
        Some(b"LINK") => Err(
            "its colour profile is another file, which is not read: the colours are taken for sRGB",
        ),
        _ => Ok(ColorTag::Unmarked),
    }
}
