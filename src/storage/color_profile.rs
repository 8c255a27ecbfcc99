//! Embedded ICC profiles: pixels to sRGB with relative colorimetric intent.

use moxcms::{
    ColorProfile, DataColorSpace, Layout, ProfileText, RenderingIntent, TransformOptions,
};

use crate::raster::Pixels;

/// What became of an embedded profile.
pub(super) struct Converted {
    /// The pixels, in sRGB unless there is a warning.
    pub pixels: Pixels,
    /// The profile's own description.
    pub description: String,
    /// Why the colours may be off, if they may.
    pub warning: Option<String>,
}

/// Takes `pixels` from the colour space of the ICC profile `icc` to sRGB. Alpha is kept. A profile
/// that cannot be used leaves them as they are, with a warning.
pub(super) fn to_srgb(pixels: Pixels, icc: &[u8]) -> Converted {
    let Ok(profile) = ColorProfile::new_from_slice(icc) else {
        return Converted {
            pixels,
            description: "unreadable profile".into(),
            warning: Some("the embedded colour profile cannot be read: shown as sRGB".into()),
        };
    };
    let description = describe(&profile);
    if profile.color_space != DataColorSpace::Rgb {
        let warning = Some(format!(
            "the embedded colour profile ({description}) is not an RGB one and was not applied: \
             colours are approximate"
        ));
        return Converted { pixels, description, warning };
    }
    match transform(&pixels, &profile) {
        Ok(converted) => Converted { pixels: converted, description, warning: None },
        Err(err) => Converted {
            pixels,
            warning: Some(format!(
                "the embedded colour profile ({description}) cannot be applied ({err}): \
                 shown as sRGB"
            )),
            description,
        },
    }
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
