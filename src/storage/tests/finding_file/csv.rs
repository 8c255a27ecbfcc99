//! The table.

use super::{Lie, at, document, finding, findings_of_both, shapes, written};
use crate::{
    document::{Belongs, Finding, Side},
    geometry::Shape,
    storage::FindingFormat,
};

/// The cells of an RFC 4180 text.
fn cells(text: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut cell) = (Vec::new(), Vec::new(), String::new());
    let (mut is_quoted, mut rest) = (false, text.chars().peekable());
    while let Some(c) = rest.next() {
        match c {
            '"' if is_quoted && rest.next_if_eq(&'"').is_some() => cell.push('"'),
            '"' => is_quoted = !is_quoted,
            ',' if !is_quoted => row.push(std::mem::take(&mut cell)),
            '\r' if !is_quoted => {
                assert_eq!(rest.next(), Some('\n'), "lines end in CR LF");
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            '\n' if !is_quoted => panic!("a line ends without CR"),
            c => cell.push(c),
        }
    }
    assert!(!is_quoted && row.is_empty() && cell.is_empty(), "the last line is ended");
    rows
}

#[test]
fn a_row_says_everything_of_a_finding() {
    let rows = cells(&written(&document(Lie::Upright, findings_of_both()), FindingFormat::Csv)[0]);
    assert_eq!(
        rows[0].join(","),
        "number,belongs,drawn_on,code,name,region,severity,confidence,defect_or_strength,note,\
         shape,x,y,width,height,points,other_x,other_y,other_width,other_height"
    );
    assert_eq!(
        rows[2].join("|"),
        "2|both|A|TEE-A3|teeth fused|TEE|3|clear|defect||box|10|20|20.5|40|10 20;30.5 60|\
         30|60|41|80"
    );
    let kinds: Vec<&str> = rows[1..].iter().map(|row| row[10].as_str()).collect();
    assert_eq!(kinds, ["pin", "box", "ellipse", "polygon", "stroke", "arrow"]);
    let points: Vec<&str> = rows[1..].iter().map(|row| row[15].as_str()).collect();
    assert_eq!(points[0], "41.25 52.5");
    assert_eq!(points[2], "100 50;160 90.25");
    assert_eq!(points[4], "20 200;40 180;60 205");
    assert_eq!(points[5], "300 20;280 40", "from tail to tip");
}

#[test]
fn the_other_side_is_empty_where_nothing_is_mapped() {
    let rows = cells(&written(&document(Lie::Nothing, findings_of_both()), FindingFormat::Csv)[0]);
    assert!(rows[1..].iter().all(|row| row.len() == 20 && row[16..].concat().is_empty()));
    // Off the other picture.
    let outside = finding(Side::B, Belongs::Both, Shape::Pin(at(5.0, 5.0)));
    let rows = cells(&written(&document(Lie::Upright, vec![outside]), FindingFormat::Csv)[0]);
    assert!(rows[1][16..].concat().is_empty());
}

#[test]
fn cells_keep_every_character() {
    let note = "=SUM(A1), \"quoted\"\r\nsecond line; Zähne 歯 🦷";
    let noted = Finding { note: note.to_owned(), ..findings_of_both().remove(0) };
    let bare = Finding {
        code: None,
        note: "only a note".to_owned(),
        is_strength: true,
        ..Finding::drawn(Side::B, shapes().remove(0), crate::document::Severity::NEUTRAL)
    };
    let text = &written(&document(Lie::SameGrid, vec![noted, bare]), FindingFormat::Csv)[0];
    let rows = cells(text);
    assert_eq!(rows[1][9], note);
    assert_eq!(rows[2][3..10].join("|"), "|||0|probable|strength|only a note");
    assert!(text.contains("\"=SUM(A1), \"\"quoted\"\"\r\n"));
}

#[test]
fn a_table_needs_no_pictures() {
    let mut bare = document(Lie::SameGrid, findings_of_both());
    bare.sources = crate::document::PerSide::default();
    assert_eq!(cells(&written(&bare, FindingFormat::Csv)[0]).len(), 7);
}
