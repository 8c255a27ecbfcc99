//! Profiles with look-up tables: grey, RGB and CMYK to the connection space.

use moxcms::{
    ColorProfile, DataColorSpace, LutDataType, LutMultidimensionalType, LutStore, LutType,
    LutWarehouse,
};

use super::{
    curve::{Curve, of_lab_cube},
    encode::{Code, Counter, f32_of},
    matrix::{D50, IDENTITY, Matrix, applied, srgb_from_xyz},
};
use crate::raster::Pixels;

/// What follows the grid, on numbers of full scale 1.
#[derive(Clone, Debug)]
enum Stage {
    Curves([Curve; 3]),
    /// A matrix, then an offset.
    Matrix(Matrix, [f64; 3]),
}

/// What the numbers at the end of a table mean (ICC.1:2022, 6.3.4).
#[derive(Clone, Copy, Debug)]
enum Connection {
    /// XYZ, full scale being 1 + 32,767 / 32,768.
    Xyz,
    /// L*a*b* with a scale for each and a bias for a* and b*.
    Lab { lightness: f64, chroma: f64, bias: f64 },
}

/// A look-up table from device to connection space, and on to linear light of sRGB.
#[derive(Clone, Debug)]
pub(super) struct Table {
    /// A curve for each channel of the device: one, three or four.
    inputs: Vec<Curve>,
    /// Points along each channel, first to last; the last varies fastest.
    grid: Vec<usize>,
    /// Empty where there is no grid and three channels go on as they are.
    points: Vec<[f32; 3]>,
    stages: Vec<Stage>,
    connection: Connection,
}

/// Where an encoded value lies along a channel of the grid.
#[derive(Clone, Copy, Default)]
struct Place {
    /// Of the point below, in points from the first of the grid.
    offset: usize,
    /// From that point to the next, 0 to 1.
    frac: f32,
}

impl Table {
    /// The table for relative colorimetric intent: the colorimetric one, or else the perceptual, or
    /// else that for saturation (ICC.1:2022, 9.2.1). `None` when there is none, or none for one,
    /// three or four channels that leads to XYZ or L*a*b*.
    pub(super) fn of_profile(profile: &ColorProfile) -> Option<Self> {
        let warehouse = profile
            .lut_a_to_b_colorimetric
            .as_ref()
            .or(profile.lut_a_to_b_perceptual.as_ref())
            .or(profile.lut_a_to_b_saturation.as_ref())?;
        match warehouse {
            LutWarehouse::Lut(lut) => Self::of_fixed(lut, profile.pcs),
            LutWarehouse::Multidimensional(lut) => Self::of_flexible(lut, profile.pcs),
        }
    }

    /// Of type `lut8` or `lut16` (ICC.1:2022, 10.10 and 10.11), whose matrix is for devices that
    /// speak XYZ and is left out. 16-bit L*a*b* is in the older encoding.
    fn of_fixed(lut: &LutDataType, pcs: DataColorSpace) -> Option<Self> {
        let connection = match (pcs, lut.lut_type) {
            (DataColorSpace::Xyz, _) => Connection::Xyz,
            (DataColorSpace::Lab, LutType::Lut16) => Connection::Lab {
                lightness: 100.0 * 65_535.0 / 65_280.0,
                chroma: 65_535.0 / 256.0,
                bias: 128.0,
            },
            (DataColorSpace::Lab, _) => LAB,
            _ => return None,
        };
        let tables = |store: &LutStore, n_entries: u16, n_channels: u8| -> Option<Vec<Curve>> {
            let all = sixteen_bit(store);
            let tables: Vec<Curve> =
                all.chunks_exact(usize::from(n_entries)).map(|t| Curve::Table(t.into())).collect();
            (n_entries > 1 && tables.len() == usize::from(n_channels)).then_some(tables)
        };
        let inputs = tables(&lut.input_table, lut.num_input_table_entries, lut.num_input_channels)?;
        let outputs =
            tables(&lut.output_table, lut.num_output_table_entries, lut.num_output_channels)?;
        let stages = vec![Stage::Curves(outputs.try_into().ok()?)];
        let grid = vec![usize::from(lut.num_clut_grid_points); inputs.len()];
        Self { inputs, grid, points: points_of(&lut.clut_table), stages, connection }.checked()
    }

    /// Of type `lutAToB` (ICC.1:2022, 10.12).
    fn of_flexible(lut: &LutMultidimensionalType, pcs: DataColorSpace) -> Option<Self> {
        let connection = match pcs {
            DataColorSpace::Xyz => Connection::Xyz,
            DataColorSpace::Lab => LAB,
            _ => return None,
        };
        let curves = |of: &[_]| of.iter().map(Curve::of_profile).collect::<Option<Vec<_>>>();
        let mut stages = Vec::new();
        if !lut.m_curves.is_empty() {
            stages.push(Stage::Curves(curves(&lut.m_curves)?.try_into().ok()?));
            stages.push(Stage::Matrix(lut.matrix.v, lut.bias.v));
        }
        stages.push(Stage::Curves(curves(&lut.b_curves)?.try_into().ok()?));
        let n_channels = usize::from(lut.num_input_channels);
        let table = if let Some(points) = &lut.clut {
            let grid = lut.grid_points.iter().take(n_channels).map(|n| usize::from(*n)).collect();
            let (inputs, points) = (curves(&lut.a_curves)?, points_of(points));
            Self { inputs, grid, points, stages, connection }
        } else {
            // Without a grid the first curves, those of the codes, are evaluated code by code.
            let Stage::Curves(first) = stages.remove(0) else { return None };
            Self { inputs: first.into(), grid: Vec::new(), points: Vec::new(), stages, connection }
        };
        (table.inputs.len() == n_channels).then_some(table)?.checked()
    }

    /// The table, if its grid has as many points as it says and a number of channels that is known.
    fn checked(mut self) -> Option<Self> {
        self.stages.retain(|stage| match stage {
            Stage::Curves(curves) => !curves.iter().all(Curve::is_identity),
            Stage::Matrix(matrix, offset) => (matrix, offset) != (&IDENTITY, &[0.0; 3]),
        });
        let n_points = self.grid.iter().try_fold(1_usize, |n, along| n.checked_mul(*along))?;
        let is_sound = if self.grid.is_empty() {
            self.inputs.len() == 3
        } else {
            matches!(self.inputs.len(), 1 | 3 | 4)
                && self.inputs.len() == self.grid.len()
                && n_points > 0
                && n_points == self.points.len()
        };
        is_sound.then_some(self)
    }

    /// How many channels of a device it takes: 1, 3 or 4.
    pub(super) fn n_channels(&self) -> usize {
        self.inputs.len()
    }

    /// Converts pixels in place and returns the share of those not invisible that were clipped.
    /// What takes four channels makes opaque pixels.
    pub(super) fn convert(&self, pixels: &mut Pixels) -> f64 {
        match pixels {
            Pixels::Rgba8(pixels) => self.convert_texels(pixels),
            Pixels::Rgba16(pixels) => self.convert_texels(pixels),
        }
    }

    fn convert_texels<C: Code>(&self, texels: &mut [[C; 4]]) -> f64 {
        let places = self.places::<C>();
        let srgb = srgb_from_xyz().unwrap_or(IDENTITY);
        let encoder = C::encoder();
        let mut counter = Counter::new();
        for texel in texels {
            let mut at = [Place::default(); 4];
            for ((at, places), code) in at.iter_mut().zip(&places).zip(*texel) {
                *at = places[code.index()];
            }
            let device = if self.points.is_empty() {
                [at[0].frac, at[1].frac, at[2].frac]
            } else {
                self.between(at)
            };
            let linear = applied(&srgb, self.xyz(device)).map(f32_of);
            let alpha = if self.n_channels() == 4 { C::FULL } else { texel[3] };
            counter.add(linear, alpha.index() > 0);
            let [r, g, b] = linear.map(|light| encoder.encode(light));
            *texel = [r, g, b, alpha];
        }
        counter.share()
    }

    /// Points from one to the next along a channel.
    fn stride(&self, channel: usize) -> usize {
        self.grid.iter().skip(channel + 1).product()
    }

    /// Where every code of each channel lies, after its curve; 0 to 1 where there is no grid.
    fn places<C: Code>(&self) -> Vec<Vec<Place>> {
        let place = |channel: usize, curve: &Curve, code: u16| {
            let value = curve.light(f64::from(code) / f64::from(C::MAX));
            let Some(n_points) = self.grid.get(channel) else {
                return Place { offset: 0, frac: f32_of(value) };
            };
            let last = n_points - 1;
            #[expect(clippy::cast_precision_loss, reason = "a grid has few points")]
            let at = value.clamp(0.0, 1.0) * last as f64;
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped")]
            let below = (at as usize).min(last.saturating_sub(1));
            #[expect(clippy::cast_precision_loss, reason = "a grid has few points")]
            let frac = f32_of(at - below as f64);
            Place { offset: below * self.stride(channel), frac }
        };
        self.inputs
            .iter()
            .enumerate()
            .map(|(channel, curve)| (0..=C::MAX).map(|code| place(channel, curve, code)).collect())
            .collect()
    }

    /// The grid's value between points: in tetrahedra for three channels; for four linearly along
    /// the first, and in tetrahedra for the others.
    fn between(&self, at: [Place; 4]) -> [f32; 3] {
        let base = at.iter().map(|place| place.offset).sum();
        let n_channels = self.n_channels();
        let mut axes = [(0.0, 0); 4];
        for (channel, axis) in axes.iter_mut().enumerate().take(n_channels) {
            // At the last point of a channel of one there is no next.
            let stride = if self.grid[channel] > 1 { self.stride(channel) } else { 0 };
            *axis = (at[channel].frac, stride);
        }
        if n_channels == 1 {
            return mix(self.points[base], self.points[base + axes[0].1], axes[0].0);
        }
        if n_channels == 3 {
            return self.in_tetrahedron(base, [axes[0], axes[1], axes[2]]);
        }
        let [(frac, stride), rest @ ..] = axes;
        let low = self.in_tetrahedron(base, rest);
        if frac == 0.0 {
            return low;
        }
        mix(low, self.in_tetrahedron(base + stride, rest), frac)
    }

    /// Walks from the point below along the channels, the largest fraction first.
    #[inline]
    fn in_tetrahedron(&self, base: usize, mut axes: [(f32, usize); 3]) -> [f32; 3] {
        for (a, b) in [(0, 1), (1, 2), (0, 1)] {
            if axes[a].0 < axes[b].0 {
                axes.swap(a, b);
            }
        }
        let mut idx = base;
        let mut from = self.points[idx];
        let mut sum = from;
        for (frac, stride) in axes {
            idx += stride;
            let to = self.points[idx];
            sum = std::array::from_fn(|c| sum[c] + frac * (to[c] - from[c]));
            from = to;
        }
        sum
    }

    /// What follows the grid: XYZ relative to D50.
    fn xyz(&self, device: [f32; 3]) -> [f64; 3] {
        let mut values = device.map(f64::from);
        for stage in &self.stages {
            values = match stage {
                Stage::Curves(curves) => std::array::from_fn(|c| curves[c].light(values[c])),
                Stage::Matrix(matrix, offset) => {
                    let sums = applied(matrix, values);
                    std::array::from_fn(|c| sums[c] + offset[c])
                }
            };
        }
        match self.connection {
            Connection::Xyz => values.map(|v| v * (1.0 + 32_767.0 / 32_768.0)),
            Connection::Lab { lightness, chroma, bias } => {
                let y = (values[0] * lightness + 16.0) / 116.0;
                let (a, b) = (values[1] * chroma - bias, values[2] * chroma - bias);
                let roots = [y + a / 500.0, y, y - b / 200.0];
                std::array::from_fn(|c| D50[c] * of_lab_cube(roots[c]))
            }
        }
    }
}

/// L*a*b* in 8 bits, or in 16 bits since version 4.
const LAB: Connection = Connection::Lab { lightness: 100.0, chroma: 255.0, bias: 128.0 };

fn mix(low: [f32; 3], high: [f32; 3], frac: f32) -> [f32; 3] {
    std::array::from_fn(|c| low[c] + frac * (high[c] - low[c]))
}

/// Stored numbers with a full scale of 65,535.
fn sixteen_bit(store: &LutStore) -> Vec<u16> {
    match store {
        LutStore::Store8(values) => values.iter().map(|value| u16::from(*value) * 257).collect(),
        LutStore::Store16(values) => values.clone(),
    }
}

/// Points of a grid with a full scale of 1.
fn points_of(store: &LutStore) -> Vec<[f32; 3]> {
    match store {
        LutStore::Store8(values) => {
            let (points, _) = values.as_chunks::<3>();
            points.iter().map(|point| point.map(|value| f32::from(value) / 255.0)).collect()
        }
        LutStore::Store16(values) => {
            let (points, _) = values.as_chunks::<3>();
            points.iter().map(|point| point.map(|value| f32::from(value) / 65_535.0)).collect()
        }
    }
}
