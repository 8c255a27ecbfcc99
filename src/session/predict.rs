//! Where landmarks are expected: never data until the user accepts them.

use super::Session;
use crate::{
    document::{Edit, Landmark, LandmarkId, Mark, PerSide, Side},
    geometry::{ImagePoint, Model, Point, fit_model},
};

/// A landmark of the recipe that is not marked yet, where the marked ones expect it.
#[derive(Clone, Debug, PartialEq)]
pub struct Ghost {
    /// Its name.
    pub name: String,
    /// Its expected places.
    pub at: PerSide<ImagePoint>,
}

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

    /// The recipe's landmarks that are marked on neither side, in its order, where its mean shape
    /// expects them: laid over the marks of A by a similarity, and taken to B by the alignment. None
    /// unless they were asked for, two recipe landmarks are marked on A and the sides are linked.
    #[must_use]
    pub fn ghosts(&self) -> Vec<Ghost> {
        let Some(arrangement) = self.arrangement().filter(|_| self.is_linked()) else {
            return Vec::new();
        };
        let document = self.document();
        let mean = |(x, y): (f64, f64)| Point::new(x, y);
        let marked = document.recipe.landmarks.iter().filter_map(|of_recipe| {
            let mark = document.landmark_named(&of_recipe.name)?.at.a?;
            Some((mark.at, mean(of_recipe.mean)))
        });
        let marked: Vec<_> = marked.collect();
        if !self.view.is_predicting || marked.len() < Model::Similarity.min_pairs() {
            return Vec::new();
        }
        let Ok(a_from_mean) = fit_model(Model::Similarity, &marked) else { return Vec::new() };
        let unmarked = document.recipe.landmarks.iter();
        let unmarked = unmarked.filter(|l| document.landmark_named(&l.name).is_none());
        let ghosts = unmarked.map(|of_recipe| {
            let a = a_from_mean.apply(mean(of_recipe.mean));
            let b = arrangement.from_frame.b.apply(arrangement.frame_point(a));
            Ghost { name: of_recipe.name.clone(), at: PerSide::new(a, b) }
        });
        ghosts.filter(|ghost| ghost.at.iter().all(|(side, at)| self.is_inside(side, *at))).collect()
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
            let (id, at) = self.predicted(side)?;
            Some(Edit::PlaceLandmark { id, side, at })
        };
        Side::BOTH.into_iter().find_map(waiting).or_else(|| {
            let ghosts = self.ghosts();
            let next = self.next_landmark_name();
            let ghost = ghosts.iter().find(|ghost| ghost.name == next).or(ghosts.first())?;
            Some(Edit::AddPair { name: ghost.name.clone(), at: ghost.at })
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
