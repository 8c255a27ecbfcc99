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

/// What a landmark without a name is called, after its place in the list, from 1.
#[must_use]
pub fn numbered(n: usize) -> String {
    format!("point {n}")
}

/// The place that such a name says.
#[must_use]
pub fn number_of(name: &str) -> Option<usize> {
    name.strip_prefix("point ")?.parse().ok().filter(|n| *n > 0)
}

fn by_place(points: PerSide<Vec<SidePoint>>) -> Vec<NamedPair> {
    let n = points.a.len().max(points.b.len());
    let taken: Vec<String> =
        points.iter().flat_map(|(_, points)| points).filter_map(|p| p.name.clone()).collect();
    // Numbers that landmarks with names have already are passed over.
    let mut free = (1..).map(numbered).filter(|name| !taken.contains(name));
    let mut rest = points.map(Vec::into_iter);
    let pair = |_| {
        let (a, b) = (rest.a.next(), rest.b.next());
        let at = PerSide::new(a.as_ref().and_then(|p| p.at), b.as_ref().and_then(|p| p.at));
        let number = free.next()?;
        let name = [a, b].into_iter().flatten().find_map(|point| point.name);
        Some(NamedPair { name: name.unwrap_or(number), at, is_active: true })
    };
    (0..n).map_while(pair).collect()
}

fn by_name(points: PerSide<Vec<SidePoint>>) -> Vec<NamedPair> {
    // Two lists of different lengths follow different templates: equal places say nothing there.
    let is_one_template = points.a.len() == points.b.len();
    let mut pairs: Vec<NamedPair> = Vec::new();
    for (side, points) in [(Side::A, points.a), (Side::B, points.b)] {
        let mut of_side: Vec<String> = Vec::new();
        for (idx, point) in (1..).zip(points) {
            let rest = if is_one_template { String::new() } else { format!(" of {side}") };
            let name = point.name.unwrap_or_else(|| format!("{}{rest}", numbered(idx)));
            // Two points of one name on one side are two landmarks.
            let mut names = std::iter::once(name.clone())
                .chain((2_u32..).map(|n| format!("{name} ({n})")))
                .skip_while(|name| of_side.contains(name));
            let name = names.next().unwrap_or(name.clone());
            of_side.push(name.clone());
            if let Some(pair) = pairs.iter_mut().find(|pair| pair.name == name) {
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
