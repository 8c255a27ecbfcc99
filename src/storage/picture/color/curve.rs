//! Encoded values to light.

use moxcms::ToneReprCurve;

/// A curve from an encoded value, 0 to 1, to light, 0 to 1 or beyond.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Curve {
    /// Light is the value raised to this.
    Power(f64),
    /// Two or more samples at equal steps from 0 to 1, full scale 65,535, interpolated linearly
    /// between and held beyond.
    Table(Vec<u16>),
    /// `(a x + b)^g + e` from `d` on, `c x + f` below (ICC.1:2022, 10.18, type 4).
    Parametric { g: f64, a: f64, b: f64, c: f64, d: f64, e: f64, f: f64 },
    /// Perceptual quantizer (SMPTE ST 2084); diffuse white, 203 cd/m2 by ITU-R BT.2408, is 1.
    Pq,
    /// Hybrid log-gamma (ITU-R BT.2100): the plain inverse of its camera curve, without the display's
    /// system gamma; diffuse white, the value 0.75 by ITU-R BT.2408, is 1.
    Hlg,
    /// A curve to lightness L*, 0 to 1 for 0 to 100, taken to light (CIE 1976).
    Lightness(Box<Curve>),
}

/// The curve of sRGB (IEC 61966-2-1).
pub(super) const SRGB: Curve = Curve::Parametric {
    g: 2.4,
    a: 1.0 / 1.055,
    b: 0.055 / 1.055,
    c: 1.0 / 12.92,
    d: 0.040_45,
    e: 0.0,
    f: 0.0,
};

/// The inverse of the camera curve of ITU-R BT.709, BT.601 and BT.2020.
pub(super) const BT_709: Curve = Curve::Parametric {
    g: 1.0 / 0.45,
    a: 1.0 / 1.099,
    b: 0.099 / 1.099,
    c: 1.0 / 4.5,
    d: 0.081,
    e: 0.0,
    f: 0.0,
};

/// The encoded value of linear light of sRGB (IEC 61966-2-1), any light above 1 too; the straight
/// part goes on below 0.
pub(super) fn srgb_encoded(light: f64) -> f64 {
    if light <= 0.003_130_8 { 12.92 * light } else { 1.055 * libm::pow(light, 1.0 / 2.4) - 0.055 }
}

impl Curve {
    /// The curve of a profile (ICC.1:2022, 10.6 and 10.18); `None` where its parameters are no
    /// numbers or too few.
    pub(super) fn of_profile(curve: &ToneReprCurve) -> Option<Self> {
        match curve {
            ToneReprCurve::Lut(table) => Some(match table.as_slice() {
                [] => Self::Power(1.0),
                [gamma] => Self::Power(f64::from(*gamma) / 256.0),
                _ => Self::Table(table.clone()),
            }),
            ToneReprCurve::Parametric(parameters) => {
                let p: Vec<f64> = parameters.iter().map(|p| f64::from(*p)).collect();
                if p.iter().any(|p| !p.is_finite()) {
                    return None;
                }
                let parametric = |g, a, b, c, d, e, f| Self::Parametric { g, a, b, c, d, e, f };
                match *p.as_slice() {
                    [g] => Some(Self::Power(g)),
                    [_, 0.0, _] | [_, 0.0, _, _] => None,
                    [g, a, b] => Some(parametric(g, a, b, 0.0, -b / a, 0.0, 0.0)),
                    [g, a, b, c] => Some(parametric(g, a, b, 0.0, -b / a, c, c)),
                    [g, a, b, c, d] => Some(parametric(g, a, b, c, d, 0.0, 0.0)),
                    [g, a, b, c, d, e, f] => Some(parametric(g, a, b, c, d, e, f)),
                    _ => None,
                }
            }
        }
    }

    /// Whether every value is its own light.
    pub(super) fn is_identity(&self) -> bool {
        match self {
            Self::Power(gamma) => *gamma == 1.0,
            Self::Table(table) => *table == [0, u16::MAX],
            _ => false,
        }
    }

    /// The light of an encoded value; 0 where the curve has no number for it.
    pub(super) fn light(&self, value: f64) -> f64 {
        let light = match self {
            Self::Power(1.0) => value,
            Self::Power(gamma) => libm::pow(value.max(0.0), *gamma),
            Self::Table(table) => between(table, value),
            Self::Parametric { g, a, b, c, d, e, f } => {
                if value >= *d {
                    libm::pow((a * value + b).max(0.0), *g) + e
                } else {
                    c * value + f
                }
            }
            Self::Pq => pq(value) * 10_000.0 / 203.0,
            Self::Hlg => hlg(value) / hlg(0.75),
            Self::Lightness(curve) => of_lab_cube((100.0 * curve.light(value) + 16.0) / 116.0),
        };
        if light.is_finite() { light } else { 0.0 }
    }
}

/// The share of white that CIE 1976 L*a*b* names by its cube root, or by a straight line near black.
pub(super) fn of_lab_cube(root: f64) -> f64 {
    const KNEE: f64 = 6.0 / 29.0;
    if root > KNEE { root * root * root } else { 3.0 * KNEE * KNEE * (root - 4.0 / 29.0) }
}

#[expect(clippy::cast_precision_loss, reason = "tables are short")]
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped")]
fn between(table: &[u16], value: f64) -> f64 {
    let last = table.len().saturating_sub(1);
    let at = value.clamp(0.0, 1.0) * last as f64;
    let below = (at as usize).min(last);
    let sample = |idx: usize| f64::from(table.get(idx).copied().unwrap_or_default());
    let (low, high) = (sample(below), sample((below + 1).min(last)));
    (low + (at - below as f64) * (high - low)) / f64::from(u16::MAX)
}

/// Light as a share of 10,000 cd/m2 (SMPTE ST 2084, 5.3).
fn pq(value: f64) -> f64 {
    const M1: f64 = 2610.0 / 16_384.0;
    const M2: f64 = 2523.0 / 4096.0 * 128.0;
    const C1: f64 = 3424.0 / 4096.0;
    const C2: f64 = 2413.0 / 4096.0 * 32.0;
    const C3: f64 = 2392.0 / 4096.0 * 32.0;
    let root = libm::pow(value, 1.0 / M2);
    libm::pow((root - C1).max(0.0) / (C2 - C3 * root), 1.0 / M1)
}

/// Scene light, 0 to 1 (ITU-R BT.2100, table 5).
fn hlg(value: f64) -> f64 {
    const A: f64 = 0.178_832_77;
    const B: f64 = 1.0 - 4.0 * A;
    const C: f64 = 0.559_910_73;
    if value <= 0.5 { value * value / 3.0 } else { (libm::exp((value - C) / A) + B) / 12.0 }
}
