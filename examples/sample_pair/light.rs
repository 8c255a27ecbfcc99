//! The light: a window with panes at the camera's left, a strip behind the subject's shoulder and
//! the room, all as a function of direction.

use crate::field::num;
use crate::maths::{Point, Rgb, add3, cross3, dot3, mix, mix3, scale3, smooth, unit3};

/// A rectangle of light, so far away that only its direction counts.
pub(crate) struct Panel {
    centre: Rgb,
    right: Rgb,
    down: Rgb,
    /// Half its size, as tangents of angles.
    half: Point,
    /// What it sends out.
    radiance: Rgb,
    /// How many panes it has across and down, with bars between.
    panes: [u32; 2],
}

/// Light from one direction.
#[derive(Clone, Copy)]
pub(crate) struct Ray {
    /// Where it comes from.
    pub(crate) towards: Rgb,
    /// Its radiance times its solid angle over pi: what a white surface facing it would reflect.
    pub(crate) power: Rgb,
    /// Its solid angle over pi where it stands for the room, or none.
    pub(crate) solid: f64,
    /// Which of the lights it comes from: the window, the strip or the room.
    pub(crate) source: usize,
}

/// The light around the face.
pub(crate) struct Studio {
    panels: [Panel; 2],
}

/// Number of the room among the lights.
const ROOM: usize = 2;

/// How many sets of rays there are.
pub(crate) const SETS: usize = 4;

/// Share of a pane's width that bars take on either side.
const BAR: f64 = 0.06;

impl Panel {
    fn new(towards: Rgb, half: Point, radiance: Rgb, panes: [u32; 2]) -> Self {
        let centre = unit3(towards);
        let right = unit3(cross3([0.0, 1.0, 0.0], centre));
        let down = cross3(centre, right);
        Self { centre, right, down, half, radiance, panes }
    }

    /// Direction of a place on the panel, -1 to 1 across and down, and the solid angle per area.
    fn towards(&self, at: Point) -> (Rgb, f64) {
        let (u, v) = (at[0] * self.half[0], at[1] * self.half[1]);
        let way = add3(self.centre, add3(scale3(self.right, u), scale3(self.down, v)));
        let far = 1.0 + u * u + v * v;
        (unit3(way), 1.0 / (far * far.sqrt()))
    }

    /// How much of a lobe of width `soft` about a direction the panel fills.
    fn share(&self, way: Rgb, soft: f64) -> f64 {
        let ahead = dot3(way, self.centre);
        if ahead <= 0.05 {
            return 0.0;
        }
        let (u, v) = (dot3(way, self.right) / ahead, dot3(way, self.down) / ahead);
        let (u, v) = (u / self.half[0], v / self.half[1]);
        let whole = across(u, soft / self.half[0]) * across(v, soft / self.half[1]);
        let bars = smooth(0.25, 0.03, soft);
        if bars <= 0.0 || whole < 1e-3 {
            return whole;
        }
        let pane = |x: f64, count: u32, soft: f64| {
            let place = (x + 1.0) * 0.5 * f64::from(count);
            let inside = (place - place.floor() - 0.5).abs();
            smooth(0.5 - BAR + soft, 0.5 - BAR - soft - 0.02, inside)
        };
        let open = pane(u, self.panes[0], soft) * pane(v, self.panes[1], soft);
        whole * mix(1.0, open, bars)
    }
}

/// Cover of -1 to 1 by a lobe of width `soft` about `x`.
fn across(x: f64, soft: f64) -> f64 {
    let step = |v: f64| 0.5 + 0.5 * v / (1.0 + v * v).sqrt();
    let soft = soft.max(1e-3);
    (step((x + 1.0) / soft) - step((x - 1.0) / soft)).max(0.0)
}

/// Light of the room itself: pale ceiling, grey walls, warm floor.
fn room(way: Rgb) -> Rgb {
    let up = -way[1];
    let wall = mix3([0.046, 0.043, 0.040], [0.115, 0.113, 0.112], smooth(-0.2, 0.9, up));
    let low = mix3(wall, [0.150, 0.102, 0.080], smooth(-0.1, -0.8, up));
    // The wall beside the window is lit less than the one facing it.
    scale3(low, mix(0.60, 2.1, smooth(-0.5, 1.0, way[0])) * mix(1.0, 0.7, smooth(0.2, 0.9, way[2])))
}

impl Studio {
    /// The light of the pair.
    pub(crate) fn new() -> Self {
        let window = Panel::new([-0.86, -0.72, 0.62], [0.58, 0.72], [6.8, 6.75, 6.65], [2, 3]);
        let strip = Panel::new([0.70, -0.34, -0.64], [0.22, 0.9], [3.2, 3.1, 2.9], [1, 1]);
        Self { panels: [window, strip] }
    }

    /// Radiance about a direction, gathered over a lobe of width `soft`. `seen` is how much of the
    /// window, the strip and everything else is not hidden.
    pub(crate) fn about(&self, way: Rgb, soft: f64, seen: Rgb) -> Rgb {
        let mut sum = scale3(room(way), seen[ROOM]);
        for (panel, seen) in self.panels.iter().zip(seen) {
            sum = add3(sum, scale3(panel.radiance, panel.share(way, soft) * seen));
        }
        sum
    }

    /// Rays that stand for all of it, one of several sets that fill each other's gaps.
    pub(crate) fn rays(&self, set: usize) -> Vec<Ray> {
        let shift = [[0.25, 0.25], [0.75, 0.75], [0.75, 0.25], [0.25, 0.75]][set % SETS];
        let mut rays = Vec::new();
        for (idx, (panel, counts)) in self.panels.iter().zip([[5, 7], [2, 3]]).enumerate() {
            let [across, down] = counts.map(f64::from);
            let area = 4.0 * panel.half[0] * panel.half[1] / (across * down);
            for column in 0..counts[0] {
                for row in 0..counts[1] {
                    let place =
                        |n: u32, k: usize, of: f64| (f64::from(n) + shift[k]) / of * 2.0 - 1.0;
                    let at = [place(column, 0, across), place(row, 1, down)];
                    let (towards, thin) = panel.towards(at);
                    let power = scale3(panel.radiance, area * thin / std::f64::consts::PI);
                    rays.push(Ray { towards, power, solid: 0.0, source: idx });
                }
            }
        }
        rays.extend(around(0.6 * num(set)));
        rays
    }
}

/// Rays of the room, spread evenly over what the face can see.
fn around(turned: f64) -> impl Iterator<Item = Ray> {
    const COUNT: u32 = 40;
    /// The golden angle in radians.
    const TURN: f64 = 2.399_963_229_728_653;
    /// How far behind the face's plane light still comes from.
    const BEHIND: f64 = 0.25;
    (0..COUNT).map(move |k| {
        let z = 1.0 - (f64::from(k) + 0.5) / f64::from(COUNT) * (1.0 + BEHIND);
        let (flat, angle) = ((1.0 - z * z).sqrt(), f64::from(k) * TURN + turned);
        let towards = [flat * libm::cos(angle), flat * libm::sin(angle), z];
        let solid = 2.0 * (1.0 + BEHIND) / f64::from(COUNT);
        Ray { towards, power: scale3(room(towards), solid), solid, source: ROOM }
    })
}
