//! Marking one landmark after the other.

use super::Session;
use crate::document::{LandmarkId, Side};

impl Session {
    pub(super) fn go_to(&mut self, id: LandmarkId) {
        let Some(landmark) = self.document().landmark(id) else { return };
        let places = landmark.at.map(|mark| mark.map(|mark| mark.at));
        self.view.selection = Some(id);
        self.view.chosen = None;
        if self.is_linked() {
            let marked = Side::BOTH.into_iter().find(|side| places[*side].is_some());
            if let Some((side, at)) = marked.and_then(|side| Some((side, places[side]?))) {
                self.move_camera(side, |_| (at, 1.0));
            }
        } else {
            for side in Side::BOTH {
                if let Some(at) = places[side] {
                    self.move_camera(side, |_| (at, 1.0));
                }
            }
        }
    }

    /// The name the next new landmark gets: the one the user chose while it is unused, else the
    /// next of the recipe.
    #[must_use]
    pub fn next_landmark_name(&self) -> String {
        let chosen = self.view.chosen.as_ref();
        let unused = chosen.filter(|name| self.document().landmark_named(name).is_none());
        unused.cloned().unwrap_or_else(|| self.document().next_landmark_name())
    }

    /// The landmark that waits for its mark on a side while the other has one: the selected one
    /// first, unless the user chose another to mark.
    #[must_use]
    pub fn waiting_landmark(&self, side: Side) -> Option<LandmarkId> {
        let document = self.document();
        let chosen = self.view.chosen.as_ref();
        if chosen.is_some_and(|name| document.landmark_named(name).is_none()) {
            return None;
        }
        let waits = |id: LandmarkId| {
            let landmark = document.landmark(id)?;
            (landmark.at[side].is_none() && landmark.at[side.other()].is_some()).then_some(id)
        };
        let selected = self.selection().and_then(waits);
        selected.or_else(|| document.landmarks.iter().find_map(|landmark| waits(landmark.id)))
    }
}
