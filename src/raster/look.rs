//! How finished views look on the screen: a single channel, more exposure, more contrast. For the
//! eye alone: no figure is taken from it and no card shows it.

use super::{
    lab::Lab,
    transfer::{Light, Transfer},
};

/// What is seen of a colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Channel {
    /// All of it.
    #[default]
    Color,
    /// The code of red, as grey.
    Red,
    /// The code of green, as grey.
    Green,
    /// The code of blue, as grey.
    Blue,
    /// L*, 0 to 100, as grey.
    Lightness,
    /// The distance from grey in L*a*b*, 0 to 100, as grey.
    Chroma,
}

impl Channel {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Color, Self::Red, Self::Green, Self::Blue, Self::Lightness, Self::Chroma];

    /// Its name for people.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Color => "Colour",
            Self::Red => "R",
            Self::Green => "G",
            Self::Blue => "B",
            Self::Lightness => "L*",
            Self::Chroma => "Chroma",
        }
    }
}

/// A look, the same for every picture it is used on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Look {
    /// What is seen.
    pub channel: Channel,
    /// Stops by which light is raised: 1 doubles it.
    pub exposure: f32,
    /// How many times codes are spread round the middle one.
    pub contrast: f32,
}

impl Default for Look {
    fn default() -> Self {
        Self { channel: Channel::Color, exposure: 0.0, contrast: 1.0 }
    }
}

/// A look ready to be used on many pixels.
#[derive(Clone, Debug)]
pub struct LookTable {
    channel: Channel,
    codes: Vec<u8>,
}

impl Look {
    /// The look within sound limits: 5 stops, contrast from a fifth to ten times.
    #[must_use]
    pub fn sound(self) -> Self {
        let or = |value: f32, other: f32| if value.is_finite() { value } else { other };
        Self {
            exposure: or(self.exposure, 0.0).clamp(-5.0, 5.0),
            contrast: or(self.contrast, 1.0).clamp(0.2, 10.0),
            ..self
        }
    }

    /// Whether pictures look as they are.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        *self == Self::default()
    }

    /// `L*, +1.0 EV, contrast 2.0x`; empty for the plain look.
    #[must_use]
    pub fn words(&self) -> String {
        let mut words = Vec::new();
        if self.channel != Channel::Color {
            words.push(self.channel.words().to_owned());
        }
        if self.exposure != 0.0 {
            words.push(format!("{:+.1} EV", self.exposure));
        }
        if (self.contrast - 1.0).abs() > f32::EPSILON {
            words.push(format!("contrast {:.1}x", self.contrast));
        }
        words.join(", ")
    }

    /// The table for it.
    #[must_use]
    pub fn table(&self) -> LookTable {
        let transfer = Transfer::of(Light::Linear);
        let gain = libm::exp2f(self.exposure);
        let code = |code: u8| {
            let raised = transfer.encode_8((transfer.of_8(code) * gain).min(1.0));
            let spread = (f32::from(raised) - 127.5) * self.contrast + 127.5;
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a code")]
            let code = spread.round().clamp(0.0, 255.0) as u8;
            code
        };
        LookTable { channel: self.channel, codes: (0..=u8::MAX).map(code).collect() }
    }
}

impl LookTable {
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
