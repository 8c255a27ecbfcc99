//! The eyes: white, iris, pupil, the window mirrored in them, and the edges of the lids.

use crate::bake::Lit;
use crate::finish::Finish;
use crate::lids::IRIS;
use crate::light::Studio;
use crate::maths::{
    Point, Rgb, add3, bell, bell2, length, mix, mix3, mul3, root, scale3, smooth, unit3,
};
use crate::noise::{layered, value};
use crate::shape::{PUPIL, eye_share, lid_lower, lid_upper};
use crate::skin::mirrored;

/// Width of the lower lid's edge.
const MARGIN: f64 = 0.0125;

/// Radius of the pupil.
const HOLE: f64 = 0.033;

/// Colour that the edges of the lids give to the skin beside the opening.
pub(crate) fn edges(p: Point, skin: Rgb) -> Rgb {
    let m = [p[0].abs(), p[1]];
    let e = eye_share(m[0]);
    if e.abs() > 1.15 || m[1] < -1.32 || m[1] > -0.95 {
        return skin;
    }
    let x = m[0].clamp(0.320, 0.740);
    let (top, bottom) = (lid_upper(x), lid_lower(x));
    let ends = smooth(1.08, 0.85, e.abs());
    let wide = 0.0042 * (1.0 + 0.5 * value([p[0] * 22.0, 4.0], 65));
    let crease = bell((m[1] - top + 0.050) / wide) * smooth(1.1, 0.75, e.abs());
    let line = bell((m[1] - top + 0.002).min(0.0) / 0.0090)
        * smooth(0.02, 0.0, m[1] - top)
        * if e < 0.0 { smooth(0.98, 0.50, -e) } else { ends };
    let under = bell((m[1] - bottom).max(0.0) / 0.009) * smooth(-0.02, 0.0, m[1] - bottom) * ends;
    let mut colour = mul3(skin, mix3([1.0; 3], [0.40, 0.37, 0.36], 0.42 * crease));
    colour = mul3(colour, mix3([1.0; 3], [0.16, 0.10, 0.08], 0.93 * line));
    mul3(colour, mix3([1.0; 3], [0.92, 0.68, 0.64], under))
}

/// The eyeball between the lids.
pub(crate) fn lit_eye(p: Point, lit: &Lit, finish: &Finish, studio: &Studio) -> Rgb {
    let side = p[0].signum();
    let m = [p[0].abs(), p[1]];
    let x = m[0].clamp(0.320, 0.740);
    let (top, bottom) = (lid_upper(x), lid_lower(x));
    let (dx, dy) = (p[0] - PUPIL[0] * side, p[1] - PUPIL[1]);
    let away = length(dx, dy);
    let colour = white(p, m, finish);
    let colour = mix3(colour, iris(dx, dy, away), smooth(IRIS + 0.009, IRIS - 0.009, away));
    let colour = mix3(colour, [0.004; 3], smooth(HOLE + 0.003, HOLE - 0.003, away));
    // The lashes and the thickness of the lid shade the ball.
    let reach = (0.8 * (bottom - top)).clamp(0.012, 0.074);
    let open = 0.45 * smooth(-0.55, -0.92, eye_share(m[0]));
    let lid = mix(mix(0.12, 1.0, open), 1.0, smooth(-0.004, reach, m[1] - top));
    // The knob at the inner corner stands out between the lids.
    let knob = tear(m);
    let lid = mix(lid, 1.0, 0.75 * knob);
    let low = mix(0.80, 1.0, smooth(MARGIN, MARGIN + 0.012, bottom - m[1]));
    // It turns away from the light towards its corners.
    let turned = 1.0 - 0.42 * smooth(0.09, 0.215, dx.abs());
    let light = lit.arriving.map(|v| (0.80 * v + 0.06) * turned);
    let mut shown = scale3(mul3(colour, light), lid * low * mix(1.0, 2.3, knob));
    let below = bottom - m[1];
    let ends = smooth(1.02, 0.80, eye_share(m[0]).abs());
    let bead =
        bell2(m, [0.340, -1.088], 0.0045, 0.0035) + 0.6 * bell2(m, [0.350, -1.076], 0.003, 0.0025);
    shown = add3(shown, scale3(lit.arriving, 0.35 * bead));
    // The edge of the lower lid, seen from above: pale, moist, and a wet line where it meets the ball.
    let margin = MARGIN * (0.45 + 0.55 * ends);
    let edge = smooth(margin + 0.0025, margin - 0.0025, below);
    shown = add3(shown, scale3(mirror(dx, dy, lit, lid, studio), 1.0 - edge));
    let pink = [0.66, 0.385, 0.335].map(|v| v * (1.0 + 0.10 * layered(p.map(|c| c * 90.0), 2, 22)));
    let rim =
        scale3(mul3(pink, lit.arriving), mix(0.62, 1.0, smooth(0.9 * margin, 0.2 * margin, below)));
    shown = mix3(shown, rim, edge);
    let broken = 0.45 + 0.55 * value([p[0] * 60.0, 1.0], 25);
    let wet = bell((below - margin - 0.0015) / 0.0020) * ends;
    add3(shown, scale3(lit.arriving, 0.34 * wet * broken.max(0.0)))
}

/// How much of a point the fleshy knob at the inner corner covers, 0 to 1.
fn tear(m: Point) -> f64 {
    smooth(1.35, 0.75, length((m[0] - 0.343) / 0.027, (m[1] + 1.081) / 0.024))
}

/// The white: veins, a warm shade to the corners and the tear duct.
fn white(p: Point, m: Point, finish: &Finish) -> Rgb {
    let vein = layered([p[0] * 26.0, p[1] * 60.0], 4, 21).abs();
    let out = smooth(0.07, 0.215, (m[0] - PUPIL[0]).abs());
    let tone = mix3([0.70, 0.665, 0.64], [0.56, 0.41, 0.37], 0.75 * out);
    let tone = mix3(tone, [0.50, 0.20, 0.18], 0.55 * smooth(0.09, 0.0, vein) * (0.35 + out));
    let tone = mix3(tone, [0.92, 0.93, 0.95], finish.eye_white);
    let tear = tear(m);
    mix3(tone, [0.74, 0.40, 0.35], 0.92 * tear)
}

/// The coloured ring: fibres, a warm collar and a dark limb.
fn iris(dx: f64, dy: f64, away: f64) -> Rgb {
    let angle = libm::atan2(dy, dx);
    let share = away / IRIS;
    let (c, s) = (libm::cos(angle), libm::sin(angle));
    let bent = 0.25 * value([c * 5.0, s * 5.0 + share * 4.0], 26);
    let fibre = value([c * 19.0 + bent * 8.0 + share * 1.2, s * 19.0], 23)
        + 0.6 * value([c * 45.0 + bent * 12.0, s * 45.0 + share * 2.0], 24);
    let crypt = smooth(0.35, 0.8, value([c * 7.0 + share * 5.0, s * 7.0 - share * 3.0], 27));
    let outer = [0.088, 0.100, 0.090];
    let inner = [0.135, 0.090, 0.048];
    let collar = 0.50 + 0.07 * value([c * 4.0, s * 4.0], 28);
    let mut tone = mix3(inner, outer, smooth(collar - 0.08, collar + 0.2, share + 0.06 * fibre));
    tone = scale3(tone, (1.05 + 0.45 * fibre) * (1.0 - 0.45 * crypt));
    // Light that enters at the top left gathers at the lower right.
    let gather = smooth(-0.4, 0.9, (dx * 0.75 + dy * 0.65) / IRIS);
    tone = scale3(tone, mix(0.50, 1.15, gather));
    mix3(tone, [0.016, 0.015, 0.014], 0.93 * smooth(0.76, 1.0, share))
}

/// What the clear front of the eye mirrors.
fn mirror(dx: f64, dy: f64, lit: &Lit, lid: f64, studio: &Studio) -> Rgb {
    /// Radius of the clear front of the eye, in face units.
    const CORNEA: f64 = 0.128;
    /// Radius of the white.
    const BALL: f64 = 0.215;
    let away = length(dx, dy);
    let radius = mix(CORNEA, BALL, smooth(0.85 * IRIS, 1.25 * IRIS, away));
    let depth = root(radius * radius - away * away).max(0.02);
    let film = 0.03 * value([dx * 40.0, dy * 40.0], 29) * smooth(IRIS, 1.3 * IRIS, away);
    let n = unit3([dx + film * depth, dy + film * depth, depth]);
    let seen = [smooth(0.05, 0.35, lit.seen[0]), lit.seen[1], lit.seen[2]];
    let sight = studio.about(mirrored(n), mix(0.042, 0.10, smooth(IRIS, 1.2 * IRIS, away)), seen);
    let grazing = 1.0 - n[2];
    // The white is wet but uneven: it mirrors little as a whole.
    let white = smooth(0.95 * IRIS, 1.15 * IRIS, away);
    let sight = scale3(sight, mix(2.6, 0.55, white));
    scale3(sight, (0.030 + 0.4 * grazing * grazing * grazing * grazing) * smooth(0.3, 0.7, lid))
}
