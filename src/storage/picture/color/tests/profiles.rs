//! ICC profiles.

use moxcms::ColorProfile;

use super::{
    assert_near, code16, codes8, codes16, eight, encoded, grid,
    icc::{curv, desc, para, profile, xyz},
    light, rgb8, rgb16,
};
use crate::{
    raster::Pixels,
    storage::picture::{
        color::{
            Converted,
            matrix::{SRGB, xyz_from_primaries},
            to_srgb,
        },
        raw::{Channels, ColorTag},
    },
};

/// sRGB's colorants, as its first published profile rounds them.
const RED: [f64; 3] = [0.436_07, 0.222_49, 0.013_92];
const GREEN: [f64; 3] = [0.385_15, 0.716_87, 0.097_08];
const BLUE: [f64; 3] = [0.143_07, 0.060_61, 0.714_10];
const SRGB_PARA: [f64; 5] = [2.4, 1.0 / 1.055, 0.055 / 1.055, 1.0 / 12.92, 0.04045];

fn tag_of(profile: &ColorProfile) -> ColorTag {
    ColorTag::Icc(profile.encode().unwrap())
}

pub(super) fn shaper(colorants: [[f64; 3]; 3], curve: &[u8]) -> ColorTag {
    let [r, g, b] = colorants.map(xyz);
    let curve = || curve.to_vec();
    ColorTag::Icc(profile(
        2,
        *b"RGB ",
        *b"XYZ ",
        &[
            (*b"desc", desc("A name")),
            (*b"rXYZ", r),
            (*b"gXYZ", g),
            (*b"bXYZ", b),
            (*b"rTRC", curve()),
            (*b"gTRC", curve()),
            (*b"bTRC", curve()),
        ],
    ))
}

fn srgb_samples(n: u16) -> Vec<u16> {
    let at = |step: u16| light(code16(f64::from(step) / f64::from(n - 1)));
    (0..n).map(|step| code16(at(step))).collect()
}

#[track_caller]
fn assert_unchanged(tag: &ColorTag) {
    let pixels = grid(33);
    let found = rgb16(&pixels, tag);
    assert_near(codes16(&found), &pixels, 0);
    assert_eq!(found.warnings, Vec::<String>::new());
    assert_near(codes8(&rgb8(&eight(&pixels), tag)), &eight(&pixels), 0);
}

#[test]
fn profiles_that_are_srgb_leave_every_code() {
    let srgb = tag_of(&ColorProfile::new_srgb());
    assert_unchanged(&srgb);
    assert_eq!(rgb8(&[], &srgb).description.as_deref(), Some("sRGB IEC61966-2.1"));
    for curve in [para(&SRGB_PARA), curv(&srgb_samples(1024)), curv(&srgb_samples(42))] {
        assert_unchanged(&shaper([RED, GREEN, BLUE], &curve));
    }
}

#[test]
fn a_plain_gamma_is_not_taken_for_srgb() {
    let tag = shaper([RED, GREEN, BLUE], &curv(&[563]));
    let found = rgb8(&[[20, 20, 20], [128, 128, 128]], &tag);
    assert_near(codes8(&found), &[[13, 13, 13], [128, 128, 128]], 1);
    assert_eq!(found.description.as_deref(), Some("A name"));
}

/// A known space: x and y of white, red, green and blue; linear light from sRGB's; the curve of its
/// profile, and the encoded value of light.
pub(super) struct Space {
    xy: [f64; 8],
    from_srgb: [[f64; 3]; 3],
    curve: Vec<u8>,
    encode: fn(f64) -> f64,
}

impl Space {
    pub(super) fn tag(&self) -> ColorTag {
        let [x, y, z] = xyz_from_primaries(&self.xy).unwrap();
        shaper([0, 1, 2].map(|c| [x[c], y[c], z[c]]), &self.curve)
    }
}

/// Display P3, Adobe RGB (1998), Rec. 2020 and ROMM RGB (ISO 22028-2).
pub(super) fn spaces() -> [Space; 4] {
    let rec_709 = |light: f64| {
        if light < 0.018 { 4.5 * light } else { 1.099 * libm::pow(light, 0.45) - 0.099 }
    };
    [
        Space {
            xy: [0.3127, 0.3290, 0.680, 0.320, 0.265, 0.690, 0.150, 0.060],
            from_srgb: [
                [0.822_461_969, 0.177_538_031, 0.0],
                [0.033_194_199, 0.966_805_801, 0.0],
                [0.017_082_631, 0.072_397_440, 0.910_519_929],
            ],
            curve: para(&SRGB_PARA),
            encode: encoded,
        },
        Space {
            xy: [0.3127, 0.3290, 0.64, 0.33, 0.21, 0.71, 0.15, 0.06],
            from_srgb: [
                [0.715_125_6, 0.284_874_4, 0.0],
                [0.0, 1.0, 0.0],
                [0.0, 0.041_161_9, 0.958_838_1],
            ],
            curve: curv(&[563]),
            encode: |light| libm::pow(light, 256.0 / 563.0),
        },
        Space {
            xy: [0.3127, 0.3290, 0.708, 0.292, 0.170, 0.797, 0.131, 0.046],
            from_srgb: [
                [0.627_403_896, 0.329_283_038, 0.043_313_066],
                [0.069_097_289, 0.919_540_395, 0.011_362_316],
                [0.016_391_439, 0.088_013_308, 0.895_595_253],
            ],
            curve: para(&[1.0 / 0.45, 1.0 / 1.099, 0.099 / 1.099, 1.0 / 4.5, 0.081]),
            encode: rec_709,
        },
        Space {
            xy: [
                0.345_704, 0.358_540, 0.734_699, 0.265_301, 0.159_597, 0.840_403, 0.036_598,
                0.000_105,
            ],
            from_srgb: [
                [0.529_309_784, 0.330_138_308, 0.140_551_908],
                [0.098_361_422, 0.873_476_875, 0.028_161_703],
                [0.016_874_962, 0.117_671_985, 0.865_453_053],
            ],
            curve: curv(&[461]),
            encode: |light| libm::pow(light, 256.0 / 461.0),
        },
    ]
}

fn in_space(pixel: [u16; 3], space: &Space) -> [f64; 3] {
    let [r, g, b] = pixel.map(light);
    space.from_srgb.map(|row| (space.encode)((row[0] * r + row[1] * g + row[2] * b).max(0.0)))
}

#[test]
fn sixteen_bits_of_wide_spaces_come_back_as_far_as_the_rounding_of_their_colorants_allows() {
    for space in spaces() {
        let expected = grid(17);
        let stored: Vec<_> =
            expected.iter().map(|pixel| in_space(*pixel, &space).map(code16)).collect();
        assert_near(codes16(&rgb16(&stored, &space.tag())), &expected, 32);
    }
}

#[test]
fn sixteen_bits_of_wide_spaces_named_by_code_points_come_back() {
    let [p3, _, rec_2020, _] = spaces();
    for (space, primaries, transfer) in [(p3, 12, 13), (rec_2020, 9, 14)] {
        let expected = grid(17);
        let stored: Vec<_> =
            expected.iter().map(|pixel| in_space(*pixel, &space).map(code16)).collect();
        let found = rgb16(&stored, &ColorTag::Cicp { primaries, transfer });
        assert_near(codes16(&found), &expected, 16);
    }
}

#[test]
fn eight_bits_of_wide_spaces_give_the_nearest_code_and_known_colours() {
    let [p3, adobe, ..] = spaces().map(|space| space.tag());
    let found = rgb8(&[[234, 51, 35], [255, 255, 255], [128, 128, 128]], &p3);
    assert_near(codes8(&found), &[[255, 0, 0], [255, 255, 255], [128, 128, 128]], 1);
    let found = rgb8(&[[219, 0, 0], [144, 255, 60], [127, 127, 127]], &adobe);
    assert_near(codes8(&found), &[[255, 0, 0], [0, 255, 0], [127, 127, 127]], 1);
    for space in spaces() {
        let tag = space.tag();
        let stored = eight(&grid(16));
        let deep: Vec<_> =
            stored.iter().map(|pixel| pixel.map(|code| u16::from(code) * 257)).collect();
        let (found, deep) = (rgb8(&stored, &tag), rgb16(&deep, &tag));
        for (found, deep) in codes8(&found).iter().zip(codes16(&deep)) {
            for (found, deep) in found.iter().zip(deep) {
                let gap = (i32::from(*found) * 257 - i32::from(*deep)).abs();
                assert!(gap <= 129, "{found} is not the code nearest to {deep}");
            }
        }
    }
}

#[test]
fn grey_stays_grey_in_neutral_spaces() {
    for space in spaces() {
        let greys: Vec<_> = (0..=u16::MAX).map(|code| [code; 3]).collect();
        let found = rgb16(&greys, &space.tag());
        assert!(codes16(&found).iter().all(|[r, g, b, _]| r == g && g == b));
        assert_eq!(found.warnings, Vec::<String>::new());
    }
}

#[test]
fn swapped_primaries_swap_channels() {
    let [x, y, z] = xyz_from_primaries(&SRGB).unwrap();
    let tag = shaper([1, 0, 2].map(|c| [x[c], y[c], z[c]]), &para(&SRGB_PARA));
    let pixels = grid(17);
    let expected: Vec<_> = pixels.iter().map(|[r, g, b]| [*g, *r, *b]).collect();
    assert_near(codes16(&rgb16(&pixels, &tag)), &expected, 32);
    let expected: Vec<_> = eight(&pixels).iter().map(|[r, g, b]| [*g, *r, *b]).collect();
    assert_near(codes8(&rgb8(&eight(&pixels), &tag)), &expected, 1);
}

fn grey(curve: Vec<u8>, pcs: [u8; 4]) -> ColorTag {
    ColorTag::Icc(profile(2, *b"GRAY", pcs, &[(*b"kTRC", curve)]))
}

fn grey8(pixels: &[[u8; 4]], channels: Channels, tag: &ColorTag) -> Converted {
    to_srgb(Pixels::Rgba8(pixels.to_vec()), channels, tag)
}

#[test]
fn grey_profiles_follow_their_curve() {
    // 100 / 255 to the power of 1.8 is light 0.18542, encoded 0.46810.
    let gamma = grey(curv(&[461]), *b"XYZ ");
    let found = grey8(&[[100, 100, 100, 9], [255; 4]], Channels::Grey, &gamma);
    assert_eq!(codes8(&found), [[119, 119, 119, 9], [255; 4]]);
    // Half of 16 bits is light 0.25 by three samples, encoded 0.53710.
    let sampled = grey(curv(&[0, 16_384, 65_535]), *b"XYZ ");
    let half = Pixels::Rgba16(vec![[32_768, 32_768, 32_768, 1]]);
    let found = to_srgb(half, Channels::Grey, &sampled);
    assert_near(codes16(&found), &[[35_199, 35_199, 35_199]], 1);
    // L* of 50 is light 0.18419, encoded 0.46633.
    let lightness = grey(curv(&[]), *b"Lab ");
    let half = Pixels::Rgba16(vec![[32_768, 32_768, 32_768, 1]]);
    let found = to_srgb(half, Channels::Grey, &lightness);
    assert_near(codes16(&found), &[[30_561, 30_561, 30_561]], 1);
}

#[test]
fn a_grey_profile_serves_grey_pixels_in_rgb_only() {
    let gamma = grey(curv(&[461]), *b"XYZ ");
    let found = grey8(&[[100, 100, 100, 9]], Channels::Rgb, &gamma);
    assert_eq!(codes8(&found), [[119, 119, 119, 9]]);
    let found = grey8(&[[100, 100, 101, 9]], Channels::Rgb, &gamma);
    assert_eq!(codes8(&found), [[100, 100, 101, 9]]);
    assert_eq!(
        found.warnings,
        [
            "its colour profile (unnamed profile) is made for other channels than the picture's: the \
          colours are taken for sRGB"
        ]
    );
}

#[test]
fn the_clipped_share_is_of_visible_pixels() {
    let p3 = tag_of(&ColorProfile::new_display_p3());
    let mut pixels = vec![[128, 128, 128, 255]; 877];
    pixels.extend([[0, 255, 0, 255]; 23]);
    pixels.extend([[0, 255, 0, 0]; 100]);
    let found = grey8(&pixels, Channels::Rgb, &p3);
    let words =
        "2.6 % of its pixels lie outside sRGB and were clipped by the conversion (Display P3)";
    assert_eq!(found.warnings, [words]);
    assert_eq!(codes8(&found)[999], [0, 255, 0, 0]);
    pixels.extend(vec![[128, 128, 128, 255]; 23_000]);
    let found = grey8(&pixels, Channels::Rgb, &p3);
    assert!(found.warnings[0].starts_with("less than 0.1 % of its pixels"));
}
