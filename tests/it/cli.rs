//! The command line as others call it: the real program, its output, its exit status.

mod align;
mod blind;
mod check;
mod export;
mod faults;
mod findings;
mod inspect;
mod landmarks;
mod measure;
mod view;

use std::{
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use diptych::document::PerSide;
use serde_json::Value;
use tempfile::TempDir;

use crate::pictures::{places, write_pair};

/// A folder with the pair in it, where the program runs.
struct Place {
    folder: TempDir,
}

impl Place {
    /// A folder with `a.png` and `b.png`.
    fn with_pair() -> Self {
        let place = Self { folder: TempDir::new().unwrap() };
        write_pair(place.path());
        place
    }

    /// The same with the session `s.diptych.ron`, made with `n` landmark pairs and these arguments.
    #[track_caller]
    fn with_session(n_pairs: usize, arguments: &[&str]) -> Self {
        let place = Self::with_pair();
        place.write_landmarks(&csv(&places(n_pairs)));
        place.make_session(arguments);
        place
    }

    #[track_caller]
    fn make_session(&self, arguments: &[&str]) {
        let made = ["new", "a.png", "b.png", "-o", SESSION, "--landmarks", "l.csv"];
        let run = self.run(&[&made, arguments].concat());
        assert_eq!((run.status, run.stderr.as_str()), (0, ""));
    }

    fn write_landmarks(&self, text: &str) {
        fs::write(self.join("l.csv"), text).unwrap();
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn join(&self, name: &str) -> PathBuf {
        self.path().join(name)
    }

    /// The program, to be run here without a display and without the user's own folders.
    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_diptych"));
        command.args(arguments).current_dir(self.path());
        for name in ["DISPLAY", "WAYLAND_DISPLAY", "RUST_LOG", "RUST_BACKTRACE"] {
            command.env_remove(name);
        }
        for name in ["HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"] {
            command.env(name, self.join("home"));
        }
        command
    }

    fn run(&self, arguments: &[&str]) -> Run {
        Run::of(self.command(arguments).output().unwrap())
    }

    /// The object that a command prints; it must have nothing else to say.
    #[track_caller]
    fn json(&self, arguments: &[&str]) -> Value {
        let run = self.run(arguments);
        assert_eq!((run.status, run.stderr.as_str()), (0, ""), "{arguments:?}");
        run.json()
    }

    /// The names of all files here.
    fn files(&self) -> Vec<String> {
        let names = fs::read_dir(self.path()).unwrap().map(|entry| entry.unwrap().file_name());
        let mut names: Vec<String> = names.map(|name| name.into_string().unwrap()).collect();
        names.sort();
        names
    }
}

const SESSION: &str = "s.diptych.ron";

/// What came of a run.
#[derive(Debug)]
struct Run {
    status: i32,
    stdout: String,
    stderr: String,
}

impl Run {
    fn of(output: Output) -> Self {
        Self {
            status: output.status.code().expect("the program ends by itself"),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }

    #[track_caller]
    fn json(&self) -> Value {
        let value: Value = serde_json::from_str(&self.stdout).expect("one JSON object on stdout");
        assert!(value.is_object());
        value
    }
}

/// A landmark file of these places, named "point 1" on.
fn csv(places: &[PerSide<diptych::geometry::ImagePoint>]) -> String {
    let mut text = "name,ax,ay,bx,by\n".to_owned();
    for (n, PerSide { a, b }) in (1..).zip(places) {
        writeln!(text, "point {n},{:?},{:?},{:?},{:?}", a.x, a.y, b.x, b.y).unwrap();
    }
    text
}

/// Whether a value is what its key promises.
type Check = fn(&Value) -> bool;

/// Checks that `value` has each of these keys, with a value that its test accepts.
#[track_caller]
fn check_keys(value: &Value, keys: &[(&str, Check)]) {
    for (key, is_right) in keys {
        let found = value.get(key).unwrap_or_else(|| panic!("{key} is missing in {value}"));
        assert!(is_right(found), "{key} is {found}");
    }
}

fn is_number_or_null(value: &Value) -> bool {
    value.is_number() || value.is_null()
}

fn is_point(value: &Value) -> bool {
    value.as_array().is_some_and(|xy| xy.len() == 2 && xy.iter().all(Value::is_number))
}

#[track_caller]
fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or_else(|| panic!("{value} is no number"))
}

#[track_caller]
fn check_close(found: &Value, expected: f64) {
    assert!((number(found) - expected).abs() < 1e-9, "{found} instead of {expected}");
}

#[test]
fn a_new_session_holds_what_it_was_told() {
    let labels = ["--label-a", "SOUL 2", "--label-b", "Nano", "--model", "rigid"];
    let place = Place::with_session(3, &labels);
    let document = diptych::storage::read_session(&place.join(SESSION)).unwrap();
    assert_eq!(document.labels, PerSide::new("SOUL 2".to_owned(), "Nano".to_owned()));
    assert_eq!(document.model.name(), "rigid");
    let pairs: Vec<_> = document.landmarks.iter().map(|l| l.pair().unwrap()).collect();
    assert_eq!(pairs, places(3).iter().map(|place| (place.a, place.b)).collect::<Vec<_>>());
    let size = document.sources.map(|source| source.map(|s| (s.width, s.height)).unwrap());
    assert_eq!(size, crate::pictures::SIZES);
    assert_eq!(document.recipe, diptych::storage::recipe(None).unwrap());
}

#[test]
fn landmarks_of_one_side_each_are_paired_by_name_half_a_pixel_from_the_index() {
    let place = Place::with_pair();
    fs::write(place.join("a.tem"), "2\n10\t20\n30.5\t40\n0\n").unwrap();
    fs::write(place.join("b.tem"), "3\n1\t2\n3\t4\n5\t6\n0\n").unwrap();
    let landmarks = ["--landmarks-a", "a.tem", "--landmarks-b", "b.tem"];
    let run = place.run(&[&["new", "a.png", "b.png", "-o", SESSION][..], &landmarks].concat());
    assert_eq!(run.status, 0);
    assert!(run.stderr.contains("2 landmarks on side A, 3 on side B"), "{}", run.stderr);
    let landmarks = place.json(&["align", SESSION, "--json"])["landmarks"].clone();
    let places: Vec<_> = landmarks.as_array().unwrap().iter().map(|l| [&l["a"], &l["b"]]).collect();
    let expected = serde_json::json!([
        [[10.5, 20.5], [1.5, 2.5]],
        [[31.0, 40.5], [3.5, 4.5]],
        [null, [5.5, 6.5]]
    ]);
    assert_eq!(serde_json::to_value(places).unwrap(), expected);
}

#[test]
fn a_session_file_is_replaced_whole() {
    let place = Place::with_session(2, &[]);
    let first = fs::read(place.join(SESSION)).unwrap();
    place.make_session(&[]);
    assert_eq!(fs::read(place.join(SESSION)).unwrap(), first, "same input, same bytes");
    assert_eq!(place.files(), ["a.png", "b.png", "l.csv", SESSION], "nothing else is left");
}

#[test]
fn wrong_usage_exits_with_2_and_right_usage_with_0() {
    let place = Place::with_session(2, &[]);
    let wrong: [&[&str]; 12] = [
        &["--no-such-option"],
        &["align"],
        &["align", SESSION, "--model", "projective"],
        &["align", SESSION, "--map", "12"],
        &["align", SESSION, "--map", "x,y"],
        &["export", SESSION],
        &["export", SESSION, "-o", "c.png", "--preset", "billboard"],
        &["export", SESSION, "-o", "c.png", "--layout", "triptych"],
        &["export", SESSION, "-o", "c.png", "--format", "tiff"],
        &["inspect"],
        &["new", "a.png", "-o", "t.diptych.ron"],
        &["new", "a.png", "b.png", "-o", "t.diptych.ron", "--landmarks-a", "x.tem"],
    ];
    let before = place.files();
    for arguments in wrong {
        let run = place.run(arguments);
        assert_eq!(run.status, 2, "{arguments:?}: {run:?}");
        assert!(run.stdout.is_empty() && !run.stderr.is_empty(), "{arguments:?}: {run:?}");
    }
    assert_eq!(place.files(), before);
    for arguments in [&["--help"][..], &["--version"], &["inspect", "a.png"], &["align", SESSION]] {
        let run = place.run(arguments);
        assert_eq!((run.status, run.stderr.as_str()), (0, ""), "{arguments:?}");
        assert!(!run.stdout.is_empty(), "{arguments:?}");
    }
}

#[test]
fn demo_without_a_display_writes_its_card_and_says_so() {
    let place = Place { folder: TempDir::new().unwrap() };
    let run = place.run(&["demo"]);
    assert_eq!(run.status, 0, "{run:?}");
    assert!(run.stderr.contains("no display"), "{run:?}");
    assert!((run.stdout + &run.stderr).contains("./diptych-demo.png"));
    let card = image::open(place.join("diptych-demo.png")).unwrap();
    assert_eq!((card.width(), card.height()), (1080, 1350));
    let first = fs::read(place.join("diptych-demo.png")).unwrap();
    assert_eq!(place.run(&["demo"]).status, 0, "the pair is unpacked already");
    assert_eq!(fs::read(place.join("diptych-demo.png")).unwrap(), first);
    assert_eq!(place.files(), ["diptych-demo.alt.txt", "diptych-demo.png", "home"]);
}
