//! What is not written and not read, and what is said then.

use std::path::Path;

use super::{Lie, document, findings_of_both, source};
use crate::{
    document::{Document, PerSide, Side},
    storage::{
        FindingFormat, read_findings,
        tests::{names_in, put},
        write_findings,
    },
};

#[track_caller]
fn refusal(document: &Document, format: FindingFormat, path: &Path) -> String {
    write_findings(document, format, path).unwrap_err().to_string()
}

#[test]
fn a_side_with_findings_needs_a_picture() {
    let folder = tempfile::tempdir().unwrap();
    let mut document = document(Lie::SameGrid, findings_of_both());
    document.sources.b = None;
    for format in [FindingFormat::Labelme, FindingFormat::Coco, FindingFormat::Cvat] {
        let said = refusal(&document, format, &folder.path().join("x"));
        assert!(said.contains("side B has findings but no picture; open"), "{said}");
    }
    document.findings.clear();
    document.sources = PerSide::default();
    let said = refusal(&document, FindingFormat::Coco, &folder.path().join("x"));
    assert!(said.contains("no side has a picture"), "{said}");
    assert!(names_in(folder.path()).is_empty());
}

#[test]
fn one_picture_is_enough_for_its_own_findings() {
    let folder = tempfile::tempdir().unwrap();
    let mut document = document(Lie::SameGrid, Vec::new());
    document.sources.b = None;
    let files = write_findings(&document, FindingFormat::Labelme, folder.path()).unwrap();
    assert_eq!(files, [folder.path().join("left.json")]);
}

#[test]
fn pictures_and_sessions_are_not_written_over() {
    let folder = tempfile::tempdir().unwrap();
    let picture = put(folder.path(), "face.json", b"a picture");
    let mut document = document(Lie::SameGrid, findings_of_both());
    document.sources.a = Some(source(picture.to_str().unwrap(), super::SIZE_A));
    let single = [FindingFormat::Coco, FindingFormat::Cvat, FindingFormat::Csv];
    for format in single {
        let said = refusal(&document, format, &picture);
        assert!(said.contains("it is the picture of a side"), "{said}");
        let said = refusal(&document, format, &folder.path().join("s.diptych.ron"));
        assert!(said.contains("it is a session's name; choose another"), "{said}");
    }
    // B's file would be sound; none is written.
    let said = refusal(&document, FindingFormat::Labelme, folder.path());
    assert!(said.contains("it is the picture of a side"), "{said}");
    let said = refusal(&document, FindingFormat::Labelme, &picture);
    assert!(said.contains("it is a file and a folder is needed"), "{said}");
    assert_eq!(names_in(folder.path()), ["face.json"]);
    assert_eq!(std::fs::read(&picture).unwrap(), b"a picture");
}

#[test]
fn a_folder_that_is_missing_is_said_in_one_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let document = document(Lie::SameGrid, findings_of_both());
    let said = refusal(&document, FindingFormat::Csv, &folder.path().join("no/x.csv"));
    assert!(said.starts_with("could not write ") && !said.contains('\n'), "{said}");
}

#[test]
fn what_is_no_labelme_file_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let cases: [(&[u8], &str); 7] = [
        (b"", "EOF"),
        (b"\xff\xfe\x00", "expected value"),
        (b"3", "an object with shapes"),
        (b"{}", "missing field `shapes`"),
        (b"{\"shapes\": [{\"points\": []}]}", "missing field `label`"),
        (b"{\"shapes\": [{\"label\": \"x\", \"points\": [[1]]}]}", "invalid length 1"),
        (b"{\"shapes\": [{\"label\": \"x\", \"points\": [[NaN, 1]]}]}", "line 1"),
    ];
    for (bytes, expected) in cases {
        let path = put(folder.path(), "x.json", bytes);
        let said = read_findings(&path, Side::A).unwrap_err().to_string();
        assert!(said.starts_with("could not read findings from "), "{said}");
        assert!(said.contains(expected) && said.ends_with("is expected"), "{said}");
    }
    let nested = "[".repeat(100_000);
    let path = put(folder.path(), "x.json", format!("{{\"shapes\":{nested}").as_bytes());
    assert!(read_findings(&path, Side::A).is_err());
    let many = "{\"label\":\"x\",\"points\":[]},".repeat(10_001);
    let text = format!("{{\"shapes\":[{}]}}", many.trim_end_matches(','));
    let said = read_findings(&put(folder.path(), "x.json", text.as_bytes()), Side::A).unwrap_err();
    assert!(said.to_string().contains("at most 10000 items"), "{said}");
    let long = format!("{{\"shapes\": \"{}\"}}", "x".repeat(100_000));
    let said = read_findings(&put(folder.path(), "x.json", long.as_bytes()), Side::A).unwrap_err();
    assert!(said.to_string().len() < 400, "a sentence, not the file");
    let said = read_findings(&folder.path().join("none"), Side::A).unwrap_err().to_string();
    assert!(said.starts_with("could not open ") && said.ends_with("check the path"), "{said}");
}

#[test]
fn a_byte_order_mark_is_passed_over() {
    let folder = tempfile::tempdir().unwrap();
    let path = put(folder.path(), "x.json", b"\xef\xbb\xbf{\"shapes\": []}");
    assert_eq!(read_findings(&path, Side::A).unwrap().findings, []);
}
