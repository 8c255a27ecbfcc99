//! What edits do to landmarks.

use super::{
    Document, EditError, ImportedLandmark, Landmark, LandmarkId, LoupePlace, Mark, PerSide, Side,
};
use crate::geometry::ImagePoint;

/// Known names keep their identity and weight and, where the file is of `side` alone, what is known
/// of the other side.
pub(super) fn replace_landmarks(
    document: &mut Document,
    landmarks: Vec<ImportedLandmark>,
    side: Option<Side>,
) -> Result<(), EditError> {
    let before = std::mem::take(&mut document.landmarks);
    let mut next = next_id(&before);
    for ImportedLandmark { name, at, is_active } in landmarks {
        let known = before.iter().find(|landmark| landmark.name == name.trim());
        let mut marks = at.map(|at| at.map(Mark::confirmed));
        if let Some((side, known)) = side.zip(known) {
            marks[side.other()] = known.at[side.other()];
        }
        add_landmark(document, &name, marks)?;
        // One that is marked nowhere was not added.
        let added = document.landmarks.last_mut();
        let Some(added) = added.filter(|added| added.name == name.trim()) else { continue };
        added.is_active = is_active;
        if let Some(known) = known {
            (added.id, added.weight) = (known.id, known.weight);
            added.is_active = if side.is_some() { known.is_active } else { is_active };
        } else {
            added.id = LandmarkId(next);
            next += 1;
        }
    }
    Ok(())
}

/// An identity that none of these has.
fn next_id(landmarks: &[Landmark]) -> u32 {
    landmarks.iter().map(|l| l.id.0 + 1).max().unwrap_or(0)
}

pub(super) fn rename(document: &mut Document, id: LandmarkId, name: &str) -> Result<(), EditError> {
    if name.is_empty() {
        return Err(EditError::Unsound("an empty landmark name"));
    }
    if document.landmark_named(name).is_some_and(|other| other.id != id) {
        return Err(EditError::NameTaken(name.to_owned()));
    }
    let landmark = landmark_mut(document, id)?;
    let old = std::mem::replace(&mut landmark.name, name.to_owned());
    // Loupes that are held by it stay with it.
    for loupe in &mut document.loupes {
        if let LoupePlace::Face { near, .. } = &mut loupe.place {
            for held_by in near.iter_mut().filter(|held_by| **held_by == old) {
                name.clone_into(held_by);
            }
        }
    }
    Ok(())
}

pub(super) fn landmark_mut(
    document: &mut Document,
    id: LandmarkId,
) -> Result<&mut Landmark, EditError> {
    document.landmarks.iter_mut().find(|l| l.id == id).ok_or(EditError::NoSuchLandmark)
}

pub(super) fn place(
    document: &mut Document,
    id: LandmarkId,
    side: Side,
    mark: Mark,
) -> Result<(), EditError> {
    check_place(mark.at)?;
    landmark_mut(document, id)?.at[side] = Some(mark);
    Ok(())
}

fn check_place(at: ImagePoint) -> Result<(), EditError> {
    if at.is_finite() { Ok(()) } else { Err(EditError::Unsound("the landmark's place")) }
}

pub(super) fn add_landmark(
    document: &mut Document,
    name: &str,
    at: PerSide<Option<Mark>>,
) -> Result<(), EditError> {
    let name = name.trim().to_owned();
    if name.is_empty() {
        return Err(EditError::Unsound("an empty landmark name"));
    }
    if document.landmark_named(&name).is_some() {
        return Err(EditError::NameTaken(name));
    }
    if at.a.is_none() && at.b.is_none() {
        return Ok(());
    }
    for mark in [at.a, at.b].into_iter().flatten() {
        check_place(mark.at)?;
    }
    let id = LandmarkId(next_id(&document.landmarks));
    document.landmarks.push(Landmark { id, name, at, is_active: true, weight: 1.0 });
    Ok(())
}
