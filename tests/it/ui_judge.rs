//! Verdicts, the protocol, other recipes.

use diptych::session::{Command, Step, ViewCommand};
use egui::{Key, Modifiers, accesskit::Role};
use egui_kittest::kittest::Queryable as _;

use crate::ui::Window;

#[test]
fn verdicts_are_given_by_arrows_one_after_the_other_and_summed_in_words() {
    let mut window = Window::new([]);
    window.open_sample();
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
    window.harness.get_by_label("Checks, 4 of 6 passed").click();
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
    assert!(window.harness.query_by_label("Checks, 5 of 6 passed").is_some());
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
