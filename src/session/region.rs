//! A region whose colours are read: drawn on one side, mapped to the other, measured on both.

use std::sync::Arc;

use super::{
    Session,
    job::{Handle, Job, JobId, Outcome, Work},
    update::JobKind,
};
use crate::{
    document::{PerSide, Side},
    geometry::{ImagePoint, Shape},
    measure::{RegionValues, region_values},
    raster::Picture,
};

/// An area of the face.
#[derive(Clone, Debug, PartialEq)]
pub struct Region {
    /// The side it was drawn on.
    pub side: Side,
    /// Where, in that side's pixels.
    pub shape: Shape,
}

/// What the values depend on.
#[derive(Clone, Debug, PartialEq)]
struct Stamp {
    region: Region,
    revision: u64,
    is_loaded: PerSide<bool>,
}

/// The values of both sides; `None` of a side that is not loaded or has no pixel there.
pub type Values = PerSide<Option<RegionValues>>;

/// The values known, and those being read.
#[derive(Default)]
pub(super) struct Reading {
    wanted: Option<Stamp>,
    job: Option<JobId>,
    values: Option<Values>,
}

/// What is read of one side: its picture and the region's outline on it.
#[derive(Clone, Debug)]
pub struct Outlined {
    /// The picture.
    pub picture: Arc<Picture>,
    /// The outline, in its pixels.
    pub path: Vec<ImagePoint>,
}

impl Session {
    /// A spot of a side on the other one; `None` while the sides are not linked.
    #[must_use]
    pub fn across(&self, side: Side, at: ImagePoint) -> Option<ImagePoint> {
        Some(self.linked_arrangement()?.across(side, at))
    }

    /// A shape's outline on a side: as it was drawn on its own one, mapped point by point on the
    /// other; `None` there while the sides are not linked.
    #[must_use]
    pub fn path_on(&self, drawn_on: Side, shape: &Shape, side: Side) -> Option<Vec<ImagePoint>> {
        let path = shape.path();
        if drawn_on == side {
            return Some(path);
        }
        path.into_iter().map(|at| self.across(drawn_on, at)).collect()
    }

    /// What the region's pixels are on both sides; `None` without a region or while it is read.
    #[must_use]
    pub fn values(&self) -> Option<&Values> {
        self.view.region.as_ref()?;
        self.reading.values.as_ref()
    }

    /// A job that reads the region anew when it, the fit or a picture changed.
    pub(super) fn read_region(&mut self) -> Vec<Job> {
        let is_loaded = PerSide::from_fn(|side| self.loaded(side).is_some());
        let stamp = self.view.region.clone().map(|region| Stamp {
            region,
            revision: self.revision(),
            is_loaded,
        });
        if self.reading.wanted == stamp {
            return Vec::new();
        }
        let last = self.reading.job.take();
        self.cancel_where(|job| Some(job.id) == last);
        self.reading.wanted.clone_from(&stamp);
        let Some(Stamp { region, .. }) = stamp else { return Vec::new() };
        let outlined = PerSide::from_fn(|side| {
            let picture = Arc::clone(&self.loaded(side)?.picture);
            Some(Outlined { picture, path: self.path_on(region.side, &region.shape, side)? })
        });
        let job = self.job(JobKind::default(), Work::ReadRegion(outlined));
        self.reading.job = Some(job.id);
        vec![job]
    }

    pub(super) fn region_read(&mut self, id: JobId, values: Values) {
        if self.reading.job == Some(id) {
            self.reading.values = Some(values);
            self.assets.touch();
        }
    }
}

/// Reads both sides.
pub(super) fn run(handle: &Handle, outlined: &PerSide<Option<Outlined>>) -> Outcome {
    let read = |of: &Option<Outlined>| {
        let Outlined { picture, path } = of.as_ref()?;
        region_values(picture, path, &|| handle.is_cancelled())
    };
    Outcome::RegionRead(Box::new(outlined.as_ref().map(read)))
}
