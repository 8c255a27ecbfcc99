//! What is exported, drawn onto a small picture by each format's own convention: exactly the pixels
//! that were meant are covered.

use image::{GrayImage, Luma};
use roxmltree::{Document as Xml, Node};
use serde_json::Value;

use super::{Lie, at, document, finding, json, places, written};
use crate::{
    document::{Belongs, Side},
    geometry::{ImagePoint, Rect, Shape},
    storage::FindingFormat,
};

const SIZE: u32 = 16;

/// Pixels whose middles a predicate holds.
fn filled(is_in: impl Fn(f64, f64) -> bool) -> GrayImage {
    GrayImage::from_fn(SIZE, SIZE, |x, y| {
        Luma([if is_in(f64::from(x) + 0.5, f64::from(y) + 0.5) { 255 } else { 0 }])
    })
}

/// The pixels of a polygon by the even-odd rule, corner origin.
fn polygon(corners: &[ImagePoint]) -> GrayImage {
    filled(|x, y| {
        let next = corners.iter().cycle().skip(1);
        let crossed = corners.iter().zip(next).filter(|(p, q)| {
            (p.y > y) != (q.y > y) && x < p.x + (y - p.y) / (q.y - p.y) * (q.x - p.x)
        });
        crossed.count() % 2 == 1
    })
}

fn rectangle(min: ImagePoint, max: ImagePoint) -> GrayImage {
    filled(|x, y| x > min.x && x < max.x && y > min.y && y < max.y)
}

fn pixel(x: f64, y: f64) -> GrayImage {
    filled(|cx, cy| (cx - 0.5, cy - 0.5) == (x, y))
}

/// Shapes, and the pixels that they are meant to cover.
fn meant() -> Vec<(Shape, GrayImage)> {
    let steps = [(1.0, 1.0), (9.0, 1.0), (9.0, 4.0), (4.0, 4.0), (4.0, 11.0), (1.0, 11.0)]
        .map(|(x, y)| at(x, y));
    let round = Rect::new(at(3.0, 2.0), at(13.0, 10.0));
    vec![
        (Shape::Pin(at(7.5, 3.5)), filled(|x, y| (x, y) == (7.5, 3.5))),
        (
            Shape::Box(Rect::new(at(2.0, 5.0), at(9.0, 6.0))),
            filled(|x, y| (2.0..9.0).contains(&x) && y.floor() == 5.0),
        ),
        (
            Shape::Ellipse(round),
            filled(|x, y| ((x - 8.0) / 5.0).powi(2) + ((y - 6.0) / 4.0).powi(2) < 1.0),
        ),
        (
            Shape::Polygon(steps.to_vec()),
            filled(|x, y| {
                (1.0..9.0).contains(&x) && (1.0..4.0).contains(&y)
                    || (1.0..4.0).contains(&x) && (1.0..11.0).contains(&y)
            }),
        ),
    ]
}

fn export(shape: &Shape, format: FindingFormat) -> String {
    let drawn = finding(Side::A, Belongs::To(Side::A), shape.clone());
    written(&document(Lie::SameGrid, vec![drawn]), format).remove(0)
}

fn from_labelme(text: &str) -> GrayImage {
    let shape = &json(text)["shapes"][0];
    let points = places(&shape["points"]);
    match shape["shape_type"].as_str().unwrap() {
        "point" => pixel(points[0].x.floor(), points[0].y.floor()),
        "rectangle" => rectangle(points[0], points[1]),
        _ => polygon(&points),
    }
}

fn annotation(text: &str) -> Value {
    json(text)["annotations"][0].clone()
}

fn from_cvat(text: &str) -> GrayImage {
    let xml = Xml::parse(text).unwrap();
    let image = xml.descendants().find(|node| node.has_tag_name("image")).unwrap();
    let shape: Node<'_, '_> = image.first_element_child().unwrap();
    let number = |name: &str| shape.attribute(name).unwrap().parse::<f64>().unwrap();
    let points = || -> Vec<ImagePoint> {
        let pairs = shape.attribute("points").unwrap().split(';');
        let pairs = pairs.map(|pair| pair.split_once(',').unwrap());
        pairs.map(|(x, y)| at(x.parse().unwrap(), y.parse().unwrap())).collect()
    };
    match shape.tag_name().name() {
        "points" => pixel(points()[0].x.floor(), points()[0].y.floor()),
        "box" => rectangle(at(number("xtl"), number("ytl")), at(number("xbr"), number("ybr"))),
        "ellipse" => filled(|x, y| {
            let (u, v) = ((x - number("cx")) / number("rx"), (y - number("cy")) / number("ry"));
            u * u + v * v < 1.0
        }),
        _ => polygon(&points()),
    }
}

#[test]
fn labelme_covers_exactly_the_pixels_meant() {
    for (shape, meant) in meant() {
        assert_eq!(from_labelme(&export(&shape, FindingFormat::Labelme)), meant, "{shape:?}");
    }
}

#[test]
fn cvat_covers_exactly_the_pixels_meant() {
    for (shape, meant) in meant() {
        assert_eq!(from_cvat(&export(&shape, FindingFormat::Cvat)), meant, "{shape:?}");
    }
}

#[test]
fn coco_covers_exactly_the_pixels_meant() {
    for (shape, meant) in meant() {
        let annotation = annotation(&export(&shape, FindingFormat::Coco));
        assert_eq!(polygon(&places(&annotation["segmentation"][0])), meant, "{shape:?}");
        let bbox = places(&annotation["bbox"]);
        let (min, max) = (bbox[0], bbox[0].offset(bbox[1].x, bbox[1].y));
        let held = rectangle(min, max);
        assert!(meant.pixels().zip(held.pixels()).all(|(m, h)| m.0[0] <= h.0[0]));
        if let Shape::Pin(_) = shape {
            // A keypoint is the number of a pixel: no half is left of the middle of one.
            let spot = &annotation["keypoints"];
            assert_eq!(pixel(spot[0].as_f64().unwrap(), spot[1].as_f64().unwrap()), meant);
        }
    }
}

#[test]
fn coco_gives_lines_a_width_of_one_pixel() {
    let along = Shape::Arrow(at(12.0, 3.5), at(2.0, 3.5));
    let annotation = annotation(&export(&along, FindingFormat::Coco));
    let meant = filled(|x, y| (2.0..12.0).contains(&x) && y.floor() == 3.0);
    assert_eq!(polygon(&places(&annotation["segmentation"][0])), meant);
    assert_eq!(annotation["bbox"], serde_json::json!([2.0, 3.0, 10.0, 1.0]));
    assert_eq!(annotation["area"], 10.0);
}
