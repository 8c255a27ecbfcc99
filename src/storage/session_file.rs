//! Session files: `.diptych.ron`, with every source by its path relative to the file and its hash.

use std::path::{Path, PathBuf};

use super::{
    atomic::{WriteError, write_whole},
    picture::sha256_hex,
    schema::{FORMAT, Header, SessionV1, VERSION},
};
use crate::document::{Document, PerSide, Source};

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

/// Reads the session at `path`, as it is shown where it is judged blind. Source paths come back joined
/// to the session's folder; the sources themselves are not looked at.
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
    let damaged = |reason| SessionFileError::Damaged { path: path.to_owned(), reason };
    // The name of the format alone tells a session that is cut off or mistyped from another file.
    let header: Header = ron::from_str(text).map_err(|err| {
        if text.contains(FORMAT) {
            damaged(err.to_string())
        } else {
            SessionFileError::NotASession(path.to_owned())
        }
    })?;
    if header.format != FORMAT {
        return Err(SessionFileError::NotASession(path.to_owned()));
    }
    if header.version > VERSION {
        return Err(SessionFileError::Newer { path: path.to_owned(), version: header.version });
    }
    let file: SessionV1 = ron::from_str(text).map_err(|err| damaged(err.to_string()))?;
    let mut document = file.into_document().map_err(damaged)?;
    let folder = folder_of(path);
    let PerSide { a, b } = &mut document.sources;
    for source in [a, b, &mut document.card.brand.picture].into_iter().flatten() {
        source.path = folder.join(&source.path);
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
    text_of(document, |source| relative_text(&source.path, &folder))
}

/// The hash of the session file of `document` as it is when it lies beside its pictures, so that it
/// depends neither on where it lies nor on whether it was saved. Lower-case hexadecimal SHA-256.
#[must_use]
pub fn session_sha256(document: &Document) -> String {
    sha256_hex(text_of(document, Source::file_name).as_bytes())
}

fn text_of(document: &Document, path_text: impl Fn(&Source) -> String) -> String {
    let file = SessionV1::of(document, path_text);
    let style = ron::ser::PrettyConfig::new().new_line("\n").depth_limit(4);
    let mut text = ron::ser::to_string_pretty(&file, style).unwrap_or_default();
    text.push('\n');
    text
}

/// `path` seen from `folder`, with forward slashes; as it is where there is no way between them.
/// Links among the folders are followed, so that the two meet; a link to the file itself is not.
fn relative_text(path: &Path, folder: &Path) -> String {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let real = match (path.parent().map(real_folder), path.file_name()) {
        (Some(parent), Some(name)) => parent.join(name),
        _ => path.clone(),
    };
    let relative = pathdiff::diff_paths(real, real_folder(folder));
    let text = relative.unwrap_or(path).to_string_lossy().into_owned();
    if cfg!(windows) { text.replace('\\', "/") } else { text }
}

/// `folder` without links and detours, as far as it exists.
fn real_folder(folder: &Path) -> PathBuf {
    folder.canonicalize().unwrap_or_else(|_| match (folder.parent(), folder.file_name()) {
        (Some(parent), Some(name)) => real_folder(parent).join(name),
        _ => folder.to_owned(),
    })
}
