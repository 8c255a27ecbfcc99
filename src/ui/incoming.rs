//! What comes in from outside: dropped files and pasted pictures.

use std::{path::PathBuf, sync::Arc};

use egui::{Event, Rect};

use super::outbox::Outbox;
use crate::{
    document::{Document, PerSide, Side},
    raster::{Picture, Pixels},
    session::{Command, Session},
    storage::recipe,
};

/// No pictures yet, and the default recipe.
pub(super) fn empty_document() -> Document {
    recipe(None).map(Document::new).unwrap_or_default()
}

/// A session, or one or two pictures: two are A and B; one goes to `preferred`, else to the first
/// side without a picture, else to A.
pub(super) fn open_paths(
    session: &Session,
    paths: &[PathBuf],
    preferred: Option<Side>,
    out: &mut Outbox,
) {
    let is_session = |path: &PathBuf| path.extension().is_some_and(|ext| ext == "ron");
    if let Some(path) = paths.iter().find(|path| is_session(path)) {
        out.send(Command::OpenSession(path.clone()));
        return;
    }
    match paths {
        [] => (),
        [path] => {
            let side = preferred.unwrap_or_else(|| side_for_one(session));
            out.send(Command::OpenPicture(side, path.clone()));
        }
        [a, b, ..] => {
            out.send(Command::OpenPicture(Side::A, a.clone()));
            out.send(Command::OpenPicture(Side::B, b.clone()));
        }
    }
}

fn side_for_one(session: &Session) -> Side {
    let sources = &session.document().sources;
    Side::BOTH.into_iter().find(|side| sources[*side].is_none()).unwrap_or(Side::A)
}

/// Takes dropped files and pasted pictures; they go to the pane under the pointer.
pub(super) fn take(
    ctx: &egui::Context,
    session: &Session,
    panes: &PerSide<Rect>,
    out: &mut Outbox,
) {
    let (pointer, dropped, pasted) = ctx.input(|input| {
        let dropped: Vec<PathBuf> =
            input.raw.dropped_files.iter().map(|file| file.path().to_owned()).collect();
        let pasted = input.events.iter().find_map(|event| match event {
            Event::PasteImage(image) => Some(Arc::clone(image)),
            _ => None,
        });
        (input.pointer.latest_pos(), dropped, pasted)
    });
    let under =
        Side::BOTH.into_iter().find(|side| pointer.is_some_and(|p| panes[*side].contains(p)));
    open_paths(session, &dropped, under, out);
    if let Some(image) = pasted {
        let side = under.unwrap_or_else(|| side_for_one(session));
        let pixels = image.pixels.iter().map(egui::Color32::to_srgba_unmultiplied).collect();
        if let Some(picture) = Picture::new(image.width(), image.height(), Pixels::Rgba8(pixels)) {
            out.send(Command::PastePicture(side, Arc::new(picture)));
        }
    }
}
