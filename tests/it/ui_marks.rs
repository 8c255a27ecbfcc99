//! Marking landmarks in the window: nudging, predicting, taking back, switching off, models.

use diptych::{
    document::{PerSide, Side},
    geometry::{ImagePoint, Model},
    session::{Basis, Command, ViewCommand},
};
use egui::{Key, Modifiers, accesskit::Role};
use egui_kittest::kittest::Queryable as _;

use crate::ui::Window;

/// The sample with only its first `n` landmarks.
fn sample_with(n: usize) -> (Window, Vec<(String, PerSide<ImagePoint>)>) {
    let mut window = Window::new([]);
    window.open_sample();
    let all: Vec<_> = window
        .session()
        .document()
        .landmarks
        .iter()
        .map(|l| (l.name.clone(), l.at.map(|mark| mark.unwrap().at), l.id))
        .collect();
    for (_, _, id) in all.iter().skip(n) {
        let edit = diptych::document::Edit::RemoveLandmark(*id);
        window.harness.state_mut().send(Command::Edit(edit, None));
    }
    window.harness.state_mut().send(Command::View(ViewCommand::Select(None)));
    window.settle();
    (window, all.into_iter().map(|(name, at, _)| (name, at)).collect())
}

fn mark_of(window: &Window, name: &str) -> PerSide<Option<ImagePoint>> {
    let landmark = window.session().document().landmark_named(name);
    landmark.map_or(PerSide::default(), |l| l.at.map(|mark| mark.map(|mark| mark.at)))
}

#[test]
fn arrows_nudge_the_selected_mark_under_the_pointer_and_presses_are_one_step() {
    let (mut window, all) = sample_with(12);
    let (name, truth) = &all[2];
    let at = window.on_screen(Side::B, truth.b);
    window.click(at);
    let before = mark_of(&window, name);
    for (modifiers, key, (dx, dy)) in [
        (Modifiers::NONE, Key::ArrowRight, (1.0, 0.0)),
        (Modifiers::SHIFT, Key::ArrowDown, (1.0, 10.0)),
        (Modifiers::ALT, Key::ArrowLeft, (0.9, 10.0)),
        (Modifiers::NONE, Key::ArrowUp, (0.9, 9.0)),
    ] {
        window.key(modifiers, key);
        let now = mark_of(&window, name);
        assert_eq!(now.a, before.a, "the other side stays");
        let wanted = before.b.unwrap().offset(dx, dy);
        assert!(now.b.unwrap().distance(wanted) < 1e-9, "{now:?}");
    }
    window.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(mark_of(&window, name), before, "all four presses are one step");
}

#[test]
fn with_two_pairs_enter_takes_the_twin_where_it_is_expected() {
    let (mut window, all) = sample_with(2);
    let name = window.session().next_landmark_name();
    let (_, truth) = all.iter().find(|(other, _)| *other == name).unwrap();
    let at = window.on_screen(Side::A, truth.a);
    window.click(at);
    assert_eq!(mark_of(&window, &name).b, None, "a prediction is no mark");
    let (_, by_fit) = window.session().predicted(Side::B).expect("two pairs predict");
    let twin = window.session().twin(Side::B).expect("two pairs predict").clone();
    let expected = twin.at.b;
    assert!(matches!(twin.by.b, Basis::Match(peak) if peak > 0.8), "{:?}", twin.by);
    assert!(expected.distance(by_fit) < 3.0, "looked for near what the fit says");
    window.key(Modifiers::NONE, Key::Enter);
    let found = mark_of(&window, &name);
    assert_eq!(found.b, Some(expected));
    // The click is on a whole screen pixel, some three picture pixels wide.
    assert!(found.b.unwrap().distance(truth.b) < 4.0, "{found:?} where {truth:?} is right");
    assert_eq!(window.session().undo_label(), Some("place landmark"));
    window.key(Modifiers::NONE, Key::Backspace);
    assert_eq!(mark_of(&window, &name).b, None, "the mark on B is taken back");
    window.key(Modifiers::NONE, Key::Backspace);
    assert_eq!(mark_of(&window, &name).a, None, "then that on A");
}

#[test]
fn the_rest_is_predicted_as_ghosts_that_are_accepted_one_by_one() {
    let (mut window, all) = sample_with(4);
    assert!(window.session().ghosts().next().is_none(), "nothing is shown unasked");
    window.key(Modifiers::COMMAND, Key::P);
    let ghosts: Vec<_> = window.session().ghosts().cloned().collect();
    assert_eq!(ghosts.len(), 8);
    assert_eq!(window.session().document().landmarks.len(), 4, "ghosts are no data");
    let unit = all[0].1.a.distance(all[1].1.a);
    for ghost in &ghosts {
        let (_, truth) = all.iter().find(|(name, _)| *name == ghost.name).unwrap();
        let off = ghost.at.a.distance(truth.a) / unit;
        assert!(off < 0.25, "{} is {off} face units off", ghost.name);
    }
    for n in 1..=8 {
        let expected = window.session().ghosts().next().unwrap().clone();
        window.key(Modifiers::NONE, Key::Enter);
        assert_eq!(window.session().document().landmarks.len(), 4 + n);
        assert_eq!(mark_of(&window, &expected.name), expected.at.map(Some));
    }
    window.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(window.session().document().landmarks.len(), 11, "each is one step");
}

#[test]
fn a_landmark_is_switched_off_in_the_table_and_every_model_can_be_chosen() {
    let (mut window, all) = sample_with(12);
    let name = &all[3].0;
    let switch = format!("Use {name}");
    window.harness.get_by_role_and_label(Role::CheckBox, &switch).click();
    window.settle();
    assert!(!window.session().document().landmark_named(name).unwrap().is_active);
    assert_eq!(window.session().registration().n_pairs(), 11);
    for model in
        [Model::Translation, Model::Rigid, Model::Affine, Model::ThinPlateSpline, Model::Similarity]
    {
        window.harness.get_by_role_and_label(Role::RadioButton, model.words()).click();
        window.settle();
        assert_eq!(window.session().registration().model, model);
    }
    window.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(window.session().document().model, Model::ThinPlateSpline);
}

#[test]
fn landmarks_are_sorted_renamed_and_skipped() {
    let (mut window, all) = sample_with(12);
    let id = window.session().document().landmarks[5].id;
    let moved = window.session().document().landmarks[5].at.b.unwrap().at.offset(9.0, 0.0);
    let edit = diptych::document::Edit::PlaceLandmark { id, side: Side::B, at: moved };
    window.harness.state_mut().send(Command::Edit(edit, None));
    window.settle();
    let y = |window: &Window, name: &str| {
        window.harness.get_by_label(&format!("Landmark {name}")).rect().top()
    };
    assert!(y(&window, &all[5].0) > y(&window, &all[0].0));
    window.harness.get_by_label("Sort by residual").click();
    window.settle();
    assert!(y(&window, &all[5].0) < y(&window, &all[0].0), "the largest comes first");
    window.harness.get_by_label("Sort by residual").click();
    window.settle();
    assert!(y(&window, &all[5].0) > y(&window, &all[0].0), "back to the order of marking");

    window.harness.get_by_label(&format!("Landmark {}", all[0].0)).click();
    window.settle();
    let field = || "Name of landmark";
    window.harness.get_by_role_and_label(Role::TextInput, field()).focus();
    window.settle();
    window.harness.get_by_role_and_label(Role::TextInput, field()).type_text(" (mine)");
    window.key(Modifiers::NONE, Key::Enter);
    let name = format!("{} (mine)", all[0].0);
    assert!(window.session().document().landmark_named(&name).is_some());
    assert_eq!(window.session().undo_label(), Some("rename landmark"));

    let (mut window, all) = sample_with(2);
    assert_eq!(window.session().next_landmark_name(), all[2].0);
    window.key(Modifiers::NONE, Key::K);
    assert_eq!(window.session().next_landmark_name(), all[3].0);
    let at = window.on_screen(Side::A, all[3].1.a);
    window.click(at);
    assert!(mark_of(&window, &all[3].0).a.is_some());
    assert_eq!(mark_of(&window, &all[2].0).a, None, "what was skipped is left for later");
}

#[test]
fn marks_land_where_the_pointer_is_at_every_zoom_on_both_panes() {
    for (idx, magnification) in [0.5, 1.0, 3.0, 8.0, 24.0].into_iter().enumerate() {
        let (mut window, all) = sample_with(2);
        let (name, truth) = &all[2 + idx];
        window.harness.state_mut().send(Command::View(ViewCommand::MarkNext(Some(name.clone()))));
        for side in Side::BOTH {
            let view = window.session().pane_view(side).unwrap();
            let at = view.source_from_output.unapply(truth[side]);
            let zoom = ViewCommand::ZoomTo(side, at, magnification);
            window.harness.state_mut().send(Command::View(zoom));
            window.settle();
            let at = window.on_screen(side, truth[side]);
            window.click(at);
            let found = mark_of(&window, name)[side].unwrap();
            let pixel = 1.0 / window.session().pane_view(side).unwrap().magnification();
            let off = found.distance(truth[side]);
            assert!(off <= 0.75 * pixel, "{off} px off on {side} at {magnification}x");
        }
        assert_eq!(window.session().registration().n_pairs(), 3);
    }
}
