//! The card as it will be written, as large as there is room; dragging and the wheel move the crop.

use egui::{Key, Pos2, Rect, Response, RichText, Sense, Ui, UiBuilder, Vec2};

use super::{
    super::{
        outbox::Outbox,
        picture::{Layer, shown_ui},
        screen::snapped,
        textures::Textures,
        theme,
    },
    FIRST_GESTURE, PAUSE,
};
use crate::{
    card::{CardRect, ItemKind},
    document::{CardStyle, Crop, Edit, GestureId, Side},
    geometry::{ImagePoint, Kernel, OutputPoint, Similarity},
    raster::View,
    session::{self, Command, PreviewChoice, Session, Slot, ViewCommand},
};

/// The width at which a feed shows a card, in points.
const FEED_WIDTH: f32 = 375.0;
const BAR_HEIGHT: f32 = 34.0;
/// Gestures on the preview are numbered from here.
const PREVIEW_GESTURE: u64 = FIRST_GESTURE + (1 << 40);
/// How much a point of the wheel zooms.
const WHEEL: f64 = 0.002;

/// What the preview remembers between frames.
#[derive(Default)]
pub(in crate::ui) struct Preview {
    n_gestures: u64,
    last_wheel: f64,
    is_dragging: bool,
}

impl Preview {
    /// Shows the card and the bar above it.
    pub(in crate::ui) fn ui(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        textures: &mut Textures,
        out: &mut Outbox,
    ) {
        let all = ui.available_rect_before_wrap();
        ui.painter().rect_filled(all, 0.0, theme::SURROUND);
        let (bar, area) = all.split_top_bottom_at_y(all.top() + BAR_HEIGHT);
        ui.scope_builder(UiBuilder::new().max_rect(bar), |ui| bar_ui(ui, session, out));
        let response = ui.allocate_rect(area, Sense::click_and_drag());
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Image, true, "Card preview"));
        out.send(Command::PreviewCard);
        let Some(card) = session.card() else {
            absent_ui(ui, session, area);
            return;
        };
        let place = placed(ui, card, area, session, out);
        if let Some(shown) = session.shown(Slot::Card) {
            let card = (Slot::Card, shown);
            let pixels_per_point = ui.pixels_per_point();
            shown_ui(ui.painter(), textures, card, place, pixels_per_point, Layer::WHOLE);
        }
        if session.view().shows_safe_area {
            safe_area_ui(ui, session, place);
        }
        self.crop(ui, session, &response, (card, place), out);
    }

    /// Drags, the wheel and keys move the crop of both panels.
    fn crop(
        &mut self,
        ui: &Ui,
        session: &Session,
        response: &Response,
        (card, place): (&session::Preview, Rect),
        out: &mut Outbox,
    ) {
        if self.is_dragging && ui.input(|input| input.key_pressed(Key::Escape)) {
            self.is_dragging = false;
            out.send(Command::Cancel(self.gesture()));
            return;
        }
        let scale = place.width() / real(card.scene.width);
        let pointer = response.hover_pos().or(response.interact_pointer_pos());
        let panel = pointer.and_then(|at| panel_at(card, place, scale, at));
        if response.drag_started() && panel.is_some() {
            self.is_dragging = true;
            self.last_wheel = f64::NEG_INFINITY;
            self.n_gestures += 1;
        }
        if !response.dragged() {
            self.is_dragging = false;
        }
        let (wheel, now) = ui.input(|input| (input.smooth_scroll_delta.y, input.time));
        let any_panel = first_panel(card, place, scale);
        let change = if self.is_dragging {
            let delta = response.drag_delta();
            let size = any_panel.map_or(Vec2::splat(1.0), |panel| panel.size());
            let pan = (f64::from(delta.x / size.x), f64::from(delta.y / size.y));
            (pan != (0.0, 0.0)).then_some((pan, 1.0, (0.5, 0.5)))
        } else if let (Some(panel), Some(at)) = (panel, pointer)
            && wheel != 0.0
            && response.contains_pointer()
        {
            if now - self.last_wheel > PAUSE {
                self.n_gestures += 1;
            }
            self.last_wheel = now;
            let share = (at - panel.min) / panel.size();
            Some(((0.0, 0.0), (WHEEL * f64::from(wheel)).exp(), (share.x.into(), share.y.into())))
        } else {
            None
        };
        if panel.is_some() {
            ui.ctx().set_cursor_icon(egui::CursorIcon::Move);
        }
        if response.double_clicked() && panel.is_some() {
            self.last_wheel = f64::NEG_INFINITY;
            self.n_gestures += 1;
            self.send(session, None, out);
        } else if let Some((pan, zoom, at)) = change
            && let Some(crop) = session.moved_crop(pan, zoom, at)
        {
            self.send(session, Some(crop), out);
        }
    }

    const fn gesture(&self) -> GestureId {
        GestureId(PREVIEW_GESTURE + self.n_gestures)
    }

    fn send(&self, session: &Session, crop: Option<Crop>, out: &mut Outbox) {
        let style = CardStyle { crop, ..session.document().card.clone() };
        out.send(Command::Edit(Edit::SetCardStyle(Box::new(style)), Some(self.gesture())));
    }
}

#[expect(clippy::cast_precision_loss, reason = "card pixels")]
fn real(n: usize) -> f32 {
    n as f32
}

fn on_screen(rect: CardRect, place: Rect, scale: f32) -> Rect {
    let min = place.min + Vec2::new(real(rect.x), real(rect.y)) * scale;
    Rect::from_min_size(min, Vec2::new(real(rect.width), real(rect.height)) * scale)
}

fn panels(card: &session::Preview, place: Rect, scale: f32) -> impl Iterator<Item = Rect> + '_ {
    let all = card.scene.items.iter().filter(|item| item.kind == ItemKind::Panel);
    all.map(move |item| on_screen(item.rect, place, scale))
}

fn panel_at(card: &session::Preview, place: Rect, scale: f32, at: Pos2) -> Option<Rect> {
    panels(card, place, scale).find(|panel| panel.contains(at))
}

fn first_panel(card: &session::Preview, place: Rect, scale: f32) -> Option<Rect> {
    panels(card, place, scale).next()
}

/// Asks for the card at the size of its place on the screen, and returns that.
fn placed(
    ui: &Ui,
    card: &session::Preview,
    area: Rect,
    session: &Session,
    out: &mut Outbox,
) -> Rect {
    let (width, height) = (real(card.scene.width), real(card.scene.height));
    let pixels_per_point = ui.pixels_per_point();
    let room = area.shrink(2.0 * theme::GAP).size() * pixels_per_point;
    let mut scale = (room.x / width).min(room.y / height).min(1.0);
    if session.view().preview.is_simulated {
        scale = scale.min(FEED_WIDTH * pixels_per_point / width);
    }
    let size = Vec2::new(width, height) * scale / pixels_per_point;
    let (rect, columns, rows) =
        snapped(Rect::from_center_size(area.center(), size), pixels_per_point);
    if (session.view().preview_scale - f64::from(scale)).abs() > 1e-6 {
        out.send(Command::View(ViewCommand::PreviewScale(scale.into())));
    }
    // One painted at the size of the screen is shown as it is.
    let scale = if card.is_quick { 1.0 } else { f64::from(scale) };
    let corner = OutputPoint::new(0.0, 0.0);
    let source_from_output = Similarity::about(1.0 / scale, 0.0, corner, ImagePoint::new(0.0, 0.0));
    let kernel = if scale < 1.0 { Kernel::CatmullRom } else { Kernel::Nearest };
    let view = View::new(source_from_output.into(), kernel, (columns, rows));
    out.send(Command::ShowCard(view));
    rect
}

fn absent_ui(ui: &Ui, session: &Session, area: Rect) {
    let has_both = Side::BOTH.iter().all(|side| session.loaded(*side).is_some());
    let text = match session.card_fault() {
        Some(why) => why,
        None if has_both => "The card is being painted…",
        None => "A card needs a picture for each side.",
    };
    let galley = ui.painter().layout(
        text.to_owned(),
        theme::regular(13.0),
        theme::SECONDARY,
        area.width() - 40.0,
    );
    let at = area.center() - galley.size() / 2.0;
    ui.painter().galley(at, galley, theme::SECONDARY);
}

/// Which of several pictures, and how it is shown.
fn bar_ui(ui: &mut Ui, session: &Session, out: &mut Outbox) {
    let (view, card) = (session.view(), session.card());
    let mut choice = view.preview;
    ui.horizontal_centered(|ui| {
        ui.add_space(theme::GAP);
        let n = card.map_or(1, |card| card.n_slides);
        if n > 1 {
            let slide = choice.slide.min(n - 1);
            if ui.add_enabled(slide > 0, egui::Button::new("‹").small()).clicked() {
                choice.slide = slide - 1;
            }
            ui.label(format!("Picture {} of {n}", slide + 1));
            if ui.add_enabled(slide + 1 < n, egui::Button::new("›").small()).clicked() {
                choice.slide = slide + 1;
            }
        }
        if let Some(card) = card {
            let (width, height) = (card.scene.width, card.scene.height);
            let text = format!("{width}x{height}");
            ui.label(RichText::new(text).size(12.0).color(theme::SECONDARY));
        }
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            ui.add_space(theme::GAP);
            let mut is_shown = view.shows_safe_area;
            let hint = "What the platform may hide or cover at the edges";
            if ui.checkbox(&mut is_shown, "Safe area").on_hover_text(hint).changed() {
                out.send(Command::View(ViewCommand::SafeArea(is_shown)));
            }
            let hint = "As a platform hands it on: JPEG of quality 80 with halved colour, at the width of a \
                        feed. What cannot be seen here, a reader does not see.";
            ui.checkbox(&mut choice.is_simulated, "As posted").on_hover_text(hint);
        });
    });
    if choice != view.preview {
        let PreviewChoice { slide, is_simulated } = choice;
        out.send(Command::View(ViewCommand::Preview(PreviewChoice { slide, is_simulated })));
    }
}

/// Dims what the platform may hide.
fn safe_area_ui(ui: &Ui, session: &Session, place: Rect) {
    let preset = &session.document().card.preset;
    let share = |hidden: u32, all: u32| {
        #[expect(clippy::cast_precision_loss, reason = "card pixels")]
        let share = hidden as f32 / all.max(1) as f32;
        share
    };
    let dx = share(preset.hidden_x, preset.width) * place.width();
    let dy = share(preset.hidden_y, preset.height) * place.height();
    let safe = Rect::from_min_max(place.min + Vec2::new(dx, dy), place.max - Vec2::new(dx, dy));
    let painter = ui.painter();
    for part in [
        place.with_max_y(safe.top()),
        place.with_min_y(safe.bottom()),
        Rect::from_min_max(Pos2::new(place.left(), safe.top()), safe.left_bottom()),
        Rect::from_min_max(safe.right_top(), Pos2::new(place.right(), safe.bottom())),
    ] {
        painter.rect_filled(part, 0.0, theme::HIDDEN);
    }
    let stroke = egui::Stroke::new(1.0, theme::DOUBT);
    painter.rect_stroke(safe, 0.0, stroke, egui::StrokeKind::Inside);
}
