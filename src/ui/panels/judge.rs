//! The step that records what is found and answers what is asked.

use egui::{Frame, Margin, Panel, RichText, Ui};

use super::super::{outbox::Outbox, theme};
use super::{
    blind::blind_foot_ui, finding_editor::FindingEditor, finding_list::finding_list_ui,
    protocol::Protocol, verdicts::Verdicts,
};
use crate::session::{Command, JudgeTab, Session, ViewCommand};

/// What the panel remembers between frames.
#[derive(Default)]
pub(crate) struct Judge {
    editor: FindingEditor,
    verdicts: Verdicts,
    protocol: Protocol,
}

impl Judge {
    /// Shows the panel. `wants_name` is the revision at which a finding was drawn that has yet to be
    /// named; it is taken once that is there.
    pub(crate) fn ui(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        wants_name: &mut Option<u64>,
        out: &mut Outbox,
    ) {
        let mut tab = session.view().judge_tab;
        if wants_name.is_some() {
            tab = JudgeTab::Findings;
        }
        ui.horizontal(|ui| {
            let n = session.document().findings.len();
            let asked = session.criteria().len();
            let given = asked - session.tally().open.min(asked);
            ui.spacing_mut().button_padding.x = 7.0;
            ui.spacing_mut().item_spacing.x = 4.0;
            for (of, name) in [
                (JudgeTab::Findings, format!("Findings {n}")),
                (JudgeTab::Verdicts, format!("Verdicts {given}/{asked}")),
                (JudgeTab::Protocol, "Protocol".to_owned()),
            ] {
                let text = RichText::new(name).font(theme::semibold(13.0));
                if ui.selectable_label(tab == of, text).clicked() {
                    tab = of;
                }
            }
        });
        ui.add_space(4.0);
        if tab != session.view().judge_tab {
            out.send(Command::View(ViewCommand::JudgeTab(tab)));
        }
        let foot = Frame::new().inner_margin(Margin { top: 6, ..Margin::ZERO });
        Panel::bottom("blind").frame(foot).show_separator_line(false).show(ui, |ui| {
            blind_foot_ui(ui, session, out);
        });
        match tab {
            JudgeTab::Findings => {
                let room = ui.available_height();
                let has_selection = !session.selected_findings().is_empty();
                let height = if has_selection { (room - EDITOR_HEIGHT).max(90.0) } else { room };
                ui.allocate_ui(egui::Vec2::new(ui.available_width(), height), |ui| {
                    ui.set_min_height(height);
                    finding_list_ui(ui, session, out);
                });
                if has_selection {
                    self.editor.ui(ui, session, wants_name, out);
                }
            }
            JudgeTab::Verdicts => self.verdicts.ui(ui, session, out),
            JudgeTab::Protocol => self.protocol.ui(ui, session, out),
        }
    }
}

/// Room for what is said of a finding, in points.
const EDITOR_HEIGHT: f32 = 290.0;
