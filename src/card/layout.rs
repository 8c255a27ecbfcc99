//! From a document to a scene: equal panels, equal labels, loupe pairs, and a footer that says how
//! every picture was made.

use super::{
    scene::{CardRect, Item, ItemKind, Scene, TextStyle, Tone},
    text::{LINE_HEIGHT, Typesetter},
    words::magnification_text,
};
use crate::{
    document::{Arrangement, Document, FrameChoice, Layout, LoupeId, LoupeSpot, PerSide, Side},
    geometry::{Frame, FramePoint, Output, OutputPoint, Similarity},
    raster::View,
};

/// The side of a label's letter badge, in units of type.
pub(super) const BADGE: f64 = 48.0;
/// From a label's left edge to its words, in units of type.
pub(super) const BADGE_ROOM: f64 = 62.0;
/// Body size of a label and the size it never shrinks under.
const LABEL_SIZES: [f32; 4] = [40.0, 36.0, 32.0, 28.0];
const LOUPE_NAME_SIZE: f32 = 30.0;
const LOUPE_MAGNIFICATION_SIZE: f32 = 24.0;
/// Font sizes of the footer from the body size down to the floor.
pub(super) const FOOTER_SIZES: [f32; 3] = [22.0, 21.0, 20.0];
/// Lines of the footer.
pub(super) const FOOTER_LINES: usize = 2;
/// Between the two columns.
const GAP: f64 = 20.0;
/// Between the two halves of a loupe pair.
const LOUPE_GAP: f64 = 6.0;
/// Between a text and the picture it belongs to.
const TEXT_GAP: f64 = 10.0;
/// Between blocks.
const BLOCK_GAP: f64 = 24.0;
/// Pairs on a card: two rows of two.
pub const MAX_LOUPES: usize = 4;
/// Height of a loupe half as a share of its width.
const LOUPE_ASPECT: f64 = 0.75;
/// A panel is at most this many times as tall as it is wide.
const MAX_PANEL_ASPECT: f64 = 1.5;
/// A panel is at least this many times as tall as it is wide, or loupes give way to it.
const MIN_PANEL_ASPECT: f64 = 0.75;
/// Magnifications of the reference side in loupes.
const STEPS: [f64; 9] = [8.0, 6.0, 4.0, 3.0, 2.0, 1.0, 0.5, 1.0 / 3.0, 0.25];

/// Why there is no card.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LayoutError {
    /// A side has no picture.
    #[error("side {0} has no picture; open one for each side")]
    NoPicture(Side),
    /// Panels would be empty.
    #[error("A and B cover no area in common under this alignment; check the landmarks")]
    NothingInCommon,
    /// Margins and texts leave no room for pictures.
    #[error("the card is too small for its parts; choose a larger preset")]
    TooSmall,
}

/// Lays out the card of `document` in the level frame.
///
/// # Errors
/// See [`LayoutError`].
pub fn lay_out(document: &Document) -> Result<Scene, LayoutError> {
    for side in Side::BOTH {
        if document.sources[side].is_none() {
            return Err(LayoutError::NoPicture(side));
        }
    }
    let arrangement =
        Arrangement::of(document, FrameChoice::Level).ok_or(LayoutError::NothingInCommon)?;
    let mut loupes = match document.card.layout {
        Layout::Diptych => Vec::new(),
        Layout::DiptychLoupes => arrangement.loupes(document),
    };
    loupes.truncate(MAX_LOUPES);
    Composer::new(document, &arrangement).compose(&loupes)
}

/// Card pixels of whole number, as lengths for arithmetic and as pixel counts for rectangles.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to 0")]
fn whole(length: f64) -> usize {
    length.max(0.0).round() as usize
}

#[expect(clippy::cast_precision_loss, reason = "card pixels")]
pub(super) fn f64_of(length: usize) -> f64 {
    length as f64
}

/// A scene in the making.
pub(super) struct Composer<'a> {
    pub(super) document: &'a Document,
    pub(super) arrangement: &'a Arrangement,
    pub(super) typesetter: Typesetter,
    unit: f64,
    pub(super) margin: (usize, usize),
    pub(super) size: (usize, usize),
    pub(super) items: Vec<Item>,
}

/// The heights of a card's parts.
struct Heights {
    label: usize,
    panel: usize,
    loupe: usize,
    loupe_head: usize,
    footer: usize,
    /// Shared out above the labels and above the footer.
    spare: usize,
}

impl<'a> Composer<'a> {
    fn new(document: &'a Document, arrangement: &'a Arrangement) -> Self {
        let preset = &document.card.preset;
        let pixels = |n: u32| usize::try_from(n).unwrap_or(usize::MAX);
        Self {
            document,
            arrangement,
            typesetter: Typesetter::default(),
            unit: f64::from(preset.width.min(preset.height)) / 1080.0,
            margin: (pixels(preset.margin_x), pixels(preset.margin_y)),
            size: (pixels(preset.width), pixels(preset.height)),
            items: Vec::new(),
        }
    }

    fn px(&self, units: f64) -> usize {
        whole(units * self.unit)
    }

    pub(super) fn style(&self, size: f32, tone: Tone, is_right_aligned: bool) -> TextStyle {
        #[expect(clippy::cast_possible_truncation, reason = "font sizes are small")]
        let unit = self.unit as f32;
        TextStyle { size: size * unit, tone, is_right_aligned }
    }

    fn compose(mut self, loupes: &[(LoupeId, LoupeSpot)]) -> Result<Scene, LayoutError> {
        let inner = self.size.0.checked_sub(2 * self.margin.0).ok_or(LayoutError::TooSmall)?;
        let column = inner.checked_sub(self.px(GAP)).map(|w| w / 2).ok_or(LayoutError::TooSmall)?;
        let (labels, label_style, n_lines) = self.labels(column);
        let rows = loupes.len().div_ceil(2);
        let (heights, rows) =
            self.heights(column, rows, n_lines, label_style).ok_or(LayoutError::TooSmall)?;
        let loupes = &loupes[..loupes.len().min(2 * rows)];
        let columns = [self.margin.0, self.size.0 - self.margin.0 - column];
        let mut y = self.margin.1 + heights.spare / 2;
        for (side, x) in Side::BOTH.into_iter().zip(columns) {
            let rect = CardRect { x, y, width: column, height: heights.label };
            let text = labels[side].clone();
            self.text_item(ItemKind::Label, Some(side), rect, text, label_style);
        }
        y += heights.label + self.px(TEXT_GAP);
        self.panels(columns, y, column, heights.panel)?;
        y += heights.panel;
        for pair in loupes.chunks(2) {
            y += self.px(BLOCK_GAP);
            if let [(id, spot)] = pair {
                // A pair alone in its row stands under the panels.
                self.loupe_pair(*id, spot, y, (columns, column), &heights);
            }
            for ((id, spot), x) in pair.iter().zip(columns).filter(|_| pair.len() == 2) {
                let half = (column - self.px(LOUPE_GAP)) / 2;
                let halves = ([x, x + column - half], half);
                self.loupe_pair(*id, spot, y, halves, &heights);
            }
            y += heights.loupe_head + self.px(TEXT_GAP) + heights.loupe;
        }
        self.footer(inner, heights.footer);
        let (width, height) = self.size;
        let look = self.document.card.look;
        Ok(Scene { width, height, unit: self.unit, look, items: self.items })
    }

    pub(super) fn text_item(
        &mut self,
        kind: ItemKind,
        side: Option<Side>,
        rect: CardRect,
        text: String,
        style: TextStyle,
    ) {
        self.items.push(Item { kind, side, rect, text, style: Some(style), view: None });
    }

    /// Both labels at the largest size at which both fit on two lines, and the lines they take.
    fn labels(&mut self, column: usize) -> (PerSide<String>, TextStyle, usize) {
        #[expect(clippy::cast_possible_truncation, reason = "the typesetter measures in f32")]
        let width = (f64_of(column) - BADGE_ROOM * self.unit) as f32;
        let texts = PerSide::from_fn(|side| self.document.label_or_stem(side));
        let mut style = self.style(LABEL_SIZES[0], Tone::Leading, false);
        for size in LABEL_SIZES {
            style = self.style(size, Tone::Leading, false);
            let fits = |text: &String| self.typesetter.n_lines(text, style, width) <= 2;
            if [&texts.a, &texts.b].into_iter().all(fits) {
                break;
            }
        }
        let texts = texts.map(|text| self.typesetter.shortened(&text, style, width));
        let lines = texts.clone().map(|text| self.typesetter.n_lines(&text, style, width));
        (texts, style, lines.a.max(lines.b).clamp(1, 2))
    }

    /// The parts' heights, and how many rows of loupes leave the panels their due.
    fn heights(
        &self,
        column: usize,
        rows: usize,
        label_lines: usize,
        label: TextStyle,
    ) -> Option<(Heights, usize)> {
        let lines = |n: usize, size: f32| whole(f64_of(n) * f64::from(size * LINE_HEIGHT));
        let half = column.checked_sub(self.px(LOUPE_GAP))? / 2;
        let mut heights = Heights {
            label: lines(label_lines, label.size).max(self.px(BADGE)),
            panel: 0,
            loupe: whole(f64_of(half) * LOUPE_ASPECT),
            loupe_head: lines(1, self.style(LOUPE_NAME_SIZE, Tone::Leading, false).size),
            footer: FOOTER_LINES
                * lines(1, self.style(FOOTER_SIZES[0], Tone::Secondary, false).size),
            spare: 0,
        };
        let row = self.px(BLOCK_GAP) + heights.loupe_head + self.px(TEXT_GAP) + heights.loupe;
        let fixed = 2 * self.margin.1
            + heights.label
            + self.px(TEXT_GAP)
            + self.px(BLOCK_GAP)
            + heights.footer;
        let least = whole(f64_of(column) * MIN_PANEL_ASPECT);
        for rows in (0..=rows).rev() {
            let Some(room) = self.size.1.checked_sub(fixed + rows * row) else { continue };
            if room < least && rows > 0 || room == 0 {
                continue;
            }
            heights.panel = room.min(whole(f64_of(column) * MAX_PANEL_ASPECT));
            heights.spare = room - heights.panel;
            return Some((heights, rows));
        }
        None
    }

    fn view(
        &self,
        side: Side,
        frame_from_output: Similarity<Frame, Output>,
        width: usize,
        height: usize,
    ) -> View {
        let source_from_output = self.arrangement.from_frame[side].after(frame_from_output);
        let view = View::new(source_from_output, self.document.card.kernel, (width, height));
        let region = self.arrangement.seen_region(&frame_from_output);
        View { least_span: self.arrangement.least_spans[side], region, ..view }
    }

    /// A picture's magnification; nothing where it would tell the side.
    fn magnification_words(&self, view: &View) -> String {
        let text = magnification_text(view.magnification());
        if self.document.is_blind() { String::new() } else { text }
    }

    fn panels(
        &mut self,
        columns: [usize; 2],
        y: usize,
        width: usize,
        height: usize,
    ) -> Result<(), LayoutError> {
        let aspect = f64_of(width) / f64_of(height);
        let crop = self.arrangement.crop(self.document, aspect);
        let crop = crop.ok_or(LayoutError::NothingInCommon)?;
        let scale = crop.width() / f64_of(width);
        let corner = OutputPoint::new(0.0, 0.0);
        let frame_from_output = Similarity::about(scale, 0.0, corner, crop.min);
        for (side, x) in Side::BOTH.into_iter().zip(columns) {
            let view = self.view(side, frame_from_output, width, height);
            self.items.push(Item {
                kind: ItemKind::Panel,
                side: Some(side),
                rect: CardRect { x, y, width, height },
                text: self.magnification_words(&view),
                style: None,
                view: Some(view),
            });
        }
        Ok(())
    }

    fn loupe_pair(
        &mut self,
        id: LoupeId,
        spot: &LoupeSpot,
        y: usize,
        (halves, width): ([usize; 2], usize),
        heights: &Heights,
    ) {
        let height = heights.loupe;
        let center = self.arrangement.frame_point(spot.center);
        let room = f64_of(width).min(f64_of(height) / LOUPE_ASPECT);
        let step = STEPS.into_iter().find(|step| step * spot.width <= room);
        let magnification = if self.arrangement.is_blind {
            // Steps of A's pixels would tell how large those are.
            room / spot.width
        } else {
            step.unwrap_or(STEPS[STEPS.len() - 1])
        };
        let frame_from_output = loupe_map(center, magnification, width, height);
        let views = PerSide::from_fn(|side| self.view(side, frame_from_output, width, height));
        let name = self.document.loupe(id);
        let name = name.map_or_else(String::new, |loupe| loupe.name.clone());
        let whole = halves[1] + width - halves[0];
        let head = CardRect { x: halves[0], y, width: whole, height: heights.loupe_head };
        let style = self.style(LOUPE_NAME_SIZE, Tone::Leading, false);
        self.text_item(ItemKind::LoupeName, None, head, name.clone(), style);
        let texts = views.as_ref().map(|view| self.magnification_words(view));
        let text = if texts.a == texts.b { texts.a } else { format!("{} · {}", texts.a, texts.b) };
        let style = self.style(LOUPE_MAGNIFICATION_SIZE, Tone::Secondary, true);
        let down = self.px(f64::from((LOUPE_NAME_SIZE - LOUPE_MAGNIFICATION_SIZE) * 0.9));
        let rect = CardRect { y: y + down, height: heights.loupe_head - down, ..head };
        self.text_item(ItemKind::LoupeMagnification, None, rect, text, style);
        let y = y + heights.loupe_head + self.px(TEXT_GAP);
        for (side, x) in Side::BOTH.into_iter().zip(halves) {
            self.items.push(Item {
                kind: ItemKind::Loupe,
                side: Some(side),
                rect: CardRect { x, y, width, height },
                text: name.clone(),
                style: None,
                view: Some(views[side].clone()),
            });
        }
    }
}

/// The map of a loupe: `magnification` output pixels a frame pixel, `center` in its middle.
fn loupe_map(
    center: FramePoint,
    magnification: f64,
    width: usize,
    height: usize,
) -> Similarity<Frame, Output> {
    let middle = OutputPoint::new(f64_of(width) / 2.0, f64_of(height) / 2.0);
    Similarity::about(1.0 / magnification, 0.0, middle, center)
}
