//! TPS.

use std::path::Path;

use super::{Outcome, assert_line, at, nameless, pair, put, read, read_fixture, side, written};
use crate::{
    document::{PerSide, Side},
    storage::{LandmarkFile, LandmarkFileError, LandmarkFormat, read_landmarks, write_landmarks},
};

fn tps(content: &str) -> Outcome {
    read("faces.tps", content)
}

#[test]
fn y_is_counted_from_the_lower_edge_and_minus_one_is_missing() {
    let LandmarkFile::Side(found) = read_fixture("tpsdig.tps") else { panic!() };
    let expected = [at(101.0, 20.0), at(250.5, 166.75), None, at(0.0, 500.0)];
    assert_eq!(found, expected.map(nameless));
}

#[test]
fn two_blocks_are_a_and_b_each_with_its_own_height() {
    let LandmarkFile::Pairs(found) = read_fixture("geomorph_pair.tps") else { panic!() };
    let expected = [
        pair("point 1", at(10.0, 410.0), at(11.0, 9.0)),
        pair("point 2", None, at(21.0, 19.0)),
        pair("point 3", at(30.25, 429.5), None),
    ];
    assert_eq!(found, expected);
}

#[test]
fn commas_small_letters_and_blanks_are_read() {
    let found = side(tps("\u{feff}lm = 2\r10,5 400,25\r  20\t300\rid= x\r"));
    assert_eq!(found, [nameless(at(10.5, 99.75)), nameless(at(20.0, 200.0))]);
}

#[test]
fn a_landmark_with_one_negative_coordinate_is_missing_too() {
    let found = side(tps("LM=4\n-0.5 3\n3 -0.5\nNA 3\n3 497\n"));
    assert_eq!(found, [None, None, None, at(3.0, 3.0)].map(nameless));
}

#[test]
fn y_negated_from_the_upper_edge_is_told() {
    let found = side(tps("LM=2\n165.5\t-275.25\n0\t0\nID=face\n"));
    assert_eq!(found, [nameless(at(166.0, 275.75)), nameless(at(0.5, 0.5))]);
}

#[test]
fn the_height_must_be_known() {
    let folder = tempfile::tempdir().unwrap();
    let path = put(folder.path(), "a.tps", b"LM=1\n1 2\n");
    let read = |side, sizes| read_landmarks(&path, side, sizes);
    let reason = |outcome: Outcome| match outcome {
        Err(LandmarkFileError::Unplaced { reason, .. }) => reason,
        other => panic!("{other:?}"),
    };
    let only_b = PerSide::new(None, Some((9, 10)));
    assert!(reason(read(Some(Side::A), only_b)).contains("side A has none; load that picture"));
    assert!(reason(read(None, only_b)).contains("say which side it is for"));
    assert_eq!(side(read(Some(Side::B), only_b)), [nameless(at(1.0, 8.0))]);
    let alike = PerSide::new(Some((5, 10)), Some((9, 10)));
    assert_eq!(side(read(None, alike)), [nameless(at(1.0, 8.0))]);
    let two = put(folder.path(), "two.tps", b"LM=1\n1 2\nLM=1\n1 2\n");
    assert!(reason(read_landmarks(&two, None, only_b)).contains("side A has none"));
}

#[test]
fn a_bad_file_is_refused_by_its_line() {
    assert_line(tps(""), 1, "LM= and the number of landmarks are expected");
    assert_line(tps("\n1 2\n"), 2, "LM= and the number");
    assert_line(tps("IMAGE=a.jpg\nLM=1\n1 2\n"), 1, "\"IMAGE=a.jpg\" where LM= is expected");
    assert_line(tps("LM=x\n"), 1, "\"x\" is not a number of landmarks");
    assert_line(tps("LM=2\n1 2\nID=0\n"), 1, "2 landmarks are announced, 1 are there");
    assert_line(tps("LM=2\n1 2\n"), 1, "1 are there");
    assert_line(tps("LM=1\n1 2\n3 4\n"), 3, "1 landmarks are announced, here is one more");
    assert_line(tps("LM=1\n1 2\nCURVES=1\nPOINTS=2\n3 4\nID=0\n"), 4, "2 points are announced");
    assert_line(tps("LM=1\n1 2 3\n"), 2, "3 numbers where x and y are expected");
    assert_line(tps("LM=1\n1 nan\n"), 2, "\"nan\" is not a number");
    assert_line(tps("LM=1\nNA 1e400\n"), 2, "\"1e400\" is not a number");
    assert_line(tps("LM3=1\n1 2 3\n"), 1, "landmarks of volumes");
    assert_line(tps("LM=0\nID=0\nLM=0\nLM=0\n"), 4, "a third block begins");
}

#[test]
fn both_sides_or_one_are_written() {
    let marked = [pair("one", at(10.0, 400.0), at(0.0, 200.0)), pair("two", None, at(1.5, 0.0))];
    let text = written(LandmarkFormat::Tps, &marked, None).unwrap();
    assert_eq!(text, "LM=2\n10 100\n-1 -1\nID=A\nLM=2\n0 0\n1.5 200\nID=B\n");
    let text = written(LandmarkFormat::Tps, &marked, Some(Side::B)).unwrap();
    assert_eq!(text, "LM=2\n0 0\n1.5 200\nID=B\n");
}

#[test]
fn what_would_read_as_missing_is_not_written() {
    for place in [at(-0.25, 3.0), at(3.0, 500.25)] {
        let marked = [pair("stray", place, None)];
        let error = written(LandmarkFormat::Tps, &marked, Some(Side::A)).unwrap_err().to_string();
        assert!(error.contains("\"stray\" lies left of or below the picture of side A"), "{error}");
    }
    let error = write_landmarks(
        Path::new("nowhere"),
        LandmarkFormat::Tps,
        &[],
        None,
        PerSide::new(Some((1, 1)), None),
    );
    let error = error.unwrap_err().to_string();
    assert!(error.contains("side B has none; load that picture first"), "{error}");
}
