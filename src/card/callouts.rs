//! Panels with numbered findings: numbers stand above and below the pictures, so that they hide nothing, and are
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
        let crop =
            self.arrangement.crop(self.document, self.arrangement.crop_aspect(self.document));
        let crop = crop.ok_or(LayoutError::NothingInCommon)?;
        let listed = self.listed(&crop);
        if listed.iter().all(|(_, all)| all.is_empty()) {
            return self.diptych(area);
        }
        if self.is_wide() {
            self.callouts_beside(area, listed)
        } else {
            self.callouts_below(area, listed)
        }
    }

    /// Each side's legend under its panel.
    fn callouts_below(
        &mut self,
        area: CardRect,
        mut listed: Listed<'_>,
    ) -> Result<(), LayoutError> {
        let column = self.column(area.width)?;
        let head = self.labels_height(column) + 2 * self.gutter();
        let least = head + whole(f64_of(column) * MIN_PANEL_ASPECT);
        let gap = self.px(BLOCK_GAP) / 2;
        let n_all = listed.a.len() + listed.b.len();
        loop {
            let heights = listed.as_ref().map(|all| self.legend_height(all, column));
            let (n_more, more) = self.more(n_all, &listed);
            let legend = heights.a.max(heights.b) + gap + more;
            let has_room = area.height >= least + legend;
            if (!has_room || self.is_crowded(&listed, column)) && drop_least(&mut listed) {
                continue;
            }
            let room = area.height.checked_sub(legend).ok_or(LayoutError::TooSmall)?;
            let panel =
                self.panel_height(column, room.checked_sub(head).ok_or(LayoutError::TooSmall)?);
            // What panels do not need is shared out.
            let share = (room - head - panel) / 3;
            let panels = CardRect { y: area.y + share, height: head + panel, ..area };
            let bottom = self.called_panels(panels, &listed)? + share;
            for (side, x) in [(Side::A, area.x), (Side::B, area.right() - column)] {
                let rect = CardRect { x, y: bottom, width: column, height: area.bottom() - bottom };
                self.legend(side, &listed[side], rect);
            }
            return self.says_more(n_more, area);
        }
    }

    /// Both legends beside the panels.
    fn callouts_beside(
        &mut self,
        area: CardRect,
        mut listed: Listed<'_>,
    ) -> Result<(), LayoutError> {
        let width = whole(f64_of(area.width) * LEGEND_SHARE);
        let panels = CardRect { width: area.width - width - self.px(GAP), ..area };
        let column = self.column(panels.width)?;
        let n_all = listed.a.len() + listed.b.len();
        loop {
            let heights = listed.as_ref().map(|all| self.legend_height(all, width));
            let (n_more, more) = self.more(n_all, &listed);
            let gap = self.px(BLOCK_GAP);
            let has_room = area.height >= heights.a + heights.b + gap + more;
            if (!has_room || self.is_crowded(&listed, column)) && drop_least(&mut listed) {
                continue;
            }
            self.called_panels(panels, &listed)?;
            let first = CardRect { x: area.right() - width, width, ..area };
            self.legend(Side::A, &listed.a, first);
            let y = area.y + heights.a + gap;
            let second = CardRect { y, height: area.bottom().saturating_sub(y), ..first };
            self.legend(Side::B, &listed.b, second);
            return self.says_more(n_more, first);
        }
    }

    /// How many findings have no room, and the height of saying so.
    fn more(&self, n_all: usize, listed: &Listed<'_>) -> (usize, usize) {
        let n_more = n_all - listed.a.len() - listed.b.len();
        (n_more, if n_more > 0 { self.px(MORE_HEIGHT) } else { 0 })
    }

    /// Whether a side has more numbers than stand above and below a panel.
    fn is_crowded(&self, listed: &Listed<'_>, column: usize) -> bool {
        let most = 2 * (column / self.px(PILL.0 + PILL_STEP).max(1));
        listed.iter().any(|(_, all)| all.len() > most)
    }

    /// What numbers take above or below a panel.
    fn gutter(&self) -> usize {
        self.px(PILL.1 + PILL_ROOM)
    }

    /// Adds labels, panels and their callouts; returns the first row below.
    fn called_panels(&mut self, area: CardRect, listed: &Listed<'_>) -> Result<usize, LayoutError> {
        let gutter = self.gutter();
        let places = self.side_places(above(area, 2 * gutter)?, None)?;
        let rects = places.rects.map(|rect| CardRect { y: rect.y + gutter, ..rect });
        self.panels(&rects)?;
        for (side, rect) in rects.iter() {
            self.callouts_of(side, &listed[side], *rect)?;
        }
        Ok(places.bottom + 2 * gutter)
    }

    fn callouts_of(
        &mut self,
        side: Side,
        all: &[&Finding],
        rect: CardRect,
    ) -> Result<(), LayoutError> {
        let crop = self.arrangement.crop(self.document, aspect_of(rect));
        let crop = crop.ok_or(LayoutError::NothingInCommon)?;
        let outlines: Vec<Line> =
            all.iter().map(|finding| self.outline(finding, &crop, rect)).collect();
        let pill = (self.px(PILL.0), self.px(PILL.1));
        let (room, step) = (self.px(PILL_ROOM), self.px(PILL_STEP));
        let placed = leaders(&outlines, rect, (pill, room, step));
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
    let least = longer
        .iter()
        .enumerate()
        .min_by_key(|(idx, finding)| (finding.severity, std::cmp::Reverse(*idx)));
    match least.map(|(idx, _)| idx) {
        Some(idx) => {
            longer.remove(idx);
            true
        }
        None => false,
    }
}
