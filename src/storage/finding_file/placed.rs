//! Where findings stand on both pictures: as drawn, or taken across by the fit.

use crate::{
    document::{Arrangement, Document, Finding, Footing, FrameChoice, Side, Source},
    geometry::{ImagePoint, Shape},
};

/// A finding on one side's picture.
#[derive(Clone, Debug)]
pub(super) struct Placed<'a> {
    pub(super) finding: &'a Finding,
    /// From 1, in the document's order.
    pub(super) number: usize,
    /// Its outline in that side's pixels.
    pub(super) shape: Shape,
    /// Whether it was drawn on the other side and taken across by the fit.
    pub(super) is_mapped: bool,
}

/// All findings of a document on both pictures.
pub(super) struct Places<'a> {
    document: &'a Document,
    /// `None` while the sides are not aligned.
    arrangement: Option<Arrangement>,
}

impl<'a> Places<'a> {
    pub(super) fn of(document: &'a Document) -> Self {
        let arrangement = Arrangement::of(document, FrameChoice::AGrid)
            .filter(|arrangement| arrangement.registration.footing != Footing::NotAligned);
        Self { document, arrangement }
    }

    /// Every finding that has a place on `side`, whoever it belongs to.
    pub(super) fn everywhere(&self, side: Side) -> Vec<Placed<'a>> {
        let placed = |(number, finding): (usize, &'a Finding)| {
            let shape = self.shape(finding, side)?;
            Some(Placed { finding, number, shape, is_mapped: finding.on != side })
        };
        (1..).zip(&self.document.findings).filter_map(placed).collect()
    }

    /// The findings that belong to `side`. One that has no place on any side it belongs to stands
    /// on the side it was drawn on, so that none is lost.
    pub(super) fn own(&self, side: Side) -> Vec<Placed<'a>> {
        let mut placed = self.everywhere(side);
        placed.retain(|Placed { finding, .. }| {
            let is_homeless = || {
                let mut homes = Side::BOTH.into_iter().filter(|side| finding.belongs.holds(*side));
                homes.all(|home| self.shape(finding, home).is_none())
            };
            finding.belongs.holds(side) || is_homeless()
        });
        placed
    }

    /// The outline of a finding in a side's pixels; `None` where the fit does not say or says that
    /// it lies outside the picture.
    pub(super) fn shape(&self, finding: &Finding, side: Side) -> Option<Shape> {
        if finding.on == side {
            return Some(finding.shape.clone());
        }
        let arrangement = self.arrangement.as_ref()?;
        let source = self.document.sources[side].as_ref()?;
        let shape = across(arrangement, finding);
        is_on(&shape, source).then_some(shape)
    }
}

/// A finding's outline on the side it was not drawn on. Rectangles and ellipses stay what they are
/// where the map keeps them upright, and become polygons elsewhere.
fn across(arrangement: &Arrangement, finding: &Finding) -> Shape {
    // In the frame of A's grid this is B's map from A's pixels.
    let map = &arrangement.from_frame.b;
    let keeps_upright = map.matrix().is_some_and(|[[xx, xy, _], [yx, yy, _]]| {
        let least = 1e-9 * xx.min(yy);
        xx > 0.0 && yy > 0.0 && xy.abs() <= least && yx.abs() <= least
    });
    let place = |at: ImagePoint| arrangement.across(finding.on, at);
    let all = |points: Vec<ImagePoint>| points.into_iter().map(place).collect();
    match &finding.shape {
        Shape::Box(_) | Shape::Ellipse(_) if keeps_upright => finding.shape.with_points(place),
        Shape::Box(_) | Shape::Polygon(_) if map.is_affine() => {
            Shape::Polygon(all(finding.shape.corners()))
        }
        Shape::Box(_) | Shape::Polygon(_) | Shape::Ellipse(_) => {
            Shape::Polygon(all(finding.shape.path()))
        }
        Shape::Pin(_) | Shape::Stroke(_) | Shape::Arrow(..) => finding.shape.with_points(place),
    }
}

/// Whether an outline touches the picture and does not leave it by more than its size: a bending map
/// may throw a place anywhere.
fn is_on(shape: &Shape, source: &Source) -> bool {
    let (bounds, area) = (shape.bounds(), source.area());
    let (width, height) = (area.width(), area.height());
    let is_near = shape.corners().iter().all(|at| {
        (-width..=2.0 * width).contains(&at.x) && (-height..=2.0 * height).contains(&at.y)
    });
    let touches = bounds.max.x >= 0.0
        && bounds.max.y >= 0.0
        && bounds.min.x <= width
        && bounds.min.y <= height;
    is_near && touches
}

/// The corners of a closed outline as a polygon has them.
pub(super) fn outline(shape: &Shape) -> Vec<ImagePoint> {
    match shape {
        Shape::Ellipse(_) => shape.path(),
        _ => shape.corners(),
    }
}
