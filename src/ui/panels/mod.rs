//! The window's parts round the panes.

mod absent;
mod align;
mod blind;
mod diagram;
mod empty;
mod finding_editor;
mod finding_list;
mod head;
mod help;
mod judge;
mod look_menu;
mod notices;
mod protocol;
mod stage_bar;
mod status;
mod table;
mod tools;
mod top;
mod values;
mod verdicts;

pub(super) use absent::{fault_ui, missing_ui};
pub(super) use align::align_ui;
pub(super) use blind::{HIDDEN, unaligned_ui};
pub(super) use empty::empty_ui;
pub(super) use head::{HEAD_HEIGHT, Heads};
pub(super) use help::{CloseAnswer, close_question_ui, help_ui, modal, replace_question_ui};
pub(super) use judge::Judge;
pub(super) use notices::notices_ui;
pub(super) use stage_bar::{STAGE_BAR_HEIGHT, stage_bar_ui};
pub(super) use status::status_ui;
pub(super) use tools::{tools_ui, tools_width};
pub(super) use top::top_ui;
pub(super) use values::values_ui;
pub(super) use verdicts::answer_all;

use egui::{Button, Response, RichText, Ui, Vec2};

use super::theme;
use crate::document::GestureId;

/// The white button of the one next step, as wide as there is room.
pub(super) fn primary_button_ui(ui: &mut Ui, text: &str) -> Response {
    let text = RichText::new(text).font(theme::semibold(13.0)).color(theme::ON_PRIMARY);
    let size = Vec2::new(ui.available_width(), 32.0);
    ui.add_sized(size, Button::new(text).fill(theme::PRIMARY))
}

/// A name at the left and its value at the right edge.
fn figure_ui(ui: &mut Ui, name: &str, value: &str) {
    ui.horizontal(|ui| {
        ui.label(RichText::new(name).color(theme::SECONDARY));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            ui.label(value);
        });
    });
}

/// The gesture of the drag on a value in progress, a new one for each drag; `None` for what is typed.
fn drag_gesture(ui: &Ui, response: &Response, first: u64) -> Option<GestureId> {
    let id = response.id.with("drags");
    let n = ui.data(|data| data.get_temp::<u64>(id)).unwrap_or(0);
    let n = n + u64::from(response.drag_started());
    ui.data_mut(|data| data.insert_temp(id, n));
    response.dragged().then_some(GestureId(first + n))
}
