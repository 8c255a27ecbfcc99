//! Tests of the document, its edits and what follows from it.

mod arrangement;
mod blind;
mod edit;
mod history;
mod judging;
mod loupe;
mod random_edits;
mod registration;

use super::{
    Document, Edit, ImportedLandmark, PerSide, Recipe, RecipeLandmark, RecipeLoupe, Side, Source,
};
use crate::geometry::{Frame, Image, ImagePoint, Point, Similarity, Warp};

type Map = Similarity<Image, Image>;

fn at(x: f64, y: f64) -> ImagePoint {
    Point::new(x, y)
}

#[track_caller]
fn assert_near(found: f64, expected: f64, tolerance: f64) {
    let off = (found - expected).abs();
    assert!(off <= tolerance, "{found} where {expected} is expected, off by {off:e}");
}

fn source(name: &str, width: u32, height: u32) -> Source {
    Source { path: name.into(), sha256: format!("{name:0>64}"), width, height }
}

fn set_source(side: Side, source: Source) -> Edit {
    Edit::SetSource { side, source }
}

/// A mouth with a nose above it: what a face needs for a unit, a crop and two loupes.
fn recipe() -> Recipe {
    let landmark = |name: &str, mean| RecipeLandmark {
        name: name.into(),
        term: String::new(),
        hint: String::new(),
        mean,
    };
    let loupe = |name: &str, near: &[&str], offset, width| RecipeLoupe {
        name: name.into(),
        near: near.iter().map(|name| (*name).to_owned()).collect(),
        offset,
        width,
    };
    Recipe {
        name: "mouth".into(),
        title: "Mouth".into(),
        landmarks: vec![
            landmark("right corner", (-0.5, 0.0)),
            landmark("left corner", (0.5, 0.0)),
            landmark("nose", (0.0, -0.6)),
        ],
        face_unit: Some(("right corner".into(), "left corner".into())),
        crop: Some(((0.0, -0.2), 1.6, 1.5)),
        loupes: vec![
            loupe("Teeth", &["right corner", "left corner"], (0.0, 0.1), 0.4),
            loupe("Nose", &["nose"], (0.1, -0.05), 0.3),
        ],
        ..Recipe::default()
    }
}

/// The edit applied to a copy.
#[track_caller]
fn with(document: &Document, edit: Edit) -> Document {
    let mut changed = document.clone();
    edit.apply(&mut changed).unwrap();
    assert_eq!(changed.violations(), Vec::<String>::new());
    changed
}

/// Two pictures of these sizes and no landmarks.
fn opened(a: (u32, u32), b: (u32, u32)) -> Document {
    let document = with(&Document::new(recipe()), set_source(Side::A, source("a", a.0, a.1)));
    with(&document, set_source(Side::B, source("b", b.0, b.1)))
}

fn imported(name: &str, a: Option<ImagePoint>, b: Option<ImagePoint>) -> ImportedLandmark {
    ImportedLandmark::new(name, PerSide::new(a, b))
}

/// A map that is a similarity, as one.
fn similar(map: &Warp<Frame>) -> Similarity<Image, Frame> {
    assert!(matches!(map, Warp::Similarity(_)), "{map:?}");
    map.similarity_near(Point::new(0.0, 0.0))
}

/// Landmarks by name, on both sides.
fn marked(document: &Document, marks: &[(&str, ImagePoint, ImagePoint)]) -> Document {
    let marks = marks.iter().map(|(name, a, b)| imported(name, Some(*a), Some(*b)));
    with(document, Edit::ReplaceLandmarks(marks.collect(), None))
}

/// The face of [`recipe`] on A, rolled by 10 degrees.
fn face_on_a() -> [(&'static str, ImagePoint); 4] {
    let a_from_face: Map =
        Similarity::about(300.0, 10_f64.to_radians(), at(0.0, 0.0), at(500.0, 560.0));
    [
        ("right corner", a_from_face.apply(at(-0.5, 0.0))),
        ("left corner", a_from_face.apply(at(0.5, 0.0))),
        ("nose", a_from_face.apply(at(0.0, -0.6))),
        ("chin", a_from_face.apply(at(0.02, 0.7))),
    ]
}

/// Pictures of two sizes whose faces correspond exactly through `b_from_a`.
fn aligned(b_from_a: &Map) -> Document {
    let marks = face_on_a().map(|(name, a)| (name, a, b_from_a.apply(a)));
    marked(&opened((1000, 1100), (900, 1200)), &marks)
}

/// A map that turns, shrinks and moves.
fn some_b_from_a() -> Map {
    Similarity::about(0.85, -0.25, at(500.0, 550.0), at(460.0, 610.0))
}
