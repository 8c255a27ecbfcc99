//! Carrying out a [`Look`] on pixels.

use super::{
    lab::Lab,
    transfer::{Light, Transfer},
};
use crate::geometry::{Channel, Look};

/// A look ready to be used on many pixels.
#[derive(Clone, Debug)]
pub struct LookTable {
    channel: Channel,
    codes: Vec<u8>,
}

impl LookTable {
    /// The table of a look.
    #[must_use]
    pub fn new(look: &Look) -> Self {
        let transfer = Transfer::of(Light::Linear);
        let gain = libm::exp2f(look.exposure);
        let code = |code: u8| {
            let raised = transfer.encode_8((transfer.of_8(code) * gain).min(1.0));
            let spread = (f32::from(raised) - 127.5) * look.contrast + 127.5;
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a code")]
            let code = spread.round().clamp(0.0, 255.0) as u8;
            code
        };
        Self { channel: look.channel, codes: (0..=u8::MAX).map(code).collect() }
    }

    /// A pixel as it looks; its alpha stays.
    #[must_use]
    pub fn of(&self, [r, g, b, alpha]: [u8; 4]) -> [u8; 4] {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped")]
        let hundredth = |value: f64| (2.55 * value).round().clamp(0.0, 255.0) as u8;
        let code = |code: u8| self.codes.get(usize::from(code)).copied().unwrap_or(code);
        let lab = || Lab::of_srgb8([r, g, b]);
        let grey = match self.channel {
            Channel::Color => return [code(r), code(g), code(b), alpha],
            Channel::Red => r,
            Channel::Green => g,
            Channel::Blue => b,
            Channel::Lightness => hundredth(lab().l),
            Channel::Chroma => hundredth(lab().chroma()),
        };
        let grey = code(grey);
        [grey, grey, grey, alpha]
    }
}
