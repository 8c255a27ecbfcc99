//! Tests of the CPU renderer's exact pixels.

use egui::epaint::Mesh;
use egui::{Color32, ColorImage, Painter, Pos2, Rect, Shape, TextureOptions, Vec2, pos2, vec2};
use egui_kittest::Harness;
use image::{Rgba, RgbaImage};

use super::soft_renderer::SoftRenderer;

/// All of a texture.
const WHOLE: Rect = Rect::from_min_max(Pos2::ZERO, pos2(1.0, 1.0));
/// What every picture is painted with first.
const BACKDROP: Color32 = Color32::BLACK;

/// A picture of `size` pixels of what `draw` paints over the backdrop.
fn picture(size: Vec2, pixels_per_point: f32, draw: impl Fn(&Painter)) -> RgbaImage {
    let mut harness = Harness::builder()
        .with_size(size / pixels_per_point)
        .with_pixels_per_point(pixels_per_point)
        .renderer(SoftRenderer::default())
        .build_ui(|ui| {
            let painter = ui.debug_painter();
            painter.add(rectangle(painter.clip_rect(), BACKDROP));
            draw(&painter);
        });
    harness.render().expect("the picture has only meshes, and every texture is set")
}

/// A rectangle without the soft edge that egui gives its own shapes.
fn rectangle(rect: Rect, color: Color32) -> Shape {
    let mut mesh = Mesh::default();
    mesh.add_colored_rect(rect, color);
    Shape::mesh(mesh)
}

/// A rectangle from its corners.
fn corners(left: f32, top: f32, right: f32, bottom: f32) -> Rect {
    Rect::from_min_max(pos2(left, top), pos2(right, bottom))
}

/// The colour as a pixel of the picture.
fn pixel(color: Color32) -> Rgba<u8> {
    Rgba(color.to_array())
}

/// Checks that `color` fills the given columns and rows, and that the backdrop is left everywhere else.
#[track_caller]
fn check_block(picture: &RgbaImage, [left, top, right, bottom]: [u32; 4], color: Color32) {
    for (x, y, found) in picture.enumerate_pixels() {
        let inside = (left..right).contains(&x) && (top..bottom).contains(&y);
        let expected = pixel(if inside { color } else { BACKDROP });
        assert_eq!(*found, expected, "pixel ({x}, {y})");
    }
}

/// A texture in which no two texels are alike.
fn distinct_texels(width: u8, height: u8) -> ColorImage {
    let texel = |x: u8, y: u8| Color32::from_rgba_premultiplied(x * 11, y * 17, x ^ y, 255);
    let texels = (0..height).flat_map(|y| (0..width).map(move |x| texel(x, y)));
    ColorImage::new([width.into(), height.into()], texels.collect())
}

#[test]
fn a_rectangle_covers_exactly_its_pixel_centres() {
    let size = vec2(9.0, 7.0);
    let color = Color32::from_rgba_premultiplied(200, 30, 5, 255);
    let whole_pixels = picture(size, 1.0, |painter| {
        painter.add(rectangle(corners(2.0, 1.0, 5.0, 4.0), color));
    });
    check_block(&whole_pixels, [2, 1, 5, 4], color);

    // Edges on pixel centres: the left and top ones are inside, the right and bottom ones are not.
    let half_pixels = picture(size, 1.0, |painter| {
        painter.add(rectangle(corners(2.5, 1.5, 5.5, 4.5), color));
    });
    check_block(&half_pixels, [2, 1, 5, 4], color);

    // The corners in mirrored order: the triangles wind the other way.
    let mirrored = picture(size, 1.0, |painter| {
        painter.add(rectangle(corners(5.0, 1.0, 2.0, 4.0), color));
    });
    check_block(&mirrored, [2, 1, 5, 4], color);

    let two_pixels_per_point = picture(size, 2.0, |painter| {
        painter.add(rectangle(corners(1.0, 0.5, 2.5, 2.0), color));
    });
    check_block(&two_pixels_per_point, [2, 1, 5, 4], color);
}

#[test]
fn nearest_at_one_texel_per_pixel_shows_the_texels() {
    // A quarter of a pixel off, which nearest does not show.
    let (corner, size) = (vec2(3.25, 1.75), vec2(13.0, 8.0));
    let mut expected = distinct_texels(13, 8);
    expected.pixels[5 * 13 + 4] = Color32::RED;
    for pixels_per_point in [1.0, 2.0, 1.5] {
        let picture = picture(vec2(20.0, 12.0), pixels_per_point, |painter| {
            let options = TextureOptions::NEAREST;
            let mut texture = painter.ctx().load_texture("t", distinct_texels(13, 8), options);
            texture.set_partial([4, 5], ColorImage::filled([1, 1], Color32::RED), options);
            let rect = Rect::from_min_size(corner.to_pos2(), size) / pixels_per_point;
            painter.image(texture.id(), rect, WHOLE, Color32::WHITE);
            // Dropping the handle here frees the texture in the pass that shows it.
        });
        for (x, y) in (0..8).flat_map(|y| (0..13).map(move |x| (x, y))) {
            let found = *picture.get_pixel(x + 3, y + 2);
            let texel = expected.pixels[(y * 13 + x) as usize];
            assert_eq!(found, pixel(texel), "texel ({x}, {y})");
        }
        assert_eq!(*picture.get_pixel(2, 2), pixel(BACKDROP));
        assert_eq!(*picture.get_pixel(16, 9), pixel(BACKDROP));
    }
}

#[test]
fn nothing_is_painted_outside_the_clip_rectangle() {
    let color = Color32::from_rgba_premultiplied(10, 220, 90, 255);
    let clipped = |clip: Rect| {
        picture(vec2(9.0, 7.0), 1.0, |painter| {
            let mut painter = painter.clone();
            painter.set_clip_rect(clip); // `with_clip_rect` would cut it to the window
            painter.add(rectangle(corners(-50.0, -50.0, 50.0, 50.0), color));
        })
    };
    check_block(&clipped(corners(3.0, 2.0, 7.0, 5.0)), [3, 2, 7, 5], color);
    check_block(&clipped(corners(2.6, 2.4, 7.4, 4.6)), [3, 2, 7, 5], color); // rounded to whole pixels
    check_block(&clipped(corners(4.0, -9.0, 99.0, 99.0)), [4, 0, 9, 7], color); // cut to the picture
    check_block(&clipped(corners(20.0, 20.0, 30.0, 30.0)), [0; 4], color);
}

#[test]
fn colours_blend_premultiplied_and_each_pixel_once() {
    let blended = |source: Color32| {
        let below = Color32::from_rgba_premultiplied(100, 150, 200, 255);
        let picture = picture(vec2(9.0, 7.0), 1.0, |painter| {
            painter.add(rectangle(painter.clip_rect(), below));
            // Two halves that share an edge through pixel centres, each with a diagonal.
            painter.add(rectangle(corners(0.0, 0.0, 4.5, 7.0), source));
            painter.add(rectangle(corners(4.5, 0.0, 9.0, 7.0), source));
        });
        let first = *picture.get_pixel(0, 0);
        assert!(picture.pixels().all(|found| *found == first), "the picture has one colour");
        first
    };
    // 60 + 100 * 127/255 = 109.8; 20 + 150 * 127/255 = 94.7; 0 + 200 * 127/255 = 99.6
    let half = Color32::from_rgba_premultiplied(60, 20, 0, 128);
    assert_eq!(blended(half), Rgba([110, 95, 100, 255]));
    // Without alpha, light is added and saturates.
    let light = Color32::from_rgba_premultiplied(60, 20, 90, 0);
    assert_eq!(blended(light), Rgba([160, 170, 255, 255]));
    assert_eq!(blended(Color32::TRANSPARENT), Rgba([100, 150, 200, 255]));
}
