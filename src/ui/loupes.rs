//! The strip of loupe pairs under the panes.

use std::sync::Arc;

use egui::{Align2, Pos2, Rect, Sense, Ui, Vec2};

use super::{
    outbox::Outbox,
    picture::{Layer, shown_ui},
    screen::snapped,
    textures::Textures,
    theme,
};
use crate::{
    card::{magnification_text, roll_text},
    document::{LoupeId, LoupeSpot, PerSide, Side},
    raster::View,
    session::{Command, Session, Shown, Slot, ViewCommand, loupe_views},
};

/// Height of a head, and of one whose figures stand under the name.
const HEADS: [f32; 2] = [24.0, 40.0];
/// Pairs narrower than this have heads of two lines.
const ONE_LINE: f32 = 230.0;
const HALF_GAP: f32 = 2.0;
const PAIR_GAP: f32 = 14.0;
/// Smallest and largest side of a half, in points.
const HALF_SIDES: std::ops::RangeInclusive<f32> = 84.0..=190.0;
/// Pairs that the strip's width is shared out to, at least.
const MIN_PAIRS: usize = 5;

/// The side of a half when the strip is this wide.
fn half_side(width: f32, n_pairs: usize) -> f32 {
    #[expect(clippy::cast_precision_loss, reason = "a handful of loupes")]
    let n = n_pairs.max(MIN_PAIRS) as f32;
    let pair = (width - PAIR_GAP * (n - 1.0)) / n;
    ((pair - HALF_GAP) / 2.0).floor().clamp(*HALF_SIDES.start(), *HALF_SIDES.end())
}

/// The height of the heads over halves of this side.
fn head_height(side: f32) -> f32 {
    HEADS[usize::from(2.0 * side + HALF_GAP < ONE_LINE)]
}

/// The strip's height when it is this wide.
pub(super) fn strip_height(width: f32, n_pairs: usize) -> f32 {
    let side = half_side(width - 2.0 * theme::GAP, n_pairs);
    head_height(side) + side + 2.0 * theme::GAP
}

/// Shows the pairs, in the document's order.
pub(super) fn strip_ui(ui: &mut Ui, session: &Session, textures: &mut Textures, out: &mut Outbox) {
    let spots = session.loupe_spots();
    if spots.is_empty() {
        ui.centered_and_justified(|ui| {
            let text = "Loupes appear here once two landmarks are marked on both sides.";
            ui.label(egui::RichText::new(text).color(theme::SECONDARY));
        });
        return;
    }
    let side = half_side(ui.available_width(), spots.len());
    egui::ScrollArea::horizontal().show(ui, |ui| {
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = PAIR_GAP;
            for (id, spot) in spots {
                pair_ui(ui, session, textures, (*id, spot), side, out);
            }
        });
    });
}

fn pair_ui(
    ui: &mut Ui,
    session: &Session,
    textures: &mut Textures,
    (id, spot): (LoupeId, &LoupeSpot),
    side: f32,
    out: &mut Outbox,
) {
    let Some(arrangement) = session.arrangement() else { return };
    let head = head_height(side);
    let size = Vec2::new(2.0 * side + HALF_GAP, head + side);
    let (area, response) = ui.allocate_exact_size(size, Sense::hover());
    let name = session.document().loupe(id);
    let name = name.map_or("", |loupe| loupe.name.as_str());
    let pixels_per_point = ui.pixels_per_point();
    let first = Rect::from_min_size(area.min + Vec2::new(0.0, head), Vec2::splat(side));
    let (_, width, height) = snapped(first, pixels_per_point);
    if session.view().loupe_half() != (width, height) {
        out.send(Command::View(ViewCommand::LoupeHalf(width, height)));
    }
    let views = loupe_views(session.view(), arrangement, spot, (width, height));
    for which in Side::BOTH {
        let shift = if which == Side::A { 0.0 } else { side + HALF_GAP };
        let rect = snapped(first.translate(Vec2::new(shift, 0.0)), pixels_per_point).0;
        // Both halves have the first one's size, so that they are made alike.
        let points = snapped(first, pixels_per_point).0.size();
        let rect = Rect::from_min_size(rect.min, points);
        half_ui(ui, session, textures, (id, which), rect, views[which].clone(), out);
    }
    head_ui(ui, area, name, &views);
    let text = loupe_words(name, &views);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Image, true, text.clone()));
    response.on_hover_text(text);
}

/// `Teeth: A 1x, B 1.15x rolled 4.0°, Catmull-Rom`.
fn loupe_words(name: &str, views: &PerSide<View>) -> String {
    let side = |side: Side| {
        let roll = roll_text(views[side].roll());
        let roll = roll.map(|text| format!(" {text}")).unwrap_or_default();
        format!("{side} {}{roll}", magnification_text(views[side].magnification()))
    };
    format!("{name}: {}, {}, {}", side(Side::A), side(Side::B), views.a.kernel.name())
}

fn head_ui(ui: &Ui, area: Rect, name: &str, views: &PerSide<View>) {
    let painter = ui.painter_at(area);
    let magnifications = views.as_ref().map(|view| magnification_text(view.magnification()));
    let text = if magnifications.a == magnifications.b {
        magnifications.a
    } else {
        format!("{} · {}", magnifications.a, magnifications.b)
    };
    let text = format!("{text} {}", views.a.kernel.name());
    let font = theme::regular(11.5);
    let galley = painter.layout_no_wrap(text, font, theme::SECONDARY);
    painter.text(
        area.left_top() + Vec2::new(0.0, 2.0),
        Align2::LEFT_TOP,
        name,
        theme::semibold(13.0),
        theme::TEXT,
    );
    let figures = if area.width() < ONE_LINE {
        area.left_top() + Vec2::new(0.0, 20.0)
    } else {
        area.right_top() + Vec2::new(-galley.size().x, 4.0)
    };
    painter.galley(figures, galley, theme::SECONDARY);
}

fn half_ui(
    ui: &Ui,
    session: &Session,
    textures: &mut Textures,
    (id, side): (LoupeId, Side),
    rect: Rect,
    view: View,
    out: &mut Outbox,
) {
    let slot = Slot::Loupe(id, side);
    out.send(Command::Show(slot, side, view));
    let painter = ui.painter_at(rect);
    painter.rect_filled(rect, 0.0, theme::PANE);
    let source = session.loaded(side).map(|loaded| &loaded.picture);
    let is_own = |shown: &&Shown| source.is_some_and(|own| Arc::ptr_eq(own, &shown.source));
    if let Some(shown) = session.shown(slot).filter(is_own) {
        let scale = ui.pixels_per_point();
        shown_ui(&painter, textures, (slot, shown), rect, scale, Layer::WHOLE);
    }
    badge_ui(&painter, side, rect.min + Vec2::new(6.0, 6.0), 16.0);
}

/// A side's letter on its colour.
pub(super) fn badge_ui(painter: &egui::Painter, side: Side, at: Pos2, length: f32) {
    let rect = Rect::from_min_size(at, Vec2::splat(length));
    painter.rect_filled(rect, length * 0.22, theme::of_side(side));
    painter.text(
        rect.center(),
        Align2::CENTER_CENTER,
        side.letter(),
        theme::semibold(length * 0.66),
        theme::ON_PRIMARY,
    );
}
