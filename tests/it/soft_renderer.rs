//! Pictures of the window, drawn on the CPU.
//!
//! [`SoftRenderer`] rasterises egui's meshes, so that a test can look at the window without a GPU, a display or a
//! system library: `Harness::builder().renderer(SoftRenderer::default())`.
//!
//! The conventions are those of egui's GL and WGPU backends, so a picture shows what the window shows:
//!
//! - **Positions** are points times pixels per point, snapped to 1/256 of a pixel ([`SUBPIXEL_BITS`]); from there on,
//!   coverage is integer arithmetic. Pixel `(x, y)` is sampled once, at `(x + 0.5, y + 0.5)`, and y points down.
//! - **Coverage** follows the top-left rule: a pixel centre exactly on an edge belongs to the triangle of which this
//!   is a left or a top edge, so that neighbours leave no gap and draw no pixel twice. Both windings are drawn.
//! - **Colour** is sRGB with premultiplied alpha: texel times interpolated vertex colour, blended in gamma space as
//!   `source + target * (1 - source alpha)` and rounded to 8 bits each time, as in a frame buffer; no dithering.
//! - **Sampling** is nearest or linear: the magnification filter up to one texel per pixel, the minification filter
//!   beyond, without mipmaps. Beyond its edges a texture is clamped, repeated or mirrored, as its options say.
//! - **Textures** are replaced or patched by an update, which also sets their options. A freed texture stays until
//!   the next update: the shapes of the pass that freed it may still show it.
//! - **Clip rectangles** are rounded to whole pixels and cut to the picture.
//!
//! The picture is as large as the content rectangle (at least one pixel), starts out transparent and keeps its alpha
//! premultiplied. The same meshes give the same bytes on every machine: each step is rounded exactly.
#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "a rasteriser moves between floats, sub-pixels and indices; each value is bounded before its cast"
)]

use std::{array, cmp::Ordering, collections::HashMap, ops::Range, sync::Arc};

use egui::epaint::{ClippedPrimitive, ImageDelta, Primitive, Vertex};
use egui::{ColorImage, Context, FullOutput, ImageData, Pos2, Rect, Vec2, vec2};
use egui::{TextureFilter, TextureId, TextureOptions, TextureWrapMode, TexturesDelta};
use egui_kittest::TestRenderer;
use image::RgbaImage;
use rayon::prelude::*;

/// Binary digits of a position below the pixel, as GL drivers keep.
const SUBPIXEL_BITS: u32 = 8;
/// Sub-pixel steps in one pixel.
const SUBPIXELS: i64 = 1 << SUBPIXEL_BITS;
/// Positions stay this many pixels either side of the origin: every edge function then fits an `i64`.
const GUARD_BAND: f32 = 1_048_576.0;
/// Texels per pixel above which a texture counts as minified: one, and a little for rounding.
const MINIFIED_ABOVE: f32 = 1.001;
/// Rows of the picture that one job paints.
const BAND_ROWS: usize = 32;
/// The largest value of a channel: red, green, blue or alpha.
const CHANNEL_MAX: f32 = 255.0;

/// One colour, premultiplied, each channel from 0 to [`CHANNEL_MAX`].
type Rgba = [f32; 4];
/// One pixel of the picture, premultiplied.
type Pixel = [u8; 4];
/// Columns and rows of the picture.
type PixelRect = [Range<i64>; 2];

/// A [`TestRenderer`] that needs nothing but the processor. The module's documentation has the conventions.
#[derive(Default)]
pub(crate) struct SoftRenderer {
    textures: HashMap<TextureId, Texture>,
    /// Freed by the latest update, but perhaps still shown by the shapes that came with it.
    expiring: Vec<TextureId>,
    /// The first texture update that could not be applied; every later picture fails with it.
    fault: Option<String>,
}

impl TestRenderer for SoftRenderer {
    fn handle_delta(&mut self, delta: &mut TexturesDelta) {
        self.textures.retain(|id, _| !self.expiring.contains(id));
        let mut updates: Vec<_> = delta.set.drain().collect();
        updates.sort_unstable_by_key(|(id, _)| *id);
        for (id, changes) in updates {
            for change in &changes {
                let result = self.update_texture(id, change);
                self.fault = self.fault.take().or(result.err());
            }
        }
        self.expiring = delta.free.drain().collect();
    }

    /// Fails when a mesh lacks a vertex or its texture, when a texture update was impossible, and for a paint callback,
    /// which only a GPU can run.
    fn render(&mut self, ctx: &Context, output: &FullOutput) -> Result<RgbaImage, String> {
        if let Some(fault) = &self.fault {
            return Err(fault.clone());
        }
        let pixels_per_point = output.pixels_per_point;
        let size = (ctx.content_rect().size() * pixels_per_point).round().max(Vec2::splat(1.0));
        let mut picture = RgbaImage::new(size.x as u32, size.y as u32);
        let mut triangles = Vec::new();
        for primitive in ctx.tessellate(output.shapes.clone(), pixels_per_point) {
            let clip = clip_pixels(primitive.clip_rect, pixels_per_point, size);
            triangles.extend(self.triangles(&primitive, pixels_per_point, &clip)?);
        }
        paint(&mut picture, &triangles);
        Ok(picture)
    }
}

impl SoftRenderer {
    /// Replaces or patches one texture.
    fn update_texture(&mut self, id: TextureId, change: &ImageDelta) -> Result<(), String> {
        let ImageData::Color(image) = &change.image;
        if image.pixels.is_empty() || image.pixels.len() != image.width() * image.height() {
            return Err(format!("texture {id:?} was given an image without texels"));
        }
        if let Some(corner) = change.pos {
            let texture = self.textures.get_mut(&id);
            let texture = texture.ok_or_else(|| format!("texture {id:?} is patched, not set"))?;
            texture.options = change.options;
            return texture.patch(image, corner);
        }
        let (image, options) = (Arc::clone(image), change.options);
        self.textures.insert(id, Texture { image, options });
        Ok(())
    }

    /// The triangles of `primitive` that can touch a pixel inside `clip`, in the order to paint them.
    fn triangles(
        &self,
        primitive: &ClippedPrimitive,
        pixels_per_point: f32,
        clip: &PixelRect,
    ) -> Result<Vec<Triangle<'_>>, String> {
        let Primitive::Mesh(mesh) = &primitive.primitive else {
            return Err("a paint callback cannot be drawn without a GPU".to_owned());
        };
        if !mesh.is_valid() {
            return Err("a mesh refers to a vertex that it does not have".to_owned());
        }
        let texture = self.textures.get(&mesh.texture_id);
        let texture = texture.ok_or_else(|| format!("no texture {:?}", mesh.texture_id))?;
        let corner = |idx: u32| Corner::new(&mesh.vertices[idx as usize], pixels_per_point);
        let (triples, _) = mesh.indices.as_chunks::<3>();
        let drawn = triples.iter().map(|triple| Triangle::new(texture, triple.map(corner), clip));
        Ok(drawn.flatten().collect())
    }
}

/// An image and how to sample it; it has at least one texel.
struct Texture {
    image: Arc<ColorImage>,
    options: TextureOptions,
}

impl Texture {
    /// Copies `patch` in, its top-left texel to `corner`.
    fn patch(&mut self, patch: &ColorImage, [left, top]: [usize; 2]) -> Result<(), String> {
        let [width, height] = self.image.size;
        if left + patch.width() > width || top + patch.height() > height {
            return Err(format!("a patch leaves its texture, {width} x {height}"));
        }
        let texels = &mut Arc::make_mut(&mut self.image).pixels;
        for (row, source) in patch.pixels.chunks_exact(patch.width()).enumerate() {
            let start = (top + row) * width + left;
            texels[start..start + source.len()].copy_from_slice(source);
        }
        Ok(())
    }

    /// Width and height in texels.
    fn size(&self) -> Vec2 {
        vec2(self.image.width() as f32, self.image.height() as f32)
    }

    /// The colour at `uv`, where (0, 0) and (1, 1) are the outer corners of the first and the last texel.
    fn sample(&self, uv: Pos2, filter: TextureFilter) -> Rgba {
        let at = uv.to_vec2() * self.size();
        if filter == TextureFilter::Nearest {
            return self.texel(at.x.floor() as i64, at.y.floor() as i64);
        }
        let at = at - Vec2::splat(0.5); // whole numbers are texel centres now
        let share = at - at.floor();
        let (x, y) = (at.x.floor() as i64, at.y.floor() as i64);
        let next_x = x.saturating_add(1);
        let row = |y| mix(self.texel(x, y), self.texel(next_x, y), share.x);
        mix(row(y), row(y.saturating_add(1)), share.y)
    }

    /// One texel; beyond the texture, the one that its wrap mode puts there.
    fn texel(&self, x: i64, y: i64) -> Rgba {
        let [width, height] = self.image.size;
        let mode = self.options.wrap_mode;
        let idx = wrap(y, height, mode) * width + wrap(x, width, mode);
        self.image.pixels[idx].to_array().map(f32::from)
    }
}

/// Brings a texel coordinate into `0..len`.
fn wrap(at: i64, len: usize, mode: TextureWrapMode) -> usize {
    let len = len as i64;
    let phase = at.rem_euclid(2 * len);
    let inside = match mode {
        TextureWrapMode::ClampToEdge => at.clamp(0, len - 1),
        TextureWrapMode::Repeat => phase % len,
        TextureWrapMode::MirroredRepeat => phase.min(2 * len - 1 - phase),
    };
    inside as usize
}

/// `from` where `share` is 0, `to` where it is 1.
fn mix(from: Rgba, to: Rgba, share: f32) -> Rgba {
    array::from_fn(|k| from[k] * (1.0 - share) + to[k] * share)
}

/// The columns and the rows of a picture of `size` pixels that lie in a clip rectangle, given in points.
fn clip_pixels(rect: Rect, pixels_per_point: f32, size: Vec2) -> PixelRect {
    let pixel = |points: f32, len: f32| (points * pixels_per_point).round().clamp(0.0, len) as i64;
    [
        pixel(rect.min.x, size.x)..pixel(rect.max.x, size.x),
        pixel(rect.min.y, size.y)..pixel(rect.max.y, size.y),
    ]
}

/// The part of `clip` that can touch a triangle with corners in these sub-pixel coordinates.
fn touched(clip: &Range<i64>, [a, b, c]: [i64; 3]) -> Range<i64> {
    let least = a.min(b).min(c) >> SUBPIXEL_BITS;
    let most = a.max(b).max(c) >> SUBPIXEL_BITS;
    overlap(clip, &(least..most + 1))
}

/// What two ranges share; an empty range where they share nothing.
fn overlap(one: &Range<i64>, other: &Range<i64>) -> Range<i64> {
    one.start.max(other.start)..one.end.min(other.end)
}

/// A vertex made ready: its position in sub-pixels of the picture.
#[derive(Clone, Copy)]
struct Corner {
    x: i64,
    y: i64,
    uv: Pos2,
    color: Rgba,
}

impl Corner {
    fn new(vertex: &Vertex, pixels_per_point: f32) -> Self {
        let bounded = |points: f32| (points * pixels_per_point).clamp(-GUARD_BAND, GUARD_BAND);
        let snap = |points| (bounded(points) * SUBPIXELS as f32).round() as i64;
        Self {
            x: snap(vertex.pos.x),
            y: snap(vertex.pos.y),
            uv: vertex.uv,
            color: vertex.color.to_array().map(f32::from),
        }
    }
}

/// The line through two corners as a function of the pixel: zero on the line, and at a pixel's centre twice the
/// area (in square sub-pixels) of the triangle it makes with the two corners, positive on the inner side.
struct Edge {
    /// The value at the centre of pixel (0, 0).
    origin: i64,
    /// What one pixel to the right adds; `step_y`, what one pixel down adds.
    step_x: i64,
    step_y: i64,
    /// The least value that counts as inside: 0 for a top or left edge, else 1.
    least: i64,
}

impl Edge {
    fn new(from: Corner, to: Corner) -> Self {
        let (dx, dy) = (to.x - from.x, to.y - from.y);
        let is_top_or_left = dy < 0 || (dy == 0 && dx > 0);
        Self {
            origin: dx * (SUBPIXELS / 2 - from.y) - dy * (SUBPIXELS / 2 - from.x),
            step_x: -dy * SUBPIXELS,
            step_y: dx * SUBPIXELS,
            least: i64::from(!is_top_or_left),
        }
    }

    fn at(&self, x: i64, y: i64) -> i64 {
        self.origin + x * self.step_x + y * self.step_y
    }

    /// Cuts `span`, columns of row `y`, down to those on the inner side.
    fn narrow(&self, span: &mut Range<i64>, y: i64) {
        let slack = self.at(0, y) - self.least;
        match self.step_x.cmp(&0) {
            Ordering::Greater => span.start = span.start.max(-slack.div_euclid(self.step_x)),
            Ordering::Less => span.end = span.end.min(slack.div_euclid(-self.step_x) + 1),
            Ordering::Equal if slack < 0 => span.end = span.start,
            Ordering::Equal => {}
        }
    }
}

/// A triangle made ready to paint.
struct Triangle<'a> {
    texture: &'a Texture,
    filter: TextureFilter,
    /// The texel of every pixel, where the three corners show one point of the texture, as plain shapes do.
    flat_texel: Option<Rgba>,
    corners: [Corner; 3],
    /// Each edge is opposite the corner of the same index.
    edges: [Edge; 3],
    /// Makes an edge's value the weight, from 0 to 1, of the corner opposite.
    inverse_area: f32,
    /// The part of the picture that the triangle can touch.
    bounds: PixelRect,
}

impl<'a> Triangle<'a> {
    /// None where the triangle has no area or lies outside `clip`.
    fn new(texture: &'a Texture, [a, b, c]: [Corner; 3], clip: &PixelRect) -> Option<Self> {
        let area = (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
        let [a, b, c] = if area < 0 { [a, c, b] } else { [a, b, c] };
        let columns = touched(&clip[0], [a.x, b.x, c.x]);
        let rows = touched(&clip[1], [a.y, b.y, c.y]);
        if area == 0 || columns.is_empty() || rows.is_empty() {
            return None;
        }
        let mut triangle = Self {
            texture,
            filter: texture.options.magnification,
            flat_texel: None,
            corners: [a, b, c],
            edges: [Edge::new(b, c), Edge::new(c, a), Edge::new(a, b)],
            inverse_area: 1.0 / area.unsigned_abs() as f32,
            bounds: [columns, rows],
        };
        if triangle.texels_per_pixel() > MINIFIED_ABOVE {
            triangle.filter = texture.options.minification;
        }
        let is_flat = a.uv == b.uv && b.uv == c.uv;
        triangle.flat_texel = is_flat.then(|| texture.sample(a.uv, triangle.filter));
        Some(triangle)
    }

    /// How far one pixel step moves in the texture: the longer of the steps right and down.
    fn texels_per_pixel(&self) -> f32 {
        let [a, b, c] = self.corners.map(|corner| corner.uv);
        let texels = |step_b: i64, step_c: i64| {
            let moved = (b - a) * step_b as f32 + (c - a) * step_c as f32;
            (moved * self.inverse_area * self.texture.size()).length()
        };
        let [_, b, c] = &self.edges;
        texels(b.step_x, c.step_x).max(texels(b.step_y, c.step_y))
    }

    /// Paints the part in `band`: whole rows of `width` pixels, the first of which is `first_row`.
    fn paint(&self, band: &mut [Pixel], width: usize, first_row: i64) {
        let [columns, rows] = &self.bounds;
        let band_rows = first_row..first_row + (band.len() / width) as i64;
        for y in overlap(rows, &band_rows) {
            let mut span = columns.clone();
            for edge in &self.edges {
                edge.narrow(&mut span, y);
            }
            let row = &mut band[(y - first_row) as usize * width..][..width];
            for x in span {
                blend(&mut row[x as usize], self.color(x, y));
            }
        }
    }

    /// The colour that the triangle lays over one pixel.
    fn color(&self, column: i64, row: i64) -> Rgba {
        let weight = |edge: &Edge| edge.at(column, row) as f32 * self.inverse_area;
        let [a, b, c] = &self.corners;
        let (of_a, of_b) = (weight(&self.edges[0]), weight(&self.edges[1]));
        let of_c = 1.0 - of_a - of_b;
        let texel = self.flat_texel.unwrap_or_else(|| {
            let uv = a.uv.to_vec2() * of_a + b.uv.to_vec2() * of_b + c.uv.to_vec2() * of_c;
            self.texture.sample(uv.to_pos2(), self.filter)
        });
        array::from_fn(|k| {
            let tint = a.color[k] * of_a + b.color[k] * of_b + c.color[k] * of_c;
            texel[k] * tint / CHANNEL_MAX
        })
    }
}

/// Lays `source` over `target`, both premultiplied.
fn blend(target: &mut Pixel, source: Rgba) {
    let [.., alpha] = source;
    let kept = 1.0 - alpha / CHANNEL_MAX;
    // Half is added to round; the cast saturates.
    *target = array::from_fn(|k| (source[k] + f32::from(target[k]) * kept + 0.5) as u8);
}

/// Paints the triangles in their order, the bands of the picture in parallel.
fn paint(picture: &mut RgbaImage, triangles: &[Triangle<'_>]) {
    let width = picture.width() as usize;
    let (pixels, _): (&mut [Pixel], _) = picture.as_chunks_mut();
    let bands = pixels.par_chunks_mut(width * BAND_ROWS).enumerate();
    bands.for_each(|(idx, band)| {
        for triangle in triangles {
            triangle.paint(band, width, (idx * BAND_ROWS) as i64);
        }
    });
}
