//! Panels and what was answered: a table of letters and words, and a count. Never a score.

use super::{
    LayoutError,
    composer::{BLOCK_GAP, Composer, GAP, f32_of, f64_of, whole},
    layout::above,
    scene::{Align, CardRect, ItemKind, Tone},
};
use crate::document::{Answer, Criterion, Side, Tally};

/// Font sizes of questions, the largest first.
const ROW_SIZES: [f32; 2] = [26.0, 24.0];
/// The same beside panels, where there is little room.
const NARROW_ROW_SIZE: f32 = 21.0;
const HEAD_SIZES: [f32; 3] = [21.0, 19.0, 18.0];
const SUMMARY_SIZES: [f32; 4] = [30.0, 28.0, 26.0, 24.0];
/// The sum is never cut, or it would say something else; this is more than it takes.
const SUMMARY_LINES: usize = 6;
/// The share of a row that the question takes.
const QUESTION_SHARE: f64 = 0.42;
/// The same where answers on axes are only counted.
const QUESTION_SHARE_COUNTED: f64 = 0.56;
/// The least width of a column of answers on an axis; they are counted where there is less.
const LEAST_CELL: f64 = 96.0;
/// The share of a wide card that the table takes.
const TABLE_SHARE: f64 = 0.46;
/// Lines of a question.
const QUESTION_LINES: usize = 2;
/// The height of a line of the table's rules.
const RULE: usize = 2;
/// Above and below a row's text.
const ROW_PADDING: f64 = 8.0;
/// A panel is at least this many times as tall as it is wide, or rows give way to it.
const MIN_PANEL_ASPECT: f64 = 0.72;
/// The side of a letter in a table.
const CELL_BADGE: f64 = 38.0;

/// A row: what is asked, its answer, and the answers on the axes.
struct Row {
    question: String,
    answer: Option<Answer>,
    on_axes: Vec<Option<Answer>>,
}

/// What a cell of the table shows.
enum Cell {
    Answer(Answer),
    Words(String),
}

/// How the table is set.
struct Table {
    heads: Vec<String>,
    row_size: f32,
    question_width: usize,
    cell_width: usize,
    is_counted: bool,
}

impl Composer<'_> {
    /// The layout of panels and verdicts.
    pub(super) fn scorecard(&mut self, area: CardRect) -> Result<(), LayoutError> {
        let rows = self.rows();
        if self.is_wide() {
            let width = whole(f64_of(area.width) * TABLE_SHARE);
            let rest = area.width.checked_sub(width + self.px(GAP)).ok_or(LayoutError::TooSmall)?;
            let panels = CardRect { width: rest, ..area };
            self.diptych(panels)?;
            let table = self.table_of(width, NARROW_ROW_SIZE);
            return self.table(CardRect { x: area.right() - width, width, ..area }, &table, &rows);
        }
        let column = self.column(area.width)?;
        let least = self.labels_height(column) + whole(f64_of(column) * MIN_PANEL_ASPECT);
        let most = area.height.checked_sub(least + self.px(BLOCK_GAP));
        let most = most.ok_or(LayoutError::TooSmall)?;
        let mut table = self.table_of(area.width, ROW_SIZES[0]);
        if self.table_height(&table, rows.len()) > most {
            table = self.table_of(area.width, ROW_SIZES[1]);
        }
        let height = self.table_height(&table, rows.len()).min(most);
        let panels = above(area, height + self.px(BLOCK_GAP))?;
        self.diptych(panels)?;
        self.table(CardRect { y: area.bottom() - height, height, ..area }, &table, &rows)
    }

    /// A row a question, with the answers on the axes in the first one of each region; what other
    /// recipes asked comes last.
    fn rows(&self) -> Vec<Row> {
        let document = self.document;
        let axes = &document.recipe.axes;
        let answer = |region: &str, text: &str| {
            let criterion = Criterion { region: region.to_owned(), text: text.to_owned() };
            document.verdict(&criterion).and_then(|verdict| verdict.answer)
        };
        let mut rows: Vec<Row> = Vec::new();
        let mut regions: Vec<&str> = Vec::new();
        for question in &document.recipe.questions {
            let region = question.region.as_str();
            let is_first = !regions.contains(&region);
            regions.push(region);
            let on_axes = axes.iter().filter(|_| is_first).map(|axis| answer(region, axis));
            rows.push(Row {
                question: question.text.clone(),
                answer: answer(region, &question.text),
                on_axes: on_axes.collect(),
            });
        }
        let asked = document.recipe.criteria();
        let others = document.verdicts.iter().filter(|of| !asked.contains(&of.criterion));
        rows.extend(others.filter(|of| of.answer.is_some()).map(|of| Row {
            question: of.criterion.text.clone(),
            answer: of.answer,
            on_axes: Vec::new(),
        }));
        rows
    }

    fn table_of(&self, width: usize, row_size: f32) -> Table {
        let axes = &self.document.recipe.axes;
        let cells = whole(f64_of(width) * (1.0 - QUESTION_SHARE));
        let is_counted = cells / (axes.len() + 1) < self.px(LEAST_CELL);
        let mut heads = vec!["question".to_owned()];
        if is_counted && !axes.is_empty() {
            heads.push(format!("{} axes", axes.len()));
        } else {
            heads.extend(axes.iter().cloned());
        }
        let share = if is_counted { QUESTION_SHARE_COUNTED } else { QUESTION_SHARE };
        let question_width = whole(f64_of(width) * share);
        let cell_width = (width - question_width) / heads.len();
        Table { heads, row_size, question_width, cell_width, is_counted }
    }

    fn row_height(&self, table: &Table) -> usize {
        let style = self.style(table.row_size, Tone::Plain, Align::Left);
        Self::lines(QUESTION_LINES, style) + 2 * self.px(ROW_PADDING) + RULE
    }

    fn heads_height(&self) -> usize {
        Self::lines(2, self.style(HEAD_SIZES[0], Tone::Secondary, Align::Middle)) + self.px(8.0)
    }

    fn table_height(&mut self, table: &Table, n_rows: usize) -> usize {
        let width = table.question_width + table.heads.len() * table.cell_width;
        let summary = self.summary_height(width, 0);
        self.heads_height() + n_rows * self.row_height(table) + summary
    }

    fn summary_text(&self, n_left: usize) -> String {
        let (recipe, verdicts) = (&self.document.recipe, &self.document.verdicts);
        let words = Tally::of(recipe, verdicts).words();
        match n_left {
            0 => format!("More believable: {words}"),
            1 => format!("More believable: {words} (1 question has no room)"),
            n => format!("More believable: {words} ({n} questions have no room)"),
        }
    }

    fn summary_height(&mut self, width: usize, n_left: usize) -> usize {
        let text = self.summary_text(n_left);
        let how = (Tone::Leading, Align::Left);
        let style = self.largest(&SUMMARY_SIZES, how, &[&text], (1, width));
        let n_lines = self.typesetter.n_lines(&text, style, f32_of(f64_of(width)));
        Self::lines(n_lines.min(SUMMARY_LINES), style) + self.px(16.0)
    }

    fn table(&mut self, area: CardRect, table: &Table, rows: &[Row]) -> Result<(), LayoutError> {
        let room = area.height.checked_sub(self.heads_height()).ok_or(LayoutError::TooSmall)?;
        let mut n = rows.len();
        let mut summary = self.summary_height(area.width, 0);
        while n > 0 && n * self.row_height(table) + summary > room {
            n -= 1;
            summary = self.summary_height(area.width, rows.len() - n);
        }
        let room = room.checked_sub(summary).ok_or(LayoutError::TooSmall)?;
        self.heads(area, table);
        // Rows share what room is left.
        let row_height = (room / n.max(1)).min(self.row_height(table) * 3 / 2);
        let top = area.y + self.heads_height();
        for (idx, row) in rows[..n].iter().enumerate() {
            let band = CardRect { y: top + idx * row_height, height: row_height, ..area };
            self.row(band, table, row);
        }
        let y = top + n * row_height;
        self.summary(CardRect { y, height: summary, ..area }, rows.len() - n);
        Ok(())
    }

    fn heads(&mut self, area: CardRect, table: &Table) {
        let width = table.cell_width.saturating_sub(4);
        let heads: Vec<&str> = table.heads.iter().map(String::as_str).collect();
        let style = self.largest(&HEAD_SIZES, (Tone::Secondary, Align::Middle), &heads, (2, width));
        let bottom = area.y + self.heads_height() - self.px(8.0);
        for (idx, text) in heads.into_iter().enumerate() {
            let room = f32_of(f64_of(width));
            let text = self.typesetter.shortened_to(text, style, room, 2);
            let height = Self::lines(self.typesetter.n_lines(&text, style, room).min(2), style);
            let rect = CardRect { y: bottom - height, height, ..cell_place(area, table, idx) };
            self.text_item(ItemKind::ColumnHead, None, rect, text, style);
        }
    }

    fn row(&mut self, band: CardRect, table: &Table, row: &Row) {
        let style = self.style(table.row_size, Tone::Plain, Align::Left);
        let rule = CardRect { height: RULE, ..band };
        self.text_item(ItemKind::Rule, None, rule, String::new(), style);
        let width = table.question_width.saturating_sub(self.px(12.0));
        let room = f32_of(f64_of(width));
        let text = self.typesetter.shortened_to(&row.question, style, room, QUESTION_LINES);
        let n_lines = self.typesetter.n_lines(&text, style, room).min(QUESTION_LINES);
        let rect = centred(CardRect { width, ..band }, Self::lines(n_lines, style));
        self.text_item(ItemKind::RowHead, None, rect, text, style);
        for (idx, cell) in cells(row, table.is_counted).into_iter().enumerate() {
            let place = CardRect { y: band.y, height: band.height, ..cell_place(band, table, idx) };
            match cell {
                Some(Cell::Answer(answer)) => self.answer(place, answer),
                Some(Cell::Words(words)) => self.cell_words(place, &words, 22.0),
                None => (),
            }
        }
    }

    fn answer(&mut self, place: CardRect, answer: Answer) {
        let side = match answer {
            Answer::A => Side::A,
            Answer::B => Side::B,
            Answer::Tie => return self.cell_words(place, answer.name(), 24.0),
            Answer::NotVisible => return self.cell_words(place, answer.name(), 20.0),
        };
        let badge = self.px(CELL_BADGE).min(place.width);
        let x = place.x + (place.width - badge) / 2;
        let rect = centred(CardRect { x, width: badge, ..place }, badge);
        let style = self.style(24.0, Tone::Leading, Align::Middle);
        self.text_item(ItemKind::Verdict, Some(side), rect, answer.name().into(), style);
    }

    fn cell_words(&mut self, place: CardRect, words: &str, size: f32) {
        let style = self.style(size, Tone::Secondary, Align::Middle);
        let room = f32_of(f64_of(place.width));
        let text = self.typesetter.shortened_to(words, style, room, 2);
        let n_lines = self.typesetter.n_lines(&text, style, room).min(2);
        let rect = centred(place, Self::lines(n_lines, style));
        self.text_item(ItemKind::Verdict, None, rect, text, style);
    }

    fn summary(&mut self, area: CardRect, n_left: usize) {
        let text = self.summary_text(n_left);
        let how = (Tone::Leading, Align::Left);
        let style = self.largest(&SUMMARY_SIZES, how, &[&text], (1, area.width));
        let room = f32_of(f64_of(area.width));
        let text = self.typesetter.shortened_to(&text, style, room, SUMMARY_LINES);
        let rule = CardRect { height: RULE, ..area };
        self.text_item(ItemKind::Rule, None, rule, String::new(), style);
        let n_lines = self.typesetter.n_lines(&text, style, room).min(SUMMARY_LINES);
        let height = Self::lines(n_lines, style);
        let rect = CardRect { y: area.y + self.px(14.0), height, ..area };
        self.text_item(ItemKind::Summary, None, rect, text, style);
    }
}

/// The cells of a row: the answer, then those on the axes or how often each was given there.
fn cells(row: &Row, is_counted: bool) -> Vec<Option<Cell>> {
    let mut cells = vec![row.answer.map(Cell::Answer)];
    if !is_counted {
        cells.extend(row.on_axes.iter().map(|answer| answer.map(Cell::Answer)));
        return cells;
    }
    let count = |of: Answer| row.on_axes.iter().filter(|answer| **answer == Some(of)).count();
    let said = [Answer::A, Answer::B, Answer::Tie].map(|of| (of.name(), count(of)));
    let said = said.into_iter().filter(|(_, n)| *n > 0);
    let mut words: Vec<String> = said.map(|(name, n)| format!("{name}\u{A0}{n}")).collect();
    if words.is_empty() && count(Answer::NotVisible) > 0 {
        // What could not be seen is told where nothing else was; the sum below counts it.
        words.push(Answer::NotVisible.name().to_owned());
    }
    cells.push((!words.is_empty()).then(|| Cell::Words(words.join(", "))));
    cells
}

/// The column of this number, counted from the question's answer on.
fn cell_place(area: CardRect, table: &Table, idx: usize) -> CardRect {
    let x = area.right() - (table.heads.len() - idx) * table.cell_width;
    CardRect { x, width: table.cell_width, ..area }
}

/// A part of a row of this height in its middle, under its rule.
fn centred(band: CardRect, height: usize) -> CardRect {
    let free = band.height.saturating_sub(RULE + height);
    CardRect { y: band.y + RULE + free / 2, height, ..band }
}
