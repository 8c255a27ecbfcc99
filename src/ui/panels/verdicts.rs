//! The table of verdicts: which side is more believable for what.

use egui::{RichText, ScrollArea, Sense, TextEdit, Ui, Vec2};

use super::super::{outbox::Outbox, theme};
use crate::{
    document::{Answer, Criterion, GestureId, Side},
    session::{Command, Session, ViewCommand},
};

/// Numbers of gestures beyond those of the findings' notes.
const FIRST_GESTURE: u64 = 1 << 56;

/// What the table remembers between frames.
#[derive(Default)]
pub(super) struct Verdicts {
    n_gestures: u64,
    /// The row that was shown last, so that another one is scrolled to.
    shown: Option<Criterion>,
}

/// What a button shows.
const fn symbol(answer: Answer) -> &'static str {
    match answer {
        Answer::A => "A",
        Answer::Tie => "=",
        Answer::B => "B",
        Answer::NotVisible => "–",
    }
}

/// Answers a criterion and goes on to the next open one after it.
fn answer(session: &Session, criterion: &Criterion, answer: Answer, out: &mut Outbox) {
    answer_all(session, criterion, &[answer], out);
}

/// Answers a criterion and those that are asked after it, one after the other.
pub(crate) fn answer_all(
    session: &Session,
    first: &Criterion,
    answers: &[Answer],
    out: &mut Outbox,
) {
    let (mut asked, mut done) = (first.clone(), Vec::new());
    for answer in answers {
        let is_back = session.answer(&asked) == Some(*answer);
        out.send(Command::Edit(session.answered(&asked, *answer), None));
        done.push(asked.clone());
        if !is_back {
            asked = next_open(session, &asked, &done).unwrap_or(asked);
        }
    }
    out.send(Command::View(ViewCommand::Ask(Some(asked))));
}

/// The next criterion without an answer, round from the last to the first.
fn next_open(session: &Session, criterion: &Criterion, done: &[Criterion]) -> Option<Criterion> {
    let criteria = session.criteria();
    let at = criteria.iter().position(|other| other == criterion)?;
    let mut round = criteria[at + 1..].iter().chain(&criteria[..at]);
    round.find(|other| session.answer(other).is_none() && !done.contains(other)).cloned()
}

impl Verdicts {
    /// Shows the table.
    pub(super) fn ui(&mut self, ui: &mut Ui, session: &Session, out: &mut Outbox) {
        let criteria = session.criteria();
        if criteria.is_empty() {
            let text = "This recipe asks no questions. Choose another one in the Align step.";
            ui.label(RichText::new(text).color(theme::SECONDARY));
            return;
        }
        // Always two lines, so that the rows stay under the pointer.
        let summary = format!("More believable: {}", session.tally().words());
        let size = Vec2::new(ui.available_width(), 36.0);
        let layout = egui::Layout::left_to_right(egui::Align::Min).with_main_wrap(true);
        ui.allocate_ui_with_layout(size, layout, |ui| {
            ui.set_min_size(size);
            ui.label(RichText::new(summary).color(theme::TEXT));
        });
        let text = "← A   ↓ tie   → B   ↑ not visible   ⌫ back";
        ui.label(RichText::new(text).size(12.0).color(theme::SECONDARY));
        let asked = session.asked();
        let has_moved = self.shown != asked;
        self.shown.clone_from(&asked);
        let height = ui.available_height() - 92.0;
        ScrollArea::vertical().max_height(height).auto_shrink([false, true]).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            let mut region = "";
            for criterion in &criteria {
                if criterion.region != region {
                    region = &criterion.region;
                    let name = session.library().taxonomy.region_name(region);
                    ui.add_space(6.0);
                    let name = crate::session::upper_first(name);
                    ui.label(RichText::new(name).font(theme::semibold(12.5)));
                }
                let is_asked = asked.as_ref() == Some(criterion);
                row_ui(ui, session, criterion, (is_asked, has_moved), out);
            }
        });
        if let Some(asked) = asked {
            self.remark_ui(ui, session, &asked, out);
        }
    }

    fn remark_ui(&mut self, ui: &mut Ui, session: &Session, asked: &Criterion, out: &mut Outbox) {
        ui.add_space(4.0);
        let text = RichText::new(format!("On: {}", asked.text)).size(12.0).color(theme::SECONDARY);
        ui.add(egui::Label::new(text).truncate());
        let known = session.document().verdict(asked);
        let mut remark = known.map_or_else(String::new, |verdict| verdict.remark.clone());
        let edit = TextEdit::multiline(&mut remark)
            .id_salt(("remark", &asked.region, &asked.text))
            .hint_text("Remark")
            .desired_rows(2)
            .desired_width(f32::INFINITY);
        let response = ui.add(edit);
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, "Remark"));
        if response.gained_focus() {
            self.n_gestures += 1;
        }
        if response.changed() {
            let gesture = GestureId(FIRST_GESTURE + self.n_gestures);
            out.send(Command::Edit(session.remarked(asked, remark), Some(gesture)));
        }
    }
}

/// A question and its four buttons.
fn row_ui(
    ui: &mut Ui,
    session: &Session,
    criterion: &Criterion,
    (is_asked, has_moved): (bool, bool),
    out: &mut Outbox,
) {
    const BUTTON: f32 = 24.0;
    let given = session.answer(criterion);
    // The scroll bar has the rest.
    let width = ui.available_width() - 8.0;
    let text_width = width - 4.0 * (BUTTON + 2.0) - 8.0;
    let galley = ui.painter().layout(
        criterion.text.clone(),
        theme::regular(12.5),
        if given.is_some() { theme::SECONDARY } else { theme::TEXT },
        text_width,
    );
    let size = Vec2::new(width, (galley.size().y + 12.0).max(BUTTON + 2.0));
    let (area, response) = ui.allocate_exact_size(size, Sense::click());
    response.widget_info(|| {
        egui::WidgetInfo::labeled(egui::Role::Button, true, format!("Ask: {}", criterion.text))
    });
    if is_asked {
        ui.painter().rect_filled(area, f32::from(theme::RADIUS), theme::BUTTON);
        if has_moved {
            ui.scroll_to_rect(area, None);
        }
    }
    let known = session.document().verdict(criterion);
    if known.is_some_and(|verdict| !verdict.remark.is_empty()) {
        // Somebody remarked upon it.
        ui.painter().circle_filled(area.left_center() + Vec2::new(1.0, 0.0), 2.0, theme::TEXT);
    }
    if response.clicked() {
        out.send(Command::View(ViewCommand::Ask(Some(criterion.clone()))));
    }
    let at = egui::pos2(area.left() + 6.0, area.center().y - galley.size().y / 2.0);
    ui.painter().galley(at, galley, theme::TEXT);
    ui.spacing_mut().button_padding.x = 4.0;
    for (idx, of) in (0_u8..).zip(Answer::ALL) {
        let x = area.right() - (BUTTON + 2.0) * f32::from(4 - idx);
        let at = egui::pos2(x, area.center().y - BUTTON / 2.0);
        let rect = egui::Rect::from_min_size(at, Vec2::splat(BUTTON));
        let is_on = given == Some(of);
        let (fill, color) = match (is_on, of) {
            (true, Answer::A) => (theme::of_side(Side::A), theme::ON_PRIMARY),
            (true, Answer::B) => (theme::of_side(Side::B), theme::ON_PRIMARY),
            (true, _) => (theme::PRIMARY, theme::ON_PRIMARY),
            (false, _) => (theme::SURROUND, theme::SECONDARY),
        };
        let text = RichText::new(symbol(of)).font(theme::semibold(12.5)).color(color);
        let button = egui::Button::new(text).fill(fill).min_size(rect.size());
        let response = ui.put(rect, button).on_hover_text(of.name());
        let label = format!("{}: {}", criterion.text, of.name());
        response.widget_info(|| {
            egui::WidgetInfo::selected(egui::Role::Button, true, is_on, label.clone())
        });
        if response.clicked() {
            answer(session, criterion, of, out);
        }
    }
}
