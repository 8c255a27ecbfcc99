//! Numbers above and below a picture and the lines to what they name.
//!
//! Each spot is numbered at the edge of the picture that is nearer to it, or at the other one where that
//! is full. Along an edge numbers stand in the order of their spots, moved apart; as long as two lines
//! cross, whatever their edges, their numbers change places, which shortens both lines together, so that
//! it ends, and ends without crossings.

use super::{
    composer::f64_of,
    scene::{CardRect, Line},
};

/// Where a number stands and the line from it to its spot.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Leader {
    pub(super) pill: CardRect,
    pub(super) from: (f64, f64),
    pub(super) to: (f64, f64),
}

/// A spot in terms of the edges: along them, and across the picture from the first to the second.
#[derive(Clone, Copy)]
struct Spot {
    along: f64,
    across: f64,
    is_far: bool,
}

/// The size of a number's pill, its distance from the picture, and the least gap between two.
pub(super) type Pills = ((usize, usize), usize, usize);

/// The leaders of these outlines on the picture in `rect`, from numbers above and below it.
pub(super) fn leaders(outlines: &[Line], rect: CardRect, pills: Pills) -> Vec<Leader> {
    let ((width, height), room, gap) = pills;
    let (left, top) = (f64_of(rect.x), f64_of(rect.y));
    let (length, breadth, pill) = (f64_of(rect.width), f64_of(rect.height), f64_of(width));
    let step = pill + f64_of(gap);
    let mut spots: Vec<Spot> =
        outlines.iter().map(|line| spot(line, (left, top), breadth)).collect();
    balance(&mut spots, (length / step).floor());
    let mut ends = vec![(0.0, 0.0); spots.len()];
    for is_far in [false, true] {
        let mut on_edge: Vec<usize> =
            (0..spots.len()).filter(|idx| spots[*idx].is_far == is_far).collect();
        on_edge.sort_by(|p, q| spots[*p].along.total_cmp(&spots[*q].along));
        let wanted: Vec<f64> = on_edge.iter().map(|idx| spots[*idx].along).collect();
        let across = if is_far { breadth + f64_of(room) } else { -f64_of(room) };
        let apart = apart(&wanted, step, (pill / 2.0, length - pill / 2.0));
        for (idx, along) in on_edge.iter().zip(apart) {
            ends[*idx] = (along, across);
        }
    }
    uncross(&spots, &mut ends);
    let leader = |(spot, (along, across)): (&Spot, &(f64, f64))| {
        let (x, y) = (left + along, top + across);
        let corner = (x - pill / 2.0, if *across > 0.0 { y } else { y - f64_of(height) });
        let pill = CardRect { x: pixel(corner.0), y: pixel(corner.1), width, height };
        Leader { pill, from: (x, y), to: (left + spot.along, top + spot.across) }
    };
    spots.iter().zip(&ends).map(leader).collect()
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "card pixels")]
fn pixel(at: f64) -> usize {
    at.max(0.0).round() as usize
}

/// The point of an outline that is nearest to the edge that is nearer to its middle.
fn spot(line: &Line, (left, top): (f64, f64), breadth: f64) -> Spot {
    let points: Vec<(f64, f64)> = line.points.iter().map(|(x, y)| (x - left, y - top)).collect();
    let middle = points.iter().map(|at| at.1).sum::<f64>() / f64_of(points.len().max(1));
    let is_far = middle > breadth / 2.0;
    let by_edge = |p: &&(f64, f64), q: &&(f64, f64)| {
        if is_far { q.1.total_cmp(&p.1) } else { p.1.total_cmp(&q.1) }
    };
    let (along, across) = points.iter().min_by(by_edge).copied().unwrap_or((0.0, 0.0));
    Spot { along, across, is_far }
}

/// Moves spots to the other edge, those nearest to the middle first, where an edge has too many.
fn balance(spots: &mut [Spot], most: f64) {
    for is_far in [false, true] {
        while f64_of(spots.iter().filter(|spot| spot.is_far == is_far).count()) > most {
            let inward = |spot: &Spot| if is_far { -spot.across } else { spot.across };
            let here = spots.iter_mut().filter(|spot| spot.is_far == is_far);
            match here.max_by(|p, q| inward(p).total_cmp(&inward(q))) {
                Some(spot) => spot.is_far = !is_far,
                None => break,
            }
        }
    }
}

/// Places as near to the wanted ones, which are sorted, as the step between two and the limits allow.
fn apart(wanted: &[f64], step: f64, (least, most): (f64, f64)) -> Vec<f64> {
    let n = wanted.len();
    let mut places: Vec<f64> = wanted.iter().map(|at| at.clamp(least, most.max(least))).collect();
    for idx in 1..n {
        places[idx] = places[idx].max(places[idx - 1] + step);
    }
    for idx in (0..n).rev() {
        let limit = if idx + 1 == n { most } else { places[idx + 1] - step };
        places[idx] = places[idx].min(limit);
    }
    places
}

/// Lets numbers change places as long as that shortens their lines together.
fn uncross(spots: &[Spot], ends: &mut [(f64, f64)]) {
    let length =
        |spot: &Spot, end: (f64, f64)| libm::hypot(end.0 - spot.along, end.1 - spot.across);
    let mut has_changed = true;
    while has_changed {
        has_changed = false;
        for one in 0..spots.len() {
            for other in one + 1..spots.len() {
                let (p, q) = (ends[one], ends[other]);
                let now = length(&spots[one], p) + length(&spots[other], q);
                let then = length(&spots[one], q) + length(&spots[other], p);
                if then < now - 1e-9 {
                    ends.swap(one, other);
                    has_changed = true;
                }
            }
        }
    }
}
