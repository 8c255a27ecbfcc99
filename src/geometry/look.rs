//! How pictures may look on the screen: a single channel, more exposure, more contrast. For the eye
//! alone: no figure is taken from it, and a card shows it only where it says so.

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
}
