//! What stands in for a pane's picture while its view is being made: tiles of the level of the mip
//! pyramid that is nearest to the screen's scale, uploaded a few a frame, over the coarsest level.

use std::{collections::BTreeMap, ops::Range, sync::Arc};

use egui::{TextureFilter, TextureHandle, TextureOptions};

use super::textures::image_of;
use crate::{
    document::Side,
    geometry::{Image, ImagePoint, Look, Output, Rect},
    raster::{LookTable, Picture, View},
    session::Loaded,
};

/// The longest side of a tile in texels, its border left out.
const TILE: usize = 510;
/// Texels round a tile that repeat its neighbours, so that no seam shows between them.
const BORDER: usize = 1;
/// Tiles uploaded in one frame.
const MAX_UPLOADS: usize = 4;
/// Tiles kept beyond those a frame shows.
const MAX_SPARE: usize = 64;

/// A tile of a level.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    level: usize,
    column: usize,
    row: usize,
}

struct Tile {
    texture: TextureHandle,
    /// The frame that showed it last.
    frame: u64,
}

/// A tile to be drawn.
pub(super) struct TileQuad {
    pub(super) texture: TextureHandle,
    /// The part of the source that it shows.
    pub(super) area: Rect<Image>,
    /// The same part of the texture, each coordinate from 0 to 1.
    pub(super) uv: egui::Rect,
}

/// The tiles of both sides.
#[derive(Default)]
pub(super) struct Tiles {
    of_side: BTreeMap<Side, (Arc<Loaded>, BTreeMap<Place, Tile>)>,
    frame: u64,
    n_uploads: usize,
    look: Look,
}

impl Tiles {
    /// A new frame begins. Tiles of pictures that no side shows any more are let go of, and all when
    /// they are to look otherwise.
    pub(super) fn begin_frame(&mut self, look: Look, loaded: impl Fn(Side) -> Option<Arc<Loaded>>) {
        if std::mem::replace(&mut self.look, look) != look {
            self.of_side.clear();
        }
        self.frame += 1;
        self.n_uploads = 0;
        self.of_side
            .retain(|side, (of, _)| loaded(*side).is_some_and(|loaded| Arc::ptr_eq(&loaded, of)));
    }

    /// The tiles that cover what a pane of `size` physical pixels shows, coarse ones first, and
    /// whether finer ones are still to come.
    pub(super) fn quads(
        &mut self,
        ctx: &egui::Context,
        side: Side,
        loaded: &Arc<Loaded>,
        view: &View,
        pane: &Rect<Output>,
    ) -> (Vec<TileQuad>, bool) {
        let seen = view.source_from_output.image_bounds(pane);
        let coarsest = coarsest(&loaded.picture);
        let wanted = level_for(1.0 / view.magnification()).min(coarsest);
        let mut quads = Vec::new();
        let mut is_missing = false;
        for level in [coarsest, wanted] {
            let scale = f64::from(1_u32 << level);
            let picture = loaded.picture.level(level);
            let rows = tiles_in(seen.min.y / scale, seen.max.y / scale, picture.height());
            for row in rows {
                for column in tiles_in(seen.min.x / scale, seen.max.x / scale, picture.width()) {
                    let place = Place { level, column, row };
                    match self.texture(ctx, side, loaded, place) {
                        Some(texture) => quads.push(quad(picture, place, texture)),
                        None => is_missing = true,
                    }
                }
            }
            if coarsest == wanted {
                break;
            }
        }
        self.let_go();
        (quads, is_missing)
    }

    /// The texture of a tile; `None` when this frame has uploaded enough.
    fn texture(
        &mut self,
        ctx: &egui::Context,
        side: Side,
        loaded: &Arc<Loaded>,
        place: Place,
    ) -> Option<TextureHandle> {
        let (of, tiles) =
            self.of_side.entry(side).or_insert_with(|| (Arc::clone(loaded), BTreeMap::new()));
        if !Arc::ptr_eq(of, loaded) {
            *of = Arc::clone(loaded);
            tiles.clear();
        }
        if let Some(tile) = tiles.get_mut(&place) {
            tile.frame = self.frame;
            return Some(tile.texture.clone());
        }
        if self.n_uploads >= MAX_UPLOADS {
            return None;
        }
        self.n_uploads += 1;
        let picture = loaded.picture.level(place.level);
        let (columns, rows) = texels(picture, place);
        let table = (!self.look.is_plain()).then(|| LookTable::new(&self.look));
        let image = image_of(picture, &columns, &rows, table.as_ref());
        let magnification =
            if place.level == 0 { TextureFilter::Nearest } else { TextureFilter::Linear };
        let options = TextureOptions { magnification, ..TextureOptions::LINEAR };
        let texture = ctx.load_texture(format!("{side} {place:?}"), image, options);
        tiles.insert(place, Tile { texture: texture.clone(), frame: self.frame });
        Some(texture)
    }

    /// Lets go of the tiles that were not seen for longest, beyond a fixed number.
    fn let_go(&mut self) {
        for (_, tiles) in self.of_side.values_mut() {
            let mut unseen: Vec<(u64, Place)> = tiles
                .iter()
                .filter(|(_, tile)| tile.frame + 1 < self.frame)
                .map(|(place, tile)| (tile.frame, *place))
                .collect();
            unseen.sort_unstable();
            let n_over = unseen.len().saturating_sub(MAX_SPARE);
            for (_, place) in &unseen[..n_over] {
                tiles.remove(place);
            }
        }
    }
}

/// The first level that fits one tile.
fn coarsest(picture: &Picture) -> usize {
    let longest = picture.width().max(picture.height());
    (0..usize::BITS as usize).find(|level| longest.div_ceil(1 << level) <= TILE).unwrap_or(0)
}

/// The coarsest level that is still as fine as the screen.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped")]
fn level_for(source_per_output: f64) -> usize {
    libm::log2(source_per_output.max(1.0)).floor().clamp(0.0, 30.0) as usize
}

/// The tiles along an axis of `length` texels that are seen between two positions.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped")]
#[expect(clippy::cast_precision_loss, reason = "pixel counts are below 2^17")]
fn tiles_in(from: f64, to: f64, length: usize) -> Range<usize> {
    let tile = |at: f64| at.clamp(0.0, length as f64) / TILE as f64;
    tile(from).floor() as usize..tile(to).ceil() as usize
}

/// The texels of a tile with its border.
fn texels(picture: &Picture, place: Place) -> (Range<usize>, Range<usize>) {
    let range = |idx: usize, length: usize| {
        (idx * TILE).saturating_sub(BORDER)..((idx + 1) * TILE + BORDER).min(length)
    };
    (range(place.column, picture.width()), range(place.row, picture.height()))
}

#[expect(clippy::cast_possible_truncation, reason = "texture coordinates are f32")]
#[expect(clippy::cast_precision_loss, reason = "pixel counts are below 2^17")]
fn quad(picture: &Picture, place: Place, texture: TextureHandle) -> TileQuad {
    let scale = f64::from(1_u32 << place.level);
    let (columns, rows) = texels(picture, place);
    let inner = |idx: usize, length: usize| (idx * TILE, ((idx + 1) * TILE).min(length));
    let (left, right) = inner(place.column, picture.width());
    let (top, bottom) = inner(place.row, picture.height());
    let share =
        |at: usize, range: &Range<usize>| ((at - range.start) as f64 / range.len() as f64) as f32;
    let corner = |x: usize, y: usize| ImagePoint::new(x as f64 * scale, y as f64 * scale);
    TileQuad {
        texture,
        area: Rect::new(corner(left, top), corner(right, bottom)),
        uv: egui::Rect::from_min_max(
            egui::pos2(share(left, &columns), share(top, &rows)),
            egui::pos2(share(right, &columns), share(bottom, &rows)),
        ),
    }
}
