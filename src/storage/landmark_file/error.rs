//! Why a landmark file was not read or written.

use std::path::{Path, PathBuf};

use super::LandmarkFormat;
use crate::storage::WriteError;

/// Why landmarks were not read or written; nothing has changed.
#[derive(Debug, thiserror::Error)]
pub enum LandmarkFileError {
    /// The file cannot be read.
    #[error("could not open {}: {source}; check the path", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// The system's reason.
        source: std::io::Error,
    },
    /// The file does not say what it should.
    #[error("could not read landmarks from {}, line {line}: {reason}", path.display())]
    Content {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// What is wrong there and what is expected.
        reason: String,
    },
    /// The file is sound, but its places cannot be put on a picture.
    #[error("could not read landmarks from {}: {reason}", path.display())]
    Unplaced {
        /// The file.
        path: PathBuf,
        /// What is missing and what to do.
        reason: String,
    },
    /// Nothing tells the format.
    #[error(
        "could not read landmarks from {}: the extension names no known format; use one of {}",
        .0.display(), endings()
    )]
    UnknownFormat(PathBuf),
    /// The landmarks do not fit the format.
    #[error("could not write landmarks to {}: {reason}", path.display())]
    Unwritable {
        /// The file.
        path: PathBuf,
        /// What does not fit and what to do.
        reason: String,
    },
    /// The file cannot be written.
    #[error(transparent)]
    Write(#[from] WriteError),
}

/// The usual extension of each format, each once.
fn endings() -> String {
    let mut endings: Vec<&str> = Vec::new();
    for ending in LandmarkFormat::ALL.iter().filter_map(|format| format.extensions().first()) {
        if !endings.contains(ending) {
            endings.push(ending);
        }
    }
    endings.iter().map(|ending| format!(".{ending}")).collect::<Vec<_>>().join(", ")
}

/// What is wrong in a line, and what is expected there.
pub(super) type LineError = (usize, String);

/// What a reader found wrong.
#[derive(Debug)]
pub(super) enum Flaw {
    /// The text itself.
    Line(LineError),
    /// What is needed besides the text.
    Unplaced(String),
}

impl From<LineError> for Flaw {
    fn from(error: LineError) -> Self {
        Self::Line(error)
    }
}

impl Flaw {
    pub(super) fn of_file(self, path: &Path) -> LandmarkFileError {
        let path = path.to_owned();
        match self {
            Self::Line((line, reason)) => LandmarkFileError::Content { path, line, reason },
            Self::Unplaced(reason) => LandmarkFileError::Unplaced { path, reason },
        }
    }
}
