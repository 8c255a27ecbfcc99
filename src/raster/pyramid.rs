//! The mip pyramid: a picture at half its size, again and again.
//!
//! Each level is low-passed by a sinc in a Kaiser window (Kaiser & Schafer 1980) of twelve taps an
//! axis, in premultiplied linear light. It keeps 99.9 % of a wave of 20 pixels, half of one of 4.2
//! and less than 0.5 % of anything finer than 2.9 pixels, so that what a level shows was there.

use std::sync::LazyLock;

use rayon::prelude::*;

use super::{
    filter::{Fixed, N_TAPS, halved_opaque},
    picture::{Picture, Pixels},
    places::Area,
    transfer::{Light, Transfer},
};

/// Taps on each side of a new pixel's centre.
const REACH: usize = N_TAPS / 2;
/// Where half of a wave is kept, in cycles a pixel of the larger picture.
const CUTOFF: f64 = 0.24;
/// The shape of the Kaiser window.
const BETA: f64 = 4.0;
/// New rows that are made together.
const BAND: usize = 16;

/// The weights of a new pixel, from the leftmost tap.
static WEIGHTS: LazyLock<[f32; N_TAPS]> = LazyLock::new(|| {
    let raw: [f64; N_TAPS] = std::array::from_fn(|tap| {
        #[expect(clippy::cast_precision_loss, reason = "a dozen taps")]
        let distance = tap as f64 + 0.5 - REACH as f64;
        #[expect(clippy::cast_precision_loss, reason = "a dozen taps")]
        let share = distance / REACH as f64;
        let angle = 2.0 * std::f64::consts::PI * CUTOFF * distance;
        libm::sin(angle) / angle * bessel_i0(BETA * libm::sqrt(1.0 - share * share))
    });
    let sum: f64 = raw.iter().sum();
    #[expect(clippy::cast_possible_truncation, reason = "weights are f32")]
    raw.map(|weight| (weight / sum) as f32)
});

/// The modified Bessel function of the first kind and order zero, by its power series.
fn bessel_i0(x: f64) -> f64 {
    let (mut sum, mut term) = (1.0, 1.0);
    for k in 1..30 {
        term *= x * x / 4.0 / f64::from(k * k);
        sum += term;
    }
    sum
}

/// The picture at half its size, sides rounded up.
pub(super) fn halved(picture: &Picture) -> Picture {
    let transfer = Transfer::of(Light::Linear);
    let (width, height) = (picture.width().div_ceil(2), picture.height().div_ceil(2));
    let pixels = match picture.pixels() {
        Pixels::Rgba8(texels) if picture.is_opaque() => {
            let pixels = halved_texels_within(picture, texels, &Area::whole((width, height)));
            let pixels = Pixels::Rgba8(pixels);
            return Picture::opaque(width, height, pixels).unwrap_or_else(|| picture.clone());
        }
        Pixels::Rgba8(texels) => Pixels::Rgba8(halved_texels(
            picture,
            texels,
            |texel| premultiplied(texel.map(|code| transfer.of_8(code)), texel[3], u8::MAX),
            |light| encoded(light, f32::from(u8::MAX), |light| transfer.code_of_light(light)),
        )),
        Pixels::Rgba16(texels) => Pixels::Rgba16(halved_texels(
            picture,
            texels,
            |texel| premultiplied(texel.map(|code| transfer.of_16(code)), texel[3], u16::MAX),
            |light| encoded(light, f32::from(u16::MAX), |light| transfer.encode_16(light)),
        )),
    };
    // The sizes agree by construction, so there always is a picture.
    Picture::new(width, height, pixels).unwrap_or_else(|| picture.clone())
}

/// The pixels of an opaque picture at half its size as far as they are needed; others may be zero.
pub(super) fn halved_texels_within(
    picture: &Picture,
    texels: &[[u8; 4]],
    needed: &Area,
) -> Vec<[u8; 4]> {
    let size = (picture.width(), picture.height());
    halved_opaque(&Fixed::new(Light::Linear), texels, size, &WEIGHTS, needed)
}

fn premultiplied<Code: Into<f32>>([r, g, b, _]: [f32; 4], alpha: Code, full: Code) -> [f32; 4] {
    let alpha = alpha.into() / full.into();
    [r * alpha, g * alpha, b * alpha, alpha]
}

/// Light back to codes; the alpha channel has the scale `full`.
fn encoded<Code: Copy + Default + FromScaled>(
    [r, g, b, alpha]: [f32; 4],
    full: f32,
    encode: impl Fn(f32) -> Code,
) -> [Code; 4] {
    let alpha_code = Code::from_scaled(alpha.clamp(0.0, 1.0) * full + 0.5);
    if alpha <= 0.5 / full {
        return [Code::default(); 4];
    }
    let [r, g, b] = [r, g, b].map(|light| encode(light / alpha));
    [r, g, b, alpha_code]
}

/// Codes that a number can be cut down to.
trait FromScaled {
    fn from_scaled(scaled: f32) -> Self;
}

impl FromScaled for u8 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "in range")]
    fn from_scaled(scaled: f32) -> Self {
        scaled as Self
    }
}

impl FromScaled for u16 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "in range")]
    fn from_scaled(scaled: f32) -> Self {
        scaled as Self
    }
}

/// Scratch of one band.
#[derive(Default)]
struct Band {
    /// A source row in light.
    row: Vec<[f32; 4]>,
    /// The source rows at half their width, one after the other.
    rows: Vec<[f32; 4]>,
    /// A new row in light.
    sums: Vec<[f32; 4]>,
}

fn halved_texels<Texel: Copy + Default + Send + Sync>(
    picture: &Picture,
    texels: &[Texel],
    light: impl Fn(&Texel) -> [f32; 4] + Sync,
    code: impl Fn([f32; 4]) -> Texel + Sync,
) -> Vec<Texel> {
    let (width, height) = (picture.width(), picture.height());
    let (new_width, new_height) = (width.div_ceil(2), height.div_ceil(2));
    let mut halves = vec![Texel::default(); new_width * new_height];
    halves.par_chunks_mut(new_width * BAND).enumerate().for_each_init(
        Band::default,
        |band, (idx, out)| {
            let first_new = idx * BAND;
            let first = taps(first_new, height).0;
            let (last, weights) = taps(first_new + out.len() / new_width - 1, height);
            band.rows.clear();
            for source in texels[first * width..(last + weights.len()) * width].chunks_exact(width)
            {
                band.row.clear();
                band.row.extend(source.iter().map(&light));
                halve_row(&band.row, new_width, &mut band.rows);
            }
            for (y, out) in out.chunks_exact_mut(new_width).enumerate() {
                let (first_tap, weights) = taps(first_new + y, height);
                let rows = &band.rows[(first_tap - first) * new_width..];
                mean_row(rows, new_width, weights, &mut band.sums);
                for (texel, sum) in out.iter_mut().zip(&band.sums) {
                    *texel = code(*sum);
                }
            }
        },
    );
    halves
}

/// The first old pixel that new pixel `at` is made of, along an axis of `length` old ones, and the
/// weights from there on. Taps outside are left out; the weights that remain may not sum to one.
fn taps(at: usize, length: usize) -> (usize, &'static [f32]) {
    // Tap `t` lies at old pixel `middle - REACH + t`.
    let middle = 2 * at + 1;
    let n_left_out = REACH.saturating_sub(middle);
    let n_taps = N_TAPS.min(length + REACH - middle);
    (middle.saturating_sub(REACH), &WEIGHTS[n_left_out..n_taps])
}

/// A row at half its width, added to `rows`.
fn halve_row(row: &[[f32; 4]], new_width: usize, rows: &mut Vec<[f32; 4]>) {
    rows.extend((0..new_width).map(|x| {
        let (first, weights) = taps(x, row.len());
        let mut sum = [0.0_f32; 4];
        for (light, weight) in row[first..].iter().zip(weights) {
            for c in 0..4 {
                sum[c] += weight * light[c];
            }
        }
        if weights.len() == N_TAPS { sum } else { sum.map(|light| light / total(weights)) }
    }));
}

/// The weighted mean of rows of `width` pixels that lie one after the other in `rows`.
fn mean_row(rows: &[[f32; 4]], width: usize, weights: &[f32], sums: &mut Vec<[f32; 4]>) {
    sums.clear();
    if let Ok(weights) = <&[f32; N_TAPS]>::try_from(weights) {
        let rows: [&[[f32; 4]]; N_TAPS] = std::array::from_fn(|tap| &rows[tap * width..][..width]);
        sums.extend((0..width).map(|x| {
            let mut sum = [0.0_f32; 4];
            for (row, weight) in rows.iter().zip(weights) {
                for c in 0..4 {
                    sum[c] += weight * row[x][c];
                }
            }
            sum
        }));
        return;
    }
    let total = total(weights);
    sums.resize(width, [0.0; 4]);
    for (row, weight) in rows.chunks_exact(width).zip(weights) {
        for (sum, light) in sums.iter_mut().zip(row) {
            for c in 0..4 {
                sum[c] += weight / total * light[c];
            }
        }
    }
}

fn total(weights: &[f32]) -> f32 {
    weights.iter().sum()
}
