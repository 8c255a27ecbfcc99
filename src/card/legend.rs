//! Findings on a card: which of them, where they lie on a picture, and what they say.

use super::{
    LayoutError,
    composer::{Composer, f32_of, f64_of},
    scene::{Align, CardRect, ItemKind, TextStyle, Tone},
};
use crate::{
    document::{Finding, LoupeSpot, PerSide, Side},
    geometry::{Frame, Rect},
};

/// A number's pill.
pub(super) const PILL: (f64, f64) = (56.0, 36.0);
const TEXT_SIZES: [f32; 2] = [26.0, 24.0];
/// The most lines of an entry.
const ENTRY_LINES: usize = 2;
/// Between a number and its words.
const PILL_GAP: f64 = 12.0;
/// Between two entries.
const ENTRY_GAP: f64 = 10.0;
/// The most findings a side under a loupe, the worst ones.
const MOST_NOTES: usize = 3;

/// Findings of each side, in the order of their numbers there.
pub(super) type Listed<'a> = PerSide<Vec<&'a Finding>>;

impl<'a> Composer<'a> {
    /// The findings of each side that are not left out and lie in an area of the frame with their
    /// middles.
    pub(super) fn listed(&self, area: &Rect<Frame>) -> Listed<'a> {
        let document = self.document;
        let left_out = &document.card.left_out.findings;
        let is_shown = |finding: &&Finding| {
            let bounds = finding.shape.bounds();
            let middle = self.arrangement.from_frame[finding.on].unapply(bounds.center());
            let Rect { min, max } = area;
            !left_out.contains(&finding.id)
                && (min.x..=max.x).contains(&middle.x)
                && (min.y..=max.y).contains(&middle.y)
        };
        PerSide::from_fn(|side| {
            let all = document.findings.iter().filter(|finding| finding.belongs.holds(side));
            all.filter(is_shown).collect()
        })
    }

    /// The part of the frame that a loupe is about.
    fn loupe_area(&self, spot: &LoupeSpot) -> Rect<Frame> {
        let center = self.arrangement.frame_point(spot.center);
        let half = spot.width / 2.0 / self.arrangement.a_from_frame().scale();
        Rect::new(center.offset(-half, -half), center.offset(half, half))
    }

    fn noted(&self, spot: &LoupeSpot) -> Listed<'a> {
        self.listed(&self.loupe_area(spot)).map(|mut all| {
            all.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
            all.truncate(MOST_NOTES);
            all
        })
    }

    /// The height that [`Composer::notes`] takes.
    pub(super) fn notes_height(&mut self, spot: &LoupeSpot) -> usize {
        let listed = self.noted(spot);
        let column = self.column(self.inner.width).unwrap_or(0);
        let heights = listed.map(|all| self.legend_height(&all, column));
        heights.a.max(heights.b)
    }

    /// Lists what was found where a loupe looks, A's at the left and B's at the right.
    pub(super) fn notes(&mut self, area: CardRect, spot: &LoupeSpot) {
        let listed = self.noted(spot);
        let Ok(column) = self.column(area.width) else { return };
        for (side, x) in [(Side::A, area.x), (Side::B, area.right().saturating_sub(column))] {
            let rect = CardRect { x, width: column, ..area };
            self.legend(side, &listed[side], rect);
        }
    }

    fn entry_style(&mut self, all: &[&Finding], width: usize) -> TextStyle {
        let texts: Vec<String> = all.iter().map(|finding| words(finding)).collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let how = (Tone::Plain, Align::Left);
        self.largest(&TEXT_SIZES, how, &texts, (ENTRY_LINES, width))
    }

    /// How far below its number's top an entry's text begins, so that its first line stands level with
    /// it, and the height of the text.
    fn entry_text(&mut self, text: &str, style: TextStyle, width: usize) -> (usize, usize) {
        let n_lines = self.typesetter.n_lines(text, style, f32_of(f64_of(width)));
        let drop = self.px(PILL.1).saturating_sub(Self::lines(1, style)) / 2;
        (drop, Self::lines(n_lines.min(ENTRY_LINES), style))
    }

    fn entry_height(&mut self, text: &str, style: TextStyle, width: usize) -> usize {
        let (drop, height) = self.entry_text(text, style, width);
        (drop + height).max(self.px(PILL.1)) + self.px(ENTRY_GAP)
    }

    /// The height of a side's entries in a column of this width.
    pub(super) fn legend_height(&mut self, all: &[&Finding], column: usize) -> usize {
        let width = column.saturating_sub(self.px(PILL.0 + PILL_GAP));
        let style = self.entry_style(all, width);
        all.iter().map(|finding| self.entry_height(&words(finding), style, width)).sum()
    }

    /// Adds a side's entries from the top of `area` on.
    pub(super) fn legend(&mut self, side: Side, all: &[&Finding], area: CardRect) {
        let indent = self.px(PILL.0 + PILL_GAP);
        let width = area.width.saturating_sub(indent);
        let style = self.entry_style(all, width);
        let mut y = area.y + self.px(ENTRY_GAP);
        for (number, finding) in (1..).zip(all) {
            let text = words(finding);
            let text =
                self.typesetter.shortened_to(&text, style, f32_of(f64_of(width)), ENTRY_LINES);
            let pill = CardRect { x: area.x, y, width: self.px(PILL.0), height: self.px(PILL.1) };
            let number = number_text(side, number);
            let pill_style = self.pill_style();
            self.text_item(ItemKind::Legend, Some(side), pill, number, pill_style);
            let (drop, height) = self.entry_text(&text, style, width);
            let rect = CardRect { x: area.x + indent, y: y + drop, width, height };
            let step = self.entry_height(&text, style, width);
            self.text_item(ItemKind::Legend, None, rect, text, style);
            y += step;
        }
    }

    /// The style of a finding's number.
    pub(super) fn pill_style(&self) -> TextStyle {
        self.style(22.0, Tone::Leading, Align::Middle)
    }

    /// Says how many findings have no room, where there are any.
    pub(super) fn says_more(&mut self, n: usize, area: CardRect) -> Result<(), LayoutError> {
        if n == 0 {
            return Ok(());
        }
        let style = self.style(24.0, Tone::Secondary, Align::Left);
        let height = Self::lines(1, style);
        let y = area.bottom().checked_sub(height).ok_or(LayoutError::TooSmall)?;
        let text =
            if n == 1 { "and 1 more finding".into() } else { format!("and {n} more findings") };
        self.text_item(ItemKind::Summary, None, CardRect { y, height, ..area }, text, style);
        Ok(())
    }
}

/// `A1`: the first finding of A.
pub(super) fn number_text(side: Side, number: usize) -> String {
    format!("{side}{number}")
}

/// What an entry says.
fn words(finding: &Finding) -> String {
    let words = finding.words();
    if finding.is_strength { format!("Strength: {words}") } else { words.to_owned() }
}
