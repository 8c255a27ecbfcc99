//! The search of one direction: coarse, fine, equally sharp, between the samples.

use std::borrow::Cow;

use super::{
    correlate::Template,
    features::Features,
    patch::real,
    quadric::Quadric,
    resample::Column,
    side::{COARSE, FINE, NEAR, Side},
};

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
/// Correlations from here on lack too little for smoothing to be worth anything.
const ALIKE: f64 = 0.999;
/// A correlation is rarely this much higher at full than at half resolution.
const GAIN: f64 = 0.1;
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

/// Searches `b` for the middle of `a`, whose `template` is known. `None` when `b` nowhere covers
/// enough.
pub(super) fn search<'a>(a: &Side, template: Template, b: &'a Side) -> Option<(Found, Pair<'a>)> {
    let coarse = COARSE.template(a.coarse(), (a.coarse().middle(), a.coarse().middle()));
    let places = candidates(&coarse, b.coarse());
    let mut pair = Pair { template, region: Cow::Borrowed(&b.fine) };
    let mut peaks = pair.peaks_at(&places);
    let softness = equally_soft(a, b, &pair, peaks.first()?);
    if softness != Softness::NONE {
        if softness.patch != FINE.smooth {
            pair.template = FINE.template(&a.near(a.middle(), softness.patch), (NEAR, NEAR));
        }
        pair.region = b.softened(softness.region);
        let places: Vec<_> = peaks.iter().map(|peak| peak.at).collect();
        peaks = pair.peaks(&places);
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
    let offset = pair.offset(top.at);
    Some((Found { offset, peak: top.height, second, spread, softness }, pair))
}

/// Searches `a` less closely for what `b` shows at the place that was found, with what is known of
/// the softness of both. Returns how far off the middle of `a` that leads, in samples.
pub(super) fn search_back(
    there: &Pair<'_>,
    a: &Side,
    b: &Side,
    found: &Found,
) -> Option<(f64, f64)> {
    let (x, y) = (libm::round(found.offset.0), libm::round(found.offset.1));
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "within reach")]
    let sample = |n: f64| (real(b.fine.middle()) + n) as usize;
    let at = (sample(x), sample(y));
    // The coarse samples are those at even distances from the middle.
    let middle = b.fine.middle();
    let beyond = |n: usize| (n + middle) % COARSE.step;
    let coarse_at =
        |n: usize| (n - beyond(n) + COARSE.step * b.coarse().middle() - middle) / COARSE.step;
    let coarse = COARSE.template(b.coarse(), (coarse_at(at.0), coarse_at(at.1)));
    let mut places = candidates(&coarse, a.coarse());
    for place in &mut places {
        place.at = (place.at.0 + beyond(at.0), place.at.1 + beyond(at.1));
    }
    let exact = (real(middle) + found.offset.0, real(middle) + found.offset.1);
    let column = Column::new(&there.region, FINE.radius, exact.0, (exact.1, exact.1))?;
    let shown = column.at(exact.1, FINE.radius);
    let template = FINE.template(&shown, (shown.middle(), shown.middle()));
    let pair = Pair { template, region: a.softened(found.softness.patch) };
    let best = pair.best_of(&places)?;
    let at = pair.quick_fit(best.at)?;
    let (at, _) = pair.fit_between(at, STEPS[0])?;
    Some(pair.offset(at))
}

/// Template and region at full resolution, equally soft.
pub(super) struct Pair<'a> {
    template: Template,
    region: Cow<'a, Features>,
}

impl Pair<'_> {
    /// The best of each place and its neighbours, best first.
    fn peaks(&self, places: &[(usize, usize)]) -> Vec<Peak> {
        let near = |at: &(usize, usize)| best_near(&self.template, &self.region, *at, 1);
        sorted(places.iter().filter_map(near).collect())
    }

    /// The best sample that a candidate stands for, as far as the quick comparison tells. Those that
    /// would have to gain much at full resolution are left out.
    fn best_of(&self, places: &[Peak]) -> Option<Peak> {
        let mut best: Option<Peak> = None;
        for place in places {
            if best.is_some_and(|best| place.height + GAIN < best.height) {
                break;
            }
            let near = quick_best(&self.template, &self.region, place.at, COARSE.step);
            let is_better = |near: &Peak| best.is_none_or(|best| near.height > best.height);
            best = near.filter(is_better).or(best);
        }
        best
    }

    /// The best samples that candidates stand for, best first.
    fn peaks_at(&self, places: &[Peak]) -> Vec<Peak> {
        let near = |place: &Peak| best_near(&self.template, &self.region, place.at, COARSE.step);
        sorted(places.iter().filter_map(near).collect())
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

    /// The top alone, as far as the quick comparison tells.
    fn quick_fit(&self, (x, y): (usize, usize)) -> Option<(f64, f64)> {
        let first = (x.checked_sub(1)?, y.checked_sub(1)?);
        let mut heights = [0.0; 9];
        let known = self.template.heights(&self.region, first, (3, 3));
        for (height, known) in heights.iter_mut().zip(known) {
            *height = known?;
        }
        let (dx, dy) = Quadric::fit(&heights).top();
        Some((real(x) + dx, real(y) + dy))
    }

    /// The same round a place between samples, from correlations `step` samples apart: a fit over
    /// whole samples alone is drawn towards them.
    fn fit_between(&self, (x, y): (f64, f64), step: f64) -> Option<((f64, f64), f64)> {
        let along = |at: f64| [at - step, at, at + step];
        let heights = self.template.all_between(&self.region, along(x), along(y))?;
        let [above, level, below] = heights;
        let mut rows = [0.0; 9];
        rows.iter_mut()
            .zip([above, level, below].as_flattened())
            .for_each(|(to, from)| *to = *from);
        let quadric = Quadric::fit(&rows);
        let (dx, dy) = quadric.top();
        Some(((x + step * dx, y + step * dy), quadric.least_bend() / (step * step)))
    }

    /// From the region's middle.
    fn offset(&self, (x, y): (f64, f64)) -> (f64, f64) {
        let middle = real(self.region.middle());
        (x - middle, y - middle)
    }
}

fn sorted(mut peaks: Vec<Peak>) -> Vec<Peak> {
    peaks.sort_by(|one, other| other.height.total_cmp(&one.height));
    peaks
}

/// The local maxima at half resolution, best first, in samples of the region.
fn candidates(template: &Template, region: &Features) -> Vec<Peak> {
    let reach = REACH / COARSE.step;
    let side = 2 * reach + 1;
    let first = region.middle() - reach;
    let heights = template.heights(region, (first, first), (side, side));
    let is_top = |x: usize, y: usize, height: f64| {
        let rows = y.saturating_sub(1)..(y + 2).min(side);
        rows.flat_map(|row| &heights[row * side..][x.saturating_sub(1)..(x + 2).min(side)])
            .all(|other| other.is_none_or(|other| other <= height))
    };
    let tops = (0..side * side)
        .filter_map(|idx| Some(Peak { at: (idx % side, idx / side), height: heights[idx]? }))
        .filter(|peak| is_top(peak.at.0, peak.at.1, peak.height))
        .collect();
    let mut tops = sorted(tops);
    tops.truncate(N_CANDIDATES);
    // The middle samples of both resolutions are one.
    let middle = REACH + MARGIN;
    let fine = |n: usize| middle + n * COARSE.step - reach * COARSE.step;
    tops.iter().map(|peak| Peak { at: (fine(peak.at.0), fine(peak.at.1)), ..*peak }).collect()
}

/// The best sample within `reach` of another on each axis.
fn best_near(
    template: &Template,
    region: &Features,
    at: (usize, usize),
    reach: usize,
) -> Option<Peak> {
    let Peak { at, .. } = quick_best(template, region, at, reach)?;
    Some(Peak { at, height: template.on(region, at)? })
}

/// The same with the height that the quick comparison tells.
fn quick_best(
    template: &Template,
    region: &Features,
    (x, y): (usize, usize),
    reach: usize,
) -> Option<Peak> {
    let (left, top) = (x.checked_sub(reach)?, y.checked_sub(reach)?);
    let side = 2 * reach + 1;
    let heights = template.heights(region, (left, top), (side, side));
    let places = (0..side * side).map(|idx| (left + idx % side, top + idx / side));
    places
        .zip(heights)
        .filter_map(|(at, height)| Some(Peak { at, height: height? }))
        .max_by(|one, other| one.height.total_cmp(&other.height))
}

/// The smoothing that makes patch and region equally soft round `peak`, as far as the correlation
/// tells. A soft and a sharp corner correlate best a little off each other.
fn equally_soft(a: &Side, b: &Side, pair: &Pair<'_>, peak: &Peak) -> Softness {
    if peak.height >= ALIKE {
        return Softness::NONE;
    }
    let height = |template: &Template, features: &Features, at: (usize, usize)| {
        best_near(template, features, at, 1).map_or(-1.0, |peak| peak.height)
    };
    let of_patch = |smooth: f64| {
        let template = FINE.template(&a.near(a.middle(), smooth), (NEAR, NEAR));
        height(&template, &b.fine, peak.at)
    };
    let of_region = |smooth: f64| height(&pair.template, &b.near(peak.at, smooth), (NEAR, NEAR));
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
