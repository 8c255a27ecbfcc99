//! Two files of one side each.

use super::{at, named, nameless, pair};
use crate::{
    document::{PerSide, Side},
    storage::{LandmarkFile, pair_up},
};

#[test]
fn nameless_points_pair_by_place() {
    let a = vec![nameless(at(1.0, 1.0)), nameless(at(2.0, 2.0))];
    let b = vec![nameless(at(3.0, 3.0)), nameless(None), nameless(at(4.0, 4.0))];
    let expected = [
        pair("point 1", at(1.0, 1.0), at(3.0, 3.0)),
        pair("point 2", at(2.0, 2.0), None),
        pair("point 3", None, at(4.0, 4.0)),
    ];
    assert_eq!(pair_up(PerSide::new(a.clone(), b)), expected);
    let labelled = vec![named("eye", at(5.0, 5.0)), named("ear", None)];
    let expected = [pair("eye", at(1.0, 1.0), at(5.0, 5.0)), pair("ear", at(2.0, 2.0), None)];
    assert_eq!(pair_up(PerSide::new(a, labelled)), expected);
}

#[test]
fn named_points_pair_by_name() {
    let a = vec![named("eye", at(1.0, 1.0)), named("ear", at(2.0, 2.0))];
    let b = vec![named("ear", at(3.0, 3.0)), named("lip", at(4.0, 4.0))];
    let expected = [
        pair("eye", at(1.0, 1.0), None),
        pair("ear", at(2.0, 2.0), at(3.0, 3.0)),
        pair("lip", None, at(4.0, 4.0)),
    ];
    assert_eq!(pair_up(PerSide::new(a, b)), expected);
}

#[test]
fn places_say_nothing_between_lists_of_different_templates() {
    let a = vec![named("eye", at(1.0, 1.0)), nameless(at(2.0, 2.0))];
    let mut b = vec![named("eye", at(3.0, 3.0)), nameless(at(4.0, 4.0))];
    let alike = pair_up(PerSide::new(a.clone(), b.clone()));
    assert_eq!(alike[1], pair("point 2", at(2.0, 2.0), at(4.0, 4.0)));
    b.push(nameless(None));
    let names: Vec<String> =
        pair_up(PerSide::new(a, b)).into_iter().map(|pair| pair.name).collect();
    assert_eq!(names, ["eye", "point 2 of A", "point 2 of B", "point 3 of B"]);
}

#[test]
fn a_file_can_serve_one_side() {
    let found = LandmarkFile::Side(vec![nameless(at(1.0, 2.0))]).into_pairs(Side::B);
    assert_eq!(found, [pair("point 1", None, at(1.0, 2.0))]);
    let both = LandmarkFile::Pairs(vec![pair("eye", at(1.0, 2.0), None)]);
    assert_eq!(both.clone().into_side(Side::A), [named("eye", at(1.0, 2.0))]);
    assert_eq!(both.into_side(Side::B), [named("eye", None)]);
}
