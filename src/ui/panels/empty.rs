//! The window before there is anything to look at.

use egui::{Align, Align2, Layout, Rect, RichText, Sense, Stroke, StrokeKind, Ui, UiBuilder, Vec2};

use super::super::{
    loupe_half::badge_ui,
    outbox::{Ask, Outbox},
    theme,
};
use crate::{
    document::{PerSide, Side},
    session::{Command, Session},
};

const ZONE: Vec2 = Vec2::new(300.0, 210.0);

/// Shows two drop zones, the sample pair and recent sessions. Returns the zones.
pub(crate) fn empty_ui(ui: &mut Ui, session: &Session, out: &mut Outbox) -> PerSide<Rect> {
    let area = ui.max_rect();
    ui.painter().rect_filled(area, 0.0, theme::PANE);
    let recent = session.recent().existing();
    let top = area.center().y - 250.0;
    let zones = PerSide::from_fn(|side| {
        let shift = if side == Side::A { -1.0 } else { 1.0 };
        let x = area.center().x + shift * (ZONE.x / 2.0 + 8.0);
        let center = egui::pos2(x, top.max(area.top() + 24.0) + 70.0 + ZONE.y / 2.0);
        Rect::from_center_size(center, ZONE)
    });
    let title = egui::pos2(area.center().x, zones.a.top() - 42.0);
    let painter = ui.painter();
    let text = "Compare two renders of one face";
    painter.text(title, Align2::CENTER_CENTER, text, theme::semibold(20.0), theme::TEXT);
    for side in Side::BOTH {
        zone_ui(ui, side, zones[side], out);
    }
    let below = Rect::from_min_max(
        egui::pos2(zones.a.left(), zones.a.bottom() + 20.0),
        egui::pos2(zones.b.right(), area.bottom()),
    );
    ui.scope_builder(UiBuilder::new().max_rect(below), |ui| {
        ui.with_layout(Layout::top_down(Align::Center), |ui| {
            let text = RichText::new("Open the sample pair").color(theme::ON_PRIMARY);
            let button = egui::Button::new(text.font(theme::semibold(13.0)))
                .fill(theme::PRIMARY)
                .min_size(Vec2::new(200.0, 34.0));
            if ui.add(button).clicked() {
                out.ask(Ask::OpenSample);
            }
            ui.add_space(18.0);
            recent_ui(ui, &recent, out);
        });
    });
    zones
}

fn zone_ui(ui: &mut Ui, side: Side, rect: Rect, out: &mut Outbox) {
    let response = ui.allocate_rect(rect, Sense::click());
    let name = format!("Open picture {side}");
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, name.clone()));
    let is_hot = response.hovered() || ui.input(|input| !input.raw.hovered_files.is_empty());
    let painter = ui.painter();
    let fill = if is_hot { theme::PANEL } else { theme::SURROUND };
    let color = if is_hot { theme::of_side(side) } else { theme::HAIRLINE };
    painter.rect_filled(rect, 10.0, fill);
    painter.rect_stroke(rect, 10.0, Stroke::new(1.0, color), StrokeKind::Inside);
    badge_ui(painter, side, rect.center() - Vec2::new(16.0, 52.0), 32.0);
    let line = |dy: f32, text: &str, font, color| {
        let at = rect.center() + Vec2::new(0.0, dy);
        painter.text(at, Align2::CENTER_CENTER, text, font, color);
    };
    line(8.0, "Drop a picture, or click to choose", theme::regular(14.0), theme::TEXT);
    let what = match side {
        Side::A => "the reference: one model's render, or the original",
        Side::B => "the other model's render, or the retouch",
    };
    line(32.0, what, theme::regular(12.0), theme::SECONDARY);
    line(64.0, "PNG, JPEG, WebP, AVIF, … · Ctrl+V pastes", theme::regular(12.0), theme::SECONDARY);
    if response.clicked() {
        out.ask(Ask::OpenSide(side));
    }
}

fn recent_ui(ui: &mut Ui, recent: &[std::path::PathBuf], out: &mut Outbox) {
    if recent.is_empty() {
        return;
    }
    ui.label(RichText::new("Recent sessions").size(12.0).color(theme::SECONDARY));
    ui.spacing_mut().item_spacing.y = 2.0;
    for path in recent.iter().take(5) {
        let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
        let folder = path.parent().map(|folder| folder.display().to_string());
        let button = egui::Button::new(name.as_ref()).fill(theme::PANE);
        let response = ui.add(button).on_hover_text(folder.unwrap_or_default());
        if response.clicked() {
            out.send(Command::OpenSession(path.clone()));
        }
    }
}
