//! The sRGB transfer function (IEC 61966-2-1), both ways, exact at every 8-bit code.

use std::sync::LazyLock;

/// Linear light for each 8-bit code, 0 to 1.
static LINEAR_OF_8: LazyLock<[f32; 256]> =
    LazyLock::new(|| std::array::from_fn(|code| linear(f64_of(code) / 255.0)));

/// Linear light for each 16-bit code, 0 to 1.
static LINEAR_OF_16: LazyLock<Vec<f32>> = LazyLock::new(|| {
    (0..=usize::from(u16::MAX)).map(|code| linear(f64_of(code) / 65535.0)).collect()
});

/// The linear light half-way (in encoded value) between code `n` and `n + 1`.
static THRESHOLDS: LazyLock<[f32; 255]> =
    LazyLock::new(|| std::array::from_fn(|code| linear((f64_of(code) + 0.5) / 255.0)));

/// A code near the right one for each of [`GUESSES`] equal steps of the square root of light.
static GUESS: LazyLock<Vec<u8>> = LazyLock::new(|| {
    (0..=GUESSES)
        .map(|step| {
            let root = f64_of(step) / f64_of(GUESSES);
            #[expect(clippy::cast_possible_truncation, reason = "light is stored as f32")]
            let light = (root * root) as f32;
            let code = THRESHOLDS.partition_point(|threshold| *threshold <= light);
            u8::try_from(code).unwrap_or(u8::MAX)
        })
        .collect()
});

const GUESSES: usize = 1024;

#[expect(clippy::cast_precision_loss, reason = "codes have at most 16 bits")]
fn f64_of(code: usize) -> f64 {
    code as f64
}

#[expect(clippy::cast_possible_truncation, reason = "light is stored as f32")]
fn linear(encoded: f64) -> f32 {
    if encoded <= 0.040_45 {
        (encoded / 12.92) as f32
    } else {
        libm::pow((encoded + 0.055) / 1.055, 2.4) as f32
    }
}

/// The tables that turn codes into light, fetched once a picture.
#[derive(Clone, Copy)]
pub(super) struct Transfer {
    eight: &'static [f32; 256],
    sixteen: &'static [f32],
    thresholds: &'static [f32; 255],
    guess: &'static [u8],
}

impl Transfer {
    /// The sRGB curve.
    pub(super) fn srgb() -> Self {
        Self { eight: &LINEAR_OF_8, sixteen: &LINEAR_OF_16, thresholds: &THRESHOLDS, guess: &GUESS }
    }

    /// Linear light of an 8-bit code.
    pub(super) fn of_8(&self, code: u8) -> f32 {
        self.eight[usize::from(code)]
    }

    /// Linear light of a 16-bit code.
    pub(super) fn of_16(&self, code: u16) -> f32 {
        self.sixteen[usize::from(code)]
    }

    /// The 8-bit code nearest in encoded value to this much light; what lies outside 0 to 1 is
    /// clipped. Turning any code into light and back gives that code.
    pub(super) fn encode_8(&self, light: f32) -> u8 {
        if light.is_nan() || light <= 0.0 {
            return 0;
        }
        if light >= 1.0 {
            return u8::MAX;
        }
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to GUESSES")]
        #[expect(clippy::cast_precision_loss, reason = "GUESSES is small")]
        let step = (light.sqrt() * GUESSES as f32) as usize;
        let mut code = usize::from(self.guess[step]);
        while code < self.thresholds.len() && self.thresholds[code] <= light {
            code += 1;
        }
        while code > 0 && self.thresholds[code - 1] > light {
            code -= 1;
        }
        u8::try_from(code).unwrap_or(u8::MAX)
    }
}
