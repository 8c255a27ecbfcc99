//! Where a session's sources are looked for.

use std::path::{Path, PathBuf};

use super::put;
use crate::{
    document::{Document, PerSide, Side, Source},
    storage::{read_session, read_session_text, write_session, write_session_text},
};

fn document(a: &Path, b: &Path) -> Document {
    let source = |path: &Path| {
        Some(Source { path: path.to_owned(), sha256: "0".repeat(64), width: 4, height: 3 })
    };
    Document { sources: PerSide::new(source(a), source(b)), ..Document::default() }
}

fn path_of(document: &Document, side: Side) -> PathBuf {
    document.sources[side].as_ref().unwrap().path.clone()
}

/// A folder with a session folder, a picture in it and one beside it.
fn tree() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("faces");
    for inner in ["sessions", "pictures"] {
        std::fs::create_dir_all(root.join(inner)).unwrap();
    }
    put(&root.join("pictures"), "a.png", b"a");
    put(&root.join("sessions"), "b.png", b"b");
    (folder, root)
}

#[test]
fn sources_are_written_by_their_path_from_the_session() {
    let (_folder, root) = tree();
    let path = root.join("sessions/s.diptych.ron");
    let document = document(&root.join("pictures/a.png"), &root.join("sessions/b.png"));
    let text = write_session_text(&document, &path);
    assert!(text.contains("path: \"../pictures/a.png\""), "{text}");
    assert!(text.contains("path: \"b.png\""), "{text}");
    let again = read_session_text(&text, &path).unwrap();
    for (side, content) in [(Side::A, b"a"), (Side::B, b"b")] {
        assert_eq!(std::fs::read(path_of(&again, side)).unwrap(), content);
    }
    assert_eq!(write_session_text(&again, &path), text);
}

#[test]
fn a_tree_that_was_moved_still_opens() {
    let (folder, root) = tree();
    let path = root.join("sessions/s.diptych.ron");
    let document = document(&root.join("pictures/a.png"), &root.join("sessions/b.png"));
    write_session(&document, &path).unwrap();
    let moved = folder.path().join("elsewhere");
    std::fs::rename(&root, &moved).unwrap();
    let again = read_session(&moved.join("sessions/s.diptych.ron")).unwrap();
    assert_eq!(std::fs::read(path_of(&again, Side::A)).unwrap(), b"a");
    assert_eq!(std::fs::read(path_of(&again, Side::B)).unwrap(), b"b");
}

#[test]
fn a_session_saved_elsewhere_finds_its_sources() {
    let (_folder, root) = tree();
    let first = root.join("sessions/s.diptych.ron");
    write_session(&document(&root.join("pictures/a.png"), &root.join("sessions/b.png")), &first)
        .unwrap();
    let opened = read_session(&first).unwrap();
    let text = write_session_text(&opened, &root.join("s.diptych.ron"));
    assert!(text.contains("path: \"pictures/a.png\""), "{text}");
    assert!(text.contains("path: \"sessions/b.png\""), "{text}");
}

#[test]
fn sources_that_are_gone_keep_their_place_in_the_tree() {
    let (_folder, root) = tree();
    let path = root.join("sessions/s.diptych.ron");
    let gone = document(&root.join("pictures/gone.png"), &root.join("sessions/lost/b.png"));
    let text = write_session_text(&gone, &path);
    assert!(text.contains("path: \"../pictures/gone.png\""), "{text}");
    assert!(text.contains("path: \"lost/b.png\""), "{text}");
    let again = read_session_text(&text, &path).unwrap();
    assert_eq!(write_session_text(&again, &path), text);
    assert_eq!(again.sources.b, gone.sources.b);
}

#[cfg(unix)]
#[test]
fn a_link_is_written_by_its_own_name() {
    let (folder, root) = tree();
    let link = root.join("sessions/link.png");
    std::os::unix::fs::symlink(root.join("pictures/a.png"), &link).unwrap();
    let door = folder.path().join("door");
    std::os::unix::fs::symlink(&root, &door).unwrap();
    let through = document(&door.join("sessions/gone.png"), &link);
    let text = write_session_text(&through, &door.join("sessions/s.diptych.ron"));
    assert!(text.contains("path: \"gone.png\""), "{text}");
    assert!(text.contains("path: \"link.png\""), "{text}");
}

#[test]
fn a_session_path_without_a_folder_stands_in_the_working_folder() {
    let text = write_session_text(
        &document(&std::env::current_dir().unwrap().join("x/a.png"), Path::new("b.png")),
        Path::new("s.diptych.ron"),
    );
    assert!(text.contains("path: \"x/a.png\"") && text.contains("path: \"b.png\""), "{text}");
    let again = read_session_text(&text, Path::new("s.diptych.ron")).unwrap();
    assert!(path_of(&again, Side::A).is_absolute());
}
