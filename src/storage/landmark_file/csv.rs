//! Our own CSV: a header, then one landmark a row. The origin is ours, the outer corner of the
//! first pixel.

use super::{
    Codec, LandmarkFile, NamedPair, Target, Writing,
    error::Flaw,
    table::{Table, coordinate, quoted},
    text::{Names, shortest},
};
use crate::{
    document::{PerSide, Side},
    geometry::ImagePoint,
};

pub(super) static CODEC: Codec = Codec {
    name: "csv",
    extensions: &["csv"],
    is_two_sided: true,
    is_mine: |text| Table::new(text).separator(is_header).is_some(),
    read,
    write: Some(write),
};

const HEADER: [&str; 5] = ["name", "ax", "ay", "bx", "by"];

fn is_header(cells: &[String]) -> bool {
    cells.len() == HEADER.len()
        && cells.iter().zip(HEADER).all(|(cell, word)| cell.trim().eq_ignore_ascii_case(word))
}

/// An empty pair of cells is a landmark that is not marked on that side.
fn read(text: &str, _: Target) -> Result<LandmarkFile, Flaw> {
    let table = Table::new(text);
    let separator = table.separator(is_header).ok_or_else(|| {
        let header = HEADER.join(",");
        let reason = format!(
            "the header must be {header}, or without a header each row must be as BigWarp writes \
             it, a name and then true or false"
        );
        (table.first_line(), reason)
    })?;
    let (mut names, mut pairs) = (Names::default(), Vec::new());
    for record in table.records(separator).skip(1) {
        let record = record?;
        let line = record.line;
        let [name, ax, ay, bx, by] = record.cells.as_slice() else {
            return Err((line, format!("{} cells where 5 are expected", record.cells.len())).into());
        };
        let place = |x: &str, y: &str| match (x.trim(), y.trim()) {
            ("", "") => Ok(None),
            (x, y) => {
                let number = |cell| coordinate(cell, separator, line);
                Ok::<_, Flaw>(Some(ImagePoint::new(number(x)?, number(y)?)))
            }
        };
        let name = names.claim(name, line)?;
        let at = PerSide::new(place(ax, ay)?, place(bx, by)?);
        pairs.push(NamedPair { name, at, is_active: true });
    }
    Ok(LandmarkFile::Pairs(pairs))
}

#[expect(clippy::unnecessary_wraps, reason = "other formats cannot hold every landmark")]
fn write(writing: Writing<'_>) -> Result<String, String> {
    let mut text = HEADER.join(",") + "\n";
    for pair in writing.pairs {
        let needs_quotes = pair.name.contains([',', '"', '\n', '\r']);
        text += &if needs_quotes { quoted(&pair.name) } else { pair.name.clone() };
        for side in Side::BOTH {
            text += &writing.place(pair, side).map_or_else(
                || ",,".to_owned(),
                |at| format!(",{},{}", shortest(at.x), shortest(at.y)),
            );
        }
        text.push('\n');
    }
    Ok(text)
}
