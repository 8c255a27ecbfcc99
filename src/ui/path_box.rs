//! Files by a typed path, for desktops without file dialogs.

use std::path::PathBuf;

use egui::{RichText, TextEdit, Ui};

use super::{
    dialogs::{Answer, Purpose},
    panels::modal,
    theme,
};

/// The box: closed, or open with what is typed.
#[derive(Default)]
pub(super) struct PathBox {
    typed: Option<String>,
}

impl PathBox {
    pub(super) fn open(&mut self) {
        self.typed.get_or_insert_default();
    }

    pub(super) fn is_open(&self) -> bool {
        self.typed.is_some()
    }

    /// Shows the box while it is open; answers like a file dialog.
    pub(super) fn ui(&mut self, ui: &Ui, has_pictures: bool) -> Option<Answer> {
        let typed = self.typed.as_mut()?;
        let response = modal(ui, "path box").show(ui, |ui| {
            ui.set_width(520.0);
            let title = ui.label(RichText::new("File by path").font(theme::semibold(15.0)));
            ui.add_space(4.0);
            let edit = TextEdit::singleline(typed).desired_width(f32::INFINITY);
            let edit = ui.add(edit).labelled_by(title.id);
            if typed.is_empty() {
                edit.request_focus();
            }
            let is_entered = edit.lost_focus() && ui.input(|i| i.key_pressed(egui::Key::Enter));
            ui.add_space(8.0);
            let choice = buttons_ui(ui, has_pictures && !typed.is_empty(), !typed.is_empty());
            if is_entered && !typed.is_empty() { Choice::Answer(Purpose::Open) } else { choice }
        });
        let path = PathBuf::from(typed.trim());
        match response.inner {
            Choice::None if !response.should_close() => None,
            Choice::None | Choice::Close => {
                self.typed = None;
                None
            }
            Choice::Answer(purpose) => {
                self.typed = None;
                Some(Answer { purpose, paths: vec![path] })
            }
        }
    }
}

/// Which button was pressed.
#[derive(Clone, Copy)]
enum Choice {
    None,
    Close,
    Answer(Purpose),
}

fn buttons_ui(ui: &mut Ui, can_write: bool, can_open: bool) -> Choice {
    ui.horizontal(|ui| {
        let mut chosen = Choice::None;
        for (name, purpose, is_enabled) in [
            ("Open", Purpose::Open, can_open),
            ("Import landmarks", Purpose::ImportLandmarks(None), can_write),
            ("Save session", Purpose::SaveAs, can_write),
            ("Export card", Purpose::Export, can_write),
        ] {
            if ui.add_enabled(is_enabled, egui::Button::new(name)).clicked() {
                chosen = Choice::Answer(purpose);
            }
        }
        if ui.button("Cancel").clicked() {
            chosen = Choice::Close;
        }
        chosen
    })
    .inner
}
