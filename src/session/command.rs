//! Everything that can be asked for, as plain data.

use std::{path::PathBuf, sync::Arc};

use super::{
    assets::Slot,
    job::{Export, JobId, Outcome},
    view::{Sampling, Step, Tool},
};
use crate::{
    document::{Document, Edit, GestureId, LandmarkId, Side},
    geometry::OutputPoint,
    raster::{Picture, View},
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
    /// Begin anew with this document.
    Begin(Arc<Document>),
    /// Write the session to its file, which becomes its own.
    Save(PathBuf),
    /// Write the card.
    Export(Export),
    /// Make a slot show a view of a side's picture.
    Show(Slot, Side, View),
    /// Paint the card of the document as it stands, for the preview.
    PreviewCard,
    /// Make the card preview show this part of the card.
    ShowCard(View),
    /// Change what is looked at; never undoable.
    View(ViewCommand),
    /// Stop what is under way and can be stopped.
    StopWork,
    /// Take the notices away.
    DismissNotices,
    /// A job is done.
    Finished(JobId, Outcome),
}

/// A change of what is looked at. Positions are physical pixels of that side's pane.
#[derive(Clone, Debug, PartialEq)]
pub enum ViewCommand {
    /// The pane has this many physical pixels.
    PaneSize(Side, usize, usize),
    /// A loupe's half has this many physical pixels.
    LoupeHalf(usize, usize),
    /// Move the picture under the pane by this many physical pixels.
    Pan(Side, f64, f64),
    /// Multiply the magnification, the spot under the position staying where it is.
    ZoomBy(Side, OutputPoint, f64),
    /// Magnify to this many physical pixels a pixel of the side, the spot under the position
    /// staying where it is.
    ZoomTo(Side, OutputPoint, f64),
    /// Show the pictures whole.
    Fit,
    /// Bring a landmark into the middle of both panes.
    GoTo(LandmarkId),
    /// Change the tool.
    Tool(Tool),
    /// Change the step of the work.
    Step(Step),
    /// Change how magnified pixels look.
    Sampling(Sampling),
    /// Select a landmark, or none.
    Select(Option<LandmarkId>),
    /// Mark this landmark next, by name; `None` leaves it to the recipe's order.
    MarkNext(Option<String>),
    /// Keep both panes as they are while a gesture moves what they depend on, or let go again.
    Hold(bool),
}
