//! Views that must give source pixels back unchanged.

use super::{Map, each_texel, picture, render, scaled, speckled};
use crate::{
    geometry::Kernel,
    raster::{Picture, Pixels},
};

#[test]
fn at_1_to_1_every_kernel_gives_the_same_bytes_back() {
    let source = speckled(23, 17);
    for kernel in Kernel::ALL {
        let shown = render(&source, Map::identity(), kernel, 23, 17);
        assert_eq!(shown, source, "{}", kernel.name());
    }
}

#[test]
fn at_whole_offsets_every_kernel_gives_the_same_bytes_back() {
    let source = speckled(31, 29);
    for kernel in Kernel::ALL {
        let shown = render(&source, scaled(1.0, (5.0, 7.0)), kernel, 20, 19);
        for ((x, y), texel) in each_texel(&shown) {
            assert_eq!(Some(texel), source.rgba8_at(x + 5, y + 7), "{} {x} {y}", kernel.name());
        }
    }
}

#[test]
fn nearest_magnifies_every_pixel_to_a_block_of_n_by_n() {
    let source = speckled(9, 7);
    for (n, scale) in [(2, 0.5), (3, 1.0 / 3.0), (8, 0.125)] {
        let shown = render(&source, scaled(scale, (0.0, 0.0)), Kernel::Nearest, 9 * n, 7 * n);
        for ((x, y), texel) in each_texel(&shown) {
            assert_eq!(Some(texel), source.rgba8_at(x / n, y / n), "{n}x at {x} {y}");
        }
    }
}

#[test]
fn nearest_blocks_stay_whole_after_panning_by_a_source_pixel() {
    let source = speckled(12, 12);
    let shown = render(&source, scaled(0.125, (3.0, 2.0)), Kernel::Nearest, 40, 40);
    for ((x, y), texel) in each_texel(&shown) {
        assert_eq!(Some(texel), source.rgba8_at(3 + x / 8, 2 + y / 8), "{x} {y}");
    }
}

#[test]
fn a_quarter_turn_gives_the_same_bytes_in_their_new_places() {
    let source = speckled(16, 16);
    for kernel in Kernel::ALL {
        let quarter = super::turned(1.0, 90.0, &source, 16, 16);
        let shown = render(&source, quarter, kernel, 16, 16);
        for ((x, y), texel) in each_texel(&shown) {
            assert_eq!(Some(texel), source.rgba8_at(15 - y, x), "{} {x} {y}", kernel.name());
        }
    }
}

#[test]
fn a_16_bit_picture_is_shown_at_its_rounded_8_bit_codes() {
    let codes: Vec<[u16; 4]> = (0..=u8::MAX)
        .map(|code| {
            let wide = u16::from(code) * 257;
            [wide, wide.saturating_add(100), wide.saturating_sub(100), u16::MAX]
        })
        .collect();
    let source = Picture::new(16, 16, Pixels::Rgba16(codes)).unwrap();
    for kernel in Kernel::ALL {
        let shown = render(&source, Map::identity(), kernel, 16, 16);
        for ((x, y), texel) in each_texel(&shown) {
            let code = u8::try_from(16 * y + x).unwrap();
            assert_eq!(texel, [code, code, code, 255], "{}", kernel.name());
        }
    }
}

#[test]
fn both_depths_of_one_picture_give_the_same_view() {
    let narrow = speckled(20, 20);
    let Pixels::Rgba8(texels) = narrow.pixels() else { unreachable!() };
    let wide = texels.iter().map(|texel| texel.map(|code| u16::from(code) * 257)).collect();
    let wide = Picture::new(20, 20, Pixels::Rgba16(wide)).unwrap();
    for kernel in Kernel::ALL {
        let map = super::turned(0.7, 20.0, &narrow, 24, 24);
        let (narrow, wide) =
            (render(&narrow, map, kernel, 24, 24), render(&wide, map, kernel, 24, 24));
        // The one is averaged in fixed point, the other in floating point.
        for ((_, narrow), (_, wide)) in each_texel(&narrow).zip(each_texel(&wide)) {
            let is_near = narrow.iter().zip(wide).all(|(narrow, wide)| narrow.abs_diff(wide) <= 1);
            assert!(is_near, "{}: {narrow:?} {wide:?}", kernel.name());
        }
    }
}

#[test]
fn one_pixel_fills_a_view_of_it() {
    let dot = picture(1, 1, |_, _| [12, 200, 99, 255]);
    for kernel in Kernel::ALL {
        let shown = render(&dot, scaled(0.125, (0.0, 0.0)), kernel, 8, 8);
        assert!(each_texel(&shown).all(|(_, texel)| texel == [12, 200, 99, 255]));
    }
}
