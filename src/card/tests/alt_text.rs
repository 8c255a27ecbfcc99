//! The drafted alternative text.

use super::{at, plain, sized};
use crate::{
    document::{
        Answer, Belongs, Code, Criterion, Document, Finding, FindingId, Kind, Layout, PerSide,
        Severity, Side, Verdict,
    },
    geometry::Shape,
};

/// The draft for the only picture of a card, or the first of several.
fn draft_alt_text(document: &Document) -> String {
    crate::card::draft_alt_text(document, &super::lay_out(document).unwrap())
}

fn finding(belongs: Belongs, severity: u8, name: &str) -> Finding {
    let severity = Severity::new(severity).unwrap();
    let code = Code { code: "TEE-A1".into(), name: name.into(), strength: String::new() };
    let drawn = Finding::drawn(Side::A, Shape::Pin(at(10.0, 10.0)), severity);
    Finding { belongs, code: Some(code), ..drawn }
}

fn with_findings(findings: impl IntoIterator<Item = Finding>) -> Document {
    let findings = (0..).zip(findings).map(|(n, finding)| Finding { id: FindingId(n), ..finding });
    Document { findings: findings.collect(), ..plain() }
}

fn answered(answers: &[Answer]) -> Vec<Verdict> {
    let criterion = |n: usize| Criterion { region: "TEE".into(), text: format!("question {n}") };
    let answers = answers.iter().enumerate();
    answers
        .map(|(n, answer)| Verdict {
            criterion: criterion(n),
            answer: Some(*answer),
            remark: String::new(),
        })
        .collect()
}

fn length(text: &str) -> usize {
    text.chars().count()
}

#[test]
fn a_judged_card_is_told_from_left_to_right_and_from_worst_to_best() {
    let (a, b) = (Belongs::To(Side::A), Belongs::To(Side::B));
    let document = Document {
        labels: PerSide::new("SOUL 2".into(), "Nano Banana Pro".into()),
        verdicts: answered(&[
            Answer::B,
            Answer::Tie,
            Answer::B,
            Answer::A,
            Answer::NotVisible,
            Answer::B,
        ]),
        ..with_findings([
            finding(a, 1, "lips too even"),
            finding(b, 2, "glare on one lens"),
            finding(a, 4, "teeth merged, no embrasure"),
            finding(a, 1, "lips too even"),
            finding(Belongs::Both, 3, "no pores"),
        ])
    };
    assert_eq!(
        draft_alt_text(&document),
        "Side-by-side comparison of two pictures of one face. Left, A: SOUL 2. Right, B: Nano Banana \
         Pro. Close-ups of Teeth, Lips, Cheek to nose and Rim. On A: teeth merged, no embrasure; \
         lips too even. On B: glare on one lens. On both: no pores. B more believable in 3, tie in \
         1, A in 1, not visible in 1."
    );
    assert_eq!(draft_alt_text(&document), draft_alt_text(&document.clone()));
}

#[test]
fn with_nothing_judged_it_says_what_is_shown_and_no_more() {
    let document = Document { labels: PerSide::default(), ..plain() };
    assert_eq!(
        draft_alt_text(&document),
        "Side-by-side comparison of two pictures of one face. Left, A: a. Right, B: b. Close-ups of \
         Teeth, Lips, Cheek to nose and Rim."
    );
}

#[test]
fn only_regions_that_stand_on_the_card_are_named() {
    let mut document = plain();
    document.card.layout = Layout::Diptych;
    assert!(!draft_alt_text(&document).contains("Close-ups"));
    // No room for loupes.
    assert!(!draft_alt_text(&sized(plain(), 1000, 810, 80)).contains("Close-ups"));
    let mut document = plain();
    document.loupes.truncate(1);
    document.loupes[0].name = "TMJ".into();
    assert!(draft_alt_text(&document).ends_with(" Close-ups of TMJ."));
}

#[test]
fn verdicts_name_the_side_that_leads_first() {
    let tally = |answers: &[Answer]| {
        let document = Document { verdicts: answered(answers), ..plain() };
        draft_alt_text(&document).split_once("and Rim.").unwrap().1.trim().to_owned()
    };
    assert_eq!(tally(&[]), "");
    assert_eq!(tally(&[Answer::NotVisible]), "Not visible in 1.");
    assert_eq!(tally(&[Answer::Tie, Answer::Tie]), "Tie in 2.");
    assert_eq!(tally(&[Answer::A, Answer::B]), "A more believable in 1, B in 1.");
    assert_eq!(tally(&[Answer::B, Answer::Tie]), "B more believable in 1, tie in 1.");
}

#[test]
fn very_many_findings_give_way_to_the_verdicts_at_a_words_end() {
    let many = (0..200).map(|n| finding(Belongs::To(Side::A), 2, &format!("fault number {n}")));
    let document = Document { verdicts: answered(&[Answer::B]), ..with_findings(many) };
    let text = draft_alt_text(&document);
    assert!((960..=1000).contains(&length(&text)), "{}", length(&text));
    let (rest, end) = text.split_once('…').unwrap();
    assert_eq!(end, " B more believable in 1.");
    let all: Vec<&str> = document.findings.iter().map(Finding::words).collect();
    let told = rest.split_once("On A: ").unwrap().1;
    let left_out = all.join("; ").strip_prefix(told).unwrap().to_owned();
    assert!(left_out.starts_with([' ', ';']), "{told}");
    let text = draft_alt_text(&with_findings(document.findings));
    assert!((980..=1000).contains(&length(&text)) && text.ends_with('…'), "{text}");
}

#[test]
fn one_endless_word_is_cut_to_what_fits() {
    let text = draft_alt_text(&with_findings([finding(Belongs::Both, 2, &"ö".repeat(3000))]));
    assert!(text.ends_with("On both…") && length(&text) <= 1000, "{text}");
    let labels = PerSide::new("ö".repeat(3000), "word ".repeat(600));
    let text = draft_alt_text(&Document { labels, ..plain() });
    assert!(text.contains(&format!("Left, A: {}… Right, B: word", "ö".repeat(119))), "{text}");
    assert!(text.contains("word… Close-ups of Teeth"), "{text}");
}

#[test]
fn labels_of_right_to_left_writing_are_kept_and_cannot_turn_the_rest() {
    let labels = PerSide::new("\u{202E}מודל אחד".into(), "نموذج\n\u{2067} ٢".into());
    let text = draft_alt_text(&Document { labels, ..plain() });
    assert!(text.contains("Left, A: מודל אחד. Right, B: نموذج ٢. Close-ups"), "{text}");
}

#[test]
fn strengths_speak_for_their_side_and_what_nobody_named_is_left_out() {
    let of = |strength: &str, note: &str| {
        let mut finding = finding(Belongs::To(Side::B), 1, "no pores");
        finding.is_strength = true;
        finding.note = note.into();
        finding.code = Some(Code { strength: strength.into(), ..finding.code.unwrap() });
        finding
    };
    let noted = Finding { code: None, ..of("", " a fine\tlip \nand more") };
    let unnamed = Finding { code: None, ..of("", " \nsecond line") };
    let document = with_findings([of("pores visible", ""), unnamed.clone(), noted, of("", "")]);
    let text = draft_alt_text(&document);
    assert!(
        text.ends_with("On B: pores visible; in its favour: a fine lip; in its favour: no pores."),
        "{text}"
    );
    assert!(!draft_alt_text(&with_findings([unnamed])).contains("On B"));
}

#[test]
fn it_says_what_kinds_of_pictures_are_compared() {
    let of = |a: Option<Kind>, b: Option<Kind>| {
        draft_alt_text(&Document { kinds: PerSide::new(a, b), ..plain() })
    };
    let (render, photograph) = (Some(Kind::Render), Some(Kind::Photograph));
    let begins = |text: String, what: &str| {
        let expected = format!("Side-by-side comparison of {what} of one face. ");
        assert!(text.starts_with(&expected), "{text}");
    };
    begins(of(render, render), "two AI-generated renders");
    begins(of(photograph, render), "a photograph and an AI-generated render");
    begins(of(photograph, Some(Kind::Retouched)), "a photograph and a retouched photograph");
    begins(of(photograph, None), "two pictures");
}

#[test]
fn what_stands_alone_or_below_is_not_said_to_stand_at_a_side() {
    let drafts = |document: &Document| {
        let scenes = crate::card::lay_out(document).unwrap();
        let drafts = scenes.iter().map(|scene| crate::card::draft_alt_text(document, scene));
        drafts.collect::<Vec<_>>()
    };
    let mut document = plain();
    document.card.layout = Layout::XPair;
    let pair = drafts(&document);
    assert!(pair[0].starts_with("One of two pictures of one face, to be compared. A: Model one."));
    assert!(pair[1].contains("B: Model two.") && !pair[1].contains("Model one"), "{}", pair[1]);
    document.card.layout = Layout::Carousel;
    let pages = drafts(&document);
    assert!(pages[1].contains("picture 2 of 5. Above, A:"), "{}", pages[1]);
    assert!(pages[1].contains("Close-ups of Teeth.") && !pages[1].contains("Lips"), "{}", pages[1]);
}

#[test]
fn what_is_left_out_of_the_card_is_not_told() {
    let mut document = with_findings([
        finding(Belongs::To(Side::A), 4, "waxy"),
        finding(Belongs::To(Side::A), 3, "smeared"),
    ]);
    document.card.left_out.findings.push(FindingId(0));
    let draft = draft_alt_text(&document);
    assert!(draft.contains("smeared") && !draft.contains("waxy"), "{draft}");
}

#[test]
fn own_words_are_cut_to_what_platforms_take() {
    let mut document = plain();
    document.card.words.alt_text = Some("ä".repeat(1200));
    let scene = super::lay_out(&document).unwrap();
    assert_eq!(crate::card::alt_text(&document, &scene).chars().count(), 1000);
    document.card.words.alt_text = Some("  ".into());
    assert!(crate::card::alt_text(&document, &scene).starts_with("Side-by-side"));
}
