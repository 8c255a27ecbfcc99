//! Cameras: what lies in the middle of a pane or a loupe, and how large.

use crate::{
    document::{Arrangement, LoupeSpot},
    geometry::{Frame, Output, OutputPoint, Point, Rect, Similarity},
};

/// Magnifications that can be reached, in physical pixels a pixel.
pub(super) const MAGNIFICATIONS: std::ops::RangeInclusive<f64> = 1.0 / 64.0..=64.0;
/// Magnifications of loupes from 1 on, for the reference side: whole, so that a pixel is a block.
const LOUPE_STEPS: [f64; 11] = [32.0, 24.0, 16.0, 12.0, 8.0, 6.0, 5.0, 4.0, 3.0, 2.0, 1.0];

/// A place to look at, and how large.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Camera<S> {
    /// What lies in the middle of the pane.
    pub center: Point<S>,
    /// Physical pixels a pixel of the space.
    pub magnification: f64,
}

#[expect(clippy::cast_precision_loss, reason = "screen pixels")]
pub(super) fn middle((width, height): (usize, usize)) -> OutputPoint {
    OutputPoint::new(width as f64 / 2.0, height as f64 / 2.0)
}

/// The map of a camera, moved by less than half a screen pixel so that pixels of the space begin
/// at pixels of the screen: then a whole magnification N shows whole N x N blocks.
pub(super) fn map_of<S: Copy>(camera: &Camera<S>, pane: (usize, usize)) -> Similarity<S, Output> {
    let (mid, n) = (middle(pane), camera.magnification);
    let snap = |center: f64, mid: f64| ((center * n - mid).round() + mid) / n;
    let center = Point::new(snap(camera.center.x, mid.x), snap(camera.center.y, mid.y));
    Similarity::about(1.0 / n, 0.0, mid, center)
}

/// A camera that shows `area` whole.
pub(super) fn fit<S: Copy>(area: &Rect<S>, pane: (usize, usize)) -> Camera<S> {
    let size = middle(pane);
    let magnification = (2.0 * size.x / area.width()).min(2.0 * size.y / area.height());
    let magnification = magnification.clamp(*MAGNIFICATIONS.start(), *MAGNIFICATIONS.end());
    Camera { center: area.center(), magnification }
}

/// The camera of a loupe whose halves have this many physical pixels: the largest whole step of
/// magnification that shows the spot's width, or just what shows it where that is under 1.
pub(super) fn loupe_camera(
    arrangement: &Arrangement,
    spot: &LoupeSpot,
    half: (usize, usize),
) -> Camera<Frame> {
    let fitting = 2.0 * middle(half).x / spot.width;
    // A width that comes from a step is that step, whatever was rounded on the way.
    let reached = fitting * (1.0 + 1e-9);
    // Steps of A's pixels would tell how large those are.
    let mut steps = LOUPE_STEPS.into_iter().filter(|_| !arrangement.is_blind);
    let magnification = steps.find(|step| *step <= reached).unwrap_or(fitting);
    Camera { center: arrangement.frame_point(spot.center), magnification }
}
