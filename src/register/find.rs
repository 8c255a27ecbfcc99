//! A landmark found on a face by the example of another face.

use super::{
    Grid, Layer,
    correlate::Template,
    patch::{Patch, real},
    quadric::Quadric,
};
use crate::{
    geometry::{Image, ImagePoint, Map},
    raster::Picture,
};

/// A landmark on a face where it is known.
#[derive(Clone, Copy, Debug)]
pub struct Example<'a> {
    /// The picture of that face.
    pub picture: &'a Picture,
    /// Where the landmark is, in its pixels.
    pub at: ImagePoint,
    /// How many of its pixels one face unit has.
    pub face_unit: f64,
}

/// What looks most like the example.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Likeness {
    /// Where, in the picture's pixels.
    pub at: ImagePoint,
    /// The correlation there, at least [`MIN_LIKENESS`], at most 1.
    pub peak: f64,
}

/// The least correlation that counts: faces differ, so it is less than that of one face's pictures.
pub const MIN_LIKENESS: f64 = 0.5;

/// How closely is looked.
struct Look {
    /// Samples a face unit.
    samples: f64,
    /// What is compared: radius and deviation of the window, in samples.
    radius: usize,
    window: f64,
    /// How far off the start, in samples.
    reach: usize,
    /// Samples between the places where the correlation is asked for first.
    stride: usize,
}

/// What faces have in common is coarse: a window of a third of the face unit.
const COARSE: Look = Look { samples: 100.0, radius: 18, window: 9.0, reach: 0, stride: 2 };
/// Where that shows hardly more than one edge, its ends are further off.
const WIDE: Look = Look { samples: 100.0, radius: 30, window: 15.0, reach: 0, stride: 2 };
/// Of the fine window's gradients, the largest share of the smaller in the larger eigenvalue of an
/// edge.
const EDGE: f64 = 0.03;
/// What lies about the landmark pulls at it where proportions differ: half the window.
const FINE: Look = Look { samples: 200.0, radius: 18, window: 8.0, reach: 8, stride: 1 };
/// Deviation of the smoothing, in samples.
const SMOOTH: f64 = 1.5;
/// What a place at the limit of the search lacks against one at the start that is as much alike; in
/// between it grows with the square of the distance.
const PULL: f64 = 0.3;
/// For smoothing, and for the fit round the best place.
const MARGIN: usize = 6;

/// Looks for what `example` shows, `reach` face units round `start` in `picture`.
///
/// Both are sampled at a hundredth of the face unit, then round the best place at half of that. Of
/// `picture_from_example` only the derivative at `example.at` counts. Places nearer to the start are
/// preferred. `None` where nothing is alike enough, where the best lies on the limit, or where a
/// map, length or place cannot be used. What is found is as exact as the faces are alike: a few
/// hundredths of the face unit between photographs of different people.
#[must_use]
pub fn find(
    example: &Example<'_>,
    picture: &Picture,
    start: ImagePoint,
    reach: f64,
    picture_from_example: &impl Map<Image, Image>,
) -> Option<Likeness> {
    let is_sound = picture_from_example.is_valid()
        && example.face_unit.is_finite()
        && example.face_unit > 0.0
        && reach.is_finite()
        && reach > 0.0;
    if !is_sound || Grid::new(picture_from_example, example.at).is_none() {
        return None;
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped")]
    let reach = (reach * COARSE.samples).clamp(2.0, 100.0) as usize;
    let layer = picture_from_example.jacobian(example.at);
    let alike = |how: Look| {
        let found = look(example, picture, start, layer, &Look { reach, ..how });
        found.filter(|found| found.peak >= MIN_LIKENESS)
    };
    let (larger, smaller) = template(example, &FINE)?.gradients();
    let wide = || if smaller < EDGE * larger { alike(WIDE) } else { None };
    let coarse = wide().or_else(|| alike(COARSE))?;
    let fine = look(example, picture, coarse.at, layer, &FINE);
    Some(fine.filter(|fine| fine.peak >= MIN_LIKENESS).unwrap_or(coarse))
}

/// The best place within reach and the correlation there; `None` on the limit.
fn look(
    example: &Example<'_>,
    picture: &Picture,
    start: ImagePoint,
    layer: Layer,
    how: &Look,
) -> Option<Likeness> {
    let Look { radius, reach, stride, .. } = *how;
    let pitch = example.face_unit / how.samples;
    let template = template(example, how)?;
    let picture_from_work: Layer = layer.map(|row| row.map(|value| value * pitch));
    let around = Patch::sample(picture, start, picture_from_work, radius + reach + MARGIN)?;
    let region = around.features(SMOOTH, 1);
    let middle = region.middle();
    let score = |(x, y): (usize, usize)| {
        let (dx, dy) = (real(x) - real(middle), real(y) - real(middle));
        let square = (dx * dx + dy * dy) / (real(reach) * real(reach));
        let peak = template.on(&region, (x, y))?;
        (square <= 1.0).then_some(peak - PULL * square)
    };
    let places = (middle - reach..=middle + reach).step_by(stride);
    let all = places.clone().flat_map(|y| places.clone().map(move |x| (x, y)));
    let rough = best(all, score)?;
    let near =
        (rough.1 - 1..=rough.1 + 1).flat_map(|y| (rough.0 - 1..=rough.0 + 1).map(move |x| (x, y)));
    let (x, y) = best(near, score)?;
    if x.abs_diff(middle).max(y.abs_diff(middle)) >= reach {
        return None;
    }
    let mut heights = [0.0; 9];
    for (idx, height) in heights.iter_mut().enumerate() {
        *height = template.on(&region, (x + idx % 3 - 1, y + idx / 3 - 1))?;
    }
    let (dx, dy) = Quadric::fit(&heights).top();
    let (dx, dy) = (real(x) + dx - real(middle), real(y) + dy - real(middle));
    let [[xx, xy], [yx, yy]] = picture_from_work;
    let at = start.offset(xx * dx + xy * dy, yx * dx + yy * dy);
    Some(Likeness { at, peak: heights[4] })
}

/// What the example shows.
fn template(example: &Example<'_>, how: &Look) -> Option<Template> {
    let pitch = example.face_unit / how.samples;
    let layer = [[pitch, 0.0], [0.0, pitch]];
    let shown = Patch::sample(example.picture, example.at, layer, how.radius + MARGIN)?;
    Some(Template::new(&shown.features(SMOOTH, 1), how.radius, how.window))
}

fn best(
    places: impl Iterator<Item = (usize, usize)>,
    score: impl Fn((usize, usize)) -> Option<f64>,
) -> Option<(usize, usize)> {
    places
        .filter_map(|at| Some((at, score(at)?)))
        .max_by(|one, other| one.1.total_cmp(&other.1))
        .map(|(at, _)| at)
}
