//! The one door.

use std::{path::PathBuf, sync::Arc};

use super::{
    Derived, Session,
    assets::Slot,
    command::Command,
    job::{Handle, Job, JobId, Running, Work},
    notice::{Notice, Severity},
};
use crate::{
    document::{Document, Edit, FindingEdit, GestureId, History, Side, Source},
    raster::{Picture, View},
    storage::Limits,
};

/// What the jobs are called that are treated apart.
pub(super) mod label {
    pub(in crate::session) const OPENING_SESSION: &str = "Opening session";
    pub(in crate::session) const EXPORTING: &str = "Exporting card";
    pub(in crate::session) const PAINTING: &str = "Painting card";
    pub(in crate::session) const REFINING: &str = "Refining landmarks";
    pub(in crate::session) const OPENING_BRAND: &str = "Opening the mark";
    pub(in crate::session) const SAVING: &str = "Saving";
}

/// What the session remembers of a job besides the job itself.
#[derive(Clone, Copy, Default)]
pub(super) struct JobKind {
    pub(super) label: Option<&'static str>,
    pub(super) slot: Option<Slot>,
    pub(super) side: Option<Side>,
}

/// Whether a job writes a file that somebody asked for.
pub(super) fn is_writing(job: &Running) -> bool {
    job.label.is_some_and(|name| name == label::SAVING || name == label::EXPORTING)
}

impl Session {
    /// Carries out one command; the caller runs the jobs it returns, anywhere it likes.
    #[must_use = "jobs do nothing until they are run"]
    pub fn update(&mut self, command: Command) -> Vec<Job> {
        if command.is_change() {
            self.accept_no_more();
            // What was done last is no longer the news.
            self.notices.retain(|notice| notice.severity != Severity::Done);
        }
        let mut jobs = match self.refusal(&command) {
            Some(why) => self.then_nothing(|s| s.notify(Severity::Error, why)),
            None => self.carry_out(command),
        };
        self.derive();
        jobs.extend(self.expect());
        jobs.extend(self.read_region());
        jobs.extend(self.fetch_sources());
        jobs
    }

    /// Carries out a command that nothing speaks against.
    fn carry_out(&mut self, command: Command) -> Vec<Job> {
        match command {
            Command::JudgeBlind(seed) => self.judge_blind(seed),
            Command::Reveal(at) => self.reveal(at),
            Command::Edit(edit, gesture) => self.edit(edit, gesture),
            Command::Cancel(gesture) => self.then_nothing(|s| s.history.cancel(gesture)),
            Command::Undo => self.then_nothing(Self::undo),
            Command::Redo => self.then_nothing(Self::redo),
            Command::View(command) => self.then_nothing(|s| s.update_view(command)),
            Command::Say(notice) => self.then_nothing(|s| s.notify(notice.severity, notice.text)),
            Command::DismissNotices => self.then_nothing(|s| s.notices.clear()),
            Command::StopWork => self.then_nothing(Self::stop_work),
            Command::Begin(document) => self.then_nothing(|s| s.begin(&document, None)),
            Command::OpenPicture(side, path) => {
                let path = std::path::absolute(&path).unwrap_or(path);
                let work =
                    Work::Decode { side, path, expected: None, limits: self.settings.limits };
                vec![self.open_side(side, "Opening picture", work)]
            }
            Command::PastePicture(side, picture) => {
                vec![self.open_side(side, "Pasting picture", Work::Paste { side, picture })]
            }
            Command::OpenSession(path) => self.open_session(Work::OpenSession(path)),
            Command::OpenSample(folder) => self.open_session(Work::OpenSample(folder)),
            Command::Save(path) => self.save(path),
            Command::Export(export) => self.export(export),
            Command::KeepFiles => self.then_nothing(|s| s.in_the_way = None),
            Command::OpenBrand(path) => vec![self.open_brand(path, None)],
            Command::Accept => self.accept(),
            Command::Refine(only) => self.refine(only),
            Command::ImportLandmarks(path, side) => self.read_landmarks(path, side),
            Command::ExportLandmarks(export) => {
                let document = Arc::clone(self.document());
                vec![self.job(JobKind::default(), Work::WriteLandmarks(document, export))]
            }
            Command::ImportFindings(path, side) => self.read_findings(path, side),
            Command::ExportFindings(export) => self.write_findings(export),
            Command::Show(slot, side, view) => self.show(slot, side, view),
            Command::Compare => self.compare(),
            Command::PreviewCard => self.preview_card(),
            Command::ShowCard(view) => match self.card().cloned() {
                Some(card) => self.render(Slot::Card, Arc::clone(&card.shown), view),
                None => Vec::new(),
            },
            Command::SetLimits(limits) => self.set_limits(limits),
            Command::Finished(id, outcome) => self.finished(id, outcome),
        }
    }

    /// Sources that were refused under the old limits are tried again.
    fn set_limits(&mut self, limits: Limits) -> Vec<Job> {
        self.settings.limits = limits.sound();
        self.assets.forget_faults();
        vec![self.job(JobKind::default(), Work::KeepSettings(self.settings.clone()))]
    }

    fn then_nothing(&mut self, change: impl FnOnce(&mut Self)) -> Vec<Job> {
        change(self);
        Vec::new()
    }

    fn undo(&mut self) {
        self.tell_step("Undone", self.history.undo_label());
        self.history.undo();
    }

    fn redo(&mut self) {
        self.tell_step("Done again", self.history.redo_label());
        self.history.redo();
    }

    /// Says which step was taken; what could not be done stays said.
    fn tell_step(&mut self, what: &str, label: Option<&str>) {
        if let Some(label) = label {
            let text = format!("{what}: {label}");
            self.notices.push(Notice { severity: Severity::Done, text });
        }
    }

    pub(super) fn notify(&mut self, severity: Severity, text: impl Into<String>) {
        let text = self.without_names(&text.into());
        let notice = Notice { severity, text };
        log::info!("notice: {}", notice.text);
        // A success takes earlier successes and failures away; a warning stays until dismissed.
        let is_done = severity == Severity::Done;
        self.notices.retain(|old| {
            let is_over =
                old.severity == Severity::Done || (is_done && old.severity == Severity::Error);
            !is_over && *old != notice
        });
        self.notices.push(notice);
    }

    pub(super) fn edit(&mut self, edit: Edit, gesture: Option<GestureId>) -> Vec<Job> {
        let placed = match &edit {
            Edit::PlaceLandmark { id, .. } => Some(*id),
            _ => None,
        };
        let is_new = matches!(edit, Edit::AddLandmark { .. } | Edit::AddPair { .. });
        let added = match &edit {
            Edit::Findings(FindingEdit::Add(findings, after)) => Some((findings.len(), *after)),
            _ => None,
        };
        match self.history.edit(edit, gesture) {
            Ok(()) if added.is_some() => {
                if let Some((n, after)) = added {
                    self.select_added(n, after);
                }
            }
            Ok(()) if is_new => {
                self.view.selection = self.document().landmarks.last().map(|landmark| landmark.id);
            }
            Ok(()) => self.view.selection = placed.or(self.view.selection),
            Err(err) => self.notify(Severity::Error, format!("Not done: {err}")),
        }
        Vec::new()
    }

    pub(super) fn job(&mut self, kind: JobKind, work: Work) -> Job {
        self.next_job += 1;
        let (id, handle) = (JobId(self.next_job), Handle::default());
        let JobKind { label, slot, side } = kind;
        let (document, epoch) = (Arc::clone(self.document()), self.epoch);
        self.running.push(Running {
            id,
            handle: handle.clone(),
            label,
            slot,
            side,
            document,
            epoch,
        });
        Job { id, handle, work }
    }

    pub(super) fn cancel_where(&mut self, is_stale: impl Fn(&Running) -> bool) {
        for job in self.running.extract_if(.., |job| is_stale(job)) {
            job.handle.cancel();
        }
    }

    /// Stops what can be stopped. A source that was being fetched stays away until it is opened
    /// again; a save always ends.
    fn stop_work(&mut self) {
        for side in Side::BOTH {
            let is_coming = self.running.iter().any(|job| job.side == Some(side));
            if let Some(source) = self.document().sources[side].clone().filter(|_| is_coming)
                && self.assets.loaded(&source).is_none()
            {
                self.assets.set_fault(&source, "opening it was stopped; open it again".into());
            }
        }
        let is_coming = self.running.iter().any(|job| job.label == Some(label::OPENING_BRAND));
        if let Some(brand) = self.document().card.brand.picture.clone().filter(|_| is_coming)
            && self.assets.loaded(&brand).is_none()
        {
            self.assets.set_fault(&brand, "opening it was stopped; choose it again".into());
        }
        self.assets.card_wanted = None;
        self.cancel_where(|job| job.label.is_some_and(|name| name != label::SAVING));
    }

    /// A job that opens another session; it replaces an earlier one still under way.
    fn open_session(&mut self, work: Work) -> Vec<Job> {
        self.cancel_where(|job| job.label == Some(label::OPENING_SESSION));
        let kind = JobKind { label: Some(label::OPENING_SESSION), ..JobKind::default() };
        vec![self.job(kind, work)]
    }

    /// A job that gives a side another picture; it replaces an earlier one still under way.
    fn open_side(&mut self, side: Side, label: &'static str, work: Work) -> Job {
        self.cancel_where(|job| job.side == Some(side));
        self.job(JobKind { label: Some(label), slot: None, side: Some(side) }, work)
    }

    pub(super) fn begin(&mut self, document: &Arc<Document>, path: Option<PathBuf>) {
        self.cancel_where(|job| !is_writing(job));
        self.epoch += 1;
        self.in_the_way = None;
        self.history = History::new(Document::clone(document));
        self.saved = Arc::clone(self.history.document());
        self.path = path;
        self.view.reset();
        self.assets.begin();
        // The last fit is kept for marks that cannot be fitted, but not for another session's.
        self.derived = Derived::of(self.document());
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
                let limits = self.settings.limits;
                let work = Work::Decode { side, path: source.path, expected, limits };
                jobs.push(self.open_side(side, "Opening picture", work));
            }
        }
        if let Some(source) = self.document().card.brand.picture.clone() {
            let is_known =
                self.assets.loaded(&source).is_some() || self.assets.fault(&source).is_some();
            if !is_known && !self.running.iter().any(|j| j.label == Some(label::OPENING_BRAND)) {
                jobs.push(self.open_brand(source.path.clone(), Some(source)));
            }
        }
        jobs
    }

    /// Says why there is no card yet.
    pub(super) fn say_what_is_missing(&mut self) {
        for side in Side::BOTH {
            if self.loaded(side).is_none() {
                let is_coming = self.document().sources[side].is_some();
                let why = match self.fault(side) {
                    Some(fault) => fault.to_owned(),
                    None if is_coming => "its picture is still being opened; try again".into(),
                    None => "it has no picture; open one".into(),
                };
                self.notify(Severity::Error, format!("No card without side {side}: {why}"));
            }
        }
    }

    /// A job that reads the picture of the author's mark.
    fn open_brand(&mut self, path: PathBuf, expected: Option<Source>) -> Job {
        self.cancel_where(|job| job.label == Some(label::OPENING_BRAND));
        let path = std::path::absolute(&path).unwrap_or(path);
        let work = Work::DecodeBrand { path, expected, limits: self.settings.limits };
        self.job(JobKind { label: Some(label::OPENING_BRAND), ..JobKind::default() }, work)
    }

    fn show(&mut self, slot: Slot, side: Side, view: View) -> Vec<Job> {
        let Some(picture) = self.loaded(side).map(|loaded| Arc::clone(&loaded.picture)) else {
            return Vec::new();
        };
        self.render(slot, picture, view)
    }

    fn render(&mut self, slot: Slot, source: Arc<Picture>, view: View) -> Vec<Job> {
        if !self.assets.want(slot, &view, &source) {
            if self.assets.is_settled(slot) {
                // What was wanted meanwhile must not come after it.
                self.cancel_where(|job| job.slot == Some(slot));
            }
            return Vec::new();
        }
        self.cancel_where(|job| job.slot == Some(slot));
        let kind = JobKind { slot: Some(slot), ..JobKind::default() };
        vec![self.job(kind, Work::Render { slot, source, view })]
    }

    fn save(&mut self, path: PathBuf) -> Vec<Job> {
        let document = Arc::clone(self.document());
        let in_use = |hash: &str| {
            document.sources.iter().any(|(_, s)| s.as_ref().is_some_and(|s| s.sha256 == hash))
        };
        let pasted =
            self.assets.pasted.iter().filter(|pasted| in_use(&pasted.sha256)).cloned().collect();
        let kind = JobKind { label: Some(label::SAVING), ..JobKind::default() };
        vec![self.job(kind, Work::Save { document, pasted, path })]
    }
}
