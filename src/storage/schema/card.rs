//! How a card looks, in files.

use serde::{Deserialize, Serialize};

use crate::{
    document::{CardStyle, Layout, Preset},
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
}

#[derive(Serialize, Deserialize)]
struct LookV1 {
    channel: String,
    exposure: f32,
    contrast: f32,
}

#[derive(Serialize, Deserialize)]
pub(in crate::storage) struct PresetV1 {
    name: String,
    width: u32,
    height: u32,
    margin_x: u32,
    margin_y: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    max_bytes: Option<u64>,
}

impl CardV1 {
    pub(super) fn of(style: &CardStyle) -> Self {
        Self {
            preset: PresetV1::of(&style.preset),
            layout: style.layout.name().into(),
            kernel: style.kernel.name().into(),
            look: LookV1::of(&style.look),
        }
    }

    /// The style; `Err` names a value that is not known.
    pub(super) fn into_style(self) -> Result<CardStyle, String> {
        let layout = Layout::from_name(&self.layout)
            .ok_or_else(|| format!("the layout \"{}\" is not known", self.layout))?;
        let kernel = Kernel::ALL
            .into_iter()
            .find(|kernel| kernel.name() == self.kernel)
            .ok_or_else(|| format!("the kernel \"{}\" is not known", self.kernel))?;
        let look = self.look.map_or_else(|| Ok(Look::default()), LookV1::into_look)?;
        Ok(CardStyle { preset: limited(self.preset.into_preset()), layout, kernel, look })
    }
}

/// The preset with the built-in one's limit where its file says none: earlier files did not.
fn limited(preset: Preset) -> Preset {
    let known = presets().into_iter().find(|known| known.name == preset.name);
    let max_bytes = preset.max_bytes.or(known.and_then(|known| known.max_bytes));
    Preset { max_bytes, ..preset }
}

impl LookV1 {
    fn of(look: &Look) -> Option<Self> {
        let Look { channel, exposure, contrast } = *look;
        (!look.is_plain()).then(|| Self { channel: channel.words().into(), exposure, contrast })
    }

    fn into_look(self) -> Result<Look, String> {
        let channel = Channel::ALL.into_iter().find(|channel| channel.words() == self.channel);
        let channel =
            channel.ok_or_else(|| format!("the channel \"{}\" is not known", self.channel))?;
        Ok(Look { channel, exposure: self.exposure, contrast: self.contrast }.sound())
    }
}

impl PresetV1 {
    fn of(preset: &Preset) -> Self {
        Self {
            name: preset.name.clone(),
            width: preset.width,
            height: preset.height,
            margin_x: preset.margin_x,
            margin_y: preset.margin_y,
            max_bytes: preset.max_bytes,
        }
    }

    pub(in crate::storage) fn into_preset(self) -> Preset {
        Preset {
            name: self.name,
            width: self.width,
            height: self.height,
            margin_x: self.margin_x,
            margin_y: self.margin_y,
            max_bytes: self.max_bytes,
        }
    }
}
