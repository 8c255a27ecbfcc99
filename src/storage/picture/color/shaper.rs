//! Three curves and a matrix.

use moxcms::ColorProfile;

use super::{
    curve::{Curve, SRGB},
    matrix::{Matrix, product, srgb_from_xyz},
};
use crate::raster::{Pixels, srgb_code_8, srgb_code_16};

/// Light below and above which a channel counts as clipped: half an 8-bit level beyond 0 and 1 in
/// encoded value, where sRGB's curve has the slopes 1 / 12.92 and 2.4 / 1.055.
const CLIPPED: (f32, f32) = (-0.5 / 255.0 / 12.92, 1.0 + 0.5 / 255.0 * 2.4 / 1.055);

/// From encoded values to linear light of sRGB.
#[derive(Clone, Debug)]
pub(super) struct Shaper {
    curves: [Curve; 3],
    matrix: Matrix,
}

impl Shaper {
    /// One curve for all channels and a matrix to XYZ relative to D50.
    pub(super) fn new(curve: Curve, xyz_from_linear: &Matrix) -> Option<Self> {
        let matrix = product(&srgb_from_xyz()?, xyz_from_linear);
        Some(Self { curves: [curve.clone(), curve.clone(), curve], matrix })
    }

    /// Of an RGB profile without tables; `None` when something of it is missing.
    pub(super) fn of_profile(profile: &ColorProfile) -> Option<Self> {
        let curve = |of: &Option<_>| Curve::of_profile(of.as_ref()?);
        let curves =
            [curve(&profile.red_trc)?, curve(&profile.green_trc)?, curve(&profile.blue_trc)?];
        let (r, g, b) = (profile.red_colorant, profile.green_colorant, profile.blue_colorant);
        let xyz = [[r.x, g.x, b.x], [r.y, g.y, b.y], [r.z, g.z, b.z]];
        let is_sound = xyz.as_flattened().iter().all(|v| v.is_finite());
        let has_light = xyz.as_flattened().iter().any(|v| *v != 0.0);
        let matrix = product(&srgb_from_xyz()?, &xyz);
        (is_sound && has_light).then_some(Self { curves, matrix })
    }

    /// Of a grey profile; `None` when it has no curve.
    pub(super) fn of_grey(profile: &ColorProfile) -> Option<Self> {
        let curve = Curve::of_profile(profile.gray_trc.as_ref()?)?;
        let matrix = [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]];
        Some(Self { curves: [curve.clone(), curve.clone(), curve], matrix })
    }

    /// Whether it is sRGB itself, but for how its numbers were rounded.
    fn is_srgb(&self) -> bool {
        /// A fifth of an 8-bit level.
        const NEAR: f64 = 0.2 / 255.0;
        let is_identity = self.matrix.iter().enumerate().all(|(row, values)| {
            values.iter().enumerate().all(|(column, value)| {
                (value - if row == column { 1.0 } else { 0.0 }).abs() < 1.5e-3
            })
        });
        let is_near = |curve: &Curve, value: f64| {
            let light = curve.light(value);
            (SRGB.light((value - NEAR).max(0.0)) - 1e-6..=SRGB.light(value + NEAR) + 1e-6)
                .contains(&light)
        };
        is_identity
            && self
                .curves
                .iter()
                .all(|curve| (0..=255).all(|code| is_near(curve, f64::from(code) / 255.0)))
    }

    /// Converts pixels in place and returns the share of those not invisible that were clipped.
    pub(super) fn convert(&self, pixels: &mut Pixels) -> f64 {
        if self.is_srgb() {
            return 0.0;
        }
        match pixels {
            Pixels::Rgba8(pixels) => {
                let tables = self.tables(usize::from(u8::MAX));
                let light = |c: usize, code: u8| tables[c][usize::from(code)];
                self.convert_texels(pixels, light, srgb_code_8)
            }
            Pixels::Rgba16(pixels) => {
                let tables = self.tables(usize::from(u16::MAX));
                let light = |c: usize, code: u16| tables[c][usize::from(code)];
                self.convert_texels(pixels, light, srgb_code_16)
            }
        }
    }

    /// Light for every code of each channel.
    #[expect(clippy::cast_precision_loss, reason = "codes have at most 16 bits")]
    #[expect(clippy::cast_possible_truncation, reason = "light is stored as f32")]
    fn tables(&self, max: usize) -> [Vec<f32>; 3] {
        std::array::from_fn(|c| {
            let light = |code: usize| self.curves[c].light(code as f64 / max as f64) as f32;
            (0..=max).map(light).collect()
        })
    }

    #[expect(clippy::cast_possible_truncation, reason = "sums are f32")]
    fn convert_texels<Code: Copy + PartialEq + Default>(
        &self,
        texels: &mut [[Code; 4]],
        light: impl Fn(usize, Code) -> f32,
        encode: impl Fn(f32) -> Code,
    ) -> f64 {
        let matrix = self.matrix.map(|row| row.map(|v| v as f32));
        let mut n_clipped = Counter::default();
        for texel in texels {
            let [r, g, b, alpha] = *texel;
            let linear = [light(0, r), light(1, g), light(2, b)];
            let linear = matrix.map(|[x, y, z]| x * linear[0] + y * linear[1] + z * linear[2]);
            n_clipped.add(linear, alpha != Code::default());
            let [r, g, b] = linear.map(&encode);
            *texel = [r, g, b, alpha];
        }
        n_clipped.share()
    }
}

/// Counts pixels that lie outside of sRGB.
#[derive(Default)]
pub(super) struct Counter {
    n_clipped: u64,
    n_seen: u64,
}

impl Counter {
    /// A pixel of this linear light, before it is clipped.
    pub(super) fn add(&mut self, linear: [f32; 3], is_visible: bool) {
        let is_clipped = linear.iter().any(|light| !(CLIPPED.0..=CLIPPED.1).contains(light));
        self.n_seen += u64::from(is_visible);
        self.n_clipped += u64::from(is_visible && is_clipped);
    }

    /// The share of visible pixels that are clipped.
    #[expect(clippy::cast_precision_loss, reason = "a share")]
    pub(super) fn share(&self) -> f64 {
        self.n_clipped as f64 / self.n_seen.max(1) as f64
    }
}
