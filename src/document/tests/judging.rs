//! Findings, the list they are named by, verdicts.

use super::{Document, Edit, Side, at, opened, recipe, set_source, source, with};
use crate::{
    document::{
        Answer, Belongs, Category, Code, Criterion, Defect, EditError, Finding, FindingEdit,
        FindingId, PerSide, Recipe, Region, Severity, Tally, Taxonomy, Verdict,
    },
    geometry::{Rect, Shape},
};

fn pin(side: Side, note: &str) -> Finding {
    let finding = Finding::drawn(side, Shape::Pin(at(10.0, 20.0)), Severity::NEUTRAL);
    Finding { note: note.into(), ..finding }
}

fn with_notes(notes: &[&str]) -> Document {
    let findings = notes.iter().map(|note| pin(Side::A, note)).collect();
    let document = opened((1000, 800), (1000, 800));
    with(&document, Edit::Findings(FindingEdit::Add(findings, None)))
}

fn notes(document: &Document) -> Vec<&str> {
    document.findings.iter().map(|finding| finding.note.as_str()).collect()
}

#[test]
fn findings_are_added_after_each_other_changed_moved_and_removed() {
    let document = with_notes(&["one", "two", "three"]);
    let id = |idx: usize| document.findings[idx].id;
    let edit = |edit: FindingEdit| with(&document, Edit::Findings(edit));
    let added = edit(FindingEdit::Add(vec![pin(Side::B, "new")], Some(id(0))));
    assert_eq!(notes(&added), ["one", "new", "two", "three"]);
    assert!(document.finding(added.findings[1].id).is_none(), "an identity of its own");
    let moved = edit(FindingEdit::Move { id: id(0), before: None });
    assert_eq!(notes(&moved), ["two", "three", "one"]);
    let moved = edit(FindingEdit::Move { id: id(2), before: Some(id(0)) });
    assert_eq!(notes(&moved), ["three", "one", "two"]);
    let removed = edit(FindingEdit::Remove(vec![id(0), id(2)]));
    assert_eq!(notes(&removed), ["two"]);
    let changed = Finding { id: id(1), note: "2".into(), ..document.findings[1].clone() };
    assert_eq!(notes(&edit(FindingEdit::Change(vec![changed]))), ["one", "2", "three"]);
    let nobody = FindingEdit::Remove(vec![id(0), FindingId(77)]);
    let refused = Edit::Findings(nobody).apply(&mut document.clone());
    assert_eq!(refused, Err(EditError::NoSuchFinding));
    let flat = Shape::Box(Rect::new(at(1.0, 1.0), at(1.0, 9.0)));
    let flat = Finding::drawn(Side::A, flat, Severity::NEUTRAL);
    let refused = Edit::Findings(FindingEdit::Add(vec![flat], None)).apply(&mut document.clone());
    assert!(matches!(refused, Err(EditError::Unsound(_))));
}

#[test]
fn a_picture_of_another_size_takes_its_findings_along() {
    let document = with_notes(&["one"]);
    let larger = with(&document, set_source(Side::A, source("c", 2000, 800)));
    assert_eq!(larger.findings[0].shape, Shape::Pin(at(20.0, 20.0)));
    let other = with(&document, set_source(Side::B, source("c", 2000, 800)));
    assert_eq!(other.findings, document.findings);
}

#[test]
fn severity_is_suggested_by_how_large_the_face_is_seen() {
    for (span, level) in [(150.0, 4), (300.0, 4), (500.0, 3), (1000.0, 2), (2000.0, 1), (9e3, 1)] {
        assert_eq!(Severity::suggested(span).level(), level, "{span}");
    }
    assert_eq!(Severity::new(5), None);
}

#[test]
fn a_finding_says_its_code_or_its_note() {
    let mut finding = pin(Side::B, "a hair crosses the rim\nand ends there");
    assert_eq!((finding.words(), finding.region()), ("a hair crosses the rim", ""));
    let strength = "saliva highlights".to_owned();
    let name = "no saliva highlight".to_owned();
    finding.code = Some(Code { code: "TEE-P1".into(), name, strength });
    assert_eq!((finding.words(), finding.region()), ("no saliva highlight", "TEE"));
    finding.is_strength = true;
    assert_eq!(finding.words(), "saliva highlights");
    assert!(finding.belongs.holds(Side::B) && !finding.belongs.holds(Side::A));
    assert!(Side::BOTH.iter().all(|side| Belongs::Both.holds(*side)));
}

fn taxonomy() -> Taxonomy {
    let region = |code: &str, name: &str| Region { code: code.into(), name: name.into() };
    let category = |letter: &str, name: &str| Category { letter: letter.into(), name: name.into() };
    let defect = |code: &str, name: &str, words: &[&str]| Defect {
        code: Code { code: code.into(), name: name.into(), strength: String::new() },
        hint: "Look.".into(),
        words: words.iter().map(|word| (*word).to_owned()).collect(),
    };
    Taxonomy {
        regions: vec![region("TEE", "teeth"), region("LIP", "lips")],
        categories: vec![category("A", "anatomy"), category("S", "surface")],
        defects: vec![
            defect("TEE-A1", "wrong count", &[]),
            defect("TEE-A3", "teeth merged, no embrasure", &["fused"]),
            defect("TEE-S1", "uniform over-white", &["merger"]),
            defect("LIP-A3", "commissure fused or split", &[]),
        ],
    }
}

#[test]
fn what_is_typed_finds_a_defect_by_the_beginnings_of_its_words() {
    let taxonomy = taxonomy();
    let found = |typed: &str, recent: &[&str]| -> Vec<String> {
        let recent: Vec<String> = recent.iter().map(|code| (*code).to_owned()).collect();
        taxonomy.search(typed, &recent).iter().map(|defect| defect.code.code.clone()).collect()
    };
    assert_eq!(found("teeth mer", &[]), ["TEE-A3", "TEE-S1"]);
    assert_eq!(found("tee a3", &[]), ["TEE-A3"]);
    assert_eq!(found("a3", &[]), ["TEE-A3", "LIP-A3"]);
    assert_eq!(found("a3", &["LIP-A3"]), ["LIP-A3", "TEE-A3"], "recent ones first");
    assert_eq!(found("FUSED", &["TEE-A3"]), ["LIP-A3", "TEE-A3"], "a name before other words");
    assert_eq!(found("over", &[]), ["TEE-S1"]);
    assert_eq!(found("anat", &[]).len(), 3, "by category");
    assert_eq!(found("", &[]).len(), 4);
    assert!(found("zzz", &[]).is_empty());
}

#[test]
fn the_users_own_list_extends_and_replaces() {
    let mut own = taxonomy();
    own.regions.truncate(1);
    own.defects.truncate(1);
    own.defects[0].code.name = "one tooth too many".into();
    own.defects.push(Defect {
        code: Code { code: "TEE-A9".into(), name: "chipped".into(), ..Code::default() },
        ..own.defects[0].clone()
    });
    let both = taxonomy().extended_by(own);
    assert_eq!(both.defects.len(), 5);
    assert_eq!(both.defect("TEE-A1").unwrap().code.name, "one tooth too many");
    assert_eq!(both.violation(), None);
    let mut twice = taxonomy();
    twice.defects.push(twice.defects[0].clone());
    assert!(twice.violation().unwrap().contains("two defects have the code TEE-A1"));
    let mut homeless = taxonomy();
    homeless.regions.remove(0);
    assert!(homeless.violation().unwrap().contains("has no region"));
}

#[test]
fn verdicts_are_counted_in_words_and_taken_back() {
    let ask = |region: &str, text: &str| Criterion { region: region.into(), text: text.into() };
    let recipe = Recipe {
        questions: vec![
            ask("TEE", "Shaped naturally?"),
            ask("LIP", "Like skin?"),
            ask("TEE", "X?"),
        ],
        axes: vec!["anatomy".into(), "edge control".into()],
        ..recipe()
    };
    let criteria = recipe.criteria();
    let expected = [
        ask("TEE", "Shaped naturally?"),
        ask("TEE", "X?"),
        ask("TEE", "anatomy"),
        ask("TEE", "edge control"),
        ask("LIP", "Like skin?"),
        ask("LIP", "anatomy"),
        ask("LIP", "edge control"),
    ];
    assert_eq!(criteria, expected);
    let mut document = Document::new(recipe);
    let answers = [Answer::B, Answer::B, Answer::A, Answer::Tie, Answer::NotVisible];
    for (criterion, answer) in criteria.iter().zip(answers) {
        let verdict =
            Verdict { criterion: criterion.clone(), answer: Some(answer), remark: String::new() };
        document = with(&document, Edit::SetVerdict(verdict));
    }
    let tally = Tally::of(&document.recipe, &document.verdicts);
    assert_eq!((tally.sides, tally.ties, tally.open), (PerSide::new(1, 2), 1, 2));
    assert_eq!(tally.words(), "B in 2, A in 1, tie in 1, not visible in 1, 2 open");
    let again = Verdict { answer: Some(Answer::A), ..document.verdicts[0].clone() };
    let changed = with(&document, Edit::SetVerdict(again));
    assert_eq!(changed.verdicts.len(), 5, "one a criterion");
    let back = Verdict { answer: None, ..document.verdicts[0].clone() };
    assert_eq!(with(&document, Edit::SetVerdict(back)).verdicts.len(), 4);
}

#[test]
fn another_recipe_keeps_what_was_marked_and_found_and_the_users_own_loupes() {
    let document = super::aligned(&super::some_b_from_a());
    let findings = vec![pin(Side::A, "one")];
    let document = with(&document, Edit::Findings(FindingEdit::Add(findings, None)));
    let place = document.loupes[0].place.clone();
    let add = Edit::AddLoupe { name: "Mine".into(), place, after: None };
    let document = with(&document, add);
    let moved = Edit::PlaceLoupe {
        id: document.loupes[1].id,
        place: crate::document::LoupePlace::Area { middle: (0.2, 0.2), width: 0.1 },
    };
    let document = with(&document, moved);
    let mut other = recipe();
    other.name = "other".into();
    other.loupes.truncate(1);
    other.loupes[0].name = "Gum".into();
    let changed = with(&document, Edit::SetRecipe(Box::new(other.clone())));
    assert_eq!((&changed.landmarks, &changed.findings), (&document.landmarks, &document.findings));
    let names: Vec<&str> = changed.loupes.iter().map(|loupe| loupe.name.as_str()).collect();
    let moved_name = document.loupes[1].name.as_str();
    assert_eq!(names, ["Gum", "Centre", moved_name, "Mine"]);
    assert_eq!(changed.recipe, other);
}

#[test]
fn a_prompt_is_filled_from_its_slots_and_its_chunks_are_swapped() {
    let slot =
        |name: &str, text: &str| crate::document::Slot { name: name.into(), text: text.into() };
    let swap = |chunk: &str, options: &[&str]| crate::document::Swap {
        chunk: chunk.into(),
        options: options.iter().map(|option| (*option).to_owned()).collect(),
    };
    let prompt = crate::document::Prompt {
        template: "A close-up: {anchors}. Light: {light}.".into(),
        slots: vec![slot("anchors", "oval face"), slot("light", "a window")],
        swaps: vec![swap("close-up", &["window seat"]), swap("window", &["lamp", "close-up"])],
    };
    let recipe = Recipe { prompt: Some(prompt), ..recipe() };
    let mut declared = crate::document::Declared::default();
    assert_eq!(declared.prompt(&recipe).unwrap(), "A close-up: oval face. Light: a window.");
    declared.slots.push(("anchors".into(), "round face".into()));
    declared.swaps.push(("close-up".into(), "window seat".into()));
    declared.swaps.push(("window".into(), "lamp".into()));
    let filled = declared.prompt(&recipe).unwrap();
    assert_eq!(filled, "A window seat: round face. Light: a lamp.", "what was swapped in stays");
    assert_eq!(declared.prompt(&super::recipe()), None);
}
