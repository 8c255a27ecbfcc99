//! Reading labelme's files, ours and others'. The origin is ours, the outer corner of the first
//! pixel.

use std::{fs::File, io::Read as _, path::Path};

use serde::Deserialize;

use super::{
    FindingFileError,
    bounded::{AtMost, Simple},
    remark::{Remark, code_of, parse},
};
use crate::{
    document::{Belongs, Confidence, Finding, FindingId, Severity, Side},
    geometry::{Image, ImagePoint, Point, Rect, Shape},
};

/// Pictures may be embedded; beyond this a file was chosen by mistake.
const MAX_BYTES: u64 = 256 << 20;
const MAX_SHAPES: usize = 10_000;
const MAX_POINTS: usize = 100_000;
/// Further from the corner nothing lies in any picture.
const MAX_COORDINATE: f64 = 1e6;
/// By how much, in pixels, the polygon of an ellipse may be off its path.
const SAME_PATH: f64 = 0.01;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", expecting = "an object with shapes")]
struct Content {
    shapes: AtMost<Item, MAX_SHAPES>,
    image_width: Option<u32>,
    image_height: Option<u32>,
}

#[derive(Deserialize)]
#[serde(expecting = "a shape")]
struct Item {
    label: String,
    points: AtMost<[f64; 2], MAX_POINTS>,
    #[serde(default)]
    group_id: Simple,
    #[serde(default)]
    description: Option<String>,
    #[serde(default)]
    shape_type: Option<String>,
    #[serde(default)]
    flags: Option<Flags>,
}

#[derive(Default, Deserialize)]
#[serde(expecting = "flags")]
struct Flags {
    #[serde(default)]
    ghost: Simple,
}

/// One shape of a file.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    /// As it stands on this side.
    pub(super) finding: Finding,
    pub(super) label: String,
    pub(super) group: Option<i64>,
    /// Whether it was drawn on the file's side; `None` when it does not say.
    pub(super) is_original: Option<bool>,
    /// Whether it only shows where the other side's finding lies.
    pub(super) is_ghost: bool,
}

/// What one file holds.
pub(super) struct Entries {
    pub(super) list: Vec<Entry>,
    pub(super) warnings: Vec<String>,
    /// Width and height that the file says its picture has.
    pub(super) size: Option<(u32, u32)>,
}

/// Reads the file of one side.
pub(super) fn read(path: &Path, side: Side) -> Result<Entries, FindingFileError> {
    let fail = |reason| FindingFileError::Content { path: path.to_owned(), reason };
    let bytes = bytes_of(path)?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(fail("it is larger than 256 MiB, so it is no labelme file".to_owned()));
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
    let content: Content = serde_json::from_slice(bytes)
        .map_err(|error| fail(format!("{}; a JSON file of labelme is expected", said(&error))))?;
    let (mut list, mut warnings) = (Vec::new(), Vec::new());
    for (number, item) in (1_usize..).zip(content.shapes.0) {
        let warn = |why: String| format!("shape {number} of {}: {why}", path.display());
        match entry(item, side) {
            Ok((entry, doubt)) => {
                list.push(entry);
                warnings.extend(doubt.map(|doubt| warn(doubt.to_owned())));
            }
            Err(why) => warnings.push(warn(format!("{why}; it is left out"))),
        }
    }
    Ok(Entries { list, warnings, size: content.image_width.zip(content.image_height) })
}

fn bytes_of(path: &Path) -> Result<Vec<u8>, FindingFileError> {
    let fail = |source| FindingFileError::Read { path: path.to_owned(), source };
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(fail)?;
    file.take(MAX_BYTES + 1).read_to_end(&mut bytes).map_err(fail)?;
    Ok(bytes)
}

/// What a shape says, and what is doubtful about it; `Err` is why it cannot be taken.
fn entry(item: Item, side: Side) -> Result<(Entry, Option<&'static str>), String> {
    let described = parse(item.description.as_deref().unwrap_or_default());
    let remark = described.remark.as_ref();
    let shape = shape(&item, remark)?;
    let flags = item.flags.unwrap_or_default();
    let doubt = described.is_garbled.then_some(
        "the line of its description that begins with \"diptych:\" does not read and is kept as a \
         note",
    );
    let finding = Finding {
        id: FindingId(0),
        on: side,
        shape,
        belongs: remark.map_or(Belongs::To(side), |remark| remark.belongs),
        code: code_of(&item.label, remark),
        severity: remark.map_or(Severity::NEUTRAL, |remark| remark.severity),
        confidence: remark.map_or(Confidence::default(), |remark| remark.confidence),
        is_strength: remark.is_some_and(|remark| remark.is_strength),
        note: described.note,
    };
    let entry = Entry {
        finding,
        label: item.label,
        group: if let Simple::Number(group) = item.group_id { Some(group) } else { None },
        is_original: remark.map(|remark| remark.on == side),
        is_ghost: flags.ghost == Simple::Bool(true),
    };
    Ok((entry, doubt))
}

fn shape(item: &Item, remark: Option<&Remark>) -> Result<Shape, String> {
    let kind = item.shape_type.as_deref().unwrap_or("polygon");
    let points: Vec<ImagePoint> = item.points.0.iter().map(|[x, y]| Point::new(*x, *y)).collect();
    let is_near = |at: &ImagePoint| at.x.abs() <= MAX_COORDINATE && at.y.abs() <= MAX_COORDINATE;
    if !points.iter().all(is_near) {
        return Err("a place of it is no place in a picture".to_owned());
    }
    let upright = |first, second| Shape::Polygon(vec![first, second]).bounds();
    let shape = match (kind, points.as_slice()) {
        ("point", [at]) => Shape::Pin(*at),
        ("rectangle", [first, second]) => Shape::Box(upright(*first, *second)),
        ("circle", [center, edge]) => {
            let across = 2.0 * center.distance(*edge);
            Shape::Ellipse(Rect::from_center(*center, across, across))
        }
        ("line", [tail, tip]) => Shape::Arrow(*tail, *tip),
        ("linestrip" | "line", _) => Shape::Stroke(points),
        ("polygon", _) => match remark.and_then(|remark| remark.ellipse) {
            Some(area) => ellipse_or_polygon(area, points),
            None => Shape::Polygon(points),
        },
        // Its corners, in order.
        ("oriented_rectangle" | "rectangle", [_, _, _, _]) => Shape::Polygon(points),
        ("point" | "rectangle" | "circle" | "oriented_rectangle", _) => {
            return Err(format!("{} points make no {kind}", points.len()));
        }
        _ => return Err(format!("shapes of the type \"{}\" are not read", shown(kind, 40))),
    };
    if shape.is_sound() { Ok(shape) } else { Err(format!("nothing is to be seen of its {kind}")) }
}

/// The ellipse that a polygon was made from, moved along with it; the polygon where somebody has
/// reshaped it.
fn ellipse_or_polygon(area: Rect<Image>, points: Vec<ImagePoint>) -> Shape {
    let ellipse = Shape::Ellipse(area);
    let path = ellipse.path();
    let Some((first, start)) = points.first().zip(path.first()) else {
        return Shape::Polygon(points);
    };
    let (dx, dy) = (first.x - start.x, first.y - start.y);
    let is_same = points.len() == path.len()
        && points.iter().zip(&path).all(|(at, on)| at.distance(on.offset(dx, dy)) < SAME_PATH);
    match is_same {
        true if dx == 0.0 && dy == 0.0 => ellipse,
        true => ellipse.moved(dx, dy),
        false => Shape::Polygon(points),
    }
}

/// What is wrong and where; the file's own words may be of any length.
fn said(error: &serde_json::Error) -> String {
    let reason = error.to_string();
    let place = format!(" at line {} column {}", error.line(), error.column());
    let reason = reason.strip_suffix(&place).unwrap_or(&reason);
    format!("line {}: {}", error.line().max(1), shown(reason, 160))
}

/// Words of the file, fit for a sentence.
fn shown(words: &str, n_chars: usize) -> String {
    words.chars().filter(|c| !c.is_control()).take(n_chars).collect()
}
