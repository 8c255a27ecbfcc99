//! Matrices between colour spaces, relative to the profile connection space's white, D50.

/// Rows of a 3x3 matrix, applied to columns.
pub(super) type Matrix = [[f64; 3]; 3];

/// White of the profile connection space as XYZ, Y being 1 (ICC.1:2022, 7.2.16).
pub(super) const D50: [f64; 3] = [0.9642, 1.0, 0.8249];
/// x and y of sRGB's white, red, green and blue (IEC 61966-2-1).
pub(super) const SRGB: [f64; 8] = [0.3127, 0.3290, 0.64, 0.33, 0.30, 0.60, 0.15, 0.06];
pub(super) const IDENTITY: Matrix = [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]];
/// The cone responses of Bradford (ICC.1:2022, annex E).
const BRADFORD: Matrix =
    [[0.8951, 0.2664, -0.1614], [-0.7502, 1.7135, 0.0367], [0.0389, -0.0685, 1.0296]];

/// `a b`: what `b` does and then `a`.
pub(super) fn product(a: &Matrix, b: &Matrix) -> Matrix {
    a.map(|row| std::array::from_fn(|column| (0..3).map(|k| row[k] * b[k][column]).sum()))
}

/// `m v`.
pub(super) fn applied(m: &Matrix, v: [f64; 3]) -> [f64; 3] {
    m.map(|[x, y, z]| x * v[0] + y * v[1] + z * v[2])
}

/// The inverse; `None` of a matrix that has none, or that is so close to such a one that the
/// inverse would be noise.
pub(super) fn inverse(m: &Matrix) -> Option<Matrix> {
    let minor = |row: usize, column: usize| {
        let (r0, r1) = ((row + 1) % 3, (row + 2) % 3);
        let (c0, c1) = ((column + 1) % 3, (column + 2) % 3);
        m[r0][c0] * m[r1][c1] - m[r0][c1] * m[r1][c0]
    };
    let det: f64 = (0..3).map(|column| m[0][column] * minor(0, column)).sum();
    if !det.is_finite() || det.abs() < 1e-9 {
        return None;
    }
    Some(std::array::from_fn(|row| std::array::from_fn(|column| minor(column, row) / det)))
}

/// Linear light of primaries to XYZ relative to D50, the white adapted by Bradford where it is
/// another (ICC.1:2022, annex E). `xy` holds x and y of white, red, green and blue. `None` where
/// they are no chromaticities or span no space.
pub(super) fn xyz_from_primaries(xy: &[f64; 8]) -> Option<Matrix> {
    let is_sound = xy.iter().all(|v| v.is_finite() && (-0.5..=1.5).contains(v));
    let [white_x, white_y, rx, ry, gx, gy, bx, by] = *xy;
    if !is_sound || white_x < 0.01 || white_y < 0.01 || white_x + white_y > 1.0 {
        return None;
    }
    // Columns of (x, y, z), so that a primary with y = 0 is no special case.
    let column = |x: f64, y: f64| [x, y, 1.0 - x - y];
    let (r, g, b) = (column(rx, ry), column(gx, gy), column(bx, by));
    let primaries: Matrix = std::array::from_fn(|row| [r[row], g[row], b[row]]);
    let white = column(white_x, white_y).map(|v| v / white_y);
    let scale = applied(&inverse(&primaries)?, white);
    // A white outside of the triangle would need less than none of a primary.
    if scale.iter().any(|scale| *scale <= 0.0) {
        return None;
    }
    let native: Matrix = primaries.map(|row| std::array::from_fn(|c| row[c] * scale[c]));
    Some(product(&d50_from_white(white)?, &native))
}

/// Chromatic adaptation from `white`, as XYZ, to D50; `None` where a cone would not respond to it.
fn d50_from_white(white: [f64; 3]) -> Option<Matrix> {
    let (from, to) = (applied(&BRADFORD, white), applied(&BRADFORD, D50));
    if from.iter().any(|cone| *cone < 1e-3) {
        return None;
    }
    let scaled: Matrix = std::array::from_fn(|row| BRADFORD[row].map(|v| v * to[row] / from[row]));
    Some(product(&inverse(&BRADFORD)?, &scaled))
}

/// XYZ relative to D50 to linear light of sRGB. Always `Some`: sRGB's primaries are sound.
pub(super) fn srgb_from_xyz() -> Option<Matrix> {
    inverse(&xyz_from_primaries(&SRGB)?)
}
