//! labelme's files, written and read.

use serde_json::{Value, json as object};

use super::{
    Lie, assert_near, at, document, finding, findings_of_both, json, places, shapes, written,
};
use crate::{
    document::{Belongs, Code, Confidence, Finding, PerSide, Severity, Side},
    geometry::{Rect, Shape},
    storage::{
        FindingFormat, FindingsRead, read_finding_pair, read_findings, tests::put, write_findings,
    },
};

fn keys(value: &Value) -> Vec<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

/// What a file of this content says.
fn read_text(text: &str) -> FindingsRead {
    let folder = tempfile::tempdir().unwrap();
    let path = put(folder.path(), "x.json", text.as_bytes());
    read_findings(&path, Side::A).unwrap()
}

/// What a file of these shapes says.
fn read_shapes(shapes: &Value) -> FindingsRead {
    read_text(&object!({ "shapes": shapes, "imageData": "aGk=", "imageWidth": 9 }).to_string())
}

#[test]
fn a_file_has_the_fields_that_labelme_writes() {
    let files = written(&document(Lie::Upright, findings_of_both()), FindingFormat::Labelme);
    let [a, b] = [&files[0], &files[1]].map(|text| json(text));
    for (file, name, size) in [(&a, "left.png", (320, 240)), (&b, "right.jpg", (800, 640))] {
        assert_eq!(
            keys(file),
            ["flags", "imageData", "imageHeight", "imagePath", "imageWidth", "shapes", "version"]
        );
        assert_eq!((&file["version"], &file["flags"]), (&object!("5.5.0"), &object!({})));
        assert_eq!((&file["imagePath"], &file["imageData"]), (&object!(name), &Value::Null));
        assert_eq!(
            (&file["imageWidth"], &file["imageHeight"]),
            (&object!(size.0), &object!(size.1))
        );
        for (n, shape) in (1..).zip(file["shapes"].as_array().unwrap()) {
            let wanted =
                ["description", "flags", "group_id", "label", "mask", "points", "shape_type"];
            assert_eq!(keys(shape), wanted);
            assert_eq!((&shape["label"], &shape["group_id"]), (&object!("TEE-A3"), &object!(n)));
            assert_eq!(
                (&shape["mask"], &shape["flags"]),
                (&Value::Null, &object!({"ghost": false}))
            );
        }
    }
    let types: Vec<&Value> = (0..6).map(|idx| &a["shapes"][idx]["shape_type"]).collect();
    assert_eq!(types, ["point", "rectangle", "polygon", "polygon", "linestrip", "line"]);
    assert_eq!(
        a["shapes"][2]["description"],
        "teeth fused\ndiptych: on=A belongs=both severity=3 confidence=clear strength=no \
         code=\"TEE-A3\" name=\"teeth fused\" strength_words=\"teeth apart\" \
         ellipse=100,50,160,90.25"
    );
}

#[test]
fn points_are_the_shapes_own_on_one_side_and_mapped_on_the_other() {
    for lie in [Lie::SameGrid, Lie::Upright, Lie::Turned] {
        let files = written(&document(lie, findings_of_both()), FindingFormat::Labelme);
        let [a, b] = [&files[0], &files[1]].map(|text| json(text)["shapes"].clone());
        for (idx, shape) in shapes().into_iter().enumerate() {
            let own = match &shape {
                Shape::Box(area) => vec![area.min, area.max],
                Shape::Ellipse(_) => shape.path(),
                _ => shape.corners(),
            };
            assert_near(&places(&a[idx]["points"]), &own);
            let is_turned = matches!((lie, &shape), (Lie::Turned, Shape::Box(_)));
            let own = if is_turned { shape.corners() } else { own };
            let expected: Vec<_> = own.into_iter().map(|at| lie.b_of(at)).collect();
            assert_near(&places(&b[idx]["points"]), &expected);
        }
    }
}

#[test]
fn a_ghost_shows_where_the_other_side_has_it() {
    let of_a = finding(Side::A, Belongs::To(Side::A), shapes().remove(1));
    let of_b = finding(Side::A, Belongs::To(Side::B), shapes().remove(1));
    let document = document(Lie::Turned, vec![of_a, of_b]);
    let files = written(&document, FindingFormat::Labelme);
    let ghosts = files.iter().map(|text| {
        let shapes = json(text)["shapes"].clone();
        [0, 1].map(|idx: usize| shapes[idx]["flags"]["ghost"].as_bool().unwrap())
    });
    assert_eq!(ghosts.collect::<Vec<_>>(), [[false, true], [true, false]]);
    // What was drawn is read where it was drawn, whatever it belongs to.
    let folder = tempfile::tempdir().unwrap();
    let paths = write_findings(&document, FindingFormat::Labelme, folder.path()).unwrap();
    assert_eq!(read_findings(&paths[0], Side::A).unwrap().findings.len(), 2);
    let b_alone = read_findings(&paths[1], Side::B).unwrap().findings;
    assert_eq!(b_alone.len(), 1, "only what belongs to B");
    assert_eq!((b_alone[0].on, b_alone[0].belongs), (Side::B, Belongs::To(Side::B)));
}

#[test]
fn what_is_not_aligned_stands_where_it_was_drawn() {
    let files = written(&document(Lie::Nothing, findings_of_both()), FindingFormat::Labelme);
    assert_eq!(json(&files[0])["shapes"].as_array().unwrap().len(), 6);
    assert_eq!(json(&files[1])["shapes"], object!([]));
}

#[test]
fn files_are_named_after_the_pictures() {
    let folder = tempfile::tempdir().unwrap();
    let mut document = document(Lie::SameGrid, Vec::new());
    let mut names = |b: &str| {
        document.sources.b.as_mut().unwrap().path = b.into();
        let files =
            write_findings(&document, FindingFormat::Labelme, &folder.path().join("new/er"));
        files.unwrap().iter().map(|f| f.file_name().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(names("else/right.v2.jpg"), ["left.json", "right.v2.json"]);
    assert_eq!(names("else/LEFT.jpg"), ["left-A.json", "LEFT-B.json"]);
}

#[test]
fn others_shapes_are_read() {
    let shape = |kind: &str, points: Value| object!({ "label": "zit", "shape_type": kind, "points": points });
    let read = read_shapes(&object!([
        shape("point", object!([[3, 4.5]])),
        shape("rectangle", object!([[30, 4], [10, 14]])),
        shape("circle", object!([[10, 10], [13, 14]])),
        shape("polygon", object!([[0, 0], [4, 0], [4, 4]])),
        shape("linestrip", object!([[0, 0], [4, 0]])),
        shape("line", object!([[0, 0], [4, 0]])),
        shape("oriented_rectangle", object!([[5, 0], [10, 5], [5, 10], [0, 5]])),
        shape("mask", object!([[0, 0], [4, 4]])),
        shape("rectangle", object!([[0, 0], [4, 0]])),
        shape("point", object!([[1e300, 0]])),
        shape("polygon", object!([])),
    ]));
    let shapes: Vec<Shape> = read.findings.iter().map(|finding| finding.shape.clone()).collect();
    assert_eq!(
        shapes,
        [
            Shape::Pin(at(3.0, 4.5)),
            Shape::Box(Rect::new(at(10.0, 4.0), at(30.0, 14.0))),
            Shape::Ellipse(Rect::new(at(5.0, 5.0), at(15.0, 15.0))),
            Shape::Polygon(vec![at(0.0, 0.0), at(4.0, 0.0), at(4.0, 4.0)]),
            Shape::Stroke(vec![at(0.0, 0.0), at(4.0, 0.0)]),
            Shape::Arrow(at(0.0, 0.0), at(4.0, 0.0)),
            Shape::Polygon(vec![at(5.0, 0.0), at(10.0, 5.0), at(5.0, 10.0), at(0.0, 5.0)]),
        ]
    );
    assert_eq!(read.warnings.len(), 4, "{:?}", read.warnings);
    assert!(read.warnings[0].contains("shape 8") && read.warnings[0].contains("\"mask\""));
    let first = &read.findings[0];
    let code = Code { code: "zit".into(), name: "zit".into(), strength: String::new() };
    assert_eq!(first.code.as_ref(), Some(&code));
    assert_eq!((first.on, first.belongs), (Side::A, Belongs::To(Side::A)));
    assert_eq!((first.severity, first.confidence), (Severity::NEUTRAL, Confidence::Probable));
    assert_eq!(read.sizes, PerSide::default(), "a width alone is no size");
}

#[test]
fn groups_of_others_join_what_both_sides_show() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, shapes: Value| {
        put(folder.path(), name, object!({ "shapes": shapes }).to_string().as_bytes())
    };
    let pin = |label: &str, group: Value, x: f64| object!({ "label": label, "shape_type": "point", "group_id": group, "points": [[x, 1]] });
    let mut ghost = pin("mole", object!(3), 9.0);
    ghost["flags"] = object!({ "ghost": true });
    let a = file(
        "a.json",
        object!([
            pin("eye", object!(2), 1.0),
            pin("lip", Value::Null, 2.0),
            pin("mole", object!(3), 3.0),
            pin("ear", object!(1), 4.0)
        ]),
    );
    let b = file(
        "b.json",
        object!([
            pin("eye", object!(2), 5.0),
            pin("lip", Value::Null, 6.0),
            ghost,
            pin("chin", object!(1), 8.0)
        ]),
    );
    let read = read_finding_pair(PerSide::new(Some(a.as_path()), Some(b.as_path()))).unwrap();
    let said: Vec<_> = read
        .findings
        .iter()
        .map(|f| (f.code_text(), f.on, f.belongs.name(), f.shape.bounds().min.x))
        .collect();
    assert_eq!(
        said,
        [
            ("ear", Side::A, "A", 4.0),
            ("chin", Side::B, "B", 8.0),
            ("eye", Side::A, "both", 1.0),
            ("mole", Side::A, "A", 3.0),
            ("lip", Side::A, "A", 2.0),
            ("lip", Side::B, "B", 6.0),
        ],
        "one number and two labels are two findings; without a number nothing is joined"
    );
}

/// Writes one finding, changes A's only shape as somebody would in labelme, and reads it again.
fn edited(finding: Finding, change: impl FnOnce(&mut Value)) -> FindingsRead {
    let text = &written(&document(Lie::Nothing, vec![finding]), FindingFormat::Labelme)[0];
    let mut file = json(text);
    change(&mut file["shapes"][0]);
    read_text(&file.to_string())
}

#[test]
fn what_was_changed_in_labelme_counts() {
    let drawn = || finding(Side::A, Belongs::To(Side::A), shapes().remove(2));
    let moved = edited(drawn(), |shape| {
        for at in shape["points"].as_array_mut().unwrap() {
            *at = object!([at[0].as_f64().unwrap() + 8.0, at[1]]);
        }
    });
    assert_eq!(
        moved.findings[0].shape,
        Shape::Ellipse(Rect::new(at(108.0, 50.0), at(168.0, 90.25)))
    );
    let bent = edited(drawn(), |shape| shape["points"][3] = object!([0, 0]));
    assert!(matches!(bent.findings[0].shape, Shape::Polygon(_)));
    let relabelled = edited(drawn(), |shape| shape["label"] = object!("EYE-B1"));
    let code = relabelled.findings[0].code.clone().unwrap();
    assert_eq!((code.code.as_str(), code.name.as_str()), ("EYE-B1", "EYE-B1"));
    let unnamed = edited(drawn(), |shape| shape["label"] = object!("unnamed"));
    assert_eq!(unnamed.findings[0].code, None);
    let noted = edited(drawn(), |shape| {
        let text = shape["description"].as_str().unwrap().to_owned();
        shape["description"] = object!(format!("{text}\nbelow"));
    });
    assert_eq!((noted.findings[0].note.as_str(), noted.warnings.len()), ("below", 0));
    let garbled = edited(drawn(), |shape| shape["description"] = object!("diptych: on=A x"));
    assert_eq!(garbled.findings[0].note, "diptych: on=A x");
    assert!(garbled.warnings[0].contains("does not read"), "{:?}", garbled.warnings);
}

#[test]
fn odd_groups_and_flags_are_passed_over() {
    for odd in [object!("one"), object!(1.5), object!([1, [2]]), object!({ "a": 1 }), object!(true)]
    {
        let read = read_shapes(&object!([
            { "label": "x", "shape_type": "point", "points": [[1, 2]], "group_id": odd,
              "flags": { "ghost": if odd == true { Value::Null } else { odd.clone() }, "other": odd } },
        ]));
        assert_eq!((read.findings.len(), read.warnings.len()), (1, 0), "{odd}");
    }
}
