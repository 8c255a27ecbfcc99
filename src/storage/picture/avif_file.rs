//! AVIF: a still picture coded as AV1, 8 to 12 bits.

use re_rav1d::dav1d::{
    Decoder, Error, Picture, PixelLayout, PlanarImageComponent, Settings,
    pixel::{MatrixCoefficients, YUVRange},
};

use super::{
    DecodeError, Limits, Watch,
    avif_boxes::{CodePoints, Contents, contents_of},
    raw::{Channels, Orient, Raw, check_size},
};
use crate::raster::Pixels;

/// How many times the decoder is asked for the picture before it is given up.
const MAX_TRIES: usize = 64;

/// Reads an AVIF.
///
/// # Errors
/// See [`DecodeError`].
pub(super) fn read(bytes: &[u8], limits: Limits, watch: &dyn Watch) -> Result<Raw, DecodeError> {
    let mut contents = contents_of(bytes)?;
    check_size(contents.size.0, contents.size.1, limits)?;
    let color = decoded(std::mem::take(&mut contents.color), limits)?;
    check_size(color.width(), color.height(), limits)?;
    if watch.is_cancelled() {
        return Err(DecodeError::Cancelled);
    }
    let alpha = contents.alpha.take().map(|data| decoded(data, limits)).transpose()?;
    let is_other_size =
        |alpha: &Picture| (alpha.width(), alpha.height()) != (color.width(), color.height());
    if alpha.as_ref().is_some_and(is_other_size) {
        return Err(DecodeError::Unsupported("an AVIF whose alpha has another size".into()));
    }
    let mixer = Mixer::of(&color, contents.code_points)?;
    let alpha_plane = alpha.as_ref().map(Plane::luma);
    let is_deep = color.bit_depth() > 8;
    let (width, height) = (color.width() as usize, color.height() as usize);
    let texel = |x: usize, y: usize| {
        let rgb = mixer.rgb(x, y);
        let alpha = alpha_plane.as_ref().map_or(1.0, |plane| plane.at(x, y) / plane.max);
        let is_divided = contents.is_premultiplied && alpha > 0.0;
        let [r, g, b] = if is_divided { rgb.map(|value| value / alpha) } else { rgb };
        [r, g, b, alpha].map(|value| value.clamp(0.0, 1.0))
    };
    let places = (0..height).flat_map(|y| (0..width).map(move |x| (x, y)));
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped")]
    let pixels = if is_deep {
        let code = |value: f32| (value * 65_535.0 + 0.5) as u16;
        Pixels::Rgba16(places.map(|(x, y)| texel(x, y).map(code)).collect())
    } else {
        let code = |value: f32| (value * 255.0 + 0.5) as u8;
        Pixels::Rgba8(places.map(|(x, y)| texel(x, y).map(code)).collect())
    };
    let Contents { tag, orientation, warnings, .. } = contents;
    let is_grey = color.pixel_layout() == PixelLayout::I400;
    Ok(Raw {
        width,
        height,
        pixels,
        channels: if is_grey { Channels::Grey } else { Channels::Rgb },
        bit_depth: if is_deep { 16 } else { 8 },
        has_alpha: alpha.is_some(),
        orient: Orient::ToDo(orientation),
        color: tag,
        warnings,
    })
}

/// The first picture of coded data.
fn decoded(data: Vec<u8>, limits: Limits) -> Result<Picture, DecodeError> {
    // The decoder takes empty data for a mistake of its caller's.
    if data.is_empty() {
        return Err(DecodeError::Truncated);
    }
    let mut settings = Settings::new();
    settings.set_n_threads(1);
    settings.set_max_frame_delay(1);
    settings.set_frame_size_limit(u32::try_from(limits.max_pixels).unwrap_or(u32::MAX));
    let mut decoder = Decoder::with_settings(&settings).map_err(refusal)?;
    match decoder.send_data(data, None, None, None) {
        Ok(()) | Err(Error::Again) => (),
        Err(err) => return Err(refusal(err)),
    }
    for _ in 0..MAX_TRIES {
        match decoder.get_picture() {
            Err(Error::Again) => match decoder.send_pending_data() {
                Ok(()) | Err(Error::Again) => (),
                Err(err) => return Err(refusal(err)),
            },
            found => return found.map_err(refusal),
        }
    }
    Err(DecodeError::Truncated)
}

fn refusal(err: Error) -> DecodeError {
    DecodeError::Damaged(err.to_string())
}

/// One plane of numbers.
struct Plane {
    data: re_rav1d::dav1d::Plane,
    stride: usize,
    width: usize,
    height: usize,
    is_deep: bool,
    /// The largest number there can be.
    max: f32,
}

impl Plane {
    fn luma(picture: &Picture) -> Self {
        let size = (picture.width() as usize, picture.height() as usize);
        Self::new(picture, PlanarImageComponent::Y, size)
    }

    fn new(
        picture: &Picture,
        component: PlanarImageComponent,
        (width, height): (usize, usize),
    ) -> Self {
        let n_values = 1_u16 << picture.bit_depth().min(15);
        Self {
            data: picture.plane(component),
            stride: picture.stride(component) as usize,
            width,
            height,
            is_deep: picture.bit_depth() > 8,
            max: f32::from(n_values) - 1.0,
        }
    }

    /// The number at a place; the last one beyond an edge.
    fn at(&self, x: usize, y: usize) -> f32 {
        let (x, y) = (x.min(self.width - 1), y.min(self.height - 1));
        let row = y * self.stride;
        if self.is_deep {
            let at = row + 2 * x;
            f32::from(u16::from_le_bytes([self.data[at], self.data[at + 1]]))
        } else {
            f32::from(self.data[row + x])
        }
    }

    /// The number between four, at a place in quarters of this plane's step from its corner.
    fn between(&self, (x, x_share): (usize, f32), (y, y_share): (usize, f32)) -> f32 {
        let row = |y: usize| self.at(x, y) * (1.0 - x_share) + self.at(x + 1, y) * x_share;
        if y_share == 0.0 { row(y) } else { row(y) * (1.0 - y_share) + row(y + 1) * y_share }
    }
}

/// Planes to red, green and blue.
struct Mixer {
    luma: Plane,
    chroma: Option<[Plane; 2]>,
    /// Whether chroma has half the numbers along x and y.
    halves: (bool, bool),
    /// The shares of red and blue in luma; `None` when the planes are green, blue and red.
    shares: Option<(f32, f32)>,
    is_full_range: bool,
}

impl Mixer {
    fn of(picture: &Picture, code_points: Option<CodePoints>) -> Result<Self, DecodeError> {
        let (width, height) = (picture.width() as usize, picture.height() as usize);
        let halves = match picture.pixel_layout() {
            PixelLayout::I420 => (true, true),
            PixelLayout::I422 => (true, false),
            PixelLayout::I400 | PixelLayout::I444 => (false, false),
        };
        let half = |length: usize, is_half: bool| {
            if is_half { length.div_ceil(2) } else { length }
        };
        let size = (half(width, halves.0), half(height, halves.1));
        let is_grey = picture.pixel_layout() == PixelLayout::I400;
        let chroma = (!is_grey).then(|| {
            [PlanarImageComponent::U, PlanarImageComponent::V]
                .map(|component| Plane::new(picture, component, size))
        });
        let matrix = code_points.map_or_else(|| stated_matrix(picture), |points| points.matrix);
        let shares = match matrix {
            0 => None,
            1 => Some((0.2126, 0.0722)),
            2 | 5 | 6 => Some((0.299, 0.114)),
            9 => Some((0.2627, 0.0593)),
            other => {
                let what = format!("an AVIF with the matrix coefficients {other}");
                return Err(DecodeError::Unsupported(what));
            }
        };
        let is_full_range = code_points
            .map_or(picture.color_range() == YUVRange::Full, |points| points.is_full_range);
        Ok(Self { luma: Plane::luma(picture), chroma, halves, shares, is_full_range })
    }

    /// Red, green and blue of a pixel, 0 to 1 unless the numbers contradict each other.
    fn rgb(&self, x: usize, y: usize) -> [f32; 3] {
        /// The values that a plane of limited range keeps free at both ends, as shares of 256.
        const FOOT: f32 = 16.0;
        let max = self.luma.max;
        let step = (max + 1.0) / 256.0;
        let luma = self.luma.at(x, y);
        let grey =
            if self.is_full_range { luma / max } else { (luma - FOOT * step) / (219.0 * step) };
        let Some([u, v]) = &self.chroma else { return [grey; 3] };
        let (at_x, at_y) = (chroma_place(x, self.halves.0), chroma_place(y, self.halves.1));
        let [cb, cr] = [u, v].map(|plane| plane.between(at_x, at_y));
        let Some((red, blue)) = self.shares else {
            let plain = |value: f32| {
                if self.is_full_range {
                    value / max
                } else {
                    (value - FOOT * step) / (219.0 * step)
                }
            };
            return [plain(cr), grey, plain(cb)];
        };
        let [cb, cr] = [cb, cr].map(|value| {
            let from_middle = value - 128.0 * step;
            if self.is_full_range { from_middle / max } else { from_middle / (224.0 * step) }
        });
        let (r, b) = (grey + 2.0 * (1.0 - red) * cr, grey + 2.0 * (1.0 - blue) * cb);
        let g = (grey - red * r - blue * b) / (1.0 - red - blue);
        [r, g, b]
    }
}

/// The chroma number before pixel `at` and the share of the next; its numbers lie in the middle of
/// two pixels where there are half as many.
fn chroma_place(at: usize, is_half: bool) -> (usize, f32) {
    match (is_half, at) {
        (false, at) => (at, 0.0),
        (true, 0) => (0, 0.0),
        (true, at) if at % 2 == 0 => (at / 2 - 1, 0.75),
        (true, at) => (at / 2, 0.25),
    }
}

/// The matrix coefficients that the coded picture itself states, as a code point of H.273.
fn stated_matrix(picture: &Picture) -> u16 {
    match picture.matrix_coefficients() {
        MatrixCoefficients::Identity => 0,
        MatrixCoefficients::BT709 => 1,
        MatrixCoefficients::BT2020NonConstantLuminance => 9,
        MatrixCoefficients::BT470BG
        | MatrixCoefficients::ST170M
        | MatrixCoefficients::Unspecified => 6,
        _ => u16::MAX,
    }
}
