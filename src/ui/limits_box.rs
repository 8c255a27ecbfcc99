//! The box that sets what a picture may measure.

use egui::{Button, DragValue, Grid, RichText, Ui};

use super::{outbox::Outbox, panels::modal, theme};
use crate::{session::Command, storage::Limits};

const PIXELS_A_MEGAPIXEL: u64 = 1_000_000;

/// Open while it holds what is being typed.
#[derive(Default)]
pub(super) struct LimitsBox {
    typed: Option<Typed>,
}

#[derive(Clone, Copy)]
struct Typed {
    max_megapixels: u64,
    max_side: u32,
}

impl Typed {
    fn of(limits: Limits) -> Self {
        let max_megapixels = limits.max_pixels.div_ceil(PIXELS_A_MEGAPIXEL);
        Self { max_megapixels, max_side: limits.max_side }
    }

    fn limits(self) -> Limits {
        let max_pixels = self.max_megapixels.saturating_mul(PIXELS_A_MEGAPIXEL);
        Limits { max_side: self.max_side, max_pixels }.sound()
    }
}

impl LimitsBox {
    pub(super) fn is_open(&self) -> bool {
        self.typed.is_some()
    }

    /// Opens it on the limits in force.
    pub(super) fn open(&mut self, limits: Limits) {
        self.typed = Some(Typed::of(limits));
    }

    /// Shows it while it is open.
    pub(super) fn ui(&mut self, ui: &Ui, out: &mut Outbox) {
        let Some(typed) = &mut self.typed else { return };
        let response = modal(ui, "limits").show(ui, |ui| {
            ui.set_width(360.0);
            ui.label(RichText::new("Picture limits").font(theme::semibold(15.0)));
            let text = "A picture over these limits is refused before it is read. A megapixel \
                        takes 5.3 MB of memory, twice that at 16 bits a channel.";
            ui.label(RichText::new(text).color(theme::SECONDARY));
            ui.add_space(10.0);
            Grid::new("limits").num_columns(2).spacing([24.0, 8.0]).show(ui, |ui| {
                let label = ui.label("Megapixels in all");
                let value = DragValue::new(&mut typed.max_megapixels).range(1..=100_000);
                ui.add(value).labelled_by(label.id);
                ui.end_row();
                let label = ui.label("Pixels a side");
                let value = DragValue::new(&mut typed.max_side).range(1..=1_048_576).speed(16.0);
                ui.add(value).labelled_by(label.id);
                ui.end_row();
            });
            ui.add_space(12.0);
            ui.horizontal(|ui| {
                let set = RichText::new("Set").color(theme::ON_PRIMARY);
                let is_set = ui.add(Button::new(set).fill(theme::PRIMARY)).clicked();
                if ui.button("Defaults").clicked() {
                    *typed = Typed::of(Limits::default());
                }
                let is_cancelled = ui.button("Cancel").clicked();
                (is_set, is_cancelled)
            })
            .inner
        });
        let (is_set, is_cancelled) = response.inner;
        if is_set {
            out.send(Command::SetLimits(typed.limits()));
        }
        if is_set || is_cancelled || response.should_close() {
            self.typed = None;
        }
    }
}
