//! Profiles with look-up tables, and such as are damaged.

use super::{
    assert_near, codes8, codes16,
    icc::{curv, desc, lut_a_to_b, lut8, lut16, para, profile, xyz},
    profiles::spaces,
    rgb8,
};
use crate::{
    raster::Pixels,
    storage::picture::{
        color::to_srgb,
        raw::{Channels, ColorTag},
    },
};

/// A printer with four inks on a grid of two, three input samples, in L*a*b* of version 2.
fn four_inks() -> Vec<u8> {
    let mut points = Vec::new();
    for idx in 0..16_u16 {
        let [c, m, y, k] = [idx >> 3 & 1, idx >> 2 & 1, idx >> 1 & 1, idx & 1];
        let lightness = (65_280 - 14_000 * c - 18_000 * m - 3000 * y) / (1 + 5 * k);
        let spread = 3 - 2 * k;
        let a = 32_768 + (5000 * m * spread) - 3500 * c * spread;
        let b = 32_768 + (7000 * y * spread) - 4000 * c * spread;
        points.extend([lightness, a, b]);
    }
    lut16(4, 2, &[0, 40_000, 65_535], &points, &[0, 65_535])
}

/// A device with three channels on a grid of three.
fn three_points() -> Vec<u16> {
    let mut points = Vec::new();
    for idx in 0..27_u16 {
        let [r, g, b] = [idx / 9, idx / 3 % 3, idx % 3];
        points.extend([7000 * r + 18_000 * g + 3000 * b, 30_000 + 2000 * r, 36_000 - 1500 * b]);
    }
    points
}

/// Profiles with tables of every type.
fn tables() -> [Vec<u8>; 5] {
    let points = three_points();
    let small: Vec<u8> = points.iter().map(|v| u8::try_from(v >> 8).unwrap()).collect();
    let matrix = [0.2, 0.3, 0.0, 0.1, 0.5, 0.05, 0.0, 0.1, 0.35, 0.01, 0.0, 0.02];
    let (power, straight) = (para(&[1.5]), curv(&[]));
    let full = lut_a_to_b(
        Some((power.as_slice(), 3, points.as_slice())),
        Some((power.as_slice(), &matrix)),
        &straight,
    );
    let without_grid = lut_a_to_b(None, Some((power.as_slice(), &matrix)), &straight);
    let of = |version, space, pcs, tag| {
        profile(version, space, pcs, &[(*b"desc", desc("Tables")), (*b"A2B0", tag)])
    };
    [
        of(2, *b"CMYK", *b"Lab ", four_inks()),
        of(2, *b"RGB ", *b"Lab ", lut16(3, 3, &[0, 20_000, 65_535], &points, &[0, 65_535])),
        of(2, *b"RGB ", *b"Lab ", lut8(3, 3, &small)),
        of(4, *b"RGB ", *b"XYZ ", full),
        of(4, *b"RGB ", *b"XYZ ", without_grid),
    ]
}

const CLIPPED: &str =
    "33.3 % of its pixels lie outside sRGB and were clipped by the conversion (Tables)";

/// Pixels to put through tables.
const PROBES: [[u16; 4]; 4] = [
    [9000, 21_000, 40_000, 5000],
    [60_000, 30_000, 10_000, 0],
    [32_768, 32_768, 32_768, 32_768],
    [3000, 50_000, 7000, 20_000],
];

#[test]
fn tables_agree_with_another_implementation() {
    let expected: [[[u16; 3]; 4]; 5] = [
        [
            [59_723, 46_645, 27_669],
            [30_043, 40_814, 52_637],
            [22_524, 24_256, 23_952],
            [46_212, 27_616, 32_910],
        ],
        [
            [7651, 11_606, 7883],
            [23_807, 20_759, 16_568],
            [14_565, 16_570, 12_308],
            [20_079, 24_288, 18_021],
        ],
        [
            [12_722, 16_860, 13_963],
            [30_609, 27_599, 23_759],
            [25_455, 26_281, 23_358],
            [23_470, 27_868, 21_940],
        ],
        [
            [0, 47_385, 46_182],
            [23_153, 50_496, 47_195],
            [17_143, 48_507, 46_452],
            [22_884, 47_385, 47_008],
        ],
        [
            [0, 39_745, 49_565],
            [61_915, 43_643, 25_906],
            [35_306, 49_343, 44_810],
            [27_281, 61_925, 28_157],
        ],
    ];
    for (idx, (icc, expected)) in tables().into_iter().zip(expected).enumerate() {
        let channels = if idx == 0 { Channels::Cmyk } else { Channels::Rgb };
        let found = to_srgb(Pixels::Rgba16(PROBES.to_vec()), channels, &ColorTag::Icc(icc));
        assert_near(codes16(&found), &expected, 16);
        let alpha = if idx == 0 { [u16::MAX; 4] } else { PROBES.map(|pixel| pixel[3]) };
        assert_eq!(codes16(&found).iter().map(|pixel| pixel[3]).collect::<Vec<_>>(), alpha);
        assert_eq!(found.description.as_deref(), Some("Tables"));
        // Of those in XYZ one of three visible pixels leaves sRGB, in red.
        let expected: &[&str] = if idx < 3 { &[] } else { &[CLIPPED] };
        assert_eq!(found.warnings, expected);
    }
}

#[test]
fn bytes_at_random_and_damaged_profiles_do_no_harm() {
    let mut state = 1_u64;
    let mut random = move |n: usize| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap() % n
    };
    let mut sound: Vec<Vec<u8>> = tables().into();
    sound.extend(spaces().into_iter().filter_map(|space| match space.tag() {
        ColorTag::Icc(icc) => Some(icc),
        _ => None,
    }));
    let pixels = Pixels::Rgba8((0..64).map(|n| [n * 4, 255 - n, n, 255]).collect());
    for round in 0..6000 {
        let mut icc = sound[round % sound.len()].clone();
        for _ in 0..=random(12) {
            let at = if random(2) == 0 { random(icc.len().min(400)) } else { random(icc.len()) };
            icc[at] = u8::try_from(random(256)).unwrap();
        }
        if random(8) == 0 {
            icc.truncate(random(icc.len()));
        }
        if random(20) == 0 {
            icc.fill_with(|| u8::try_from(random(256)).unwrap());
        }
        for channels in [Channels::Grey, Channels::Rgb, Channels::Cmyk] {
            let found = to_srgb(pixels.clone(), channels, &ColorTag::Icc(icc.clone()));
            assert_eq!(codes8(&found).len(), 64);
        }
    }
}

#[test]
fn profiles_that_cannot_be_applied_leave_the_pixels() {
    let [inks, ..] = tables();
    let named = profile(2, *b"RGB ", *b"XYZ ", &[(*b"desc", desc("Empty"))]);
    let cases = [
        (vec![], "its colour profile cannot be read"),
        (vec![7; 500], "its colour profile cannot be read"),
        (vec![0; (16 << 20) + 1], "its colour profile is larger than 16 MiB"),
        (inks, "its colour profile (Tables) is made for other channels than the picture's"),
        (named, "its colour profile (Empty) lacks what is needed to apply it"),
    ];
    for (icc, why) in cases {
        let found = rgb8(&[[1, 2, 3]], &ColorTag::Icc(icc));
        assert_eq!(codes8(&found), [[1, 2, 3, 255]]);
        assert_eq!(found.warnings, [format!("{why}: the colours are taken for sRGB")]);
    }
}

#[test]
fn a_damaged_tag_that_is_not_needed_does_no_harm() {
    let [r, g, b] = [
        [0.385_15, 0.716_87, 0.097_08],
        [0.436_07, 0.222_49, 0.013_92],
        [0.143_07, 0.060_61, 0.714_10],
    ]
    .map(xyz);
    let curve = || curv(&[563]);
    let icc = profile(
        2,
        *b"RGB ",
        *b"XYZ ",
        &[
            (*b"desc", vec![1, 2, 3]),
            (*b"B2A0", vec![9; 60]),
            (*b"calt", vec![9; 60]),
            (*b"rXYZ", r),
            (*b"gXYZ", g),
            (*b"bXYZ", b),
            (*b"rTRC", curve()),
            (*b"gTRC", curve()),
            (*b"bTRC", curve()),
        ],
    );
    let found = rgb8(&[[255, 0, 0]], &ColorTag::Icc(icc));
    assert_near(codes8(&found), &[[0, 255, 0]], 1);
    assert_eq!(found.description.as_deref(), Some("unnamed profile"));
}
