//! What the footer says, and that it has room for it.

use super::{
    Document, ItemKind, Map, Scene, aligned, at, edited, lay_out, of_kind, plain, sized, turned,
};
use crate::{
    card::Typesetter,
    document::{Edit, Side},
    geometry::{Kernel, Model},
};

fn footer(scene: &Scene) -> (String, String) {
    let lines = of_kind(scene, ItemKind::Footer);
    let [how, hashes] = lines.as_slice() else { panic!("{} lines", lines.len()) };
    (how.text.clone(), hashes.text.clone())
}

/// A face marked a little off on B, so that there is an RMS.
fn uneven(document: Document) -> Document {
    let landmark = &document.landmarks[2];
    let (id, at) = (landmark.id, landmark.at.b.unwrap().at.offset(13.0, 9.0));
    edited(document, Edit::PlaceLandmark { id, side: Side::B, at })
}

#[test]
fn one_grid_without_landmarks_is_named_so() {
    let document = Document { landmarks: Vec::new(), ..plain() };
    let scene = lay_out(&document).unwrap();
    let (how, hashes) = footer(&scene);
    assert!(how.ends_with("Lanczos-3 · same grid"), "{how}");
    assert_eq!(hashes, "SHA-256 A a0123456 · B b0123456");
}

#[test]
fn magnification_roll_kernel_model_and_rms_are_stated() {
    let mut document = uneven(turned());
    document.card.kernel = Kernel::CatmullRom;
    let scene = lay_out(&document).unwrap();
    let (how, _) = footer(&scene);
    let panels = of_kind(&scene, ItemKind::Panel);
    for panel in panels {
        assert!(how.contains(&format!("{} {}", panel.side.unwrap(), panel.text)), "{how}");
    }
    assert!(how.contains("rolled 4.") && how.contains("rolled 10."), "{how}");
    assert!(how.contains(" Catmull-Rom · similarity, RMS "), "{how}");
    assert!(how.ends_with(" %)"), "{how}");
    assert!(!lay_out(&plain()).unwrap().items.iter().any(|item| item.text.contains("rolled")));
}

#[test]
fn every_footer_line_fits_on_one_line_beside_the_mark() {
    let mut typesetter = Typesetter::default();
    let steep = Map::about(0.437, 2.5, at(800.0, 800.0), at(790.0, 810.0));
    let carried = |document| {
        edited(document, Edit::SetSource { side: Side::B, source: super::source("c", 1600, 1600) })
    };
    let worst = carried(uneven(aligned(-12.3, &steep)));
    let exact = Document { model: Model::Translation, ..turned() };
    let bent = |document: &Document| Document { model: Model::ThinPlateSpline, ..document.clone() };
    let splines = [bent(&turned()), bent(&uneven(turned())), bent(&worst)];
    for document in [plain(), turned(), uneven(turned()), exact, worst].into_iter().chain(splines) {
        for (width, height) in [(1080, 1350), (1600, 900), (2160, 2700)] {
            let scene = lay_out(&sized(document.clone(), width, height, width / 30)).unwrap();
            let mark = of_kind(&scene, ItemKind::Mark)[0].clone();
            for item in of_kind(&scene, ItemKind::Footer) {
                let mut width_of = |item: &crate::card::Item| {
                    typesetter.layout(&item.text, item.style.unwrap(), 9000.0).width()
                };
                let is_beside_mark = item.rect.y == mark.rect.y;
                let beside = if is_beside_mark { width_of(&mark) + 12.0 } else { 0.0 };
                let needed = width_of(item) + beside;
                let room = f32::from(u16::try_from(item.rect.width).unwrap());
                assert!(needed <= room, "{needed} px in {room}: {}", item.text);
                let size = f64::from(item.style.unwrap().size);
                assert!(size >= 20.0 * scene.unit - 1e-3);
            }
        }
    }
}

#[test]
fn doubt_that_does_not_fit_beside_the_fit_stands_beside_the_hashes() {
    let steep = Map::about(0.437, 2.5, at(800.0, 800.0), at(790.0, 810.0));
    let replaced = Edit::SetSource { side: Side::B, source: super::source("c", 1600, 1600) };
    let long = edited(uneven(aligned(-12.3, &steep)), replaced.clone());
    let (how, hashes) = footer(&lay_out(&long).unwrap());
    assert!(
        how.ends_with(" %)") && hashes.ends_with(", 1 of 5 landmarks flagged, unconfirmed"),
        "{how} {hashes}"
    );
    let (how, _) = footer(&lay_out(&edited(plain(), replaced)).unwrap());
    assert!(how.ends_with(", landmarks unconfirmed"), "{how}");
}
