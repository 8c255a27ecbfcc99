//! What can be done, whether it can be now, and doing it.

use super::{
    loupes::LIVE_MAGNIFICATION,
    outbox::{Ask, Outbox},
};
use crate::{
    document::{Edit, FindingEdit, LoupeSpot, Side},
    geometry::OutputPoint,
    session::{
        Command, JudgeTab, Mode, Sampling, Scale, Session, StageCommand, Step, Tool, ViewCommand,
    },
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
    /// Loupes.
    Loupes,
    /// What was found.
    Findings,
    /// Both sides in one place.
    Compare,
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
    /// Leave what was opened last: the enlarged loupe, the expected rings, the region, the mode.
    Back,
    /// Add a loupe at the pointer.
    AddLoupe,
    /// A loupe that follows the pointer, or none.
    ToggleLive,
    /// The face, or a pixel, of one size on both sides.
    ToggleScale,
    /// Forget the selected findings.
    DeleteFindings,
    /// Add copies of the selected findings.
    CopyFindings,
    /// Select all findings.
    SelectAllFindings,
    /// Change the step.
    Step(Step),
    /// Nearest or smooth.
    ToggleSampling,
    /// The finer side as coarse as the other, or not.
    ToggleMatch,
    /// Show residuals as arrows, or not.
    ToggleResiduals,
}

impl ActionId {
    /// Whether it would do anything now.
    pub(super) fn is_enabled(self, session: &Session) -> bool {
        let has_both = || Side::BOTH.iter().all(|side| session.loaded(*side).is_some());
        let has_any = || Side::BOTH.iter().any(|side| session.loaded(*side).is_some());
        let is_unseen = self.is_of_marking() && !shows_landmarks(session);
        if is_unseen || self.is_hidden(session) {
            return false;
        }
        match self {
            // Not while a drag goes on, which would take the mark along again.
            Self::Undo => session.undo_label().is_some() && !session.view().is_held(),
            Self::Redo => session.redo_label().is_some() && !session.view().is_held(),
            Self::RemoveLandmark => session.selection().is_some(),
            Self::Refine | Self::RefineAll => self.can_refine(session),
            Self::Realign => Side::BOTH.iter().any(|side| session.offset(*side).is_some()),
            Self::Ask(Ask::JudgeBlind) => session.can_judge_blind().is_ok(),
            Self::Ask(Ask::Reveal) => session.is_blind(),
            Self::Ask(Ask::ExportFindings(_)) => !session.document().findings.is_empty(),
            Self::Ask(Ask::ImportFindings(side)) => session.loaded(side).is_some(),
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
            Self::Ask(Ask::Export | Ask::ExportAll) | Self::Step(Step::Card) => has_both(),
            Self::Ask(Ask::CopyCard) => {
                session.view().step == Step::Card && session.card().is_some()
            }
            Self::Ask(Ask::Save | Ask::SaveAs) => {
                session.document().sources.iter().any(|(_, source)| source.is_some())
            }
            Self::Back => back(session).is_some(),
            Self::AddLoupe | Self::ToggleLive | Self::ToggleScale => {
                session.is_linked() && session.view().step.has_panes()
            }
            Self::ToggleMatch => session.is_linked(),
            Self::Compare(Mode::SideBySide) => {
                session.mode() != Mode::SideBySide && session.view().step.has_panes()
            }
            Self::Compare(_) | Self::Flip | Self::NextDifference => {
                has_both() && session.is_linked() && session.view().step.has_panes()
            }
            // What is not seen is not moved.
            Self::Fit
            | Self::Magnify(_)
            | Self::ZoomBy(_)
            | Self::ToggleSampling
            | Self::ToggleResiduals => has_any() && session.view().step.has_panes(),
            Self::Ask(Ask::ImportLandmarks(_))
            | Self::Tool(Tool::Finding(_))
            | Self::Step(Step::Judge) => has_any(),
            Self::Tool(Tool::Landmark) => session.view().step != Step::Card,
            Self::DeleteFindings | Self::CopyFindings | Self::SelectAllFindings => {
                self.is_for_findings(session)
            }
            Self::Ask(_) | Self::Tool(_) | Self::Step(Step::Align) => true,
        }
    }

    /// Whether it would tell which side is which, while that is hidden.
    pub(super) fn is_hidden(self, session: &Session) -> bool {
        let would_tell = matches!(
            self,
            Self::Ask(
                Ask::OpenSide(_)
                    | Ask::TypePath
                    | Ask::ImportLandmarks(_)
                    | Ask::ExportLandmarks(_)
                    | Ask::ImportFindings(_)
                    | Ask::ExportFindings(_)
            ) | Self::Magnify(_)
                | Self::ToggleScale
                | Self::ToggleMatch
                | Self::ToggleSampling
        );
        would_tell && session.is_blind()
    }

    /// Whether there are landmarks that it could refine.
    fn can_refine(self, session: &Session) -> bool {
        let selected = || session.document().landmark(session.selection()?);
        let has_some = if self == Self::Refine {
            selected().is_some_and(|landmark| landmark.pair().is_some())
        } else {
            session.document().landmarks.iter().any(|l| l.fitted_pair().is_some())
        };
        has_some && session.is_linked()
    }

    /// Whether there are findings that it could be done to.
    fn is_for_findings(self, session: &Session) -> bool {
        let has_some = match self {
            Self::SelectAllFindings => !session.document().findings.is_empty(),
            _ => !session.selected_findings().is_empty(),
        };
        shows_findings(session) && has_some
    }

    /// Whether it changes landmarks.
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
        // A tool of another step takes it along.
        match (self, session.view().step) {
            (Self::Tool(Tool::Finding(_)), step) if step != Step::Judge => {
                out.send(Command::View(ViewCommand::Step(Step::Judge)));
            }
            (Self::Tool(Tool::Landmark), Step::Judge) => {
                out.send(Command::View(ViewCommand::Step(Step::Align)));
            }
            _ => (),
        }
        if let Some(command) = self.view_command(session) {
            out.send(Command::View(command));
            return;
        }
        let edit = match self {
            Self::DeleteFindings => {
                let ids = session.selected_findings().iter().map(|finding| finding.id).collect();
                Some(Edit::Findings(FindingEdit::Remove(ids)))
            }
            Self::CopyFindings => session.copied_findings(),
            Self::StepBack => session.step_back(),
            Self::RemoveLandmark => session.selection().map(Edit::RemoveLandmark),
            Self::ToggleMatch => {
                Some(Edit::MatchResolution(!session.document().matches_resolution))
            }
            Self::AddLoupe => {
                focused_spot(session, focus).and_then(|spot| session.new_loupe(&spot))
            }
            _ => None,
        };
        out.commands.extend(edit.map(|edit| Command::Edit(edit, None)));
        match self {
            Self::Ask(ask) => out.ask(ask),
            Self::Undo => out.send(Command::Undo),
            Self::Redo => out.send(Command::Redo),
            Self::Accept => out.send(Command::Accept),
            Self::Refine => out.send(Command::Refine(session.selection())),
            Self::RefineAll => out.send(Command::Refine(None)),
            Self::Magnify(n) => {
                for (side, middle) in panes_to_zoom(session, focus) {
                    out.send(Command::View(ViewCommand::ZoomTo(side, middle, n)));
                }
            }
            Self::ZoomBy(factor) => {
                for (side, middle) in panes_to_zoom(session, focus) {
                    out.send(Command::View(ViewCommand::ZoomBy(side, middle, factor)));
                }
            }
            _ => (),
        }
    }

    /// The change of the view that it asks for, if that is all it does.
    fn view_command(self, session: &Session) -> Option<ViewCommand> {
        let view = session.view();
        let command = match self {
            Self::Skip => ViewCommand::MarkNext(after_next(session)),
            Self::Predict => ViewCommand::Predict(!view.is_predicting),
            Self::Fit => ViewCommand::Fit,
            Self::Realign => ViewCommand::Realign,
            Self::Compare(mode) => ViewCommand::Stage(StageCommand::Mode(mode)),
            Self::Flip => ViewCommand::Stage(match session.mode() {
                Mode::Flip => StageCommand::Flip(view.stage.shown.other()),
                _ => StageCommand::Mode(Mode::Flip),
            }),
            Self::NextDifference => ViewCommand::Stage(match session.mode() {
                Mode::Difference => StageCommand::Difference(view.stage.difference.next()),
                _ => StageCommand::Mode(Mode::Difference),
            }),
            Self::SelectAllFindings => {
                let all = &session.document().findings;
                ViewCommand::SelectFindings(all.iter().map(|finding| finding.id).collect())
            }
            Self::Tool(tool) => ViewCommand::Tool(tool),
            Self::Step(step) => ViewCommand::Step(step),
            Self::ToggleResiduals => ViewCommand::Residuals(!view.shows_residuals),
            Self::Back => back(session)?,
            Self::ToggleLive => ViewCommand::Live(!view.is_live),
            Self::ToggleScale => ViewCommand::Scale(match view.scale {
                Scale::EqualFace => Scale::EqualPixels,
                Scale::EqualPixels => Scale::EqualFace,
            }),
            Self::ToggleSampling => ViewCommand::Sampling(match view.sampling {
                Sampling::Pixels => Sampling::Smooth,
                Sampling::Smooth => Sampling::Pixels,
            }),
            _ => return None,
        };
        Some(command)
    }
}

/// Whether the list of findings is on the screen: what is not seen is not changed.
pub(super) fn shows_findings(session: &Session) -> bool {
    let view = session.view();
    view.step == Step::Judge && view.judge_tab == JudgeTab::Findings
}

/// Whether landmarks are on the screen: what is not seen is not changed.
pub(super) fn shows_landmarks(session: &Session) -> bool {
    session.view().step == Step::Align && session.mode() == Mode::SideBySide
}

/// What leaves what was opened last. A drag in progress is taken back by the same key first.
fn back(session: &Session) -> Option<ViewCommand> {
    if session.view().is_held() || !session.view().step.has_panes() {
        None
    } else if session.enlarged().is_some() {
        Some(ViewCommand::Enlarge(None))
    } else if session.view().is_predicting {
        Some(ViewCommand::Predict(false))
    } else if session.view().region.is_some() {
        Some(ViewCommand::Region(None))
    } else if session.mode() != Mode::SideBySide {
        Some(ViewCommand::Stage(StageCommand::Mode(Mode::SideBySide)))
    } else if session.view().is_live {
        Some(ViewCommand::Live(false))
    } else {
        None
    }
}

/// What is under the pointer, or in the middle of A's pane.
fn focused_spot(session: &Session, focus: Focus) -> Option<LoupeSpot> {
    let (side, at) = focus.or_else(|| {
        let view = session.pane_view(Side::A)?;
        Some((Side::A, view.middle()))
    })?;
    let at = session.pane_view(side)?.source_from_output.apply(at);
    session.spot_at(side, at, LIVE_MAGNIFICATION)
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
