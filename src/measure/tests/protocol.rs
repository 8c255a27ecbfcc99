//! The protocol's checks, each passed, failed and unknown.

use super::super::{Check, protocol};
use crate::{
    document::{
        Declared, Document, Edit, History, Mark, Mouth, PerSide, Recipe, RecipeLandmark, Run, Side,
        Source,
    },
    geometry::{ImagePoint, Point},
};

fn at(x: f64, y: f64) -> ImagePoint {
    Point::new(x, y)
}

const FACE: [(&str, f64, f64); 6] = [
    ("right corner", 400.0, 700.0),
    ("left corner", 600.0, 700.0),
    ("upper lip", 500.0, 680.0),
    ("lower lip", 500.0, 740.0),
    ("right rim", 380.0, 500.0),
    ("left rim", 620.0, 500.0),
];

fn recipe() -> Recipe {
    let landmark = |(name, ..): (&str, f64, f64)| RecipeLandmark {
        name: name.into(),
        term: String::new(),
        hint: String::new(),
        mean: (0.0, 0.0),
    };
    let pair = |from: &str, to: &str| (from.to_owned(), to.to_owned());
    Recipe {
        landmarks: FACE.map(landmark).to_vec(),
        face_unit: Some(pair("right corner", "left corner")),
        rigid: vec!["right rim".into(), "left rim".into()],
        mouth: Some(Mouth {
            corners: pair("right corner", "left corner"),
            lips: pair("upper lip", "lower lip"),
        }),
        ..Recipe::default()
    }
}

fn edited(document: Document, edits: impl IntoIterator<Item = Edit>) -> Document {
    let mut history = History::new(document);
    for edit in edits {
        history.edit(edit, None).unwrap();
    }
    Document::clone(history.document())
}

fn opened(b: (u32, u32)) -> Document {
    let source = |name: &str, (width, height): (u32, u32)| Source {
        path: name.into(),
        sha256: format!("{name:0>64}"),
        width,
        height,
    };
    edited(
        Document::new(recipe()),
        [
            Edit::SetSource { side: Side::A, source: source("a", (1000, 1200)) },
            Edit::SetSource { side: Side::B, source: source("b", b) },
        ],
    )
}

/// The face on both sides, B's marks as `b_of` has them.
fn marked(document: Document, b_of: impl Fn(&str, f64, f64) -> ImagePoint) -> Document {
    let pairs = FACE.map(|(name, x, y)| Edit::AddPair {
        name: name.into(),
        at: PerSide::new(Mark::confirmed(at(x, y)), Mark::confirmed(b_of(name, x, y))),
    });
    edited(document, pairs)
}

fn check(document: &Document, name: &str) -> Check {
    protocol(document).into_iter().find(|check| check.name == name).unwrap()
}

#[test]
fn the_same_face_in_the_same_place_passes_and_nothing_marked_is_unknown() {
    let same = marked(opened((1000, 1200)), |_, x, y| at(x, y));
    for name in ["anchors agree", "same smile family", "rigid object and mouth in frame"] {
        assert_eq!(check(&same, name).pass, Some(true), "{:?}", check(&same, name));
    }
    assert_eq!(check(&same, "crop locked").pass, Some(true));
    let bare = opened((1000, 1300));
    for name in
        ["anchors agree", "same smile family", "rigid object and mouth in frame", "crop locked"]
    {
        assert_eq!(check(&bare, name).pass, None, "{:?}", check(&bare, name));
    }
}

#[test]
fn an_anchor_that_drifts_is_named_with_its_figure() {
    let drifted = marked(opened((1000, 1200)), |name, x, y| match name {
        "left rim" => at(x + 14.0, y - 6.0),
        _ => at(x, y),
    });
    let check = check(&drifted, "anchors agree");
    assert_eq!(check.pass, Some(false));
    assert!(check.figure.contains("left rim") && check.figure.contains("3 % allowed"), "{check:?}");
}

#[test]
fn another_smile_is_told_at_one_face_scale() {
    // Twice as large, so that scale alone is no other smile.
    let large = |x: f64, y: f64| at(2.0 * x, 2.0 * y);
    let scaled = marked(opened((2000, 2400)), |_, x, y| large(x, y));
    assert_eq!(check(&scaled, "same smile family").pass, Some(true));
    let wider = marked(opened((2000, 2400)), |name, x, y| match name {
        "lower lip" => large(x, y + 40.0),
        _ => large(x, y),
    });
    let check = check(&wider, "same smile family");
    assert_eq!(check.pass, Some(false), "{check:?}");
    assert!(check.figure.contains("more of the width open"), "{check:?}");
}

#[test]
fn what_is_cut_off_or_cropped_otherwise_fails() {
    let cut = marked(opened((1000, 1200)), |_, x, y| at(x - 379.0, y));
    let found = check(&cut, "rigid object and mouth in frame");
    assert_eq!(found.pass, Some(false));
    assert!(found.figure.contains("right rim on B is 0.1 %"), "{found:?}");
    // Moved by 379 of 1000 pixels, both cover 62 % of either.
    let found = check(&cut, "crop locked");
    assert_eq!(found.pass, Some(false));
    assert!(found.figure.contains("62 % of A and 62 % of B"), "{found:?}");
    let small = marked(opened((1000, 1200)), |_, x, y| at(100.0 + 0.8 * x, 120.0 + 0.8 * y));
    let found = check(&small, "crop locked");
    assert!(found.figure.contains("20.0 % less of the height"), "{found:?}");
    assert_eq!(found.pass, Some(false));
    let one = Edit::AddLandmark { name: "right rim".into(), side: Side::A, at: at(5.0, 5.0) };
    let found = check(&edited(opened((1000, 1200)), [one]), "rigid object and mouth in frame");
    assert!(found.pass.is_none() && found.figure.contains("right rim is not marked on B"));
}

#[test]
fn one_variable_is_the_model_and_labels_tell_the_sides_apart() {
    let run = |model: &str, seed: &str| Run {
        model: model.into(),
        prompt: "a face".into(),
        seed: seed.into(),
    };
    let declared = |a: Run, b: Run| {
        let declared = Declared { runs: PerSide::new(a, b), ..Declared::default() };
        check(&edited(opened((1000, 1200)), [Edit::Declare(Box::new(declared))]), "one variable")
    };
    assert_eq!(declared(run("one", "7"), run("two", "7")).pass, Some(true));
    let seeds = declared(run("one", "7"), run("two", "8"));
    assert_eq!(seeds.pass, Some(false));
    assert!(seeds.figure.ends_with("model, seed"), "{seeds:?}");
    assert_eq!(declared(run("one", "7"), run("one ", "7")).pass, Some(false), "nothing differs");
    let open = declared(run("one", ""), run("two", "7"));
    assert!(open.pass.is_none() && open.figure.ends_with(": seed"), "{open:?}");
    let label = |side, label: &str| Edit::SetLabel { side, label: label.into() };
    for (a, b, pass) in [("", "", false), ("x", "", false), ("x", " x", false), ("x", "y", true)] {
        let labelled = edited(opened((1000, 1200)), [label(Side::A, a), label(Side::B, b)]);
        assert_eq!(check(&labelled, "labelled").pass, Some(pass), "{a:?} {b:?}");
    }
}
