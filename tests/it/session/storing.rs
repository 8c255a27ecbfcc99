//! Sessions on disk: what is saved comes back, and what has gone or changed is said.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use diptych::{
    document::{CardStyle, Edit, Layout, LoupePlace, Side},
    geometry::{ImagePoint, Model},
    raster::{Picture, Pixels},
    session::{Command, Session, Severity},
    storage::{encode_picture, read_session, write_whole},
};
use tempfile::TempDir;

use super::{carry_out, carry_out_all, edit, fresh, send, settle, told, with_pair};
use crate::pictures::{SIZES, pattern, write_pattern};

fn set_label(label: &str) -> Command {
    edit(Edit::SetLabel { side: Side::A, label: label.into() })
}

/// A saved session of the pair with three landmark pairs, and its file.
fn saved_pair(folder: &Path) -> (Session, PathBuf) {
    let mut session = with_pair(folder, 3);
    let path = folder.join("pair.diptych.ron");
    carry_out(&mut session, Command::Save(path.clone()));
    (session, path)
}

#[track_caller]
fn open(path: &Path) -> Session {
    let mut session = fresh();
    carry_out(&mut session, Command::OpenSession(path.to_owned()));
    session
}

fn pasted(code: u8) -> Arc<Picture> {
    let pixels = pattern((40, 30), 3).pixels().map(|p| [p[0], p[1], p[2], code]).collect();
    Arc::new(Picture::new(40, 30, Pixels::Rgba8(pixels)).unwrap())
}

#[test]
fn a_saved_session_opens_as_it_was() {
    let folder = TempDir::new().unwrap();
    let mut session = with_pair(folder.path(), 4);
    let at = ImagePoint::new(1.0 / 3.0, 1e-7);
    let loupe = session.document().loupes[1].id;
    let place =
        LoupePlace::Face { near: vec!["point 1".into()], offset: (0.1, -2.0 / 7.0), width: 0.7 };
    let card = CardStyle { layout: Layout::Diptych, ..CardStyle::default() };
    let edits = [
        Edit::SetLabel { side: Side::A, label: "\"SOUL\" \\ 2 · é".into() },
        Edit::AddLandmark { name: "one-sided, it's odd".into(), side: Side::B, at },
        Edit::SetModel(Model::Rigid),
        Edit::PlaceLoupe { id: loupe, place },
        Edit::SetCardStyle(Box::new(card)),
    ];
    carry_out_all(&mut session, edits.map(edit));
    assert!(session.is_unsaved());
    let path = folder.path().join("pair.diptych.ron");
    carry_out(&mut session, Command::Save(path.clone()));
    assert!(!session.is_unsaved());
    assert_eq!(session.path(), Some(&path));

    let again = open(&path);
    assert_eq!(again.document(), session.document());
    assert_eq!(again.notices(), []);
    assert!(!again.is_unsaved());
    assert!(Side::BOTH.into_iter().all(|side| again.loaded(side).is_some()));
    let first = fs::read(&path).unwrap();
    let mut again = again;
    carry_out(&mut again, Command::Save(path.clone()));
    assert_eq!(fs::read(&path).unwrap(), first, "same document, same bytes");
}

#[test]
fn a_session_moves_with_its_folder() {
    let old = TempDir::new().unwrap();
    let (session, path) = saved_pair(old.path());
    let new = TempDir::new().unwrap();
    for name in ["a.png", "b.png", "pair.diptych.ron"] {
        fs::copy(old.path().join(name), new.path().join(name)).unwrap();
    }
    drop(old);
    let again = open(&new.path().join(path.file_name().unwrap()));
    assert_eq!(again.notices(), []);
    assert_eq!(again.document().landmarks, session.document().landmarks);
    assert!(Side::BOTH.into_iter().all(|side| again.loaded(side).is_some()));
}

#[test]
fn undoing_back_to_the_saved_state_leaves_nothing_unsaved() {
    let folder = TempDir::new().unwrap();
    let (mut session, _) = saved_pair(folder.path());
    assert!(!session.is_unsaved());
    carry_out(&mut session, set_label("changed"));
    assert!(session.is_unsaved());
    carry_out(&mut session, Command::Undo);
    assert!(!session.is_unsaved());
    carry_out(&mut session, Command::Undo);
    assert!(session.is_unsaved(), "before the saved state is not the saved state");
    carry_out(&mut session, Command::Redo);
    assert!(!session.is_unsaved());
}

#[test]
fn an_edit_made_while_a_save_is_under_way_stays_unsaved() {
    let folder = TempDir::new().unwrap();
    let mut session = with_pair(folder.path(), 2);
    let path = folder.path().join("pair.diptych.ron");
    let jobs = send(&mut session, Command::Save(path.clone()));
    carry_out_label_while_busy(&mut session);
    settle(&mut session, jobs);
    assert!(session.is_unsaved());
    assert_eq!(read_session(&path).unwrap().labels.a, "");
}

fn carry_out_label_while_busy(session: &mut Session) {
    assert!(send(session, set_label("later")).is_empty());
}

#[test]
fn a_failed_save_leaves_the_old_file_and_the_work_unsaved() {
    let folder = TempDir::new().unwrap();
    let (mut session, path) = saved_pair(folder.path());
    let old = fs::read(&path).unwrap();
    carry_out(&mut session, set_label("changed"));
    let nowhere = folder.path().join("no such folder").join("pair.diptych.ron");
    carry_out(&mut session, Command::Save(nowhere));
    assert_eq!(told(&session, Severity::Error).len(), 1);
    assert!(session.is_unsaved());
    assert_eq!(session.path(), Some(&path), "the session still belongs to its old file");

    // The pasted picture cannot be written beside the session: a folder stands in its place.
    carry_out_all(
        &mut session,
        [Command::DismissNotices, Command::PastePicture(Side::B, pasted(255))],
    );
    let hash = session.document().sources.b.as_ref().unwrap().sha256[..8].to_owned();
    fs::create_dir(folder.path().join(format!("pair-B-{hash}.png"))).unwrap();
    carry_out(&mut session, Command::Save(path.clone()));
    assert_eq!(told(&session, Severity::Error).len(), 1, "{:?}", session.notices());
    assert!(session.is_unsaved());
    assert_eq!(fs::read(&path).unwrap(), old);
}

#[test]
fn a_pasted_picture_is_saved_as_png_beside_the_session_and_comes_back() {
    let folder = TempDir::new().unwrap();
    let mut session = with_pair(folder.path(), 2);
    let picture = pasted(200);
    carry_out(&mut session, Command::PastePicture(Side::B, Arc::clone(&picture)));
    let path = folder.path().join("pair.diptych.ron");
    carry_out(&mut session, Command::Save(path.clone()));
    assert!(!session.is_unsaved());
    assert_eq!(told(&session, Severity::Error), Vec::<&str>::new());

    let again = open(&path);
    assert_eq!(again.notices(), []);
    let source = again.document().sources.b.clone().unwrap();
    assert_eq!(source.path.parent(), Some(folder.path()));
    let on_disk = image::open(&source.path).unwrap().into_rgba8().into_raw();
    assert_eq!(on_disk, picture.to_rgba8());
    assert_eq!(again.loaded(Side::B).unwrap().picture.to_rgba8(), picture.to_rgba8());
    assert_eq!(again.document().landmarks, session.document().landmarks);
    assert_eq!(source.sha256, session.document().sources.b.as_ref().unwrap().sha256);
}

#[test]
fn a_pasted_picture_survives_a_second_save_and_a_save_elsewhere() {
    let (folder, elsewhere) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    let mut session = with_pair(folder.path(), 2);
    let picture = pasted(255);
    carry_out(&mut session, Command::PastePicture(Side::B, Arc::clone(&picture)));
    let path = folder.path().join("pair.diptych.ron");
    let other = elsewhere.path().join("copy.diptych.ron");
    for path in [&path, &path, &other] {
        carry_out(&mut session, set_label(&path.display().to_string()));
        carry_out(&mut session, Command::Save(path.clone()));
        assert!(!session.is_unsaved());
        let again = open(path);
        assert_eq!(again.notices(), [], "{}", path.display());
        let loaded = again.loaded(Side::B).expect("the pasted picture opens");
        assert_eq!(loaded.picture.to_rgba8(), picture.to_rgba8());
    }
}

#[test]
fn a_pasted_picture_outlives_many_that_come_and_go() {
    let folder = TempDir::new().unwrap();
    let mut session = with_pair(folder.path(), 2);
    carry_out(&mut session, Command::PastePicture(Side::A, pasted(255)));
    for seed in 0..8 {
        let other = write_pattern(folder.path(), &format!("{seed}.png"), (30, 20), seed);
        carry_out(&mut session, Command::OpenPicture(Side::B, other));
        assert!(session.loaded(Side::A).is_some(), "after {} others", seed + 1);
        assert!(session.loaded(Side::B).is_some());
    }
    assert_eq!(session.notices(), []);
}

#[test]
fn a_session_whose_source_has_gone_opens_with_its_landmarks_and_says_so_once() {
    let folder = TempDir::new().unwrap();
    let (session, path) = saved_pair(folder.path());
    fs::remove_file(folder.path().join("b.png")).unwrap();
    let again = open(&path);
    assert_eq!(again.document(), session.document());
    assert!(!again.is_unsaved(), "nothing was changed");
    assert!(again.loaded(Side::A).is_some());
    assert!(again.fault(Side::B).is_some_and(|why| why.contains("b.png")));
    assert_eq!(again.notices().len(), 1, "{:?}", again.notices());
    let told = told(&again, Severity::Error);
    assert!(told.len() == 1 && told[0].contains("b.png") && told[0].contains('B'), "{told:?}");
}

#[test]
fn a_source_that_was_put_back_is_found_when_the_session_is_opened_again() {
    let folder = TempDir::new().unwrap();
    let (_, path) = saved_pair(folder.path());
    let (there, away) = (folder.path().join("b.png"), folder.path().join("away.png"));
    fs::rename(&there, &away).unwrap();
    let mut session = open(&path);
    assert!(session.loaded(Side::B).is_none());
    fs::rename(&away, &there).unwrap();
    carry_out_all(&mut session, [Command::DismissNotices, Command::OpenSession(path)]);
    assert!(session.loaded(Side::B).is_some(), "{:?}", session.fault(Side::B));
    assert_eq!(session.notices(), []);
}

#[test]
fn a_changed_source_opens_with_a_warning_and_unconfirmed_landmarks() {
    let folder = TempDir::new().unwrap();
    let (session, path) = saved_pair(folder.path());
    write_pattern(folder.path(), "b.png", SIZES.b, 77);
    let again = open(&path);
    let warnings = told(&again, Severity::Warning);
    assert!(warnings.len() == 1 && warnings[0].contains("b.png"), "{:?}", again.notices());
    assert_eq!(again.notices().len(), 1);
    let is_confirmed = |side: Side| {
        let marks = again.document().landmarks.iter().filter_map(move |l| l.at[side]);
        marks.map(|mark| mark.is_confirmed).collect::<Vec<_>>()
    };
    assert_eq!((is_confirmed(Side::A), is_confirmed(Side::B)), (vec![true; 3], vec![false; 3]));
    for (was, is) in session.document().landmarks.iter().zip(&again.document().landmarks) {
        assert_eq!((&was.name, was.pair()), (&is.name, is.pair()));
    }
    let hash = |session: &Session| session.document().sources.b.as_ref().unwrap().sha256.clone();
    assert_ne!(hash(&again), hash(&session));
    assert_eq!(hash(&again), again.loaded(Side::B).unwrap().info.sha256);
    assert!(again.is_unsaved(), "the file still names the old picture");
}

#[test]
fn what_is_no_session_leaves_the_open_one_alone() {
    let folder = TempDir::new().unwrap();
    let (mut session, path) = saved_pair(folder.path());
    let text = fs::read_to_string(&path).unwrap();
    let png = encode_picture(&pasted(255), diptych::storage::PictureFormat::Png).unwrap();
    let bad = [
        ("empty", Vec::new()),
        ("picture", png),
        ("words", b"(hello: 1)".to_vec()),
        ("newer", text.replace("version: 1", "version: 999").into_bytes()),
        ("half", text.as_bytes()[..text.len() / 2].to_vec()),
        ("kernel", text.replace("Lanczos-3", "Gaussian").into_bytes()),
    ];
    let before = Arc::clone(session.document());
    for (name, bytes) in bad {
        let path = folder.path().join(format!("{name}.diptych.ron"));
        write_whole(&path, &bytes).unwrap();
        carry_out_all(&mut session, [Command::DismissNotices, Command::OpenSession(path)]);
        let told = told(&session, Severity::Error);
        assert!(told.len() == 1 && told[0].contains(name), "{name}: {told:?}");
        assert_eq!(*session.document(), before, "{name}");
    }
    assert_eq!(session.path(), Some(&path));
}
