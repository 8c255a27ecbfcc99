//! Verdicts, the protocol, other recipes.

use diptych::{
    document::{Edit, Finding, FindingEdit, Severity, Side},
    geometry::{ImagePoint, Shape},
    session::{Command, FindingExport, Step, ViewCommand},
    storage::FindingFormat,
    ui::Ask,
};
use egui::{Key, Modifiers, accesskit::Role};
use egui_kittest::kittest::Queryable as _;

use crate::ui::Window;

#[test]
fn verdicts_are_given_by_arrows_one_after_the_other_and_summed_in_words() {
    let mut window = Window::new([]);
    window.open_sample_unjudged();
    window.harness.state_mut().send(Command::View(ViewCommand::Step(Step::Judge)));
    window.settle();
    window.harness.get_by_label("Verdicts 0/20").click();
    window.settle();
    for key in [Key::ArrowRight, Key::ArrowRight, Key::ArrowLeft, Key::ArrowDown, Key::ArrowUp] {
        window.key(Modifiers::NONE, key);
    }
    let words = "More believable: B in 2, A in 1, tie in 1, not visible in 1, 15 open";
    window.harness.get_by_label(words);
    let criteria = window.session().criteria();
    assert_eq!(window.session().asked().as_ref(), Some(&criteria[5]));
    assert_eq!(window.session().undo_label(), Some("answer question"));
    window.key(Modifiers::NONE, Key::Backspace);
    assert_eq!(window.session().asked().as_ref(), Some(&criteria[4]), "back to the one before");
    // A button takes the same answer back.
    let name = format!("{}: B", criteria[0].text);
    window.harness.get_by_label(&name).click();
    window.settle();
    assert_eq!(window.session().answer(&criteria[0]), None);
    let field = window.harness.get_by_role_and_label(Role::TextInput, "Remark");
    field.focus();
    field.type_text("the row is one band");
    window.settle();
    assert_eq!(
        window.session().document().verdict(&criteria[0]).unwrap().remark,
        "the row is one band"
    );
    window.key(Modifiers::COMMAND, Key::S);
    for _ in 0..7 {
        window.harness.state_mut().send(Command::Undo);
    }
    assert!(window.session().document().verdicts.is_empty());
}

#[test]
fn the_protocol_is_shown_declared_and_its_prompt_filled() {
    let mut window = Window::new([]);
    window.open_sample();
    window.harness.state_mut().send(Command::View(ViewCommand::Step(Step::Judge)));
    window.settle();
    window.harness.get_by_label("Protocol").click();
    window.settle();
    // Put away, so that all that follows is on the screen.
    window.harness.get_by_label("Checks, 5 of 6 passed").click();
    window.settle();
    window.harness.get_by_label("How they were made").click();
    window.settle();
    for (name, text) in [("Model of A", "one"), ("Model of B", "two"), ("Seed of A", "7")] {
        let field = window.harness.get_by_role_and_label(Role::TextInput, name);
        field.focus();
        field.type_text(text);
        window.settle();
    }
    assert_eq!(window.session().undo_label(), Some("declare"));
    let filled = window.session().document().declared.prompt(&window.session().document().recipe);
    let filled = filled.unwrap();
    assert!(filled.contains("thin round metal glasses") && !filled.contains('{'), "{filled}");
    window.harness.get_by_label("How they were made").click();
    window.settle();
    window.harness.get_by_label("Prompt").click();
    window.settle();
    window.harness.get_by_label("It made both sides").click();
    window.settle();
    window.harness.get_by_label("Prompt").click();
    window.settle();
    window.harness.get_by_label("How they were made").click();
    window.settle();
    window.harness.get_by_label("Prompt and seed of A for B, too").click();
    window.settle();
    let runs = &window.session().document().declared.runs;
    assert_eq!((&runs.a.prompt, &runs.b.seed), (&filled, &"7".to_owned()));
    assert!(window.harness.query_by_label("Checks, 6 of 6 passed").is_some());
}

#[test]
fn another_recipe_is_chosen_and_what_was_marked_stays() {
    let mut window = Window::new([]);
    window.open_sample();
    let landmarks = window.session().document().landmarks.clone();
    let name = "Recipe: Smile and glasses";
    window.harness.get_by_role_and_label(Role::ComboBox, name).click();
    window.settle();
    window.harness.get_by_label("Eye area").click();
    window.settle();
    let document = window.session().document();
    assert_eq!((document.recipe.name.as_str(), &document.landmarks), ("eye-area", &landmarks));
    assert!(document.loupes.iter().any(|loupe| loupe.name == "Iris"), "its loupes");
    assert_eq!(window.session().undo_label(), Some("change recipe"));
    window.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(window.session().document().recipe.name, "smile-and-glasses");
}

#[test]
fn findings_are_written_in_every_format_and_read_back_from_labelmes() {
    let mut window = Window::new([]);
    window.open_sample_unjudged();
    let pin = Finding {
        note: "a seam".into(),
        ..Finding::drawn(Side::B, Shape::Pin(ImagePoint::new(300.5, 420.25)), Severity::NEUTRAL)
    };
    let add = Edit::Findings(FindingEdit::Add(vec![pin.clone()], None));
    window.harness.state_mut().send(Command::Edit(add, None));
    for format in FindingFormat::ALL {
        let path = window.path(&format!("f-{}.{}", format.name(), format.name()));
        let export = FindingExport { path: path.clone(), format };
        window.harness.state_mut().send(Command::ExportFindings(export));
        window.settle();
        assert!(path.exists(), "{format:?}");
        let said = window.session().notices().last().unwrap().text.clone();
        assert!(said.starts_with("Wrote the findings to"), "{said}");
    }
    let file = window.path("f-labelme.labelme").join("b.json");
    window.harness.state_mut().send(Command::ImportFindings(file, Side::B));
    window.settle();
    let findings = &window.session().document().findings;
    assert_eq!(findings.len(), 2);
    assert_eq!((&findings[1].shape, &findings[1].note), (&pin.shape, &pin.note));
    assert_eq!(window.session().undo_label(), Some("add finding"));
    let nowhere = window.path("none.json");
    window.harness.state_mut().send(Command::ImportFindings(nowhere, Side::A));
    window.settle();
    let said = window.session().notices().last().unwrap().text.clone();
    assert!(said.contains("none.json"), "{said}");
    assert_eq!(window.session().document().findings.len(), 2);
}

#[test]
fn a_dialog_asks_where_findings_go_and_gives_the_name_its_ending() {
    let folder = tempfile::tempdir().unwrap();
    let chosen = folder.path().join("table");
    let mut window = Window::new([vec![chosen.clone()]]);
    window.open_sample();
    let pin = Finding::drawn(Side::A, Shape::Pin(ImagePoint::new(9.0, 9.0)), Severity::NEUTRAL);
    let add = Edit::Findings(FindingEdit::Add(vec![pin], None));
    window.harness.state_mut().send(Command::Edit(add, None));
    window.settle();
    let ask = diptych::ui::ACTIONS
        .iter()
        .find(|action| {
            action.id == diptych::ui::ActionId::Ask(Ask::ExportFindings(FindingFormat::Csv))
        })
        .unwrap();
    window.harness.get_by_label("Findings").click();
    window.settle();
    window.harness.get_by_label(ask.name).click();
    window.settle();
    assert!(chosen.with_extension("csv").exists());
}
