//! The status line: what is under the pointer on both sides, and what the panes rest on.

use egui::{Align, Layout, Rect, RichText, Sense, Ui, Vec2};

use super::super::{outbox::Outbox, theme};
use crate::{
    card::fit_words,
    document::{PerSide, Side},
    geometry::ImagePoint,
    raster::{Lab, delta_e_2000},
    session::{Command, Session, Severity, Step},
};

/// Shows the line.
pub(crate) fn status_ui(
    ui: &mut Ui,
    session: &Session,
    pointer: Option<(Side, ImagePoint)>,
    out: &mut Outbox,
) {
    ui.horizontal_centered(|ui| {
        ui.spacing_mut().item_spacing.x = 10.0;
        let places = both_places(session, pointer);
        for side in Side::BOTH {
            match places[side] {
                Some(at) => value_ui(ui, session, side, at),
                None => {
                    ui.label(RichText::new(format!("{side}  –")).color(theme::SECONDARY));
                }
            }
            ui.add_space(6.0);
        }
        difference_ui(ui, session, &places);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| right_ui(ui, session, out));
    });
}

/// The pointer's place on its own side, and the same spot of the face on the other.
fn both_places(
    session: &Session,
    pointer: Option<(Side, ImagePoint)>,
) -> PerSide<Option<ImagePoint>> {
    let mut places = PerSide::default();
    let told = pointer.filter(|(side, at)| session.is_told(*side, *at));
    let Some((side, at)) = told else { return places };
    places[side] = Some(at);
    places[side.other()] = session.across(side, at);
    places
}

/// Narrower windows, in points, have no room for L*a*b*.
const LAB_WIDTH: f32 = 1200.0;

/// The codes of the pixel that holds a place; `None` outside.
fn pixel_at(session: &Session, side: Side, at: ImagePoint) -> Option<[u8; 4]> {
    if !(at.x >= 0.0 && at.y >= 0.0) {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "not negative")]
    let (x, y) = (at.x as usize, at.y as usize);
    session.loaded(side)?.picture.rgba8_at(x, y)
}

fn value_ui(ui: &mut Ui, session: &Session, side: Side, at: ImagePoint) {
    // Places in pixels would tell how many a side has.
    let place = format!("({:.1}, {:.1})", at.x, at.y);
    ui.label(if session.is_blind() { side.to_string() } else { format!("{side}  {place}") });
    let Some([r, g, b, alpha]) = pixel_at(session, side, at) else { return };
    let (rect, _) = ui.allocate_exact_size(Vec2::splat(10.0), Sense::hover());
    let rect = Rect::from_center_size(rect.center(), Vec2::splat(10.0));
    let color = egui::Color32::from_rgba_unmultiplied(r, g, b, alpha);
    ui.painter().rect_filled(rect, 2.0, color);
    ui.label(format!("#{r:02X}{g:02X}{b:02X}"));
    if ui.ctx().content_rect().width() < LAB_WIDTH {
        return;
    }
    let lab = Lab::of_srgb8([r, g, b]);
    let text = format!("L* {:.1} a* {:.1} b* {:.1}", lab.l, lab.a, lab.b);
    ui.label(RichText::new(text).color(theme::SECONDARY));
}

/// How far the two pixels under the pointer are apart.
fn difference_ui(ui: &mut Ui, session: &Session, places: &PerSide<Option<ImagePoint>>) {
    let lab = |side: Side| {
        let [r, g, b, _] = pixel_at(session, side, places[side]?)?;
        Some(Lab::of_srgb8([r, g, b]))
    };
    if let Some((a, b)) = lab(Side::A).zip(lab(Side::B)) {
        let text = format!("ΔE00 {:.1}", delta_e_2000(a, b));
        ui.label(text).on_hover_text(
            "CIEDE2000 of these two source pixels: they are where the alignment says, which is no \
             closer than its RMS",
        );
    }
}

fn right_ui(ui: &mut Ui, session: &Session, out: &mut Outbox) {
    let document = session.document();
    if session.arrangement().is_some() {
        let words = fit_words(document, session.registration());
        let frame = match session.view().step {
            Step::Card => " · level frame",
            Step::Align | Step::Judge if session.is_blind() => " · level frame",
            Step::Align | Step::Judge if session.is_linked() => " · frame A's grid",
            Step::Align | Step::Judge => "",
        };
        ui.label(format!("{words}{frame}"));
    }
    let mut work = session.work_in_progress().peekable();
    if let Some((what, share)) = work.peek() {
        let text = if *share > 0.0 {
            format!("{what} {:.0} %", 100.0 * share)
        } else {
            format!("{what}…")
        };
        // Progress moves on without any input.
        ui.request_repaint_after(std::time::Duration::from_millis(100));
        if ui.small_button("Stop").clicked() {
            out.send(Command::StopWork);
        }
        ui.label(RichText::new(text).color(theme::SECONDARY));
    } else if let Some(done) =
        session.notices().iter().rev().find(|notice| notice.severity == Severity::Done)
    {
        let text = RichText::new(&done.text).color(theme::SECONDARY);
        ui.add(egui::Label::new(text).truncate());
    }
}
