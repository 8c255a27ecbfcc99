//! Cards of any words, counts and crops: nothing stands on anything else or leaves the card.

use proptest::prelude::*;

use super::{CardRect, Item, ItemKind, at, plain, turned};
use crate::{
    card::{LayoutError, Scene, Typesetter},
    document::{
        Answer, Belongs, Brand, Code, Corner, Criterion, Crop, Document, Finding, FindingId,
        FooterFields, Kind, Layout, Loupe, LoupeId, LoupePlace, PerSide, Preset, Severity, Side,
        Theme, Verdict,
    },
    geometry::{Rect, Shape},
};

/// Sizes like those of the presets: portrait, square, wide, tall, small.
const SIZES: [(u32, u32, u32, u32); 9] = [
    (1080, 1350, 36, 48),
    (1080, 1440, 36, 48),
    (1080, 1080, 36, 36),
    (1080, 1920, 36, 250),
    (1600, 900, 40, 40),
    (700, 800, 24, 24),
    (1200, 627, 32, 28),
    (1600, 2000, 54, 70),
    (2160, 2700, 72, 96),
];

fn any_preset() -> impl Strategy<Value = Preset> {
    let size = proptest::sample::select(&SIZES[..]);
    (size, any::<bool>()).prop_map(|((width, height, margin_x, margin_y), is_native)| Preset {
        name: format!("{width}x{height}"),
        width,
        height,
        margin_x,
        margin_y,
        is_native,
        ..Preset::default()
    })
}

/// Words of several scripts, short and long.
fn any_words() -> impl Strategy<Value = String> {
    let word = proptest::sample::select(
        &[
            "SOUL",
            "2",
            "Nano",
            "Banana",
            "Größe",
            "модель",
            "γραμμή",
            "模型测试",
            "نموذج",
            "דגם",
            "unbreakablyunbreakablylongword",
            "v1.2-final",
            "🙂",
            "“quoted”",
            "a",
        ][..],
    );
    proptest::collection::vec(word, 0..9).prop_map(|words| words.join(" "))
}

fn any_shape() -> impl Strategy<Value = Shape> {
    let spot = || (300.0..1300.0, 200.0..1400.0).prop_map(|(x, y)| at(x, y));
    prop_oneof![
        spot().prop_map(Shape::Pin),
        (spot(), 5.0..300.0, 5.0..300.0)
            .prop_map(|(min, w, h)| Shape::Box(Rect::new(min, min.offset(w, h)))),
        (spot(), 5.0..300.0, 5.0..300.0)
            .prop_map(|(min, w, h)| Shape::Ellipse(Rect::new(min, min.offset(w, h)))),
        proptest::collection::vec(spot(), 2..6).prop_map(Shape::Stroke),
    ]
}

fn any_findings() -> impl Strategy<Value = Vec<Finding>> {
    let belongs = proptest::sample::select(&Belongs::ALL[..]);
    let severity = proptest::sample::select(&Severity::ALL[..]);
    let finding = (any_shape(), belongs, severity, any_words(), any::<bool>());
    proptest::collection::vec(finding, 0..24).prop_map(|all| {
        let all = (0..).zip(all);
        let finding = |(id, (shape, belongs, severity, name, is_strength))| {
            let code = Some(Code { code: "TEE-A1".into(), name, strength: String::new() });
            let drawn = Finding::drawn(Side::A, shape, severity);
            Finding { id: FindingId(id), belongs, code, is_strength, ..drawn }
        };
        all.map(finding).collect()
    })
}

fn any_verdicts() -> impl Strategy<Value = Vec<(String, Option<Answer>)>> {
    let answer = proptest::option::of(proptest::sample::select(&Answer::ALL[..]));
    proptest::collection::vec((any_words(), answer), 0..8)
}

fn any_crop() -> impl Strategy<Value = Option<Crop>> {
    let crop = ((-1.0..1.0, -2.0..1.0), (0.05..4.0, 0.05..4.0));
    proptest::option::of(crop.prop_map(|(middle, size)| Crop::Face { middle, size }))
}

prop_compose! {
    fn any_card()(
        is_turned in any::<bool>(),
        layout in proptest::sample::select(&Layout::ALL[..]),
        theme in proptest::sample::select(&Theme::ALL[..]),
        preset in any_preset(),
        labels in (any_words(), any_words()),
        (title, subtitle, remark) in (any_words(), any_words(), any_words()),
        (brand, corner) in (any_words(), proptest::sample::select(&Corner::ALL[..])),
        (findings, verdicts) in (any_findings(), any_verdicts()),
        n_loupes in 0_usize..9,
        (axis, fields) in (any_words(), any::<[bool; 4]>()),
        kinds in proptest::option::of(proptest::sample::select(&Kind::ALL[..])),
        crop in any_crop(),
    ) -> Document {
        let mut document = if is_turned { turned() } else { plain() };
        document.labels = PerSide::new(labels.0, labels.1);
        document.kinds = PerSide::new(kinds, Some(Kind::Photograph));
        document.findings = findings;
        document.declared.axis = axis;
        document.loupes = loupes(n_loupes);
        for (idx, (text, answer)) in verdicts.into_iter().enumerate() {
            let criterion = Criterion { region: format!("R{}", idx / 2), text };
            document.recipe.questions.push(criterion.clone());
            document.verdicts.push(Verdict { criterion, answer, remark: String::new() });
        }
        document.recipe.axes = vec!["micro-texture".into(), "edge control".into()];
        let [kinds, axis, hashes, program] = fields;
        let card = &mut document.card;
        (card.preset, card.layout, card.theme, card.crop) = (preset, layout, theme, crop);
        (card.words.title, card.words.subtitle, card.words.remark) = (title, subtitle, remark);
        card.brand = Brand { text: brand, picture: None, corner };
        card.footer = FooterFields { kinds, axis, hashes, program };
        document
    }
}

fn loupes(n: usize) -> Vec<Loupe> {
    let names = ["Teeth", "A region with quite a long name", "Rim", "肌", "Cheek to nose"];
    let loupe = |(id, name): (u32, &&str)| Loupe {
        id: LoupeId(id),
        name: (*name).to_owned(),
        place: LoupePlace::Face { near: vec!["nose".into()], offset: (0.1, 0.1), width: 0.3 },
    };
    (0..).zip(names.iter().cycle().take(n)).map(loupe).collect()
}

fn overlap(one: CardRect, two: CardRect) -> bool {
    one.x < two.right() && two.x < one.right() && one.y < two.bottom() && two.y < one.bottom()
}

/// The place of an item's ink: texts that share a line stand at its two ends.
fn ink(item: &Item, typesetter: &mut Typesetter) -> CardRect {
    let Some(style) = item.style.filter(|_| item.view.is_none()) else { return item.rect };
    if item.side.is_some() || item.kind == ItemKind::Rule {
        return item.rect;
    }
    #[expect(clippy::cast_precision_loss, reason = "card pixels")]
    let layout = typesetter.layout(&item.text, style, item.rect.width as f32);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "card pixels")]
    let (width, height) = (layout.width().ceil() as usize, layout.height().floor() as usize);
    let x = match style.align {
        crate::card::Align::Left => item.rect.x,
        crate::card::Align::Middle => item.rect.x + item.rect.width.saturating_sub(width) / 2,
        crate::card::Align::Right => item.rect.right().saturating_sub(width),
    };
    CardRect { x, y: item.rect.y, width, height }
}

fn check(document: &Document, scene: &Scene) {
    let preset = &document.card.preset;
    let mut typesetter = Typesetter::default();
    let all: Vec<(CardRect, &Item)> = scene
        .items
        .iter()
        .filter(|item| item.kind != ItemKind::Rule)
        .map(|i| (ink(i, &mut typesetter), i))
        .collect();
    for (idx, (one, item)) in all.iter().enumerate() {
        assert!(item.rect.right() <= scene.width, "{item:?} leaves the card");
        assert!(item.rect.bottom() <= scene.height, "{item:?} leaves the card");
        assert!(
            one.right() <= item.rect.right() + 1,
            "{:?} {:?} in {:?}",
            item.kind,
            item.text,
            one
        );
        assert!(one.bottom() <= item.rect.bottom() + 1, "{item:?} in {one:?}");
        for (two, other) in &all[idx + 1..] {
            assert!(
                !overlap(*one, *two),
                "{} {}: {:?} {:?} at {one:?} and {:?} {:?} at {two:?}",
                preset.name,
                document.card.layout.name(),
                item.kind,
                item.text,
                other.kind,
                other.text
            );
        }
    }
    let of_kind = |kind: ItemKind| scene.items.iter().filter(move |item| item.kind == kind);
    let labels: Vec<&Item> = of_kind(ItemKind::Label).collect();
    for label in &labels {
        assert_eq!((label.rect.height, label.style), (labels[0].rect.height, labels[0].style));
    }
    let panels: Vec<&Item> = of_kind(ItemKind::Panel).collect();
    assert!(panels.iter().all(|panel| panel.rect.width == panels[0].rect.width));
    assert!(panels.iter().all(|panel| panel.rect.height == panels[0].rect.height));
    crossings(scene);
}

/// Leader lines of one panel do not cross.
fn crossings(scene: &Scene) {
    for side in Side::BOTH {
        let callouts = scene.items.iter().filter(|item| item.kind == ItemKind::Callout);
        let callouts = callouts.filter(|item| item.side == Some(side));
        let lines: Vec<[(f64, f64); 2]> =
            callouts.map(|item| [item.lines[1].points[0], item.lines[1].points[1]]).collect();
        for (idx, one) in lines.iter().enumerate() {
            for two in &lines[idx + 1..] {
                assert!(!cross(*one, *two), "{side}: {one:?} crosses {two:?}");
            }
        }
    }
}

/// Whether two segments cross in their insides.
fn cross([p, q]: [(f64, f64); 2], [r, s]: [(f64, f64); 2]) -> bool {
    let turn = |a: (f64, f64), b: (f64, f64), c: (f64, f64)| {
        (b.0 - a.0) * (c.1 - a.1) - (b.1 - a.1) * (c.0 - a.0)
    };
    let apart = |one: f64, two: f64| one * two < -1e-9;
    apart(turn(p, q, r), turn(p, q, s)) && apart(turn(r, s, p), turn(r, s, q))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(160) })]

    #[test]
    fn nothing_stands_on_anything_else_or_leaves_the_card(document in any_card()) {
        match crate::card::lay_out(&document) {
            Ok(scenes) => scenes.iter().for_each(|scene| check(&document, scene)),
            // A card may be too small for its words, or have no loupes; it says so.
            Err(LayoutError::TooSmall | LayoutError::NoLoupes) => (),
            Err(err) => panic!("{err}"),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(300) })]

    #[test]
    fn numbers_of_crowded_panels_stay_apart_and_their_lines_do_not_cross(
        spots in proptest::collection::vec((450.0..1150.0, 500.0..1250.0), 9..15),
    ) {
        let mut document = plain();
        document.card.layout = Layout::Callouts;
        let pins = (0..).zip(spots);
        document.findings = pins
            .map(|(id, (x, y))| {
                let severity = Severity::new(2).unwrap();
                Finding { id: FindingId(id), ..Finding::drawn(Side::A, Shape::Pin(at(x, y)), severity) }
            })
            .collect();
        let scene = crate::card::lay_out(&document).unwrap().remove(0);
        let n = scene.items.iter().filter(|item| item.kind == ItemKind::Callout).count();
        prop_assert!(n >= 6, "only {n} have a number");
        check(&document, &scene);
    }
}
