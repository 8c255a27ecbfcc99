//! Colours into sRGB, against the standards' own formulas.

use moxcms::ColorProfile;
use proptest::prelude::*;

use super::{Channels, ColorTag, Converted, to_srgb};
use crate::raster::Pixels;

fn icc(profile: &ColorProfile) -> ColorTag {
    ColorTag::Icc(profile.encode().unwrap())
}

/// Every 15th code of all three channels.
fn cube() -> Vec<[u8; 4]> {
    let codes = || (0..=255_u8).step_by(15);
    codes().flat_map(|r| codes().flat_map(move |g| codes().map(move |b| [r, g, b, 255]))).collect()
}

fn rgb8(texels: &[[u8; 4]], tag: &ColorTag) -> (Vec<[u8; 4]>, Vec<String>) {
    let converted = to_srgb(Pixels::Rgba8(texels.to_vec()), Channels::Rgb, tag);
    let Converted { pixels: Pixels::Rgba8(pixels), warnings, .. } = converted else {
        panic!("the depth changed")
    };
    (pixels, warnings)
}

#[test]
fn srgb_by_any_name_leaves_every_code_as_it_is() {
    let srgb = ColorProfile::new_srgb();
    for tag in [
        ColorTag::Unmarked,
        ColorTag::Srgb,
        icc(&srgb),
        ColorTag::Cicp { primaries: 1, transfer: 13 },
    ] {
        assert_eq!(rgb8(&cube(), &tag), (cube(), Vec::new()), "{tag:?}");
    }
}

#[test]
fn grey_stays_grey_in_every_space_of_three_colours() {
    let spaces =
        [ColorProfile::new_display_p3(), ColorProfile::new_adobe_rgb(), ColorProfile::new_bt2020()];
    let greys: Vec<[u8; 4]> = (0..=255).map(|code| [code, code, code, 255]).collect();
    for space in spaces {
        for [r, g, b, _] in rgb8(&greys, &icc(&space)).0 {
            assert!(r.abs_diff(g) <= 1 && g.abs_diff(b) <= 1, "{r} {g} {b}");
        }
    }
}

#[test]
fn display_p3_is_what_its_primaries_say() {
    // By the two spaces' published primaries: linearise, change basis, encode.
    let (found, _) = rgb8(&[[200, 100, 50, 77]], &icc(&ColorProfile::new_display_p3()));
    assert_eq!(found, [[215, 93, 31, 77]], "alpha is kept");
    assert_eq!(
        rgb8(&[[200, 100, 50, 77]], &ColorTag::Cicp { primaries: 12, transfer: 13 }).0,
        found
    );
}

#[test]
fn the_share_that_is_clipped_is_told_of_what_can_be_seen() {
    let p3 = icc(&ColorProfile::new_display_p3());
    let (inside, outside) = ([120, 110, 100, 255], [0, 255, 0, 255]);
    let warnings = |texels: &[[u8; 4]]| rgb8(texels, &p3).1;
    assert_eq!(warnings(&[inside; 8]), Vec::<String>::new());
    let told = warnings(&[inside, inside, outside, inside]);
    assert!(told[0].starts_with("25.0 % of its pixels"), "{told:?}");
    // What is invisible is not lost.
    assert_eq!(warnings(&[inside, [0, 255, 0, 0]]), Vec::<String>::new());
    let mut many = vec![inside; 5000];
    many.push(outside);
    assert!(warnings(&many)[0].starts_with("less than 0.1 %"));
}

#[test]
fn sixteen_bits_stay_sixteen_and_keep_what_eight_would_lose() {
    let texels: Vec<[u16; 4]> = (0..1000).map(|n| [30_000 + n, 30_000, 30_000, 65_535]).collect();
    let tag = icc(&ColorProfile::new_display_p3());
    let Pixels::Rgba16(found) = to_srgb(Pixels::Rgba16(texels), Channels::Rgb, &tag).pixels else {
        panic!("16 bits became fewer")
    };
    let mut reds: Vec<u16> = found.iter().map(|texel| texel[0]).collect();
    assert!(reds.is_sorted());
    reds.dedup();
    assert!(reds.len() > 900, "only {} reds are left", reds.len());
}

#[test]
fn a_gamma_of_one_is_linear_light() {
    let tag = ColorTag::Gamma { gamma: 1.0, chromaticities: None };
    let (found, _) = rgb8(&[[55, 128, 255, 255]], &tag);
    assert_eq!(found, [[128, 188, 255, 255]]);
    for gamma in [0.0, -1.0, 1e9, f64::NAN] {
        let (found, warnings) = rgb8(&cube(), &ColorTag::Gamma { gamma, chromaticities: None });
        assert_eq!((found, warnings.len()), (cube(), 1));
    }
}

#[test]
fn bright_hdr_is_clipped_with_a_word_and_its_white_is_white() {
    // 203 cd/m2, diffuse white, is the PQ value 0.5807.
    let (found, warnings) =
        rgb8(&[[148, 148, 148, 255], [255; 4]], &ColorTag::Cicp { primaries: 9, transfer: 16 });
    assert!(found[0][0] >= 252 && found[1][0] == 255, "{found:?}");
    assert!(warnings[0].contains("HDR"), "{warnings:?}");
}

#[test]
fn code_points_without_a_meaning_are_told_and_change_nothing() {
    for (primaries, transfer) in [(0, 13), (1, 3), (200, 200)] {
        let (found, warnings) = rgb8(&cube(), &ColorTag::Cicp { primaries, transfer });
        assert_eq!((found, warnings.len()), (cube(), 1));
    }
}

#[test]
fn ink_without_a_profile_takes_its_share_of_the_light() {
    let ink = vec![[0, 0, 0, 0], [255, 0, 0, 0], [0, 0, 0, 255], [51, 102, 0, 51]];
    let converted = to_srgb(Pixels::Rgba8(ink), Channels::Cmyk, &ColorTag::Unmarked);
    let expected = vec![[255; 4], [0, 255, 255, 255], [0, 0, 0, 255], [163, 122, 204, 255]];
    assert_eq!(converted.pixels, Pixels::Rgba8(expected));
    assert_eq!(converted.warnings.len(), 1);
}

proptest! {
    #[test]
    fn a_profile_of_any_bytes_is_survived(mut bytes in prop::collection::vec(any::<u8>(), 0..600), cut in 0_usize..600) {
        let texels = vec![[10, 200, 30, 255]];
        rgb8(&texels, &ColorTag::Icc(bytes.clone()));
        // And one that begins well.
        let sound = ColorProfile::new_display_p3().encode().unwrap();
        let at = cut % sound.len();
        let mut damaged = sound;
        bytes.truncate(16);
        for (idx, byte) in bytes.into_iter().enumerate() {
            let place = (at + idx) % damaged.len();
            damaged[place] ^= byte;
        }
        rgb8(&texels, &ColorTag::Icc(damaged));
    }
}
