//! How the card looks.

use crate::geometry::{Kernel, Look};

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
    /// The most bytes that the platform takes; `None` where nothing is known of a limit.
    pub max_bytes: Option<u64>,
}

impl Default for Preset {
    /// `instagram-portrait`, 1080x1350; the platform's profile grid shows its middle 1012 columns.
    fn default() -> Self {
        let name = "instagram-portrait".to_owned();
        let max_bytes = Some(8_000_000);
        Self { name, width: 1080, height: 1350, margin_x: 36, margin_y: 48, max_bytes }
    }
}

/// The most pixels a side of a card.
const MAX_SIDE: u32 = 16_384;

impl Preset {
    /// Why no card can have this size, if none can.
    pub(super) fn violation(&self) -> Option<String> {
        let sides = 1..=MAX_SIDE;
        let is_sound = sides.contains(&self.width) && sides.contains(&self.height);
        let name = &self.name;
        (!is_sound).then(|| format!("the preset {name} is not between 1 and {MAX_SIDE} a side"))
    }
}

/// What a card is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Layout {
    /// Two panels, labels and the footer.
    Diptych,
    /// The same, with the loupe pairs below the panels.
    DiptychLoupes,
}

impl Layout {
    /// All layouts.
    pub const ALL: [Self; 2] = [Self::Diptych, Self::DiptychLoupes];

    /// The name in files and on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Diptych => "diptych",
            Self::DiptychLoupes => "diptych-loupes",
        }
    }

    /// The layout of this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|layout| layout.name() == name)
    }
}

/// The choices an author makes for a card.
#[derive(Clone, Debug, PartialEq)]
pub struct CardStyle {
    /// Its size.
    pub preset: Preset,
    /// Its parts.
    pub layout: Layout,
    /// The kernel of every picture on it, the same for both sides.
    pub kernel: Kernel,
    /// How every picture on it looks; what is not plain is printed on it.
    pub look: Look,
}

impl Default for CardStyle {
    fn default() -> Self {
        Self {
            preset: Preset::default(),
            layout: Layout::DiptychLoupes,
            kernel: Kernel::Lanczos3,
            look: Look::default(),
        }
    }
}
