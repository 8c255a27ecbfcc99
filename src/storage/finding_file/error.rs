//! Why findings were not read or written.

use std::path::PathBuf;

use crate::storage::WriteError;

/// Why findings were not read or written; no file is half written.
#[derive(Debug, thiserror::Error)]
pub enum FindingFileError {
    /// The file cannot be read.
    #[error("could not open {}: {source}; check the path", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// The system's reason.
        source: std::io::Error,
    },
    /// The file does not say what it should.
    #[error("could not read findings from {}: {reason}", path.display())]
    Content {
        /// The file.
        path: PathBuf,
        /// What is wrong, where, and what is expected.
        reason: String,
    },
    /// The findings do not fit the format, or must not be written there.
    #[error("could not write findings to {}: {reason}", path.display())]
    Unwritable {
        /// The file or folder.
        path: PathBuf,
        /// What does not fit and what to do.
        reason: String,
    },
    /// The file cannot be written.
    #[error(transparent)]
    Write(#[from] WriteError),
}
