//! What stands where on a card.

use crate::{document::Side, geometry::Look, raster::View};

/// An upright rectangle of whole card pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CardRect {
    /// Pixels from the left edge.
    pub x: usize,
    /// Pixels from the top edge.
    pub y: usize,
    /// Width in pixels.
    pub width: usize,
    /// Height in pixels.
    pub height: usize,
}

/// What an item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ItemKind {
    /// A side's large picture.
    Panel,
    /// A side's name with its letter.
    Label,
    /// One half of a loupe pair.
    Loupe,
    /// A loupe pair's region.
    LoupeName,
    /// A loupe pair's magnification, A then B.
    LoupeMagnification,
    /// What the pictures are and how they were made.
    Footer,
    /// The program's name.
    Mark,
}

impl ItemKind {
    /// The name in the scene that `export --json` prints.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Panel => "panel",
            Self::Label => "label",
            Self::Loupe => "loupe",
            Self::LoupeName => "loupe name",
            Self::LoupeMagnification => "loupe magnification",
            Self::Footer => "footer",
            Self::Mark => "mark",
        }
    }
}

/// How important a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// It leads: semibold, full contrast.
    Leading,
    /// It explains: regular, secondary contrast.
    Secondary,
}

/// How a text is set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TextStyle {
    /// Font size in card pixels.
    pub size: f32,
    /// Its weight and colour.
    pub tone: Tone,
    /// Whether it ends at its rectangle's right edge instead of beginning at the left one.
    pub is_right_aligned: bool,
}

/// One thing on the card.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// What it is.
    pub kind: ItemKind,
    /// Whose it is, where it belongs to one side.
    pub side: Option<Side>,
    /// Where it stands; text lies inside.
    pub rect: CardRect,
    /// What it says, or the region it shows.
    pub text: String,
    /// How the text is set; `None` where the text is not painted.
    pub style: Option<TextStyle>,
    /// What it shows; `None` for plain text.
    pub view: Option<View>,
}

/// A whole card, in painting order.
#[derive(Clone, Debug, PartialEq)]
pub struct Scene {
    /// Width in pixels.
    pub width: usize,
    /// Height in pixels.
    pub height: usize,
    /// Card pixels a unit of type: 1 on a card 1080 wide.
    pub unit: f64,
    /// How the pictures look.
    pub look: Look,
    /// Everything on it.
    pub items: Vec<Item>,
}
