//! Carrying out a [`Look`] on pixels.

use rayon::prelude::*;

use super::{
    lab::Lab,
    picture::{Picture, Pixels},
    transfer::{Light, Transfer},
};
use crate::geometry::{Channel, Look};

/// A look ready to be used on many pixels.
#[derive(Clone, Debug)]
pub struct LookTable {
    channel: Channel,
    codes: Vec<u8>,
}

/// Pixels that a thread takes at a time.
const CHUNK: usize = 1 << 14;

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

    /// All of a picture as it looks, at 8 bits a channel.
    #[must_use]
    pub fn picture(&self, picture: &Picture) -> Picture {
        let (width, height) = (picture.width(), picture.height());
        let at = |idx: usize| picture.rgba8_at(idx % width, idx / width).unwrap_or_default();
        let mut pixels: Vec<[u8; 4]> = (0..width * height).map(at).collect();
        self.apply(&mut pixels);
        Picture::new(width, height, Pixels::Rgba8(pixels)).unwrap_or_else(|| picture.clone())
    }

    /// Lets all these pixels look so, on all threads.
    pub fn apply(&self, pixels: &mut [[u8; 4]]) {
        pixels.par_chunks_mut(CHUNK).for_each(|chunk| {
            for pixel in chunk {
                *pixel = self.of(*pixel);
            }
        });
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
