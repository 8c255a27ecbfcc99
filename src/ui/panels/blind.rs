//! What stands in the panels while it is hidden which side is which, and how that begins and ends.

use egui::{Button, RichText, Ui};

use super::super::{
    actions::ActionId,
    outbox::{Ask, Outbox},
    theme,
};
use crate::{
    document::{Reveal, Side},
    session::Session,
};

/// Why something is not there.
pub(crate) const HIDDEN: &str = "Hidden while judging blind, for it would tell which side is which";

/// The foot of the Judge panel: the button that begins or ends judging blind, and what was revealed.
pub(super) fn blind_foot_ui(ui: &mut Ui, session: &Session, out: &mut Outbox) {
    ui.spacing_mut().item_spacing.y = 3.0;
    if session.is_blind() {
        ui.horizontal(|ui| {
            if ui.button("Reveal…").on_hover_text("Say which side is which, for good").clicked() {
                out.ask(Ask::Reveal);
            }
            let text = RichText::new("Judging blind").size(12.0).color(theme::SECONDARY);
            let hint = "Names, sizes and what else tells the sides are hidden until the reveal";
            ui.label(text).on_hover_text(hint);
        });
        return;
    }
    let can = session.can_judge_blind();
    let action = ActionId::Ask(Ask::JudgeBlind);
    let hint = "Shuffles the sides and hides which is which until you reveal it. Earlier findings and \
                answers wait until then; earlier steps cannot be undone any more";
    let button = Button::new("Judge blind");
    let response = ui.add_enabled(can.is_ok(), button).on_hover_text(hint);
    if response.on_disabled_hover_text(can.err().unwrap_or_default()).clicked() {
        action.perform(session, None, out);
    }
    if let Some(reveal) = session.document().reveals.last() {
        revealed_ui(ui, session, reveal);
    }
}

/// Which side was which, when that was revealed, and how much was answered blind.
fn revealed_ui(ui: &mut Ui, session: &Session, reveal: &Reveal) {
    let document = session.document();
    let all = document.verdicts.iter();
    let n = all.filter(|verdict| document.answered_blind(verdict).is_some()).count();
    let how = if reveal.was_exchanged { "A was shown right, as B" } else { "A was shown left" };
    let text = format!("{how}. {n} answered blind, revealed {}.", reveal.time_words());
    ui.label(RichText::new(text).size(12.0).color(theme::SECONDARY));
}

/// One sentence in place of a panel's content.
pub(super) fn hidden_ui(ui: &mut Ui) {
    ui.label(RichText::new(format!("{HIDDEN}.")).color(theme::SECONDARY));
}

/// A pane of pictures that are not aligned any more: whole, they would tell their shapes.
pub(crate) fn unaligned_ui(ui: &mut Ui, side: Side) {
    ui.painter().rect_filled(ui.max_rect(), 0.0, theme::PANE);
    ui.vertical_centered(|ui| {
        ui.add_space(ui.available_height() / 2.0 - 30.0);
        let text = format!(
            "{side} is hidden while the sides are not aligned: undo, or mark landmarks after a reveal."
        );
        ui.label(RichText::new(text).color(theme::SECONDARY));
    });
}
