//! What went wrong, in one bar; no dialogs.

use egui::{Align, Layout, RichText, Ui};

use super::super::{outbox::Outbox, theme};
use crate::session::{Command, Notice, Session, Severity};

/// Shows warnings and errors until they are dismissed, the latest first, three at most.
pub(crate) fn notices_ui(ui: &mut Ui, session: &Session, out: &mut Outbox) {
    let is_problem = |notice: &&Notice| notice.severity != Severity::Done;
    let problems: Vec<_> = session.notices().iter().rev().filter(is_problem).collect();
    for (idx, notice) in problems.iter().take(3).enumerate() {
        let color = if notice.severity == Severity::Error { theme::ERROR } else { theme::DOUBT };
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if idx == 0 && ui.small_button("Dismiss").clicked() {
                out.send(Command::DismissNotices);
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                ui.add(egui::Label::new(RichText::new(&notice.text).color(color)).wrap());
            });
        });
    }
}

/// Whether there is anything to show.
pub(crate) fn has_problems(session: &Session) -> bool {
    session.notices().iter().any(|notice| notice.severity != Severity::Done)
}
