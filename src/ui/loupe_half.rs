//! What a pair of loupes is made of: halves, words, letters.

use std::sync::Arc;

use egui::{Align2, Pos2, Rect, Ui, Vec2};

use super::{
    outbox::Outbox,
    picture::{Layer, shown_ui},
    screen::snapped,
    textures::Textures,
    theme,
};
use crate::{
    card::{magnification_text, roll_text},
    document::{PerSide, Side},
    raster::View,
    session::{Command, Session, Shown, Slot},
};

/// Pairs narrower than this, in points, have heads of two lines.
pub(super) const ONE_LINE: f32 = 230.0;
/// Between the halves of a pair, in points.
pub(super) const HALF_GAP: f32 = 2.0;

/// `Teeth: A 1x, B 1.15x rolled 4.0°, Catmull-Rom`; without what tells the sides while blind.
pub(super) fn loupe_words(name: &str, views: &PerSide<View>, is_blind: bool) -> String {
    if is_blind {
        return format!("{name}: {}", views.a.kernel.name());
    }
    let side = |side: Side| {
        let roll = roll_text(views[side].roll());
        let roll = roll.map(|text| format!(" {text}")).unwrap_or_default();
        format!("{side} {}{roll}", magnification_text(views[side].magnification()))
    };
    format!("{name}: {}, {}, {}", side(Side::A), side(Side::B), views.a.kernel.name())
}

/// Whether two magnifications in this ratio are as good as equal.
pub(super) fn is_near_one(ratio: f64) -> bool {
    (ratio - 1.0).abs() < 0.01
}

/// The name, and how large both sides' pixels are; in amber where they are not of one size. While
/// blind the kernel stands alone.
pub(super) fn words_ui(ui: &Ui, area: Rect, name: &str, (views, is_blind): (&PerSide<View>, bool)) {
    let painter = ui.painter_at(area);
    let magnifications = views.as_ref().map(|view| magnification_text(view.magnification()));
    // A map that bends is a little larger here than there.
    let ratio = views.b.magnification() / views.a.magnification();
    let (text, color) = if is_blind {
        (String::new(), theme::SECONDARY)
    } else if magnifications.a == magnifications.b {
        (magnifications.a, theme::SECONDARY)
    } else if is_near_one(ratio) {
        (format!("{} · {}", magnifications.a, magnifications.b), theme::SECONDARY)
    } else {
        (format!("{} ≠ {}", magnifications.a, magnifications.b), theme::DOUBT)
    };
    let figures = |text: String| painter.layout_no_wrap(text, theme::regular(11.5), color);
    let lead = painter.layout_no_wrap(name.to_owned(), theme::semibold(13.0), theme::TEXT);
    let all = figures(format!("{text} {}", views.a.kernel.name()).trim_start().to_owned());
    let is_too_much = lead.size().x + all.size().x + 8.0 > area.width();
    // The kernel is in the hint, too.
    let galley = if area.width() >= ONE_LINE && is_too_much { figures(text) } else { all };
    let figures = if area.width() < ONE_LINE {
        area.left_top() + Vec2::new(0.0, 20.0)
    } else {
        area.right_top() + Vec2::new(-galley.size().x, 4.0)
    };
    let at = area.left_top() + Vec2::new(0.0, 2.0);
    let room = if area.width() < ONE_LINE { area.right() } else { figures.x - 8.0 } - at.x;
    let mut job = egui::text::LayoutJob::simple_singleline(
        name.to_owned(),
        theme::semibold(13.0),
        theme::TEXT,
    );
    job.wrap = egui::text::TextWrapping::truncate_at_width(room);
    painter.galley(at, painter.layout_job(job), theme::TEXT);
    painter.galley(figures, galley, color);
}

/// One half: its picture and its letter.
pub(super) fn half_ui(
    ui: &Ui,
    session: &Session,
    textures: &mut Textures,
    (slot, side): (Slot, Side),
    (first, length): (Rect, f32),
    view: &View,
    out: &mut Outbox,
) {
    let scale = ui.pixels_per_point();
    let shift = if side == Side::A { 0.0 } else { length + HALF_GAP };
    let rect = snapped(first.translate(Vec2::new(shift, 0.0)), scale).0;
    #[expect(clippy::cast_precision_loss, reason = "screen pixels")]
    let size = Vec2::new(view.width as f32, view.height as f32) / scale;
    let rect = Rect::from_min_size(rect.min, size);
    out.send(Command::Show(slot, side, view.clone()));
    let painter = ui.painter_at(rect);
    painter.rect_filled(rect, 0.0, theme::PANE);
    let source = session.loaded(side).map(|loaded| &loaded.picture);
    let is_own = |shown: &&Shown| source.is_some_and(|own| Arc::ptr_eq(own, &shown.source));
    if let Some(shown) = session.shown(slot).filter(is_own) {
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
