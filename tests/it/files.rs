//! The files that come with the program: the sample, recipes, presets, fonts, and what no file may
//! hold.

use std::{
    fs,
    path::{Path, PathBuf},
};

use diptych::{
    document::{Belongs, Finding, Footing, Mark, PerSide, Preset, Recipe, Registration, Side},
    geometry::{Model, fit_model},
    session::{Command, run_to_quiet},
    storage::{
        LandmarkFile, Library, Limits, presets, read_landmarks, read_picture, read_session, recipe,
        sample, write_session_text,
    },
};
use tempfile::TempDir;

use crate::session::fresh;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The files below `folder` whose path `is_wanted`, in the order of their names.
fn files_below(folder: &Path, is_wanted: &dyn Fn(&Path) -> bool) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
        .into_iter()
        .filter(|path| is_wanted(path))
        .flat_map(|path| if path.is_dir() { files_below(&path, is_wanted) } else { vec![path] })
        .collect()
}

fn sample_session() -> PathBuf {
    root().join("assets/sample/sample.diptych.ron")
}

#[test]
fn the_sample_opens_without_a_word_and_its_sources_are_those_it_was_made_with() {
    let mut session = fresh();
    run_to_quiet(&mut session, [Command::OpenSession(sample_session())]);
    assert_eq!(session.notices(), []);
    assert!(!session.is_unsaved());
    assert!(session.is_linked());
    for side in Side::BOTH {
        let source = session.document().sources[side].clone().unwrap();
        let decoded = read_picture(&source.path, Limits::default()).unwrap();
        assert_eq!(decoded.info.sha256, source.sha256, "side {side}");
        let size = (decoded.picture.width(), decoded.picture.height());
        assert_eq!(size, (source.width as usize, source.height as usize), "side {side}");
        assert_eq!(decoded.info.warnings, Vec::<String>::new());
        assert!(source.path.starts_with(root().join("assets/sample")), "it lies beside it");
    }
}

#[test]
fn the_samples_twelve_landmarks_fit_and_are_those_of_the_list() {
    let document = read_session(&sample_session()).unwrap();
    assert_eq!(document.landmarks.len(), 12);
    let path = root().join("assets/sample/landmarks.csv");
    let file = read_landmarks(&path, None, PerSide::default()).unwrap();
    let LandmarkFile::Pairs(listed) = file else { panic!("{file:?}") };
    for (landmark, pair) in document.landmarks.iter().zip(&listed) {
        assert_eq!(landmark.name, pair.name);
        assert_eq!(landmark.at, pair.at.map(|at| at.map(Mark::confirmed)), "{}", pair.name);
    }
    assert_eq!(listed.len(), 12);
    let registration = Registration::of(&document);
    assert_eq!(registration.footing, Footing::Fitted);
    assert_eq!(registration.model, document.model);
    let rms = registration.residuals.rms.expect("twelve pairs have some to spare");
    assert!(rms < 0.01, "RMS {rms} px");
    assert!(registration.landmarks.iter().all(|entry| !entry.of.flagged));
    assert!(!registration.has_unconfirmed);
    let area = document.sources.map(|source| source.unwrap().area());
    for landmark in &document.landmarks {
        for (side, mark) in landmark.at.iter() {
            let (at, size) = (mark.unwrap().at, area[side].max);
            let is_inside = at.x > 0.0 && at.y > 0.0 && at.x < size.x && at.y < size.y;
            assert!(is_inside, "{} lies outside {side}", landmark.name);
        }
    }
}

#[test]
fn the_other_face_is_one_face_in_two_finishes_and_of_other_proportions() {
    let pairs = |path: &str| {
        let file = read_landmarks(&root().join(path), None, PerSide::default()).unwrap();
        let LandmarkFile::Pairs(listed) = file else { panic!("{file:?}") };
        let both = listed.into_iter().map(|pair| pair.at.both().unwrap());
        both.map(|at| (at.a, at.b)).collect::<Vec<_>>()
    };
    let other = pairs("tests/fixtures/other_landmarks.csv");
    let fit = fit_model(Model::Similarity, &other).unwrap();
    let off = other.iter().map(|(a, b)| fit.apply(*b).distance(*a)).fold(0.0, f64::max);
    assert!(off < 0.01, "{off} px");
    let sample = pairs("assets/sample/landmarks.csv");
    let between: Vec<_> = sample.iter().zip(&other).map(|(s, o)| (s.0, o.0)).collect();
    let fit = fit_model(Model::Similarity, &between).unwrap();
    let unit = sample[0].0.distance(sample[1].0);
    let off = between.iter().map(|(s, o)| fit.apply(*o).distance(*s)).fold(0.0, f64::max);
    assert!(off > 0.02 * unit, "proportions differ by {off} px of {unit}");
    for [a, b] in [["other_a.jpg", "other_b.jpg"], ["eye_a.jpg", "eye_b.jpg"]] {
        for name in [a, b] {
            let path = root().join("tests/fixtures").join(name);
            let picture = read_picture(&path, Limits::default()).unwrap().picture;
            assert!(picture.width() >= 400 && picture.height() >= 400, "{name}");
        }
    }
}

#[test]
fn the_sample_is_judged() {
    let document = read_session(&sample_session()).unwrap();
    let on =
        |side: Side| document.findings.iter().filter(|of| of.belongs == Belongs::To(side)).count();
    assert!(on(Side::A) >= 10 && on(Side::B) >= 3, "defects of A, strengths of B");
    let library = Library::built_in();
    let known = |of: &Finding| {
        library.taxonomy.defects.iter().any(|known| Some(&known.code) == of.code.as_ref())
    };
    assert!(document.findings.iter().all(known), "codes and words of the list");
    assert!(document.findings.iter().all(|finding| !finding.note.is_empty()));
    let asked = &document.recipe.questions;
    assert!(asked.iter().all(|of| document.verdict(of).is_some_and(|of| of.answer.is_some())));
}

#[test]
fn the_sample_names_the_built_in_recipe_and_is_written_as_it_would_be_today() {
    let document = read_session(&sample_session()).unwrap();
    assert_eq!(document.recipe, recipe(None).unwrap());
    let text = fs::read_to_string(sample_session()).unwrap();
    assert_eq!(write_session_text(&document, &sample_session()), text);
}

#[test]
fn the_sample_that_is_unpacked_is_the_one_in_the_assets() {
    let folder = TempDir::new().unwrap();
    let session = sample(&folder.path().join("new/sample")).unwrap();
    assert_eq!(session.file_name(), sample_session().file_name());
    let names = ["a.jpg", "b.jpg", "sample.diptych.ron"];
    for name in names {
        let unpacked = fs::read(session.with_file_name(name)).unwrap();
        assert!(unpacked == fs::read(sample_session().with_file_name(name)).unwrap(), "{name}");
    }
}

/// Checks that a recipe speaks only of its own landmarks.
fn check_recipe(recipe: &Recipe) {
    let name = &recipe.name;
    for (idx, landmark) in recipe.landmarks.iter().enumerate() {
        let is_new = recipe.landmarks[..idx].iter().all(|other| other.name != landmark.name);
        assert!(is_new, "{name}: two landmarks are named {}", landmark.name);
        let words = [&landmark.name, &landmark.term, &landmark.hint];
        assert!(words.iter().all(|text| !text.trim().is_empty()), "{name}: {landmark:?}");
    }
    let (first, second) = recipe.face_unit.as_ref().expect("a recipe has a face unit");
    for (end, x) in [(first, -0.5), (second, 0.5)] {
        let mean = recipe.landmark(end).unwrap_or_else(|| panic!("{name}: {end} is unknown")).mean;
        assert_eq!(mean, (x, 0.0), "{name}: {end} is half a face unit from the middle");
    }
    for loupe in &recipe.loupes {
        assert!(!loupe.near.is_empty(), "{name}: {} has no anchor", loupe.name);
        for anchor in &loupe.near {
            assert!(recipe.landmark(anchor).is_some(), "{name}: {}: {anchor}", loupe.name);
        }
        assert!(loupe.width > 0.0 && loupe.width < 1.5, "{name}: {}", loupe.name);
    }
    assert!(recipe.crop.is_some_and(|(_, width, height)| width > 0.0 && height > 0.0), "{name}");
}

#[test]
fn every_recipe_is_built_in_and_speaks_only_of_its_own_landmarks() {
    let is_recipe = |path: &Path| path.extension().is_some_and(|extension| extension == "ron");
    let files = files_below(&root().join("assets/recipes"), &is_recipe);
    assert!(!files.is_empty());
    for file in files {
        let name = file.file_stem().unwrap().to_str().unwrap();
        let recipe = recipe(Some(name)).unwrap();
        assert_eq!(recipe.name, name);
        check_recipe(&recipe);
    }
    assert!(recipe(Some("no such recipe")).is_err_and(|why| why.contains("no such recipe")));
}

#[test]
fn the_presets_parse_and_the_default_one_stands_first() {
    let presets = presets();
    assert_eq!(presets.first(), Some(&Preset::default()));
    let text = fs::read_to_string(root().join("assets/presets.ron")).unwrap();
    assert_eq!(presets.len(), text.matches("(name:").count());
    assert!(text.contains("read_on: \"20"), "the month in which the guides were read");
    for (idx, preset) in presets.iter().enumerate() {
        assert!(presets[..idx].iter().all(|other| other.name != preset.name), "{}", preset.name);
        assert!(preset.width > 2 * preset.margin_x && preset.height > 2 * preset.margin_y);
        assert!(preset.width.max(preset.height) <= 8192);
        assert!(preset.max_bytes.is_none_or(|max| max >= 900_000), "{}", preset.name);
    }
}

#[test]
fn every_font_has_its_licence_beside_it() {
    let is_font = |path: &Path| {
        path.is_dir() || path.extension().is_some_and(|ext| ext == "ttf" || ext == "otf")
    };
    let fonts = files_below(&root().join("assets"), &is_font);
    assert!(!fonts.is_empty());
    for font in fonts {
        let licence = fs::read_to_string(font.with_file_name("OFL.txt"));
        let licence = licence.unwrap_or_else(|_| panic!("{} has no licence", font.display()));
        assert!(licence.contains("SIL OPEN FONT LICENSE Version 1.1"), "{}", font.display());
        assert!(licence.contains("Copyright"), "{}", font.display());
    }
}

/// What no text may hold: folders of somebody's machine and hosts that packages came from. Written
/// in two halves, so that this file passes too.
const STRANGE: [(&str, &str); 11] = [
    ("/ho", "me/"),
    ("/ro", "ot/"),
    ("/wo", "rk/"),
    ("/tm", "p/"),
    ("/Use", "rs/"),
    ("C:", "\\"),
    ("crates", ".io"),
    ("sparse", "+http"),
    ("npm", "js"),
    ("arti", "factory"),
    ("replace", "-with"),
];

/// The lines of `text` that hold something strange.
fn strange_lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let needles = STRANGE.map(|(start, end)| [start, end].concat());
    (1..).zip(text.lines()).filter(move |(_, line)| needles.iter().any(|n| line.contains(n)))
}

#[test]
fn no_text_names_a_folder_of_some_machine_or_a_registry() {
    let skipped = ["target", ".git", "Cargo.lock"].map(|name| root().join(name));
    let files = files_below(root(), &|path| !skipped.iter().any(|skipped| path == skipped));
    let mut n_texts = 0;
    let mut faults = Vec::new();
    for file in files {
        let Ok(text) = String::from_utf8(fs::read(&file).unwrap()) else { continue };
        n_texts += 1;
        let name = file.strip_prefix(root()).unwrap().display().to_string();
        faults.extend(strange_lines(&text).map(|(at, line)| format!("{name}:{at}: {line}")));
    }
    assert!(n_texts > 60, "only {n_texts} texts were read");
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn a_planted_folder_is_caught() {
    for (start, end) in STRANGE {
        let text = format!("clean\nbefore {start}{end}after\n");
        assert_eq!(strange_lines(&text).map(|(at, _)| at).collect::<Vec<_>>(), [2]);
    }
    let clean = "https://example.org/networks, homework/, a/tmpfile, worked/x";
    assert_eq!(strange_lines(clean).count(), 0);
}
