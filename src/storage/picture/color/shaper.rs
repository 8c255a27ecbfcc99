//! Three curves and a matrix.

use moxcms::{ColorProfile, DataColorSpace};

use super::{
    curve::{Curve, SRGB, srgb_encoded},
    encode::{Code, Counter, f32_of},
    matrix::{IDENTITY, Matrix, product, srgb_from_xyz},
};
use crate::raster::Pixels;

/// How far a white may lie from sRGB's, in linear light of each channel, to be taken for it: less
/// than a sixteenth of an 8-bit level, yet more than the rounding of a profile's numbers.
const WHITE_TOLERANCE: f64 = 5e-4;
/// How far the matrix of a profile that is sRGB's own may be off: what published profiles of sRGB
/// differ by.
const MATRIX_TOLERANCE: f64 = 1.5e-3;
/// How far, in encoded value, its curves may be off: an 8-bit level, which holds the short tables
/// that stand for sRGB's curve; a plain power of 2.2 is off by eight.
const CURVE_TOLERANCE: f64 = 1.0 / 255.0;

/// From encoded values to linear light of sRGB.
#[derive(Clone, Debug)]
pub(super) struct Shaper {
    curves: [Curve; 3],
    matrix: Matrix,
}

impl Shaper {
    /// Curves and a matrix to XYZ relative to D50. A matrix that takes equal channels to grey but
    /// for the rounding of its numbers is made to do so exactly. `None` where the matrix is no
    /// matrix of numbers or leaves no light.
    pub(super) fn new(curves: [Curve; 3], xyz_from_linear: &Matrix) -> Option<Self> {
        let is_sound = xyz_from_linear.as_flattened().iter().all(|v| v.is_finite());
        let has_light = xyz_from_linear[1].iter().sum::<f64>() > 1e-3;
        let mut matrix = product(&srgb_from_xyz()?, xyz_from_linear);
        let sums = matrix.map(|row| row.iter().sum::<f64>());
        if sums.iter().all(|sum| (sum - 1.0).abs() < WHITE_TOLERANCE) {
            matrix = std::array::from_fn(|row| matrix[row].map(|v| v / sums[row]));
        }
        (is_sound && has_light).then_some(Self { curves, matrix })
    }

    /// Of an RGB profile (ICC.1:2022, F.3); `None` when something of it is missing.
    pub(super) fn of_profile(profile: &ColorProfile) -> Option<Self> {
        let curve = |of: &Option<_>| Curve::of_profile(of.as_ref()?);
        let curves =
            [curve(&profile.red_trc)?, curve(&profile.green_trc)?, curve(&profile.blue_trc)?];
        let (r, g, b) = (profile.red_colorant, profile.green_colorant, profile.blue_colorant);
        Self::new(curves, &[[r.x, g.x, b.x], [r.y, g.y, b.y], [r.z, g.z, b.z]])
    }

    /// Of a grey profile (ICC.1:2022, F.2), which stays neutral; its curve leads to lightness where
    /// the connection space is L*a*b*. `None` when it has no curve.
    pub(super) fn of_grey(profile: &ColorProfile) -> Option<Self> {
        let curve = Curve::of_profile(profile.gray_trc.as_ref()?)?;
        let is_lightness = profile.pcs == DataColorSpace::Lab;
        let curve = if is_lightness { Curve::Lightness(Box::new(curve)) } else { curve };
        Some(Self { curves: [curve.clone(), curve.clone(), curve], matrix: IDENTITY })
    }

    /// Whether it is sRGB itself, but for how its numbers were rounded or its curve was sampled.
    fn is_srgb(&self) -> bool {
        let (found, wanted) = (self.matrix.as_flattened(), IDENTITY.as_flattened());
        let is_near = |(a, b): (&f64, &f64)| (a - b).abs() < MATRIX_TOLERANCE;
        found.iter().zip(wanted).all(is_near) && self.curves.iter().all(is_srgb_curve)
    }

    /// Converts pixels in place and returns the share of those not invisible that were clipped.
    /// Where curves and matrix are sRGB's, every code stays as it is.
    pub(super) fn convert(&self, pixels: &mut Pixels) -> f64 {
        if self.is_srgb() {
            return 0.0;
        }
        match pixels {
            Pixels::Rgba8(pixels) => self.convert_texels(pixels),
            Pixels::Rgba16(pixels) => self.convert_texels(pixels),
        }
    }

    fn convert_texels<C: Code>(&self, texels: &mut [[C; 4]]) -> f64 {
        let tables = self.curves.each_ref().map(light_of_codes::<C>);
        // A row's sum times green, and how red and blue differ from it: what is grey stays so to
        // the last bit where the sums are 1.
        let rows = self.matrix.map(|row| [row.iter().sum(), row[0], row[2]].map(f32_of));
        let encoder = C::encoder();
        let mut counter = Counter::new();
        for texel in texels {
            let [r, g, b, alpha] = *texel;
            let (r, g, b) = (tables[0][r.index()], tables[1][g.index()], tables[2][b.index()]);
            let (red, blue) = (r - g, b - g);
            let linear = rows.map(|[sum, of_red, of_blue]| sum * g + of_red * red + of_blue * blue);
            counter.add(linear, alpha.index() > 0);
            let [r, g, b] = linear.map(|light| encoder.encode(light));
            *texel = [r, g, b, alpha];
        }
        counter.share()
    }
}

/// Whether a curve is sRGB's but for an 8-bit level, at all 8-bit codes.
fn is_srgb_curve(curve: &Curve) -> bool {
    *curve == SRGB
        || (0..=u8::MAX).all(|code| {
            let value = f64::from(code) / 255.0;
            (srgb_encoded(curve.light(value)) - value).abs() <= CURVE_TOLERANCE
        })
}

/// Light for every code.
fn light_of_codes<C: Code>(curve: &Curve) -> Vec<f32> {
    let full = f64::from(C::MAX);
    (0..=C::MAX).map(|code| f32_of(curve.light(f64::from(code) / full))).collect()
}
