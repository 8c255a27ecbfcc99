//! `BigWarp`'s CSV.

use super::{Outcome, assert_line, at, pair, pairs, read, read_fixture, written};
use crate::storage::{LandmarkFile, LandmarkFormat};

fn csv(content: &str) -> Outcome {
    read("landmarks.csv", content)
}

#[test]
fn moving_is_b_fixed_is_a_and_half_a_pixel_is_added() {
    let LandmarkFile::Pairs(found) = read_fixture("bigwarp.csv") else { panic!() };
    let mut expected = [
        pair("Pt-0", at(99.5, 218.5), at(102.0, 220.75)),
        pair("Pt-1", at(0.5, 1000.5), at(0.0, 0.5003)),
        pair("nose \"tip\"", at(150.0, 182.0), at(150.5, 180.5)),
        pair("Pt-3", at(12.5, 34.5), None),
        pair("Pt-4", None, at(56.5, 78.5)),
    ];
    expected[2].is_active = false;
    assert_eq!(found, expected);
}

#[test]
fn rows_may_be_numbered_or_come_from_a_spreadsheet() {
    let expected = [pair("Pt-0", at(3.5, 4.5), at(1.5, 2.75))];
    assert_eq!(pairs(csv("\"Pt-0\",\"true\",\"0\",\"1.0\",\"2.25\",\"3.0\",\"4.0\"\n")), expected);
    assert_eq!(pairs(csv("Pt-0;TRUE;1;2,25;3;4\r\n;;;;;\r\n")), expected);
}

#[test]
fn a_bad_row_is_refused_by_its_line() {
    let row = |row: &str| csv(&format!("\"Pt-0\",\"true\",\"1\",\"2\",\"3\",\"4\"\n{row}\n"));
    assert_line(row("Pt-1,true,1,2,3"), 2, "5 cells where 6 are expected");
    assert_line(row("Pt-1,yes,1,2,3,4"), 2, "\"yes\" where true or false is expected");
    assert_line(row("Pt-1,true,1,x,3,4"), 2, "\"x\" is not a number");
    assert_line(row("Pt-1,true,1,NaN,3,4"), 2, "\"NaN\" is not a number");
    assert_line(row("Pt-1,true,1,-Infinity,3,4"), 2, "\"-Infinity\" is not a number");
    assert_line(row("Pt-1,true,1,Infinity,3,4"), 2, "Infinity is expected in both");
    assert_line(row("Pt-0,true,1,2,3,4"), 2, "a second landmark is named \"Pt-0\"");
    assert_line(row("Pt-1,true,1,2,0,3,4,0"), 2, "landmarks of volumes");
    assert_line(row("\"Pt-1,true,1,2,3,4"), 2, "never closed");
}

#[test]
fn bigwarp_is_written_as_it_writes_itself() {
    let mut marked = vec![
        pair("Pt \"0\"", at(99.5, 218.5), at(102.0, 220.75)),
        pair("Pt-1", at(12.5, 34.5), None),
        pair("Pt-2", at(0.5, 0.5), at(0.0, 1.0)),
    ];
    marked[2].is_active = false;
    let expected = "\"Pt \"\"0\"\"\",\"true\",\"101.5\",\"220.25\",\"99\",\"218\"\n\
                    \"Pt-1\",\"false\",\"Infinity\",\"Infinity\",\"12\",\"34\"\n\
                    \"Pt-2\",\"false\",\"-0.5\",\"0.5\",\"0\",\"0\"\n";
    let text = written(LandmarkFormat::BigWarp, &marked, None).unwrap();
    assert_eq!(text, expected);
    assert_eq!(pairs(csv(&text)), marked);
}
