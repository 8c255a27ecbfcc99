//! What cannot be done: status 1, one line that names the file, and nothing left behind.

use std::fs;

use super::{Place, SESSION, csv};
use crate::pictures::{SIZES, places, write_pattern};

/// Checks that a run fails with one line that names `name`, and leaves every file as it was.
#[track_caller]
fn check_refused(place: &Place, arguments: &[&str], name: &str) {
    let before = contents(place);
    let run = place.run(arguments);
    assert_eq!(run.status, 1, "{arguments:?}: {run:?}");
    assert_eq!(run.stdout, "", "{arguments:?}");
    let lines: Vec<&str> = run.stderr.lines().collect();
    assert_eq!(lines.len(), 1, "{arguments:?}: {run:?}");
    assert!(lines[0].contains(name), "{arguments:?} does not name {name}: {run:?}");
    assert!(lines[0].len() > name.len() + 20, "it says what, why and what to do: {run:?}");
    assert!(contents(place) == before, "{arguments:?} left {:?}", place.files());
}

fn contents(place: &Place) -> Vec<(String, Option<Vec<u8>>)> {
    let read = |name: String| (name.clone(), fs::read(place.join(&name)).ok());
    place.files().into_iter().map(read).collect()
}

/// Bad picture files, made in `place`, by name.
fn bad_pictures(place: &Place) -> Vec<&'static str> {
    fs::create_dir(place.join("folder.png")).unwrap();
    fs::write(place.join("text.png"), "this is no picture\n").unwrap();
    fs::write(place.join("empty.png"), "").unwrap();
    let picture = image::DynamicImage::ImageRgb8(crate::pictures::pattern(SIZES.a, 4));
    for name in ["cut.jpg", "cut.png", "cut.webp"] {
        let path = place.join(name);
        picture.save(&path).unwrap();
        let whole = fs::read(&path).unwrap();
        fs::write(&path, &whole[..whole.len() * 2 / 3]).unwrap();
    }
    fs::write(place.join("moving.gif"), b"GIF89a\x01\0\x01\0\0\0\0;").unwrap();
    vec![
        "missing.png",
        "folder.png",
        "text.png",
        "empty.png",
        "cut.jpg",
        "cut.png",
        "cut.webp",
        "moving.gif",
    ]
}

#[test]
fn a_file_that_is_no_picture_is_refused_by_name() {
    let place = Place::with_pair();
    for name in bad_pictures(&place) {
        check_refused(&place, &["inspect", name, "--json"], name);
        check_refused(&place, &["inspect", name], name);
        check_refused(&place, &["new", name, "b.png", "-o", "t.diptych.ron"], name);
        check_refused(&place, &["new", "a.png", name, "-o", "t.diptych.ron"], name);
    }
}

#[test]
fn a_file_that_is_no_session_is_refused_by_name() {
    let place = Place::with_session(2, &[]);
    let text = fs::read_to_string(place.join(SESSION)).unwrap();
    fs::write(place.join("half.diptych.ron"), &text[..text.len() / 2]).unwrap();
    let newer = text.replace("version: 1,", "version: 999,");
    fs::write(place.join("newer.diptych.ron"), newer).unwrap();
    fs::create_dir(place.join("folder.diptych.ron")).unwrap();
    let bad =
        ["missing.diptych.ron", "folder.diptych.ron", "half.diptych.ron", "newer.diptych.ron"];
    for name in bad.into_iter().chain(["a.png", "l.csv"]) {
        check_refused(&place, &["align", name, "--json"], name);
        check_refused(&place, &["export", name, "-o", "card.png"], name);
    }
}

#[test]
fn a_source_that_has_gone_gives_no_card() {
    let place = Place::with_session(2, &[]);
    fs::remove_file(place.join("b.png")).unwrap();
    check_refused(&place, &["export", SESSION, "-o", "card.png"], "b.png");
    check_refused(&place, &["export", SESSION, "-o", "card.png", "--json"], "b.png");
}

#[test]
fn a_source_that_has_changed_gives_no_card() {
    let place = Place::with_session(2, &[]);
    write_pattern(place.path(), "b.png", SIZES.b, 200);
    check_refused(&place, &["export", SESSION, "-o", "card.png"], "b.png");
    fs::write(place.join("b.png"), "no picture any more").unwrap();
    check_refused(&place, &["export", SESSION, "-o", "card.png"], "b.png");
}

#[test]
fn a_source_picture_or_a_session_is_never_written_over() {
    let place = Place::with_session(2, &[]);
    for target in ["a.png", "./b.png"] {
        check_refused(&place, &["export", SESSION, "-o", target], target);
        check_refused(&place, &["new", "a.png", "b.png", "-o", target], target);
    }
    check_refused(&place, &["export", SESSION, "-o", SESSION, "--format", "png"], SESSION);
}

#[test]
fn an_alt_text_is_never_written_over_a_source_picture_nor_a_card_without_its_alt_text() {
    let place = Place::with_pair();
    fs::rename(place.join("b.png"), place.join("card.alt.txt")).unwrap();
    assert_eq!(place.run(&["new", "a.png", "card.alt.txt", "-o", SESSION]).status, 0);
    check_refused(&place, &["export", SESSION, "-o", "card.png"], "card.alt.txt");
    fs::create_dir(place.join("other.alt.txt")).unwrap();
    check_refused(&place, &["export", SESSION, "-o", "other.png"], "other.alt.txt");
    assert!(!place.join("other.png").exists());
}

#[test]
fn a_target_that_cannot_be_written_is_refused_by_name() {
    let place = Place::with_session(2, &[]);
    fs::create_dir(place.join("folder.png")).unwrap();
    fs::create_dir(place.join("folder.diptych.ron")).unwrap();
    for target in ["nowhere/card.png", "a.png/card.png", "folder.png"] {
        check_refused(&place, &["export", SESSION, "-o", target], target);
    }
    for target in ["nowhere/t.diptych.ron", "a.png/t.diptych.ron", "folder.diptych.ron"] {
        check_refused(&place, &["new", "a.png", "b.png", "-o", target], target);
    }
}

#[cfg(unix)]
#[test]
fn a_folder_without_permission_is_refused_by_name() {
    use std::os::unix::fs::PermissionsExt as _;
    let place = Place::with_session(2, &[]);
    let locked = place.join("locked");
    fs::create_dir(&locked).unwrap();
    let permit = |mode| fs::set_permissions(&locked, fs::Permissions::from_mode(mode)).unwrap();
    permit(0o555);
    // The superuser may write everywhere; then there is nothing to test.
    let is_locked = fs::write(locked.join("probe"), "").is_err();
    if is_locked {
        check_refused(&place, &["export", SESSION, "-o", "locked/card.png"], "locked/card.png");
    }
    permit(0o755);
}

#[test]
fn a_name_that_tells_no_format_is_refused() {
    let place = Place::with_session(2, &[]);
    for target in ["card.tiff", "card", "card.png.bak"] {
        check_refused(&place, &["export", SESSION, "-o", target], target);
    }
}

#[test]
fn landmarks_that_cannot_be_read_are_refused_by_name() {
    let place = Place::with_pair();
    let header = "name,ax,ay,bx,by\n";
    let bad = [
        ("empty.csv", String::new()),
        ("blank.csv", "\n  \n".into()),
        ("header.csv", "name,x,y\none,1,2\n".into()),
        ("headless.csv", "one,1,2,3,4\n".into()),
        ("word.csv", format!("{header}one,1,2,three,4\n")),
        ("infinite.csv", format!("{header}one,1,2,inf,4\n")),
        ("half.csv", format!("{header}one,1,2,3\n")),
        ("lone.csv", format!("{header}one,1,,3,4\n")),
        ("twice.csv", format!("{header}one,1,2,3,4\none,5,6,7,8\n")),
        ("nameless.csv", format!("{header},1,2,3,4\n")),
        ("landmarks.txt", csv(&places(2))),
    ];
    for (name, text) in bad {
        fs::write(place.join(name), text).unwrap();
        let made = ["new", "a.png", "b.png", "-o", "t.diptych.ron", "--landmarks", name];
        check_refused(&place, &made, name);
    }
    let made = ["new", "a.png", "b.png", "-o", "t.diptych.ron", "--landmarks", "missing.csv"];
    check_refused(&place, &made, "missing.csv");
}

#[test]
fn landmarks_on_one_point_cannot_be_aligned() {
    let place = Place::with_pair();
    let rows = "one,10,20,30,40\ntwo,50,60,30,40\nthree,70,90,30,40\n";
    place.write_landmarks(&format!("name,ax,ay,bx,by\n{rows}"));
    place.make_session(&[]);
    for model in ["similarity", "rigid"] {
        check_refused(&place, &["align", SESSION, "--model", model, "--json"], SESSION);
    }
    check_refused(&place, &["align", SESSION], SESSION);
    assert_eq!(place.run(&["align", SESSION, "--model", "translation"]).status, 0);
}
