//! Codes to light and back: the sRGB transfer function (IEC 61966-2-1), exact at every 8-bit code,
//! or none at all.

use std::sync::{LazyLock, OnceLock};

/// Full scale of fixed-point light, 15 bits.
const FIXED_ONE: i16 = i16::MAX;
/// What is taken off fixed-point light where it is averaged, so that a signed 16-bit integer holds
/// it with a smooth kernel's overshoot on both sides.
const BIAS: i16 = 1 << 14;

/// Steps of the square root of light in a table of guesses.
const GUESSES_8: usize = 1 << 10;
const GUESSES_16: usize = 1 << 16;

/// In what the kernel's weighted mean is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Light {
    /// In linear light, as light itself mixes.
    #[default]
    Linear,
    /// In encoded values, as most software does; for comparing with it.
    Encoded,
}

/// The tables that turn codes into light and back.
pub(super) struct Transfer {
    /// Light for each 8-bit code, 0 to 1.
    of_8: Vec<f32>,
    /// Light for each 8-bit code, 0 to [`FIXED_ONE`], less [`BIAS`].
    biased: Box<[i16; 1 << 8]>,
    /// The 8-bit code nearest in encoded value to each amount of biased light, from the least that
    /// 16 bits hold.
    code_of_biased: Box<[u8; 1 << 16]>,
    to_8: Encoder<u8>,
    light: fn(f64) -> f64,
    fine: OnceLock<Fine>,
}

/// The large tables of 16-bit codes, made when one is first asked for.
struct Fine {
    /// Light for each code, 0 to 1.
    light: Vec<f32>,
    encoder: Encoder<u16>,
}

static LINEAR: LazyLock<Transfer> = LazyLock::new(|| Transfer::new(srgb_light));
static ENCODED: LazyLock<Transfer> = LazyLock::new(|| Transfer::new(|encoded| encoded));

/// The light of an encoded value, both 0 to 1.
pub(super) fn srgb_light(encoded: f64) -> f64 {
    if encoded <= 0.040_45 { encoded / 12.92 } else { libm::pow((encoded + 0.055) / 1.055, 2.4) }
}

#[expect(clippy::cast_precision_loss, reason = "codes have at most 17 bits")]
fn f64_of(code: usize) -> f64 {
    code as f64
}

#[expect(clippy::cast_possible_truncation, reason = "light is stored as f32")]
fn f32_of(light: f64) -> f32 {
    light as f32
}

impl Transfer {
    /// The tables for one kind of light, made once.
    pub(super) fn of(light: Light) -> &'static Self {
        match light {
            Light::Linear => &LINEAR,
            Light::Encoded => &ENCODED,
        }
    }

    fn new(light: fn(f64) -> f64) -> Self {
        #[expect(clippy::cast_possible_truncation, reason = "0 to FIXED_ONE")]
        let fixed = |light: f64| libm::round(light * f64::from(FIXED_ONE)) as i16;
        let to_8: Encoder<u8> = Encoder::new(light, usize::from(u8::MAX), GUESSES_8);
        let mut biased = Box::new([0; 1 << 8]);
        for (code, biased) in biased.iter_mut().enumerate() {
            *biased = fixed(light(f64_of(code) / 255.0)) - BIAS;
        }
        let code =
            |biased: i16| to_8.encode((f32::from(biased) + f32::from(BIAS)) / f32::from(FIXED_ONE));
        let codes: Box<[u8]> = (i16::MIN..=i16::MAX).map(code).collect();
        let code_of_biased = codes.try_into().expect("as many as 16 bits tell apart");
        Self {
            of_8: lights(light, usize::from(u8::MAX)),
            biased,
            code_of_biased,
            to_8,
            light,
            fine: OnceLock::new(),
        }
    }

    fn fine(&self) -> &Fine {
        let max = usize::from(u16::MAX);
        self.fine.get_or_init(|| Fine {
            light: lights(self.light, max),
            encoder: Encoder::new(self.light, max, GUESSES_16),
        })
    }

    /// Light of an 8-bit code.
    pub(super) fn of_8(&self, code: u8) -> f32 {
        self.of_8[usize::from(code)]
    }

    /// Light of a 16-bit code.
    pub(super) fn of_16(&self, code: u16) -> f32 {
        self.fine().light[usize::from(code)]
    }

    /// Fixed-point light of each 8-bit code, less half of its scale.
    pub(super) fn biased(&self) -> &[i16; 1 << 8] {
        &self.biased
    }

    /// The 8-bit code nearest in encoded value to this much of it; what lies outside its scale is
    /// clipped. Turning any code into light and back gives that code.
    #[inline]
    pub(super) fn code_of_biased(&self, biased: i16) -> u8 {
        self.code_of_biased[usize::from(biased.cast_unsigned() ^ (1 << 15))]
    }

    /// Much the same for light from 0 to 1, rounded to fixed point on the way: the code may be the
    /// second nearest where two are almost as near.
    pub(super) fn code_of_light(&self, light: f32) -> u8 {
        #[expect(clippy::cast_possible_truncation, reason = "clipped to 0 and FIXED_ONE")]
        let fixed = (light.clamp(0.0, 1.0) * f32::from(FIXED_ONE) + 0.5) as i16;
        self.code_of_biased(fixed - BIAS)
    }

    /// The 8-bit code nearest in encoded value to this much light; what lies outside 0 to 1 is
    /// clipped. Turning any code into light and back gives that code.
    pub(super) fn encode_8(&self, light: f32) -> u8 {
        self.to_8.encode(light)
    }

    /// The same with 16 bits.
    pub(super) fn encode_16(&self, light: f32) -> u16 {
        self.fine().encoder.encode(light)
    }
}

/// Light for each code up to `max`, 0 to 1.
fn lights(light: fn(f64) -> f64, max: usize) -> Vec<f32> {
    (0..=max).map(|code| f32_of(light(f64_of(code) / f64_of(max)))).collect()
}

/// Light to the nearest code: a guess from a table, put right by the exact bounds between codes.
struct Encoder<Code> {
    /// The light half-way (in encoded value) between code `n` and `n + 1`.
    bounds: Vec<f32>,
    /// A code near the right one for equal steps of the square root of light.
    guesses: Vec<Code>,
}

impl<Code: Copy + Default + TryFrom<usize> + Into<usize>> Encoder<Code> {
    fn new(light: fn(f64) -> f64, max: usize, n_guesses: usize) -> Self {
        let bounds: Vec<f32> =
            (0..max).map(|code| f32_of(light((f64_of(code) + 0.5) / f64_of(max)))).collect();
        let guesses = (0..=n_guesses)
            .map(|step| {
                let root = f64_of(step) / f64_of(n_guesses);
                let light = f32_of(root * root);
                let code = bounds.partition_point(|bound| *bound <= light);
                Code::try_from(code).unwrap_or_default()
            })
            .collect();
        Self { bounds, guesses }
    }

    fn encode(&self, light: f32) -> Code {
        let code = if light.is_nan() || light <= 0.0 {
            0
        } else if light >= 1.0 {
            self.bounds.len()
        } else {
            self.search(light)
        };
        Code::try_from(code).unwrap_or_default()
    }

    fn search(&self, light: f32) -> usize {
        #[expect(clippy::cast_precision_loss, reason = "at most 2^16")]
        let n_steps = (self.guesses.len() - 1) as f32;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 2^16")]
        let step = (light.sqrt() * n_steps) as usize;
        let mut code: usize = self.guesses[step].into();
        while code < self.bounds.len() && self.bounds[code] <= light {
            code += 1;
        }
        while code > 0 && self.bounds[code - 1] > light {
            code -= 1;
        }
        code
    }
}
