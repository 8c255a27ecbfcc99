//! `align`: the numbers of a pair whose map is known.

use std::fs;

use diptych::geometry::ImagePoint;
use serde_json::{Value, json};

use super::{Place, SESSION, check_close, check_keys, is_number_or_null, is_point, number};
use crate::pictures::{A_FROM_B, a_of, b_of};

/// Checks that `a_from_b` is the pair's similarity.
#[track_caller]
fn check_known_map(report: &Value) {
    let [re, im, tx, ty] = A_FROM_B;
    for (row, expected) in [[re, -im, tx], [im, re, ty]].iter().enumerate() {
        for (column, expected) in expected.iter().enumerate() {
            check_close(&report["a_from_b"][row][column], *expected);
        }
    }
}

#[test]
fn the_keys_and_types_are_those_of_the_contract() {
    let place = Place::with_session(5, &[]);
    let report = place.json(&["align", SESSION, "--json", "--map", "1,2"]);
    check_keys(
        &report,
        &[
            ("model", Value::is_string),
            ("n_pairs", Value::is_u64),
            ("n_spare", Value::is_u64),
            ("a_from_b", |v| v.as_array().is_some_and(|rows| rows.len() == 2)),
            ("rms_px", Value::is_number),
            ("rms_face_percent", is_number_or_null),
            ("loo_rms_px", is_number_or_null),
            ("procrustes_distance", is_number_or_null),
            ("landmarks", |v| v.as_array().is_some_and(|all| all.len() == 5)),
            ("mapped", |v| v.as_array().is_some_and(|all| all.len() == 1)),
        ],
    );
    for landmark in report["landmarks"].as_array().unwrap() {
        check_keys(
            landmark,
            &[
                ("name", Value::is_string),
                ("a", is_point),
                ("b", is_point),
                ("residual_px", is_number_or_null),
                ("leave_one_out_px", is_number_or_null),
                ("flagged", Value::is_boolean),
            ],
        );
    }
    check_keys(&report["mapped"][0], &[("a", is_point), ("b", is_point)]);
}

#[test]
fn two_pairs_fit_exactly_and_say_nothing_about_themselves() {
    let place = Place::with_session(2, &[]);
    let report = place.json(&["align", SESSION, "--json"]);
    assert_eq!(report["model"], "similarity");
    assert_eq!((&report["n_pairs"], &report["n_spare"]), (&json!(2), &json!(0)));
    check_known_map(&report);
    assert_eq!(report["rms_px"], Value::Null);
    assert_eq!(report["rms_face_percent"], Value::Null);
    assert_eq!(report["loo_rms_px"], Value::Null);
    assert_eq!(report["mapped"], json!([]));
}

#[test]
fn five_exact_pairs_give_the_known_map_and_no_error() {
    let place = Place::with_session(5, &[]);
    let report = place.json(&["align", SESSION, "--json"]);
    assert_eq!((&report["n_pairs"], &report["n_spare"]), (&json!(5), &json!(3)));
    check_known_map(&report);
    check_close(&report["rms_px"], 0.0);
    check_close(&report["loo_rms_px"], 0.0);
    assert!(number(&report["procrustes_distance"]) < 1e-6);
    assert!(report["landmarks"].as_array().unwrap().iter().all(|l| l["flagged"] == json!(false)));
}

#[test]
fn mapped_points_go_from_a_to_b() {
    let place = Place::with_session(3, &[]);
    let points = [(12.5, 200.0), (-5.25, 3.0), (0.0, 0.0)];
    let mut arguments = vec!["align".to_owned(), SESSION.into(), "--json".into()];
    for (x, y) in points {
        arguments.extend(["--map".to_owned(), format!("{x},{y}")]);
    }
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let mapped = place.json(&arguments)["mapped"].clone();
    assert_eq!(mapped.as_array().unwrap().len(), points.len());
    for ((x, y), found) in points.into_iter().zip(mapped.as_array().unwrap()) {
        let a = ImagePoint::new(x, y);
        let b = b_of(a);
        assert!(a_of(b).distance(a) < 1e-9, "the pair's own map goes there and back");
        assert_eq!(found["a"], json!([x, y]));
        check_close(&found["b"][0], b.x);
        check_close(&found["b"][1], b.y);
    }
}

/// Two pairs 10 A pixels and 12 B pixels apart: a translation misses each by 1 px, and by 2 px the
/// one that it was not fitted to.
const APART: &str = "name,ax,ay,bx,by\nright mouth corner,100,100,104,103\n\
                     left mouth corner,110,100,116,103\n";

#[test]
fn residuals_are_in_pixels_of_a_and_percent_of_the_face_unit() {
    let place = Place::with_pair();
    place.write_landmarks(APART);
    place.make_session(&["--model", "translation"]);
    let report = place.json(&["align", SESSION, "--json"]);
    assert_eq!(report["model"], "translation");
    assert_eq!(report["n_spare"], json!(1));
    check_close(&report["a_from_b"][0][2], -5.0);
    check_close(&report["a_from_b"][1][2], -3.0);
    check_close(&report["rms_px"], 1.0);
    check_close(&report["rms_face_percent"], 10.0);
    check_close(&report["loo_rms_px"], 2.0);
    check_close(&report["procrustes_distance"], 0.0);
    for landmark in report["landmarks"].as_array().unwrap() {
        check_close(&landmark["residual_px"], 1.0);
        check_close(&landmark["leave_one_out_px"], 2.0);
    }
}

#[test]
fn another_model_can_be_asked_for_and_the_session_never_changes() {
    let place = Place::with_pair();
    place.write_landmarks(APART);
    place.make_session(&[]);
    let before = fs::read(place.join(SESSION)).unwrap();
    let scale = |model: &str| {
        let report = place.json(&["align", SESSION, "--model", model, "--json"]);
        assert_eq!(report["model"], model);
        number(&report["a_from_b"][0][0])
    };
    assert!((scale("similarity") - 10.0 / 12.0).abs() < 1e-9);
    assert!((scale("rigid") - 1.0).abs() < 1e-9);
    assert!((scale("translation") - 1.0).abs() < 1e-9);
    assert!((scale("identity") - 1.0).abs() < 1e-9);
    assert_eq!(fs::read(place.join(SESSION)).unwrap(), before);
}

#[test]
fn with_too_few_pairs_a_simpler_model_stands_in_and_says_so() {
    for (n_pairs, model) in [(1, "translation"), (0, "identity")] {
        let place = Place::with_session(n_pairs, &[]);
        let run = place.run(&["align", SESSION, "--json"]);
        assert_eq!(run.status, 0, "{run:?}");
        assert_eq!(run.json()["model"], model);
        assert_eq!(run.stderr.lines().count(), 1, "{run:?}");
        assert!(run.stderr.contains("similarity"), "it names what was asked for: {run:?}");
    }
}

#[test]
fn a_misplaced_landmark_is_flagged_and_only_that_one() {
    let place = Place::with_pair();
    let mut landmarks = crate::pictures::places(5);
    landmarks[3].b = landmarks[3].b.offset(30.0, -20.0);
    place.write_landmarks(&super::csv(&landmarks));
    place.make_session(&[]);
    let report = place.json(&["align", SESSION, "--json"]);
    let flags: Vec<&Value> =
        report["landmarks"].as_array().unwrap().iter().map(|l| &l["flagged"]).collect();
    assert_eq!(flags, [false, false, false, true, false]);
}

#[test]
fn a_landmark_on_one_side_is_listed_and_takes_no_part() {
    let place = Place::with_pair();
    let text = super::csv(&crate::pictures::places(2)) + "\"rim, right\",5,6,,\n";
    place.write_landmarks(&text);
    place.make_session(&[]);
    let report = place.json(&["align", SESSION, "--json"]);
    assert_eq!(report["n_pairs"], json!(2));
    check_known_map(&report);
    let last = &report["landmarks"][2];
    assert_eq!((&last["name"], &last["b"]), (&json!("rim, right"), &Value::Null));
    assert_eq!(last["residual_px"], Value::Null);
}

#[test]
fn a_file_beside_itself_gives_exactly_the_identity() {
    for model in ["similarity", "rigid", "translation", "identity"] {
        let place = Place::with_pair();
        let places = [(90.3, 150.7), (210.1, 160.9), (151.77, 60.2)];
        let rows = places.map(|(x, y)| format!("{x}{y},{x},{y},{x},{y}\n")).concat();
        place.write_landmarks(&format!("name,ax,ay,bx,by\n{rows}"));
        let made = ["new", "a.png", "a.png", "-o", SESSION, "--landmarks", "l.csv"];
        assert_eq!(place.run(&[&made[..], &["--model", model]].concat()).status, 0);
        let report = place.json(&["align", SESSION, "--json"]);
        assert_eq!(report["a_from_b"], json!([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]]), "{model}");
        assert_eq!(report["rms_px"], json!(0.0), "{model}");
    }
}
