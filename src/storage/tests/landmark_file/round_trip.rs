//! What is written is read back.

use proptest::prelude::*;

use super::{SIZES, pair, put, written};
use crate::{
    document::{PerSide, Side},
    geometry::{ImagePoint, Point},
    storage::{LandmarkFile, LandmarkFormat, NamedPair, read_landmarks},
};

/// A place inside of both pictures, where every format can put it.
fn place() -> impl Strategy<Value = ImagePoint> {
    (0.0..300.0, 0.0..200.0).prop_map(|(x, y)| Point::new(x, y))
}

fn maybe() -> impl Strategy<Value = Option<ImagePoint>> {
    proptest::option::weighted(0.8, place())
}

fn landmarks() -> impl Strategy<Value = Vec<NamedPair>> {
    let name = "[-a-zé,;\"'\\\\ \n\t=#]{0,12}";
    let one = (name, maybe(), maybe(), any::<bool>());
    proptest::collection::vec(one, 0..8).prop_map(|ones| {
        let whole = |(idx, (name, a, b, is_active)): (usize, (String, _, _, _))| {
            let at = PerSide::new(a, b);
            // The number keeps names different and free of blanks at the ends.
            let name = format!("{idx}{name}{idx}");
            NamedPair { name, at, is_active: is_active || at.both().is_none() }
        };
        ones.into_iter().enumerate().map(whole).collect()
    })
}

#[track_caller]
fn assert_close(found: Option<ImagePoint>, expected: Option<ImagePoint>) {
    match (found, expected) {
        (Some(found), Some(expected)) => assert!(found.distance(expected) < 1e-9, "{found:?}"),
        _ => assert_eq!(found.is_some(), expected.is_some()),
    }
}

fn through(format: LandmarkFormat, marked: &[NamedPair], side: Option<Side>) -> LandmarkFile {
    let text = written(format, marked, side).unwrap();
    let again = written(format, marked, side).unwrap();
    assert_eq!(text, again);
    let name = format!("x.{}", format.extensions()[0]);
    let folder = tempfile::tempdir().unwrap();
    read_landmarks(&put(folder.path(), &name, text.as_bytes()), side, SIZES).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..Default::default() })]

    #[test]
    fn csv_keeps_everything_but_activity(marked in landmarks()) {
        let LandmarkFile::Pairs(found) = through(LandmarkFormat::Csv, &marked, None) else { panic!() };
        prop_assert_eq!(found.len(), marked.len());
        for (found, marked) in found.iter().zip(&marked) {
            prop_assert_eq!((&found.name, found.at), (&marked.name, marked.at));
        }
    }

    #[test]
    fn bigwarp_keeps_everything(marked in landmarks()) {
        prop_assume!(!marked.is_empty());
        let format = LandmarkFormat::BigWarp;
        let LandmarkFile::Pairs(found) = through(format, &marked, None) else { panic!() };
        prop_assert_eq!(found.len(), marked.len());
        for (found, marked) in found.iter().zip(&marked) {
            prop_assert_eq!((&found.name, found.is_active), (&marked.name, marked.is_active));
            for side in Side::BOTH {
                assert_close(found.at[side], marked.at[side]);
            }
        }
    }

    #[test]
    fn slicer_keeps_a_side(marked in landmarks(), is_b in any::<bool>()) {
        let side = Side::BOTH[usize::from(is_b)];
        let found = through(LandmarkFormat::Slicer, &marked, Some(side)).into_side(side);
        prop_assert_eq!(found.len(), marked.len());
        for (found, marked) in found.iter().zip(&marked) {
            prop_assert_eq!(found.name.as_ref(), Some(&marked.name));
            assert_close(found.at, marked.at[side]);
        }
    }

    #[test]
    fn tps_keeps_both_sides_without_names(marked in landmarks()) {
        let found = through(LandmarkFormat::Tps, &marked, None).into_pairs(Side::A);
        prop_assert_eq!(found.len(), marked.len());
        for (found, marked) in found.iter().zip(&marked) {
            for side in Side::BOTH {
                assert_close(found.at[side], marked.at[side]);
            }
        }
    }

    #[test]
    fn tem_keeps_a_side_without_names(places in proptest::collection::vec(place(), 0..8)) {
        let marked: Vec<NamedPair> = places.iter().map(|at| pair("x", None, Some(*at))).collect();
        let found = through(LandmarkFormat::Tem, &marked, Some(Side::B)).into_side(Side::B);
        prop_assert_eq!(found.len(), marked.len());
        for (found, marked) in found.iter().zip(&marked) {
            assert_close(found.at, marked.at.b);
        }
    }
}
