//! The step that makes the card: a preview that is the exporter's own picture, on which the crop is
//! moved, and what stands on it.

mod fields;
mod look;
mod output;
mod parts;
mod preview;
mod texts;

use egui::{RichText, ScrollArea, Ui};

use super::{
    outbox::{Ask, Outbox},
    panels::primary_button_ui,
    theme,
};
use crate::{
    document::{CardStyle, Edit, GestureId},
    session::{Command, Session},
};

use preview::Preview;

pub(super) use output::Output;

/// Numbers of gestures beyond those of all other panels.
const FIRST_GESTURE: u64 = 1 << 58;
/// Changes of one control with less than so many seconds between them are one step of undo.
const PAUSE: f64 = 0.8;

/// What the composer remembers between frames.
#[derive(Default)]
pub(super) struct Composer {
    pub(super) preview: Preview,
    pub(super) output: Output,
    typing: Typing,
}

/// Numbers what is typed and dragged, so that it is undone in one step.
#[derive(Default)]
struct Typing {
    n_gestures: u64,
    /// The control that was dragged or stepped last, and when.
    last: Option<(&'static str, f64)>,
    /// Whether something was changed in this frame that goes on.
    is_going_on: bool,
}

impl Typing {
    /// A field got the keyboard: what is typed into it is a step of its own.
    fn begin(&mut self) {
        self.n_gestures += 1;
        self.last = None;
    }

    /// Something was typed.
    fn typed(&mut self) {
        self.is_going_on = true;
    }

    /// A control was dragged or stepped, which goes on if it was a moment ago, too.
    fn dragged(&mut self, ui: &Ui, control: &'static str) {
        let now = ui.input(|input| input.time);
        let goes_on = self.last.is_some_and(|(of, at)| of == control && now - at <= PAUSE);
        if !goes_on {
            self.n_gestures += 1;
        }
        self.last = Some((control, now));
        self.is_going_on = true;
    }

    fn gesture(&mut self) -> Option<GestureId> {
        std::mem::take(&mut self.is_going_on).then_some(GestureId(FIRST_GESTURE + self.n_gestures))
    }
}

impl Composer {
    /// Shows what the card holds and the button that exports it.
    pub(super) fn panel_ui(&mut self, ui: &mut Ui, session: &Session, out: &mut Outbox) {
        let before = &session.document().card;
        let mut style = before.clone();
        let has_doubts = session.card().is_some_and(|card| !card.foreign.is_empty());
        let below = if has_doubts { BUTTON_ROOM + DOUBT_ROOM } else { BUTTON_ROOM };
        let room = ui.available_height() - below;
        ScrollArea::vertical().auto_shrink([false, false]).max_height(room).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 5.0;
            // The scroll bar has the rest.
            ui.set_max_width(ui.available_width() - 8.0);
            look::size_ui(ui, session, &mut style);
            look::layout_ui(ui, session, &mut style);
            let is_blind = session.is_blind();
            if is_blind {
                let text = "A blind card: A and B alone. Words, mark, footer, alt text and file names of \
                            your own wait until the reveal.";
                ui.label(RichText::new(text).size(12.0).color(theme::SECONDARY));
            }
            section_ui(ui, "Words", !is_blind, true, |ui| {
                texts::labels_ui(ui, session, &mut self.typing, out);
                texts::words_ui(ui, &mut style.words, &mut self.typing);
                texts::kinds_ui(ui, session, out);
            });
            section_ui(ui, "What appears", true, false, |ui| {
                parts::parts_ui(ui, session, &mut style);
                parts::crop_ui(ui, session, &mut style, &mut self.typing);
            });
            section_ui(ui, "Colours", true, false, |ui| {
                look::colors_ui(ui, session, &mut style, &mut self.typing);
                look::look_ui(ui, session, &mut style);
            });
            section_ui(ui, "Mark and footer", !is_blind, false, |ui| {
                texts::brand_ui(ui, &mut style.brand, &mut self.typing, out);
                parts::footer_ui(ui, session, &mut style.footer);
            });
            section_ui(ui, "Alt text", !is_blind, false, |ui| {
                texts::alt_text_ui(ui, session, &mut style, &mut self.typing);
            });
            section_ui(ui, "Files", true, false, |ui| {
                self.output.ui(ui, session, &mut style, &mut self.typing, out);
            });
        });
        self.change(before, style, out);
        output::doubts_ui(ui, session);
        if primary_button_ui(ui, "Export card…").clicked() {
            out.ask(Ask::Export);
        }
    }

    fn change(&mut self, before: &CardStyle, style: CardStyle, out: &mut Outbox) {
        let gesture = self.typing.gesture();
        if style != *before {
            out.send(Command::Edit(Edit::SetCardStyle(Box::new(style)), gesture));
        }
    }
}

/// Room for the button, in points.
const BUTTON_ROOM: f32 = 42.0;
/// Room for what is doubtful above it.
const DOUBT_ROOM: f32 = 64.0;

/// A part that can be folded; not there unless it is told of.
fn section_ui(
    ui: &mut Ui,
    title: &str,
    is_there: bool,
    is_open: bool,
    content: impl FnOnce(&mut Ui),
) {
    if !is_there {
        return;
    }
    let text = RichText::new(title).font(theme::semibold(13.0));
    egui::CollapsingHeader::new(text).default_open(is_open).show(ui, content);
}
