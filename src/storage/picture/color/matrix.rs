//! Matrices between colour spaces, relative to the profile connection space's white, D50.

/// Rows of a 3x3 matrix.
pub(super) type Matrix = [[f64; 3]; 3];

/// White of the profile connection space (ICC.1, 7.2.16), as XYZ.
const D50: [f64; 3] = [0.9642, 1.0, 0.8249];
/// x and y of sRGB's white, red, green and blue (IEC 61966-2-1).
pub(super) const SRGB: [f64; 8] = [0.3127, 0.3290, 0.64, 0.33, 0.30, 0.60, 0.15, 0.06];
/// The cone responses of Bradford (Lam 1985), as ICC.1, annex E, takes them.
const BRADFORD: Matrix =
    [[0.8951, 0.2664, -0.1614], [-0.7502, 1.7135, 0.0367], [0.0389, -0.0685, 1.0296]];

/// `a b`.
pub(super) fn product(a: &Matrix, b: &Matrix) -> Matrix {
    a.map(|row| std::array::from_fn(|column| (0..3).map(|k| row[k] * b[k][column]).sum()))
}

fn applied(m: &Matrix, v: [f64; 3]) -> [f64; 3] {
    m.map(|row| row.iter().zip(v).map(|(m, v)| m * v).sum())
}

/// The inverse; `None` of a matrix that has none or one that is hardly one.
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

/// Linear light of primaries to XYZ relative to D50. `xy` holds x and y of white, red, green and
/// blue. `None` where they do not span a space.
pub(super) fn xyz_from_primaries(xy: &[f64; 8]) -> Option<Matrix> {
    let is_sound = xy.iter().all(|v| v.is_finite() && (-0.5..=1.5).contains(v));
    let [white_x, white_y, rx, ry, gx, gy, bx, by] = *xy;
    if !is_sound || white_y < 0.01 || [ry, gy, by].iter().any(|y| y.abs() < 1e-4) {
        return None;
    }
    let xyz = |x: f64, y: f64| [x / y, 1.0, (1.0 - x - y) / y];
    let white = xyz(white_x, white_y);
    let (r, g, b) = (xyz(rx, ry), xyz(gx, gy), xyz(bx, by));
    let primaries: Matrix = std::array::from_fn(|row| [r[row], g[row], b[row]]);
    let scale = applied(&inverse(&primaries)?, white);
    let native: Matrix = primaries.map(|row| std::array::from_fn(|c| row[c] * scale[c]));
    Some(product(&adapted_to_d50(white)?, &native))
}

/// Chromatic adaptation from `white` to D50.
fn adapted_to_d50(white: [f64; 3]) -> Option<Matrix> {
    let (from, to) = (applied(&BRADFORD, white), applied(&BRADFORD, D50));
    let scaled: Matrix = std::array::from_fn(|row| BRADFORD[row].map(|v| v * to[row] / from[row]));
    let adapted = product(&inverse(&BRADFORD)?, &scaled);
    adapted.as_flattened().iter().all(|v| v.is_finite()).then_some(adapted)
}

/// XYZ relative to D50 to linear light of sRGB.
pub(super) fn srgb_from_xyz() -> Option<Matrix> {
    inverse(&xyz_from_primaries(&SRGB)?)
}
