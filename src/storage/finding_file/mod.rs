//! Files of findings for other programs, one file of code per format. Each states its format's origin;
//! ours is the outer corner of the first pixel with y down.

mod bounded;
mod coco;
mod csv;
mod cvat;
mod error;
mod labelme;
mod labelme_read;
mod pair;
mod placed;
mod remark;
mod text;

use std::path::{Path, PathBuf};

pub use error::FindingFileError;
pub use pair::{FindingsRead, read_finding_pair, read_findings};

use super::{SESSION_EXTENSION, guard_sources, write_whole};
use crate::document::{Document, PerSide, Side, Source};

/// A format that findings are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FindingFormat {
    /// A folder with a JSON file a side, which are also read.
    Labelme,
    /// One JSON file for both sides.
    Coco,
    /// One XML file for both sides.
    Cvat,
    /// A table, one finding a row.
    Csv,
}

impl FindingFormat {
    /// All, in the order of lists.
    pub const ALL: [Self; 4] = [Self::Labelme, Self::Coco, Self::Cvat, Self::Csv];

    /// The name on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Labelme => "labelme",
            Self::Coco => "coco",
            Self::Cvat => "cvat",
            Self::Csv => "csv",
        }
    }

    /// The format of this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.name() == name)
    }

    /// What it is, for people.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Labelme => "labelme: a folder with a JSON file for each side",
            Self::Coco => "COCO: one JSON file for both sides",
            Self::Cvat => "CVAT for images 1.1: one XML file for both sides",
            Self::Csv => "CSV: a table with one finding a row",
        }
    }

    /// What its file's name ends in after a dot; `None` of the one that is a folder.
    #[must_use]
    pub const fn extension(self) -> Option<&'static str> {
        match self {
            Self::Labelme => None,
            Self::Coco => Some("json"),
            Self::Cvat => Some("xml"),
            Self::Csv => Some("csv"),
        }
    }
}

/// Writes the findings of `document`, each file whole or not at all, and returns the files. Of
/// [labelme's format](FindingFormat::Labelme) `path` is the folder, which is made where it is missing.
/// Same document, same bytes.
///
/// # Errors
/// See [`FindingFileError`]. Nothing is written over a side's picture or under a session's name.
pub fn write_findings(
    document: &Document,
    format: FindingFormat,
    path: &Path,
) -> Result<Vec<PathBuf>, FindingFileError> {
    let fail = |reason| FindingFileError::Unwritable { path: path.to_owned(), reason };
    if format != FindingFormat::Csv {
        check_pictures(document).map_err(fail)?;
    }
    let files = match format {
        FindingFormat::Labelme => labelme_files(document, path).map_err(fail)?,
        FindingFormat::Coco => vec![(path.to_owned(), coco::write(document).map_err(fail)?)],
        FindingFormat::Cvat => vec![(path.to_owned(), cvat::write(document))],
        FindingFormat::Csv => vec![(path.to_owned(), csv::write(document))],
    };
    for (file, _) in &files {
        guard_sources(file, &document.sources)?;
        if file.to_string_lossy().ends_with(SESSION_EXTENSION) {
            let reason = "it is a session's name; choose another".to_owned();
            return Err(FindingFileError::Unwritable { path: file.clone(), reason });
        }
    }
    if format == FindingFormat::Labelme {
        make_folder(path).map_err(fail)?;
    }
    for (file, text) in &files {
        write_whole(file, text.as_bytes())?;
    }
    Ok(files.into_iter().map(|(file, _)| file).collect())
}

/// Refuses a document where a finding lies on or belongs to a side that has no picture.
fn check_pictures(document: &Document) -> Result<(), String> {
    let missing = |side: &Side| document.sources[*side].is_none();
    let is_needed = |side: &Side| {
        let mut findings = document.findings.iter();
        findings.any(|finding| finding.on == *side || finding.belongs.holds(*side))
    };
    if let Some(side) = Side::BOTH.into_iter().filter(missing).find(is_needed) {
        return Err(format!("side {side} has findings but no picture; open its picture first"));
    }
    if Side::BOTH.iter().all(missing) {
        return Err("no side has a picture; open one first".to_owned());
    }
    Ok(())
}

/// A file for each side that has a picture, named after it; with the side's letter where both have
/// one name.
fn labelme_files(document: &Document, folder: &Path) -> Result<Vec<(PathBuf, String)>, String> {
    let stem = |source: &Source| match source.path.file_stem() {
        Some(stem) => stem.to_string_lossy().into_owned(),
        None => source.file_name(),
    };
    let stems = document.sources.as_ref().map(|source| source.as_ref().map(stem));
    // Many file systems take upper and lower case for one.
    let is_shared = stems.as_ref().map(|stem| stem.as_ref().map(|stem| stem.to_lowercase()));
    let is_shared = is_shared.a == is_shared.b;
    let mut files = Vec::new();
    for (side, source) in document.sources.iter() {
        let Some((source, stem)) = source.as_ref().zip(stems[side].as_ref()) else { continue };
        let name = if is_shared { format!("{stem}-{side}.json") } else { format!("{stem}.json") };
        files.push((folder.join(name), labelme::write(document, side, source)?));
    }
    Ok(files)
}

fn make_folder(path: &Path) -> Result<(), String> {
    if path.is_dir() {
        return Ok(());
    }
    if path.exists() {
        return Err("it is a file and a folder is needed; choose another name".to_owned());
    }
    std::fs::create_dir_all(path)
        .map_err(|error| format!("{error}; choose a folder that can be written"))
}

/// What each picture is called in files that hold both: its file's name, after its folder's where
/// both have one name. Empty without a picture.
fn picture_names(sources: &PerSide<Option<Source>>) -> PerSide<String> {
    let name = |source: &Option<Source>| source.as_ref().map(Source::file_name);
    let names = sources.as_ref().map(name);
    let is_shared = names.a == names.b;
    PerSide::from_fn(|side| {
        let folder = sources[side].as_ref().and_then(|source| source.path.parent()?.file_name());
        match (names[side].clone(), folder) {
            (Some(name), Some(folder)) if is_shared => {
                format!("{}/{name}", folder.to_string_lossy())
            }
            (name, _) => name.unwrap_or_default(),
        }
    })
}
