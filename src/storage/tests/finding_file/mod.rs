//! Tests of files of findings: what is written is read back here by other code than wrote it.

mod coco;
mod csv;
mod cvat;
mod drawn;
mod labelme;
mod refused;
mod round_trip;

use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::{
    document::{
        Belongs, Code, Confidence, Document, Edit, Finding, FindingEdit, History, Mark, PerSide,
        Severity, Side, Source,
    },
    geometry::{ImagePoint, Point, Rect, Shape},
    storage::{FindingFormat, write_findings},
};

pub(super) const SIZE_A: (u32, u32) = (320, 240);

/// How B's pixels come from A's.
#[derive(Clone, Copy, Debug)]
enum Lie {
    /// Pictures of one size without landmarks.
    SameGrid,
    /// Twice as large, 10 to the right and 20 down.
    Upright,
    /// A quarter turn: A's x is B's y, and B's x runs against A's y.
    Turned,
    /// Pictures of two sizes without landmarks.
    Nothing,
}

impl Lie {
    const ALL: [Self; 4] = [Self::SameGrid, Self::Upright, Self::Turned, Self::Nothing];

    fn b_of(self, at: ImagePoint) -> ImagePoint {
        match self {
            Self::SameGrid | Self::Nothing => at,
            Self::Upright => Point::new(2.0 * at.x + 10.0, 2.0 * at.y + 20.0),
            Self::Turned => Point::new(400.0 - at.y, at.x),
        }
    }
}

fn at(x: f64, y: f64) -> ImagePoint {
    Point::new(x, y)
}

fn source(path: &str, (width, height): (u32, u32)) -> Source {
    Source { path: PathBuf::from(path), sha256: path.to_owned(), width, height }
}

/// A document of these findings, A's picture being `pictures/left.png` and B's `pictures/right.jpg`.
fn document(lie: Lie, findings: Vec<Finding>) -> Document {
    let mut history = History::default();
    let b = if matches!(lie, Lie::SameGrid) { SIZE_A } else { (800, 640) };
    let sources = [
        (Side::A, source("pictures/left.png", SIZE_A)),
        (Side::B, source("pictures/right.jpg", b)),
    ];
    for (side, source) in sources {
        history.edit(Edit::SetSource { side, source }, None).unwrap();
    }
    if matches!(lie, Lie::Upright | Lie::Turned) {
        for (name, x, y) in [("one", 50.0, 60.0), ("two", 250.0, 80.0), ("three", 120.0, 200.0)] {
            let marks = PerSide::new(at(x, y), lie.b_of(at(x, y))).map(Mark::confirmed);
            history.edit(Edit::AddPair { name: name.to_owned(), at: marks }, None).unwrap();
        }
    }
    let add = FindingEdit::Add(findings, None);
    history.edit(Edit::Findings(add), None).unwrap();
    Document::clone(history.document())
}

/// One shape of each kind.
fn shapes() -> Vec<Shape> {
    vec![
        Shape::Pin(at(41.25, 52.5)),
        Shape::Box(Rect::new(at(10.0, 20.0), at(30.5, 60.0))),
        Shape::Ellipse(Rect::new(at(100.0, 50.0), at(160.0, 90.25))),
        Shape::Polygon(vec![at(200.0, 100.0), at(240.0, 110.0), at(210.0, 150.0)]),
        Shape::Stroke(vec![at(20.0, 200.0), at(40.0, 180.0), at(60.0, 205.0)]),
        Shape::Arrow(at(300.0, 20.0), at(280.0, 40.0)),
    ]
}

fn finding(on: Side, belongs: Belongs, shape: Shape) -> Finding {
    let severity = Severity::new(3).unwrap();
    let code = Code {
        code: "TEE-A3".to_owned(),
        name: "teeth fused".to_owned(),
        strength: "teeth apart".to_owned(),
    };
    let drawn = Finding::drawn(on, shape, severity);
    Finding { belongs, code: Some(code), confidence: Confidence::Clear, ..drawn }
}

/// One finding of each kind of shape, drawn on A, that belongs to both sides.
fn findings_of_both() -> Vec<Finding> {
    shapes().into_iter().map(|shape| finding(Side::A, Belongs::Both, shape)).collect()
}

/// The texts of the files written to a fresh folder.
fn written(document: &Document, format: FindingFormat) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("out");
    let files = write_findings(document, format, &path).unwrap();
    files.iter().map(|file| text(file)).collect()
}

fn text(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap()
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

/// A list of `[x, y]`, or of x and y by turns.
fn places(value: &Value) -> Vec<ImagePoint> {
    let items = value.as_array().unwrap();
    if items.first().is_some_and(Value::is_number) {
        let numbers: Vec<f64> = items.iter().map(|item| item.as_f64().unwrap()).collect();
        return numbers.chunks(2).map(|xy| at(xy[0], xy[1])).collect();
    }
    items.iter().map(|xy| at(xy[0].as_f64().unwrap(), xy[1].as_f64().unwrap())).collect()
}

#[track_caller]
fn assert_near(found: &[ImagePoint], expected: &[ImagePoint]) {
    assert_eq!(found.len(), expected.len(), "{found:?} for {expected:?}");
    for (found, expected) in found.iter().zip(expected) {
        assert!(found.distance(*expected) < 1e-6, "{found:?} for {expected:?}");
    }
}
