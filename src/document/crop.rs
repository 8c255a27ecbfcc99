//! What panels show: one part of the face on both sides.

use super::{Arrangement, Document};
use crate::geometry::{Frame, FramePoint, Point, Rect};

/// The part of the face that panels show, the same for both. A panel of another shape shows more, so
/// that all of the part is seen in it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Crop {
    /// In face units and the face's own axes, from the middle of the face unit. It holds while the
    /// face's pose is known.
    Face {
        /// Its middle.
        middle: (f64, f64),
        /// Its width and height.
        size: (f64, f64),
    },
    /// In shares of the area that both sides cover, while no landmark tells where the face is.
    Area {
        /// Its middle.
        middle: (f64, f64),
        /// Its width and height.
        size: (f64, f64),
    },
}

impl Crop {
    /// Whether every number is finite and the size positive.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        let (Self::Face { middle: (x, y), size: (width, height) }
        | Self::Area { middle: (x, y), size: (width, height) }) = *self;
        let is_length = |length: f64| length.is_finite() && length > 0.0;
        x.is_finite() && y.is_finite() && is_length(width) && is_length(height)
    }
}

impl Arrangement {
    /// The largest upright rectangle of the frame of the aspect `width / height` that shows the crop
    /// and nothing beyond what both sides cover, as near to its middle as can be; less of it where
    /// they do not cover so much. `None` when they cover nothing in common.
    #[must_use]
    pub fn crop(&self, document: &Document, aspect: f64) -> Option<Rect<Frame>> {
        let (middle, (width, height)) = self.cropped(document);
        self.common_region().fit_rect(middle, width.max(height * aspect), aspect)
    }

    /// The shape `width / height` in which panels show just the crop.
    #[must_use]
    pub fn crop_aspect(&self, document: &Document) -> f64 {
        let (_, (width, height)) = self.cropped(document);
        width / height
    }

    /// The crop of the shape that the document's has, of which a panel of the aspect `width / height`
    /// shows this rectangle of the frame.
    #[must_use]
    pub fn crop_of(&self, document: &Document, shown: &Rect<Frame>) -> Crop {
        let (_, (width, height)) = self.cropped(document);
        let aspect = shown.width() / shown.height();
        let factor = shown.width() / width.max(height * aspect);
        let (width, height) = (width * factor, height * factor);
        let middle = shown.center();
        if let Some(pose) = &self.pose {
            let unit = pose.unit * self.a_from_frame().inverse().scale();
            let a = self.a_from_frame().apply(middle);
            let middle = pose.face_vector((a.x - pose.origin.x, a.y - pose.origin.y));
            return Crop::Face { middle, size: (width / unit, height / unit) };
        }
        let area = self.common_bounds();
        let share =
            ((middle.x - area.min.x) / area.width(), (middle.y - area.min.y) / area.height());
        Crop::Area { middle: share, size: (width / area.width(), height / area.height()) }
    }

    /// Middle and size of the crop in the frame: the style's where it holds, else the recipe's where
    /// the face's pose is known, else all that both sides cover.
    fn cropped(&self, document: &Document) -> (FramePoint, (f64, f64)) {
        let of_face = match (document.card.crop, document.recipe.crop) {
            (Some(Crop::Face { middle, size }), _) => Some((middle, size)),
            (_, Some((middle, width, height))) => Some((middle, (width, height))),
            (_, None) => None,
        };
        if let (Some(pose), Some((middle, (width, height)))) = (&self.pose, of_face) {
            let frame_from_a = self.a_from_frame().inverse();
            let (dx, dy) = pose.vector(middle);
            let unit = pose.unit * frame_from_a.scale();
            let middle = frame_from_a.apply(pose.origin.offset(dx, dy));
            return (middle, (unit * width, unit * height));
        }
        let area = self.common_bounds();
        if let (None, Some(Crop::Area { middle: (x, y), size: (width, height) })) =
            (&self.pose, document.card.crop)
        {
            let middle = Point::new(area.min.x + x * area.width(), area.min.y + y * area.height());
            return (middle, (width * area.width(), height * area.height()));
        }
        (area.center(), (area.width(), area.height()))
    }
}
