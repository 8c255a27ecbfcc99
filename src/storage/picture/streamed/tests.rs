//! Going forth and back in a file changes neither what is read nor its hash.

use std::{
    io::{BufRead as _, Cursor, Error, ErrorKind, Read, Result, Seek, SeekFrom},
    sync::Mutex,
};

use proptest::prelude::*;

use super::{super::sha256_hex, STEP, Streamed};
use crate::storage::picture::watch::{Unwatched, Watch, is_stop};

fn file_of(n: usize) -> Vec<u8> {
    (0..n).map(|at| u8::try_from(at * at / 7 % 251).unwrap()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_read_in_whatever_order_all_is_hashed_once(
        n in 0..4 * STEP,
        visits in proptest::collection::vec((0..5 * STEP, 0..2 * STEP), 0..6),
    ) {
        let bytes = file_of(n);
        let mut file = Streamed::new(Cursor::new(&bytes), &Unwatched).unwrap();
        for (at, length) in visits {
            file.seek(SeekFrom::Start(at as u64)).unwrap();
            let mut found = Vec::new();
            file.by_ref().take(length as u64).read_to_end(&mut found).unwrap();
            let expected = &bytes[at.min(n)..(at + length).min(n)];
            prop_assert_eq!(&found, expected);
            let here = file.stream_position().unwrap();
            prop_assert_eq!(here, (at + found.len()) as u64);
        }
        prop_assert_eq!(file.sha256().unwrap(), sha256_hex(&bytes));
    }
}

/// A file on a disk that fails behind its first bytes.
struct Failing(Cursor<Vec<u8>>);

impl Read for Failing {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize> {
        if self.0.position() > 0 {
            return Err(Error::new(ErrorKind::TimedOut, "the disk is gone"));
        }
        self.0.read(buffer)
    }
}

impl Seek for Failing {
    fn seek(&mut self, to: SeekFrom) -> Result<u64> {
        self.0.seek(to)
    }
}

#[test]
fn a_file_that_cannot_be_read_on_says_why() {
    let failing = || Failing(Cursor::new(file_of(2 * STEP)));
    let mut file = Streamed::new(failing(), &Unwatched).unwrap();
    assert!(file.read_to_end(&mut Vec::new()).is_err());
    assert_eq!(file.fault().unwrap().to_string(), "the disk is gone");
    let mut file = Streamed::new(failing(), &Unwatched).unwrap();
    file.read_exact(&mut vec![0; STEP]).unwrap();
    assert_eq!(file.sha256().unwrap_err().to_string(), "the disk is gone");
}

/// Wants the picture until half of it is there.
#[derive(Default)]
struct HalfWay(Mutex<Vec<f32>>);

impl Watch for HalfWay {
    fn is_cancelled(&self) -> bool {
        self.0.lock().unwrap().last().is_some_and(|share| *share >= 0.5)
    }

    fn report(&self, share: f32) {
        self.0.lock().unwrap().push(share);
    }
}

#[test]
fn it_tells_how_far_it_is_and_stops_when_told() {
    let watch = HalfWay::default();
    let mut file = Streamed::new(Cursor::new(file_of(4 * STEP)), &watch).unwrap();
    file.read_exact(&mut vec![0; STEP]).unwrap();
    file.rewind().unwrap();
    let stopped = file.read_to_end(&mut Vec::new()).unwrap_err();
    assert!(is_stop(&stopped));
    assert!(file.fill_buf().is_err());
    assert_eq!(*watch.0.lock().unwrap(), [0.0, 0.25, 0.5]);
}
