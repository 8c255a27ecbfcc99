//! Writing a file whole or not at all.

use std::{
    io::Write as _,
    path::{Path, PathBuf},
};

use crate::document::{PerSide, Source};

/// Why a file was not written; what lay there before is untouched.
#[derive(Debug, thiserror::Error)]
#[error("could not write {}: {source}; choose another name in a folder that can be written", path.display())]
pub struct WriteError {
    path: PathBuf,
    source: std::io::Error,
}

/// Puts `bytes` at `path`: a reader sees the old file or the whole new one, never half.
///
/// # Errors
/// When the folder does not exist or cannot be written, or `path` is a folder.
pub fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    Prepared::new(path, bytes)?.put()
}

/// Makes a folder and those above it, where they do not exist.
///
/// # Errors
/// When it cannot be made.
pub fn make_folder(path: &Path) -> Result<(), WriteError> {
    std::fs::create_dir_all(path).map_err(|source| failure(path, &source))
}

/// Writes two files that belong together, each whole: where one cannot be made, the other is not either.
///
/// # Errors
/// See [`write_whole`].
pub fn write_both(files: [(&Path, &[u8]); 2]) -> Result<(), WriteError> {
    let [first, second] = files.map(|(path, bytes)| Prepared::new(path, bytes));
    let (first, second) = (first?, second?);
    first.put()?;
    second.put()
}

/// A whole file beside where it is to be.
struct Prepared<'a> {
    path: &'a Path,
    file: tempfile::NamedTempFile,
}

impl<'a> Prepared<'a> {
    fn new(path: &'a Path, bytes: &[u8]) -> Result<Self, WriteError> {
        let refused =
            |why| Err(WriteError { path: path.to_owned(), source: std::io::Error::other(why) });
        if path.is_dir() {
            return refused("it is a folder".to_owned());
        }
        let folder = match path.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        };
        if !folder.exists() {
            return refused(format!("there is no folder {}", folder.display()));
        }
        let fail = |source| failure(path, &source);
        let mut file = tempfile::Builder::new()
            .prefix(".diptych-")
            .permissions_like_a_new_file()
            .tempfile_in(folder)
            .map_err(fail)?;
        file.write_all(bytes).and_then(|()| file.as_file().sync_all()).map_err(fail)?;
        Ok(Self { path, file })
    }

    fn put(self) -> Result<(), WriteError> {
        self.file.persist(self.path).map(drop).map_err(|err| failure(self.path, &err.error))
    }
}

fn failure(path: &Path, source: &std::io::Error) -> WriteError {
    // The temporary neighbour's name would only confuse.
    let plain = source.raw_os_error().map(std::io::Error::from_raw_os_error);
    let source = plain.unwrap_or_else(|| source.kind().into());
    WriteError { path: path.to_owned(), source }
}

/// Refuses to write over one of the pictures that a document is made of.
///
/// # Errors
/// When `path` leads to a source's own file.
pub fn guard_sources(path: &Path, sources: &PerSide<Option<Source>>) -> Result<(), WriteError> {
    let real = path.canonicalize().ok();
    let is_source = |source: &Source| real.is_some() && source.path.canonicalize().ok() == real;
    if sources.iter().any(|(_, source)| source.as_ref().is_some_and(is_source)) {
        let source = std::io::Error::other("it is the picture of a side");
        return Err(WriteError { path: path.to_owned(), source });
    }
    Ok(())
}

/// Temporary files are private by default; a finished file should be as readable as any other.
trait PermissionsLikeANewFile {
    fn permissions_like_a_new_file(&mut self) -> &mut Self;
}

impl PermissionsLikeANewFile for tempfile::Builder<'_, '_> {
    #[cfg(unix)]
    fn permissions_like_a_new_file(&mut self) -> &mut Self {
        use std::os::unix::fs::PermissionsExt as _;
        // The process's umask is applied on top.
        self.permissions(std::fs::Permissions::from_mode(0o666))
    }

    #[cfg(not(unix))]
    fn permissions_like_a_new_file(&mut self) -> &mut Self {
        self
    }
}
