//! How a card looks, in files. What says what the usual card has is left out.

use serde::{Deserialize, Serialize};

use super::{Sides, SourceV1};
use crate::{
    document::{
        Brand, CardStyle, CardWords, Corner, Crop, Document, FindingId, FooterFields, Layout,
        LeftOut, LoupeId, Preset, Source, Theme,
    },
    geometry::{Channel, Kernel, Look},
    storage::presets,
};

#[derive(Serialize, Deserialize)]
pub(super) struct CardV1 {
    preset: PresetV1,
    layout: String,
    kernel: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    look: Option<LookV1>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    theme: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    accents: Option<Sides<[u8; 3]>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    crop: Option<CropV1>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    title: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    subtitle: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    remark: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    alt_text: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    brand: Option<BrandV1>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    footer: Option<FooterV1>,
    /// Places in the session's lists, from 0.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    loupes_left_out: Vec<u32>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    findings_left_out: Vec<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    file_pattern: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct LookV1 {
    channel: String,
    exposure: f32,
    contrast: f32,
}

#[derive(Serialize, Deserialize)]
enum CropV1 {
    Face { middle: (f64, f64), size: (f64, f64) },
    Area { middle: (f64, f64), size: (f64, f64) },
}

#[derive(Serialize, Deserialize)]
struct BrandV1 {
    #[serde(default, skip_serializing_if = "String::is_empty")]
    text: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    picture: Option<SourceV1>,
    corner: String,
}

#[derive(Serialize, Deserialize)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "switches that have nothing to do with each other"
)]
struct FooterV1 {
    kinds: bool,
    axis: bool,
    hashes: bool,
    program: bool,
}

#[derive(Serialize, Deserialize)]
pub(in crate::storage) struct PresetV1 {
    name: String,
    width: u32,
    height: u32,
    margin_x: u32,
    margin_y: u32,
    #[serde(default, skip_serializing_if = "is_none")]
    hidden_x: u32,
    #[serde(default, skip_serializing_if = "is_none")]
    hidden_y: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    max_bytes: Option<u64>,
    #[serde(default, skip_serializing_if = "super::is_no")]
    is_native: bool,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "as serde asks for it")]
const fn is_none(value: &u32) -> bool {
    *value == 0
}

/// The value where it is not the usual one.
fn unusual<T: PartialEq>(value: T, usual: &T) -> Option<T> {
    (value != *usual).then_some(value)
}

impl CardV1 {
    pub(super) fn of(document: &Document, path_text: &impl Fn(&Source) -> String) -> Self {
        let (style, usual) = (&document.card, CardStyle::default());
        let place = |idx: usize| u32::try_from(idx).unwrap_or(u32::MAX);
        let loupes = document.loupes.iter().zip(0..);
        let loupes = loupes.filter(|(loupe, _)| style.left_out.loupes.contains(&loupe.id));
        let findings = document.findings.iter().zip(0..);
        let findings = findings.filter(|(of, _)| style.left_out.findings.contains(&of.id));
        Self {
            preset: PresetV1::of(&style.preset),
            layout: style.layout.name().into(),
            kernel: style.kernel.name().into(),
            look: LookV1::of(&style.look),
            theme: unusual(style.theme, &usual.theme).map(|theme| theme.name().into()),
            accents: style.accents.map(Sides::from),
            crop: style.crop.map(CropV1::of),
            title: style.words.title.clone(),
            subtitle: style.words.subtitle.clone(),
            remark: style.words.remark.clone(),
            alt_text: style.words.alt_text.clone(),
            brand: unusual(&style.brand, &&usual.brand).map(|of| BrandV1::of(of, path_text)),
            footer: unusual(style.footer, &usual.footer).map(FooterV1::of),
            loupes_left_out: loupes.map(|(_, idx)| place(idx)).collect(),
            findings_left_out: findings.map(|(_, idx)| place(idx)).collect(),
            file_pattern: unusual(style.file_pattern.clone(), &usual.file_pattern),
        }
    }

    /// The style; `Err` names a value that is not known.
    pub(super) fn into_style(self) -> Result<CardStyle, String> {
        let usual = CardStyle::default();
        let theme = self.theme.map(|name| known(&name, "theme", Theme::from_name)).transpose()?;
        Ok(CardStyle {
            preset: as_known(self.preset.into_preset()),
            layout: known(&self.layout, "layout", Layout::from_name)?,
            kernel: known(&self.kernel, "kernel", |name| {
                Kernel::ALL.into_iter().find(|kernel| kernel.name() == name)
            })?,
            look: self.look.map_or_else(|| Ok(Look::default()), LookV1::into_look)?,
            theme: theme.unwrap_or(usual.theme),
            accents: self.accents.map(Sides::into),
            crop: self.crop.map(CropV1::into_crop),
            words: CardWords {
                title: self.title,
                subtitle: self.subtitle,
                remark: self.remark,
                alt_text: self.alt_text,
            },
            brand: self.brand.map_or_else(|| Ok(Brand::default()), BrandV1::into_brand)?,
            footer: self.footer.map_or(usual.footer, FooterV1::into_fields),
            left_out: LeftOut {
                loupes: self.loupes_left_out.into_iter().map(LoupeId).collect(),
                findings: self.findings_left_out.into_iter().map(FindingId).collect(),
            },
            file_pattern: self.file_pattern.unwrap_or(usual.file_pattern),
        })
    }
}

/// The preset with what is known of the platform where its file is older than that knowledge.
fn as_known(preset: Preset) -> Preset {
    let Some(known) = presets().into_iter().find(|known| known.name == preset.name) else {
        return preset;
    };
    let size = |of: &Preset| (of.width, of.height, of.margin_x, of.margin_y);
    let says_nothing = preset.max_bytes.is_none() && (preset.hidden_x, preset.hidden_y) == (0, 0);
    if says_nothing && size(&known) == size(&preset) {
        return known;
    }
    Preset { max_bytes: preset.max_bytes.or(known.max_bytes), ..preset }
}

/// What is called `name`; `Err` says that nothing is.
fn known<T>(name: &str, what: &str, find: impl Fn(&str) -> Option<T>) -> Result<T, String> {
    find(name).ok_or_else(|| format!("the {what} \"{name}\" is not known"))
}

impl LookV1 {
    fn of(look: &Look) -> Option<Self> {
        let Look { channel, exposure, contrast } = *look;
        (!look.is_plain()).then(|| Self { channel: channel.words().into(), exposure, contrast })
    }

    fn into_look(self) -> Result<Look, String> {
        let channel = known(&self.channel, "channel", |name| {
            Channel::ALL.into_iter().find(|channel| channel.words() == name)
        })?;
        Ok(Look { channel, exposure: self.exposure, contrast: self.contrast }.sound())
    }
}

impl CropV1 {
    const fn of(crop: Crop) -> Self {
        match crop {
            Crop::Face { middle, size } => Self::Face { middle, size },
            Crop::Area { middle, size } => Self::Area { middle, size },
        }
    }

    const fn into_crop(self) -> Crop {
        match self {
            Self::Face { middle, size } => Crop::Face { middle, size },
            Self::Area { middle, size } => Crop::Area { middle, size },
        }
    }
}

impl BrandV1 {
    fn of(brand: &Brand, path_text: &impl Fn(&Source) -> String) -> Self {
        let picture = brand.picture.as_ref();
        Self {
            text: brand.text.clone(),
            picture: picture.map(|source| SourceV1::of(source, path_text)),
            corner: brand.corner.name().into(),
        }
    }

    fn into_brand(self) -> Result<Brand, String> {
        Ok(Brand {
            text: self.text,
            picture: self.picture.map(SourceV1::into_source),
            corner: known(&self.corner, "corner", Corner::from_name)?,
        })
    }
}

impl FooterV1 {
    const fn of(fields: FooterFields) -> Self {
        let FooterFields { kinds, axis, hashes, program } = fields;
        Self { kinds, axis, hashes, program }
    }

    const fn into_fields(self) -> FooterFields {
        let Self { kinds, axis, hashes, program } = self;
        FooterFields { kinds, axis, hashes, program }
    }
}

impl PresetV1 {
    fn of(preset: &Preset) -> Self {
        let Preset { name, width, height, margin_x, margin_y, .. } = preset.clone();
        let Preset { hidden_x, hidden_y, max_bytes, is_native, .. } = *preset;
        Self { name, width, height, margin_x, margin_y, hidden_x, hidden_y, max_bytes, is_native }
    }

    pub(in crate::storage) fn into_preset(self) -> Preset {
        Preset {
            name: self.name,
            width: self.width,
            height: self.height,
            margin_x: self.margin_x,
            margin_y: self.margin_y,
            hidden_x: self.hidden_x,
            hidden_y: self.hidden_y,
            max_bytes: self.max_bytes,
            is_native: self.is_native,
        }
    }
}
