//! The findings of the files of one or both sides.

use std::path::Path;

use super::{
    FindingFileError,
    labelme_read::{Entries, Entry, read},
};
use crate::{
    document::{Belongs, Finding, PerSide, Side},
    storage::PictureSize,
};

/// What was read.
#[derive(Clone, Debug, PartialEq)]
pub struct FindingsRead {
    /// In the order of their numbers where they have some, else of the files. Their identities are
    /// for the document to give.
    pub findings: Vec<Finding>,
    /// What was left out or is doubtful, one sentence each.
    pub warnings: Vec<String>,
    /// Width and height that each file says its picture has.
    pub sizes: PerSide<Option<PictureSize>>,
}

/// Reads the findings of one side from a JSON file of labelme, ours or another's.
///
/// Shapes that only show where a finding of the other side lies are passed over, unless they are
/// what was drawn.
///
/// # Errors
/// See [`FindingFileError`].
pub fn read_findings(path: &Path, side: Side) -> Result<FindingsRead, FindingFileError> {
    let mut paths = PerSide::default();
    paths[side] = Some(path);
    read_finding_pair(paths)
}

/// Reads the findings of both sides' files. Shapes of one group and label, one in each file, are one
/// finding: it belongs to the sides where it is no ghost, and its shape is the one that was drawn.
/// Which one that is is said in files of ours; elsewhere it is A's.
///
/// # Errors
/// See [`FindingFileError`].
pub fn read_finding_pair(paths: PerSide<Option<&Path>>) -> Result<FindingsRead, FindingFileError> {
    let mut sizes = PerSide::default();
    let mut warnings = Vec::new();
    let mut entries = PerSide::new(Vec::new(), Vec::new());
    for side in Side::BOTH {
        let Some(path) = paths[side] else { continue };
        let Entries { list, warnings: said, size } = read(path, side)?;
        (entries[side], sizes[side]) = (list, size);
        warnings.extend(said);
    }
    let mut twins: Vec<Option<Entry>> = entries.b.into_iter().map(Some).collect();
    let mut found: Vec<(Option<i64>, Finding)> = Vec::new();
    for entry in entries.a {
        // Two that were drawn, each on its side, are two.
        let are_drawn =
            |other: &Entry| [&entry, other].iter().all(|entry| entry.is_original == Some(true));
        let is_twin = |other: &Entry| {
            other.group == entry.group && other.label == entry.label && !are_drawn(other)
        };
        let twin = twins
            .iter_mut()
            .find(|other| other.as_ref().is_some_and(is_twin))
            .filter(|_| entry.group.is_some())
            .and_then(Option::take);
        let group = entry.group;
        let finding = match twin {
            Some(twin) => merged(PerSide::new(entry, twin)),
            None => alone(entry),
        };
        found.extend(finding.map(|finding| (group, finding)));
    }
    let left = twins.into_iter().flatten();
    found.extend(left.filter_map(|entry| Some((entry.group, alone(entry)?))));
    // Those without a number come last.
    found.sort_by_key(|(group, _)| (group.is_none(), *group));
    let findings = found.into_iter().map(|(_, finding)| finding).collect();
    Ok(FindingsRead { findings, warnings, sizes })
}

/// The finding of a shape that has none in the other file; `None` of a ghost.
fn alone(entry: Entry) -> Option<Finding> {
    let is_drawn = entry.is_original == Some(true);
    (is_drawn || !entry.is_ghost).then_some(entry.finding)
}

/// The finding of two shapes that are one.
fn merged(both: PerSide<Entry>) -> Option<Finding> {
    let belongs = match (both.a.is_ghost, both.b.is_ghost) {
        (false, false) => Belongs::Both,
        (false, true) => Belongs::To(Side::A),
        (true, false) => Belongs::To(Side::B),
        (true, true) => return alone(both.a).or_else(|| alone(both.b)),
    };
    let drawn = Side::BOTH.into_iter().find(|side| both[*side].is_original == Some(true));
    let solid = Side::BOTH.into_iter().find(|side| !both[*side].is_ghost);
    let PerSide { a, b } = both;
    let entry = if drawn.or(solid) == Some(Side::B) { b } else { a };
    Some(Finding { belongs, ..entry.finding })
}
