//! The user's settings.

use crate::storage::{Limits, Settings, write_whole};

#[test]
fn settings_that_are_kept_are_found_again() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("diptych/settings.ron");
    let mut settings = Settings::at(file.clone());
    assert_eq!(settings.limits, Limits::default());
    settings.limits = Limits { max_side: 1234, max_pixels: 7_000_000 };
    settings.keep().unwrap();
    assert_eq!(Settings::at(file).limits, Limits { max_side: 1234, max_pixels: 7_000_000 });
}

#[test]
fn a_file_that_makes_no_sense_gives_the_defaults_and_absurd_limits_are_mended() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("settings.ron");
    write_whole(&file, b"(max_side: many)").unwrap();
    assert_eq!(Settings::at(file.clone()).limits, Limits::default());
    write_whole(&file, b"(max_side: 0, max_pixels: 0)").unwrap();
    assert_eq!(Settings::at(file).limits, Limits { max_side: 1, max_pixels: 1 });
}
