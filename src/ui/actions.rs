//! The one table of actions: menus, shortcuts, tooltips and the help page come from it.

use egui::{Key, KeyboardShortcut, Modifiers};

use super::outbox::{Ask, Outbox};
use crate::{
    document::{Edit, Side},
    geometry::OutputPoint,
    session::{Command, Mode, Sampling, Session, StageCommand, Step, Tool, ViewCommand},
};

/// The menu an action stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Menu {
    /// Files in and out.
    File,
    /// The document.
    Edit,
    /// Marks.
    Landmarks,
    /// What is looked at.
    View,
    /// The program.
    Help,
}

/// What an action does.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ActionId {
    /// Ask the window.
    Ask(Ask),
    /// Take a step back.
    Undo,
    /// Take a step forward.
    Redo,
    /// Remove the selected landmark.
    RemoveLandmark,
    /// Keep the selected landmark's carried-over marks, or take what is predicted.
    Accept,
    /// Take the latest mark back.
    StepBack,
    /// Leave the landmark that is next for later.
    Skip,
    /// Show where the recipe expects its unmarked landmarks.
    Predict,
    /// Look in the pixels for a better place of the selected landmark on B.
    Refine,
    /// The same for all landmarks.
    RefineAll,
    /// Show what both sides cover.
    Fit,
    /// Show the same spot in both panes again.
    Realign,
    /// Magnify to this many physical pixels a pixel of A.
    Magnify(f64),
    /// Multiply the magnification.
    ZoomBy(f64),
    /// Change the tool.
    Tool(Tool),
    /// Change how both sides are compared.
    Compare(Mode),
    /// Show the other side in the same place.
    Flip,
    /// Count the next kind of difference.
    NextDifference,
    /// Change the step.
    Step(Step),
    /// Nearest or smooth.
    ToggleSampling,
    /// Show residuals as arrows, or not.
    ToggleResiduals,
}

/// An action as the user meets it.
#[derive(Clone, Copy, Debug)]
pub struct Action {
    /// What it does.
    pub id: ActionId,
    /// Its name in menus and help.
    pub name: &'static str,
    /// Where it stands.
    pub menu: Menu,
    /// Its keys.
    pub shortcut: Option<KeyboardShortcut>,
}

const CTRL_SHIFT: Modifiers = Modifiers::COMMAND.plus(Modifiers::SHIFT);

const fn action(
    menu: Menu,
    id: ActionId,
    name: &'static str,
    modifiers: Modifiers,
    key: Key,
) -> Action {
    Action { id, name, menu, shortcut: Some(KeyboardShortcut::new(modifiers, key)) }
}

const fn without_keys(menu: Menu, id: ActionId, name: &'static str) -> Action {
    Action { id, name, menu, shortcut: None }
}

/// Every action, in the order of the menus.
pub const ACTIONS: &[Action] = {
    use ActionId as Id;
    use Menu::{Edit, File, Help, Landmarks, View};
    const NONE: Modifiers = Modifiers::NONE;
    const CTRL: Modifiers = Modifiers::COMMAND;
    &[
        action(File, Id::Ask(Ask::Open), "Open…", CTRL, Key::O),
        without_keys(File, Id::Ask(Ask::OpenSide(Side::A)), "Open or replace picture A…"),
        without_keys(File, Id::Ask(Ask::OpenSide(Side::B)), "Open or replace picture B…"),
        without_keys(File, Id::Ask(Ask::OpenSample), "Open the sample pair"),
        action(File, Id::Ask(Ask::Save), "Save session", CTRL, Key::S),
        action(File, Id::Ask(Ask::SaveAs), "Save session as…", CTRL_SHIFT, Key::S),
        action(File, Id::Ask(Ask::Export), "Export card…", CTRL, Key::E),
        without_keys(File, Id::Ask(Ask::TypePath), "File by path…"),
        without_keys(File, Id::Ask(Ask::Limits), "Picture limits…"),
        action(File, Id::Ask(Ask::Begin), "New session", CTRL, Key::N),
        action(File, Id::Ask(Ask::Quit), "Quit", CTRL, Key::Q),
        action(Edit, Id::Undo, "Undo", CTRL, Key::Z),
        action(Edit, Id::Redo, "Redo", CTRL_SHIFT, Key::Z),
        action(Landmarks, Id::Accept, "Accept or confirm landmark", NONE, Key::Enter),
        action(Landmarks, Id::StepBack, "Take the mark back", NONE, Key::Backspace),
        action(Landmarks, Id::Skip, "Skip to the next landmark", NONE, Key::K),
        action(Landmarks, Id::Predict, "Predict the rest", CTRL, Key::P),
        action(Landmarks, Id::Refine, "Refine landmark on B", CTRL, Key::R),
        action(Landmarks, Id::RefineAll, "Refine all landmarks on B", CTRL_SHIFT, Key::R),
        action(Landmarks, Id::RemoveLandmark, "Remove landmark", NONE, Key::Delete),
        without_keys(Landmarks, Id::Ask(Ask::ImportLandmarks(None)), "Import landmarks…"),
        without_keys(
            Landmarks,
            Id::Ask(Ask::ImportLandmarks(Some(Side::A))),
            "Import landmarks of A…",
        ),
        without_keys(
            Landmarks,
            Id::Ask(Ask::ImportLandmarks(Some(Side::B))),
            "Import landmarks of B…",
        ),
        without_keys(Landmarks, Id::Ask(Ask::ExportLandmarks(None)), "Export landmarks…"),
        without_keys(
            Landmarks,
            Id::Ask(Ask::ExportLandmarks(Some(Side::A))),
            "Export landmarks of A…",
        ),
        without_keys(
            Landmarks,
            Id::Ask(Ask::ExportLandmarks(Some(Side::B))),
            "Export landmarks of B…",
        ),
        action(View, Id::Fit, "Fit", NONE, Key::F),
        action(View, Id::Realign, "Realign the panes", Modifiers::SHIFT, Key::F),
        action(View, Id::Magnify(1.0), "100 %", NONE, Key::Num1),
        action(View, Id::Magnify(2.0), "200 %", NONE, Key::Num2),
        action(View, Id::Magnify(4.0), "400 %", NONE, Key::Num4),
        action(View, Id::Magnify(8.0), "800 %", NONE, Key::Num8),
        action(View, Id::ZoomBy(1.25), "Zoom in", NONE, Key::Plus),
        action(View, Id::ZoomBy(0.8), "Zoom out", NONE, Key::Minus),
        action(View, Id::ToggleSampling, "Nearest or smooth pixels", NONE, Key::N),
        action(View, Id::ToggleResiduals, "Residual arrows", NONE, Key::Y),
        action(View, Id::Compare(Mode::SideBySide), "Side by side", NONE, Key::V),
        action(View, Id::Compare(Mode::Wipe), "Wipe", NONE, Key::W),
        action(View, Id::Flip, "Flip in place", NONE, Key::T),
        action(View, Id::Compare(Mode::Flicker), "Flicker", NONE, Key::X),
        action(View, Id::Compare(Mode::Onion), "Onion skin", NONE, Key::O),
        action(View, Id::NextDifference, "Difference, the next kind", NONE, Key::D),
        action(View, Id::Tool(Tool::Hand), "Hand tool", NONE, Key::M),
        action(View, Id::Tool(Tool::Landmark), "Landmark tool", NONE, Key::L),
        without_keys(View, Id::Step(Step::Align), "Align and inspect"),
        without_keys(View, Id::Step(Step::Card), "Card"),
        action(Help, Id::Ask(Ask::Help), "Keys and mouse", NONE, Key::F1),
    ]
};

impl ActionId {
    /// Whether it would do anything now.
    pub(super) fn is_enabled(self, session: &Session) -> bool {
        let has_both = || Side::BOTH.iter().all(|side| session.loaded(*side).is_some());
        let has_any = || Side::BOTH.iter().any(|side| session.loaded(*side).is_some());
        if self.is_of_marking() && session.view().step != Step::Align {
            return false;
        }
        match self {
            // Not while a drag goes on, which would take the mark along again.
            Self::Undo => session.undo_label().is_some() && !session.view().is_held(),
            Self::Redo => session.redo_label().is_some() && !session.view().is_held(),
            Self::RemoveLandmark => session.selection().is_some(),
            Self::Refine => {
                let selected = session.selection().and_then(|id| session.document().landmark(id));
                selected.is_some_and(|landmark| landmark.pair().is_some()) && session.is_linked()
            }
            Self::RefineAll => {
                let landmarks = &session.document().landmarks;
                landmarks.iter().any(|l| l.fitted_pair().is_some()) && session.is_linked()
            }
            Self::Realign => Side::BOTH.iter().any(|side| session.offset(*side).is_some()),
            Self::Ask(Ask::ExportLandmarks(_)) => !session.document().landmarks.is_empty(),
            Self::Accept => {
                let is_shown = session.view().tool == Tool::Landmark;
                session
                    .acceptance()
                    .is_some_and(|edit| is_shown || matches!(edit, Edit::ConfirmLandmark(_)))
            }
            Self::StepBack => session.step_back().is_some(),
            Self::Skip => after_next(session).is_some(),
            Self::Predict => can_predict(session),
            Self::Ask(Ask::Export) | Self::Step(Step::Card) => has_both(),
            Self::Ask(Ask::Save | Ask::SaveAs) => {
                session.document().sources.iter().any(|(_, source)| source.is_some())
            }
            Self::Compare(Mode::SideBySide) => session.mode() != Mode::SideBySide,
            Self::Compare(_) | Self::Flip | Self::NextDifference => {
                has_both() && session.is_linked() && session.view().step == Step::Align
            }
            Self::Fit
            | Self::Magnify(_)
            | Self::ZoomBy(_)
            | Self::ToggleSampling
            | Self::ToggleResiduals
            | Self::Ask(Ask::ImportLandmarks(_)) => has_any(),
            Self::Ask(_) | Self::Tool(_) | Self::Step(Step::Align) => true,
        }
    }

    /// Whether it changes landmarks, which only the first step shows.
    const fn is_of_marking(self) -> bool {
        matches!(
            self,
            Self::Accept
                | Self::StepBack
                | Self::Skip
                | Self::Predict
                | Self::Refine
                | Self::RefineAll
                | Self::RemoveLandmark
        )
    }

    /// Asks for it.
    pub(super) fn perform(self, session: &Session, focus: Focus, out: &mut Outbox) {
        let view = |out: &mut Outbox, command| out.send(Command::View(command));
        match self {
            Self::Ask(ask) => out.ask(ask),
            Self::Undo => out.send(Command::Undo),
            Self::Redo => out.send(Command::Redo),
            Self::Accept => out.send(Command::Accept),
            Self::RemoveLandmark | Self::StepBack => {
                let edit = match self {
                    Self::StepBack => session.step_back(),
                    _ => session.selection().map(Edit::RemoveLandmark),
                };
                out.commands.extend(edit.map(|edit| Command::Edit(edit, None)));
            }
            Self::Skip => {
                let name = after_next(session);
                view(out, ViewCommand::MarkNext(name));
            }
            Self::Predict => {
                view(out, ViewCommand::Predict(!session.view().is_predicting));
            }
            Self::Refine => out.send(Command::Refine(session.selection())),
            Self::RefineAll => out.send(Command::Refine(None)),
            Self::Fit => view(out, ViewCommand::Fit),
            Self::Realign => view(out, ViewCommand::Realign),
            Self::Magnify(n) => {
                for (side, middle) in panes_to_zoom(session, focus) {
                    view(out, ViewCommand::ZoomTo(side, middle, n));
                }
            }
            Self::ZoomBy(factor) => {
                for (side, middle) in panes_to_zoom(session, focus) {
                    view(out, ViewCommand::ZoomBy(side, middle, factor));
                }
            }
            Self::Compare(mode) => view(out, ViewCommand::Stage(StageCommand::Mode(mode))),
            Self::Flip => {
                if session.mode() == Mode::Flip {
                    let other = session.view().stage.shown.other();
                    view(out, ViewCommand::Stage(StageCommand::Flip(other)));
                } else {
                    view(out, ViewCommand::Stage(StageCommand::Mode(Mode::Flip)));
                }
            }
            Self::NextDifference => {
                if session.mode() == Mode::Difference {
                    let next = session.view().stage.difference.next();
                    view(out, ViewCommand::Stage(StageCommand::Difference(next)));
                } else {
                    view(out, ViewCommand::Stage(StageCommand::Mode(Mode::Difference)));
                }
            }
            Self::Tool(tool) => view(out, ViewCommand::Tool(tool)),
            Self::Step(step) => view(out, ViewCommand::Step(step)),
            Self::ToggleResiduals => {
                view(out, ViewCommand::Residuals(!session.view().shows_residuals));
            }
            Self::ToggleSampling => {
                let other = match session.view().sampling {
                    Sampling::Pixels => Sampling::Smooth,
                    Sampling::Smooth => Sampling::Pixels,
                };
                view(out, ViewCommand::Sampling(other));
            }
        }
    }
}

/// The landmark after the one that is next.
fn after_next(session: &Session) -> Option<String> {
    session.document().landmark_name_after(&session.next_landmark_name())
}

/// Whether the recipe has landmarks left that marked ones tell the places of.
fn can_predict(session: &Session) -> bool {
    let document = session.document();
    let is_unused = |name: &str| document.landmark_named(name).is_none();
    session.is_linked()
        && session.can_expect()
        && document.recipe.landmarks.iter().any(|landmark| is_unused(&landmark.name))
}

/// The pane under the pointer and the physical pixel of it, if it is over one.
pub(super) type Focus = Option<(Side, OutputPoint)>;

/// The spot under the pointer; else the middle of A's pane while both are linked, or of both.
fn panes_to_zoom(session: &Session, focus: Focus) -> Vec<(Side, OutputPoint)> {
    if let Some(focus) = focus {
        return vec![focus];
    }
    #[expect(clippy::cast_precision_loss, reason = "screen pixels")]
    let middle = |side: Side| {
        let view = session.pane_view(side)?;
        Some((side, OutputPoint::new(view.width as f64 / 2.0, view.height as f64 / 2.0)))
    };
    let mut panes: Vec<_> = Side::BOTH.into_iter().filter_map(middle).collect();
    if session.is_linked() {
        panes.truncate(1);
    }
    panes
}
