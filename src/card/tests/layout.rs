//! Where things stand.

use super::{
    CardRect, Document, ItemKind, Map, Scene, aligned, at, lay_out, of_kind, plain, size, sized,
    source, turned,
};
use crate::{
    card::LayoutError,
    document::{Layout, Side},
    geometry::Kernel,
};

/// The sizes of the presets there are and of those planned.
const SIZES: [(u32, u32, u32); 7] = [
    (1080, 1350, 36),
    (1080, 1440, 36),
    (1080, 1080, 36),
    (1080, 1920, 48),
    (1600, 900, 40),
    (1600, 2000, 60),
    (2160, 2700, 72),
];

fn all_cards() -> Vec<Scene> {
    let documents = [plain(), turned()];
    let mut scenes = Vec::new();
    for (document, (width, height, margin)) in
        documents.iter().flat_map(|d| SIZES.iter().map(move |size| (d, *size)))
    {
        scenes.push(lay_out(&sized(document.clone(), width, height, margin)).unwrap());
    }
    scenes
}

fn overlap(one: CardRect, two: CardRect) -> bool {
    one.x < two.x + two.width
        && two.x < one.x + one.width
        && one.y < two.y + two.height
        && two.y < one.y + one.height
}

/// Kinds that share a line, one at its left and one at its right end.
fn share_a_line(one: ItemKind, two: ItemKind) -> bool {
    use ItemKind::{Footer, LoupeMagnification, LoupeName, Mark};
    let pairs = [(Footer, Mark), (LoupeName, LoupeMagnification)];
    pairs.contains(&(one, two)) || pairs.contains(&(two, one))
}

#[test]
fn both_sides_have_equal_panels_and_equal_labels() {
    for scene in all_cards() {
        for kind in [ItemKind::Panel, ItemKind::Label] {
            let items = of_kind(&scene, kind);
            let [a, b] = items.as_slice() else { panic!("{} {kind:?}", items.len()) };
            assert_eq!((a.side, b.side), (Some(Side::A), Some(Side::B)));
            assert_eq!(size(a.rect), size(b.rect), "{kind:?}");
            assert_eq!(a.rect.y, b.rect.y, "{kind:?}");
            assert_eq!(a.style, b.style);
            // On a wide card loupes stand right of both.
            let is_wide = 4 * scene.width > 5 * scene.height;
            let is_centred = a.rect.x == scene.width - b.rect.right();
            assert!(is_wide || is_centred, "{kind:?}");
        }
    }
}

#[test]
fn nothing_stands_in_the_margins() {
    for (scene, (_, _, margin)) in all_cards().iter().zip(SIZES.iter().cycle()) {
        let margin = usize::try_from(*margin).unwrap();
        for item in &scene.items {
            let CardRect { x, y, width, height } = item.rect;
            let is_inside = x >= margin
                && y >= margin
                && x + width <= scene.width - margin
                && y + height <= scene.height - margin;
            assert!(is_inside, "{}x{}: {item:?}", scene.width, scene.height);
            assert!(width > 0 && height > 0);
        }
    }
}

#[test]
fn nothing_stands_on_anything_else() {
    for scene in all_cards() {
        for (idx, one) in scene.items.iter().enumerate() {
            for two in &scene.items[idx + 1..] {
                let may_touch = share_a_line(one.kind, two.kind);
                assert!(
                    may_touch || !overlap(one.rect, two.rect),
                    "{}x{}: {one:?} and {two:?}",
                    scene.width,
                    scene.height
                );
            }
        }
    }
}

#[test]
fn every_view_is_as_large_as_its_place_and_of_the_cards_kernel() {
    for kernel in Kernel::ALL {
        let mut document = turned();
        document.card.kernel = kernel;
        for item in &lay_out(&document).unwrap().items {
            let Some(view) = &item.view else { continue };
            assert_eq!((view.width, view.height), size(item.rect));
            assert_eq!(view.kernel, kernel);
        }
    }
}

#[test]
fn both_panels_show_one_part_of_the_face() {
    let document = turned();
    let scene = lay_out(&document).unwrap();
    let panels = of_kind(&scene, ItemKind::Panel);
    let views = [panels[0].view.clone().unwrap(), panels[1].view.clone().unwrap()];
    for landmark in &document.landmarks {
        let (a, b) = landmark.pair().unwrap();
        let on_card =
            [views[0].source_from_output.unapply(a), views[1].source_from_output.unapply(b)];
        assert!(on_card[0].distance(on_card[1]) < 1e-6, "{}: {on_card:?}", landmark.name);
    }
}

#[test]
fn panels_show_nothing_beyond_either_picture() {
    for document in
        [plain(), turned(), aligned(0.0, &Map::about(1.0, 0.5, at(0.0, 0.0), at(400.0, -300.0)))]
    {
        for item in of_kind(&lay_out(&document).unwrap(), ItemKind::Panel) {
            let view = item.view.clone().unwrap();
            let [width, height] =
                [view.width, view.height].map(|n| f64::from(u32::try_from(n).unwrap()));
            for (x, y) in [(0.0, 0.0), (width, 0.0), (0.0, height), (width, height)] {
                let p = view.source_from_output.apply(crate::geometry::OutputPoint::new(x, y));
                let reach = -1e-6..=1600.0 + 1e-6;
                assert!(
                    reach.contains(&p.x) && reach.contains(&p.y),
                    "{:?} shows {p:?}",
                    item.side
                );
            }
        }
    }
}

#[test]
fn the_plain_diptych_has_no_loupes() {
    let mut document = plain();
    document.card.layout = Layout::Diptych;
    let scene = lay_out(&document).unwrap();
    assert!(of_kind(&scene, ItemKind::Loupe).is_empty());
    assert!(of_kind(&scene, ItemKind::LoupeName).is_empty());
    let with_loupes = lay_out(&plain()).unwrap();
    let height = |scene: &Scene| of_kind(scene, ItemKind::Panel)[0].rect.height;
    assert!(height(&scene) > height(&with_loupes));
}

#[test]
fn the_same_document_is_laid_out_the_same() {
    assert_eq!(lay_out(&turned()), lay_out(&turned()));
}

#[test]
fn a_side_without_a_picture_is_named() {
    let mut document = plain();
    document.sources.b = None;
    assert_eq!(lay_out(&document), Err(LayoutError::NoPicture(Side::B)));
    document.sources.a = None;
    assert_eq!(lay_out(&document), Err(LayoutError::NoPicture(Side::A)));
    let text = LayoutError::NoPicture(Side::B).to_string();
    assert!(text.contains("side B"), "{text}");
}

#[test]
fn sides_that_share_nothing_have_no_card() {
    let away = Map::about(1.0, 0.0, at(0.0, 0.0), at(5000.0, 0.0));
    assert_eq!(lay_out(&aligned(0.0, &away)), Err(LayoutError::NothingInCommon));
}

#[test]
fn a_card_without_room_is_refused() {
    for (width, height, margin) in [(100, 1350, 60), (1080, 120, 60), (80, 80, 36), (0, 0, 0)] {
        let found = lay_out(&sized(plain(), width, height, margin));
        assert_eq!(found, Err(LayoutError::TooSmall), "{width}x{height}");
    }
}

#[test]
fn pictures_that_are_not_aligned_still_get_a_card() {
    let document = Document {
        landmarks: Vec::new(),
        sources: crate::document::PerSide::new(
            Some(source("a", 800, 600)),
            Some(source("b", 700, 1100)),
        ),
        ..plain()
    };
    let scene = lay_out(&document).unwrap();
    assert_eq!(of_kind(&scene, ItemKind::Panel).len(), 2);
    assert!(of_kind(&scene, ItemKind::Loupe).is_empty());
    assert!(of_kind(&scene, ItemKind::Footer)[0].text.contains("not aligned"));
}
