//! A file's own colours to sRGB (IEC 61966-2-1), with relative colorimetric intent and no black
//! point compensation.
//!
//! Profiles and tags made of three curves and a matrix become tables of light by code and one
//! matrix; profiles with look-up tables are interpolated here too. The colour library only reads
//! profiles: its own conversions depend on the processor, and clip before one can know what was
//! lost. The tables are made with `libm` in double precision and pixels go through single-precision
//! sums, so that results are the same on every machine.

mod curve;
mod encode;
mod lut;
mod matrix;
mod profile;
mod shaper;
mod tagged;
#[cfg(test)]
mod tests;

use moxcms::{DataColorSpace, ProfileClass};

use super::raw::{Channels, ColorTag};
use crate::raster::Pixels;
use lut::Table;
use profile::Profile;
use shaper::Shaper;
use tagged::Tagged;

/// What became of the colours.
#[derive(Clone, Debug)]
pub(super) struct Converted {
    /// In sRGB unless a warning says otherwise; alpha is kept, and what had four inks is opaque.
    pub pixels: Pixels,
    /// What the file says its colours are; `None` when it says nothing that makes sense.
    pub description: Option<String>,
    /// Why the colours may be off, or what was lost.
    pub warnings: Vec<String>,
}

/// How to reach linear light of sRGB.
enum Way {
    Shaper(Shaper),
    Table(Table),
}

impl Way {
    /// Converts pixels in place and returns the share of those not invisible that were clipped.
    fn convert(&self, pixels: &mut Pixels) -> f64 {
        match self {
            Self::Shaper(shaper) => shaper.convert(pixels),
            Self::Table(table) => table.convert(pixels),
        }
    }
}

/// Takes pixels to sRGB, in place and at their own depth. Colours that no profile or tag explains
/// are taken for sRGB, inks for ideal ones, both with a warning.
pub(super) fn to_srgb(pixels: Pixels, channels: Channels, tag: &ColorTag) -> Converted {
    match tag {
        ColorTag::Icc(icc) => of_icc(pixels, channels, icc),
        _ if channels == Channels::Cmyk => of_ink(pixels, None, None),
        ColorTag::Unmarked => Converted { pixels, description: None, warnings: Vec::new() },
        ColorTag::Srgb => {
            Converted { pixels, description: Some("sRGB".into()), warnings: Vec::new() }
        }
        ColorTag::Converted { said, clipped } => {
            let description = name_of(said);
            let name = description.as_deref().unwrap_or("its colours");
            let warnings = clipped_words(*clipped, name).into_iter().collect();
            Converted { pixels, description, warnings }
        }
        ColorTag::Cicp { primaries, transfer } => {
            of_tag(pixels, tagged::of_code_points(*primaries, *transfer))
        }
        ColorTag::Gamma { gamma, chromaticities } => {
            of_tag(pixels, tagged::of_gamma(*gamma, *chromaticities))
        }
    }
}

fn of_tag(mut pixels: Pixels, tagged: Tagged) -> Converted {
    let Tagged { shaper, name, source, warning } = tagged;
    let mut warnings: Vec<String> = warning.into_iter().collect();
    if let (Some(shaper), Some(name)) = (shaper, &name) {
        warnings.extend(clipped_words(shaper.convert(&mut pixels), name));
    }
    let description = name.map(|name| format!("{name} ({source})"));
    Converted { pixels, description, warnings }
}

/// What a tag says that colours are; `None` when it says nothing that makes sense.
fn name_of(tag: &ColorTag) -> Option<String> {
    let told = |tagged: Tagged| Some(format!("{} ({})", tagged.name?, tagged.source));
    match tag {
        ColorTag::Unmarked => None,
        ColorTag::Srgb => Some("sRGB".into()),
        ColorTag::Icc(icc) => profile::read(icc).ok().map(|profile| profile.name),
        ColorTag::Cicp { primaries, transfer } => {
            told(tagged::of_code_points(*primaries, *transfer))
        }
        ColorTag::Gamma { gamma, chromaticities } => {
            told(tagged::of_gamma(*gamma, *chromaticities))
        }
        ColorTag::Converted { said, .. } => name_of(said),
    }
}

fn of_icc(mut pixels: Pixels, channels: Channels, icc: &[u8]) -> Converted {
    let profile = match profile::read(icc) {
        Ok(profile) => profile,
        Err(why) => return left(pixels, channels, None, why),
    };
    match way_of(&profile, &pixels, channels) {
        Ok((way, warning)) => {
            let mut warnings: Vec<String> = warning.into_iter().collect();
            warnings.extend(clipped_words(way.convert(&mut pixels), &profile.name));
            Converted { pixels, description: Some(profile.name), warnings }
        }
        Err(why) => left(pixels, channels, Some(profile.name), why),
    }
}

/// How to apply a profile to pixels of these channels, and what to say of it.
///
/// A profile of red, green and blue may be applied to greys, and one for grey to pixels that are
/// all grey. Where a profile states by code points that it is a HDR one (PQ or HLG), they count and
/// not its curves, whose scale is a display's.
fn way_of(
    profile: &Profile,
    pixels: &Pixels,
    channels: Channels,
) -> Result<(Way, Option<String>), &'static str> {
    let mismatch = "is made for other channels than the picture's";
    let n_channels = match (profile.data.color_space, channels) {
        (DataColorSpace::Cmyk, Channels::Cmyk) => 4,
        (DataColorSpace::Rgb, Channels::Rgb | Channels::Grey) => 3,
        (DataColorSpace::Gray, Channels::Grey) => 1,
        (DataColorSpace::Gray, Channels::Rgb) if is_grey(pixels) => 1,
        _ => return Err(mismatch),
    };
    let data = &profile.data;
    if matches!(
        data.profile_class,
        ProfileClass::DeviceLink | ProfileClass::Abstract | ProfileClass::Named
    ) {
        return Err("does not describe a device");
    }
    if let Some((primaries, transfer @ (16 | 18))) = profile.code_points
        && n_channels == 3
        && let Tagged { shaper: Some(shaper), warning, .. } =
            tagged::of_code_points(primaries, transfer)
    {
        return Ok((Way::Shaper(shaper), warning));
    }
    let table = Table::of_profile(data).filter(|table| table.n_channels() == n_channels);
    let shaper = match n_channels {
        _ if table.is_some() => None,
        1 => Shaper::of_grey(data),
        3 => Shaper::of_profile(data),
        _ => None,
    };
    let way = table.map(Way::Table).or(shaper.map(Way::Shaper));
    way.map(|way| (way, None)).ok_or("lacks what is needed to apply it")
}

/// Whether red, green and blue are the same in every pixel.
fn is_grey(pixels: &Pixels) -> bool {
    match pixels {
        Pixels::Rgba8(pixels) => pixels.iter().all(|[r, g, b, _]| r == g && g == b),
        Pixels::Rgba16(pixels) => pixels.iter().all(|[r, g, b, _]| r == g && g == b),
    }
}

/// Pixels whose profile could not be applied.
fn left(pixels: Pixels, channels: Channels, name: Option<String>, why: &str) -> Converted {
    let called = name.as_ref().map_or(String::new(), |name| format!(" ({name})"));
    let warning = format!("its colour profile{called} {why}");
    if channels == Channels::Cmyk {
        return of_ink(pixels, name, Some(warning));
    }
    let warnings = vec![format!("{warning}: the colours are taken for sRGB")];
    Converted { pixels, description: name, warnings }
}

/// Inks without a profile: each takes its share of a primary away, and black of all.
fn of_ink(mut pixels: Pixels, description: Option<String>, warning: Option<String>) -> Converted {
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
    let approximate = "its four inks were converted without a usable colour profile: colours are \
                       approximate";
    let warnings = warning.into_iter().chain([approximate.to_owned()]).collect();
    Converted { pixels, description, warnings }
}

/// What was lost; `None` when nothing was.
fn clipped_words(share: f64, name: &str) -> Option<String> {
    if share <= 0.0 {
        return None;
    }
    let percent = 100.0 * share;
    let amount =
        if percent < 0.1 { "less than 0.1 %".to_owned() } else { format!("{percent:.1} %") };
    Some(format!(
        "{amount} of its pixels lie outside sRGB and were clipped by the conversion ({name})"
    ))
}
