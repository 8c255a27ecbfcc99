//! The whole picture as one function of the face plane.

use crate::finish::Finish;
use crate::light::Field;
use crate::maths::{Point, Rgb, mix, mix3, scale3, smooth};
use crate::shape::outline;
use crate::strokes::{self, Strokes};
use crate::{eyes, glasses, hair, mouth, skin};

/// Everything that is worked out once for a picture.
pub(crate) struct Scene<'a> {
    field: Field,
    finish: &'a Finish,
    brows: Strokes,
    lashes: Strokes,
}

impl<'a> Scene<'a> {
    /// Prepares a picture with the given finish.
    pub(crate) fn new(field: &Field, finish: &'a Finish) -> Self {
        Self {
            field: field.softened(finish.spread),
            finish,
            brows: strokes::brows(),
            lashes: strokes::lashes(),
        }
    }

    /// Colour of a point of the face plane in linear light.
    pub(crate) fn colour(&self, p: Point) -> Rgb {
        let (hair_cover, hair_tone) = hair::front(p);
        if hair_cover >= 1.0 {
            return hair_tone;
        }
        // The hair falls over the arms of the glasses.
        let below = glasses::paint(p, self.body(p), self.finish);
        mix3(below, hair_tone, hair_cover)
    }

    /// Face, neck and what is behind them.
    fn body(&self, p: Point) -> Rgb {
        let face = smooth(1.006, 0.994, outline(p));
        let mut colour = [0.0; 3];
        if face < 1.0 {
            colour = self.below(p);
        }
        if face > 0.0 {
            colour = mix3(colour, self.face(p), face);
        }
        colour
    }

    /// Neck, collar and backdrop.
    fn below(&self, p: Point) -> Rgb {
        let mut colour = hair::behind(p);
        let neck = smooth(0.004, -0.004, p[0].abs() - 0.60 - 0.10 * smooth(1.0, 1.6, p[1]));
        if p[1] > 0.2 && neck > 0.0 {
            let lit = self.field.at(p);
            let jaw = mix(0.26, 0.90, smooth(0.98, 1.60, outline(p)));
            let side = 1.0 - 0.62 * smooth(0.28, 0.62, p[0].abs());
            let tone = skin::lit_skin(p, &lit, 1.0, self.finish);
            colour = mix3(colour, scale3(tone, jaw * side), neck);
        }
        let (cover, tone) = hair::collar(p);
        mix3(colour, tone, cover)
    }

    /// The face without hair and glasses.
    fn face(&self, p: Point) -> Rgb {
        let lit = self.field.at(p);
        let shade = glasses::shade(p, self.finish);
        let mut colour = skin::lit_skin(p, &lit, shade, self.finish);
        colour = mouth::paint(p, colour, &lit, self.finish);
        if p[1] < -0.9 {
            colour = eyes::paint(p, colour, &lit);
            let brow = self.brows.cover(p).max(0.46 * strokes::brow_shade(p));
            colour = mix3(colour, [0.038, 0.022, 0.014], 0.9 * brow);
            colour = mix3(colour, [0.010, 0.007, 0.006], self.lashes.cover(p));
        }
        let turned = mix(1.0, 0.72, smooth(0.90, 1.0, outline(p)));
        scale3(colour, turned)
    }
}
