//! The step that makes the card: a preview that is the exporter's own picture, and what it holds.

use egui::{Rect, RichText, Sense, Ui, Vec2};

use super::{
    super::{
        outbox::{Ask, Outbox},
        picture::{Layer, shown_ui},
        screen::snapped,
        textures::Textures,
        theme,
    },
    figure_ui, primary_button_ui,
};
use crate::{
    card::{MAX_LOUPES, fit_words},
    document::{CardStyle, Document, Edit, Layout, Side},
    geometry::{ImagePoint, Kernel, Look, OutputPoint, Similarity},
    raster::View,
    session::{Command, Session, Slot},
};

/// Shows the card as large as there is room, never enlarged.
pub(crate) fn card_preview_ui(
    ui: &mut Ui,
    session: &Session,
    textures: &mut Textures,
    out: &mut Outbox,
) {
    let area = ui.available_rect_before_wrap();
    let response = ui.allocate_rect(area, Sense::hover());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Image, true, "Card preview"));
    ui.painter().rect_filled(area, 0.0, theme::SURROUND);
    out.send(Command::PreviewCard);
    let Some(card) = session.card() else {
        let has_both = Side::BOTH.iter().all(|side| session.loaded(*side).is_some());
        let text = match session.card_fault() {
            Some(why) => why,
            None if has_both => "The card is being painted…",
            None => "A card needs a picture for each side.",
        };
        let at = area.center();
        let font = theme::regular(13.0);
        ui.painter().text(at, egui::Align2::CENTER_CENTER, text, font, theme::SECONDARY);
        return;
    };
    #[expect(clippy::cast_precision_loss, reason = "card pixels")]
    let (width, height) = (card.width() as f32, card.height() as f32);
    let pixels_per_point = ui.pixels_per_point();
    let room = area.shrink(2.0 * theme::GAP).size() * pixels_per_point;
    let scale = (room.x / width).min(room.y / height).min(1.0);
    let size = Vec2::new(width, height) * scale / pixels_per_point;
    let (rect, columns, rows) =
        snapped(Rect::from_center_size(area.center(), size), pixels_per_point);
    let corner = OutputPoint::new(0.0, 0.0);
    let source_from_output =
        Similarity::about(1.0 / f64::from(scale), 0.0, corner, ImagePoint::new(0.0, 0.0));
    let kernel = if scale < 1.0 { Kernel::CatmullRom } else { Kernel::Nearest };
    let view = View::new(source_from_output.into(), kernel, (columns, rows));
    out.send(Command::ShowCard(view));
    if let Some(shown) = session.shown(Slot::Card) {
        let card = (Slot::Card, shown);
        shown_ui(ui.painter(), textures, card, rect, pixels_per_point, Layer::WHOLE);
    }
}

/// Shows what the card holds and the button that exports it.
pub(crate) fn card_panel_ui(ui: &mut Ui, session: &Session, out: &mut Outbox) {
    let document = session.document();
    ui.label(RichText::new("Card").font(theme::semibold(14.0)));
    ui.add_space(4.0);
    let preset = &document.card.preset;
    figure_ui(ui, "Preset", &preset.name);
    figure_ui(ui, "Size", &format!("{}x{} px", preset.width, preset.height));
    figure_ui(ui, "Kernel", document.card.kernel.name());
    figure_ui(ui, "Frame", "level");
    let n = session.loupe_spots().len();
    if document.card.layout == Layout::DiptychLoupes && n > 0 {
        figure_ui(ui, "Loupes", &format!("the first {} of {n}", n.min(MAX_LOUPES)));
    }
    ui.add_space(6.0);
    layout_ui(ui, document, out);
    look_ui(ui, session, out);
    ui.add_space(6.0);
    let words = fit_words(document, session.registration());
    ui.label(RichText::new(format!("Fit: {words}")).size(12.0).color(theme::SECONDARY));
    let text = if session.is_blind() {
        "A blind card: it says A and B alone, and nothing that tells which is which."
    } else {
        "Labels are typed in the heads of the panes in the Align step. Every picture comes straight \
         from its source pixels; the footer says how."
    };
    ui.label(RichText::new(text).size(12.0).color(theme::SECONDARY));
    ui.add_space(8.0);
    if primary_button_ui(ui, "Export card…").clicked() {
        out.ask(Ask::Export);
    }
}

/// The look of the panes on the card, when asked for.
fn look_ui(ui: &mut Ui, session: &Session, out: &mut Outbox) {
    let (on_card, of_panes) = (session.document().card.look, session.view().look);
    if on_card.is_plain() && of_panes.is_plain() {
        return;
    }
    ui.add_space(6.0);
    let is_on = !on_card.is_plain();
    let words = if is_on { on_card.words() } else { of_panes.words() };
    let mut wants = is_on;
    let hint = "Both sides alike; the footer says so";
    let checkbox = egui::Checkbox::new(&mut wants, format!("Show as {words}"));
    if ui.add(checkbox).on_hover_text(hint).changed() {
        let look = if wants { of_panes } else { Look::default() };
        let style = CardStyle { look, ..session.document().card.clone() };
        out.send(Command::Edit(Edit::SetCardStyle(style), None));
    }
}

fn layout_ui(ui: &mut Ui, document: &Document, out: &mut Outbox) {
    for (layout, name) in
        [(Layout::DiptychLoupes, "Panels and loupes"), (Layout::Diptych, "Panels alone")]
    {
        if ui.radio(document.card.layout == layout, name).clicked() {
            let mut style = document.card.clone();
            style.layout = layout;
            out.send(Command::Edit(Edit::SetCardStyle(style), None));
        }
    }
}
