//! A file's own colours to sRGB, with relative colorimetric intent.
//!
//! Profiles made of three curves and a matrix are evaluated here, in double-precision tables and
//! single-precision sums, so that a profile that is sRGB's own leaves every code as it is and what
//! lies outside of sRGB is known before it is clipped. Profiles with look-up tables go through the
//! colour library to linear light of primaries that hold every real colour (ACES, SMPTE ST 2065-1),
//! and from there the same way.

mod curve;
mod lut;
mod matrix;
mod shaper;
mod tagged;

#[cfg(test)]
mod tests;

use moxcms::{ColorProfile, DataColorSpace, ProfileText};

use super::raw::{Channels, ColorTag};
use crate::raster::Pixels;
use shaper::Shaper;

/// What became of the colours.
pub(super) struct Converted {
    /// In sRGB unless a warning says otherwise; alpha is kept.
    pub pixels: Pixels,
    /// What the file says its colours are; `None` when it says nothing.
    pub description: Option<String>,
    /// Why the colours may be off, or what was lost.
    pub warnings: Vec<String>,
}

/// Larger profiles are not read.
const MAX_PROFILE: usize = 16 << 20;

/// Takes pixels to sRGB.
pub(super) fn to_srgb(pixels: Pixels, channels: Channels, tag: &ColorTag) -> Converted {
    if channels == Channels::Cmyk {
        return of_ink(pixels, tag);
    }
    match tag {
        ColorTag::Unmarked => Converted { pixels, description: None, warnings: Vec::new() },
        ColorTag::Srgb => {
            Converted { pixels, description: Some("sRGB".into()), warnings: Vec::new() }
        }
        ColorTag::Icc(icc) => of_icc(pixels, channels, icc),
        ColorTag::Cicp { primaries, transfer } => {
            let tagged = tagged::of_code_points(*primaries, *transfer);
            with_shaper(pixels, tagged.shaper, tagged.description, tagged.warning)
        }
        ColorTag::Gamma { gamma, chromaticities } => {
            let tagged = tagged::of_gamma(*gamma, *chromaticities);
            with_shaper(pixels, tagged.shaper, tagged.description, tagged.warning)
        }
    }
}

fn with_shaper(
    mut pixels: Pixels,
    shaper: Option<Shaper>,
    description: String,
    warning: Option<String>,
) -> Converted {
    let mut warnings: Vec<String> = warning.into_iter().collect();
    if let Some(shaper) = shaper {
        let share = shaper.convert(&mut pixels);
        warnings.extend(clipped_words(share, &description));
    }
    Converted { pixels, description: Some(description), warnings }
}

/// The profile, if it can be read, or why not.
fn read_profile(icc: &[u8]) -> Result<ColorProfile, &'static str> {
    if icc.len() > MAX_PROFILE {
        return Err("is larger than 16 MB");
    }
    ColorProfile::new_from_slice(icc).map_err(|_| "cannot be read")
}

fn of_icc(pixels: Pixels, channels: Channels, icc: &[u8]) -> Converted {
    let unchanged = |pixels, description: &str, why: &str| Converted {
        pixels,
        description: Some(description.to_owned()),
        warnings: vec![format!(
            "its colour profile ({description}) {why}: the colours are taken for sRGB"
        )],
    };
    let profile = match read_profile(icc) {
        Ok(profile) => profile,
        Err(why) => return unchanged(pixels, "unreadable profile", why),
    };
    let description = describe(&profile);
    match (profile.color_space, channels) {
        (DataColorSpace::Gray, Channels::Grey) => match Shaper::of_grey(&profile) {
            Some(shaper) => with_shaper(pixels, Some(shaper), description, None),
            None => unchanged(pixels, &description, "has no curve"),
        },
        (DataColorSpace::Rgb, Channels::Rgb | Channels::Grey) => {
            if !lut::has_table(&profile)
                && let Some(shaper) = Shaper::of_profile(&profile)
            {
                return with_shaper(pixels, Some(shaper), description, None);
            }
            through_table(pixels, &profile, description)
        }
        _ => unchanged(pixels, &description, "is made for other channels than the picture's"),
    }
}

fn through_table(mut pixels: Pixels, profile: &ColorProfile, description: String) -> Converted {
    let warning = match lut::convert(&mut pixels, profile) {
        Ok(share) => clipped_words(share, &description),
        Err(why) => Some(format!(
            "its colour profile ({description}) cannot be applied ({why}): the colours are taken \
             for sRGB"
        )),
    };
    Converted { pixels, description: Some(description), warnings: warning.into_iter().collect() }
}

/// Four inks: through their profile, else as if each took its share of the light.
fn of_ink(mut pixels: Pixels, tag: &ColorTag) -> Converted {
    let profile = match tag {
        ColorTag::Icc(icc) => read_profile(icc).ok(),
        _ => None,
    };
    let description = profile.as_ref().map(describe);
    if let Some(profile) = profile.filter(|profile| profile.color_space == DataColorSpace::Cmyk)
        && let Ok(share) = lut::convert(&mut pixels, &profile)
    {
        let words = clipped_words(share, description.as_deref().unwrap_or_default());
        let warnings = words.into_iter().collect();
        return Converted { pixels, description, warnings };
    }
    match &mut pixels {
        Pixels::Rgba8(pixels) => pixels.iter_mut().for_each(|pixel| {
            let [c, m, y, k] = pixel.map(|ink| u16::from(u8::MAX - ink));
            // At most 255, so that nothing is cut off.
            let [r, g, b] =
                [c, m, y].map(|light| u8::try_from((light * k + 127) / 255).unwrap_or(u8::MAX));
            *pixel = [r, g, b, u8::MAX];
        }),
        Pixels::Rgba16(pixels) => pixels.iter_mut().for_each(|pixel| {
            let [c, m, y, k] = pixel.map(|ink| u32::from(u16::MAX - ink));
            let [r, g, b] = [c, m, y]
                .map(|light| u16::try_from((light * k + 32_767) / 65_535).unwrap_or(u16::MAX));
            *pixel = [r, g, b, u16::MAX];
        }),
    }
    let warning = "its four inks were converted without a usable colour profile: colours are \
                   approximate";
    Converted { pixels, description, warnings: vec![warning.into()] }
}

/// What was lost, when anything was.
fn clipped_words(share: f64, description: &str) -> Option<String> {
    if share <= 0.0 {
        return None;
    }
    let percent = 100.0 * share;
    let amount =
        if percent < 0.1 { "less than 0.1 %".to_owned() } else { format!("{percent:.1} %") };
    Some(format!(
        "{amount} of its pixels lie outside of sRGB and were clipped by the conversion from \
         {description}"
    ))
}

fn describe(profile: &ColorProfile) -> String {
    let text = match &profile.description {
        Some(ProfileText::PlainString(text)) => text.clone(),
        Some(ProfileText::Localizable(texts)) => {
            texts.first().map(|text| text.value.clone()).unwrap_or_default()
        }
        Some(ProfileText::Description(text)) => text.ascii_string.clone(),
        None => String::new(),
    };
    let text = text.trim_matches(['\0', ' ']).to_owned();
    if text.is_empty() { "profile without a name".into() } else { text }
}
