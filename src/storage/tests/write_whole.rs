//! Files written whole or not at all.

use super::{names_in, put};
use crate::storage::{RecentSessions, write_both, write_whole};

#[test]
fn a_file_is_replaced_whole() {
    let folder = tempfile::tempdir().unwrap();
    let path = put(folder.path(), "file", &[b'x'; 10_000]);
    write_whole(&path, b"short").unwrap();
    assert_eq!(std::fs::read(&path).unwrap(), b"short");
    assert_eq!(names_in(folder.path()), ["file"]);
}

#[test]
fn a_missing_folder_is_told_and_leaves_no_trace() {
    let folder = tempfile::tempdir().unwrap();
    let old = put(folder.path(), "file", b"old");
    let error = write_whole(&folder.path().join("none/file"), b"new").unwrap_err().to_string();
    assert!(
        error.contains("there is no folder") && error.contains("choose another name"),
        "{error}"
    );
    assert!(!error.contains(".diptych-") && !error.contains("os error"), "{error}");
    assert_eq!(std::fs::read(old).unwrap(), b"old");
    assert_eq!(names_in(folder.path()), ["file"]);
}

#[test]
fn a_folder_is_never_replaced_by_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let inner = folder.path().join("inner");
    std::fs::create_dir(&inner).unwrap();
    put(&inner, "kept", b"kept");
    assert!(write_whole(&inner, b"new").is_err());
    assert_eq!(names_in(folder.path()), ["inner"]);
    assert_eq!(names_in(&inner), ["kept"]);
}

#[test]
fn of_two_files_that_belong_together_neither_is_written_without_the_other() {
    let folder = tempfile::tempdir().unwrap();
    let (one, two) = (put(folder.path(), "one", b"old"), folder.path().join("two"));
    write_both([(&one, b"new"), (&two, b"also new")]).unwrap();
    assert_eq!(std::fs::read(&two).unwrap(), b"also new");
    std::fs::create_dir(folder.path().join("taken")).unwrap();
    for hindrance in ["taken", "none/file"] {
        let path = folder.path().join(hindrance);
        let error = write_both([(&one, b"newer"), (&path, b"x")]).unwrap_err().to_string();
        assert!(error.contains(hindrance), "{error}");
        assert!(write_both([(&path, b"x"), (&one, b"newer")]).is_err());
    }
    assert_eq!(std::fs::read(&one).unwrap(), b"new");
    assert_eq!(names_in(folder.path()), ["one", "taken", "two"]);
}

#[cfg(unix)]
#[test]
fn a_finished_file_is_as_readable_as_any_other() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let mode = |path: &std::path::Path| std::fs::metadata(path).unwrap().permissions().mode();
    let ours = put(folder.path(), "ours", b"x");
    let usual = folder.path().join("usual");
    std::fs::File::create(&usual).unwrap();
    assert_eq!(mode(&ours), mode(&usual));
}

#[test]
fn recent_sessions_are_kept_latest_first_while_they_exist() {
    let folder = tempfile::tempdir().unwrap();
    let list = folder.path().join("settings/recent.ron");
    let mut recent = RecentSessions::at(list.clone());
    let sessions: Vec<_> =
        (0..10).map(|n| put(folder.path(), &format!("{n}.diptych.ron"), b"")).collect();
    for session in sessions.iter().chain([&sessions[5]]) {
        recent.remember(session);
    }
    std::fs::remove_file(&sessions[9]).unwrap();
    let again = RecentSessions::at(list).existing();
    let expected: Vec<_> = [5, 8, 7, 6, 4, 3, 2].iter().map(|n| sessions[*n].clone()).collect();
    assert_eq!(again, expected);
    put(folder.path(), "damaged.ron", b"not a list");
    let none: Vec<std::path::PathBuf> = Vec::new();
    assert_eq!(RecentSessions::at(folder.path().join("damaged.ron")).existing(), none);
}
