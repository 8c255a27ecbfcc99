//! The one door.

use std::{path::PathBuf, sync::Arc};

use super::{
    Session,
    assets::{Loaded, Pasted, Slot},
    command::Command,
    job::{Exported, Handle, Job, JobId, Outcome, Running, Work},
    notice::{Notice, Severity},
    view::ViewCommand,
};
use crate::{
    document::{Document, Edit, GestureId, History, PerSide, Side, Source},
    raster::{Picture, View},
};

/// What the session remembers of a job besides the job itself.
#[derive(Clone, Copy, Default)]
struct JobKind {
    label: Option<&'static str>,
    slot: Option<Slot>,
    side: Option<Side>,
}

impl Session {
    /// Carries out one command; the caller runs the jobs it returns, anywhere it likes.
    #[must_use = "jobs do nothing until they are run"]
    pub fn update(&mut self, command: Command) -> Vec<Job> {
        let mut jobs = match command {
            Command::Edit(edit, gesture) => self.edit(edit, gesture),
            Command::Cancel(gesture) => self.then_nothing(|s| s.history.cancel(gesture)),
            Command::Undo => self.then_nothing(|s| s.history.undo()),
            Command::Redo => self.then_nothing(|s| s.history.redo()),
            Command::View(command) => self.then_nothing(|s| s.update_view(command)),
            Command::DismissNotices => self.then_nothing(|s| s.notices.clear()),
            Command::StopWork => self.then_nothing(Self::stop_work),
            Command::Begin(document) => self.then_nothing(|s| s.begin(&document, None)),
            Command::OpenPicture(side, path) => {
                let path = std::path::absolute(&path).unwrap_or(path);
                let work = Work::Decode { side, path, expected: None };
                vec![self.open_side(side, "Opening picture", work)]
            }
            Command::PastePicture(side, picture) => {
                vec![self.open_side(side, "Pasting picture", Work::Paste { side, picture })]
            }
            Command::OpenSession(path) => {
                let kind = JobKind { label: Some("Opening session"), ..JobKind::default() };
                vec![self.job(kind, Work::OpenSession(path))]
            }
            Command::OpenSample(folder) => {
                let kind = JobKind { label: Some("Opening the sample pair"), ..JobKind::default() };
                vec![self.job(kind, Work::OpenSample(folder))]
            }
            Command::Save(path) => self.save(path),
            Command::Export(export) => {
                let document = Arc::clone(self.document());
                self.with_pictures("Exporting card", |pictures| Work::Export {
                    document,
                    pictures,
                    export,
                })
            }
            Command::Show(slot, side, view) => self.show(slot, side, view),
            Command::PreviewCard => self.preview_card(),
            Command::ShowCard(view) => match self.card().cloned() {
                Some(card) => self.render(Slot::Card, card, view),
                None => Vec::new(),
            },
            Command::Finished(id, outcome) => self.finished(id, outcome),
        };
        self.derive();
        jobs.extend(self.fetch_sources());
        jobs
    }

    fn then_nothing(&mut self, change: impl FnOnce(&mut Self)) -> Vec<Job> {
        change(self);
        Vec::new()
    }

    fn notify(&mut self, severity: Severity, text: impl Into<String>) {
        let notice = Notice { severity, text: text.into() };
        log::info!("notice: {}", notice.text);
        // A later success makes room; what went wrong stays until it is dismissed.
        self.notices.retain(|old| old.severity != Severity::Done && *old != notice);
        self.notices.push(notice);
    }

    fn edit(&mut self, edit: Edit, gesture: Option<GestureId>) -> Vec<Job> {
        let placed = match &edit {
            Edit::PlaceLandmark { id, .. } => Some(*id),
            _ => None,
        };
        let is_new = matches!(edit, Edit::AddLandmark { .. });
        match self.history.edit(edit, gesture) {
            Ok(()) if is_new => {
                self.view.selection = self.document().landmarks.last().map(|landmark| landmark.id);
            }
            Ok(()) => self.view.selection = placed.or(self.view.selection),
            Err(err) => self.notify(Severity::Error, format!("Not done: {err}")),
        }
        Vec::new()
    }

    fn job(&mut self, kind: JobKind, work: Work) -> Job {
        self.next_job += 1;
        let (id, handle) = (JobId(self.next_job), Handle::default());
        let JobKind { label, slot, side } = kind;
        self.running.push(Running { id, handle: handle.clone(), label, slot, side });
        Job { id, handle, work }
    }

    fn cancel_where(&mut self, is_stale: impl Fn(&Running) -> bool) {
        for job in self.running.extract_if(.., |job| is_stale(job)) {
            job.handle.cancel();
        }
    }

    fn stop_work(&mut self) {
        self.cancel_where(|job| job.label.is_some());
    }

    /// A job that gives a side another picture; it replaces an earlier one still under way.
    fn open_side(&mut self, side: Side, label: &'static str, work: Work) -> Job {
        self.cancel_where(|job| job.side == Some(side));
        self.job(JobKind { label: Some(label), slot: None, side: Some(side) }, work)
    }

    fn begin(&mut self, document: &Arc<Document>, path: Option<PathBuf>) {
        self.cancel_where(|_| true);
        self.history = History::new(Document::clone(document));
        self.saved = Arc::clone(self.history.document());
        self.path = path;
        self.view.reset();
        self.assets.begin();
        self.derived.revision = u64::MAX;
    }

    /// Jobs for sources that the document names and that are neither there nor on their way.
    fn fetch_sources(&mut self) -> Vec<Job> {
        let mut jobs = Vec::new();
        for side in Side::BOTH {
            let Some(source) = self.document().sources[side].clone() else { continue };
            let is_known =
                self.assets.loaded(&source).is_some() || self.assets.fault(&source).is_some();
            if !is_known && !self.running.iter().any(|job| job.side == Some(side)) {
                let expected = Some(source.sha256);
                let work = Work::Decode { side, path: source.path, expected };
                jobs.push(self.open_side(side, "Opening picture", work));
            }
        }
        jobs
    }

    fn with_pictures(
        &mut self,
        label: &'static str,
        work: impl FnOnce(PerSide<Arc<Picture>>) -> Work,
    ) -> Vec<Job> {
        let pictures =
            PerSide::from_fn(|side| self.loaded(side).map(|loaded| Arc::clone(&loaded.picture)));
        if let Some(pictures) = pictures.both() {
            let kind = JobKind { label: Some(label), ..JobKind::default() };
            return vec![self.job(kind, work(pictures))];
        }
        for side in Side::BOTH {
            if self.loaded(side).is_none() {
                let why = self.fault(side).unwrap_or("it has no picture; open one").to_owned();
                self.notify(Severity::Error, format!("No card without side {side}: {why}"));
            }
        }
        Vec::new()
    }

    fn show(&mut self, slot: Slot, side: Side, view: View) -> Vec<Job> {
        let Some(picture) = self.loaded(side).map(|loaded| Arc::clone(&loaded.picture)) else {
            return Vec::new();
        };
        self.render(slot, picture, view)
    }

    fn render(&mut self, slot: Slot, source: Arc<Picture>, view: View) -> Vec<Job> {
        if !self.assets.want(slot, view, &source) {
            return Vec::new();
        }
        self.cancel_where(|job| job.slot == Some(slot));
        let kind = JobKind { slot: Some(slot), ..JobKind::default() };
        vec![self.job(kind, Work::Render { slot, source, view })]
    }

    fn preview_card(&mut self) -> Vec<Job> {
        const LABEL: &str = "Painting card";
        let revision = self.revision();
        let pictures =
            PerSide::from_fn(|side| self.loaded(side).map(|loaded| Arc::clone(&loaded.picture)));
        let is_painted = self.assets.card.as_ref().is_some_and(|(of, _)| *of == revision);
        let Some(pictures) = pictures.both().filter(|_| !is_painted) else { return Vec::new() };
        if self.assets.card_wanted == Some(revision) {
            return Vec::new();
        }
        self.assets.card_wanted = Some(revision);
        self.cancel_where(|job| job.label == Some(LABEL));
        let document = Arc::clone(self.document());
        let kind = JobKind { label: Some(LABEL), ..JobKind::default() };
        vec![self.job(kind, Work::PaintCard { document, pictures, revision })]
    }

    fn save(&mut self, path: PathBuf) -> Vec<Job> {
        let document = Arc::clone(self.document());
        let in_use = |hash: &str| {
            document.sources.iter().any(|(_, s)| s.as_ref().is_some_and(|s| s.sha256 == hash))
        };
        let pasted =
            self.assets.pasted.iter().filter(|pasted| in_use(&pasted.sha256)).cloned().collect();
        let kind = JobKind { label: Some("Saving"), ..JobKind::default() };
        vec![self.job(kind, Work::Save { document, pasted, path })]
    }

    fn finished(&mut self, id: JobId, outcome: Outcome) -> Vec<Job> {
        let Some(idx) = self.running.iter().position(|job| job.id == id) else {
            return Vec::new();
        };
        let job = self.running.remove(idx);
        match outcome {
            Outcome::Decoded { side, path, expected, loaded } => {
                self.decoded(side, path, expected.as_ref(), &loaded);
            }
            Outcome::Pasted { loaded, pasted } => self.pasted(&loaded, pasted),
            Outcome::Opened(document, path) => {
                self.begin(&document, path.clone());
                return path.map(|path| self.remember(path)).unwrap_or_default();
            }
            Outcome::Saved { document, path, .. } => {
                self.saved = document;
                self.notify(Severity::Done, format!("Saved {}", path.display()));
                self.path = Some(path.clone());
                return self.remember(path);
            }
            Outcome::Remembered(recent) => self.recent = recent,
            Outcome::Rendered { slot, source, view, picture } => {
                self.assets.finish(slot, view, source, picture);
            }
            Outcome::CardPainted(revision, picture) => {
                self.assets.set_card(revision, picture);
            }
            Outcome::Exported(card) => self.exported(&card),
            Outcome::Cancelled => self.give_up(job.slot),
            Outcome::Failed(why) => {
                self.give_up(job.slot);
                self.notify(Severity::Error, upper_first(&why));
            }
            Outcome::SourceFailed { side, why } => {
                if let Some(source) = self.document().sources[side].clone() {
                    self.assets.set_fault(&source, why.clone());
                    self.notify(Severity::Error, format!("Side {side}: {why}"));
                }
            }
        }
        Vec::new()
    }

    fn give_up(&mut self, slot: Option<Slot>) {
        if let Some(slot) = slot {
            self.assets.give_up(slot);
        }
    }

    fn exported(&mut self, card: &Exported) {
        let Exported { path, width, height, .. } = card;
        self.notify(Severity::Done, format!("Exported {} ({width}x{height})", path.display()));
    }

    fn remember(&mut self, path: PathBuf) -> Vec<Job> {
        vec![self.job(JobKind::default(), Work::Remember(self.recent.clone(), path))]
    }

    fn decoded(
        &mut self,
        side: Side,
        path: PathBuf,
        expected: Option<&String>,
        loaded: &Arc<Loaded>,
    ) {
        self.assets.keep(Arc::clone(loaded));
        for warning in &loaded.info.warnings {
            self.notify(Severity::Warning, format!("Side {side}: {warning}"));
        }
        if expected == Some(&loaded.info.sha256) {
            return;
        }
        if expected.is_some() {
            let name = path.display();
            self.notify(
                Severity::Warning,
                format!(
                    "Side {side}: {name} has changed since the session was saved; its landmarks \
                     are kept but unconfirmed"
                ),
            );
        }
        let source = source_of(path, loaded);
        if expected.is_some() {
            // The world changed the file, not the user: there is nothing to undo.
            self.history.amend(Edit::SetSource { side, source }).ok();
        } else {
            self.set_source(side, source);
        }
    }

    fn pasted(&mut self, loaded: &Arc<Loaded>, pasted: Pasted) {
        self.assets.keep(Arc::clone(loaded));
        let side = pasted.side;
        self.assets.pasted.push(pasted);
        self.set_source(side, source_of(PathBuf::new(), loaded));
    }

    fn set_source(&mut self, side: Side, source: Source) {
        let is_first = self.document().sources[side].is_none();
        drop(self.edit(Edit::SetSource { side, source }, None));
        if is_first {
            self.update_view(ViewCommand::Fit);
        }
    }
}

/// What identifies a decoded picture.
fn source_of(path: PathBuf, loaded: &Loaded) -> Source {
    let size = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    Source {
        path,
        sha256: loaded.info.sha256.clone(),
        width: size(loaded.picture.width()),
        height: size(loaded.picture.height()),
    }
}

/// Sentences for the window begin with a capital; error texts do not.
fn upper_first(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}
