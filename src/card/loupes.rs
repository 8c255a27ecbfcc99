//! Loupe pairs: beside or below the panels, in a grid, or one on a card of its own.

use super::{
    LayoutError,
    composer::{BLOCK_GAP, Composer, GAP, TEXT_GAP, f32_of, f64_of, whole},
    layout::{above, below},
    scene::{Align, CardRect, ItemKind, TextStyle, Tone},
};
use crate::{
    document::{LoupeId, LoupeSpot, PerSide},
    geometry::{Frame, FramePoint, Output, OutputPoint, Similarity},
};

/// Pairs beside or below panels: two rows of two.
pub const MAX_LOUPES: usize = 4;
/// The most rows or columns of a grid.
const MAX_REGIONS: usize = 6;
const NAME_SIZE: f32 = 30.0;
/// Of a region that has a card of its own.
const SLIDE_NAME_SIZE: f32 = 44.0;
const MAGNIFICATION_SIZE: f32 = 24.0;
/// Between the two halves of a pair.
const PAIR_GAP: f64 = 6.0;
/// Height of a half below panels as a share of its width.
const ASPECT: f64 = 0.75;
/// A panel is at least this many times as tall as it is wide, or loupes give way to it.
const MIN_PANEL_ASPECT: f64 = 0.75;
/// The share of the width that pairs beside panels take.
const BESIDE_SHARE: f64 = 0.36;
/// A half is at least this many times as tall as it is wide, and at most that many times.
const HALF_ASPECTS: (f64, f64) = (0.4, 1.3);
/// Magnifications of the reference side in loupes.
const STEPS: [f64; 9] = [8.0, 6.0, 4.0, 3.0, 2.0, 1.0, 0.5, 1.0 / 3.0, 0.25];

type Region<'a> = &'a (LoupeId, LoupeSpot);

impl Composer<'_> {
    /// The layout of panels and loupes.
    pub(super) fn diptych_loupes(
        &mut self,
        area: CardRect,
        loupes: &[(LoupeId, LoupeSpot)],
    ) -> Result<(), LayoutError> {
        let loupes = &loupes[..loupes.len().min(MAX_LOUPES)];
        if self.is_wide() {
            self.loupes_beside(area, loupes)
        } else {
            self.loupes_below(area, loupes)
        }
    }

    fn head_height(&self) -> usize {
        Self::lines(1, self.style(NAME_SIZE, Tone::Leading, Align::Left)) + self.px(TEXT_GAP)
    }

    /// Rows of two pairs below the panels, as many as leave the panels their due.
    fn loupes_below(
        &mut self,
        area: CardRect,
        loupes: &[(LoupeId, LoupeSpot)],
    ) -> Result<(), LayoutError> {
        let column = self.column(area.width)?;
        let half = column.checked_sub(self.px(PAIR_GAP)).ok_or(LayoutError::TooSmall)? / 2;
        let picture = whole(f64_of(half) * ASPECT);
        let row = self.px(BLOCK_GAP) + self.head_height() + picture;
        let least = whole(f64_of(column) * MIN_PANEL_ASPECT);
        let labels = self.px(super::composer::BADGE) + self.px(TEXT_GAP);
        let mut rows = loupes.len().div_ceil(2);
        while rows > 0 && area.height < labels + least + rows * row {
            rows -= 1;
        }
        let panels = above(area, rows * row)?;
        let places = self.side_places(panels, None)?;
        self.panels(&places.rects)?;
        // What panels do not need is shared out between the rows.
        let free = area.bottom().saturating_sub(places.bottom + rows * row);
        let share = free / (rows + 1);
        let mut y = places.bottom;
        for pair in loupes[..loupes.len().min(2 * rows)].chunks(2) {
            y += share + self.px(BLOCK_GAP);
            let columns = [area.x, area.right() - column];
            if let [region] = pair {
                // A pair alone in its row stands under the panels.
                self.pair(region, CardRect { y, height: picture, ..area }, self.px(GAP));
            } else {
                for (region, x) in pair.iter().zip(columns) {
                    let rect = CardRect { x, y, width: column, height: picture };
                    self.pair(region, rect, self.px(PAIR_GAP));
                }
            }
            y += self.head_height() + picture;
        }
        Ok(())
    }

    /// Pairs below each other at the right of the panels, as tall as these.
    fn loupes_beside(
        &mut self,
        area: CardRect,
        loupes: &[(LoupeId, LoupeSpot)],
    ) -> Result<(), LayoutError> {
        let width = whole(f64_of(area.width) * BESIDE_SHARE);
        let half = width.saturating_sub(self.px(PAIR_GAP)) / 2;
        let head = self.head_height();
        let gap = self.px(BLOCK_GAP);
        let height = |n: usize| (area.height + gap) / n.max(1);
        let least = head + gap + whole(f64_of(half) * HALF_ASPECTS.0 * 1.4);
        let mut n = loupes.len().min(3);
        while n > 0 && height(n) < least {
            n -= 1;
        }
        if n == 0 {
            return self.diptych(area);
        }
        let rest = area.width.checked_sub(width + self.px(GAP)).ok_or(LayoutError::TooSmall)?;
        let panels = CardRect { width: rest, ..area };
        let places = self.side_places(panels, None)?;
        self.panels(&places.rects)?;
        let x = area.right() - width;
        // Heads stand beside the labels, so that pairs end where panels do.
        let (top, bottom) = (places.rects.a.y.saturating_sub(head), places.bottom);
        let each = (bottom + gap).saturating_sub(top) / n;
        for (idx, region) in loupes[..n].iter().enumerate() {
            let picture = each.saturating_sub(head + gap);
            let last = bottom.saturating_sub(head + picture);
            let y = if idx + 1 == n { last } else { top + idx * each };
            let rect = CardRect { x, y, width, height: picture };
            self.pair(region, rect, self.px(PAIR_GAP));
        }
        Ok(())
    }

    /// The layout of loupes alone: a row a region, or a column a region on a wide card.
    pub(super) fn loupe_grid(
        &mut self,
        area: CardRect,
        loupes: &[(LoupeId, LoupeSpot)],
    ) -> Result<(), LayoutError> {
        let loupes = &loupes[..loupes.len().min(MAX_REGIONS)];
        if self.is_wide() {
            self.grid_of_columns(area, loupes)
        } else {
            self.grid_of_rows(area, loupes)
        }
    }

    fn grid_of_rows(
        &mut self,
        area: CardRect,
        loupes: &[(LoupeId, LoupeSpot)],
    ) -> Result<(), LayoutError> {
        let column = self.column(area.width)?;
        let labels = self.label_row(area)?;
        let rows = below(area, labels)?;
        let (head, gap) = (self.head_height(), self.px(BLOCK_GAP));
        let least = head + whole(f64_of(column) * HALF_ASPECTS.0);
        let mut n = loupes.len();
        while n > 1 && n * least + (n - 1) * gap > rows.height {
            n -= 1;
        }
        let room = (rows.height + gap) / n;
        let picture = room.checked_sub(head + gap).filter(|height| *height > 0);
        let picture = picture.ok_or(LayoutError::TooSmall)?;
        let picture = picture.min(whole(f64_of(column) * HALF_ASPECTS.1));
        let share = rows.height.saturating_sub(n * (head + picture) + (n - 1) * gap) / n;
        let mut y = rows.y + share / 2;
        for region in &loupes[..n] {
            let rect = CardRect { y, height: picture, ..rows };
            self.pair(region, rect, area.width - 2 * column);
            y += head + picture + gap + share;
        }
        Ok(())
    }

    fn grid_of_columns(
        &mut self,
        area: CardRect,
        loupes: &[(LoupeId, LoupeSpot)],
    ) -> Result<(), LayoutError> {
        let labels = self.label_row(area)?;
        let room = below(area, labels)?;
        // Columns are narrow: a name stands over its magnification.
        let small = self.style(MAGNIFICATION_SIZE, Tone::Secondary, Align::Left);
        let (head, gap) = (self.head_height() + Self::lines(1, small), self.px(GAP));
        let pair_gap = self.px(PAIR_GAP);
        let half = room.height.checked_sub(head + pair_gap).ok_or(LayoutError::TooSmall)? / 2;
        let mut n = loupes.len();
        let width = |n: usize| (area.width + gap).checked_sub(n * gap).map(|all| all / n);
        let least = whole(f64_of(half) / HALF_ASPECTS.1);
        while n > 1 && width(n).is_none_or(|width| width < least) {
            n -= 1;
        }
        let width = width(n).filter(|width| *width > 0).ok_or(LayoutError::TooSmall)?;
        for (idx, region) in loupes[..n].iter().enumerate() {
            let x = if idx + 1 == n { area.right() - width } else { area.x + idx * (width + gap) };
            let at = |y: usize| CardRect { x, y, width, height: half };
            let first = room.y + head;
            let rects = PerSide::new(at(first), at(first + half + pair_gap));
            let (name, magnification) = self.pair_at(region, &rects);
            let title = CardRect { x, y: room.y, width, height: head };
            self.narrow_head(title, &name, magnification);
        }
        Ok(())
    }

    /// The layout of one region of a carousel: its pair as large as a card holds it.
    pub(super) fn loupe_slide(
        &mut self,
        area: CardRect,
        id: LoupeId,
        spot: &LoupeSpot,
    ) -> Result<(), LayoutError> {
        let style = self.style(SLIDE_NAME_SIZE, Tone::Leading, Align::Left);
        let head = Self::lines(1, style) + self.px(TEXT_GAP);
        let title = CardRect { height: head, ..area };
        let notes = self.notes_height(spot);
        let room = above(below(area, head + self.px(TEXT_GAP))?, notes)?;
        let places = self.side_places(room, Some(1.0 / ASPECT))?;
        let (name, magnification) = self.pair_at(&(id, *spot), &places.rects);
        self.pair_head(title, &name, magnification, style);
        let rest = CardRect { y: places.bottom, height: area.bottom() - places.bottom, ..area };
        self.notes(rest, spot);
        Ok(())
    }

    /// A pair whose halves stand beside each other under its head, which begins at the top of `rect`;
    /// the height is that of the halves.
    fn pair(&mut self, region: Region<'_>, rect: CardRect, gap: usize) {
        let head = self.head_height();
        let width = rect.width.saturating_sub(gap) / 2;
        let half = |x: usize| CardRect { x, y: rect.y + head, width, height: rect.height };
        let title = CardRect { height: head, ..rect };
        let halves = PerSide::new(half(rect.x), half(rect.right() - width));
        let (name, magnification) = self.pair_at(region, &halves);
        let style = self.style(NAME_SIZE, Tone::Leading, Align::Left);
        self.pair_head(title, &name, magnification, style);
    }

    /// Adds a pair's halves in these places; returns the region's name and the magnification.
    fn pair_at(&mut self, (id, spot): Region<'_>, rects: &PerSide<CardRect>) -> (String, String) {
        let center = self.arrangement.frame_point(spot.center);
        let (width, height) = (f64_of(rects.a.width), f64_of(rects.a.height));
        let room = width.min(height / ASPECT);
        let step = STEPS.into_iter().find(|step| step * spot.width <= room);
        let magnification = if self.arrangement.is_blind {
            // Steps of A's pixels would tell how large those are.
            room / spot.width
        } else {
            step.unwrap_or(STEPS[STEPS.len() - 1])
        };
        let map = loupe_map(center, magnification, (width, height));
        let views =
            PerSide::from_fn(|side| self.view(side, map, (rects[side].width, rects[side].height)));
        let texts = views.as_ref().map(|view| self.magnification_words(view));
        let text = if texts.a == texts.b { texts.a } else { format!("{} · {}", texts.a, texts.b) };
        let name = self.document.loupe(*id).map_or(String::new(), |loupe| loupe.name.clone());
        for (side, rect) in rects.iter() {
            self.view_item(ItemKind::Loupe, side, *rect, name.clone(), views[side].clone());
        }
        (name, text)
    }

    /// The region's name over the magnification.
    fn narrow_head(&mut self, title: CardRect, name: &str, magnification: String) {
        let small = self.style(MAGNIFICATION_SIZE, Tone::Secondary, Align::Left);
        let style = self.largest(
            &[30.0, 27.0, 24.0],
            (Tone::Leading, Align::Left),
            &[name],
            (1, title.width),
        );
        let name = self.typesetter.shortened_to(name, style, f32_of(f64_of(title.width)), 1);
        let height = Self::lines(1, style);
        self.text_item(ItemKind::LoupeName, None, CardRect { height, ..title }, name, style);
        let rect = CardRect { y: title.y + height, height: Self::lines(1, small), ..title };
        self.text_item(ItemKind::LoupeMagnification, None, rect, magnification, small);
    }

    /// The region's name at the left, the magnification at the right of one line.
    fn pair_head(&mut self, title: CardRect, name: &str, magnification: String, style: TextStyle) {
        let small = self.style(MAGNIFICATION_SIZE, Tone::Secondary, Align::Right);
        let taken = self.width_of(&magnification, small) + self.px(TEXT_GAP);
        let height = title.height.saturating_sub(self.px(TEXT_GAP));
        let width = title.width.saturating_sub(taken);
        let rect = CardRect { width, height, ..title };
        let name = self.typesetter.shortened_to(name, style, f32_of(f64_of(width)), 1);
        self.text_item(ItemKind::LoupeName, None, rect, name, style);
        let down = whole(f64::from((style.size - small.size) * 0.9));
        let rect = CardRect {
            x: title.right().saturating_sub(taken),
            y: title.y + down,
            width: taken,
            height: height.saturating_sub(down),
        };
        self.text_item(ItemKind::LoupeMagnification, None, rect, magnification, small);
    }
}

/// The map of a loupe: `magnification` output pixels a frame pixel, `center` in its middle.
fn loupe_map(
    center: FramePoint,
    magnification: f64,
    (width, height): (f64, f64),
) -> Similarity<Frame, Output> {
    let middle = OutputPoint::new(width / 2.0, height / 2.0);
    Similarity::about(1.0 / magnification, 0.0, middle, center)
}
