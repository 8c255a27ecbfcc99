//! Landmark files.

use super::put;
use crate::{
    document::PerSide,
    geometry::{ImagePoint, Point},
    storage::{LandmarkFileError, read_pairs, read_side},
};

fn at(x: f64, y: f64) -> ImagePoint {
    Point::new(x, y)
}

fn both(ax: f64, ay: f64, bx: f64, by: f64) -> PerSide<Option<ImagePoint>> {
    PerSide::new(Some(at(ax, ay)), Some(at(bx, by)))
}

type Pairs = Vec<(String, PerSide<Option<ImagePoint>>)>;

fn csv(content: &[u8]) -> Result<Pairs, LandmarkFileError> {
    let folder = tempfile::tempdir().unwrap();
    read_pairs(&put(folder.path(), "points.csv", content))
}

fn tem(content: &str) -> Result<Vec<(String, ImagePoint)>, LandmarkFileError> {
    let folder = tempfile::tempdir().unwrap();
    read_side(&put(folder.path(), "face.TEM", content.as_bytes()))
}

#[track_caller]
fn assert_line<T: std::fmt::Debug>(
    found: Result<T, LandmarkFileError>,
    expected: usize,
    words: &str,
) {
    let error = found.unwrap_err();
    let LandmarkFileError::Content { line, .. } = error else { panic!("{error:?}") };
    assert_eq!(line, expected, "{error}");
    let text = error.to_string();
    assert!(text.contains(words) && text.contains(&format!("line {expected}")), "{text}");
}

#[test]
fn plain_csv_keeps_our_origin() {
    let found = csv(b"name,ax,ay,bx,by\nnose,1.5,2.25,-3,4e2\nchin,0,0,10,20\n").unwrap();
    let expected = [
        ("nose".to_owned(), both(1.5, 2.25, -3.0, 400.0)),
        ("chin".to_owned(), both(0.0, 0.0, 10.0, 20.0)),
    ];
    assert_eq!(found, expected);
}

#[test]
fn csv_may_have_quotes_a_byte_order_mark_and_windows_line_ends() {
    let content = "\u{feff}\"name\",\"ax\",\"ay\",\"bx\",\"by\"\r\n\
                   \"rim, \"\"right\"\"\",\"1\",2,3,4\r\n\r\n  cupid's bow , 5 , 6 ,7,8\r\n";
    let found = csv(content.as_bytes()).unwrap();
    let expected = [
        ("rim, \"right\"".to_owned(), both(1.0, 2.0, 3.0, 4.0)),
        ("cupid's bow".to_owned(), both(5.0, 6.0, 7.0, 8.0)),
    ];
    assert_eq!(found, expected);
}

#[test]
fn an_empty_pair_of_cells_is_a_landmark_not_marked_there() {
    let found = csv(b"name,ax,ay,bx,by\none,,,3,4\ntwo,1,2, ,\nnone,,,,\n").unwrap();
    assert_eq!(found[0].1, PerSide::new(None, Some(at(3.0, 4.0))));
    assert_eq!(found[1].1, PerSide::new(Some(at(1.0, 2.0)), None));
    assert_eq!(found[2].1, PerSide::new(None, None));
}

#[test]
fn a_bad_csv_row_is_refused_by_its_line() {
    let head = "name,ax,ay,bx,by\n";
    let row = |row: &str| csv(format!("{head}good,1,2,3,4\n\n{row}\n").as_bytes());
    assert_line(row("nose,1,two,3,4"), 4, "\"two\" is not a number");
    assert_line(row("nose,1,,3,4"), 4, "\"\" is not a number");
    assert_line(row("nose,1,inf,3,4"), 4, "\"inf\" is not a number");
    assert_line(row("nose,1,NaN,3,4"), 4, "is not a number");
    assert_line(row("nose,1,2,3"), 4, "4 cells where 5 are expected");
    assert_line(row("nose,1,2,3,4,5"), 4, "6 cells");
    assert_line(row(" good ,5,6,7,8"), 4, "a second landmark is named \"good\"");
}

#[test]
fn csv_without_its_header_is_refused() {
    for content in ["", "nose,1,2,3,4\n", "name,bx,by,ax,ay\nnose,1,2,3,4\n"] {
        assert_line(csv(content.as_bytes()), 1, "name,ax,ay,bx,by");
    }
    assert_eq!(csv(b"Name, AX, AY, BX, BY\n").unwrap(), []);
}

#[test]
fn tem_points_are_pixel_indices_and_gain_half_a_pixel() {
    let found = tem("2\n0\t0\n10.5 20\n1\n0\n2\n0 1\n").unwrap();
    let expected = [
        ("point 1".to_owned(), Point::new(0.5, 0.5)),
        ("point 2".to_owned(), Point::new(11.0, 20.5)),
    ];
    assert_eq!(found, expected);
}

#[test]
fn tem_comments_blank_lines_and_a_missing_line_section_are_legal() {
    let content = "# template\r\n\r\n 3 \r\n1\t2\r\n# between\r\n 3  4 \r\n\r\n5\t6";
    let found = tem(content).unwrap();
    assert_eq!(found.len(), 3);
    assert_eq!(found[2].1, Point::new(5.5, 6.5));
    assert_eq!(tem("0\n").unwrap(), []);
}

#[test]
fn a_bad_tem_file_is_refused_by_its_line() {
    assert_line(tem(""), 1, "number of points is missing");
    assert_line(tem("# only a comment\n"), 1, "number of points is missing");
    assert_line(tem("# head\ntwo\n1 2\n"), 2, "\"two\" is not a number of points");
    assert_line(tem("2\n1 2\nx 4\n"), 3, "\"x\" is not a number");
    assert_line(tem("2\n1 2\n3\n"), 3, "x and y");
}

#[test]
fn a_tem_file_whose_count_is_wrong_is_refused() {
    assert_line(tem("3\n1 2\n3 4\n"), 1, "3 points are announced, 2 are there");
    assert_line(tem("99999999999\n1 2\n"), 1, "1 are there");
    assert_line(tem("2\n1 2\n3 4\n5 6\n"), 4, "2 points are announced");
}

#[test]
fn other_extensions_and_missing_files_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let text = put(folder.path(), "points.txt", b"name,ax,ay,bx,by\n");
    assert!(matches!(read_pairs(&text), Err(LandmarkFileError::UnknownFormat(_))));
    assert!(matches!(read_side(&text), Err(LandmarkFileError::UnknownFormat(_))));
    let missing = folder.path().join("none.csv");
    assert!(matches!(read_pairs(&missing), Err(LandmarkFileError::Read { .. })));
}
