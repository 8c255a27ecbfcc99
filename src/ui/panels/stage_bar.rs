//! What the mode of comparison lets be chosen, and the legend of its colours.

use egui::{Align2, Color32, DragValue, Rect, RichText, Sense, Slider, Ui, Vec2};

use super::super::{outbox::Outbox, theme};
use crate::{
    card::fit_words,
    document::Side,
    raster::{MOST_DELTA_E, MOST_LIGHTNESS, delta_e_color, lightness_color},
    session::{Command, Difference, LEAST_PERIOD, Mode, Session, StageCommand, ViewCommand, Wipe},
};

/// Height of the bar in points.
pub(crate) const STAGE_BAR_HEIGHT: f32 = 38.0;

/// Shows the bar under the stage.
pub(crate) fn stage_bar_ui(ui: &mut Ui, session: &Session, out: &mut Outbox) {
    ui.painter().rect_filled(ui.max_rect(), 0.0, theme::PANEL);
    let stage = &session.view().stage;
    ui.horizontal_centered(|ui| {
        ui.add_space(12.0);
        ui.label(RichText::new(session.mode().words()).font(theme::semibold(13.0)));
        ui.add_space(8.0);
        match session.mode() {
            Mode::SideBySide => (),
            Mode::Wipe => wipe_ui(ui, stage.wipe, out),
            Mode::Flip => flip_ui(ui, stage.shown, out),
            Mode::Flicker => {
                let mut ms = 1000.0 * stage.period;
                let value = DragValue::new(&mut ms)
                    .range(1000.0 * LEAST_PERIOD..=5000.0)
                    .speed(5.0)
                    .max_decimals(0)
                    .suffix(" ms");
                let name = ui.label("Each side is shown for");
                if ui.add(value).labelled_by(name.id).changed() {
                    send(out, StageCommand::Period(ms / 1000.0));
                }
            }
            Mode::Onion => {
                let mut percent = 100.0 * stage.opacity;
                let name = ui.label("Share of B");
                let slider =
                    Slider::new(&mut percent, 0.0..=100.0).show_value(false).max_decimals(0);
                let is_changed = ui.add(slider).labelled_by(name.id).changed();
                ui.label(format!("{percent:.0} %"));
                if is_changed {
                    send(out, StageCommand::Opacity(percent / 100.0));
                }
                ui.label(RichText::new("mixed in encoded values").color(theme::SECONDARY));
            }
            Mode::Difference => difference_ui(ui, session, out),
        }
    });
}

fn send(out: &mut Outbox, command: StageCommand) {
    out.send(Command::View(ViewCommand::Stage(command)));
}

fn wipe_ui(ui: &mut Ui, wipe: Wipe, out: &mut Outbox) {
    for (name, degrees) in [("Vertical", 0.0_f32), ("Horizontal", 90.0), ("Slanted", 30.0)] {
        let normal = degrees.to_radians();
        let is_on = (wipe.normal - normal).abs() < 1e-3;
        if ui.selectable_label(is_on, name).clicked() {
            send(out, StageCommand::Wipe(Wipe { normal, ..wipe }));
        }
    }
    let hint = "drag the line, or its knob to turn it";
    ui.label(RichText::new(hint).color(theme::SECONDARY));
}

fn flip_ui(ui: &mut Ui, shown: Side, out: &mut Outbox) {
    for side in Side::BOTH {
        if ui.selectable_label(shown == side, side.letter().to_string()).clicked() {
            send(out, StageCommand::Flip(side));
        }
    }
    let hint = "T flips, ` held shows the other";
    ui.label(RichText::new(hint).color(theme::SECONDARY));
}

fn difference_ui(ui: &mut Ui, session: &Session, out: &mut Outbox) {
    let chosen = session.view().stage.difference;
    for difference in Difference::ALL {
        if ui.selectable_label(chosen == difference, difference.words()).clicked() {
            send(out, StageCommand::Difference(difference));
        }
    }
    ui.add_space(10.0);
    let step = |value: f64| format!("{value:.0}");
    match chosen {
        Difference::DeltaE => {
            let color = |share: f64| delta_e_color(share * MOST_DELTA_E);
            let names =
                [step(0.0), step(MOST_DELTA_E / 2.0), format!("{} and more", step(MOST_DELTA_E))];
            legend_ui(ui, color, &names);
        }
        Difference::Lightness => {
            let color = |share: f64| lightness_color((2.0 * share - 1.0) * MOST_LIGHTNESS);
            let most = step(MOST_LIGHTNESS);
            let names =
                [format!("B darker, -{most} L*"), "0".into(), format!("B lighter, +{most}")];
            legend_ui(ui, color, &names);
        }
        Difference::Absolute => {
            let text = "codes' differences, four times";
            ui.label(RichText::new(text).color(theme::SECONDARY));
        }
    }
    ui.add_space(10.0);
    // A face that does not register differs everywhere.
    let fit = fit_words(session.document(), session.registration());
    ui.add(egui::Label::new(&fit).truncate()).on_hover_text(&fit);
}

/// A strip of the colours with names for its beginning, middle and end.
fn legend_ui(ui: &mut Ui, color: impl Fn(f64) -> [u8; 3], names: &[String; 3]) {
    const STEPS: u8 = 115;
    let size = Vec2::new(f32::from(STEPS) * 2.0, 28.0);
    let (area, response) = ui.allocate_exact_size(size, Sense::hover());
    let text = format!("Legend: {}", names.join(", "));
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Image, true, text.clone()));
    let strip = Rect::from_min_size(area.min, Vec2::new(area.width(), 12.0));
    let width = strip.width() / f32::from(STEPS);
    for idx in 0..STEPS {
        let share = f64::from(idx) / f64::from(STEPS - 1);
        let [r, g, b] = color(share);
        let at = strip.min + Vec2::new(width * f32::from(idx), 0.0);
        let cell = Rect::from_min_size(at, Vec2::new(width, strip.height()));
        ui.painter().rect_filled(cell, 0.0, Color32::from_rgba_unmultiplied(r, g, b, u8::MAX));
    }
    let places = [
        (area.left_bottom(), Align2::LEFT_BOTTOM),
        (area.center_bottom(), Align2::CENTER_BOTTOM),
        (area.right_bottom(), Align2::RIGHT_BOTTOM),
    ];
    for ((at, align), name) in places.into_iter().zip(names) {
        ui.painter().text(at, align, name, theme::regular(11.0), theme::SECONDARY);
    }
}
