//! `diptych findings`.

use std::fs;

use diptych::{
    document::{Belongs, Code, Edit, Finding, FindingEdit, History, Severity, Side},
    geometry::{ImagePoint, Rect, Shape},
    storage::{read_session, write_session},
};
use serde_json::{Value, json};

use super::{Place, SESSION};

/// A place whose session holds a box of A, a pin of B and an ellipse of both.
fn place_with_findings() -> Place {
    let place = Place::with_session(3, &[]);
    let path = place.join(SESSION);
    let at = ImagePoint::new;
    let shapes = [
        (Side::A, Belongs::To(Side::A), Shape::Box(Rect::new(at(50.0, 60.0), at(90.0, 80.5)))),
        (Side::B, Belongs::To(Side::B), Shape::Pin(at(120.5, 130.25))),
        (Side::A, Belongs::Both, Shape::Ellipse(Rect::new(at(100.0, 60.0), at(150.0, 90.0)))),
    ];
    let code =
        Code { code: "EYE-A1".into(), name: "Glanz fehlt, ü".into(), strength: "Glanz".into() };
    let findings = shapes.map(|(on, belongs, shape)| Finding {
        belongs,
        code: Some(code.clone()),
        note: "a note".into(),
        ..Finding::drawn(on, shape, Severity::new(2).unwrap())
    });
    let mut history = History::new(read_session(&path).unwrap());
    let add = FindingEdit::Add(findings.to_vec(), None);
    history.edit(Edit::Findings(add), None).unwrap();
    write_session(history.document(), &path).unwrap();
    place
}

fn findings(place: &Place) -> Vec<Finding> {
    read_session(&place.join(SESSION)).unwrap().findings
}

fn export<'a>(format: &'a str, path: &'a str) -> [&'a str; 7] {
    ["findings", "export", SESSION, "--format", format, "-o", path]
}

#[test]
fn findings_go_out_in_every_format() {
    let place = place_with_findings();
    for (format, path) in [("coco", "f.json"), ("cvat", "f.xml"), ("csv", "f.csv")] {
        let run = place.run(&export(format, path));
        assert_eq!((run.status, run.stderr.as_str()), (0, ""), "{format}");
        assert_eq!(run.stdout, format!("3 findings written to {path}\n"));
        let first = fs::read(place.join(path)).unwrap();
        let said = place.json(&[&export(format, path)[..], &["--json"]].concat());
        assert_eq!(said, json!({ "files": [path] }));
        assert_eq!(fs::read(place.join(path)).unwrap(), first, "same input, same bytes");
        assert!(String::from_utf8(first).unwrap().contains("Glanz fehlt, ü"), "{format}");
    }
    let said = place.json(&[&export("labelme", "out")[..], &["--json"]].concat());
    let files: Vec<&str> =
        said["files"].as_array().unwrap().iter().map(|file| file.as_str().unwrap()).collect();
    assert_eq!(files.len(), 2);
    assert!(files.iter().all(|file| place.join(file).is_file()), "{files:?}");
    let coco: Value = serde_json::from_slice(&fs::read(place.join("f.json")).unwrap()).unwrap();
    assert_eq!(coco["annotations"].as_array().unwrap().len(), 4);
}

#[test]
fn findings_come_back_as_they_were() {
    let place = place_with_findings();
    let before = findings(&place);
    assert_eq!(place.run(&export("labelme", "out")).status, 0);
    let import = ["findings", "import", SESSION, "--a", "out/a.json", "--b", "out/b.json"];
    let said = place.json(&[&import[..], &["--replace", "--json"]].concat());
    assert_eq!(said, json!({ "n_findings": 3, "warnings": [] }));
    let without_ids = |findings: Vec<Finding>| -> Vec<Finding> {
        findings.into_iter().map(|f| Finding { id: diptych::document::FindingId(0), ..f }).collect()
    };
    assert_eq!(without_ids(findings(&place)), without_ids(before));
    let run = place.run(&import);
    assert_eq!((run.status, run.stderr.as_str()), (0, ""));
    assert_eq!(run.stdout, format!("3 findings added to {SESSION}\n"));
    assert_eq!(findings(&place).len(), 6, "without --replace they are added");
}

#[test]
fn a_file_of_another_picture_or_with_unknown_shapes_is_taken_with_warnings() {
    let place = place_with_findings();
    let shape = |kind: &str| json!({ "label": "x", "shape_type": kind, "points": [[5, 6]] });
    let file = json!({
        "shapes": [shape("point"), shape("mask")], "imageWidth": 64, "imageHeight": 48,
    });
    fs::write(place.join("other.json"), file.to_string()).unwrap();
    let import = ["findings", "import", SESSION, "--b", "other.json"];
    let run = place.run(&import);
    assert_eq!((run.status, run.stdout), (0, format!("1 finding added to {SESSION}\n")));
    let warnings: Vec<&str> = run.stderr.lines().collect();
    assert_eq!(warnings.len(), 2, "{warnings:?}");
    assert!(warnings[0].contains("64x48") && warnings[0].contains("400x300"), "{warnings:?}");
    assert!(warnings[1].starts_with("warning: shape 2 of other.json"), "{warnings:?}");
    let said = place.json(&[&import[..], &["--json"]].concat());
    assert_eq!((&said["n_findings"], said["warnings"].as_array().unwrap().len()), (&json!(1), 2));
    assert_eq!(findings(&place).last().unwrap().on, Side::B);
}

#[test]
fn what_cannot_be_done_changes_nothing() {
    let place = place_with_findings();
    fs::write(place.join("bad.json"), "{").unwrap();
    let before = (place.files(), fs::read(place.join(SESSION)).unwrap());
    let picture = fs::read(place.join("a.png")).unwrap();
    let refused: [&[&str]; 6] = [
        &export("coco", "a.png"),
        &export("csv", "t.diptych.ron"),
        &export("labelme", "a.png"),
        &export("cvat", "none/x.xml"),
        &["findings", "import", SESSION, "--a", "bad.json"],
        &["findings", "import", SESSION, "--a", "none.json"],
    ];
    for arguments in refused {
        let run = place.run(arguments);
        assert_eq!((run.status, run.stdout.as_str()), (1, ""), "{arguments:?}");
        assert_eq!(run.stderr.lines().count(), 1, "{arguments:?}: {}", run.stderr);
    }
    let wrong: [&[&str]; 4] = [
        &["findings"],
        &["findings", "import", SESSION],
        &export("yolo", "x"),
        &export("csv", "-"),
    ];
    for arguments in wrong {
        assert_eq!(place.run(arguments).status, 2, "{arguments:?}");
    }
    assert_eq!((place.files(), fs::read(place.join(SESSION)).unwrap()), before);
    assert_eq!(fs::read(place.join("a.png")).unwrap(), picture);
}
