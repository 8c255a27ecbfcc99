//! Renders the bundled sample pair: two finishes of one made-up face.
//!
//! Usage: `sample_pair OUT_DIR [other|eye]`. Writes `a.jpg`, `b.jpg`, `landmarks.csv` and
//! `sample.diptych.ron`, the session that opens them marked, aligned and judged; with `other` a
//! small pair of a face of other proportions and its landmarks, and with `eye` small crops of one
//! eye, both for tests.
//!
//! The face is a relief of rounded forms. Rays from a window, a strip and the room are traced over
//! it once on a grid; how light spreads under the skin, pores, hairs, lips, teeth, eyes and glasses
//! follow per sample. The relief is symmetric and looks straight ahead: how the head is turned and
//! what is uneven in it is a map between the picture plane and the forms. Both renders sample one
//! function of the picture plane, each through its own similarity and one lens, so they share their
//! geometry exactly and the landmarks are exact projections of the forms. Only the finish differs,
//! and each of its parameters is a known defect.

mod backdrop;
mod bake;
mod body;
mod eyes;
mod field;
mod finish;
mod frame;
mod glasses;
mod hair;
mod judged;
mod lens;
mod lids;
mod light;
mod lips;
mod maths;
mod mouth;
mod noise;
mod nose;
mod other;
mod pose;
mod relief;
mod scene;
mod shape;
mod skin;
mod strands;
mod strokes;
mod surface;
mod teeth;
mod view;

use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use diptych::storage::write_whole;
use finish::Finish;
use jpeg_encoder::{ColorType, Encoder, SamplingFactor};
use maths::Point;
use scene::{Model, Scene};
use view::View;

/// Quality of the written pictures.
const QUALITY: u8 = 92;

/// Cells per face unit of the grid on which the pair is lit.
const DENSITY: f64 = 420.0;

/// The same for small pictures.
const SMALL_DENSITY: f64 = 240.0;

/// Pixels per face unit of the first picture.
const SCALE: f64 = 600.0;

/// Where the face lies in the first picture.
const VIEW_A: View = View {
    width: 1536,
    height: 1536,
    scale: SCALE,
    roll: 0.0,
    origin: [768.0, 1001.0],
    samples: 3,
};

/// Where the face lies in the second picture.
const VIEW_B: View = View {
    width: 1344,
    height: 1472,
    scale: SCALE * 0.87,
    roll: 4.0,
    origin: [652.5, 920.25],
    samples: 3,
};

/// Where the face lies in the crops of an eye.
const VIEW_EYE: View =
    View { width: 512, height: 448, scale: 560.0, roll: 0.0, origin: [-40.0, 852.0], samples: 3 };

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args_os().skip(1);
    let folder = arguments.next().ok_or("usage: sample_pair OUT_DIR [other|eye]")?;
    let folder = PathBuf::from(folder);
    std::fs::create_dir_all(&folder)?;
    match arguments.next().and_then(|argument| argument.into_string().ok()).as_deref() {
        Some("other") => other::write(&folder, &Model::new(SMALL_DENSITY)),
        Some("eye") => write_eye(&folder, &Model::new(DENSITY)),
        Some(word) => Err(format!("\"{word}\" is neither \"other\" nor \"eye\"").into()),
        None => write_pair(&folder, &Model::new(DENSITY)),
    }
}

/// Writes the bundled pair, its landmarks and its session.
fn write_pair(folder: &Path, model: &Model) -> Result<(), Box<dyn Error>> {
    let a = folder.join("a.jpg");
    draw(&a, &VIEW_A, &finish::PROCESSED, model, |p| p)?;
    let b = folder.join("b.jpg");
    draw(&b, &VIEW_B, &finish::PHOTOGRAPHIC, model, |p| p)?;
    let table = folder.join("landmarks.csv");
    write_whole(&table, landmarks([&VIEW_A, &VIEW_B], &shape::landmarks())?.as_bytes())?;
    judged::write_session([&a, &b], &table, [&VIEW_A, &VIEW_B], &folder.join("sample.diptych.ron"))
}

/// Writes crops of the eye at positive x in both finishes.
fn write_eye(folder: &Path, model: &Model) -> Result<(), Box<dyn Error>> {
    draw(&folder.join("eye_a.jpg"), &VIEW_EYE, &finish::PROCESSED, model, |p| p)?;
    draw(&folder.join("eye_b.jpg"), &VIEW_EYE, &finish::PHOTOGRAPHIC, model, |p| p)
}

/// Draws one picture of a pair and writes it. `drawn` takes a point of its face to the face that
/// the forms describe.
fn draw(
    path: &Path,
    view: &View,
    finish: &Finish,
    model: &Model,
    drawn: impl Fn(Point) -> Point + Sync,
) -> Result<(), Box<dyn Error>> {
    let scene = Scene::new(model, finish);
    let pixels = view.render(finish, |p| scene.colour(drawn(p)), |p| scene.height(drawn(p)));
    let mut encoder = Encoder::new_file(path, QUALITY)?;
    encoder.set_sampling_factor(SamplingFactor::F_1_1);
    encoder.encode(&pixels, view.width, view.height, ColorType::Rgb)?;
    Ok(())
}

/// The table of landmarks in both pictures.
fn landmarks(
    views: [&View; 2],
    points: &[(&'static str, Point)],
) -> Result<String, std::fmt::Error> {
    let mut table = String::from("name,ax,ay,bx,by\n");
    for (name, point) in points {
        let [a, b] = views.map(|view| view.project(*point));
        writeln!(table, "{name},{:.4},{:.4},{:.4},{:.4}", a[0], a[1], b[0], b[1])?;
    }
    Ok(table)
}
