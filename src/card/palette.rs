//! The colours of a card. Text has a contrast of at least 4.5 : 1 (WCAG 2.2, level AA) in every theme,
//! letters on a side's colour too, whatever that is.

use crate::document::{CardStyle, PerSide, Theme};

/// An sRGB colour.
pub type Color = [u8; 3];

/// A card's colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Palette {
    /// Behind everything.
    pub ground: Color,
    /// Text that leads.
    pub text: Color,
    /// Text that explains.
    pub secondary: Color,
    /// Lines between rows.
    pub line: Color,
    /// The sides' badges.
    pub sides: PerSide<Color>,
}

/// The sides' usual colours, told apart by colour-blind people.
pub const USUAL_ACCENTS: PerSide<Color> = PerSide::new([0xF0, 0xA0, 0x4B], [0x5A, 0xA9, 0xF5]);
/// Letters on light colours.
const DARK_LETTER: Color = [0x10, 0x11, 0x13];
/// Letters on dark colours.
const LIGHT_LETTER: Color = [0xFF, 0xFF, 0xFF];

impl Palette {
    /// The colours of a style.
    #[must_use]
    pub fn of(style: &CardStyle) -> Self {
        let sides = style.accents.unwrap_or(USUAL_ACCENTS);
        let [ground, text, secondary, line] = match style.theme {
            Theme::Dark => {
                [[0x10, 0x11, 0x13], [0xF2, 0xF3, 0xF5], [0x9A, 0x9F, 0xA8], [0x2F, 0x32, 0x37]]
            }
            Theme::Light => {
                [[0xFB, 0xFB, 0xFC], [0x14, 0x16, 0x19], [0x5C, 0x62, 0x6B], [0xDC, 0xDE, 0xE2]]
            }
            Theme::Paper => {
                [[0xF4, 0xEF, 0xE6], [0x26, 0x20, 0x18], [0x66, 0x5C, 0x4D], [0xDD, 0xD4, 0xC4]]
            }
        };
        Self { ground, text, secondary, line, sides }
    }

    /// The colour of a letter on `color`: of near-black and white the one of more contrast.
    #[must_use]
    pub fn letter_on(color: Color) -> Color {
        let of_dark = contrast(color, DARK_LETTER);
        if of_dark >= contrast(color, LIGHT_LETTER) { DARK_LETTER } else { LIGHT_LETTER }
    }
}

/// The contrast ratio of two colours, 1 to 21 (WCAG 2.2, "contrast ratio").
#[must_use]
pub fn contrast(one: Color, other: Color) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// Relative luminance, 0 to 1.
fn luminance(color: Color) -> f64 {
    let light = color.map(|code| {
        let value = f64::from(code) / 255.0;
        if value <= 0.040_45 { value / 12.92 } else { libm::pow((value + 0.055) / 1.055, 2.4) }
    });
    0.2126 * light[0] + 0.7152 * light[1] + 0.0722 * light[2]
}
