//! The planes of a decoded AV1 picture, and how they become red, green and blue.

use re_rav1d::dav1d::{Picture, PixelLayout, PlanarImageComponent};

use super::{
    DecodeError,
    avif_colors::{CodePoints, Matrix},
    avif_sequence::ChromaPlace,
};

/// One plane of numbers.
pub(super) struct Plane {
    data: re_rav1d::dav1d::Plane,
    stride: usize,
    width: usize,
    height: usize,
    is_deep: bool,
    scale: Scale,
}

impl Plane {
    pub(super) fn luma(picture: &Picture, is_full_range: bool) -> Self {
        let size = (picture.width() as usize, picture.height() as usize);
        Self::new(picture, PlanarImageComponent::Y, size, is_full_range)
    }

    fn new(
        picture: &Picture,
        component: PlanarImageComponent,
        (width, height): (usize, usize),
        is_full_range: bool,
    ) -> Self {
        let n_values = 1_u16 << picture.bit_depth().min(15);
        let scale = if is_full_range { Scale::full(n_values) } else { Scale::limited(n_values) };
        Self {
            data: picture.plane(component),
            stride: picture.stride(component) as usize,
            width,
            height,
            is_deep: picture.bit_depth() > 8,
            scale,
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

    /// The number between four: the first one's place, and the share of the next along x and y.
    fn between(&self, (x, x_share): (usize, f32), (y, y_share): (usize, f32)) -> f32 {
        let row = |y: usize| {
            let first = self.at(x, y);
            if x_share == 0.0 {
                first
            } else {
                first * (1.0 - x_share) + self.at(x + 1, y) * x_share
            }
        };
        if y_share == 0.0 { row(y) } else { row(y) * (1.0 - y_share) + row(y + 1) * y_share }
    }

    /// The plane's value at a place as luma or alpha, 0 to 1 but for numbers out of their range.
    pub(super) fn share(&self, x: usize, y: usize) -> f32 {
        self.scale.share(self.at(x, y))
    }
}

/// What the numbers of a plane mean.
#[derive(Clone, Copy)]
struct Scale {
    foot: f32,
    /// From foot to top of luma.
    span: f32,
    /// The number of no colour.
    middle: f32,
    /// From the least to the most of chroma.
    chroma_span: f32,
}

impl Scale {
    fn full(n_values: u16) -> Self {
        let n_values = f32::from(n_values);
        let span = n_values - 1.0;
        Self { foot: 0.0, span, middle: n_values / 2.0, chroma_span: span }
    }

    /// Some values are kept free at both ends.
    fn limited(n_values: u16) -> Self {
        let step = f32::from(n_values) / 256.0;
        Self {
            foot: 16.0 * step,
            span: 219.0 * step,
            middle: 128.0 * step,
            chroma_span: 224.0 * step,
        }
    }

    fn share(&self, number: f32) -> f32 {
        (number - self.foot) / self.span
    }

    /// -0.5 to 0.5.
    fn chroma(&self, number: f32) -> f32 {
        (number - self.middle) / self.chroma_span
    }
}

/// Planes to red, green and blue.
pub(super) struct Mixer {
    luma: Plane,
    /// Both planes of chroma and what they mean; none where there is only grey.
    chroma: Option<([Plane; 2], Matrix)>,
    /// Whether chroma has half the numbers along x and y.
    halves: (bool, bool),
    place: ChromaPlace,
}

impl Mixer {
    /// How to mix a picture's planes.
    ///
    /// # Errors
    /// [`DecodeError::Unsupported`] for a matrix that is reserved or not known here, and for red,
    /// green and blue of different sizes.
    pub(super) fn of(
        picture: &Picture,
        code_points: CodePoints,
        place: ChromaPlace,
    ) -> Result<Self, DecodeError> {
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
        let chroma = if picture.pixel_layout() == PixelLayout::I400 {
            None
        } else {
            let matrix = Matrix::of(code_points.matrix)?;
            if matrix == Matrix::Identity && halves.0 {
                let what = "an AVIF with fewer numbers for red and blue than for green";
                return Err(DecodeError::Unsupported(what.into()));
            }
            let planes = [PlanarImageComponent::U, PlanarImageComponent::V]
                .map(|component| Plane::new(picture, component, size, code_points.is_full_range));
            Some((planes, matrix))
        };
        Ok(Self { luma: Plane::luma(picture, code_points.is_full_range), chroma, halves, place })
    }

    /// Red, green and blue of a pixel, 0 to 1 unless the numbers contradict each other.
    pub(super) fn rgb(&self, x: usize, y: usize) -> [f32; 3] {
        let luma = self.luma.share(x, y);
        let Some(([u, v], matrix)) = &self.chroma else { return [luma; 3] };
        if *matrix == Matrix::Identity {
            return [v.share(x, y), luma, u.share(x, y)];
        }
        let at_x = chroma_place(x, self.halves.0, self.place != ChromaPlace::Middle);
        let at_y = chroma_place(y, self.halves.1, self.place == ChromaPlace::Corner);
        let [u, v] = [u, v].map(|plane| plane.scale.chroma(plane.between(at_x, at_y)));
        match *matrix {
            Matrix::Shares(red, blue) => {
                let (r, b) = (luma + 2.0 * (1.0 - red) * v, luma + 2.0 * (1.0 - blue) * u);
                [r, (luma - red * r - blue * b) / (1.0 - red - blue), b]
            }
            Matrix::GreenOrange | Matrix::Identity => [luma - u + v, luma + u, luma - u - v],
        }
    }
}

/// The chroma number before pixel `at` and the share of the next. Where there are half as many they
/// lie in the middle of two pixels, or on the first of them.
fn chroma_place(at: usize, is_half: bool, is_on_first: bool) -> (usize, f32) {
    let is_even = at.is_multiple_of(2);
    match (is_half, is_on_first) {
        (false, _) => (at, 0.0),
        (true, true) => (at / 2, if is_even { 0.0 } else { 0.5 }),
        (true, false) if at == 0 => (0, 0.0),
        (true, false) if is_even => (at / 2 - 1, 0.75),
        (true, false) => (at / 2, 0.25),
    }
}
