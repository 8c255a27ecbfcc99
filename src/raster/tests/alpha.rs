//! Transparency: colours weigh as much as they are opaque.

use super::{Map, each_texel, picture, render, scaled, turned};
use crate::geometry::Kernel;

#[test]
fn invisible_red_leaves_no_fringe_on_blue() {
    let source = picture(24, 24, |x, _| if x < 12 { [255, 0, 0, 0] } else { [0, 0, 255, 255] });
    for kernel in Kernel::ALL {
        for scale in [0.125, 0.4, 1.0, 1.3, 3.0, 7.0] {
            for degrees in [0.0, 30.0] {
                let shown =
                    render(&source, turned(scale, degrees, &source, 32, 32), kernel, 32, 32);
                for ((x, y), texel) in each_texel(&shown).filter(|(_, texel)| texel[3] > 0) {
                    let [r, g, b, _] = texel;
                    let place = format!("{} {scale} {degrees} {x} {y}", kernel.name());
                    assert_eq!([r, g, b], [0, 0, 255], "{place}");
                }
            }
        }
    }
}

#[test]
fn half_way_between_opaque_and_nothing_is_half_opaque() {
    let source = picture(8, 8, |x, _| if x < 4 { [0; 4] } else { [90, 90, 90, 255] });
    let shown = render(&source, scaled(1.0, (0.5, 0.0)), Kernel::CatmullRom, 7, 8);
    let [r, _, _, alpha] = shown.rgba8_at(3, 4).unwrap();
    assert_eq!((r, alpha), (90, 128));
}

#[test]
fn alpha_is_kept_where_nothing_is_resampled() {
    let byte = |n: usize| u8::try_from(n).unwrap();
    let source = picture(16, 16, |x, y| [byte(10 + x), 100, byte(200 + y), byte(16 * y + x)]);
    for kernel in Kernel::ALL {
        let shown = render(&source, Map::identity(), kernel, 16, 16);
        for ((x, y), texel) in each_texel(&shown) {
            let expected = source.rgba8_at(x, y).unwrap();
            let expected = if expected[3] == 0 { [0; 4] } else { expected };
            assert_eq!(texel, expected, "{} {x} {y}", kernel.name());
        }
    }
}

#[test]
fn a_minified_checker_of_nothing_and_white_is_half_transparent_white() {
    let source = picture(64, 64, |x, y| [255, 255, 255, if (x + y) % 2 == 0 { 255 } else { 0 }]);
    for kernel in Kernel::ALL {
        let shown = render(&source, scaled(4.0, (0.0, 0.0)), kernel, 16, 16);
        let [r, g, b, alpha] = shown.rgba8_at(8, 8).unwrap();
        assert_eq!([r, g, b], [255; 3]);
        assert!((127..=128).contains(&alpha), "{}: {alpha}", kernel.name());
    }
}
