//! Colours as people see them: CIE 1976 L*a*b* under D65.

use std::sync::LazyLock;

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

/// What each code of red, green and blue adds to X, Y and Z.
static SHARES: LazyLock<Box<[[[f64; 3]; 256]; 3]>> = LazyLock::new(|| {
    let mut shares = Box::new([[[0.0; 3]; 256]; 3]);
    for (channel, shares) in shares.iter_mut().enumerate() {
        for (code, share) in (0..=u8::MAX).zip(shares) {
            let light = srgb_light(f64::from(code) / 255.0);
            *share = XYZ.map(|row| row[channel] * light);
        }
    }
    shares
});

impl Lab {
    /// The colour of 8-bit sRGB codes.
    #[must_use]
    pub fn of_srgb8([r, g, b]: [u8; 3]) -> Self {
        let [red, green, blue] = &**SHARES;
        let shares = [red[usize::from(r)], green[usize::from(g)], blue[usize::from(b)]];
        let sum = |row: usize| near_compressed(shares[0][row] + shares[1][row] + shares[2][row]);
        let [x, y, z] = [sum(0), sum(1), sum(2)];
        Self { l: 116.0 * y - 16.0, a: 500.0 * (x - y), b: 200.0 * (y - z) }
    }

    /// How colourful: the distance from grey.
    #[must_use]
    pub fn chroma(self) -> f64 {
        (self.a * self.a + self.b * self.b).sqrt()
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
    between(&COMPRESSED, t.clamp(0.0, 1.0) * STEPS)
}

/// The value at a place of a table, from 0 to its last but one, on the line between two of its own.
pub(super) fn between(table: &[f64], place: f64) -> f64 {
    #[expect(clippy::cast_possible_truncation, reason = "in the table")]
    let step = place as i32;
    let share = place - f64::from(step);
    let step = step.cast_unsigned() as usize;
    let (from, to) = (table[step], table[step + 1]);
    from + share * (to - from)
}

/// The cube root of CIE L*a*b*, a line near zero.
fn compressed(t: f64) -> f64 {
    const KNEE: f64 = 216.0 / 24389.0;
    const SLOPE: f64 = 841.0 / 108.0;
    if t > KNEE { libm::cbrt(t) } else { SLOPE * t + 4.0 / 29.0 }
}
