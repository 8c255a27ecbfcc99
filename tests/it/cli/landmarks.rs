//! `landmarks`, and `align` with the models that bend.

use std::fs;

use serde_json::{Value, json};

use super::{Place, SESSION, check_close};
use crate::pictures::{A_FROM_B, b_of};

#[test]
fn landmarks_go_out_and_come_back_through_every_format_of_both_sides() {
    let place = Place::with_session(5, &[]);
    let before = place.json(&["align", SESSION, "--json"]);
    for (format, file) in [("csv", "o.csv"), ("bigwarp", "w.csv"), ("tps", "o.tps")] {
        let out = place.run(&["landmarks", "export", SESSION, "--format", format, "-o", file]);
        assert_eq!((out.status, out.stderr.as_str()), (0, ""), "{format}");
        let back = place.run(&["landmarks", "import", SESSION, file]);
        assert_eq!((back.status, back.stderr.as_str()), (0, ""), "{format}");
        let after = place.json(&["align", SESSION, "--json"]);
        check_close(&after["rms_px"], 0.0);
        assert_eq!(after["n_pairs"], before["n_pairs"], "{format}");
    }
}

#[test]
fn files_of_one_side_need_a_side() {
    let place = Place::with_session(5, &[]);
    let export = ["landmarks", "export", SESSION, "--format", "tem", "-o", "o.tem"];
    let refused = place.run(&export);
    assert_eq!(refused.status, 1);
    assert!(refused.stderr.contains("one side"), "{}", refused.stderr);
    for side in ["a", "b"] {
        assert_eq!(place.run(&[&export[..], &["--side", side]].concat()).status, 0);
        let before = fs::read(place.join(SESSION)).unwrap();
        assert_eq!(place.run(&["landmarks", "import", SESSION, "o.tem"]).status, 1);
        assert_eq!(fs::read(place.join(SESSION)).unwrap(), before, "nothing is changed");
        let import = ["landmarks", "import", SESSION, "o.tem", "--side", side];
        assert_eq!(place.run(&import).status, 0);
    }
    let report = place.json(&["align", SESSION, "--json"]);
    assert_eq!(report["n_pairs"], json!(5));
    assert_eq!(
        place.run(&["landmarks", "export", SESSION, "--format", "pts", "-o", "x"]).status,
        2
    );
}

#[test]
fn an_affine_map_is_reported_as_a_matrix_and_a_spline_by_where_it_leads() {
    let place = Place::with_session(5, &[]);
    let affine = place.json(&["align", SESSION, "--json", "--model", "affine"]);
    let [re, im, tx, ty] = A_FROM_B;
    for (row, expected) in [[re, -im, tx], [im, re, ty]].iter().enumerate() {
        for (column, expected) in expected.iter().enumerate() {
            check_close(&affine["a_from_b"][row][column], *expected);
        }
    }
    assert_eq!((&affine["model"], &affine["n_spare"]), (&json!("affine"), &json!(2)));
    let exact = place.json(&["align", SESSION, "--json", "--model", "tps", "--map", "100,120"]);
    assert_eq!(exact["a_from_b"], Value::Null);
    assert_eq!(exact["rms_px"], Value::Null, "through every pair");
    assert_eq!(exact["n_spare"], json!(0));
    let expected = b_of(diptych::geometry::ImagePoint::new(100.0, 120.0));
    check_close(&exact["mapped"][0]["b"][0], expected.x);
    check_close(&exact["mapped"][0]["b"][1], expected.y);
    let smooth = place.json(&["align", SESSION, "--json", "--model", "tps", "--lambda", "40"]);
    assert_eq!(smooth["lambda"], json!(40.0));
    assert!(smooth["rms_px"].is_number());
    let wrong = place.run(&["align", SESSION, "--model", "tps", "--lambda", "-1"]);
    assert_eq!(wrong.status, 2);
}

#[test]
fn too_few_pairs_and_pairs_on_a_line_fall_back_with_a_notice() {
    for (n_pairs, model, stands_in) in [(2, "affine", "similarity"), (1, "tps", "translation")] {
        let place = Place::with_session(n_pairs, &[]);
        let run = place.run(&["align", SESSION, "--json", "--model", model]);
        assert_eq!(run.status, 0);
        assert!(run.stderr.contains("stands in"), "{}", run.stderr);
        let report: Value = serde_json::from_str(&run.stdout).unwrap();
        assert_eq!(report["model"], json!(stands_in));
    }
    let place = Place::with_pair();
    let row = |n: f64| format!("p{n},{},{},{},{}\n", 50.0 * n, 20.0 * n, 40.0 * n, 30.0 + 16.0 * n);
    let rows: String = [1.0, 2.0, 3.0, 4.0].map(row).concat();
    place.write_landmarks(&("name,ax,ay,bx,by\n".to_owned() + &rows));
    place.make_session(&[]);
    let run = place.run(&["align", SESSION, "--json", "--model", "affine"]);
    assert!(run.stderr.contains("on one line"), "{}", run.stderr);
    let report: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(report["model"], json!("similarity"));
}
