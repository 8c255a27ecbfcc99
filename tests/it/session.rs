//! The application without a screen: commands in, jobs out, nothing dangles.

pub(crate) mod blind;
mod jobs;
mod landmarks;
mod panes;
mod replacing;
mod storing;
mod walks;

use std::{collections::VecDeque, path::Path, sync::Arc};

use diptych::{
    document::{Document, Edit, GestureId, ImportedLandmark, LandmarkId, PerSide, Side},
    geometry::ImagePoint,
    session::{Command, Export, Job, Replaces, Session, Severity, Target, ViewCommand, run},
    storage::{PictureFormat, RecentSessions, recipe},
};

use crate::pictures::{places, write_pair};

/// The only place that changes a session: send, then check what must always hold.
#[track_caller]
pub(crate) fn send(session: &mut Session, command: Command) -> Vec<Job> {
    let said = format!("{command:?}").chars().take(80).collect::<String>();
    let jobs = session.update(command);
    assert_eq!(session.document().violations(), Vec::<String>::new(), "after {said}");
    let selected = session.selection();
    assert!(selected.is_none_or(|id| session.document().landmark(id).is_some()), "after {said}");
    if let Some(arrangement) = session.arrangement() {
        let landmarks = session.document().landmarks.iter();
        let n_pairs = landmarks.filter(|l| l.fitted_pair().is_some()).count();
        assert_eq!(arrangement.registration.n_pairs(), n_pairs, "a stale fit after {said}");
    }
    jobs
}

/// Runs `jobs`, and whatever they lead to, in order.
#[track_caller]
pub(crate) fn settle(session: &mut Session, jobs: Vec<Job>) {
    let mut queue = VecDeque::from(jobs);
    while let Some(job) = queue.pop_front() {
        let outcome = run(&job);
        queue.extend(send(session, Command::Finished(job.id, outcome)));
    }
}

/// Sends `command` and waits for all that it leads to.
#[track_caller]
pub(crate) fn carry_out(session: &mut Session, command: Command) {
    let was_busy = session.is_busy();
    let jobs = send(session, command);
    settle(session, jobs);
    assert!(was_busy || !session.is_busy(), "the session waits for a job that nobody has");
}

/// The same for several commands.
#[track_caller]
pub(crate) fn carry_out_all(session: &mut Session, commands: impl IntoIterator<Item = Command>) {
    for command in commands {
        carry_out(session, command);
    }
}

/// An empty session with the built-in recipe that remembers nothing.
pub(crate) fn fresh() -> Session {
    Session::new(Document::new(recipe(None).unwrap()), RecentSessions::default())
}

/// An edit outside any gesture.
/// A card that is written to `path`, whatever lies there.
pub(crate) fn exported_to(path: &Path, format: PictureFormat) -> Export {
    let target = Target::File(path.to_owned());
    Export { target, format, optimise: false, replaces: Replaces::All }
}

pub(crate) fn edit(edit: Edit) -> Command {
    Command::Edit(edit, None)
}

/// A view command.
pub(crate) fn view(command: ViewCommand) -> Command {
    Command::View(command)
}

/// Replaces the landmarks by the first `n` of the pair's places, named "point 1" on.
pub(crate) fn mark(n: usize) -> Command {
    let name = |idx: usize| format!("point {}", idx + 1);
    let marks = places(n).into_iter().enumerate();
    let marks = marks.map(|(idx, at)| ImportedLandmark::new(name(idx), at.map(Some)));
    edit(Edit::ReplaceLandmarks(marks.collect(), None))
}

/// A session with the pair open and `n` landmark pairs marked.
pub(crate) fn with_pair(folder: &Path, n: usize) -> Session {
    let mut session = fresh();
    let PerSide { a, b } = write_pair(folder);
    carry_out_all(
        &mut session,
        [Command::OpenPicture(Side::A, a), Command::OpenPicture(Side::B, b), mark(n)],
    );
    session
}

/// The texts of what went wrong.
pub(crate) fn told(session: &Session, severity: Severity) -> Vec<&str> {
    let of_kind = session.notices().iter().filter(|notice| notice.severity == severity);
    of_kind.map(|notice| notice.text.as_str()).collect()
}

fn add(name: &str) -> Command {
    let at = ImagePoint::new(1.0, 0.5);
    edit(Edit::AddLandmark { name: name.into(), side: Side::A, at })
}

fn drag(x: f64, gesture: u64) -> Command {
    let at = ImagePoint::new(x, 0.5);
    let edit = Edit::PlaceLandmark { id: LandmarkId(0), side: Side::A, at };
    Command::Edit(edit, Some(GestureId(gesture)))
}

fn x_of_first(session: &Session) -> Option<f64> {
    session.document().landmarks.first()?.at.a.map(|mark| mark.at.x)
}

#[test]
fn a_drag_undoes_as_one_step_and_two_drags_as_two() {
    let mut session = fresh();
    let commands = [add("nasion"), drag(2.0, 1), drag(3.0, 1), drag(4.0, 2), drag(5.0, 2)];
    carry_out_all(&mut session, commands);
    let mut seen = vec![x_of_first(&session)];
    for _ in 0..4 {
        carry_out(&mut session, Command::Undo);
        seen.push(x_of_first(&session));
    }
    assert_eq!(seen, [Some(5.0), Some(3.0), Some(1.0), None, None]);
    for _ in 0..4 {
        carry_out(&mut session, Command::Redo);
    }
    assert_eq!(x_of_first(&session), Some(5.0));
    assert_eq!(session.redo_label(), None);
}

#[test]
fn a_drag_of_a_loupe_undoes_as_one_step() {
    let mut session = fresh();
    let before = session.document().loupes[0].clone();
    for x in [0.1, 0.2, 0.3] {
        let mut place = before.place.clone();
        let diptych::document::LoupePlace::Face { offset, .. } = &mut place else { panic!() };
        offset.0 = x;
        let edit = Edit::PlaceLoupe { id: before.id, place };
        carry_out(&mut session, Command::Edit(edit, Some(GestureId(1))));
    }
    assert_ne!(session.document().loupes[0], before);
    carry_out(&mut session, Command::Undo);
    assert_eq!(session.document().loupes[0], before);
    assert_eq!(session.undo_label(), None);
}

#[test]
fn escape_takes_a_drag_back_and_leaves_nothing_to_redo() {
    let mut session = fresh();
    let commands = [add("nasion"), drag(8.0, 7), drag(9.0, 7), Command::Cancel(GestureId(7))];
    carry_out_all(&mut session, commands);
    assert_eq!(x_of_first(&session), Some(1.0));
    assert_eq!(session.undo_label(), Some("mark landmark"));
    assert_eq!(session.redo_label(), None);
    carry_out_all(&mut session, [Command::Redo, Command::Cancel(GestureId(7))]);
    assert_eq!(x_of_first(&session), Some(1.0), "there is no gesture to take back any more");
}

#[test]
fn escape_gives_back_what_could_be_redone_before_the_drag() {
    let mut session = fresh();
    let commands = [add("nasion"), add("pogonion"), Command::Undo, drag(9.0, 7)];
    carry_out_all(&mut session, commands);
    assert_eq!(session.redo_label(), None, "a fresh edit forgets what was undone");
    carry_out_all(&mut session, [Command::Cancel(GestureId(7)), Command::Redo]);
    assert!(session.document().landmark_named("pogonion").is_some());
}

#[test]
fn a_drag_back_to_where_it_began_changes_nothing() {
    let mut session = fresh();
    carry_out_all(&mut session, [add("nasion"), drag(1.0, 3)]);
    assert_eq!(session.undo_label(), Some("mark landmark"));
}

#[test]
fn a_selection_never_dangles() {
    let mut session = fresh();
    carry_out(&mut session, add("nasion"));
    assert_eq!(session.selection(), Some(LandmarkId(0)), "a new landmark is selected");
    carry_out(&mut session, Command::Undo);
    assert_eq!(session.selection(), None);
    carry_out(&mut session, Command::Redo);
    carry_out(&mut session, view(ViewCommand::Select(Some(LandmarkId(0)))));
    carry_out(&mut session, edit(Edit::RemoveLandmark(LandmarkId(0))));
    assert_eq!(session.selection(), None);
    carry_out(&mut session, view(ViewCommand::Select(Some(LandmarkId(77)))));
    assert_eq!(session.selection(), None);
    carry_out(&mut session, view(ViewCommand::GoTo(LandmarkId(77))));
    assert_eq!(session.selection(), None);
    carry_out_all(&mut session, [mark(3), view(ViewCommand::Select(Some(LandmarkId(2))))]);
    let begin = Command::Begin(Arc::new(Document::default()));
    carry_out(&mut session, begin);
    assert_eq!(session.selection(), None);
    carry_out(&mut session, mark(3));
    assert_eq!(session.selection(), None, "a landmark of the last document is not this one");
}

#[test]
fn a_refused_edit_changes_nothing_and_says_why() {
    let mut session = fresh();
    carry_out(&mut session, add("nasion"));
    let before = Arc::clone(session.document());
    let nowhere = ImagePoint::new(f64::NAN, 0.0);
    let refused = [
        add("nasion"),
        add("  "),
        edit(Edit::RemoveLandmark(LandmarkId(9))),
        edit(Edit::PlaceLandmark { id: LandmarkId(0), side: Side::B, at: nowhere }),
    ];
    for command in refused {
        carry_out(&mut session, Command::DismissNotices);
        carry_out(&mut session, command);
        assert_eq!(told(&session, Severity::Error).len(), 1);
        assert_eq!(*session.document(), before);
    }
    assert_eq!(session.undo_label(), Some("mark landmark"));
}

#[test]
fn undoing_everything_leads_to_the_start_and_redoing_everything_to_the_end() {
    let mut session = fresh();
    let start = Arc::clone(session.document());
    let commands = [add("one"), drag(3.0, 1), add("two"), mark(4), drag(9.0, 2), add("three")];
    carry_out_all(&mut session, commands);
    let end = Arc::clone(session.document());
    while session.undo_label().is_some() {
        carry_out(&mut session, Command::Undo);
    }
    assert_eq!(*session.document(), start);
    while session.redo_label().is_some() {
        carry_out(&mut session, Command::Redo);
    }
    assert_eq!(*session.document(), end);
}
