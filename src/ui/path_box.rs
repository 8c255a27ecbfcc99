//! Files by a typed path, for desktops without file dialogs.

use std::path::PathBuf;

use egui::{RichText, TextEdit, Ui};

use super::{
    dialogs::{Answer, Purpose},
    panels::modal,
    theme,
};
use crate::document::Side;

/// The box: closed, or open with what is typed.
#[derive(Default)]
pub(super) struct PathBox {
    typed: Option<String>,
    /// What the path is for, where a dialog that is missing was asked for it.
    purpose: Option<Purpose>,
}

impl PathBox {
    pub(super) fn open(&mut self) {
        self.typed.get_or_insert_default();
        self.purpose = None;
    }

    /// Opens in place of a file dialog that this desktop does not have, with a path to begin with.
    pub(super) fn open_for(&mut self, purpose: Purpose, suggested: String) {
        self.typed = Some(suggested);
        self.purpose = Some(purpose);
    }

    pub(super) fn is_open(&self) -> bool {
        self.typed.is_some()
    }

    /// Shows the box while it is open; answers like a file dialog.
    pub(super) fn ui(&mut self, ui: &Ui, has_pictures: bool) -> Option<Answer> {
        let asked = self.purpose;
        let typed = self.typed.as_mut()?;
        let response = modal(ui, "path box").show(ui, |ui| {
            ui.set_width(520.0);
            let title = ui.label(RichText::new("File by path").font(theme::semibold(15.0)));
            if let Some(purpose) = asked {
                let words = purpose.words();
                let text = format!("No file dialog answers on this desktop. The path of {words}:");
                ui.label(RichText::new(text).color(theme::SECONDARY));
            }
            ui.add_space(4.0);
            let edit = TextEdit::singleline(typed).desired_width(f32::INFINITY);
            let edit = ui.add(edit).labelled_by(title.id);
            if !edit.has_focus() && !edit.lost_focus() && asked.is_some() || typed.is_empty() {
                edit.request_focus();
            }
            let is_entered = edit.lost_focus() && ui.input(|i| i.key_pressed(egui::Key::Enter));
            ui.add_space(8.0);
            let can_open = !typed.is_empty();
            let choice = match asked {
                Some(purpose) => one_button_ui(ui, purpose, can_open),
                None => buttons_ui(ui, has_pictures && can_open, can_open),
            };
            if is_entered && can_open {
                Choice::Answer(asked.unwrap_or(Purpose::Open))
            } else {
                choice
            }
        });
        let path = PathBuf::from(typed.trim());
        match response.inner {
            Choice::None if !response.should_close() => None,
            Choice::Answer(purpose) => {
                self.typed = None;
                Some(Answer { purpose, paths: vec![path], is_missing: false })
            }
            Choice::None | Choice::Close => {
                self.typed = None;
                // What should have come after the dialog is called off.
                asked.map(|purpose| Answer { purpose, paths: Vec::new(), is_missing: false })
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

fn one_button_ui(ui: &mut Ui, purpose: Purpose, can_open: bool) -> Choice {
    ui.horizontal(|ui| {
        let is_done = ui.add_enabled(can_open, egui::Button::new("OK")).clicked();
        let is_closed = ui.button("Cancel").clicked();
        match (is_done, is_closed) {
            (true, _) => Choice::Answer(purpose),
            (_, true) => Choice::Close,
            _ => Choice::None,
        }
    })
    .inner
}

fn buttons_ui(ui: &mut Ui, can_write: bool, can_open: bool) -> Choice {
    let of = |side: Side| Purpose::ImportLandmarks(Some(side));
    let first = [
        ("Open", Purpose::Open, can_open),
        ("Save session", Purpose::SaveAs, can_write),
        ("Export card", Purpose::Export, can_write),
    ];
    let second = [
        ("Import landmarks", Purpose::ImportLandmarks(None), can_write),
        ("of A", of(Side::A), can_write),
        ("of B", of(Side::B), can_write),
        ("Export landmarks", Purpose::ExportLandmarks(None), can_write),
    ];
    let mut chosen = Choice::None;
    for (row, has_cancel) in [(&first[..], true), (&second[..], false)] {
        ui.horizontal(|ui| {
            for (name, purpose, is_enabled) in row {
                if ui.add_enabled(*is_enabled, egui::Button::new(*name)).clicked() {
                    chosen = Choice::Answer(*purpose);
                }
            }
            if has_cancel && ui.button("Cancel").clicked() {
                chosen = Choice::Close;
            }
        });
    }
    chosen
}
