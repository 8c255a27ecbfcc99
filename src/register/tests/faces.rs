//! Landmarks found on another face than that of the example.

use std::path::Path;

use super::{PAIR, Random, at, picture_of};
use crate::{
    geometry::{Image, ImagePoint, Model, Similarity, fit_model},
    raster::{Picture, Pixels},
    register::{Example, Likeness, MIN_LIKENESS, find},
};

/// Names and places on one side of a table of landmarks: `ax`, `ay` or `bx`, `by`.
fn table(path: &str, column: usize) -> Vec<(String, ImagePoint)> {
    let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap();
    let rows = text.lines().skip(1).map(|line| {
        let cells: Vec<&str> = line.split(',').collect();
        let number = |idx: usize| cells[idx].parse().unwrap();
        (cells[0].to_owned(), at(number(column), number(column + 1)))
    });
    rows.collect()
}

/// The face unit of the sample's A, in pixels.
const UNIT: f64 = 580.0;

struct Face {
    picture: Picture,
    unit: f64,
    /// The example's place and the true place of each landmark.
    places: Vec<(ImagePoint, ImagePoint)>,
    from_example: Similarity<Image, Image>,
}

/// The face of other proportions, laid on the example by pupils and mouth corners.
fn face(name: &str, column: usize) -> Face {
    let of_example = table("tests/fixtures/drawn/landmarks.csv", 1);
    let of_face = table("tests/fixtures/drawn/other_landmarks.csv", column);
    let names = of_example.iter().map(|(name, _)| name);
    assert!(names.eq(of_face.iter().map(|(name, _)| name)));
    let places: Vec<_> = of_example.iter().zip(&of_face).map(|(e, f)| (e.1, f.1)).collect();
    Face {
        picture: picture_of(&Path::new("tests/fixtures/drawn").join(name)),
        unit: places[0].1.distance(places[1].1),
        // The fit takes its second points to its first.
        from_example: fit_model(
            Model::Similarity,
            &places[..4].iter().map(|(e, f)| (*f, *e)).collect::<Vec<_>>(),
        )
        .unwrap(),
        places,
    }
}

fn look(face: &Face, idx: usize, start: ImagePoint) -> Option<Likeness> {
    let example = Example { picture: &PAIR[0].picture, at: face.places[idx].0, face_unit: UNIT };
    find(&example, &face.picture, start, 0.25, &face.from_example)
}

#[test]
fn every_landmark_of_a_face_of_other_proportions() {
    for (name, column, most) in [("other_a.jpg", 1, 0.012), ("other_b.jpg", 3, 0.008)] {
        let face = face(name, column);
        let mut random = Random(5);
        let mut errors = Vec::new();
        for (idx, (_, truth)) in face.places.iter().enumerate() {
            for _ in 0..5 {
                let start = random.beside(*truth, 0.08 * face.unit);
                let found = look(&face, idx, start).unwrap();
                let off = found.at.distance(*truth) / face.unit;
                assert!(off < 0.03, "{name}, landmark {idx}: off by {off} face units");
                errors.push(off);
            }
        }
        let squares = errors.iter().map(|off| off * off).sum::<f64>();
        let rms = (squares / crate::register::patch::real(errors.len())).sqrt();
        assert!(rms < most, "{name}: {rms} face units");
        errors.sort_by(f64::total_cmp);
        assert!(errors[errors.len() / 2] < 0.006);
    }
}

#[test]
fn nothing_is_found_where_nothing_is_alike() {
    let face = face("other_a.jpg", 1);
    let pupil = face.places[2].1;
    // Hair at the picture's edge, and far outside.
    assert_eq!(look(&face, 2, at(20.0, 600.0)), None);
    assert_eq!(look(&face, 2, at(-900.0, 40.0)), None);
    assert_eq!(look(&face, 2, at(f64::NAN, 0.0)), None);
    let grey = Picture::new(640, 704, Pixels::Rgba8(vec![[120, 120, 120, 255]; 640 * 704]));
    let grey = Face { picture: grey.unwrap(), ..face };
    assert_eq!(look(&grey, 2, pupil), None);
}

#[test]
fn maps_and_lengths_that_cannot_be_used_find_nothing() {
    let face = face("other_a.jpg", 1);
    let (known, pupil) = face.places[2];
    let example = Example { picture: &PAIR[0].picture, at: known, face_unit: UNIT };
    let find = |example: &Example, reach: f64, map: &Similarity<Image, Image>| {
        find(example, &face.picture, pupil, reach, map)
    };
    let map = &face.from_example;
    assert!(find(&example, 0.1, map).unwrap().peak > MIN_LIKENESS);
    assert_eq!(find(&example, 0.0, map), None);
    assert_eq!(find(&example, f64::NAN, map), None);
    assert_eq!(find(&Example { face_unit: 0.0, ..example }, 0.1, map), None);
    assert_eq!(find(&Example { face_unit: f64::INFINITY, ..example }, 0.1, map), None);
    let flat = Similarity::about(0.0, 0.0, known, pupil);
    assert_eq!(find(&example, 0.1, &flat), None);
}
