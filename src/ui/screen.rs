//! From points on the screen to physical pixels to places in a picture, and back.

use egui::{Pos2, Rect, Vec2};

use crate::{
    geometry::{self, ImagePoint, Output, OutputPoint},
    raster::View,
};

/// A pane's place on the screen: its view, and the physical pixels it covers.
pub(super) struct Screen {
    /// In points, its corners on physical pixels.
    pub(super) rect: Rect,
    pub(super) pixels_per_point: f32,
    pub(super) view: View,
}

impl Screen {
    pub(super) fn new(rect: Rect, pixels_per_point: f32, view: View) -> Self {
        Self { rect, pixels_per_point, view }
    }

    /// The physical pixel of the pane under a position on the screen.
    pub(super) fn output(&self, at: Pos2) -> OutputPoint {
        let from_corner = (at - self.rect.min) * self.pixels_per_point;
        OutputPoint::new(from_corner.x.into(), from_corner.y.into())
    }

    pub(super) fn image(&self, at: Pos2) -> ImagePoint {
        self.view.source_from_output.apply(self.output(at))
    }

    /// All of the pane, in its physical pixels.
    pub(super) fn output_rect(&self) -> geometry::Rect<Output> {
        #[expect(clippy::cast_precision_loss, reason = "screen pixels")]
        let (width, height) = (self.view.width as f64, self.view.height as f64);
        geometry::Rect::new(OutputPoint::new(0.0, 0.0), OutputPoint::new(width, height))
    }

    pub(super) fn of_output(&self, at: OutputPoint) -> Pos2 {
        #[expect(clippy::cast_possible_truncation, reason = "egui positions are f32")]
        let from_corner = Vec2::new(at.x as f32, at.y as f32);
        self.rect.min + from_corner / self.pixels_per_point
    }

    pub(super) fn of_image(&self, at: ImagePoint) -> Pos2 {
        self.of_output(self.view.source_from_output.unapply(at))
    }
}

/// The rectangle whose corners lie on physical pixels, and its size in them.
pub(super) fn snapped(rect: Rect, pixels_per_point: f32) -> (Rect, usize, usize) {
    let snap = |at: Pos2| (at.to_vec2() * pixels_per_point).round().to_pos2();
    let (min, max) = (snap(rect.min), snap(rect.max));
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped")]
    let length = |from: f32, to: f32| (to - from).max(0.0).round() as usize;
    let size = (length(min.x, max.x), length(min.y, max.y));
    let points = |at: Pos2| (at.to_vec2() / pixels_per_point).to_pos2();
    (Rect::from_min_max(points(min), points(max)), size.0, size.1)
}
