//! Fields of the composer: a name above a text, a choice among several.

use egui::{ComboBox, Response, RichText, TextEdit, Ui};

use super::{super::theme, Typing};

/// A line of text under its name.
pub(super) fn line_ui(
    ui: &mut Ui,
    name: &str,
    hint: &str,
    text: &mut String,
    typing: &mut Typing,
) -> Response {
    let edit = TextEdit::singleline(text).hint_text(hint).desired_width(f32::INFINITY);
    text_ui(ui, name, edit, typing)
}

/// Several lines of text under their name.
pub(super) fn lines_ui(
    ui: &mut Ui,
    name: &str,
    hint: &str,
    text: &mut String,
    (n_rows, typing): (usize, &mut Typing),
) -> Response {
    let edit =
        TextEdit::multiline(text).hint_text(hint).desired_rows(n_rows).desired_width(f32::INFINITY);
    text_ui(ui, name, edit, typing)
}

fn text_ui(ui: &mut Ui, name: &str, edit: TextEdit<'_>, typing: &mut Typing) -> Response {
    ui.label(RichText::new(name).size(12.0).color(theme::SECONDARY));
    let response = ui.add(edit);
    let label = name.to_owned();
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, &label));
    if response.gained_focus() {
        typing.begin();
    }
    if response.changed() {
        typing.typed();
    }
    response
}

/// All there is to choose from, and what each is called.
type Choices<'a, T> = (&'a [T], &'a dyn Fn(&T) -> String);

/// A choice among several, beside its name.
pub(super) fn choice_ui<T: Clone + PartialEq>(
    ui: &mut Ui,
    name: &str,
    chosen: &mut T,
    (all, words): Choices<'_, T>,
) {
    let selected = words(chosen);
    selected_ui(ui, (name, &selected), chosen, (all, words));
}

/// The same where what is chosen is said in other words than in the list.
pub(super) fn selected_ui<T: Clone + PartialEq>(
    ui: &mut Ui,
    (name, selected): (&str, &str),
    chosen: &mut T,
    (all, words): Choices<'_, T>,
) {
    ui.horizontal(|ui| {
        ui.label(RichText::new(name).color(theme::SECONDARY));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let combo = ComboBox::from_id_salt(name)
                .width(CHOICE_WIDTH)
                .truncate()
                .height(360.0)
                .selected_text(selected)
                .show_ui(ui, |ui| {
                    for option in all {
                        ui.selectable_value(chosen, option.clone(), words(option));
                    }
                });
            let label = name.to_owned();
            combo
                .response
                .widget_info(|| egui::WidgetInfo::labeled(egui::Role::ComboBox, true, &label));
        });
    });
}

/// The width of a choice, in points.
const CHOICE_WIDTH: f32 = 172.0;
