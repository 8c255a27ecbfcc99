//! Findings from files and into files.

use std::{path::PathBuf, sync::Arc};

use super::{
    Session,
    job::{Job, Outcome, Work},
    notice::Severity,
    update::JobKind,
};
use crate::{
    document::{Document, Edit, FindingEdit, Side},
    storage::{FindingFormat, FindingsRead, read_findings, write_findings},
};

/// Findings to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FindingExport {
    /// Where to; of a format that is a folder, the folder.
    pub path: PathBuf,
    /// As what.
    pub format: FindingFormat,
}

impl Session {
    pub(super) fn write_findings(&mut self, export: FindingExport) -> Vec<Job> {
        let document = Arc::clone(self.document());
        vec![self.job(JobKind::default(), Work::WriteFindings(document, export))]
    }

    pub(super) fn read_findings(&mut self, path: PathBuf, side: Side) -> Vec<Job> {
        if self.document().sources[side].is_none() {
            let text = format!("Not imported: side {side} has no picture; open its picture first");
            self.notify(Severity::Error, text);
            return Vec::new();
        }
        vec![self.job(JobKind::default(), Work::ReadFindings(path, side))]
    }

    /// Findings are read: they come after those there are, as one step.
    pub(super) fn add_findings(&mut self, side: Side, read: FindingsRead) {
        let n = read.findings.len();
        let source = self.document().sources[side].as_ref();
        let size = source.map(|source| (source.width, source.height));
        let other = read.sizes[side].filter(|of_file| Some(*of_file) != size);
        for warning in read.warnings {
            self.notify(Severity::Warning, warning);
        }
        if let Some((width, height)) = other {
            let text = format!(
                "The file's findings are for a picture of {width}x{height}; side {side} has \
                 another size, so they may lie elsewhere"
            );
            self.notify(Severity::Warning, text);
        }
        drop(self.edit(Edit::Findings(FindingEdit::Add(read.findings, None)), None));
        self.notify(Severity::Done, format!("Imported {n} findings on {side}"));
    }
}

/// Writes findings.
pub(super) fn write(document: &Document, export: &FindingExport) -> Outcome {
    match write_findings(document, export.format, &export.path) {
        Ok(files) => Outcome::FindingsWritten(files),
        Err(err) => Outcome::Failed(err.to_string()),
    }
}

/// Reads findings.
pub(super) fn read(path: &std::path::Path, side: Side) -> Outcome {
    match read_findings(path, side) {
        Ok(read) => Outcome::FindingsRead(side, read),
        Err(err) => Outcome::Failed(err.to_string()),
    }
}
