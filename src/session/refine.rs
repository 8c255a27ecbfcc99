//! Better places for B's marks, found in the pixels.

use std::sync::Arc;

use super::{
    Session,
    job::{Handle, Job, Outcome, Work},
    notice::Severity,
    update::{JobKind, label},
};
use crate::{
    document::{Document, Edit, Footing, Landmark, LandmarkId, PerSide, Side},
    geometry::{Image, ImagePoint, Pair, Warp, fit},
    raster::Picture,
    register::{MIN_LEAD, NoMatch, Refinement, refine},
};

/// A landmark as it was when its refinement was asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct Rough {
    /// Which.
    pub id: LandmarkId,
    /// Its mark on A, which stays.
    pub a: ImagePoint,
    /// Its mark on B.
    pub b: ImagePoint,
    /// Where B's mark is looked for: round itself, and round where the other landmarks predict it,
    /// when they do and that is elsewhere.
    pub starts: Vec<ImagePoint>,
    /// The alignment by the other landmarks where they determine it, else by all.
    pub b_from_a: Warp<Image>,
}

/// Predictions nearer than this to the mark, in B's pixels, need no search of their own.
const SAME_START: f64 = 6.0;

impl Rough {
    fn new(document: &Document, landmark: &Landmark, all: &Warp<Image>) -> Option<Self> {
        let (a, b) = landmark.pair()?;
        let others = document.landmarks.iter().filter(|other| other.id != landmark.id);
        let others: Vec<Pair> = others.filter_map(Landmark::fitted_pair).collect();
        let is_enough = others.len() >= document.model.min_pairs();
        let by_others = is_enough.then(|| fit(document.method(), &others).ok()).flatten();
        let predicted = by_others.as_ref().map(|b_from_a| b_from_a.apply(a));
        let elsewhere = predicted.filter(|at| at.distance(b) > SAME_START);
        Some(Self {
            id: landmark.id,
            a,
            b,
            starts: [Some(b), elsewhere].into_iter().flatten().collect(),
            b_from_a: by_others.unwrap_or_else(|| all.clone()),
        })
    }

    /// The best of what is found round its starts; nothing where two places are about as good.
    fn refined(&self, pictures: &PerSide<Arc<Picture>>) -> Result<Refinement, NoMatch> {
        let from =
            |start: &ImagePoint| refine(&pictures.a, self.a, &pictures.b, *start, &self.b_from_a);
        let mut best = from(&self.b);
        for start in self.starts.iter().filter(|start| **start != self.b) {
            best = better(best, from(start));
        }
        best
    }
}

/// Two searches for one place. One that both find elsewhere must be clearly the better.
fn better(
    one: Result<Refinement, NoMatch>,
    other: Result<Refinement, NoMatch>,
) -> Result<Refinement, NoMatch> {
    let (Ok(first), Ok(second)) = (one, other) else { return one.or(other.or(one)) };
    let (best, rest) = if second.peak > first.peak { (second, first) } else { (first, second) };
    if best.at.distance(rest.at) < SAME_START {
        return Ok(best);
    }
    if best.peak - rest.peak < MIN_LEAD {
        return Err(NoMatch::Ambiguous { peak: best.peak, second: rest.peak });
    }
    let second = best.second_peak.map_or(rest.peak, |peak| peak.max(rest.peak));
    Ok(Refinement { second_peak: Some(second), ..best })
}

/// What became of one.
#[derive(Clone, Debug, PartialEq)]
pub struct Refined {
    /// As it was.
    pub of: Rough,
    /// Where it belongs, or why that cannot be told.
    pub found: Result<Refinement, NoMatch>,
}

impl Session {
    /// Refines the B mark of one landmark, or of all that take part in the fit.
    pub(super) fn refine(&mut self, only: Option<LandmarkId>) -> Vec<Job> {
        let document = Arc::clone(self.document());
        let registration = self.registration().clone();
        let is_meant = |id: LandmarkId| only.is_none_or(|only| only == id);
        let marks: Vec<Rough> = document
            .landmarks
            .iter()
            .filter(|landmark| is_meant(landmark.id) && (only.is_some() || landmark.is_active))
            .filter_map(|landmark| Rough::new(&document, landmark, &registration.b_from_a))
            .collect();
        if marks.is_empty() {
            let text = "Nothing to refine: mark the landmark on both sides first";
            self.notify(Severity::Error, text);
            return Vec::new();
        }
        if registration.footing == Footing::NotAligned || !registration.is_linked(document.model) {
            let text = "Nothing refined: the patch of A is searched for in B through the \
                        alignment, which needs more pairs";
            self.notify(Severity::Error, text);
            return Vec::new();
        }
        let pictures =
            PerSide::from_fn(|side| self.loaded(side).map(|loaded| Arc::clone(&loaded.picture)));
        let Some(pictures) = pictures.both() else {
            let text = "Nothing refined: a picture is still being opened; try again";
            self.notify(Severity::Error, text);
            return Vec::new();
        };
        self.cancel_where(|job| job.label == Some(label::REFINING));
        let kind = JobKind { label: Some(label::REFINING), ..JobKind::default() };
        vec![self.job(kind, Work::Refine { pictures, marks })]
    }

    /// Marks are refined: those that moved since they were looked at are left alone, and so are all
    /// when a picture was replaced.
    pub(super) fn refined(&mut self, before: &Document, all: &[Refined]) {
        let document = Arc::clone(self.document());
        if before.sources != document.sources {
            let text = "Not refined: a picture was replaced meanwhile; refine again";
            self.notify(Severity::Warning, text);
            return;
        }
        let is_as_it_was = |of: &Rough| {
            let pair = document.landmark(of.id).and_then(Landmark::pair);
            pair == Some((of.a, of.b))
        };
        let name = |id: LandmarkId| document.landmark(id).map_or("", |l| l.name.as_str());
        let known: Vec<&Refined> = all.iter().filter(|one| is_as_it_was(&one.of)).collect();
        if known.is_empty() {
            let text = "Not refined: the landmarks were moved meanwhile; refine again";
            self.notify(Severity::Warning, text);
            return;
        }
        let places: Vec<(LandmarkId, ImagePoint)> =
            known.iter().filter_map(|one| Some((one.of.id, one.found.as_ref().ok()?.at))).collect();
        let n_placed = places.len();
        if n_placed > 0 {
            drop(self.edit(Edit::PlaceLandmarks { side: Side::B, places }, None));
        }
        if let [only] = known.as_slice() {
            match &only.found {
                Ok(found) => {
                    let of = (!document.is_blind()).then_some(&only.of);
                    self.notify(Severity::Done, words(name(only.of.id), of, found));
                }
                Err(why) => {
                    let text = format!("{}: no match, left where it is: {why}", name(only.of.id));
                    self.notify(Severity::Warning, text);
                }
            }
            return;
        }
        let peaks = known.iter().filter_map(|one| Some(one.found.as_ref().ok()?.peak));
        let least = peaks.fold(1.0, f64::min);
        let names = |is_wanted: fn(&Refined) -> bool| {
            let wanted = known.iter().filter(|one| is_wanted(one));
            wanted.map(|one| name(one.of.id)).collect::<Vec<_>>().join(", ")
        };
        let left = names(|one| one.found.is_err());
        let mut text = match n_placed {
            0 => "No landmark was refined".to_owned(),
            n => {
                let placed = names(|one| one.found.is_ok());
                let n_known = known.len();
                format!("Refined {n} of {n_known} on B: {placed}; the least peak is {least:.2}")
            }
        };
        if left.is_empty() {
            self.notify(Severity::Done, text);
        } else {
            let rest = format!(". No match, left where they are: {left} (Ctrl+R says why)");
            text.push_str(&rest);
            self.notify(Severity::Warning, text);
        }
    }
}

/// `nose tip: moved 1.31 px on B, peak 0.97, second peak 0.41`; without `of`, where pixels would tell
/// the side, not how far.
fn words(name: &str, of: Option<&Rough>, found: &Refinement) -> String {
    let second = found.second_peak.map_or("none".to_owned(), |second| format!("{second:.2}"));
    let by = of.map(|of| format!(" {:.2} px", of.b.distance(found.at))).unwrap_or_default();
    format!("{name}: moved{by} on B, peak {:.2}, second peak {second}", found.peak)
}

/// Looks for every mark.
pub(super) fn run(handle: &Handle, pictures: &PerSide<Arc<Picture>>, marks: &[Rough]) -> Outcome {
    let mut all = Vec::with_capacity(marks.len());
    for (idx, of) in marks.iter().enumerate() {
        if handle.is_cancelled() {
            return Outcome::Cancelled;
        }
        all.push(Refined { of: of.clone(), found: of.refined(pictures) });
        #[expect(clippy::cast_precision_loss, reason = "a share")]
        handle.report((idx + 1) as f32 / marks.len() as f32);
    }
    Outcome::Refined(all)
}
