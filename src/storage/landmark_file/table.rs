//! Cells in rows (RFC 4180), with a comma, a semicolon or a tab between them.

use std::{iter::Peekable, str::Chars};

use super::{
    error::LineError,
    text::{number, shown},
};

/// The text of a table.
#[derive(Clone, Copy, Debug)]
pub(super) struct Table<'a> {
    body: &'a str,
    first_line: usize,
    /// What a first line such as `sep=;` says (spreadsheets write and obey it).
    separator: Option<char>,
}

/// One row.
#[derive(Debug)]
pub(super) struct Record {
    /// Where it begins, from 1.
    pub(super) line: usize,
    pub(super) cells: Vec<String>,
}

impl<'a> Table<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let (head, rest) = text.split_once('\n').unwrap_or((text, ""));
        let head = head.trim_end_matches(' ');
        let bare = head.strip_prefix('"').and_then(|head| head.strip_suffix('"'));
        let mut separator = bare.unwrap_or(head).chars();
        let is_sep = separator.by_ref().take(4).collect::<String>().eq_ignore_ascii_case("sep=");
        match (is_sep, separator.next(), separator.next()) {
            (true, Some(separator), None) => {
                Self { body: rest, first_line: 2, separator: Some(separator) }
            }
            _ => Self { body: text, first_line: 1, separator: None },
        }
    }

    pub(super) fn records(&self, separator: char) -> Records<'a> {
        Records { rest: self.body.chars().peekable(), line: self.first_line, separator }
    }

    /// The separator that makes the first row what `is_first` says.
    pub(super) fn separator(&self, is_first: fn(&[String]) -> bool) -> Option<char> {
        let candidates = self.separator.map_or(vec![',', ';', '\t'], |only| vec![only]);
        candidates.into_iter().find(|separator| {
            let first = self.records(*separator).next();
            matches!(first, Some(Ok(record)) if is_first(&record.cells))
        })
    }

    /// The line of the first row that is not blank.
    pub(super) fn first_line(&self) -> usize {
        match self.records(self.separator.unwrap_or(',')).next() {
            Some(Ok(record)) => record.line,
            Some(Err((line, _))) => line,
            None => self.first_line,
        }
    }
}

/// The rows that are not blank.
#[derive(Debug)]
pub(super) struct Records<'a> {
    rest: Peekable<Chars<'a>>,
    line: usize,
    separator: char,
}

impl Iterator for Records<'_> {
    type Item = Result<Record, LineError>;

    fn next(&mut self) -> Option<Self::Item> {
        while self.rest.peek().is_some() {
            match self.record() {
                Ok(record) if record.cells.iter().all(|cell| cell.trim().is_empty()) => {}
                record => return Some(record),
            }
        }
        None
    }
}

impl Records<'_> {
    /// The next row. A cell that begins with a double quote may hold separators, line breaks and
    /// doubled quotes.
    fn record(&mut self) -> Result<Record, LineError> {
        let first_line = self.line;
        let (mut cells, mut cell) = (Vec::new(), String::new());
        let (mut quote, mut was_quoted) = (None, false);
        while let Some(c) = self.rest.next() {
            if c == '\n' {
                self.line += 1;
            }
            if quote.is_some() {
                match c {
                    '"' if self.rest.next_if_eq(&'"').is_none() => quote = None,
                    c => cell.push(c),
                }
                continue;
            }
            match c {
                '"' if !was_quoted && cell.trim().is_empty() => {
                    cell.clear();
                    (quote, was_quoted) = (Some(self.line), true);
                }
                '\n' => break,
                c if c == self.separator => {
                    cells.push(std::mem::take(&mut cell));
                    was_quoted = false;
                }
                c => cell.push(c),
            }
        }
        if let Some(line) = quote {
            return Err((line, "the quote that opens here is never closed".to_owned()));
        }
        cells.push(cell);
        Ok(Record { line: first_line, cells })
    }
}

/// The coordinate in a cell. A comma is a decimal comma; between commas it may also group
/// thousands, and is refused where it could be either.
pub(super) fn coordinate(cell: &str, separator: char, line: usize) -> Result<f64, LineError> {
    let is_digits =
        |text: &str, n: usize| text.len() <= n && text.bytes().all(|b| b.is_ascii_digit());
    let is_grouped = |(head, tail): (&str, &str)| {
        let head = head.trim_start_matches(['+', '-']);
        tail.len() == 3 && is_digits(tail, 3) && is_digits(head, 3) && !head.starts_with('0')
    };
    if separator == ',' && cell.trim().split_once(',').is_some_and(is_grouped) {
        let cell = shown(cell);
        let reason = format!("{cell} may have a decimal comma or not; write a decimal point");
        return Err((line, reason));
    }
    number(cell, line)
}

/// A cell as it is written, in quotes.
pub(super) fn quoted(cell: &str) -> String {
    format!("\"{}\"", cell.replace('"', "\"\""))
}
