//! Loupes: new ones, other widths, one of them large.

use super::{
    Session,
    camera::{Camera, loupe_camera, map_of},
    offset::{Scale, pixels_of_b},
    view::ViewState,
};
use crate::{
    document::{Arrangement, Edit, LoupeId, LoupeSpot, PerSide, Side},
    geometry::ImagePoint,
    raster::View,
};

/// Widths of a loupe's region, in A pixels.
const WIDTHS: std::ops::RangeInclusive<f64> = 2.0..=100_000.0;

/// New loupes across what both sides cover, while blind.
const BLIND_LOUPES_ACROSS: f64 = 16.0;

impl Session {
    /// The enlarged loupe, if it still stands.
    #[must_use]
    pub fn enlarged(&self) -> Option<LoupeId> {
        let (id, _) = self.view().enlarged?;
        self.loupe_spots().iter().any(|(other, _)| *other == id).then_some(id)
    }

    /// Where a loupe lies in A's pixels; `None` while it does not stand.
    #[must_use]
    pub fn loupe_spot(&self, id: LoupeId) -> Option<&LoupeSpot> {
        self.loupe_spots().iter().find(|(other, _)| *other == id).map(|(_, spot)| spot)
    }

    /// The loupes that stand, by name.
    #[must_use]
    pub fn named_loupe_spots(&self) -> Vec<(String, LoupeSpot)> {
        let named = |(id, spot): &(LoupeId, LoupeSpot)| {
            Some((self.document().loupe(*id)?.name.clone(), *spot))
        };
        self.loupe_spots().iter().filter_map(named).collect()
    }

    /// The loupe of a name, however it is capitalized.
    ///
    /// # Errors
    /// One sentence: that there is none, and which there are.
    pub fn loupe_spot_named(&self, name: &str) -> Result<(String, LoupeSpot), String> {
        let spots = self.named_loupe_spots();
        let is_it = |found: &str| found.to_lowercase() == name.to_lowercase();
        if let Some(found) = spots.iter().find(|(found, _)| is_it(found)) {
            return Ok(found.clone());
        }
        let names: Vec<&str> = spots.iter().map(|(name, _)| name.as_str()).collect();
        Err(match names.as_slice() {
            [] => "it has no loupe until its sides are aligned".into(),
            names => format!("it has no loupe {name}; choose from: {}", names.join(", ")),
        })
    }

    /// What lies under a position of a side's picture, as wide as a loupe shows at `magnification`;
    /// `None` while the sides are not linked.
    #[must_use]
    pub fn spot_at(&self, side: Side, at: ImagePoint, magnification: f64) -> Option<LoupeSpot> {
        let arrangement = self.linked_arrangement()?;
        let in_frame = arrangement.from_frame[side].unapply(at);
        let center = arrangement.from_frame.a.apply(in_frame);
        #[expect(clippy::cast_precision_loss, reason = "screen pixels")]
        let width = if arrangement.is_blind {
            // A magnification would tell how large A's pixels are.
            arrangement.common_bounds().width() / BLIND_LOUPES_ACROSS
        } else {
            self.view().loupe_half().0.max(1) as f64 / magnification
        };
        Some(LoupeSpot { center, width })
    }

    /// The edit that adds a loupe there; `None` while loupes do not stand.
    #[must_use]
    pub fn new_loupe(&self, spot: &LoupeSpot) -> Option<Edit> {
        let document = self.document();
        let place =
            self.linked_arrangement()?.new_loupe_place(document, spot.center, spot.width)?;
        let is_taken = |name: &String| document.loupes.iter().any(|loupe| loupe.name == *name);
        let mut names = (1_u32..).map(|n| format!("Loupe {n}"));
        let name = names.find(|name| !is_taken(name))?;
        Some(Edit::AddLoupe { name, place, after: None })
    }

    /// The edit that adds a loupe like another one, beside it.
    #[must_use]
    pub fn copied_loupe(&self, id: LoupeId) -> Option<Edit> {
        let loupe = self.document().loupe(id)?;
        let (name, place) = (format!("{} copy", loupe.name), loupe.place.clone());
        Some(Edit::AddLoupe { name, place, after: Some(id) })
    }

    /// The edit that moves a loupe one place along the strip.
    #[must_use]
    pub fn shifted_loupe(&self, id: LoupeId, is_forward: bool) -> Option<Edit> {
        let spots = self.loupe_spots();
        let idx = spots.iter().position(|(other, _)| *other == id)?;
        let at = |idx: usize| spots.get(idx).map(|(id, _)| *id);
        let before = if is_forward {
            at(idx + 1)?;
            at(idx + 2)
        } else {
            Some(at(idx.checked_sub(1)?)?)
        };
        Some(Edit::MoveLoupe { id, before })
    }

    /// The edit that gives a loupe's region this width, in A pixels.
    #[must_use]
    pub fn widened_loupe(&self, id: LoupeId, width: f64) -> Option<Edit> {
        let spot = self.loupe_spot(id)?;
        let factor = width.clamp(*WIDTHS.start(), *WIDTHS.end()) / spot.width;
        let place = self.document().loupe(id)?.place.widened(factor);
        Some(Edit::PlaceLoupe { id, place })
    }

    pub(super) fn enlarge(&mut self, id: Option<LoupeId>) {
        let Some(id) = id else {
            if let Some((_, camera)) = self.view.enlarged.take() {
                self.view.linked = camera;
            }
            return;
        };
        let Some((arrangement, spot)) = self.linked_arrangement().zip(self.loupe_spot(id)) else {
            return;
        };
        let panes = Side::BOTH.map(|side| self.view().pane_size(side));
        let pane = (panes[0].0.min(panes[1].0), panes[0].1.min(panes[1].1));
        // A loupe is square.
        let least = pane.0.min(pane.1);
        let camera = loupe_camera(arrangement, spot, (least, least));
        let before = self.view.enlarged.map_or(self.view.linked, |(_, before)| before);
        self.view.enlarged = Some((id, before));
        self.view.linked = Some(camera);
    }
}

/// What the two halves of a loupe show when each has this many physical pixels: the spot in the
/// middle at one face scale, through one kernel.
#[must_use]
pub fn loupe_views(
    view: &ViewState,
    arrangement: &Arrangement,
    spot: &LoupeSpot,
    half: (usize, usize),
) -> PerSide<View> {
    let camera = loupe_camera(arrangement, spot, half);
    let kernel = view.kernel(camera.magnification, arrangement.is_blind);
    PerSide::from_fn(|side| {
        let is_equal = side == Side::B && view.scale_of(arrangement) == Scale::EqualPixels;
        let share = if is_equal { pixels_of_b(arrangement, camera.center) } else { 1.0 };
        let own = Camera { magnification: camera.magnification * share, ..camera };
        let frame_from_output = map_of(&own, half);
        let source_from_output = arrangement.from_frame[side].after(frame_from_output);
        let least_span = arrangement.least_spans[side];
        let region = arrangement.seen_region(&frame_from_output);
        View { least_span, region, ..View::new(source_from_output, kernel, half) }
    })
}
