//! Better places for landmarks, found in the pixels.
//!
//! [`refine`] takes a rough mark on B to where B shows what A shows at its mark. Both pictures are
//! sampled once on a *working grid*: B's axes, the pixel of whichever picture is coarser there, A
//! turned and scaled onto it by the alignment, so that equal things have equal size and direction.
//! On it A's patch is searched for by normalised cross-correlation (Lewis 1995), first at half
//! resolution round the start, then at full resolution round the best places, then between the
//! samples. A place is only reported when it is alike enough, stands out from the second best, is
//! held in both directions, and when the same search from B back into A returns to A's mark.
//!
//! [`find`] looks for a landmark on a face by the [`Example`] of another face. It is less exact and
//! says so: what it finds is for people to confirm.

mod correlate;
mod features;
mod find;
mod patch;
mod products;
mod quadric;
mod resample;
mod runs;
mod search;
mod side;
mod sums;
mod sweep;

#[cfg(test)]
mod tests;

use crate::{
    geometry::{Image, ImagePoint, Map},
    raster::Picture,
};
pub use find::{Example, Likeness, MIN_LIKENESS, find};
use patch::{Layer, Patch};
use search::{Found, MARGIN, REACH, search, search_back};
use side::Side;

/// The least correlation that counts as a match.
pub const MIN_PEAK: f64 = 0.6;
/// How far the second peak must stay below the first.
pub const MIN_LEAD: f64 = 0.05;
/// How far the search back may miss A's mark, in pixels of the coarser picture.
pub const MAX_RETURN: f64 = 0.5;
/// Largest [`Found::spread`], in pixels of the coarser picture.
const MAX_SPREAD: f64 = 1.4;
/// Steepest root mean square gradient of a flat patch: half an 8-bit code a pixel.
const FLAT: f64 = 0.5 / 255.0;
/// Largest share of the gradients' smaller in their larger eigenvalue of an edge.
const EDGE: f64 = 0.02;
/// The share of the patch that must lie in the picture.
const MIN_COVER: f64 = 0.5;

/// A mark of B, refined.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Refinement {
    /// Where B shows what A shows at its mark, in B's pixels.
    pub at: ImagePoint,
    /// The correlation there, from [`MIN_PEAK`] to 1 (the same but for brightness and contrast).
    pub peak: f64,
    /// The correlation at the next best place at least five pixels off; `None` when there is none.
    pub second_peak: Option<f64>,
}

/// Why a mark was left where it is.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub enum NoMatch {
    /// The alignment is not finite or flattens the plane.
    #[error("the alignment cannot be used: it has no finite scale")]
    BadAlignment,
    /// The mark on A, or most of what surrounds it, is outside of A or transparent.
    #[error("most of what surrounds the mark on A lies outside of the picture")]
    OutsideA,
    /// The start on B, or most of what surrounds it, is outside of B or transparent.
    #[error("most of what surrounds the place on B lies outside of the picture")]
    OutsideB,
    /// A's patch is even.
    #[error("A shows nothing at its mark that could be found again: it is flat there")]
    Flat,
    /// A's patch only shows a straight edge, which looks alike all along (the aperture problem).
    #[error("A shows a straight edge at its mark: the place along it is not determined")]
    Edge,
    /// Nothing in reach is alike enough.
    #[error(
        "nothing near the place on B is like A's mark: the best reaches {peak:.2} of {MIN_PEAK:.2}"
    )]
    Unlike {
        /// The best correlation.
        peak: f64,
    },
    /// Two places are alike.
    #[error("two places on B are like A's mark: {peak:.2} and {second:.2}")]
    Ambiguous {
        /// The best correlation.
        peak: f64,
        /// The second best, far from the first.
        second: f64,
    },
    /// The correlation hardly drops round its peak in some direction.
    #[error("B matches as well some pixels off: the place is not determined closely")]
    Loose,
    /// The best place is at the limit of what was searched.
    #[error("the best place on B is at the limit of the search: mark it closer")]
    TooFar,
    /// Searched back from B, another place of A is found.
    #[error("searched back from B, A's mark is missed by {distance:.1} px")]
    OneWay {
        /// How far off, in pixels of the coarser picture.
        distance: f64,
    },
}

/// Finds where `b` shows what `a` shows at `at_a`.
///
/// It searches 18 pixels of the coarser picture round `start_b` on each axis. Of `b_from_a` only
/// the derivative at `at_a` counts, which should be right to a few degrees and percent; where the
/// two places lie is said by `at_a` and `start_b` alone. All places are in their own picture's
/// pixels, from its outer corner. Gain and offset of brightness do not matter, a changed gamma
/// little. The same arguments give the same result on every machine.
///
/// # Errors
/// [`NoMatch`] says why no place can be trusted; the mark should then stay where it is.
pub fn refine(
    a: &Picture,
    at_a: ImagePoint,
    b: &Picture,
    start_b: ImagePoint,
    b_from_a: &impl Map<Image, Image>,
) -> Result<Refinement, NoMatch> {
    let grid = Grid::new(b_from_a, at_a).ok_or(NoMatch::BadAlignment)?;
    let start = grid.on_pixel(start_b);
    let radius = MARGIN + REACH;
    let around_a = Patch::sample(a, at_a, grid.a_from_work, radius).ok_or(NoMatch::OutsideA)?;
    let a = Side::new(around_a);
    let template = a.template();
    if template.coverage() < MIN_COVER {
        return Err(NoMatch::OutsideA);
    }
    let (larger, smaller) = template.gradients();
    if larger < FLAT * FLAT {
        return Err(NoMatch::Flat);
    }
    if smaller < EDGE * larger {
        return Err(NoMatch::Edge);
    }
    let around_b = Patch::sample(b, start, grid.b_from_work, radius).ok_or(NoMatch::OutsideB)?;
    let b = Side::new(around_b);
    let (found, pair) = search(&a, template, &b).ok_or(NoMatch::OutsideB)?;
    judge(&found)?;
    let at = grid.stepped(start, found.offset);
    let (dx, dy) = search_back(&pair, &a, &b, &found).ok_or(NoMatch::OutsideA)?;
    let distance = libm::hypot(dx, dy);
    if distance > MAX_RETURN {
        return Err(NoMatch::OneWay { distance });
    }
    Ok(Refinement { at, peak: found.peak, second_peak: found.second })
}

/// Whether one direction's peak can be trusted.
fn judge(found: &Found) -> Result<(), NoMatch> {
    let Found { offset, peak, second, spread, .. } = *found;
    if peak < MIN_PEAK {
        return Err(NoMatch::Unlike { peak });
    }
    if let Some(second) = second.filter(|second| peak - second < MIN_LEAD) {
        return Err(NoMatch::Ambiguous { peak, second });
    }
    if offset.0.abs().max(offset.1.abs()) > patch::real(REACH) {
        return Err(NoMatch::TooFar);
    }
    if spread.is_none_or(|spread| spread > MAX_SPREAD) {
        return Err(NoMatch::Loose);
    }
    Ok(())
}

/// How the working grid lies in both pictures: B's axes, the pixel of the coarser picture.
struct Grid {
    /// B's pixels a sample, at least 1.
    pitch: f64,
    a_from_work: Layer,
    b_from_work: Layer,
}

impl Grid {
    /// `None` when the map is not finite or flattens the plane.
    fn new(b_from_a: &impl Map<Image, Image>, at_a: ImagePoint) -> Option<Self> {
        let [[xx, xy], [yx, yy]] = b_from_a.jacobian(at_a);
        let det = xx * yy - xy * yx;
        let pitch = libm::sqrt(det.abs()).max(1.0);
        let a_from_work = [[yy, -xy], [-yx, xx]].map(|row| row.map(|v| v * pitch / det));
        let is_finite = a_from_work.as_flattened().iter().all(|v| v.is_finite());
        let b_from_work = [[pitch, 0.0], [0.0, pitch]];
        let is_sound = b_from_a.is_valid() && pitch.is_finite() && is_finite;
        is_sound.then_some(Self { pitch, a_from_work, b_from_work })
    }

    /// Where a grid that has B's own pixels begins, so that it needs no resampling: the centre of
    /// the pixel that holds `at`.
    fn on_pixel(&self, at: ImagePoint) -> ImagePoint {
        if self.pitch > 1.0 {
            return at;
        }
        ImagePoint::new(libm::floor(at.x) + 0.5, libm::floor(at.y) + 0.5)
    }

    /// The place of B some samples away from another.
    fn stepped(&self, from: ImagePoint, (dx, dy): (f64, f64)) -> ImagePoint {
        from.offset(dx * self.pitch, dy * self.pitch)
    }
}
