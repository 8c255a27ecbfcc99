//! How long the pictures take that the window shows: a pane's exact view at rest, a loupe, the
//! pyramid made when a picture is opened.

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use diptych::{
    geometry::{Image, ImagePoint, Kernel, Output, OutputPoint, Similarity},
    raster::{Comparison, Picture, Pixels, View, compare, render_view},
};

/// A pane of a window of 1920 by 1080.
const PANE: (usize, usize) = (800, 810);
/// One half of a loupe there.
const LOUPE: (usize, usize) = (165, 165);
/// Sides of 4.2, 16.8 and 108 megapixels.
const SIZES: [(&str, usize, usize); 3] =
    [("4.2 MP", 2048, 2048), ("16.8 MP", 4096, 4096), ("108 MP", 12_000, 9000)];

fn picture(width: usize, height: usize) -> Picture {
    let byte = |n: usize| u8::try_from(n % 256).unwrap_or(0);
    let texel = |x: usize, y: usize| [byte(x / 3 + y), byte(x * y / 700), byte(y * 2), 255];
    let pixels = (0..height).flat_map(|y| (0..width).map(move |x| texel(x, y))).collect();
    Picture::new(width, height, Pixels::Rgba8(pixels)).expect("a sound size")
}

#[expect(clippy::cast_precision_loss, reason = "pixel counts are small")]
fn view(picture: &Picture, magnification: f64, kernel: Kernel, size: (usize, usize)) -> View {
    let half = |n: usize| n as f64 / 2.0;
    let map: Similarity<Image, Output> = Similarity::about(
        1.0 / magnification,
        0.05,
        OutputPoint::new(half(size.0), half(size.1)),
        ImagePoint::new(half(picture.width()), half(picture.height())),
    );
    View::new(map.into(), kernel, size)
}

fn panes(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("pane at rest, rolled");
    group.sample_size(10);
    for (name, width, height) in SIZES {
        let source = picture(width, height);
        // The pyramid is there once a picture is open.
        std::hint::black_box(source.level(32));
        #[expect(clippy::cast_precision_loss, reason = "pixel counts are small")]
        let fit = PANE.0 as f64 / width as f64;
        for (what, magnification, kernel) in [
            ("fit, Catmull-Rom", fit, Kernel::CatmullRom),
            ("53 %, Catmull-Rom", 0.53, Kernel::CatmullRom),
            ("100 %, Catmull-Rom", 1.0, Kernel::CatmullRom),
            ("100 %, Lanczos-3", 1.0, Kernel::Lanczos3),
            ("800 %, nearest", 8.0, Kernel::Nearest),
        ] {
            let view = view(&source, magnification, kernel, PANE);
            group.bench_with_input(BenchmarkId::new(what, name), &view, |bench, view| {
                bench.iter(|| render_view(&source, view, &|| false));
            });
        }
        let view = view(&source, 4.0, Kernel::CatmullRom, LOUPE);
        group.bench_with_input(
            BenchmarkId::new("loupe, 4x, Catmull-Rom", name),
            &view,
            |b, view| {
                b.iter(|| render_view(&source, view, &|| false));
            },
        );
    }
    group.finish();
}

/// Both panes of that window in one place: each side's view, and what is computed of both.
fn comparisons(criterion: &mut Criterion) {
    const STAGE: (usize, usize) = (1602, 772);
    let mut group = criterion.benchmark_group("both sides in one place");
    group.sample_size(10);
    let one = picture(4096, 4096);
    let other = picture(4000, 4200);
    std::hint::black_box((one.level(32), other.level(32)));
    let views =
        [&one, &other].map(|source| (source, view(source, 0.53, Kernel::CatmullRom, STAGE)));
    let shown = || views.clone().map(|(source, view)| render_view(source, &view, &|| false).ok());
    group.bench_function("both views, 53 %, Catmull-Rom", |bench| bench.iter(shown));
    let [Some(a), Some(b)] = shown() else { return };
    for (name, how) in [
        ("CIEDE2000", Comparison::DeltaE),
        ("lightness", Comparison::Lightness),
        ("codes", Comparison::Absolute { gain: 4 }),
        ("onion skin", Comparison::Blend { share: 0.5 }),
    ] {
        group.bench_function(name, |bench| bench.iter(|| compare(&a, &b, how, &|| false)));
    }
    group.finish();
}

/// All that the window shows at rest of a pair of 108 megapixels: both panes and five loupes, in the
/// worst case; and what a difference in one place adds to them.
fn windows(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("the whole window, 108 MP");
    group.sample_size(10);
    let (_, width, height) = SIZES[2];
    let pair = [picture(width, height), picture(width - 80, height - 40)];
    for source in &pair {
        std::hint::black_box(source.level(32));
    }
    for (name, magnification) in [("53 %", 0.53), ("100 %", 1.0)] {
        let show = |size, magnification, kernel| {
            for source in &pair {
                let view = view(source, magnification, kernel, size);
                std::hint::black_box(render_view(source, &view, &|| false).ok());
            }
        };
        group.bench_function(BenchmarkId::new("panes and five loupes", name), |bench| {
            bench.iter(|| {
                show(PANE, magnification, Kernel::CatmullRom);
                for step in [1.0, 2.0, 3.0, 4.0, 8.0] {
                    let kernel = if step < 2.0 { Kernel::CatmullRom } else { Kernel::Nearest };
                    show(LOUPE, step, kernel);
                }
            });
        });
    }
    group.finish();
}

fn pyramids(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("pyramid");
    group.sample_size(10);
    let (name, width, height) = SIZES[1];
    group.bench_function(name, |bench| {
        bench.iter_with_setup(
            || picture(width, height),
            |source| {
                std::hint::black_box(source.level(32));
                source
            },
        );
    });
    group.finish();
}

criterion_group!(benches, panes, comparisons, windows, pyramids);
criterion_main!(benches);
