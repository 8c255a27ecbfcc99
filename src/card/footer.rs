//! The footer: what the pictures are and how they were made.

use super::{
    layout::{Composer, FOOTER_LINES, FOOTER_SIZES, f64_of},
    scene::{CardRect, Item, ItemKind, TextStyle, Tone},
    words::{doubt_words, fit_words, look_text, magnification_text, matched_text, roll_text},
};
use crate::document::Side;

const MARK: &str = "made with Diptych";

impl Composer<'_> {
    /// Adds the footer at the bottom margin, at the largest size at which each line fits.
    pub(super) fn footer(&mut self, inner: usize, height: usize) {
        let mut lines = [self.how(), self.hashes()];
        #[expect(clippy::cast_possible_truncation, reason = "the typesetter measures in f32")]
        let width = f64_of(inner) as f32;
        let doubt = doubt_words(&self.arrangement.registration);
        let [.., least] = FOOTER_SIZES;
        let mut style = self.style(least, Tone::Secondary, false);
        if self.typesetter.n_lines(&lines[0], style, width) > 1
            && let Some(how) = lines[0].strip_suffix(&doubt)
        {
            // Too much to say on one line: the doubt stands where there is room for it.
            lines = [how.to_owned(), format!("{}{doubt}", lines[1])];
        }
        for size in FOOTER_SIZES {
            style = self.style(size, Tone::Secondary, false);
            if lines.iter().all(|line| self.typesetter.n_lines(line, style, width) == 1) {
                break;
            }
        }
        let line_height = height / FOOTER_LINES;
        let top = self.size.1 - self.margin.1 - height;
        let (x, width) = (self.margin.0, inner);
        for (idx, line) in lines.into_iter().enumerate() {
            let rect = CardRect { x, y: top + idx * line_height, width, height: line_height };
            self.text_item(ItemKind::Footer, None, rect, line, style);
        }
        let rect = CardRect { x, y: top + line_height, width, height: line_height };
        let style = TextStyle { is_right_aligned: true, ..style };
        self.text_item(ItemKind::Mark, None, rect, MARK.into(), style);
    }

    /// The first eight digits of each source's hash; not while they would tell the sides.
    fn hashes(&self) -> String {
        if self.document.is_blind() {
            return "blind: which side is which is not said".to_owned();
        }
        let hash = |side: Side| {
            let source = self.document.sources[side].as_ref();
            source.map_or("", |source| source.sha256.get(..8).unwrap_or_default())
        };
        format!("SHA-256 A {} · B {}", hash(Side::A), hash(Side::B))
    }

    /// How the panels were made: `A 1.25x · B 1.23x rolled 3.1° Lanczos-3 · similarity, RMS 0.6 px`.
    fn how(&self) -> String {
        let side = |item: &Item| {
            let view = item.view.as_ref()?;
            let roll = roll_text(view.roll());
            let roll = roll.map(|text| format!(" {text}")).unwrap_or_default();
            Some(format!("{} {}{roll}", item.side?, magnification_text(view.magnification())))
        };
        let panels = self.items.iter().filter(|item| item.kind == ItemKind::Panel);
        let sides: Vec<String> = panels.filter_map(side).collect();
        let fit = fit_words(self.document, &self.arrangement.registration);
        let matched = self.arrangement.matched_side().map_or_else(String::new, matched_text);
        let look = look_text(&self.document.card.look);
        let kernel = self.document.card.kernel.name();
        if self.document.is_blind() {
            return format!("both at one scale and resolution, {kernel}{look} · {fit}");
        }
        format!("{} {kernel}{matched}{look} · {fit}", sides.join(" · "))
    }
}
