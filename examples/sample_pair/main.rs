//! Draws the bundled sample pair: two renders of one face.
//!
//! Usage: `sample_pair OUT_DIR [other]`. Writes `a.jpg`, `b.jpg`, `landmarks.csv` and
//! `sample.diptych.ron`, the session that opens them marked and aligned; with `other` a small pair
//! of a face of other proportions and its landmarks, for tests.
//! Both renders sample one function of the face plane, each through its own
//! similarity, so they share their geometry exactly and the landmarks are
//! exact projections of the shapes drawn. Only the finish differs.

mod eyes;
mod finish;
mod glasses;
mod hair;
mod light;
mod maths;
mod mouth;
mod noise;
mod other;
mod relief;
mod scene;
mod shape;
mod skin;
mod strokes;
mod teeth;
mod view;

use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use diptych::{
    document::{Document, Edit, Side},
    session::{Command, Session, run_to_quiet},
    storage::{RecentSessions, recipe, write_whole},
};
use finish::Finish;
use jpeg_encoder::{ColorType, Encoder, SamplingFactor};
use light::Field;
use maths::Point;
use scene::Scene;
use view::View;

/// Quality of the written pictures.
const QUALITY: u8 = 92;

/// Where the face lies in the first picture.
const VIEW_A: View =
    View { width: 1536, height: 1536, scale: 580.0, roll: 0.0, origin: [768.0, 946.0] };

/// Where the face lies in the second picture.
const VIEW_B: View =
    View { width: 1408, height: 1760, scale: 580.0 * 0.87, roll: 4.0, origin: [683.5, 932.25] };

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args_os().skip(1);
    let folder = arguments.next().ok_or("usage: sample_pair OUT_DIR [other]")?;
    let folder = PathBuf::from(folder);
    std::fs::create_dir_all(&folder)?;
    let field = Field::new();
    if arguments.next().is_some_and(|argument| argument == "other") {
        return other::write(&folder, &field);
    }
    let a = folder.join("a.jpg");
    draw(&a, &VIEW_A, &finish::PROCESSED, &field, |p| p)?;
    let b = folder.join("b.jpg");
    draw(&b, &VIEW_B, &finish::PHOTOGRAPHIC, &field, |p| p)?;
    let table = folder.join("landmarks.csv");
    write_whole(&table, landmarks([&VIEW_A, &VIEW_B], &shape::landmarks())?.as_bytes())?;
    write_session(&a, &b, &table, &folder.join("sample.diptych.ron"))
}

/// Makes the session of the pair, marked and labelled.
fn write_session(a: &Path, b: &Path, table: &Path, to: &Path) -> Result<(), Box<dyn Error>> {
    let document = Document::new(recipe(None)?);
    let mut session = Session::new(document, RecentSessions::default());
    let label =
        |side, label: &str| Command::Edit(Edit::SetLabel { side, label: label.to_owned() }, None);
    let commands = [
        Command::OpenPicture(Side::A, a.to_owned()),
        Command::OpenPicture(Side::B, b.to_owned()),
        label(Side::A, "Processed"),
        label(Side::B, "Photographic"),
        Command::ImportLandmarks(table.to_owned(), None),
        Command::Save(to.to_owned()),
    ];
    run_to_quiet(&mut session, commands);
    Ok(())
}

/// Draws one picture of a pair and writes it. `drawn` takes a point of its face to the face that
/// the shapes describe.
fn draw(
    path: &Path,
    view: &View,
    finish: &Finish,
    field: &Field,
    drawn: impl Fn(Point) -> Point + Sync,
) -> Result<(), Box<dyn Error>> {
    let scene = Scene::new(field, finish);
    let pixels = view.render(finish, |p| scene.colour(drawn(p)));
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
