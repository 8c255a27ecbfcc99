//! Linear systems of equations, as small as landmarks make them.

/// Solves `matrix * x = right` for several right-hand sides by elimination with partial pivoting.
/// `matrix` has as many rows as columns, and `right` a row for each of them. `None` when the matrix
/// is singular to working precision.
pub(super) fn solve(mut matrix: Vec<Vec<f64>>, mut right: Vec<Vec<f64>>) -> Option<Vec<Vec<f64>>> {
    let n = matrix.len();
    let largest = matrix.iter().flatten().fold(0.0_f64, |most, value| most.max(value.abs()));
    for column in 0..n {
        let pivot = (column..n)
            .max_by(|a, b| matrix[*a][column].abs().total_cmp(&matrix[*b][column].abs()))?;
        matrix.swap(column, pivot);
        right.swap(column, pivot);
        let divisor = matrix[column][column];
        // A pivot that is no number is not greater either.
        let is_sound = divisor.abs() > largest * SINGULAR;
        if !is_sound {
            return None;
        }
        let (done, rest) = matrix.split_at_mut(column + 1);
        let (done_right, rest_right) = right.split_at_mut(column + 1);
        for (row, row_right) in rest.iter_mut().zip(rest_right) {
            let factor = row[column] / divisor;
            if factor == 0.0 {
                continue;
            }
            for (value, above) in row[column..].iter_mut().zip(&done[column][column..]) {
                *value -= factor * above;
            }
            for (value, above) in row_right.iter_mut().zip(&done_right[column]) {
                *value -= factor * above;
            }
        }
    }
    for column in (0..n).rev() {
        let (above, row) = right.split_at_mut(column);
        for value in &mut row[0] {
            *value /= matrix[column][column];
        }
        for (row_above, coefficients) in above.iter_mut().zip(&matrix) {
            for (value, solved) in row_above.iter_mut().zip(&row[0]) {
                *value -= coefficients[column] * solved;
            }
        }
    }
    Some(right)
}

/// A pivot below this share of the largest entry counts as zero.
const SINGULAR: f64 = 1e-14;
