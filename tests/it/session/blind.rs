//! Judging blind: what it hides, what it refuses, and that a reveal is for good.

use std::{path::Path, sync::Arc};

use diptych::{
    document::{
        Answer, Belongs, Declared, Edit, Finding, FindingEdit, FindingId, PerSide, Seed, Side,
        Verdict,
    },
    geometry::{Model, Shape},
    raster::{Picture, Pixels},
    session::{
        Command, FindingExport, LandmarkExport, Sampling, Scale, Session, Severity, Slot, Step,
        ViewCommand,
    },
    storage::{FindingFormat, LandmarkFormat, RecentSessions, read_session},
};
use tempfile::TempDir;

use super::{carry_out, carry_out_all, edit, fresh, told, view, with_pair};
use crate::pictures::{SIZES, places, write_pattern};

/// A seed that exchanges the sides, or one that does not.
pub(crate) fn seed(exchanges: bool) -> Seed {
    let mut seeds = (0..).map(Seed::of_bits);
    seeds.find(|seed| seed.exchanges() == exchanges).unwrap()
}

fn blind_pair(folder: &Path, exchanges: bool) -> Session {
    let mut session = with_pair(folder, 4);
    let sizes =
        [ViewCommand::PaneSize(Side::A, 300, 260), ViewCommand::PaneSize(Side::B, 300, 260)];
    carry_out_all(&mut session, sizes.map(view));
    carry_out(&mut session, Command::JudgeBlind(seed(exchanges)));
    session
}

/// Finds something at the left and believes the left side more.
fn judge_left(session: &mut Session) {
    let at = session.document().landmarks[0].at.a.unwrap().at;
    let add = session.new_finding(Side::A, Shape::Pin(at)).unwrap();
    let criterion = session.criteria()[0].clone();
    let answer = session.answered(&criterion, Answer::A);
    carry_out_all(session, [edit(add), edit(answer)]);
}

#[test]
fn what_is_judged_blind_ends_up_at_the_true_side_and_stays_revealed() {
    for exchanges in [false, true] {
        let folder = TempDir::new().unwrap();
        let mut session = blind_pair(folder.path(), exchanges);
        assert_eq!(session.view().step, Step::Judge);
        judge_left(&mut session);
        carry_out(&mut session, Command::Reveal(1_795_819_620));
        let left = if exchanges { Side::B } else { Side::A };
        let document = Arc::clone(session.document());
        assert_eq!(document.findings[0].belongs, Belongs::To(left));
        let at = document.findings[0].shape.bounds().center();
        assert_eq!(at, places(1)[0][left], "it stays in the pixels it was drawn in");
        let answer = if exchanges { Answer::B } else { Answer::A };
        assert_eq!(document.verdicts[0].answer, Some(answer));
        assert!(document.sources.a.as_ref().unwrap().path.ends_with("a.png"));
        let said = told(&session, Severity::Done).join(" ");
        let place = if exchanges { "A, a, was shown right" } else { "A, a, was shown left" };
        assert!(said.contains(place), "{said}");
        for command in [Command::Undo, Command::Redo, Command::Undo] {
            carry_out(&mut session, command);
            assert_eq!(*session.document(), document, "there is no way back");
        }
        carry_out(&mut session, Command::Reveal(2));
        assert_eq!(*session.document(), document);
        assert_eq!(told(&session, Severity::Error).len(), 1, "nothing is hidden any more");
    }
}

#[test]
fn entering_cannot_be_undone_to_peek() {
    let folder = TempDir::new().unwrap();
    let mut session = blind_pair(folder.path(), true);
    assert_eq!((session.undo_label(), session.redo_label()), (None, None));
    judge_left(&mut session);
    for _ in 0..5 {
        carry_out(&mut session, Command::Undo);
    }
    assert!(session.is_blind() && session.document().findings.is_empty());
    carry_out(&mut session, Command::JudgeBlind(seed(false)));
    assert!(told(&session, Severity::Error)[0].contains("already"));
}

#[test]
fn earlier_findings_wait_until_the_reveal() {
    let folder = TempDir::new().unwrap();
    let mut session = with_pair(folder.path(), 3);
    let at = places(1)[0].b;
    let before = Finding {
        note: "the walrus has it".into(),
        ..Finding::drawn(Side::B, Shape::Pin(at), diptych::document::Severity::NEUTRAL)
    };
    carry_out(&mut session, edit(Edit::Findings(FindingEdit::Add(vec![before.clone()], None))));
    carry_out(&mut session, Command::JudgeBlind(seed(true)));
    assert!(session.document().findings.is_empty());
    judge_left(&mut session);
    carry_out(&mut session, Command::Reveal(1));
    let findings = &session.document().findings;
    assert_eq!(findings[0], Finding { id: FindingId(0), ..before });
    assert_eq!(findings[1].belongs, Belongs::To(Side::B));
}

#[test]
fn it_needs_both_pictures_aligned_to_one_size_of_the_face() {
    let folder = TempDir::new().unwrap();
    let mut session = fresh();
    carry_out(&mut session, Command::JudgeBlind(seed(true)));
    assert!(told(&session, Severity::Error)[0].contains("both pictures"));
    let mut session = with_pair(folder.path(), 3);
    carry_out_all(
        &mut session,
        [edit(Edit::SetModel(Model::Rigid)), Command::JudgeBlind(seed(true))],
    );
    assert!(told(&session, Severity::Error)[0].contains("one size"), "{:?}", session.notices());
    assert!(!session.is_blind());
    let similar = edit(Edit::SetModel(Model::Similarity));
    carry_out_all(&mut session, [similar, Command::JudgeBlind(seed(true))]);
    assert!(session.is_blind());
    carry_out(&mut session, edit(Edit::SetModel(Model::Rigid)));
    assert_eq!(session.document().model, Model::Similarity, "faces of unequal size would tell");
    carry_out(&mut session, edit(Edit::SetModel(Model::ThinPlateSpline)));
    assert_eq!(session.document().model, Model::ThinPlateSpline);
}

#[test]
fn what_would_tell_is_refused_in_one_sentence() {
    let folder = TempDir::new().unwrap();
    let mut session = blind_pair(folder.path(), true);
    let picture = Picture::new(2, 1, Pixels::Rgba8(vec![[1, 2, 3, 255]; 2])).unwrap();
    let path = folder.path().join("out");
    let findings = FindingExport { path: path.clone(), format: FindingFormat::Csv };
    let landmarks = LandmarkExport { path: path.clone(), format: LandmarkFormat::Csv, side: None };
    let document = Arc::clone(session.document());
    for command in [
        edit(Edit::SetLabel { side: Side::A, label: "mine".into() }),
        edit(Edit::Declare(Box::new(Declared { axis: "x".into(), ..Declared::default() }))),
        edit(Edit::MatchResolution(true)),
        Command::OpenPicture(Side::A, folder.path().join("b.png")),
        Command::PastePicture(Side::B, Arc::new(picture)),
        Command::ImportLandmarks(folder.path().join("l.csv"), None),
        Command::ExportLandmarks(landmarks),
        Command::ImportFindings(folder.path().join("f.json"), Side::A),
        Command::ExportFindings(findings),
    ] {
        carry_out(&mut session, Command::DismissNotices);
        carry_out(&mut session, command.clone());
        let said = told(&session, Severity::Error);
        assert_eq!(said.len(), 1, "{command:?}");
        assert!(said[0].contains("reveal first"), "{said:?}");
        assert_eq!(*session.document(), document);
    }
    assert!(!path.exists());
}

/// The alpha of the picture that a slot shows.
fn alpha(session: &Session, slot: Slot) -> Vec<bool> {
    let pixels = session.shown(slot).unwrap().picture.to_rgba8();
    pixels.chunks(4).map(|pixel| pixel[3] > 0).collect()
}

#[test]
fn both_panes_show_one_area_through_a_smooth_kernel_at_one_scale() {
    for exchanges in [false, true] {
        let folder = TempDir::new().unwrap();
        let mut session = blind_pair(folder.path(), exchanges);
        let wanted =
            [ViewCommand::Sampling(Sampling::Pixels), ViewCommand::Scale(Scale::EqualPixels)];
        carry_out_all(&mut session, wanted.map(view));
        let middle = session.pane_view(Side::A).unwrap().middle();
        for zoom in [1.0, 0.3, 8.0] {
            carry_out(&mut session, view(ViewCommand::ZoomBy(Side::A, middle, zoom)));
            for side in Side::BOTH {
                let shown = session.pane_view(side).unwrap();
                assert!(shown.kernel != diptych::geometry::Kernel::Nearest);
                carry_out(&mut session, Command::Show(Slot::Pane(side), side, shown));
            }
            let [a, b] = Side::BOTH.map(|side| alpha(&session, Slot::Pane(side)));
            assert!(a == b, "an edge tells, at {zoom}");
            assert!(a.iter().any(|is_seen| *is_seen));
        }
        let arrangement = session.arrangement().unwrap();
        // The face's scale is the same in both, to what the pixels of either span.
        let views = PerSide::from_fn(|side| session.pane_view(side).unwrap());
        let of_face = |side: Side| {
            let scale =
                arrangement.from_frame[side].scale_near(arrangement.common_bounds().center());
            views[side].magnification() * scale
        };
        assert!((of_face(Side::A) / of_face(Side::B) - 1.0).abs() < 1e-9);
        assert!(arrangement.matched_side().is_some(), "sharpness is evened, too");
    }
}

#[test]
fn sides_that_are_no_longer_aligned_are_not_seen() {
    let folder = TempDir::new().unwrap();
    let mut session = blind_pair(folder.path(), true);
    let ids: Vec<_> = session.document().landmarks.iter().map(|landmark| landmark.id).collect();
    for id in ids {
        carry_out(&mut session, edit(Edit::RemoveLandmark(id)));
    }
    assert!(!session.is_linked());
    assert!(Side::BOTH.into_iter().all(|side| session.pane_view(side).is_none()));
    carry_out(&mut session, Command::Undo);
    carry_out_all(&mut session, [Command::Undo, Command::Undo]);
    assert!(session.pane_view(Side::A).is_some());
}

#[test]
fn marking_while_blind_moves_nothing_under_the_pointer() {
    let folder = TempDir::new().unwrap();
    let mut session = blind_pair(folder.path(), true);
    let before = session.pane_view(Side::A).unwrap();
    let landmark = session.document().landmarks[1].clone();
    let at = landmark.at.b.unwrap().at.offset(2.0, 1.0);
    carry_out(&mut session, edit(Edit::PlaceLandmark { id: landmark.id, side: Side::B, at }));
    let now = session.pane_view(Side::A).unwrap();
    let middle = before.middle();
    let moved =
        now.source_from_output.apply(middle).distance(before.source_from_output.apply(middle));
    assert!(moved < 1.0, "{moved} pixels");
}

#[test]
fn a_blind_session_is_saved_opened_and_left_out_of_the_recent_ones() {
    for exchanges in [false, true] {
        let folder = TempDir::new().unwrap();
        let list = folder.path().join("recent.ron");
        let path = folder.path().join("zebra-walrus.diptych.ron");
        let mut session = with_pair(folder.path(), 4);
        carry_out(&mut session, Command::Save(path.clone()));
        let document = session.document().clone();
        session = Session::new((*document).clone(), RecentSessions::at(list.clone()));
        carry_out(&mut session, Command::Save(path.clone()));
        assert_eq!(RecentSessions::at(list.clone()).existing().len(), 1);
        carry_out(&mut session, Command::JudgeBlind(seed(exchanges)));
        assert_eq!(RecentSessions::at(list.clone()).existing().len(), 0);
        assert_eq!(session.title(), "Blind comparison •");
        judge_left(&mut session);
        carry_out(&mut session, Command::Save(path.clone()));
        assert_eq!(session.title(), "Blind comparison");
        assert_eq!(told(&session, Severity::Done), ["Saved the session"]);
        assert_eq!(RecentSessions::at(list.clone()).existing().len(), 0);
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(text.find("a.png").unwrap() < text.find("b.png").unwrap(), "the true order");
        let mut again = fresh();
        carry_out(&mut again, Command::OpenSession(path.clone()));
        assert!(again.is_blind() && !again.is_unsaved());
        assert_eq!(again.document().findings[0].on, Side::A, "as it was shown");
        carry_out(&mut session, Command::Reveal(3));
        carry_out(&mut session, Command::Save(path.clone()));
        assert_eq!(RecentSessions::at(list).existing().len(), 1);
        let document = read_session(&path).unwrap();
        assert_eq!((document.reveals[0].at, document.reveals[0].was_exchanged), (3, exchanges));
        assert_eq!(document.reveals[0].answers, document.verdicts);
        let given: &Verdict = &document.verdicts[0];
        assert_eq!(document.answered_blind(given).map(|reveal| reveal.at), Some(3));
    }
}

#[test]
fn pictures_that_are_gone_are_not_named() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("s.diptych.ron");
    let mut session = blind_pair(folder.path(), true);
    carry_out(&mut session, Command::Save(path.clone()));
    std::fs::remove_file(folder.path().join("a.png")).unwrap();
    write_pattern(folder.path(), "b.png", SIZES.b, 77);
    let mut again = fresh();
    carry_out(&mut again, Command::OpenSession(path));
    let said: Vec<&str> = again.notices().iter().map(|notice| notice.text.as_str()).collect();
    assert_eq!(said.len(), 2, "{said:?}");
    for text in said {
        assert!(
            !text.contains(".png") && !text.contains("ide A") && !text.contains("ide B"),
            "{text}"
        );
    }
    let fault = again.fault(Side::B).or(again.fault(Side::A)).unwrap();
    assert!(!fault.contains("a.png"), "{fault}");
}
