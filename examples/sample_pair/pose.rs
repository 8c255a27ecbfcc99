//! How the head is held, and in what it is no mirror image of itself: between points of the picture
//! plane and points of the symmetric forms.

use crate::maths::{Point, bell, length, smooth};
use crate::noise::value;

/// How far what stands out by one unit moves to the right of the picture: the tangent of the angle by
/// which the head is turned.
const TURN: f64 = 0.19;
/// The same downwards: the camera is a little above the mouth.
const NOD: f64 = 0.025;
/// How far the middle of the mouth stands out, which stays where it is.
const MOUTH: f64 = 0.22;
/// How far the glasses stand out, as far as turning the head moves them.
const GLASSES: f64 = 0.30;

/// The same for the hair.
const HAIR: f64 = -0.5;

/// How far the head stands out at a point of its forms, in broad.
fn broad(q: Point) -> f64 {
    let x = q[0].abs().min(1.12);
    let head = 0.28 - 0.30 * x * x - 0.36 * x * x * x * x;
    let ridge = smooth(-1.35, -0.60, q[1]) * smooth(-0.24, -0.46, q[1]);
    let chin = -0.22 * smooth(0.45, 1.0, q[1]);
    head + 0.36 * ridge * bell(q[0] / 0.15) + chin
}

/// Where the forms have what lies at a point of the picture plane, as far as the turn of the head
/// goes.
fn faced(p: Point) -> Point {
    // The turn is small enough for a few rounds.
    const ROUNDS: u32 = 5;
    (0..ROUNDS).fold(p, |q, _| {
        let out = broad(q) - MOUTH;
        [p[0] - TURN * out, p[1] - NOD * out]
    })
}

/// Where the symmetric forms have what lies at a point of a face whose eyes are nearer to each other
/// and to the mouth than theirs, and whose chin is shorter: how far the point is shifted. Eyes keep
/// their shape.
fn nearer(p: Point) -> Point {
    /// How far the eyes come inwards, and everything above the nose down.
    const BY: Point = [0.055, 0.110];
    /// How far the chin comes up.
    const CHIN: f64 = 0.075;
    let level = smooth(-0.70, -0.92, p[1]);
    let across = smooth(0.0, 0.26, p[0].abs()) * smooth(1.12, 0.72, p[0].abs());
    let chin = CHIN * smooth(0.16, 0.74, p[1]);
    [BY[0] * p[0].signum() * level * across, chin - BY[1] * smooth(-0.36, -0.92, p[1])]
}

/// How far a point is shifted by a mouth that is smaller than that of the forms.
fn smaller(p: Point) -> Point {
    /// By how much.
    const BY: f64 = 0.10;
    let away = length(p[0], 1.1 * (p[1] - 0.06));
    let by = BY * smooth(1.05, 0.40, away);
    [by * p[0], by * p[1]]
}

/// How far a point is shifted by a smile that draws the corners of the mouth up.
fn smiling(p: Point) -> Point {
    /// By how much, against the middle.
    const BY: f64 = 0.055;
    let share = (p[0] / 0.46).abs().min(1.35);
    let near = smooth(0.95, 0.35, length(0.85 * p[0], p[1] - 0.05));
    [0.0, BY * near * (share * share - 0.62)]
}

/// How far a point is shifted by eyes that are larger than those of the forms.
fn wider(p: Point) -> Point {
    /// By how much.
    const BY: f64 = 0.13;
    let from = [p[0] - p[0].signum() * 0.475, p[1] + 1.01];
    let by = -BY * smooth(0.46, 0.20, length(from[0], 1.15 * from[1]));
    [by * from[0], by * from[1]]
}

/// No face is its own mirror image: how far a point is shifted before forms are looked up.
fn uneven(p: Point) -> Point {
    /// Largest shift in face units.
    const MOST: f64 = 0.030;
    let along = |at: Point, seed: u32| MOST * value([at[0] * 0.85 + 4.3, at[1] * 0.85 + 2.7], seed);
    // The middle of the mouth stays where it is.
    let by = |seed: u32| along(p, seed) - along([0.0, 0.0], seed);
    [by(11), by(12)]
}

/// Where the symmetric forms have what lies at a point of the picture plane.
pub(crate) fn form(p: Point) -> Point {
    let q = faced(p);
    let shifts = [nearer(q), smaller(q), smiling(q), wider(q), uneven(q)];
    shifts.iter().fold(q, |sum, by| [sum[0] + by[0], sum[1] + by[1]])
}

/// Where in the picture plane lies what the symmetric forms have at a point.
pub(crate) fn place(q: Point) -> Point {
    // The shift changes slowly, so that a few rounds find the place exactly.
    const ROUNDS: u32 = 60;
    (0..ROUNDS).fold(q, |p, _| {
        let to = form(p);
        [p[0] + q[0] - to[0], p[1] + q[1] - to[1]]
    })
}

/// The point of the curtains of hair, which hang far behind, at a point of the picture plane.
pub(crate) fn hair(p: Point) -> Point {
    [p[0] + TURN * (MOUTH - HAIR), p[1]]
}

/// Where in the picture plane lies a point of the glasses, which are rigid.
pub(crate) fn worn(g: Point) -> Point {
    [g[0] + TURN * (GLASSES - MOUTH), g[1] + NOD * (GLASSES - MOUTH)]
}

/// The point of the glasses at a point of the picture plane.
pub(crate) fn glasses(p: Point) -> Point {
    [p[0] - TURN * (GLASSES - MOUTH), p[1] - NOD * (GLASSES - MOUTH)]
}
