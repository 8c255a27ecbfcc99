//! Small numeric helpers: colour triples, smooth steps and bell curves.
//!
//! Everything that is not exactly rounded by IEEE 754 goes through `libm`,
//! so a picture comes out the same, byte for byte, on every machine.

/// A colour in linear light, or any other triple.
pub(crate) type Rgb = [f64; 3];

/// A point of the face plane: x to the right of the picture, y down.
pub(crate) type Point = [f64; 2];

/// Linear blend from `a` to `b`.
pub(crate) fn mix(a: f64, b: f64, t: f64) -> f64 {
    a + (b - a) * t
}

/// Linear blend of two colours.
pub(crate) fn mix3(a: Rgb, b: Rgb, t: f64) -> Rgb {
    [mix(a[0], b[0], t), mix(a[1], b[1], t), mix(a[2], b[2], t)]
}

/// A colour times a number.
pub(crate) fn scale3(a: Rgb, s: f64) -> Rgb {
    [a[0] * s, a[1] * s, a[2] * s]
}

/// Channel-wise product.
pub(crate) fn mul3(a: Rgb, b: Rgb) -> Rgb {
    [a[0] * b[0], a[1] * b[1], a[2] * b[2]]
}

/// Channel-wise sum.
pub(crate) fn add3(a: Rgb, b: Rgb) -> Rgb {
    [a[0] + b[0], a[1] + b[1], a[2] + b[2]]
}

/// Scalar product.
pub(crate) fn dot3(a: Rgb, b: Rgb) -> f64 {
    a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
}

/// The vector at length one.
pub(crate) fn unit3(a: Rgb) -> Rgb {
    scale3(a, 1.0 / dot3(a, a).sqrt().max(1e-12))
}

/// Length of a plane vector.
pub(crate) fn length(x: f64, y: f64) -> f64 {
    (x * x + y * y).sqrt()
}

/// Hermite step: 0 at or before `a`, 1 at or after `b`.
pub(crate) fn smooth(a: f64, b: f64, x: f64) -> f64 {
    let t = ((x - a) / (b - a)).clamp(0.0, 1.0);
    t * t * (3.0 - 2.0 * t)
}

/// 1 within `a..b`, easing to 0 over `soft` on either side.
pub(crate) fn window(a: f64, b: f64, soft: f64, x: f64) -> f64 {
    smooth(a - soft, a + soft, x) * (1.0 - smooth(b - soft, b + soft, x))
}

/// Bell curve of standard deviation one, height one.
pub(crate) fn bell(x: f64) -> f64 {
    if x.abs() > 6.0 { 0.0 } else { libm::exp(-0.5 * x * x) }
}

/// Bell over an ellipse.
pub(crate) fn bell2(p: Point, centre: Point, sx: f64, sy: f64) -> f64 {
    bell(length((p[0] - centre[0]) / sx, (p[1] - centre[1]) / sy))
}

/// Power of a number that is first held at zero or above.
pub(crate) fn power(x: f64, e: f64) -> f64 {
    if x <= 0.0 { 0.0 } else { libm::pow(x, e) }
}

/// The larger of two numbers, with the edge between them rounded over `soft`.
pub(crate) fn larger(a: f64, b: f64, soft: f64) -> f64 {
    let near = (1.0 - (a - b).abs() / soft).max(0.0);
    a.max(b) + near * near * near * soft / 6.0
}

/// Root of a number that is first held at zero or above.
pub(crate) fn root(x: f64) -> f64 {
    x.max(0.0).sqrt()
}

/// Vector product.
pub(crate) fn cross3(a: Rgb, b: Rgb) -> Rgb {
    [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]]
}

/// The unit normal of a surface of these slopes, towards the viewer.
pub(crate) fn normal(slope: Point) -> Rgb {
    unit3([-slope[0], -slope[1], 1.0])
}

/// Value at `x` of a smooth curve through a table of places and values, level outside it.
pub(crate) fn curve(table: &[(f64, f64)], x: f64) -> f64 {
    let after = table.partition_point(|knot| knot.0 <= x);
    if after == 0 || after == table.len() {
        return table[after.min(table.len() - 1)].1;
    }
    let (from, to) = (table[after - 1], table[after]);
    let slope = |a: (f64, f64), b: (f64, f64)| (b.1 - a.1) / (b.0 - a.0);
    let here = slope(from, to);
    let start = if after >= 2 { slope(table[after - 2], to) } else { here };
    let end = table.get(after + 1).map_or(here, |next| slope(from, *next));
    let wide = to.0 - from.0;
    let t = (x - from.0) / wide;
    let (t2, t3) = (t * t, t * t * t);
    from.1 * (2.0 * t3 - 3.0 * t2 + 1.0)
        + start * wide * (t3 - 2.0 * t2 + t)
        + to.1 * (3.0 * t2 - 2.0 * t3)
        + end * wide * (t3 - t2)
}

/// A rounded hill over an ellipse: `top` at its middle, about `deep` lower on its edge, and steeper
/// the further out.
pub(crate) fn hill(p: Point, centre: Point, size: Point, top: f64, deep: f64) -> f64 {
    let (u, v) = ((p[0] - centre[0]) / size[0], (p[1] - centre[1]) / size[1]);
    let q = u * u + v * v;
    top - deep * (0.42 * q + 0.38 * q * q)
}
