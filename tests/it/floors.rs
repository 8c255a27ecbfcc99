//! The floor plan, enforced on the sources: who may import whom, which crate lives in which room,
//! that rooms are entered by their doors, and how long a file may be.

mod paths;

use std::{collections::BTreeMap, fs, path::Path};

use paths::{paths_from, tokens};

/// Each room and the rooms it may import. A room that is not here may not exist.
const MAY_IMPORT: &[(&str, &[&str])] = &[
    ("geometry", &[]),
    ("document", &["geometry"]),
    ("raster", &["geometry"]),
    ("card", &["geometry", "raster", "document"]),
    ("measure", &["geometry", "raster", "document"]),
    ("register", &["geometry", "raster", "document"]),
    ("storage", &["geometry", "raster", "document"]),
    ("session", BELOW_THE_SESSION),
    ("cli", BELOW_THE_SHELLS),
    ("ui", BELOW_THE_SHELLS),
];
const BELOW_THE_SESSION: &[&str] =
    &["geometry", "document", "raster", "card", "measure", "register", "storage"];
const BELOW_THE_SHELLS: &[&str] =
    &["geometry", "document", "raster", "card", "measure", "register", "storage", "session"];

/// What may be named only in these rooms: a crate by how its name begins, or a part of `std`.
const LIVES_IN: &[(&str, &[&str])] = &[
    ("egui", &["ui"]),
    ("eframe", &["ui"]),
    ("clap", &["cli", "main.rs"]),
    ("rayon", &["raster"]),
    ("std::fs", &["storage"]),
    ("std::thread", &["session"]),
    ("thread::Builder", &["session"]),
    ("thread::spawn", &["session"]),
    ("thread::scope", &["session"]),
];
const MAX_LINES: usize = 400;

/// A source by its path from the crate's root, with forward slashes.
struct Source {
    path: String,
    text: String,
}

impl Source {
    /// `storage` for `src/storage/atomic.rs`, `main.rs` for `src/main.rs`; `None` outside `src`.
    fn room(&self) -> Option<&str> {
        self.path.strip_prefix("src/")?.split('/').next()
    }

    /// Whether it holds unit tests only.
    fn is_unit_test(&self) -> bool {
        self.path.starts_with("src/")
            && self.path.split('/').any(|part| part == "tests.rs" || part == "tests")
    }

    /// How many modules lie between it and the crate's root: 1 for `src/card/mod.rs`.
    fn depth(&self) -> usize {
        let parts: Vec<&str> = self.path.split('/').skip(1).collect();
        parts.len() - usize::from(parts.last() == Some(&"mod.rs"))
    }

    /// Every path into the crate, from its root on, however it is written.
    fn paths_into_the_crate(&self) -> Vec<Vec<String>> {
        let tokens = tokens(&self.text);
        let mut found = paths_from(&tokens, &["crate", "diptych"]);
        for mut path in paths_from(&tokens, &["super"]) {
            let n_supers = path.iter().take_while(|part| *part == "super").count();
            if n_supers == self.depth() {
                path.drain(..n_supers - 1);
                found.push(path);
            }
        }
        // `use crate::session::{self}` lets `session::Job` stand for the whole path.
        let rooms: Vec<String> =
            found.iter().filter(|path| path.len() == 2).map(|path| path[1].clone()).collect();
        for room in rooms {
            for short in paths_from(&tokens, &[&room]) {
                found.push(["crate".to_owned()].into_iter().chain(short).collect());
            }
        }
        found.into_iter().map(|path| path[1..].to_vec()).collect()
    }
}

/// What each room's `mod.rs` offers: what it defines or passes on for all to use.
fn doors(sources: &[Source]) -> BTreeMap<&str, Vec<String>> {
    let is_door = |source: &&Source| source.path.ends_with("/mod.rs") && source.depth() == 1;
    let door = |source| Some((Source::room(source)?, offered(&tokens(&source.text))));
    sources.iter().filter(is_door).filter_map(door).collect()
}

/// The items that a module makes public, modules apart. Methods are no items.
fn offered(tokens: &[String]) -> Vec<String> {
    let mut offered = Vec::new();
    let mut depth = 0;
    for (idx, token) in tokens.iter().enumerate() {
        match token.as_str() {
            "{" => depth += 1,
            "}" => depth -= 1,
            "pub" if depth == 0 => offered.extend(offered_by(&tokens[idx + 1..])),
            _ => (),
        }
    }
    offered
}

/// The names that one item offers, from the word after its `pub`.
fn offered_by(item: &[String]) -> Vec<String> {
    const KINDS: [&str; 7] = ["struct", "enum", "trait", "type", "fn", "const", "static"];
    // What only the crate may name, such as a macro, goes through the door like all else.
    let item = match item {
        [open, scope, close, item @ ..] if [open, scope, close] == ["(", "crate", ")"] => item,
        item => item,
    };
    if item[0] == "use" {
        let end = item.iter().position(|token| token == ";").unwrap_or(item.len());
        let paths = paths_from(&item[1..end], &[&item[1]]);
        return paths.into_iter().filter_map(|mut path| path.pop()).collect();
    }
    let n_kinds = item.iter().take_while(|word| KINDS.contains(&word.as_str())).count();
    if n_kinds > 0 { vec![item[n_kinds].clone()] } else { Vec::new() }
}

/// What is wrong with the imports of one source.
fn import_faults(source: &Source, doors: &BTreeMap<&str, Vec<String>>) -> Vec<String> {
    let (path, Some(room)) = (&source.path, source.room()) else { return Vec::new() };
    if source.path.split('/').count() < 3 {
        return Vec::new();
    }
    let Some((_, below)) = MAY_IMPORT.iter().find(|(name, _)| *name == room) else {
        return vec![format!("{path}: {room} has no place in the floor plan")];
    };
    let mut faults = Vec::new();
    for named in source.paths_into_the_crate() {
        let Some(other) = named.first().filter(|other| *other != room) else { continue };
        if !MAY_IMPORT.iter().any(|(name, _)| name == other) {
            continue;
        }
        if !below.contains(&other.as_str()) {
            faults.push(format!("{path}: {room} may not import {other}"));
        }
        let is_offered =
            |item: &String| doors.get(other.as_str()).is_some_and(|d| d.contains(item));
        if named.get(1).is_some_and(|item| !is_offered(item)) {
            faults.push(format!("{path}: {} goes round the door of {other}", named.join("::")));
        }
    }
    faults
}

/// Crates and parts of `std` that one source names outside their rooms.
fn stranger_faults(source: &Source) -> Vec<String> {
    let Some(room) = source.room().filter(|_| !source.is_unit_test()) else { return Vec::new() };
    let tokens = tokens(&source.text);
    let mut faults = Vec::new();
    for (name, homes) in LIVES_IN.iter().filter(|(_, homes)| !homes.contains(&room)) {
        let is_named = match name.split_once("::") {
            Some((root, part)) => paths_from(&tokens, &[root])
                .iter()
                .any(|path| path.get(1).is_some_and(|second| second == part)),
            None => tokens.iter().any(|token| token.starts_with(name)),
        };
        if is_named {
            faults.push(format!("{}: {name} lives in {}", source.path, homes.join(" and ")));
        }
    }
    faults
}

fn length_fault(source: &Source) -> Option<String> {
    let n_lines = source.text.lines().count();
    let is_long = n_lines > MAX_LINES && !source.is_unit_test();
    is_long.then(|| format!("{}: {n_lines} lines, {MAX_LINES} at most", source.path))
}

fn faults(sources: &[Source]) -> Vec<String> {
    let doors = doors(sources);
    let mut faults = Vec::new();
    for source in sources {
        faults.extend(import_faults(source, &doors));
        faults.extend(stranger_faults(source));
        faults.extend(length_fault(source));
    }
    faults
}

fn sources_below(folder: &str) -> Vec<Source> {
    let mut found = Vec::new();
    let Ok(entries) = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)) else {
        return found;
    };
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    for name in names {
        let path = format!("{folder}/{name}");
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(&path);
        if file.is_dir() {
            found.extend(sources_below(&path));
        } else if file.extension().is_some_and(|extension| extension == "rs") {
            found.push(Source { text: fs::read_to_string(file).unwrap(), path });
        }
    }
    found
}

#[test]
fn every_import_goes_down_by_the_door_and_every_crate_stays_in_its_room() {
    let sources = sources_below("src");
    assert!(sources.len() > 40, "only {} sources were found", sources.len());
    let doors = doors(&sources);
    let faults: Vec<String> = sources
        .iter()
        .flat_map(|source| [import_faults(source, &doors), stranger_faults(source)].concat())
        .collect();
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn no_file_is_longer_than_400_lines() {
    let folders = ["src", "tests", "examples", "benches"];
    let sources: Vec<Source> = folders.into_iter().flat_map(sources_below).collect();
    let faults: Vec<String> = sources.iter().filter_map(length_fault).collect();
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn every_room_of_the_crate_stands_on_a_floor() {
    let lib = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs")).unwrap();
    let tokens = tokens(&lib);
    let rooms: Vec<&String> =
        tokens.windows(2).filter(|pair| pair[0] == "mod").map(|pair| &pair[1]).collect();
    assert!(rooms.len() >= 8, "{rooms:?}");
    for room in rooms {
        assert!(MAY_IMPORT.iter().any(|(name, _)| name == room), "{room} stands on no floor");
    }
}

/// The faults of one made-up source beside a made-up session room.
fn faults_of(path: &str, text: &str) -> Vec<String> {
    let door = "mod job;\npub use job::{Job, run};\npub(crate) use job::told;\npub struct Session;\npub const MAX: u8 = 1;\n\
                pub const fn zero() -> u8 { 0 }\nmod view;\n\
                impl Session { pub fn view(&self) {} }\n";
    let door = Source { path: "src/session/mod.rs".into(), text: door.into() };
    faults(&[door, Source { path: path.into(), text: text.into() }])
}

#[test]
fn a_clean_source_has_no_faults() {
    let clean = "use crate::session::{self, Job, Session, run, told};\n\
                 use std::path::Path;\n\
                 // std::fs, crate::ui::App, egui\n\
                 fn f() -> &'static str { session::zero(); session::MAX; \"egui::Ui\" }\n";
    assert_eq!(faults_of("src/cli/view.rs", clean), Vec::<String>::new());
    let inner = "use super::job::Job;\nuse crate::session::job::run;\nuse std::thread;\n";
    assert_eq!(faults_of("src/session/view.rs", inner), Vec::<String>::new());
}

#[test]
fn a_planted_violation_is_caught() {
    let planted = [
        ("src/geometry/fit.rs", "use crate::document::Side;", "geometry may not import document"),
        ("src/raster/view.rs", "use crate::{document::Side};", "raster may not import document"),
        ("src/card/paint.rs", "fn f() { crate::storage::x(); }", "card may not import storage"),
        ("src/ui/app.rs", "use super::super::cli::Arguments;", "ui may not import cli"),
        ("src/cli/mod.rs", "use super::ui::App;", "cli may not import ui"),
        ("src/document/tests.rs", "use crate::session::Job;", "document may not import session"),
        ("src/ui/app.rs", "use crate::session::job::Job;", "goes round the door of session"),
        ("src/ui/app.rs", "use crate::session::{view::Camera};", "goes round the door"),
        ("src/ui/app.rs", "use crate::session; fn f() { session::job::run() }", "goes round"),
        ("src/ui/app.rs", "use crate::session::*;", "goes round the door of session"),
        ("src/session/view.rs", "use egui::Vec2;", "egui lives in ui"),
        ("src/main.rs", "fn f() { eframe::run_native() }", "eframe lives in ui"),
        ("src/cli/mod.rs", "use egui_material_icons::icons;", "egui lives in ui"),
        ("src/session/view.rs", "#[derive(clap::Args)] struct S;", "clap lives in cli"),
        ("src/session/job.rs", "use std::{fs, path::Path};", "std::fs lives in storage"),
        ("src/ui/app.rs", "fn f() { std::fs::read(\"x\").ok(); }", "std::fs lives in storage"),
        ("src/card/paint.rs", "use rayon::prelude::*;", "rayon lives in raster"),
        ("src/ui/app.rs", "use std::thread;", "std::thread lives in session"),
        ("src/ui/app.rs", "fn f() { thread::Builder::new(); }", "thread::Builder lives in session"),
        ("src/attic/mod.rs", "", "attic has no place in the floor plan"),
        ("src/cli/long.rs", &"//\n".repeat(401), "401 lines, 400 at most"),
        ("tests/it/long.rs", &"//\n".repeat(401), "401 lines, 400 at most"),
    ];
    for (path, text, expected) in planted {
        let found = faults_of(path, text);
        assert_eq!(found.len().min(1), 1, "{path}: nothing wrong with {text:?}");
        assert!(found.iter().any(|fault| fault.contains(expected)), "{expected}: {found:?}");
        assert!(found[0].starts_with(path), "{found:?}");
    }
    let exempt = faults_of("src/cli/tests.rs", &"use std::fs;\n".repeat(401));
    assert_eq!(exempt, Vec::<String>::new(), "unit tests may be long and may touch files");
}
