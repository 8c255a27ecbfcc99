//! iBUG annotations.

use super::{Outcome, assert_line, at, nameless, read, read_fixture, side, written};
use crate::{
    document::Side,
    storage::{LandmarkFile, LandmarkFormat},
};

fn pts(content: &str) -> Outcome {
    read("face.pts", content)
}

#[test]
fn points_are_counted_from_one() {
    let LandmarkFile::Side(found) = read_fixture("ibug.pts") else { panic!() };
    let expected = [at(0.5, 0.5), at(101.0, 201.75), at(0.0, 0.0)];
    assert_eq!(found, expected.map(nameless));
}

#[test]
fn one_of_the_two_marks_of_the_end_is_enough() {
    let expected = [nameless(at(0.5, 1.5))];
    for text in ["{\n1 2\n}\n", "n_points: 1\n{\n1,0 2,0\n", "version: 1\nN_POINTS:1\n\n{\n1 2\n}"]
    {
        assert_eq!(side(pts(text)), expected, "{text}");
    }
}

#[test]
fn a_bad_file_is_refused_by_its_line() {
    assert_line(pts(""), 1, "{ is expected");
    assert_line(pts("version: 1\nn_points: 2\n"), 2, "{ is expected");
    assert_line(pts("version: 1\nn_points: two\n{\n"), 2, "\"two\" is not a number of points");
    assert_line(pts("1 2\n3 4\n"), 1, "\"1 2\" where version:, n_points: or { is expected");
    assert_line(pts("n_points: 2\n{\n1 2\n}\n"), 1, "2 points are announced, 1 are there");
    assert_line(pts("n_points: 1\n{\n1 2\n3 4\n}\n"), 1, "1 points are announced, 2 are there");
    assert_line(pts("{\n1 2\n3\n}\n"), 3, "x and y");
    assert_line(pts("{\n1 2\nnan 2\n}\n"), 3, "\"nan\" is not a number");
    assert_line(pts("{\n1 2\n3 4\n"), 3, "} is expected");
}

#[test]
fn it_is_only_read() {
    let error = written(LandmarkFormat::Pts, &[], Some(Side::A)).unwrap_err().to_string();
    assert!(error.ends_with("the format pts is only read; choose another"), "{error}");
}
