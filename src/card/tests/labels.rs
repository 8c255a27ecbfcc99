//! The sides' labels.

use super::{Document, Item, ItemKind, lay_out, of_kind, plain, sized};
use crate::{card::Typesetter, document::PerSide};

fn labelled(a: &str, b: &str) -> Document {
    Document { labels: PerSide::new(a.into(), b.into()), ..plain() }
}

fn labels(document: &Document) -> PerSide<Item> {
    let scene = lay_out(document).unwrap();
    let items = of_kind(&scene, ItemKind::Label);
    PerSide::new(items[0].clone(), items[1].clone())
}

/// The lines a label takes beside its badge, and whether any of them is too wide.
fn lines(item: &Item, unit: f32) -> (usize, bool) {
    let room = f32::from(u16::try_from(item.rect.width).unwrap()) - 62.0 * unit;
    let style = item.style.unwrap();
    let layout = Typesetter::default().layout(&item.text, style, room);
    let height = f32::from(u16::try_from(item.rect.height).unwrap());
    assert!(layout.height() <= height + 1.0, "{} px high in {height}", layout.height());
    (layout.len(), layout.width() > room)
}

fn long(word: &str) -> String {
    word.repeat(200).chars().take(200).collect()
}

#[test]
fn short_labels_stand_whole_at_the_body_size() {
    let labels = labels(&labelled("SOUL 2", "Nano Banana Pro"));
    assert_eq!((labels.a.text.as_str(), labels.b.text.as_str()), ("SOUL 2", "Nano Banana Pro"));
    for (_, item) in labels.iter() {
        assert!((item.style.unwrap().size - 40.0).abs() < 1e-3);
        assert_eq!(lines(item, 1.0), (1, false));
    }
}

#[test]
fn a_label_of_200_characters_is_cut_in_the_middle_to_two_lines() {
    for word in ["Portrait model ", "Wide", "i ", "Mädchen, größer · ", "模型测试"] {
        let text = format!("Start{}End", long(word));
        let labels = labels(&labelled(&text, "Short"));
        let (head, tail) = labels.a.text.split_once('…').unwrap();
        assert!(text.starts_with(head) && text.ends_with(tail), "{}", labels.a.text);
        assert!(head.len() > 5 && tail.len() > 3);
        let (n_lines, is_too_wide) = lines(&labels.a, 1.0);
        assert!(n_lines <= 2 && !is_too_wide, "{n_lines} lines of {}", labels.a.text);
        assert_eq!(labels.b.text, "Short");
        assert_eq!(labels.a.style, labels.b.style);
        assert_eq!(labels.a.rect.height, labels.b.rect.height);
        assert!(labels.a.style.unwrap().size >= 28.0);
    }
}

#[test]
fn a_label_never_shrinks_below_28_in_1080() {
    for (width, height) in [(540, 675), (1080, 1350), (2160, 2700)] {
        let document = sized(labelled(&long("Long words "), &long("W")), width, height, width / 30);
        let scene = lay_out(&document).unwrap();
        for item in of_kind(&scene, ItemKind::Label) {
            let size = f64::from(item.style.unwrap().size);
            assert!(size >= 28.0 * scene.unit - 1e-3, "{size} px on a card {width} wide");
        }
    }
}

#[test]
fn a_label_that_almost_fits_shrinks_before_it_is_cut() {
    let labels = labels(&labelled("An unusually long name of a model, 2nd try, v2", "B"));
    assert!(!labels.a.text.contains('…'), "{}", labels.a.text);
    assert_eq!(labels.a.style, labels.b.style);
    assert!(lines(&labels.a, 1.0).0 <= 2);
}

#[test]
fn line_breaks_in_a_label_do_not_push_it_out_of_its_place() {
    let labels = labels(&labelled("one\ntwo\nthree\nfour", "B"));
    assert!(lines(&labels.a, 1.0).0 <= 2, "{:?}", labels.a.text);
}

#[test]
fn without_a_typed_label_the_files_stem_stands() {
    let labels = labels(&labelled("  ", ""));
    assert_eq!((labels.a.text.as_str(), labels.b.text.as_str()), ("a", "b"));
}
