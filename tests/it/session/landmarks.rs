//! Landmarks from files, into files, and refined by the pixels.

use std::fs;

use diptych::{
    document::{Edit, LandmarkId, PerSide, Side},
    geometry::{ImagePoint, Model},
    session::{Command, LandmarkExport, Session, Severity, ViewCommand, run},
    storage::{LandmarkFormat, recipe},
};
use tempfile::TempDir;

use super::{carry_out, carry_out_all, edit, fresh, send, told, with_pair};

fn import(folder: &TempDir, name: &str, text: &str, side: Option<Side>) -> Command {
    let path = folder.path().join(name);
    fs::write(&path, text).unwrap();
    Command::ImportLandmarks(path, side)
}

fn places(session: &Session) -> Vec<(String, PerSide<Option<ImagePoint>>)> {
    let landmarks = session.document().landmarks.iter();
    landmarks.map(|l| (l.name.clone(), l.at.map(|mark| mark.map(|mark| mark.at)))).collect()
}

fn pair(a: (f64, f64), b: (f64, f64)) -> PerSide<Option<ImagePoint>> {
    PerSide::new(a, b).map(|(x, y)| Some(ImagePoint::new(x, y)))
}

#[test]
fn a_file_of_both_sides_takes_the_place_of_what_was_there_in_one_step() {
    let folder = TempDir::new().unwrap();
    let mut session = with_pair(folder.path(), 3);
    let before = places(&session);
    let text =
        "\"a\",true,1.5,2.5,3.5,4.5\n\"off\",false,5,6,7,8\n\"half\",false,1,1,Infinity,Infinity\n";
    carry_out(&mut session, import(&folder, "bigwarp.csv", text, None));
    assert_eq!(
        places(&session),
        [
            ("a".to_owned(), pair((4.0, 5.0), (2.0, 3.0))),
            ("off".to_owned(), pair((7.5, 8.5), (5.5, 6.5))),
            ("half".to_owned(), PerSide::new(None, Some(ImagePoint::new(1.5, 1.5)))),
        ]
    );
    assert!(!session.document().landmarks[1].is_active);
    assert_eq!(session.registration().n_pairs(), 1, "what is switched off takes no part");
    assert!(told(&session, Severity::Warning).iter().any(|text| text.contains("switched off")));
    assert_eq!(session.undo_label(), Some("import landmarks"));
    carry_out(&mut session, Command::Undo);
    assert_eq!(places(&session), before);
}

#[test]
fn files_of_one_side_are_imported_one_after_the_other_and_pair_by_place() {
    let folder = TempDir::new().unwrap();
    let mut session = with_pair(folder.path(), 0);
    let a = import(&folder, "a.tem", "2\n9.5\t19.5\n29.5\t39.5\n0\n", Some(Side::A));
    let b = import(&folder, "b.tem", "2\n8.5\t18.5\n28.5\t38.5\n", Some(Side::B));
    carry_out_all(&mut session, [a, b]);
    let expected = [
        ("point 1".to_owned(), pair((10.0, 20.0), (9.0, 19.0))),
        ("point 2".to_owned(), pair((30.0, 40.0), (29.0, 39.0))),
    ];
    assert_eq!(places(&session), expected);
    let again = import(&folder, "c.tem", "3\n1\t1\n2\t2\n3\t3\n", Some(Side::B));
    carry_out(&mut session, again);
    assert_eq!(places(&session)[0].1.a, expected[0].1.a, "the other side stays");
    assert!(told(&session, Severity::Warning).iter().any(|text| text.contains("no pair")));
}

#[test]
fn a_template_gives_points_the_recipes_names() {
    let folder = TempDir::new().unwrap();
    let mut session = with_pair(folder.path(), 0);
    let points: String = (0..68).fold("version: 1\nn_points: 68\n{\n".to_owned(), |text, n| {
        format!("{text}{}.5 {}.5\n", n + 10, 2 * n + 10)
    });
    carry_out(&mut session, import(&folder, "face.pts", &(points + "}\n"), Some(Side::A)));
    let named = session.document().landmark_named("right mouth corner").unwrap();
    assert_eq!(named.at.a.unwrap().at, ImagePoint::new(58.0, 106.0));
    assert!(recipe(None).unwrap().landmark("right mouth corner").is_some());
    assert!(told(&session, Severity::Done).iter().any(|text| text.contains("iBUG 68")));
}

#[test]
fn what_cannot_be_imported_changes_nothing_and_says_where() {
    let folder = TempDir::new().unwrap();
    let mut session = with_pair(folder.path(), 2);
    let before = places(&session);
    for (name, text, words) in [
        ("x.csv", "name,ax,ay,bx,by\nfine,1,2,3,4\nbad,1,NaN,3,4\n", "line 3"),
        ("x.tem", "2\n1 2\n3 4\n", "one side"),
        ("x.mrk.json", "{\"markups\": 5}", "x.mrk.json"),
        ("x.txt", "1 2", "x.txt"),
    ] {
        carry_out(&mut session, import(&folder, name, text, None));
        assert_eq!(places(&session), before, "{name}");
        let errors = told(&session, Severity::Error);
        assert!(errors.iter().any(|error| error.contains(words)), "{name}: {errors:?}");
        carry_out(&mut session, Command::DismissNotices);
    }
}

#[test]
fn what_is_exported_comes_back() {
    let folder = TempDir::new().unwrap();
    let mut session = with_pair(folder.path(), 5);
    carry_out(&mut session, edit(Edit::SetLandmarkActive { id: LandmarkId(1), is_active: false }));
    let before = places(&session);
    for (name, format, sides) in [
        ("l.csv", LandmarkFormat::Csv, &[None][..]),
        ("w.csv", LandmarkFormat::BigWarp, &[None]),
        ("l.tps", LandmarkFormat::Tps, &[None]),
        ("l.tem", LandmarkFormat::Tem, &[Some(Side::A), Some(Side::B)]),
        ("l.mrk.json", LandmarkFormat::Slicer, &[Some(Side::A), Some(Side::B)]),
    ] {
        let mut other = with_pair(folder.path(), 0);
        for side in sides {
            let path = folder.path().join(name);
            let export = LandmarkExport { path: path.clone(), format, side: *side };
            carry_out(&mut session, Command::ExportLandmarks(export));
            carry_out(&mut other, Command::ImportLandmarks(path, *side));
        }
        assert_eq!(told(&other, Severity::Error), Vec::<&str>::new(), "{name}");
        let came_back = places(&other);
        assert_eq!(came_back.len(), before.len(), "{name}");
        for ((_, found), (_, expected)) in came_back.iter().zip(&before) {
            for side in Side::BOTH {
                let off = found[side].unwrap().distance(expected[side].unwrap());
                assert!(off < 1e-9, "{name}: {off}");
            }
        }
        let is_kept = other.document().landmarks.iter().any(|landmark| !landmark.is_active);
        assert_eq!(is_kept, format == LandmarkFormat::BigWarp, "{name}");
    }
    let source = folder.path().join("a.png");
    let over = LandmarkExport { path: source.clone(), format: LandmarkFormat::Csv, side: None };
    let bytes = fs::read(&source).unwrap();
    carry_out(&mut session, Command::ExportLandmarks(over));
    assert_eq!(fs::read(&source).unwrap(), bytes, "a source is never written over");
}

/// The bundled pair with every B mark moved by some pixels.
fn shaken(folder: &TempDir) -> (Session, Vec<ImagePoint>) {
    let mut session = fresh();
    carry_out(&mut session, Command::OpenSample(folder.path().join("sample")));
    let landmarks = session.document().landmarks.clone();
    let truth: Vec<ImagePoint> = landmarks.iter().map(|l| l.at.b.unwrap().at).collect();
    for (idx, landmark) in (0_u8..).zip(&landmarks) {
        let (dx, dy) = (f64::from(idx % 3) * 5.0 - 5.0, f64::from(idx % 4) * 3.0 - 5.0);
        let at = landmark.at.b.unwrap().at.offset(dx, dy);
        let (id, side) = (landmark.id, Side::B);
        carry_out(&mut session, edit(Edit::PlaceLandmark { id, side, at }));
    }
    (session, truth)
}

#[test]
fn refining_all_moves_what_the_pixels_tell_and_nothing_else_in_one_step() {
    let folder = TempDir::new().unwrap();
    let (mut session, truth) = shaken(&folder);
    let rough: Vec<_> = places(&session).into_iter().map(|(_, at)| at.b.unwrap()).collect();
    carry_out(&mut session, Command::Refine(None));
    let mut n_moved = 0;
    for ((_, found), (rough, truth)) in places(&session).iter().zip(rough.iter().zip(&truth)) {
        let found = found.b.unwrap();
        if found == *rough {
            continue;
        }
        n_moved += 1;
        assert!(found.distance(*truth) < 1.0, "{} px off", found.distance(*truth));
    }
    assert!(n_moved >= 2, "pupils and mouth corners are found");
    assert_eq!(session.undo_label(), Some("refine landmarks"));
    let words = |text: &&str| text.contains("peak") && text.contains("No match");
    assert!(told(&session, Severity::Warning).iter().any(words));
    carry_out(&mut session, Command::Undo);
    let undone: Vec<_> = places(&session).into_iter().map(|(_, at)| at.b.unwrap()).collect();
    assert_eq!(undone, rough);
}

#[test]
fn a_mark_that_moved_meanwhile_is_left_alone_and_nothing_is_refined_without_an_alignment() {
    let folder = TempDir::new().unwrap();
    let (mut session, _) = shaken(&folder);
    let id = session.document().landmark_named("right pupil").unwrap().id;
    let jobs = send(&mut session, Command::Refine(Some(id)));
    let outcome = run(&jobs[0]);
    let at = ImagePoint::new(500.0, 500.0);
    carry_out(&mut session, edit(Edit::PlaceLandmark { id, side: Side::B, at }));
    carry_out(&mut session, Command::Finished(jobs[0].id, outcome));
    assert_eq!(session.document().landmark(id).unwrap().at.b.unwrap().at, at);
    let mut alone = with_pair(folder.path(), 1);
    assert!(send(&mut alone, Command::Refine(None)).is_empty());
    assert!(told(&alone, Severity::Error).iter().any(|text| text.contains("needs more pairs")));
}

#[test]
fn changing_the_model_moves_no_landmark_and_each_model_is_stated() {
    let folder = TempDir::new().unwrap();
    let (mut session, _) = shaken(&folder);
    let before = places(&session);
    let mut left_over = Vec::new();
    for model in [Model::Translation, Model::Rigid, Model::Similarity, Model::Affine] {
        carry_out(&mut session, edit(Edit::SetModel(model)));
        assert_eq!(session.registration().model, model);
        left_over.push(session.registration().residuals.rms.unwrap());
    }
    // Each is a case of the next.
    assert!(left_over.is_sorted_by(|more, less| more >= less), "{left_over:?}");
    carry_out(&mut session, edit(Edit::SetModel(Model::ThinPlateSpline)));
    assert_eq!(session.registration().residuals.rms, None, "through every pair");
    carry_out(&mut session, edit(Edit::SetSmoothing(500.0)));
    assert!(session.registration().residuals.rms.unwrap() > 0.0);
    assert_eq!(places(&session), before);
}

#[test]
fn a_slip_that_cannot_be_fitted_keeps_the_last_fit_and_says_so() {
    let folder = TempDir::new().unwrap();
    let mut session = with_pair(folder.path(), 2);
    let fitted = session.registration().b_from_a.clone();
    let ids: Vec<_> = session.document().landmarks.iter().map(|landmark| landmark.id).collect();
    let first = session.document().landmarks[0].at.a.unwrap().at;
    carry_out(&mut session, edit(Edit::PlaceLandmark { id: ids[1], side: Side::A, at: first }));
    let registration = session.registration();
    assert!(registration.fault.is_some());
    assert_eq!(registration.b_from_a, fitted);
    assert!(session.is_linked(), "the panes stay where they were");
    let notice = registration.notice(Model::Similarity).unwrap();
    assert!(notice.contains("last fit is kept") && notice.contains("one point"), "{notice}");
    assert!(registration.residuals.rms.is_none() && registration.landmarks.is_empty());
    // What lies in the file alone says what the card and the command line make of it.
    let anew = diptych::document::Registration::of(session.document());
    assert_eq!(anew.footing, diptych::document::Footing::NotAligned);
    carry_out(&mut session, Command::Undo);
    assert!(session.registration().fault.is_none());
}

#[test]
fn one_side_imported_again_pairs_the_same_points_though_some_are_missing() {
    for (format, name) in [(LandmarkFormat::Tps, "b.tps"), (LandmarkFormat::Csv, "b.csv")] {
        let folder = TempDir::new().unwrap();
        let mut session = with_pair(folder.path(), 6);
        for (idx, side) in [(1, Side::A), (4, Side::B)] {
            let id = session.document().landmarks[idx].id;
            send(&mut session, Command::Edit(Edit::UnmarkLandmark { id, side }, None));
        }
        let before = places(&session);
        let path = folder.path().join(name);
        let export = LandmarkExport { path: path.clone(), format, side: Some(Side::B) };
        carry_out(&mut session, Command::ExportLandmarks(export));
        carry_out(&mut session, Command::ImportLandmarks(path, Some(Side::B)));
        assert_eq!(told(&session, Severity::Error), Vec::<&str>::new());
        // TPS counts from the bottom, which rounds.
        for ((name, at), (old, was)) in places(&session).iter().zip(&before) {
            assert_eq!(name, old);
            for side in Side::BOTH {
                let off = at[side].zip(was[side]).map(|(at, was)| at.distance(was));
                assert!(off.is_none_or(|off| off < 1e-9), "{name}");
                assert_eq!(at[side].is_some(), was[side].is_some(), "{name}");
            }
        }
        assert_eq!(places(&session).len(), before.len());
    }
}

#[test]
fn points_keep_their_numbers_where_one_is_missing_on_both_sides() {
    let folder = TempDir::new().unwrap();
    let mut session = with_pair(folder.path(), 0);
    let file = |dx: f64| {
        let row = |n: i32| match n {
            3 => "-1 -1\n".to_owned(),
            n => format!("{} {}\n", 10.0 * f64::from(n) + dx, 20 + 7 * n),
        };
        format!("LM=6\n{}IMAGE=x.png\n", (1..=6).map(row).collect::<String>())
    };
    for (side, name, dx) in [(Side::A, "a.tps", 0.0), (Side::B, "b.tps", 2.0)] {
        carry_out(&mut session, import(&folder, name, &file(dx), Some(side)));
    }
    assert_eq!(told(&session, Severity::Error), Vec::<&str>::new());
    let names: Vec<String> = places(&session).into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["point 1", "point 2", "point 4", "point 5", "point 6"]);
    for (name, at) in places(&session) {
        let moved = at.b.unwrap().x - at.a.unwrap().x;
        assert!((moved - 2.0).abs() < 1e-9, "{name} is paired with another point");
    }
}

#[test]
fn a_side_imported_alone_leaves_the_other_and_what_takes_part_as_it_is() {
    let folder = TempDir::new().unwrap();
    let mut session = with_pair(folder.path(), 4);
    let ids: Vec<LandmarkId> = session.document().landmarks.iter().map(|l| l.id).collect();
    let off = Edit::SetLandmarkActive { id: ids[1], is_active: false };
    send(&mut session, Command::Edit(off, None));
    let at = session.document().landmarks[2].at.a.unwrap().at;
    send(&mut session, Command::Edit(Edit::AcceptLandmark { id: ids[2], side: Side::A, at }, None));
    send(&mut session, Command::View(ViewCommand::Select(Some(ids[3]))));
    let text = "name,ax,ay,bx,by\npoint 4,,,9,8\npoint 1,,,1,2\npoint 2,,,3,4\npoint 3,,,5,6\n";
    carry_out(&mut session, import(&folder, "b.csv", text, Some(Side::B)));
    let document = session.document();
    assert!(!document.landmark_named("point 2").unwrap().is_active);
    let third = document.landmark_named("point 3").unwrap();
    assert!(third.at.a.unwrap().is_predicted && !third.at.b.unwrap().is_predicted);
    assert_eq!(third.at.b.unwrap().at, ImagePoint::new(5.0, 6.0));
    let selected = session.selection().and_then(|id| document.landmark(id)).unwrap();
    assert_eq!(selected.name, "point 4", "the same landmark stays selected");
}

#[test]
fn an_import_that_would_lose_a_side_or_all_is_refused() {
    let folder = TempDir::new().unwrap();
    let mut session = with_pair(folder.path(), 4);
    let before = places(&session);
    for (name, text, why) in [
        ("empty.csv", "name,ax,ay,bx,by\n", "no landmarks"),
        ("half.csv", "name,ax,ay,bx,by\npoint 1,1,2,,\npoint 2,3,4,,\n", "side A alone"),
    ] {
        carry_out(&mut session, import(&folder, name, text, None));
        assert!(told(&session, Severity::Error).iter().any(|text| text.contains(why)), "{why}");
        assert_eq!(places(&session), before, "{name}");
    }
    let path = folder.path().join("s.diptych.ron");
    let export = LandmarkExport { path: path.clone(), format: LandmarkFormat::Csv, side: None };
    carry_out(&mut session, Command::ExportLandmarks(export));
    assert!(!path.exists(), "a session's name is for sessions");
}

#[test]
fn what_was_refined_in_a_picture_that_is_gone_is_not_taken() {
    let folder = TempDir::new().unwrap();
    let mut session = with_pair(folder.path(), 5);
    let jobs = session.update(Command::Refine(None));
    let outcomes: Vec<_> = jobs.iter().map(|job| (job.id, run(job))).collect();
    let source = session.document().sources.b.clone().unwrap();
    let other = diptych::document::Source { sha256: "another".into(), ..source };
    send(&mut session, edit(Edit::SetSource { side: Side::B, source: other }));
    let before = places(&session);
    for (id, outcome) in outcomes {
        drop(session.update(Command::Finished(id, outcome)));
    }
    assert_eq!(places(&session), before);
    assert!(told(&session, Severity::Warning).iter().any(|text| text.contains("replaced")));
}

#[test]
fn the_last_fit_of_one_session_is_not_kept_for_the_next() {
    let folder = TempDir::new().unwrap();
    let mut session = with_pair(folder.path(), 5);
    assert!(session.is_linked());
    let mut next = diptych::document::Document::clone(session.document());
    for landmark in &mut next.landmarks {
        let turned = |mut mark: diptych::document::Mark| {
            mark.at.x = 400.0 - mark.at.x;
            mark
        };
        landmark.at.b = landmark.at.b.map(turned);
    }
    send(&mut session, Command::Begin(next.into()));
    assert!(session.registration().fault.is_some(), "turned over");
    assert!(!session.is_linked(), "nothing is kept");
}
