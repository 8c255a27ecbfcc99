//! Session files: `.diptych.ron`, with every source by its path relative to the file and its hash.

use std::path::{Path, PathBuf};

use super::{
    atomic::{WriteError, write_whole},
    schema::{FORMAT, Header, SessionV1, VERSION},
};
use crate::document::{Document, Side};

/// What a session file's name ends with.
pub const SESSION_EXTENSION: &str = ".diptych.ron";

/// Why a session was not read.
#[derive(Debug, thiserror::Error)]
pub enum SessionFileError {
    /// The file cannot be read.
    #[error("could not open {}: {source}; check the path", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// The system's reason.
        source: std::io::Error,
    },
    /// It is some other file.
    #[error("could not open {}: it is not a Diptych session", .0.display())]
    NotASession(PathBuf),
    /// It was written by a later program.
    #[error(
        "could not open {}: it has format version {version}, this program reads up to {VERSION}; \
         use a newer Diptych", path.display()
    )]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its version.
        version: u32,
    },
    /// It does not say what it should.
    #[error("could not open {}: {reason}; mend the file or go back to an older copy", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What is wrong, with its place.
        reason: String,
    },
}

/// Reads the session at `path`. Source paths come back joined to the session's folder; the sources
/// themselves are not looked at.
///
/// # Errors
/// See [`SessionFileError`].
pub fn read_session(path: &Path) -> Result<Document, SessionFileError> {
    let bytes = std::fs::read(path)
        .map_err(|source| SessionFileError::Read { path: path.to_owned(), source })?;
    let text =
        String::from_utf8(bytes).map_err(|_| SessionFileError::NotASession(path.to_owned()))?;
    read_session_text(&text, path)
}

/// The same from the file's text; `path` is where it stands.
///
/// # Errors
/// See [`SessionFileError`].
pub fn read_session_text(text: &str, path: &Path) -> Result<Document, SessionFileError> {
    let header: Header =
        ron::from_str(text).map_err(|_| SessionFileError::NotASession(path.to_owned()))?;
    if header.format != FORMAT {
        return Err(SessionFileError::NotASession(path.to_owned()));
    }
    if header.version > VERSION {
        return Err(SessionFileError::Newer { path: path.to_owned(), version: header.version });
    }
    let damaged = |reason| SessionFileError::Damaged { path: path.to_owned(), reason };
    let file: SessionV1 = ron::from_str(text).map_err(|err| damaged(err.to_string()))?;
    let mut document = file.into_document().map_err(damaged)?;
    let folder = folder_of(path);
    for side in Side::BOTH {
        if let Some(source) = &mut document.sources[side] {
            source.path = folder.join(&source.path);
        }
    }
    Ok(document)
}

fn folder_of(path: &Path) -> PathBuf {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    absolute.parent().map(Path::to_owned).unwrap_or_default()
}

/// Writes `document` to `path`, whole or not at all. Same document, same bytes.
///
/// # Errors
/// See [`WriteError`].
pub fn write_session(document: &Document, path: &Path) -> Result<(), WriteError> {
    write_whole(path, write_session_text(document, path).as_bytes())
}

/// The text of the session file of `document` at `path`.
#[must_use]
pub fn write_session_text(document: &Document, path: &Path) -> String {
    let folder = folder_of(path);
    let file = SessionV1::of(document, |source| relative_text(&source.path, &folder));
    let style = ron::ser::PrettyConfig::new().new_line("\n").depth_limit(4);
    let mut text = ron::ser::to_string_pretty(&file, style).unwrap_or_default();
    text.push('\n');
    text
}

/// `path` seen from `folder`, with forward slashes; as it is where there is no way between them.
fn relative_text(path: &Path, folder: &Path) -> String {
    let real = |path: &Path| {
        path.canonicalize().or_else(|_| std::path::absolute(path)).unwrap_or_else(|_| path.into())
    };
    let relative = pathdiff::diff_paths(real(path), real(folder));
    let text = relative.as_deref().unwrap_or(path).to_string_lossy().into_owned();
    if cfg!(windows) { text.replace('\\', "/") } else { text }
}
