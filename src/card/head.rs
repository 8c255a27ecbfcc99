//! What stands above the labels: title, subtitle, the author's mark.

use super::{
    LayoutError,
    composer::{BLOCK_GAP, Composer, GAP, f32_of, f64_of, whole},
    layout::below,
    scene::{Align, CardRect, ItemKind, TextStyle, Tone},
    text::LINE_HEIGHT,
};

/// Font sizes of the title, the largest first.
const TITLE_SIZES: [f32; 5] = [56.0, 50.0, 44.0, 38.0, 34.0];
const SUBTITLE_SIZES: [f32; 3] = [30.0, 28.0, 26.0];
const BRAND_SIZE: f32 = 26.0;
/// The most of a card's height that the author's mark takes.
const BRAND_SHARE: f64 = 0.04;
/// The most of a card's width that it takes.
const BRAND_WIDTH: f64 = 0.36;
/// Its height in units of type where it is a picture.
const BRAND_HEIGHT: f64 = 48.0;

impl Composer<'_> {
    /// Adds what stands above the labels; returns what is left below it.
    pub(super) fn head(&mut self, area: CardRect) -> Result<CardRect, LayoutError> {
        let mut band = area;
        let mut height = 0;
        if let Some((rect, style)) = self.brand_place(band, true) {
            height = height.max(rect.height);
            band = beside(band, rect, self.px(GAP));
            self.brand(rect, style);
        }
        height = height.max(self.title(band));
        if height == 0 {
            return Ok(area);
        }
        below(area, height + self.px(BLOCK_GAP))
    }

    /// Adds title and subtitle; returns the height they take.
    fn title(&mut self, band: CardRect) -> usize {
        let words = &self.document.card.words;
        let (title, subtitle) = (words.title.trim().to_owned(), words.subtitle.trim().to_owned());
        let mut height = 0;
        for (kind, text, sizes, tone) in [
            (ItemKind::Title, title, &TITLE_SIZES[..], Tone::Leading),
            (ItemKind::Subtitle, subtitle, &SUBTITLE_SIZES[..], Tone::Secondary),
        ] {
            if text.is_empty() {
                continue;
            }
            let n_lines = if self.is_wide() { 1 } else { 2 };
            let style = self.largest(sizes, (tone, Align::Left), &[&text], (n_lines, band.width));
            let width = f32_of(f64_of(band.width));
            let text = self.typesetter.shortened_to(&text, style, width, n_lines);
            let lines =
                Self::lines(self.typesetter.n_lines(&text, style, width).min(n_lines), style);
            let rect = CardRect { y: band.y + height, height: lines, ..band };
            self.text_item(kind, None, rect, text, style);
            height += lines;
        }
        height
    }

    /// The width that a text takes on one line, in whole card pixels.
    pub(super) fn width_of(&mut self, text: &str, style: TextStyle) -> usize {
        whole(f64::from(self.typesetter.layout(text, style, f32::MAX).width()).ceil()) + 1
    }

    /// Where the author's mark stands in a band that it shares with others; `None` where there is none
    /// or it stands elsewhere.
    pub(super) fn brand_place(
        &mut self,
        band: CardRect,
        is_top: bool,
    ) -> Option<(CardRect, Option<TextStyle>)> {
        let brand = &self.document.card.brand;
        let corner = brand.corner;
        let text = brand.text.trim().to_owned();
        if corner.is_top() != is_top || (brand.picture.is_none() && text.is_empty()) {
            return None;
        }
        let most = whole((f64_of(self.height()) * BRAND_SHARE).floor());
        let widest = whole(f64_of(self.inner.width) * BRAND_WIDTH);
        let (width, height, style) = if let Some(picture) = &brand.picture {
            let height = most.min(self.px(BRAND_HEIGHT)).max(1);
            let aspect = f64::from(picture.width) / f64::from(picture.height.max(1));
            let width = whole(f64_of(height) * aspect).clamp(1, widest.max(1));
            (width, whole(f64_of(width) / aspect).clamp(1, height), None)
        } else {
            let align = if corner.is_left() { Align::Left } else { Align::Right };
            let mut style = self.style(BRAND_SIZE, Tone::Plain, align);
            style.size = style.size.min(f32_of(f64_of(most)) / LINE_HEIGHT);
            let width = self.width_of(&text, style).min(widest);
            (width, Self::lines(1, style).min(most), Some(style))
        };
        let x = if corner.is_left() { band.x } else { band.right().saturating_sub(width) };
        Some((CardRect { x, y: band.y, width, height }, style))
    }

    /// Adds the author's mark.
    pub(super) fn brand(&mut self, rect: CardRect, style: Option<TextStyle>) {
        let text = self.document.card.brand.text.trim().to_owned();
        match style {
            Some(style) => {
                let width = f32_of(f64_of(rect.width));
                let text = self.typesetter.shortened_to(&text, style, width, 1);
                self.text_item(ItemKind::Brand, None, rect, text, style);
            }
            None => self.items.push(super::scene::Item {
                kind: ItemKind::Brand,
                side: None,
                rect,
                text,
                style: None,
                view: None,
                lines: Vec::new(),
            }),
        }
    }
}

/// What is left of a band beside a part at its left or right end.
pub(super) fn beside(band: CardRect, taken: CardRect, gap: usize) -> CardRect {
    let width = band.width.saturating_sub(taken.width + gap);
    let x = if taken.x == band.x { band.right() - width } else { band.x };
    CardRect { x, width, ..band }
}
