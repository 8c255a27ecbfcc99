//! Writing COCO: one JSON file with both pictures. Boxes and polygons have our origin, the outer
//! corner of the first pixel; *keypoints* count from the centre of the first pixel, so half a pixel is
//! taken off there. A mask covers the pixels whose middles the polygon holds.
//!
//! A finding that belongs to both sides is an annotation of both pictures, others of their own side's.
//! The bounding box is the one round the polygon. A pin is one keypoint; its polygon is the pixel it
//! lies in, since readers trip over annotations without an area. A stroke and an arrow are polygons
//! that go along half a pixel beside the line and come back on its other side: an empty list of
//! polygons breaks the usual reader, and one that comes back on the line itself covers nothing. Their
//! own points, an arrow's from tail to tip, are among the attributes.

use serde::Serialize;

use super::{
    picture_names,
    placed::{Placed, Places, outline},
    text::{label, name},
};
use crate::{
    document::{Document, PerSide, Side, Source},
    geometry::{ImagePoint, Point, Shape},
};

#[derive(Serialize)]
struct Written {
    info: Info,
    licenses: [(); 0],
    images: Vec<Picture>,
    categories: Vec<Category>,
    annotations: Vec<Annotation>,
}

#[derive(Serialize)]
struct Info {
    description: &'static str,
    version: &'static str,
}

#[derive(Serialize)]
struct Picture {
    id: usize,
    file_name: String,
    width: u32,
    height: u32,
}

#[derive(Serialize)]
struct Category {
    id: usize,
    name: String,
    supercategory: String,
    keypoints: [&'static str; 1],
    skeleton: [(); 0],
}

#[derive(Serialize)]
struct Annotation {
    id: usize,
    image_id: usize,
    category_id: usize,
    bbox: [f64; 4],
    segmentation: [Vec<f64>; 1],
    area: f64,
    iscrowd: u8,
    #[serde(skip_serializing_if = "Option::is_none")]
    keypoints: Option<[f64; 3]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    num_keypoints: Option<u8>,
    attributes: Attributes,
}

#[derive(Serialize)]
struct Attributes {
    number: usize,
    severity: u8,
    confidence: &'static str,
    side: &'static str,
    drawn_on: char,
    mapped: bool,
    strength: bool,
    name: String,
    note: String,
    shape: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    points: Option<Vec<f64>>,
}

/// The number of a side's picture.
const fn picture_id(side: Side) -> usize {
    match side {
        Side::A => 1,
        Side::B => 2,
    }
}

/// The whole file. `Err` says what does not fit.
pub(super) fn write(document: &Document) -> Result<String, String> {
    let places = Places::of(document);
    let placed = PerSide::from_fn(|side| places.own(side));
    let categories = categories(document);
    let names = picture_names(&document.sources);
    let mut images = Vec::new();
    let mut annotations = Vec::new();
    for (side, source) in document.sources.iter() {
        let Some(source) = source else { continue };
        let (width, height) = (source.width, source.height);
        let file_name = names[side].clone();
        images.push(Picture { id: picture_id(side), file_name, width, height });
        for placed in &placed[side] {
            let category = categories.iter().find(|of| of.name == label(placed.finding));
            let category = category.map_or(0, |category| category.id);
            annotations.push(annotation(placed, annotations.len() + 1, (side, source), category));
        }
    }
    let info = Info { description: "Findings of two renders of one face", version: "1.0" };
    let written = Written { info, licenses: [], images, categories, annotations };
    let text = serde_json::to_string_pretty(&written);
    text.map(|text| text + "\n").map_err(|error| format!("{error}; choose another format"))
}

/// One for each code in use, in the order of their names. Every one may have a keypoint, so that
/// pins of any code load as such.
fn categories(document: &Document) -> Vec<Category> {
    let mut used: Vec<(&str, &str)> =
        document.findings.iter().map(|finding| (label(finding), finding.region())).collect();
    used.sort_unstable();
    used.dedup_by_key(|(name, _)| *name);
    let category = |(id, (name, region)): (usize, (&str, &str))| Category {
        id,
        name: name.to_owned(),
        supercategory: region.to_owned(),
        keypoints: ["spot"],
        skeleton: [],
    };
    (1..).zip(used).map(category).collect()
}

fn annotation(
    placed: &Placed<'_>,
    id: usize,
    (side, source): (Side, &Source),
    category_id: usize,
) -> Annotation {
    let Placed { finding, number, shape, is_mapped } = placed;
    let polygon = polygon(shape, source);
    let bounds = Shape::Polygon(polygon.clone()).bounds();
    let pin = if let Shape::Pin(at) = shape { Some(at) } else { None };
    let flat = |points: &[ImagePoint]| points.iter().flat_map(|at| [at.x, at.y]).collect();
    let is_line = matches!(shape, Shape::Stroke(_) | Shape::Arrow(..));
    Annotation {
        id,
        image_id: picture_id(side),
        category_id,
        bbox: [bounds.min.x, bounds.min.y, bounds.width(), bounds.height()],
        segmentation: [flat(&polygon)],
        area: if is_line { length(&shape.corners()) } else { area(&polygon) },
        iscrowd: 0,
        keypoints: pin.map(|at| [at.x - 0.5, at.y - 0.5, 2.0]),
        num_keypoints: pin.map(|_| 1),
        attributes: Attributes {
            number: *number,
            severity: finding.severity.level(),
            confidence: finding.confidence.name(),
            side: finding.belongs.name(),
            drawn_on: finding.on.letter(),
            mapped: *is_mapped,
            strength: finding.is_strength,
            name: name(finding).to_owned(),
            note: finding.note.clone(),
            shape: shape.kind().name(),
            points: is_line.then(|| flat(&shape.corners())),
        },
    }
}

/// What a mask is made from. Nothing is cut off at the picture's edge.
fn polygon(shape: &Shape, source: &Source) -> Vec<ImagePoint> {
    match shape {
        Shape::Pin(at) => {
            // The last pixel has two edges.
            let pixel = |at: f64, n: u32| if at == f64::from(n) { at - 1.0 } else { at.floor() };
            let (left, top) = (pixel(at.x, source.width), pixel(at.y, source.height));
            [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)]
                .map(|(x, y)| Point::new(left + x, top + y))
                .to_vec()
        }
        Shape::Stroke(points) => ribbon(points),
        Shape::Arrow(tail, tip) => ribbon(&[*tail, *tip]),
        Shape::Box(_) | Shape::Ellipse(_) | Shape::Polygon(_) => outline(shape),
    }
}

/// Along a line half a pixel beside it, and back on its other side.
fn ribbon(points: &[ImagePoint]) -> Vec<ImagePoint> {
    let last = points.len().saturating_sub(1);
    let beside = |idx: usize, sign: f64| {
        let (from, to) = (points[idx.saturating_sub(1)], points[(idx + 1).min(last)]);
        let length = from.distance(to);
        let (x, y) = if length > 0.0 {
            ((to.x - from.x) / length, (to.y - from.y) / length)
        } else {
            (1.0, 0.0)
        };
        points[idx].offset(-0.5 * sign * y, 0.5 * sign * x)
    };
    let out = (0..points.len()).map(|idx| beside(idx, 1.0));
    out.chain((0..points.len()).rev().map(|idx| beside(idx, -1.0))).collect()
}

/// What a polygon encloses, in square pixels.
fn area(corners: &[ImagePoint]) -> f64 {
    let next = corners.iter().cycle().skip(1);
    let twice: f64 = corners.iter().zip(next).map(|(p, q)| p.x * q.y - q.x * p.y).sum();
    twice.abs() / 2.0
}

/// How long a line is; as it is one pixel wide, also its area.
fn length(points: &[ImagePoint]) -> f64 {
    points.windows(2).map(|ends| ends[0].distance(ends[1])).sum()
}
