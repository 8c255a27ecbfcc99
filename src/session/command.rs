//! Everything that can be asked for, as plain data.

use std::{path::PathBuf, sync::Arc};

use super::{
    assets::Slot,
    card_files::Export,
    finding_files::FindingExport,
    job::{JobId, LandmarkExport, Outcome},
    notice::Notice,
    view_command::ViewCommand,
};
use crate::{
    document::{Document, Edit, GestureId, LandmarkId, Seed, Side},
    raster::{Picture, View},
    storage::Limits,
};

/// A request to the session.
#[derive(Clone, Debug)]
pub enum Command {
    /// Change the document; edits of one gesture undo as one.
    Edit(Edit, Option<GestureId>),
    /// Take back the gesture in progress.
    Cancel(GestureId),
    /// One step back.
    Undo,
    /// One step forward.
    Redo,
    /// Load a side's picture from a file.
    OpenPicture(Side, PathBuf),
    /// Give a side a picture that lies in no file yet.
    PastePicture(Side, Arc<Picture>),
    /// Open a session file in place of what is open.
    OpenSession(PathBuf),
    /// Unpack the bundled pair into a folder and open it.
    OpenSample(PathBuf),
    /// Hide which side is which from now on, shuffled by this seed.
    JudgeBlind(Seed),
    /// Say which side is which, for good: at this time, in seconds since 1970-01-01 UTC.
    Reveal(u64),
    /// Begin anew with this document.
    Begin(Arc<Document>),
    /// Write the session to its file, which becomes its own.
    Save(PathBuf),
    /// Write the card.
    Export(Export),
    /// Do not write what would have replaced files.
    KeepFiles,
    /// Take a picture file for the author's mark on cards.
    OpenBrand(PathBuf),
    /// Accept what is expected next, where the pixels say it is once they have been looked at.
    Accept,
    /// Look in the pixels for better places of B's marks: of one landmark, or of all.
    Refine(Option<LandmarkId>),
    /// Take the landmarks of a file in place of those there are: of both sides, or of one.
    ImportLandmarks(PathBuf, Option<Side>),
    /// Write the landmarks of both sides, or of one.
    ExportLandmarks(LandmarkExport),
    /// Add the findings of a file, on a side.
    ImportFindings(PathBuf, Side),
    /// Write the findings.
    ExportFindings(FindingExport),
    /// Make a slot show a view of a side's picture.
    Show(Slot, Side, View),
    /// Compare what both panes show, as the mode wants it.
    Compare,
    /// Paint the card of the document as it stands, for the preview.
    PreviewCard,
    /// Make the card preview show this part of the card.
    ShowCard(View),
    /// Change what is looked at; never undoable.
    View(ViewCommand),
    /// Change what a picture may measure, for good.
    SetLimits(Limits),
    /// Stop what is under way and can be stopped.
    StopWork,
    /// Tell the user something.
    Say(Notice),
    /// Take the notices away.
    DismissNotices,
    /// A job is done.
    Finished(JobId, Outcome),
}

impl Command {
    /// Whether the user asks for another document by it.
    pub(super) const fn is_change(&self) -> bool {
        matches!(
            self,
            Self::Edit(..)
                | Self::Cancel(_)
                | Self::Undo
                | Self::Redo
                | Self::Begin(_)
                | Self::JudgeBlind(_)
                | Self::Reveal(_)
        )
    }
}
