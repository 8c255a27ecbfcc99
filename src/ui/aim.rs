//! The aiming loupe: what lies under the pointer while a landmark is placed or dragged, at 8x and in
//! the side's own pixels.

use egui::{Align2, Color32, Mesh, Painter, Pos2, Rect, Stroke, StrokeKind, Vec2, epaint::Vertex};

use super::{screen::Screen, theme};
use crate::{geometry::ImagePoint, raster::Picture};

/// Physical pixels a pixel of the side.
const MAGNIFICATION: f32 = 8.0;
/// Pixels of the side along the loupe, the one under the pointer in the middle.
const PIXELS: usize = 17;
/// From the pointer to the loupe's corner, in points.
const AWAY: f32 = 22.0;
/// Panes this much magnified show as much themselves.
const ENOUGH: f64 = 6.0;

/// Draws it beside `pointer`, with a cross hair at `at`, within the pane.
pub(super) fn aim_ui(
    painter: &Painter,
    picture: &Picture,
    screen: &Screen,
    (pointer, at): (Pos2, ImagePoint),
) {
    let is_inside = at.x >= 0.0 && at.y >= 0.0;
    if !is_inside || screen.view.magnification() >= ENOUGH {
        return;
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "inside")]
    let (column, row) = (at.x as usize, at.y as usize);
    if picture.rgba8_at(column, row).is_none() {
        return;
    }
    let cell = MAGNIFICATION / screen.pixels_per_point;
    #[expect(clippy::cast_precision_loss, reason = "a few pixels")]
    let size = Vec2::splat(cell * PIXELS as f32);
    let rect = beside(pointer, size, screen.rect);
    painter.rect_filled(rect, 0.0, theme::PANE);
    painter.add(egui::Shape::mesh(pixels(picture, (column, row), rect.min, cell)));
    // The cross hair stands where the mark would, also within its pixel.
    #[expect(clippy::cast_possible_truncation, reason = "below one pixel")]
    let within = Vec2::new(at.x.fract() as f32, at.y.fract() as f32);
    #[expect(clippy::cast_precision_loss, reason = "a few pixels")]
    let middle = rect.min + (Vec2::splat((PIXELS / 2) as f32) + within) * cell;
    for stroke in [Stroke::new(3.0, theme::MARK_EDGE), Stroke::new(1.0, theme::MARK)] {
        for arm in [Vec2::RIGHT, Vec2::LEFT, Vec2::UP, Vec2::DOWN] {
            painter.line_segment([middle + 5.0 * arm, middle + 26.0 * arm], stroke);
        }
    }
    painter.rect_stroke(rect, 0.0, Stroke::new(1.0, theme::MARK_EDGE), StrokeKind::Outside);
    let font = theme::semibold(10.5);
    let galley = painter.layout_no_wrap("8x nearest".to_owned(), font, theme::TEXT);
    let chip =
        Align2::LEFT_BOTTOM.anchor_size(rect.left_bottom(), galley.size() + Vec2::new(8.0, 4.0));
    painter.rect_filled(chip, 0.0, theme::CHIP);
    painter.galley(chip.min + Vec2::new(4.0, 2.0), galley, theme::TEXT);
}

/// Right below the pointer, or on its other side where the pane ends.
fn beside(pointer: Pos2, size: Vec2, pane: Rect) -> Rect {
    let fits_right = pointer.x + AWAY + size.x <= pane.right();
    let fits_below = pointer.y + AWAY + size.y <= pane.bottom();
    let x = if fits_right { pointer.x + AWAY } else { pointer.x - AWAY - size.x };
    let y = if fits_below { pointer.y + AWAY } else { pointer.y - AWAY - size.y };
    Rect::from_min_size(Pos2::new(x.round(), y.round()), size)
}

/// One square a pixel.
fn pixels(picture: &Picture, (column, row): (usize, usize), corner: Pos2, cell: f32) -> Mesh {
    let mut mesh = Mesh::default();
    for dy in 0..PIXELS {
        for dx in 0..PIXELS {
            let place =
                (column + dx).checked_sub(PIXELS / 2).zip((row + dy).checked_sub(PIXELS / 2));
            let Some([r, g, b, alpha]) = place.and_then(|(x, y)| picture.rgba8_at(x, y)) else {
                continue;
            };
            let color = Color32::from_rgba_unmultiplied(r, g, b, alpha);
            #[expect(clippy::cast_precision_loss, reason = "a few pixels")]
            let min = corner + cell * Vec2::new(dx as f32, dy as f32);
            let square = Rect::from_min_size(min, Vec2::splat(cell));
            let first = u32::try_from(mesh.vertices.len()).unwrap_or(0);
            for pos in
                [square.left_top(), square.right_top(), square.right_bottom(), square.left_bottom()]
            {
                mesh.vertices.push(Vertex { pos, uv: egui::epaint::WHITE_UV, color });
            }
            mesh.add_triangle(first, first + 1, first + 2);
            mesh.add_triangle(first, first + 2, first + 3);
        }
    }
    mesh
}
