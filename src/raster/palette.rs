//! Colours for differences. Lightness grows evenly with the difference, so that equal steps look
//! equal, also to those who do not see hues and in a grey print.

use std::sync::LazyLock;

use super::{lab::Lab, transfer::Light, transfer::Transfer};

/// The colour difference shown by the last colour, in CIEDE2000 units; larger ones look alike.
pub const MOST_DELTA_E: f64 = 20.0;
/// The lightness difference shown by the last colours, in units of L*.
pub const MOST_LIGHTNESS: f64 = 40.0;

const STEPS: usize = 255;

/// L*, a*, b* at equal steps of the difference: black, violet, red, orange, pale yellow.
const DELTA_E: [[f64; 3]; 6] = [
    [0.0, 0.0, 0.0],
    [20.0, 28.0, -40.0],
    [40.0, 52.0, -14.0],
    [60.0, 50.0, 38.0],
    [80.0, 14.0, 66.0],
    [97.0, -6.0, 28.0],
];
/// B is lighter: black, brown, orange, cream.
const LIGHTER: [[f64; 3]; 4] =
    [[0.0, 0.0, 0.0], [32.0, 20.0, 36.0], [65.0, 24.0, 62.0], [96.0, 0.0, 18.0]];
/// B is darker: black, navy, blue, pale blue.
const DARKER: [[f64; 3]; 4] =
    [[0.0, 0.0, 0.0], [32.0, 8.0, -46.0], [65.0, -12.0, -44.0], [96.0, -8.0, -8.0]];

type Table = Vec<[u8; 3]>;

static DELTA_E_TABLE: LazyLock<Table> = LazyLock::new(|| table(&DELTA_E));
static LIGHTER_TABLE: LazyLock<Table> = LazyLock::new(|| table(&LIGHTER));
static DARKER_TABLE: LazyLock<Table> = LazyLock::new(|| table(&DARKER));

/// The colour of a colour difference: black at none, pale yellow from [`MOST_DELTA_E`] on.
#[must_use]
pub fn delta_e_color(delta_e: f64) -> [u8; 3] {
    pick(&DELTA_E_TABLE, delta_e / MOST_DELTA_E)
}

/// The colour of a difference in lightness: black at none, warm where B is lighter, cold where it is
/// darker.
#[must_use]
pub fn lightness_color(difference: f64) -> [u8; 3] {
    let table = if difference < 0.0 { &DARKER_TABLE } else { &LIGHTER_TABLE };
    pick(table, difference.abs() / MOST_LIGHTNESS)
}

fn pick(table: &[[u8; 3]], share: f64) -> [u8; 3] {
    #[expect(clippy::cast_precision_loss, reason = "255")]
    let steps = STEPS as f64;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 255")]
    let idx = (share.clamp(0.0, 1.0) * steps + 0.5) as usize;
    table.get(idx).copied().unwrap_or_default()
}

#[expect(clippy::cast_precision_loss, reason = "small counts")]
fn table(anchors: &[[f64; 3]]) -> Table {
    let n = anchors.len() - 1;
    let color = |step: usize| {
        let place = step as f64 / STEPS as f64 * n as f64;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "in the list")]
        let first = (place as usize).min(n - 1);
        let share = place - first as f64;
        let [from, to] = [anchors[first], anchors[first + 1]];
        let [l, a, b] = [0, 1, 2].map(|k| from[k] + share * (to[k] - from[k]));
        srgb8(Lab { l, a, b })
    };
    (0..=STEPS).map(color).collect()
}

/// XYZ over white to linear sRGB: the inverse of what Lab is made by.
const RGB: [[f64; 3]; 3] = [
    [3.079_955_11, -1.537_139_00, -0.542_816_11],
    [-0.921_258_63, 1.876_011_11, 0.045_247_52],
    [0.052_887_41, -0.204_025_88, 1.151_138_47],
];

/// The nearest 8-bit sRGB colour; what lies outside of the gamut is clipped.
fn srgb8(lab: Lab) -> [u8; 3] {
    let y = (lab.l + 16.0) / 116.0;
    let unfolded = |t: f64| {
        if t > 6.0 / 29.0 { t * t * t } else { 108.0 / 841.0 * (t - 4.0 / 29.0) }
    };
    let [x, y, z] = [y + lab.a / 500.0, y, y - lab.b / 200.0].map(unfolded);
    let transfer = Transfer::of(Light::Linear);
    RGB.map(|[r, g, b]| {
        #[expect(clippy::cast_possible_truncation, reason = "light")]
        let light = (r * x + g * y + b * z) as f32;
        transfer.encode_8(light)
    })
}
