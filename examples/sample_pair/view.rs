//! From face to picture: the similarity of a render, its sampling and its film.

use rayon::prelude::*;

use crate::field::{kept, num};
use crate::finish::Finish;
use crate::lens::Shot;
use crate::maths::{Point, Rgb, add3, dot3, mix, scale3};
use crate::noise::{grain, value};

/// Where the face lies in a picture.
pub(crate) struct View {
    /// Picture width in pixels.
    pub(crate) width: u16,
    /// Picture height in pixels.
    pub(crate) height: u16,
    /// Pixels per face unit.
    pub(crate) scale: f64,
    /// Clockwise roll of the face in degrees.
    pub(crate) roll: f64,
    /// Pixel position of the face's origin, counted from the outer corner.
    pub(crate) origin: Point,
    /// Samples per pixel edge.
    pub(crate) samples: u32,
}

impl View {
    /// Pixel position of a point of the face.
    pub(crate) fn project(&self, p: Point) -> Point {
        let (c, s) = self.turn();
        [
            self.origin[0] + self.scale * (c * p[0] - s * p[1]),
            self.origin[1] + self.scale * (s * p[0] + c * p[1]),
        ]
    }

    /// Point of the face at a pixel position.
    fn lift(&self, turn: (f64, f64), at: Point) -> Point {
        let x = (at[0] - self.origin[0]) / self.scale;
        let y = (at[1] - self.origin[1]) / self.scale;
        [turn.0 * x + turn.1 * y, turn.0 * y - turn.1 * x]
    }

    /// Cosine and sine of the roll.
    fn turn(&self) -> (f64, f64) {
        let angle = self.roll.to_radians();
        (libm::cos(angle), libm::sin(angle))
    }

    /// Photographs a face of these colours and heights, as 8-bit sRGB.
    pub(crate) fn render(
        &self,
        finish: &Finish,
        colour: impl Fn(Point) -> Rgb + Sync,
        height: impl Fn(Point) -> f64 + Sync,
    ) -> Vec<u8> {
        let wide = usize::from(self.width);
        let count = wide * usize::from(self.height);
        let turn = self.turn();
        let seen = |idx: usize| self.gathered(turn, [num(idx % wide), num(idx / wide)], &colour);
        let middle =
            |idx: usize| height(self.lift(turn, [num(idx % wide) + 0.5, num(idx / wide) + 0.5]));
        let shot = Shot {
            width: wide,
            light: (0..count).into_par_iter().map(|idx| seen(idx).map(kept)).collect(),
            heights: (0..count).into_par_iter().map(|idx| kept(middle(idx))).collect(),
        };
        let light = shot.focused(self.scale);
        let developed = light.par_iter().enumerate().flat_map_iter(|(idx, light)| {
            film(sensor(*light, finish.grain, idx % wide, idx / wide)).map(encode)
        });
        developed.collect()
    }

    /// Mean of what a pixel gathers.
    fn gathered(
        &self,
        turn: (f64, f64),
        pixel: Point,
        colour: &(impl Fn(Point) -> Rgb + Sync),
    ) -> Rgb {
        let mut sum = [0.0; 3];
        for k in 0..self.samples * self.samples {
            // A lens spreads every point over more than one pixel.
            let step =
                |n: u32| 0.5 + SPREAD * ((f64::from(n) + 0.5) / f64::from(self.samples) - 0.5);
            let at = [pixel[0] + step(k % self.samples), pixel[1] + step(k / self.samples)];
            // Light brighter than the film can show must not outweigh a whole pixel.
            sum = add3(sum, colour(self.lift(turn, at)).map(|v| v.min(3.0)));
        }
        scale3(sum, 1.0 / f64::from(self.samples * self.samples))
    }
}

/// Adds grain as a sensor does: more in the light, but less of it in relation.
fn sensor(c: Rgb, strength: f64, column: usize, row: usize) -> Rgb {
    if strength <= 0.0 {
        return c;
    }
    let whole = |v: usize| i64::try_from(v).unwrap_or(0);
    let at = |k: u32| grain(whole(column), whole(row), 900 + 101 * k);
    // What the sensor's mosaic and its filter leave of grain lies in patches over some pixels.
    let place = [num(column) / PATCH, num(row) / PATCH];
    let patch = |k: u32| 1.7 * value([place[0] + 0.37, place[1]], 930 + k);
    let shared = 0.8 * at(0) + 0.8 * patch(0);
    let channel = |v: f64, k: u32| {
        let size = strength * (0.000_34 * v.max(0.0) + 0.000_004).sqrt();
        v + size * (0.75 * shared + 0.35 * at(k) + 0.60 * patch(k))
    };
    [channel(c[0], 1), channel(c[1], 2), channel(c[2], 3)]
}

/// Width over which a pixel gathers, in pixels.
const SPREAD: f64 = 1.6;
/// Width of a patch of grain, in pixels.
const PATCH: f64 = 2.3;
/// How much light the film takes.
const EXPOSURE: f64 = 0.82;
/// How far colours pale where they are bright.
const PALE: f64 = 0.42;

/// A filmic curve: a short toe, a straight middle and a long shoulder.
fn film(c: Rgb) -> Rgb {
    let c = scale3(c, EXPOSURE);
    let bright = dot3(c, [0.2126, 0.7152, 0.0722]).max(0.0);
    let pale = PALE * bright / (bright + 1.5);
    c.map(|v| {
        let v = mix(v, bright, pale).max(0.0);
        let toe = v * v / (v + 0.020);
        let knee = 0.36;
        if toe <= knee {
            return toe;
        }
        let over = (toe - knee) / (1.0 - knee);
        knee + (1.0 - knee) * (1.0 - libm::exp(-over * 0.92))
    })
}

/// Linear light to an 8-bit sRGB value.
fn encode(v: f64) -> u8 {
    let v = v.clamp(0.0, 1.0);
    let srgb = if v <= 0.003_130_8 { 12.92 * v } else { 1.055 * libm::pow(v, 1.0 / 2.4) - 0.055 };
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "held within 0..=255"
    )]
    let byte = (srgb * 255.0 + 0.5).clamp(0.0, 255.0) as u8;
    byte
}
