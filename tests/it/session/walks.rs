//! Random walks through every edit: whatever is done can be undone, done again and saved.

use std::{path::Path, sync::Arc};

use diptych::{
    document::{
        Document, Edit, GestureId, ImportedLandmark, LandmarkId, Mark, PerSide, Side, Source,
    },
    geometry::{ImagePoint, Model},
    session::{Command, ViewCommand},
    storage::{read_session_text, write_session_text},
};
use proptest::prelude::*;

use super::{edit, fresh, send, view};

fn any_side() -> impl Strategy<Value = Side> {
    prop_oneof![Just(Side::A), Just(Side::B)]
}

fn any_id() -> impl Strategy<Value = LandmarkId> {
    (0_u32..6).prop_map(LandmarkId)
}

fn any_place() -> impl Strategy<Value = ImagePoint> {
    // Few enough places that landmarks coincide now and then.
    let along = (0_u32..12).prop_map(|n| f64::from(n) / 3.0 - 1.0);
    (along.clone(), along).prop_map(|(x, y)| ImagePoint::new(x, y))
}

fn any_name() -> impl Strategy<Value = String> {
    prop_oneof!["[a-d]", "left mouth corner", "right mouth corner", Just("\"q\" \\ é,".to_owned())]
}

/// A picture in a file that is never there: its job is not run.
fn any_source() -> impl Strategy<Value = Source> {
    (0_u8..3).prop_map(|n| Source {
        path: format!("nowhere/{n}.png").into(),
        sha256: format!("{n:064}"),
        width: 40,
        height: 30 + u32::from(n),
    })
}

fn any_edit() -> impl Strategy<Value = Edit> {
    let places = (any_name(), proptest::option::of(any_place()), proptest::option::of(any_place()))
        .prop_map(|(name, a, b)| ImportedLandmark::new(name, PerSide::new(a, b)));
    prop_oneof![
        (any_name(), any_side(), any_place()).prop_map(|(name, side, at)| Edit::AddLandmark {
            name,
            side,
            at
        }),
        (any_id(), any_side(), any_place()).prop_map(|(id, side, at)| Edit::PlaceLandmark {
            id,
            side,
            at
        }),
        any_id().prop_map(Edit::RemoveLandmark),
        any_id().prop_map(Edit::ConfirmLandmark),
        proptest::collection::vec(places, 0..5).prop_map(|all| Edit::ReplaceLandmarks(all, None)),
        proptest::sample::select(&Model::ALL[..]).prop_map(Edit::SetModel),
        (any_id(), any::<bool>())
            .prop_map(|(id, is_active)| Edit::SetLandmarkActive { id, is_active }),
        (any_side(), any_name()).prop_map(|(side, label)| Edit::SetLabel { side, label }),
        (any_side(), any_source()).prop_map(|(side, source)| Edit::SetSource { side, source }),
    ]
}

fn any_command() -> impl Strategy<Value = Command> {
    let gesture = || (0_u64..3).prop_map(GestureId);
    prop_oneof![
        8 => any_edit().prop_map(edit),
        6 => (any_id(), any_side(), any_place(), gesture()).prop_map(|(id, side, at, gesture)| {
            Command::Edit(Edit::PlaceLandmark { id, side, at }, Some(gesture))
        }),
        1 => gesture().prop_map(Command::Cancel),
        2 => Just(Command::Undo),
        2 => Just(Command::Redo),
        1 => any_id().prop_map(|id| view(ViewCommand::Select(Some(id)))),
        1 => any_id().prop_map(|id| view(ViewCommand::GoTo(id))),
    ]
}

/// What a session file keeps of landmarks: all but their identity.
fn marks(document: &Document) -> Vec<(String, PerSide<Option<Mark>>)> {
    document.landmarks.iter().map(|landmark| (landmark.name.clone(), landmark.at)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 64, failure_persistence: None, ..ProptestConfig::default()
    })]

    #[test]
    fn whatever_is_done_can_be_undone_and_done_again(
        commands in proptest::collection::vec(any_command(), 1..40)
    ) {
        let mut session = fresh();
        let start = Arc::clone(session.document());
        for command in commands {
            let _ = send(&mut session, command);
        }
        // What could still be redone is a future that this walk has not taken.
        let end = Arc::clone(session.document());
        let mut n_steps = 0;
        while session.undo_label().is_some() {
            let _ = send(&mut session, Command::Undo);
            n_steps += 1;
        }
        prop_assert_eq!(session.document(), &start);
        prop_assert!(!session.is_unsaved());
        for _ in 0..n_steps {
            let _ = send(&mut session, Command::Redo);
        }
        prop_assert_eq!(session.document(), &end);
    }

    #[test]
    fn whatever_was_made_is_saved_and_read_as_it_was(
        commands in proptest::collection::vec(any_command(), 1..40)
    ) {
        let mut session = fresh();
        for command in commands {
            let _ = send(&mut session, command);
        }
        let file = Path::new("some folder/walk.diptych.ron");
        let text = write_session_text(session.document(), file);
        let again = read_session_text(&text, file).unwrap();
        prop_assert_eq!(marks(&again), marks(session.document()));
        prop_assert_eq!(write_session_text(&again, file), text);
        prop_assert_eq!(&again.labels, &session.document().labels);
        prop_assert_eq!(again.model, session.document().model);
        prop_assert_eq!(&again.loupes, &session.document().loupes);
        let hashes = |document: &Document| {
            document.sources.clone().map(|source| source.map(|s| (s.sha256, s.width, s.height)))
        };
        prop_assert_eq!(hashes(&again), hashes(session.document()));
    }
}
