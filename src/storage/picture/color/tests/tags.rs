//! Colours without a profile.

use super::{assert_near, code16, codes8, codes16, eight, grid, light, rgb8, rgb16};
use crate::{
    raster::Pixels,
    storage::picture::{
        color::{
            curve::SRGB,
            encode::{Code, f32_of},
            to_srgb,
        },
        raw::{Channels, ColorTag},
    },
};

const NONE: [String; 0] = [];

fn cicp(primaries: u8, transfer: u8) -> ColorTag {
    ColorTag::Cicp { primaries, transfer }
}

#[test]
fn no_tag_and_that_of_srgb_leave_every_code() {
    let pixels = grid(33);
    for (tag, name) in [
        (ColorTag::Unmarked, None),
        (ColorTag::Srgb, Some("sRGB")),
        (cicp(1, 13), Some("sRGB (cICP)")),
    ] {
        let found = rgb16(&pixels, &tag);
        assert_near(codes16(&found), &pixels, 0);
        assert_eq!((found.description.as_deref(), found.warnings), (name, vec![]));
        assert_near(codes8(&rgb8(&eight(&pixels), &tag)), &eight(&pixels), 0);
    }
}

#[test]
fn light_is_rounded_to_the_nearest_code() {
    #[track_caller]
    fn check<C: Code + PartialEq + std::fmt::Debug>(codes: impl Iterator<Item = C>) {
        let encoder = C::encoder();
        let full = f64::from(C::MAX);
        for (code, at) in codes.zip(0_u32..) {
            let at = f64::from(at);
            let of = |value: f64| encoder.encode(f32_of(SRGB.light(value / full)));
            assert_eq!((of(at), of((at - 0.49).max(0.0)), of(at + 0.49)), (code, code, code));
        }
        assert_eq!(encoder.encode(f32::INFINITY).index(), usize::from(C::MAX));
        assert_eq!(encoder.encode(f32::NEG_INFINITY).index(), 0);
        assert_eq!(encoder.encode(f32::NAN).index(), 0);
    }
    check(0..=u8::MAX);
    check(0..=u16::MAX);
}

#[test]
fn code_points_name_spaces() {
    let found = rgb8(&[[234, 51, 35], [77, 77, 77]], &cicp(12, 13));
    assert_near(codes8(&found), &[[255, 0, 0], [77, 77, 77]], 1);
    assert_eq!(found.description.as_deref(), Some("Display P3 (cICP)"));
    // sRGB's red with the primaries and the curve of BT.2020.
    let red = [0.627_404, 0.069_097, 0.016_391];
    let value = |light: f64| {
        if light < 0.018 { 4.5 * light } else { 1.099 * libm::pow(light, 0.45) - 0.099 }
    };
    let found = rgb16(&[red.map(value).map(code16)], &cicp(9, 14));
    assert_near(codes16(&found), &[[65_535, 0, 0]], 16);
    assert_eq!(found.description.as_deref(), Some("Rec. 2020, BT.709 curve (cICP)"));
    for (primaries, transfer) in [(1, 4), (5, 5), (6, 6), (11, 8), (1, 1), (12, 15)] {
        let found = rgb16(&[[0; 3], [65_535; 3]], &cicp(primaries, transfer));
        assert_near(codes16(&found), &[[0; 3], [65_535; 3]], 0);
        assert_eq!(found.warnings, NONE);
    }
}

#[test]
fn hdr_is_scaled_to_diffuse_white_and_clipped() {
    let words = "HDR picture: brighter than white is clipped";
    // PQ of 203, 20.3 and 1000 cd/m2: white, light 0.1, and beyond.
    let pq = [0.580_689, 0.358_300, 0.751_827].map(|value| [code16(value); 3]);
    let found = rgb16(&pq, &cicp(9, 16));
    let tenth = code16(0.349_190);
    assert_near(codes16(&found), &[[65_535; 3], [tenth; 3], [65_535; 3]], 16);
    assert_eq!(found.description.as_deref(), Some("Rec. 2020, PQ (cICP)"));
    assert_eq!(found.warnings[0], words);
    assert!(found.warnings[1].starts_with("33.3 % of its pixels"));
    // HLG: 0.75 is white; 0.5 is scene light 1 / 12 of 0.264 963.
    let found = rgb16(&[[code16(0.75); 3], [code16(0.5); 3]], &cicp(9, 18));
    let grey = code16(super::encoded(1.0 / 12.0 / 0.264_963));
    assert_near(codes16(&found), &[[65_535; 3], [grey; 3]], 16);
    assert_eq!(found.warnings, [words]);
}

#[test]
fn unknown_code_points_leave_the_pixels() {
    for (tag, name) in [
        (cicp(2, 13), None),
        (cicp(1, 2), None),
        (cicp(200, 13), Some("code points 200 and 13 (cICP)")),
        (cicp(1, 17), Some("code points 1 and 17 (cICP)")),
    ] {
        let found = rgb8(&[[1, 2, 3]], &tag);
        assert_eq!(codes8(&found), [[1, 2, 3, 255]]);
        assert_eq!((found.description.as_deref(), found.warnings.len()), (name, 1));
    }
}

#[test]
fn gamma_is_a_plain_power() {
    let gamma = |gamma, chromaticities| ColorTag::Gamma { gamma, chromaticities };
    let codes = [0, 1000, 32_768, 65_535];
    let found = rgb16(&codes.map(|code| [code; 3]), &gamma(1.0, None));
    let expected = codes.map(|code| [code16(super::encoded(f64::from(code) / 65_535.0)); 3]);
    assert_near(codes16(&found), &expected, 1);
    assert_eq!(found.description.as_deref(), Some("gamma 1 (gAMA)"));

    let rec_709 = [0.3127, 0.329, 0.64, 0.33, 0.3, 0.6, 0.15, 0.06];
    for chromaticities in [None, Some(rec_709)] {
        let found = rgb16(&[[5000, 20_000, 65_535]], &gamma(0.45455, chromaticities));
        let power = |code: u16| libm::pow(f64::from(code) / 65_535.0, 1.0 / 0.45455);
        let expected = [5000, 20_000, 65_535].map(|code| code16(super::encoded(power(code))));
        assert_near(codes16(&found), &[expected], 1);
        let name = if chromaticities.is_some() {
            "gamma 2.2, Rec. 709 primaries (gAMA, cHRM)"
        } else {
            "gamma 2.2 (gAMA)"
        };
        assert_eq!(found.description.as_deref(), Some(name));
    }
}

#[test]
fn another_white_is_adapted() {
    let mut xy = [0.345_67, 0.358_5, 0.64, 0.33, 0.3, 0.6, 0.15, 0.06];
    let tag = ColorTag::Gamma { gamma: 1.0, chromaticities: Some(xy) };
    let greys: Vec<_> = (0..=u8::MAX).map(|code| [code; 3]).collect();
    let found = rgb8(&greys, &tag);
    assert!(codes8(&found).iter().all(|[r, g, b, _]| r == g && g == b));
    assert_eq!(found.description.as_deref(), Some("gamma 1, its own primaries (gAMA, cHRM)"));
    xy[0] = 0.3127;
    xy[1] = 0.329;
    let red = light(code16(0.5));
    let tag = ColorTag::Gamma { gamma: 1.0, chromaticities: Some(xy) };
    let found = rgb16(&[[code16(red), 0, 0]], &tag);
    assert_near(codes16(&found), &[[code16(0.5), 0, 0]], 16);
}

#[test]
fn gammas_and_chromaticities_without_sense_are_ignored() {
    let xy = [0.3127, 0.329, 0.64, 0.33, 0.3, 0.6, 0.15, 0.06];
    let with = |place: usize, value: f64| {
        let mut xy = xy;
        xy[place] = value;
        Some(xy)
    };
    for (gamma, chromaticities) in [
        (0.0, None),
        (101.0, None),
        (-1.0, None),
        (f64::NAN, Some(xy)),
        (0.5, Some([0.0; 8])),
        (0.5, Some([0.3; 8])),
        (0.5, with(1, 0.0)),
        (0.5, with(0, f64::INFINITY)),
        (0.5, with(0, 0.7)),
    ] {
        let found = rgb8(&[[1, 2, 3]], &ColorTag::Gamma { gamma, chromaticities });
        assert_eq!(codes8(&found), [[1, 2, 3, 255]], "{gamma} {chromaticities:?}");
        assert_eq!((found.description, found.warnings.len()), (None, 1));
    }
}

#[test]
fn inks_without_a_profile_are_ideal_ones() {
    let approximate = "its four inks were converted without a usable colour profile: colours are \
                       approximate";
    let pixels = vec![[0, 0, 0, 0], [255, 0, 0, 0], [0, 0, 0, 255], [0, 128, 255, 51]];
    let found = to_srgb(Pixels::Rgba8(pixels), Channels::Cmyk, &ColorTag::Unmarked);
    let expected = [[255; 4], [0, 255, 255, 255], [0, 0, 0, 255], [204, 102, 0, 255]];
    assert_eq!(codes8(&found), expected);
    assert_eq!(found.warnings, [approximate]);
    let pixels = Pixels::Rgba16(vec![[0, 32_768, 65_535, 0]]);
    let found = to_srgb(pixels, Channels::Cmyk, &ColorTag::Icc(vec![1, 2, 3]));
    assert_eq!(codes16(&found), [[65_535, 32_767, 0, 65_535]]);
    assert_eq!(found.warnings, ["its colour profile cannot be read", approximate]);
}

#[test]
fn alpha_is_kept() {
    let pixels: Vec<_> = (0..=u8::MAX).map(|code| [200, code, 40, code]).collect();
    let found = to_srgb(Pixels::Rgba8(pixels), Channels::Rgb, &cicp(12, 13));
    assert!(codes8(&found).iter().zip(0..=u8::MAX).all(|(pixel, alpha)| pixel[3] == alpha));
}
