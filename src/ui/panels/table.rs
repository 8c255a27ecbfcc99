//! The table of landmarks, and the selected one.

use egui::{
    Align, Button, DragValue, Layout, Rect, RichText, ScrollArea, Sense, TextEdit, Ui, Vec2,
};

use super::{
    super::{actions::ActionId, outbox::Outbox, theme},
    drag_gesture,
};
use crate::{
    document::{Document, Edit, Landmark, Registration, Side},
    geometry::PairResidual,
    session::{Command, Session, TableOrder, ViewCommand},
};

/// The names of the figures' columns; while blind all are percents of the face unit.
const COLUMNS: [&str; 3] = ["px", "% face", "left out"];
const BLIND_COLUMNS: [&str; 3] = ["", "% face", "left out"];
const ROW: f32 = 23.0;
const COLUMN: f32 = 45.0;
/// Before a row's name: the dot that switches it off and on.
const SWITCH: f32 = 16.0;
/// Numbers of gestures beyond those of the pointer in the panes.
const WEIGHT_GESTURES: u64 = 1 << 51;

/// Shows the landmarks with their residuals, and what is still to be marked.
pub(super) fn table_ui(
    ui: &mut Ui,
    session: &Session,
    registration: &Registration,
    out: &mut Outbox,
) {
    head_ui(ui, session, out);
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        for landmark in sorted(session, registration) {
            let cells = cells_of(session.document(), registration, landmark);
            let is_flagged = registration.residual_of(landmark.id).is_some_and(|of| of.flagged);
            let is_doubtful = is_flagged || landmark.is_unconfirmed();
            let color = match (landmark.is_active && !landmark.is_predicted(), is_doubtful) {
                (false, _) => theme::SECONDARY,
                (true, true) => theme::DOUBT,
                (true, false) => theme::TEXT,
            };
            let is_selected = session.selection() == Some(landmark.id);
            let top = ui.cursor().top();
            if is_selected && is_newly_selected(ui, landmark) {
                let row = Rect::from_x_y_ranges(ui.max_rect().x_range(), top..=top + ROW);
                ui.scroll_to_rect(row, None);
            }
            if row_ui(ui, &landmark.name, &cells, color, Some(is_selected)) {
                out.send(Command::View(ViewCommand::GoTo(landmark.id)));
            }
            if landmark.pair().is_some() && switch_ui(ui, landmark, top) {
                let (id, is_active) = (landmark.id, !landmark.is_active);
                let edit = if landmark.is_active && landmark.is_predicted() {
                    Edit::ConfirmLandmark(id)
                } else {
                    Edit::SetLandmarkActive { id, is_active }
                };
                out.send(Command::Edit(edit, None));
            }
        }
        unmarked_ui(ui, session, out);
    });
}

/// Whether another landmark was selected when the table was shown last.
fn is_newly_selected(ui: &Ui, landmark: &Landmark) -> bool {
    let id = egui::Id::unique("shown selection");
    ui.data_mut(|data| {
        let before = data.get_temp::<u32>(id);
        data.insert_temp(id, landmark.id.0);
        before != Some(landmark.id.0)
    })
}

/// The landmarks in the order that was chosen; those without a figure come last.
fn sorted<'a>(session: &'a Session, registration: &Registration) -> Vec<&'a Landmark> {
    let mut all: Vec<&Landmark> = session.document().landmarks.iter().collect();
    let figure = |landmark: &Landmark, of: fn(&PairResidual) -> Option<f64>| {
        registration.residual_of(landmark.id).and_then(of).unwrap_or(-1.0)
    };
    let largest_first = |of: fn(&PairResidual) -> Option<f64>| {
        move |a: &&Landmark, b: &&Landmark| figure(b, of).total_cmp(&figure(a, of))
    };
    match session.view().table_order {
        TableOrder::Marked => (),
        TableOrder::Name => all.sort_by(|a, b| a.name.cmp(&b.name)),
        TableOrder::Residual => all.sort_by(largest_first(|of| Some(of.residual))),
        TableOrder::LeftOut => all.sort_by(largest_first(|of| of.leave_one_out)),
    }
    all
}

/// The names of the columns; a click sorts by one, another takes that back.
fn head_ui(ui: &mut Ui, session: &Session, out: &mut Outbox) {
    let names = if session.is_blind() { BLIND_COLUMNS } else { COLUMNS };
    let cells = names.map(ToOwned::to_owned);
    let top = ui.cursor().top();
    row_ui(ui, "Landmark", &cells, theme::SECONDARY, None);
    let row = Rect::from_x_y_ranges(ui.max_rect().x_range(), top..=top + ROW);
    let figures = row.right() - 3.0 * COLUMN;
    let columns = [
        (row.left()..=figures, TableOrder::Name, "Sort by name"),
        (figures..=row.right() - COLUMN, TableOrder::Residual, "Sort by residual"),
        (row.right() - COLUMN..=row.right(), TableOrder::LeftOut, "Sort by left out"),
    ];
    for (range, order, name) in columns {
        let area = Rect::from_x_y_ranges(range, row.y_range());
        let response = ui.interact(area, ui.scope_id().with(name), Sense::click());
        let is_on = session.view().table_order == order;
        response.widget_info(|| egui::WidgetInfo::selected(egui::Role::Button, true, is_on, name));
        if is_on {
            let line = area.shrink2(Vec2::new(4.0, 0.0));
            let stroke = egui::Stroke::new(1.5, theme::TEXT);
            ui.painter().hline(line.x_range(), line.bottom(), stroke);
        }
        if response.on_hover_text(name).clicked() {
            let order = if is_on { TableOrder::Marked } else { order };
            out.send(Command::View(ViewCommand::SortTable(order)));
        }
    }
}

/// The recipe's landmarks that are not marked yet; a click chooses the one to mark next.
fn unmarked_ui(ui: &mut Ui, session: &Session, out: &mut Outbox) {
    let document = session.document();
    let next = session.next_landmark_name();
    for landmark in &document.recipe.landmarks {
        if document.landmark_named(&landmark.name).is_some() {
            continue;
        }
        let is_next = landmark.name == next;
        let cells = ["", "", if is_next { "next" } else { "" }].map(ToOwned::to_owned);
        if row_ui(ui, &landmark.name, &cells, theme::SECONDARY, Some(false)) {
            let name = landmark.name.clone();
            out.send(Command::View(ViewCommand::MarkNext(Some(name))));
        }
    }
}

fn cells_of(document: &Document, registration: &Registration, landmark: &Landmark) -> [String; 3] {
    let Some(of) = registration.residual_of(landmark.id) else {
        let missing = Side::BOTH.into_iter().find(|side| landmark.at[*side].is_none());
        let text = missing.map_or_else(String::new, |side| format!("{side} missing"));
        return [String::new(), String::new(), text];
    };
    let percent = document.face_unit().map(|unit| 100.0 * of.residual / unit);
    let number = |value: Option<f64>| value.map_or("–".to_owned(), |v| format!("{v:.1}"));
    // Without spare pairs the fit is exact and a residual of zero would pass for a good one.
    let is_exact = registration.residuals.rms.is_none();
    let is_fitted = landmark.fitted_pair().is_some();
    let residual = (!is_exact || !is_fitted).then_some(of.residual);
    if document.is_blind() {
        let left_out = of.leave_one_out.zip(document.face_unit());
        let left_out = left_out.map(|(px, unit)| 100.0 * px / unit);
        return [String::new(), number(residual.and(percent)), number(left_out)];
    }
    [number(residual), number(residual.and(percent)), number(of.leave_one_out)]
}

/// The dot before a row that begins at `top`: full for a landmark that takes part in the fit. True
/// when it was clicked.
fn switch_ui(ui: &Ui, landmark: &Landmark, top: f32) -> bool {
    let row = Rect::from_x_y_ranges(ui.max_rect().x_range(), top..=top + ROW);
    let area = row.with_max_x(row.left() + SWITCH);
    let id = ui.scope_id().with(("switch", landmark.id.0));
    let response = ui.interact(area, id, Sense::click());
    let (radius, at) = (3.5, area.center());
    let color = if response.hovered() { theme::TEXT } else { theme::SECONDARY };
    let is_on = landmark.fitted_pair().is_some();
    if is_on {
        ui.painter().circle_filled(at, radius, color);
    } else {
        ui.painter().circle_stroke(at, radius, egui::Stroke::new(1.0, color));
    }
    let text = format!("Use {}", landmark.name);
    response.widget_info(|| {
        egui::WidgetInfo::selected(egui::Role::CheckBox, true, is_on, text.clone())
    });
    let hint = match (is_on, landmark.is_predicted()) {
        (true, _) => "In the fit: click to leave out",
        (false, true) => {
            "Accepted where the fit expected it, which adds nothing to the fit: click to count it"
        }
        (false, false) => "Left out: click to use",
    };
    response.on_hover_text(hint).clicked()
}

/// A row of the table; true when it was clicked.
fn row_ui(
    ui: &mut Ui,
    name: &str,
    cells: &[String; 3],
    color: egui::Color32,
    is_selected: Option<bool>,
) -> bool {
    let sense = if is_selected.is_some() { Sense::click() } else { Sense::hover() };
    let (rect, response) = ui.allocate_exact_size(Vec2::new(ui.available_width(), ROW), sense);
    let painter = ui.painter_at(rect);
    if is_selected == Some(true) || (is_selected.is_some() && response.hovered()) {
        painter.rect_filled(rect, 4.0, theme::BUTTON);
    }
    painter.hline(rect.x_range(), rect.bottom(), egui::Stroke::new(1.0, theme::HAIRLINE));
    let font = theme::regular(12.0);
    let left = rect.left_center() + Vec2::new(SWITCH, 0.0);
    let names = ui.painter_at(rect.with_max_x(rect.right() - 3.0 * COLUMN + 16.0));
    names.text(left, egui::Align2::LEFT_CENTER, name, font.clone(), color);
    for (idx, cell) in (0_u8..).zip(cells.iter().rev()) {
        let at = rect.right_center() - Vec2::new(4.0 + COLUMN * f32::from(idx), 0.0);
        painter.text(at, egui::Align2::RIGHT_CENTER, cell, font.clone(), color);
    }
    if is_selected.is_some() {
        let text = format!("Landmark {name}");
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, text.clone()));
    }
    response.clicked()
}

/// The selected landmark: its name, what it weighs, and refining it.
pub(super) fn selected_ui(ui: &mut Ui, session: &Session, out: &mut Outbox) {
    let selected = session.selection().and_then(|id| session.document().landmark(id));
    let Some(landmark) = selected else { return };
    ui.horizontal(|ui| {
        name_ui(ui, session, landmark, out);
        let mut weight = landmark.weight;
        let value = DragValue::new(&mut weight)
            .range(0.01..=100.0)
            .speed(0.02)
            .max_decimals(2)
            .prefix("w ");
        // What a file holds is not changed by being looked at.
        let value = value.clamp_existing_to_range(false).update_while_editing(false);
        let response = ui.add(value).on_hover_text("How much it counts in the fit");
        let gesture = drag_gesture(ui, &response, WEIGHT_GESTURES);
        if response.changed() {
            let edit = Edit::SetLandmarkWeight { id: landmark.id, weight };
            out.send(Command::Edit(edit, gesture));
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let refine = ActionId::Refine;
            let button = Button::new(RichText::new("Refine").size(12.0));
            let response = ui.add_enabled(refine.is_enabled(session), button).on_hover_text(
                "Look in B's pixels for what A shows at its mark (Ctrl+R); the alignment so far \
                 says where to begin",
            );
            if response.clicked() {
                refine.perform(session, None, out);
            }
        });
    });
    let place = |side: Side| match landmark.at[side] {
        Some(_) if session.is_blind() => format!("{side} marked"),
        Some(mark) => format!("{side} {:.1}, {:.1}", mark.at.x, mark.at.y),
        None => format!("{side} –"),
    };
    let mut text = format!("{} · {}", place(Side::A), place(Side::B));
    if landmark.is_predicted() {
        text.push_str(" · predicted");
    }
    ui.label(RichText::new(text).size(12.0).color(theme::SECONDARY));
}

/// The name, to be typed over; it counts once the field is left.
fn name_ui(ui: &mut Ui, session: &Session, landmark: &Landmark, out: &mut Outbox) {
    let id = egui::Id::unique(("landmark name", landmark.id.0));
    let typed = ui.data(|data| data.get_temp::<String>(id));
    let mut text = typed.unwrap_or_else(|| landmark.name.clone());
    let edit = TextEdit::singleline(&mut text).desired_width(128.0);
    let response = ui.add(edit.font(theme::regular(12.0)));
    response
        .widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, "Name of landmark"));
    if !response.lost_focus() {
        if response.has_focus() {
            ui.data_mut(|data| data.insert_temp(id, text));
        }
        return;
    }
    ui.data_mut(|data| data.remove::<String>(id));
    let is_meant = !ui.input(|input| input.key_pressed(egui::Key::Escape));
    if is_meant
        && text.trim() != landmark.name
        && session.document().landmark(landmark.id).is_some()
    {
        out.send(Command::Edit(Edit::RenameLandmark { id: landmark.id, name: text }, None));
    }
}
