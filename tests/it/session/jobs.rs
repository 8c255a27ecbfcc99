//! Work under way: the last word wins, and what was cancelled leaves nothing behind.

use std::{fs, path::Path, sync::Arc};

use diptych::{
    document::{Document, Edit, Side, Source},
    raster::{Picture, Pixels},
    session::{
        Command, Job, Outcome, Session, Severity, Slot, ViewCommand, run, run_to_quiet, run_watched,
    },
    storage::{Limits, PictureFormat},
};
use tempfile::TempDir;

use super::{carry_out, edit, exported_to, fresh, send, settle, told, view, with_pair};
use crate::pictures::write_pattern;

/// Reports what came of `job`.
#[track_caller]
fn finish(session: &mut Session, job: &Job, outcome: Outcome) {
    let jobs = send(session, Command::Finished(job.id, outcome));
    settle(session, jobs);
}

fn name_of(session: &Session, side: Side) -> Option<String> {
    session.document().sources[side].as_ref().map(Source::file_name)
}

fn export_to(path: &Path) -> Command {
    Command::Export(exported_to(path, PictureFormat::Png))
}

#[test]
fn the_picture_opened_last_wins_whichever_is_decoded_first() {
    let folder = TempDir::new().unwrap();
    let first = write_pattern(folder.path(), "first.png", (40, 30), 1);
    let second = write_pattern(folder.path(), "second.png", (50, 20), 2);
    for is_first_done_first in [true, false] {
        let mut session = fresh();
        let mut jobs = send(&mut session, Command::OpenPicture(Side::A, first.clone()));
        // The first is decoded already, but the session has not heard of it.
        let early = run(&jobs[0]);
        jobs.extend(send(&mut session, Command::OpenPicture(Side::A, second.clone())));
        let late = run(&jobs[1]);
        let mut order = vec![(&jobs[0], early), (&jobs[1], late)];
        if !is_first_done_first {
            order.reverse();
        }
        for (job, outcome) in order {
            assert!(matches!(outcome, Outcome::Decoded { .. }));
            finish(&mut session, job, outcome);
        }
        assert_eq!(name_of(&session, Side::A).as_deref(), Some("second.png"));
        assert_eq!(session.undo_label(), Some("open picture"));
        carry_out(&mut session, Command::Undo);
        assert_eq!(name_of(&session, Side::A), None, "the first one never came in");
    }
}

#[test]
fn an_outcome_is_taken_only_once() {
    let folder = TempDir::new().unwrap();
    let path = write_pattern(folder.path(), "a.png", (40, 30), 1);
    let mut session = fresh();
    let jobs = send(&mut session, Command::OpenPicture(Side::A, path));
    let outcome = run(&jobs[0]);
    finish(&mut session, &jobs[0], outcome.clone());
    carry_out(&mut session, Command::Undo);
    finish(&mut session, &jobs[0], outcome);
    assert_eq!(name_of(&session, Side::A), None);
}

#[test]
fn stopped_work_changes_nothing_even_if_it_was_done() {
    let folder = TempDir::new().unwrap();
    let path = write_pattern(folder.path(), "a.png", (40, 30), 1);
    let mut session = fresh();
    let jobs = send(&mut session, Command::OpenPicture(Side::A, path));
    assert_eq!(session.work_in_progress().count(), 1);
    let outcome = run(&jobs[0]);
    carry_out(&mut session, Command::StopWork);
    assert!(jobs[0].handle.is_cancelled());
    assert_eq!(session.work_in_progress().count(), 0);
    finish(&mut session, &jobs[0], outcome);
    assert_eq!(name_of(&session, Side::A), None);
    assert!(matches!(run(&jobs[0]), Outcome::Cancelled));
}

#[test]
fn a_picture_for_the_last_document_does_not_land_in_the_next() {
    let folder = TempDir::new().unwrap();
    let path = write_pattern(folder.path(), "a.png", (40, 30), 1);
    let mut session = fresh();
    let jobs = send(&mut session, Command::OpenPicture(Side::A, path));
    let outcome = run(&jobs[0]);
    carry_out(&mut session, Command::Begin(Arc::new(Document::default())));
    finish(&mut session, &jobs[0], outcome);
    assert_eq!(name_of(&session, Side::A), None);
    assert!(!session.is_unsaved());
}

#[test]
fn a_view_asked_for_last_is_the_one_that_is_shown() {
    let folder = TempDir::new().unwrap();
    let mut session = with_pair(folder.path(), 2);
    for side in Side::BOTH {
        carry_out(&mut session, view(ViewCommand::PaneSize(side, 60, 40)));
    }
    let slot = Slot::Pane(Side::A);
    let stale = session.pane_view(Side::A).unwrap();
    let old = send(&mut session, Command::Show(slot, Side::A, stale));
    let outcome = run(&old[0]);
    carry_out(&mut session, view(ViewCommand::Pan(Side::A, 5.0, 0.0)));
    let fresh = session.pane_view(Side::A).unwrap();
    carry_out(&mut session, Command::Show(slot, Side::A, fresh.clone()));
    finish(&mut session, &old[0], outcome);
    assert_eq!(session.shown(slot).unwrap().view, fresh);
    let again = send(&mut session, Command::Show(slot, Side::A, fresh.clone()));
    assert!(again.is_empty(), "what is shown already is not made again");
}

#[test]
fn cards_are_painted_one_after_the_other_so_that_a_drag_shows_some() {
    let folder = TempDir::new().unwrap();
    let mut session = with_pair(folder.path(), 2);
    let first = send(&mut session, Command::PreviewCard);
    let outcome = run(&first[0]);
    let label = edit(Edit::SetLabel { side: Side::A, label: "Another name".into() });
    carry_out(&mut session, label);
    assert!(send(&mut session, Command::PreviewCard).is_empty(), "the first is still painted");
    finish(&mut session, &first[0], outcome);
    assert!(session.card().unwrap().revision < session.revision(), "what was a moment ago");
    carry_out(&mut session, Command::PreviewCard);
    assert_eq!(session.card().unwrap().revision, session.revision(), "and then what is");
    assert!(send(&mut session, Command::PreviewCard).is_empty(), "which is not painted again");
}

#[test]
fn a_card_at_the_size_of_the_screen_is_there_first_and_gives_way_to_the_one_that_is_written() {
    let folder = TempDir::new().unwrap();
    let mut session = with_pair(folder.path(), 2);
    carry_out(&mut session, view(ViewCommand::PreviewScale(0.5)));
    let quick = send(&mut session, Command::PreviewCard);
    finish(&mut session, &quick[0], run(&quick[0]));
    let card = session.card().unwrap();
    assert!(card.is_quick && card.picture.width() == 540 && card.scene.width == 1080);
    let small = Arc::clone(&card.picture);
    let whole = send(&mut session, Command::PreviewCard);
    // A change while the whole one is painted: that gives way to a quick one of the change.
    let label = edit(Edit::SetLabel { side: Side::A, label: "Another name".into() });
    carry_out(&mut session, label);
    let again = send(&mut session, Command::PreviewCard);
    assert_eq!(again.len(), 1);
    finish(&mut session, &whole[0], run(&whole[0]));
    assert!(session.card().unwrap().is_quick, "the stopped one comes to nothing");
    finish(&mut session, &again[0], run(&again[0]));
    assert!(session.card().unwrap().picture.to_rgba8() != small.to_rgba8(), "the new name");
    carry_out(&mut session, Command::PreviewCard);
    let card = session.card().unwrap();
    assert!(!card.is_quick && card.picture.width() == 1080);
    assert_eq!(card.revision, session.revision());
    assert!(send(&mut session, Command::PreviewCard).is_empty());
}

#[test]
fn the_card_of_another_document_is_painted_anew() {
    let folder = TempDir::new().unwrap();
    let mut session = with_pair(folder.path(), 2);
    let path = folder.path().join("pair.diptych.ron");
    carry_out(&mut session, Command::Save(path.clone()));
    for _ in 0..2 {
        carry_out(&mut session, Command::OpenSession(path.clone()));
        assert!(session.card().is_none(), "the last document's card is gone");
        carry_out(&mut session, Command::PreviewCard);
        assert!(session.card().is_some());
    }
}

#[test]
fn an_export_reports_its_progress_and_a_cancelled_one_writes_no_file() {
    let folder = TempDir::new().unwrap();
    let mut session = with_pair(folder.path(), 2);
    let path = folder.path().join("card.png");
    let jobs = send(&mut session, export_to(&path));
    assert_eq!(session.work_in_progress().next(), Some(("Exporting card", 0.0)));
    let _ = send(&mut session, Command::StopWork);
    let outcome = run(&jobs[0]);
    assert!(matches!(outcome, Outcome::Cancelled));
    finish(&mut session, &jobs[0], outcome);
    assert_eq!(files_in(folder.path()), ["a.png", "b.png"], "no card and nothing half-written");
    assert_eq!(told(&session, Severity::Error), Vec::<&str>::new(), "to stop is no failure");

    let jobs = send(&mut session, export_to(&path));
    let outcome = run(&jobs[0]);
    assert_eq!(session.work_in_progress().next(), Some(("Exporting card", 1.0)));
    assert!(
        matches!(&outcome, Outcome::Exported(cards) if (cards[0].width, cards[0].height) == (1080, 1350))
    );
    finish(&mut session, &jobs[0], outcome);
    assert!(path.is_file());
    assert!(!session.is_busy());
}

fn files_in(folder: &Path) -> Vec<String> {
    let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
    let mut names: Vec<String> = names.map(|name| name.into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn what_was_done_to_meet_a_limit_is_a_warning_and_the_card_is_written() {
    let folder = TempDir::new().unwrap();
    let mut session = with_pair(folder.path(), 2);
    let mut style = session.document().card.clone();
    style.preset.max_bytes = Some(1_000);
    carry_out(&mut session, edit(Edit::SetCardStyle(Box::new(style))));
    let path = folder.path().join("card.jpg");
    let export = exported_to(&path, PictureFormat::Jpeg);
    let cards = run_to_quiet(&mut session, [Command::Export(export)]);
    let note = cards[0].note.clone().unwrap();
    assert_eq!(told(&session, Severity::Warning), [format!("{}: {note}", path.display())]);
    assert_eq!(told(&session, Severity::Done).len(), 1);
    assert_eq!(cards[0].bytes as u64, fs::metadata(&path).unwrap().len());
    assert_eq!(cards[0].alt_text, folder.path().join("card.alt.txt"));
    assert_eq!(files_in(folder.path()), ["a.png", "b.png", "card.alt.txt", "card.jpg"]);
}

#[test]
fn a_cancelled_export_leaves_the_card_that_was_there() {
    let folder = TempDir::new().unwrap();
    let mut session = with_pair(folder.path(), 2);
    let path = folder.path().join("card.png");
    carry_out(&mut session, export_to(&path));
    let before = fs::read(&path).unwrap();
    carry_out(&mut session, edit(Edit::SetLabel { side: Side::A, label: "Other".into() }));
    let jobs = send(&mut session, export_to(&path));
    jobs[0].handle.cancel();
    let outcome = run(&jobs[0]);
    finish(&mut session, &jobs[0], outcome);
    assert_eq!(fs::read(&path).unwrap(), before);
}

#[test]
fn a_card_without_both_pictures_is_refused_side_by_side() {
    let folder = TempDir::new().unwrap();
    let mut session = fresh();
    let path = folder.path().join("card.png");
    assert!(send(&mut session, export_to(&path)).is_empty());
    assert_eq!(told(&session, Severity::Error).len(), 2, "{:?}", session.notices());
    let pixels = Pixels::Rgba8(vec![[9, 9, 9, 255]; 6]);
    let picture = Arc::new(Picture::new(3, 2, pixels).unwrap());
    carry_out(&mut session, Command::PastePicture(Side::A, picture));
    carry_out(&mut session, Command::DismissNotices);
    carry_out(&mut session, export_to(&path));
    let told = told(&session, Severity::Error);
    assert!(told.len() == 1 && told[0].contains('B'), "{told:?}");
    assert!(!path.exists());
}

#[test]
fn a_picture_that_cannot_be_read_leaves_the_side_as_it_was() {
    let folder = TempDir::new().unwrap();
    let mut session = with_pair(folder.path(), 2);
    let before = Arc::clone(session.document());
    let text = folder.path().join("notes.png");
    diptych::storage::write_whole(&text, b"not a picture at all").unwrap();
    for path in [text, folder.path().join("nowhere.png"), folder.path().to_owned()] {
        carry_out(&mut session, Command::DismissNotices);
        carry_out(&mut session, Command::OpenPicture(Side::B, path.clone()));
        let told = told(&session, Severity::Error);
        let name = path.file_name().unwrap().to_str().unwrap();
        assert!(told.len() == 1 && told[0].contains(name), "{told:?}");
        assert_eq!(*session.document(), before);
    }
}

#[test]
fn work_that_is_watched_gives_the_same_card() {
    let folder = TempDir::new().unwrap();
    let mut session = with_pair(folder.path(), 3);
    let export = |name: &str| {
        let path = folder.path().join(name);
        Command::Export(exported_to(&path, PictureFormat::Png))
    };
    let told = std::cell::RefCell::new(Vec::new());
    let watch = |what: &'static str, share: f32| told.borrow_mut().push((what, share));
    let watched = run_watched(&mut session, [export("watched.png")], &watch);
    let plain = run_to_quiet(&mut session, [export("plain.png")]);
    let bytes = |name: &str| fs::read(folder.path().join(name)).unwrap();
    assert_eq!(bytes("watched.png"), bytes("plain.png"));
    assert_eq!((watched.len(), plain.len()), (1, 1));
    let is_sound =
        |(what, share): &(&str, f32)| *what == "Exporting card" && (0.0..=1.0).contains(share);
    assert!(told.borrow().iter().all(is_sound), "{told:?}");
}

#[test]
fn a_source_over_the_limits_comes_in_once_they_are_raised() {
    let folder = TempDir::new().unwrap();
    let mut session = with_pair(folder.path(), 2);
    let path = folder.path().join("s.diptych.ron");
    carry_out(&mut session, Command::Save(path.clone()));
    let mut session = fresh();
    let small = Limits { max_side: 350, ..Limits::default() };
    carry_out(&mut session, Command::SetLimits(small));
    carry_out(&mut session, Command::OpenSession(path));
    let told = told(&session, Severity::Error);
    assert!(told.len() == 1 && told[0].contains("350 a side"), "{told:?}");
    assert!(session.loaded(Side::A).is_some() && session.loaded(Side::B).is_none());
    let before = Arc::clone(session.document());
    carry_out(&mut session, Command::SetLimits(Limits::default()));
    assert!(session.loaded(Side::B).is_some());
    assert_eq!(*session.document(), before);
}

#[test]
fn reading_a_picture_tells_how_far_it_is_and_stops_when_told_to() {
    let folder = TempDir::new().unwrap();
    // Noise, so that the file is as long as its pixels.
    let mut state = 1_u32;
    let mut noise = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        state.to_be_bytes()[0]
    };
    let picture = image::RgbImage::from_fn(400, 300, |_, _| image::Rgb([(); 3].map(|()| noise())));
    let path = folder.path().join("noise.png");
    picture.save(&path).unwrap();
    let mut session = fresh();
    let job = send(&mut session, Command::OpenPicture(Side::A, path.clone())).remove(0);
    assert_eq!(job.handle.progress(), 0.0);
    assert!(matches!(run(&job), Outcome::Decoded { .. }));
    assert!(job.handle.progress() > 0.9, "{}", job.handle.progress());
    let job = send(&mut session, Command::OpenPicture(Side::A, path)).remove(0);
    job.handle.cancel();
    assert!(matches!(run(&job), Outcome::Cancelled));
    assert!(job.handle.progress() < 0.9, "it read on: {}", job.handle.progress());
}
