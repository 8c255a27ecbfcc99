//! `view`: one view of a session as a PNG, pixel by pixel.

use std::path::Path;

use diptych::geometry::ImagePoint;
use image::RgbaImage;
use serde_json::Value;

use super::{Place, check_close};
use crate::pictures::{SIZES, b_of, pattern};

fn png(path: &Path) -> RgbaImage {
    image::open(path).unwrap().to_rgba8()
}

#[test]
fn nearest_shows_the_source_in_whole_blocks() {
    let place = Place::with_session(3, &[]);
    let said = place.run(&[
        "view",
        "s.diptych.ron",
        "--at",
        "100,80",
        "--size",
        "40,30",
        "--side",
        "a",
        "--magnification",
        "4",
        "--kernel",
        "nearest",
        "-o",
        "v.png",
    ]);
    assert_eq!(said.status, 0, "{}", said.stderr);
    assert!(
        said.stdout.contains("160x120") && said.stdout.contains("A 4x, nearest"),
        "{}",
        said.stdout
    );
    let (shown, source) = (png(&place.join("v.png")), pattern(SIZES.a, 0));
    assert_eq!(shown.dimensions(), (160, 120));
    for (x, y, pixel) in shown.enumerate_pixels() {
        let [r, g, b] = source.get_pixel(80 + x / 4, 65 + y / 4).0;
        assert_eq!(pixel.0, [r, g, b, 255], "{x} {y}");
    }
}

#[test]
fn b_is_shown_where_the_fit_puts_it() {
    let place = Place::with_session(4, &[]);
    let report = place.json(&[
        "view",
        "s.diptych.ron",
        "--at",
        "150,100",
        "--size",
        "20,20",
        "--side",
        "b",
        "--magnification",
        "3",
        "--kernel",
        "nearest",
        "-o",
        "v.png",
        "--json",
    ]);
    let (shown, source) = (png(&place.join("v.png")), pattern(SIZES.b, 11));
    for (x, y, pixel) in shown.enumerate_pixels() {
        let on_a = |n: u32, from: f64| from + (f64::from(n) + 0.5) / 3.0;
        let on_b = b_of(ImagePoint::new(on_a(x, 140.0), on_a(y, 90.0)));
        let is_on_a_line = |v: f64| (v - v.round()).abs() < 1e-6;
        if is_on_a_line(on_b.x) || is_on_a_line(on_b.y) {
            continue;
        }
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "inside")]
        let [r, g, b] = source.get_pixel(on_b.x as u32, on_b.y as u32).0;
        assert_eq!(pixel.0, [r, g, b, 255], "{x} {y}");
    }
    assert_eq!(report["kernel"], "nearest");
    assert_eq!(report["sides"][0]["side"], "B");
    check_close(&report["sides"][0]["magnification"], 3.0 * 0.8);
}

#[test]
fn both_sides_stand_beside_each_other_and_their_difference_is_taken_of_their_codes() {
    let place = Place::with_session(3, &[]);
    let view = |side: &str, name: &str| {
        let said = place.run(&[
            "view",
            "s.diptych.ron",
            "--at",
            "150,110",
            "--size",
            "50,40",
            "--side",
            side,
            "--magnification",
            "2",
            "--kernel",
            "lanczos3",
            "-o",
            name,
        ]);
        assert_eq!(said.status, 0, "{}", said.stderr);
        png(&place.join(name))
    };
    let (a, b) = (view("a", "a_view.png"), view("b", "b_view.png"));
    let (both, difference) = (view("both", "both.png"), view("difference", "difference.png"));
    assert_eq!((both.dimensions(), difference.dimensions()), ((200, 80), (100, 80)));
    for (x, y, of_a) in a.enumerate_pixels() {
        let of_b = b.get_pixel(x, y);
        assert_eq!((both.get_pixel(x, y), both.get_pixel(100 + x, y)), (of_a, of_b));
        let off = |c: usize| of_a[c].abs_diff(of_b[c]);
        assert_eq!(difference.get_pixel(x, y).0, [off(0), off(1), off(2), 255]);
    }
}

#[test]
fn a_picture_differs_from_itself_by_nothing_through_every_kernel() {
    let place = Place::with_pair();
    assert_eq!(place.run(&["new", "a.png", "a.png", "-o", "self.diptych.ron"]).status, 0);
    for kernel in ["nearest", "Bilinear", "catmull-rom", "Lanczos-3"] {
        for magnification in ["0.3", "1", "2.7", "8"] {
            let said = place.run(&[
                "view",
                "self.diptych.ron",
                "--at",
                "160,120",
                "--size",
                "60,60",
                "--side",
                "difference",
                "--magnification",
                magnification,
                "--kernel",
                kernel,
                "-o",
                "d.png",
            ]);
            assert_eq!(said.status, 0, "{}", said.stderr);
            let shown = png(&place.join("d.png"));
            assert!(shown.pixels().all(|pixel| pixel.0 == [0, 0, 0, 255]), "{kernel}");
        }
    }
}

#[test]
fn a_loupe_is_named_as_the_window_names_it() {
    let place = Place::with_session(3, &[]);
    let args = |name: &'static str| {
        [
            "view",
            "s.diptych.ron",
            "--loupe",
            name,
            "--side",
            "both",
            "--magnification",
            "2",
            "--kernel",
            "catmull-rom",
            "-o",
            "loupe.png",
            "--json",
        ]
    };
    let report: Value = place.json(&args("Centre"));
    assert_eq!(report["width"].as_u64(), report["height"].as_u64().map(|height| 2 * height));
    let said = place.run(&args("Elbow"));
    assert_eq!(said.status, 1);
    assert!(
        said.stderr.contains("no loupe Elbow") && said.stderr.contains("Centre"),
        "{}",
        said.stderr
    );
}

#[test]
fn encoded_light_is_another_mean_and_is_said() {
    let place = Place::with_session(3, &[]);
    let view = |light: &str, name: &str| {
        let said = place.run(&[
            "view",
            "s.diptych.ron",
            "--at",
            "150,110",
            "--size",
            "50,40",
            "--side",
            "a",
            "--magnification",
            "0.5",
            "--kernel",
            "bilinear",
            "--light",
            light,
            "-o",
            name,
        ]);
        assert_eq!(said.status, 0, "{}", said.stderr);
        (png(&place.join(name)), said.stdout)
    };
    let ((linear, plain), (encoded, told)) = (view("linear", "l.png"), view("encoded", "e.png"));
    assert_ne!(linear, encoded);
    assert!(!plain.contains("encoded") && told.contains("in encoded values"));
}

#[test]
fn what_is_wrongly_asked_for_is_told_and_writes_nothing() {
    let place = Place::with_session(3, &[]);
    let base = ["view", "s.diptych.ron", "--side", "a", "--kernel", "nearest"];
    let run = |more: &[&str]| place.run(&[&base, more].concat());
    let at = ["--at", "1,1", "--size", "4,4", "--magnification", "1"];
    for (more, code) in [
        (&["--magnification", "1", "-o", "v.png"][..], 2),
        (&["--at", "1,1", "--magnification", "1", "-o", "v.png"], 2),
        (&["--at", "1,1", "--size", "4,-4", "--magnification", "1", "-o", "v.png"], 2),
        (&["--at", "1,1", "--size", "4,4", "--magnification", "0", "-o", "v.png"], 2),
        (&["--at", "1,1", "--size", "40000,40000", "--magnification", "2", "-o", "v.png"], 1),
        (&[&at[..], &["-o", "v.jpg"]].concat(), 1),
        (&[&at[..], &["-o", "a.png"]].concat(), 1),
    ] {
        let said = run(more);
        assert_eq!(said.status, code, "{more:?}: {}", said.stderr);
        assert!(code == 2 || said.stderr.trim_end().lines().count() == 1, "{}", said.stderr);
    }
    assert!(!place.files().contains(&"v.png".to_owned()));
}

#[test]
fn limits_can_be_set_for_a_run() {
    let place = Place::with_session(3, &[]);
    let said = place.run(&["inspect", "a.png", "--max-side", "319"]);
    assert_eq!(said.status, 1);
    assert!(
        said.stderr.contains("320x240") && said.stderr.contains("319 a side"),
        "{}",
        said.stderr
    );
    assert_eq!(place.run(&["inspect", "a.png", "--max-side", "320"]).status, 0);
    let said = place.run(&["export", "s.diptych.ron", "-o", "card.png", "--max-side", "319"]);
    assert_eq!(said.status, 1, "{}", said.stdout);
    assert_eq!(place.run(&["inspect", "a.png", "--max-megapixels", "0"]).status, 2);
}
