//! A side's picture in its pane: the finished view where there is one, what stands in where not.

use std::{ops::Range, sync::Arc};

use egui::{Color32, Mesh, Painter, Pos2, Rect};

use super::{
    screen::Screen,
    textures::{Piece, Textures},
    tiles::Tiles,
};
use crate::{
    document::Side,
    geometry::{self, Image, ImagePoint, OutputPoint},
    raster::View,
    session::{Session, Shown, Slot},
};

/// All of a texture.
const WHOLE: Rect = Rect { min: Pos2::ZERO, max: Pos2::new(1.0, 1.0) };

/// A finished view on `rect`, whose corners lie on physical pixels and which has its size.
pub(super) fn shown_ui(
    painter: &Painter,
    textures: &mut Textures,
    (slot, shown): (Slot, &Shown),
    rect: Rect,
    pixels_per_point: f32,
) {
    for Piece { texture, columns, rows } in textures.of_slot(painter.ctx(), slot, shown) {
        #[expect(clippy::cast_precision_loss, reason = "screen pixels")]
        let points = |range: &Range<usize>| {
            (range.start as f32 / pixels_per_point, range.end as f32 / pixels_per_point)
        };
        let ((left, right), (top, bottom)) = (points(&columns), points(&rows));
        let part = Rect::from_min_max(Pos2::new(left, top), Pos2::new(right, bottom));
        painter.image(texture.id(), part.translate(rect.min.to_vec2()), WHOLE, Color32::WHITE);
    }
}

/// The picture: what is finished, over tiles of the source while that is for another place.
pub(super) fn picture_ui(
    painter: &Painter,
    session: &Session,
    (textures, tiles): (&mut Textures, &mut Tiles),
    side: Side,
    screen: &Screen,
) {
    let Some(loaded) = session.loaded(side) else { return };
    let slot = Slot::Pane(side);
    let shown = session.shown(slot).filter(|shown| Arc::ptr_eq(&shown.source, &loaded.picture));
    if let Some(shown) = shown.filter(|shown| shown.view == screen.view) {
        shown_ui(painter, textures, (slot, shown), screen.rect, screen.pixels_per_point);
        return;
    }
    let pane = screen.output_rect();
    let (quads, is_missing) = tiles.quads(painter.ctx(), side, loaded, &screen.view, &pane);
    for quad in quads {
        patch_ui(painter, &quad.texture, (quad.area, quad.uv), screen, MAX_DIVISIONS);
    }
    if is_missing {
        painter.ctx().request_repaint();
    }
    if let Some(shown) = shown.filter(|shown| is_sharper(shown, screen)) {
        last_ui(painter, textures, (slot, shown), screen);
    }
}

/// How far a patch may be off where the map bends, in physical pixels, and how often it is divided
/// for that: 64 patches along a tile.
const PATCH_ERROR: f64 = 0.2;
const MAX_DIVISIONS: usize = 6;

/// A part of the source, divided until each patch lies where a quadrilateral between its corners
/// does. Patches off the pane are left out.
fn patch_ui(
    painter: &Painter,
    texture: &egui::TextureHandle,
    (area, uv): (geometry::Rect<Image>, Rect),
    screen: &Screen,
    n_divisions: usize,
) {
    let corners = area.corners().map(|corner| screen.of_image(corner));
    if n_divisions > 0 && !is_flat(&area, corners, screen) {
        let (center, uv_center) = (area.center(), uv.center());
        let xs = [(area.min.x, center.x), (center.x, area.max.x)];
        let ys = [(area.min.y, center.y), (center.y, area.max.y)];
        let us = [(uv.min.x, uv_center.x), (uv_center.x, uv.max.x)];
        let vs = [(uv.min.y, uv_center.y), (uv_center.y, uv.max.y)];
        for ((left, right), (u0, u1)) in xs.into_iter().zip(us) {
            for ((top, bottom), (v0, v1)) in ys.into_iter().zip(vs) {
                let part =
                    geometry::Rect::new(ImagePoint::new(left, top), ImagePoint::new(right, bottom));
                let uv = Rect::from_min_max(Pos2::new(u0, v0), Pos2::new(u1, v1));
                patch_ui(painter, texture, (part, uv), screen, n_divisions - 1);
            }
        }
        return;
    }
    if Rect::from_points(&corners).intersects(screen.rect) {
        quad_ui(painter, texture.id(), corners, uv);
    }
}

/// Whether the map takes the middles of two edges, and of the area, to where straight lines do.
fn is_flat(area: &geometry::Rect<Image>, corners: [Pos2; 4], screen: &Screen) -> bool {
    if screen.view.source_from_output.is_affine() {
        return true;
    }
    let [a, b, c, d] = corners;
    let middle = |p: Pos2, q: Pos2| p + (q - p) / 2.0;
    let center = area.center();
    let places = [
        (ImagePoint::new(center.x, area.min.y), middle(a, b)),
        (ImagePoint::new(area.min.x, center.y), middle(a, d)),
        (center, middle(middle(a, b), middle(d, c))),
    ];
    places.into_iter().all(|(at, straight)| {
        let off = screen.of_image(at).distance(straight) * screen.pixels_per_point;
        f64::from(off) <= PATCH_ERROR
    })
}

/// Whether an earlier view is at least as fine as the screen is now, so that it is worth showing.
fn is_sharper(shown: &Shown, screen: &Screen) -> bool {
    let is_straight = |view: &View| view.source_from_output.is_affine();
    is_straight(&shown.view)
        && is_straight(&screen.view)
        && shown.view.magnification() >= 0.99 * screen.view.magnification()
}

/// An earlier view where its part of the source is now.
fn last_ui(
    painter: &Painter,
    textures: &mut Textures,
    (slot, shown): (Slot, &Shown),
    screen: &Screen,
) {
    for Piece { texture, columns, rows } in textures.of_slot(painter.ctx(), slot, shown) {
        #[expect(clippy::cast_precision_loss, reason = "screen pixels")]
        let at = |column: usize, row: usize| OutputPoint::new(column as f64, row as f64);
        let piece = geometry::Rect::new(at(columns.start, rows.start), at(columns.end, rows.end));
        let corners = piece.corners().map(|corner| {
            let at: ImagePoint = shown.view.source_from_output.apply(corner);
            screen.of_image(at)
        });
        quad_ui(painter, texture.id(), corners, WHOLE);
    }
}

/// A part of a texture between four corners, clockwise from its top left.
fn quad_ui(painter: &Painter, texture: egui::TextureId, corners: [Pos2; 4], uv: Rect) {
    let mut mesh = Mesh::with_texture(texture);
    let uvs = [uv.left_top(), uv.right_top(), uv.right_bottom(), uv.left_bottom()];
    for (pos, uv) in corners.into_iter().zip(uvs) {
        mesh.vertices.push(egui::epaint::Vertex { pos, uv, color: Color32::WHITE });
    }
    mesh.add_triangle(0, 1, 2);
    mesh.add_triangle(0, 2, 3);
    painter.add(egui::Shape::mesh(mesh));
}
