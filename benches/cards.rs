//! How long a card takes that the composer shows: laid out, painted, and brought to the size of the
//! screen, of a pair of 16.8 megapixels a side.

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use diptych::{
    card::{Sources, lay_out, paint},
    document::{Document, Edit, History, Layout, Mark, PerSide, Preset, Source},
    geometry::{Image, ImagePoint, Kernel, Output, OutputPoint, Similarity, Warp},
    raster::{Picture, Pixels, View, render_view},
    storage::{presets, recipe, through_platform},
};

/// Pixels a side of both pictures.
const SIDE: usize = 4096;
/// The preview's place in a window of 1920 by 1080.
const PREVIEW: (f64, f64) = (1590.0, 930.0);

fn picture() -> Picture {
    let byte = |n: usize| u8::try_from(n % 256).unwrap_or(0);
    let texel = |x: usize, y: usize| [byte(x / 3 + y), byte(x * y / 700), byte(y * 2), 255];
    let pixels = (0..SIDE).flat_map(|y| (0..SIDE).map(move |x| texel(x, y))).collect();
    Picture::new(SIDE, SIDE, Pixels::Rgba8(pixels)).expect("a sound size")
}

/// A face that fills the pictures, B rolled by four degrees and a little smaller.
fn document() -> Document {
    let mut document = Document::new(recipe(None).expect("the default recipe"));
    let source = |name: &str| Source {
        path: name.into(),
        sha256: name.repeat(64),
        width: 4096,
        height: 4096,
    };
    document.sources = PerSide::new(Some(source("a")), Some(source("b")));
    let middle = ImagePoint::new(2048.0, 2600.0);
    let b_from_a: Similarity<Image, Image> = Similarity::about(0.9, 0.07, middle, middle);
    let mut history = History::new(document);
    for landmark in history.document().recipe.landmarks.clone() {
        let (x, y) = landmark.mean;
        let a = middle.offset(1500.0 * x, 1500.0 * y);
        let at = PerSide::new(Mark::confirmed(a), Mark::confirmed(b_from_a.apply(a)));
        history.edit(Edit::AddPair { name: landmark.name, at }, None).expect("a landmark");
    }
    Document::clone(history.document())
}

fn previews(criterion: &mut Criterion) {
    let picture = picture();
    // The pyramid is there once a picture is open.
    std::hint::black_box(picture.level(32));
    let sources = Sources { sides: PerSide::new(&picture, &picture), brand: None };
    let mut group = criterion.benchmark_group("card preview after a change");
    group.sample_size(10);
    for preset in presets().iter().filter(|preset| !preset.is_native) {
        let mut document = document();
        document.card.preset = Preset::clone(preset);
        let id = BenchmarkId::new("at the size of the screen", &preset.name);
        group.bench_with_input(id, &document, |bench, document| {
            bench.iter(|| {
                let scene = lay_out(document).expect("a card").remove(0);
                let scene = scene.scaled(scale_on_screen(scene.width, scene.height));
                paint(&scene, sources, &|| false, &|_| ()).expect("painted")
            });
        });
        let id = BenchmarkId::new("as written, brought to the screen", &preset.name);
        group.bench_with_input(id, &document, |bench, document| {
            bench.iter(|| {
                let scene = lay_out(document).expect("a card").remove(0);
                let card = paint(&scene, sources, &|| false, &|_| ()).expect("painted");
                on_screen(&card)
            });
        });
    }
    let mut document = document();
    document.card.layout = Layout::DiptychLoupes;
    let scene = lay_out(&document).expect("a card").remove(0);
    group.bench_function("laid out", |bench| bench.iter(|| lay_out(&document)));
    group.bench_function("painted", |bench| {
        bench.iter(|| paint(&scene, sources, &|| false, &|_| ()));
    });
    let card = paint(&scene, sources, &|| false, &|_| ()).expect("painted");
    group.bench_function("as posted", |bench| bench.iter(|| through_platform(&card)));
    group.finish();
}

#[expect(clippy::cast_precision_loss, reason = "card pixels")]
fn scale_on_screen(width: usize, height: usize) -> f64 {
    (PREVIEW.0 / width as f64).min(PREVIEW.1 / height as f64).min(1.0)
}

/// The card at the size of the screen.
fn on_screen(card: &Picture) -> Picture {
    #[expect(clippy::cast_precision_loss, reason = "card pixels")]
    let (width, height) = (card.width() as f64, card.height() as f64);
    let scale = scale_on_screen(card.width(), card.height());
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "card pixels")]
    let size = ((scale * width) as usize, (scale * height) as usize);
    let corner = (OutputPoint::new(0.0, 0.0), ImagePoint::new(0.0, 0.0));
    let map: Similarity<Image, Output> = Similarity::about(1.0 / scale, 0.0, corner.0, corner.1);
    render_view(card, &View::new(Warp::from(map), Kernel::CatmullRom, size), &|| false)
        .expect("shown")
}

criterion_group!(benches, previews);
criterion_main!(benches);
