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
    geometry::{self, ImagePoint, OutputPoint},
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
    let map = &screen.view.source_from_output;
    let pane = screen.output_rect();
    let (quads, is_missing) = tiles.quads(painter.ctx(), side, loaded, map, &pane);
    for quad in quads {
        let corners = quad.area.corners().map(|corner| screen.of_image(corner));
        quad_ui(painter, quad.texture.id(), corners, quad.uv);
    }
    if is_missing {
        painter.ctx().request_repaint();
    }
    if let Some(shown) = shown.filter(|shown| is_sharper(shown, screen)) {
        last_ui(painter, textures, (slot, shown), screen);
    }
}

/// Whether an earlier view is at least as fine as the screen is now, so that it is worth showing.
fn is_sharper(shown: &Shown, screen: &Screen) -> bool {
    shown.view.magnification() >= 0.99 * screen.view.magnification()
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
