//! One pane moved or zoomed alone: how far it is off the common camera.

use super::{Session, camera::Camera};
use crate::{
    document::{Arrangement, Side},
    geometry::Frame,
};

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
    /// How far the pane of `side` is off the other one; `None` while they agree or are not linked.
    #[must_use]
    pub fn offset(&self, side: Side) -> Option<Offset> {
        self.view.offsets[side].filter(|_| self.is_linked())
    }

    /// The camera of a side's pane while both are linked.
    pub(super) fn side_camera(&self, side: Side, arrangement: &Arrangement) -> Camera<Frame> {
        let camera = self.linked_camera(arrangement);
        self.offset(side).map_or(camera, |offset| offset.on(&camera))
    }

    /// Lets go on only with the pane of `side`: what `change` does to both becomes its own offset.
    pub(super) fn alone(&mut self, side: Side, change: impl FnOnce(&mut Self)) {
        let Some(before) = self.linked_arrangement().map(|both| self.linked_camera(both)) else {
            change(self);
            return;
        };
        change(self);
        if let Some(own) = self.linked_arrangement().map(|both| self.side_camera(side, both)) {
            self.view.linked = Some(before);
            self.view.offsets[side] = Some(Offset::between(&before, &own));
        }
    }
}
