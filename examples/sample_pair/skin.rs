//! Skin: tone, pores, freckles and the way light leaves it.

use crate::finish::Finish;
use crate::light::{FILL, KEY, Lit};
use crate::maths::{Point, Rgb, add3, bell, bell2, dot3, mix, mix3, mul3, scale3, smooth, unit3};
use crate::noise::{layered, nearest, value_slope};
use crate::shape::{WING, fold_x, lid_lower, wing_share};

/// Fine relief on top of the large one.
#[derive(Clone, Copy, Default)]
pub(crate) struct Micro {
    /// Additional slope.
    pub(crate) slope: Point,
    /// How deep inside a pore the point lies, 0 to 1.
    pub(crate) pit: f64,
}

/// Brightness of the mirror reflection of key and fill for a surface slope.
///
/// Every doubling makes the reflection narrower.
pub(crate) fn gloss(slope: Point, doublings: u32) -> f64 {
    let n = unit3([-slope[0], -slope[1], 1.0]);
    let half = |l: Rgb| unit3([l[0], l[1], l[2] + 1.0]);
    let lobe = |l: Rgb| (0..doublings).fold(dot3(n, half(l)).max(0.0), |v, _| v * v);
    lobe(KEY) + 0.3 * lobe(FILL)
}

/// How a change of slope changes the light that arrives.
pub(crate) fn relight(slope: Point, extra: Point) -> f64 {
    let lean = |s: Point| {
        let n = unit3([-s[0], -s[1], 1.0]);
        0.35 + dot3(n, KEY).max(0.0) + 0.3 * dot3(n, FILL).max(0.0)
    };
    let ratio = lean([slope[0] + extra[0], slope[1] + extra[1]]) / lean(slope);
    ratio.clamp(0.45, 1.6)
}

/// Where pores are large: nose and inner cheeks.
fn pore_zone(m: Point) -> f64 {
    let nose = bell2(m, [0.0, -0.52], 0.24, 0.24);
    let cheek = bell2(m, [0.45, -0.45], 0.24, 0.26);
    let chin = 0.45 * bell2(m, [0.0, 0.68], 0.3, 0.2);
    let front = 0.35 * bell2(m, [0.0, -1.6], 0.6, 0.25);
    let lids = smooth(0.03, 0.2, m[1] - lid_lower(m[0].clamp(0.28, 0.765)));
    let lids = if m[1] < -1.3 { 1.0 } else { lids };
    (0.40 + nose + cheek + chin + front).min(1.25) * mix(0.25, 1.0, lids)
}

/// Pores and fine lines at a point.
pub(crate) fn micro(p: Point, finish: &Finish) -> Micro {
    let m = [p[0].abs(), p[1]];
    let zone = pore_zone(m);
    let cell = 74.0;
    // Bend the lattice so that pores do not sit in rows.
    let bend = value_slope([p[0] * 9.0, p[1] * 9.0], 31);
    let q = [p[0] * cell + 0.9 * bend[0], p[1] * cell * 0.94 + 0.05 * bend[1]];
    let near = nearest(q, 7);
    let wide = mix(0.13, 0.25, near.traits[0]) * mix(0.8, 1.15, zone);
    let depth = zone * mix(0.15, 1.0, near.traits[1] * near.traits[1]);
    let pit = depth * bell(near.distance / wide);
    let push = 0.27 * depth * bell(near.distance / wide) / wide;
    let fine = value_slope([p[0] * 118.0, p[1] * 131.0], 12);
    let cross = value_slope([p[0] * 61.0 + p[1] * 40.0, p[1] * 57.0 - p[0] * 33.0], 13);
    let broad = value_slope([p[0] * 25.0, p[1] * 25.0], 14);
    let grit = 0.048 + 0.02 * zone;
    let slope = |k: usize| {
        push * near.offset[k] + grit * fine[k + 1] + 0.032 * cross[k + 1] + 0.02 * broad[k + 1]
    };
    Micro { slope: [slope(0) * finish.pores, slope(1) * finish.pores], pit: pit * finish.pores }
}

/// Freckles: how much pigment a point carries.
fn freckle(p: Point) -> f64 {
    let m = [p[0].abs(), p[1]];
    let zone = bell2(m, [0.47, -0.60], 0.26, 0.15) + 0.6 * bell2(m, [0.0, -0.72], 0.13, 0.16);
    if zone < 0.08 {
        return 0.0;
    }
    let wobble = value_slope([p[0] * 45.0, p[1] * 45.0], 51);
    let q = [p[0] * 16.0 + 0.06 * wobble[0], p[1] * 16.0 + 0.05 * wobble[1]];
    let near = nearest(q, 52);
    if near.traits[0] > 0.85 * zone.min(1.0) {
        return 0.0;
    }
    let size = mix(0.08, 0.20, near.traits[1] * near.traits[1]);
    mix(0.28, 0.82, near.traits[0] / 0.85) * (1.0 - smooth(size * 0.45, size * 1.25, near.distance))
}

/// Colour of the skin without light.
pub(crate) fn tone(p: Point, finish: &Finish) -> Rgb {
    let m = [p[0].abs(), p[1]];
    let base = [0.615, 0.400, 0.302];
    let patch = layered([p[0] * 3.1, p[1] * 3.1], 4, 61) * finish.mottle;
    let speck = layered([p[0] * 26.0, p[1] * 26.0], 3, 71) * finish.mottle;
    let red = 0.55 * bell2(m, [0.66, -0.42], 0.24, 0.19)
        + 0.42 * bell2(m, [0.0, -0.48], 0.13, 0.10)
        + 0.30 * bell((wing_share(m) - 1.0) / 0.35) * smooth(0.17, 0.26, m[0])
        + 0.22 * bell2(m, [0.0, 0.70], 0.2, 0.14)
        + 0.22
            * bell((m[0] - fold_x(p[1])) / 0.05)
            * smooth(-0.5, -0.3, p[1])
            * smooth(0.2, 0.0, p[1]);
    let red = (red + 0.30 * patch + 0.16 * speck).max(-0.3);
    let flushed = mul3(base, [1.0 - 0.04 * red, 1.0 - 0.30 * red, 1.0 - 0.30 * red]);
    let under =
        0.5 * bell2(m, [0.47, -0.93], 0.18, 0.06) + 0.35 * bell2(m, [0.3, -1.03], 0.06, 0.08);
    let tired = mul3(flushed, mix3([1.0; 3], [0.84, 0.76, 0.84], under));
    let pigment = freckle(p) * finish.freckles;
    let brown = mix3([1.0; 3], [0.66, 0.47, 0.36], pigment);
    scale3(mul3(tired, brown), 1.0 + 0.05 * patch + 0.05 * speck)
}

/// Skin under the light, with `shade` as the share of light that shadows leave.
pub(crate) fn lit_skin(p: Point, lit: &Lit, shade: f64, finish: &Finish) -> Rgb {
    let m = [p[0].abs(), p[1]];
    let fine = micro(p, finish);
    let bump = relight(lit.slope, fine.slope);
    let colour = mul3(tone(p, finish), mix3([1.0; 3], [0.92, 0.86, 0.83], fine.pit));
    let diffuse = scale3(mul3(colour, lit.light), bump * shade);
    let oil = 0.50
        + 0.5 * bell2(m, [0.0, -0.55], 0.13, 0.16)
        + 0.25 * bell2(m, [0.62, -0.58], 0.2, 0.14)
        + 0.2 * bell2(m, [0.0, 0.68], 0.16, 0.1)
        + 0.25 * bell2(m, [0.0, -1.55], 0.4, 0.2);
    let slope = [lit.slope[0] + fine.slope[0], lit.slope[1] + fine.slope[1]];
    let sheen = 0.085 * gloss(slope, 3) + 0.16 * gloss(slope, 5);
    let glow = oil * sheen * lit.open * lit.open * shade * (1.0 - 0.6 * fine.pit);
    let dark = nostril(m);
    let skin = add3(diffuse, [glow, glow * 0.98, glow * 0.96]);
    mix3(skin, scale3([0.030, 0.009, 0.006], 0.6 + lit.open), dark)
}

/// How much of the dark of a nostril covers the point.
#[expect(clippy::many_single_char_names, reason = "short names of plane geometry")]
fn nostril(m: Point) -> f64 {
    let (x, y) = (m[0] - 0.108, m[1] + 0.352);
    // Turned so that the outer end lies higher.
    let (u, v) = (x * 0.94 - y * 0.34, x * 0.34 + y * 0.94);
    let lift = 0.022 * (1.0 - (u / 0.07) * (u / 0.07));
    let share = (u / 0.066) * (u / 0.066) + ((v + lift * 0.3) / 0.025) * ((v + lift * 0.3) / 0.025);
    let hole = 1.0 - smooth(0.45, 1.25, share);
    let crease = bell((wing_share(m) - 1.03) / 0.055)
        * smooth(WING[0] + 0.01, WING[0] + 0.075, m[0])
        * smooth(-0.52, -0.44, m[1])
        * 0.24;
    (0.95 * hole).max(crease)
}
