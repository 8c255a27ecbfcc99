//! Two pictures of one part of the face with their labels, beside each other or stacked: whichever shows
//! the part larger.

use super::{
    LayoutError,
    composer::{BADGE, BADGE_ROOM, BLOCK_GAP, Composer, TEXT_GAP, f32_of, f64_of, whole},
    layout::aspect_of,
    scene::{Align, CardRect, ItemKind, TextStyle, Tone},
};
use crate::{
    document::{PerSide, Side},
    geometry::{OutputPoint, Similarity},
};

/// Body size of a label and the size it never shrinks under.
const LABEL_SIZES: [f32; 4] = [40.0, 36.0, 32.0, 28.0];
/// The most lines of a label.
const LABEL_LINES: usize = 2;
/// A picture is at most this many times as tall as it is wide, or as that many where taller ones show no
/// less of the part across.
const MOST_ASPECTS: [f64; 5] = [2.0, 1.85, 1.7, 1.6, 1.5];
/// The share across that a taller picture must show.
const KEPT: f64 = 0.985;
/// Stacked pictures must show the part this much larger.
const STACKED_GAIN: f64 = 1.08;

/// Labels as they are set: the same style and height for both.
struct Labels {
    texts: PerSide<String>,
    style: TextStyle,
    height: usize,
}

/// Where the pictures of two sides stand, and the first row below them.
pub(super) struct Places {
    pub(super) rects: PerSide<CardRect>,
    pub(super) bottom: usize,
}

impl Composer<'_> {
    /// The layout of two panels.
    pub(super) fn diptych(&mut self, area: CardRect) -> Result<(), LayoutError> {
        let aspect = self.arrangement.crop_aspect(self.document);
        let places = self.side_places(area, Some(aspect))?;
        self.panels(&places.rects)
    }

    /// The layout of one side alone.
    pub(super) fn single(&mut self, area: CardRect, side: Side) -> Result<(), LayoutError> {
        let labels = self.labels(area.width);
        let gap = self.px(TEXT_GAP);
        let room = area.height.checked_sub(labels.height + gap).ok_or(LayoutError::TooSmall)?;
        let height = self.panel_height(area.width, room);
        let y = area.y + (room - height) * 2 / 5;
        self.label(&labels, side, CardRect { y, height: labels.height, ..area });
        let rect = CardRect { y: y + labels.height + gap, height, ..area };
        self.panel(side, rect)
    }

    /// Adds labels and finds the places of both pictures in `area`: beside each other, or stacked where
    /// that shows a part of the face of the shape `aspect` larger. What is not needed is left free above
    /// and below.
    pub(super) fn side_places(
        &mut self,
        area: CardRect,
        aspect: Option<f64>,
    ) -> Result<Places, LayoutError> {
        let (labels, rects) = self.beside(area)?;
        if let Some(aspect) = aspect
            && let Some((stacked_labels, stacked)) = self.stacked(area)
        {
            // How large the part is seen.
            let span = |rect: CardRect| f64_of(rect.height) * (aspect_of(rect) / aspect).min(1.0);
            if span(stacked.a) > STACKED_GAIN * span(rects.a) {
                return Ok(self.placed(&stacked_labels, stacked));
            }
        }
        Ok(self.placed(&labels, rects))
    }

    fn placed(&mut self, labels: &Labels, rects: PerSide<CardRect>) -> Places {
        let gap = self.px(TEXT_GAP);
        for (side, rect) in rects.iter() {
            let y = rect.y.saturating_sub(labels.height + gap);
            self.label(labels, side, CardRect { y, height: labels.height, ..*rect });
        }
        Places { rects, bottom: rects.b.bottom().max(rects.a.bottom()) }
    }

    /// How tall panels of this width stand in this room.
    pub(super) fn panel_height(&self, width: usize, room: usize) -> usize {
        let seen = |aspect: f64| {
            let crop = self.arrangement.crop(self.document, 1.0 / aspect);
            crop.map_or(0.0, |crop| crop.width())
        };
        let [taller @ .., usual] = MOST_ASPECTS;
        let least = KEPT * seen(usual);
        let aspect = taller.into_iter().find(|aspect| seen(*aspect) >= least).unwrap_or(usual);
        room.min(whole(f64_of(width) * aspect))
    }

    /// The height of the labels of two sides with the gap below them.
    pub(super) fn labels_height(&mut self, width: usize) -> usize {
        self.labels(width).height + self.px(TEXT_GAP)
    }

    fn beside(&mut self, area: CardRect) -> Result<(Labels, PerSide<CardRect>), LayoutError> {
        let width = self.column(area.width)?;
        let labels = self.labels(width);
        let head = labels.height + self.px(TEXT_GAP);
        let room = area.height.checked_sub(head).filter(|room| *room > 0);
        let room = room.ok_or(LayoutError::TooSmall)?;
        let height = self.panel_height(width, room);
        let y = area.y + (room - height) * 2 / 5 + head;
        let rect = |x: usize| CardRect { x, y, width, height };
        Ok((labels, PerSide::new(rect(area.x), rect(area.right() - width))))
    }

    fn stacked(&mut self, area: CardRect) -> Option<(Labels, PerSide<CardRect>)> {
        let labels = self.labels(area.width);
        let head = labels.height + self.px(TEXT_GAP);
        let room = area.height.checked_sub(2 * head + self.px(BLOCK_GAP))? / 2;
        let height = self.panel_height(area.width, room);
        if height == 0 {
            return None;
        }
        let y = area.y + (room - height) + head;
        let rect = |y: usize| CardRect { y, height, ..area };
        let second = y + height + self.px(BLOCK_GAP) + head;
        Some((labels, PerSide::new(rect(y), rect(second))))
    }

    /// Both labels at the largest size at which both fit on two lines.
    fn labels(&mut self, width: usize) -> Labels {
        // Whole pixels, and one for what rounding takes.
        let room = width.saturating_sub(self.px(BADGE_ROOM) + 1);
        let texts = PerSide::from_fn(|side| self.document.label_or_stem(side));
        let how = (Tone::Leading, Align::Left);
        let both = [texts.a.as_str(), texts.b.as_str()];
        let style = self.largest(&LABEL_SIZES, how, &both, (LABEL_LINES, room));
        let width = f32_of(f64_of(room));
        let texts =
            texts.map(|text| self.typesetter.shortened_to(&text, style, width, LABEL_LINES));
        let lines = texts.as_ref().map(|text| self.typesetter.n_lines(text, style, width));
        let n_lines = lines.a.max(lines.b).clamp(1, LABEL_LINES);
        let height = Self::lines(n_lines, style).max(self.px(BADGE));
        Labels { texts, style, height }
    }

    fn label(&mut self, labels: &Labels, side: Side, rect: CardRect) {
        let text = labels.texts[side].clone();
        self.text_item(ItemKind::Label, Some(side), rect, text, labels.style);
    }

    /// Adds both labels in the first rows of `area`, each over its column; returns their height with
    /// the gap below.
    pub(super) fn label_row(&mut self, area: CardRect) -> Result<usize, LayoutError> {
        let width = self.column(area.width)?;
        let labels = self.labels(width);
        for (side, x) in [(Side::A, area.x), (Side::B, area.right() - width)] {
            self.label(&labels, side, CardRect { x, y: area.y, width, height: labels.height });
        }
        Ok(labels.height + self.px(BLOCK_GAP) / 2)
    }

    /// Adds both panels.
    pub(super) fn panels(&mut self, rects: &PerSide<CardRect>) -> Result<(), LayoutError> {
        rects.iter().try_for_each(|(side, rect)| self.panel(side, *rect))
    }

    fn panel(&mut self, side: Side, rect: CardRect) -> Result<(), LayoutError> {
        let crop = self.arrangement.crop(self.document, aspect_of(rect));
        let crop = crop.ok_or(LayoutError::NothingInCommon)?;
        let scale = crop.width() / f64_of(rect.width);
        let corner = OutputPoint::new(0.0, 0.0);
        let frame_from_output = Similarity::about(scale, 0.0, corner, crop.min);
        let view = self.view(side, frame_from_output, (rect.width, rect.height));
        let text = self.magnification_words(&view);
        self.view_item(ItemKind::Panel, side, rect, text, view);
        Ok(())
    }
}
