//! Two pictures of one size, compared pixel by pixel.

use rayon::prelude::*;

use super::{
    delta_e::{delta_e_2000, delta_e_of_codes},
    lab::Lab,
    palette::{delta_e_color, lightness_color},
    picture::{Picture, Pixels},
    view::ViewError,
};

/// How two pictures are compared. A picture and itself give nothing: black, or in a blend itself.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Comparison {
    /// The absolute difference of every channel's 8-bit code, this many times.
    Absolute {
        /// At least 1.
        gain: u8,
    },
    /// CIEDE2000, in the colours of [`delta_e_color`].
    DeltaE,
    /// B's lightness L* less A's, in the colours of [`lightness_color`].
    Lightness,
    /// This share of B over A, in encoded values.
    Blend {
        /// 0 is A, 1 is B.
        share: f32,
    },
}

/// Rows between two looks at whether to go on.
const BAND: usize = 16;

/// Compares two pictures of one size. A difference is opaque where both are visible, else
/// transparent: colours are compared, not how much is seen through them. 16-bit pictures are compared
/// by their 8-bit codes.
///
/// # Errors
/// [`ViewError::Cancelled`] when `is_cancelled` said so; [`ViewError::Empty`] when the sizes differ.
pub fn compare(
    a: &Picture,
    b: &Picture,
    how: Comparison,
    is_cancelled: &(dyn Fn() -> bool + Sync),
) -> Result<Picture, ViewError> {
    let (width, height) = (a.width(), a.height());
    if (width, height) != (b.width(), b.height()) {
        return Err(ViewError::Empty);
    }
    let mut pixels = vec![[0; 4]; width * height];
    pixels.par_chunks_mut(width * BAND).enumerate().try_for_each(|(band, pixels)| {
        if is_cancelled() {
            return Err(ViewError::Cancelled);
        }
        if let (Comparison::DeltaE, Pixels::Rgba8(a), Pixels::Rgba8(b)) =
            (how, a.pixels(), b.pixels())
        {
            let part = band * BAND * width..band * BAND * width + pixels.len();
            fill_delta_e(&a[part.clone()], &b[part], pixels);
            return Ok(());
        }
        for (idx, pixel) in pixels.iter_mut().enumerate() {
            let (x, y) = (idx % width, band * BAND + idx / width);
            let both = a.rgba8_at(x, y).zip(b.rgba8_at(x, y));
            *pixel = both.map_or([0; 4], |(a, b)| of_both(a, b, how));
        }
        Ok(())
    })?;
    Picture::new(width, height, Pixels::Rgba8(pixels)).ok_or(ViewError::Empty)
}

/// The colour differences of pixels at the same places.
fn fill_delta_e(a: &[[u8; 4]], b: &[[u8; 4]], pixels: &mut [[u8; 4]]) {
    let codes = |[r, g, b, _]: [u8; 4]| [r, g, b];
    let pairs = a.iter().zip(b).map(|(a, b)| (codes(*a), codes(*b)));
    delta_e_of_codes(pairs, |idx, delta_e| {
        let [red, green, blue] = delta_e_color(delta_e);
        let is_seen = a[idx][3].min(b[idx][3]) > 0;
        pixels[idx] = if is_seen { [red, green, blue, u8::MAX] } else { [0; 4] };
    });
}

/// What is shown of two pixels. Of those that only one side has a blend shows that side as it is
/// shown alone, B as little as it is mixed in; a difference shows nothing there.
fn of_both(a: [u8; 4], b: [u8; 4], how: Comparison) -> [u8; 4] {
    let [(a, a_alpha), (b, b_alpha)] = [a, b].map(|[r, g, b, alpha]| ([r, g, b], alpha));
    let with = |[r, g, b]: [u8; 3], alpha: u8| [r, g, b, alpha];
    match how {
        Comparison::Blend { share } => match (a_alpha, b_alpha) {
            (_, 0) => with(a, a_alpha),
            (0, _) => with(b, blended(0, b_alpha, share)),
            _ => with(pixel_of(a, b, how), blended(a_alpha, b_alpha, share)),
        },
        _ if a_alpha.min(b_alpha) == 0 => [0; 4],
        _ => with(pixel_of(a, b, how), u8::MAX),
    }
}

/// `share` of `b`, the rest of `a`.
fn blended(a: u8, b: u8, share: f32) -> u8 {
    let mixed = f32::from(a) + (f32::from(b) - f32::from(a)) * share.clamp(0.0, 1.0);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a code")]
    let code = mixed.round() as u8;
    code
}

fn pixel_of(a: [u8; 3], b: [u8; 3], how: Comparison) -> [u8; 3] {
    let channels = |of: &dyn Fn(u8, u8) -> u8| [0, 1, 2].map(|c| of(a[c], b[c]));
    match how {
        Comparison::Absolute { gain } => channels(&|a, b| a.abs_diff(b).saturating_mul(gain)),
        Comparison::DeltaE if a == b => delta_e_color(0.0),
        Comparison::DeltaE => delta_e_color(delta_e_2000(Lab::of_srgb8(a), Lab::of_srgb8(b))),
        Comparison::Lightness => lightness_color(Lab::of_srgb8(b).l - Lab::of_srgb8(a).l),
        Comparison::Blend { share } => channels(&|a, b| blended(a, b, share)),
    }
}
