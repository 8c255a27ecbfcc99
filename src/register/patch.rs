//! A square of a picture on the working grid.

use crate::{
    geometry::{Affine, Image, ImagePoint, Kernel, Output},
    raster::{Picture, Pixels, View, render_view},
};

/// What red, green and blue add to luminance (Rec. 709). The codes are not made linear: what gamma
/// does to them is nearly a gain within one patch, which correlation does not see.
const LUMA: [f32; 3] = [0.2126, 0.7152, 0.0722];

/// Takes steps of the working grid to steps in a picture, row-major.
pub(super) type Layer = [[f64; 2]; 2];

/// A small count as a number.
#[expect(clippy::cast_precision_loss, reason = "sides of patches are below 2^10")]
pub(super) const fn real(n: usize) -> f64 {
    n as f64
}

/// Encoded luminance round a place of a picture, which is the middle of the middle sample.
pub(super) struct Patch {
    /// Samples a side, odd.
    pub(super) side: usize,
    /// 0 to 1, row by row; zero where the picture does not reach.
    pub(super) luma: Vec<f32>,
    /// 1 where the picture covers the sample, else 0; `None` where it covers all of them.
    pub(super) cover: Option<Vec<f32>>,
}

impl Patch {
    /// Samples `picture` round `at`, `radius` samples to each side. `None` where the map or the
    /// place is not finite.
    pub(super) fn sample(
        picture: &Picture,
        at: ImagePoint,
        picture_from_work: Layer,
        radius: usize,
    ) -> Option<Self> {
        if let Some(patch) = Self::of_pixels(picture, at, picture_from_work, radius) {
            return Some(patch);
        }
        let side = 2 * radius + 1;
        let middle = real(side) / 2.0;
        let [[xx, xy], [yx, yy]] = picture_from_work;
        let map = Affine::<Image, Output>::from_matrix([
            [xx, xy, at.x - (xx + xy) * middle],
            [yx, yy, at.y - (yx + yy) * middle],
        ]);
        let view = View::new(map, Kernel::CatmullRom, (side, side));
        let shown = render_view(picture, &view, &|| false).ok()?;
        let Pixels::Rgba8(texels) = shown.pixels() else { return None };
        if shown.is_opaque() {
            return Some(Self {
                side,
                luma: texels.iter().copied().map(luma).collect(),
                cover: None,
            });
        }
        let is_covered = |texel: &[u8; 4]| texel[3] > u8::MAX / 2;
        let cover: Vec<f32> =
            texels.iter().map(|texel| f32::from(u8::from(is_covered(texel)))).collect();
        let known = texels.iter().zip(&cover).map(|(texel, cover)| cover * luma(*texel));
        let luma = known.collect();
        Some(Self { side, luma, cover: (!cover.iter().all(|cover| *cover > 0.0)).then_some(cover) })
    }

    /// The same of a grid that has the picture's own pixels, of which none is transparent or lies
    /// outside: there the resampler would give them back as they are.
    fn of_pixels(
        picture: &Picture,
        at: ImagePoint,
        picture_from_work: Layer,
        radius: usize,
    ) -> Option<Self> {
        let Pixels::Rgba8(texels) = picture.pixels() else { return None };
        let (column, row) = (libm::floor(at.x), libm::floor(at.y));
        let is_center = at.x - column == 0.5 && at.y - row == 0.5;
        if picture_from_work != [[1.0, 0.0], [0.0, 1.0]] || !is_center || !picture.is_opaque() {
            return None;
        }
        let is_inside =
            |n: f64, length: usize| n >= real(radius) && n + real(radius) < real(length);
        if !is_inside(column, picture.width()) || !is_inside(row, picture.height()) {
            return None;
        }
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "inside")]
        let (left, top) = (column as usize - radius, row as usize - radius);
        let side = 2 * radius + 1;
        let mut values = Vec::with_capacity(side * side);
        for row in texels.chunks_exact(picture.width()).skip(top).take(side) {
            values.extend(row[left..left + side].iter().copied().map(luma));
        }
        Some(Self { side, luma: values, cover: None })
    }

    /// The part `radius` samples round the sample `(x, y)`; nothing is known outside of the patch.
    pub(super) fn part(&self, (x, y): (usize, usize), radius: usize) -> Self {
        let side = 2 * radius + 1;
        let is_inside = |n: usize| n >= radius && n + radius < self.side;
        if self.cover.is_none() && is_inside(x) && is_inside(y) {
            let rows = self.luma.chunks_exact(self.side).skip(y - radius).take(side);
            let luma = rows.flat_map(|row| &row[x - radius..=x + radius]).copied().collect();
            return Self { side, luma, cover: None };
        }
        let (mut luma, mut cover) = (vec![0.0; side * side], vec![0.0; side * side]);
        for idx in 0..side * side {
            let (column, row) = (x + idx % side, y + idx / side);
            let (Some(column), Some(row)) = (column.checked_sub(radius), row.checked_sub(radius))
            else {
                continue;
            };
            if column < self.side && row < self.side {
                let at = row * self.side + column;
                luma[idx] = self.luma[at];
                cover[idx] = self.cover.as_ref().map_or(1.0, |cover| cover[at]);
            }
        }
        Self { side, luma, cover: Some(cover) }
    }
}

/// The encoded luminance of a pixel.
#[inline]
fn luma([red, green, blue, _]: [u8; 4]) -> f32 {
    let channel = |code: u8, share: f32| f32::from(code) * (share / 255.0);
    channel(red, LUMA[0]) + channel(green, LUMA[1]) + channel(blue, LUMA[2])
}
