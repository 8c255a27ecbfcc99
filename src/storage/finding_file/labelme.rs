//! Writing labelme's files: JSON, one file a side. The origin is ours, the outer corner of the first
//! pixel.
//!
//! Every finding stands in both files where the fit takes it across, with the same `group_id`, its
//! number. The flag `ghost` is false on a side that the finding belongs to and true on the other one.
//! Flags can only be true or false there, so what else a finding says goes into the last line of the
//! description (see [`remark`](super::remark)). A pin is a `point`, a box a `rectangle`, a stroke a
//! `linestrip`, an arrow a `line` from its tail to its tip; an ellipse is a `polygon` along its path,
//! since only circles are known there.

use serde::Serialize;

use super::{
    placed::{Placed, Places, outline},
    remark::description,
    text::label,
};
use crate::{
    document::{Document, Side, Source},
    geometry::Shape,
};

/// The release whose files these are like.
const VERSION: &str = "5.5.0";

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Written<'a> {
    version: &'static str,
    flags: NoFlags,
    shapes: Vec<WrittenShape<'a>>,
    image_path: String,
    image_data: Option<()>,
    image_height: u32,
    image_width: u32,
}

#[derive(Serialize)]
struct NoFlags {}

#[derive(Serialize)]
struct WrittenShape<'a> {
    label: &'a str,
    points: Vec<[f64; 2]>,
    group_id: usize,
    description: String,
    shape_type: &'static str,
    flags: Flags,
    mask: Option<()>,
}

#[derive(Serialize)]
struct Flags {
    ghost: bool,
}

/// The file of one side. `Err` says what does not fit.
pub(super) fn write(document: &Document, side: Side, source: &Source) -> Result<String, String> {
    let shapes = Places::of(document).everywhere(side).into_iter();
    let shapes = shapes.map(|Placed { finding, number, shape, .. }| WrittenShape {
        label: label(finding),
        points: points(&shape),
        group_id: number,
        description: description(finding, &shape),
        shape_type: shape_type(&shape),
        flags: Flags { ghost: !finding.belongs.holds(side) },
        mask: None,
    });
    let written = Written {
        version: VERSION,
        flags: NoFlags {},
        shapes: shapes.collect(),
        image_path: source.file_name(),
        image_data: None,
        image_height: source.height,
        image_width: source.width,
    };
    let text = serde_json::to_string_pretty(&written);
    text.map(|text| text + "\n").map_err(|error| format!("{error}; choose another format"))
}

const fn shape_type(shape: &Shape) -> &'static str {
    match shape {
        Shape::Pin(_) => "point",
        Shape::Box(_) => "rectangle",
        Shape::Ellipse(_) | Shape::Polygon(_) => "polygon",
        Shape::Stroke(_) => "linestrip",
        Shape::Arrow(..) => "line",
    }
}

fn points(shape: &Shape) -> Vec<[f64; 2]> {
    let points = match shape {
        Shape::Box(area) => vec![area.min, area.max],
        _ => outline(shape),
    };
    points.iter().map(|at| [at.x, at.y]).collect()
}
