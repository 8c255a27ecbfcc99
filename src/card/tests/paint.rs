//! Pixels of a painted card.

use std::cell::RefCell;

use super::{CardRect, Document, Item, ItemKind, Scene, lay_out, of_kind, plain, sized, turned};
use crate::{
    card::{PaintError, Sources, paint},
    document::PerSide,
    geometry::{Channel, Kernel, Look},
    raster::{LookTable, Picture, Pixels, render_view},
};

/// A picture of 1600x1600 whose neighbouring pixels all differ.
fn speckled(seed: usize) -> Picture {
    let byte = |n: usize| u8::try_from(n % 256).unwrap();
    let texel =
        |x: usize, y: usize| [byte(37 * x + 101 * y + seed), byte(x * y + seed), byte(7 * x), 255];
    let pixels = (0..1600).flat_map(|y| (0..1600).map(move |x| texel(x, y))).collect();
    Picture::new(1600, 1600, Pixels::Rgba8(pixels)).unwrap()
}

/// Half the size of the default card, to be quick.
fn small(document: Document) -> Scene {
    lay_out(&sized(document, 540, 675, 18)).unwrap()
}

fn painted(scene: &Scene, a: &Picture, b: &Picture) -> Picture {
    let sources = Sources { sides: PerSide::new(a, b), brand: None };
    paint(scene, sources, &|| false, &|_| ()).unwrap()
}

fn part(card: &Picture, rect: CardRect) -> Vec<[u8; 4]> {
    let rows = rect.y..rect.y + rect.height;
    rows.flat_map(|y| (rect.x..rect.x + rect.width).map(move |x| card.rgba8_at(x, y).unwrap()))
        .collect()
}

fn both(scene: &Scene, kind: ItemKind) -> [&Item; 2] {
    let items = of_kind(scene, kind);
    [items[0], items[1]]
}

#[test]
fn one_picture_on_both_sides_gives_byte_identical_panels() {
    let picture = speckled(3);
    for degrees in [0.0, 7.0] {
        let document = super::aligned(degrees, &super::Map::identity());
        for kernel in Kernel::ALL {
            let mut document = document.clone();
            document.card.kernel = kernel;
            let scene = small(document);
            let card = painted(&scene, &picture, &picture);
            let [a, b] = both(&scene, ItemKind::Panel).map(|item| part(&card, item.rect));
            assert!(a == b, "the panels differ with {} at {degrees} degrees", kernel.name());
            assert!(a.iter().any(|texel| texel != &a[0]), "the panels are empty");
        }
    }
}

#[test]
fn a_look_is_on_both_sides_and_printed_and_the_plain_one_is_not() {
    let (a, b) = (speckled(3), speckled(9));
    let mut document = super::aligned(0.0, &super::Map::identity());
    let footer = |scene: &Scene| of_kind(scene, ItemKind::Footer)[0].text.clone();
    let plain_scene = small(document.clone());
    assert!(!footer(&plain_scene).contains("shown as"), "{}", footer(&plain_scene));
    let look = Look { channel: Channel::Lightness, exposure: 1.0, contrast: 1.0 };
    document.card.look = look;
    let scene = small(document);
    assert!(footer(&scene).contains("shown as L*, +1.0 EV"), "{}", footer(&scene));
    let (before, after) = (painted(&plain_scene, &a, &b), painted(&scene, &a, &b));
    let table = LookTable::new(&look);
    for kind in [ItemKind::Panel, ItemKind::Loupe] {
        for item in both(&scene, kind) {
            // Corners are rounded, letters stand over loupes.
            let CardRect { x, y, width, height } = item.rect;
            let middle = CardRect {
                x: x + width / 4,
                y: y + height / 3,
                width: width / 2,
                height: height / 2,
            };
            let wanted: Vec<[u8; 4]> =
                part(&before, middle).into_iter().map(|texel| table.of(texel)).collect();
            assert!(part(&after, middle) == wanted, "{kind:?} {:?}", item.side);
        }
    }
}

#[test]
fn a_panel_is_its_view_straight_from_the_source() {
    let pictures = PerSide::new(speckled(3), speckled(90));
    let scene = small(turned());
    let card = painted(&scene, &pictures.a, &pictures.b);
    for item in both(&scene, ItemKind::Panel) {
        let source = &pictures[item.side.unwrap()];
        let view = render_view(source, item.view.as_ref().unwrap(), &|| false).unwrap();
        // Corners are rounded; a cross through the middle is not.
        for x in 0..view.width() {
            let y = view.height() / 2;
            assert_eq!(card.rgba8_at(item.rect.x + x, item.rect.y + y), view.rgba8_at(x, y));
        }
        for y in 0..view.height() {
            let x = view.width() / 2;
            assert_eq!(card.rgba8_at(item.rect.x + x, item.rect.y + y), view.rgba8_at(x, y));
        }
    }
}

#[test]
fn the_same_scene_and_pixels_give_the_same_bytes() {
    let (a, b) = (speckled(3), speckled(90));
    let scene = small(turned());
    assert!(painted(&scene, &a, &b) == painted(&scene, &a, &b));
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    assert!(painted(&scene, &a, &b) == pool.install(|| painted(&scene, &a, &b)));
}

#[test]
fn a_card_is_opaque_and_its_margins_are_bare() {
    let (a, b) = (speckled(3), speckled(90));
    let scene = small(plain());
    let card = painted(&scene, &a, &b);
    assert_eq!((card.width(), card.height()), (540, 675));
    let [r, g, b] = scene.palette.ground;
    for y in 0..675 {
        for x in 0..540 {
            let texel = card.rgba8_at(x, y).unwrap();
            assert_eq!(texel[3], 255);
            let is_margin = !(18..522).contains(&x) || !(18..657).contains(&y);
            assert!(!is_margin || texel == [r, g, b, 255], "{texel:?} at {x} {y}");
        }
    }
}

#[test]
fn every_text_leaves_ink_inside_its_place_and_none_outside() {
    let blank = Picture::new(1600, 1600, Pixels::Rgba8(vec![[0, 0, 0, 255]; 1600 * 1600])).unwrap();
    let mut scene = small(turned());
    scene.items.retain(|item| item.view.is_none());
    let card = painted(&scene, &blank, &blank);
    let [r, g, b] = scene.palette.ground;
    let is_ink = |texel: &[u8; 4]| *texel != [r, g, b, 255];
    for item in scene.items.iter().filter(|item| item.style.is_some()) {
        assert!(part(&card, item.rect).iter().any(is_ink), "{:?} left no ink", item.kind);
    }
    let holds = |rect: CardRect, x: usize, y: usize| {
        (rect.x..rect.x + rect.width).contains(&x) && (rect.y..rect.y + rect.height).contains(&y)
    };
    for y in 0..scene.height {
        for x in 0..scene.width {
            let is_outside = !scene.items.iter().any(|item| holds(item.rect, x, y));
            let texel = card.rgba8_at(x, y).unwrap();
            assert!(!is_outside || !is_ink(&texel), "ink at {x} {y}");
        }
    }
}

#[test]
fn what_is_transparent_shows_the_ground() {
    let clear = Picture::new(1600, 1600, Pixels::Rgba8(vec![[255, 0, 0, 0]; 1600 * 1600])).unwrap();
    let scene = small(plain());
    let card = painted(&scene, &clear, &clear);
    let [r, g, b] = scene.palette.ground;
    let panel = both(&scene, ItemKind::Panel)[0];
    assert!(part(&card, panel.rect).iter().all(|texel| *texel == [r, g, b, 255]));
}

#[test]
fn painting_stops_when_told_and_tells_how_far_it_is() {
    let picture = speckled(3);
    let scene = small(plain());
    let sides = Sources { sides: PerSide::new(&picture, &picture), brand: None };
    assert_eq!(paint(&scene, sides, &|| true, &|_| ()), Err(PaintError::Cancelled));
    let told = RefCell::new(Vec::new());
    paint(&scene, sides, &|| false, &|share| told.borrow_mut().push(share)).unwrap();
    let told = told.into_inner();
    assert!(told.is_sorted() && told.len() > 2, "{told:?}");
    assert!((told.last().unwrap() - 1.0).abs() < 1e-6);
}

#[test]
fn a_scene_of_no_size_or_too_large_a_one_is_refused() {
    let picture = speckled(3);
    let sides = Sources { sides: PerSide::new(&picture, &picture), brand: None };
    for (width, height) in [(0, 0), (70_000, 1)] {
        let scene = Scene { width, height, ..small(plain()) };
        assert_eq!(paint(&scene, sides, &|| false, &|_| ()), Err(PaintError::Size), "{width}");
    }
}
