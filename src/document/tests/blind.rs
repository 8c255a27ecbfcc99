//! Judging blind: what is exchanged, what is put aside, what a reveal brings back.

use super::{aligned, assert_near, at, opened, some_b_from_a, with};
use crate::{
    document::{
        Answer, Arrangement, Belongs, Blind, Criterion, Declared, Document, Edit, Finding,
        FindingEdit, FrameChoice, Judgement, Kind, LandmarkId, PerSide, Registration, Reveal, Run,
        Seed, Severity, Side, Verdict,
    },
    geometry::{Kernel, OutputPoint, Shape, Similarity},
};

/// A seed that exchanges the sides, or one that does not.
pub(super) fn seed(exchanges: bool) -> Seed {
    let mut seeds = (0..).map(Seed::of_bits);
    seeds.find(|seed| seed.exchanges() == exchanges).unwrap()
}

fn answer(region: &str, answer: Answer) -> Edit {
    let criterion = Criterion { region: region.into(), text: "shape".into() };
    Edit::SetVerdict(Verdict { criterion, answer: Some(answer), remark: String::new() })
}

fn find(side: Side, note: &str) -> Edit {
    let finding = Finding::drawn(side, Shape::Pin(at(120.0, 80.0)), Severity::NEUTRAL);
    let finding = Finding { note: note.into(), ..finding };
    Edit::Findings(FindingEdit::Add(vec![finding], None))
}

fn labelled(document: &Document) -> Document {
    let runs =
        PerSide::new("one", "two").map(|model| Run { model: model.into(), ..Run::default() });
    let declared = Declared { runs, ..Declared::default() };
    let label = |side, label: &str| Edit::SetLabel { side, label: label.into() };
    [label(Side::A, "Zebra"), label(Side::B, "Walrus"), Edit::Declare(Box::new(declared))]
        .into_iter()
        .fold(document.clone(), |document, edit| with(&document, edit))
}

#[test]
fn a_seed_is_32_hexadecimal_digits_and_about_half_of_them_exchange() {
    assert_eq!(Seed::of_bits(0xAB).text(), "000000000000000000000000000000ab");
    assert_eq!(Seed::new("000000000000000000000000000000ab"), Some(Seed::of_bits(0xAB)));
    let long = "0".repeat(33);
    for text in
        ["", "ab", "000000000000000000000000000000AB", "é00000000000000000000000000000", &long]
    {
        assert_eq!(Seed::new(text), None, "{text}");
    }
    let n = (0..1000).filter(|bits| Seed::of_bits(*bits).exchanges()).count();
    assert!((400..600).contains(&n), "{n} of 1000");
    assert!(!Blind::default().exchanges(), "without a seed the sides stay");
}

#[test]
fn what_belongs_to_a_side_goes_with_it() {
    let document = labelled(&aligned(&some_b_from_a()));
    let document = with(&document, find(Side::A, "on A"));
    let document = with(&document, answer("A", Answer::A));
    let document = with(&document, answer("B", Answer::Tie));
    for exchanges in [false, true] {
        let blind = Blind { seed: Some(seed(exchanges)), aside: Judgement::default() };
        let shown = document.clone().sealed(blind);
        let (first, second) = if exchanges { (Side::B, Side::A) } else { (Side::A, Side::B) };
        assert_eq!(shown.sources.a, document.sources[first]);
        assert_eq!(shown.labels.b, document.labels[second]);
        assert_eq!(shown.declared.runs.a, document.declared.runs[first]);
        assert_eq!(shown.landmarks[0].at.a, document.landmarks[0].at[first]);
        assert_eq!((shown.findings[0].on, shown.findings[0].belongs), (first, Belongs::To(first)));
        let expected = if exchanges { Answer::B } else { Answer::A };
        assert_eq!(shown.verdicts[0].answer, Some(expected));
        assert_eq!(shown.verdicts[1].answer, Some(Answer::Tie));
        assert_eq!(Side::BOTH.map(|side| shown.label_or_stem(side)), ["A", "B"]);
        assert_eq!(shown.violations(), Vec::<String>::new());
        assert_eq!(shown.unsealed().0, document);
    }
}

#[test]
fn an_exchanged_fit_is_the_inverse_and_its_figures_are_the_same_shares_of_the_face() {
    let document = aligned(&some_b_from_a());
    let moved = |document: &Document, id: u32, x: f64, y: f64| {
        let place = document.landmarks[id as usize].at.b.unwrap().at.offset(x, y);
        with(document, Edit::PlaceLandmark { id: LandmarkId(id), side: Side::B, at: place })
    };
    let rough = moved(&moved(&document, 0, 3.0, -2.0), 3, -1.5, 2.5);
    for (document, tolerance) in [(&document, 1e-9), (&rough, 0.01)] {
        let blind = Blind { seed: Some(seed(true)), aside: Judgement::default() };
        let shown = document.clone().sealed(blind);
        let (before, now) = (Registration::of(document), Registration::of(&shown));
        assert_eq!((now.footing, now.n_pairs), (before.footing, before.n_pairs));
        let round = before.a_from_b * now.a_from_b;
        assert_near(round.scale(), 1.0, tolerance);
        assert_near(round.roll(), 0.0, tolerance);
        let share = |document: &Document, registration: &Registration| {
            registration.residuals.rms.unwrap() / document.face_unit().unwrap()
        };
        let share_before = share(document, &before);
        assert_near(share(&shown, &now), share_before, 0.02 * share_before + 1e-9);
    }
}

#[test]
fn what_was_found_and_answered_before_waits_and_blind_answers_count() {
    let document = labelled(&aligned(&some_b_from_a()));
    let before = [find(Side::B, "before"), answer("one", Answer::A), answer("two", Answer::B)];
    let document = before.into_iter().fold(document, |document, edit| with(&document, edit));
    for exchanges in [false, true] {
        let shown = document.clone().judged_blind(seed(exchanges));
        assert_eq!((shown.findings.len(), shown.verdicts.len()), (0, 0), "they would tell");
        // The left one is believed, and something is found on it.
        let given = [find(Side::A, "blind"), answer("one", Answer::A), answer("three", Answer::A)];
        let shown = given.into_iter().fold(shown, |document, edit| with(&document, edit));
        let revealed = shown.revealed(7);
        assert_eq!(revealed.violations(), Vec::<String>::new());
        assert!(!revealed.is_blind());
        let left = if exchanges { (Side::B, Answer::B) } else { (Side::A, Answer::A) };
        let notes: Vec<_> = revealed.findings.iter().map(|of| (of.note.as_str(), of.on)).collect();
        assert_eq!(notes, [("before", Side::B), ("blind", left.0)]);
        assert_eq!(revealed.findings[1].belongs, Belongs::To(left.0));
        let of = |region: &str| {
            revealed.verdicts.iter().find(|of| of.criterion.region == region).unwrap().clone()
        };
        let answers = ["one", "two", "three"].map(|region| of(region).answer.unwrap());
        assert_eq!(answers, [left.1, Answer::B, left.1]);
        let reveal = revealed.answered_blind(&of("one")).unwrap();
        assert_eq!((reveal.at, reveal.was_exchanged), (7, exchanges));
        assert_eq!(revealed.answered_blind(&of("two")), None, "it was answered before");
        assert_eq!(revealed.labels, document.labels);
        assert_eq!(revealed.sources, document.sources);
    }
}

#[test]
fn a_blind_document_is_seen_in_the_level_frame_at_one_resolution_where_both_are() {
    let document = aligned(&some_b_from_a()).judged_blind(seed(true));
    let both = Arrangement::of(&document, FrameChoice::AGrid).unwrap();
    assert!(both.is_blind && both.matched_side().is_some());
    let level = Arrangement::of(&document, FrameChoice::Level).unwrap();
    assert_eq!(both.from_frame, level.from_frame);
    let corner = both.common_bounds().min;
    let frame_from_output =
        Similarity::about(0.7, 0.0, OutputPoint::new(0.0, 0.0), corner.offset(-20.0, -20.0));
    let seen = both.seen_region(&frame_from_output).unwrap();
    let mut n_seen = 0;
    for idx in 0..2500_u32 {
        let at = OutputPoint::new(f64::from(idx % 50) * 32.0, f64::from(idx / 50) * 32.0);
        let in_frame = frame_from_output.apply(at);
        let is_on_both = Side::BOTH
            .into_iter()
            .all(|side| both.holds(side, both.from_frame[side].apply(in_frame)));
        assert!(!seen.contains(at) || is_on_both, "{at:?} is seen on one side alone");
        n_seen += u32::from(seen.contains(at));
        let (from, to) = seen.along(at.y);
        assert_eq!((from..=to).contains(&at.x), seen.contains(at), "{at:?}");
    }
    assert!(n_seen > 300, "{n_seen}");
    assert_eq!(aligned(&some_b_from_a()).reveals, []);
    let open = Arrangement::of(&aligned(&some_b_from_a()), FrameChoice::AGrid).unwrap();
    assert_eq!(open.seen_region(&frame_from_output), None);
}

#[test]
fn a_card_has_nothing_that_its_author_wrote_or_chose_while_blind() {
    let mut document = labelled(&opened((100, 100), (100, 100)));
    document.card.words.title = "Zebra wins".into();
    document.kinds = PerSide::new(Some(Kind::Photograph), None);
    document.card.file_pattern = "zebra {preset}".into();
    document.card.brand.text = "@zebra".into();
    document.card.kernel = Kernel::Nearest;
    assert_eq!(*document.on_card(), document);
    let blind = document.clone().judged_blind(seed(true));
    assert_eq!(blind.kinds.b, Some(Kind::Photograph), "it goes with its side");
    let shown = blind.on_card();
    assert_eq!((shown.card.words.title.as_str(), shown.kinds), ("", PerSide::default()));
    assert!(!shown.card.footer.hashes && shown.card.footer.program);
    assert_eq!(shown.card.brand.text, "");
    assert_ne!(shown.card.kernel, Kernel::Nearest, "blocks tell how large pixels are");
    assert_eq!(shown.card.file_stem(&shown), "blind card instagram-portrait");
    assert_eq!(blind.in_true_order(), document, "it waits");
}

#[test]
fn what_cards_leave_out_is_left_out_after_the_reveal() {
    let document = aligned(&some_b_from_a());
    let document = ["one", "two"]
        .into_iter()
        .fold(document, |document, note| with(&document, find(Side::A, note)));
    let leave_out = |document: &mut Document, idx: usize| {
        let id = document.findings[idx].id;
        document.card.left_out.findings.push(id);
    };
    let mut document = document;
    leave_out(&mut document, 1);
    let mut shown = document.judged_blind(seed(false));
    assert!(shown.card.left_out.findings.is_empty());
    for note in ["three", "four"] {
        shown = with(&shown, find(Side::B, note));
    }
    leave_out(&mut shown, 0);
    let revealed = shown.revealed(1);
    let left_out = revealed.card.left_out.findings.iter();
    let notes: Vec<_> = left_out.map(|id| revealed.finding(*id).unwrap().note.as_str()).collect();
    assert_eq!(notes, ["two", "three"]);
}

#[test]
fn names_paths_and_hashes_are_taken_out_of_what_is_said() {
    let document = labelled(&opened((100, 100), (100, 100)));
    let hash = document.sources.a.as_ref().unwrap().sha256.clone();
    let text = format!("Walrus and Zebra, {hash}, in the file a");
    assert_eq!(document.without_names(&text), text, "nothing is hidden");
    let blind = document.judged_blind(seed(false));
    assert_eq!(blind.without_names(&text), "… and …, …, in the file a");
}

#[test]
fn a_reveal_says_when_it_was() {
    let at = |at| Reveal { seed: seed(true), at, was_exchanged: true, answers: Vec::new() };
    assert_eq!(at(0).time_words(), "1970-01-01 00:00 UTC");
    assert_eq!(at(951_782_399).time_words(), "2000-02-28 23:59 UTC");
    assert_eq!(at(951_827_696).time_words(), "2000-02-29 12:34 UTC");
    assert_eq!(at(1_795_819_620).time_words(), "2026-11-27 22:47 UTC");
}
