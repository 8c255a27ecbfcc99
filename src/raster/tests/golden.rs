//! One golden picture for each kernel, with every direction, edge and scale in it.

use std::path::PathBuf;

use super::{Map, picture, render, scaled, turned};
use crate::{
    geometry::Kernel,
    raster::{Picture, Pixels},
};

/// A zone plate in red, a ramp in green, a checkerboard in blue, and a bright ring.
fn test_card() -> Picture {
    let place = |n: usize| f64::from(u32::try_from(n).unwrap()) + 0.5 - 48.0;
    picture(96, 96, |x, y| {
        let (dx, dy) = (place(x), place(y));
        let radius = libm::hypot(dx, dy);
        let zone = 0.5 + 0.5 * libm::cos(radius * radius / 36.0);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 255")]
        let red = (255.0 * zone).round() as u8;
        let green = u8::try_from(x * 2 + y / 2).unwrap();
        let blue = if (x / 6 + y / 6) % 2 == 0 { 40 } else { 210 };
        if (40.0..42.0).contains(&radius) { [255; 4] } else { [red, green, blue, 255] }
    })
}

/// Four views of the card beside each other: shrunk, as it is but turned, magnified, at its edge.
fn sheet(kernel: Kernel) -> Picture {
    const SIDE: usize = 64;
    let card = test_card();
    let maps: [Map; 4] = [
        turned(2.6, 17.0, &card, SIDE, SIDE),
        turned(1.0, -8.0, &card, SIDE, SIDE),
        turned(0.17, 31.0, &card, SIDE, SIDE),
        scaled(0.25, (-4.0, -3.0)),
    ];
    let views = maps.map(|map| render(&card, map, kernel, SIDE, SIDE));
    let rows = (0..SIDE).flat_map(|y| {
        let row = move |view: &Picture| -> Vec<[u8; 4]> {
            (0..SIDE).map(|x| view.rgba8_at(x, y).unwrap()).collect()
        };
        views.iter().flat_map(row).collect::<Vec<_>>()
    });
    let pixels = rows.collect();
    Picture::new(4 * SIDE, SIDE, Pixels::Rgba8(pixels)).unwrap()
}

fn path(kernel: Kernel) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    folder.join(format!("kernel_{}.png", kernel.id()))
}

#[test]
fn every_kernel_makes_its_golden_picture_to_the_bit() {
    for kernel in Kernel::ALL {
        let found = sheet(kernel);
        let path = path(kernel);
        if std::env::var_os("UPDATE_GOLDEN").is_some_and(|value| value == "1") {
            let (width, height) = (4 * 64, 64);
            image::save_buffer(&path, &found.to_rgba8(), width, height, image::ColorType::Rgba8)
                .unwrap();
            continue;
        }
        let golden = image::open(&path).expect("a golden picture; UPDATE_GOLDEN=1 makes it");
        let differing = golden
            .to_rgba8()
            .into_raw()
            .iter()
            .zip(found.to_rgba8())
            .filter(|(golden, found)| *golden != found)
            .count();
        assert_eq!(differing, 0, "{}: UPDATE_GOLDEN=1 if it is right", path.display());
    }
}
