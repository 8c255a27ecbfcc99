//! What surrounds a place of one picture, as both resolutions of the search see it.

use std::{borrow::Cow, cell::OnceCell};

use super::{correlate::Template, features::Features, patch::Patch};

/// How a patch is compared at one resolution.
pub(super) struct Level {
    /// Samples of the patch a compared sample.
    pub(super) step: usize,
    /// Deviation of the smoothing, in samples of the patch.
    pub(super) smooth: f64,
    /// Radius of the window and its deviation, in compared samples.
    pub(super) radius: usize,
    window: f64,
}

/// Sees 49 samples across and finds the right place among many.
pub(super) const COARSE: Level = Level { step: 2, smooth: 1.2, radius: 12, window: 6.0 };
/// Sees 37 samples across, hardly smoothed: what differs beside an edge must not pull at it.
pub(super) const FINE: Level = Level { step: 1, smooth: 0.7, radius: 18, window: 8.0 };

/// What must be known round a sample so that a fine template of it, or a comparison with one at it
/// and its neighbours, is not touched by the border: the window, a neighbour, the gradient, and the
/// widest smoothing.
pub(super) const NEAR: usize = 28;

/// What surrounds a place of one picture.
pub(super) struct Side {
    around: Patch,
    pub(super) fine: Features,
    coarse: OnceCell<Features>,
}

impl Side {
    pub(super) fn new(around: Patch) -> Self {
        let fine = around.features(FINE.smooth, FINE.step);
        Self { around, fine, coarse: OnceCell::new() }
    }

    /// The middle as the fine search sees it.
    pub(super) fn template(&self) -> Template {
        FINE.template(&self.fine, self.middle())
    }

    pub(super) fn coarse(&self) -> &Features {
        self.coarse.get_or_init(|| self.around.features(COARSE.smooth, COARSE.step))
    }

    /// Column and row of the middle.
    pub(super) fn middle(&self) -> (usize, usize) {
        (self.fine.middle(), self.fine.middle())
    }

    /// What the fine search sees when it is smoothed by more.
    pub(super) fn softened(&self, smooth: f64) -> Cow<'_, Features> {
        if smooth == FINE.smooth {
            return Cow::Borrowed(&self.fine);
        }
        Cow::Owned(self.around.features(smooth, FINE.step))
    }

    /// What surrounds the sample `at` as far as it is compared there and at its neighbours.
    pub(super) fn near(&self, at: (usize, usize), smooth: f64) -> Features {
        self.around.part(at, NEAR).features(smooth, FINE.step)
    }
}

impl Level {
    pub(super) fn template(&self, features: &Features, at: (usize, usize)) -> Template {
        Template::at(features, at, self.radius, self.window)
    }
}
