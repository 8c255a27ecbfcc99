//! Landmarks: one anatomical point each, marked on one or both sides.

use super::PerSide;
use crate::geometry::ImagePoint;

/// Stable for the life of a landmark; shown nowhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LandmarkId(pub u32);

/// Where a landmark was marked on one side.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mark {
    /// The place, in that side's pixels.
    pub at: ImagePoint,
    /// False for a mark that was carried over to a replaced picture and not looked at since.
    pub is_confirmed: bool,
}

impl Mark {
    /// A mark the user made.
    #[must_use]
    pub const fn confirmed(at: ImagePoint) -> Self {
        Self { at, is_confirmed: true }
    }
}

/// One anatomical point.
#[derive(Clone, Debug, PartialEq)]
pub struct Landmark {
    /// Identity.
    pub id: LandmarkId,
    /// What people call it; unique in a document. Left and right are the subject's.
    pub name: String,
    /// Where it was marked; `None` until the user marks that side.
    pub at: PerSide<Option<Mark>>,
}

impl Landmark {
    /// Whether some mark was carried over to a replaced picture and not looked at since.
    #[must_use]
    pub fn is_unconfirmed(&self) -> bool {
        self.at.iter().any(|(_, mark)| mark.is_some_and(|mark| !mark.is_confirmed))
    }

    /// Both places, when both sides are marked.
    #[must_use]
    pub fn pair(&self) -> Option<(ImagePoint, ImagePoint)> {
        Some((self.at.a?.at, self.at.b?.at))
    }
}
