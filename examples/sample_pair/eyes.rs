//! The eyes: white, iris, pupil, catchlight and the edges of the lids.

use crate::light::Lit;
use crate::maths::{Point, Rgb, add3, bell, length, mix, mix3, mul3, scale3, smooth};
use crate::noise::{layered, value};
use crate::shape::{PUPIL, eye_share, lid_lower, lid_upper};

/// Radius of the iris.
const IRIS: f64 = 0.094;
/// Radius of the pupil.
const HOLE: f64 = 0.034;

/// Paints an eye and the edges of its lids over the skin.
pub(crate) fn paint(p: Point, skin: Rgb, lit: &Lit) -> Rgb {
    let m = [p[0].abs(), p[1]];
    let e = eye_share(m[0]);
    if e.abs() > 1.15 || m[1] < -1.30 || m[1] > -0.93 {
        return skin;
    }
    let x = m[0].clamp(0.277, 0.767);
    let (top, bottom) = (lid_upper(x), lid_lower(x));
    let ends = smooth(1.06, 0.9, e.abs());
    // The upper lash line and the crease above it.
    let line = bell((m[1] - top + 0.002) / 0.0075) * ends;
    let crease = bell((m[1] - top + 0.047) / 0.008) * smooth(1.1, 0.75, e.abs());
    let under = bell((m[1] - bottom - 0.006) / 0.008) * ends;
    let mut colour = mix3(skin, [0.10, 0.045, 0.032], 0.35 * crease);
    colour = mix3(colour, [0.48, 0.24, 0.19], 0.55 * under);
    colour = mix3(colour, [0.022, 0.012, 0.010], 0.85 * line);
    if e.abs() >= 1.0 {
        return colour;
    }
    let open = smooth(-0.0014, 0.0014, (m[1] - top).min(bottom - m[1]));
    if open > 0.0 {
        colour = mix3(colour, ball(p, m, top, bottom, lit), open);
    }
    colour
}

/// The eyeball between the lids.
fn ball(p: Point, m: Point, top: f64, bottom: f64, lit: &Lit) -> Rgb {
    let centre = [PUPIL[0] * p[0].signum(), PUPIL[1]];
    let (dx, dy) = (p[0] - centre[0], p[1] - centre[1]);
    let away = length(dx, dy);
    let light = add3(scale3(lit.light, 0.62), [0.18, 0.18, 0.185]);
    let vein = layered([p[0] * 22.0, p[1] * 40.0], 3, 21).abs();
    let side = smooth(0.07, 0.26, (m[0] - PUPIL[0]).abs());
    let mut tone = mix3([0.60, 0.57, 0.55], [0.50, 0.36, 0.33], 0.75 * side);
    tone = mix3(tone, [0.55, 0.30, 0.27], 0.22 * smooth(0.3, 0.0, vein));
    let tear = bell(length((m[0] - 0.298) / 0.022, (m[1] + 1.042) / 0.018));
    tone = mix3(tone, [0.52, 0.22, 0.20], 0.85 * tear);
    tone = mix3(tone, iris(dx, dy, away), smooth(IRIS + 0.004, IRIS - 0.004, away));
    tone = mix3(tone, [0.006, 0.005, 0.005], smooth(HOLE + 0.003, HOLE - 0.003, away));
    // The upper lid with its lashes shades the ball, and so do both corners.
    let lid = mix(0.30, 1.0, smooth(-0.004, 0.052, m[1] - top));
    let low = mix(0.72, 1.0, smooth(0.0, 0.02, bottom - m[1]));
    let round = 1.0 - 0.35 * smooth(0.10, 0.27, away);
    let mut colour = scale3(mul3(tone, light), lid * low * round);
    let wet = bell((bottom - m[1] - 0.005) / 0.003) * smooth(0.3, 0.1, away);
    colour = add3(colour, [0.22 * wet; 3]);
    add3(colour, [catchlight(dx, dy); 3])
}

/// The coloured ring: fibres, a warm collar and a dark limb.
fn iris(dx: f64, dy: f64, away: f64) -> Rgb {
    let angle = libm::atan2(dy, dx);
    let share = away / IRIS;
    let (c, s) = (libm::cos(angle), libm::sin(angle));
    let fibre = value([c * 22.0 + share * 1.5, s * 22.0], 23)
        + 0.6 * value([c * 47.0, s * 47.0 + share * 3.0], 24);
    let outer = [0.075, 0.105, 0.085];
    let inner = [0.21, 0.135, 0.055];
    let mut tone = mix3(inner, outer, smooth(0.42, 0.78, share + 0.07 * fibre));
    tone = scale3(tone, 1.15 + 0.42 * fibre);
    // Light that enters at the top left gathers at the lower right.
    let gather = smooth(-0.2, 0.9, (dx * 0.6 + dy * 0.8) / IRIS);
    tone = scale3(tone, mix(0.75, 1.9, gather));
    mix3(tone, [0.016, 0.015, 0.014], 0.85 * smooth(0.80, 1.0, share))
}

/// The reflected soft box: a rounded square, and a faint one of the fill.
fn catchlight(dx: f64, dy: f64) -> f64 {
    let square = |x: f64, y: f64, w: f64, h: f64| {
        let (u, v) = ((x / w).abs(), (y / h).abs());
        smooth(1.12, 0.88, (u * u * u * u + v * v * v * v).sqrt().sqrt())
    };
    let (x, y) = (dx + 0.030, dy + 0.030);
    0.85 * square(x + 0.10 * y, y, 0.017, 0.019)
        + 0.05 * square(dx - 0.045, dy - 0.004, 0.010, 0.020)
}
