//! What is built in must be readable.

use crate::{
    document::{Arrangement, FrameChoice},
    storage::{presets, read_session, recipe, sample},
};

#[test]
fn the_default_recipe_is_there_and_sound() {
    let recipe = recipe(None).unwrap();
    let (right, left) = recipe.face_unit.clone().unwrap();
    let (right, left) =
        (recipe.landmark(&right).unwrap().mean, recipe.landmark(&left).unwrap().mean);
    assert!((left.0 - right.0 - 1.0).abs() < 1e-12, "its face unit is not one");
    for loupe in &recipe.loupes {
        assert!(loupe.near.iter().all(|name| recipe.landmark(name).is_some()), "{}", loupe.name);
    }
    assert_eq!(super::super::recipe(Some(&recipe.name)), Ok(recipe.clone()));
}

#[test]
fn an_unknown_recipe_is_refused_with_those_there_are() {
    let error = recipe(Some("elbow")).unwrap_err();
    assert!(error.contains("elbow") && error.contains("smile-and-glasses"), "{error}");
}

#[test]
fn the_first_preset_is_the_default_one() {
    assert_eq!(presets().first(), Some(&crate::document::Preset::default()));
}

#[test]
fn the_sample_unpacks_and_opens() {
    let folder = tempfile::tempdir().unwrap();
    let session = sample(&folder.path().join("new")).unwrap();
    let document = read_session(&session).unwrap();
    for (_, source) in document.sources.iter() {
        let source = source.as_ref().unwrap();
        let found = crate::storage::read_picture(&source.path, crate::storage::Limits::default());
        let found = found.unwrap();
        assert_eq!(found.info.sha256, source.sha256);
        let size = (source.width as usize, source.height as usize);
        assert_eq!((found.picture.width(), found.picture.height()), size);
    }
    assert!(Arrangement::of(&document, FrameChoice::Level).unwrap().pose.is_some());
    assert_eq!(sample(&folder.path().join("new")).unwrap(), session);
}
