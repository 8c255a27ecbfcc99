//! `WebMorph` and `PsychoMorph` templates.

use super::{Outcome, assert_line, at, nameless, pair, read, read_fixture, side, written};
use crate::{
    document::Side,
    storage::{LandmarkFile, LandmarkFormat},
};

fn tem(content: impl AsRef<[u8]>) -> Outcome {
    read("face.TEM", content)
}

#[test]
fn points_are_pixel_indices_and_gain_half_a_pixel() {
    let found = side(tem("2\n0\t0\n10.5 20\n1\n0\n2\n0 1\n"));
    assert_eq!(found, [nameless(at(0.5, 0.5)), nameless(at(11.0, 20.5))]);
}

#[test]
fn webmorph_may_draw_lines_and_add_a_comment() {
    let LandmarkFile::Side(found) = read_fixture("webmorph.tem") else { panic!() };
    assert_eq!(found.len(), 5);
    assert_eq!(found[4], nameless(at(148.752, 273.194)));
}

#[test]
fn comments_blank_lines_and_a_missing_line_section_are_legal() {
    let LandmarkFile::Side(found) = read_fixture("psychomorph.tem") else { panic!() };
    assert_eq!(found, [(12.5, 34.5), (57.0, 78.75), (0.5, 0.5)].map(|(x, y)| nameless(at(x, y))));
    assert_eq!(side(tem("0\n")), []);
    let old_mac = side(tem("\u{feff}1\r3 4\r"));
    assert_eq!(old_mac, [nameless(at(3.5, 4.5))]);
}

#[test]
fn commas_are_read_where_they_say_one_thing() {
    for row in ["1,5 2,25", "1,5\t2.25", "1,5, 2,25", "1.5,2.25", "1,5;2,25"] {
        let found = side(tem(format!("1\n{row}\n0\n")));
        assert_eq!(found, [nameless(at(2.0, 2.75))], "{row}");
    }
    for row in ["1,5", "1,5,2,25", "1.5,2,25"] {
        assert_line(tem(format!("1\n{row}\n0\n")), 2, "x and y");
    }
    assert_line(tem("1\n1,234.5 2\n"), 2, "\"1,234.5\" is not a number");
}

#[test]
fn a_bad_file_is_refused_by_its_line() {
    assert_line(tem(""), 1, "number of points is missing");
    assert_line(tem("# only a comment\n"), 1, "number of points is missing");
    assert_line(tem("# head\ntwo\n1 2\n"), 2, "\"two\" is not a number of points");
    assert_line(tem("-1\n1 2\n"), 1, "\"-1\" is not a number of points");
    assert_line(tem("2\n1 2\nx 4\n"), 3, "\"x\" is not a number");
    assert_line(tem("2\n1 2\nnan 4\n"), 3, "\"nan\" is not a number");
    assert_line(tem("2\r1 2\r1e400 4\r"), 3, "\"1e400\" is not a number");
    assert_line(tem("2\n1 2\n3\n"), 3, "x and y");
    assert_line(tem("1\n1 2 3\n"), 2, "3 numbers where x and y are expected");
}

#[test]
fn a_wrong_count_is_refused() {
    assert_line(tem("3\n1 2\n3 4\n"), 1, "3 points are announced, 2 are there");
    assert_line(tem("99999999999\n1 2\n"), 1, "1 are there");
    assert_line(tem("2\n1 2\n3 4\n5 6\n"), 4, "2 points are announced");
}

#[test]
fn a_template_is_written_without_lines() {
    let marked = [pair("one", at(0.5, 0.5), None), pair("two", at(11.0, 20.75), at(1.0, 1.0))];
    let text = written(LandmarkFormat::Tem, &marked, Some(Side::A)).unwrap();
    assert_eq!(text, "2\n0\t0\n10.5\t20.25\n0\n");
}

#[test]
fn a_template_cannot_lack_a_point() {
    let marked = [pair("one", at(1.0, 2.0), None), pair("two", at(1.0, 1.0), at(1.0, 1.0))];
    let error = written(LandmarkFormat::Tem, &marked, Some(Side::B)).unwrap_err().to_string();
    assert!(error.contains("not marked on side B: \"one\";"), "{error}");
    let error = written(LandmarkFormat::Tem, &marked, None).unwrap_err().to_string();
    assert!(error.ends_with("holds one side; say which"), "{error}");
}
