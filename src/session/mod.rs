//! The application without a screen: commands in, jobs out.
//!
//! [`Session::update`] is the only door. Everything a user, a script or a finished job can ask for
//! is a [`Command`]; work that takes time comes back as [`Job`]s, which the caller runs where it
//! likes: the window on named threads ([`Workers`]), scripts and tests in place
//! ([`run_to_quiet`]). Four kinds of state are kept apart: the document (saved, undone), the view
//! (cameras, tool, selection: neither), assets (decoded pixels and finished views: rebuildable) and
//! notices.

mod assets;
mod blind;
mod camera;
mod card;
mod card_files;
mod command;
mod expect;
mod finding_files;
mod findings;
mod job;
mod landmarks;
mod loupes;
mod marking;
mod notice;
mod offset;
mod outcomes;
mod predict;
mod refine;
mod region;
mod run;
mod stage;
mod update;
mod verdicts;
mod view;
mod view_command;
mod workers;

use std::{path::PathBuf, sync::Arc};

pub use assets::{Loaded, Pasted, Shown, Slot};
pub use camera::Camera;
pub use card::{CardPictures, Preview, PreviewChoice};
pub use card_files::{Export, Exported, Replaces, Target, foreign_words};
pub use command::Command;
pub use expect::Search;
pub use finding_files::FindingExport;
pub use findings::{Filter, FindingOrder};
pub use job::{Handle, Job, JobId, LandmarkExport, Outcome, Work};
pub use loupes::loupe_views;
pub use notice::{Notice, Severity, upper_first};
pub use offset::{Offset, Scale};
pub use predict::{Basis, Ghost};
pub use refine::{Refined, Rough};
pub use region::{Outlined, Region, Values};
pub use run::{run, run_to_quiet, run_watched};
pub use stage::{Difference, LEAST_PERIOD, Mode, Stage, StageCommand, Wipe};
pub use view::ViewState;
pub use view_command::{JudgeTab, Sampling, Step, TableOrder, Tool, ViewCommand};
pub use workers::{Workers, run_aside};

use crate::{
    document::{
        Arrangement, Document, FrameChoice, History, LandmarkId, LoupeId, LoupeSpot, PerSide,
        Registration, Side, Source,
    },
    storage::{Library, RecentSessions, Settings},
};
use assets::Assets;
use blind::{BLIND_FAULT, BLIND_NAME};
use expect::Expected;
use job::Running;
use region::Reading;

/// The application's whole state.
pub struct Session {
    history: History,
    saved: Arc<Document>,
    path: Option<PathBuf>,
    view: ViewState,
    assets: Assets,
    notices: Vec<Notice>,
    running: Vec<Running>,
    next_job: u64,
    /// Grows with every document that is begun.
    epoch: u64,
    recent: RecentSessions,
    settings: Settings,
    library: Arc<Library>,
    derived: Derived,
    expected: Expected,
    reading: Reading,
    /// A card that was not written, and the files that it would have replaced.
    in_the_way: Option<(Export, Vec<PathBuf>)>,
}

/// What follows from the document, computed once a revision.
struct Derived {
    revision: u64,
    sources: PerSide<Option<Source>>,
    registration: Registration,
    arrangement: Option<Arrangement>,
    loupes: Vec<(LoupeId, LoupeSpot)>,
}

impl Derived {
    /// What has yet to be derived.
    fn of(document: &Document) -> Self {
        Self {
            revision: u64::MAX,
            sources: PerSide::default(),
            registration: Registration::of(document),
            arrangement: None,
            loupes: Vec::new(),
        }
    }
}

/// See [`Session::stamp`].
#[derive(Clone, Debug, PartialEq)]
pub struct Stamp {
    revision: u64,
    shown: u64,
    running: usize,
    notices: usize,
    view: ViewState,
}

impl Session {
    /// An empty session that begins with `document` and knows these recent sessions.
    #[must_use]
    pub fn new(document: Document, recent: RecentSessions) -> Self {
        let derived = Derived::of(&document);
        let history = History::new(document);
        Self {
            derived,
            saved: Arc::clone(history.document()),
            history,
            path: None,
            view: ViewState::default(),
            assets: Assets::default(),
            notices: Vec::new(),
            running: Vec::new(),
            next_job: 0,
            epoch: 0,
            recent,
            settings: Settings::default(),
            library: Arc::new(Library::built_in()),
            expected: Expected::default(),
            reading: Reading::default(),
            in_the_way: None,
        }
    }

    /// The same, with the user's settings.
    #[must_use]
    pub fn with_settings(mut self, settings: Settings) -> Self {
        self.settings = settings;
        self
    }

    /// The same, with the user's recipes and defects; what could not be read of them is said.
    #[must_use]
    pub fn with_library(mut self, library: Library) -> Self {
        for fault in &library.faults {
            self.notify(Severity::Warning, upper_first(fault));
        }
        self.library = Arc::new(library);
        self
    }

    /// The recipes and the defects there are.
    #[must_use]
    pub fn library(&self) -> &Library {
        &self.library
    }

    /// The user's settings.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The document, to read.
    #[must_use]
    pub fn document(&self) -> &Arc<Document> {
        self.history.document()
    }

    /// Grows with every change of the document.
    #[must_use]
    pub fn revision(&self) -> u64 {
        self.history.revision()
    }

    /// How B lies on A as the landmarks say.
    #[must_use]
    pub fn registration(&self) -> &Registration {
        &self.derived.registration
    }

    /// Both sides in A's grid, or in the level frame while blind; `None` until both have a picture.
    #[must_use]
    pub fn arrangement(&self) -> Option<&Arrangement> {
        self.derived.arrangement.as_ref()
    }

    /// The loupes that stand, with their places in A's pixels.
    #[must_use]
    pub fn loupe_spots(&self) -> &[(LoupeId, LoupeSpot)] {
        &self.derived.loupes
    }

    /// Whether both panes move together.
    #[must_use]
    pub fn is_linked(&self) -> bool {
        let requested = self.document().model;
        self.arrangement().is_some_and(|both| both.registration.is_linked(requested))
    }

    /// Cameras, tool and the like.
    #[must_use]
    pub fn view(&self) -> &ViewState {
        &self.view
    }

    /// The selected landmark, if it still exists.
    #[must_use]
    pub fn selection(&self) -> Option<LandmarkId> {
        self.view.selection.filter(|id| self.document().landmark(*id).is_some())
    }

    /// The session's file.
    #[must_use]
    pub fn path(&self) -> Option<&PathBuf> {
        self.path.as_ref()
    }

    /// The name of the session's file, which is hidden while blind, with a dot while there is work
    /// that no file holds.
    #[must_use]
    pub fn title(&self) -> String {
        let name = self.path.as_ref().and_then(|path| path.file_name());
        let name = match name {
            _ if self.is_blind() => BLIND_NAME.into(),
            None => "Untitled".into(),
            Some(name) => name.to_string_lossy(),
        };
        let dot = if self.is_unsaved() { " •" } else { "" };
        format!("{name}{dot}")
    }

    /// Whether there is work that no file holds.
    #[must_use]
    pub fn is_unsaved(&self) -> bool {
        *self.saved != **self.document()
    }

    /// The undo menu's words.
    #[must_use]
    pub fn undo_label(&self) -> Option<&'static str> {
        self.history.undo_label()
    }

    /// The redo menu's words.
    #[must_use]
    pub fn redo_label(&self) -> Option<&'static str> {
        self.history.redo_label()
    }

    /// What the user should be told, oldest first.
    #[must_use]
    pub fn notices(&self) -> &[Notice] {
        &self.notices
    }

    /// The recent sessions.
    #[must_use]
    pub fn recent(&self) -> &RecentSessions {
        &self.recent
    }

    /// The decoded picture of a side, once it is there.
    #[must_use]
    pub fn loaded(&self, side: Side) -> Option<&Arc<Loaded>> {
        self.assets.loaded(self.document().sources[side].as_ref()?)
    }

    /// Why a side's picture cannot be shown, if it cannot.
    #[must_use]
    pub fn fault(&self, side: Side) -> Option<&str> {
        let fault = self.assets.fault(self.document().sources[side].as_ref()?);
        if self.is_blind() { fault.map(|_| BLIND_FAULT) } else { fault }
    }

    /// The last finished picture of a slot, with what it shows.
    #[must_use]
    pub fn shown(&self, slot: Slot) -> Option<&Shown> {
        self.assets.shown(slot)
    }

    /// The card as the exporter makes it, of the document as it stands or stood a moment ago.
    #[must_use]
    pub fn card(&self) -> Option<&Arc<Preview>> {
        self.assets.quick_card.as_ref().or(self.assets.card.as_ref())
    }

    /// A card that was not written, with the files that it would have replaced: the user is to say.
    #[must_use]
    pub fn in_the_way(&self) -> Option<&(Export, Vec<PathBuf>)> {
        self.in_the_way.as_ref()
    }

    /// Why the card cannot be painted as the document stands.
    #[must_use]
    pub fn card_fault(&self) -> Option<&str> {
        self.assets.card_fault.as_deref()
    }

    /// Whether the session is being written.
    #[must_use]
    pub fn is_saving(&self) -> bool {
        self.running.iter().any(|job| job.label == Some(update::label::SAVING))
    }

    /// Work under way that the user may want to know of: what it is and its share done.
    pub fn work_in_progress(&self) -> impl Iterator<Item = (&'static str, f32)> {
        self.running.iter().filter_map(|job| Some((job.label?, job.handle.progress())))
    }

    /// Everything that a frame shows, small enough to compare: while it stays the same, nothing
    /// needs to be drawn again.
    #[must_use]
    pub fn stamp(&self) -> Stamp {
        Stamp {
            revision: self.revision(),
            shown: self.assets.serial(),
            running: self.running.len(),
            notices: self.notices.len(),
            view: self.view.clone(),
        }
    }

    /// Whether any job is under way.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        !self.running.is_empty()
    }

    /// Whether either side lies elsewhere in the frame than it did.
    fn moved_from(&self, before: &Arrangement) -> bool {
        self.arrangement().is_none_or(|now| now.from_frame != before.from_frame)
    }

    fn derive(&mut self) {
        if self.derived.revision == self.revision() {
            return;
        }
        self.view.anchor = None;
        let was_linked = self.is_linked();
        let a_before = self.a_camera();
        let sources = self.document().sources.clone();
        let last = self.derived.arrangement.as_ref().filter(|_| self.derived.sources == sources);
        let arrangement = Arrangement::of(self.document(), FrameChoice::AGrid)
            .map(|now| last.map_or(now.clone(), |last| now.or_kept(last)));
        let loupes =
            arrangement.as_ref().map(|both| both.loupes(self.document())).unwrap_or_default();
        let registration = arrangement
            .as_ref()
            .map_or_else(|| Registration::of(self.document()), |both| both.registration.clone());
        let revision = self.revision();
        let derived = Derived { revision, sources, registration, arrangement, loupes };
        let before = std::mem::replace(&mut self.derived, derived);
        if let Some((_, camera)) = self.view.enlarged
            && self.enlarged().is_none()
        {
            // It was removed: what was shown before it is shown again.
            self.view.enlarged = None;
            self.view.linked = camera;
        }
        if let Some(arrangement) = &before.arrangement
            && before.sources == self.derived.sources
            && (self.is_linked() != was_linked || self.moved_from(arrangement))
        {
            self.hand_over_cameras(was_linked, arrangement, a_before);
        }
    }
}
