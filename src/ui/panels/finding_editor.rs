//! What is said of the selected findings.

use egui::{Key, Response, RichText, TextEdit, Ui};
use egui_material_icons::icons;

use super::super::{outbox::Outbox, theme};
use crate::{
    document::{
        Belongs, Code, Confidence, Defect, Edit, Finding, FindingEdit, FindingId, GestureId,
        Severity,
    },
    session::{Command, Session},
};

/// Numbers of gestures beyond those of the pointer.
const FIRST_GESTURE: u64 = 1 << 55;
/// Suggestions that are shown at most.
const N_SUGGESTIONS: usize = 9;

/// What is being typed.
#[derive(Default)]
pub(super) struct FindingEditor {
    /// What is looked for in the list of defects, while it is.
    typed: Option<String>,
    /// The suggestion that Enter takes.
    chosen: usize,
    n_gestures: u64,
    of: Option<FindingId>,
}

impl FindingEditor {
    /// Shows what is said of the selected findings; of several, changes are made to all.
    pub(super) fn ui(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        wants_name: &mut Option<u64>,
        out: &mut Outbox,
    ) {
        let selected = session.selected_findings();
        let Some(first) = selected.first().copied() else { return };
        if self.of != Some(first.id) {
            self.of = Some(first.id);
            self.typed = None;
        }
        ui.separator();
        let title = match selected.len() {
            1 => format!("{} · {}", session.finding_number(first.id), first.kind().name()),
            n => format!("{n} findings"),
        };
        ui.horizontal(|ui| {
            ui.label(RichText::new(title).font(theme::semibold(13.0)));
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                buttons_ui(ui, session, first, out);
            });
        });
        let is_naming = self.code_ui(ui, session, first, wants_name, out);
        if is_naming {
            return;
        }
        rows_ui(ui, session, &selected, out);
        // One note typed over several others would lose them.
        if selected.iter().all(|of| of.note == first.note) {
            self.note_ui(ui, session, first, out);
        } else {
            ui.label(RichText::new("Their notes differ.").color(theme::SECONDARY));
        }
    }

    /// What it is: a field that finds a defect by the beginnings of its words. True while it does, with
    /// suggestions in place of all else.
    fn code_ui(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        first: &Finding,
        wants_name: &mut Option<u64>,
        out: &mut Outbox,
    ) -> bool {
        let is_common = session.selected_findings().iter().all(|of| of.code == first.code);
        let code = first.code.as_ref().filter(|_| is_common);
        let of_finding = code.map(|code| format!("{} {}", code.code, first.words()));
        let mut text = self.typed.clone().or(of_finding).unwrap_or_default();
        let edit = TextEdit::singleline(&mut text)
            .hint_text("What is it? Try \"teeth mer\"")
            .desired_width(f32::INFINITY);
        let response = ui.add(edit);
        response
            .widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, "What it is"));
        // Not the one that was selected before it.
        if wants_name.take_if(|drawn| *drawn < session.revision()).is_some() {
            response.request_focus();
        }
        if response.gained_focus() {
            self.typed = Some(String::new());
            self.chosen = 0;
        } else if response.changed() {
            self.typed = Some(text);
            self.chosen = 0;
        }
        let Some(typed) = self.typed.clone() else {
            if is_common {
                hint_ui(ui, session, first);
            }
            return false;
        };
        let found = session.library().taxonomy.search(&typed, &session.recent_codes());
        let found: Vec<&Defect> = found.into_iter().take(N_SUGGESTIONS).collect();
        let taken = self.suggestions_ui(ui, &found, &typed);
        let is_entered = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        let taken = taken.or_else(|| {
            // What is only told about a defect does not make it what was typed.
            let taxonomy = &session.library().taxonomy;
            let is_meant = |defect: &&Defect| self.chosen > 0 || taxonomy.names(defect, &typed);
            let chosen = found.get(self.chosen).copied().filter(|of| is_meant(of));
            chosen.filter(|_| is_entered && !typed.trim().is_empty())
        });
        if let Some(defect) = taken {
            let code: Code = defect.code.clone();
            log::info!("finding named: {}", code.code);
            change(session, out, |finding| finding.code = Some(code.clone()));
            self.typed = None;
        } else if is_entered && !typed.trim().is_empty() {
            // What the list does not know is kept in words.
            change(session, out, |finding| {
                let between = if finding.note.is_empty() { "" } else { "\n" };
                finding.note = format!("{}{between}{}", finding.note, typed.trim());
            });
            self.typed = None;
        } else if response.lost_focus() && !ui.input(|input| input.pointer.any_down()) {
            self.typed = None;
        } else if response.has_focus() {
            self.choose(ui, found.len());
        }
        true
    }

    /// Arrows go through the suggestions.
    fn choose(&mut self, ui: &Ui, n: usize) {
        let (up, down) =
            ui.input(|input| (input.key_pressed(Key::ArrowUp), input.key_pressed(Key::ArrowDown)));
        if down {
            self.chosen = (self.chosen + 1).min(n.saturating_sub(1));
        }
        if up {
            self.chosen = self.chosen.saturating_sub(1);
        }
    }

    fn suggestions_ui<'a>(
        &self,
        ui: &mut Ui,
        found: &[&'a Defect],
        typed: &str,
    ) -> Option<&'a Defect> {
        let mut taken = None;
        ui.spacing_mut().item_spacing.y = 1.0;
        for (idx, defect) in found.iter().enumerate() {
            let text = format!("{}  {}", defect.code.code, defect.code.name);
            let is_chosen = idx == self.chosen && !typed.is_empty();
            let label = ui.add(egui::Button::selectable(is_chosen, text).truncate());
            // Pressed, not clicked: the field loses the keyboard on the way.
            if label.is_pointer_button_down_on() || label.clicked() {
                taken = Some(*defect);
            }
            label.on_hover_text(&defect.hint);
        }
        if found.is_empty() {
            let text = "Nothing in the list is called so. Enter keeps it as the note.";
            ui.label(RichText::new(text).size(12.0).color(theme::SECONDARY));
        }
        ui.spacing_mut().item_spacing.y = 6.0;
        taken
    }

    fn note_ui(&mut self, ui: &mut Ui, session: &Session, first: &Finding, out: &mut Outbox) {
        let mut note = first.note.clone();
        let edit = TextEdit::multiline(&mut note)
            .id_salt(("note", first.id.0))
            .hint_text("Note")
            .desired_rows(2)
            .desired_width(f32::INFINITY);
        let response = ui.add(edit);
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, "Note"));
        if response.gained_focus() {
            self.n_gestures += 1;
        }
        if response.changed() {
            let gesture = GestureId(FIRST_GESTURE + self.n_gestures);
            let edit = session.changed_findings(|finding| finding.note.clone_from(&note));
            out.commands.extend(edit.map(|edit| Command::Edit(edit, Some(gesture))));
        }
    }
}

/// Whose they are, how bad, how sure, and whether they speak for the side.
fn rows_ui(ui: &mut Ui, session: &Session, selected: &[&Finding], out: &mut Outbox) {
    ui.spacing_mut().button_padding.x = 7.0;
    row_ui(ui, "Belongs to", |ui| {
        for belongs in Belongs::ALL {
            if ui
                .selectable_label(
                    common(selected, |of| of.belongs) == Some(belongs),
                    belongs.name(),
                )
                .clicked()
            {
                change(session, out, |finding| finding.belongs = belongs);
            }
        }
    });
    row_ui(ui, "Severity", |ui| {
        ui.spacing_mut().item_spacing.x = 3.0;
        for severity in Severity::ALL {
            let text = RichText::new(severity.level().to_string())
                .color(theme::of_severity(severity))
                .font(theme::semibold(13.0));
            let button =
                ui.selectable_label(common(selected, |of| of.severity) == Some(severity), text);
            if button.on_hover_text(severity.words()).clicked() {
                change(session, out, |finding| finding.severity = severity);
            }
        }
    });
    row_ui(ui, "Confidence", |ui| {
        ui.spacing_mut().item_spacing.x = 2.0;
        for confidence in Confidence::ALL {
            let is_on = common(selected, |of| of.confidence) == Some(confidence);
            if ui.selectable_label(is_on, confidence.name()).clicked() {
                change(session, out, |finding| finding.confidence = confidence);
            }
        }
    });
    row_ui(ui, "It is a", |ui| {
        for (is_strength, name) in [(false, "defect"), (true, "strength")] {
            if ui
                .selectable_label(common(selected, |of| of.is_strength) == Some(is_strength), name)
                .clicked()
            {
                change(session, out, |finding| finding.is_strength = is_strength);
            }
        }
    });
}

/// What all of them have; `None` where they differ.
fn common<T: PartialEq>(findings: &[&Finding], of: impl Fn(&Finding) -> T) -> Option<T> {
    let mut all = findings.iter().map(|finding| of(finding));
    let first = all.next()?;
    all.all(|other| other == first).then_some(first)
}

fn row_ui(ui: &mut Ui, name: &str, content: impl FnOnce(&mut Ui)) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 3.0;
        let (area, _) = ui.allocate_exact_size(egui::Vec2::new(70.0, 22.0), egui::Sense::hover());
        let (at, anchor) = (area.left_center(), egui::Align2::LEFT_CENTER);
        ui.painter().text(at, anchor, name, theme::regular(13.0), theme::SECONDARY);
        content(ui);
    });
}

fn change(session: &Session, out: &mut Outbox, change: impl Fn(&mut Finding)) {
    let edit = session.changed_findings(change);
    out.commands.extend(edit.map(|edit| Command::Edit(edit, None)));
}

/// How the defect is seen and what usually causes it.
fn hint_ui(ui: &mut Ui, session: &Session, first: &Finding) {
    let Some(defect) = session.library().taxonomy.defect(first.code_text()) else { return };
    let mut job = egui::text::LayoutJob::simple(
        defect.hint.clone(),
        theme::regular(11.5),
        theme::SECONDARY,
        ui.available_width(),
    );
    job.wrap.max_rows = 2;
    // What is cut off is shown on hovering.
    ui.label(job);
}

fn buttons_ui(ui: &mut Ui, session: &Session, first: &Finding, out: &mut Outbox) {
    let ids: Vec<FindingId> = session.selected_findings().iter().map(|of| of.id).collect();
    let all = &session.document().findings;
    let idx = all.iter().position(|of| of.id == first.id).unwrap_or(0);
    let id_at = |idx: usize| all.get(idx).map(|of| of.id);
    let up = idx.checked_sub(1).and_then(id_at);
    let is_last = idx + 1 >= all.len();
    let shift = |before| FindingEdit::Move { id: first.id, before };
    let buttons = [
        (icons::ICON_DELETE, "Delete findings", Some(FindingEdit::Remove(ids.clone()))),
        (
            icons::ICON_ARROW_DOWNWARD,
            "Move finding down",
            (ids.len() == 1 && !is_last).then(|| shift(id_at(idx + 2))),
        ),
        (
            icons::ICON_ARROW_UPWARD,
            "Move finding up",
            up.filter(|_| ids.len() == 1).map(|up| shift(Some(up))),
        ),
    ];
    ui.spacing_mut().item_spacing.x = 2.0;
    for (icon, name, edit) in buttons {
        if icon_ui(ui, icon, name, edit.is_some()).clicked()
            && let Some(edit) = edit
        {
            out.send(Command::Edit(Edit::Findings(edit), None));
        }
    }
    if icon_ui(ui, icons::ICON_CONTENT_COPY, "Duplicate findings", true).clicked() {
        out.commands.extend(session.copied_findings().map(|edit| Command::Edit(edit, None)));
    }
}

fn icon_ui(
    ui: &mut Ui,
    icon: egui_material_icons::MaterialIcon,
    name: &'static str,
    is_enabled: bool,
) -> Response {
    let text = icon.rich_text().size(16.0);
    let button = egui::Button::new(text).fill(theme::PANEL).min_size(egui::Vec2::splat(24.0));
    let response = ui.add_enabled(is_enabled, button).on_hover_text(name);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, is_enabled, name));
    response
}
