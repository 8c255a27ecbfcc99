//! How panes and loupes look: a channel, exposure, contrast; and the badge while they are not plain.

use egui::{Popup, PopupCloseBehavior, Response, RichText, Slider, Ui};

use super::super::{outbox::Outbox, theme};
use crate::{
    geometry::{Channel, Look},
    session::{Command, Session, ViewCommand},
};

/// Opens under `button` when that is clicked.
pub(crate) fn look_menu_ui(button: &Response, session: &Session, out: &mut Outbox) {
    let look = session.view().look;
    let popup = Popup::menu(button).close_behavior(PopupCloseBehavior::CloseOnClickOutside);
    popup.show(|ui| {
        ui.set_width(250.0);
        ui.label(RichText::new("Look of panes and loupes").font(theme::semibold(13.0)));
        let text = "For the eye alone: no figure, difference or card changes.";
        ui.label(RichText::new(text).size(12.0).color(theme::SECONDARY));
        ui.add_space(4.0);
        let mut wanted = look;
        ui.horizontal_wrapped(|ui| {
            for channel in Channel::ALL {
                if ui.selectable_label(look.channel == channel, channel.words()).clicked() {
                    wanted.channel = channel;
                }
            }
        });
        slider_ui(ui, "Exposure", Slider::new(&mut wanted.exposure, -3.0..=3.0).suffix(" EV"));
        let contrast = Slider::new(&mut wanted.contrast, 0.5..=8.0).logarithmic(true).suffix("x");
        slider_ui(ui, "Contrast", contrast);
        if ui.add_enabled(!look.is_plain(), egui::Button::new("As it is")).clicked() {
            wanted = Look::default();
        }
        if wanted != look {
            out.send(Command::View(ViewCommand::Look(wanted)));
        }
    });
}

fn slider_ui(ui: &mut Ui, name: &str, slider: Slider<'_>) {
    ui.horizontal(|ui| {
        let label = ui.label(RichText::new(name).color(theme::SECONDARY));
        ui.add(slider.max_decimals(1)).labelled_by(label.id);
    });
}
