//! The sample pair's card, pixel by pixel. `UPDATE_GOLDEN=1` takes the card as it is now for the
//! right one: look at it before it is kept.

use std::{
    fs,
    path::{Path, PathBuf},
};

use diptych::{
    card::{ItemKind, lay_out},
    document::Side,
    raster::render_view,
    session::{Command, Session, run_to_quiet},
    storage::{PictureFormat, write_whole},
};
use image::RgbImage;
use tempfile::TempDir;

use crate::{
    pictures::sha256_hex,
    session::{exported_to, fresh},
};

/// The SHA-256 of both panels' pixels, straight from the sources: no text, no rounded corners. It
/// must be the same on every machine, in debug and in release.
const PANELS: &str = "d7493ae0833c05bb1be35a316e5557490347a126817bd523b6e951d136780e45";

fn golden() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/card_sample.png")
}

fn with_sample() -> Session {
    let mut session = fresh();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/sample/sample.diptych.ron");
    run_to_quiet(&mut session, [Command::OpenSession(path)]);
    assert_eq!(session.notices(), []);
    session
}

/// The file that the exporter writes for the sample.
fn exported() -> Vec<u8> {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("card.png");
    let export = exported_to(&path, PictureFormat::Png);
    let mut session = with_sample();
    let cards = run_to_quiet(&mut session, [Command::Export(export)]);
    assert_eq!(cards.len(), 1, "{:?}", session.notices());
    fs::read(path).unwrap()
}

fn decode(file: &[u8]) -> RgbImage {
    image::load_from_memory(file).unwrap().into_rgb8()
}

/// How many pixels differ, and by how much at most; `None` when the sizes do.
fn difference(one: &RgbImage, other: &RgbImage) -> Option<(usize, u8)> {
    let apart = |(p, q): (&image::Rgb<u8>, &image::Rgb<u8>)| {
        p.0.iter().zip(q.0).map(|(p, q)| p.abs_diff(q)).max().unwrap_or(0)
    };
    (one.dimensions() == other.dimensions()).then(|| {
        let differing = one.pixels().zip(other.pixels()).map(apart).filter(|by| *by > 0);
        differing.fold((0, 0), |(n, most), by| (n + 1, most.max(by)))
    })
}

#[test]
fn the_samples_card_is_the_golden_one() {
    let file = exported();
    if std::env::var_os("UPDATE_GOLDEN").is_some_and(|value| value == "1") {
        fs::create_dir_all(golden().parent().unwrap()).unwrap();
        write_whole(&golden(), &file).unwrap();
        return;
    }
    let expected = fs::read(golden()).expect("the golden card; UPDATE_GOLDEN=1 makes it");
    let found = difference(&decode(&file), &decode(&expected));
    if found == Some((0, 0)) {
        return;
    }
    let actual = Path::new(env!("CARGO_TARGET_TMPDIR")).join("card_sample.actual.png");
    write_whole(&actual, &file).unwrap();
    let what = found
        .map_or("the size".to_owned(), |(n, by)| format!("{n} pixels, by {by} of 255 at most,"));
    panic!(
        "{what} of the card differ from {}; the card as it is now: {}; if it is right, run the \
         test with UPDATE_GOLDEN=1",
        golden().display(),
        actual.display()
    );
}

#[test]
fn the_panels_pixels_are_the_same_in_debug_and_in_release() {
    let session = with_sample();
    let scenes = lay_out(session.document()).unwrap();
    let panels: Vec<_> =
        scenes[0].items.iter().filter(|item| item.kind == ItemKind::Panel).collect();
    assert_eq!(panels.iter().map(|item| item.side).collect::<Vec<_>>(), Side::BOTH.map(Some));
    let mut pixels = Vec::new();
    for panel in panels {
        let picture = &session.loaded(panel.side.unwrap()).unwrap().picture;
        let shown = render_view(picture, panel.view.as_ref().unwrap(), &|| false).unwrap();
        assert_eq!((shown.width(), shown.height()), (panel.rect.width, panel.rect.height));
        pixels.extend(shown.to_rgba8());
    }
    assert_eq!(sha256_hex(&pixels), PANELS);
}

#[test]
fn the_exporters_file_is_the_same_every_time() {
    assert!(exported() == exported());
}

#[test]
fn a_difference_of_one_pixel_is_seen() {
    let one = RgbImage::from_pixel(4, 3, image::Rgb([10, 20, 30]));
    let mut other = one.clone();
    assert_eq!(difference(&one, &other), Some((0, 0)));
    other.put_pixel(2, 1, image::Rgb([10, 23, 30]));
    assert_eq!(difference(&one, &other), Some((1, 3)));
    assert_eq!(difference(&one, &RgbImage::new(3, 4)), None);
}
