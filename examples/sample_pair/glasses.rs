//! Round thin metal glasses: rims, bridge, pads, arms and their shadow.

use crate::finish::Finish;
use crate::light::{FILL, KEY};
use crate::maths::{Point, Rgb, add3, bell, dot3, length, mix, mix3, power, scale3, smooth, unit3};
use crate::shape::{BRIDGE, BRIDGE_END, RIM, RIM_RADIUS, outline};

/// Half the thickness of the rim.
const HALF: f64 = 0.0125;
/// How far the shadow falls to the right and down.
const CAST: Point = [0.022, 0.040];

/// Distance from a line of the frame, with the direction away from it.
struct Line {
    away: f64,
    across: Point,
    half: f64,
}

/// Nearest line of the frame.
fn frame(p: Point) -> Line {
    let mut best = rim(p);
    for line in [bridge(p), arm(p)] {
        if line.away - line.half < best.away - best.half {
            best = line;
        }
    }
    best
}

/// The rim on the side of the point.
#[expect(clippy::many_single_char_names, reason = "short names of plane geometry")]
fn rim(p: Point) -> Line {
    let (x, y) = (p[0] - RIM[0] * p[0].signum(), p[1] - RIM[1]);
    let r = length(x, y).max(1e-6);
    let d = r - RIM_RADIUS;
    let out = d.signum();
    Line { away: d.abs(), across: [out * x / r, out * y / r], half: HALF }
}

/// The bridge: an arc through its ends and its middle.
#[expect(clippy::many_single_char_names, reason = "short names of plane geometry")]
fn bridge(p: Point) -> Line {
    let rise = BRIDGE_END[1] - BRIDGE[1];
    let radius = (BRIDGE_END[0] * BRIDGE_END[0] + rise * rise) / (2.0 * rise);
    let (x, y) = (p[0], p[1] - BRIDGE[1] - radius);
    let r = length(x, y).max(1e-6);
    let beyond = (p[0].abs() - BRIDGE_END[0]).max(0.0) + (p[1] - BRIDGE_END[1]).max(0.0);
    let d = r - radius;
    Line {
        away: length(d, beyond),
        across: [d.signum() * x / r, d.signum() * y / r],
        half: HALF * 0.95,
    }
}

/// The hinge and the arm that runs back along the temple.
fn arm(p: Point) -> Line {
    let x = p[0].abs();
    let (from, to) = ([0.906, -1.118], [1.02, -1.138]);
    let t = ((x - from[0]) / (to[0] - from[0])).clamp(0.0, 1.0);
    let y = mix(from[1], to[1], t);
    let (dx, dy) = (x - mix(from[0], to[0], t), p[1] - y);
    Line {
        away: length(dx, dy),
        across: [0.0, dy.signum()],
        half: mix(HALF * 1.25, HALF * 0.9, smooth(0.0, 0.2, t)),
    }
}

/// Share of light that the frame's shadow leaves on the skin.
pub(crate) fn shade(p: Point, finish: &Finish) -> f64 {
    if p[1] < -1.45 || p[1] > -0.45 || outline(p) > 1.02 {
        return 1.0;
    }
    let cast = frame([p[0] - CAST[0], p[1] - CAST[1]]);
    let soft = 0.34 * bell(cast.away / 0.017) + 0.12 * bell(cast.away / 0.05);
    // Close to the nose and on the cheek the frame touches or nearly touches.
    let near = frame([p[0] - 0.35 * CAST[0], p[1] - 0.35 * CAST[1]]);
    let touch = smooth(0.33, 0.16, p[0].abs()) + smooth(-0.76, -0.64, p[1]) * 0.6;
    let contact = 0.42 * touch.min(1.0) * bell(near.away / 0.013);
    let pads = 0.25 * bell(pad(p[0].abs() - 0.010, p[1] - 0.015).max(0.0) / 0.35);
    1.0 - (soft + contact + pads).min(0.75) * finish.rim_shadow
}

/// Share of the way out of a nose pad: 1 on its edge.
fn pad(x: f64, y: f64) -> f64 {
    let (dx, dy) = (x - 0.150, y + 0.905);
    let (u, v) = (dx * 0.955 - dy * 0.296, dx * 0.296 + dy * 0.955);
    length(u / 0.021, v / 0.050) - 1.0
}

/// Paints lenses and frame over the face.
pub(crate) fn paint(p: Point, below: Rgb, finish: &Finish) -> Rgb {
    if p[1] < -1.48 || p[1] > -0.52 {
        return below;
    }
    let mut colour = lens(p, below);
    colour = pads(p, colour);
    let line = frame(p);
    if finish.rim_halo > 0.0 {
        let glow = bell((line.away - line.half) / 0.016) * 0.26 * finish.rim_halo;
        colour = mix3(colour, [0.92, 0.90, 0.88], glow);
    }
    let cover = smooth(0.0009, -0.0009, line.away - line.half);
    if cover > 0.0 {
        colour = mix3(colour, metal(&line, finish), cover);
    }
    colour
}

/// Reflections in the lenses.
fn lens(p: Point, below: Rgb) -> Rgb {
    let (x, y) = (p[0] - RIM[0] * p[0].signum(), p[1] - RIM[1]);
    let r = length(x, y) / RIM_RADIUS;
    if r >= 1.0 {
        return below;
    }
    let slant = x * 0.62 + y * 0.78;
    let band = smooth(-0.30, -0.26, slant + 0.05 * r) * smooth(-0.15, -0.19, slant);
    let thin = smooth(-0.125, -0.115, slant) * smooth(-0.09, -0.10, slant);
    let corner = smooth(0.2, 0.9, -slant / RIM_RADIUS);
    let tint =
        scale3([0.82, 0.92, 1.0], 0.030 * band * corner + 0.018 * thin * corner + 0.012 * corner);
    let edge = 1.0 - 0.10 * smooth(0.93, 1.0, r);
    add3(scale3(below, 0.975 * edge), tint)
}

/// Clear nose pads on thin wires.
fn pads(p: Point, below: Rgb) -> Rgb {
    let m = [p[0].abs(), p[1]];
    let d = pad(m[0], m[1]);
    let cover = smooth(0.03, -0.03, d);
    let rim = bell((d + 0.12) / 0.1);
    let shine = bell(length((m[0] - 0.146) / 0.006, (m[1] + 0.925) / 0.018));
    let body = add3(scale3(below, 0.86), [0.035, 0.035, 0.036]);
    let clear = add3(body, [0.10 * rim + 0.22 * shine; 3]);
    let wire = wire(m);
    mix3(mix3(below, [0.20, 0.17, 0.14], wire), clear, cover)
}

/// Cover of the wire that holds a pad.
fn wire(m: Point) -> f64 {
    let t = ((m[0] - 0.152) / 0.030).clamp(0.0, 1.0);
    let y = -0.925 - 0.02 * t * (1.0 - t) + 0.018 * t;
    let d = length(m[0] - mix(0.152, 0.182, t), m[1] - y);
    smooth(0.0062, 0.0045, d)
}

/// Polished metal: a bent mirror of the studio, or a uniform painted shine.
fn metal(line: &Line, finish: &Finish) -> Rgb {
    let s = (line.away / line.half).min(0.999);
    let n = [line.across[0] * s, line.across[1] * s, (1.0 - s * s).max(0.0).sqrt()];
    let mirror = [2.0 * n[2] * n[0], 2.0 * n[2] * n[1], 2.0 * n[2] * n[2] - 1.0];
    let towards = |l: Rgb| dot3(mirror, unit3(l));
    let key = smooth(0.74, 0.97, towards(KEY)) * 2.0;
    let fill = smooth(0.86, 0.97, towards(FILL)) * 0.35;
    let above = 0.22 * power(0.5 - 0.5 * mirror[1], 1.5);
    let skin = 0.10 * power(0.5 + 0.5 * mirror[1], 1.2);
    let tint = [0.80, 0.68, 0.54];
    let real = add3(
        scale3(tint, 0.035 + above + skin * 0.6 + key + fill),
        [0.03 * skin + 0.1 * key, 0.1 * key, 0.1 * key],
    );
    let painted = add3(scale3(tint, 0.10 + 0.16 * (1.0 - s)), [0.75 * bell(s / 0.34); 3]);
    mix3(real, painted, finish.rim_uniform)
}
