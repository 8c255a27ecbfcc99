//! The open mouth: lips, their creases and gloss, and what lies inside.

use crate::finish::Finish;
use crate::light::Lit;
use crate::maths::{Point, Rgb, add3, bell, mix, mix3, mul3, scale3, smooth};
use crate::noise::{layered, value, value_slope};
use crate::shape::{CORNER, lower_inner, lower_outer, upper_inner, upper_outer};
use crate::skin::{gloss, micro, relight};
use crate::teeth;

/// How a point lies relative to the lips.
struct Place {
    /// Distance inside the outer border, negative on the skin.
    border: f64,
    /// Distance into the opening, negative on the lips.
    opening: f64,
    /// 0 on the outer border, 1 on the inner edge.
    across: f64,
    /// Whether the point belongs to the upper lip.
    upper: bool,
}

/// Finds the place of a point that lies between the corners.
fn place(p: Point) -> Place {
    let x = p[0];
    let (uo, ui) = (upper_outer(x), upper_inner(x));
    let (li, lo) = (lower_inner(x), lower_outer(x));
    let upper = p[1] < 0.5 * (ui + li);
    let slant = |f: fn(f64) -> f64| {
        let e = 0.004;
        let rise = (f(x + e) - f(x - e)) / (2.0 * e);
        1.0 / (1.0 + rise * rise).sqrt()
    };
    let (border, across) = if upper {
        ((p[1] - uo) * slant(upper_outer), (p[1] - uo) / (ui - uo).max(1e-3))
    } else {
        ((lo - p[1]) * slant(lower_outer), (lo - p[1]) / (lo - li).max(1e-3))
    };
    let opening = ((p[1] - ui) * slant(upper_inner)).min((li - p[1]) * slant(lower_inner));
    Place { border, opening, across: across.clamp(0.0, 1.0), upper }
}

/// Paints the mouth over the skin.
pub(crate) fn paint(p: Point, skin: Rgb, lit: &Lit, finish: &Finish) -> Rgb {
    if p[0].abs() > CORNER + 0.09 || p[1] < -0.16 || p[1] > 0.46 {
        return skin;
    }
    let corner = corner_shadow(p);
    let skin = mix3(skin, [0.055, 0.018, 0.014], corner);
    if p[0].abs() >= CORNER {
        return skin;
    }
    let at = place(p);
    let wander = finish.lip_edge * 0.6 * value([p[0] * 48.0, p[1] * 30.0], 81);
    let soft = finish.lip_edge;
    let cover = smooth(-soft, soft, at.border + wander * finish.lip_creases);
    let mut colour = skin;
    if finish.lip_line > 0.0 {
        let line = bell((at.border - 0.002) / 0.0042) * 0.62 * finish.lip_line;
        colour = mix3(colour, [0.20, 0.045, 0.045], line * (1.0 - cover));
    }
    if cover > 0.0 {
        colour = mix3(colour, lip(p, &at, lit, finish), cover);
    }
    let inside = smooth(-0.0014, 0.0014, at.opening);
    if inside > 0.0 {
        let edge = smooth(0.0, 0.028, at.opening);
        let inner = scale3(teeth::paint(p, lit, finish), mix(0.30, 1.0, edge));
        colour = mix3(colour, inner, inside);
    }
    mix3(colour, [0.05, 0.014, 0.012], 0.75 * corner * at.border.signum().max(0.0))
}

/// Darkness in the very corner of the mouth.
fn corner_shadow(p: Point) -> f64 {
    let dx = p[0].abs() - CORNER + 0.004;
    let dy = p[1] - 0.003;
    let outward = bell(dx / if dx > 0.0 { 0.016 } else { 0.030 });
    0.72 * outward * bell(dy / 0.011)
}

/// Colour of a lip under the light.
fn lip(p: Point, at: &Place, lit: &Lit, finish: &Finish) -> Rgb {
    let natural = [0.510, 0.205, 0.172];
    let painted = [0.50, 0.155, 0.155];
    let patch = layered([p[0] * 14.0, p[1] * 9.0], 3, 83) * finish.mottle;
    let mut tone = mix3(natural, painted, finish.lip_line);
    tone = scale3(tone, 1.0 + 0.16 * patch);
    // The wet inner part is darker and redder than the border.
    let wet = smooth(0.55, 1.0, at.across);
    tone = mul3(tone, mix3([1.04, 1.1, 1.1], [0.80, 0.60, 0.62], wet));
    let (crease, lean) = creases(p, at, finish);
    let fine = micro(p, finish);
    let extra = [lean + 0.30 * fine.slope[0], 0.30 * fine.slope[1]];
    let bump = relight(lit.slope, extra);
    let fade = if at.upper { 0.92 } else { 1.06 };
    let diffuse = scale3(mul3(tone, lit.light), bump * fade * (1.0 - 0.27 * crease));
    let slope = [lit.slope[0] + extra[0], lit.slope[1] + extra[1]];
    let shine = if at.upper { 0.55 } else { 1.0 };
    let broad = 0.11 * gloss(slope, 4);
    let sharp = 0.42 * gloss(slope, 6) * (1.0 - 0.5 * crease);
    let glow = shine * (broad + sharp) * lit.open;
    let edge = smooth(0.0, 0.5, at.across) * (1.0 - 0.5 * smooth(0.85, 1.0, at.across));
    add3(diffuse, scale3([1.0, 0.95, 0.94], glow * mix(0.35, 1.0, edge)))
}

/// Vertical creases: how deep, and the slope across them.
fn creases(p: Point, at: &Place, finish: &Finish) -> (f64, f64) {
    // Creases fan out from the opening towards the border.
    let fan = if at.upper { 0.26 } else { 0.20 };
    let bow = 0.010 * value([p[0] * 11.0, p[1] * 16.0], 85);
    let x = (p[0] + bow) * (1.0 + fan * (at.across - 0.5));
    let seed = if at.upper { 86 } else { 87 };
    let main = value_slope([x * 44.0, p[1] * 4.2], seed);
    let fine = value_slope([x * 105.0, p[1] * 11.0], seed + 4);
    let body = smooth(0.02, 0.25, at.across) * (1.0 - 0.7 * smooth(0.8, 1.0, at.across));
    let strength = finish.lip_creases * body;
    let deep = |v: f64| smooth(0.55, 0.0, v.abs());
    let valley = deep(main[0]) * 0.62 + deep(fine[0]) * 0.25;
    let lean = 0.17 * main[1] * main[0].signum() * deep(main[0]) + 0.07 * fine[1];
    (valley * strength, lean * strength)
}
