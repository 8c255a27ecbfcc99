//! What edits do to loupes.

use super::{Document, Loupe, LoupeId, LoupePlace, edit::EditError};

pub(super) fn loupe_mut(document: &mut Document, id: LoupeId) -> Result<&mut Loupe, EditError> {
    document.loupes.iter_mut().find(|loupe| loupe.id == id).ok_or(EditError::NoSuchLoupe)
}

pub(super) fn check_loupe_place(place: &LoupePlace) -> Result<(), EditError> {
    if place.is_sound() { Ok(()) } else { Err(EditError::Unsound("the loupe's place")) }
}

/// The name as it is kept; two loupes may have one name.
pub(super) fn loupe_name(name: &str) -> Result<String, EditError> {
    let name = name.trim();
    if name.is_empty() {
        return Err(EditError::Unsound("an empty loupe name"));
    }
    Ok(name.to_owned())
}

pub(super) fn add_loupe(
    document: &mut Document,
    name: &str,
    place: LoupePlace,
    after: Option<LoupeId>,
) -> Result<(), EditError> {
    check_loupe_place(&place)?;
    let name = loupe_name(name)?;
    let id = LoupeId(document.loupes.iter().map(|loupe| loupe.id.0 + 1).max().unwrap_or(0));
    let idx = match after {
        Some(after) => place_of(document, after)? + 1,
        None => document.loupes.len(),
    };
    document.loupes.insert(idx, Loupe { id, name, place });
    Ok(())
}

pub(super) fn move_loupe(
    document: &mut Document,
    id: LoupeId,
    before: Option<LoupeId>,
) -> Result<(), EditError> {
    let idx = place_of(document, id)?;
    if before == Some(id) {
        return Ok(());
    }
    // Refused before anything is moved.
    if let Some(before) = before {
        place_of(document, before)?;
    }
    let loupe = document.loupes.remove(idx);
    let to = match before {
        Some(before) => place_of(document, before)?,
        None => document.loupes.len(),
    };
    document.loupes.insert(to, loupe);
    Ok(())
}

fn place_of(document: &Document, id: LoupeId) -> Result<usize, EditError> {
    let found = document.loupes.iter().position(|loupe| loupe.id == id);
    found.ok_or(EditError::NoSuchLoupe)
}
