//! The step that records what is found and answers what is asked.

use egui::{RichText, Ui};

use super::super::{outbox::Outbox, theme};
use super::{
    finding_editor::FindingEditor, finding_list::finding_list_ui, protocol::Protocol,
    verdicts::Verdicts,
};
use crate::session::Session;

/// What the panel shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(crate) enum Tab {
    /// The list of findings, and what is said of the selected ones.
    #[default]
    Findings,
    /// The table of verdicts.
    Verdicts,
    /// Whether the pair was made as a fair comparison asks.
    Protocol,
}

/// What the panel remembers between frames.
#[derive(Default)]
pub(crate) struct Judge {
    pub(crate) tab: Tab,
    editor: FindingEditor,
    verdicts: Verdicts,
    protocol: Protocol,
}

impl Judge {
    /// Shows the panel. `wants_name` says that a finding was drawn that has yet to be named; it is
    /// taken.
    pub(crate) fn ui(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        wants_name: &mut bool,
        out: &mut Outbox,
    ) {
        if *wants_name {
            self.tab = Tab::Findings;
        }
        ui.horizontal(|ui| {
            let n = session.document().findings.len();
            let asked = session.criteria().len();
            let given = asked - session.tally().open.min(asked);
            ui.spacing_mut().button_padding.x = 7.0;
            ui.spacing_mut().item_spacing.x = 4.0;
            for (tab, name) in [
                (Tab::Findings, format!("Findings {n}")),
                (Tab::Verdicts, format!("Verdicts {given}/{asked}")),
                (Tab::Protocol, "Protocol".to_owned()),
            ] {
                let text = RichText::new(name).font(theme::semibold(13.0));
                if ui.selectable_label(self.tab == tab, text).clicked() {
                    self.tab = tab;
                }
            }
        });
        ui.add_space(4.0);
        match self.tab {
            Tab::Findings => {
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
            Tab::Verdicts => self.verdicts.ui(ui, session, out),
            Tab::Protocol => self.protocol.ui(ui, session, out),
        }
    }
}

/// Room for what is said of a finding, in points.
const EDITOR_HEIGHT: f32 = 290.0;
