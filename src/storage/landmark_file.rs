//! Landmark files of this and other programs. Each reader states its format's origin and converts
//! to ours, the outer corner of the first pixel.

use std::path::{Path, PathBuf};

use crate::{document::PerSide, geometry::ImagePoint};

/// Named places on both sides.
pub type Pairs = Vec<(String, PerSide<Option<ImagePoint>>)>;

/// Why landmarks were not read; nothing has changed.
#[derive(Debug, thiserror::Error)]
pub enum LandmarkFileError {
    /// The file cannot be read.
    #[error("could not open {}: {source}; check the path", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// The system's reason.
        source: std::io::Error,
    },
    /// The file does not say what it should.
    #[error("could not read landmarks from {}, line {line}: {reason}", path.display())]
    Content {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// What is wrong there and what is expected.
        reason: String,
    },
    /// Nothing tells the format.
    #[error(
        "could not read landmarks from {}: the extension names no known format; use .csv \
         (name,ax,ay,bx,by) for a pair or .tem for one side", .0.display()
    )]
    UnknownFormat(PathBuf),
}

const CSV_HEADER: &str = "name,ax,ay,bx,by";

fn read_text(path: &Path) -> Result<String, LandmarkFileError> {
    let fail = |source| LandmarkFileError::Read { path: path.to_owned(), source };
    let bytes = std::fs::read(path).map_err(fail)?;
    Ok(String::from_utf8_lossy(&bytes).trim_start_matches('\u{feff}').to_owned())
}

fn extension_of(path: &Path) -> String {
    path.extension().map(|e| e.to_string_lossy().to_ascii_lowercase()).unwrap_or_default()
}

/// Reads landmarks of both sides: a CSV file with the header `name,ax,ay,bx,by`, corner origin; an
/// empty pair of cells is a landmark that is not marked on that side.
///
/// # Errors
/// See [`LandmarkFileError`].
pub fn read_pairs(path: &Path) -> Result<Pairs, LandmarkFileError> {
    if extension_of(path) != "csv" {
        return Err(LandmarkFileError::UnknownFormat(path.to_owned()));
    }
    parse_csv(&read_text(path)?).map_err(|(line, reason)| LandmarkFileError::Content {
        path: path.to_owned(),
        line,
        reason,
    })
}

/// Reads the landmarks of one side: `WebMorph` `.tem`, whose coordinates are pixel indices (the
/// first pixel's centre is the origin, so half a pixel is added). They are named "point 1" on.
///
/// # Errors
/// See [`LandmarkFileError`].
pub fn read_side(path: &Path) -> Result<Vec<(String, ImagePoint)>, LandmarkFileError> {
    if extension_of(path) != "tem" {
        return Err(LandmarkFileError::UnknownFormat(path.to_owned()));
    }
    parse_tem(&read_text(path)?).map_err(|(line, reason)| LandmarkFileError::Content {
        path: path.to_owned(),
        line,
        reason,
    })
}

type LineError = (usize, String);

fn number(cell: &str, line: usize) -> Result<f64, LineError> {
    let value = cell.trim().parse::<f64>().ok().filter(|value| value.is_finite());
    value.ok_or_else(|| (line, format!("\"{}\" is not a number", cell.trim())))
}

pub(super) fn parse_csv(text: &str) -> Result<Pairs, LineError> {
    let mut lines = (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty());
    let header = lines.next().map(|(_, line)| line.replace([' ', '"'], "").to_ascii_lowercase());
    if header.as_deref() != Some(CSV_HEADER) {
        return Err((1, format!("the header must be {CSV_HEADER}")));
    }
    let mut pairs = Pairs::new();
    for (line, row) in lines {
        let cells = split_row(row);
        let [name, ax, ay, bx, by] = cells.as_slice() else {
            return Err((line, format!("{} cells where 5 are expected", cells.len())));
        };
        let place = |x: &str, y: &str| match (x.trim(), y.trim()) {
            ("", "") => Ok(None),
            (x, y) => Ok(Some(ImagePoint::new(number(x, line)?, number(y, line)?))),
        };
        if name.trim().is_empty() {
            return Err((line, "the landmark has no name".to_owned()));
        }
        if pairs.iter().any(|(other, _)| other == name.trim()) {
            return Err((line, format!("a second landmark is named \"{}\"", name.trim())));
        }
        pairs.push((name.trim().to_owned(), PerSide::new(place(ax, ay)?, place(bx, by)?)));
    }
    Ok(pairs)
}

/// The cells of a row; a cell in double quotes may hold commas and doubled quotes (RFC 4180).
fn split_row(row: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut is_quoted = false;
    let mut rest = row.trim_end_matches('\r').chars().peekable();
    while let Some(c) = rest.next() {
        let cell = cells.last_mut();
        match c {
            '"' if is_quoted && rest.peek() == Some(&'"') => {
                rest.next();
                cell.map(|cell| cell.push('"')).unwrap_or_default();
            }
            '"' => is_quoted = !is_quoted,
            ',' if !is_quoted => cells.push(String::new()),
            c => cell.map(|cell| cell.push(c)).unwrap_or_default(),
        }
    }
    cells
}

pub(super) fn parse_tem(text: &str) -> Result<Vec<(String, ImagePoint)>, LineError> {
    let mut lines = (1..)
        .zip(text.lines())
        .map(|(idx, line)| (idx, line.trim()))
        .filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
    let (line, count) = lines.next().ok_or((1, "the number of points is missing".to_owned()))?;
    let count: usize =
        count.parse().map_err(|_| (line, format!("\"{count}\" is not a number of points")))?;
    let mut points = Vec::new();
    for idx in 1..=count {
        let missing = || (line, format!("{count} points are announced, {} are there", idx - 1));
        let (line, row) = lines.next().ok_or_else(missing)?;
        let mut cells = row.split_whitespace();
        let (Some(x), Some(y)) = (cells.next(), cells.next()) else {
            return Err((line, "a point needs x and y".to_owned()));
        };
        let at = ImagePoint::new(number(x, line)? + 0.5, number(y, line)? + 0.5);
        points.push((format!("point {idx}"), at));
    }
    // What follows is a section of lines, which begins with their number alone, or nothing.
    if let Some((line, row)) = lines.next()
        && row.split_whitespace().count() > 1
    {
        return Err((line, format!("{count} points are announced, here is one more")));
    }
    Ok(points)
}
