//! Lab and CIEDE2000 against published and independent figures.

use crate::raster::{
    Lab, MOST_DELTA_E, MOST_LIGHTNESS, delta_e_2000, delta_e_color, lightness_color,
};

/// The test data of Sharma, Wu & Dalal 2005: two colours and their difference.
const PAIRS: [([f64; 3], [f64; 3], f64); 34] = [
    ([50.0, 2.6772, -79.7751], [50.0, 0.0, -82.7485], 2.0425),
    ([50.0, 3.1571, -77.2803], [50.0, 0.0, -82.7485], 2.8615),
    ([50.0, 2.8361, -74.0200], [50.0, 0.0, -82.7485], 3.4412),
    ([50.0, -1.3802, -84.2814], [50.0, 0.0, -82.7485], 1.0000),
    ([50.0, -1.1848, -84.8006], [50.0, 0.0, -82.7485], 1.0000),
    ([50.0, -0.9009, -85.5211], [50.0, 0.0, -82.7485], 1.0000),
    ([50.0, 0.0, 0.0], [50.0, -1.0, 2.0], 2.3669),
    ([50.0, -1.0, 2.0], [50.0, 0.0, 0.0], 2.3669),
    ([50.0, 2.4900, -0.0010], [50.0, -2.4900, 0.0009], 7.1792),
    ([50.0, 2.4900, -0.0010], [50.0, -2.4900, 0.0010], 7.1792),
    ([50.0, 2.4900, -0.0010], [50.0, -2.4900, 0.0011], 7.2195),
    ([50.0, 2.4900, -0.0010], [50.0, -2.4900, 0.0012], 7.2195),
    ([50.0, -0.0010, 2.4900], [50.0, 0.0009, -2.4900], 4.8045),
    ([50.0, -0.0010, 2.4900], [50.0, 0.0010, -2.4900], 4.8045),
    ([50.0, -0.0010, 2.4900], [50.0, 0.0011, -2.4900], 4.7461),
    ([50.0, 2.5, 0.0], [50.0, 0.0, -2.5], 4.3065),
    ([50.0, 2.5, 0.0], [73.0, 25.0, -18.0], 27.1492),
    ([50.0, 2.5, 0.0], [61.0, -5.0, 29.0], 22.8977),
    ([50.0, 2.5, 0.0], [56.0, -27.0, -3.0], 31.9030),
    ([50.0, 2.5, 0.0], [58.0, 24.0, 15.0], 19.4535),
    ([50.0, 2.5, 0.0], [50.0, 3.1736, 0.5854], 1.0000),
    ([50.0, 2.5, 0.0], [50.0, 3.2972, 0.0], 1.0000),
    ([50.0, 2.5, 0.0], [50.0, 1.8634, 0.5757], 1.0000),
    ([50.0, 2.5, 0.0], [50.0, 3.2592, 0.3350], 1.0000),
    ([60.2574, -34.0099, 36.2677], [60.4626, -34.1751, 39.4387], 1.2644),
    ([63.0109, -31.0961, -5.8663], [62.8187, -29.7946, -4.0864], 1.2630),
    ([61.2901, 3.7196, -5.3901], [61.4292, 2.2480, -4.9620], 1.8731),
    ([35.0831, -44.1164, 3.7933], [35.0232, -40.0716, 1.5901], 1.8645),
    ([22.7233, 20.0904, -46.6940], [23.0331, 14.9730, -42.5619], 2.0373),
    ([36.4612, 47.8580, 18.3852], [36.2715, 50.5065, 21.2231], 1.4146),
    ([90.8027, -2.0831, 1.4410], [91.1528, -1.6435, 0.0447], 1.4441),
    ([90.9257, -0.5406, -0.9208], [88.6381, -0.8985, -0.7239], 1.5381),
    ([6.7747, -0.2908, -2.4247], [5.8714, -0.0985, -2.2286], 0.6377),
    ([2.0776, 0.0795, -1.1350], [0.9033, -0.0636, -0.5514], 0.9082),
];

fn lab([l, a, b]: [f64; 3]) -> Lab {
    Lab { l, a, b }
}

#[test]
fn colour_differences_agree_with_the_published_pairs() {
    for (idx, (one, other, published)) in PAIRS.into_iter().enumerate() {
        let found = delta_e_2000(lab(one), lab(other));
        assert!((found - published).abs() < 1e-4, "pair {}: {found}, not {published}", idx + 1);
        let back = delta_e_2000(lab(other), lab(one));
        assert!((found - back).abs() < 1e-12, "pair {} is not symmetric", idx + 1);
    }
}

#[test]
fn codes_have_the_lab_of_the_standard() {
    // Of scikit-image's rgb2lab, whose matrix and white have six digits.
    for (codes, expected) in [
        ([255, 255, 255], [100.0, 0.0, 0.0]),
        ([0, 0, 0], [0.0, 0.0, 0.0]),
        ([255, 0, 0], [53.2406, 80.0923, 67.2028]),
        ([0, 0, 255], [32.2957, 79.1855, -107.8573]),
        ([200, 154, 132], [67.3210, 14.1120, 18.1711]),
        ([12, 9, 8], [2.6293, 0.6747, 0.6655]),
    ] {
        let found = Lab::of_srgb8(codes);
        let off = [found.l - expected[0], found.a - expected[1], found.b - expected[2]];
        assert!(off.iter().all(|off| off.abs() < 0.01), "{codes:?}: {found:?}");
    }
    for code in 0..=255_u8 {
        let grey = Lab::of_srgb8([code; 3]);
        assert!(grey.chroma() < 1e-6, "{grey:?}");
    }
}

#[test]
fn colours_of_differences_grow_lighter_evenly_from_black() {
    let lightness = |codes: [u8; 3]| Lab::of_srgb8(codes).l;
    assert_eq!(delta_e_color(0.0), [0; 3]);
    assert_eq!(lightness_color(0.0), [0; 3]);
    for (color, most, last) in [
        (delta_e_color as fn(f64) -> [u8; 3], MOST_DELTA_E, 97.0),
        (lightness_color, MOST_LIGHTNESS, 96.0),
        (|d| lightness_color(-d), MOST_LIGHTNESS, 96.0),
    ] {
        for step in 1..=20 {
            let share = f64::from(step) / 20.0;
            let found = lightness(color(share * most));
            assert!((found - share * last).abs() < 4.0, "{found} at {share}");
        }
        assert_eq!(color(most), color(3.0 * most), "what is larger looks alike");
    }
    assert_ne!(lightness_color(20.0), lightness_color(-20.0));
}
