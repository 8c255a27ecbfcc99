//! A finer picture seen as coarsely as one that has fewer pixels.

use crate::{
    geometry::{ImagePoint, Kernel, OutputPoint, Similarity},
    raster::{Picture, Pixels, View, render_view},
};

const SIDE: usize = 240;

/// Vertical stripes of this many cycles a pixel.
fn wave(cycles: f64) -> Picture {
    let code = |x: usize| {
        #[expect(clippy::cast_precision_loss, reason = "a few pixels")]
        let angle = std::f64::consts::TAU * cycles * (x as f64 + 0.5);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a code")]
        let code = (128.0 + 60.0 * libm::sin(angle)).round() as u8;
        code
    };
    let pixel = |idx: usize| [code(idx % SIDE), code(idx % SIDE), code(idx % SIDE), 255];
    Picture::new(SIDE, SIDE, Pixels::Rgba8((0..SIDE * SIDE).map(pixel).collect())).unwrap()
}

fn seen(picture: &Picture, magnification: f64, kernel: Kernel, least_span: f64) -> Picture {
    let middle = ImagePoint::new(120.0, 120.0);
    let map = Similarity::about(1.0 / magnification, 0.0, OutputPoint::new(80.0, 80.0), middle);
    let view = View { least_span, ..View::new(map, kernel, (160, 160)) };
    render_view(picture, &view, &|| false).unwrap()
}

/// How far the codes swing round their middle.
fn swing(picture: &Picture) -> f64 {
    let codes: Vec<f64> =
        (20..140).map(|x| f64::from(picture.rgba8_at(x, 80).unwrap()[0])).collect();
    let most = codes.iter().fold(0.0, |most: f64, code| most.max(*code));
    let least = codes.iter().fold(255.0, |least: f64, code| least.min(*code));
    (most - least) / 2.0
}

#[test]
fn what_the_coarser_picture_could_not_hold_is_gone_and_the_rest_stays() {
    for (magnification, kernel) in [
        (1.0, Kernel::CatmullRom),
        (1.0, Kernel::Lanczos3),
        (8.0, Kernel::Nearest),
        (0.9, Kernel::Nearest),
    ] {
        let fine = wave(0.4);
        let plain = swing(&seen(&fine, magnification, kernel, 0.0));
        assert!(plain > 20.0, "{kernel:?}: {plain}");
        // Seen as by pixels three times as large: 0.4 cycles are 1.2 of their cycles a pixel.
        let matched = swing(&seen(&fine, magnification, kernel, 3.0));
        assert!(matched < 4.0, "{kernel:?} at {magnification}: {matched}");
        let slow = swing(&seen(&wave(0.025), magnification, kernel, 3.0));
        assert!(slow > 54.0, "{kernel:?} at {magnification}: {slow}");
    }
}

#[test]
fn pixels_stay_blocks_when_they_are_low_passed() {
    let shown = seen(&wave(0.21), 8.0, Kernel::Nearest, 2.0);
    let block =
        |x: usize| (0..8).all(|dx| shown.rgba8_at(8 * x + dx, 3) == shown.rgba8_at(8 * x, 3));
    assert!((0..20).all(block));
    let plain = seen(&wave(0.21), 8.0, Kernel::Nearest, 0.0);
    assert!(shown != plain && swing(&shown) < swing(&plain));
}

#[test]
fn a_span_of_one_or_less_changes_nothing() {
    let picture = wave(0.3);
    for kernel in [Kernel::Nearest, Kernel::CatmullRom] {
        for magnification in [0.4, 1.0, 3.0] {
            let plain = seen(&picture, magnification, kernel, 0.0);
            assert!(seen(&picture, magnification, kernel, 1.0) == plain);
        }
    }
}
