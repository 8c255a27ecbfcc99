//! Our own CSV.

use super::{Outcome, assert_line, at, pair, pairs, read, read_fixture, written};
use crate::{
    document::Side,
    storage::{LandmarkFile, LandmarkFormat},
};

fn csv(content: impl AsRef<[u8]>) -> Outcome {
    read("points.csv", content)
}

#[test]
fn plain_csv_keeps_our_origin() {
    let found = pairs(csv("name,ax,ay,bx,by\nnose,1.5,2.25,-3,4e2\nchin,0,0,10,20\n"));
    let expected =
        [pair("nose", at(1.5, 2.25), at(-3.0, 400.0)), pair("chin", at(0.0, 0.0), at(10.0, 20.0))];
    assert_eq!(found, expected);
}

#[test]
fn csv_may_have_quotes_a_byte_order_mark_and_windows_line_ends() {
    let content = "\u{feff}\"name\",\"ax\",\"ay\",\"bx\",\"by\"\r\n\
                   \"rim, \"\"right\"\"\",\"1\",2,3,4\r\n\r\n  cupid's bow , 5 , 6 ,7,8\r\n";
    let expected = [
        pair("rim, \"right\"", at(1.0, 2.0), at(3.0, 4.0)),
        pair("cupid's bow", at(5.0, 6.0), at(7.0, 8.0)),
    ];
    assert_eq!(pairs(csv(content)), expected);
    let old_mac = content.replace("\r\n", "\r");
    assert_eq!(pairs(csv(old_mac)), expected);
}

#[test]
fn csv_may_be_utf_16_or_windows_text() {
    let content = "name,ax,ay,bx,by\nMöbius’ Punkt,1,2,3,4\n";
    let expected = [pair("Möbius’ Punkt", at(1.0, 2.0), at(3.0, 4.0))];
    let units = || std::iter::once(0xfeff).chain(content.encode_utf16());
    let little: Vec<u8> = units().flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = units().flat_map(u16::to_be_bytes).collect();
    assert_eq!(pairs(csv(little)), expected);
    assert_eq!(pairs(csv(big)), expected);
    assert_eq!(pairs(csv(b"name,ax,ay,bx,by\nM\xf6bius\x92 Punkt,1,2,3,4\n")), expected);
}

#[test]
fn a_spreadsheet_may_write_semicolons_and_decimal_commas() {
    let LandmarkFile::Pairs(found) = read_fixture("spreadsheet.csv") else { panic!() };
    let expected = [
        pair("right mouth corner", at(120.5, 310.25), at(118.0, 309.125)),
        pair("nose; tip", None, at(1.5, 2.0)),
    ];
    assert_eq!(found, expected);
    let told = pairs(csv("sep=;\r\nname;ax;ay;bx;by\r\none;1,234;2;3;4\r\n"));
    assert_eq!(told, [pair("one", at(1.234, 2.0), at(3.0, 4.0))]);
    let tabs = pairs(csv("name\tax\tay\tbx\tby\none\t1,5\t2\t3\t4\n"));
    assert_eq!(tabs, [pair("one", at(1.5, 2.0), at(3.0, 4.0))]);
    let quoted = pairs(csv("name,ax,ay,bx,by\none,\"1,5\",\"0,125\",\"1000,125\",4\n"));
    assert_eq!(quoted, [pair("one", at(1.5, 0.125), at(1000.125, 4.0))]);
}

#[test]
fn a_comma_that_may_group_thousands_is_refused() {
    let content = "name,ax,ay,bx,by\none,\"1,234\",2,3,4\n";
    assert_line(csv(content), 2, "\"1,234\" may have a decimal comma or not");
    assert_line(csv("name;ax;ay;bx;by\none;1.234,5;2;3;4\n"), 2, "\"1.234,5\" is not a number");
}

#[test]
fn an_empty_pair_of_cells_is_a_landmark_not_marked_there() {
    let found = pairs(csv("name,ax,ay,bx,by\none,,,3,4\ntwo,1,2, ,\nnone,,,,\n,,,,\n"));
    let expected = [
        pair("one", None, at(3.0, 4.0)),
        pair("two", at(1.0, 2.0), None),
        pair("none", None, None),
    ];
    assert_eq!(found, expected);
}

#[test]
fn a_quoted_cell_may_hold_line_breaks_and_lines_are_still_counted() {
    let head = "name,ax,ay,bx,by\r\n\"one\r\nmore\",1,2,3,4\r\n";
    assert_eq!(pairs(csv(head)), [pair("one\nmore", at(1.0, 2.0), at(3.0, 4.0))]);
    assert_line(csv(format!("{head}two,1,2,3\r\n")), 4, "4 cells");
    assert_line(csv(format!("{head}\"two,1,2,3,4\r\n\r\n")), 4, "never closed");
}

#[test]
fn a_bad_csv_row_is_refused_by_its_line() {
    let head = "name,ax,ay,bx,by\n";
    let row = |row: &str| csv(format!("{head}good,1,2,3,4\n\n{row}\n"));
    assert_line(row("nose,1,two,3,4"), 4, "\"two\" is not a number");
    assert_line(row("nose,1,,3,4"), 4, "\"\" is not a number");
    for word in ["inf", "-Infinity", "NaN", "1e400", "0x10", "1 2", "1_000"] {
        assert_line(row(&format!("nose,1,{word},3,4")), 4, "is not a number");
    }
    assert_line(row("nose,1,2,3"), 4, "4 cells where 5 are expected");
    assert_line(row("nose,1,2,3,4,5"), 4, "6 cells");
    assert_line(row(" good ,5,6,7,8"), 4, "a second landmark is named \"good\"");
    assert_line(row(" ,5,6,7,8"), 4, "no name");
    assert_line(row(&format!("nose,{},6,7,8", "x".repeat(9999))), 4, "xxx…\" is not a number");
}

#[test]
fn csv_without_its_header_is_refused() {
    for content in ["", "nose,1,2,3,4\n", "name,bx,by,ax,ay\nnose,1,2,3,4\n"] {
        assert_line(csv(content), 1, "name,ax,ay,bx,by");
    }
    assert_line(csv("\n\nnose,1,2,3,4\n"), 3, "name,ax,ay,bx,by");
    assert_eq!(pairs(csv("Name, AX, AY, BX, BY\n")), []);
}

#[test]
fn csv_is_written_plainly() {
    let marked = [
        pair("nose", at(1.5, 0.1), at(-3.0, 400.0)),
        pair("rim, \"right\"", None, at(1e-7, -0.0)),
        pair("two\nlines", at(5.0, 6.0), None),
    ];
    let expected = "name,ax,ay,bx,by\nnose,1.5,0.1,-3,400\n\
                    \"rim, \"\"right\"\"\",,,0.0000001,0\n\"two\nlines\",5,6,,\n";
    assert_eq!(written(LandmarkFormat::Csv, &marked, None).unwrap(), expected);
    let only_a = written(LandmarkFormat::Csv, &marked[..1], Some(Side::A)).unwrap();
    assert_eq!(only_a, "name,ax,ay,bx,by\nnose,1.5,0.1,,\n");
}
