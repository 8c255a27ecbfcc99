//! The column of tools.

use egui::{Button, Response, Ui, Vec2};
use egui_material_icons::{MaterialIcon, icons};

use super::super::{actions::ActionId, outbox::Outbox, theme};
use super::look_menu::look_menu_ui;
use crate::{
    geometry::ShapeKind,
    session::{Mode, Session, Step, Tool},
};

type Entry = (Tool, MaterialIcon, &'static str);

const HAND: Entry = (Tool::Hand, icons::ICON_PAN_TOOL, "Hand tool (M): drag to move the pictures");
const LANDMARK: Entry = (
    Tool::Landmark,
    icons::ICON_POINT_SCAN,
    "Landmark tool (L): click a point on A, then the same point on B",
);
const VALUES: Entry = (
    Tool::Values(ShapeKind::Box),
    icons::ICON_COLORIZE,
    "Values tool (I): drag a box, read means and spread of its pixels on both sides",
);
const FINDINGS: [Entry; 6] = [
    (Tool::Finding(ShapeKind::Pin), icons::ICON_PUSH_PIN, "Pin (P): click what you found"),
    (Tool::Finding(ShapeKind::Box), icons::ICON_RECTANGLE, "Box (R): drag it over what you found"),
    (Tool::Finding(ShapeKind::Ellipse), icons::ICON_CIRCLE, "Ellipse (C): drag it open"),
    (
        Tool::Finding(ShapeKind::Polygon),
        icons::ICON_PENTAGON,
        "Polygon (G): click its corners; Enter or the first corner closes it",
    ),
    (Tool::Finding(ShapeKind::Stroke), icons::ICON_DRAW, "Line by hand (H): draw along it"),
    (
        Tool::Finding(ShapeKind::Arrow),
        icons::ICON_NORTH_EAST,
        "Arrow (A): drag from its tail to its tip",
    ),
];

/// The tools of a step.
fn entries(step: Step) -> Vec<Entry> {
    match step {
        Step::Judge => [HAND].into_iter().chain(FINDINGS).chain([VALUES]).collect(),
        Step::Align | Step::Card => vec![HAND, LANDMARK, VALUES],
    }
}

/// The side of a button, and that with the room round it.
const BUTTON: f32 = 34.0;
const PITCH: f32 = 40.0;
/// Lines and the room round them.
const LINES: f32 = 60.0;
/// Buttons below the tools: the modes, fit, look.
const N_OTHERS: usize = MODES.len() + 2;

/// How many buttons stand side by side where the column may be this high: two where one below the
/// other would not fit.
fn n_columns(session: &Session, height: f32) -> usize {
    #[expect(clippy::cast_precision_loss, reason = "a handful of tools")]
    let n = (entries(session.view().step).len() + N_OTHERS) as f32;
    if n * PITCH + LINES > height { 2 } else { 1 }
}

/// How wide the column is where it may be this high.
pub(crate) fn tools_width(session: &Session, height: f32) -> f32 {
    if n_columns(session, height) == 2 { 2.0 * BUTTON + 12.0 } else { BUTTON + 10.0 }
}

/// Shows the column of tools.
pub(crate) fn tools_ui(ui: &mut Ui, session: &Session, out: &mut Outbox) {
    // The room that the width was worked out for.
    let n = n_columns(session, ui.available_height() + 16.0);
    ui.spacing_mut().item_spacing = Vec2::new(2.0, PITCH - BUTTON);
    ui.spacing_mut().button_padding.x = 7.0;
    let scroll = egui::ScrollArea::vertical()
        .scroll_bar_visibility(egui::scroll_area::ScrollBarVisibility::AlwaysHidden);
    scroll.show(ui, |ui| {
        for row in entries(session.view().step).chunks(n) {
            ui.horizontal(|ui| {
                for entry in row {
                    entry_ui(ui, session, *entry, out);
                }
            });
        }
        ui.separator();
        for row in MODES.chunks(n) {
            ui.horizontal(|ui| {
                for mode in row {
                    mode_ui(ui, session, *mode, out);
                }
            });
        }
        ui.separator();
        if n > 1 {
            ui.horizontal(|ui| rest_ui(ui, session, out));
        } else {
            rest_ui(ui, session, out);
        }
    });
}

fn rest_ui(ui: &mut Ui, session: &Session, out: &mut Outbox) {
    let fit = ActionId::Fit;
    let hint = "Fit (F): show what both sides cover";
    if tool_ui(ui, icons::ICON_FIT_SCREEN, hint, false).clicked() && fit.is_enabled(session) {
        fit.perform(session, None, out);
    }
    let is_plain = session.view().look.is_plain();
    let hint = "Look (for the eye alone): channels, exposure, contrast";
    let button = tool_ui(ui, icons::ICON_TUNE, hint, !is_plain);
    look_menu_ui(&button, session, out);
}

fn entry_ui(ui: &mut Ui, session: &Session, (tool, icon, name): Entry, out: &mut Outbox) {
    let in_hand = session.view().tool;
    // A box and an ellipse of values are one tool.
    let is_on = match (in_hand, tool) {
        (Tool::Values(_), Tool::Values(_)) => true,
        _ => in_hand == tool,
    };
    if tool_ui(ui, icon, name, is_on).clicked() {
        ActionId::Tool(tool).perform(session, None, out);
    }
}

/// How both sides are compared.
const MODES: [(Mode, MaterialIcon, &str); 6] = [
    (Mode::SideBySide, icons::ICON_VIEW_COLUMN_2, "Side by side (V)"),
    (Mode::Wipe, icons::ICON_COMPARE, "Wipe (W): A and B on either side of a line"),
    (Mode::Flip, icons::ICON_FLIP, "Flip (T): one side in place of the other"),
    (Mode::Flicker, icons::ICON_AUTORENEW, "Flicker (X): both sides in turns"),
    (Mode::Onion, icons::ICON_LAYERS, "Onion skin (O): B seen through"),
    (Mode::Difference, icons::ICON_DIFFERENCE, "Difference (D): CIEDE2000, lightness or codes"),
];

fn mode_ui(
    ui: &mut Ui,
    session: &Session,
    (mode, icon, name): (Mode, MaterialIcon, &str),
    out: &mut Outbox,
) {
    let is_on = session.mode() == mode;
    let action = ActionId::Compare(mode);
    let is_enabled = is_on || action.is_enabled(session);
    let response = ui.add_enabled_ui(is_enabled, |ui| tool_ui(ui, icon, name, is_on)).inner;
    if response.clicked() && !is_on {
        action.perform(session, None, out);
    }
}

fn tool_ui(ui: &mut Ui, icon: MaterialIcon, name: &str, is_on: bool) -> Response {
    let color = if is_on { theme::TEXT } else { theme::SECONDARY };
    let fill = if is_on { theme::BUTTON } else { theme::PANEL };
    let text = icon.rich_text().size(19.0).color(color);
    let button = Button::new(text).fill(fill).min_size(Vec2::splat(BUTTON));
    let response = ui.add(button).on_hover_text(name);
    let label = name.split(" (").next().unwrap_or(name).to_owned();
    response
        .widget_info(|| egui::WidgetInfo::selected(egui::Role::Button, true, is_on, label.clone()));
    response
}
