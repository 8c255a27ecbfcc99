//! What stands on the card: loupes, findings, the crop, the footer's parts.

use egui::{RichText, Ui};

use super::{super::theme, Typing};
use crate::{
    card::MAX_LOUPES,
    document::{CardStyle, FooterFields, Layout},
    session::Session,
};

/// Which loupes and findings appear.
pub(super) fn parts_ui(ui: &mut Ui, session: &Session, style: &mut CardStyle) {
    let document = session.document();
    let (layout, left_out) = (style.layout, &mut style.left_out);
    if layout.has_loupes() {
        let stands = |id| session.loupe_spots().iter().any(|(of, _)| *of == id);
        for loupe in document.loupes.iter().filter(|loupe| stands(loupe.id)) {
            let mut is_shown = !left_out.loupes.contains(&loupe.id);
            if tick_ui(ui, &mut is_shown, &loupe.name) {
                keep(&mut left_out.loupes, loupe.id, is_shown);
            }
        }
        if layout == Layout::DiptychLoupes {
            note_ui(ui, &format!("The first {MAX_LOUPES} that are ticked, where there is room."));
        }
        if let Some(words) = session.card().and_then(|card| card.without_room.as_ref()) {
            ui.label(RichText::new(words).size(12.0).color(theme::DOUBT));
        }
    }
    if layout.has_findings() {
        for (number, finding) in (1..).zip(&document.findings) {
            let mut is_shown = !left_out.findings.contains(&finding.id);
            let text = format!("{number} {} {}", finding.belongs.name(), finding.words());
            if tick_ui(ui, &mut is_shown, &text) {
                keep(&mut left_out.findings, finding.id, is_shown);
            }
        }
    }
    if !layout.has_loupes() && !layout.has_findings() {
        note_ui(ui, "This layout has neither loupes nor findings.");
    }
}

fn keep<T: PartialEq>(left_out: &mut Vec<T>, id: T, is_shown: bool) {
    left_out.retain(|other| *other != id);
    if !is_shown {
        left_out.push(id);
    }
}

/// A box to tick on one line, whatever room its words would take; true where it was ticked.
fn tick_ui(ui: &mut Ui, is_ticked: &mut bool, text: &str) -> bool {
    ui.scope(|ui| {
        ui.style_mut().wrap_mode = Some(egui::TextWrapMode::Truncate);
        ui.checkbox(is_ticked, text).on_hover_text(text).changed()
    })
    .inner
}

fn note_ui(ui: &mut Ui, text: &str) {
    let text = RichText::new(text).size(12.0).color(theme::SECONDARY);
    ui.add(egui::Label::new(text).wrap());
}

/// How the crop is changed, and taking it back.
pub(super) fn crop_ui(ui: &mut Ui, session: &Session, style: &mut CardStyle, typing: &mut Typing) {
    if !style.layout.has_panels() {
        return;
    }
    ui.add_space(4.0);
    ui.label(RichText::new("Crop of both panels").color(theme::SECONDARY));
    let mut steps = (0.0, 0.0, 1.0);
    let has_panels = session.moved_crop((0.0, 0.0), CLOSER, (0.5, 0.5)).is_some();
    ui.add_enabled_ui(has_panels, |ui| {
        ui.horizontal_wrapped(|ui| {
            for (text, name, step) in [
                ("+", "Crop closer", (0.0, 0.0, CLOSER)),
                ("−", "Crop wider", (0.0, 0.0, 1.0 / CLOSER)),
                ("←", "Crop further left", (STEP, 0.0, 1.0)),
                ("→", "Crop further right", (-STEP, 0.0, 1.0)),
                ("↑", "Crop further up", (0.0, STEP, 1.0)),
                ("↓", "Crop further down", (0.0, -STEP, 1.0)),
            ] {
                let button = ui.small_button(text).on_hover_text(name);
                button.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, name));
                if button.clicked() {
                    steps = step;
                }
            }
            let is_own = style.crop.is_some();
            if ui.add_enabled(is_own, egui::Button::new("Recipe's").small()).clicked() {
                style.crop = None;
            }
        });
    });
    if !has_panels {
        note_ui(ui, "This picture of the card has no panels; look at the first one.");
    }
    if steps != (0.0, 0.0, 1.0)
        && let Some(crop) = session.moved_crop((steps.0, steps.1), steps.2, (0.5, 0.5))
    {
        typing.dragged(ui, "crop");
        style.crop = Some(crop);
    }
    note_ui(ui, "Or drag the preview, and turn the wheel over it.");
}

/// A step of the crop, as a share of a panel, and of its size.
const STEP: f64 = 0.03;
const CLOSER: f64 = 1.08;

/// What the footer says besides how the pictures were made.
pub(super) fn footer_ui(ui: &mut Ui, session: &Session, fields: &mut FooterFields) {
    let document = session.document();
    let has_axis = !document.declared.axis.trim().is_empty();
    let has_kinds = document.kinds.iter().any(|(_, kind)| kind.is_some());
    ui.checkbox(&mut fields.hashes, "First digits of each source's SHA-256");
    ui.add_enabled(has_kinds, egui::Checkbox::new(&mut fields.kinds, "What the sides are"));
    let axis = egui::Checkbox::new(&mut fields.axis, "What the comparison is about");
    ui.add_enabled(has_axis, axis)
        .on_disabled_hover_text("Declared under Judge, Protocol: The comparison is about");
    ui.checkbox(&mut fields.program, "made with Diptych");
    note_ui(ui, "Magnification, kernel and fit are always said.");
}
