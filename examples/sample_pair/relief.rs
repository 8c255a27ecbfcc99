//! The relief of the face: how far every point stands out towards the viewer.

use crate::maths::{Point, bell, bell2, larger, length, mix, power, root, smooth, window};
use crate::shape::{
    CORNER, WING, eye_share, fold_x, lid_lower, lid_upper, lower_inner, lower_outer, outline,
    upper_inner, upper_outer, wing_share,
};

/// Height of the whole surface at a point of the face plane.
pub(crate) fn height(p: Point) -> f64 {
    let q = outline(p);
    if q >= 1.0 {
        return behind(p);
    }
    let m = [p[0].abs(), p[1]];
    let face = 0.86 * power(1.0 - q, 0.5);
    let edge = smooth(0.0, 0.25, 1.0 - q);
    face + edge * (sockets(m) + nose(m) + cheeks(m) + mouth(m) + chin(m))
}

/// Neck and what lies beside the face.
fn behind(p: Point) -> f64 {
    let neck = root(1.0 - (p[0] / 0.68) * (p[0] / 0.68));
    if p[1] > 0.2 && neck > 0.0 { -0.42 + 0.3 * neck } else { -0.12 }
}

/// Brow ridge, eye sockets, lids and the small roll below the eye.
fn sockets(m: Point) -> f64 {
    let brow = 0.05 * bell2(m, [0.5, -1.40], 0.3, 0.085);
    let socket =
        -0.10 * bell2(m, [0.47, -1.14], 0.26, 0.13) - 0.07 * bell2(m, [0.24, -1.1], 0.1, 0.15);
    let ball = 0.085 * bell2(m, [0.53, -1.09], 0.19, 0.115);
    let e = eye_share(m[0]);
    let within = window(-1.0, 1.08, 0.16, e);
    let crease_y = lid_upper(m[0].clamp(0.28, 0.765)) - 0.047;
    let crease = -0.014 * within * bell((m[1] - crease_y) / 0.011);
    let fold = 0.02 * within * bell((m[1] - crease_y + 0.03) / 0.022);
    let lower = lid_lower(m[0].clamp(0.28, 0.765));
    let roll = 0.014 * within * bell((m[1] - lower - 0.035) / 0.02);
    let bag = -0.012 * within * bell((m[1] - lower - 0.09 - 0.02 * e * e) / 0.022);
    brow + socket + ball + crease + fold + roll + bag
}

/// Bridge, tip and wings of the nose.
fn nose(m: Point) -> f64 {
    let t = ((m[1] + 1.2) / 0.7).clamp(0.0, 1.0);
    let along = smooth(-1.5, -1.12, m[1]) * (1.0 - smooth(-0.455, -0.285, m[1]));
    let ridge = mix(0.13, 0.33, power(t, 1.25)) * along;
    let width = mix(0.098, 0.128, t) + 0.03 * bell((m[1] + 1.35) / 0.16);
    let across = libm::exp(-0.5 * power(m[0] / width, 2.3));
    let tip = 0.115 * bell2(m, [0.0, -0.475], 0.105, 0.085);
    let w = wing_share(m);
    let wing = 0.140 * root(1.0 - w * w) * (1.0 - 0.12 * smooth(0.0, 0.1, m[1] - WING[1]));
    let crease = -0.016 * bell((w - 1.1) / 0.12) * smooth(WING[0] - 0.02, WING[0] + 0.05, m[0]);
    let column = 0.045 * bell(m[0] / 0.045) * window(-0.40, -0.32, 0.05, m[1]);
    let side = 0.06 * bell2(m, [0.16, -0.75], 0.09, 0.22);
    larger(ridge * across + tip, wing, 0.05) + crease + column + side
}

/// Cheek apples of a smile and the fold from nose to mouth.
fn cheeks(m: Point) -> f64 {
    let apple = 0.115 * bell2(m, [0.66, -0.47], 0.23, 0.19);
    let bone = 0.04 * bell2(m, [0.86, -0.72], 0.16, 0.13);
    let d = (m[0] - fold_x(m[1])) * 0.78;
    let strength = smooth(-0.56, -0.34, m[1]) * (1.0 - smooth(-0.06, 0.30, m[1]));
    let step = 0.062 * smooth(-0.05, 0.10, d) * bell((d - 0.02).max(0.0) / 0.16);
    let groove = -0.017 * bell(d / 0.02);
    let hollow = -0.05 * bell2(m, [0.88, 0.05], 0.16, 0.25);
    let pit = -0.045 * bell2(m, [CORNER + 0.05, 0.01], 0.05, 0.07);
    apple + bone + strength * (step + groove) + hollow + pit
}

/// Mound of the mouth, groove of the upper lip, lips and the opening.
fn mouth(m: Point) -> f64 {
    let mound = 0.10 * bell2(m, [0.0, 0.1], 0.42, 0.30);
    // The groove of the upper lip widens downwards.
    let wide = mix(0.034, 0.062, smooth(-0.30, -0.11, m[1]));
    let philtrum = window(-0.26, -0.125, 0.07, m[1]);
    let ridges = 0.008 * bell((m[0] - wide) / 0.026);
    let groove = philtrum * (ridges - 0.012 * bell(m[0] / (0.55 * wide)));
    if m[0] >= CORNER {
        return mound + groove;
    }
    let x = m[0];
    let (uo, ui) = (upper_outer(x), upper_inner(x));
    let (li, lo) = (lower_inner(x), lower_outer(x));
    let end = smooth(0.0, 0.12, CORNER - x);
    let upper = 0.052 * end * lip((m[1] - uo) / (ui - uo).max(1e-3), 0.62);
    let lower = 0.078 * end * lip((lo - m[1]) / (lo - li).max(1e-3), 0.60);
    let inside = smooth(-0.004, 0.03, m[1] - ui) * smooth(-0.004, 0.03, li - m[1]);
    let rim = 0.008 * end * (bell((m[1] - uo + 0.012) / 0.012) + bell((m[1] - lo - 0.012) / 0.014));
    mound + groove + upper + lower + rim - 0.15 * inside * smooth(0.0, 0.05, li - ui)
}

/// Cross section of a lip: 0 on its outer border, full at `peak`, low inside.
fn lip(t: f64, peak: f64) -> f64 {
    if t < 0.0 {
        0.0
    } else if t < peak {
        let s = t / peak;
        libm::sin(s * std::f64::consts::FRAC_PI_2)
    } else {
        let s = ((t - peak) / (1.15 - peak)).min(1.0);
        1.0 - s * s
    }
}

/// Furrow below the lower lip and the chin.
fn chin(m: Point) -> f64 {
    let furrow_y = 0.475 - 0.25 * m[0] * m[0];
    let furrow = -0.068 * bell(m[0] / 0.22) * bell((m[1] - furrow_y) / 0.055);
    let ball = 0.13 * bell2(m, [0.0, 0.69], 0.19, 0.14);
    let jaw = 0.03 * bell(length((m[0] - 0.62) / 0.14, (m[1] - 0.42) / 0.2));
    furrow + ball + jaw
}

/// y of the point of the nose that stands out furthest.
pub(crate) fn nose_tip_y() -> f64 {
    let (mut top, mut bottom) = (-0.62, -0.42);
    for _ in 0..80 {
        let third = (bottom - top) / 3.0;
        if height([0.0, top + third]) < height([0.0, bottom - third]) {
            top += third;
        } else {
            bottom -= third;
        }
    }
    0.5 * (top + bottom)
}
