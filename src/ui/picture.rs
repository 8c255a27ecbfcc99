//! A side's picture in its pane: the finished view where there is one, what stands in where not.

use std::{ops::Range, sync::Arc};

use egui::{Color32, Mesh, Painter, Pos2, Rect};

use super::{
    half_plane::HalfPlane,
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

/// How a picture lies over what is drawn already.
#[derive(Clone, Copy, Debug)]
pub(super) struct Layer {
    /// Where it is seen; everywhere without one.
    pub(super) clip: Option<HalfPlane>,
    /// How little is seen through it, 0 to 1.
    pub(super) opacity: f32,
}

impl Layer {
    /// All of it, hiding what is below.
    pub(super) const WHOLE: Self = Self { clip: None, opacity: 1.0 };
}

/// A finished view on `rect`, whose corners lie on physical pixels and which has its size.
pub(super) fn shown_ui(
    painter: &Painter,
    textures: &mut Textures,
    (slot, shown): (Slot, &Shown),
    rect: Rect,
    pixels_per_point: f32,
    layer: Layer,
) {
    for Piece { texture, columns, rows } in textures.of_slot(painter.ctx(), slot, shown) {
        #[expect(clippy::cast_precision_loss, reason = "screen pixels")]
        let points = |range: &Range<usize>| {
            (range.start as f32 / pixels_per_point, range.end as f32 / pixels_per_point)
        };
        let ((left, right), (top, bottom)) = (points(&columns), points(&rows));
        let part = Rect::from_min_max(Pos2::new(left, top), Pos2::new(right, bottom));
        let part = part.translate(rect.min.to_vec2());
        let corners = [part.left_top(), part.right_top(), part.right_bottom(), part.left_bottom()];
        quad_ui(painter, texture.id(), corners, WHOLE, layer);
    }
}

/// The picture: what is finished, over tiles of the source while that is for another place.
pub(super) fn picture_ui(
    painter: &Painter,
    session: &Session,
    (textures, tiles): (&mut Textures, &mut Tiles),
    side: Side,
    screen: &Screen,
    layer: Layer,
) {
    let Some(loaded) = session.loaded(side) else { return };
    let slot = Slot::Pane(side);
    let shown = session.shown(slot).filter(|shown| Arc::ptr_eq(&shown.source, &loaded.picture));
    if let Some(shown) = shown.filter(|shown| shown.view == screen.view) {
        shown_ui(painter, textures, (slot, shown), screen.rect, screen.pixels_per_point, layer);
        return;
    }
    if session.is_blind() {
        // Tiles have all that a side has, and show where it ends.
        let is_straight = |view: &View| view.source_from_output.is_affine();
        let straight = shown.filter(|of| is_straight(&of.view) && is_straight(&screen.view));
        if let Some(shown) = straight {
            last_ui(painter, textures, (slot, shown), screen, layer);
        }
        return;
    }
    let pane = screen.output_rect();
    let (quads, is_missing) = tiles.quads(painter.ctx(), side, loaded, &screen.view, &pane);
    for quad in quads {
        let mut patches = Vec::new();
        divide((quad.area, quad.uv), screen, MAX_DIVISIONS, &mut patches);
        for patch in patches {
            quad_ui(painter, quad.texture.id(), patch.corners, patch.uv, layer);
        }
    }
    if is_missing {
        painter.ctx().request_repaint();
    }
    if let Some(shown) = shown.filter(|shown| is_sharper(shown, screen)) {
        last_ui(painter, textures, (slot, shown), screen, layer);
    }
}

/// How far the places of a patch that are looked at may be off where the map bends, in physical
/// pixels (others are off by less than 0.2), and how often it is divided for that: 128 patches along a
/// tile.
const PATCH_ERROR: f64 = 0.15;
const MAX_DIVISIONS: usize = 7;

/// A part of the source as it is drawn: its part of the texture, its corners.
struct Patch {
    #[cfg(test)]
    area: geometry::Rect<Image>,
    uv: Rect,
    corners: [Pos2; 4],
}

/// A part of the source, divided until each patch lies where a quadrilateral between its corners
/// does. Patches off the pane are left out.
fn divide(
    (area, uv): (geometry::Rect<Image>, Rect),
    screen: &Screen,
    n_divisions: usize,
    patches: &mut Vec<Patch>,
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
                divide((part, uv), screen, n_divisions - 1, patches);
            }
        }
        return;
    }
    if Rect::from_points(&corners).intersects(screen.rect) {
        patches.push(Patch {
            #[cfg(test)]
            area,
            uv,
            corners,
        });
    }
}

/// Places of a patch that are looked at, by their shares across and down.
const PLACES: [(f32, f32); 7] =
    [(0.5, 0.0), (0.0, 0.5), (0.5, 0.5), (1.0, 0.5), (0.5, 1.0), (0.75, 0.25), (0.25, 0.75)];

/// Whether the map takes places within the area to where the two triangles between its corners do:
/// the middles of their edges, and points inside.
fn is_flat(area: &geometry::Rect<Image>, corners: [Pos2; 4], screen: &Screen) -> bool {
    if screen.view.source_from_output.is_affine() {
        return true;
    }
    let (width, height) = (area.max.x - area.min.x, area.max.y - area.min.y);
    PLACES.into_iter().all(|(x, y)| {
        let at = area.min.offset(f64::from(x) * width, f64::from(y) * height);
        let off = screen.of_image(at).distance(drawn_at(corners, (x, y)));
        f64::from(off * screen.pixels_per_point) <= PATCH_ERROR
    })
}

/// Where a place of a quadrilateral is drawn, by its shares across and down: on one of the triangles
/// on either side of the line from its first corner to its third.
fn drawn_at([a, b, c, d]: [Pos2; 4], (x, y): (f32, f32)) -> Pos2 {
    if x >= y { a + x * (b - a) + y * (c - b) } else { a + y * (d - a) + x * (c - d) }
}

/// Whether an earlier view is at least as fine as the screen is now, so that it is worth showing.
fn is_sharper(shown: &Shown, screen: &Screen) -> bool {
    let is_straight = |view: &View| view.source_from_output.is_affine();
    is_straight(&shown.view)
        && is_straight(&screen.view)
        && shown.view.magnification() >= 0.99 * screen.view.magnification()
}

/// An earlier view where its part of the source is now.
pub(super) fn last_ui(
    painter: &Painter,
    textures: &mut Textures,
    (slot, shown): (Slot, &Shown),
    screen: &Screen,
    layer: Layer,
) {
    for Piece { texture, columns, rows } in textures.of_slot(painter.ctx(), slot, shown) {
        #[expect(clippy::cast_precision_loss, reason = "screen pixels")]
        let at = |column: usize, row: usize| OutputPoint::new(column as f64, row as f64);
        let piece = geometry::Rect::new(at(columns.start, rows.start), at(columns.end, rows.end));
        let corners = piece.corners().map(|corner| {
            let at: ImagePoint = shown.view.source_from_output.apply(corner);
            screen.of_image(at)
        });
        quad_ui(painter, texture.id(), corners, WHOLE, layer);
    }
}

/// A part of a texture between four corners, clockwise from its top left.
fn quad_ui(
    painter: &Painter,
    texture: egui::TextureId,
    corners: [Pos2; 4],
    uv: Rect,
    layer: Layer,
) {
    let uvs = [uv.left_top(), uv.right_top(), uv.right_bottom(), uv.left_bottom()];
    let all = [0, 1, 2, 3].map(|idx| (corners[idx], uvs[idx]));
    let polygon = layer.clip.map_or(all.to_vec(), |half| half.clip(&all));
    let color = Color32::WHITE.gamma_multiply(layer.opacity);
    let mut mesh = Mesh::with_texture(texture);
    for (pos, uv) in polygon {
        mesh.vertices.push(egui::epaint::Vertex { pos, uv, color });
    }
    for idx in 2..u32::try_from(mesh.vertices.len()).unwrap_or(0) {
        mesh.add_triangle(0, idx - 1, idx);
    }
    painter.add(egui::Shape::mesh(mesh));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        geometry::{Kernel, Method, Model, Output, Pair, Point, Similarity, Warp, fit},
        raster::View,
    };

    /// A view of B through a spline that bends it strongly, at this magnification.
    fn bent_view(magnification: f64) -> View {
        let place = |x: f64, y: f64| ImagePoint::new(x, y);
        let pairs = [
            ((300.0, 300.0), (310.0, 290.0)),
            ((1200.0, 280.0), (1150.0, 330.0)),
            ((760.0, 700.0), (800.0, 690.0)),
            ((480.0, 950.0), (455.0, 1010.0)),
            ((1060.0, 940.0), (1085.0, 905.0)),
            ((770.0, 1200.0), (740.0, 1195.0)),
        ];
        let pairs: Vec<Pair> =
            pairs.iter().map(|(a, b)| Pair::new(place(a.0, a.1), place(b.0, b.1))).collect();
        let b_from_a = fit(Method::of(Model::ThinPlateSpline), &pairs).unwrap();
        let a_from_output = Similarity::<Image, Output>::about(
            1.0 / magnification,
            0.05,
            Point::new(400.0, 300.0),
            place(760.0, 720.0),
        );
        let Warp::Spline(spline, _) = b_from_a else { panic!("a spline was asked for") };
        View::new(Warp::Spline(spline, a_from_output), Kernel::CatmullRom, (800, 600))
    }

    #[test]
    fn patches_lie_where_the_spline_takes_them_to_a_fifth_of_a_screen_pixel() {
        for (magnification, pixels_per_point) in [(0.4, 1.0), (1.0, 1.5), (3.0, 1.0), (8.0, 2.0)] {
            let size = egui::Vec2::new(800.0, 600.0) / pixels_per_point;
            let rect = Rect::from_min_size(Pos2::ZERO, size);
            let screen = Screen::new(rect, pixels_per_point, bent_view(magnification));
            let mut patches = Vec::new();
            for (column, row) in (0_u8..4).flat_map(|row| (0_u8..4).map(move |c| (c, row))) {
                let min = ImagePoint::new(512.0 * f64::from(column), 512.0 * f64::from(row));
                let tile = geometry::Rect::new(min, min.offset(512.0, 512.0));
                divide((tile, WHOLE), &screen, MAX_DIVISIONS, &mut patches);
            }
            assert!(patches.len() > 16, "the map bends");
            let (mut worst, mut n) = (0.0_f32, 0);
            for patch in &patches {
                for (x, y) in [(0.5, 0.5), (0.25, 0.75), (0.8, 0.1), (0.1, 0.45), (0.6, 0.95)] {
                    let (dx, dy) = (
                        f64::from(x) * (patch.area.max.x - patch.area.min.x),
                        f64::from(y) * (patch.area.max.y - patch.area.min.y),
                    );
                    let true_place = screen.of_image(patch.area.min.offset(dx, dy));
                    if !screen.rect.contains(true_place) {
                        continue;
                    }
                    let off =
                        drawn_at(patch.corners, (x, y)).distance(true_place) * pixels_per_point;
                    worst = worst.max(off);
                    n += 1;
                }
            }
            assert!(n > 100 && worst <= 0.2, "{worst} px at {magnification}x over {n} places");
        }
    }
}
