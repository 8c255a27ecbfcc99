//! The composer of cards in the window.

use diptych::{
    document::{Corner, Crop, Edit, Kind, Layout, Side, Theme},
    session::{Command, Session, Step, Target, ViewCommand},
};
use egui::{Key, Modifiers, accesskit::Role};
use egui_kittest::kittest::Queryable as _;

use crate::ui::Window;

fn composing(answers: impl IntoIterator<Item = Vec<std::path::PathBuf>>) -> Window {
    let mut window = Window::new(answers);
    window.open_sample();
    window.harness.state_mut().send(Command::View(ViewCommand::Step(Step::Card)));
    window.settle();
    window
}

fn choose(window: &mut Window, name: &str, option: &str) {
    window.harness.get_by_role_and_label(Role::ComboBox, name).click();
    window.harness.run_steps(4);
    window.harness.get_by_label(option).click();
    window.settle();
}

fn type_into(window: &mut Window, name: &str, text: &str) {
    let field = window.harness.get_by_role_and_label(Role::TextInput, name);
    field.focus();
    field.type_text(text);
    window.settle();
}

fn crop(session: &Session) -> Option<Crop> {
    session.document().card.crop
}

#[test]
fn size_layout_and_theme_are_chosen_and_undone() {
    let mut window = composing([]);
    choose(&mut window, "Layout", "Panels and verdicts");
    assert_eq!(window.session().document().card.layout, Layout::Scorecard);
    choose(&mut window, "Size", "square · 1080x1080");
    assert_eq!(window.session().document().card.preset.name, "square");
    window.harness.get_by_label("Colours").click_accesskit();
    window.settle();
    choose(&mut window, "Theme", "Paper");
    assert_eq!(window.session().document().card.theme, Theme::Paper);
    let shown = window.session().card().unwrap();
    assert_eq!((shown.scene.width, shown.scene.height), (1080, 1080));
    assert_eq!(shown.picture.rgba8_at(2, 2), Some([0xF4, 0xEF, 0xE6, 255]), "the paper's ground");
    for _ in 0..3 {
        window.key(Modifiers::COMMAND, Key::Z);
    }
    let card = &window.session().document().card;
    assert_eq!((card.layout, card.theme), (Layout::DiptychLoupes, Theme::Dark));
    assert_eq!(card.preset.name, "instagram-portrait");
}

#[test]
fn the_pair_of_files_brings_its_layout_and_its_pictures_are_paged() {
    let mut window = composing([]);
    choose(&mut window, "Size", "x-pair · 700x800");
    assert_eq!(window.session().document().card.layout, Layout::XPair);
    let labels = |window: &Window| {
        let items = &window.session().card().unwrap().scene.items;
        let labels = items.iter().filter(|item| item.kind == diptych::card::ItemKind::Label);
        labels.map(|item| item.side.unwrap()).collect::<Vec<_>>()
    };
    assert_eq!(labels(&window), [Side::A]);
    window.harness.get_by_label("Picture 1 of 2");
    window.harness.get_by_label("›").click();
    window.settle();
    assert_eq!(labels(&window), [Side::B]);
}

#[test]
fn what_is_typed_stands_on_the_card_and_is_one_step_of_undo() {
    let mut window = composing([]);
    type_into(&mut window, "Title", "One face, two models");
    type_into(&mut window, "Label of B", "!");
    let texts: Vec<String> =
        window.session().card().unwrap().scene.items.iter().map(|of| of.text.clone()).collect();
    assert!(texts.iter().any(|text| text == "One face, two models"), "{texts:?}");
    assert!(window.session().document().labels.b.contains('!'));
    choose(&mut window, "A is", "photograph");
    assert_eq!(window.session().document().kinds.a, Some(Kind::Photograph));
    for _ in 0..3 {
        window.harness.state_mut().send(Command::Undo);
    }
    window.settle();
    assert_eq!(window.session().document().card.words.title, "");
    assert!(!window.session().document().labels.b.contains('!'));
}

#[test]
fn dragging_the_preview_and_the_wheel_move_the_crop_of_both_panels_together() {
    let mut window = composing([]);
    let before = window.session().document().clone();
    let preview = window.harness.get_by_label("Card preview").rect();
    // The middle of A's panel.
    let at = egui::pos2(preview.center().x - 120.0, preview.top() + 200.0);
    window.harness.drag_at(at);
    window.harness.run_steps(2);
    for step in 1..=4_u8 {
        window.harness.hover_at(at + egui::vec2(6.0 * f32::from(step), 0.0));
        window.harness.run_steps(2);
    }
    window.harness.drop_at(at + egui::vec2(24.0, 0.0));
    window.settle();
    let Some(Crop::Face { middle, size }) = crop(window.session()) else { panic!("no crop") };
    let (usual, ..) = before.recipe.crop.unwrap();
    assert!(middle.0 < usual.0 - 0.05, "what is right of the face came nearer: {middle:?}");
    let views = |window: &Window| {
        let items = &window.session().card().unwrap().scene.items;
        let panels = items.iter().filter(|item| item.kind == diptych::card::ItemKind::Panel);
        panels.map(|item| item.view.clone().unwrap()).collect::<Vec<_>>()
    };
    let ratio = |window: &Window| {
        let panels = views(window);
        panels[1].magnification() / panels[0].magnification()
    };
    let before_zoom = (views(&window)[0].magnification(), ratio(&window));
    window.harness.hover_at(at);
    window.harness.event(egui::Event::MouseWheel {
        unit: egui::MouseWheelUnit::Line,
        delta: egui::vec2(0.0, 3.0),
        modifiers: Modifiers::NONE,
        phase: egui::TouchPhase::Move,
        source: egui::MouseWheelSource::Wheel,
    });
    window.settle();
    let Some(Crop::Face { size: closer, .. }) = crop(window.session()) else { panic!("no crop") };
    assert!(closer.0 < size.0 && closer.1 < size.1);
    assert!(views(&window)[0].magnification() > before_zoom.0 * 1.05);
    assert!((ratio(&window) - before_zoom.1).abs() < 1e-9, "both panels alike");
    window.key(Modifiers::COMMAND, Key::Z);
    window.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(**window.session().document(), *before, "a drag and a turn are a step each");
}

#[test]
fn an_abandoned_drag_of_the_crop_leaves_nothing() {
    let mut window = composing([]);
    let preview = window.harness.get_by_label("Card preview").rect();
    let at = egui::pos2(preview.center().x - 120.0, preview.top() + 200.0);
    window.harness.drag_at(at);
    window.harness.run_steps(2);
    window.harness.hover_at(at + egui::vec2(30.0, 10.0));
    window.harness.run_steps(2);
    assert!(crop(window.session()).is_some());
    window.key(Modifiers::NONE, Key::Escape);
    assert_eq!(crop(window.session()), None);
    assert_eq!(window.session().redo_label(), None);
}

#[test]
fn loupes_findings_and_footer_fields_are_left_out_when_unticked() {
    let mut window = composing([]);
    window.harness.get_by_label("What appears").click_accesskit();
    window.settle();
    window.harness.get_by_role_and_label(Role::CheckBox, "Teeth").click_accesskit();
    window.settle();
    let texts = |window: &Window| {
        let items = &window.session().card().unwrap().scene.items;
        items.iter().map(|of| of.text.clone()).collect::<Vec<_>>()
    };
    assert!(!texts(&window).contains(&"Teeth".to_owned()));
    assert!(texts(&window).contains(&"Pores".to_owned()), "the fifth takes its room");
    window.harness.get_by_label("What appears").click_accesskit();
    window.harness.get_by_label("Mark and footer").click_accesskit();
    window.settle();
    type_into(&mut window, "Mark", "@reviewer");
    choose(&mut window, "Corner", "top right");
    assert_eq!(window.session().document().card.brand.corner, Corner::TopRight);
    assert!(texts(&window).contains(&"@reviewer".to_owned()));
    let name = "First digits of each source's SHA-256";
    window.harness.get_by_role_and_label(Role::CheckBox, name).click_accesskit();
    window.settle();
    assert!(!texts(&window).iter().any(|text| text.contains("SHA-256")), "{:?}", texts(&window));
}

#[test]
fn the_alt_text_is_drafted_and_can_be_written() {
    let mut window = composing([]);
    window.harness.get_by_label("Alt text").click_accesskit();
    window.settle();
    window.harness.get_by_label("drafted");
    type_into(&mut window, "Told to those who cannot see it", "My own. ");
    let own = window.session().document().card.words.alt_text.clone().expect("written");
    assert!(own.contains("My own. ") && own.contains("Side-by-side"), "{own}");
    window.harness.get_by_label("Draft it again").click_accesskit();
    window.settle();
    assert_eq!(window.session().document().card.words.alt_text, None);
}

#[test]
fn a_platform_is_simulated_and_the_safe_area_shown() {
    let mut window = composing([]);
    let as_written = window.session().card().unwrap().shown.to_rgba8();
    window.harness.get_by_role_and_label(Role::CheckBox, "As posted").click();
    window.settle();
    let as_posted = window.session().card().unwrap().shown.to_rgba8();
    assert_eq!(as_posted.len(), as_written.len());
    let n_differing = as_posted.iter().zip(&as_written).filter(|(p, q)| p != q).count();
    assert!(n_differing > as_written.len() / 50, "{n_differing}");
    window.harness.get_by_role_and_label(Role::CheckBox, "Safe area").click();
    window.settle();
    assert!(window.session().view().shows_safe_area);
    window.harness.get_by_role_and_label(Role::CheckBox, "As posted").click();
    window.settle();
    assert!(window.session().card().unwrap().shown.to_rgba8() == as_written);
}

#[test]
fn characters_that_the_bundled_fonts_lack_are_told() {
    let mut window = composing([]);
    // A symbol that the window's own fonts have.
    let label = "\u{E5CD}".to_owned();
    window.harness.state_mut().send(Command::Edit(Edit::SetLabel { side: Side::A, label }, None));
    window.settle();
    assert_eq!(window.session().card().unwrap().foreign, ['\u{E5CD}']);
    let words = "The bundled fonts lack \u{E5CD}: set in this machine's fonts, the card may look \
                 otherwise elsewhere";
    window.harness.get_by_label(words);
}

#[test]
fn all_sizes_go_into_a_folder_and_files_that_exist_are_replaced_only_when_told() {
    let folder = tempfile::TempDir::new().unwrap();
    let there = folder.path().to_owned();
    let mut window = composing([vec![there.clone()], vec![there.clone()]]);
    window.harness.get_by_label("Files").click_accesskit();
    window.settle();
    window.harness.get_by_label("All sizes into a folder…").click_accesskit();
    window.settle();
    let names = || {
        let entries = std::fs::read_dir(&there).unwrap();
        let mut names: Vec<String> =
            entries.map(|of| of.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    };
    let written = names();
    assert!(written.contains(&"Processed vs Photographic square.png".to_owned()), "{written:?}");
    assert!(written.contains(&"Processed vs Photographic x-pair-b.png".to_owned()), "{written:?}");
    assert_eq!(written.len(), 20, "nine sizes, one of two files, each with its text: {written:?}");
    let victim = there.join("Processed vs Photographic square.png");
    std::fs::write(&victim, "mine").unwrap();
    window.harness.state_mut().send(Command::DismissNotices);
    window.harness.get_by_label("All sizes into a folder…").click_accesskit();
    window.settle();
    assert_eq!(std::fs::read_to_string(&victim).unwrap(), "mine", "nothing is replaced unasked");
    window.harness.get_by_label("Replace 20 files?");
    window.harness.get_by_label("Cancel").click();
    window.settle();
    assert_eq!(std::fs::read_to_string(&victim).unwrap(), "mine");
    assert!(window.session().in_the_way().is_none());
    let export = diptych::session::Export {
        target: Target::File(victim.clone()),
        format: diptych::storage::PictureFormat::Png,
        optimise: false,
        replaces: diptych::session::Replaces::Nothing,
    };
    window.harness.state_mut().send(Command::Export(export));
    window.settle();
    window.harness.get_by_label("Replace").click();
    window.settle();
    assert!(image::open(&victim).is_ok(), "replaced once the user said so");
}

#[test]
fn the_card_is_copied() {
    let mut window = composing([]);
    window.harness.state_mut().send(Command::DismissNotices);
    window.harness.get_by_label("Files").click_accesskit();
    window.settle();
    window.harness.get_by_label("Copy the picture").click_accesskit();
    let mut copied = None;
    for _ in 0..3 {
        window.harness.step();
        let commands = &window.harness.output().platform_output.commands;
        copied = copied.or_else(|| {
            commands.iter().find_map(|command| match command {
                egui::OutputCommand::CopyImage(image) => Some(image.size),
                _ => None,
            })
        });
    }
    assert_eq!(copied, Some([1080, 1350]), "all of its pixels");
    window.settle();
    assert!(window.session().notices().iter().any(|of| of.text.contains("Copied")));
}
