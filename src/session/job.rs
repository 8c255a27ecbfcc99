//! Work that takes time, as data: it owns all it needs, locks nothing, reports progress and can be
//! cancelled.

use std::{
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU32, Ordering},
    },
};

use super::{
    assets::{Loaded, Pasted, Shown, Slot},
    card::{CardPictures, Preview, PreviewChoice},
    card_files::{Export, Exported},
    expect::Search,
    finding_files::FindingExport,
    predict::Ghost,
    refine::{Refined, Rough},
    region::{Outlined, Values},
};
use crate::{
    document::{Document, PerSide, Side, Source},
    geometry::Look,
    raster::{Comparison, Picture, View},
    storage::{
        FindingsRead, LandmarkFile, LandmarkFormat, Limits, PictureSize, RecentSessions, Settings,
    },
};

/// Which job an outcome belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JobId(pub u64);

/// Shared between a job and whoever waits for it.
#[derive(Clone, Debug, Default)]
pub struct Handle {
    is_cancelled: Arc<AtomicBool>,
    permille: Arc<AtomicU32>,
}

impl Handle {
    /// Asks the job to stop.
    pub fn cancel(&self) {
        self.is_cancelled.store(true, Ordering::Relaxed);
    }

    /// Whether it was asked to.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.is_cancelled.load(Ordering::Relaxed)
    }

    /// The share done, 0 to 1.
    #[must_use]
    pub fn progress(&self) -> f32 {
        #[expect(clippy::cast_precision_loss, reason = "at most 1000")]
        let permille = self.permille.load(Ordering::Relaxed) as f32;
        permille / 1000.0
    }

    pub(super) fn report(&self, share: f32) {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 1000")]
        self.permille.store((share.clamp(0.0, 1.0) * 1000.0) as u32, Ordering::Relaxed);
    }
}

/// A job under way, as the session remembers it.
pub(super) struct Running {
    pub id: JobId,
    pub handle: Handle,
    pub label: Option<&'static str>,
    /// The document when it was asked for, and the count of documents begun by then.
    pub document: Arc<Document>,
    pub epoch: u64,
    pub slot: Option<Slot>,
    pub side: Option<Side>,
}

/// Landmarks to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LandmarkExport {
    /// Where to.
    pub path: PathBuf,
    /// As what.
    pub format: LandmarkFormat,
    /// The only side to write; `None` for both.
    pub side: Option<Side>,
}

/// Work to be done elsewhere.
#[derive(Clone, Debug)]
pub enum Work {
    /// Read and decode a picture file.
    Decode {
        /// Whose picture it is.
        side: Side,
        /// The file.
        path: PathBuf,
        /// The hash a session knows it by.
        expected: Option<String>,
        /// What it may measure.
        limits: Limits,
    },
    /// Write the user's settings.
    KeepSettings(Settings),
    /// Turn pasted pixels into a PNG file in memory.
    Paste {
        /// Whose picture it is.
        side: Side,
        /// The pixels.
        picture: Arc<Picture>,
    },
    /// Read a session file.
    OpenSession(PathBuf),
    /// Unpack the sample into a folder and read its session.
    OpenSample(PathBuf),
    /// Write a session, and pasted pictures beside it.
    Save {
        /// What to write.
        document: Arc<Document>,
        /// Pictures that lie in no file yet.
        pasted: Vec<Pasted>,
        /// Where to.
        path: PathBuf,
    },
    /// Put a session first in the list of recent ones.
    Remember(RecentSessions, PathBuf),
    /// Take a session off that list.
    Forget(RecentSessions, PathBuf),
    /// Make a view.
    Render {
        /// What will show it.
        slot: Slot,
        /// Its source.
        source: Arc<Picture>,
        /// What it shows.
        view: View,
    },
    /// Compare two finished views.
    Compare {
        /// Both.
        shown: PerSide<Shown>,
        /// How.
        how: Comparison,
        /// How both look first.
        look: Look,
    },
    /// Paint the card for the preview.
    PaintCard {
        /// What is on it.
        document: Arc<Document>,
        /// What it is painted from.
        pictures: CardPictures,
        /// The document's revision.
        revision: u64,
        /// Which picture of it, and how.
        choice: PreviewChoice,
        /// Screen pixels a card pixel where it is painted at the size of the screen.
        scale: Option<f64>,
    },
    /// Read and decode the picture of the author's mark.
    DecodeBrand {
        /// The file.
        path: PathBuf,
        /// As the session knows it; `None` where it is a new one.
        expected: Option<Source>,
        /// What it may measure.
        limits: Limits,
    },
    /// Look for better places of B's marks.
    Refine {
        /// Both pictures.
        pictures: PerSide<Arc<Picture>>,
        /// The marks.
        marks: Vec<Rough>,
    },
    /// Look for what is expected.
    Search {
        /// Both pictures.
        pictures: PerSide<Arc<Picture>>,
        /// What.
        search: Search,
    },
    /// Read the colours of a region.
    ReadRegion(PerSide<Option<Outlined>>),
    /// Read a landmark file.
    ReadLandmarks {
        /// The file.
        path: PathBuf,
        /// The side it is for; `None` for both.
        side: Option<Side>,
        /// The sizes of the pictures.
        sizes: PerSide<Option<PictureSize>>,
    },
    /// Write a landmark file.
    WriteLandmarks(Arc<Document>, LandmarkExport),
    /// Read findings of a side.
    ReadFindings(PathBuf, Side),
    /// Write findings.
    WriteFindings(Arc<Document>, FindingExport),
    /// Paint the card and write it.
    Export {
        /// What is on it.
        document: Arc<Document>,
        /// What it is painted from.
        pictures: CardPictures,
        /// Where to and how.
        export: Export,
    },
}

/// A job.
#[derive(Clone, Debug)]
pub struct Job {
    /// Which.
    pub id: JobId,
    /// Its strings.
    pub handle: Handle,
    /// What to do.
    pub work: Work,
}

/// What came of a job.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// A picture is decoded.
    Decoded {
        /// Whose it is.
        side: Side,
        /// Its file.
        path: PathBuf,
        /// The hash a session knows it by.
        expected: Option<String>,
        /// The picture.
        loaded: Arc<Loaded>,
    },
    /// A pasted picture is decoded from its PNG file.
    Pasted {
        /// The picture.
        loaded: Arc<Loaded>,
        /// Its file in memory.
        pasted: Pasted,
    },
    /// A session file is read; `None` for the bundled one, whose file is not the user's to change.
    Opened(Arc<Document>, Option<PathBuf>),
    /// A session is written.
    Saved {
        /// What was written, without the paths of pasted pictures.
        document: Arc<Document>,
        /// Where it lies.
        path: PathBuf,
        /// Where the pasted pictures lie, by hash.
        pasted: Vec<(String, PathBuf)>,
    },
    /// The list of recent sessions as it is now.
    Remembered(RecentSessions),
    /// A view is made.
    Rendered {
        /// What will show it.
        slot: Slot,
        /// Its source.
        source: Arc<Picture>,
        /// What it shows.
        view: View,
        /// Its pixels.
        picture: Arc<Picture>,
    },
    /// Two finished views are compared.
    Compared {
        /// Both.
        shown: Box<PerSide<Shown>>,
        /// How.
        how: Comparison,
        /// How both looked.
        look: Look,
        /// What it shows.
        picture: Picture,
    },
    /// A picture of the card is painted.
    CardPainted(Box<Preview>),
    /// The card's pictures are written.
    Exported(Vec<Exported>),
    /// Nothing is written: these files exist, and nobody said that they may be replaced.
    WouldReplace(Export, Vec<PathBuf>),
    /// The picture of the author's mark is decoded.
    BrandDecoded {
        /// Its file.
        path: PathBuf,
        /// As the session knows it; `None` where it is a new one.
        expected: Option<Source>,
        /// The picture.
        loaded: Arc<Loaded>,
    },
    /// The picture of the author's mark that a session names cannot be had.
    BrandFailed(Source, String),
    /// Marks of B are refined.
    Refined(Vec<Refined>),
    /// Landmarks are looked for where they were expected.
    Found(Vec<Ghost>),
    /// The colours of a region are read.
    RegionRead(Box<Values>),
    /// A landmark file is read.
    LandmarksRead {
        /// The file.
        path: PathBuf,
        /// The side it is for; `None` for both.
        side: Option<Side>,
        /// What it holds.
        file: LandmarkFile,
    },
    /// A landmark file is written.
    LandmarksWritten(PathBuf),
    /// Findings of a side are read.
    FindingsRead(Side, FindingsRead),
    /// Findings are written to these files.
    FindingsWritten(Vec<PathBuf>),
    /// The settings are kept.
    SettingsKept,
    /// It was cancelled.
    Cancelled,
    /// It could not be done: what failed, why, what to do.
    Failed(String),
    /// A source that a session names cannot be had.
    SourceFailed {
        /// Whose it is.
        side: Side,
        /// The hash it is known by.
        expected: String,
        /// What failed, why, what to do.
        why: String,
    },
}
