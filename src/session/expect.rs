//! Looking in the pixels for what is expected: A's landmarks by the example face, each twin by what
//! the other side shows.

use std::sync::Arc;

use super::{
    Session,
    job::{Handle, Job, JobId, Outcome, Work},
    predict::{Basis, Ghost, NamedPair},
    update::JobKind,
    view_command::ViewCommand,
};
use crate::{
    document::{Edit, LandmarkId, PerSide, Side},
    geometry::{Image, ImagePoint, Model, Similarity, Warp, fit_model},
    raster::Picture,
    register::{Example, find, refine},
    storage::{ExampleFace, example_face},
};

/// How far off the mean shape a landmark of A is looked for, in face units, and how far while only
/// two landmarks tell how the face lies.
const REACH: f64 = 0.25;
const FIRST_REACH: f64 = 0.4;

/// What is looked for, and all that the answer depends on.
#[derive(Clone, Debug, PartialEq)]
pub struct Search {
    /// What is expected by shape and alignment alone.
    expected: Vec<Ghost>,
    /// A's marked landmarks of the recipe.
    marked: Vec<NamedPair>,
    a_from_mean: Option<Similarity<Image, Image>>,
    b_from_a: Warp<Image>,
    a_from_b: Similarity<Image, Image>,
    sources: PerSide<Option<String>>,
}

/// What the answer is asked for by; compared before anything is worked out.
#[derive(Clone, PartialEq, Default)]
struct Stamp {
    revision: u64,
    is_predicting: bool,
    selection: Option<LandmarkId>,
    next: String,
    is_loaded: bool,
}

/// What is expected, and what is being looked for.
#[derive(Default)]
pub(super) struct Expected {
    stamp: Option<Stamp>,
    asked: Option<Search>,
    ghosts: Vec<Ghost>,
    /// The job that looks.
    job: Option<JobId>,
    /// Accepted while the pixels were still being looked at.
    n_due: u8,
}

impl Session {
    /// What is expected as far as that is known.
    pub(super) fn expected(&self) -> &[Ghost] {
        &self.expected.ghosts
    }

    /// Derives anew what is expected, and asks for the pixels to be looked at when that changed.
    pub(super) fn expect(&mut self) -> Vec<Job> {
        let is_held = self.view.is_held();
        let pictures =
            PerSide::from_fn(|side| self.loaded(side).map(|loaded| Arc::clone(&loaded.picture)));
        let pictures = pictures.both();
        let stamp = Stamp {
            revision: self.revision(),
            is_predicting: self.view.is_predicting,
            selection: self.selection(),
            next: self.next_landmark_name(),
            is_loaded: pictures.is_some(),
        };
        if is_held || self.expected.stamp.as_ref() == Some(&stamp) {
            return Vec::new();
        }
        self.expected.stamp = Some(stamp);
        let expected = self.expected_by_shape();
        let (a_from_mean, marked) = self.a_from_mean().unzip();
        let registration = self.registration();
        let search = Search {
            marked: marked.unwrap_or_default(),
            a_from_mean,
            b_from_a: registration.b_from_a.clone(),
            a_from_b: registration.a_from_b,
            sources: self.document().sources.clone().map(|s| s.map(|s| s.sha256)),
            expected,
        };
        let has_changed = self.expected.asked.as_ref() != Some(&search);
        if !has_changed {
            return Vec::new();
        }
        let job = self.expected.job.take();
        self.cancel_where(|running| Some(running.id) == job);
        // What was found before stands until it is looked at again: nothing flickers.
        let before = std::mem::take(&mut self.expected.ghosts);
        let is_same = self.expected.asked.as_ref().is_some_and(|a| a.sources == search.sources);
        let known =
            |ghost: &Ghost| before.iter().find(|old| is_same && old.same_as(ghost)).cloned();
        self.expected.ghosts =
            search.expected.iter().map(|ghost| known(ghost).unwrap_or(ghost.clone())).collect();
        self.expected.asked = Some(search.clone());
        let Some(pictures) = pictures.filter(|_| !search.expected.is_empty()) else {
            self.expected.n_due = 0;
            return Vec::new();
        };
        let job = self.job(JobKind::default(), Work::Search { pictures, search });
        self.expected.job = Some(job.id);
        vec![job]
    }

    fn is_looking(&self) -> bool {
        self.running.iter().any(|running| Some(running.id) == self.expected.job)
    }

    /// Accepts what is expected next; once it has been looked at, when that is still under way.
    pub(super) fn accept(&mut self) -> Vec<Job> {
        if self.is_looking() {
            self.expected.n_due = self.expected.n_due.saturating_add(1);
            return Vec::new();
        }
        let Some(edit) = self.acceptance() else { return Vec::new() };
        let is_confirming = matches!(edit, Edit::ConfirmLandmark(_));
        let jobs = self.edit(edit, None);
        if is_confirming {
            let mut rest = self.document().landmarks.iter();
            let next = rest.find(|landmark| landmark.is_unconfirmed()).map(|landmark| landmark.id);
            if let Some(next) = next {
                self.update_view(ViewCommand::GoTo(next));
            }
        }
        jobs
    }

    /// The pixels were looked at.
    pub(super) fn found(&mut self, ghosts: Vec<Ghost>) -> Vec<Job> {
        self.expected.ghosts =
            ghosts.into_iter().filter(|ghost| self.is_ghost_inside(ghost)).collect();
        self.assets.touch();
        if self.expected.n_due == 0 {
            return Vec::new();
        }
        self.expected.n_due -= 1;
        self.accept()
    }

    /// Forgets what was to be accepted: something else was done meanwhile.
    pub(super) fn accept_no_more(&mut self) {
        self.expected.n_due = 0;
    }
}

impl Ghost {
    /// Whether another one is of the same landmark and the same marks.
    fn same_as(&self, other: &Self) -> bool {
        let is_same_mark = |side: Side| {
            let is_mark = |ghost: &Self| ghost.by[side] == Basis::Mark;
            is_mark(self) == is_mark(other) && (!is_mark(self) || self.at[side] == other.at[side])
        };
        self.name == other.name && Side::BOTH.into_iter().all(is_same_mark)
    }
}

impl Search {
    /// One landmark where the pixels say it is, as far as they do.
    fn find(&self, pictures: &PerSide<Arc<Picture>>, ghost: &Ghost) -> Ghost {
        let mut ghost = ghost.clone();
        if ghost.by.a == Basis::MeanShape
            && let Some((at, peak)) = self.like_example(&pictures.a, &ghost)
        {
            (ghost.at.a, ghost.by.a) = (at, Basis::Example(peak));
            ghost.at.b = self.b_from_a.apply(at);
        }
        let found = match (ghost.by.a, ghost.by.b) {
            (_, Basis::Fit) => {
                let at = refine(&pictures.a, ghost.at.a, &pictures.b, ghost.at.b, &self.b_from_a);
                at.ok().map(|found| (Side::B, found))
            }
            (Basis::Fit, _) => {
                let at = refine(&pictures.b, ghost.at.b, &pictures.a, ghost.at.a, &self.a_from_b);
                at.ok().map(|found| (Side::A, found))
            }
            _ => None,
        };
        if let Some((side, found)) = found {
            (ghost.at[side], ghost.by[side]) = (found.at, Basis::Match(found.peak));
        }
        ghost
    }

    /// Where A looks like the example face at the landmark.
    fn like_example(&self, a: &Picture, ghost: &Ghost) -> Option<(ImagePoint, f64)> {
        let face = example_face()?;
        let known = face.landmark(&ghost.name)?;
        let a_from_example = self.a_from_example(face)?;
        // The mean shape is in face units.
        let face_unit = self.a_from_mean?.scale() / a_from_example.scale();
        let reach = if self.marked.len() == 2 { FIRST_REACH } else { REACH };
        let example = Example { picture: &face.picture, at: known, face_unit };
        let found = find(&example, a, ghost.at.a, reach, &a_from_example)?;
        Some((found.at, found.peak))
    }

    /// How the example's face lies on A: by the landmarks that are marked there.
    fn a_from_example(&self, face: &ExampleFace) -> Option<Similarity<Image, Image>> {
        let pairs = self.marked.iter();
        let pairs = pairs.filter_map(|(name, pair)| Some((pair.a, face.landmark(name)?)));
        fit_model(Model::Similarity, &pairs.collect::<Vec<_>>()).ok()
    }
}

/// Looks for all that is expected.
pub(super) fn run(handle: &Handle, pictures: &PerSide<Arc<Picture>>, search: &Search) -> Outcome {
    let mut ghosts = Vec::with_capacity(search.expected.len());
    for ghost in &search.expected {
        if handle.is_cancelled() {
            return Outcome::Cancelled;
        }
        ghosts.push(search.find(pictures, ghost));
    }
    Outcome::Found(ghosts)
}
