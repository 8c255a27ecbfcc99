//! A table for spreadsheets: UTF-8, one finding a row, as RFC 4180 has it (commas, lines ended by
//! CR LF, cells with commas, quotes or line breaks in quotes). The origin is ours, the outer corner of
//! the first pixel.
//!
//! Cells are what was typed: one that begins like a formula is not altered, since whoever reads the
//! table by a program would get other words than were written.

use super::{
    placed::Places,
    text::{kind, name, shortest},
};
use crate::{
    document::Document,
    geometry::{Image, Rect, Shape},
};

const HEADER: [&str; 20] = [
    "number",
    "belongs",
    "drawn_on",
    "code",
    "name",
    "region",
    "severity",
    "confidence",
    "defect_or_strength",
    "note",
    "shape",
    "x",
    "y",
    "width",
    "height",
    "points",
    "other_x",
    "other_y",
    "other_width",
    "other_height",
];

/// The whole file.
pub(super) fn write(document: &Document) -> String {
    let places = Places::of(document);
    let mut text = row(&HEADER.map(str::to_owned));
    for (number, finding) in (1_usize..).zip(&document.findings) {
        let here = bounds(Some(&finding.shape));
        let there = places.shape(finding, finding.on.other());
        let mut cells = vec![
            number.to_string(),
            finding.belongs.name().to_owned(),
            finding.on.to_string(),
            finding.code_text().to_owned(),
            name(finding).to_owned(),
            finding.region().to_owned(),
            finding.severity.level().to_string(),
            finding.confidence.name().to_owned(),
            kind(finding).to_owned(),
            finding.note.clone(),
            finding.kind().name().to_owned(),
        ];
        cells.extend(here);
        cells.push(points(&finding.shape));
        cells.extend(bounds(there.as_ref()));
        text += &row(&cells);
    }
    text
}

/// Left, top, width and height; empty cells without a shape.
fn bounds(shape: Option<&Shape>) -> [String; 4] {
    let cells =
        |area: Rect<Image>| [area.min.x, area.min.y, area.width(), area.height()].map(shortest);
    shape.map(Shape::bounds).map(cells).unwrap_or_default()
}

/// What the shape is made of: two opposite corners of a rectangle and of an ellipse's.
fn points(shape: &Shape) -> String {
    let points = match shape {
        Shape::Box(area) | Shape::Ellipse(area) => vec![area.min, area.max],
        _ => shape.corners(),
    };
    let points = points.iter().map(|at| format!("{} {}", shortest(at.x), shortest(at.y)));
    points.collect::<Vec<_>>().join(";")
}

fn row(cells: &[String]) -> String {
    let cells = cells.iter().map(|cell| {
        if cell.contains([',', '"', '\n', '\r']) {
            format!("\"{}\"", cell.replace('"', "\"\""))
        } else {
            cell.clone()
        }
    });
    cells.collect::<Vec<_>>().join(",") + "\r\n"
}
