//! Where the face lies: what turns a recipe's face units into pixels.

use super::{Document, Landmark, Registration};
use crate::geometry::{Image, ImagePoint, Model, Point, Similarity, fit_model};

/// The face's own axes in A's pixels. Both sides count alike: a landmark's place is the mean of its
/// A mark and its B mark taken through the fit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FacePose {
    /// The middle of the face unit.
    pub origin: ImagePoint,
    /// The face unit: A pixels between its two landmarks as marked on A, or as the recipe's mean
    /// shape puts them when they are not marked.
    pub unit: f64,
    /// The roll of the line between them, in radians.
    pub roll: f64,
    a_from_mean: Similarity<Image, Image>,
}

/// The place of a pair in A's pixels, both sides counted alike.
fn consensus(landmark: &Landmark, registration: &Registration) -> Option<ImagePoint> {
    let (a, b) = landmark.pair()?;
    Point::mean(&[a, registration.a_of(b)])
}

impl FacePose {
    /// The pose that the marked recipe landmarks give: from the two of the face unit when both are
    /// marked on both sides, else from a similarity of the recipe's mean shape to at least two
    /// paired recipe landmarks. `None` with fewer, or when they coincide.
    #[must_use]
    pub fn of(document: &Document, registration: &Registration) -> Option<Self> {
        let recipe = &document.recipe;
        let place = |name: &str| consensus(document.landmark_named(name)?, registration);
        let (first, second) = recipe.face_unit.as_ref()?;
        if let (Some(from), Some(to)) = (place(first), place(second)) {
            let a = |name: &str| Some(document.landmark_named(name)?.pair()?.0);
            let unit = a(first)?.distance(a(second)?);
            let roll = libm::atan2(to.y - from.y, to.x - from.x);
            let origin = Point::mean(&[from, to])?;
            return Self::new(origin, unit, roll);
        }
        let pairs: Vec<_> = recipe
            .landmarks
            .iter()
            .filter_map(|l| Some((place(&l.name)?, Point::new(l.mean.0, l.mean.1))))
            .collect();
        let a_from_mean = fit_model(Model::Similarity, &pairs).ok()?;
        let origin = a_from_mean.apply(Point::new(0.0, 0.0));
        Self::new(origin, a_from_mean.scale(), a_from_mean.roll())
    }

    fn new(origin: ImagePoint, unit: f64, roll: f64) -> Option<Self> {
        let a_from_mean = Similarity::about(unit, roll, Point::new(0.0, 0.0), origin);
        (unit > 0.0 && a_from_mean.is_valid()).then_some(Self { origin, unit, roll, a_from_mean })
    }

    /// A vector in face units, turned into A pixels.
    #[must_use]
    pub fn vector(&self, face: (f64, f64)) -> (f64, f64) {
        self.a_from_mean.apply_vector(face)
    }

    /// A vector in A pixels, turned into face units.
    #[must_use]
    pub fn face_vector(&self, pixels: (f64, f64)) -> (f64, f64) {
        self.a_from_mean.inverse().apply_vector(pixels)
    }

    /// The mean of the landmarks `near` in A pixels; one that is not marked on both sides stands at
    /// its place in the recipe's mean shape. `None` when none of them is known at all.
    pub(super) fn anchor(
        &self,
        document: &Document,
        registration: &Registration,
        near: &[String],
    ) -> Option<ImagePoint> {
        let place = |name: &String| {
            let marked = document.landmark_named(name);
            marked.and_then(|landmark| consensus(landmark, registration)).or_else(|| {
                let mean = document.recipe.landmark(name)?.mean;
                Some(self.a_from_mean.apply(Point::new(mean.0, mean.1)))
            })
        };
        Point::mean(&near.iter().filter_map(place).collect::<Vec<_>>())
    }
}
