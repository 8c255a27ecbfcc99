//! What can be asked of the view: cameras, tool, selection, what is shown.

use super::{
    card::PreviewChoice,
    findings::{Filter, FindingOrder},
    offset::Scale,
    region::Region,
    stage::StageCommand,
    view::ViewState,
};
use crate::{
    document::{Criterion, FindingId, LandmarkId, LoupeId, Side},
    geometry::{Look, OutputPoint, ShapeKind},
};

/// What the pointer does in a pane.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Tool {
    /// Moves the pictures.
    Hand,
    /// Marks and moves landmarks.
    #[default]
    Landmark,
    /// Draws the region whose colours are read: a box or an ellipse.
    Values(ShapeKind),
    /// Draws findings.
    Finding(ShapeKind),
}

/// The steps of the work, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Step {
    /// Mark landmarks and look at the fit.
    #[default]
    Align,
    /// Record what is found and answer what is asked.
    Judge,
    /// Compose and export the card.
    Card,
}

impl Step {
    /// Whether both panes are on the screen.
    #[must_use]
    pub const fn has_panes(self) -> bool {
        !matches!(self, Self::Card)
    }
}

/// What the panel shows while judging.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum JudgeTab {
    /// The list of findings, and what is said of the selected ones.
    #[default]
    Findings,
    /// The table of verdicts.
    Verdicts,
    /// Whether the pair was made as a fair comparison asks.
    Protocol,
}

/// How magnified pixels look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Sampling {
    /// Nearest from 200 % on, the smooth kernel below.
    #[default]
    Pixels,
    /// The smooth kernel everywhere.
    Smooth,
}

/// What the table of landmarks is sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum TableOrder {
    /// The order of marking.
    #[default]
    Marked,
    /// By name.
    Name,
    /// Largest residual first.
    Residual,
    /// Largest distance from a fit of the others first.
    LeftOut,
}

/// A change of what is looked at. Positions are physical pixels of that side's pane.
#[derive(Clone, Debug, PartialEq)]
pub enum ViewCommand {
    /// The pane has this many physical pixels.
    PaneSize(Side, usize, usize),
    /// A loupe's half has this many physical pixels.
    LoupeHalf(usize, usize),
    /// Move the picture under the pane by this many physical pixels.
    Pan(Side, f64, f64),
    /// The same of one pane alone: how far it is off the other is kept until they are realigned.
    PanAlone(Side, f64, f64),
    /// Multiply the magnification, the spot under the position staying where it is.
    ZoomBy(Side, OutputPoint, f64),
    /// Zoom one pane alone.
    ZoomAlone(Side, OutputPoint, f64),
    /// Both panes show the same spot again.
    Realign,
    /// Let the face, or a pixel, have one size on both sides.
    Scale(Scale),
    /// Let panes and loupes look otherwise.
    Look(Look),
    /// Show a loupe's spot as large as the panes allow; `None` goes back to what was shown before.
    Enlarge(Option<LoupeId>),
    /// Show what is under the pointer as a loupe, or not.
    Live(bool),
    /// Preview this picture of the card, so.
    Preview(PreviewChoice),
    /// The preview has so many screen pixels a card pixel.
    PreviewScale(f64),
    /// Show what platforms may hide of a card, or not.
    SafeArea(bool),
    /// Magnify to this many physical pixels a pixel of the side, the spot under the position
    /// staying where it is.
    ZoomTo(Side, OutputPoint, f64),
    /// Show the pictures whole.
    Fit,
    /// Bring a landmark into the middle of both panes.
    GoTo(LandmarkId),
    /// Read the colours of a region, or of none.
    Region(Option<Region>),
    /// Change the tool.
    Tool(Tool),
    /// Change the step of the work.
    Step(Step),
    /// Change how magnified pixels look.
    Sampling(Sampling),
    /// Select these findings in place of those selected.
    SelectFindings(Vec<FindingId>),
    /// Bring a finding into the middle of both panes and select it.
    GoToFinding(FindingId),
    /// Show something else while judging.
    JudgeTab(JudgeTab),
    /// Show only these findings in the list.
    FilterFindings(Filter),
    /// Sort the list of findings.
    SortFindings(FindingOrder),
    /// Ask this criterion next; `None` asks the first open one.
    Ask(Option<Criterion>),
    /// Select a landmark, or none.
    Select(Option<LandmarkId>),
    /// Show where the recipe's unmarked landmarks are expected, or not.
    Predict(bool),
    /// Show residuals as arrows over the panes, or not.
    Residuals(bool),
    /// Sort the table of landmarks.
    SortTable(TableOrder),
    /// Mark this landmark next, by name; `None` leaves it to the recipe's order.
    MarkNext(Option<String>),
    /// Change how both sides are compared.
    Stage(StageCommand),
    /// Keep both panes as they are while a gesture moves what they depend on, or let go again.
    Hold(bool),
}

impl ViewCommand {
    /// Whether a zoom that follows goes on about the same spot.
    pub(super) const fn keeps_anchor(&self) -> bool {
        matches!(
            self,
            Self::ZoomBy(..)
                | Self::ZoomAlone(..)
                | Self::ZoomTo(..)
                | Self::PaneSize(..)
                | Self::LoupeHalf(..)
        )
    }
}

impl ViewState {
    /// Switches what nothing else follows from.
    pub(super) const fn switch(&mut self, command: &ViewCommand) {
        match command {
            ViewCommand::Preview(choice) => self.preview = *choice,
            ViewCommand::PreviewScale(scale) => self.preview_scale = *scale,
            ViewCommand::SafeArea(is_shown) => self.shows_safe_area = *is_shown,
            ViewCommand::Live(is_live) => self.is_live = *is_live,
            ViewCommand::Predict(is_predicting) => self.is_predicting = *is_predicting,
            ViewCommand::Sampling(sampling) => self.sampling = *sampling,
            ViewCommand::SortTable(order) => self.table_order = *order,
            ViewCommand::Residuals(shows) => self.shows_residuals = *shows,
            _ => (),
        }
    }
}
