//! Both sides in one place: the modes of comparison, and the finished picture of one.

use std::sync::Arc;

use super::{
    Session,
    assets::{Shown, Slot},
    job::{Handle, Job, Outcome, Work},
    update::JobKind,
};
use crate::{
    document::{PerSide, Side},
    geometry::Look,
    raster::{Comparison, LookTable, Picture, compare},
};

/// How both sides are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Mode {
    /// A pane each.
    #[default]
    SideBySide,
    /// One place: A on one side of a line, B on the other.
    Wipe,
    /// One place, one side at a time.
    Flip,
    /// The same, in turns.
    Flicker,
    /// One place: B over A, partly seen through.
    Onion,
    /// One place: what differs.
    Difference,
}

impl Mode {
    /// All of them, in the order of the tools.
    pub const ALL: [Self; 6] =
        [Self::SideBySide, Self::Wipe, Self::Flip, Self::Flicker, Self::Onion, Self::Difference];

    /// Whether both sides are seen at once in one place.
    #[must_use]
    pub const fn shows_both(self) -> bool {
        matches!(self, Self::Wipe | Self::Onion | Self::Difference)
    }

    /// Its name for people.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::SideBySide => "Side by side",
            Self::Wipe => "Wipe",
            Self::Flip => "Flip",
            Self::Flicker => "Flicker",
            Self::Onion => "Onion skin",
            Self::Difference => "Difference",
        }
    }
}

/// What a difference counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Difference {
    /// Every channel's code.
    Absolute,
    /// The colour difference that people see.
    #[default]
    DeltaE,
    /// Which side is lighter.
    Lightness,
}

impl Difference {
    /// All of them, in the order in which a key goes through them.
    pub const ALL: [Self; 3] = [Self::DeltaE, Self::Lightness, Self::Absolute];

    /// Its name for people.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Absolute => "RGB x4",
            Self::DeltaE => "CIEDE2000",
            Self::Lightness => "Lightness",
        }
    }

    /// The one after it.
    #[must_use]
    pub fn next(self) -> Self {
        let idx = Self::ALL.iter().position(|other| *other == self).unwrap_or(0);
        Self::ALL[(idx + 1) % Self::ALL.len()]
    }
}

/// How many times codes' differences are shown: one in a hundred would hardly be seen.
const ABSOLUTE_GAIN: u8 = 4;

/// The line between both sides: A lies where the way to it along its normal is negative.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Wipe {
    /// A point on it, in shares of the stage across and down.
    pub at: (f32, f32),
    /// The direction of its normal in radians, x towards y: 0 for a line from top to bottom, with A
    /// at the left.
    pub normal: f32,
}

impl Default for Wipe {
    fn default() -> Self {
        Self { at: (0.5, 0.5), normal: 0.0 }
    }
}

/// The shortest time a side may be shown while they take turns, in seconds: three flashes a second
/// are safe (WCAG 2.3.1).
pub const LEAST_PERIOD: f32 = 0.17;

/// The modes and what each needs.
#[derive(Clone, Debug, PartialEq)]
pub struct Stage {
    /// The mode in use.
    pub mode: Mode,
    /// The side that flip shows.
    pub shown: Side,
    /// Where the wipe is.
    pub wipe: Wipe,
    /// How much of B the onion skin shows, 0 to 1.
    pub opacity: f32,
    /// Seconds a side that flicker shows it, at least [`LEAST_PERIOD`].
    pub period: f32,
    /// What the difference counts.
    pub difference: Difference,
}

impl Default for Stage {
    fn default() -> Self {
        Self {
            mode: Mode::default(),
            shown: Side::A,
            wipe: Wipe::default(),
            opacity: 0.5,
            period: 0.45,
            difference: Difference::default(),
        }
    }
}

/// A change of what the modes need.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum StageCommand {
    /// Change the mode.
    Mode(Mode),
    /// Show this side in place of the other.
    Flip(Side),
    /// Put the wipe elsewhere.
    Wipe(Wipe),
    /// Show this much of B, 0 to 1.
    Opacity(f32),
    /// Show each side this long, in seconds.
    Period(f32),
    /// Count another difference.
    Difference(Difference),
}

impl Stage {
    pub(super) fn update(&mut self, command: StageCommand) {
        // Scripts that drive the real window read what is shown.
        match command {
            StageCommand::Mode(mode) => {
                log::info!("stage: {}", mode.words());
                self.mode = mode;
            }
            StageCommand::Flip(side) => {
                log::info!("stage: Flip to {side}");
                self.shown = side;
            }
            StageCommand::Wipe(wipe) => {
                let inside = |share: f32| share.clamp(0.0, 1.0);
                let at = (inside(wipe.at.0), inside(wipe.at.1));
                if wipe.normal.is_finite() && at.0.is_finite() && at.1.is_finite() {
                    self.wipe = Wipe { at, ..wipe };
                }
            }
            StageCommand::Opacity(share) if share.is_finite() => {
                self.opacity = share.clamp(0.0, 1.0);
            }
            StageCommand::Period(period) if period.is_finite() => {
                self.period = period.clamp(LEAST_PERIOD, 5.0);
            }
            StageCommand::Difference(difference) => {
                log::info!("stage: {}", difference.words());
                self.difference = difference;
            }
            StageCommand::Opacity(_) | StageCommand::Period(_) => (),
        }
    }

    /// What has to be computed of both finished views, if anything.
    #[must_use]
    pub fn comparison(&self) -> Option<Comparison> {
        match (self.mode, self.difference) {
            (Mode::Onion, _) => Some(Comparison::Blend { share: self.opacity }),
            (Mode::Difference, Difference::Absolute) => {
                Some(Comparison::Absolute { gain: ABSOLUTE_GAIN })
            }
            (Mode::Difference, Difference::DeltaE) => Some(Comparison::DeltaE),
            (Mode::Difference, Difference::Lightness) => Some(Comparison::Lightness),
            _ => None,
        }
    }
}

/// Both finished views by the number of their making, and how they are compared.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Compared {
    serials: PerSide<u64>,
    how: Comparison,
    look: Look,
}

/// The finished comparison, and the one under way.
#[derive(Default)]
pub(super) struct Comparisons {
    done: Option<Compared>,
    wanted: Option<Compared>,
}

impl Session {
    /// The mode in use: side by side while the panes are not linked.
    #[must_use]
    pub fn mode(&self) -> Mode {
        if self.is_linked() { self.view().stage.mode } else { Mode::SideBySide }
    }

    /// The finished comparison of what both panes show now; `None` while it is being made.
    #[must_use]
    pub fn compared(&self) -> Option<&Shown> {
        let wanted = self.comparison_wanted()?;
        self.shown(Slot::Compared).filter(|_| self.assets.comparisons.done == Some(wanted))
    }

    /// The last finished comparison, while it is of the kind and the picture wanted now.
    #[must_use]
    pub fn last_compared(&self) -> Option<&Shown> {
        let how = self.view().stage.comparison()?;
        let source = &self.loaded(Side::A)?.picture;
        let is_alike = self.assets.comparisons.done.is_some_and(|done| done.how == how);
        let shown = self.shown(Slot::Compared)?;
        (is_alike && Arc::ptr_eq(source, &shown.source)).then_some(shown)
    }

    fn comparison_wanted(&self) -> Option<Compared> {
        let how = self.view().stage.comparison()?;
        let serial = |side: Side| {
            let shown = self.shown(Slot::Pane(side))?;
            let source = &self.loaded(side)?.picture;
            let is_now = self.pane_view(side).as_ref() == Some(&shown.view)
                && Arc::ptr_eq(source, &shown.source);
            is_now.then_some(shown.serial)
        };
        let serials = PerSide::from_fn(serial).both()?;
        // A mix is for the eye and looks as both sides do; a difference is a figure.
        let is_mix = matches!(how, Comparison::Blend { .. });
        let look = if is_mix { self.view().look } else { Look::default() };
        Some(Compared { serials, how, look })
    }

    /// A job that compares both panes' finished views as the mode wants it.
    pub(super) fn compare(&mut self) -> Vec<Job> {
        let Some(wanted) = self.comparison_wanted() else { return Vec::new() };
        if self.assets.comparisons.done == Some(wanted)
            || self.assets.comparisons.wanted == Some(wanted)
        {
            return Vec::new();
        }
        let shown = PerSide::from_fn(|side| self.shown(Slot::Pane(side)).cloned());
        let Some(shown) = shown.both() else { return Vec::new() };
        self.assets.comparisons.wanted = Some(wanted);
        self.cancel_where(|job| job.slot == Some(Slot::Compared));
        let kind = JobKind { slot: Some(Slot::Compared), ..JobKind::default() };
        vec![self.job(kind, Work::Compare { shown, how: wanted.how, look: wanted.look })]
    }

    /// The comparison is made: it is kept like the view of A that it covers.
    pub(super) fn compared_views(
        &mut self,
        shown: &PerSide<Shown>,
        (how, look): (Comparison, Look),
        picture: Picture,
    ) {
        let serials = PerSide::new(shown.a.serial, shown.b.serial);
        self.assets.comparisons.done = Some(Compared { serials, how, look });
        let Shown { view, source, .. } = &shown.a;
        self.assets.finish(Slot::Compared, view.clone(), Arc::clone(source), Arc::new(picture));
    }
}

/// Compares two finished views.
pub(super) fn run(handle: &Handle, shown: &PerSide<Shown>, how: Comparison, look: Look) -> Outcome {
    let looked = shown.as_ref().map(|shown| {
        let is_plain = look.is_plain();
        (!is_plain).then(|| LookTable::new(&look).picture(&shown.picture))
    });
    let a = looked.a.as_ref().unwrap_or(&shown.a.picture);
    let b = looked.b.as_ref().unwrap_or(&shown.b.picture);
    match compare(a, b, how, &|| handle.is_cancelled()) {
        Ok(picture) => Outcome::Compared { shown: Box::new(shown.clone()), how, look, picture },
        Err(_) => Outcome::Cancelled,
    }
}
