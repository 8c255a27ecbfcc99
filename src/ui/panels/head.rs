//! The head of a pane: letter, label, and what the picture is.

use egui::{Align, Key, Layout, RichText, TextEdit, Ui};

use super::{
    super::{
        loupe_half::{badge_ui, is_near_one},
        outbox::Outbox,
        theme,
    },
    HIDDEN,
};
use crate::{
    card::{bend_text, magnification_text, matched_text, roll_text},
    document::{Arrangement, Edit, GestureId, PerSide, Side},
    session::{Command, Mode, Scale, Session, ViewCommand},
};

/// Height of a head in points.
pub(crate) const HEAD_HEIGHT: f32 = 34.0;

/// Room that a label always has, in points.
const LEAST_LABEL: f32 = 90.0;
/// Room for the button that ends a pane's offset.
const REALIGN_WIDTH: f32 = 70.0;

/// What the heads remember while a label is typed.
#[derive(Default)]
pub(crate) struct Heads {
    typed: PerSide<Option<Typing>>,
    n_typings: u64,
}

struct Typing {
    text: String,
    gesture: GestureId,
}

/// Label gestures are numbered from here, out of the way of the pointer's.
const FIRST_GESTURE: u64 = 1 << 32;

impl Heads {
    /// Shows the head of `side`.
    pub(crate) fn head_ui(&mut self, ui: &mut Ui, session: &Session, side: Side, out: &mut Outbox) {
        ui.painter().rect_filled(ui.max_rect(), 0.0, theme::PANEL);
        ui.horizontal_centered(|ui| {
            ui.add_space(8.0);
            let (rect, _) = ui.allocate_exact_size(egui::Vec2::splat(20.0), egui::Sense::hover());
            badge_ui(ui.painter(), side, rect.min, 20.0);
            let is_off = session.offset(side).is_some();
            let button = if is_off { REALIGN_WIDTH } else { 0.0 };
            let room_of = |words: &str| {
                let font = theme::regular(12.0);
                let width = ui.painter().layout_no_wrap(words.to_owned(), font, theme::SECONDARY);
                ui.available_width() - width.size().x - 4.0 * theme::GAP - button
            };
            // Where there is much to say of how it is seen, the picture's size gives way.
            let how = view_words(session, side);
            let size = size_words(session, side);
            let all = if size.is_empty() { how.clone() } else { format!("{size} · {how}") };
            let is_short = how.is_empty() || room_of(&all) < LEAST_LABEL;
            let words = if is_short { how } else { all.clone() };
            let look = session.view().look.words();
            let room = room_of(&words) - 7.0 * f32::from(u8::try_from(look.len()).unwrap_or(0));
            self.label_ui(ui, session, side, room.clamp(LEAST_LABEL, 320.0), out);
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                ui.add_space(10.0);
                if is_off {
                    let hint = "This pane was moved or zoomed alone: show the same spot in both \
                                again (Shift+F)";
                    if ui.small_button("Realign").on_hover_text(hint).clicked() {
                        out.send(Command::View(ViewCommand::Realign));
                    }
                }
                if !look.is_empty() {
                    ui.label(RichText::new(look).font(theme::regular(12.0)).color(theme::DOUBT));
                }
                let text = RichText::new(&words).font(theme::regular(12.0));
                let color = if is_unequal(session) { theme::DOUBT } else { theme::SECONDARY };
                let text = egui::Label::new(text.color(color)).truncate();
                ui.add(text).on_hover_text(&all);
            });
        });
    }

    fn label_ui(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        side: Side,
        width: f32,
        out: &mut Outbox,
    ) {
        if session.is_blind() {
            let text = RichText::new(format!("Side {side}")).font(theme::semibold(13.0));
            ui.label(text).on_hover_text(HIDDEN);
            return;
        }
        let mut text = match &self.typed[side] {
            // What undo or another session changed meanwhile is shown, not what was typed.
            Some(typing) if typing.text == session.document().labels[side] => typing.text.clone(),
            _ => session.document().labels[side].clone(),
        };
        let hint = session.document().label_or_stem(side);
        let edit = TextEdit::singleline(&mut text)
            .hint_text(hint)
            .font(theme::semibold(13.0))
            .frame(egui::Frame::new())
            .margin(egui::Margin::symmetric(6, 4))
            .align(egui::Align2::LEFT_CENTER)
            .desired_width(width);
        let name = ui.allocate_response(egui::Vec2::ZERO, egui::Sense::hover());
        name.widget_info(|| {
            egui::WidgetInfo::labeled(egui::Role::Label, true, format!("Label of {side}"))
        });
        let response = ui.add(edit).labelled_by(name.id);
        response.clone().on_hover_text(format!("The label of {side}, as it stands on the card"));
        if response.gained_focus() {
            self.n_typings += 1;
            let gesture = GestureId(FIRST_GESTURE + self.n_typings);
            self.typed[side] = Some(Typing { text: text.clone(), gesture });
        }
        if response.changed()
            && let Some(typing) = &mut self.typed[side]
        {
            typing.text.clone_from(&text);
            let edit = Edit::SetLabel { side, label: text };
            out.send(Command::Edit(edit, Some(typing.gesture)));
        }
        if response.lost_focus()
            && let Some(typing) = self.typed[side].take()
            && ui.input(|input| input.key_pressed(Key::Escape))
        {
            out.send(Command::Cancel(typing.gesture));
        }
    }
}

/// `1536x1536`; nothing while blind.
fn size_words(session: &Session, side: Side) -> String {
    let source = session.document().sources[side].as_ref().filter(|_| !session.is_blind());
    source.map_or_else(String::new, |source| format!("{}x{}", source.width, source.height))
}

/// Whether a pixel of one side is shown larger than one of the other: no fair look at sharpness.
fn is_unequal(session: &Session) -> bool {
    let magnification = |side: Side| Some(session.pane_view(side)?.magnification());
    let both = magnification(Side::A).zip(magnification(Side::B));
    session.is_linked() && !session.is_blind() && both.is_some_and(|(a, b)| !is_near_one(b / a))
}

/// `0.42x Catmull-Rom · rolled 4.0°`.
fn view_words(session: &Session, side: Side) -> String {
    let Some(view) = session.pane_view(side) else { return String::new() };
    if session.is_blind() {
        return blind_words(session, side, view.kernel.name());
    }
    let mut words = format!("{} {}", magnification_text(view.magnification()), view.kernel.name());
    if let Some(roll) = roll_text(view.roll()) {
        words = format!("{words} · {roll}");
    }
    let matched = session.arrangement().and_then(Arrangement::matched_side);
    if let Some(finer) = matched.filter(|finer| *finer == side) {
        words.push_str(&matched_text(finer));
    }
    let is_unequal = session.view().scale == Scale::EqualPixels && session.is_linked();
    if is_unequal && side == Side::B && session.mode() == Mode::SideBySide {
        words.push_str(" · equal pixels");
    }
    if session.offset(side).is_some() {
        words.push_str(" · off the other");
    }
    if let Some(bend) = bend_text(&view.source_from_output) {
        words = format!("{words} · {bend}");
    }
    words
}

/// `level frame · face unit 412 px · Catmull-Rom`: the same on both sides.
fn blind_words(session: &Session, side: Side, kernel: &str) -> String {
    let unit = session.face_unit_on_screen(side);
    let unit = unit.map(|unit| format!(" · face unit {unit:.0} px")).unwrap_or_default();
    let off = if session.offset(side).is_some() { " · off the other" } else { "" };
    format!("level frame{unit} · {kernel}{off}")
}
