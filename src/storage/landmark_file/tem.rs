//! `WebMorph` and `PsychoMorph` templates: the number of points, a point a row, then the lines drawn
//! between them, which are not read. Coordinates are pixel indices: the origin is the centre of the
//! first pixel, so half a pixel is added. Points have no names, and none can be missing.

use super::{
    Codec, LandmarkFile, SidePoint, Target, Writing,
    error::Flaw,
    text::{count, number, point, rows, shortest, shown},
};
use crate::{document::Side, geometry::ImagePoint};

pub(super) static CODEC: Codec = Codec {
    name: "tem",
    extensions: &["tem"],
    is_two_sided: false,
    is_mine: |_| true,
    read,
    write: Some(write),
};

fn read(text: &str, _: Target) -> Result<LandmarkFile, Flaw> {
    let mut rows = rows(text).filter(|(_, row)| !row.starts_with('#'));
    let (line, head) = rows.next().ok_or((1, "the number of points is missing".to_owned()))?;
    let n = count(head, "points", line)?;
    let mut points = Vec::new();
    for idx in 0..n {
        let missing = || (line, format!("{n} points are announced, {idx} are there"));
        let (line, row) = rows.next().ok_or_else(missing)?;
        let (x, y) = point(row, line)?;
        let at = Some(ImagePoint::new(x + 0.5, y + 0.5));
        points.push(SidePoint { name: None, at });
    }
    // What follows is the lines, which begin with their number alone, or a comment, or nothing.
    if let Some((line, row)) = rows.next() {
        let mut cells = row.split_whitespace();
        let is_number = cells.next().is_some_and(|cell| number(cell, line).is_ok());
        if is_number && cells.next().is_some() {
            let reason = format!("{n} points are announced, here is one more");
            return Err((line, reason).into());
        }
    }
    Ok(LandmarkFile::Side(points))
}

/// The most names that a sentence lists.
const MAX_NAMES: usize = 12;

/// The lines are written as none: their number, 0.
fn write(writing: Writing<'_>) -> Result<String, String> {
    let side = writing.side.unwrap_or(Side::A);
    let mut rows = vec![writing.pairs.len().to_string()];
    let mut missing = Vec::new();
    for pair in writing.pairs {
        match pair.at[side] {
            Some(at) => rows.push([at.x, at.y].map(|value| shortest(value - 0.5)).join("\t")),
            None => missing.push(shown(&pair.name)),
        }
    }
    if missing.is_empty() {
        rows.push("0\n".to_owned());
        return Ok(rows.join("\n"));
    }
    // A whole template can be missing.
    let rest = missing.len().saturating_sub(MAX_NAMES);
    missing.truncate(MAX_NAMES);
    let more = if rest > 0 { format!(" and {rest} more") } else { String::new() };
    Err(format!(
        "the format tem has no place for landmarks that are missing, and these are not marked on \
         side {side}: {}{more}; mark them or choose another format",
        missing.join(", ")
    ))
}
