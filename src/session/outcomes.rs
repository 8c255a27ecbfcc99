//! What finished jobs change.

use std::{path::PathBuf, sync::Arc};

use super::{
    Session,
    assets::{Loaded, Pasted, Slot},
    blind::BLIND_FAULT,
    job::{Job, JobId, Outcome, Running, Work},
    notice::{Severity, upper_first},
    update::{JobKind, label},
};
use crate::document::{Document, Edit, Side, Source};

impl Session {
    pub(super) fn finished(&mut self, id: JobId, outcome: Outcome) -> Vec<Job> {
        let Some(idx) = self.running.iter().position(|job| job.id == id) else {
            return Vec::new();
        };
        let job = self.running.remove(idx);
        match outcome {
            Outcome::Decoded { side, path, expected, loaded } => {
                self.decoded(side, path, expected.as_ref(), &loaded);
            }
            Outcome::Pasted { loaded, pasted } => self.pasted(&loaded, pasted),
            Outcome::Opened(document, path) => return self.opened(&job, &document, path),
            Outcome::Saved { document, path, .. } => return self.saved_to(&job, document, path),
            Outcome::Remembered(recent) => self.recent = recent,
            Outcome::Rendered { slot, source, view, picture } => {
                self.assets.finish(slot, view, source, picture);
            }
            Outcome::Compared { shown, how, look, picture } => {
                self.compared_views(&shown, (how, look), picture);
            }
            Outcome::CardPainted(card) => self.assets.set_card(Arc::new(*card)),
            Outcome::Exported(cards) => self.exported(&cards),
            Outcome::WouldReplace(export, files) if job.epoch == self.epoch => {
                self.in_the_way = Some((export, files));
            }
            Outcome::BrandDecoded { path, expected, loaded } => {
                self.brand_decoded(path, expected.as_ref(), &loaded);
            }
            Outcome::BrandFailed(source, why) => {
                self.assets.set_fault(&source, why.clone());
                self.notify(Severity::Error, format!("The card's mark: {why}"));
            }
            Outcome::Refined(all) => self.refined(&job.document, &all),
            Outcome::Found(ghosts) => return self.found(ghosts),
            Outcome::RegionRead(values) => self.region_read(id, *values),
            Outcome::LandmarksRead { path, side, file } => self.import(&path, side, file),
            Outcome::LandmarksWritten(path) => {
                self.notify(Severity::Done, format!("Wrote the landmarks to {}", path.display()));
            }
            Outcome::FindingsRead(side, read) => self.add_findings(side, read),
            Outcome::FindingsWritten(files) => {
                let names: Vec<String> = files.iter().map(|of| of.display().to_string()).collect();
                self.notify(Severity::Done, format!("Wrote the findings to {}", names.join(", ")));
            }
            // What would be replaced for another document concerns nobody any more.
            Outcome::SettingsKept | Outcome::WouldReplace(..) => (),
            Outcome::Cancelled => self.give_up(job.slot),
            Outcome::Failed(why) => {
                self.give_up(job.slot);
                if job.label == Some(label::PAINTING) {
                    self.assets.card = None;
                    self.assets.quick_card = None;
                    self.assets.card_fault = Some(why.clone());
                }
                self.notify(Severity::Error, upper_first(&why));
            }
            Outcome::SourceFailed { side, expected, why } => {
                self.source_failed(side, &expected, why);
            }
        }
        Vec::new()
    }

    /// A source that the document names cannot be had.
    fn source_failed(&mut self, side: Side, expected: &str, why: String) {
        let source = self.document().sources[side].clone();
        let Some(source) = source.filter(|source| source.sha256 == expected) else { return };
        let text = format!("Side {side}: {why}");
        self.assets.set_fault(&source, why);
        let text = if self.is_blind() { BLIND_FAULT.to_owned() } else { text };
        self.notify(Severity::Error, text);
    }

    /// A session file is read. Work done since it was asked for is not thrown away.
    fn opened(
        &mut self,
        job: &Running,
        document: &Arc<Document>,
        path: Option<PathBuf>,
    ) -> Vec<Job> {
        if !Arc::ptr_eq(&job.document, self.document()) && self.is_unsaved() {
            let text = "Not opened: the work changed while the session was being read; save it \
                        and open the session again";
            self.notify(Severity::Error, text);
            return Vec::new();
        }
        self.begin(document, path.clone());
        path.map(|path| self.remember(path)).unwrap_or_default()
    }

    fn saved_to(&mut self, job: &Running, document: Arc<Document>, path: PathBuf) -> Vec<Job> {
        let name = if self.is_blind() { "the session".into() } else { path.display().to_string() };
        self.notify(Severity::Done, format!("Saved {name}"));
        // Another session may have been begun meanwhile.
        if job.epoch == self.epoch {
            self.saved = document;
            self.path = Some(path.clone());
        }
        self.remember(path)
    }

    pub(super) fn in_use(&self) -> Vec<String> {
        let sources = &self.document().sources;
        let brand = &self.document().card.brand.picture;
        let sides = sources.iter().map(|(_, source)| source.as_ref());
        sides.chain([brand.as_ref()]).flatten().map(|source| source.sha256.clone()).collect()
    }

    fn give_up(&mut self, slot: Option<Slot>) {
        if let Some(slot) = slot {
            self.assets.give_up(slot);
        }
    }

    /// The list of recent sessions shows names, so that it leaves out those that are blind.
    pub(super) fn remember(&mut self, path: PathBuf) -> Vec<Job> {
        let recent = self.recent.clone();
        let work =
            if self.is_blind() { Work::Forget(recent, path) } else { Work::Remember(recent, path) };
        vec![self.job(JobKind::default(), work)]
    }

    fn decoded(
        &mut self,
        side: Side,
        path: PathBuf,
        expected: Option<&String>,
        loaded: &Arc<Loaded>,
    ) {
        self.assets.keep(Arc::clone(loaded), &self.in_use());
        self.tell_warnings(side, loaded);
        let now = self.document().sources[side].as_ref().map(|source| &source.sha256);
        if expected == Some(&loaded.info.sha256) || (expected.is_some() && expected != now) {
            return;
        }
        if expected.is_some() {
            let name = if self.is_blind() {
                "a picture".to_owned()
            } else {
                format!("Side {side}: {}", path.display())
            };
            let text = format!(
                "{name} has changed since the session was saved; its landmarks are kept but \
                 unconfirmed"
            );
            self.notify(Severity::Warning, upper_first(&text));
        }
        let source = source_of(path, loaded);
        if expected.is_some() {
            // The world changed the file, not the user: there is nothing to undo.
            self.history.amend(Edit::SetSource { side, source }).ok();
        } else {
            self.set_source(side, source);
        }
    }

    /// What was odd about a side's picture; told after the reveal where it would tell which it is.
    pub(super) fn tell_warnings(&mut self, side: Side, loaded: &Loaded) {
        if self.is_blind() {
            return;
        }
        for warning in &loaded.info.warnings {
            self.notify(Severity::Warning, format!("Side {side}: {warning}"));
        }
    }

    fn pasted(&mut self, loaded: &Arc<Loaded>, pasted: Pasted) {
        self.assets.keep(Arc::clone(loaded), &self.in_use());
        let side = pasted.side;
        self.assets.pasted.push(pasted);
        self.set_source(side, source_of(PathBuf::new(), loaded));
    }

    fn set_source(&mut self, side: Side, source: Source) {
        let size = |source: &Source| (source.width, source.height);
        let is_same_size = self.document().sources[side].as_ref().map(size) == Some(size(&source));
        drop(self.edit(Edit::SetSource { side, source }, None));
        if !is_same_size {
            self.refit(side);
        }
    }
}

/// What identifies a decoded picture.
pub(super) fn source_of(path: PathBuf, loaded: &Loaded) -> Source {
    let size = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    Source {
        path,
        sha256: loaded.info.sha256.clone(),
        width: size(loaded.picture.width()),
        height: size(loaded.picture.height()),
    }
}
