//! Sequences of edits that nobody thought of.

use proptest::prelude::*;

use super::{Document, Edit, at, blind::seed, opened, recipe, source};
use crate::{
    document::{
        Answer, Arrangement, Blind, CardStyle, Criterion, Finding, FindingEdit, FindingId,
        FrameChoice, GestureId, History, ImportedLandmark, Judgement, LandmarkId, LoupeId,
        LoupePlace, Registration, Severity, Side, Verdict,
    },
    geometry::{ImagePoint, Model, Rect, Shape},
};

fn any_side() -> impl Strategy<Value = Side> {
    prop_oneof![Just(Side::A), Just(Side::B)]
}

/// Mostly sound places, coincident ones among them.
fn any_place() -> impl Strategy<Value = ImagePoint> {
    let spread = (-50.0..1500.0, -50.0..1500.0).prop_map(|(x, y)| at(x, y));
    prop_oneof![8 => spread, 2 => Just(at(100.0, 100.0)), 1 => Just(at(f64::NAN, 0.0))]
}

const NAMES: &[&str] = &["right corner", "left corner", "nose", " nose ", "chin", "", "point 1"];

fn any_name() -> impl Strategy<Value = String> {
    proptest::sample::select(NAMES).prop_map(str::to_owned)
}

fn any_landmark_id() -> impl Strategy<Value = LandmarkId> {
    (0_u32..6).prop_map(LandmarkId)
}

fn any_loupe_place() -> impl Strategy<Value = LoupePlace> {
    (any::<bool>(), -1.0..2.0, -1.0..2.0, -0.1..1.0).prop_map(|(on_face, x, y, width)| {
        if on_face {
            LoupePlace::Face { near: vec!["nose".into()], offset: (x, y), width }
        } else {
            LoupePlace::Area { middle: (x, y), width }
        }
    })
}

fn any_shape() -> impl Strategy<Value = Shape> {
    prop_oneof![
        4 => any_place().prop_map(Shape::Pin),
        2 => (any_place(), any_place())
            .prop_map(|(one, other)| Shape::Box(Rect::new(one, one).union(&Rect::new(other, other)))),
        1 => proptest::collection::vec(any_place(), 0..5).prop_map(Shape::Polygon),
        1 => (any_place(), any_place()).prop_map(|(tail, tip)| Shape::Arrow(tail, tip)),
    ]
}

fn any_finding() -> impl Strategy<Value = Finding> {
    (0_u32..5, any_side(), any_shape(), "[a-z]{0,2}").prop_map(|(id, side, shape, note)| Finding {
        id: FindingId(id),
        note,
        ..Finding::drawn(side, shape, Severity::NEUTRAL)
    })
}

fn any_finding_edit() -> impl Strategy<Value = FindingEdit> {
    let id = || (0_u32..5).prop_map(FindingId);
    let some = || proptest::collection::vec(any_finding(), 0..3);
    prop_oneof![
        3 => (some(), proptest::option::of(id()))
            .prop_map(|(findings, after)| FindingEdit::Add(findings, after)),
        2 => some().prop_map(FindingEdit::Change),
        1 => proptest::collection::vec(id(), 0..3).prop_map(FindingEdit::Remove),
        2 => (id(), proptest::option::of(id()))
            .prop_map(|(id, before)| FindingEdit::Move { id, before }),
    ]
}

fn any_edit() -> impl Strategy<Value = Edit> {
    let size = || prop_oneof![Just(1000_u32), Just(800)];
    let replaced =
        (any_name(), proptest::option::of(any_place()), proptest::option::of(any_place()));
    let replaced = (replaced, any::<bool>()).prop_map(|((name, a, b), is_active)| {
        ImportedLandmark { is_active, ..super::imported(&name, a, b) }
    });
    prop_oneof![
        1 => (any_side(), "[a-c]", size(), size()).prop_map(|(side, name, width, height)| {
            Edit::SetSource { side, source: source(&name, width, height) }
        }),
        1 => (any_side(), "[a-z ]{0,3}").prop_map(|(side, label)| Edit::SetLabel { side, label }),
        4 => (any_name(), any_side(), any_place())
            .prop_map(|(name, side, at)| Edit::AddLandmark { name, side, at }),
        4 => (any_landmark_id(), any_side(), any_place())
            .prop_map(|(id, side, at)| Edit::PlaceLandmark { id, side, at }),
        1 => any_landmark_id().prop_map(Edit::ConfirmLandmark),
        1 => any_landmark_id().prop_map(Edit::RemoveLandmark),
        1 => (any_landmark_id(), any_name())
            .prop_map(|(id, name)| Edit::RenameLandmark { id, name }),
        1 => (any_landmark_id(), any::<bool>())
            .prop_map(|(id, is_active)| Edit::SetLandmarkActive { id, is_active }),
        1 => (any_landmark_id(), -0.5..8.0)
            .prop_map(|(id, weight)| Edit::SetLandmarkWeight { id, weight }),
        1 => (-0.5..9.0).prop_map(Edit::SetSmoothing),
        1 => proptest::collection::vec(replaced, 0..4).prop_map(|all| Edit::ReplaceLandmarks(all, None)),
        1 => proptest::sample::select(&Model::ALL[..]).prop_map(Edit::SetModel),
        1 => (0_u32..4, any_loupe_place())
            .prop_map(|(id, place)| Edit::PlaceLoupe { id: LoupeId(id), place }),
        4 => any_finding_edit().prop_map(Edit::Findings),
        2 => ("[A-C]", proptest::option::of(proptest::sample::select(&Answer::ALL[..])), "[a-z]?")
            .prop_map(|(region, answer, remark)| {
                let criterion = Criterion { region, text: "shape".into() };
                Edit::SetVerdict(Verdict { criterion, answer, remark })
            }),
        1 => proptest::sample::select(&crate::geometry::Kernel::ALL[..]).prop_map(|kernel| {
            Edit::SetCardStyle(Box::new(CardStyle { kernel, ..CardStyle::default() }))
        }),
    ]
}

/// What must hold of every document, derived values included.
fn check(document: &Document) -> Result<(), TestCaseError> {
    prop_assert_eq!(document.violations(), Vec::<String>::new());
    let registration = Registration::of(document);
    prop_assert!(registration.a_from_b.is_valid());
    prop_assert!(registration.fault.is_none() || !registration.is_linked(document.model));
    for choice in [FrameChoice::AGrid, FrameChoice::Level] {
        let Some(arrangement) = Arrangement::of(document, choice) else { continue };
        prop_assert!(arrangement.from_frame.iter().all(|(_, map)| map.is_valid()));
        if let Some(crop) = arrangement.crop(document, 0.8) {
            let region = arrangement.common_region();
            prop_assert!(crop.corners().into_iter().all(|p| region.contains(p)));
        }
        for (id, spot) in arrangement.loupes(document) {
            prop_assert!(spot.center.is_finite() && spot.width > 0.0, "loupe {}", id.0);
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(200) })]

    #[test]
    fn undo_all_is_the_start_and_redo_all_is_the_end(
        edits in proptest::collection::vec((any_edit(), proptest::option::of(0_u64..4)), 1..40)
    ) {
        let start = opened((1000, 800), (1000, 800));
        let mut history = History::new(start.clone());
        for (edit, gesture) in edits {
            let before = history.document().clone();
            if history.edit(edit, gesture.map(GestureId)).is_err() {
                prop_assert_eq!(history.document(), &before);
            }
            check(history.document())?;
        }
        let end = history.document().clone();
        while history.undo_label().is_some() {
            history.undo();
            check(history.document())?;
        }
        prop_assert_eq!(&**history.document(), &start);
        while history.redo_label().is_some() {
            history.redo();
        }
        prop_assert_eq!(history.document(), &end);
    }

    #[test]
    fn exchanging_twice_is_as_before(
        edits in proptest::collection::vec(any_edit(), 1..40), exchanges in any::<bool>()
    ) {
        let mut history = History::new(opened((1000, 800), (900, 1100)));
        for edit in edits {
            history.edit(edit, None).ok();
        }
        let document = Document::clone(history.document());
        let aside = Judgement {
            findings: document.findings.clone(),
            verdicts: document.verdicts.clone(),
            left_out: Vec::new(),
        };
        let blind = Blind { seed: Some(seed(exchanges)), aside };
        let shown = document.clone().sealed(blind.clone());
        check(&shown)?;
        prop_assert_eq!(shown.unsealed(), (document.clone(), Some(blind)));
        let shown = document.clone().judged_blind(seed(exchanges));
        check(&shown)?;
        let mut revealed = shown.revealed(1);
        check(&revealed)?;
        revealed.reveals.clear();
        // Nothing was judged meanwhile; findings may have other identities.
        let plain = |document: &Document| {
            let findings = document.findings.iter().cloned();
            findings.map(|of| Finding { id: FindingId(0), ..of }).collect::<Vec<_>>()
        };
        prop_assert_eq!(plain(&revealed), plain(&document));
        revealed.findings.clone_from(&document.findings);
        prop_assert_eq!(revealed, document);
    }

    #[test]
    fn a_cancelled_gesture_is_as_if_it_had_never_begun(
        edits in proptest::collection::vec(any_edit(), 0..10),
        n_undone in 0_usize..5,
        gesture in proptest::collection::vec(any_edit(), 1..10),
    ) {
        let mut history = History::new(Document::new(recipe()));
        for edit in edits {
            history.edit(edit, None).ok();
        }
        (0..n_undone).for_each(|_| history.undo());
        let before = history.document().clone();
        let labels = (history.undo_label(), history.redo_label());
        for edit in gesture {
            history.edit(edit, Some(GestureId(1))).ok();
        }
        history.cancel(GestureId(1));
        prop_assert_eq!(history.document(), &before);
        prop_assert_eq!((history.undo_label(), history.redo_label()), labels);
    }
}
