//! Sessions that are judged blind, on disk.

use std::path::Path;

use crate::{
    document::{Answer, Belongs, Document, PerSide, Side},
    storage::{RecentSessions, SessionFileError, read_session_text, write_session_text},
};

const BLIND: &str = include_str!("../../../tests/sessions/v1_blind.diptych.ron");

fn read(text: &str) -> Result<Document, SessionFileError> {
    read_session_text(text, Path::new("/faces/sessions/v1_blind.diptych.ron"))
}

#[test]
fn the_frozen_blind_session_opens_as_it_is_shown_and_stands_in_its_true_order() {
    let shown = read(BLIND).unwrap();
    assert!(shown.is_blind());
    // The seed exchanges the sides, but the file does not.
    assert_eq!(shown.labels, PerSide::new("Walrus engine".into(), "Zebra model".into()));
    assert_eq!(shown.sources.a.as_ref().unwrap().width, 1408);
    assert_eq!((shown.findings[0].on, shown.findings[0].belongs), (Side::A, Belongs::To(Side::A)));
    assert_eq!(shown.verdicts[0].answer, Some(Answer::A));
    let text = write_session_text(&shown, Path::new("/faces/sessions/other.diptych.ron"));
    assert!(text.find("Zebra").unwrap() < text.find("Walrus").unwrap(), "{text}");
    assert_eq!(read(&text).unwrap(), shown);
    let truth = shown.in_true_order();
    assert_eq!(truth.labels.a, "Zebra model");
    assert_eq!(truth.findings.iter().map(|of| of.on).collect::<Vec<_>>(), [Side::A, Side::B]);
    assert_eq!(truth.verdicts.len(), 1);
    assert_eq!(truth.verdicts[0].answer, Some(Answer::B), "the blind answer counts");
    assert_eq!(truth.reveals[0].time_words(), "2026-11-27 22:47 UTC");
}

#[test]
fn a_seed_that_is_none_is_refused_in_one_sentence() {
    let line = BLIND.lines().find(|line| line.contains("seed: ")).unwrap();
    for garbage in ["\"\"", "\"tossed a coin\"", "\"0123456789ABCDEF0123456789ABCDEF\""] {
        let text = BLIND.replacen(line, &format!("        seed: {garbage},"), 1);
        let error = read(&text).unwrap_err();
        assert!(matches!(error, SessionFileError::Damaged { .. }), "{error:?}");
        let words = error.to_string();
        assert!(words.contains("seed") && words.contains("hexadecimal"), "{words}");
        assert_eq!(words.lines().count(), 1);
    }
}

#[test]
fn a_session_is_forgotten_and_remembered_again() {
    let folder = tempfile::tempdir().unwrap();
    let session = super::put(folder.path(), "zebra.diptych.ron", b"x");
    let other = super::put(folder.path(), "other.diptych.ron", b"x");
    let list = folder.path().join("recent.ron");
    let mut recent = RecentSessions::at(list.clone());
    recent.remember(&session);
    recent.remember(&other);
    recent.forget(&session);
    let kept = std::slice::from_ref(&other);
    assert_eq!(recent.existing(), kept);
    assert_eq!(RecentSessions::at(list.clone()).existing(), kept);
    recent.remember(&session);
    assert_eq!(RecentSessions::at(list).existing(), [session, other]);
}
