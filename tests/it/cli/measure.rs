//! `measure`: the colours of what the loupes show.

use super::Place;
use crate::pictures::{SIZES, pattern};

#[test]
fn a_loupes_square_is_read_on_both_sides() {
    let place = Place::with_session(4, &[]);
    let all = place.json(&["measure", "s.diptych.ron", "--json"]);
    let regions = all["regions"].as_array().unwrap();
    assert!(!regions.is_empty());
    let name = regions[0]["name"].as_str().unwrap();
    let one = place.json(&["measure", "s.diptych.ron", "--loupe", name, "--json"]);
    assert_eq!(one["regions"].as_array().unwrap().as_slice(), &regions[..1]);
    // A's pixels by hand, of the square that `view` cuts out.
    let view = ["view", "s.diptych.ron", "--loupe", name, "--side", "a", "--magnification", "1"];
    let tail = ["--kernel", "nearest", "-o", "v.png", "--json"];
    let shown = place.json(&[&view[..], &tail].concat());
    let map = &shown["sides"][0]["source_from_view"];
    let corner = |axis: usize| map[axis][2].as_f64().unwrap();
    let (width, height) = (shown["width"].as_u64().unwrap(), shown["height"].as_u64().unwrap());
    let source = pattern(SIZES.a, 0);
    let (mut n, mut sum) = (0_u32, 0.0);
    for (x, y, pixel) in source.enumerate_pixels() {
        let (cx, cy) = (f64::from(x) + 0.5 - corner(0), f64::from(y) + 0.5 - corner(1));
        #[expect(clippy::cast_precision_loss, reason = "a small view")]
        let size = (width as f64, height as f64);
        if (0.0..size.0).contains(&cx) && (0.0..size.1).contains(&cy) {
            (n, sum) = (n + 1, sum + f64::from(pixel.0[0]));
        }
    }
    let a = &regions[0]["a"];
    // The view is a whole number of pixels, the loupe is not.
    let found = a["n_pixels"].as_f64().unwrap();
    assert!((found / f64::from(n) - 1.0).abs() < 0.2, "{found} {n}");
    let mean = a["mean_rgb"][0].as_f64().unwrap();
    assert!((mean - sum / f64::from(n)).abs() < 6.0, "{mean} {}", sum / f64::from(n));
    for side in ["a", "b"] {
        assert_eq!(regions[0][side]["mean_lab"].as_array().unwrap().len(), 3);
        assert!(regions[0][side]["deviation_lab"][0].as_f64().unwrap() > 0.0);
    }
    assert!(regions[0]["comparison"]["delta_e_2000_of_means"].as_f64().unwrap() >= 0.0);
}

#[test]
fn one_line_a_region_and_one_sentence_for_a_wrong_name() {
    let place = Place::with_session(4, &[]);
    let said = place.run(&["measure", "s.diptych.ron"]);
    assert_eq!((said.status, said.stderr.as_str()), (0, ""));
    assert!(said.stdout.lines().all(|line| line.contains(": A ") && line.contains("ΔE00")));
    let said = place.run(&["measure", "s.diptych.ron", "--loupe", "Ear"]);
    assert_eq!(said.status, 1);
    assert!(said.stderr.contains("it has no loupe Ear; choose from"), "{}", said.stderr);
}
