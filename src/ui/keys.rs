//! Keys: shortcuts of the table of actions, and arrows that nudge.

use egui::{Event, Key, KeyboardShortcut, Modifiers};

use super::{
    action_table::ACTIONS,
    actions::{ActionId, Focus, shows_findings, shows_landmarks},
    outbox::{Ask, Outbox},
};
use crate::{
    document::{Answer, Edit, GestureId, Side},
    session::{Command, JudgeTab, Session, Step, ViewCommand},
};

/// Shortcuts that do the same as one in the table.
pub(super) const ALIASES: &[(KeyboardShortcut, ActionId)] = &[
    (KeyboardShortcut::new(Modifiers::COMMAND, Key::Y), ActionId::Redo),
    (KeyboardShortcut::new(Modifiers::COMMAND, Key::Num0), ActionId::Magnify(1.0)),
    (KeyboardShortcut::new(Modifiers::NONE, Key::Equals), ActionId::ZoomBy(1.25)),
    (KeyboardShortcut::new(Modifiers::NONE, Key::Questionmark), ActionId::Ask(Ask::Help)),
];

/// How far an arrow key moves the selected landmark, in pixels of its side, by what is held.
const NUDGES: [(Modifiers, f64); 3] =
    [(Modifiers::SHIFT, 10.0), (Modifiers::ALT, 0.1), (Modifiers::NONE, 1.0)];

/// Arrow keys move the selected findings while those are seen, in the pixels they are drawn in; else the
/// mark of the selected landmark on the side under the pointer, or on the first side that has one.
/// Presses that follow each other are one step.
pub(super) fn take_nudges(
    ctx: &egui::Context,
    session: &Session,
    last_side: Option<Side>,
    out: &mut Outbox,
) {
    // A slider that has the keyboard takes the arrows.
    if ctx.memory(|memory| memory.focused().is_some()) {
        return;
    }
    if shows_findings(session) && !session.selected_findings().is_empty() {
        let by = nudge(ctx);
        if by != (0.0, 0.0) {
            let first = session.selected_findings().first().map_or(0, |of| u64::from(of.id.0));
            let gesture = GestureId(NUDGE_GESTURES - 1 - first);
            let edit = session.changed_findings(|of| {
                let step = session.nudge_step(of.on);
                of.shape = of.shape.moved(by.0 * step, by.1 * step);
            });
            out.commands.extend(edit.map(|edit| Command::Edit(edit, Some(gesture))));
        }
        return;
    }
    if !shows_landmarks(session) {
        return;
    }
    let Some(landmark) = session.selection().and_then(|id| session.document().landmark(id)) else {
        return;
    };
    let under = last_side.filter(|side| landmark.at[*side].is_some());
    let marked = Side::BOTH.into_iter().find(|side| landmark.at[*side].is_some());
    let Some(side) = under.or(marked) else { return };
    let Some(mark) = landmark.at[side] else { return };
    let by = nudge(ctx);
    if by != (0.0, 0.0) {
        let step = session.nudge_step(side);
        let at = mark.at.offset(by.0 * step, by.1 * step);
        let gesture = GestureId(NUDGE_GESTURES + 2 * u64::from(landmark.id.0) + side as u64);
        out.send(Command::Edit(Edit::PlaceLandmark { id: landmark.id, side, at }, Some(gesture)));
    }
}

/// How far the arrows that are pressed move something.
fn nudge(ctx: &egui::Context) -> (f64, f64) {
    let keys = [
        (Key::ArrowLeft, (-1.0, 0.0)),
        (Key::ArrowRight, (1.0, 0.0)),
        (Key::ArrowUp, (0.0, -1.0)),
        (Key::ArrowDown, (0.0, 1.0)),
    ];
    let mut by = (0.0, 0.0);
    for (modifiers, step) in NUDGES {
        for (key, (dx, dy)) in keys {
            let n = ctx.input_mut(|input| input.count_and_consume_key(modifiers, key));
            let step = step * f64::from(u32::try_from(n).unwrap_or(0));
            by = (by.0 + step * dx, by.1 + step * dy);
        }
    }
    by
}

/// Beyond the numbers of what the pointer does.
const NUDGE_GESTURES: u64 = 1 << 48;

/// Turns keys into actions. Keys without Ctrl act only while no text is being typed.
pub(super) fn take_shortcuts(
    ctx: &egui::Context,
    session: &Session,
    focus: Focus,
    out: &mut Outbox,
) {
    let is_typing = ctx.text_edit_focused();
    let table = ACTIONS.iter().filter_map(|action| Some((action.shortcut?, action.id)));
    let mut all: Vec<_> = table.chain(ALIASES.iter().copied()).collect();
    // Ctrl+Z would match Ctrl+Shift+Z too.
    all.sort_by_key(|(shortcut, _)| !shortcut.modifiers.shift);
    for (shortcut, id) in all.iter().copied() {
        // What has the keyboard takes Enter first.
        let is_for_widget =
            shortcut.logical_key == Key::Enter && ctx.memory(|memory| memory.focused().is_some());
        if is_for_widget {
            continue;
        }
        let is_plain = !shortcut.modifiers.command && shortcut.logical_key != Key::F1;
        // While something is typed, only what is asked of the window is for another.
        let is_of_field = is_plain || !matches!(id, ActionId::Ask(_));
        if is_of_field && is_typing {
            continue;
        }
        // A drag in progress and an open menu see Escape too.
        let is_for_popup = egui::Popup::is_any_open(ctx);
        if shortcut.logical_key == Key::Escape && (is_for_popup || !id.is_enabled(session)) {
            continue;
        }
        // Of two that share keys the one that can be done now has them.
        let is_for_other = |(other, of): &(KeyboardShortcut, ActionId)| {
            *other == shortcut && *of != id && of.is_enabled(session)
        };
        if !id.is_enabled(session) && all.iter().any(is_for_other) {
            continue;
        }
        // Keys are taken even where they do nothing now: else a plainer shortcut would match them.
        let is_pressed = ctx.input_mut(|input| input.consume_shortcut(&shortcut));
        if is_pressed && id.is_enabled(session) {
            id.perform(session, focus, out);
        }
    }
}

/// Arrows answer what is asked while the verdicts are shown: left for A, down for a tie, right for B, up
/// for what cannot be seen; Backspace goes back to the question before.
pub(super) fn take_answers(ctx: &egui::Context, session: &Session, out: &mut Outbox) {
    let view = session.view();
    let is_asking = view.step == Step::Judge && view.judge_tab == JudgeTab::Verdicts;
    if !is_asking || ctx.memory(|memory| memory.focused().is_some()) {
        return;
    }
    let Some(asked) = session.asked() else { return };
    if ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Backspace)) {
        let before = session.criterion_beside(&asked, false);
        out.send(Command::View(ViewCommand::Ask(before)));
    }
    let answers = ctx.input_mut(|input| {
        let mut answers = Vec::new();
        input.events.retain(|event| match event {
            Event::Key { key, pressed: true, modifiers, .. } if modifiers.is_none() => {
                let answer = answer_of(*key);
                answers.extend(answer);
                answer.is_none()
            }
            _ => true,
        });
        answers
    });
    if !answers.is_empty() {
        super::panels::answer_all(session, &asked, &answers, out);
    }
}

/// What an arrow says.
const fn answer_of(key: Key) -> Option<Answer> {
    match key {
        Key::ArrowLeft => Some(Answer::A),
        Key::ArrowDown => Some(Answer::Tie),
        Key::ArrowRight => Some(Answer::B),
        Key::ArrowUp => Some(Answer::NotVisible),
        _ => None,
    }
}
