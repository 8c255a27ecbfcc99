//! Text, badges, numbers and lines over a card's pictures.

use vello_cpu::{
    CompositeMode, Level, PixmapMut, RasterizerSettings, RenderContext, RenderSettings, Resources,
    color::{AlphaColor, Srgb},
    kurbo::{BezPath, Circle, Rect, RoundedRect, Shape as _, Stroke},
};

use super::{
    composer::{BADGE, BADGE_ROOM},
    paint::PaintError,
    palette::{Color, Palette},
    scene::{Align, Item, ItemKind, Line, Scene, TextStyle, Tone},
    text::{LINE_HEIGHT, Typesetter},
};
use crate::document::Side;

/// The side of the letter badge on a loupe, in units of type.
const LOUPE_BADGE: f64 = 28.0;
/// The letter's size in a badge, as a share of its side.
const LETTER_SHARE: f64 = 0.62;
/// The breadth of lines over pictures, and of the dark edge that keeps them visible on white.
const LINE: (f64, f64) = (2.5, 5.0);
/// The radius of a spot, in units of type.
const SPOT: f64 = 7.0;
const LINE_COLOR: Color = [0xFF, 0xFF, 0xFF];
const EDGE_COLOR: Color = [0x08, 0x08, 0x09];
/// How much of what lies below an edge it covers.
const EDGE_ALPHA: f32 = 0.7;

/// Draws text, badges and lines over opaque pixels.
pub(super) fn draw_over(pixels: &mut [[u8; 4]], scene: &Scene) -> Result<(), PaintError> {
    let side = |n: usize| u16::try_from(n).map_err(|_| PaintError::Size);
    let (width, height) = (side(scene.width)?, side(scene.height)?);
    let settings = RenderSettings { level: Level::baseline(), num_threads: 0 };
    let mut canvas = Canvas {
        context: RenderContext::new_with(width, height, settings),
        resources: Resources::new(),
        typesetter: Typesetter::default(),
        palette: scene.palette,
        unit: scene.unit,
    };
    // Lines lie below all numbers.
    for item in &scene.items {
        canvas.lines(&item.lines);
    }
    for item in &scene.items {
        canvas.item(item);
    }
    canvas.context.flush();
    // The card is opaque, so that its codes are what they are multiplied by alpha.
    let card = PixmapMut::new(width, height, pixels.as_flattened_mut()).ok_or(PaintError::Size)?;
    let settings =
        RasterizerSettings { composite_mode: CompositeMode::SrcOver, ..Default::default() };
    canvas.context.render_with(card, &mut canvas.resources, settings);
    // Rounding may have taken a 255th of what it laid down.
    for pixel in pixels {
        *pixel = (u32::from_le_bytes(*pixel) | 0xFF00_0000).to_le_bytes();
    }
    Ok(())
}

struct Canvas {
    context: RenderContext,
    resources: Resources,
    typesetter: Typesetter,
    palette: Palette,
    unit: f64,
}

fn opaque([r, g, b]: Color) -> AlphaColor<Srgb> {
    AlphaColor::from_rgba8(r, g, b, u8::MAX)
}

impl Canvas {
    #[expect(clippy::cast_precision_loss, reason = "card pixels")]
    fn item(&mut self, item: &Item) {
        let rect = item.rect;
        let (x, y, width) = (rect.x as f64, rect.y as f64, rect.width as f64);
        if item.kind == ItemKind::Rule {
            self.context.set_paint(opaque(self.palette.line));
            self.context.fill_rect(&Rect::new(x, y, x + width, y + rect.height as f64));
            return;
        }
        match (item.kind, item.side, item.style) {
            (ItemKind::Loupe, Some(side), _) => {
                let inset = 10.0 * self.unit;
                self.letter(side, x + inset, y + inset, LOUPE_BADGE * self.unit);
            }
            (ItemKind::Label, Some(side), Some(style)) => {
                let badge = BADGE * self.unit;
                let first_line = f64::from(style.size * LINE_HEIGHT);
                self.letter(side, x, y + (first_line - badge) / 2.0, badge);
                let indent = BADGE_ROOM * self.unit;
                self.text(&item.text, style, (x + indent, y), width - indent);
            }
            (ItemKind::Verdict, Some(side), _) => self.letter(side, x, y, width),
            (ItemKind::Callout | ItemKind::Legend, Some(side), Some(style)) => {
                let place = Rect::new(x, y, x + width, y + rect.height as f64);
                self.badge(side, place, &item.text, style.size);
            }
            (_, _, Some(style)) => self.text(&item.text, style, (x, y), width),
            _ => (),
        }
    }

    #[expect(clippy::cast_possible_truncation, reason = "the typesetter measures in f32")]
    fn text(&mut self, text: &str, style: TextStyle, (x, y): (f64, f64), width: f64) {
        let color = match style.tone {
            Tone::Leading | Tone::Plain => self.palette.text,
            Tone::Secondary => self.palette.secondary,
        };
        let (canvas, resources) = (&mut self.context, &mut self.resources);
        let area = (x, y, width as f32);
        self.typesetter.draw(canvas, resources, text, style, area, opaque(color));
    }

    /// A side's letter in a square of its colour.
    #[expect(clippy::cast_possible_truncation, reason = "the typesetter measures in f32")]
    fn letter(&mut self, side: Side, x: f64, y: f64, length: f64) {
        let place = Rect::new(x, y, x + length, y + length);
        self.badge(side, place, &side.letter().to_string(), (length * LETTER_SHARE) as f32);
    }

    /// Words in the middle of a place of a side's colour.
    #[expect(clippy::cast_possible_truncation, reason = "the typesetter measures in f32")]
    fn badge(&mut self, side: Side, place: Rect, words: &str, size: f32) {
        let color = self.palette.sides[side];
        self.context.set_paint(opaque(color));
        let radius = place.height() * 0.22;
        self.context.fill_path(&RoundedRect::from_rect(place, radius).to_path(0.1));
        let style = TextStyle { size, tone: Tone::Leading, align: Align::Left };
        let layout = self.typesetter.layout(words, style, place.width() as f32);
        let left = place.x0 + (place.width() - f64::from(layout.width())) / 2.0;
        let top = place.y0 + (place.height() - f64::from(layout.height())) / 2.0;
        let area = (left, top, place.width() as f32);
        let letter = opaque(Palette::letter_on(color));
        let (canvas, resources) = (&mut self.context, &mut self.resources);
        self.typesetter.draw(canvas, resources, words, style, area, letter);
    }

    /// White lines with a dark edge; a line of one point is a spot.
    fn lines(&mut self, lines: &[Line]) {
        let (inner, outer) = (LINE.0 * self.unit, LINE.1 * self.unit);
        let edge = opaque(EDGE_COLOR).with_alpha(EDGE_ALPHA);
        for (color, breadth) in [(edge, outer), (opaque(LINE_COLOR), inner)] {
            self.context.set_paint(color);
            for line in lines {
                if let [(x, y)] = line.points[..] {
                    let radius = SPOT * self.unit + breadth / 2.0;
                    self.context.fill_path(&Circle::new((x, y), radius).to_path(0.1));
                    continue;
                }
                let mut path = BezPath::new();
                for (idx, at) in line.points.iter().enumerate() {
                    if idx == 0 { path.move_to(*at) } else { path.line_to(*at) }
                }
                if line.is_closed {
                    path.close_path();
                }
                self.context.set_stroke(Stroke::new(breadth));
                self.context.stroke_path(&path);
            }
        }
    }
}
