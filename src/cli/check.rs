//! `diptych check`.

use std::path::PathBuf;

use serde_json::{Value, json};

use super::{json, print_line, read_in_true_order};
use crate::{
    document::{Document, Footing, Registration, Side},
    measure::{Check, protocol},
    storage::hash_of,
};

#[derive(Debug, clap::Args)]
pub(super) struct CheckArgs {
    /// The session
    session: PathBuf,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// A side's file, and the hash of what lies there now; `None` where it cannot be read.
struct SourceNow {
    side: Side,
    path: PathBuf,
    expected: String,
    now: Option<String>,
}

impl SourceNow {
    fn matches(&self) -> bool {
        self.now.as_ref() == Some(&self.expected)
    }
}

/// Source pixels a face unit, and how many times as many the finer side has.
struct Fairness {
    a: f64,
    b: f64,
}

impl CheckArgs {
    pub(super) fn run(self) -> Result<(), String> {
        let document = read_in_true_order(&self.session)?;
        let sources: Vec<SourceNow> =
            Side::BOTH.into_iter().filter_map(|side| source_now(&document, side)).collect();
        let registration = Registration::of(&document);
        let fairness = fairness(&document, &registration);
        let checks = protocol(&document);
        if self.json {
            json::print(&report(&document, &sources, fairness.as_ref(), &checks));
        } else {
            print(&document, &sources, fairness.as_ref(), &checks);
        }
        Ok(())
    }
}

fn source_now(document: &Document, side: Side) -> Option<SourceNow> {
    let source = document.sources[side].as_ref()?;
    let (path, expected) = (source.path.clone(), source.sha256.clone());
    let now = hash_of(&path).ok();
    Some(SourceNow { side, path, expected, now })
}

fn fairness(document: &Document, registration: &Registration) -> Option<Fairness> {
    let unit = document.face_unit().filter(|_| registration.footing != Footing::NotAligned)?;
    Some(Fairness { a: unit, b: unit / registration.a_from_b.scale() })
}

fn report(
    document: &Document,
    sources: &[SourceNow],
    fairness: Option<&Fairness>,
    checks: &[Check],
) -> Value {
    let sources: Vec<Value> = sources
        .iter()
        .map(|of| {
            json!({
                "side": of.side.to_string(),
                "path": of.path.display().to_string(),
                "sha256": of.expected,
                "sha256_now": of.now,
                "matches": of.matches(),
            })
        })
        .collect();
    let checks: Vec<Value> = checks
        .iter()
        .map(|of| json!({ "check": of.name, "pass": of.pass, "figure": of.figure }))
        .collect();
    let finer = fairness.map(|of| if of.b > of.a { of.b / of.a } else { of.a / of.b });
    json!({
        "sources": sources,
        "fairness": {
            "pixels_per_face_unit": fairness.map(|of| json!({ "a": of.a, "b": of.b })),
            "finer_side": fairness.map(|of| if of.b > of.a { "B" } else { "A" }),
            "times_finer": finer,
            "matches_resolution": document.matches_resolution,
        },
        "protocol": checks,
    })
}

fn print(
    document: &Document,
    sources: &[SourceNow],
    fairness: Option<&Fairness>,
    checks: &[Check],
) {
    for of in sources {
        let state = match (&of.now, of.matches()) {
            (None, _) => "cannot be read",
            (_, true) => "as it was",
            (_, false) => "has changed",
        };
        print_line(&format!("{} {}: {state}", of.side, of.path.display()));
    }
    let matched = if document.matches_resolution { ", resolutions matched" } else { "" };
    match fairness {
        Some(of) => {
            print_line(&format!("pixels per face unit: A {:.0}, B {:.0}{matched}", of.a, of.b));
        }
        None => print_line("pixels per face unit: n/a (mark the face unit on both sides)"),
    }
    for of in checks {
        let state = match of.pass {
            Some(true) => "yes",
            Some(false) => "no",
            None => "unknown",
        };
        print_line(&format!("{}: {state} ({})", of.name, of.figure));
    }
}
