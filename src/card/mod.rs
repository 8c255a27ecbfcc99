//! The card: a document laid out as a [`Scene`], and the scene painted from source pixels.
//!
//! Layout and paint are apart: [`lay_out`] decides every rectangle, view and word without a pixel,
//! [`paint`] only carries that out. Every picture on a card comes straight from its source through
//! one map and one kernel, the same kernel for both sides.

mod alt_text;
mod footer;
mod layout;
mod paint;
mod scene;
mod text;
mod words;

pub use alt_text::draft_alt_text;
pub use layout::{LayoutError, MAX_LOUPES, lay_out};
pub use paint::{PaintError, paint};
pub use scene::{CardRect, Item, ItemKind, Scene, TextStyle, Tone};
pub use text::{FONT_REGULAR, FONT_SEMIBOLD, Typesetter};
pub use words::{bend_text, fit_words, magnification_text, matched_text, roll_text};

#[cfg(test)]
mod tests;
