//! Doing the jobs. The window does them on worker threads; scripts and tests do them in place.

use std::{
    collections::VecDeque,
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
    sync::{
        Arc,
        mpsc::{RecvTimeoutError, channel},
    },
    thread,
    time::Duration,
};

use super::{
    Session,
    assets::{Loaded, Pasted},
    card,
    card_files::{self, Exported},
    command::Command,
    expect, finding_files,
    job::{Handle, Job, Outcome, Work},
    landmarks, refine, region, stage,
};
use crate::{
    document::{Document, Side, Source},
    raster::{Picture, ViewError, render_view},
    storage::{
        DecodedPicture, Limits, PictureFormat, RecentSessions, SESSION_EXTENSION, Watch,
        decode_picture, encode_picture, guard_sources, read_landmarks, read_picture_watched,
        read_session, sample, write_session, write_whole,
    },
};

/// Does one job. Touches nothing but what the job owns and the files it names.
#[must_use]
pub fn run(job: &Job) -> Outcome {
    run_with(job, Pyramid::Whole)
}

/// How much of its pyramid a picture is given when it is read.
#[derive(Clone, Copy)]
enum Pyramid {
    /// All levels, so that whoever looks at it never waits for one.
    Whole,
    /// None: a level is made when a view first asks for it.
    Later,
}

fn run_with(job: &Job, pyramid: Pyramid) -> Outcome {
    let outcome = match &job.work {
        Work::Decode { side, path, expected, limits } => {
            decode((job, pyramid), *side, path, expected.as_ref(), *limits)
        }
        Work::Paste { side, picture } => paste(job, *side, picture),
        Work::OpenSession(path) => open_session(path, Some(path.clone())),
        Work::OpenSample(folder) => match sample(folder) {
            Ok(path) => open_session(&path, None),
            Err(err) => Outcome::Failed(err.to_string()),
        },
        Work::Save { document, pasted, path } => save(document, pasted, path),
        Work::Remember(recent, path) => relisted(recent, |recent| recent.remember(path)),
        Work::Forget(recent, path) => relisted(recent, |recent| recent.forget(path)),
        Work::KeepSettings(settings) => match settings.keep() {
            Ok(()) => Outcome::SettingsKept,
            Err(err) => Outcome::Failed(err.to_string()),
        },
        Work::Render { slot, source, view } => {
            match render_view(source, view, &|| job.handle.is_cancelled()) {
                Ok(picture) => Outcome::Rendered {
                    slot: *slot,
                    source: Arc::clone(source),
                    view: view.clone(),
                    picture: Arc::new(picture),
                },
                Err(_) => Outcome::Cancelled,
            }
        }
        Work::Compare { shown, how, look } => stage::run(&job.handle, shown, *how, *look),
        Work::PaintCard { document, pictures, revision, choice, scale } => {
            match card::preview(job, document, pictures, (*revision, *choice, *scale)) {
                Ok(preview) => Outcome::CardPainted(Box::new(preview)),
                Err(why) => Outcome::Failed(why),
            }
        }
        Work::DecodeBrand { path, expected, limits } => {
            decode_brand((job, pyramid), path, expected.as_ref(), *limits)
        }
        Work::Refine { pictures, marks } => refine::run(&job.handle, pictures, marks),
        Work::Search { pictures, search } => expect::run(&job.handle, pictures, search),
        Work::ReadRegion(outlined) => region::run(&job.handle, outlined),
        Work::ReadLandmarks { path, side, sizes } => match read_landmarks(path, *side, *sizes) {
            Ok(file) => Outcome::LandmarksRead { path: path.clone(), side: *side, file },
            Err(err) => Outcome::Failed(err.to_string()),
        },
        Work::WriteLandmarks(document, export) => {
            landmarks::write(document, export).unwrap_or_else(Outcome::Failed)
        }
        Work::ReadFindings(path, side) => finding_files::read(path, *side),
        Work::WriteFindings(document, export) => finding_files::write(document, export),
        Work::Export { document, pictures, export } => {
            card_files::write(job, document, pictures, export).unwrap_or_else(Outcome::Failed)
        }
    };
    let is_written = matches!(outcome, Outcome::Saved { .. } | Outcome::Exported(_));
    if job.handle.is_cancelled() && !is_written { Outcome::Cancelled } else { outcome }
}

/// The list of recent sessions as it is changed.
fn relisted(recent: &RecentSessions, change: impl FnOnce(&mut RecentSessions)) -> Outcome {
    let mut recent = recent.clone();
    change(&mut recent);
    Outcome::Remembered(recent)
}

/// The share of opening a picture that is reading it; the rest is its pyramid.
const READING_SHARE: f32 = 0.8;

/// Reading for a job.
struct Reading<'a>(&'a Handle);

impl Watch for Reading<'_> {
    fn is_cancelled(&self) -> bool {
        self.0.is_cancelled()
    }

    fn report(&self, share: f32) {
        self.0.report(READING_SHARE * share);
    }
}

fn prepared((job, pyramid): (&Job, Pyramid), decoded: DecodedPicture) -> Result<Loaded, ViewError> {
    if matches!(pyramid, Pyramid::Later) {
        job.handle.report(1.0);
        return Ok(Loaded::new(decoded));
    }
    let progress = |share: f32| {
        job.handle.report(READING_SHARE + (1.0 - READING_SHARE) * share);
    };
    Loaded::with_pyramid(decoded, &|| job.handle.is_cancelled(), &progress)
}

fn decode(
    (job, pyramid): (&Job, Pyramid),
    side: Side,
    path: &Path,
    expected: Option<&String>,
    limits: Limits,
) -> Outcome {
    let loaded = match read_picture_watched(path, limits, &Reading(&job.handle)) {
        Ok(decoded) => prepared((job, pyramid), decoded),
        Err(err) => {
            let why = err.to_string();
            return match expected.cloned() {
                Some(expected) => Outcome::SourceFailed { side, expected, why },
                None => Outcome::Failed(why),
            };
        }
    };
    let Ok(loaded) = loaded else { return Outcome::Cancelled };
    Outcome::Decoded {
        side,
        path: path.to_owned(),
        expected: expected.cloned(),
        loaded: Arc::new(loaded),
    }
}

fn decode_brand(
    (job, pyramid): (&Job, Pyramid),
    path: &Path,
    expected: Option<&Source>,
    limits: Limits,
) -> Outcome {
    let read = read_picture_watched(path, limits, &Reading(&job.handle));
    match (read, expected) {
        (Ok(decoded), _) => match prepared((job, pyramid), decoded) {
            Ok(loaded) => Outcome::BrandDecoded {
                path: path.to_owned(),
                expected: expected.cloned(),
                loaded: Arc::new(loaded),
            },
            Err(_) => Outcome::Cancelled,
        },
        (Err(err), Some(source)) => Outcome::BrandFailed(source.clone(), err.to_string()),
        (Err(err), None) => Outcome::Failed(err.to_string()),
    }
}

fn paste(job: &Job, side: Side, picture: &Picture) -> Outcome {
    let png = match encode_picture(picture, PictureFormat::Png) {
        Ok(png) => png,
        Err(err) => return Outcome::Failed(err.to_string()),
    };
    let decoded = match decode_picture(&png, Limits::default()) {
        Ok(decoded) => decoded,
        Err(err) => return Outcome::Failed(format!("could not use the pasted picture: {err}")),
    };
    let sha256 = decoded.info.sha256.clone();
    let Ok(loaded) = prepared((job, Pyramid::Whole), decoded) else { return Outcome::Cancelled };
    Outcome::Pasted {
        loaded: Arc::new(loaded),
        pasted: Pasted { side, png: Arc::new(png), sha256 },
    }
}

fn open_session(path: &Path, own: Option<PathBuf>) -> Outcome {
    match read_session(path) {
        Ok(document) => Outcome::Opened(Arc::new(document), own),
        Err(err) => Outcome::Failed(err.to_string()),
    }
}

fn save(document: &Arc<Document>, pasted: &[Pasted], path: &Path) -> Outcome {
    if let Err(err) = guard_sources(path, &document.sources) {
        return Outcome::Failed(err.to_string());
    }
    let mut written = Document::clone(document);
    let mut paths = Vec::new();
    for picture in pasted {
        let target = beside(path, picture);
        if let Err(err) = write_whole(&target, &picture.png) {
            return Outcome::Failed(err.to_string());
        }
        for side in Side::BOTH {
            let source = written.sources[side].as_mut();
            if let Some(source) = source.filter(|source| source.sha256 == picture.sha256) {
                source.path.clone_from(&target);
            }
        }
        paths.push((picture.sha256.clone(), target));
    }
    match write_session(&written, path) {
        Ok(()) => {
            Outcome::Saved { document: Arc::clone(document), path: path.to_owned(), pasted: paths }
        }
        Err(err) => Outcome::Failed(err.to_string()),
    }
}

/// Nothing but a session is written under a session's name.
pub(super) fn refuse_session_name(path: &Path, wanted: &str) -> Result<(), String> {
    if !path.to_string_lossy().ends_with(SESSION_EXTENSION) {
        return Ok(());
    }
    let path = path.display();
    Err(format!("could not write {path}: it is a session's name; choose {wanted}"))
}

/// Where a pasted picture goes: named after the session, the side and its own hash, so that it
/// never replaces another picture.
fn beside(session: &Path, pasted: &Pasted) -> PathBuf {
    let name = session.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    let stem = name.strip_suffix(SESSION_EXTENSION).unwrap_or(&name);
    let hash = pasted.sha256.get(..8).unwrap_or_default();
    session.with_file_name(format!("{stem}-{}-{hash}.png", pasted.side))
}

/// Carries out `commands` and every job they lead to; what one command asks for is done at once, so
/// that both sides are read together. Returns the cards that were written.
pub fn run_to_quiet(
    session: &mut Session,
    commands: impl IntoIterator<Item = Command>,
) -> Vec<Exported> {
    run_all(session, commands, |_, jobs| run_together(jobs, &|| ()))
}

/// The same, while `watch` is told from time to time what is being done and its share done, 0 to 1.
pub fn run_watched(
    session: &mut Session,
    commands: impl IntoIterator<Item = Command>,
    watch: &dyn Fn(&'static str, f32),
) -> Vec<Exported> {
    run_all(session, commands, |session, jobs| {
        let label = session.work_in_progress().next().map(|(label, _)| label);
        run_together(jobs, &|| {
            // Until the last of them is done.
            let share = jobs.iter().map(|job| job.handle.progress()).fold(1.0, f32::min);
            label.map(|label| watch(label, share)).unwrap_or_default();
        })
    })
}

/// Between two looks at the progress.
const WATCH_EVERY: Duration = Duration::from_millis(100);

/// Each job on a thread of its own; their outcomes in their order. `wait` is called from time to time.
fn run_together(jobs: &[Job], wait: &dyn Fn()) -> Vec<Outcome> {
    let unforeseen = || Outcome::Failed("the work failed in an unforeseen way".into());
    // A fault in one job must not take the others with it.
    let guarded = |job: &Job| {
        catch_unwind(AssertUnwindSafe(|| run_with(job, Pyramid::Later)))
            .unwrap_or_else(|_| unforeseen())
    };
    thread::scope(|scope| {
        let (done, outcomes) = channel();
        let mut found: Vec<Option<Outcome>> = jobs.iter().map(|_| None).collect();
        for (idx, job) in jobs.iter().enumerate() {
            let done = done.clone();
            let work = move || done.send((idx, guarded(job))).unwrap_or_default();
            let named = thread::Builder::new().name("diptych-job".to_owned());
            if named.spawn_scoped(scope, work).is_err() {
                found[idx] = Some(guarded(job));
            }
        }
        drop(done);
        loop {
            match outcomes.recv_timeout(WATCH_EVERY) {
                Ok((idx, outcome)) => found[idx] = Some(outcome),
                Err(RecvTimeoutError::Timeout) => wait(),
                Err(RecvTimeoutError::Disconnected) => break,
            }
        }
        found.into_iter().map(|outcome| outcome.unwrap_or_else(unforeseen)).collect()
    })
}

fn run_all(
    session: &mut Session,
    commands: impl IntoIterator<Item = Command>,
    run_many: impl Fn(&Session, &[Job]) -> Vec<Outcome>,
) -> Vec<Exported> {
    let mut queue: VecDeque<Command> = commands.into_iter().collect();
    let mut exported = Vec::new();
    while let Some(command) = queue.pop_front() {
        let jobs = session.update(command);
        if jobs.is_empty() {
            continue;
        }
        let outcomes = run_many(session, &jobs);
        for outcome in &outcomes {
            if let Outcome::Exported(cards) = outcome {
                exported.extend(cards.iter().cloned());
            }
        }
        // What a command leads to comes before the next command.
        for (job, outcome) in jobs.iter().zip(outcomes).rev() {
            queue.push_front(Command::Finished(job.id, outcome));
        }
    }
    exported
}
