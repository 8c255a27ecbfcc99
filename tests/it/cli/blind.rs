//! `export --blind`: no byte of what is written or printed tells a side.

use std::fs;

use diptych::{
    document::{CardWords, Document, Kind, PerSide, Seed, Side},
    storage::{read_session, write_session},
};
use image::RgbImage;
use serde_json::Value;
use tempfile::TempDir;

use super::{Place, SESSION, csv};
use crate::pictures::{places, sha256_hex};

const SIZES: [(u32, u32); 2] = [(641, 487), (803, 607)];

/// A red and a blue picture under names that tell, in a session that names both sides.
fn named() -> Place {
    let place = Place { folder: TempDir::new().unwrap() };
    for (name, size, color) in
        [("quokka-one.png", SIZES[0], [200, 30, 0]), ("narwhal-two.png", SIZES[1], [0, 30, 200])]
    {
        let picture = RgbImage::from_fn(size.0, size.1, |x, y| {
            let speck = u8::from((x / 8 + y / 8) % 2 == 0) * 40;
            image::Rgb([color[0], color[1] + speck, color[2]])
        });
        picture.save(place.join(name)).unwrap();
    }
    place.write_landmarks(&csv(&places(5)));
    let made = [
        "new",
        "quokka-one.png",
        "narwhal-two.png",
        "-o",
        SESSION,
        "--landmarks",
        "l.csv",
        "--label-a",
        "Zebra model",
        "--label-b",
        "Walrus engine",
    ];
    assert_eq!(place.run(&made).status, 0);
    change(&place, |mut document| {
        document.kinds = PerSide::new(Some(Kind::Photograph), Some(Kind::Render));
        document.declared.axis = "zebra left, walrus right".into();
        document.card.footer.axis = true;
        document.card.words = CardWords {
            title: "Zebra against walrus".into(),
            subtitle: "who wins".into(),
            remark: "A is the quokka".into(),
            alt_text: Some("the narwhal at the right".into()),
        };
        document.card.file_pattern = "zebra {preset}".into();
        document
    });
    place
}

fn change(place: &Place, change: impl FnOnce(Document) -> Document) {
    let document = change(read_session(&place.join(SESSION)).unwrap());
    write_session(&document, &place.join(SESSION)).unwrap();
}

fn seed(exchanges: bool) -> Seed {
    let mut seeds = (0..).map(Seed::of_bits);
    seeds.find(|seed| seed.exchanges() == exchanges).unwrap()
}

/// What tells a side.
fn telling(place: &Place) -> Vec<String> {
    let mut words: Vec<String> = ["zebra", "walrus", "quokka", "narwhal", "photograph", "rolled"]
        .map(str::to_owned)
        .to_vec();
    for (name, size) in ["quokka-one.png", "narwhal-two.png"].iter().zip(SIZES) {
        words.push(sha256_hex(&fs::read(place.join(name)).unwrap())[..8].to_owned());
        words.extend([size.0, size.1].map(|n| format!("{n},")));
        words.extend([format!("{}x{}", size.0, size.1)]);
    }
    words
}

/// Whether the left panel shows the red picture.
fn is_red_left(place: &Place, card: &str, report: &Value) -> bool {
    let panel = report["scene"].as_array().unwrap().iter().find(|item| item["item"] == "panel");
    let rect = &panel.unwrap()["rect"];
    let at = |idx: usize| u32::try_from(rect[idx].as_u64().unwrap()).unwrap();
    let picture = image::open(place.join(card)).unwrap().into_rgb8();
    let middle = picture.get_pixel(at(0) + at(2) / 2, at(1) + at(3) / 2);
    middle[0] > middle[2]
}

#[test]
fn no_byte_of_a_blind_export_tells_a_side() {
    for (exchanges, is_red) in [(None, true), (Some(false), true), (Some(true), false)] {
        let place = named();
        let telling = telling(&place);
        if let Some(exchanges) = exchanges {
            change(&place, |document| document.judged_blind(seed(exchanges)));
        }
        let before = place.files();
        for ending in ["png", "jpg", "webp"] {
            let card = format!("card.{ending}");
            let arguments = ["export", SESSION, "-o", &card, "--blind", "--json"];
            let run = place.run(&arguments);
            assert_eq!((run.status, run.stderr.as_str()), (0, ""), "{run:?}");
            let mut bytes = fs::read(place.join(&card)).unwrap();
            // What is told to those who do not see it stands in both.
            bytes.extend(fs::read(place.join("card.alt.txt")).unwrap());
            let inside = String::from_utf8_lossy(&bytes).to_lowercase();
            assert!(inside.contains("left, a: a"), "{inside}");
            let said = run.stdout.to_lowercase();
            for words in &telling {
                assert!(!said.contains(words), "{words} in {said}");
            }
            for words in &telling[..5] {
                assert!(!inside.contains(words), "{words} in the card");
            }
            let report = run.json();
            for item in report["scene"].as_array().unwrap() {
                let is_told = |key: &str| !item[key].is_null();
                assert!(!is_told("magnification") && !is_told("source_from_card"), "{item}");
                let text = item["text"].as_str().unwrap();
                assert!(item["item"] != "label" || text == "A" || text == "B", "{item}");
                let is_scale =
                    |word: &str| word.strip_suffix('x').is_some_and(|n| n.parse::<f64>().is_ok());
                assert!(!text.split_whitespace().any(is_scale), "{item}");
            }
            assert_eq!(is_red_left(&place, &card, &report), is_red, "{exchanges:?}");
            fs::remove_file(place.join(&card)).unwrap();
            fs::remove_file(place.join("card.alt.txt")).unwrap();
        }
        let run = place.run(&["export", SESSION, "-o", "card.png", "--blind"]);
        let lines = format!("{}{}", run.stdout, run.stderr).to_lowercase();
        assert!(telling.iter().all(|words| !lines.contains(words)), "{lines}");
        fs::remove_file(place.join("card.png")).unwrap();
        fs::remove_file(place.join("card.alt.txt")).unwrap();
        assert_eq!(place.files(), before, "nothing else is written");
    }
}

#[test]
fn a_failed_blind_export_names_nothing_either() {
    let place = named();
    let telling = telling(&place);
    change(&place, |document| document.judged_blind(seed(true)));
    let first = fs::read(place.join("quokka-one.png")).unwrap();
    for broken in ["changed", "gone"] {
        if broken == "gone" {
            fs::remove_file(place.join("quokka-one.png")).unwrap();
        } else {
            fs::copy(place.join("narwhal-two.png"), place.join("quokka-one.png")).unwrap();
        }
        let run = place.run(&["export", SESSION, "-o", "card.png", "--blind", "--json"]);
        assert_eq!((run.status, run.stdout.as_str()), (1, ""), "{broken}");
        assert_eq!(run.stderr.lines().count(), 1, "{run:?}");
        let said = run.stderr.to_lowercase();
        assert!(telling.iter().all(|words| !said.contains(words)), "{said}");
    }
    fs::write(place.join("quokka-one.png"), first).unwrap();
    assert_eq!(place.run(&["export", SESSION, "-o", "card.png"]).status, 0);
}

#[test]
fn figures_of_a_blind_session_are_those_of_its_true_order() {
    let place = named();
    let commands: [&[&str]; 5] = [
        &["align", SESSION, "--json"],
        &["check", SESSION, "--json"],
        &["measure", SESSION, "--json"],
        &[
            "view",
            SESSION,
            "--at",
            "150,110",
            "--size",
            "80,60",
            "--side",
            "a",
            "--magnification",
            "1",
            "--kernel",
            "nearest",
            "-o",
            "v.png",
            "--json",
        ],
        &["landmarks", "export", SESSION, "--format", "csv", "-o", "out.csv"],
    ];
    let outputs = || {
        commands.map(|arguments| {
            let run = place.run(arguments);
            assert_eq!(run.status, 0, "{run:?}");
            run.stdout
        })
    };
    let before = outputs();
    let landmarks = fs::read(place.join("out.csv")).unwrap();
    change(&place, |document| document.judged_blind(seed(true)));
    assert_eq!(outputs(), before);
    assert_eq!(fs::read(place.join("out.csv")).unwrap(), landmarks);
}

#[test]
fn a_blind_session_is_not_changed_from_outside() {
    let place = named();
    change(&place, |document| document.judged_blind(seed(true)));
    let before = fs::read(place.join(SESSION)).unwrap();
    fs::write(place.join("f.json"), "{}").unwrap();
    for arguments in [
        &["landmarks", "import", SESSION, "l.csv"][..],
        &["findings", "import", SESSION, "--a", "f.json"],
    ] {
        let run = place.run(arguments);
        assert_eq!(run.status, 1, "{arguments:?}");
        assert!(run.stderr.contains("judged blind; reveal it first"), "{run:?}");
    }
    assert_eq!(fs::read(place.join(SESSION)).unwrap(), before);
    let truth = read_session(&place.join(SESSION)).unwrap().in_true_order();
    assert_eq!(truth.labels[Side::A], "Zebra model");
}
