//! The landmarks of two files of one side each, as pairs.

use super::{NamedPair, SidePoint};
use crate::document::{PerSide, Side};

/// Pairs landmarks by name, or by their place in the list where one of the lists has no names at
/// all. A landmark without a name is called "point 1" on, after its place in the list.
#[must_use]
pub fn pair_up(points: PerSide<Vec<SidePoint>>) -> Vec<NamedPair> {
    let is_nameless = |points: &[SidePoint]| points.iter().all(|point| point.name.is_none());
    if is_nameless(&points.a) || is_nameless(&points.b) {
        by_place(points)
    } else {
        by_name(points)
    }
}

fn by_place(points: PerSide<Vec<SidePoint>>) -> Vec<NamedPair> {
    let n = points.a.len().max(points.b.len());
    let mut rest = points.map(Vec::into_iter);
    let pair = |idx: usize| {
        let (a, b) = (rest.a.next(), rest.b.next());
        let at = PerSide::new(a.as_ref().and_then(|p| p.at), b.as_ref().and_then(|p| p.at));
        let name = [a, b].into_iter().flatten().find_map(|point| point.name);
        NamedPair { name: name.unwrap_or_else(|| format!("point {idx}")), at, is_active: true }
    };
    (1..=n).map(pair).collect()
}

fn by_name(points: PerSide<Vec<SidePoint>>) -> Vec<NamedPair> {
    // Two lists of different lengths follow different templates: equal places say nothing there.
    let is_one_template = points.a.len() == points.b.len();
    let mut pairs: Vec<NamedPair> = Vec::new();
    for (side, points) in [(Side::A, points.a), (Side::B, points.b)] {
        for (idx, point) in (1..).zip(points) {
            let of_side = if is_one_template { String::new() } else { format!(" of {side}") };
            let name = point.name.unwrap_or_else(|| format!("point {idx}{of_side}"));
            let found = pairs.iter_mut().find(|pair| pair.name == name);
            if let Some(pair) = found {
                pair.at[side] = point.at;
            } else {
                let mut at = PerSide::default();
                at[side] = point.at;
                pairs.push(NamedPair { name, at, is_active: true });
            }
        }
    }
    pairs
}
