//! What is odd about how landmarks lie, though they can be fitted.

use super::Document;
use crate::geometry::{FitError, Image, ImagePoint, Map as _, Method, Model, Pair, Warp, fit};

/// Something a reader should look at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Oddity {
    /// A's marks are the recipe's mean shape turned over: left and right are exchanged on both
    /// sides, or both pictures are mirrored.
    Mirrored,
    /// A's marks are the mean shape turned by more than 100 degrees.
    UpsideDown,
    /// The spline takes two places of A to one of B.
    Folds,
}

/// Beyond this roll a face is upside down, in degrees.
const MOST_ROLL: f64 = 100.0;
/// Places along each side of the landmarks' bounds where the spline is looked at.
const STEPS: u32 = 16;

impl Oddity {
    /// All there is to say.
    pub(super) fn all_of(document: &Document, b_from_a: &Warp<Image>, pairs: &[Pair]) -> Vec<Self> {
        let folds = folds(b_from_a, pairs).then_some(Self::Folds);
        Self::of_orientation(document).into_iter().chain(folds).collect()
    }

    fn of_orientation(document: &Document) -> Option<Self> {
        let pairs = document.marks_and_means().into_iter().map(|(_, pair)| pair);
        let pairs: Vec<Pair> = pairs.collect();
        match fit(Method::of(Model::Similarity), &pairs) {
            Err(FitError::Mirrored) => Some(Self::Mirrored),
            Ok(Warp::Similarity(mean_from_a))
                if mean_from_a.roll().to_degrees().abs() > MOST_ROLL =>
            {
                Some(Self::UpsideDown)
            }
            _ => None,
        }
    }

    /// A sentence for people.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Mirrored => {
                "the landmarks of A lie mirrored: check left and right, which are the subject's"
            }
            Self::UpsideDown => {
                "by its landmarks the face of A is upside down: check left and right, which are \
                 the subject's"
            }
            Self::Folds => {
                "the spline folds between its landmarks: check those that are close together, or \
                 smooth it more"
            }
        }
    }
}

fn midpoint(p: ImagePoint, q: ImagePoint) -> ImagePoint {
    ImagePoint::new(f64::midpoint(p.x, q.x), f64::midpoint(p.y, q.y))
}

/// Whether a spline turns over anywhere on a grid over its landmarks, or between a landmark and the
/// one nearest to it.
fn folds(b_from_a: &Warp<Image>, pairs: &[Pair]) -> bool {
    let turns_over = |at: ImagePoint| {
        let [[xx, xy], [yx, yy]] = b_from_a.jacobian(at);
        xx * yy - xy * yx <= 0.0
    };
    if b_from_a.is_affine() || pairs.is_empty() {
        return false;
    }
    let nearest = |pair: &Pair| {
        let others = pairs.iter().filter(|other| other.a != pair.a);
        others.min_by(|p, q| p.a.distance(pair.a).total_cmp(&q.a.distance(pair.a)))
    };
    let between = |pair: &Pair| Some(midpoint(pair.a, nearest(pair)?.a));
    let grid = || {
        let bound = |start: f64, pick: fn(f64, f64) -> f64, of: fn(&Pair) -> f64| {
            pairs.iter().map(of).fold(start, pick)
        };
        let (left, right) =
            (bound(f64::MAX, f64::min, |p| p.a.x), bound(f64::MIN, f64::max, |p| p.a.x));
        let (top, bottom) =
            (bound(f64::MAX, f64::min, |p| p.a.y), bound(f64::MIN, f64::max, |p| p.a.y));
        let share = |step: u32| f64::from(step) / f64::from(STEPS);
        (0..=STEPS * STEPS + 2 * STEPS).map(move |idx| {
            let (column, row) = (share(idx % (STEPS + 1)), share(idx / (STEPS + 1)));
            ImagePoint::new(left + column * (right - left), top + row * (bottom - top))
        })
    };
    pairs.iter().filter_map(between).any(turns_over) || grid().any(turns_over)
}
