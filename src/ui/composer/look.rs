//! The card's size, layout and colours.

use egui::{RichText, Ui};

use super::{
    super::theme,
    Typing,
    fields::{choice_ui, selected_ui},
};
use crate::{
    card::USUAL_ACCENTS,
    document::{CardStyle, Layout, Preset, Side, Theme},
    geometry::{Kernel, Look},
    session::Session,
    storage::presets,
};

/// Chooses the preset.
pub(super) fn size_ui(ui: &mut Ui, session: &Session, style: &mut CardStyle) {
    let mut all = presets();
    if !all.contains(&style.preset) {
        all.insert(0, style.preset.clone());
    }
    let words = |preset: &Preset| {
        let Preset { name, width, height, .. } = preset;
        if preset.is_native {
            format!("{name} · as the pictures")
        } else {
            format!("{name} · {width}x{height}")
        }
    };
    let mut chosen = style.preset.clone();
    let selected = chosen.name.clone();
    selected_ui(ui, ("Size", &selected), &mut chosen, (&all, &words));
    if chosen != style.preset {
        let of_preset = session.document().in_preset(chosen).card;
        style.layout = of_preset.layout;
        style.preset = of_preset.preset;
    }
}

/// Chooses the layout; says what it lacks.
pub(super) fn layout_ui(ui: &mut Ui, session: &Session, style: &mut CardStyle) {
    let words = |layout: &Layout| layout.words().to_owned();
    choice_ui(ui, "Layout", &mut style.layout, (&Layout::ALL, &words));
    let document = session.document();
    let lacks = match style.layout {
        Layout::Callouts if document.findings.is_empty() => {
            Some("Nothing was found yet: record findings in the step Judge.")
        }
        Layout::Scorecard if document.verdicts.is_empty() => {
            Some("Nothing was answered yet: give verdicts in the step Judge.")
        }
        Layout::LoupeGrid | Layout::Carousel if session.loupe_spots().is_empty() => {
            Some("No loupe stands: align both sides first.")
        }
        _ => None,
    };
    if let Some(text) = lacks {
        ui.label(RichText::new(text).size(12.0).color(theme::DOUBT));
    }
}

/// Chooses theme, the sides' colours and the kernel.
pub(super) fn colors_ui(
    ui: &mut Ui,
    session: &Session,
    style: &mut CardStyle,
    typing: &mut Typing,
) {
    let words = |theme: &Theme| {
        let name = theme.name();
        format!("{}{}", name[..1].to_uppercase(), &name[1..])
    };
    choice_ui(ui, "Theme", &mut style.theme, (&Theme::ALL, &words));
    let before = style.accents.unwrap_or(USUAL_ACCENTS);
    let mut accents = before;
    ui.horizontal(|ui| {
        ui.label(RichText::new("Sides").color(theme::SECONDARY));
        for side in Side::BOTH {
            ui.label(side.letter().to_string());
            let button = ui.color_edit_button_srgb(&mut accents[side]);
            let name = format!("Colour of {side}");
            button.widget_info(|| egui::WidgetInfo::labeled(egui::Role::ColorWell, true, &name));
        }
        if style.accents.is_some() && ui.small_button("Usual").clicked() {
            style.accents = None;
        }
    });
    if accents != before {
        typing.dragged(ui, "accents");
        style.accents = Some(accents);
    }
    // Blocks would tell how large each side's pixels are.
    let is_there = |kernel: &Kernel| *kernel != Kernel::Nearest || !session.is_blind();
    let kernels: Vec<Kernel> = Kernel::ALL.into_iter().filter(is_there).collect();
    let words = |kernel: &Kernel| kernel.name().to_owned();
    choice_ui(ui, "Kernel", &mut style.kernel, (&kernels, &words));
}

/// The look of the panes on the card, when asked for.
pub(super) fn look_ui(ui: &mut Ui, session: &Session, style: &mut CardStyle) {
    let of_panes = session.view().look;
    if style.look.is_plain() && of_panes.is_plain() {
        return;
    }
    let is_on = !style.look.is_plain();
    let words = if is_on { style.look.words() } else { of_panes.words() };
    let mut wants = is_on;
    let hint = "Both sides alike; the footer says so";
    let checkbox = egui::Checkbox::new(&mut wants, format!("Show as {words}"));
    if ui.add(checkbox).on_hover_text(hint).changed() {
        style.look = if wants { of_panes } else { Look::default() };
    }
}
