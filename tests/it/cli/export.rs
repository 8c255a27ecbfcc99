//! `export`: the files, their sizes, and what stands where on the card.

use std::fs;

use image::{GenericImageView as _, RgbImage};
use serde_json::{Value, json};

use super::{Place, SESSION, check_keys, number};

#[track_caller]
fn rect(item: &Value) -> [u32; 4] {
    let rect = item["rect"].as_array().unwrap();
    assert_eq!(rect.len(), 4, "{item}");
    let whole = |at: usize| u32::try_from(rect[at].as_u64().expect("whole pixels")).unwrap();
    [whole(0), whole(1), whole(2), whole(3)]
}

fn items<'a>(report: &'a Value, kind: &str) -> Vec<&'a Value> {
    report["scene"].as_array().unwrap().iter().filter(|item| item["item"] == kind).collect()
}

#[test]
fn the_keys_and_types_are_those_of_the_contract() {
    let place = Place::with_session(3, &[]);
    let report = place.json(&["export", SESSION, "-o", "card.png", "--json"]);
    let file = &report["files"][0];
    assert_eq!(report["files"].as_array().unwrap().len(), 1);
    check_keys(
        file,
        &[
            ("path", |v| v == "card.png"),
            ("width", |v| v == 1080),
            ("height", |v| v == 1350),
            ("bytes", Value::is_u64),
            ("alt_text", |v| v == "card.alt.txt"),
            ("note", Value::is_null),
        ],
    );
    let bytes = fs::read(place.join("card.png")).unwrap();
    assert_eq!(file["bytes"], json!(bytes.len()));
    for item in report["scene"].as_array().unwrap() {
        check_keys(
            item,
            &[("item", Value::is_string), ("rect", Value::is_array), ("text", Value::is_string)],
        );
    }
    for (kind, least) in [("panel", 2), ("label", 2), ("loupe", 2), ("footer", 1)] {
        assert!(items(&report, kind).len() >= least, "{kind} in {report}");
    }
}

#[test]
fn every_preset_gives_its_own_size_with_everything_inside_and_equal_panels() {
    let place = Place::with_session(3, &["--label-a", "A rather long name of a model, v2"]);
    for preset in diptych::storage::presets() {
        for layout in ["diptych", "diptych-loupes"] {
            let name = &preset.name;
            let run = place.run(&[
                "export", SESSION, "-o", "card.png", "--preset", name, "--layout", layout, "--json",
            ]);
            let report = run.json();
            let bytes = report["files"][0]["bytes"].as_u64().unwrap();
            let is_over = preset.max_bytes.is_some_and(|max| bytes > max);
            assert_eq!(report["files"][0]["note"].is_string(), is_over, "{name}: {run:?}");
            assert_eq!(run.stderr.contains("over the platform's limit"), is_over, "{run:?}");
            let size = image::open(place.join("card.png")).unwrap().dimensions();
            assert_eq!(size, (preset.width, preset.height), "{name}");
            assert_eq!(report["files"][0]["width"], json!(preset.width));
            for item in report["scene"].as_array().unwrap() {
                let [x, y, width, height] = rect(item);
                let is_inside = x + width <= preset.width && y + height <= preset.height;
                assert!(is_inside && width > 0 && height > 0, "{name}: {item}");
            }
            for kind in ["panel", "label", "loupe"] {
                let sizes: Vec<_> =
                    items(&report, kind).into_iter().map(|item| rect(item)[2..].to_vec()).collect();
                assert!(
                    sizes.windows(2).all(|pair| pair[0] == pair[1]),
                    "{name}: {kind} {sizes:?}"
                );
            }
            assert_eq!(items(&report, "panel").len(), 2);
            // Where a card is not tall, loupes give way to the panels.
            let is_tall = 4 * preset.height >= 5 * preset.width;
            let has_loupes = !items(&report, "loupe").is_empty();
            assert!(
                if layout == "diptych" { !has_loupes } else { has_loupes || !is_tall },
                "{name}"
            );
        }
    }
}

#[test]
fn pictures_on_a_card_do_not_overlap() {
    let place = Place::with_session(3, &[]);
    let report = place.json(&["export", SESSION, "-o", "card.png", "--json"]);
    let mut rects: Vec<[u32; 4]> = items(&report, "panel").into_iter().map(rect).collect();
    rects.extend(items(&report, "loupe").into_iter().map(rect));
    for (idx, [x, y, w, h]) in rects.iter().enumerate() {
        for [other_x, other_y, other_w, other_h] in &rects[..idx] {
            let is_apart = x + w <= *other_x
                || other_x + other_w <= *x
                || y + h <= *other_y
                || other_y + other_h <= *y;
            assert!(is_apart, "{rects:?}");
        }
    }
}

#[test]
fn the_footer_says_how_the_pictures_were_made() {
    let place = Place::with_session(5, &[]);
    let report = place.json(&["export", SESSION, "-o", "card.png", "--json"]);
    let footer: String =
        items(&report, "footer").iter().map(|item| item["text"].as_str().unwrap()).collect();
    for side in ["a", "b"] {
        let name = format!("{side}.png");
        let inspected = place.json(&["inspect", &name, "--json"]);
        let hash = inspected["sha256"].as_str().unwrap()[..8].to_owned();
        assert!(footer.contains(&hash), "{footer}");
    }
    for panel in items(&report, "panel") {
        let figure = number(&panel["magnification"]);
        let printed = panel["text"].as_str().unwrap().trim_end_matches('x').to_owned();
        assert!((printed.parse::<f64>().unwrap() - figure).abs() < 0.006, "{panel}");
        assert!(footer.contains(panel["text"].as_str().unwrap()), "{footer}");
        assert_eq!(panel["kernel"], "Lanczos-3");
    }
    for words in ["Lanczos-3", "similarity", "RMS 0.00 px", "rolled"] {
        assert!(footer.contains(words), "{words} in {footer}");
    }
}

#[test]
fn unaligned_pictures_say_so_on_the_card() {
    let place = Place::with_session(0, &[]);
    let report = place.json(&["export", SESSION, "-o", "card.png", "--json"]);
    let says_so = |item: &&Value| item["text"].as_str().unwrap().contains("not aligned");
    assert!(items(&report, "footer").iter().any(says_so), "{report}");
}

#[test]
fn the_format_follows_the_extension_and_the_option_overrides_it() {
    let place = Place::with_session(2, &[]);
    let cases: [(&str, &[&str], &[u8]); 6] = [
        ("card.png", &[], b"\x89PNG"),
        ("card.jpg", &[], b"\xff\xd8\xff"),
        ("card.JPEG", &[], b"\xff\xd8\xff"),
        ("card.webp", &[], b"RIFF"),
        ("card.bin", &["--format", "webp"], b"RIFF"),
        ("other.png", &["--format", "jpeg"], b"\xff\xd8\xff"),
    ];
    for (name, option, magic) in cases {
        let run = place.run(&[&["export", SESSION, "-o", name], option].concat());
        assert_eq!((run.status, run.stderr.as_str()), (0, ""), "{name}");
        assert!(run.stdout.contains(name), "{run:?}");
        let bytes = fs::read(place.join(name)).unwrap();
        assert!(bytes.starts_with(magic), "{name}");
        let format = image::guess_format(&bytes).unwrap();
        let card = image::load_from_memory_with_format(&bytes, format).unwrap();
        assert_eq!(card.dimensions(), (1080, 1350), "{name}");
    }
    let open = |name: &str| image::open(place.join(name)).unwrap().into_rgb8();
    assert_eq!(open("card.png"), open("card.webp"), "both are lossless");
}

#[test]
fn jpeg_keeps_every_pixels_colour() {
    let place = Place::with_session(2, &[]);
    assert_eq!(place.run(&["export", SESSION, "-o", "card.jpg"]).status, 0);
    let bytes = fs::read(place.join("card.jpg")).unwrap();
    let frame = bytes.windows(2).position(|pair| matches!(pair, [0xFF, 0xC0..=0xC2])).unwrap();
    let components = &bytes[frame + 10..frame + 19];
    let sampling: Vec<u8> = components.chunks(3).map(|component| component[1]).collect();
    assert_eq!(sampling, [0x11; 3], "no channel is subsampled");
}

#[test]
fn the_same_session_gives_the_same_bytes_on_every_run_and_any_number_of_threads() {
    let place = Place::with_session(5, &[]);
    for extension in ["png", "jpg", "webp"] {
        let mut runs = Vec::new();
        for (idx, threads) in ["1", "4", "4"].into_iter().enumerate() {
            let name = format!("card {idx}.{extension}");
            let mut command = place.command(&["export", SESSION, "-o", &name]);
            let output = command.env("RAYON_NUM_THREADS", threads).output().unwrap();
            assert!(output.status.success(), "{output:?}");
            runs.push(fs::read(place.join(&name)).unwrap());
        }
        assert!(runs.windows(2).all(|pair| pair[0] == pair[1]), "{extension}");
    }
}

fn part(card: &RgbImage, item: &Value) -> RgbImage {
    let [x, y, width, height] = rect(item);
    card.view(x, y, width, height).to_image()
}

#[test]
fn a_file_beside_itself_gives_two_equal_panels() {
    let place = Place::with_pair();
    place.write_landmarks("name,ax,ay,bx,by\none,90.3,150.7,90.3,150.7\ntwo,210.1,161,210.1,161\n");
    let made = ["new", "a.png", "a.png", "-o", SESSION, "--landmarks", "l.csv"];
    assert_eq!(place.run(&made).status, 0);
    let report = place.json(&["export", SESSION, "-o", "card.png", "--json"]);
    let card = image::open(place.join("card.png")).unwrap().into_rgb8();
    let panels = items(&report, "panel");
    let [a, b] = [part(&card, panels[0]), part(&card, panels[1])];
    assert!(a == b, "the panels differ");
    let colors: std::collections::BTreeSet<_> = a.pixels().map(|pixel| pixel.0).collect();
    assert!(colors.len() > 100, "a panel shows a picture and not a flat ground");
}

#[test]
fn exporting_does_not_change_the_session() {
    let place = Place::with_session(2, &[]);
    let before = fs::read(place.join(SESSION)).unwrap();
    let run = place.run(&["export", SESSION, "-o", "card.png", "--layout", "diptych"]);
    assert_eq!(run.status, 0);
    assert_eq!(fs::read(place.join(SESSION)).unwrap(), before);
    assert_eq!(place.files(), ["a.png", "b.png", "card.alt.txt", "card.png", "l.csv", SESSION]);
}

#[test]
fn a_card_for_a_small_limit_is_fitted_and_says_how() {
    let place = Place::with_session(2, &[]);
    // What a platform takes is read from the session, whoever wrote it there.
    let path = place.join(SESSION);
    let text = fs::read_to_string(&path).unwrap();
    let limited = text.replace("max_bytes: Some(8000000)", "max_bytes: Some(1000)");
    assert_ne!(text, limited);
    fs::write(&path, limited).unwrap();
    let run = place.run(&["export", SESSION, "-o", "card.jpg", "--json"]);
    assert_eq!(run.status, 0);
    let note = run.json()["files"][0]["note"].as_str().unwrap().to_owned();
    assert!(note.starts_with("JPEG quality 75 still takes"), "{note}");
    assert_eq!(run.stderr, format!("warning: card.jpg: {note}\n"));
    let run = place.run(&["export", SESSION, "-o", "card.jpg"]);
    assert_eq!(run.stderr, format!("warning: card.jpg: {note}\n"));
    assert!(run.stdout.contains("card.jpg") && run.stdout.contains("card.alt.txt"), "{run:?}");
}

#[test]
fn the_alt_text_lies_beside_the_card_and_in_it_and_is_replaced_with_it() {
    let place = Place::with_session(2, &["--label-a", "Zähne <1>", "--label-b", "SOUL & co"]);
    for name in ["card.png", "card.jpg", "card.webp", "card.bin"] {
        fs::write(place.join("card.alt.txt"), "what was there before").unwrap();
        assert_eq!(place.run(&["export", SESSION, "-o", name, "--format", "webp"]).status, 0);
        let text = fs::read_to_string(place.join("card.alt.txt")).unwrap();
        let begin = "Side-by-side comparison of two pictures of one face. Left, A: Zähne <1>. \
                     Right, B: SOUL & co.";
        assert!(text.starts_with(begin) && text.ends_with(".\n"), "{text}");
        let card = fs::read(place.join(name)).unwrap();
        let written = text.trim_end().replace('&', "&amp;").replace('<', "&lt;");
        let written = written.replace('>', "&gt;").into_bytes();
        assert!(card.windows(written.len()).any(|part| part == written), "{name}");
    }
}

#[test]
fn an_optimised_png_is_smaller_and_the_same_picture() {
    let place = Place::with_session(2, &[]);
    assert_eq!(place.run(&["export", SESSION, "-o", "fast.png"]).status, 0);
    assert_eq!(place.run(&["export", SESSION, "-o", "small.png", "--optimise"]).status, 0);
    let [fast, small] = ["fast.png", "small.png"].map(|name| fs::read(place.join(name)).unwrap());
    assert!(small.len() < fast.len(), "{} instead of {}", small.len(), fast.len());
    let open = |name: &str| image::open(place.join(name)).unwrap().into_rgb8();
    assert!(open("fast.png") == open("small.png"));
}

#[test]
fn several_pictures_are_several_files_named_alike() {
    let place = Place::with_session(3, &[]);
    let report = place.json(&["export", SESSION, "-o", "c.png", "--layout", "carousel", "--json"]);
    let files = report["files"].as_array().unwrap();
    assert!(files.len() >= 2, "{report}");
    for (idx, file) in files.iter().enumerate() {
        let name = format!("c-{}.png", idx + 1);
        assert_eq!(file["path"], name.as_str());
        assert_eq!(file["alt_text"], format!("c-{}.alt.txt", idx + 1).as_str());
        assert_eq!(image::open(place.join(&name)).unwrap().dimensions(), (1080, 1350));
    }
    let pages: Vec<&Value> = items(&report, "page").into_iter().map(|item| &item["text"]).collect();
    assert_eq!(pages[0], &json!(format!("1 / {}", files.len())));
    assert!(!place.join("c.png").exists(), "the name itself is no file");
}

#[test]
fn the_preset_of_a_pair_writes_one_file_a_side() {
    let place = Place::with_session(2, &["--label-a", "One", "--label-b", "Two"]);
    let report = place.json(&["export", SESSION, "-o", "p.png", "--preset", "x-pair", "--json"]);
    let paths: Vec<&Value> =
        report["files"].as_array().unwrap().iter().map(|file| &file["path"]).collect();
    assert_eq!(paths, [&json!("p-a.png"), &json!("p-b.png")]);
    for name in ["p-a.png", "p-b.png"] {
        assert_eq!(image::open(place.join(name)).unwrap().dimensions(), (700, 800));
    }
    let panels = items(&report, "panel");
    assert_eq!(panels.len(), 2);
    assert_eq!(panels[0]["rect"], panels[1]["rect"], "both alike");
}

#[test]
fn the_card_in_every_size_goes_into_a_folder() {
    let place = Place::with_session(3, &["--label-a", "a/b", "--label-b", "Two"]);
    let run = place.run(&["export", SESSION, "-o", "all", "--all-presets", "--format", "jpeg"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    let is_of_a_limit =
        |line: &str| line.starts_with("warning: all/") && line.contains("JPEG quality");
    assert!(run.stderr.lines().all(is_of_a_limit), "{}", run.stderr);
    let presets = diptych::storage::presets();
    for preset in presets.iter().filter(|preset| preset.name != "x-pair") {
        let name = format!("all/a-b vs Two {}.jpg", preset.name);
        let size = image::open(place.join(&name)).unwrap().dimensions();
        assert!(preset.is_native || size == (preset.width, preset.height), "{name}: {size:?}");
    }
    assert!(place.join("all/a-b vs Two x-pair-a.jpg").exists());
    let run = place.run(&["export", SESSION, "-o", "x", "--all-presets", "--preset", "square"]);
    assert_eq!(run.status, 2, "one or all");
}

#[test]
fn a_theme_changes_the_ground_and_nothing_of_the_pictures() {
    let place = Place::with_session(2, &[]);
    let dark = place.json(&["export", SESSION, "-o", "dark.png", "--json"]);
    let light = place.json(&["export", SESSION, "-o", "light.png", "--theme", "light", "--json"]);
    assert_eq!(dark["scene"], light["scene"]);
    let [dark_card, light_card] =
        ["dark.png", "light.png"].map(|name| image::open(place.join(name)).unwrap().into_rgb8());
    assert!(dark_card.get_pixel(3, 3).0[0] < 32 && light_card.get_pixel(3, 3).0[0] > 224);
    let [x, y, width, height] = rect(items(&dark, "panel")[0]);
    let middle = (x + width / 2, y + height / 2);
    assert_eq!(dark_card.get_pixel(middle.0, middle.1), light_card.get_pixel(middle.0, middle.1));
    assert_eq!(place.run(&["export", SESSION, "-o", "c.png", "--theme", "neon"]).status, 2);
}

#[test]
fn a_card_of_loupes_says_so_where_none_stands() {
    let place = Place::with_session(0, &[]);
    let run = place.run(&["export", SESSION, "-o", "c.png", "--layout", "loupe-grid"]);
    assert_eq!(run.status, 1);
    assert!(run.stderr.contains("no loupe stands on this card"), "{}", run.stderr);
    assert!(!place.join("c.png").exists());
}
