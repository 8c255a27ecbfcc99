//! From face to picture: the similarity of a render and its sampling.

use rayon::prelude::*;

use crate::finish::Finish;
use crate::maths::{Point, Rgb, add3, scale3};
use crate::noise::grain;

/// Samples per pixel edge.
const SAMPLES: u32 = 3;

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
                for k in 0..SAMPLES * SAMPLES {
                    let step = |n: u32| (f64::from(n) + 0.5) / f64::from(SAMPLES);
                    let at =
                        [f64::from(column) + step(k % SAMPLES), f64::from(row) + step(k / SAMPLES)];
                    sum = add3(sum, colour(self.lift(turn, at)));
                }
                let mean = scale3(sum, 1.0 / f64::from(SAMPLES * SAMPLES));
                let value = sensor(mean, finish.grain, column, row);
                pixel.copy_from_slice(&value.map(encode));
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
        let size = strength * (0.000_20 * v.max(0.0) + 0.000_001_2).sqrt();
        v + size * (0.75 * shared + 0.65 * at(k))
    };
    [channel(c[0], 1), channel(c[1], 2), channel(c[2], 3)]
}

/// Linear light to an 8-bit sRGB value, with a soft shoulder near white.
fn encode(v: f64) -> u8 {
    let v = v.max(0.0);
    let knee = 0.72;
    let held = if v > knee {
        let over = (v - knee) / (1.0 - knee);
        knee + (1.0 - knee) * (1.0 - libm::exp(-over))
    } else {
        v
    };
    let srgb =
        if held <= 0.003_130_8 { 12.92 * held } else { 1.055 * libm::pow(held, 1.0 / 2.4) - 0.055 };
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "held within 0..=255"
    )]
    let byte = (srgb * 255.0 + 0.5).clamp(0.0, 255.0) as u8;
    byte
}
