//! The strip of loupe pairs under the panes.

use egui::{Align2, Button, Rect, Response, Sense, TextEdit, Ui, Vec2};

use super::{
    loupe_half::{HALF_GAP, ONE_LINE, half_ui, loupe_words, words_ui},
    outbox::Outbox,
    textures::Textures,
    theme,
};
use crate::{
    document::{Edit, GestureId, LoupeId, LoupeSpot, PerSide, Side},
    geometry::ImagePoint,
    raster::View,
    session::{Command, Session, Slot, ViewCommand, loupe_views},
};

/// Height of a head, and of one whose figures stand under the name.
const HEADS: [f32; 2] = [24.0, 40.0];
const PAIR_GAP: f32 = 14.0;
/// Smallest and largest side of a half, in points.
const HALF_SIDES: std::ops::RangeInclusive<f32> = 84.0..=190.0;
/// Pairs that the strip's width is shared out to; it scrolls to further ones.
const N_PAIRS: f32 = 5.0;
/// Room for the button that adds a loupe, in points.
const ADD_WIDTH: f32 = 34.0;
/// The magnification of the loupe that follows the pointer, and of new ones.
pub(super) const LIVE_MAGNIFICATION: f64 = 4.0;
/// Numbers of gestures beyond those of the pointer in the panes.
const FIRST_GESTURE: u64 = 1 << 52;

/// The side of a half when the strip is this wide: however many loupes there are, so that another
/// one changes nothing of what these show.
fn half_side(width: f32) -> f32 {
    let pair = (width - ADD_WIDTH - PAIR_GAP * N_PAIRS) / N_PAIRS;
    ((pair - HALF_GAP) / 2.0).floor().clamp(*HALF_SIDES.start(), *HALF_SIDES.end())
}

/// The height of the heads over halves of this side.
fn head_height(side: f32) -> f32 {
    HEADS[usize::from(2.0 * side + HALF_GAP < ONE_LINE)]
}

/// The strip's height when it is this wide.
pub(super) fn strip_height(width: f32) -> f32 {
    let side = half_side(width - 2.0 * theme::GAP);
    head_height(side) + side + 2.0 * theme::GAP
}

/// What the strip remembers between frames.
#[derive(Default)]
pub(super) struct Strip {
    renamed: Option<(LoupeId, String)>,
    /// The loupe whose head is being dragged along the strip.
    dragged: Option<LoupeId>,
    n_gestures: u64,
    /// How many pairs were shown last.
    n_shown: usize,
    /// The pair that the pointer is on.
    hovered: Option<LoupeId>,
    /// Where the live loupe stands while the pointer is elsewhere.
    live: Option<LoupeSpot>,
}

/// What can be done to one pair.
#[derive(Clone, Copy)]
struct Pair<'a> {
    session: &'a Session,
    id: LoupeId,
    spot: &'a LoupeSpot,
}

impl Strip {
    /// Shows the pairs, in the document's order. `pointer` is where it is in a pane.
    pub(super) fn ui(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        textures: &mut Textures,
        pointer: Option<(Side, ImagePoint)>,
        out: &mut Outbox,
    ) {
        let spots = session.loupe_spots();
        if spots.is_empty() && !session.is_linked() {
            ui.centered_and_justified(|ui| {
                let text = "Loupes appear here once two landmarks are marked on both sides.";
                ui.label(egui::RichText::new(text).color(theme::SECONDARY));
            });
            return;
        }
        let side = half_side(ui.available_width());
        let pixels = half_pixels(ui, side);
        if session.view().loupe_half() != pixels {
            out.send(Command::View(ViewCommand::LoupeHalf(pixels.0, pixels.1)));
        }
        // A name that was being typed goes with its loupe.
        self.renamed.take_if(|(id, _)| session.document().loupe(*id).is_none());
        let room = ui.available_width() - ADD_WIDTH - PAIR_GAP;
        ui.horizontal_top(|ui| {
            egui::ScrollArea::horizontal().max_width(room).auto_shrink(false).show(ui, |ui| {
                ui.horizontal_top(|ui| {
                    ui.spacing_mut().item_spacing.x = PAIR_GAP;
                    if session.view().is_live {
                        self.live_ui(ui, session, textures, (side, pointer), out);
                    }
                    let mut areas = Vec::new();
                    for (id, spot) in spots {
                        let pair = Pair { session, id: *id, spot };
                        areas.push((*id, self.pair_ui(ui, textures, pair, side, out)));
                    }
                    self.drop_ui(ui, session, &areas, out);
                    if self.n_shown != spots.len() {
                        if self.n_shown < spots.len() && self.n_shown > 0 {
                            ui.scroll_to_cursor(Some(egui::Align::Max));
                        }
                        self.n_shown = spots.len();
                    }
                });
            });
            add_ui(ui, session, side, out);
        });
    }

    fn pair_ui(
        &mut self,
        ui: &mut Ui,
        textures: &mut Textures,
        pair: Pair<'_>,
        side: f32,
        out: &mut Outbox,
    ) -> Rect {
        let Pair { session, id, spot } = pair;
        let Some(arrangement) = session.arrangement() else { return Rect::NOTHING };
        let head = head_height(side);
        let size = Vec2::new(2.0 * side + HALF_GAP, head + side);
        let (area, _) = ui.allocate_exact_size(size, Sense::hover());
        let (head_area, halves) = area.split_top_bottom_at_y(area.top() + head);
        let first = Rect::from_min_size(halves.min, Vec2::splat(side));
        let views = loupe_views(session.view(), arrangement, spot, half_pixels(ui, side));
        for which in Side::BOTH {
            let slot = Slot::Loupe(id, which);
            half_ui(ui, session, textures, (slot, which), (first, side), &views[which], out);
        }
        let name = session.document().loupe(id).map_or("", |loupe| loupe.name.as_str());
        let words = loupe_words(name, &views, session.is_blind());
        let response =
            ui.interact(halves, ui.scope_id().with(("loupe", id.0)), Sense::click_and_drag());
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Image, true, words.clone()));
        self.halves_input(ui, pair, &response, &views, out);
        let hint =
            format!("{words}. Drag moves it, the wheel widens it, a double click enlarges it");
        let response = response.on_hover_text(hint);
        self.head_ui(ui, pair, (head_area, name), &views, out);
        response.context_menu(|ui| self.menu_ui(ui, pair, out));
        area
    }

    /// Drag, wheel and double click on a pair's pixels.
    fn halves_input(
        &mut self,
        ui: &Ui,
        pair: Pair<'_>,
        response: &Response,
        views: &PerSide<View>,
        out: &mut Outbox,
    ) {
        let Pair { session, id, spot } = pair;
        if response.double_clicked() {
            out.send(Command::View(ViewCommand::Enlarge(Some(id))));
        }
        if response.drag_started() {
            self.n_gestures += 1;
        }
        let gesture = Some(GestureId(FIRST_GESTURE + self.n_gestures));
        let delta = response.drag_delta() * ui.pixels_per_point();
        if response.dragged() && delta != Vec2::ZERO {
            let pixel = 1.0 / views.a.magnification();
            let center =
                spot.center.offset(-f64::from(delta.x) * pixel, -f64::from(delta.y) * pixel);
            let place = session
                .arrangement()
                .and_then(|both| both.loupe_place_at(session.document(), id, center));
            out.commands
                .extend(place.map(|place| Command::Edit(Edit::PlaceLoupe { id, place }, gesture)));
        }
        if !response.hovered() {
            self.hovered = self.hovered.filter(|hovered| *hovered != id);
            return;
        }
        // What the wheel does while the pointer stays is one step, apart from a drag.
        if self.hovered.replace(id) != Some(id) || response.drag_stopped() {
            self.n_gestures += 1;
        }
        let gesture = Some(GestureId(FIRST_GESTURE + self.n_gestures));
        let scroll = ui.input(|input| input.smooth_scroll_delta().y);
        let width = spot.width * libm::exp2(-f64::from(scroll) / 200.0);
        if scroll != 0.0
            && let Some(edit) = session.widened_loupe(id, width)
        {
            out.send(Command::Edit(edit, gesture));
        }
    }

    /// The name and the figures; dragging the name along the strip changes the order.
    fn head_ui(
        &mut self,
        ui: &mut Ui,
        pair: Pair<'_>,
        (area, name): (Rect, &str),
        views: &PerSide<View>,
        out: &mut Outbox,
    ) {
        let id = pair.id;
        if let Some((renamed, text)) = self.renamed.as_mut().filter(|(renamed, _)| *renamed == id) {
            let line = area.with_max_y(area.top() + 22.0);
            let edit = TextEdit::singleline(text).font(theme::semibold(13.0));
            let response = ui.put(line, edit);
            response.widget_info(|| {
                egui::WidgetInfo::labeled(egui::Role::TextInput, true, "Name of loupe")
            });
            let is_over = response.lost_focus();
            if !response.has_focus() && !is_over {
                response.request_focus();
            }
            if is_over {
                let is_meant = !ui.input(|input| input.key_pressed(egui::Key::Escape));
                if is_meant && text.trim() != name {
                    let name = text.clone();
                    out.send(Command::Edit(Edit::RenameLoupe { id: *renamed, name }, None));
                }
                self.renamed = None;
            }
            return;
        }
        words_ui(ui, area, name, (views, pair.session.is_blind()));
        let response =
            ui.interact(area, ui.scope_id().with(("head", id.0)), Sense::click_and_drag());
        let text = format!("Loupe {name}");
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, text.clone()));
        if response.double_clicked() {
            self.renamed = Some((id, name.to_owned()));
        }
        if response.drag_started() {
            self.dragged = Some(id);
        }
        response.context_menu(|ui| self.menu_ui(ui, pair, out));
        response.on_hover_text("Drag to reorder, double click to rename, right click for more");
    }

    /// Where a dragged pair would go, and its going there.
    fn drop_ui(&mut self, ui: &Ui, session: &Session, areas: &[(LoupeId, Rect)], out: &mut Outbox) {
        let Some(id) = self.dragged else { return };
        let (at, is_down) =
            ui.input(|input| (input.pointer.interact_pos(), input.pointer.any_down()));
        let before = at.and_then(|at| {
            areas.iter().find(|(_, area)| at.x < area.center().x).map(|(other, _)| *other)
        });
        let line = match before {
            Some(before) => areas
                .iter()
                .find(|(other, _)| *other == before)
                .map(|(_, area)| area.left() - PAIR_GAP / 2.0),
            None => areas.last().map(|(_, area)| area.right() + PAIR_GAP / 2.0),
        };
        if let (true, Some(x), Some((_, area))) = (is_down, line, areas.first()) {
            ui.painter().vline(x, area.y_range(), egui::Stroke::new(2.0, theme::TEXT));
        }
        if !is_down {
            self.dragged = None;
            let order: Vec<LoupeId> = session.loupe_spots().iter().map(|(id, _)| *id).collect();
            let idx = order.iter().position(|other| *other == id);
            let stays =
                before == Some(id) || idx.is_some_and(|idx| order.get(idx + 1).copied() == before);
            if !stays {
                out.send(Command::Edit(Edit::MoveLoupe { id, before }, None));
            }
        }
    }

    fn menu_ui(&mut self, ui: &mut Ui, pair: Pair<'_>, out: &mut Outbox) {
        let Pair { session, id, .. } = pair;
        let edits = [
            ("Duplicate", session.copied_loupe(id)),
            ("Move left", session.shifted_loupe(id, false)),
            ("Move right", session.shifted_loupe(id, true)),
            ("Remove", Some(Edit::RemoveLoupe(id))),
        ];
        if ui.button("Enlarge").clicked() {
            out.send(Command::View(ViewCommand::Enlarge(Some(id))));
            ui.close();
        }
        if ui.button("Rename").clicked() {
            let name = session.document().loupe(id).map(|loupe| loupe.name.clone());
            self.renamed = name.map(|name| (id, name));
            ui.close();
        }
        for (name, edit) in edits {
            let response = ui.add_enabled(edit.is_some(), Button::new(name));
            if let Some(edit) = edit.filter(|_| response.clicked()) {
                out.send(Command::Edit(edit, None));
                ui.close();
            }
        }
    }

    /// The pair that follows the pointer.
    fn live_ui(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        textures: &mut Textures,
        (side, pointer): (f32, Option<(Side, ImagePoint)>),
        out: &mut Outbox,
    ) {
        let under = pointer.and_then(|(of, at)| session.spot_at(of, at, LIVE_MAGNIFICATION));
        self.live = under.or(self.live);
        let head = head_height(side);
        let size = Vec2::new(2.0 * side + HALF_GAP, head + side);
        let (area, _) = ui.allocate_exact_size(size, Sense::hover());
        let (head_area, halves) = area.split_top_bottom_at_y(area.top() + head);
        let first = Rect::from_min_size(halves.min, Vec2::splat(side));
        let (Some(arrangement), Some(spot)) = (session.arrangement(), self.live) else {
            let text = "the pointer's spot";
            ui.painter().text(
                head_area.left_center(),
                Align2::LEFT_CENTER,
                text,
                theme::regular(12.0),
                theme::SECONDARY,
            );
            return;
        };
        let views = loupe_views(session.view(), arrangement, &spot, half_pixels(ui, side));
        for which in Side::BOTH {
            let slot = Slot::Live(which);
            half_ui(ui, session, textures, (slot, which), (first, side), &views[which], out);
        }
        words_ui(ui, head_area, "Pointer", (&views, session.is_blind()));
        let pin = Rect::from_min_size(
            halves.right_bottom() - Vec2::new(44.0, 26.0),
            Vec2::new(40.0, 22.0),
        );
        let button = Button::new(egui::RichText::new("Pin").size(12.0));
        if ui.put(pin, button).on_hover_text("Keep it as a loupe (Shift+L)").clicked()
            && let Some(edit) = session.new_loupe(&spot)
        {
            out.send(Command::Edit(edit, None));
        }
    }
}

/// Physical pixels of every half, wherever it lies: rounding each one's own corners would give one
/// more or less here and there.
fn half_pixels(ui: &Ui, side: f32) -> (usize, usize) {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "at least 0")]
    let pixels = (side * ui.pixels_per_point()).round().max(0.0) as usize;
    (pixels, pixels)
}

/// The button after the last pair.
fn add_ui(ui: &mut Ui, session: &Session, side: f32, out: &mut Outbox) {
    ui.vertical(|ui| {
        ui.add_space(head_height(side));
        let button = Button::new(egui::RichText::new("+").size(18.0).color(theme::SECONDARY));
        let button = button.min_size(Vec2::new(ADD_WIDTH - 4.0, side)).fill(theme::SURROUND);
        let response = ui.add(button).on_hover_text("Add a loupe in the middle of the panes");
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, "Add loupe"));
        let spot = || {
            let view = session.pane_view(Side::A)?;
            let at = view.source_from_output.apply(view.middle());
            session.spot_at(Side::A, at, LIVE_MAGNIFICATION)
        };
        if response.clicked()
            && let Some(edit) = spot().and_then(|spot| session.new_loupe(&spot))
        {
            out.send(Command::Edit(edit, None));
        }
    });
}
