//! What a frame costs the processor while both panes are dragged, six loupes below them: input, the
//! window's own code, and its shapes turned into triangles. Views are made on threads meanwhile, as in
//! the program; what the graphics card does is not in it.

use std::{
    path::Path,
    time::{Duration, Instant},
};

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use diptych::{
    document::{Document, Edit, History, Mark, PerSide, Side, Source},
    geometry::{Image, ImagePoint, Similarity},
    raster::{Picture, Pixels},
    session::{Command, Workers},
    storage::{PictureFormat, RecentSessions, encode_picture, hash_of, recipe, write_session},
    ui::{App, Dialogs, dress},
};
use egui::{Event, Modifiers, PointerButton, Pos2};
use egui_kittest::Harness;

const WINDOW: [f32; 2] = [1920.0, 1080.0];
const SIZES: [(&str, usize, usize); 2] = [("4.2 MP", 2048, 2048), ("108 MP", 12_000, 9000)];
/// Loupes that the recipe places.
const N_LOUPES: usize = 6;

fn write_picture(path: &Path, width: usize, height: usize) {
    let byte = |n: usize| u8::try_from(n % 256).unwrap_or(0);
    let texel = |x: usize, y: usize| [byte(x / 3 + y), byte(x * y / 700), byte(y * 2), 255];
    let pixels = (0..height).flat_map(|y| (0..width).map(move |x| texel(x, y))).collect();
    let picture = Picture::new(width, height, Pixels::Rgba8(pixels)).expect("a sound size");
    let file = encode_picture(&picture, PictureFormat::Png).expect("a PNG");
    #[expect(clippy::disallowed_methods, reason = "a file of the bench's own")]
    std::fs::write(path, file).expect("written");
}

/// A pair whose face fills the pictures, B rolled by four degrees.
#[expect(clippy::cast_precision_loss, reason = "pixel counts are small")]
fn write_pair(folder: &Path, (width, height): (usize, usize)) -> std::path::PathBuf {
    let mut document = Document::new(recipe(None).expect("the default recipe"));
    let source = |name: &str| {
        let path = folder.join(name);
        write_picture(&path, width, height);
        let side = |n: usize| u32::try_from(n).expect("a sound size");
        let sha256 = hash_of(&path).expect("a file");
        Some(Source { path, sha256, width: side(width), height: side(height) })
    };
    document.sources = PerSide::new(source("a.png"), source("b.png"));
    let middle = ImagePoint::new(width as f64 / 2.0, height as f64 * 0.63);
    let b_from_a: Similarity<Image, Image> = Similarity::about(0.9, 0.07, middle, middle);
    let unit = height as f64 * 0.36;
    let mut history = History::new(document);
    for landmark in history.document().recipe.landmarks.clone() {
        let (x, y) = landmark.mean;
        let a = middle.offset(unit * x, unit * y);
        let at = PerSide::new(Mark::confirmed(a), Mark::confirmed(b_from_a.apply(a)));
        history.edit(Edit::AddPair { name: landmark.name, at }, None).expect("a landmark");
    }
    let path = folder.join("pair.diptych");
    write_session(history.document(), &path).expect("written");
    path
}

fn window(session: &Path, sample: std::path::PathBuf) -> Harness<'static, App> {
    let workers = Workers::start(|| ()).expect("threads");
    let mut harness =
        Harness::builder().with_size(WINDOW).with_step_dt(1.0 / 60.0).build_eframe(move |cc| {
            dress(&cc.egui_ctx);
            let (recent, dialogs) = (RecentSessions::default(), Dialogs::scripted([]));
            App::new(recent, dialogs, Some(workers), sample)
        });
    harness.state_mut().send(Command::OpenSession(session.to_owned()));
    let is_there = |harness: &Harness<'_, App>| {
        Side::BOTH.into_iter().all(|side| harness.state().session().loaded(side).is_some())
    };
    while !is_there(&harness) {
        harness.step();
        std::thread::sleep(Duration::from_millis(10));
    }
    // Until views are made and stand-in tiles are there.
    for _ in 0..120 {
        harness.step();
        std::thread::sleep(Duration::from_millis(10));
    }
    assert_eq!(harness.state().session().document().loupes.len(), N_LOUPES);
    harness
}

/// A frame with the pointer at a new place.
#[expect(clippy::disallowed_methods, reason = "a bench asks the clock")]
fn frame(harness: &mut Harness<'_, App>, at: Pos2) -> Duration {
    harness.event(Event::PointerMoved(at));
    let start = Instant::now();
    harness.step();
    let shapes = harness.output().shapes.clone();
    let scale = harness.ctx.pixels_per_point();
    std::hint::black_box(harness.ctx.tessellate(shapes, scale));
    start.elapsed()
}

fn press(harness: &mut Harness<'_, App>, pos: Pos2, pressed: bool) {
    let (button, modifiers) = (PointerButton::Middle, Modifiers::NONE);
    harness.event(Event::PointerButton { pos, button, pressed, modifiers });
    harness.step();
}

fn panning(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("a frame while panning, both panes and six loupes");
    group.sample_size(60);
    for (name, width, height) in SIZES {
        let folder = tempfile::tempdir().expect("a folder");
        let session = write_pair(folder.path(), (width, height));
        let mut harness = window(&session, folder.path().join("sample"));
        let pane = harness.state().panes().a;
        let place = |step: u32| {
            #[expect(clippy::cast_precision_loss, reason = "small numbers")]
            let angle = step as f32 / 40.0;
            pane.center() + egui::vec2(angle.cos(), angle.sin()) * 150.0
        };
        let mut step = 0;
        let view = |harness: &Harness<'_, App>| harness.state().session().pane_view(Side::B);
        let before = view(&harness);
        press(&mut harness, place(step), true);
        frame(&mut harness, place(20));
        assert_ne!(view(&harness), before, "both panes move");
        group.bench_function(BenchmarkId::from_parameter(name), |bench| {
            bench.iter_custom(|n| {
                (0..n)
                    .map(|_| {
                        step += 1;
                        frame(&mut harness, place(step))
                    })
                    .sum()
            });
        });
        press(&mut harness, place(step), false);
    }
    group.finish();
}

criterion_group!(benches, panning);
criterion_main!(benches);
