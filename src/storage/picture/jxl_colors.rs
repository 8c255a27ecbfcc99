//! What the colours of a decoded JPEG XL are.

use jxl_oxide::{
    ColorEncodingWithProfile, EnumColourEncoding, JxlImage, RenderingIntent,
    color::{ColourEncoding, ColourSpace, Primaries, TransferFunction, WhitePoint},
};

use moxcms::{ColorProfile, LocalizableString, ProfileText};

use super::{DecodeError, raw::ColorTag};

/// What the colours are, and how to get them.
pub(super) struct Colors {
    /// What the file says they are.
    pub said: ColorTag,
    /// What the decoder must be asked for; `None` when it gives what the file says.
    pub rendered: Option<Rendered>,
}

/// What the decoder is asked to turn colours into.
pub(super) struct Rendered {
    pub encoding: EnumColourEncoding,
    /// Whether colours may lie outside of that, and are to be counted.
    pub is_counted: bool,
}

/// What the colours are: those named in the header, or those of the profile.
///
/// Colours that the file keeps apart from any device (XYB, in lossy pictures) are asked for in
/// sRGB, unless they are those of a HDR picture: on the way to any other space the decoder moves
/// what lies outside of sRGB into it, and says nothing.
///
/// # Errors
/// [`DecodeError::Unsupported`] for pictures that shall stay in XYB, [`DecodeError::Damaged`] for
/// a profile that is missing.
pub(super) fn colors_of(image: &JxlImage) -> Result<Colors, DecodeError> {
    let metadata = &image.image_header().metadata;
    let named = match &metadata.colour_encoding {
        ColourEncoding::Enum(encoding) => Some(encoding.clone()),
        ColourEncoding::IccProfile(_) => None,
    };
    let icc = image.original_icc().unwrap_or_default();
    let said = match &named {
        Some(encoding) => tag_of(encoding, image)?,
        None if icc.is_empty() => {
            return Err(DecodeError::Damaged("its colour profile is missing".into()));
        }
        None => ColorTag::Icc(icc.to_vec()),
    };
    if !metadata.xyb_encoded || said == ColorTag::Srgb {
        return Ok(Colors { said, rendered: None });
    }
    // What the decoder makes of a profile, where it can name it.
    let known = named.or_else(|| match ColorEncodingWithProfile::with_icc(icc).ok()?.encoding() {
        ColourEncoding::Enum(encoding) => Some(encoding.clone()),
        ColourEncoding::IccProfile(_) => None,
    });
    if let Some(encoding) = known.as_ref().filter(|encoding| encoding.is_hdr()) {
        return Ok(Colors { said: tag_of(encoding, image)?, rendered: None });
    }
    let intent = RenderingIntent::Relative;
    let encoding = if metadata.grayscale() {
        EnumColourEncoding::gray_srgb(intent)
    } else {
        EnumColourEncoding::srgb(intent)
    };
    let is_within = known.is_some_and(|encoding| encoding.is_srgb_gamut());
    let is_counted = !metadata.grayscale() && !is_within;
    Ok(Colors { said, rendered: Some(Rendered { encoding, is_counted }) })
}

/// Named colours as code points; as a profile where no code points mean the same.
fn tag_of(encoding: &EnumColourEncoding, image: &JxlImage) -> Result<ColorTag, DecodeError> {
    let unspecified = ColorTag::Cicp { primaries: 2, transfer: 2 };
    let primaries = match (encoding.colour_space, encoding.white_point, encoding.primaries) {
        (ColourSpace::Xyb, ..) => {
            return Err(DecodeError::Unsupported("a JPEG XL in XYB colours".into()));
        }
        (ColourSpace::Unknown, ..) => return Ok(unspecified),
        // The white and the primaries of greys do not matter.
        (ColourSpace::Grey, ..) | (_, WhitePoint::D65, Primaries::Srgb) => Some(1),
        (_, WhitePoint::D65, Primaries::Bt2100) => Some(9),
        (_, WhitePoint::Dci, Primaries::P3) => Some(11),
        (_, WhitePoint::D65, Primaries::P3) => Some(12),
        _ => None,
    };
    let transfer = match encoding.tf {
        TransferFunction::Unknown => return Ok(unspecified),
        TransferFunction::Bt709 => Some(1),
        TransferFunction::Linear => Some(8),
        TransferFunction::Srgb => Some(13),
        TransferFunction::Pq => Some(16),
        TransferFunction::Hlg => Some(18),
        TransferFunction::Gamma { .. } | TransferFunction::Dci => None,
    };
    Ok(match (primaries, transfer) {
        (Some(1), Some(13)) => ColorTag::Srgb,
        (Some(primaries), Some(transfer)) => ColorTag::Cicp { primaries, transfer },
        _ => ColorTag::Icc(named_profile(image.rendered_icc(), name_of(encoding))),
    })
}

/// The decoder's profile for named colours under a name that can be read; as it is where the name
/// cannot be set.
fn named_profile(icc: Vec<u8>, name: String) -> Vec<u8> {
    let Ok(mut profile) = ColorProfile::new_from_slice(&icc) else { return icc };
    let text = LocalizableString::new("en".into(), "US".into(), name);
    profile.description = Some(ProfileText::Localizable(vec![text]));
    profile.encode().unwrap_or(icc)
}

/// A name such as "Rec. 709, gamma 2".
fn name_of(encoding: &EnumColourEncoding) -> String {
    let space = match (encoding.colour_space, encoding.primaries) {
        (ColourSpace::Grey, _) => "grey",
        (_, Primaries::Srgb) => "Rec. 709",
        (_, Primaries::Bt2100) => "Rec. 2020",
        (_, Primaries::P3) if encoding.white_point == WhitePoint::Dci => "DCI-P3",
        (_, Primaries::P3) => "P3",
        (_, Primaries::Custom { .. }) => "its own primaries",
    };
    let is_usual = match encoding.white_point {
        WhitePoint::D65 => true,
        WhitePoint::Dci => encoding.primaries == Primaries::P3,
        WhitePoint::E | WhitePoint::Custom(_) => false,
    };
    let white = if is_usual { "" } else { ", its own white" };
    let curve = match encoding.tf {
        TransferFunction::Gamma { g, inverted } => {
            let gamma = f64::from(g.max(1)) / 1e7;
            let gamma = if inverted { 1.0 / gamma } else { gamma };
            format!("gamma {}", (gamma * 100.0).round() / 100.0)
        }
        TransferFunction::Bt709 => "BT.709 curve".into(),
        TransferFunction::Unknown => "an unknown curve".into(),
        TransferFunction::Linear => "linear".into(),
        TransferFunction::Srgb => "sRGB curve".into(),
        TransferFunction::Pq => "PQ".into(),
        TransferFunction::Dci => "gamma 2.6".into(),
        TransferFunction::Hlg => "HLG".into(),
    };
    format!("{space}{white}, {curve}")
}
