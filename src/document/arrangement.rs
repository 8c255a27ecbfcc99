//! Where both sides lie in the face frame, whatever their relation rests on.

use super::{
    Document, FacePose, Footing, Loupe, LoupeId, LoupePlace, LoupeSpot, PerSide, Registration,
    Side, Source,
};
use crate::geometry::{
    ConvexRegion, Frame, FramePoint, Image, ImagePoint, Output, Point, Rect, Similarity, Warp,
};

/// Whose pixels the face frame follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FrameChoice {
    /// A's pixel grid: A is shown unrolled. A blind document has the level frame instead.
    AGrid,
    /// Upright on the face: along the recipe's axis where it is known, else half-way between the
    /// two sides' rolls, so that neither side is favoured. One frame pixel is one A pixel.
    Level,
}

/// Pixels of the coarser side that are left out along what both sides cover, while blind.
const EDGE_PIXELS: f64 = 1.0;

/// Both sides in one face frame.
#[derive(Clone, Debug, PartialEq)]
pub struct Arrangement {
    /// The relation it was made from.
    pub registration: Registration,
    /// The face's axes, where enough recipe landmarks are marked.
    pub pose: Option<FacePose>,
    /// Takes frame positions to each side's pixels.
    pub from_frame: PerSide<Warp<Frame>>,
    /// Source pixels of each side that views of it span at the least: over 1 on the finer side
    /// while resolutions are matched, else 0.
    pub least_spans: PerSide<f64>,
    /// Whether which side is which is hidden; see [`Arrangement::seen_region`].
    pub is_blind: bool,
    areas: PerSide<Rect<Image>>,
}

impl Arrangement {
    /// The arrangement of `document` in the chosen frame; `None` until both sides have a picture.
    #[must_use]
    pub fn of(document: &Document, choice: FrameChoice) -> Option<Self> {
        let sources = document.both_sources()?;
        let registration = Registration::of(document);
        let is_aligned = registration.footing != Footing::NotAligned;
        let pose = is_aligned.then(|| FacePose::of(document, &registration)).flatten();
        let is_level = choice == FrameChoice::Level || document.is_blind();
        let a_from_frame = if is_level && is_aligned {
            level(&registration, pose.as_ref(), sources.a)
        } else {
            Similarity::identity()
        };
        let b_from_a = if is_aligned {
            registration.b_from_a.clone()
        } else {
            Warp::from(side_by_side(sources))
        };
        let from_frame = PerSide::new(Warp::from(a_from_frame), b_from_a.after(a_from_frame));
        let areas = sources.map(Source::area);
        let least_spans = least_spans(document, &registration);
        let is_blind = document.is_blind();
        Some(Self { registration, pose, from_frame, least_spans, is_blind, areas })
    }

    /// The side that is seen more coarsely than it is, while resolutions are matched.
    #[must_use]
    pub fn matched_side(&self) -> Option<Side> {
        Side::BOTH.into_iter().find(|side| self.least_spans[*side] > 1.0)
    }

    /// This arrangement, or one that leaves both sides where `before` had them when the landmarks
    /// cannot be fitted now and could be then: a slip while marking should not tear the panes apart.
    /// The fault stays and there are no figures.
    #[must_use]
    pub fn or_kept(self, before: &Self) -> Self {
        let was_fitted = before.registration.footing == Footing::Fitted;
        if self.registration.fault.is_none() || !was_fitted || self.areas != before.areas {
            return self;
        }
        let registration = Registration {
            footing: Footing::Fitted,
            model: before.registration.model,
            smoothing: before.registration.smoothing,
            b_from_a: before.registration.b_from_a.clone(),
            a_from_b: before.registration.a_from_b,
            ..self.registration
        };
        let (pose, from_frame) = (before.pose, before.from_frame.clone());
        Self { registration, pose, from_frame, least_spans: before.least_spans, ..self }
    }

    /// What both sides cover, as a convex region of the frame.
    #[must_use]
    pub fn common_region(&self) -> ConvexRegion<Frame> {
        self.from_frame.iter().fold(ConvexRegion::everywhere(), |region, (side, map)| {
            region.within(&map.source_edges(&self.areas[side]))
        })
    }

    /// Where views of both sides are seen while it is hidden which is which: what both cover, without
    /// the last source pixels, so that neither picture's edge or shape tells. `None` while nothing is
    /// hidden and all of each side is seen.
    #[must_use]
    pub fn seen_region(
        &self,
        frame_from_output: &Similarity<Frame, Output>,
    ) -> Option<ConvexRegion<Output>> {
        let middle = self.common_bounds().center();
        let pixel = |side: Side| 1.0 / self.from_frame[side].scale_near(middle);
        let edge = EDGE_PIXELS * pixel(Side::A).max(pixel(Side::B));
        self.is_blind.then(|| self.common_region().shrunk(edge).seen_through(frame_from_output))
    }

    /// The smallest upright rectangle of the frame that holds both pictures whole.
    #[must_use]
    pub fn bounds(&self) -> Rect<Frame> {
        let bounds =
            PerSide::from_fn(|side| self.from_frame[side].source_bounds(&self.areas[side]));
        bounds.a.union(&bounds.b)
    }

    /// The upright rectangle of A pixels round what both sides cover.
    fn common_area(&self) -> Rect<Image> {
        // A's frame is a similarity of its pixels, so an upright rectangle of A is what is asked.
        let frame_from_a = self.a_from_frame().inverse();
        let b_from_a = self.from_frame.b.after(frame_from_a);
        self.areas.a.intersect(&b_from_a.source_bounds(&self.areas.b))
    }

    /// The upright rectangle of the frame round what both sides cover.
    #[must_use]
    pub fn common_bounds(&self) -> Rect<Frame> {
        let bounds =
            PerSide::from_fn(|side| self.from_frame[side].source_bounds(&self.areas[side]));
        let common = bounds.a.intersect(&bounds.b);
        if common.is_empty() { self.bounds() } else { common }
    }

    /// The loupes that stand, with their place in A's pixels, in the order of the strip; none
    /// while the sides are not aligned by the model asked for.
    #[must_use]
    pub fn loupes(&self, document: &Document) -> Vec<(LoupeId, LoupeSpot)> {
        if !self.registration.is_linked(document.model) {
            return Vec::new();
        }
        let area = self.common_area();
        document
            .loupes
            .iter()
            .filter_map(|loupe| {
                let spot = loupe.spot(document, &self.registration, self.pose.as_ref(), &area)?;
                Some((loupe.id, spot))
            })
            .collect()
    }

    /// The place of a new loupe with its middle at `center` and a region `width` wide, both in A
    /// pixels: held by the nearest landmark that is marked on both sides, or by the common area
    /// while the face's pose is unknown. `None` while loupes do not stand.
    #[must_use]
    pub fn new_loupe_place(
        &self,
        document: &Document,
        center: ImagePoint,
        width: f64,
    ) -> Option<LoupePlace> {
        let (pose, area) = (self.pose.as_ref(), self.common_area());
        let place = match pose {
            Some(pose) => {
                let pairs = document.landmarks.iter().filter_map(|l| Some((l, l.pair()?.0)));
                let distance = |at: ImagePoint| at.distance(center);
                let nearest =
                    pairs.min_by(|p, q| distance(p.1).total_cmp(&distance(q.1))).map(|p| p.0)?;
                let near = vec![nearest.name.clone()];
                LoupePlace::Face { near, offset: (0.0, 0.0), width: width / pose.unit }
            }
            None => LoupePlace::Area { middle: (0.5, 0.5), width: width / area.width() },
        };
        let loupe = Loupe { id: LoupeId(0), name: String::new(), place };
        loupe.place_at(center, document, &self.registration, pose, &area)
    }

    /// The place that puts the loupe's middle at `center`, in A pixels; `None` for a loupe that
    /// does not stand.
    #[must_use]
    pub fn loupe_place_at(
        &self,
        document: &Document,
        id: LoupeId,
        center: ImagePoint,
    ) -> Option<LoupePlace> {
        let loupe = document.loupe(id)?;
        let (pose, area) = (self.pose.as_ref(), self.common_area());
        loupe.place_at(center, document, &self.registration, pose, &area)
    }

    /// Where a spot of A lies in the frame.
    #[must_use]
    pub fn frame_point(&self, a: ImagePoint) -> FramePoint {
        self.from_frame.a.unapply(a)
    }

    /// A side's picture, in its pixels.
    #[must_use]
    pub fn area(&self, side: Side) -> Rect<Image> {
        self.areas[side]
    }

    /// Whether a spot lies on a side's picture, its edge included.
    #[must_use]
    pub fn holds(&self, side: Side, at: ImagePoint) -> bool {
        let Rect { min, max } = self.areas[side];
        (min.x..=max.x).contains(&at.x) && (min.y..=max.y).contains(&at.y)
    }

    /// Where a spot of a side lies on the other one.
    #[must_use]
    pub fn across(&self, side: Side, at: ImagePoint) -> ImagePoint {
        self.from_frame[side.other()].apply(self.from_frame[side].unapply(at))
    }

    /// Takes frame positions to A's pixels; A is never warped.
    #[must_use]
    pub fn a_from_frame(&self) -> Similarity<Image, Frame> {
        self.from_frame.a.similarity_near(Point::new(0.0, 0.0))
    }
}

/// Upright on the face axis, or half-way between both sides' rolls; one frame pixel is one A pixel
/// and the middle of A stays where it is.
fn level(
    registration: &Registration,
    pose: Option<&FacePose>,
    a: &Source,
) -> Similarity<Image, Frame> {
    let roll = pose.map_or_else(|| registration.a_from_b.roll() / 2.0, |pose| pose.roll);
    if roll == 0.0 {
        return Similarity::identity();
    }
    let center = a.area().center();
    Similarity::about(1.0, roll, Point::new(center.x, center.y), center)
}

/// `b_from_a` of pictures that are not aligned: middles on one spot, heights made equal.
fn side_by_side(sources: PerSide<&Source>) -> Similarity<Image, Image> {
    let (a, b) = (sources.a.area(), sources.b.area());
    Similarity::about(b.height() / a.height(), 0.0, a.center(), b.center())
}

/// See [`Arrangement::least_spans`].
fn least_spans(document: &Document, registration: &Registration) -> PerSide<f64> {
    let matches = document.matches_resolution || document.is_blind();
    if !matches || registration.footing == Footing::NotAligned {
        return PerSide::default();
    }
    // A pixels a B pixel: below 1 where B is the finer one.
    let scale = registration.a_from_b.scale();
    let least = |span: f64| if span > 1.0 { span } else { 0.0 };
    PerSide::new(least(scale), least(1.0 / scale))
}
