//! What the card says in its author's words.

use egui::{RichText, Ui};

use super::{
    super::{
        outbox::{Ask, Outbox},
        theme,
    },
    FIRST_GESTURE, Typing,
    fields::{choice_ui, line_ui, lines_ui},
};
use crate::{
    card::MOST_ALT_TEXT,
    document::{Brand, CardStyle, CardWords, Corner, Edit, GestureId, Kind, Side},
    session::{Command, Session},
};

/// The sides' labels, the same as in the heads of the panes.
pub(super) fn labels_ui(ui: &mut Ui, session: &Session, typing: &mut Typing, out: &mut Outbox) {
    for side in Side::BOTH {
        let mut label = session.document().labels[side].clone();
        let hint = session.document().label_or_stem(side);
        let name = format!("Label of {side}");
        if line_ui(ui, &name, &hint, &mut label, typing).changed() {
            let gesture = GestureId(FIRST_GESTURE + typing.n_gestures);
            out.send(Command::Edit(Edit::SetLabel { side, label }, Some(gesture)));
        }
    }
}

/// Title, subtitle and remark.
pub(super) fn words_ui(ui: &mut Ui, words: &mut CardWords, typing: &mut Typing) {
    line_ui(ui, "Title", "none", &mut words.title, typing);
    line_ui(ui, "Subtitle", "none", &mut words.subtitle, typing);
    lines_ui(ui, "Remark", "none", &mut words.remark, (2, typing));
}

/// What kind of picture each side is.
pub(super) fn kinds_ui(ui: &mut Ui, session: &Session, out: &mut Outbox) {
    let all: Vec<Option<Kind>> = std::iter::once(None).chain(Kind::ALL.map(Some)).collect();
    let words = |kind: &Option<Kind>| kind.map_or("not said", Kind::name).to_owned();
    for side in Side::BOTH {
        let before = session.document().kinds[side];
        let mut kind = before;
        choice_ui(ui, &format!("{side} is"), &mut kind, (&all, &words));
        if kind != before {
            out.send(Command::Edit(Edit::SetKind(side, kind), None));
        }
    }
}

/// The author's mark.
pub(super) fn brand_ui(ui: &mut Ui, brand: &mut Brand, typing: &mut Typing, out: &mut Outbox) {
    if let Some(picture) = &brand.picture {
        let name = picture.file_name();
        let mut removes = false;
        ui.horizontal(|ui| {
            ui.label(RichText::new("Mark").color(theme::SECONDARY));
            removes = ui.small_button("Remove").clicked();
            ui.add(egui::Label::new(name).truncate());
        });
        if removes {
            brand.picture = None;
        }
    } else {
        line_ui(ui, "Mark", "@yourname", &mut brand.text, typing);
    }
    ui.horizontal(|ui| {
        if ui.button("Picture as mark…").clicked() {
            out.ask(Ask::OpenBrand);
        }
    });
    let words = |corner: &Corner| corner.name().to_owned();
    choice_ui(ui, "Corner", &mut brand.corner, (&Corner::ALL, &words));
}

/// What those are told who cannot see the card.
pub(super) fn alt_text_ui(
    ui: &mut Ui,
    session: &Session,
    style: &mut CardStyle,
    typing: &mut Typing,
) {
    let draft = session.card().map(|card| card.draft.clone()).unwrap_or_default();
    let mut text = style.words.alt_text.clone().unwrap_or_else(|| draft.clone());
    let response = lines_ui(ui, "Told to those who cannot see it", "", &mut text, (6, typing));
    if response.changed() {
        let text: String = text.chars().take(MOST_ALT_TEXT).collect();
        style.words.alt_text = Some(text);
    }
    ui.horizontal(|ui| {
        let n = style.words.alt_text.as_ref().unwrap_or(&draft).chars().count();
        let count = format!("{n} of {MOST_ALT_TEXT}");
        ui.label(RichText::new(count).size(12.0).color(theme::SECONDARY));
        if style.words.alt_text.is_some() {
            if ui.small_button("Draft it again").clicked() {
                style.words.alt_text = None;
            }
        } else {
            ui.label(RichText::new("drafted").size(12.0).color(theme::SECONDARY));
        }
    });
}
