//! Colours, fonts and spacing; nothing else in the window names a colour.

#![expect(clippy::disallowed_methods, reason = "this is where colours are named")]

use std::sync::Arc;

use egui::{
    Color32, CornerRadius, FontData, FontDefinitions, FontFamily, FontId, Margin, Shadow, Stroke,
    TextStyle, Visuals, style::WidgetVisuals,
};

use crate::{
    card::{FONT_REGULAR, FONT_SEMIBOLD},
    document::{Severity, Side},
};

/// Round the window's parts.
pub(super) const SURROUND: Color32 = Color32::from_rgb(0x16, 0x17, 0x19);
/// Behind the pictures.
pub(super) const PANE: Color32 = Color32::from_rgb(0x0F, 0x10, 0x11);
/// Panels and bars.
pub(super) const PANEL: Color32 = Color32::from_rgb(0x1D, 0x1F, 0x22);
/// Lines one pixel wide.
pub(super) const HAIRLINE: Color32 = Color32::from_rgb(0x2C, 0x2F, 0x34);
/// Text that leads.
pub(super) const TEXT: Color32 = Color32::from_rgb(0xDF, 0xE1, 0xE5);
/// Text that explains.
pub(super) const SECONDARY: Color32 = Color32::from_rgb(0x9A, 0xA0, 0xA8);
/// A doubt.
pub(super) const DOUBT: Color32 = Color32::from_rgb(0xE6, 0xC1, 0x4A);
/// Something that could not be done.
pub(super) const ERROR: Color32 = Color32::from_rgb(0xF0, 0x8A, 0x80);
/// Something to press.
pub(super) const BUTTON: Color32 = Color32::from_rgb(0x2B, 0x2E, 0x33);
/// Something to press, under the pointer.
pub(super) const BUTTON_HOVERED: Color32 = Color32::from_rgb(0x38, 0x3C, 0x43);
/// The one next step.
pub(super) const PRIMARY: Color32 = Color32::from_rgb(0xE8, 0xE9, 0xEB);
/// Text on it, and letters on the sides' colours.
pub(super) const ON_PRIMARY: Color32 = Color32::from_rgb(0x15, 0x16, 0x18);
/// Landmarks and frames over pictures.
pub(super) const MARK: Color32 = Color32::WHITE;
/// The dark edge that keeps a mark visible on white.
pub(super) const MARK_EDGE: Color32 = Color32::from_black_alpha(170);
/// The same for frames, which cross much of a picture.
pub(super) const FRAME_EDGE: Color32 = Color32::from_black_alpha(110);
/// A strength that was found.
pub(super) const STRENGTH: Color32 = Color32::from_rgb(0x6F, 0xCF, 0x97);
/// Over what a platform may hide.
pub(super) const HIDDEN: Color32 = Color32::from_black_alpha(120);
/// Behind words over pictures.
pub(super) const CHIP: Color32 = Color32::from_rgba_premultiplied(0x14, 0x15, 0x17, 0xE0);

/// The side's own colour; its letter always stands beside it.
pub(super) const fn of_side(side: Side) -> Color32 {
    match side {
        Side::A => Color32::from_rgb(0xF0, 0xA0, 0x4B),
        Side::B => Color32::from_rgb(0x5A, 0xA9, 0xF5),
    }
}

/// A finding's own colour, the stronger the worse; the number of its corners tells it, too.
pub(super) const fn of_severity(severity: Severity) -> Color32 {
    match severity.level() {
        0 => Color32::from_rgb(0xC9, 0xCD, 0xD3),
        1 => Color32::from_rgb(0xF7, 0xC6, 0xE4),
        2 => Color32::from_rgb(0xF5, 0x93, 0xCD),
        3 => Color32::from_rgb(0xF0, 0x5A, 0xB2),
        _ => Color32::from_rgb(0xF2, 0x24, 0x84),
    }
}

/// Radius of buttons, chips and pictures.
pub(super) const RADIUS: u8 = 6;
/// Space between unrelated things.
pub(super) const GAP: f32 = 12.0;

/// The semibold face, for the few things that lead.
pub(super) fn semibold(size: f32) -> FontId {
    FontId::new(size, FontFamily::Name("semibold".into()))
}

/// The regular face.
pub(super) fn regular(size: f32) -> FontId {
    FontId::proportional(size)
}

/// Gives the window its fonts, colours and spacing.
pub(super) fn install(ctx: &egui::Context) {
    ctx.set_fonts(fonts());
    ctx.set_theme(egui::Theme::Dark);
    ctx.options_mut(|options| options.zoom_with_keyboard = false);
    ctx.all_styles_mut(|style| {
        style.visuals = visuals();
        style.spacing.item_spacing = egui::vec2(8.0, 6.0);
        style.spacing.button_padding = egui::vec2(10.0, 5.0);
        style.spacing.menu_margin = Margin::same(6);
        style.spacing.interact_size.y = 26.0;
        style.interaction.selectable_labels = false;
        style.text_styles = [
            (TextStyle::Small, regular(11.5)),
            (TextStyle::Body, regular(13.0)),
            (TextStyle::Button, regular(13.0)),
            (TextStyle::Monospace, regular(12.0)),
            (TextStyle::Heading, semibold(15.0)),
        ]
        .into();
    });
}

fn fonts() -> FontDefinitions {
    let mut fonts = FontDefinitions::default();
    let mut add = |name: &str, bytes: &'static [u8]| {
        fonts.font_data.insert(name.to_owned(), Arc::new(FontData::from_static(bytes)));
    };
    add("inter", FONT_REGULAR);
    add("inter-semibold", FONT_SEMIBOLD);
    let fallback = fonts.families.entry(FontFamily::Proportional).or_default();
    let mut semibold = fallback.clone();
    fallback.insert(0, "inter".to_owned());
    semibold.insert(0, "inter-semibold".to_owned());
    fonts.families.insert(FontFamily::Name("semibold".into()), semibold);
    fonts
}

fn visuals() -> Visuals {
    let widget = |fill: Color32, text: Color32| WidgetVisuals {
        bg_fill: fill,
        weak_bg_fill: fill,
        bg_stroke: Stroke::NONE,
        corner_radius: CornerRadius::same(RADIUS),
        fg_stroke: Stroke::new(1.0, text),
        expansion: 0.0,
    };
    let mut visuals = Visuals::dark();
    visuals.panel_fill = PANEL;
    visuals.window_fill = PANEL;
    visuals.window_stroke = Stroke::new(1.0, HAIRLINE);
    visuals.extreme_bg_color = PANE;
    visuals.faint_bg_color = SURROUND;
    visuals.override_text_color = None;
    visuals.weak_text_color = Some(SECONDARY);
    visuals.window_corner_radius = CornerRadius::same(8);
    visuals.menu_corner_radius = CornerRadius::same(8);
    visuals.popup_shadow = Shadow::NONE;
    visuals.window_shadow = Shadow::NONE;
    visuals.warn_fg_color = DOUBT;
    visuals.error_fg_color = ERROR;
    visuals.selection.bg_fill = Color32::from_rgb(0x3A, 0x3F, 0x47);
    visuals.selection.stroke = Stroke::new(1.0, TEXT);
    visuals.widgets.noninteractive = widget(PANEL, TEXT);
    visuals.widgets.noninteractive.bg_stroke = Stroke::new(1.0, HAIRLINE);
    visuals.widgets.inactive = widget(BUTTON, TEXT);
    visuals.widgets.hovered = widget(BUTTON_HOVERED, Color32::WHITE);
    visuals.widgets.active = widget(BUTTON_HOVERED, Color32::WHITE);
    visuals.widgets.open = widget(BUTTON_HOVERED, Color32::WHITE);
    visuals
}
