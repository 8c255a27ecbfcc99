//! 3D Slicer's markups.

use super::{Outcome, assert_line, at, named, nameless, pair, read, read_fixture, side, written};
use crate::{
    document::Side,
    storage::{LandmarkFile, LandmarkFormat},
};

fn slicer(content: &str) -> Outcome {
    read("F.mrk.json", content)
}

/// A point list; the points begin in line 2.
fn list(points: &str) -> String {
    format!("{{\"markups\": [{{\"type\": \"Fiducial\", \"controlPoints\": [\n{points}\n]}}]}}")
}

#[test]
fn point_lists_are_read_and_half_a_pixel_is_added() {
    let LandmarkFile::Side(found) = read_fixture("slicer.mrk.json") else { panic!() };
    let expected = [
        named("right mouth corner", at(120.75, 310.5)),
        named("left mouth corner", None),
        named("nose tip", None),
        named("F-1", at(6.0, 6.5)),
    ];
    assert_eq!(found, expected);
}

#[test]
fn sparse_points_are_read() {
    let points = r#"{"position": [1, 2]}, {"label": "  ", "position": null}, {"label": "x",
        "positionStatus": "missing", "position": [null, null, null]}, {"label": "y"}"#;
    let expected = [nameless(at(1.5, 2.5)), nameless(None), named("x", None), named("y", None)];
    assert_eq!(side(slicer(&list(points))), expected);
    assert_eq!(side(slicer(&list(""))), []);
    assert_eq!(side(slicer(&format!("\u{feff}{}", list("").replace('\n', "\r")))), []);
}

#[test]
fn a_bad_file_is_refused_by_its_line() {
    let point = |point: &str| slicer(&list(&format!("{{\"position\": [1, 2, 0]}},\n{point}")));
    assert_line(point("{\"position\": [1, NaN, 0]}"), 3, "expected value; the markups of 3D");
    assert_line(point("{\"position\": [1, 1e400, 0]}"), 3, "number out of range");
    assert_line(point("{\"position\": [1]}"), 3, "expected a position of x, y and z");
    assert_line(point("{\"position\": [1, null, 0]}"), 3, "expected a position of x, y and z");
    assert_line(point("{\"position\": [1, 2, 0, 0]}"), 3, "expected a position of x, y and z");
    assert_line(point("{\"position\": \"1 2\"}"), 3, "expected a position");
    assert_line(point("7"), 3, "expected a control point");
    assert_line(point("{\"positionStatus\": \"gone\"}"), 3, "unknown variant");
    assert_line(point("{\"position\": [1, 2"), 4, "EOF");
    let long = format!("{{\"positionStatus\": \"two\\nlines{}\"}}", "x".repeat(9999));
    assert_line(point(&long), 3, "xxx…; the markups");
    assert_line(slicer(""), 1, "EOF");
    assert_line(slicer("7\n"), 1, "expected an object with markups");
    assert_line(slicer("{\"shapes\": []}\n"), 1, "missing field `markups`");
    assert_line(slicer("{\"markups\": []}"), 1, "a markup of the type Fiducial is expected");
    assert_line(slicer("{\"markups\": [\n{\"coordinateSystem\": \"XYZ\"}]}"), 2, "`RAS`");
    assert_line(slicer(&"[".repeat(100_000)), 1, "expected");
}

#[test]
fn a_repeated_label_is_refused_by_its_line() {
    let points = "{\"label\": \"a\\\"b\", \"id\": \"label\"},\n{\"label\": \"c\"},\n\
                  {\"label\": \"a\\u0022b\"}";
    assert_line(slicer(&list(points)), 4, "a second landmark is named \"a\"b\"");
}

#[test]
fn a_point_list_is_written() {
    let marked = [pair("nose \"tip\"", at(0.5, 1.75), None), pair("chin", None, at(3.0, 4.0))];
    let text = written(LandmarkFormat::Slicer, &marked, Some(Side::A)).unwrap();
    assert!(text.contains("\"coordinateSystem\": \"LPS\""), "{text}");
    assert!(text.contains("Schema/markups-schema-v1.0.3.json#\""), "{text}");
    assert!(text.contains("0.0,\n            1.25,\n            0.0\n"), "{text}");
    assert!(text.contains("\"positionStatus\": \"undefined\"\n"), "{text}");
    let expected = [named("nose \"tip\"", at(0.5, 1.75)), named("chin", None)];
    assert_eq!(side(slicer(&text)), expected);
}
