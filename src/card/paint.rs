//! Carrying out a scene: pictures straight from source pixels, text and badges over them.

use vello_cpu::{
    Level, Pixmap, RenderContext, RenderSettings, Resources,
    color::{AlphaColor, Srgb},
    kurbo::{RoundedRect, Shape as _},
};

use super::{
    scene::{CardRect, Item, ItemKind, Scene, TextStyle, Tone},
    text::{LINE_HEIGHT, Typesetter},
};
use crate::{
    document::{PerSide, Side},
    raster::{LookTable, Picture, Pixels, View, ViewError, render_view},
};

/// The dark theme.
pub(super) mod theme {
    /// Behind everything.
    pub(in crate::card) const GROUND: [u8; 3] = [0x10, 0x11, 0x13];
    /// Text that leads.
    pub(in crate::card) const TEXT: [u8; 3] = [0xF2, 0xF3, 0xF5];
    /// Text that explains.
    pub(in crate::card) const SECONDARY: [u8; 3] = [0x9A, 0x9F, 0xA8];
    /// Side A, and the letter on it.
    pub(in crate::card) const A: [u8; 3] = [0xF0, 0xA0, 0x4B];
    /// Side B.
    pub(in crate::card) const B: [u8; 3] = [0x5A, 0xA9, 0xF5];
}

/// The radius of a picture's corners, in units of type.
const PICTURE_RADIUS: f64 = 10.0;
/// The side of the letter badge on a loupe, in units of type.
const LOUPE_BADGE: f64 = 28.0;
/// The letter's size in a badge, as a share of its side.
const LETTER_SHARE: f64 = 0.62;

/// Why a card was not painted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PaintError {
    /// It was told to stop.
    #[error("cancelled")]
    Cancelled,
    /// The scene has no pixels, or more than 65,535 a side.
    #[error("the card's size cannot be painted")]
    Size,
}

/// Paints `scene` from the two sources. The same scene and pixels give the same bytes on every
/// machine. `is_cancelled` is asked all the while, `progress` is told shares from 0 to 1.
///
/// # Errors
/// See [`PaintError`].
pub fn paint(
    scene: &Scene,
    pictures: PerSide<&Picture>,
    is_cancelled: &(dyn Fn() -> bool + Sync),
    progress: &dyn Fn(f32),
) -> Result<Picture, PaintError> {
    if scene.width > usize::from(u16::MAX) || scene.height > usize::from(u16::MAX) {
        return Err(PaintError::Size);
    }
    let [r, g, b] = theme::GROUND;
    let mut pixels = vec![[r, g, b, u8::MAX]; scene.width * scene.height];
    let table = LookTable::new(&scene.look);
    let n_views = scene.items.iter().filter(|item| item.view.is_some()).count().max(1);
    let mut n_done = 0;
    for item in &scene.items {
        let (Some(view), Some(side)) = (&item.view, item.side) else { continue };
        let shown = show(pictures[side], view, is_cancelled)?;
        place(&mut pixels, scene, item, &shown, &table);
        n_done += 1;
        #[expect(clippy::cast_precision_loss, reason = "a handful of views")]
        progress(n_done as f32 / n_views as f32);
    }
    draw_over(&mut pixels, scene)?;
    Picture::new(scene.width, scene.height, Pixels::Rgba8(pixels)).ok_or(PaintError::Size)
}

fn show(
    source: &Picture,
    view: &View,
    is_cancelled: &(dyn Fn() -> bool + Sync),
) -> Result<Picture, PaintError> {
    render_view(source, view, is_cancelled).map_err(|err| match err {
        ViewError::Cancelled => PaintError::Cancelled,
        ViewError::Empty => PaintError::Size,
    })
}

/// Lays a picture over the ground, its corners rounded.
fn place(pixels: &mut [[u8; 4]], scene: &Scene, item: &Item, shown: &Picture, look: &LookTable) {
    let CardRect { x, y, width, height } = item.rect;
    let Pixels::Rgba8(texels) = shown.pixels() else { return };
    let radius = PICTURE_RADIUS * scene.unit;
    let is_plain = scene.look.is_plain();
    for (row, texel_row) in texels.chunks_exact(width).enumerate() {
        let start = (y + row) * scene.width + x;
        for (column, texel) in texel_row.iter().enumerate() {
            let cover = corner_coverage((column, row), (width, height), radius);
            let texel = if is_plain { *texel } else { look.of(*texel) };
            let pixel = &mut pixels[start + column];
            let alpha = cover * f64::from(texel[3]) / 255.0;
            for c in 0..3 {
                pixel[c] = mix(pixel[c], texel[c], alpha);
            }
        }
    }
}

/// `under` and `over` mixed in encoded value; exactly `over` where it covers all.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 255")]
fn mix(under: u8, over: u8, alpha: f64) -> u8 {
    let (under, over) = (f64::from(under), f64::from(over));
    (under + (over - under) * alpha + 0.5) as u8
}

/// How much of a pixel lies inside a rounded rectangle, 0 to 1.
#[expect(clippy::cast_precision_loss, reason = "card pixels")]
fn corner_coverage(at: (usize, usize), size: (usize, usize), radius: f64) -> f64 {
    let depth = |at: usize, length: usize| {
        let from_edge = at.min(length - 1 - at) as f64 + 0.5;
        (radius - from_edge).max(0.0)
    };
    let (dx, dy) = (depth(at.0, size.0), depth(at.1, size.1));
    if dx == 0.0 || dy == 0.0 {
        return 1.0;
    }
    (radius - libm::hypot(dx, dy) + 0.5).clamp(0.0, 1.0)
}

/// Draws text and badges and lays them over the pixels.
fn draw_over(pixels: &mut [[u8; 4]], scene: &Scene) -> Result<(), PaintError> {
    let side = |n: usize| u16::try_from(n).map_err(|_| PaintError::Size);
    let (width, height) = (side(scene.width)?, side(scene.height)?);
    let settings = RenderSettings { level: Level::baseline(), num_threads: 0 };
    let mut canvas = Canvas {
        context: RenderContext::new_with(width, height, settings),
        resources: Resources::new(),
        typesetter: Typesetter::default(),
    };
    for item in &scene.items {
        canvas.item(item, scene.unit);
    }
    canvas.context.flush();
    let mut over = Pixmap::new(width, height);
    canvas.context.render(&mut over, &mut canvas.resources);
    for (pixel, over) in pixels.iter_mut().zip(over.data()) {
        let keep = 255 - u32::from(over.a);
        for (under, over) in pixel.iter_mut().zip([over.r, over.g, over.b]) {
            let mixed = u32::from(over) + (u32::from(*under) * keep + 127) / 255;
            *under = u8::try_from(mixed).unwrap_or(u8::MAX);
        }
    }
    Ok(())
}

struct Canvas {
    context: RenderContext,
    resources: Resources,
    typesetter: Typesetter,
}

fn opaque([r, g, b]: [u8; 3]) -> AlphaColor<Srgb> {
    AlphaColor::from_rgba8(r, g, b, u8::MAX)
}

impl Canvas {
    #[expect(clippy::cast_precision_loss, reason = "card pixels")]
    fn item(&mut self, item: &Item, unit: f64) {
        let rect = item.rect;
        let (x, y) = (rect.x as f64, rect.y as f64);
        match (item.kind, item.side) {
            (ItemKind::Loupe, Some(side)) => {
                let inset = 10.0 * unit;
                self.badge(side, x + inset, y + inset, LOUPE_BADGE * unit);
            }
            (ItemKind::Label, Some(side)) => {
                let badge = super::layout::BADGE * unit;
                let Some(style) = item.style else { return };
                let first_line = f64::from(style.size * LINE_HEIGHT);
                self.badge(side, x, y + (first_line - badge) / 2.0, badge);
                let indent = super::layout::BADGE_ROOM * unit;
                self.text(&item.text, style, (x + indent, y), rect.width as f64 - indent);
            }
            _ => {
                let Some(style) = item.style else { return };
                self.text(&item.text, style, (x, y), rect.width as f64);
            }
        }
    }

    #[expect(clippy::cast_possible_truncation, reason = "the typesetter measures in f32")]
    fn text(&mut self, text: &str, style: TextStyle, (x, y): (f64, f64), width: f64) {
        let color = match style.tone {
            Tone::Leading => theme::TEXT,
            Tone::Secondary => theme::SECONDARY,
        };
        let (canvas, resources) = (&mut self.context, &mut self.resources);
        let area = (x, y, width as f32);
        self.typesetter.draw(canvas, resources, text, style, area, opaque(color));
    }

    #[expect(clippy::cast_possible_truncation, reason = "the typesetter measures in f32")]
    fn badge(&mut self, side: Side, x: f64, y: f64, length: f64) {
        let color = match side {
            Side::A => theme::A,
            Side::B => theme::B,
        };
        self.context.set_paint(opaque(color));
        let shape = RoundedRect::new(x, y, x + length, y + length, length * 0.22);
        self.context.fill_path(&shape.to_path(0.1));
        let size = (length * LETTER_SHARE) as f32;
        let style = TextStyle { size, tone: Tone::Leading, is_right_aligned: false };
        let letter = side.letter().to_string();
        let layout = self.typesetter.layout(&letter, style, length as f32);
        let left = x + (length - f64::from(layout.width())) / 2.0;
        let top = y + (length - f64::from(layout.height())) / 2.0;
        let area = (left, top, length as f32);
        let (canvas, resources) = (&mut self.context, &mut self.resources);
        self.typesetter.draw(canvas, resources, &letter, style, area, opaque(theme::GROUND));
    }
}
