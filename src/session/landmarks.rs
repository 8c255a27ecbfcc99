//! Landmarks from files and into files.

use std::path::{Path, PathBuf};

use super::{
    Session,
    job::{Job, LandmarkExport, Outcome, Work},
    notice::Severity,
    run::refuse_session_name,
    update::JobKind,
};
use crate::{
    document::{Document, Edit, ImportedLandmark, Landmark, PerSide, Side},
    storage::{
        LandmarkFile, NamedPair, PictureSize, SidePoint, TemplateMap, guard_sources, number_of,
        numbered, pair_up, write_landmarks,
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
        if let Some(why) = not_to_import(self.document(), &file, side) {
            let text = format!("Could not import landmarks from {}: {why}", path.display());
            self.notify(Severity::Error, text);
            return;
        }
        let (pairs, template) = match (file, side) {
            (LandmarkFile::Pairs(mut pairs), None) => {
                let template = TemplateMap::name_pairs(&mut pairs);
                (pairs, template)
            }
            (LandmarkFile::Side(_), None) => return,
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
        drop(self.edit(Edit::ReplaceLandmarks(imported.collect(), side), None));
        if std::sync::Arc::ptr_eq(&before, self.document()) {
            return;
        }
        let of_template = template.map(|template| format!(", named as {}", template.name));
        let n_pairs = self.document().landmarks.iter().filter(|l| l.pair().is_some()).count();
        let text = format!(
            "Imported {}: {}, {n_pairs} on both sides{}",
            path.display(),
            counted(self.document().landmarks.len()),
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
            let text = format!("{} switched off, as in the file", counted(n_off));
            self.notify(Severity::Warning, text);
        }
        for (side, source) in document.sources.iter() {
            let Some(source) = source else { continue };
            let is_outside =
                |landmark: &&Landmark| landmark.at[side].is_some_and(|mark| !source.holds(mark.at));
            let n = document.landmarks.iter().filter(is_outside).count();
            if n > 0 {
                let text = format!("{} outside of the picture of side {side}", counted(n));
                self.notify(Severity::Warning, text);
            }
        }
        let count = |side: Side| document.landmarks.iter().filter(|l| l.at[side].is_some()).count();
        let (n_a, n_b) = (count(Side::A), count(Side::B));
        if is_one_side && n_a != n_b && n_a.min(n_b) > 0 {
            let text =
                format!("{} on side A, {n_b} on side B: the rest have no pair", counted(n_a));
            self.notify(Severity::Warning, text);
        }
    }
}

/// `1 landmark`, `2 landmarks`.
fn counted(n: usize) -> String {
    format!("{n} landmark{}", if n == 1 { "" } else { "s" })
}

/// Why a file must not take the place of what there is, if it must not.
fn not_to_import(document: &Document, file: &LandmarkFile, side: Option<Side>) -> Option<String> {
    let n_marked = match (file, side) {
        (LandmarkFile::Side(points), _) => points.iter().filter(|p| p.at.is_some()).count(),
        (LandmarkFile::Pairs(pairs), Some(side)) => {
            pairs.iter().filter(|pair| pair.at[side].is_some()).count()
        }
        (LandmarkFile::Pairs(pairs), None) => pairs.len(),
    };
    if n_marked == 0 && !document.landmarks.is_empty() {
        return Some("it holds no landmarks; choose another file".to_owned());
    }
    let pairs = match (file, side) {
        (LandmarkFile::Side(_), None) => {
            return Some("it holds those of one side; say which".to_owned());
        }
        (LandmarkFile::Pairs(pairs), None) => pairs,
        _ => return None,
    };
    // Half of what is marked would go without a word.
    let lost = Side::BOTH.into_iter().find(|side| {
        pairs.iter().all(|pair| pair.at[*side].is_none())
            && document.landmarks.iter().any(|landmark| landmark.at[*side].is_some())
    })?;
    let kept = lost.other();
    Some(format!("it holds those of side {kept} alone; import it as side {kept}'s"))
}

/// A side's points beside the other side's marks: by name, or by place where they have no names.
fn merged(document: &Document, side: Side, mut points: Vec<SidePoint>) -> Vec<NamedPair> {
    // Those that are not marked on the other side hold their places in the list.
    let kept: Vec<SidePoint> = document
        .landmarks
        .iter()
        .map(|landmark| SidePoint {
            name: Some(landmark.name.clone()),
            at: landmark.at[side.other()].map(|mark| mark.at),
        })
        .collect();
    if is_numbered_alike(&kept, &points) {
        for (idx, point) in points.iter_mut().enumerate() {
            point.name.get_or_insert_with(|| numbered(idx + 1));
        }
    }
    let mut both = PerSide::default();
    both[side] = points;
    both[side.other()] = kept;
    pair_up(both)
}

/// Whether every known landmark is a point of the list by its name or its number: numbers outlive
/// points that are missing.
fn is_numbered_alike(kept: &[SidePoint], points: &[SidePoint]) -> bool {
    let is_in_list = |name: &str| {
        let is_named = points.iter().any(|point| point.name.as_deref() == Some(name));
        is_named || number_of(name).is_some_and(|n| (1..=points.len()).contains(&n))
    };
    let is_any_number =
        kept.iter().any(|k| k.name.as_deref().is_some_and(|n| number_of(n).is_some()));
    is_any_number && kept.iter().all(|point| point.name.as_deref().is_some_and(is_in_list))
}

/// Writes the landmarks of a document.
pub(super) fn write(document: &Document, export: &LandmarkExport) -> Result<Outcome, String> {
    let LandmarkExport { path, format, side } = export;
    guard_sources(path, &document.sources).map_err(|err| err.to_string())?;
    refuse_session_name(path, "another")?;
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
