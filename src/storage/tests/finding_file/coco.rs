//! COCO's JSON.

use serde_json::{Value, json as object};

use super::{
    Lie, assert_near, at, document, finding, findings_of_both, json, places, shapes, written,
};
use crate::{
    document::{Belongs, Document, Finding, Severity, Side},
    geometry::{ImagePoint, Shape},
    storage::FindingFormat,
};

fn coco(document: &Document) -> Value {
    json(&written(document, FindingFormat::Coco)[0])
}

/// The annotations of a picture.
fn of_picture(file: &Value, id: u64) -> Vec<Value> {
    let all = file["annotations"].as_array().unwrap().iter();
    all.filter(|annotation| annotation["image_id"] == id).cloned().collect()
}

fn polygon(annotation: &Value) -> Vec<ImagePoint> {
    let polygons = annotation["segmentation"].as_array().unwrap();
    assert_eq!(polygons.len(), 1);
    assert!(polygons[0].as_array().unwrap().len() > 4, "four numbers would be read as a box");
    places(&polygons[0])
}

#[test]
fn both_pictures_and_every_code_are_listed() {
    let mut findings = findings_of_both();
    findings.push(Finding::drawn(Side::B, shapes().remove(0), Severity::NEUTRAL));
    let file = coco(&document(Lie::Upright, findings));
    assert_eq!(
        file["images"],
        object!([
            { "id": 1, "file_name": "left.png", "width": 320, "height": 240 },
            { "id": 2, "file_name": "right.jpg", "width": 800, "height": 640 },
        ])
    );
    let category = |id: u32, name: &str, region: &str| object!({ "id": id, "name": name, "supercategory": region, "keypoints": ["spot"], "skeleton": [] });
    assert_eq!(
        file["categories"],
        object!([category(1, "TEE-A3", "TEE"), category(2, "unnamed", "")])
    );
    let ids: Vec<u64> =
        file["annotations"].as_array().unwrap().iter().map(|a| a["id"].as_u64().unwrap()).collect();
    assert_eq!(ids, (1..=13).collect::<Vec<_>>());
    assert_eq!(file["annotations"][12]["category_id"], 2);
}

#[test]
fn outlines_boxes_and_areas_are_those_of_the_shapes() {
    let file = coco(&document(Lie::Upright, findings_of_both()));
    for (id, scale) in [(1, 1.0), (2, 2.0)] {
        let place = |p: ImagePoint| if id == 1 { p } else { Lie::Upright.b_of(p) };
        for (annotation, shape) in of_picture(&file, id).iter().zip(shapes()) {
            assert_eq!(annotation["iscrowd"], 0);
            let area = annotation["area"].as_f64().unwrap() / (scale * scale);
            let bbox = places(&annotation["bbox"]);
            let size = at(bbox[1].x, bbox[1].y);
            let own = shape.bounds();
            match &shape {
                Shape::Box(rect) => {
                    assert_near(&polygon(annotation), &rect.corners().map(place));
                    assert_near(&bbox, &[place(rect.min), at(20.5 * scale, 40.0 * scale)]);
                    assert!((area - 820.0).abs() < 1e-6);
                }
                Shape::Ellipse(_) => {
                    let path: Vec<_> = shape.path().into_iter().map(place).collect();
                    assert_near(&polygon(annotation), &path);
                    let exact = std::f64::consts::PI * 30.0 * 20.125;
                    assert!((area / exact - 1.0).abs() < 2e-3, "{area} for {exact}");
                }
                Shape::Polygon(corners) => {
                    let corners: Vec<_> = corners.iter().map(|p| place(*p)).collect();
                    assert_near(&polygon(annotation), &corners);
                    assert_near(&bbox, &[place(own.min), at(40.0 * scale, 50.0 * scale)]);
                    assert!((area - 950.0).abs() < 1e-6, "{area}");
                }
                Shape::Pin(_) => {
                    let pixel = place(at(41.25, 52.5));
                    assert_near(&bbox, &[at(pixel.x.floor(), pixel.y.floor()), at(1.0, 1.0)]);
                    let keypoint = object!([pixel.x - 0.5, pixel.y - 0.5, 2.0]);
                    assert_eq!(annotation["keypoints"], keypoint, "from the first pixel's centre");
                    assert_eq!(annotation["num_keypoints"], 1);
                }
                Shape::Stroke(_) | Shape::Arrow(..) => {
                    let along: Vec<_> = shape.corners().into_iter().map(place).collect();
                    assert_near(&places(&annotation["attributes"]["points"]), &along);
                    assert_eq!(polygon(annotation).len(), 2 * along.len());
                    let (min, max) = (place(own.min), place(own.max));
                    let far = at(bbox[0].x + size.x, bbox[0].y + size.y);
                    let slack =
                        [min.x - bbox[0].x, min.y - bbox[0].y, far.x - max.x, far.y - max.y];
                    assert!(slack.iter().all(|by| (0.0..=0.5).contains(by)), "{slack:?}");
                }
            }
            assert_eq!(annotation.get("keypoints").is_some(), matches!(shape, Shape::Pin(_)));
        }
    }
}

#[test]
fn a_finding_of_one_side_stands_on_that_side_alone() {
    let square = || shapes().remove(1);
    let findings = vec![
        finding(Side::A, Belongs::To(Side::A), square()),
        finding(Side::A, Belongs::To(Side::B), square()),
        finding(Side::A, Belongs::Both, square()),
    ];
    let numbers = |file: &Value, id| -> Vec<(u64, bool)> {
        let of = |a: &Value| a["attributes"]["number"].as_u64().unwrap();
        let mapped = |a: &Value| a["attributes"]["mapped"].as_bool().unwrap();
        of_picture(file, id).iter().map(|a| (of(a), mapped(a))).collect()
    };
    let aligned = coco(&document(Lie::Turned, findings.clone()));
    assert_eq!(numbers(&aligned, 1), [(1, false), (3, false)]);
    assert_eq!(numbers(&aligned, 2), [(2, true), (3, true)]);
    let corners = shapes().remove(1).corners().into_iter().map(|p| Lie::Turned.b_of(p));
    assert_near(&polygon(&of_picture(&aligned, 2)[0]), &corners.collect::<Vec<_>>());
    // B's finding cannot be taken there; it stays where it was drawn and says whose it is.
    let apart = coco(&document(Lie::Nothing, findings));
    assert_eq!(numbers(&apart, 1), [(1, false), (2, false), (3, false)]);
    assert_eq!(of_picture(&apart, 1)[1]["attributes"]["side"], "B");
    assert_eq!(numbers(&apart, 2), []);
}

#[test]
fn attributes_say_the_rest() {
    let noted = Finding {
        note: "Zähne \"歯\"\n🦷".to_owned(),
        is_strength: true,
        ..finding(Side::B, Belongs::Both, shapes().remove(0))
    };
    let file = coco(&document(Lie::SameGrid, vec![noted]));
    assert_eq!(
        file["annotations"][0]["attributes"],
        object!({
            "number": 1, "severity": 3, "confidence": "clear", "side": "both", "drawn_on": "B",
            "mapped": true, "strength": true, "name": "teeth apart", "note": "Zähne \"歯\"\n🦷",
            "shape": "pin",
        })
    );
}

#[test]
fn pictures_of_one_name_are_told_apart_by_their_folders() {
    let mut document = document(Lie::SameGrid, Vec::new());
    document.sources.a.as_mut().unwrap().path = "one/face.png".into();
    document.sources.b.as_mut().unwrap().path = "two/face.png".into();
    let file = coco(&document);
    let names = [0, 1].map(|idx: usize| file["images"][idx]["file_name"].as_str().unwrap());
    assert_eq!(names, ["one/face.png", "two/face.png"]);
}

#[test]
fn a_pin_on_the_last_edge_is_in_the_last_pixel() {
    let corner = finding(Side::A, Belongs::To(Side::A), Shape::Pin(at(320.0, 240.0)));
    let file = coco(&document(Lie::SameGrid, vec![corner]));
    assert_eq!(file["annotations"][0]["bbox"], object!([319.0, 239.0, 1.0, 1.0]));
    assert_eq!(file["annotations"][0]["keypoints"], object!([319.5, 239.5, 2.0]));
}
