//! Landmarks from files and into files.

use std::path::{Path, PathBuf};

use super::{
    Session,
    job::{Job, LandmarkExport, Outcome, Work},
    notice::Severity,
    update::JobKind,
};
use crate::{
    document::{Document, Edit, ImportedLandmark, Landmark, PerSide, Side},
    storage::{
        LandmarkFile, NamedPair, PictureSize, SidePoint, TemplateMap, guard_sources, pair_up,
        write_landmarks,
    },
};

fn sizes(document: &Document) -> PerSide<Option<PictureSize>> {
    document.sources.as_ref().map(|source| source.as_ref().map(|s| (s.width, s.height)))
}

impl Session {
    pub(super) fn read_landmarks(&mut self, path: PathBuf, side: Option<Side>) -> Vec<Job> {
        let sizes = sizes(self.document());
        vec![self.job(JobKind::default(), Work::ReadLandmarks { path, side, sizes })]
    }

    /// A landmark file is read: its landmarks are put in place of those there are, as one step.
    pub(super) fn import(&mut self, path: &Path, side: Option<Side>, file: LandmarkFile) {
        let (pairs, template) = match (file, side) {
            (LandmarkFile::Pairs(pairs), None) => (pairs, None),
            (LandmarkFile::Side(_), None) => {
                let text = format!(
                    "Could not import landmarks from {}: it holds those of one side; say which",
                    path.display()
                );
                self.notify(Severity::Error, text);
                return;
            }
            (file, Some(side)) => {
                let mut points = file.into_side(side);
                let template = TemplateMap::name_points(&mut points);
                (merged(self.document(), side, points), template)
            }
        };
        let imported = pairs.into_iter().map(|pair| ImportedLandmark {
            name: pair.name,
            at: pair.at,
            is_active: pair.is_active,
        });
        let before = self.document().clone();
        drop(self.edit(Edit::ReplaceLandmarks(imported.collect()), None));
        if std::sync::Arc::ptr_eq(&before, self.document()) {
            return;
        }
        let of_template = template.map(|template| format!(", named as {}", template.name));
        let n_pairs = self.document().landmarks.iter().filter(|l| l.pair().is_some()).count();
        let text = format!(
            "Imported {}: {} landmarks, {n_pairs} on both sides{}",
            path.display(),
            self.document().landmarks.len(),
            of_template.unwrap_or_default()
        );
        self.notify(Severity::Done, text);
        self.say_doubts(side.is_some());
    }

    /// What the reader of a landmark file may not have meant.
    fn say_doubts(&mut self, is_one_side: bool) {
        let document = std::sync::Arc::clone(self.document());
        let n_off = document.landmarks.iter().filter(|landmark| !landmark.is_active).count();
        if n_off > 0 {
            let text = format!("{n_off} landmarks are switched off, as they are in the file");
            self.notify(Severity::Warning, text);
        }
        for (side, source) in document.sources.iter() {
            let Some(source) = source else { continue };
            let is_outside =
                |landmark: &&Landmark| landmark.at[side].is_some_and(|mark| !source.holds(mark.at));
            let n = document.landmarks.iter().filter(is_outside).count();
            if n > 0 {
                let text = format!("{n} landmarks lie outside of the picture of side {side}");
                self.notify(Severity::Warning, text);
            }
        }
        let count = |side: Side| document.landmarks.iter().filter(|l| l.at[side].is_some()).count();
        let (n_a, n_b) = (count(Side::A), count(Side::B));
        if is_one_side && n_a != n_b && n_a.min(n_b) > 0 {
            let text = format!("{n_a} landmarks on side A, {n_b} on side B: the rest have no pair");
            self.notify(Severity::Warning, text);
        }
    }
}

/// A side's points beside the other side's marks: by name, or by place where they have no names.
fn merged(document: &Document, side: Side, points: Vec<SidePoint>) -> Vec<NamedPair> {
    let kept = document.landmarks.iter().filter_map(|landmark| {
        let at = landmark.at[side.other()]?.at;
        Some(SidePoint { name: Some(landmark.name.clone()), at: Some(at) })
    });
    let mut both = PerSide::default();
    both[side] = points;
    both[side.other()] = kept.collect();
    pair_up(both)
}

/// Writes the landmarks of a document.
pub(super) fn write(document: &Document, export: &LandmarkExport) -> Result<Outcome, String> {
    let LandmarkExport { path, format, side } = export;
    guard_sources(path, &document.sources).map_err(|err| err.to_string())?;
    let pairs: Vec<NamedPair> = document
        .landmarks
        .iter()
        .map(|landmark| NamedPair {
            name: landmark.name.clone(),
            at: landmark.at.map(|mark| mark.map(|mark| mark.at)),
            is_active: landmark.is_active,
        })
        .collect();
    write_landmarks(path, *format, &pairs, *side, sizes(document))
        .map_err(|err| err.to_string())?;
    Ok(Outcome::LandmarksWritten(path.clone()))
}
