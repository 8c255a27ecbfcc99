//! The loupe pairs of a card.

use super::{Document, ItemKind, lay_out, of_kind, pairs, plain, size, sized, turned};
use crate::{
    document::{Arrangement, FrameChoice, Side},
    geometry::OutputPoint,
    raster::View,
};

/// The magnifications a loupe may have on the reference side.
const STEPS: [f64; 9] = [8.0, 6.0, 4.0, 3.0, 2.0, 1.0, 0.5, 1.0 / 3.0, 0.25];

fn step_of(magnification: f64) -> Option<usize> {
    STEPS.iter().position(|step| (step / magnification - 1.0).abs() < 1e-9)
}

fn width_of(view: &View) -> f64 {
    f64::from(u32::try_from(view.width).unwrap())
}

/// The same document with its loupes this many times as wide.
fn widened(mut document: Document, factor: f64) -> Document {
    for loupe in &mut document.loupes {
        if let crate::document::LoupePlace::Face { width, .. } = &mut loupe.place {
            *width *= factor;
        }
    }
    document
}

#[test]
fn all_four_pairs_stand_two_by_two() {
    let scene = lay_out(&plain()).unwrap();
    let pairs = pairs(&scene);
    let names: Vec<&str> = pairs.iter().map(|pair| pair.a.text.as_str()).collect();
    assert_eq!(names, ["Teeth", "Lips", "Cheek to nose", "Rim"]);
    for pair in &pairs {
        assert_eq!(size(pair.a.rect), size(pairs[0].a.rect));
        assert_eq!(size(pair.a.rect), size(pair.b.rect));
        assert_eq!(pair.a.rect.y, pair.b.rect.y);
        assert!(pair.a.rect.x < pair.b.rect.x);
    }
    assert_eq!(pairs[0].a.rect.y, pairs[1].a.rect.y);
    assert_eq!(pairs[0].a.rect.x, pairs[2].a.rect.x);
    assert_eq!(pairs[2].a.rect.y, pairs[3].a.rect.y);
    assert!(pairs[0].a.rect.y < pairs[2].a.rect.y);
}

#[test]
fn loupes_give_way_before_panels_become_too_flat() {
    for (width, height) in [(1600, 900), (1200, 627), (1080, 1080), (1080, 1350)] {
        let scene = lay_out(&sized(plain(), width, height, 36)).unwrap();
        let panel = of_kind(&scene, ItemKind::Panel)[0].rect;
        let has_loupes = !pairs(&scene).is_empty();
        assert!(!has_loupes || 4 * panel.height >= 3 * panel.width, "{width}x{height}");
    }
}

#[test]
fn a_loupes_magnification_is_the_largest_step_that_shows_its_region() {
    let mut seen = Vec::new();
    for factor in [0.05, 0.12, 0.2, 0.5, 1.0, 2.0, 3.0, 5.0] {
        for document in [widened(plain(), factor), widened(turned(), factor)] {
            let arrangement = Arrangement::of(&document, FrameChoice::Level).unwrap();
            let spots = arrangement.loupes(&document);
            let scene = lay_out(&document).unwrap();
            for (pair, (_, spot)) in pairs(&scene).iter().zip(spots) {
                let view = pair.a.view.clone().unwrap();
                let step = step_of(view.magnification());
                let step = step.unwrap_or_else(|| panic!("{}x", view.magnification()));
                assert!(STEPS[step] * spot.width <= width_of(&view) || step == 8);
                assert!(step == 0 || STEPS[step - 1] * spot.width > width_of(&view));
                seen.push(step);
            }
        }
    }
    seen.sort_unstable();
    seen.dedup();
    assert!(seen.len() >= 6, "only {} of the steps were tried", seen.len());
}

#[test]
fn both_halves_show_one_spot_of_the_face() {
    let document = turned();
    let arrangement = Arrangement::of(&document, FrameChoice::Level).unwrap();
    let scene = lay_out(&document).unwrap();
    for (pair, (_, spot)) in pairs(&scene).iter().zip(arrangement.loupes(&document)) {
        let middle = OutputPoint::new(
            width_of(&pair.a.view.clone().unwrap()) / 2.0,
            f64::from(u32::try_from(pair.a.rect.height).unwrap()) / 2.0,
        );
        let shown = |side: Side| {
            let view = if side == Side::A { pair.a.view.clone() } else { pair.b.view.clone() };
            view.unwrap().source_from_output.apply(middle)
        };
        assert!(shown(Side::A).distance(spot.center) < 1e-6);
        let b_from_a = arrangement.registration.a_from_b.inverse();
        assert!(shown(Side::B).distance(b_from_a.apply(spot.center)) < 1e-6);
    }
}

#[test]
fn the_magnification_of_both_sides_is_printed_where_they_differ() {
    let texts = |document: &Document| {
        let scene = lay_out(document).unwrap();
        let items = of_kind(&scene, ItemKind::LoupeMagnification);
        items.iter().map(|item| item.text.clone()).collect::<Vec<_>>()
    };
    assert!(texts(&plain()).iter().all(|text| !text.contains('·') && text.ends_with('x')));
    let scene = lay_out(&turned()).unwrap();
    for (pair, text) in pairs(&scene).iter().zip(texts(&turned())) {
        let (a, b) = (pair.a.view.clone().unwrap(), pair.b.view.clone().unwrap());
        assert!((b.magnification() / a.magnification() - 1.25).abs() < 1e-6);
        let words = [a, b].map(|view| crate::card::magnification_text(view.magnification()));
        assert!(text.starts_with(&words[0]) && text.contains(&words[1]), "{text}");
    }
}

#[test]
fn a_loupes_name_and_magnification_do_not_meet() {
    let mut typesetter = crate::card::Typesetter::default();
    for document in [plain(), turned()] {
        let scene = lay_out(&document).unwrap();
        let names = of_kind(&scene, ItemKind::LoupeName);
        for (name, figure) in names.iter().zip(of_kind(&scene, ItemKind::LoupeMagnification)) {
            let mut width_of = |item: &crate::card::Item| {
                typesetter.layout(&item.text, item.style.unwrap(), 9000.0).width()
            };
            let room = f64::from(width_of(name) + width_of(figure)) + 8.0;
            let head = f64::from(u32::try_from(name.rect.width).unwrap());
            assert!(room < head, "{} {}", name.text, figure.text);
        }
    }
}
