//! Carrying out a scene: pictures straight from source pixels, text and badges over them.

use super::{
    composer::whole,
    ink::draw_over,
    scene::{CardRect, Item, ItemKind, Scene},
};
use crate::{
    document::PerSide,
    geometry::{Kernel, Look, OutputPoint, Point, Similarity},
    raster::{LookTable, Picture, Pixels, View, ViewError, plain, render_view_in},
};

/// The radius of a picture's corners, in units of type.
const PICTURE_RADIUS: f64 = 10.0;

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

/// What a card is painted from.
#[derive(Clone, Copy, Debug)]
pub struct Sources<'a> {
    /// Both sides' pictures.
    pub sides: PerSide<&'a Picture>,
    /// The author's mark, where it is a picture.
    pub brand: Option<&'a Picture>,
}

/// Paints `scene` from its sources. The same scene and pixels give the same bytes on every
/// machine. `is_cancelled` is asked all the while, `progress` is told shares from 0 to 1.
///
/// # Errors
/// See [`PaintError`].
pub fn paint(
    scene: &Scene,
    sources: Sources<'_>,
    is_cancelled: &(dyn Fn() -> bool + Sync),
    progress: &dyn Fn(f32),
) -> Result<Picture, PaintError> {
    if scene.width > usize::from(u16::MAX) || scene.height > usize::from(u16::MAX) {
        return Err(PaintError::Size);
    }
    let [r, g, b] = scene.palette.ground;
    let mut pixels = plain([r, g, b, u8::MAX], scene.width * scene.height);
    let table = LookTable::new(&scene.look);
    let n_views = scene.items.iter().filter(|item| item.view.is_some()).count().max(1);
    let (mut n_done, mut spare) = (0, Vec::new());
    for item in &scene.items {
        if let (ItemKind::Brand, None, Some(brand)) = (item.kind, item.style, sources.brand) {
            let view = brand_view(brand, item.rect);
            let shown = show(std::mem::take(&mut spare), brand, &view, is_cancelled)?;
            place(&mut pixels, scene, item, &shown, &LookTable::new(&Look::default()));
            spare = shown.into_spare();
        }
        let (Some(view), Some(side)) = (&item.view, item.side) else { continue };
        let shown = show(std::mem::take(&mut spare), sources.sides[side], view, is_cancelled)?;
        place(&mut pixels, scene, item, &shown, &table);
        spare = shown.into_spare();
        n_done += 1;
        #[expect(clippy::cast_precision_loss, reason = "a handful of views")]
        progress(n_done as f32 / n_views as f32);
    }
    drop(spare);
    draw_over(&mut pixels, scene)?;
    // The ground is opaque, and so is what lies over something opaque.
    Picture::opaque(scene.width, scene.height, Pixels::Rgba8(pixels)).ok_or(PaintError::Size)
}

/// The whole picture of the author's mark in its place.
#[expect(clippy::cast_precision_loss, reason = "card pixels")]
fn brand_view(brand: &Picture, rect: CardRect) -> View {
    let scale = brand.width() as f64 / rect.width as f64;
    let map = Similarity::about(scale, 0.0, OutputPoint::new(0.0, 0.0), Point::new(0.0, 0.0));
    View::new(map.into(), Kernel::Lanczos3, (rect.width, rect.height))
}

fn show(
    spare: Vec<[u8; 4]>,
    source: &Picture,
    view: &View,
    is_cancelled: &(dyn Fn() -> bool + Sync),
) -> Result<Picture, PaintError> {
    render_view_in(spare, source, view, is_cancelled).map_err(|err| match err {
        ViewError::Cancelled => PaintError::Cancelled,
        ViewError::Empty => PaintError::Size,
    })
}

/// Lays a picture over the ground, its corners rounded.
fn place(pixels: &mut [[u8; 4]], scene: &Scene, item: &Item, shown: &Picture, look: &LookTable) {
    let CardRect { x, y, width, height } = item.rect;
    let Pixels::Rgba8(texels) = shown.pixels() else { return };
    let is_mark = item.kind == ItemKind::Brand;
    let radius = if is_mark { 0.0 } else { PICTURE_RADIUS * scene.unit };
    let is_plain = is_mark || scene.look.is_plain();
    let is_opaque = shown.is_opaque();
    let is_solid = |row: &[[u8; 4]]| is_opaque || row.iter().all(|texel| texel[3] == u8::MAX);
    let corner = whole(radius.ceil());
    for (row, texel_row) in texels.chunks_exact(width).enumerate() {
        let start = (y + row) * scene.width + x;
        let is_full = row >= corner && row + corner < height;
        if is_full && is_plain && is_solid(texel_row) {
            pixels[start..start + width].copy_from_slice(texel_row);
            continue;
        }
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
