//! Whatever bytes a file has, it is read or refused.

use proptest::prelude::*;

use super::{fixture, read};
use crate::{document::Side, geometry::ImagePoint, storage::LandmarkFileError};

const FIXTURES: [&str; 8] = [
    "bigwarp.csv",
    "geomorph_pair.tps",
    "ibug.pts",
    "psychomorph.tem",
    "slicer.mrk.json",
    "spreadsheet.csv",
    "tpsdig.tps",
    "webmorph.tem",
];

/// Every place is finite, and a refusal is one line that names one of the file's.
fn check(name: &str, bytes: &[u8]) {
    match read(name, bytes) {
        Ok(file) => {
            for pair in file.into_pairs(Side::A) {
                assert!(pair.at.iter().all(|(_, at)| at.is_none_or(ImagePoint::is_finite)));
            }
        }
        Err(error) => {
            let text = error.to_string();
            assert!(!text.contains('\n') && text.chars().count() < 600, "{text}");
            if let LandmarkFileError::Content { line, .. } = error {
                let n_lines = bytes.iter().filter(|byte| matches!(byte, b'\n' | b'\r')).count();
                assert!((1..=n_lines + 1).contains(&line), "{text}");
            }
        }
    }
}

#[test]
fn truncated_files_are_read_or_refused() {
    for name in FIXTURES {
        let bytes = std::fs::read(fixture(name)).unwrap();
        let step = 1 + bytes.len() / 64;
        for n in (0..bytes.len()).step_by(step) {
            check(name, &bytes[..n]);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..Default::default() })]

    #[test]
    fn damaged_files_are_read_or_refused(
        idx in 0..FIXTURES.len(),
        damage in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
    ) {
        let mut bytes = std::fs::read(fixture(FIXTURES[idx])).unwrap();
        for (place, byte) in damage {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        check(FIXTURES[idx], &bytes);
    }

    #[test]
    fn noise_is_read_or_refused(
        idx in 0..FIXTURES.len(),
        bytes in proptest::collection::vec(any::<u8>(), 0..200),
    ) {
        check(FIXTURES[idx], &bytes);
    }

    #[test]
    fn near_misses_are_read_or_refused(
        idx in 0..FIXTURES.len(),
        text in "(LM=|LM3=|POINTS=|[0-9]{1,2}|-1|NA|1e308|,|;|\"|\\{|\\}|\\[|n_points:|true| |\n|\r|\t){0,40}",
    ) {
        check(FIXTURES[idx], text.as_bytes());
    }
}
