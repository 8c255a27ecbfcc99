//! Files and the clipboard.

use egui::{RichText, Ui};

use super::{
    super::{
        outbox::{Ask, Outbox},
        theme,
    },
    Typing,
    fields::{choice_ui, line_ui},
};
use crate::{
    document::CardStyle,
    session::{Session, foreign_words, upper_first},
    storage::PictureFormat,
};

/// How files are written.
#[derive(Clone, Copy)]
pub(in crate::ui) struct Output {
    /// Whether PNGs take their time to become smaller.
    pub(in crate::ui) optimises: bool,
    /// The format of what is written into a folder.
    pub(in crate::ui) format: PictureFormat,
}

impl Default for Output {
    fn default() -> Self {
        Self { optimises: false, format: PictureFormat::Png }
    }
}

impl Output {
    /// Shows what can be chosen, and the ways out beside the main one.
    pub(super) fn ui(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        style: &mut CardStyle,
        typing: &mut Typing,
        out: &mut Outbox,
    ) {
        ui.checkbox(&mut self.optimises, "Smaller PNGs, written more slowly");
        let can_copy = session.card().is_some();
        if ui.add_enabled(can_copy, egui::Button::new("Copy the picture")).clicked() {
            out.ask(Ask::CopyCard);
        }
        ui.add_space(4.0);
        let all = [PictureFormat::Png, PictureFormat::Jpeg, PictureFormat::WebP];
        let words = |format: &PictureFormat| format.name().to_uppercase();
        choice_ui(ui, "Format", &mut self.format, (&all, &words));
        if !session.is_blind() {
            line_ui(ui, "Names", CardStyle::FILE_PATTERN, &mut style.file_pattern, typing);
            let text = "{a} and {b} are the labels; {preset}, {layout} and {theme} say themselves.";
            ui.label(RichText::new(text).size(12.0).color(theme::SECONDARY));
        }
        if ui.button("All sizes into a folder…").clicked() {
            out.ask(Ask::ExportAll);
        }
    }
}

/// What would surprise an author once the card is posted.
pub(super) fn doubts_ui(ui: &mut Ui, session: &Session) {
    let Some(card) = session.card() else { return };
    if let Some(words) = foreign_words(&card.foreign) {
        let text = RichText::new(upper_first(&words)).size(12.0).color(theme::DOUBT);
        ui.add(egui::Label::new(text).wrap());
    }
}
