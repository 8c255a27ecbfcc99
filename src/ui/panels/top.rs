//! The top bar.

use egui::{Align, Button, Layout, MenuBar, RichText, Ui, UiBuilder, Vec2};

use super::{
    super::{
        action_table::ACTIONS,
        actions::{ActionId, Menu},
        outbox::Outbox,
        theme,
    },
    HIDDEN,
};
use crate::session::{Session, Step};

/// Room for the name and the menus, in points.
const MENUS_WIDTH: f32 = 520.0;

/// Shows menus, steps and the session's name.
pub(crate) fn top_ui(ui: &mut Ui, session: &Session, out: &mut Outbox) {
    let bar = ui.max_rect();
    MenuBar::new().ui(ui, |ui| {
        ui.label(RichText::new("Diptych").font(theme::semibold(14.0)));
        ui.add_space(4.0);
        for (menu, name) in [
            (Menu::File, "File"),
            (Menu::Edit, "Edit"),
            (Menu::Landmarks, "Landmarks"),
            (Menu::Loupes, "Loupes"),
            (Menu::Findings, "Findings"),
            (Menu::Compare, "Compare"),
            (Menu::View, "View"),
            (Menu::Help, "Help"),
        ] {
            ui.menu_button(name, |ui| menu_ui(ui, menu, session, out));
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.add_space(4.0);
            ui.label(RichText::new(session.title()).color(theme::SECONDARY));
        });
    });
    let width = 240.0;
    // In the middle, or after the menus where they reach there.
    let center =
        egui::pos2(bar.center().x.max(bar.left() + MENUS_WIDTH + width / 2.0), bar.center().y);
    let middle = egui::Rect::from_center_size(center, Vec2::new(width, 28.0));
    ui.scope_builder(UiBuilder::new().max_rect(middle), |ui| steps_ui(ui, session, out));
}

fn menu_ui(ui: &mut Ui, menu: Menu, session: &Session, out: &mut Outbox) {
    ui.set_min_width(220.0);
    for action in ACTIONS.iter().filter(|action| action.menu == menu) {
        let mut name = action.name.to_owned();
        let undone = match action.id {
            ActionId::Undo => session.undo_label(),
            ActionId::Redo => session.redo_label(),
            _ => None,
        };
        if let Some(step) = undone {
            name = format!("{name} {step}");
        }
        let mut button = Button::new(name);
        if let Some(shortcut) = action.shortcut {
            button = button.shortcut_text(ui.format_shortcut(&shortcut));
        }
        let is_enabled = action.id.is_enabled(session);
        let mut response = ui.add_enabled(is_enabled, button);
        if action.id.is_hidden(session) {
            response = response.on_disabled_hover_text(HIDDEN);
        }
        if response.clicked() {
            action.id.perform(session, None, out);
            ui.close();
        }
    }
}

fn steps_ui(ui: &mut Ui, session: &Session, out: &mut Outbox) {
    ui.painter().rect_filled(ui.max_rect(), f32::from(theme::RADIUS), theme::SURROUND);
    ui.horizontal_centered(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        let width = ui.available_width() / 3.0;
        for (step, name) in [(Step::Align, "Align"), (Step::Judge, "Judge"), (Step::Card, "Card")] {
            let is_on = session.view().step == step;
            let color = if is_on { theme::TEXT } else { theme::SECONDARY };
            let text = RichText::new(name).color(color);
            let fill = if is_on { theme::BUTTON } else { theme::SURROUND };
            let action = ActionId::Step(step);
            let button = Button::new(text).fill(fill).min_size(Vec2::new(width, 28.0));
            let response = ui.add_enabled(action.is_enabled(session), button);
            response.widget_info(|| {
                egui::WidgetInfo::selected(egui::Role::Button, true, is_on, format!("Step {name}"))
            });
            if response.clicked() {
                action.perform(session, None, out);
            }
        }
    });
}
