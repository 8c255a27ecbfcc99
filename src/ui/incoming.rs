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

/// Dropped files that wait for the pointer: while something is dragged in from outside, the system
/// does not say where it is, only after the drop.
#[derive(Default)]
pub(super) struct Incoming {
    dropped: Vec<PathBuf>,
    /// When they go without one.
    deadline: f64,
}

/// Seconds that a drop waits for the pointer.
const PATIENCE: f64 = 0.5;

impl Incoming {
    /// Takes dropped files and pasted pictures; they go to the pane under the pointer.
    pub(super) fn take(
        &mut self,
        ctx: &egui::Context,
        session: &Session,
        panes: &PerSide<Rect>,
        out: &mut Outbox,
    ) {
        let (pointer, now, dropped, pasted) = ctx.input(|input| {
            let dropped: Vec<PathBuf> =
                input.raw.dropped_files.iter().map(|file| file.path().to_owned()).collect();
            let pasted = input.events.iter().find_map(|event| match event {
                Event::PasteImage(image) => Some(Arc::clone(image)),
                _ => None,
            });
            (input.pointer.latest_pos(), input.time, dropped, pasted)
        });
        let under =
            Side::BOTH.into_iter().find(|side| pointer.is_some_and(|p| panes[*side].contains(p)));
        if !dropped.is_empty() {
            self.dropped = dropped;
            self.deadline = now + PATIENCE;
        }
        let is_waiting = pointer.is_none() && now < self.deadline && self.dropped.len() == 1;
        if is_waiting {
            ctx.request_repaint();
        } else {
            open_paths(session, &std::mem::take(&mut self.dropped), under, out);
        }
        if let Some(image) = pasted {
            let side = under.unwrap_or_else(|| side_for_one(session));
            let pixels = image.pixels.iter().map(egui::Color32::to_srgba_unmultiplied).collect();
            let picture = Picture::new(image.width(), image.height(), Pixels::Rgba8(pixels));
            if let Some(picture) = picture {
                out.send(Command::PastePicture(side, Arc::new(picture)));
            }
        }
    }
}
