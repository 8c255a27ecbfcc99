//! Light to codes of sRGB and the count of what lies outside.

use std::sync::LazyLock;

use super::curve::SRGB;

/// A code of 8 or 16 bits a channel.
pub(super) trait Code: Copy + 'static {
    /// The code of full scale.
    const FULL: Self;
    /// Full scale as a number.
    const MAX: u16;
    /// The code as a number, to look it up.
    fn index(self) -> usize;
    /// The tables for codes of this depth, made once.
    fn encoder() -> &'static Encoder<Self>;
}

impl Code for u8 {
    const FULL: Self = Self::MAX;
    const MAX: u16 = 255;

    fn index(self) -> usize {
        usize::from(self)
    }

    fn encoder() -> &'static Encoder<Self> {
        static ENCODER: LazyLock<Encoder<u8>> = LazyLock::new(|| Encoder::new(0..=u8::MAX, 12));
        &ENCODER
    }
}

impl Code for u16 {
    const FULL: Self = Self::MAX;
    const MAX: u16 = u16::MAX;

    fn index(self) -> usize {
        usize::from(self)
    }

    fn encoder() -> &'static Encoder<Self> {
        static ENCODER: LazyLock<Encoder<u16>> = LazyLock::new(|| Encoder::new(0..=u16::MAX, 20));
        &ENCODER
    }
}

#[expect(clippy::cast_possible_truncation, reason = "light is stored as f32")]
pub(super) fn f32_of(light: f64) -> f32 {
    light as f32
}

/// Linear light of sRGB to the nearest code. Light falls into cells, each so narrow that at most
/// one bound between codes lies within: the least between two is 1 / 12.92 of a code.
pub(super) struct Encoder<C> {
    /// The code where each cell begins.
    cells: Vec<C>,
    /// The light half-way, in encoded value, between code `n` and `n + 1`; infinite for the last.
    bounds: Vec<f32>,
    /// All codes, and the last once more.
    codes: Vec<C>,
    n_cells: f32,
}

impl<C: Code> Encoder<C> {
    /// Tables of `2^log_cells` cells, at most 2^24.
    fn new(codes: impl Iterator<Item = C>, log_cells: u32) -> Self {
        let mut codes: Vec<C> = codes.collect();
        codes.push(C::FULL);
        let full = f64::from(C::MAX);
        let bound = |code: u16| f32_of(SRGB.light((f64::from(code) + 0.5) / full));
        let bounds: Vec<f32> = (0..C::MAX).map(bound).chain([f32::INFINITY]).collect();
        let n_cells = 1_u32 << log_cells;
        let mut code = 0;
        let cells = (0..=n_cells)
            .map(|cell| {
                let light = f32_of(f64::from(cell) / f64::from(n_cells));
                while light >= bounds[code] {
                    code += 1;
                }
                codes[code]
            })
            .collect();
        Self { cells, bounds, codes, n_cells: f32_of(f64::from(n_cells)) }
    }

    /// The code nearest in encoded value. What lies outside 0 to 1 is clipped, and no number is 0.
    /// Codes turned into light come back as they were.
    #[inline]
    pub(super) fn encode(&self, light: f32) -> C {
        // A whole power of two times light, so that nothing is rounded; no number becomes 0.
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped")]
        let cell = (light.clamp(0.0, 1.0) * self.n_cells) as u32 as usize;
        let code = self.cells[cell].index();
        self.codes[code + usize::from(light >= self.bounds[code])]
    }
}

/// Counts pixels that lie outside of sRGB.
pub(super) struct Counter {
    /// Light below and above which a channel counts as clipped.
    within: (f32, f32),
    n_clipped: u64,
    n_seen: u64,
}

impl Counter {
    /// Nothing counted yet. A channel is clipped when its encoded value lies outside 0 to 1 by more
    /// than half an 8-bit level; sRGB's curve goes on in its formulas beyond 0 and 1.
    pub(super) fn new() -> Self {
        let half = 0.5 / 255.0;
        let within = (f32_of(-half / 12.92), f32_of(SRGB.light(1.0 + half)));
        Self { within, n_clipped: 0, n_seen: 0 }
    }

    /// A pixel of this linear light of sRGB, before it is clipped.
    #[inline]
    pub(super) fn add(&mut self, linear: [f32; 3], is_visible: bool) {
        let (low, high) = self.within;
        let is_within = linear.iter().fold(true, |all, v| all & (low..=high).contains(v));
        self.n_seen += u64::from(is_visible);
        self.n_clipped += u64::from(is_visible && !is_within);
    }

    /// The share of visible pixels that are clipped, 0 to 1; 0 of none.
    #[expect(clippy::cast_precision_loss, reason = "a share")]
    pub(super) fn share(&self) -> f64 {
        self.n_clipped as f64 / self.n_seen.max(1) as f64
    }
}
