//! TPS, of tpsDig and geomorph: blocks that begin with `LM=` and the number of landmarks, one
//! landmark a row. The origin is the lower left corner of the picture and y goes up, so its height
//! is needed. Landmarks have no names.
//!
//! One block is one side, two are A and then B. `SCALE=` is not applied: coordinates stay pixels.
//! Curves and whatever else a block may hold are not read. A landmark with a negative coordinate is
//! missing (tpsDig writes -1 -1, geomorph calls it `negNA`), one with `NA` too.
//!
//! webmorphR writes y negated from the upper edge instead, in pixel indices. A block where no x is
//! negative, no y is positive and some y is negative is read so; its height is not needed.

use super::{
    Codec, LandmarkFile, PictureSize, SidePoint, Target, Writing,
    error::{Flaw, LineError},
    pair::pair_up,
    text::{count, number, point, rows, shortest, shown, split_point},
};
use crate::{
    document::{PerSide, Side},
    geometry::ImagePoint,
};

pub(super) static CODEC: Codec = Codec {
    name: "tps",
    extensions: &["tps"],
    is_two_sided: true,
    is_mine: |_| true,
    read,
    write: Some(write),
};

/// One block: places in the file's own coordinates.
type Block = Vec<Option<(f64, f64)>>;

fn read(text: &str, target: Target) -> Result<LandmarkFile, Flaw> {
    let mut blocks = blocks(text)?.into_iter();
    match (blocks.next(), blocks.next()) {
        (Some(a), Some(b)) => {
            let a = placed(&a, || height(target.sizes.a, Side::A))?;
            let b = placed(&b, || height(target.sizes.b, Side::B))?;
            Ok(LandmarkFile::Pairs(pair_up(PerSide::new(a, b))))
        }
        (Some(only), None) => {
            let height = || match target.side {
                Some(side) => height(target.sizes[side], side),
                None => shared_height(target.sizes),
            };
            Ok(LandmarkFile::Side(placed(&only, height)?))
        }
        (None, _) => {
            let line = rows(text).next().map_or(1, |(line, _)| line);
            Err((line, "LM= and the number of landmarks are expected first".to_owned()).into())
        }
    }
}

fn height(size: Option<PictureSize>, side: Side) -> Result<f64, String> {
    size.map(|(_, height)| height.into()).ok_or_else(|| {
        format!(
            "the format tps counts from the lower edge of the picture, and side {side} has none; \
             load that picture first"
        )
    })
}

/// The height that both pictures have.
fn shared_height(sizes: PerSide<Option<PictureSize>>) -> Result<f64, String> {
    let heights = sizes.map(|size| size.map(|(_, height)| height));
    heights.both().filter(|heights| heights.a == heights.b).map(|heights| heights.a.into()).ok_or(
        "it holds one side and counts from the lower edge of its picture; say which side it is for"
            .to_owned(),
    )
}

fn placed(
    block: &Block,
    height: impl FnOnce() -> Result<f64, String>,
) -> Result<Vec<SidePoint>, Flaw> {
    let side_point = |at| SidePoint { name: None, at };
    if is_negated(block) {
        let place = |(x, y): (f64, f64)| ImagePoint::new(x + 0.5, 0.5 - y);
        return Ok(block.iter().map(|at| side_point(at.map(place))).collect());
    }
    let height = height().map_err(Flaw::Unplaced)?;
    let place = |(x, y): (f64, f64)| ImagePoint::new(x, height - y);
    let is_there = |(x, y): &(f64, f64)| *x >= 0.0 && *y >= 0.0;
    Ok(block.iter().map(|at| side_point(at.filter(is_there).map(place))).collect())
}

fn is_negated(block: &Block) -> bool {
    let mut places = block.iter().flatten();
    places.clone().all(|(x, y)| *x >= 0.0 && *y <= 0.0) && places.any(|(_, y)| *y < 0.0)
}

fn blocks(text: &str) -> Result<Vec<Block>, LineError> {
    let mut rows = rows(text);
    let mut blocks: Vec<Block> = Vec::new();
    while let Some((line, row)) = rows.next() {
        let (key, value) = keyed(row).ok_or_else(|| {
            let reason = match blocks.last() {
                Some(block) => format!("{} landmarks are announced, here is one more", block.len()),
                None => "LM= and the number of landmarks are expected first".to_owned(),
            };
            (line, reason)
        })?;
        match key.as_str() {
            "LM3" => {
                let reason = "landmarks of volumes have a z, those of pictures (LM=) are expected";
                return Err((line, reason.to_owned()));
            }
            "LM" if blocks.len() == 2 => {
                let reason = "a third block begins; one (a side) or two (A, then B) are expected";
                return Err((line, reason.to_owned()));
            }
            "LM" => blocks.push(points(&mut rows, value, "landmarks", line)?),
            "POINTS" => drop(points(&mut rows, value, "points", line)?),
            _ if blocks.is_empty() => {
                return Err((line, format!("{} where LM= is expected first", shown(row))));
            }
            // CURVES, IMAGE, ID, SCALE, COMMENT, VARIABLES and others.
            _ => {}
        }
    }
    Ok(blocks)
}

/// The word before an equals sign, in capitals, and what follows it.
fn keyed(row: &str) -> Option<(String, &str)> {
    let (key, value) = row.split_once('=')?;
    let key = key.trim();
    let is_word = key.chars().next().is_some_and(|c| c.is_ascii_alphabetic());
    is_word.then(|| (key.to_ascii_uppercase(), value))
}

/// The rows that `LM=` or `POINTS=` in `line` announces.
fn points<'a>(
    rows: &mut impl Iterator<Item = (usize, &'a str)>,
    announced: &str,
    what: &str,
    line: usize,
) -> Result<Block, LineError> {
    let n = count(announced, what, line)?;
    let mut block = Block::new();
    for idx in 0..n {
        let row = rows.next().filter(|(_, row)| keyed(row).is_none());
        let missing = || (line, format!("{n} {what} are announced, {idx} are there"));
        let (line, row) = row.ok_or_else(missing)?;
        block.push(place(row, line)?);
    }
    Ok(block)
}

fn place(row: &str, line: usize) -> Result<Option<(f64, f64)>, LineError> {
    let cells = split_point(row, line)?;
    let is_missing = |cell: &str| cell.eq_ignore_ascii_case("NA");
    if cells.iter().any(|cell| is_missing(cell)) {
        // The other one must still be sound.
        for cell in cells.iter().filter(|cell| !is_missing(cell)) {
            number(cell, line)?;
        }
        return Ok(None);
    }
    point(row, line).map(Some)
}

/// A landmark that is not marked is written -1 -1, as tpsDig does; geomorph reads it as missing
/// with `negNA = TRUE`.
fn write(writing: Writing<'_>) -> Result<String, String> {
    let mut rows = Vec::new();
    for side in Side::BOTH.into_iter().filter(|side| writing.side.is_none_or(|only| only == *side))
    {
        let height = height(writing.sizes[side], side)?;
        rows.push(format!("LM={}", writing.pairs.len()));
        for pair in writing.pairs {
            let place = pair.at[side].map(|at| (at.x, height - at.y));
            if place.is_some_and(|(x, y)| x < 0.0 || y < 0.0) {
                return Err(format!(
                    "{} lies left of or below the picture of side {side}, where the format tps \
                     reads it as missing; move it or choose another format",
                    shown(&pair.name)
                ));
            }
            let (x, y) = place.unwrap_or((-1.0, -1.0));
            rows.push(format!("{} {}", shortest(x), shortest(y)));
        }
        rows.push(format!("ID={side}"));
    }
    Ok(rows.join("\n") + "\n")
}
