//! A face of other proportions, for tests: the drawn one, bent by a spline so that its landmarks lie
//! about 8 % of the face unit off the recipe's mean shape. A is the photographic finish here.

use std::{error::Error, path::Path};

use diptych::{
    geometry::{ImagePoint, Method, Model, Pair, fit},
    storage::write_whole,
};

use crate::maths::Point;
use crate::scene::Model as Face;
use crate::view::View;
use crate::{draw, finish, landmarks, nose, pose, shape};

const VIEW_A: View =
    View { width: 640, height: 704, scale: 236.0, roll: -3.0, origin: [327.5, 440.25], samples: 3 };
const VIEW_B: View =
    View { width: 704, height: 640, scale: 211.0, roll: 5.0, origin: [335.25, 396.0], samples: 3 };

/// Where this face has its landmarks, in face units.
const LANDMARKS: [(&str, Point); 12] = [
    ("right mouth corner", [-0.5, 0.0]),
    ("left mouth corner", [0.5, 0.0]),
    ("right pupil", [-0.62, -1.255]),
    ("left pupil", [0.62, -1.255]),
    ("nose tip", [0.02, -0.605]),
    ("cupid's bow", [0.01, -0.17]),
    ("lower lip middle", [0.0, 0.36]),
    ("right nostril wing", [-0.25, -0.5]),
    ("left nostril wing", [0.26, -0.51]),
    ("right rim bottom", [-0.64, -0.77]),
    ("left rim bottom", [0.64, -0.77]),
    ("glasses bridge", [0.0, -1.35]),
];

/// A closed line, by direction from its middle.
type Outline = fn(f64) -> Point;

/// How far a point lies in the direction that is sought.
type Measure = fn(&Point) -> f64;

/// The outermost point of a wing and the lowest of a rim are others once these are bent: looked for
/// on the bent outline. Other landmarks stay where they were put.
fn extreme(name: &str, at: Point, unbend: impl Fn(Point) -> Point) -> Point {
    const STEPS: u32 = 3600;
    let side = at[0].signum();
    let (outline, how_far): (Outline, Measure) = if name.contains("rim") {
        (shape::rim_edge, |p| p[1])
    } else if name.contains("wing") {
        (nose::wing_edge, |p| p[0].abs())
    } else {
        return at;
    };
    // Wings are forms of the face, which is no mirror image; rims are rigid.
    let formed = |q: Point| if name.contains("wing") { pose::place(q) } else { pose::worn(q) };
    let around = (0..STEPS).map(|step| {
        let edge = outline(f64::from(step) * std::f64::consts::TAU / f64::from(STEPS));
        unbend(formed([side * edge[0], edge[1]]))
    });
    around.max_by(|p, q| how_far(p).total_cmp(&how_far(q))).unwrap_or(at)
}

/// Draws both pictures and writes them with their landmarks.
pub(crate) fn write(folder: &Path, face: &Face) -> Result<(), Box<dyn Error>> {
    // The spline's kernel wants lengths that are no fractions of one.
    const SCALE: f64 = 1000.0;
    let place = |p: Point| ImagePoint::new(SCALE * p[0], SCALE * p[1]);
    let drawn = shape::landmarks();
    let pairs = LANDMARKS.iter().filter_map(|(name, here)| {
        let (_, there) = drawn.iter().find(|(other, _)| other == name)?;
        Some(Pair::new(place(*here), place(*there)))
    });
    let pairs: Vec<Pair> = pairs.collect();
    let method = Method { model: Model::ThinPlateSpline, smoothing: 0.0 };
    let drawn_from_other = fit(method, &pairs)?;
    let bend = |p: Point| {
        let at = drawn_from_other.apply(place(p));
        [at.x / SCALE, at.y / SCALE]
    };
    draw(&folder.join("other_a.jpg"), &VIEW_A, &finish::PHOTOGRAPHIC, face, bend)?;
    draw(&folder.join("other_b.jpg"), &VIEW_B, &finish::PROCESSED, face, bend)?;
    let unbend = |p: Point| {
        let at = drawn_from_other.unapply(place(p));
        [at.x / SCALE, at.y / SCALE]
    };
    let points = LANDMARKS.map(|(name, at)| (name, extreme(name, at, unbend)));
    let table = landmarks([&VIEW_A, &VIEW_B], &points)?;
    write_whole(&folder.join("other_landmarks.csv"), table.as_bytes())?;
    Ok(())
}
