//! Landmark files.

mod bigwarp;
mod csv;
mod formats;
mod hostile;
mod pairing;
mod pts;
mod round_trip;
mod slicer;
mod tem;
mod tps;

use std::path::{Path, PathBuf};

use super::put;
use crate::{
    document::{PerSide, Side},
    geometry::{ImagePoint, Point},
    storage::{
        LandmarkFile, LandmarkFileError, LandmarkFormat, NamedPair, PictureSize, SidePoint,
        read_landmarks, write_landmarks,
    },
};

type Outcome = Result<LandmarkFile, LandmarkFileError>;

const SIZES: PerSide<Option<PictureSize>> = PerSide::new(Some((400, 500)), Some((300, 200)));

#[expect(clippy::unnecessary_wraps, reason = "a landmark is marked or not")]
fn at(x: f64, y: f64) -> Option<ImagePoint> {
    Some(Point::new(x, y))
}

fn pair(name: &str, a: Option<ImagePoint>, b: Option<ImagePoint>) -> NamedPair {
    NamedPair { name: name.to_owned(), at: PerSide::new(a, b), is_active: true }
}

fn nameless(at: Option<ImagePoint>) -> SidePoint {
    SidePoint { name: None, at }
}

fn named(name: &str, at: Option<ImagePoint>) -> SidePoint {
    SidePoint { name: Some(name.to_owned()), at }
}

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/landmarks").join(name)
}

/// What a file of this name and content is read as, for side A.
fn read(name: &str, content: impl AsRef<[u8]>) -> Outcome {
    let folder = tempfile::tempdir().unwrap();
    read_landmarks(&put(folder.path(), name, content.as_ref()), Some(Side::A), SIZES)
}

fn read_fixture(name: &str) -> LandmarkFile {
    read_landmarks(&fixture(name), Some(Side::A), SIZES).unwrap()
}

/// What is written.
fn written(
    format: LandmarkFormat,
    pairs: &[NamedPair],
    side: Option<Side>,
) -> Result<String, LandmarkFileError> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("out");
    write_landmarks(&path, format, pairs, side, SIZES)?;
    Ok(std::fs::read_to_string(path).unwrap())
}

#[track_caller]
fn pairs(outcome: Outcome) -> Vec<NamedPair> {
    let LandmarkFile::Pairs(pairs) = outcome.unwrap() else { panic!("one side") };
    pairs
}

#[track_caller]
fn side(outcome: Outcome) -> Vec<SidePoint> {
    let LandmarkFile::Side(points) = outcome.unwrap() else { panic!("both sides") };
    points
}

/// Refused by this line, in these words.
#[track_caller]
fn assert_line(outcome: Outcome, expected: usize, words: &str) {
    let error = outcome.unwrap_err();
    let LandmarkFileError::Content { line, .. } = error else { panic!("{error:?}") };
    assert_eq!(line, expected, "{error}");
    let text = error.to_string();
    assert!(text.contains(words) && text.contains(&format!("line {expected}: ")), "{text}");
    assert!(!text.contains('\n'), "{text}");
}
