//! One station of the way from two files to a card, made whenever a line comes in, so that it can be
//! timed in turn with other programs (`compare.sh`). Prints the milliseconds each time took.
//!
//! ```text
//! similarity PICTURE nearest|bilinear|catmull-rom|lanczos3 linear|encoded
//! spline     PICTURE KERNEL PAIRS
//! decode     PICTURE...
//! refine     PICTURE
//! delta-e    PICTURE PICTURE
//! ```

use std::{
    io::{BufRead as _, Write as _},
    path::Path,
    time::Instant,
};

use diptych::{
    geometry::{
        Image, ImagePoint, Kernel, Map, Method, Model, Output, OutputPoint, Pair, Similarity, Warp,
        fit,
    },
    raster::{Comparison, Light, Picture, View, compare, render_view, render_view_in},
    register::refine,
    storage::{Limits, read_picture},
};

/// The similarity of the resampling stations: a turn and a scale about the picture's middle.
const TURN: f64 = 7.3;
const SCALE: f64 = 1.27;
const SHIFT: (f64, f64) = (13.37, -8.61);

type Station = Box<dyn FnMut() -> String>;

#[expect(clippy::disallowed_methods, reason = "a bench asks the clock")]
#[expect(clippy::print_stdout, reason = "who times it reads it there")]
fn main() {
    // What `cargo bench` adds says nothing here.
    let arguments: Vec<String> =
        std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let Some(mut station) = station(&words) else {
        return;
    };
    for line in std::io::stdin().lock().lines() {
        if line.is_err() {
            break;
        }
        let start = Instant::now();
        let said = station();
        let took = start.elapsed().as_secs_f64() * 1e3;
        println!("{took:.4} {said}");
        std::io::stdout().flush().ok();
    }
}

fn station(words: &[&str]) -> Option<Station> {
    Some(match words {
        ["similarity", path, kernel, light] => similarity(&picture(path), kernel, light),
        ["spline", path, kernel, pairs] => spline(&picture(path), kernel, Path::new(pairs)),
        ["decode", paths @ ..] => decode(paths),
        ["refine", path] => refinement(picture(path)),
        ["delta-e", a, b] => delta_e(picture(a), picture(b)),
        _ => return None,
    })
}

fn picture(path: &str) -> Picture {
    read_picture(Path::new(path), Limits::default()).expect("a picture").picture
}

fn kernel(name: &str) -> Kernel {
    Kernel::ALL.into_iter().find(|kernel| kernel.id() == name).expect("a kernel")
}

fn view_station<M: Map<Image, Output> + 'static>(picture: &Picture, view: View<M>) -> Station {
    let picture = picture.clone();
    let mut spare = Vec::new();
    Box::new(move || {
        let memory = std::mem::take(&mut spare);
        let shown = render_view_in(memory, &picture, &view, &|| false).expect("a view");
        let said = format!("{:?}", shown.rgba8_at(view.width / 2, view.height / 2));
        spare = shown.into_spare();
        said
    })
}

#[expect(clippy::cast_precision_loss, reason = "pixel counts are small")]
fn similarity(picture: &Picture, name: &str, light: &str) -> Station {
    let (width, height) = (picture.width(), picture.height());
    let middle = (width as f64 / 2.0, height as f64 / 2.0);
    let forward: Similarity<Output, Image> = Similarity::about(
        SCALE,
        TURN.to_radians(),
        ImagePoint::new(middle.0, middle.1),
        OutputPoint::new(middle.0 + SHIFT.0, middle.1 + SHIFT.1),
    );
    let light = if light == "linear" { Light::Linear } else { Light::Encoded };
    let map: Warp<Output> = forward.inverse().into();
    view_station(picture, View { light, ..View::new(map, kernel(name), (width, height)) })
}

/// Pairs of the picture and of the output, four numbers a line.
fn spline(picture: &Picture, name: &str, pairs: &Path) -> Station {
    let text = std::fs::read_to_string(pairs).expect("a file of pairs");
    let pairs: Vec<Pair> = text
        .lines()
        .map(|line| {
            let numbers: Vec<f64> =
                line.split_whitespace().map(|word| word.parse().expect("a number")).collect();
            let [x, y, to_x, to_y] = numbers[..] else { panic!("four numbers a line") };
            Pair { a: ImagePoint::new(to_x, to_y), b: ImagePoint::new(x, y), weight: 1.0 }
        })
        .collect();
    let (picture, kernel) = (picture.clone(), kernel(name));
    let size = (picture.width(), picture.height());
    let corner = (OutputPoint::new(0.0, 0.0), ImagePoint::new(0.0, 0.0));
    let one: Similarity<Image, Output> = Similarity::about(1.0, 0.0, corner.0, corner.1);
    Box::new(move || {
        let method = Method { model: Model::ThinPlateSpline, smoothing: 0.0 };
        let warp = fit(method, &pairs).expect("a spline").after(one);
        let shown = render_view(&picture, &View::new(warp, kernel, size), &|| false);
        format!("{:?}", shown.expect("a view").rgba8_at(size.0 / 2, size.1 / 2))
    })
}

/// All at once, as many threads as there are pictures.
fn decode(paths: &[&str]) -> Station {
    let paths: Vec<String> = paths.iter().map(|path| (*path).to_owned()).collect();
    Box::new(move || {
        std::thread::scope(|scope| {
            for path in &paths[1..] {
                scope.spawn(|| picture(path));
            }
            format!("{}", picture(&paths[0]).width())
        })
    })
}

/// The middle of a picture, looked for in itself from some pixels away.
#[expect(clippy::cast_precision_loss, reason = "pixel counts are small")]
fn refinement(picture: Picture) -> Station {
    let at =
        ImagePoint::new((picture.width() / 2) as f64 + 0.5, (picture.height() / 2) as f64 + 0.5);
    let same: Similarity<Image, Image> = Similarity::about(1.0, 0.0, at, at);
    Box::new(move || {
        let found = refine(&picture, at, &picture, at.offset(9.0, -7.0), &same).expect("found");
        format!("{:.4}", found.at.distance(at))
    })
}

fn delta_e(a: Picture, b: Picture) -> Station {
    Box::new(move || {
        let map = compare(&a, &b, Comparison::DeltaE, &|| false).expect("of one size");
        format!("{:?}", map.rgba8_at(0, 0))
    })
}
