//! Tests of the card: its layout, its words and its pixels.

mod alt_text;
mod arbitrary;
mod footer;
mod labels;
mod layout;
mod loupes;
mod paint;
mod theme;
mod words;

use super::{CardRect, Item, ItemKind, LayoutError, Scene};
use crate::{
    document::{
        Document, Edit, History, Landmark, LandmarkId, Mark, PerSide, Preset, Recipe,
        RecipeLandmark, RecipeLoupe, Side, Source,
    },
    geometry::{Image, ImagePoint, Point, Similarity},
};

/// The only scene of a card, or the first of several.
fn lay_out(document: &Document) -> Result<Scene, LayoutError> {
    super::lay_out(document).map(|mut scenes| scenes.remove(0))
}

type Map = Similarity<Image, Image>;

fn at(x: f64, y: f64) -> ImagePoint {
    Point::new(x, y)
}

fn source(name: &str, width: u32, height: u32) -> Source {
    let sha256 = format!("{name}{}", "0123456789abcdef".repeat(4));
    Source { path: format!("{name}.png").into(), sha256: sha256[..64].to_owned(), width, height }
}

/// A mouth, a nose and two eyes, with four loupes.
fn recipe() -> Recipe {
    let landmark = |(name, x, y): (&str, f64, f64)| RecipeLandmark {
        name: name.into(),
        term: String::new(),
        hint: String::new(),
        mean: (x, y),
    };
    let loupe = |(name, near, width): (&str, &str, f64)| RecipeLoupe {
        name: name.into(),
        near: vec![near.into()],
        offset: (0.0, 0.05),
        width,
    };
    Recipe {
        name: "face".into(),
        title: "Face".into(),
        landmarks: FACE.map(landmark).to_vec(),
        face_unit: Some(("right corner".into(), "left corner".into())),
        crop: Some(((0.0, -0.4), 2.2, 2.4)),
        loupes: [
            ("Teeth", "right corner", 0.42),
            ("Lips", "left corner", 0.4),
            ("Cheek to nose", "nose", 0.3),
            ("Rim", "right pupil", 0.25),
        ]
        .map(loupe)
        .to_vec(),
        ..Recipe::default()
    }
}

const FACE: [(&str, f64, f64); 5] = [
    ("right corner", -0.5, 0.0),
    ("left corner", 0.5, 0.0),
    ("nose", 0.0, -0.5),
    ("right pupil", -0.55, -1.2),
    ("left pupil", 0.56, -1.2),
];

/// Two pictures of 1600x1600 whose faces correspond through `b_from_a`; the face is 500 px a unit
/// on A and rolled by `degrees`.
fn aligned(degrees: f64, b_from_a: &Map) -> Document {
    let a_from_face: Map =
        Similarity::about(500.0, degrees.to_radians(), at(0.0, 0.0), at(800.0, 1000.0));
    let landmarks = (0..).zip(FACE).map(|(id, (name, x, y))| {
        let a = a_from_face.apply(at(x, y));
        let marks = PerSide::new(a, b_from_a.apply(a)).map(|at| Some(Mark::confirmed(at)));
        let (id, name) = (LandmarkId(id), name.into());
        Landmark { id, name, at: marks, is_active: true, weight: 1.0 }
    });
    Document {
        sources: PerSide::new(Some(source("a", 1600, 1600)), Some(source("b", 1600, 1600))),
        labels: PerSide::new("Model one".into(), "Model two".into()),
        landmarks: landmarks.collect(),
        ..Document::new(recipe())
    }
}

/// One grid, an upright face.
fn plain() -> Document {
    aligned(0.0, &Map::identity())
}

/// B is smaller and turned, the face is rolled.
fn turned() -> Document {
    aligned(4.0, &Map::about(0.8, 0.12, at(800.0, 800.0), at(780.0, 820.0)))
}

fn edited(document: Document, edit: Edit) -> Document {
    let mut history = History::new(document);
    history.edit(edit, None).unwrap();
    Document::clone(history.document())
}

fn sized(mut document: Document, width: u32, height: u32, margin: u32) -> Document {
    let name = format!("{width}x{height}");
    let margins = Preset { margin_x: margin, margin_y: margin, ..Preset::default() };
    document.card.preset = Preset { name, width, height, max_bytes: None, ..margins };
    document
}

fn of_kind(scene: &Scene, kind: ItemKind) -> Vec<&Item> {
    scene.items.iter().filter(|item| item.kind == kind).collect()
}

fn size(rect: CardRect) -> (usize, usize) {
    (rect.width, rect.height)
}

/// Both halves of every loupe pair, in painting order.
fn pairs(scene: &Scene) -> Vec<PerSide<&Item>> {
    let halves = of_kind(scene, ItemKind::Loupe);
    let pairs = halves.chunks(2).map(|pair| PerSide::new(pair[0], pair[1]));
    let pairs: Vec<_> = pairs.collect();
    for pair in &pairs {
        assert_eq!((pair.a.side, pair.b.side), (Some(Side::A), Some(Side::B)));
        assert_eq!(pair.a.text, pair.b.text);
    }
    pairs
}
