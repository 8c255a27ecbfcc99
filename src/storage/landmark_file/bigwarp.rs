//! `BigWarp`'s CSV: no header, quoted cells, one landmark a row: name, whether it is active, x and y
//! in the moving picture (B), x and y in the fixed one (A); some versions put a number after the
//! second cell. The origin is the centre of the first pixel, so half a pixel is added; the pixels
//! are taken as 1 apart. A half that is not marked is `Infinity`.

use super::{
    Codec, LandmarkFile, NamedPair, Target, Writing,
    error::{Flaw, LineError},
    table::{Table, coordinate, quoted},
    text::{Names, shortest, shown},
};
use crate::{
    document::{PerSide, Side},
    geometry::ImagePoint,
};

pub(super) static CODEC: Codec = Codec {
    name: "bigwarp",
    extensions: &["csv"],
    is_two_sided: true,
    is_mine: |text| Table::new(text).separator(is_row).is_some(),
    read,
    write: Some(write),
};

const MISSING: &str = "Infinity";

fn is_row(cells: &[String]) -> bool {
    cells.len() >= 6 && active(&cells[1]).is_some()
}

fn active(cell: &str) -> Option<bool> {
    match cell.trim() {
        word if word.eq_ignore_ascii_case("true") => Some(true),
        word if word.eq_ignore_ascii_case("false") => Some(false),
        _ => None,
    }
}

/// `BigWarp` itself switches off every row that lacks a half, so only a complete row that is
/// switched off is read as inactive.
fn read(text: &str, _: Target) -> Result<LandmarkFile, Flaw> {
    let table = Table::new(text);
    let separator = table.separator(is_row).unwrap_or(',');
    let (mut names, mut pairs) = (Names::default(), Vec::new());
    for record in table.records(separator) {
        let record = record?;
        let line = record.line;
        let ([name, is_active, moving_x, moving_y, fixed_x, fixed_y]
        | [name, is_active, _, moving_x, moving_y, fixed_x, fixed_y]) = record.cells.as_slice()
        else {
            let reason = match record.cells.len() {
                8 | 9 => "landmarks of volumes have a z, those of pictures are expected".to_owned(),
                n => format!("{n} cells where 6 are expected"),
            };
            return Err((line, reason).into());
        };
        let was_active = active(is_active).ok_or_else(|| {
            (line, format!("{} where true or false is expected", shown(is_active)))
        })?;
        let name = names.claim(name, line)?;
        let place = |x: &str, y: &str| place(x, y, separator, line);
        let at = PerSide::new(place(fixed_x, fixed_y)?, place(moving_x, moving_y)?);
        pairs.push(NamedPair { name, at, is_active: was_active || at.both().is_none() });
    }
    Ok(LandmarkFile::Pairs(pairs))
}

fn place(x: &str, y: &str, separator: char, line: usize) -> Result<Option<ImagePoint>, LineError> {
    match (x.trim() == MISSING, y.trim() == MISSING) {
        (true, true) => Ok(None),
        (false, false) => {
            let number = |cell| coordinate(cell, separator, line);
            Ok(Some(ImagePoint::new(number(x)? + 0.5, number(y)? + 0.5)))
        }
        _ => Err((line, format!("{MISSING} is expected in both coordinates or in none"))),
    }
}

/// Rows that lack a half are written switched off, as `BigWarp` keeps them.
#[expect(clippy::unnecessary_wraps, reason = "other formats cannot hold every landmark")]
fn write(writing: Writing<'_>) -> Result<String, String> {
    let mut text = String::new();
    for pair in writing.pairs {
        let at = PerSide::from_fn(|side| writing.place(pair, side));
        let is_active = pair.is_active && at.both().is_some();
        let mut cells = vec![quoted(&pair.name), quoted(&is_active.to_string())];
        for side in [Side::B, Side::A] {
            let [x, y] = at[side].map_or_else(
                || [MISSING, MISSING].map(str::to_owned),
                |at| [at.x, at.y].map(|value| shortest(value - 0.5)),
            );
            cells.extend([quoted(&x), quoted(&y)]);
        }
        text += &(cells.join(",") + "\n");
    }
    Ok(text)
}
