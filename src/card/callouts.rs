//! Panels with numbered findings: numbers stand beside the pictures, so that they hide nothing, and are
//! joined to their spots by lines that do not cross.

use super::{
    LayoutError,
    composer::{BLOCK_GAP, Composer, GAP, f64_of, whole},
    layout::{above, aspect_of},
    leaders::{Leader, leaders},
    legend::{Listed, PILL, number_text},
    scene::{CardRect, Item, ItemKind, Line},
};
use crate::{
    document::{Finding, PerSide, Side},
    geometry::{Frame, Rect},
};

/// A panel is at least this many times as tall as it is wide, or findings give way to it.
const MIN_PANEL_ASPECT: f64 = 0.8;
/// The share of a wide card that the legend takes.
const LEGEND_SHARE: f64 = 0.34;
/// Between numbers and a panel.
const PILL_ROOM: f64 = 10.0;
/// Between two numbers.
const PILL_STEP: f64 = 8.0;
/// The height of a line that says how many more there are.
const MORE_HEIGHT: f64 = 40.0;

impl Composer<'_> {
    /// The layout of panels with numbered findings and a legend.
    pub(super) fn callouts(&mut self, area: CardRect) -> Result<(), LayoutError> {
        let crop = self.arrangement.crop(self.document, self.arrangement.crop_aspect(self.document));
        let crop = crop.ok_or(LayoutError::NothingInCommon)?;
        let listed = self.listed(&crop);
        if listed.iter().all(|(_, all)| all.is_empty()) {
            return self.diptych(area);
        }
        if self.is_wide() { self.callouts_beside(area, listed) } else { self.callouts_below(area, listed) }
    }

    /// Numbers above and below the panels, the legend under each.
    fn callouts_below(&mut self, area: CardRect, mut listed: Listed<'_>) -> Result<(), LayoutError> {
        let column = self.column(area.width)?;
        let least = self.px(super::composer::BADGE)
            + 2 * self.gutter(false)
            + whole(f64_of(column) * MIN_PANEL_ASPECT);
        let most = f64_of(column) / self.px(PILL.0 + PILL_STEP).max(1) as f64;
        let n_all = listed.a.len() + listed.b.len();
        loop {
            let heights = listed.as_ref().map(|all| self.legend_height(all, column));
            let n_more = n_all - listed.a.len() - listed.b.len();
            let more = if n_more > 0 { self.px(MORE_HEIGHT) } else { 0 };
            let legend = heights.a.max(heights.b) + self.px(BLOCK_GAP) / 2;
            let has_room = area.height >= least + legend + more;
            let is_too_many =
                listed.iter().any(|(_, all)| f64_of(all.len()) > 2.0 * most.floor());
            if (!has_room || is_too_many) && drop_least(&mut listed) {
                continue;
            }
            let panels = above(area, legend + more)?;
            let bottom = self.called_panels(panels, &listed, false)?;
            for (side, x) in [(Side::A, area.x), (Side::B, area.right() - column)] {
                let rect = CardRect { x, y: bottom, width: column, height: area.bottom() - bottom };
                self.legend(side, &listed[side], rect);
            }
            return if n_more > 0 { self.says_more(n_more, area) } else { Ok(()) };
        }
    }

    /// Numbers at the left and right of the panels, the legend beside both.
    fn callouts_beside(&mut self, area: CardRect, mut listed: Listed<'_>) -> Result<(), LayoutError> {
        let width = whole(f64_of(area.width) * LEGEND_SHARE);
        let panels = CardRect { width: area.width - width - self.px(GAP), ..area };
        let n_all = listed.a.len() + listed.b.len();
        loop {
            let heights = listed.as_ref().map(|all| self.legend_height(all, width));
            let n_more = n_all - listed.a.len() - listed.b.len();
            let more = if n_more > 0 { self.px(MORE_HEIGHT) } else { 0 };
            let gap = self.px(BLOCK_GAP);
            let has_room = area.height >= heights.a + heights.b + gap + more;
            if !has_room && drop_least(&mut listed) {
                continue;
            }
            self.called_panels(panels, &listed, true)?;
            let x = area.right() - width;
            let first = CardRect { x, width, ..area };
            self.legend(Side::A, &listed.a, first);
            let y = area.y + heights.a + gap;
            let second = CardRect { y, height: area.bottom().saturating_sub(y), ..first };
            self.legend(Side::B, &listed.b, second);
            return if n_more > 0 { self.says_more(n_more, first) } else { Ok(()) };
        }
    }

    /// What numbers take beside a panel.
    fn gutter(&self, is_beside: bool) -> usize {
        self.px(if is_beside { PILL.0 } else { PILL.1 } + PILL_ROOM)
    }

    /// Adds labels, panels and their callouts; returns the first row below.
    fn called_panels(
        &mut self,
        area: CardRect,
        listed: &Listed<'_>,
        is_beside: bool,
    ) -> Result<usize, LayoutError> {
        let gutter = self.gutter(is_beside);
        let places = self.side_places(area, None)?;
        let shrunk = |rect: CardRect| {
            let (dx, dy) = if is_beside { (gutter, 0) } else { (0, gutter) };
            let width = rect.width.checked_sub(2 * dx).filter(|width| *width > 0)?;
            let height = rect.height.checked_sub(2 * dy).filter(|height| *height > 0)?;
            Some(CardRect { x: rect.x + dx, y: rect.y + dy, width, height })
        };
        let rects = places.rects.map(shrunk).both().ok_or(LayoutError::TooSmall)?;
        self.panels(&rects)?;
        for (side, rect) in rects.iter() {
            self.callouts_of(side, &listed[side], *rect, is_beside)?;
        }
        Ok(places.bottom)
    }

    fn callouts_of(
        &mut self,
        side: Side,
        all: &[&Finding],
        rect: CardRect,
        is_beside: bool,
    ) -> Result<(), LayoutError> {
        let crop = self.arrangement.crop(self.document, aspect_of(rect));
        let crop = crop.ok_or(LayoutError::NothingInCommon)?;
        let outlines: Vec<Line> =
            all.iter().map(|finding| self.outline(finding, &crop, rect)).collect();
        let pill = (self.px(PILL.0), self.px(PILL.1));
        let (room, step) = (self.px(PILL_ROOM), self.px(PILL_STEP));
        let placed = leaders(&outlines, rect, is_beside, (pill, room, step));
        for (idx, (leader, outline)) in placed.into_iter().zip(outlines).enumerate() {
            let Leader { pill, from, to } = leader;
            let line = Line { points: vec![from, to], is_closed: false };
            let style = Some(self.pill_style());
            self.items.push(Item {
                kind: ItemKind::Callout,
                side: Some(side),
                rect: pill,
                text: number_text(side, idx + 1),
                style,
                view: None,
                lines: vec![outline, line],
            });
        }
        Ok(())
    }

    /// A finding's path on a panel, in card pixels; what lies beyond the panel is drawn at its edge.
    fn outline(&self, finding: &Finding, crop: &Rect<Frame>, rect: CardRect) -> Line {
        let scale = f64_of(rect.width) / crop.width();
        let (x, y) = (f64_of(rect.x), f64_of(rect.y));
        let place = |at| {
            let at = self.arrangement.from_frame[finding.on].unapply(at);
            let across = (scale * (at.x - crop.min.x)).clamp(0.0, f64_of(rect.width));
            let down = (scale * (at.y - crop.min.y)).clamp(0.0, f64_of(rect.height));
            (x + across, y + down)
        };
        let points = finding.shape.path().into_iter().map(place).collect();
        Line { points, is_closed: finding.shape.is_closed() }
    }
}

/// Drops the least severe finding of the longer list, the last of these; false when there is none.
fn drop_least(listed: &mut PerSide<Vec<&Finding>>) -> bool {
    let longer = if listed.b.len() > listed.a.len() { &mut listed.b } else { &mut listed.a };
    let least = longer.iter().enumerate().min_by_key(|(idx, finding)| {
        (finding.severity, std::cmp::Reverse(*idx))
    });
    match least.map(|(idx, _)| idx) {
        Some(idx) => {
            longer.remove(idx);
            true
        }
        None => false,
    }
}
