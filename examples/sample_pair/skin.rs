//! Skin: its colour by pigment and blood, its fine relief, and how it shines.

use crate::bake::Lit;
use crate::finish::Finish;
use crate::light::Studio;
use crate::maths::{Point, Rgb, add3, bell, bell2, dot3, mix, mix3, mul3, normal, scale3, smooth};
use crate::noise::{dimples, layered, nearest, value, value_slope};
use crate::{nose, shape};

/// What the skin is made of at a point.
pub(crate) struct Tissue {
    /// How much brown pigment.
    pub(crate) pigment: f64,
    /// How much blood.
    pub(crate) blood: f64,
    /// How oily it is, 1 for a cheek.
    pub(crate) oil: f64,
    /// Size of its pores, 1 for the cheek beside the nose.
    pub(crate) pores: f64,
}

/// Fine relief of a surface.
#[derive(Default)]
pub(crate) struct Micro {
    /// Slopes.
    pub(crate) slope: Point,
    /// Share of light that does not get into it.
    pub(crate) hollow: f64,
}

impl Micro {
    /// The same relief, but flatter or deeper.
    fn scaled(self, by: f64) -> Self {
        Self { slope: [self.slope[0] * by, self.slope[1] * by], hollow: self.hollow * by }
    }
}

/// How a surface throws light back.
pub(crate) struct Coat {
    /// Widths of the narrow and the wide lobe of shine.
    pub(crate) lobes: Point,
    /// Their strengths.
    pub(crate) strengths: Point,
    /// How much of the fine relief each channel of the scattered light shows.
    pub(crate) relief: Rgb,
}

/// Colour by pigment and blood.
pub(crate) fn tone(pigment: f64, blood: f64) -> Rgb {
    let channel = |clear: f64, brown: f64, red: f64| {
        clear * libm::exp(-brown * pigment.max(0.0) - red * blood.max(0.0))
    };
    [channel(0.79, 0.50, 0.13), channel(0.68, 0.90, 0.95), channel(0.615, 1.36, 0.86)]
}

/// Coordinates along the skin, which turns away at the sides of the face.
pub(crate) fn along(p: Point) -> Point {
    /// From here on it is followed straight.
    const STEEP: f64 = 0.96;
    let wide = shape::width_squared(p[1].min(0.6)).max(0.05).sqrt() * 1.02;
    let s = p[0].abs() / wide;
    let turned = libm::asin(s.min(STEEP)) + 2.0 * (s - STEEP).max(0.0);
    let down = if p[1] > 0.55 { (p[1] - 0.55) * (p[1] - 0.55) * 1.6 } else { 0.0 };
    [wide * turned * p[0].signum(), p[1] + down]
}

/// What the skin is made of, evenly or in spots.
pub(crate) fn tissue(p: Point, finish: &Finish) -> Tissue {
    let m = [p[0].abs(), p[1]];
    let t_zone = bell2(m, [0.0, -0.62], 0.17, 0.30).max(bell2(m, [0.0, -1.65], 0.45, 0.28));
    let cheek = bell2(m, [0.62, -0.54], 0.30, 0.27);
    let tip = bell2(m, [0.0, -0.49], 0.16, 0.12);
    let wing = bell2(m, [0.27, -0.43], 0.10, 0.10);
    let lid = bell2(m, [0.53, -1.13], 0.27, 0.12);
    let under = bell2(m, [0.47, -0.985], 0.17, 0.045);
    let chin = bell2(m, [0.0, 0.64], 0.22, 0.14);
    let beside = bell2(m, [0.36, -0.52], 0.16, 0.16);
    let uneven = 0.21 * layered([p[0] * 4.1 + 7.0, p[1] * 4.1], 3, 31)
        + 0.15 * layered([p[0] * 17.0, p[1] * 17.0], 3, 32);
    let patch = 0.10 * layered([p[0] * 48.0, p[1] * 48.0], 2, 33);
    let brown = 0.09 * layered([p[0] * 6.3, p[1] * 6.3 + 9.0], 3, 34);
    let lip = bell2(m, [0.0, -0.18], 0.16, 0.12);
    let flush = 0.13 * cheek
        + 0.16 * tip
        + 0.11 * wing
        + 0.08 * lid
        + 0.09 * chin
        + 0.04 * beside
        + 0.07 * lip;
    let rough = finish.mottle;
    Tissue {
        pigment: 0.26
            + rough * (brown + 0.06 * lid + 0.05 * under + 0.09 * bell((m[1] + 1.7) / 0.3))
            + freckles(p, cheek.max(0.8 * t_zone)) * finish.freckles,
        blood: 0.30
            + flush * mix(0.55, 1.0, rough)
            + 0.08 * under
            + rough * (uneven + patch) * (0.6 + flush),
        oil: 0.75 + 0.50 * t_zone + 0.30 * tip + 0.25 * cheek - 0.35 * lid,
        pores: 0.50 + 0.46 * beside + 0.40 * tip + 0.14 * t_zone + 0.15 * chin - 0.45 * lid,
    }
}

/// Pigment of freckles and a few moles.
fn freckles(p: Point, where_sunny: f64) -> f64 {
    let q = along(p);
    let spot = |density: f64, seed: u32, size: f64| {
        let wobble = 0.12 * value([q[0] * density * 2.7, q[1] * density * 2.7], seed + 5);
        let near = nearest([q[0] * density + wobble, q[1] * density + wobble], seed);
        let radius = size * (0.35 + 0.65 * near.traits[0]);
        let present = smooth(0.45, 0.75, near.traits[1]);
        present * smooth(radius, 0.35 * radius, near.distance) * (0.4 + 0.6 * near.traits[0])
    };
    let clustered = (0.55 + 0.9 * layered([q[0] * 5.0, q[1] * 5.0], 2, 37)).clamp(0.0, 1.0);
    let fine = 0.30 * spot(26.0, 35, 0.36) + 0.34 * spot(15.0, 36, 0.26);
    let moles = bell2(q, [0.44, 0.21], 0.011, 0.010) + 0.7 * bell2(q, [-0.78, -0.42], 0.009, 0.009);
    fine * where_sunny * clustered * 2.1 + 0.05 * spot(20.0, 38, 0.3) + 1.1 * moles
}

/// Pores, the net of fine lines and the grain between them.
pub(crate) fn micro(p: Point, tissue: &Tissue, finish: &Finish) -> Micro {
    let strength = finish.pores;
    if strength <= 0.0 {
        return Micro::default();
    }
    let q = along(p);
    // Pores of the cheek lie in rows that run down and outwards.
    let (c, s) = (0.94, 0.34 * p[0].signum());
    let turned = [c * q[0] + s * q[1], c * q[1] - s * q[0]];
    let large = dimples([turned[0] * 58.0, turned[1] * 48.0], 0.20, 51);
    let small = dimples([turned[0] * 104.0, turned[1] * 88.0], 0.22, 52);
    let net = value_slope([turned[0] * 120.0, turned[1] * 64.0], 53);
    let cross = value_slope([q[0] * 70.0 - q[1] * 90.0, q[0] * 90.0 + q[1] * 60.0], 54);
    let swell = value_slope([q[0] * 30.0, q[1] * 30.0], 55);
    let wave = value_slope([q[0] * 11.0 + 5.0, q[1] * 9.0], 58);
    let fine = value_slope([q[0] * 230.0, q[1] * 230.0], 56);
    // No two patches of skin have pores alike.
    let patchy = 1.0 + 0.55 * layered([q[0] * 7.0, q[1] * 7.0 + 3.0], 2, 57);
    let pores = (tissue.pores * patchy).max(0.05);
    let sum = |k: usize| {
        0.085 * pores * large[k]
            + 0.045 * pores * small[k]
            + 0.032 * net[1 + k]
            + 0.030 * cross[1 + k]
            + 0.034 * swell[1 + k]
            + 0.030 * wave[1 + k]
            + 0.022 * fine[1 + k]
    };
    let crepe = crepe(p);
    let hollow = 0.14 * pores * large[2] + 0.07 * pores * small[2] + 0.05 * (0.5 - 0.5 * net[0]);
    let slope = [0, 1].map(|k| (sum(k) + crepe[k]) * strength);
    Micro { slope, hollow: (hollow + crepe[2]) * strength }
}

/// Slopes and depth of the fine lines about the eyes, which follow the lids and cross each other.
fn crepe(p: Point) -> [f64; 3] {
    let m = [p[0].abs(), p[1]];
    let near = bell2(m, [0.56, -1.02], 0.25, 0.075) + 0.7 * bell2(m, [0.54, -1.24], 0.22, 0.05);
    if near < 0.02 {
        return [0.0; 3];
    }
    let x = m[0] - 0.53;
    // Below the eye lines hang like a garland, above it they rise.
    let arc = if p[1] > -1.12 { 1.3 * x * x - 0.22 * x } else { -0.8 * x * x };
    let along = |tilt: f64| [m[0] * 9.0, (m[1] + arc + tilt * x) * 62.0];
    let first = value_slope(along(0.0), 59);
    let second = value_slope([m[0] * 13.0, (m[1] + arc + 0.45 * x) * 95.0], 60);
    let third = value_slope(along(-0.35).map(|v| v * 1.7), 64);
    let slope = near * (0.080 * first[2] + 0.062 * second[2] + 0.045 * third[2]);
    let deep = |v: f64| (-v - 0.1).max(0.0);
    let hollow = near * (0.10 * deep(first[0]) + 0.08 * deep(second[0]));
    [0.25 * slope * p[0].signum(), slope, hollow]
}

/// Light that a surface of this colour sends to the viewer.
pub(crate) fn shade(lit: &Lit, colour: Rgb, micro: &Micro, coat: &Coat, studio: &Studio) -> Rgb {
    let n = normal(lit.slope);
    let bent =
        |k: f64| normal([lit.slope[0] + k * micro.slope[0], lit.slope[1] + k * micro.slope[1]]);
    let plain = dot3(n, lit.vector);
    let mut light = lit.arriving;
    for (channel, light) in light.iter_mut().enumerate() {
        let more = dot3(bent(coat.relief[channel]), lit.vector) - plain;
        *light = (*light + more).max(0.25 * *light);
    }
    // Light that enters a pore is reddened before it gets out.
    let hollow = [micro.hollow * 0.88, micro.hollow, micro.hollow * 1.02];
    let diffuse = mul3(mul3(colour, light), hollow.map(|h| 1.0 - h));
    add3(diffuse, shine(lit, bent(1.0), coat, micro.hollow, studio))
}

/// Mirrored light of two lobes.
pub(crate) fn shine(lit: &Lit, n: Rgb, coat: &Coat, hollow: f64, studio: &Studio) -> Rgb {
    let way = mirrored(n);
    let grazing = (1.0 - n[2]).clamp(0.0, 1.0);
    let square = grazing * grazing;
    let fresnel = 0.028 + 0.55 * square * square * grazing;
    // What faces down mirrors skin and collar, not the room.
    let below = (1.0 - hollow) * fresnel * mix(1.0, 0.25, smooth(0.25, 0.65, n[1]));
    let seen = lit.seen.map(|v| v * v);
    let narrow = studio.about(way, coat.lobes[0], seen);
    let wide = studio.about(way, coat.lobes[1], seen);
    let sum = add3(scale3(narrow, coat.strengths[0]), scale3(wide, coat.strengths[1]));
    scale3(sum, below)
}

/// Where the viewer looks by a mirror of this normal.
pub(crate) fn mirrored(n: Rgb) -> Rgb {
    [2.0 * n[2] * n[0], 2.0 * n[2] * n[1], 2.0 * n[2] * n[2] - 1.0]
}

/// Skin of the face or the neck under its light.
pub(crate) fn lit_skin(p: Point, lit: &Lit, finish: &Finish, studio: &Studio) -> Rgb {
    let m = [p[0].abs(), p[1]];
    let tissue = tissue(p, finish);
    // What lies far behind the focus, in the sharp plane of eyes and lips, loses its finest detail.
    let focus = smooth(-0.85, -0.30, lit.height);
    let mut micro = micro(p, &tissue, finish).scaled(mix(0.25, 1.0, focus));
    micro.hollow += 0.24 * shape::fold_depth(m) + 0.40 * shape::corner_depth(m);
    let inside = if p[1] > -0.5 && m[0] < 0.2 { nose::inside_nostril(m) } else { -1.0 };
    let within = smooth(-0.010, 0.012, inside);
    let colour = mix3(tone(tissue.pigment, tissue.blood), [0.30, 0.095, 0.065], 0.8 * within);
    // Veins shine through the thin skin below the eyes.
    let thin = bell2(m, [0.46, -1.00], 0.17, 0.05) * finish.mottle;
    let colour = mul3(colour, mix3([1.0; 3], [0.88, 0.90, 1.0], thin));
    let coat = Coat {
        lobes: [0.25, 0.46],
        strengths: [0.62 * tissue.oil * tissue.oil, 1.15 * tissue.oil].map(|v| v * (1.0 - within)),
        relief: [0.45, 0.75, 0.95],
    };
    let dim = 1.0 - 0.90 * smooth(-0.007, 0.019, inside);
    let lit = Lit { arriving: scale3(lit.arriving, dim), vector: scale3(lit.vector, dim), ..*lit };
    shade(&lit, colour, &micro, &coat, studio)
}

/// How much of a point fine pale down covers.
pub(crate) fn down(p: Point, finish: &Finish) -> f64 {
    if finish.down <= 0.0 {
        return 0.0;
    }
    let q = along(p);
    // It grows down and outwards from the nose.
    let lean = 0.55 * p[0].signum() * smooth(0.05, 0.5, p[0].abs());
    let row = |density: f64, seed: u32| {
        let (x, y) = (q[0] - lean * q[1], q[1]);
        let bend = 0.4 * value([x * 9.0, y * 9.0], seed);
        let near = nearest([x * density * 1.6 + bend, y * density * 0.36], seed + 1);
        let tip = smooth(0.42, 0.0, near.offset[1].abs());
        smooth(0.055, 0.012, near.offset[0].abs()) * tip * near.traits[0]
    };
    (row(52.0, 61) + 0.8 * row(41.0, 63)) * finish.down
}
