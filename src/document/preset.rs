//! Sizes that platforms show without rescaling them.

use super::{CardStyle, Document, Layout};

/// A size that some platform shows without rescaling it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preset {
    /// Its name in files and on the command line.
    pub name: String,
    /// Width in card pixels.
    pub width: u32,
    /// Height in card pixels.
    pub height: u32,
    /// Content keeps this far from the left and right edges, in card pixels.
    pub margin_x: u32,
    /// Content keeps this far from the top and bottom edges, in card pixels.
    pub margin_y: u32,
    /// Columns at the left and right edges that the platform may hide, in card pixels.
    pub hidden_x: u32,
    /// Rows at the top and bottom edges that the platform may cover, in card pixels.
    pub hidden_y: u32,
    /// The most bytes a file may have there; `None` where nothing limits it.
    pub max_bytes: Option<u64>,
    /// Whether cards grow, with all their parts, until panels show the finer side's pixels one to one,
    /// up to [`Preset::MOST_NATIVE`] a side.
    pub is_native: bool,
}

impl Default for Preset {
    /// `instagram-portrait`, 1080x1350; the platform's profile grid shows its middle 1012 columns.
    fn default() -> Self {
        Self {
            name: "instagram-portrait".to_owned(),
            width: 1080,
            height: 1350,
            margin_x: 36,
            margin_y: 48,
            hidden_x: 34,
            hidden_y: 0,
            max_bytes: Some(8_000_000),
            is_native: false,
        }
    }
}

/// The preset that is posted as two files.
const X_PAIR: &str = "x-pair";

/// The most pixels a side of a card.
const MAX_SIDE: u32 = 16_384;

impl Preset {
    /// The most pixels a side of a card that grows with its pictures.
    pub const MOST_NATIVE: u32 = 8192;

    /// The same, all of it this many times as large; no side beyond [`Preset::MOST_NATIVE`], none
    /// smaller than it was.
    #[must_use]
    pub fn grown(&self, factor: f64) -> Self {
        let longest = f64::from(self.width.max(self.height).max(1));
        let factor = factor.min(f64::from(Self::MOST_NATIVE) / longest).max(1.0);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "within 8192")]
        let times = |length: u32| (f64::from(length) * factor).round() as u32;
        Self {
            name: self.name.clone(),
            width: times(self.width),
            height: times(self.height),
            margin_x: times(self.margin_x),
            margin_y: times(self.margin_y),
            hidden_x: times(self.hidden_x),
            hidden_y: times(self.hidden_y),
            ..*self
        }
    }

    /// Why no card can have this size, if none can.
    pub(super) fn violation(&self) -> Option<String> {
        let sides = 1..=MAX_SIDE;
        let is_sound = sides.contains(&self.width) && sides.contains(&self.height);
        let name = &self.name;
        (!is_sound).then(|| format!("the preset {name} is not between 1 and {MAX_SIDE} a side"))
    }
}

impl Document {
    /// The document with its card in a preset's size. The one of two files has a layout of its own, which
    /// others do not keep.
    #[must_use]
    pub fn in_preset(&self, preset: Preset) -> Self {
        let layout = match self.card.layout {
            _ if preset.name == X_PAIR => Layout::XPair,
            Layout::XPair if self.card.preset.name == X_PAIR => {
                self.recipe.layout.unwrap_or(CardStyle::default().layout)
            }
            layout => layout,
        };
        let card = CardStyle { preset, layout, ..self.card.clone() };
        Self { card, ..self.clone() }
    }
}
