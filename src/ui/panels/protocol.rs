//! Whether the pair was made as a fair comparison asks, what its author says of it, and the prompt.

use egui::{CollapsingHeader, ComboBox, RichText, ScrollArea, TextEdit, Ui};
use egui_material_icons::icons;

use super::{
    super::{outbox::Outbox, theme},
    blind::hidden_ui,
};
use crate::{
    document::{Declared, Edit, GestureId, PerSide, Prompt, Run, Side, Swap},
    measure::{Check, protocol},
    session::{Command, Session, upper_first},
};

/// Numbers of gestures beyond those of the verdicts' remarks.
const FIRST_GESTURE: u64 = 1 << 57;

/// What the panel remembers between frames.
#[derive(Default)]
pub(super) struct Protocol {
    n_gestures: u64,
    /// The checks of this revision.
    checks: Option<(u64, Vec<Check>)>,
}

impl Protocol {
    /// Shows the panel.
    pub(super) fn ui(&mut self, ui: &mut Ui, session: &Session, out: &mut Outbox) {
        if session.is_blind() {
            hidden_ui(ui);
            return;
        }
        ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
            self.checks_ui(ui, session);
            let mut declared = session.document().declared.clone();
            let mut typed = false;
            section_ui(ui, "How they were made", false, |ui| {
                let text = "As you say; nothing is read from the pictures.";
                ui.label(RichText::new(text).size(12.0).color(theme::SECONDARY));
                self.runs_ui(ui, &mut declared.runs, &mut typed);
                ui.label(RichText::new("The comparison is about").color(theme::SECONDARY));
                let hint = "left more processed, right more grounded";
                typed |= self.line_ui(ui, "Comparison axis", hint, &mut declared.axis);
            });
            let recipe = &session.document().recipe;
            if let Some(prompt) = &recipe.prompt {
                section_ui(ui, "Prompt", false, |ui| {
                    self.prompt_ui(ui, session, prompt, &mut declared, &mut typed);
                });
            }
            if declared != session.document().declared {
                let gesture = typed.then_some(GestureId(FIRST_GESTURE + self.n_gestures));
                out.send(Command::Edit(Edit::Declare(Box::new(declared)), gesture));
            }
        });
    }

    fn checks_ui(&mut self, ui: &mut Ui, session: &Session) {
        let revision = session.revision();
        if self.checks.as_ref().is_none_or(|(of, _)| *of != revision) {
            self.checks = Some((revision, protocol(session.document())));
        }
        let Some((_, checks)) = &self.checks else { return };
        let n = checks.iter().filter(|check| check.pass == Some(true)).count();
        section_ui(ui, &format!("Checks, {n} of {} passed", checks.len()), true, |ui| {
            for check in checks {
                let (mark, color) = match check.pass {
                    Some(true) => (icons::ICON_CHECK, theme::STRENGTH),
                    Some(false) => (icons::ICON_CLOSE, theme::ERROR),
                    None => (icons::ICON_QUESTION_MARK, theme::DOUBT),
                };
                ui.horizontal(|ui| {
                    ui.label(mark.rich_text().size(15.0).color(color));
                    ui.label(upper_first(check.name));
                });
                let text = RichText::new(&check.figure).size(12.0).color(theme::SECONDARY);
                ui.add(egui::Label::new(text).wrap());
                ui.add_space(3.0);
            }
        });
    }

    /// Both sides' fields; what is the same on both is typed once and copied by a button.
    fn runs_ui(&mut self, ui: &mut Ui, runs: &mut PerSide<Run>, typed: &mut bool) {
        for side in Side::BOTH {
            ui.add_space(4.0);
            let name = RichText::new(format!("Side {side}")).color(theme::of_side(side));
            ui.label(name.font(theme::semibold(12.5)));
            let Run { model, prompt, seed } = &mut runs[side];
            *typed |= self.line_ui(ui, &format!("Model of {side}"), "Model", model);
            *typed |= self.line_ui(ui, &format!("Seed of {side}"), "Seed", seed);
            *typed |= self.line_ui(ui, &format!("Prompt of {side}"), "Prompt", prompt);
        }
        let is_alike = (&runs.a.prompt, &runs.a.seed) == (&runs.b.prompt, &runs.b.seed);
        let button = egui::Button::new("Prompt and seed of A for B, too");
        if ui.add_enabled(!is_alike, button).clicked() {
            runs.b.prompt.clone_from(&runs.a.prompt);
            runs.b.seed.clone_from(&runs.a.seed);
        }
    }

    fn line_ui(&mut self, ui: &mut Ui, name: &str, hint: &str, text: &mut String) -> bool {
        let edit = TextEdit::singleline(text).hint_text(hint).desired_width(f32::INFINITY);
        let response = ui.add(edit);
        let label = name.to_owned();
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, &label));
        if response.gained_focus() {
            self.n_gestures += 1;
        }
        response.changed()
    }

    fn prompt_ui(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        prompt: &Prompt,
        declared: &mut Declared,
        typed: &mut bool,
    ) {
        let recipe = &session.document().recipe;
        if let Some(text) = session.document().declared.prompt(recipe) {
            if ui.button("Copy the prompt").on_hover_text(&text).clicked() {
                ui.ctx().copy_text(text.clone());
            }
            if ui.button("It made both sides").clicked() {
                declared.runs.a.prompt.clone_from(&text);
                declared.runs.b.prompt = text;
            }
        }
        for slot in &prompt.slots {
            ui.add_space(3.0);
            ui.label(RichText::new(upper_first(&slot.name)).color(theme::SECONDARY));
            let mut text = declared.slot(recipe, &slot.name).to_owned();
            if self.line_ui(ui, &slot.name, "", &mut text) {
                *typed = true;
                set(&mut declared.slots, &slot.name, text, &slot.text);
            }
        }
        for Swap { chunk, options } in &prompt.swaps {
            ui.add_space(3.0);
            let label = RichText::new(format!("In place of \"{chunk}\"")).color(theme::SECONDARY);
            ui.add(egui::Label::new(label).wrap());
            let mut chosen = declared.swapped(chunk).to_owned();
            let combo = ComboBox::from_id_salt(chunk)
                .width(ui.available_width() - 10.0)
                .truncate()
                .selected_text(&chosen)
                .show_ui(ui, |ui| {
                    for option in std::iter::once(chunk).chain(options) {
                        ui.selectable_value(&mut chosen, option.clone(), option);
                    }
                });
            let name = format!("In place of {chunk}");
            combo.response.widget_info(|| {
                egui::WidgetInfo::labeled(egui::Role::ComboBox, true, name.clone())
            });
            if chosen != declared.swapped(chunk) {
                set(&mut declared.swaps, chunk, chosen, chunk);
            }
        }
    }
}

/// Notes `text` for `key`, or nothing where it is what stands there anyway.
fn set(all: &mut Vec<(String, String)>, key: &str, text: String, otherwise: &str) {
    all.retain(|(of, _)| of != key);
    if text != otherwise {
        all.push((key.to_owned(), text));
    }
}

fn section_ui(ui: &mut Ui, title: &str, is_open: bool, content: impl FnOnce(&mut Ui)) {
    let text = RichText::new(title).font(theme::semibold(13.0));
    let id = title.split(',').next().unwrap_or(title).to_owned();
    CollapsingHeader::new(text).id_salt(id).default_open(is_open).show(ui, content);
}
