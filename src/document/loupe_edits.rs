//! What edits do to loupes.

use super::{Document, EditError, Loupe, LoupeId, LoupePlace, Recipe, order::put_before};

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
    put_before(&mut document.loupes, |loupe| loupe.id, id, before).ok_or(EditError::NoSuchLoupe)
}

fn place_of(document: &Document, id: LoupeId) -> Result<usize, EditError> {
    let found = document.loupes.iter().position(|loupe| loupe.id == id);
    found.ok_or(EditError::NoSuchLoupe)
}

/// See [`Edit::SetRecipe`](super::Edit::SetRecipe).
pub(super) fn set_recipe(document: &mut Document, recipe: Recipe) {
    let is_alike = |one: &Loupe, other: &Loupe| one.name == other.name && one.place == other.place;
    let before = Loupe::of_recipe(&document.recipe);
    let own = std::mem::take(&mut document.loupes);
    let own = own.into_iter().filter(|loupe| !before.iter().any(|old| is_alike(old, loupe)));
    let own: Vec<Loupe> = own.collect();
    let first = own.iter().map(|loupe| loupe.id.0 + 1).max().unwrap_or(0);
    let new = (first..).zip(Loupe::of_recipe(&recipe));
    document.loupes = new.map(|(id, loupe)| Loupe { id: LoupeId(id), ..loupe }).collect();
    document.loupes.extend(own);
    document.card.layout = recipe.layout.unwrap_or(document.card.layout);
    document.recipe = recipe;
}
