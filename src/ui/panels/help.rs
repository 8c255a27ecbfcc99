//! The help page, made from the table of actions, and the one question on closing.

use egui::{
    Frame, Grid, Id, Modal, RichText, ScrollArea, Shadow, Ui, scroll_area::ScrollBarVisibility,
};

use super::super::{action_table::ACTIONS, keys::ALIASES, theme};

const MOUSE: &[(&str, &str)] = &[
    ("Zoom at the pointer", "wheel, pinch"),
    ("Move the pictures", "middle drag, Space and drag, or the hand tool"),
    ("Mark a landmark", "landmark tool: click on A, then on B"),
    ("Move a landmark or a loupe", "drag the ring, or the frame's line or name"),
    (
        "Nudge the selected mark, on the side under the pointer, or findings",
        "arrows 1 px, Shift 10, Alt 0.1",
    ),
    ("Move or zoom one pane alone", "Ctrl and drag, Ctrl and wheel"),
    ("Take a drag back", "Esc while dragging"),
];

/// A modal window with room round its content.
pub(crate) fn modal(ui: &Ui, name: &'static str) -> Modal {
    let frame = Frame::window(ui.style()).inner_margin(18.0).shadow(Shadow::NONE);
    Modal::new(Id::unique(name)).frame(frame)
}

/// Shows keys and mouse; false once it is closed.
pub(crate) fn help_ui(ui: &Ui) -> bool {
    let response = modal(ui, "help").show(ui, |ui| {
        ui.set_width(520.0);
        ui.label(RichText::new("Keys and mouse").font(theme::semibold(15.0)));
        ui.add_space(6.0);
        ScrollArea::vertical()
            .scroll_bar_visibility(ScrollBarVisibility::AlwaysVisible)
            .max_height(ui.ctx().content_rect().height() - 160.0)
            .show(ui, |ui| {
                Grid::new("keys").num_columns(2).spacing([24.0, 5.0]).show(ui, |ui| {
                    for (what, how) in MOUSE {
                        ui.label(*what);
                        ui.label(RichText::new(*how).color(theme::SECONDARY));
                        ui.end_row();
                    }
                    for action in ACTIONS {
                        let Some(shortcut) = action.shortcut else { continue };
                        ui.label(action.name.trim_end_matches('…'));
                        let others = ALIASES.iter().filter(|(_, id)| *id == action.id);
                        let all = std::iter::once(shortcut).chain(others.map(|(keys, _)| *keys));
                        let all: Vec<_> = all.map(|keys| ui.format_shortcut(&keys)).collect();
                        let keys = all.join(" or ");
                        ui.label(RichText::new(keys).color(theme::SECONDARY));
                        ui.end_row();
                    }
                });
            });
        ui.add_space(8.0);
        if ui.button("Close").clicked() {
            ui.close();
        }
    });
    !response.should_close()
}

/// What to do with unsaved work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CloseAnswer {
    /// Write it, then go on.
    Save,
    /// Forget it.
    Discard,
    /// Stay.
    Cancel,
}

/// Asks whether these files may be replaced; `None` until there is an answer.
pub(crate) fn replace_question_ui(ui: &Ui, files: &[std::path::PathBuf]) -> Option<bool> {
    const MOST: usize = 6;
    let response = modal(ui, "replace question").show(ui, |ui| {
        ui.set_width(420.0);
        let n = files.len();
        let text = if n == 1 { "Replace the file?".into() } else { format!("Replace {n} files?") };
        ui.label(RichText::new(text).font(theme::semibold(15.0)));
        for file in files.iter().take(MOST) {
            let name = RichText::new(file.display().to_string()).color(theme::SECONDARY);
            ui.add(egui::Label::new(name).truncate());
        }
        if n > MOST {
            ui.label(RichText::new(format!("and {} more", n - MOST)).color(theme::SECONDARY));
        }
        ui.add_space(10.0);
        ui.horizontal(|ui| {
            let replace = RichText::new("Replace").color(theme::ON_PRIMARY);
            let replace = ui.add(egui::Button::new(replace).fill(theme::PRIMARY)).clicked();
            let cancel = ui.button("Cancel").clicked();
            if replace { Some(true) } else { cancel.then_some(false) }
        })
        .inner
    });
    let dismissed = response.should_close().then_some(false);
    response.inner.or(dismissed)
}

/// Asks about unsaved work; `None` until there is an answer.
pub(crate) fn close_question_ui(ui: &Ui, name: &str) -> Option<CloseAnswer> {
    let response = modal(ui, "close question").show(ui, |ui| {
        ui.set_width(340.0);
        let text = format!("Save the changes to {name}?");
        ui.label(RichText::new(text).font(theme::semibold(15.0)));
        let text = "Landmarks, findings, answers and all else that is not saved will be lost.";
        ui.label(RichText::new(text).color(theme::SECONDARY));
        ui.add_space(10.0);
        ui.horizontal(|ui| {
            let save = RichText::new("Save").color(theme::ON_PRIMARY);
            let save = ui.add(egui::Button::new(save).fill(theme::PRIMARY)).clicked();
            let discard = ui.button("Discard").clicked();
            let cancel = ui.button("Cancel").clicked();
            let save = save || ui.input(|input| input.key_pressed(egui::Key::Enter));
            match (save, discard, cancel) {
                (true, _, _) => Some(CloseAnswer::Save),
                (_, true, _) => Some(CloseAnswer::Discard),
                (_, _, true) => Some(CloseAnswer::Cancel),
                _ => None,
            }
        })
        .inner
    });
    let dismissed = response.should_close().then_some(CloseAnswer::Cancel);
    response.inner.or(dismissed)
}
