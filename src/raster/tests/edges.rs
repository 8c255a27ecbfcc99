//! The picture's own edge: transparent beyond, neither dark nor smeared within.

use super::{each_texel, picture, render, scaled, speckled, turned};
use crate::geometry::{Kernel, OutputPoint};

const FLAT: [u8; 4] = [200, 120, 30, 255];

#[test]
fn beyond_the_picture_the_view_is_transparent() {
    let source = speckled(10, 10);
    for kernel in Kernel::ALL {
        let shown = render(&source, scaled(1.0, (-5.0, -5.0)), kernel, 20, 20);
        for ((x, y), texel) in each_texel(&shown) {
            let is_inside = (5..15).contains(&x) && (5..15).contains(&y);
            assert_eq!(texel[3], if is_inside { 255 } else { 0 }, "{} {x} {y}", kernel.name());
            assert!(is_inside || texel == [0; 4]);
        }
    }
}

#[test]
fn a_constant_picture_stays_constant_right_to_its_edge() {
    let source = picture(40, 30, |_, _| FLAT);
    for kernel in Kernel::ALL {
        for scale in [0.125, 0.33, 0.9, 1.0, 1.7, 4.0, 7.3, 20.0] {
            for degrees in [0.0, 30.0, -77.0] {
                let map = turned(scale, degrees, &source, 64, 64);
                let shown = render(&source, map, kernel, 64, 64);
                let mut n_inside = 0;
                for ((x, y), texel) in each_texel(&shown) {
                    let place = |n: usize| f64::from(u32::try_from(n).unwrap()) + 0.5;
                    let p = map.apply(OutputPoint::new(place(x), place(y)));
                    let is_inside = (0.0..40.0).contains(&p.x) && (0.0..30.0).contains(&p.y);
                    let expected = if is_inside { FLAT } else { [0; 4] };
                    assert_eq!(texel, expected, "{} {scale} {degrees} {x} {y}", kernel.name());
                    n_inside += usize::from(is_inside);
                }
                assert!(n_inside > 0);
            }
        }
    }
}

#[test]
fn a_view_beside_the_picture_is_empty_but_sound() {
    let source = speckled(10, 10);
    for kernel in Kernel::ALL {
        for corner in [(1e9, 0.0), (-1e9, 3.0), (10.0, 0.0), (0.0, -8.0)] {
            let shown = render(&source, scaled(1.0, corner), kernel, 8, 8);
            assert!(each_texel(&shown).all(|(_, texel)| texel == [0; 4]), "{corner:?}");
        }
    }
}

#[test]
fn what_lies_at_the_edge_is_not_repeated_inwards() {
    // One bright row at the top: its mirror must not show at the bottom.
    let source = picture(12, 12, |_, y| if y == 0 { [255; 4] } else { [0, 0, 0, 255] });
    for kernel in Kernel::ALL {
        let shown = render(&source, scaled(0.5, (0.0, 0.0)), kernel, 24, 24);
        for ((x, y), texel) in each_texel(&shown).filter(|((_, y), _)| *y >= 8) {
            assert_eq!(texel, [0, 0, 0, 255], "{} {x} {y}", kernel.name());
        }
    }
}
