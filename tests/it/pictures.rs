//! Small pictures and landmark pairs whose every figure is known.

use std::{
    fmt::Write as _,
    path::{Path, PathBuf},
};

use diptych::{document::PerSide, geometry::ImagePoint};
use image::{Rgb, RgbImage, Rgba, RgbaImage};
use sha2::{Digest as _, Sha256};

/// Width and height of the two pictures of a pair.
pub(crate) const SIZES: PerSide<(u32, u32)> = PerSide::new((320, 240), (400, 300));
/// `[re, im, tx, ty]` of the similarity that takes B's pixels onto A's: scale 0.8 of a roll whose
/// cosine and sine are 0.96 and 0.28.
pub(crate) const A_FROM_B: [f64; 4] = [0.768, 0.224, 24.0, -38.0];

/// Where B's pixel at `b` lies on A.
pub(crate) fn a_of(b: ImagePoint) -> ImagePoint {
    let [re, im, tx, ty] = A_FROM_B;
    ImagePoint::new(re * b.x - im * b.y + tx, im * b.x + re * b.y + ty)
}

/// Where A's pixel at `a` lies on B.
pub(crate) fn b_of(a: ImagePoint) -> ImagePoint {
    let [re, im, tx, ty] = A_FROM_B;
    let norm = re * re + im * im;
    let (x, y) = (a.x - tx, a.y - ty);
    ImagePoint::new((re * x + im * y) / norm, (re * y - im * x) / norm)
}

/// A picture without two equal neighbours; another `seed` gives another one.
pub(crate) fn pattern((width, height): (u32, u32), seed: u32) -> RgbImage {
    let code = |n: u32| u8::try_from(n % 256).unwrap();
    RgbImage::from_fn(width, height, |x, y| {
        Rgb([code(x * 7 + seed), code(y * 5 + 40), code((x / 8 + y / 8) * 90 + seed * 3)])
    })
}

/// Writes [`pattern`] as a PNG file called `name` and returns its path.
pub(crate) fn write_pattern(folder: &Path, name: &str, size: (u32, u32), seed: u32) -> PathBuf {
    let path = folder.join(name);
    pattern(size, seed).save(&path).unwrap();
    path
}

/// Writes the pair's two pictures, `a.png` and `b.png`.
pub(crate) fn write_pair(folder: &Path) -> PerSide<PathBuf> {
    PerSide::new(
        write_pattern(folder, "a.png", SIZES.a, 0),
        write_pattern(folder, "b.png", SIZES.b, 11),
    )
}

/// `n` places of A, well spread, with the same places on B by [`A_FROM_B`].
pub(crate) fn places(n: usize) -> Vec<PerSide<ImagePoint>> {
    const ON_A: [(f64, f64); 5] =
        [(90.0, 150.0), (210.0, 160.0), (150.0, 60.0), (70.5, 80.25), (240.0, 100.0)];
    let place = |(x, y)| {
        let a = ImagePoint::new(x, y);
        PerSide::new(a, b_of(a))
    };
    ON_A.into_iter().take(n).map(place).collect()
}

/// The lower-case hexadecimal SHA-256 of `bytes`.
pub(crate) fn sha256_hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").unwrap();
        text
    })
}

/// 5 by 3 pixels with every kind of alpha.
pub(crate) fn odd_and_translucent() -> RgbaImage {
    let code = |n: u32| u8::try_from(n % 256).unwrap();
    RgbaImage::from_fn(5, 3, |x, y| {
        Rgba([code(x * 50), code(y * 100 + 7), code(x * y * 31), code(255 - (x + 5 * y) * 17)])
    })
}
