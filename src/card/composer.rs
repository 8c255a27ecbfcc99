//! A scene in the making: sizes, type and the parts that every layout uses.

use super::{
    LayoutError,
    palette::Palette,
    scene::{Align, CardRect, Item, ItemKind, Scene, TextStyle, Tone},
    text::{LINE_HEIGHT, Typesetter},
    words::magnification_text,
};
use crate::{
    document::{Arrangement, Document, Preset, Side},
    geometry::{Frame, Output, Similarity},
    raster::View,
};

/// The side of a label's letter badge, in units of type.
pub(super) const BADGE: f64 = 48.0;
/// From a label's left edge to its words, in units of type.
pub(super) const BADGE_ROOM: f64 = 62.0;
/// Between the two columns.
pub(super) const GAP: f64 = 20.0;
/// Between a text and the picture it belongs to.
pub(super) const TEXT_GAP: f64 = 10.0;
/// Between blocks.
pub(super) const BLOCK_GAP: f64 = 24.0;

/// A whole number of card pixels.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to 0")]
pub(super) fn whole(length: f64) -> usize {
    length.max(0.0).round() as usize
}

#[expect(clippy::cast_precision_loss, reason = "card pixels")]
pub(super) fn f64_of(length: usize) -> f64 {
    length as f64
}

#[expect(clippy::cast_possible_truncation, reason = "the typesetter measures in f32")]
pub(super) fn f32_of(length: f64) -> f32 {
    length as f32
}

/// A scene in the making.
pub(super) struct Composer<'a> {
    pub(super) document: &'a Document,
    pub(super) arrangement: &'a Arrangement,
    pub(super) typesetter: Typesetter,
    /// Card pixels a unit of type.
    unit: f64,
    /// What keeps off the edges.
    pub(super) inner: CardRect,
    size: (usize, usize),
    pub(super) items: Vec<Item>,
    pub(super) suffix: Option<String>,
    /// Which of several pictures it is, and of how many.
    pub(super) page: Option<String>,
}

impl<'a> Composer<'a> {
    pub(super) fn new(
        document: &'a Document,
        arrangement: &'a Arrangement,
        preset: &Preset,
    ) -> Result<Self, LayoutError> {
        let pixels = |n: u32| usize::try_from(n).unwrap_or(usize::MAX);
        let size = (pixels(preset.width), pixels(preset.height));
        let margin = (pixels(preset.margin_x), pixels(preset.margin_y));
        let width = size.0.checked_sub(2 * margin.0).filter(|width| *width > 0);
        let height = size.1.checked_sub(2 * margin.1).filter(|height| *height > 0);
        let (Some(width), Some(height)) = (width, height) else {
            return Err(LayoutError::TooSmall);
        };
        Ok(Self {
            document,
            arrangement,
            typesetter: Typesetter::default(),
            unit: f64_of(size.0) / 1080.0,
            inner: CardRect { x: margin.0, y: margin.1, width, height },
            size,
            items: Vec::new(),
            suffix: None,
            page: None,
        })
    }

    /// The scene as it stands.
    pub(super) fn finish(self) -> Scene {
        let style = &self.document.card;
        Scene {
            width: self.size.0,
            height: self.size.1,
            unit: self.unit,
            look: style.look,
            palette: Palette::of(style),
            suffix: self.suffix,
            items: self.items,
        }
    }

    /// Whether the card is wide enough for parts to stand beside each other rather than below.
    pub(super) fn is_wide(&self) -> bool {
        4 * self.size.0 > 5 * self.size.1
    }

    /// Units of type in card pixels.
    pub(super) fn px(&self, units: f64) -> usize {
        whole(units * self.unit)
    }

    pub(super) fn height(&self) -> usize {
        self.size.1
    }

    pub(super) fn style(&self, size: f32, tone: Tone, align: Align) -> TextStyle {
        TextStyle { size: size * f32_of(self.unit), tone, align }
    }

    /// The height of lines of a style.
    pub(super) fn lines(n: usize, style: TextStyle) -> usize {
        whole(f64_of(n) * f64::from(style.size * LINE_HEIGHT))
    }

    /// A column's width where two stand beside each other.
    pub(super) fn column(&self, width: usize) -> Result<usize, LayoutError> {
        width
            .checked_sub(self.px(GAP))
            .map(|w| w / 2)
            .filter(|w| *w > 0)
            .ok_or(LayoutError::TooSmall)
    }

    pub(super) fn text_item(
        &mut self,
        kind: ItemKind,
        side: Option<Side>,
        rect: CardRect,
        text: String,
        style: TextStyle,
    ) {
        let style = Some(style);
        self.items.push(Item { kind, side, rect, text, style, view: None, lines: Vec::new() });
    }

    pub(super) fn view_item(
        &mut self,
        kind: ItemKind,
        side: Side,
        rect: CardRect,
        text: String,
        view: View,
    ) {
        self.items.push(Item {
            kind,
            side: Some(side),
            rect,
            text,
            style: None,
            view: Some(view),
            lines: Vec::new(),
        });
    }

    /// A picture's magnification; nothing where it would tell the side.
    pub(super) fn magnification_words(&self, view: &View) -> String {
        let text = magnification_text(view.magnification());
        if self.document.is_blind() { String::new() } else { text }
    }

    pub(super) fn view(
        &self,
        side: Side,
        frame_from_output: Similarity<Frame, Output>,
        (width, height): (usize, usize),
    ) -> View {
        let source_from_output = self.arrangement.from_frame[side].after(frame_from_output);
        let view = View::new(source_from_output, self.document.card.kernel, (width, height));
        let region = self.arrangement.seen_region(&frame_from_output);
        View { least_span: self.arrangement.least_spans[side], region, ..view }
    }

    /// The largest of `sizes` at which all of `texts` fit into `width` on `n_lines` lines each, or the
    /// last one.
    pub(super) fn largest(
        &mut self,
        sizes: &[f32],
        (tone, align): (Tone, Align),
        texts: &[&str],
        (n_lines, width): (usize, usize),
    ) -> TextStyle {
        let width = f32_of(f64_of(width));
        let mut style = self.style(sizes[0], tone, align);
        for size in sizes {
            style = self.style(*size, tone, align);
            if texts.iter().all(|text| self.typesetter.n_lines(text, style, width) <= n_lines) {
                break;
            }
        }
        style
    }
}
