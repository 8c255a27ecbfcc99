//! What the readers of text formats share: bytes to text, rows, numbers.

use std::{collections::BTreeSet, fs::File, io::Read as _, path::Path};

use super::error::{LandmarkFileError, LineError};

/// Far beyond any landmark file; what is larger was chosen by mistake.
const MAX_BYTES: u64 = 64 << 20;

/// The text of a file, its lines ended by `\n`.
pub(super) fn read(path: &Path) -> Result<String, LandmarkFileError> {
    let fail = |source| LandmarkFileError::Read { path: path.to_owned(), source };
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(fail)?;
    file.take(MAX_BYTES + 1).read_to_end(&mut bytes).map_err(fail)?;
    if bytes.len() as u64 > MAX_BYTES {
        let reason = "it is larger than 64 MiB, so it is no landmark file".to_owned();
        return Err(LandmarkFileError::Unplaced { path: path.to_owned(), reason });
    }
    Ok(decode(&bytes).replace("\r\n", "\n").replace('\r', "\n"))
}

/// UTF-16 with a byte order mark, UTF-8, or else Windows' Western European code page, which
/// spreadsheets on Windows write by default.
pub(super) fn decode(bytes: &[u8]) -> String {
    match bytes {
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] => utf8(rest),
        _ => utf8(bytes),
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let (units, rest) = bytes.as_chunks::<2>();
    let units = units.iter().map(|bytes| unit(*bytes));
    let text = char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER));
    text.chain(rest.iter().map(|_| char::REPLACEMENT_CHARACTER)).collect()
}

fn utf8(bytes: &[u8]) -> String {
    std::str::from_utf8(bytes)
        .map_or_else(|_| bytes.iter().map(|byte| western(*byte)).collect(), str::to_owned)
}

fn western(byte: u8) -> char {
    // What stands at 0x80 to 0x9f; elsewhere the code page equals the first 256 code points.
    const MIDDLE: &str = "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8d}Ž\u{8f}\u{90}‘’“”•–—˜™š›œ\u{9d}žŸ";
    let middle = byte.checked_sub(0x80).and_then(|idx| MIDDLE.chars().nth(idx.into()));
    middle.unwrap_or(char::from(byte))
}

/// The rows that are not blank, without the blanks round them, with their lines from 1.
pub(super) fn rows(text: &str) -> impl Iterator<Item = (usize, &str)> {
    (1..).zip(text.lines()).map(|(line, row)| (line, row.trim())).filter(|(_, row)| !row.is_empty())
}

/// What stands in the file, in quotes and fit for a sentence.
pub(super) fn shown(cell: &str) -> String {
    format!("\"{}\"", one_line(cell, 40))
}

/// A text without line breaks, not longer than a sentence can bear.
pub(super) fn one_line(text: &str, max_chars: usize) -> String {
    let mut rest = text.trim().chars();
    let plain = |c: char| if c.is_control() { char::REPLACEMENT_CHARACTER } else { c };
    let mut line: String = rest.by_ref().take(max_chars).map(plain).collect();
    if rest.next().is_some() {
        line.push('…');
    }
    line
}

/// A coordinate, with a decimal point or a decimal comma.
pub(super) fn number(cell: &str, line: usize) -> Result<f64, LineError> {
    let trimmed = cell.trim();
    let has_decimal_comma = trimmed.matches(',').count() == 1 && !trimmed.contains('.');
    let value = if has_decimal_comma {
        trimmed.replace(',', ".").parse::<f64>()
    } else {
        trimmed.parse::<f64>()
    };
    value.ok().filter(|value| value.is_finite()).ok_or_else(|| {
        let cell = shown(cell);
        (line, format!("{cell} is not a number; a coordinate in pixels is expected"))
    })
}

/// How many there are of something.
pub(super) fn count(cell: &str, what: &str, line: usize) -> Result<usize, LineError> {
    let cell = cell.trim();
    cell.parse().map_err(|_| (line, format!("{} is not a number of {what}", shown(cell))))
}

/// The two coordinates of a row, with blanks, a semicolon or a comma between them.
pub(super) fn split_point(row: &str, line: usize) -> Result<[&str; 2], LineError> {
    let cells = row.split(|c: char| c.is_whitespace() || c == ';');
    let cells: Vec<&str> = cells.filter(|cell| !cell.is_empty()).collect();
    match *cells.as_slice() {
        [x, y] => Ok([x.strip_suffix(',').unwrap_or(x), y]),
        // "1.5,2" is two numbers; "1,5" may be one or two.
        [both] if both.contains('.') && both.matches(',').count() == 1 => {
            Ok(both.split_once(',').map_or([both, ""], |(x, y)| [x, y]))
        }
        [_] | [] => {
            Err((line, "a point needs x and y, with a blank or a tab between them".to_owned()))
        }
        _ => Err((line, format!("{} numbers where x and y are expected", cells.len()))),
    }
}

/// A point in the file's own coordinates.
pub(super) fn point(row: &str, line: usize) -> Result<(f64, f64), LineError> {
    let [x, y] = split_point(row, line)?;
    Ok((number(x, line)?, number(y, line)?))
}

/// The shortest text that reads back as `value`.
pub(super) fn shortest(value: f64) -> String {
    // Zero has no sign here.
    (value + 0.0).to_string()
}

/// The names of a file, each only once.
#[derive(Debug, Default)]
pub(super) struct Names(BTreeSet<String>);

impl Names {
    /// The name without the blanks round it, when it is new and not empty.
    pub(super) fn claim(&mut self, name: &str, line: usize) -> Result<String, LineError> {
        let name = name.trim();
        if name.is_empty() {
            return Err((line, "the landmark has no name".to_owned()));
        }
        if !self.0.insert(name.to_owned()) {
            return Err((line, format!("a second landmark is named {}", shown(name))));
        }
        Ok(name.to_owned())
    }
}
