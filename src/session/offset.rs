//! One pane moved or zoomed alone: how far it is off the common camera.

use super::{Session, camera::Camera, stage::Mode, view::ViewState};
use crate::{
    document::{Arrangement, Side},
    geometry::{Frame, FramePoint},
};

/// What has one size on both sides while panes and loupes lie side by side.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Scale {
    /// The face: B is scaled by the alignment.
    #[default]
    EqualFace,
    /// A source pixel: the faces are of unequal size where the pictures' scales differ.
    EqualPixels,
}

impl ViewState {
    /// What has one size now: the face while blind, whatever was chosen.
    pub(super) fn scale_of(&self, arrangement: &Arrangement) -> Scale {
        if arrangement.is_blind { Scale::EqualFace } else { self.scale }
    }
}

/// Pixels of B a pixel of A, there.
pub(super) fn pixels_of_b(arrangement: &Arrangement, at: FramePoint) -> f64 {
    arrangement.from_frame.b.scale_near(at) / arrangement.from_frame.a.scale_near(at)
}

/// How far a pane's camera is off the one that both panes share while they are linked. It is kept
/// while both move on, until the panes are realigned.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Offset {
    /// From the common middle to the pane's own, in the frame.
    pub shift: (f64, f64),
    /// The pane's magnification over the common one.
    pub factor: f64,
}

impl Offset {
    /// What takes one camera to another.
    pub(super) fn between(from: &Camera<Frame>, to: &Camera<Frame>) -> Self {
        let shift = (to.center.x - from.center.x, to.center.y - from.center.y);
        Self { shift, factor: to.magnification / from.magnification }
    }

    /// The pane's own camera.
    pub(super) fn on(self, camera: &Camera<Frame>) -> Camera<Frame> {
        Camera {
            center: camera.center.offset(self.shift.0, self.shift.1),
            magnification: camera.magnification * self.factor,
        }
    }

    /// The common camera of which `own` is the pane's.
    pub(super) fn off(self, own: &Camera<Frame>) -> Camera<Frame> {
        Camera {
            center: own.center.offset(-self.shift.0, -self.shift.1),
            magnification: own.magnification / self.factor,
        }
    }
}

impl Session {
    /// How far the pane of `side` is off the other one; `None` while they agree, are not linked, or
    /// show one spot: an enlarged loupe, or both sides in one place.
    #[must_use]
    pub fn offset(&self, side: Side) -> Option<Offset> {
        self.view.offsets[side].filter(|_| self.has_offsets())
    }

    fn has_offsets(&self) -> bool {
        self.is_linked() && self.mode() == Mode::SideBySide && self.enlarged().is_none()
    }

    /// The camera of a side's pane while both are linked.
    pub(super) fn side_camera(&self, side: Side, arrangement: &Arrangement) -> Camera<Frame> {
        let common = self.linked_camera(arrangement);
        let own = self.offset(side).map_or(common, |offset| offset.on(&common));
        let share = self.equal_pixels(side, arrangement, &own);
        Camera { magnification: own.magnification * share, ..own }
    }

    /// The common camera of which `own` is that of a side's pane.
    pub(super) fn common_camera(
        &self,
        side: Side,
        arrangement: &Arrangement,
        own: Camera<Frame>,
    ) -> Camera<Frame> {
        let share = self.equal_pixels(side, arrangement, &own);
        let own = Camera { magnification: own.magnification / share, ..own };
        self.offset(side).map_or(own, |offset| offset.off(&own))
    }

    /// How much larger than A's face B's is shown, so that a pixel of either has one size.
    pub(super) fn equal_pixels(
        &self,
        side: Side,
        arrangement: &Arrangement,
        at: &Camera<Frame>,
    ) -> f64 {
        let is_equal = self.view().scale_of(arrangement) == Scale::EqualPixels
            && self.mode() == Mode::SideBySide;
        if side == Side::B && is_equal { pixels_of_b(arrangement, at.center) } else { 1.0 }
    }

    /// Lets go on only with the pane of `side`: what `change` does to both becomes its own offset.
    pub(super) fn alone(&mut self, side: Side, change: impl FnOnce(&mut Self)) {
        if !self.has_offsets() {
            change(self);
            return;
        }
        let Some(before) = self.linked_arrangement().map(|both| self.linked_camera(both)) else {
            change(self);
            return;
        };
        change(self);
        if let Some(own) = self.linked_arrangement().map(|both| self.side_camera(side, both)) {
            self.view.linked = Some(before);
            let share =
                self.linked_arrangement().map_or(1.0, |both| self.equal_pixels(side, both, &own));
            let own = Camera { magnification: own.magnification / share, ..own };
            self.view.offsets[side] = Some(Offset::between(&before, &own));
        }
    }
}
