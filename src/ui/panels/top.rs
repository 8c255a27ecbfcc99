//! The top bar and the column of tools.

use egui::{Align, Button, Layout, MenuBar, Response, RichText, Ui, UiBuilder, Vec2};
use egui_material_icons::{MaterialIcon, icons};

use super::super::{
    action_table::ACTIONS,
    actions::{ActionId, Menu},
    outbox::Outbox,
    theme,
};
use super::look_menu::look_menu_ui;
use crate::{
    geometry::ShapeKind,
    session::{Mode, Session, Step, Tool},
};

/// Room for the name and the menus, in points.
const MENUS_WIDTH: f32 = 446.0;

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
    let width = 180.0;
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
        if ui.add_enabled(is_enabled, button).clicked() {
            action.id.perform(session, None, out);
            ui.close();
        }
    }
}

fn steps_ui(ui: &mut Ui, session: &Session, out: &mut Outbox) {
    ui.painter().rect_filled(ui.max_rect(), f32::from(theme::RADIUS), theme::SURROUND);
    ui.horizontal_centered(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        let width = ui.available_width() / 2.0;
        for (step, name) in [(Step::Align, "Align"), (Step::Card, "Card")] {
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

/// Shows the column of tools.
pub(crate) fn tools_ui(ui: &mut Ui, session: &Session, out: &mut Outbox) {
    let scroll = egui::ScrollArea::vertical()
        .scroll_bar_visibility(egui::scroll_area::ScrollBarVisibility::AlwaysHidden);
    scroll.show(ui, |ui| tools_column_ui(ui, session, out));
}

fn tools_column_ui(ui: &mut Ui, session: &Session, out: &mut Outbox) {
    ui.vertical_centered(|ui| {
        for (tool, icon, name) in [
            (Tool::Hand, icons::ICON_PAN_TOOL, "Hand tool (M): drag to move the pictures"),
            (
                Tool::Landmark,
                icons::ICON_POINT_SCAN,
                "Landmark tool (L): click a point on A, then the same point on B",
            ),
            (
                Tool::Values(ShapeKind::Box),
                icons::ICON_COLORIZE,
                "Values tool (I): drag a box, read means and spread of its pixels on both sides",
            ),
        ] {
            let has_tool = |tool: Tool| std::mem::discriminant(&tool);
            let is_on = has_tool(session.view().tool) == has_tool(tool);
            if tool_ui(ui, icon, name, is_on).clicked() {
                ActionId::Tool(tool).perform(session, None, out);
            }
        }
        ui.add_space(4.0);
        ui.separator();
        ui.add_space(4.0);
        modes_ui(ui, session, out);
        ui.add_space(4.0);
        ui.separator();
        ui.add_space(4.0);
        let fit = ActionId::Fit;
        let hint = "Fit (F): show what both sides cover";
        if tool_ui(ui, icons::ICON_FIT_SCREEN, hint, false).clicked() && fit.is_enabled(session) {
            fit.perform(session, None, out);
        }
        let is_plain = session.view().look.is_plain();
        let hint = "Look (for the eye alone): channels, exposure, contrast";
        let button = tool_ui(ui, icons::ICON_TUNE, hint, !is_plain);
        look_menu_ui(&button, session, out);
    });
}

/// How both sides are compared.
fn modes_ui(ui: &mut Ui, session: &Session, out: &mut Outbox) {
    for (mode, icon, name) in [
        (Mode::SideBySide, icons::ICON_VIEW_COLUMN_2, "Side by side (V)"),
        (Mode::Wipe, icons::ICON_COMPARE, "Wipe (W): A and B on either side of a line"),
        (Mode::Flip, icons::ICON_FLIP, "Flip (T): one side in place of the other"),
        (Mode::Flicker, icons::ICON_AUTORENEW, "Flicker (X): both sides in turns"),
        (Mode::Onion, icons::ICON_LAYERS, "Onion skin (O): B seen through"),
        (Mode::Difference, icons::ICON_DIFFERENCE, "Difference (D): CIEDE2000, lightness or codes"),
    ] {
        let is_on = session.mode() == mode;
        let action = ActionId::Compare(mode);
        let is_enabled = is_on || action.is_enabled(session);
        let response = ui.add_enabled_ui(is_enabled, |ui| tool_ui(ui, icon, name, is_on)).inner;
        if response.clicked() && !is_on {
            action.perform(session, None, out);
        }
    }
}

fn tool_ui(ui: &mut Ui, icon: MaterialIcon, name: &str, is_on: bool) -> Response {
    let color = if is_on { theme::TEXT } else { theme::SECONDARY };
    let fill = if is_on { theme::BUTTON } else { theme::PANEL };
    let text = icon.rich_text().size(19.0).color(color);
    let button = Button::new(text).fill(fill).min_size(Vec2::splat(34.0));
    let response = ui.add(button).on_hover_text(name);
    let label = name.split(" (").next().unwrap_or(name).to_owned();
    response
        .widget_info(|| egui::WidgetInfo::selected(egui::Role::Button, true, is_on, label.clone()));
    response
}
