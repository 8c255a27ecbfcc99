//! The foot: the author's remark, and what the pictures are and how they were made.

use super::{
    LayoutError,
    composer::{BLOCK_GAP, Composer, GAP, f32_of, f64_of},
    head::beside,
    layout::above,
    scene::{Align, CardRect, Item, ItemKind, TextStyle, Tone},
    words::{doubt_words, fit_words, look_text, magnification_text, matched_text, roll_text},
};
use crate::document::{Side, kinds_words};

const MARK: &str = "made with Diptych";
const REMARK_SIZES: [f32; 3] = [28.0, 26.0, 24.0];
/// The most lines of a remark.
const REMARK_LINES: usize = 3;
/// Font sizes of the footer from the body size down to the floor.
const FOOTER_SIZES: [f32; 3] = [22.0, 21.0, 20.0];
/// The most lines of the footer.
const MOST_LINES: usize = 4;
const SEPARATOR: &str = " · ";

/// The place of the foot.
pub(super) struct Foot {
    area: CardRect,
    n_lines: usize,
}

impl Composer<'_> {
    /// Adds the remark and sets the footer's place aside; returns what is left above them.
    pub(super) fn split_off_foot(
        &mut self,
        area: CardRect,
    ) -> Result<(CardRect, Foot), LayoutError> {
        let [most, .., least] = FOOTER_SIZES;
        let style = self.style(least, Tone::Secondary, Align::Left);
        let (band, _) = self.foot_band(area);
        // How the pictures were made is known once they stand; it takes one line, unless there is a
        // doubt that takes room among the rest.
        let mut rest = self.rest();
        rest.extend(self.doubt());
        let n_rest = self.packed(&rest, style, band.width).len().min(MOST_LINES - 1);
        let line = Self::lines(1, self.style(most, Tone::Secondary, Align::Left));
        // The author's mark stands beside the lines below the first, which is never shortened for it.
        let brand = self.brand_place(area, false).map_or(0, |(rect, _)| rect.height);
        let n_lines = 1 + n_rest.max(brand.div_ceil(line.max(1)));
        let height = n_lines * line;
        let foot = CardRect { y: area.bottom().saturating_sub(height), height, ..area };
        let mut above_foot = above(area, height + self.px(BLOCK_GAP))?;
        above_foot = self.remark(above_foot)?;
        Ok((above_foot, Foot { area: foot, n_lines }))
    }

    fn remark(&mut self, area: CardRect) -> Result<CardRect, LayoutError> {
        let text = self.document.card.words.remark.trim().to_owned();
        if text.is_empty() {
            return Ok(area);
        }
        let how = (Tone::Plain, Align::Left);
        let style = self.largest(&REMARK_SIZES, how, &[&text], (REMARK_LINES, area.width));
        let width = f32_of(f64_of(area.width));
        let text = self.typesetter.shortened_to(&text, style, width, REMARK_LINES);
        let n_lines = self.typesetter.n_lines(&text, style, width).min(REMARK_LINES);
        let height = Self::lines(n_lines, style);
        let rest = above(area, height + self.px(BLOCK_GAP))?;
        let rect = CardRect { y: area.bottom() - height, height, ..area };
        self.text_item(ItemKind::Remark, None, rect, text, style);
        Ok(rest)
    }

    /// The part of the foot that is left beside the author's mark, and that mark's place.
    fn foot_band(&mut self, area: CardRect) -> (CardRect, Option<(CardRect, Option<TextStyle>)>) {
        let brand = self.brand_place(area, false);
        let gap = self.px(GAP);
        let band = brand.map_or(area, |(rect, _)| beside(area, rect, gap));
        (band, brand)
    }

    /// Adds the footer, at the largest size at which each line fits.
    pub(super) fn foot(&mut self, foot: &Foot) {
        let (band, brand) = self.foot_band(foot.area);
        if let Some((rect, style)) = brand {
            self.brand(CardRect { y: foot.area.bottom() - rect.height, ..rect }, style);
        }
        let (lines, style) = self.fitting_lines(foot.area.width, band.width);
        let line = Self::lines(1, self.style(FOOTER_SIZES[0], Tone::Secondary, Align::Left));
        // What takes fewer lines than were set aside stands at the bottom.
        let top = band.bottom().saturating_sub(line * foot.n_lines.max(lines.len()));
        let first = if brand.is_some() { 0 } else { foot.n_lines.saturating_sub(lines.len()) };
        let lines = lines.into_iter().enumerate().filter(|(_, text)| !text.is_empty());
        for (idx, text) in lines {
            let whole = if idx == 0 { foot.area } else { band };
            let rect = CardRect { y: top + (first + idx) * line, height: line, ..whole };
            self.text_item(ItemKind::Footer, None, rect, text, style);
        }
        if let Some(page) = self.page.clone() {
            let style = TextStyle { align: Align::Right, ..style };
            let width = self.width_of(&page, style);
            let (x, y) = (foot.area.right().saturating_sub(width), top + first * line);
            self.text_item(
                ItemKind::Page,
                None,
                CardRect { x, y, width, height: line },
                page,
                style,
            );
        }
        if self.document.card.footer.program {
            let rect = CardRect { y: band.bottom().saturating_sub(line), height: line, ..band };
            let style = TextStyle { align: Align::Right, ..style };
            self.text_item(ItemKind::Mark, None, rect, MARK.into(), style);
        }
    }

    /// The footer's lines and the style in which each of them fits: the first into the whole width, the
    /// others beside the author's mark.
    fn fitting_lines(&mut self, whole: usize, width: usize) -> (Vec<String>, TextStyle) {
        let (mut how, mut rest) = (self.how(), self.rest());
        let [.., least] = FOOTER_SIZES;
        let smallest = self.style(least, Tone::Secondary, Align::Left);
        let room = f32_of(f64_of(width));
        let page =
            self.page.clone().map_or(0, |page| self.width_of(&page, smallest) + self.px(GAP));
        let beside_page = f32_of(f64_of(whole.saturating_sub(page)));
        let doubt = doubt_words(&self.arrangement.registration);
        if self.typesetter.n_lines(&how, smallest, beside_page) > 1
            && let Some(short) = how.strip_suffix(&doubt)
        {
            // Too much to say on one line: the doubt stands where there is room for it.
            how = short.to_owned();
            match rest.last_mut() {
                Some(last) => last.push_str(&doubt),
                None => rest.extend(self.doubt()),
            }
        }
        for size in FOOTER_SIZES {
            let style = self.style(size, Tone::Secondary, Align::Left);
            let lines = self.all_lines(&how, &rest, style, width);
            let has_room = lines.len() <= 2 || size.to_bits() == least.to_bits();
            let has_width = lines.iter().enumerate().all(|(idx, line)| {
                let room = if idx == 0 { beside_page } else { room };
                self.typesetter.n_lines(line, style, room) == 1
            });
            if has_room && has_width {
                return (lines, style);
            }
        }
        let mut lines = self.all_lines(&how, &rest, smallest, width);
        for (idx, line) in lines.iter_mut().enumerate() {
            let room = if idx == 0 { beside_page } else { room };
            *line = self.typesetter.shortened_to(line, smallest, room, 1);
        }
        (lines, smallest)
    }

    fn all_lines(
        &mut self,
        how: &str,
        rest: &[String],
        style: TextStyle,
        width: usize,
    ) -> Vec<String> {
        let mut lines = vec![how.to_owned()];
        lines.extend(self.packed(rest, style, width));
        if lines.len() > MOST_LINES {
            // The program's name keeps its line.
            lines.truncate(MOST_LINES - 1);
            lines.push(String::new());
        }
        lines
    }

    /// The parts in as few lines as hold them; the last one leaves room for the program's name.
    fn packed(&mut self, parts: &[String], style: TextStyle, width: usize) -> Vec<String> {
        let mark = if self.document.card.footer.program {
            self.width_of(MARK, style) + self.px(GAP)
        } else {
            0
        };
        let mut lines: Vec<String> = Vec::new();
        for part in parts {
            let joined = lines.last().map(|line| format!("{line}{SEPARATOR}{part}"));
            let fits =
                joined.filter(|line| self.width_of(line, style).saturating_add(mark) <= width);
            match (fits, lines.last_mut()) {
                (Some(joined), Some(line)) => *line = joined,
                _ => lines.push(part.clone()),
            }
        }
        let is_tight = |line: &String, composer: &mut Self| {
            composer.width_of(line, style).saturating_add(mark) > width
        };
        if mark > 0 && lines.last().is_none_or(|line| is_tight(line, self)) {
            // The program's name stands on a line of its own.
            lines.push(String::new());
        }
        lines
    }

    /// What the comparison is about, what the sides are, and the first eight digits of each hash.
    fn rest(&self) -> Vec<String> {
        if self.document.is_blind() {
            return vec!["blind: which side is which is not said".to_owned()];
        }
        let (fields, document) = (self.document.card.footer, self.document);
        let mut parts = Vec::new();
        let axis = document.declared.axis.trim();
        if fields.axis && !axis.is_empty() {
            parts.push(axis.to_owned());
        }
        if fields.kinds {
            parts.extend(kinds_words(document.kinds));
        }
        if fields.hashes {
            let hash = |side: Side| {
                let source = document.sources[side].as_ref();
                source.map_or("", |source| source.sha256.get(..8).unwrap_or_default())
            };
            parts.push(format!("SHA-256 A {} · B {}", hash(Side::A), hash(Side::B)));
        }
        parts
    }

    /// What a reader should not trust, as a part of its own.
    fn doubt(&self) -> Option<String> {
        let doubt = doubt_words(&self.arrangement.registration);
        doubt.strip_prefix(", ").map(ToOwned::to_owned)
    }

    /// How the pictures were made: `A 1.25x · B 1.23x rolled 3.1° Lanczos-3 · similarity, RMS 0.6 px`.
    /// Loupes say their magnification themselves.
    fn how(&self) -> String {
        let side = |item: &Item| {
            let view = item.view.as_ref()?;
            let roll = roll_text(view.roll());
            if item.kind == ItemKind::Loupe {
                return Some(format!("{} {}", item.side?, roll?));
            }
            let roll = roll.map(|text| format!(" {text}")).unwrap_or_default();
            Some(format!("{} {}{roll}", item.side?, magnification_text(view.magnification())))
        };
        let of_kind = |kind: ItemKind| self.items.iter().filter(move |item| item.kind == kind);
        let panels: Vec<&Item> = of_kind(ItemKind::Panel).collect();
        let shown =
            if panels.is_empty() { of_kind(ItemKind::Loupe).take(2).collect() } else { panels };
        let sides: Vec<String> = shown.into_iter().filter_map(side).collect();
        let fit = fit_words(self.document, &self.arrangement.registration);
        let matched = self.arrangement.matched_side().map_or_else(String::new, matched_text);
        let look = look_text(&self.document.card.look);
        let kernel = self.document.card.kernel.name();
        if self.document.is_blind() {
            return format!("both at one scale and resolution, {kernel}{look} · {fit}");
        }
        format!("{} {kernel}{matched}{look} · {fit}", sides.join(" · ")).trim_start().to_owned()
    }
}
