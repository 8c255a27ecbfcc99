//! Panels and what was answered: a table of letters and words, and a count. Never a score.

use super::{
    LayoutError,
    composer::{BLOCK_GAP, Composer, GAP, f32_of, f64_of, whole},
    layout::above,
    scene::{Align, CardRect, ItemKind, Tone},
};
use crate::document::{Answer, Criterion, Side, Tally};

const ROW_SIZE: f32 = 26.0;
const HEAD_SIZES: [f32; 3] = [21.0, 19.0, 17.0];
const SUMMARY_SIZES: [f32; 4] = [30.0, 28.0, 26.0, 24.0];
/// The share of a row that the question takes.
const QUESTION_SHARE: f64 = 0.42;
/// The share of a wide card that the table takes.
const TABLE_SHARE: f64 = 0.46;
/// Lines of a question.
const QUESTION_LINES: usize = 2;
/// The height of a line of the table's rules.
const RULE: usize = 2;
/// Above and below a row's text.
const ROW_PADDING: f64 = 9.0;
/// A panel is at least this many times as tall as it is wide, or rows give way to it.
const MIN_PANEL_ASPECT: f64 = 0.8;
/// The side of a letter in a table.
const CELL_BADGE: f64 = 38.0;

/// A row: what is asked, its answer, and the answers on the axes.
struct Row {
    question: String,
    cells: Vec<Option<Answer>>,
}

impl Composer<'_> {
    /// The layout of panels and verdicts.
    pub(super) fn scorecard(&mut self, area: CardRect) -> Result<(), LayoutError> {
        let axes = self.document.recipe.axes.clone();
        let rows = self.rows(&axes);
        if self.is_wide() {
            let width = whole(f64_of(area.width) * TABLE_SHARE);
            let panels = CardRect { width: area.width - width - self.px(GAP), ..area };
            self.diptych(panels)?;
            return self.table(CardRect { x: area.right() - width, width, ..area }, &axes, &rows);
        }
        let column = self.column(area.width)?;
        let least = whole(f64_of(column) * MIN_PANEL_ASPECT) + self.px(BLOCK_GAP + 70.0);
        let wanted = self.table_height(rows.len());
        let height = wanted.min(area.height.checked_sub(least).ok_or(LayoutError::TooSmall)?);
        let panels = above(area, height + self.px(BLOCK_GAP))?;
        self.diptych(panels)?;
        self.table(CardRect { y: area.bottom() - height, height, ..area }, &axes, &rows)
    }

    /// A row a question, with the answers on the axes in the first one of each region; what other
    /// recipes asked comes last.
    fn rows(&self, axes: &[String]) -> Vec<Row> {
        let document = self.document;
        let answer = |region: &str, text: &str| {
            let criterion = Criterion { region: region.to_owned(), text: text.to_owned() };
            document.verdict(&criterion).and_then(|verdict| verdict.answer)
        };
        let mut rows: Vec<Row> = Vec::new();
        let mut regions: Vec<&str> = Vec::new();
        for question in &document.recipe.questions {
            let region = question.region.as_str();
            let mut cells = vec![answer(region, &question.text)];
            if !regions.contains(&region) {
                regions.push(region);
                cells.extend(axes.iter().map(|axis| answer(region, axis)));
            }
            rows.push(Row { question: question.text.clone(), cells });
        }
        let asked = document.recipe.criteria();
        let others = document.verdicts.iter().filter(|of| !asked.contains(&of.criterion));
        rows.extend(others.filter(|of| of.answer.is_some()).map(|of| Row {
            question: of.criterion.text.clone(),
            cells: vec![of.answer],
        }));
        rows
    }

    fn row_height(&self) -> usize {
        let style = self.style(ROW_SIZE, Tone::Plain, Align::Left);
        Self::lines(QUESTION_LINES, style) + 2 * self.px(ROW_PADDING) + RULE
    }

    fn heads_height(&self) -> usize {
        Self::lines(2, self.style(HEAD_SIZES[0], Tone::Secondary, Align::Middle)) + self.px(8.0)
    }

    fn summary_height(&self) -> usize {
        Self::lines(1, self.style(SUMMARY_SIZES[0], Tone::Leading, Align::Left)) + self.px(16.0)
    }

    fn table_height(&self, n_rows: usize) -> usize {
        self.heads_height() + n_rows * self.row_height() + self.summary_height()
    }

    fn table(&mut self, area: CardRect, axes: &[String], rows: &[Row]) -> Result<(), LayoutError> {
        let fixed = self.heads_height() + self.summary_height();
        let room = area.height.checked_sub(fixed).ok_or(LayoutError::TooSmall)?;
        let n = (room / self.row_height()).min(rows.len());
        let question = whole(f64_of(area.width) * QUESTION_SHARE);
        let cell = (area.width - question) / (axes.len() + 1);
        let cell_rect = |idx: usize, y: usize, height: usize| CardRect {
            x: area.right() - (axes.len() + 1 - idx) * cell,
            y,
            width: cell,
            height,
        };
        let heads: Vec<&str> =
            std::iter::once("question").chain(axes.iter().map(String::as_str)).collect();
        let how = (Tone::Secondary, Align::Middle);
        let style = self.largest(&HEAD_SIZES, how, &heads, (2, cell.saturating_sub(4)));
        let heads_height = self.heads_height();
        for (idx, text) in heads.iter().enumerate() {
            let width = f32_of(f64_of(cell.saturating_sub(4)));
            let text = self.typesetter.shortened_to(text, style, width, 2);
            let lines = Self::lines(self.typesetter.n_lines(&text, style, width).min(2), style);
            let bottom = area.y + heads_height - self.px(8.0);
            let rect = cell_rect(idx, bottom - lines, lines);
            self.text_item(ItemKind::ColumnHead, None, rect, text, style);
        }
        // Rows share what room is left.
        let row_height = (room / n.max(1)).min(self.row_height() * 3 / 2);
        for (idx, row) in rows[..n].iter().enumerate() {
            let y = area.y + heads_height + idx * row_height;
            let band = CardRect { y, height: row_height, ..area };
            self.row(band, question, row, &|cell| cell_rect(cell, y, row_height));
        }
        let y = area.y + heads_height + n * row_height;
        self.summary(CardRect { y, height: self.summary_height(), ..area }, rows.len() - n);
        Ok(())
    }

    fn row(
        &mut self,
        band: CardRect,
        question: usize,
        row: &Row,
        cell_rect: &dyn Fn(usize) -> CardRect,
    ) {
        let style = self.style(ROW_SIZE, Tone::Plain, Align::Left);
        let rule = CardRect { height: RULE, ..band };
        let none = String::new();
        self.text_item(ItemKind::Rule, None, rule, none, style);
        let width = question.saturating_sub(self.px(12.0));
        let room = f32_of(f64_of(width));
        let text = self.typesetter.shortened_to(&row.question, style, room, QUESTION_LINES);
        let n_lines = self.typesetter.n_lines(&text, style, room).min(QUESTION_LINES);
        let height = Self::lines(n_lines, style);
        let middle = |height: usize| band.y + RULE + (band.height - RULE).saturating_sub(height) / 2;
        let rect = CardRect { x: band.x, y: middle(height), width, height };
        self.text_item(ItemKind::RowHead, None, rect, text, style);
        for (idx, answer) in row.cells.iter().enumerate() {
            let Some(answer) = answer else { continue };
            let (side, size) = match answer {
                Answer::A => (Some(Side::A), 24.0),
                Answer::B => (Some(Side::B), 24.0),
                Answer::Tie => (None, 24.0),
                Answer::NotVisible => (None, 18.0),
            };
            let tone = if side.is_some() { Tone::Leading } else { Tone::Secondary };
            let style = self.style(size, tone, Align::Middle);
            let cell = cell_rect(idx);
            let badge = self.px(CELL_BADGE).min(cell.width);
            let rect = match side {
                Some(_) => CardRect {
                    x: cell.x + (cell.width - badge) / 2,
                    y: middle(badge),
                    width: badge,
                    height: badge,
                },
                None => {
                    let width = f32_of(f64_of(cell.width));
                    let n_lines = self.typesetter.n_lines(answer.name(), style, width).min(2);
                    let height = Self::lines(n_lines, style);
                    CardRect { y: middle(height), height, ..cell }
                }
            };
            self.text_item(ItemKind::Verdict, side, rect, answer.name().into(), style);
        }
    }

    fn summary(&mut self, area: CardRect, n_left: usize) {
        let (recipe, verdicts) = (&self.document.recipe, &self.document.verdicts);
        let mut text = format!("More believable: {}", Tally::of(recipe, verdicts).words());
        if n_left > 0 {
            text = format!("{text} ({n_left} questions have no room)");
        }
        let how = (Tone::Leading, Align::Left);
        let style = self.largest(&SUMMARY_SIZES, how, &[&text], (1, area.width));
        let text = self.typesetter.shortened_to(&text, style, f32_of(f64_of(area.width)), 1);
        let rule = CardRect { height: RULE, ..area };
        self.text_item(ItemKind::Rule, None, rule, String::new(), style);
        let height = Self::lines(1, style);
        let rect = CardRect { y: area.y + self.px(14.0), height, ..area };
        self.text_item(ItemKind::Summary, None, rect, text, style);
    }
}
