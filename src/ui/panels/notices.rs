//! What went wrong, over the window's lower edge; no dialogs.

use egui::{Align, Align2, Area, Frame, Id, Layout, Order, RichText, ScrollArea, Stroke, Ui, Vec2};

use super::super::{outbox::Outbox, theme};
use crate::session::{Command, Notice, Session, Severity};

/// From the window's lower edge: the status line and a little.
const ABOVE: f32 = 38.0;
/// At most this wide and high, in points.
const WIDTH: f32 = 760.0;
const HEIGHT: f32 = 190.0;

/// Shows warnings and errors until they are dismissed, the latest first, three at most. They lie
/// over the window, so that nothing moves when they come and go.
pub(crate) fn notices_ui(ui: &Ui, session: &Session, out: &mut Outbox) {
    let is_problem = |notice: &&Notice| notice.severity != Severity::Done;
    let problems: Vec<_> = session.notices().iter().rev().filter(is_problem).collect();
    if problems.is_empty() {
        return;
    }
    let frame = Frame::new()
        .fill(theme::PANEL)
        .stroke(Stroke::new(1.0, theme::DOUBT.gamma_multiply(0.5)))
        .corner_radius(f32::from(theme::RADIUS))
        .inner_margin(12.0);
    let area = Area::new(Id::unique("notices"))
        .order(Order::Foreground)
        .anchor(Align2::CENTER_BOTTOM, Vec2::new(0.0, -ABOVE));
    area.show(ui.ctx(), |ui| {
        frame.show(ui, |ui| {
            let width = WIDTH.min(ui.ctx().content_rect().width() - 80.0);
            ui.set_width(width);
            ui.with_layout(Layout::right_to_left(Align::Min), |ui| {
                if ui.small_button("Dismiss").clicked() {
                    out.send(Command::DismissNotices);
                }
                ui.add_space(theme::GAP);
                let room = ui.available_width();
                ui.with_layout(Layout::top_down(Align::Min), |ui| {
                    ScrollArea::vertical().max_height(HEIGHT).show(ui, |ui| {
                        ui.set_width(room);
                        for notice in problems.iter().take(3) {
                            words_ui(ui, notice);
                        }
                    });
                });
            });
        });
    });
}

fn words_ui(ui: &mut Ui, notice: &Notice) {
    let color = if notice.severity == Severity::Error { theme::ERROR } else { theme::DOUBT };
    ui.add(egui::Label::new(RichText::new(&notice.text).color(color)).wrap());
}
