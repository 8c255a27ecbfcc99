//! Embedded ICC profiles: pixels to sRGB with relative colorimetric intent.

use moxcms::{ColorProfile, Layout, ProfileText, RenderingIntent, TransformOptions};

use super::raw::{Channels, ColorTag};
use crate::raster::Pixels;

/// What became of an embedded profile.
pub(super) struct Converted {
    pub pixels: Pixels,
    pub description: Option<String>,
    pub warnings: Vec<String>,
}

pub(super) fn to_srgb(pixels: Pixels, channels: Channels, tag: &ColorTag) -> Converted {
    let _ = channels;
    let ColorTag::Icc(icc) = tag else {
        return Converted { pixels, description: None, warnings: Vec::new() };
    };
    let Ok(profile) = ColorProfile::new_from_slice(icc) else {
        return Converted {
            pixels,
            description: Some("unreadable profile".into()),
            warnings: vec!["the embedded colour profile cannot be read: shown as sRGB".into()],
        };
    };
    let description = describe(&profile);
    let pixels = transform(&pixels, &profile).unwrap_or(pixels);
    Converted { pixels, description: Some(description), warnings: Vec::new() }
}

fn transform(pixels: &Pixels, profile: &ColorProfile) -> Result<Pixels, moxcms::CmsError> {
    let srgb = ColorProfile::new_srgb();
    let options = TransformOptions {
        rendering_intent: RenderingIntent::RelativeColorimetric,
        ..TransformOptions::default()
    };
    match pixels {
        Pixels::Rgba8(pixels) => {
            let to_srgb =
                profile.create_transform_8bit(Layout::Rgba, &srgb, Layout::Rgba, options)?;
            let mut out = vec![[0; 4]; pixels.len()];
            to_srgb.transform(pixels.as_flattened(), out.as_flattened_mut())?;
            Ok(Pixels::Rgba8(out))
        }
        Pixels::Rgba16(pixels) => {
            let to_srgb =
                profile.create_transform_16bit(Layout::Rgba, &srgb, Layout::Rgba, options)?;
            let mut out = vec![[0; 4]; pixels.len()];
            to_srgb.transform(pixels.as_flattened(), out.as_flattened_mut())?;
            Ok(Pixels::Rgba16(out))
        }
    }
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
