//! What a frame's widgets asked for.

use std::path::PathBuf;

use crate::{document::Side, session::Command, storage::FindingFormat};

/// A request that only the window can meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ask {
    /// Choose files to open: a session, or one or two pictures.
    Open,
    /// Choose a picture for a side.
    OpenSide(Side),
    /// Write the session where it is, or where the user says.
    Save,
    /// Write the session where the user says.
    SaveAs,
    /// Write the card where the user says.
    Export,
    /// Write the card in all sizes into a folder that the user chooses.
    ExportAll,
    /// Copy the previewed picture of the card.
    CopyCard,
    /// Choose a picture for the author's mark on cards.
    OpenBrand,
    /// Choose a file of landmarks: of both sides, or of one.
    ImportLandmarks(Option<Side>),
    /// Write the landmarks where the user says.
    ExportLandmarks(Option<Side>),
    /// Choose a labelme file of findings on a side.
    ImportFindings(Side),
    /// Write the findings where the user says.
    ExportFindings(FindingFormat),
    /// Hide which side is which, by a new seed.
    JudgeBlind,
    /// Ask whether to say which side is which.
    Reveal,
    /// Begin an empty session.
    Begin,
    /// Open the bundled pair.
    OpenSample,
    /// Type the path of a file to open or write.
    TypePath,
    /// Change what a picture may measure.
    Limits,
    /// Show or hide the help page.
    Help,
    /// Close the window.
    Quit,
}

/// What waits for an answer about unsaved work.
#[derive(Clone, Debug)]
pub(super) enum Leaving {
    Quit,
    Begin,
    OpenSample,
    OpenSession(PathBuf),
}

/// Commands and requests in the order they were made; the app drains it after drawing.
#[derive(Default)]
pub struct Outbox {
    pub(super) commands: Vec<Command>,
    pub(super) asks: Vec<Ask>,
}

impl Outbox {
    /// Asks the session for `command`.
    pub fn send(&mut self, command: Command) {
        self.commands.push(command);
    }

    /// Asks the window for something.
    pub fn ask(&mut self, ask: Ask) {
        self.asks.push(ask);
    }
}
