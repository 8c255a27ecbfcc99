//! Where landmarks are expected: never data until the user accepts them.

use super::Session;
use crate::{
    document::{Edit, Landmark, LandmarkId, Mark, PerSide, Side},
    geometry::{Image, ImagePoint, Model, Pair, Point, Similarity, fit_model},
};

/// What an expected place is taken from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Basis {
    /// The user's own mark.
    Mark,
    /// The recipe's mean shape, laid over the marks of A.
    MeanShape,
    /// The pixels: they look like the example face there, by this correlation.
    Example(f64),
    /// The alignment of the other landmarks alone.
    Fit,
    /// The pixels: they match the other side's there, by this correlation.
    Match(f64),
}

impl Basis {
    /// A few words for people.
    #[must_use]
    pub fn words(self) -> String {
        match self {
            Self::Mark => "your mark".into(),
            Self::MeanShape => "by the mean shape".into(),
            Self::Example(peak) => format!("like the example, {peak:.2}"),
            Self::Fit => "by the fit alone".into(),
            Self::Match(peak) => format!("matched, {peak:.2}"),
        }
    }
}

/// A landmark where it is expected.
#[derive(Clone, Debug, PartialEq)]
pub struct Ghost {
    /// Its name.
    pub name: String,
    /// Its expected places.
    pub at: PerSide<ImagePoint>,
    /// What each is taken from.
    pub by: PerSide<Basis>,
}

impl Ghost {
    /// What an accepted one is on a side: a place that the fit alone expects adds nothing to it.
    fn mark(&self, side: Side) -> Mark {
        match self.by[side] {
            Basis::Fit => Mark::predicted(self.at[side]),
            _ => Mark::confirmed(self.at[side]),
        }
    }
}

/// A landmark of the recipe: its mark on A, and its place in the mean shape.
pub(super) type NamedPair = (String, Pair);

impl Session {
    /// The landmark that waits for its mark on `side`, and where the alignment expects it there:
    /// what the other side's mark shows. `None` while the sides are not linked, or outside of the
    /// picture.
    #[must_use]
    pub fn predicted(&self, side: Side) -> Option<(LandmarkId, ImagePoint)> {
        let id = self.waiting_landmark(side)?;
        let arrangement = self.arrangement().filter(|_| self.is_linked())?;
        let other = self.document().landmark(id)?.at[side.other()]?.at;
        let in_frame = arrangement.from_frame[side.other()].unapply(other);
        let at = arrangement.from_frame[side].apply(in_frame);
        self.is_inside(side, at).then_some((id, at))
    }

    /// The landmark that waits for its mark on `side`, where it is expected: the place that
    /// [`Session::predicted`] says or, once the pixels have been looked at, what they match near it.
    #[must_use]
    pub fn twin(&self, side: Side) -> Option<&Ghost> {
        let (id, _) = self.predicted(side)?;
        let name = &self.document().landmark(id)?.name;
        self.expected().iter().find(|ghost| ghost.name == *name)
    }

    /// The recipe's landmarks that are marked on neither side, in its order, where they are
    /// expected. None unless they were asked for, two recipe landmarks are marked on A and the sides
    /// are linked.
    pub fn ghosts(&self) -> impl Iterator<Item = &Ghost> {
        let is_marked = |ghost: &&Ghost| ghost.by.iter().any(|(_, by)| *by == Basis::Mark);
        self.expected().iter().filter(move |ghost| !is_marked(ghost))
    }

    /// Whether enough of the recipe's landmarks are marked on A to expect the others.
    #[must_use]
    pub fn can_expect(&self) -> bool {
        self.is_linked() && self.a_from_mean().is_some()
    }

    /// The map from the recipe's mean shape, and the landmarks of A it is fitted to.
    pub(super) fn a_from_mean(&self) -> Option<(Similarity<Image, Image>, Vec<NamedPair>)> {
        let marked = self.document().marks_and_means().into_iter();
        let marked: Vec<_> = marked.map(|(name, pair)| (name.to_owned(), pair)).collect();
        let pairs: Vec<_> = marked.iter().map(|(_, pair)| (pair.a, pair.b)).collect();
        if pairs.len() < Model::Similarity.min_pairs() {
            return None;
        }
        Some((fit_model(Model::Similarity, &pairs).ok()?, marked))
    }

    /// What is expected by shape and alignment alone, before any pixel is looked at: what waits for
    /// its other side first.
    pub(super) fn expected_by_shape(&self) -> Vec<Ghost> {
        let document = self.document();
        let twins = Side::BOTH.into_iter().filter_map(|side| {
            let (id, at) = self.predicted(side)?;
            let landmark = document.landmark(id)?;
            let mut place = PerSide::new(at, at);
            let mut by = PerSide::new(Basis::Fit, Basis::Fit);
            (place[side.other()], by[side.other()]) = (landmark.at[side.other()]?.at, Basis::Mark);
            Some(Ghost { name: landmark.name.clone(), at: place, by })
        });
        let mut all: Vec<Ghost> = twins.collect();
        let arrangement =
            self.arrangement().filter(|_| self.is_linked() && self.view.is_predicting);
        let Some((arrangement, (a_from_mean, _))) = arrangement.zip(self.a_from_mean()) else {
            return all;
        };
        let unmarked = document.recipe.landmarks.iter();
        let unmarked = unmarked.filter(|l| document.landmark_named(&l.name).is_none());
        let ghosts = unmarked.map(|of_recipe| {
            let (x, y) = of_recipe.mean;
            let a = a_from_mean.apply(Point::new(x, y));
            let b = arrangement.from_frame.b.apply(arrangement.frame_point(a));
            let by = PerSide::new(Basis::MeanShape, Basis::Fit);
            Ghost { name: of_recipe.name.clone(), at: PerSide::new(a, b), by }
        });
        all.extend(ghosts.filter(|ghost| self.is_ghost_inside(ghost)));
        all
    }

    pub(super) fn is_ghost_inside(&self, ghost: &Ghost) -> bool {
        ghost.at.iter().all(|(side, at)| self.is_inside(side, *at))
    }

    /// The edit that accepts what is expected next: the carried-over marks of the selected landmark,
    /// else the mark that waits for its other side, else the first ghost. `None` when nothing is.
    #[must_use]
    pub fn acceptance(&self) -> Option<Edit> {
        let selected = self.selection().and_then(|id| self.document().landmark(id));
        if let Some(landmark) = selected.filter(|landmark| Landmark::is_unconfirmed(landmark)) {
            return Some(Edit::ConfirmLandmark(landmark.id));
        }
        let waiting = |side: Side| {
            let (id, _) = self.predicted(side)?;
            let mark = self.twin(side)?.mark(side);
            let at = mark.at;
            Some(if mark.is_predicted {
                Edit::AcceptLandmark { id, side, at }
            } else {
                Edit::PlaceLandmark { id, side, at }
            })
        };
        Side::BOTH.into_iter().find_map(waiting).or_else(|| {
            let next = self.next_landmark_name();
            let mut ghosts = self.ghosts();
            let ghost = ghosts.find(|ghost| ghost.name == next).or(self.ghosts().next())?;
            let at = PerSide::from_fn(|side| ghost.mark(side));
            Some(Edit::AddPair { name: ghost.name.clone(), at })
        })
    }

    fn is_inside(&self, side: Side, at: ImagePoint) -> bool {
        self.document().sources[side].as_ref().is_some_and(|source| source.holds(at))
    }

    /// The edit that takes the selected landmark's marks back one by one: B's, which is asked for
    /// last, then the landmark whole. `None` without a selection.
    #[must_use]
    pub fn step_back(&self) -> Option<Edit> {
        let landmark = self.selection().and_then(|id| self.document().landmark(id))?;
        let is_marked = |mark: &Option<Mark>| mark.is_some();
        let is_pair = is_marked(&landmark.at.a) && is_marked(&landmark.at.b);
        Some(if is_pair {
            Edit::UnmarkLandmark { id: landmark.id, side: Side::B }
        } else {
            Edit::RemoveLandmark(landmark.id)
        })
    }
}
