//! Panes without a picture.

use egui::{RichText, Ui};

use super::super::{
    actions::ActionId,
    outbox::{Ask, Outbox},
    theme,
};
use crate::{document::Side, session::Session};

/// A pane whose picture cannot be had.
pub(crate) fn fault_ui(
    ui: &mut Ui,
    session: &Session,
    (side, why): (Side, &str),
    out: &mut Outbox,
) {
    ui.painter().rect_filled(ui.max_rect(), 0.0, theme::PANE);
    ui.vertical_centered(|ui| {
        ui.add_space(ui.available_height() / 2.0 - 60.0);
        ui.label(RichText::new(why).color(theme::ERROR));
        ui.label("Labels and landmarks are kept.");
        let find = ActionId::Ask(Ask::OpenSide(side));
        if find.is_enabled(session) && ui.button(format!("Find picture {side}…")).clicked() {
            out.ask(Ask::OpenSide(side));
        }
    });
}

/// A pane that waits for its picture.
pub(crate) fn missing_ui(ui: &mut Ui, side: Side, out: &mut Outbox) {
    ui.painter().rect_filled(ui.max_rect(), 0.0, theme::PANE);
    ui.vertical_centered(|ui| {
        ui.add_space(ui.available_height() / 2.0 - 40.0);
        let text = format!("Drop the picture of side {side} here");
        ui.label(RichText::new(text).color(theme::SECONDARY));
        ui.add_space(6.0);
        if ui.button(format!("Open picture {side}…")).clicked() {
            out.ask(Ask::OpenSide(side));
        }
    });
}
