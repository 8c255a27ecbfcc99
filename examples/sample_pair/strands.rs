//! Long hair as strands: laid down one over another, each lit along its length.

use crate::field::{Grid, cell, kept, num, smoothed};
use crate::hair;
use crate::maths::{Point, Rgb, add3, curve, dot3, mul3, scale3, unit3};

/// One hair.
pub(crate) struct Strand {
    /// From its root to its tip.
    pub(crate) points: Vec<Point>,
    /// 0 at the back, 1 in front.
    pub(crate) depth: f64,
    /// How bright it is among others.
    pub(crate) tone: f64,
    /// How far its lock turns it towards the viewer there.
    pub(crate) turn: f64,
    /// Where in its curtain it hangs.
    pub(crate) across: f64,
}

/// Hairs in the order in which they are laid down.
pub(crate) struct Strands {
    all: Vec<Strand>,
}

/// A picture of hair over the face plane: colour times cover, and cover.
pub(crate) struct Coat {
    grid: Grid,
    values: [Vec<f32>; 4],
    /// How much hair is about a point, softly.
    about: Vec<f32>,
}

/// Half the thickness of a hair, in face units.
const HALF: f64 = 0.00062;
/// Colour of the hair in light that passes through it.
const BROWN: Rgb = [0.034, 0.019, 0.011];
/// Where the middle of the window and of the strip behind lie.
const LIGHTS: [(Rgb, Rgb); 3] = [
    ([-0.86, -0.72, 0.62], [1.0, 1.02, 1.06]),
    ([0.93, -0.38, -0.32], [0.85, 0.80, 0.72]),
    ([0.1, -0.95, 0.3], [0.30, 0.29, 0.28]),
];

impl Strands {
    pub(crate) fn new(mut all: Vec<Strand>) -> Self {
        all.sort_by(|a, b| a.depth.total_cmp(&b.depth));
        Self { all }
    }

    /// Lays all down on a grid of this many cells per unit, then softens it as a lens does what
    /// lies behind its focus.
    pub(crate) fn laid(&self, density: f64, blur: f64) -> Coat {
        /// How far its shade reaches over the skin.
        const ABOUT: f64 = 0.022;
        let grid = Grid::new(density);
        let mut values = [(); 4].map(|()| vec![0.0; grid.len()]);
        for strand in &self.all {
            for piece in strand.points.windows(2) {
                lay(&grid, &mut values, strand, [piece[0], piece[1]]);
            }
        }
        let values = values.map(|v| smoothed(&grid, &v, blur * density, |_, _| 1.0));
        let about = smoothed(&grid, &values[3], ABOUT * density, |_, _| 1.0);
        Coat { grid, values, about }
    }
}

/// How far strands lean towards the viewer at heights of the face: they round the head, then hang.
const FORWARD: [(f64, f64); 6] =
    [(-2.1, 1.1), (-1.5, 0.60), (-0.9, 0.22), (-0.2, -0.02), (0.7, 0.02), (1.5, 0.25)];

/// Light that a strand of this direction sends to the viewer.
fn lit(strand: &Strand, along: Point, y: f64) -> Rgb {
    // Hair turns towards the viewer over the curtain's roll.
    let forward =
        curve(&FORWARD, y) + strand.turn + 0.22 * (strand.tone - 0.8) - 0.3 * (strand.across - 0.5);
    let t = unit3([along[0], along[1], forward]);
    let shift = 0.10 * (strand.tone - 0.75);
    let mut sum = scale3(BROWN, 0.10 * strand.tone);
    for (towards, power) in LIGHTS {
        let l = unit3(towards);
        let side = if l[0] * strand.points[0][0] > 0.0 { 1.0 } else { 0.35 };
        let (tl, tv) = (dot3(t, l), t[2]);
        let sine = |v: f64| (1.0 - v * v).max(0.0).sqrt();
        let lobe = |shift: f64, width: f64| {
            let off = tl + tv - shift;
            libm::exp(-0.5 * off * off / (width * width))
        };
        let diffuse = scale3(BROWN, 0.75 * sine(tl));
        let first = scale3([1.0, 0.90, 0.80], 0.046 * lobe(-0.10 + 1.6 * shift, 0.10));
        let second = scale3(BROWN, 2.4 * lobe(0.14 + 2.0 * shift, 0.22));
        let all = add3(diffuse, add3(first, second));
        sum = add3(sum, scale3(mul3(all, power), 1.35 * side));
    }
    scale3(sum, strand.tone * hair::open(strand.across, strand.depth, y))
}

/// Lays one piece of a strand over what is there.
fn lay(grid: &Grid, values: &mut [Vec<f32>; 4], strand: &Strand, ends: [Point; 2]) {
    let [a, b] = ends.map(|p| grid.cells(p));
    let (dx, dy) = (b[0] - a[0], b[1] - a[1]);
    let long = (dx * dx + dy * dy).sqrt().max(1e-9);
    let colour = lit(strand, [dx / long, dy / long], ends[0][1]);
    let half = HALF * grid.density * (0.85 + 0.3 * strand.tone);
    // Strands hang, so that every row of cells is crossed once.
    let (first, last) = (a[1].ceil().max(0.0), b[1].ceil().min(num(grid.height)));
    let mut y = first;
    while y < last {
        let x = a[0] + dx * (y - a[1]) / dy.max(1e-9);
        let reach = half * long / dy.max(1e-9) + 0.5;
        let row = cell(y, grid.height - 1) * grid.width;
        let mut column = (x - reach).ceil().max(0.0);
        while column <= (x + reach).min(num(grid.width - 1)) {
            let cover = kept((reach + 0.5 - (column - x).abs()).clamp(0.0, 1.0) * 0.92);
            let at = row + cell(column, grid.width - 1);
            for (value, new) in values.iter_mut().zip([colour[0], colour[1], colour[2], 1.0]) {
                value[at] += (kept(new) - value[at]) * cover;
            }
            column += 1.0;
        }
        y += 1.0;
    }
}

impl Coat {
    /// Share of the light about a point that hair before it leaves to the skin.
    pub(crate) fn shade(&self, p: Point) -> f64 {
        /// How much it takes where it is dense.
        const MOST: f64 = 0.55;
        let about = self.grid.about(p).map(|(idx, weight)| weight * f64::from(self.about[idx]));
        1.0 - MOST * about.iter().sum::<f64>()
    }

    /// Colour times cover, and cover, at a point.
    pub(crate) fn at(&self, p: Point) -> (Rgb, f64) {
        let mut sum = [0.0; 4];
        for (idx, weight) in self.grid.about(p) {
            for (sum, values) in sum.iter_mut().zip(&self.values) {
                *sum += weight * f64::from(values[idx]);
            }
        }
        ([sum[0], sum[1], sum[2]], sum[3])
    }
}
