//! The card: a document laid out as one or several [`Scene`]s, and scenes painted from source pixels.
//!
//! Layout and paint are apart: [`lay_out`] decides every rectangle, view and word without a pixel,
//! [`paint`] only carries that out. Every picture on a card comes straight from its source through
//! one map and one kernel, the same kernel for both sides.

mod alt_text;
mod callouts;
mod composer;
mod footer;
mod head;
mod ink;
mod layout;
mod leaders;
mod legend;
mod loupes;
mod paint;
mod palette;
mod panels;
mod scene;
mod scorecard;
mod text;
mod words;

pub use alt_text::{MOST_ALT_TEXT, alt_text, draft_alt_text};
pub use layout::{LayoutError, lay_out, loupes_without_room};
pub use loupes::MAX_LOUPES;
pub use paint::{PaintError, Sources, paint};
pub use palette::{Color, Palette, USUAL_ACCENTS, contrast};
pub use scene::{Align, CardRect, Item, ItemKind, Line, Scene, TextStyle, Tone};
pub use text::{FONT_REGULAR, FONT_SEMIBOLD, Typesetter, foreign_characters};
pub use words::{bend_text, fit_words, magnification_text, matched_text, roll_text};

#[cfg(test)]
mod tests;
