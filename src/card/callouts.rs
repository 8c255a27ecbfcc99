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

/// How often what panels show is looked at again.
const SETTLING: usize = 4;

/// What there is room for.
struct Plan {
    /// A panel, of which only the size is known.
    panel: CardRect,
    /// The labels and the numbers above and below panels.
    head: usize,
    /// What panels do not need.
    free: usize,
    /// Findings without room or beyond the panels.
    n_more: usize,
    /// The width of both panels.
    width: usize,
    /// The width of a legend beside them.
    legend_width: usize,
}

impl Composer<'_> {
    /// The layout of panels with numbered findings and a legend.
    pub(super) fn callouts(&mut self, area: CardRect) -> Result<(), LayoutError> {
        let listed = self.listed(&self.arrangement.common_bounds());
        if listed.iter().all(|(_, all)| all.is_empty()) {
            return self.diptych(area);
        }
        // What panels show depends on their shape, and that on how many findings they have; those that
        // turn out to lie beyond the panels give their room back.
        let mut listed = listed;
        for _ in 0..SETTLING {
            let panel = self.callout_plan(area, &mut listed)?.panel;
            let crop = self.arrangement.crop(self.document, aspect_of(panel));
            let seen = self.listed(&crop.ok_or(LayoutError::NothingInCommon)?);
            let n_before = listed.a.len() + listed.b.len();
            for side in Side::BOTH {
                listed[side].retain(|finding| seen[side].iter().any(|of| of.id == finding.id));
            }
            if listed.a.len() + listed.b.len() == n_before {
                break;
            }
        }
        let plan = self.callout_plan(area, &mut listed)?;
        if self.is_wide() {
            self.callouts_beside(area, &plan, &listed)
        } else {
            self.callouts_below(area, &plan, &listed)
        }
    }

    /// Drops findings until all has room; tells what the panels' shape and the rest will be.
    fn callout_plan(
        &mut self,
        area: CardRect,
        listed: &mut Listed<'_>,
    ) -> Result<Plan, LayoutError> {
        let n_all = self.all_findings();
        let legend_width = whole(f64_of(area.width) * LEGEND_SHARE);
        let width = if self.is_wide() {
            let rest = area.width.checked_sub(legend_width + self.px(GAP));
            rest.ok_or(LayoutError::TooSmall)?
        } else {
            area.width
        };
        let column = self.column(width)?;
        let head = self.labels_height(column) + 2 * self.gutter();
        let least = head + whole(f64_of(column) * MIN_PANEL_ASPECT);
        loop {
            let (n_more, more) = self.more(n_all, listed);
            let legend = if self.is_wide() {
                let heights = listed.as_ref().map(|all| self.legend_height(all, legend_width));
                heights.a + heights.b + self.px(BLOCK_GAP) + more
            } else {
                let heights = listed.as_ref().map(|all| self.legend_height(all, column));
                heights.a.max(heights.b) + self.px(BLOCK_GAP) / 2 + more
            };
            let needed = if self.is_wide() { legend } else { least + legend };
            let is_too_much = area.height < needed || self.is_crowded(listed, column);
            if is_too_much && drop_least(listed) {
                continue;
            }
            let below = if self.is_wide() { 0 } else { legend };
            let room = area.height.checked_sub(below + head).filter(|room| *room > 0);
            let room = room.ok_or(LayoutError::TooSmall)?;
            let height = self.panel_height(column, room);
            let panel = CardRect { x: 0, y: 0, width: column, height };
            return Ok(Plan { panel, head, free: room - height, n_more, width, legend_width });
        }
    }

    /// Each side's legend under its panel; what panels do not need is shared out.
    fn callouts_below(
        &mut self,
        area: CardRect,
        plan: &Plan,
        listed: &Listed<'_>,
    ) -> Result<(), LayoutError> {
        let share = plan.free / 3;
        let height = plan.head + plan.panel.height;
        let panels = CardRect { y: area.y + share, height, ..area };
        let bottom = self.called_panels(panels, listed)? + share;
        let width = plan.panel.width;
        for (side, x) in [(Side::A, area.x), (Side::B, area.right() - width)] {
            let rect = CardRect { x, y: bottom, width, height: area.bottom() - bottom };
            self.legend(side, &listed[side], rect);
        }
        self.says_more(plan.n_more, area)
    }

    /// Both legends beside the panels.
    fn callouts_beside(
        &mut self,
        area: CardRect,
        plan: &Plan,
        listed: &Listed<'_>,
    ) -> Result<(), LayoutError> {
        let (width, legend_width) = (plan.width, plan.legend_width);
        self.called_panels(CardRect { width, ..area }, listed)?;
        let x = area.right() - legend_width;
        let first = CardRect { x, width: legend_width, ..area };
        self.legend(Side::A, &listed.a, first);
        let height = self.legend_height(&listed.a, legend_width) + self.px(BLOCK_GAP);
        let y = area.y + height;
        let second = CardRect { y, height: area.bottom().saturating_sub(y), ..first };
        self.legend(Side::B, &listed.b, second);
        self.says_more(plan.n_more, first)
    }

    /// The findings of both sides that are not left out, those of both counted for each.
    fn all_findings(&self) -> usize {
        let left_out = &self.document.card.left_out.findings;
        let all = self.document.findings.iter().filter(|finding| !left_out.contains(&finding.id));
        all.map(|of| Side::BOTH.iter().filter(|side| of.belongs.holds(**side)).count()).sum()
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
