//! From face to picture: the similarity of a render, its sampling and its film.

use rayon::prelude::*;

use crate::finish::Finish;
use crate::maths::{Point, Rgb, add3, dot3, mix, scale3};
use crate::noise::grain;

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

    /// Samples a function of the face over the whole picture, as 8-bit sRGB.
    pub(crate) fn render(&self, finish: &Finish, colour: impl Fn(Point) -> Rgb + Sync) -> Vec<u8> {
        let turn = self.turn();
        let wide = usize::from(self.width) * 3;
        let mut pixels = vec![0; wide * usize::from(self.height)];
        let rows: Vec<(u16, &mut [u8])> = (0..self.height).zip(pixels.chunks_mut(wide)).collect();
        rows.into_par_iter().for_each(|(row, line)| {
            for (column, pixel) in (0..self.width).zip(line.chunks_exact_mut(3)) {
                let mut sum = [0.0; 3];
                for k in 0..self.samples * self.samples {
                    // A lens spreads every point over more than one pixel.
                    let step = |n: u32| {
                        0.5 + SPREAD * ((f64::from(n) + 0.5) / f64::from(self.samples) - 0.5)
                    };
                    let at = [
                        f64::from(column) + step(k % self.samples),
                        f64::from(row) + step(k / self.samples),
                    ];
                    // Light brighter than the film can show must not outweigh a whole pixel.
                    sum = add3(sum, colour(self.lift(turn, at)).map(|v| v.min(3.0)));
                }
                let mean = scale3(sum, 1.0 / f64::from(self.samples * self.samples));
                let value = sensor(mean, finish.grain, column, row);
                pixel.copy_from_slice(&film(value).map(encode));
            }
        });
        pixels
    }
}

/// Adds grain as a sensor does: more in the light, but less of it in relation.
fn sensor(c: Rgb, strength: f64, column: u16, row: u16) -> Rgb {
    if strength <= 0.0 {
        return c;
    }
    let at = |k: u32| grain(i64::from(column), i64::from(row), 900 + 101 * k);
    let shared = at(0);
    let channel = |v: f64, k: u32| {
        let size = strength * (0.000_22 * v.max(0.0) + 0.000_002).sqrt();
        v + size * (0.75 * shared + 0.65 * at(k))
    };
    [channel(c[0], 1), channel(c[1], 2), channel(c[2], 3)]
}

/// Width over which a pixel gathers, in pixels.
const SPREAD: f64 = 1.45;
/// How much light the film takes.
const EXPOSURE: f64 = 0.90;
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
