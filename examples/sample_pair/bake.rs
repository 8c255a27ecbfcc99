//! Light that arrives at every cell of the face: rays traced over the relief, one bounce, and the
//! spread of light under the skin.

use rayon::prelude::*;

use crate::field::{Grid, Kind, cell, kept, num, smoothed};
use crate::light::{Ray, SETS, Studio};
use crate::maths::{Point, Rgb, add3, dot3, mul3, normal, scale3};
use crate::{hair, pose, surface};

/// What is kept of a cell.
#[derive(Clone, Copy)]
pub(crate) struct Cell {
    pub(crate) kind: Kind,
    /// How far the surface stands out.
    height: f32,
    slope: [f32; 2],
    /// Light that arrives, per channel: what a white surface would reflect.
    arriving: [f32; 3],
    /// Where the light comes from, each direction weighed by its brightness.
    vector: [f32; 3],
    /// Share of the window, the strip and everything else that is not hidden.
    seen: [f32; 3],
}

impl Cell {
    /// All that is known of its light.
    fn light(&self) -> [f32; 9] {
        let ([a, b, c], [d, e, f], [g, h, i]) = (self.arriving, self.vector, self.seen);
        [a, b, c, d, e, f, g, h, i]
    }
}

/// Light and form at a point.
#[derive(Clone, Copy, Default)]
pub(crate) struct Lit {
    pub(crate) height: f64,
    pub(crate) slope: Point,
    pub(crate) arriving: Rgb,
    pub(crate) vector: Rgb,
    pub(crate) seen: Rgb,
}

/// The face in its light.
#[derive(Clone)]
pub(crate) struct Bake {
    grid: Grid,
    cells: Vec<Cell>,
}

/// Heights at several sizes of cell, each the mean of four.
struct Pyramid {
    levels: Vec<(usize, usize, Vec<f32>)>,
}

impl Pyramid {
    fn new(grid: &Grid, heights: Vec<f32>) -> Self {
        const LEVELS: usize = 6;
        let mut levels = vec![(grid.width, grid.height, heights)];
        for _ in 1..LEVELS {
            let Some((wide, high, fine)) = levels.last() else { break };
            let (w, h) = (wide / 2, high / 2);
            let mean = |idx: usize| {
                let first = (idx / w) * 2 * wide + (idx % w) * 2;
                0.25 * (fine[first] + fine[first + 1] + fine[first + wide] + fine[first + wide + 1])
            };
            let coarse = (0..w * h).map(mean).collect();
            levels.push((w, h, coarse));
        }
        Self { levels }
    }

    /// Height about a place in cells of the finest level; nothing outside.
    fn at(&self, x: f64, y: f64, level: usize) -> Option<f64> {
        let (wide, high, values) = &self.levels[level];
        let shrink = 1.0 / num(1 << level);
        let (x, y) = ((x + 0.5) * shrink - 0.5, (y + 0.5) * shrink - 0.5);
        if x < 0.0 || y < 0.0 || x >= num(wide - 1) || y >= num(high - 1) {
            return None;
        }
        let (column, row) = (cell(x, wide - 2), cell(y, high - 2));
        let (u, v) = (kept(x - num(column)), kept(y - num(row)));
        let first = row * wide + column;
        let top = values[first] + (values[first + 1] - values[first]) * u;
        let low = values[first + wide] + (values[first + wide + 1] - values[first + wide]) * u;
        Some(f64::from(top + (low - top) * v))
    }

    /// How much of a ray from a place gets through, 0 to 1, and where it is stopped most.
    fn through(&self, from: Point, height: f64, way: Rgb, density: f64) -> (f64, Point) {
        /// Steps grow by this.
        const GROWTH: f64 = 1.34;
        /// How far rays are followed, in face units.
        const FAR: f64 = 1.6;
        /// Softness of an edge, as a share of the way to it.
        const SOFT: f64 = 0.14;
        let flat = (way[0] * way[0] + way[1] * way[1]).sqrt();
        if flat < 1e-3 {
            return (1.0, from);
        }
        let (dx, dy) = (way[0] / flat, way[1] / flat);
        let rise = way[2] / flat / density;
        let (mut along, mut clear, mut hit) = (1.6, 1.0_f64, from);
        while along < FAR * density {
            let level = if along < 6.0 { 0 } else { cell(libm::log2(along / 3.0), 4) };
            let at = [from[0] + dx * along, from[1] + dy * along];
            let Some(ground) = self.at(at[0], at[1], level) else { break };
            let over = height + rise * along - ground;
            let share = (0.5 + over / (SOFT * along / density)).clamp(0.0, 1.0);
            if share < clear {
                (clear, hit) = (share, at);
                if clear <= 0.0 {
                    break;
                }
            }
            along *= GROWTH;
        }
        (clear, hit)
    }
}

impl Bake {
    /// Forms and lights the face on a grid of this many cells per unit.
    pub(crate) fn new(density: f64, studio: &Studio) -> Self {
        /// Cells of the grid that tells what surfaces throw back, as a share of the whole one's.
        const COARSE: f64 = 0.25;
        let once = Self::traced(density * COARSE, studio, None);
        Self::traced(density, studio, Some(&once))
    }

    /// The face in direct light and, where it is known, in the light that surfaces throw back.
    fn traced(density: f64, studio: &Studio, back: Option<&Self>) -> Self {
        /// No hair hangs nearer to the middle than this.
        const HAIRLESS: f64 = 0.25;
        let grid = Grid::new(density);
        let mut cells: Vec<Cell> =
            (0..grid.len()).into_par_iter().map(|idx| formed(grid.place(idx))).collect();
        let tops = (0..grid.len()).into_par_iter().map(|idx| {
            // Hair hangs in front of the face and is no part of its forms.
            let at = grid.place(idx);
            let hair = if at[0].abs() < HAIRLESS {
                cells[idx].height.into()
            } else {
                hair::height(pose::hair(pose::place(at)))
            };
            cells[idx].height.max(kept(hair))
        });
        let pyramid = Pyramid::new(&grid, tops.collect());
        let rays = [0, 1, 2, 3].map(|set| studio.rays(set));
        light_up(&grid, &mut cells, &pyramid, &rays, back);
        let mut bake = Self { grid, cells };
        bake.mend();
        bake
    }

    /// Blends neighbours that were lit by different sets of rays.
    fn mend(&mut self) {
        /// How far, in cells.
        const NEAR: f64 = 0.9;
        for channel in 0..9 {
            let values: Vec<f32> = self.cells.iter().map(|c| c.light()[channel]).collect();
            let values = smoothed(&self.grid, &values, NEAR, self.together(0.05));
            for (cell, value) in self.cells.iter_mut().zip(values) {
                match channel {
                    0..3 => cell.arriving[channel] = value,
                    3..6 => cell.vector[channel - 3] = value,
                    _ => cell.seen[channel - 6] = value,
                }
            }
        }
    }

    /// The same with the light spread under the skin, per channel, in face units.
    pub(crate) fn softened(&self, spread: Rgb) -> Self {
        let mut soft = self.clone();
        let density = self.grid.density;
        for (channel, far) in spread.iter().enumerate() {
            let values: Vec<f32> = self.cells.iter().map(|c| c.arriving[channel]).collect();
            let near =
                smoothed(&self.grid, &values, far * 0.28 * density, self.together(far * 0.5));
            let wide = smoothed(&self.grid, &near, far * density, self.together(far * 1.6));
            for (idx, cell) in soft.cells.iter_mut().enumerate() {
                cell.arriving[channel] = 0.45 * near[idx] + 0.55 * wide[idx];
            }
        }
        soft
    }

    /// Whether two cells are of one surface and no edge lies between them.
    fn together(&self, reach: f64) -> impl Fn(usize, usize) -> f32 + Sync {
        let sharp = 1.0 / kept(reach * 2.5);
        move |a: usize, b: usize| {
            let (a, b) = (&self.cells[a], &self.cells[b]);
            if a.kind != b.kind || a.kind == Kind::Behind {
                return 0.0;
            }
            let step = ((a.height - b.height) * sharp).abs();
            (1.0 - step * step).max(0.0)
        }
    }

    /// Light and form at a point, from cells of its kind only.
    pub(crate) fn at(&self, p: Point, kind: Kind) -> Lit {
        let about = self.grid.about(p);
        let mut lit = Lit::default();
        let mut whole = 0.0;
        for (idx, weight) in about {
            if self.cells[idx].kind == kind {
                lit.add(&self.cells[idx], weight + 1e-6);
                whole += weight + 1e-6;
            }
        }
        if whole > 0.0 {
            return lit.scaled(1.0 / whole);
        }
        let near = self.nearest(about[0].0, kind);
        lit.add(&self.cells[near.unwrap_or(about[0].0)], 1.0);
        lit
    }

    /// Height of whatever surface is at a point.
    pub(crate) fn height(&self, p: Point) -> f64 {
        f64::from(self.cells[self.grid.about(p)[0].0].height)
    }

    /// Light thrown back by the surface at a point.
    fn thrown(&self, p: Point) -> Rgb {
        let cells = self.grid.about(p);
        mul3(self.cells[cells[0].0].arriving.map(f64::from), BOUNCE)
    }

    /// The nearest cell of a kind within a few cells.
    fn nearest(&self, from: usize, kind: Kind) -> Option<usize> {
        const REACH: usize = 4;
        let (x, y) = (from % self.grid.width, from / self.grid.width);
        let rows = y.saturating_sub(REACH)..(y + REACH + 1).min(self.grid.height);
        let all = rows.flat_map(|row| {
            let columns = x.saturating_sub(REACH)..(x + REACH + 1).min(self.grid.width);
            columns.map(move |column| (column, row))
        });
        let of_kind =
            all.filter(|(column, row)| self.cells[row * self.grid.width + column].kind == kind);
        let nearest = of_kind.min_by_key(|(column, row)| {
            let (dx, dy) = (column.abs_diff(x), row.abs_diff(y));
            dx * dx + dy * dy
        });
        nearest.map(|(column, row)| row * self.grid.width + column)
    }
}

impl Lit {
    fn add(&mut self, cell: &Cell, weight: f64) {
        self.height += weight * f64::from(cell.height);
        for k in 0..2 {
            self.slope[k] += weight * f64::from(cell.slope[k]);
        }
        for k in 0..3 {
            self.seen[k] += weight * f64::from(cell.seen[k]);
            self.arriving[k] += weight * f64::from(cell.arriving[k]);
            self.vector[k] += weight * f64::from(cell.vector[k]);
        }
    }

    fn scaled(self, by: f64) -> Self {
        let pair = |v: Point| [v[0] * by, v[1] * by];
        Self {
            height: self.height * by,
            slope: pair(self.slope),
            arriving: scale3(self.arriving, by),
            vector: scale3(self.vector, by),
            seen: scale3(self.seen, by),
        }
    }
}

/// A cell with its form and no light yet.
fn formed(p: Point) -> Cell {
    /// Surfaces end steeply; what cannot be seen anyway must not break the light.
    const STEEP: f64 = 14.0;
    let kind = surface::kind(p);
    let slope = surface::slope(p, kind).map(|v| kept(v.clamp(-STEEP, STEEP)));
    let height = kept(surface::height(p, kind));
    Cell { kind, height, slope, arriving: [0.0; 3], vector: [0.0; 3], seen: [0.0; 3] }
}

/// Colour of light thrown back by the surface that stops a ray.
const BOUNCE: Rgb = [0.43, 0.28, 0.21];

/// Traces the rays of every cell.
fn light_up(
    grid: &Grid,
    cells: &mut [Cell],
    pyramid: &Pyramid,
    rays: &[Vec<Ray>; SETS],
    back: Option<&Bake>,
) {
    cells.par_iter_mut().enumerate().filter(|(_, cell)| cell.kind != Kind::Behind).for_each(
        |(idx, cell)| {
            let n = normal(cell.slope.map(f64::from));
            let at = [num(idx % grid.width), num(idx / grid.width)];
            let mut gathered = Gathered::default();
            for ray in &rays[(idx % grid.width % 2) + 2 * (idx / grid.width % 2)] {
                let facing = dot3(n, ray.towards);
                if facing > 0.0 {
                    let height = f64::from(cell.height);
                    let (clear, hit) = pyramid.through(at, height, ray.towards, grid.density);
                    let stopped = back.filter(|_| clear < 1.0 && ray.solid > 0.0);
                    let thrown = stopped.map_or([0.0; 3], |b| b.thrown(grid.of_cells(hit)));
                    gathered.add(ray, facing, clear, scale3(thrown, (1.0 - clear) * ray.solid));
                }
            }
            gathered.keep(cell);
        },
    );
}

/// What the rays of a cell bring.
#[derive(Default)]
struct Gathered {
    arriving: Rgb,
    vector: Rgb,
    seen: Rgb,
    whole: Rgb,
}

impl Gathered {
    fn add(&mut self, ray: &Ray, facing: f64, clear: f64, thrown: Rgb) {
        let direct = scale3(ray.power, clear);
        self.arriving = add3(self.arriving, scale3(add3(direct, thrown), facing));
        self.vector = add3(self.vector, scale3(ray.towards, direct[1] + thrown[1]));
        let weight = facing.min(0.3);
        self.seen[ray.source] += clear * weight;
        self.whole[ray.source] += weight;
    }

    fn keep(&self, cell: &mut Cell) {
        cell.arriving = self.arriving.map(kept);
        cell.vector = self.vector.map(kept);
        for k in 0..3 {
            // A surface that cannot see the window at all has no shine of it either.
            cell.seen[k] =
                if self.whole[k] > 0.0 { kept(self.seen[k] / self.whole[k]) } else { 0.0 };
        }
    }
}
