//! Profiles with look-up tables, RGB and CMYK.

use moxcms::{
    CmsError, ColorProfile, DataColorSpace, Layout, RenderingIntent, TransformF32Executor,
    TransformOptions,
};

use super::{
    matrix::{product, srgb_from_xyz},
    shaper::Counter,
};
use crate::raster::{Pixels, srgb_code_8, srgb_code_16};

/// Pixels that are converted together.
const CHUNK: usize = 4096;

/// Whether the profile tells its colours by a table from device to connection space.
pub(super) fn has_table(profile: &ColorProfile) -> bool {
    profile.lut_a_to_b_colorimetric.is_some() || profile.lut_a_to_b_perceptual.is_some()
}

/// Converts pixels in place and returns the share of those not invisible that were clipped.
///
/// # Errors
/// What the colour library says of the profile; the pixels are then unchanged.
pub(super) fn convert(pixels: &mut Pixels, profile: &ColorProfile) -> Result<f64, CmsError> {
    let wide = ColorProfile::new_aces_aces_2065_1_linear();
    let options = TransformOptions {
        rendering_intent: RenderingIntent::RelativeColorimetric,
        prefer_fixed_point: false,
        ..TransformOptions::default()
    };
    let is_ink = profile.color_space == DataColorSpace::Cmyk;
    let from = if is_ink { Layout::Rgba } else { Layout::Rgb };
    let transform = profile.create_transform_f32(from, &wide, Layout::Rgb, options)?;
    let table = Table { transform: &*transform, matrix: srgb_from_wide(&wide), is_ink };
    match pixels {
        Pixels::Rgba8(pixels) => {
            table.convert(pixels, |code| f32::from(code) / 255.0, srgb_code_8, u8::MAX)
        }
        Pixels::Rgba16(pixels) => {
            table.convert(pixels, |code| f32::from(code) / 65_535.0, srgb_code_16, u16::MAX)
        }
    }
}

struct Table<'a> {
    transform: &'a TransformF32Executor,
    /// From the wide space's linear light to sRGB's.
    matrix: [[f32; 3]; 3],
    is_ink: bool,
}

#[expect(clippy::cast_possible_truncation, reason = "sums are f32")]
fn srgb_from_wide(wide: &ColorProfile) -> [[f32; 3]; 3] {
    let (r, g, b) = (wide.red_colorant, wide.green_colorant, wide.blue_colorant);
    let xyz = [[r.x, g.x, b.x], [r.y, g.y, b.y], [r.z, g.z, b.z]];
    let matrix = srgb_from_xyz().map_or(xyz, |srgb| product(&srgb, &xyz));
    matrix.map(|row| row.map(|v| v as f32))
}

impl Table<'_> {
    fn convert<Code: Copy + Default + PartialEq>(
        &self,
        texels: &mut [[Code; 4]],
        value: impl Fn(Code) -> f32,
        encode: impl Fn(f32) -> Code,
        full: Code,
    ) -> Result<f64, CmsError> {
        let n_channels = if self.is_ink { 4 } else { 3 };
        let mut counter = Counter::default();
        let (mut values, mut light) = (Vec::new(), Vec::new());
        for chunk in texels.chunks_mut(CHUNK) {
            values.clear();
            for texel in chunk.iter() {
                values.extend(texel.iter().take(n_channels).map(|code| value(*code)));
            }
            light.resize(3 * chunk.len(), 0.0);
            self.transform.transform(&values, &mut light)?;
            for (texel, wide) in chunk.iter_mut().zip(light.as_chunks::<3>().0) {
                let linear = self.matrix.map(|[x, y, z]| x * wide[0] + y * wide[1] + z * wide[2]);
                let alpha = if self.is_ink { full } else { texel[3] };
                counter.add(linear, alpha != Code::default());
                let [r, g, b] = linear.map(&encode);
                *texel = [r, g, b, alpha];
            }
        }
        Ok(counter.share())
    }
}
