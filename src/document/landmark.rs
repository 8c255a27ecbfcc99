//! Landmarks: one anatomical point each, marked on one or both sides.

use super::PerSide;
use crate::geometry::{ImagePoint, Pair};

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
    /// True for a mark that was accepted just where the fit expected it: it agrees with the fit by
    /// itself and says nothing of how good that is.
    pub is_predicted: bool,
}

impl Mark {
    /// A mark the user made.
    #[must_use]
    pub const fn confirmed(at: ImagePoint) -> Self {
        Self { at, is_confirmed: true, is_predicted: false }
    }

    /// A mark the user accepted where the fit expected it.
    #[must_use]
    pub const fn predicted(at: ImagePoint) -> Self {
        Self { at, is_confirmed: true, is_predicted: true }
    }
}

/// A landmark as another program's file has it.
#[derive(Clone, Debug, PartialEq)]
pub struct ImportedLandmark {
    /// What it is called.
    pub name: String,
    /// Where it was marked.
    pub at: PerSide<Option<ImagePoint>>,
    /// Whether it takes part in the fit.
    pub is_active: bool,
}

impl ImportedLandmark {
    /// One that takes part.
    #[must_use]
    pub fn new(name: impl Into<String>, at: PerSide<Option<ImagePoint>>) -> Self {
        Self { name: name.into(), at, is_active: true }
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
    /// Whether it takes part in the fit; one that does not is still shown, with its residual.
    pub is_active: bool,
    /// How much it counts in the fit beside the others; positive, 1 unless said otherwise.
    pub weight: f64,
}

impl Landmark {
    /// Whether some mark was carried over to a replaced picture and not looked at since.
    #[must_use]
    pub fn is_unconfirmed(&self) -> bool {
        self.at.iter().any(|(_, mark)| mark.is_some_and(|mark| !mark.is_confirmed))
    }

    /// Whether a mark of it was accepted where the fit expected it.
    #[must_use]
    pub fn is_predicted(&self) -> bool {
        self.at.iter().any(|(_, mark)| mark.is_some_and(|mark| mark.is_predicted))
    }

    /// What the fit takes from it: both places and the weight, when both sides are marked, it is
    /// switched on, and no mark only repeats what the fit expected.
    #[must_use]
    pub fn fitted_pair(&self) -> Option<Pair> {
        let (a, b) = self.pair().filter(|_| self.is_active && !self.is_predicted())?;
        Some(Pair { a, b, weight: self.weight })
    }

    /// Both places, when both sides are marked.
    #[must_use]
    pub fn pair(&self) -> Option<(ImagePoint, ImagePoint)> {
        Some((self.at.a?.at, self.at.b?.at))
    }
}
