//! Session files: what they say comes back, and what is none is refused.

use std::path::Path;

use proptest::prelude::*;

use super::any_style::{any_kinds, any_style};
use crate::{
    document::{
        Answer, Belongs, Blind, Code, Confidence, Criterion, Declared, Document, Finding,
        FindingId, Judgement, Landmark, LandmarkId, Layout, Loupe, LoupeId, LoupePlace, Mark,
        PerSide, Preset, Reveal, Seed, Severity, Side, Source, Verdict,
    },
    geometry::{Kernel, Model, Point, Rect, Shape},
    storage::{
        SESSION_EXTENSION, SessionFileError, read_session, read_session_text, recipe,
        session_sha256, write_session, write_session_text,
    },
};

const V1: &str = include_str!("../../../tests/sessions/v1.diptych.ron");

fn finite() -> impl Strategy<Value = f64> {
    prop_oneof![4 => -5000.0..5000.0, 1 => proptest::num::f64::NORMAL, 1 => Just(-0.0)]
}

fn any_mark() -> impl Strategy<Value = Option<Mark>> {
    let mark = (finite(), finite(), any::<bool>(), any::<bool>());
    proptest::option::of(mark.prop_map(|(x, y, is_confirmed, is_predicted)| Mark {
        at: Point::new(x, y),
        is_confirmed,
        is_predicted,
    }))
}

fn any_landmarks() -> impl Strategy<Value = Vec<Landmark>> {
    let counts = (any::<bool>(), 0.01..9.0);
    let landmark = (any::<String>(), any_mark(), any_mark(), counts)
        .prop_filter("marked somewhere", |(_, a, b, _)| a.is_some() || b.is_some());
    proptest::collection::vec(landmark, 0..6).prop_map(|all| {
        let named = (0..).zip(all).map(|(id, (name, a, b, (is_active, weight)))| Landmark {
            id: LandmarkId(id),
            name: format!("{name}{id}"),
            at: PerSide::new(a, b),
            is_active,
            weight,
        });
        named.collect()
    })
}

fn any_place() -> impl Strategy<Value = LoupePlace> {
    let near = proptest::collection::vec(any::<String>(), 0..3);
    (any::<bool>(), near, finite(), finite(), 0.001..9.0).prop_map(
        |(on_face, near, x, y, width)| {
            if on_face {
                LoupePlace::Face { near, offset: (x, y), width }
            } else {
                LoupePlace::Area { middle: (x, y), width }
            }
        },
    )
}

fn any_source() -> impl Strategy<Value = Option<Source>> {
    let folder = std::env::temp_dir().canonicalize().unwrap();
    let source = ("[a-zäß #'\"]{1,8}", "[0-9a-f]{64}", 1_u32.., 1_u32..);
    proptest::option::of(source.prop_map(move |(name, sha256, width, height)| Source {
        path: folder.join(format!("x{name}.png")),
        sha256,
        width,
        height,
    }))
}

fn any_shape() -> impl Strategy<Value = Shape> {
    let at = || (-900.0..3000.0, -900.0..3000.0).prop_map(|(x, y)| Point::new(x, y));
    let area =
        || (at(), 0.1..500.0, 0.1..500.0).prop_map(|(min, w, h)| Rect::new(min, min.offset(w, h)));
    prop_oneof![
        at().prop_map(Shape::Pin),
        area().prop_map(Shape::Box),
        area().prop_map(Shape::Ellipse),
        proptest::collection::vec(at(), 3..6).prop_map(Shape::Polygon),
        proptest::collection::vec(at(), 2..9).prop_map(Shape::Stroke),
        (at(), 1.0..40.0).prop_map(|(tail, dx)| Shape::Arrow(tail, tail.offset(dx, -2.0 * dx))),
    ]
}

fn any_findings() -> impl Strategy<Value = Vec<Finding>> {
    let code = (any::<String>(), any::<String>(), any::<String>());
    let code = code.prop_map(|(code, name, strength)| Code { code, name, strength });
    let words = (proptest::option::of(code), any::<bool>(), any::<String>());
    let how = (
        proptest::sample::select(&Belongs::ALL[..]),
        proptest::sample::select(&Severity::ALL[..]),
        proptest::sample::select(&Confidence::ALL[..]),
    );
    let finding = (any::<bool>(), any_shape(), how, words);
    proptest::collection::vec(finding, 0..5).prop_map(|all| {
        let all = (0..).zip(all);
        let finding = |(id, (on_a, shape, (belongs, severity, confidence), words))| {
            let on = if on_a { Side::A } else { Side::B };
            let (code, is_strength, note): (Option<Code>, bool, String) = words;
            let id = FindingId(id);
            Finding { id, on, shape, belongs, code, severity, confidence, is_strength, note }
        };
        all.map(finding).collect()
    })
}

fn any_verdicts() -> impl Strategy<Value = Vec<Verdict>> {
    let answer = proptest::option::of(proptest::sample::select(&Answer::ALL[..]));
    proptest::collection::vec((any::<String>(), answer, any::<String>()), 0..4).prop_map(|all| {
        let all = all.into_iter().enumerate();
        all.map(|(idx, (text, answer, remark))| Verdict {
            criterion: Criterion { region: format!("R{idx}"), text },
            answer,
            remark,
        })
        .collect()
    })
}

fn any_document() -> impl Strategy<Value = Document> {
    let card = (any_style(any_source()), any_kinds());
    (
        (any_source(), any_source()),
        (any::<String>(), any::<String>()),
        any_landmarks(),
        (proptest::sample::select(&Model::ALL[..]), 0.0..50.0),
        proptest::collection::vec((any::<String>(), any_place()), 0..4),
        (card, any_findings(), any_verdicts()),
    )
        .prop_map(|(sources, labels, landmarks, (model, smoothing), loupes, rest)| {
            let (card, findings, verdicts) = rest;
            let (mut card, kinds) = card;
            let has = |n: usize, idx: u32| usize::try_from(idx).unwrap() < n;
            card.left_out.loupes.retain(|id| has(loupes.len(), id.0));
            card.left_out.findings.retain(|id| has(findings.len(), id.0));
            let loupes = (0..).zip(loupes);
            Document {
                matches_resolution: false,
                blind: None,
                reveals: Vec::new(),
                declared: Declared {
                    axis: format!("about {model:?}"),
                    slots: vec![("hair".into(), "short".into())],
                    ..Declared::default()
                },
                findings,
                verdicts,
                sources: PerSide::new(sources.0, sources.1),
                labels: PerSide::new(labels.0, labels.1),
                landmarks,
                model,
                smoothing,
                recipe: recipe(None).unwrap(),
                loupes: loupes
                    .map(|(id, (name, place))| Loupe { id: LoupeId(id), name, place })
                    .collect(),
                card,
                kinds,
            }
        })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(150) })]

    #[test]
    fn any_document_comes_back_equal_and_its_text_byte_for_byte(
        document in any_document(),
        before in (any_findings(), any_verdicts()),
        seeds in proptest::collection::vec(any::<u128>(), 0..3),
        is_blind in any::<bool>(),
    ) {
        let (findings, verdicts) = before;
        let reveal = |bits: &u128| Reveal {
            seed: Seed::of_bits(*bits),
            at: 1_795_819_620,
            was_exchanged: bits.is_multiple_of(2),
            answers: verdicts.clone(),
        };
        let document = Document { reveals: seeds.iter().map(reveal).collect(), ..document };
        let left_out = findings.iter().map(|of| of.id).filter(|id| id.0 % 2 == 1).collect();
        let aside = Judgement { findings, verdicts, left_out };
        let blind = seeds.first().filter(|_| is_blind).map(|bits| Seed::of_bits(*bits));
        let document = match blind {
            Some(seed) => document.sealed(Blind { seed: Some(seed), aside }),
            None => document,
        };
        let path = std::env::temp_dir().canonicalize().unwrap().join("any.diptych.ron");
        let text = write_session_text(&document, &path);
        prop_assert_eq!(&write_session_text(&document, &path), &text);
        let again = read_session_text(&text, &path).unwrap();
        prop_assert_eq!(&again, &document);
        prop_assert_eq!(write_session_text(&again, &path), text);
    }
}

#[test]
fn a_session_survives_its_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(format!("face{SESSION_EXTENSION}"));
    let document = Document { model: Model::Rigid, ..Document::new(recipe(None).unwrap()) };
    write_session(&document, &path).unwrap();
    assert_eq!(read_session(&path).unwrap(), document);
    assert_eq!(super::names_in(folder.path()), ["face.diptych.ron"]);
}

#[test]
fn a_sessions_hash_is_that_of_its_file_beside_its_pictures_wherever_it_lies() {
    let folder = tempfile::tempdir().unwrap();
    let source = |folder: &str, name: &str| Source {
        path: Path::new(folder).join(name),
        sha256: "ab".repeat(32),
        width: 4,
        height: 3,
    };
    let here = folder.path().to_str().unwrap();
    let beside = Document {
        sources: PerSide::new(Some(source(here, "a.png")), Some(source(here, "b.png"))),
        ..Document::new(recipe(None).unwrap())
    };
    let path = folder.path().join("face.diptych.ron");
    write_session(&beside, &path).unwrap();
    let hash = session_sha256(&beside);
    assert_eq!(hash, crate::storage::hash_of(&path).unwrap());
    let sources = PerSide::new(Some(source("far", "a.png")), Some(source("/else", "b.png")));
    assert_eq!(session_sha256(&Document { sources, ..beside.clone() }), hash);
    let labels = PerSide::new("other".into(), String::new());
    assert_ne!(session_sha256(&Document { labels, ..beside }), hash);
}

#[test]
fn a_preset_without_a_limit_gets_the_built_in_ones_of_its_name() {
    let read = |name: &str| {
        let text = V1.replace("\"instagram-portrait\"", &format!("\"{name}\""));
        read_session_text(&text, Path::new("v1.diptych.ron")).unwrap().card.preset.max_bytes
    };
    assert_eq!(read("instagram-portrait"), Some(8_000_000));
    assert_eq!(read("bluesky"), Some(976_000));
    assert_eq!(read("my own"), None);
}

#[test]
fn the_frozen_session_of_version_1_opens_as_it_always_did() {
    let document = read_session_text(V1, Path::new("/faces/sessions/v1.diptych.ron")).unwrap();
    let sources = document.sources.clone().both().unwrap();
    assert_eq!((sources.a.width, sources.a.height), (1536, 1024));
    assert!(sources.a.path.ends_with("faces/sessions/renders/a.png"), "{:?}", sources.a.path);
    assert!(sources.b.path.ends_with("../other renders/b.jpg"), "{:?}", sources.b.path);
    assert!(sources.b.sha256.starts_with("ffeeddcc"));
    assert_eq!(document.labels, PerSide::new("Model \"one\"".into(), String::new()));
    assert_eq!(document.model, Model::Rigid);
    let landmark = |name: &str| document.landmark_named(name).unwrap().at;
    let carried = Mark { is_confirmed: false, ..Mark::confirmed(Point::new(431.8146, 914.6504)) };
    let right = PerSide::new(Some(Mark::confirmed(Point::new(478.25, 946.5))), Some(carried));
    assert_eq!(landmark("right mouth corner"), right);
    assert!(
        landmark("left mouth corner").a.unwrap().is_confirmed,
        "confirmed when nothing is said"
    );
    assert_eq!(landmark("cupid's bow").a, None);
    assert_eq!(document.landmarks.len(), 3);
    let near = vec!["right mouth corner".to_owned(), "left mouth corner".to_owned()];
    assert_eq!(
        document.loupes[0].place,
        LoupePlace::Face { near, offset: (0.0, 0.1), width: 0.42 }
    );
    assert_eq!(document.loupes[1].place, LoupePlace::Area { middle: (0.5, 0.25), width: 0.125 });
    assert_eq!(document.card.preset, Preset::default());
    assert_eq!((document.card.layout, document.card.kernel), (Layout::Diptych, Kernel::CatmullRom));
    assert_eq!(document.recipe.crop, Some(((0.0, -0.42), 2.5, 2.75)));
    assert_eq!(document.recipe.landmarks[1].mean, (0.5, 0.0));
    assert_eq!(document.recipe.loupes[0].width.to_bits(), 0.42_f64.to_bits());
}

fn refusal(text: &str) -> SessionFileError {
    read_session_text(text, Path::new("face.diptych.ron")).unwrap_err()
}

#[test]
fn a_newer_version_is_refused_by_name_whatever_else_it_says() {
    let newer = V1.replace("version: 1", "version: 2");
    for text in [newer.as_str(), "(format: \"diptych session\", version: 2, news: Some([1, 2]))"] {
        let error = refusal(text);
        assert!(matches!(error, SessionFileError::Newer { version: 2, .. }), "{error:?}");
        let words = error.to_string();
        assert!(words.contains("version 2") && words.contains("up to 1"), "{words}");
    }
}

#[test]
fn what_is_no_session_is_refused_as_such() {
    for text in ["", "hello", "name,ax,ay,bx,by\n", "{\"a\": 1}", "(format: \"tps\", version: 1)"] {
        let error = refusal(text);
        assert!(matches!(error, SessionFileError::NotASession(_)), "{text}: {error:?}");
    }
    let folder = tempfile::tempdir().unwrap();
    let path = super::put(folder.path(), "a.diptych.ron", &[0xFF, 0xD8, 0xFF, 0xE0]);
    assert!(matches!(read_session(&path), Err(SessionFileError::NotASession(_))));
    let missing = read_session(&folder.path().join("none.diptych.ron"));
    assert!(matches!(missing, Err(SessionFileError::Read { .. })));
}

#[track_caller]
fn assert_damaged(text: &str, words: &str) {
    let error = refusal(text);
    assert!(matches!(error, SessionFileError::Damaged { .. }), "{error:?}");
    assert!(error.to_string().contains(words), "{error}");
}

#[test]
fn a_damaged_session_is_refused_with_its_place() {
    let line = |text: &str, part: &str| {
        let line = text.lines().position(|line| line.contains(part)).unwrap() + 1;
        format!("{line}:")
    };
    let text = V1.replace("x: 478.25", "x: oops");
    assert_damaged(&text, &line(&text, "oops"));
    let text = V1.replace("    model: \"rigid\",\n", "");
    assert_damaged(&text, "model");
    for share in [3, 2] {
        let cut = &V1[..V1.len() / share];
        assert_damaged(cut, &format!("{}:", cut.lines().count()));
    }
}

#[test]
fn a_session_that_contradicts_itself_is_damaged() {
    assert_damaged(&V1.replace("\"rigid\"", "\"projective\""), "projective");
    let weighed = V1.replacen("name: \"left mouth corner\"", "weight: 0.0, name: \"left\"", 1);
    assert_damaged(&weighed, "not positive");
    assert_damaged(&V1.replace("\"Catmull-Rom\"", "\"Mitchell\""), "Mitchell");
    assert_damaged(&V1.replace("\"diptych\"", "\"triptych\""), "triptych");
    let twice = V1.replacen("name: \"left mouth corner\"", "name: \"right mouth corner\"", 1);
    assert_damaged(&twice, "right mouth corner");
    assert_damaged(&V1.replace("x: 478.25", "x: NaN"), "finite");
    assert_damaged(&V1.replace("width: 0.125", "width: 0.0"), "Centre");
}
