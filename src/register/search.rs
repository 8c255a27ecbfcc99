//! The search of one direction: coarse, fine, equally sharp, between the samples.

use super::{
    correlate::Template,
    patch::{Features, Patch, real},
    quadric::Quadric,
};

/// How a patch is compared at one resolution.
struct Level {
    /// Samples of the patch a compared sample.
    step: usize,
    /// Deviation of the smoothing, in samples of the patch.
    smooth: f64,
    /// Radius of the window and its deviation, in compared samples.
    radius: usize,
    window: f64,
}

/// Sees 49 samples across and finds the right place among many.
const COARSE: Level = Level { step: 2, smooth: 1.2, radius: 12, window: 6.0 };
/// Sees 37 samples across, hardly smoothed: what differs beside an edge must not pull at it.
const FINE: Level = Level { step: 1, smooth: 0.7, radius: 18, window: 8.0 };

/// How far is searched on each axis, in samples.
pub(super) const REACH: usize = 18;
/// What a patch must hold round the places where its middle is compared, in samples.
pub(super) const MARGIN: usize = 30;

/// Coarse places that are looked at closely.
const N_CANDIDATES: usize = 4;
/// Two places this many samples apart are two peaks.
const APART: f64 = 5.0;
/// A second peak less far below the first may be higher between the samples.
const IN_DOUBT: f64 = 0.25;
/// Deviations of smoothing, in samples, that may make the sharper side as soft as the other.
const SOFTER: [f64; 5] = [0.4, 0.8, 1.2, 1.6, 2.0];
/// Smoothing must take away this share of what the correlation lacks. Blur and noise do so at once;
/// pictures that differ in other ways would only be pulled about by it.
const WORTH: f64 = 0.3;
/// Steps of the fits between samples, in samples.
const STEPS: [f64; 2] = [0.5, 0.25];

/// The best place in a region.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found {
    /// From the region's middle, in samples.
    pub(super) offset: (f64, f64),
    /// The correlation there.
    pub(super) peak: f64,
    /// The best correlation elsewhere.
    pub(super) second: Option<f64>,
    /// How far off the peak, in samples along the direction in which it is broadest, the
    /// correlation lacks one and a half times what it lacks at the peak. It grows with the error
    /// that noise makes; `None` where the correlation has no top.
    pub(super) spread: Option<f64>,
    /// The smoothing that made both sides alike.
    pub(super) softness: Softness,
}

/// Deviations of the smoothing of both sides, in samples.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Softness {
    patch: f64,
    region: f64,
}

impl Softness {
    /// No more than what both always have.
    const NONE: Self = Self { patch: FINE.smooth, region: FINE.smooth };

    /// The same with the sides changed.
    pub(super) const fn swapped(self) -> Self {
        Self { patch: self.region, region: self.patch }
    }
}

/// A place of the region by column and row, and the correlation there.
#[derive(Clone, Copy, Debug)]
struct Peak {
    at: (usize, usize),
    height: f64,
}

/// A place between samples.
#[derive(Clone, Copy, Debug)]
struct Top {
    at: (f64, f64),
    /// The correlation there.
    height: f64,
    /// How fast it falls off in the broadest direction: the second derivative, its sign turned.
    bend: f64,
}

impl Peak {
    fn distance(&self, other: &Self) -> f64 {
        let along = |one: usize, other: usize| real(one.abs_diff(other));
        libm::hypot(along(self.at.0, other.at.0), along(self.at.1, other.at.1))
    }
}

impl Level {
    fn template(&self, patch: &Patch, smooth: f64) -> Template {
        Template::new(&patch.features(smooth, self.step), self.radius, self.window)
    }
}

/// The middle of a patch as the fine search sees it.
pub(super) fn template_of(patch: &Patch) -> Template {
    FINE.template(patch, FINE.smooth)
}

/// Searches `region` for the middle of `patch`. `None` when the region nowhere covers enough.
pub(super) fn search(patch: &Patch, region: &Patch) -> Option<Found> {
    let places = candidates(patch, region);
    let mut pair = Pair::new(patch, region, Softness::NONE);
    let mut peaks = pair.peaks(&places, COARSE.step);
    let softness = equally_soft(patch, region, &pair, peaks.first()?);
    if softness != Softness::NONE {
        pair = Pair::new(patch, region, softness);
        let places: Vec<_> = peaks.iter().map(|peak| peak.at).collect();
        peaks = pair.peaks(&places, 1);
    }
    let best = *peaks.first()?;
    let second = peaks.iter().find(|peak| peak.distance(&best) >= APART);
    let top = pair.climb(best.at)?;
    // Sharp peaks are higher between the samples, the second as well as the first.
    let other = second.filter(|peak| best.height - peak.height < IN_DOUBT);
    let other = other.and_then(|peak| pair.climb(peak.at));
    let second = other.map(|top| top.height).or(second.map(|peak| peak.height));
    let (top, second) = match other {
        Some(other) if other.height > top.height => (other, Some(top.height)),
        _ => (top, second),
    };
    let lack = (1.0 - top.height).max(0.0);
    let spread = (top.bend > 0.0).then(|| libm::sqrt(lack / top.bend));
    Some(Found { offset: pair.offset(top.at), peak: top.height, second, spread, softness })
}

/// Searches less closely, with what is known of the softness of both, and returns the offset from
/// the region's middle, in samples.
pub(super) fn search_back(patch: &Patch, region: &Patch, softness: Softness) -> Option<(f64, f64)> {
    let pair = Pair::new(patch, region, softness);
    let peaks = pair.peaks(&candidates(patch, region), COARSE.step);
    let (at, _) = pair.fit(peaks.first()?.at)?;
    let (at, _) = pair.fit_between(at, STEPS[0])?;
    Some(pair.offset(at))
}

/// Template and region at full resolution, equally soft.
struct Pair {
    template: Template,
    region: Features,
}

impl Pair {
    fn new(patch: &Patch, region: &Patch, softness: Softness) -> Self {
        let template = FINE.template(patch, softness.patch);
        Self { template, region: region.features(softness.region, FINE.step) }
    }

    /// The best samples within `reach` of each place, best first.
    fn peaks(&self, places: &[(usize, usize)], reach: usize) -> Vec<Peak> {
        let near = |at: &(usize, usize)| best_near(&self.template, &self.region, *at, reach);
        let mut peaks: Vec<Peak> = places.iter().filter_map(near).collect();
        sort(&mut peaks);
        peaks
    }

    /// The top between samples near a sample: fits of ever smaller steps.
    fn climb(&self, at: (usize, usize)) -> Option<Top> {
        let (mut at, mut bend) = self.fit(at)?;
        for step in STEPS {
            (at, bend) = self.fit_between(at, step)?;
        }
        let height = self.template.between(&self.region, at)?;
        Some(Top { at, height, bend })
    }

    /// The top of a quadratic round a sample, in samples, and how fast it falls off there in the
    /// broadest direction.
    fn fit(&self, (x, y): (usize, usize)) -> Option<((f64, f64), f64)> {
        let first = (x.checked_sub(1)?, y.checked_sub(1)?);
        let mut heights = [0.0; 9];
        for (idx, height) in heights.iter_mut().enumerate() {
            *height = self.template.on(&self.region, (first.0 + idx % 3, first.1 + idx / 3))?;
        }
        let quadric = Quadric::fit(&heights);
        let (dx, dy) = quadric.top();
        Some(((real(x) + dx, real(y) + dy), quadric.least_bend()))
    }

    /// The same round a place between samples, from correlations `step` samples apart: a fit over
    /// whole samples alone is drawn towards them.
    fn fit_between(&self, (x, y): (f64, f64), step: f64) -> Option<((f64, f64), f64)> {
        let mut heights = [0.0; 9];
        for (idx, height) in heights.iter_mut().enumerate() {
            let (dx, dy) = (real(idx % 3) - 1.0, real(idx / 3) - 1.0);
            *height = self.template.between(&self.region, (x + step * dx, y + step * dy))?;
        }
        let quadric = Quadric::fit(&heights);
        let (dx, dy) = quadric.top();
        Some(((x + step * dx, y + step * dy), quadric.least_bend() / (step * step)))
    }

    /// From the region's middle.
    fn offset(&self, (x, y): (f64, f64)) -> (f64, f64) {
        let middle = real(self.region.middle());
        (x - middle, y - middle)
    }
}

fn sort(peaks: &mut [Peak]) {
    peaks.sort_by(|one, other| other.height.total_cmp(&one.height));
}

/// The local maxima at half resolution, best first, in samples of the region.
fn candidates(patch: &Patch, region: &Patch) -> Vec<(usize, usize)> {
    let template = COARSE.template(patch, COARSE.smooth);
    let features = region.features(COARSE.smooth, COARSE.step);
    let reach = REACH / COARSE.step;
    let side = 2 * reach + 1;
    let first = features.middle() - reach;
    let heights: Vec<Option<f64>> = (0..side * side)
        .map(|idx| template.on(&features, (first + idx % side, first + idx / side)))
        .collect();
    let is_top = |x: usize, y: usize, height: f64| {
        let rows = y.saturating_sub(1)..(y + 2).min(side);
        rows.flat_map(|row| &heights[row * side..][x.saturating_sub(1)..(x + 2).min(side)])
            .all(|other| other.is_none_or(|other| other <= height))
    };
    let mut tops: Vec<Peak> = (0..side * side)
        .filter_map(|idx| Some(Peak { at: (idx % side, idx / side), height: heights[idx]? }))
        .filter(|peak| is_top(peak.at.0, peak.at.1, peak.height))
        .collect();
    sort(&mut tops);
    tops.truncate(N_CANDIDATES);
    // The middle samples of both resolutions are one.
    let middle = REACH + MARGIN;
    let fine = |n: usize| middle + n * COARSE.step - reach * COARSE.step;
    tops.iter().map(|peak| (fine(peak.at.0), fine(peak.at.1))).collect()
}

/// The best sample within `reach` of another on each axis.
fn best_near(
    template: &Template,
    region: &Features,
    (x, y): (usize, usize),
    reach: usize,
) -> Option<Peak> {
    let columns = x.checked_sub(reach)?..=x + reach;
    let rows = y.checked_sub(reach)?..=y + reach;
    rows.flat_map(|y| columns.clone().map(move |x| (x, y)))
        .filter_map(|at| Some(Peak { at, height: template.on(region, at)? }))
        .max_by(|one, other| one.height.total_cmp(&other.height))
}

/// The smoothing that makes patch and region equally soft round `peak`, as far as the correlation
/// tells. A soft and a sharp corner correlate best a little off each other.
fn equally_soft(patch: &Patch, region: &Patch, pair: &Pair, peak: &Peak) -> Softness {
    let near = region.part(peak.at, MARGIN);
    let plain = near.features(FINE.smooth, FINE.step);
    let height = |template: &Template, features: &Features| {
        best_near(template, features, (MARGIN, MARGIN), 1).map_or(-1.0, |peak| peak.height)
    };
    let of_patch = |smooth: f64| height(&FINE.template(patch, smooth), &plain);
    let of_region = |smooth: f64| height(&pair.template, &near.features(smooth, FINE.step));
    match softest(peak.height, of_patch) {
        Some(patch) => Softness { patch, ..Softness::NONE },
        None => Softness {
            region: softest(peak.height, of_region).unwrap_or(FINE.smooth),
            ..Softness::NONE
        },
    }
}

/// The deviation that makes `height` largest, when that is worth it.
fn softest(plain: f64, height: impl Fn(f64) -> f64) -> Option<f64> {
    let (mut best, mut top) = (None, plain);
    for extra in SOFTER {
        let smooth = libm::hypot(FINE.smooth, extra);
        let reached = height(smooth);
        if reached <= top {
            break;
        }
        (best, top) = (Some(smooth), reached);
    }
    best.filter(|_| 1.0 - top <= (1.0 - WORTH) * (1.0 - plain))
}
