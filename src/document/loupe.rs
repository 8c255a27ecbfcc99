//! Loupes: a spot of the face that both halves show at one face scale.

use super::{Document, FacePose, Recipe, Registration};
use crate::geometry::{Image, ImagePoint, Point, Rect};

/// Stable for the life of a loupe; shown nowhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LoupeId(pub u32);

/// Where a loupe lies, in terms that survive a re-alignment.
#[derive(Clone, Debug, PartialEq)]
pub enum LoupePlace {
    /// At `offset` from the mean of the landmarks `near`, in face units and the face's own axes.
    /// It stands only while the face's pose is known.
    Face {
        /// The names of the landmarks that anchor it.
        near: Vec<String>,
        /// From the anchor to the middle, in face units.
        offset: (f64, f64),
        /// The width of the region, in face units.
        width: f64,
    },
    /// In shares of the area that both sides cover, while no landmark tells where the face is. It
    /// stands only while there is such an area.
    Area {
        /// The middle, in shares of the area's width and height.
        middle: (f64, f64),
        /// The width of the region, as a share of the area's width.
        width: f64,
    },
}

/// No region is wider, in face units or shares.
const MOST_WIDTH: f64 = 1e6;

impl LoupePlace {
    /// Whether every number is finite and the width positive and not beyond all pictures.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        let (Self::Face { offset: (x, y), width, .. } | Self::Area { middle: (x, y), width }) =
            self;
        x.is_finite() && y.is_finite() && *width > 0.0 && *width <= MOST_WIDTH
    }
}

impl LoupePlace {
    /// The same place, its region this many times as wide.
    #[must_use]
    pub fn widened(&self, factor: f64) -> Self {
        let mut wider = self.clone();
        let (Self::Face { width, .. } | Self::Area { width, .. }) = &mut wider;
        *width *= factor;
        wider
    }
}

/// A magnified pair of views that stays on its spot.
#[derive(Clone, Debug, PartialEq)]
pub struct Loupe {
    /// Identity.
    pub id: LoupeId,
    /// The region's name.
    pub name: String,
    /// Where it lies.
    pub place: LoupePlace,
}

/// A loupe's place resolved to A's pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LoupeSpot {
    /// Its middle.
    pub center: ImagePoint,
    /// The width of the region it should at least show, in A pixels.
    pub width: f64,
}

impl Loupe {
    /// The loupes of `recipe`, and one in the middle that stands while the face's pose is unknown.
    pub(super) fn of_recipe(recipe: &Recipe) -> Vec<Self> {
        let places = recipe.loupes.iter().map(|loupe| {
            let place = LoupePlace::Face {
                near: loupe.near.clone(),
                offset: loupe.offset,
                width: loupe.width,
            };
            (loupe.name.clone(), place)
        });
        let middle = LoupePlace::Area { middle: (0.5, 0.5), width: 0.25 };
        let all = places.chain([("Centre".to_owned(), middle)]);
        (0..).zip(all).map(|(id, (name, place))| Self { id: LoupeId(id), name, place }).collect()
    }

    /// Where it lies in A's pixels; `None` while it does not stand (see [`LoupePlace`]).
    /// `area` is what both sides cover.
    #[must_use]
    pub fn spot(
        &self,
        document: &Document,
        registration: &Registration,
        pose: Option<&FacePose>,
        area: &Rect<Image>,
    ) -> Option<LoupeSpot> {
        match (&self.place, pose) {
            (LoupePlace::Face { near, offset, width }, Some(pose)) => {
                let anchor = pose.anchor(document, registration, near)?;
                let (dx, dy) = pose.vector(*offset);
                Some(LoupeSpot { center: anchor.offset(dx, dy), width: width * pose.unit })
            }
            (LoupePlace::Area { middle, width }, None) if !area.is_empty() => Some(LoupeSpot {
                center: Point::new(
                    area.min.x + middle.0 * area.width(),
                    area.min.y + middle.1 * area.height(),
                ),
                width: width * area.width(),
            }),
            _ => None,
        }
    }

    /// The same place with its middle at `center`, in A pixels; `None` while it does not stand.
    #[must_use]
    pub fn place_at(
        &self,
        center: ImagePoint,
        document: &Document,
        registration: &Registration,
        pose: Option<&FacePose>,
        area: &Rect<Image>,
    ) -> Option<LoupePlace> {
        match (&self.place, pose) {
            (LoupePlace::Face { near, width, .. }, Some(pose)) => {
                let anchor = pose.anchor(document, registration, near)?;
                let offset = pose.face_vector((center.x - anchor.x, center.y - anchor.y));
                Some(LoupePlace::Face { near: near.clone(), offset, width: *width })
            }
            (LoupePlace::Area { width, .. }, None) if !area.is_empty() => Some(LoupePlace::Area {
                middle: (
                    (center.x - area.min.x) / area.width(),
                    (center.y - area.min.y) / area.height(),
                ),
                width: *width,
            }),
            _ => None,
        }
    }
}
