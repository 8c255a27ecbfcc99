//! Colours as people see them: CIE 1976 L*a*b* under D65, and how far two are apart (CIEDE2000).

use std::{f64::consts::TAU, sync::LazyLock};

use super::transfer::srgb_light;

/// A colour in CIE L*a*b* under the standard illuminant D65, 2-degree observer.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub struct Lab {
    /// Lightness, 0 to 100.
    pub l: f64,
    /// Green to red.
    pub a: f64,
    /// Blue to yellow.
    pub b: f64,
}

/// Linear sRGB to XYZ over the white of D65 (IEC 61966-2-1), each row summing to one, so that greys
/// have neither a nor b.
const XYZ: [[f64; 3]; 3] = [
    [0.433_949_94, 0.376_209_77, 0.189_840_29],
    [0.212_672_88, 0.715_152_13, 0.072_174_99],
    [0.017_756_58, 0.109_467_96, 0.872_775_46],
];

static LIGHT: LazyLock<Vec<f64>> =
    LazyLock::new(|| (0..=255_u8).map(|code| srgb_light(f64::from(code) / 255.0)).collect());

impl Lab {
    /// The colour of 8-bit sRGB codes.
    #[must_use]
    pub fn of_srgb8(codes: [u8; 3]) -> Self {
        let light = codes.map(|code| LIGHT[usize::from(code)]);
        let [x, y, z] = XYZ.map(|row| {
            let sum: f64 = row.iter().zip(light).map(|(k, light)| k * light).sum();
            near_compressed(sum)
        });
        Self { l: 116.0 * y - 16.0, a: 500.0 * (x - y), b: 200.0 * (y - z) }
    }

    /// How colourful: the distance from grey.
    #[must_use]
    pub fn chroma(self) -> f64 {
        libm::sqrt(self.a * self.a + self.b * self.b)
    }
}

/// Steps of a table of [`compressed`] from 0 to 1; between two of them a line is off by less than
/// 3e-7, which is 0.0001 of L*, a* or b*.
const STEPS: f64 = 16_384.0;

static COMPRESSED: LazyLock<Vec<f64>> = LazyLock::new(|| {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a count")]
    let n = STEPS as u32 + 1;
    (0..=n).map(|step| compressed(f64::from(step) / STEPS)).collect()
});

/// The same from the table; several times as fast.
fn near_compressed(t: f64) -> f64 {
    let place = t.clamp(0.0, 1.0) * STEPS;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "in the table")]
    let step = place as usize;
    let share = place - place.floor();
    let (from, to) = (COMPRESSED[step], COMPRESSED[step + 1]);
    from + share * (to - from)
}

/// The cube root of CIE L*a*b*, a line near zero.
fn compressed(t: f64) -> f64 {
    const KNEE: f64 = 216.0 / 24389.0;
    const SLOPE: f64 = 841.0 / 108.0;
    if t > KNEE { libm::cbrt(t) } else { SLOPE * t + 4.0 / 29.0 }
}

/// The colour difference CIEDE2000 of two colours, with all weights at one; 0 for equal ones, about
/// 1 for what is just seen side by side. Formula and cases as in Sharma, Wu & Dalal 2005.
#[must_use]
pub fn delta_e_2000(one: Lab, other: Lab) -> f64 {
    if one == other {
        return 0.0;
    }
    let pow7 = |c: f64| {
        let cubed = c * c * c;
        cubed * cubed * c
    };
    let saturation = |c: f64| {
        const POW_25: f64 = 6_103_515_625.0;
        let c7 = pow7(c);
        libm::sqrt(c7 / (c7 + POW_25))
    };
    let stretch = 1.0 + 0.5 * (1.0 - saturation(f64::midpoint(one.chroma(), other.chroma())));
    let polar = |of: Lab| {
        let a = stretch * of.a;
        let hue = if a == 0.0 && of.b == 0.0 { 0.0 } else { libm::atan2(of.b, a) };
        (libm::sqrt(a * a + of.b * of.b), if hue < 0.0 { hue + TAU } else { hue })
    };
    let ((c1, h1), (c2, h2)) = (polar(one), polar(other));
    let is_grey = c1 * c2 == 0.0;
    let hue_step = match h2 - h1 {
        _ if is_grey => 0.0,
        step if step > TAU / 2.0 => step - TAU,
        step if step < -TAU / 2.0 => step + TAU,
        step => step,
    };
    let hue = match h1 + h2 {
        sum if is_grey => sum,
        sum if (h1 - h2).abs() <= TAU / 2.0 => sum / 2.0,
        sum if sum < TAU => f64::midpoint(sum, TAU),
        sum => (sum - TAU) / 2.0,
    };
    let (dl, dc) = (other.l - one.l, c2 - c1);
    let dh = 2.0 * libm::sqrt(c1 * c2) * libm::sin(hue_step / 2.0);
    let (l, c) = (f64::midpoint(one.l, other.l), f64::midpoint(c1, c2));
    let t = hue_weight(libm::sin(hue), libm::cos(hue));
    let bend = (hue.to_degrees() - 275.0) / 25.0;
    let turn = std::f64::consts::FRAC_PI_6 * libm::exp(-bend * bend);
    let square = (l - 50.0) * (l - 50.0);
    let sl = 1.0 + 0.015 * square / libm::sqrt(20.0 + square);
    let (sc, sh) = (1.0 + 0.045 * c, 1.0 + 0.015 * c * t);
    let rotation = -libm::sin(2.0 * turn) * 2.0 * saturation(c);
    let (l, c, h) = (dl / sl, dc / sc, dh / sh);
    libm::sqrt((l * l + c * c + h * h + rotation * c * h).max(0.0))
}

/// Sine and cosine of 30, 6 and 63 degrees.
const SHIFTS: [(f64, f64); 3] = [
    (0.5, 0.866_025_403_784_438_6),
    (0.104_528_463_267_653_46, 0.994_521_895_368_273_3),
    (0.891_006_524_188_367_9, 0.453_990_499_739_546_8),
];

/// `T` of the formula, from the hue's sine and cosine alone: cosines of its multiples, shifted.
fn hue_weight(sin: f64, cos: f64) -> f64 {
    let (sin2, cos2) = (2.0 * sin * cos, cos * cos - sin * sin);
    let (sin3, cos3) = (sin2 * cos + cos2 * sin, cos2 * cos - sin2 * sin);
    let (sin4, cos4) = (2.0 * sin2 * cos2, cos2 * cos2 - sin2 * sin2);
    let [(s30, c30), (s6, c6), (s63, c63)] = SHIFTS;
    1.0 - 0.17 * (cos * c30 + sin * s30) + 0.24 * cos2 + 0.32 * (cos3 * c6 - sin3 * s6)
        - 0.20 * (cos4 * c63 + sin4 * s63)
}
