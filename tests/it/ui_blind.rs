//! Judging blind in the window: nothing that it shows, says or logs tells which side is which.

use std::{cell::RefCell, collections::BTreeSet, path::PathBuf};

use diptych::{
    document::{
        Answer, Declared, Edit, Finding, FindingEdit, ImportedLandmark, Kind, PerSide, Run,
        Severity, Side,
    },
    geometry::{ImagePoint, Shape, ShapeKind},
    session::{Command, JudgeTab, Mode, Region, StageCommand, Step, ViewCommand},
    storage::recipe,
};
use egui::{Key, Modifiers, ViewportCommand, accesskit::Role, epaint};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use crate::{pictures::write_pattern, session::blind::seed, ui::Window};

thread_local! {
    static LOGGED: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

/// Keeps what is logged, by thread.
struct Log;

impl log::Log for Log {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &log::Record<'_>) {
        // Of the program; egui names what it draws with.
        if record.target().starts_with("diptych") {
            LOGGED.with_borrow_mut(|lines| lines.push(record.args().to_string()));
        }
    }

    fn flush(&self) {}
}

static LOG: Log = Log;

const SIZES: PerSide<(u32, u32)> = PerSide::new((1319, 1033), (1709, 1499));

/// Words of the names, declarations and notes, all of which tell a side.
const NAMES: [&str; 8] =
    ["zebra", "walrus", "quokka", "narwhal", "ibex", "gnu prompt", "777123", "lynx"];

/// A window on a pair that is marked, named, declared and judged, from a file that names both sides.
/// Also what else tells a side: hashes and sizes.
fn named_window(answers: impl IntoIterator<Item = Vec<PathBuf>>) -> (Window, Vec<String>) {
    log::set_logger(&LOG).ok();
    log::set_max_level(log::LevelFilter::Info);
    let mut window = Window::new(answers);
    let folder = window.folder.path().to_owned();
    let a = write_pattern(&folder, "quokka-one.png", SIZES.a, 3);
    let b = write_pattern(&folder, "narwhal-two.png", SIZES.b, 40);
    window.open(&[a, b]);
    let mean = |(x, y): (f64, f64)| ImagePoint::new(660.0 + 330.0 * x, 560.0 + 330.0 * y);
    let landmarks = recipe(None).unwrap().landmarks;
    let marked = landmarks.iter().enumerate().map(|(idx, landmark)| {
        let a = mean(landmark.mean);
        // Rolled and 1.3 times as large, off by a little now and then.
        let off = if idx % 3 == 0 { 2.5 } else { -1.0 };
        let (x, y) = (1.25 * a.x - 0.35 * a.y + 230.0, 0.35 * a.x + 1.25 * a.y - 180.0);
        let b = ImagePoint::new(x + off, y - off);
        ImportedLandmark::new(&*landmark.name, PerSide::new(Some(a), Some(b)))
    });
    let run = |model: &str| Run {
        model: model.into(),
        prompt: "gnu prompt".into(),
        seed: "777123".into(),
    };
    let runs = PerSide::new(run("Ibex diffusion"), run("Ibex turbo"));
    let note = Finding {
        note: "lynx-like, on the walrus".into(),
        ..Finding::drawn(Side::B, Shape::Pin(mean((0.0, 0.0))), Severity::NEUTRAL)
    };
    let criterion = window.session().criteria()[0].clone();
    let mut card = window.session().document().card.clone();
    card.words.title = "Zebra against walrus".into();
    card.words.alt_text = Some("the narwhal at the right".into());
    card.file_pattern = "walrus {preset}".into();
    for edit in [
        Edit::SetCardStyle(Box::new(card)),
        Edit::SetKind(Side::A, Some(Kind::Retouched)),
        Edit::ReplaceLandmarks(marked.collect(), None),
        Edit::SetLabel { side: Side::A, label: "Zebra model".into() },
        Edit::SetLabel { side: Side::B, label: "Walrus engine".into() },
        Edit::Declare(Box::new(Declared { runs, ..Declared::default() })),
        Edit::Findings(FindingEdit::Add(vec![note], None)),
        window.session().answered(&criterion, Answer::B),
    ] {
        window.harness.state_mut().send(Command::Edit(edit, None));
    }
    let file = folder.join("Zebra-model-Walrus-engine.diptych.ron");
    window.harness.state_mut().send(Command::Save(file));
    window.settle();
    let sources = window.session().document().sources.clone().both().unwrap();
    let mut telling: Vec<String> = NAMES.map(str::to_owned).to_vec();
    for side in Side::BOTH {
        telling.push(sources[side].sha256[..8].to_owned());
        telling.extend([SIZES[side].0, SIZES[side].1].map(|n| n.to_string()));
    }
    (window, telling)
}

fn texts_of(shape: &epaint::Shape, texts: &mut BTreeSet<String>) {
    match shape {
        epaint::Shape::Vec(shapes) => shapes.iter().for_each(|shape| texts_of(shape, texts)),
        epaint::Shape::Text(text) => drop(texts.insert(text.galley.text().to_owned())),
        _ => (),
    }
}

/// Every text of this frame: painted, told to a screen reader, put in the title bar, said.
fn collect(window: &Window, texts: &mut BTreeSet<String>) {
    let output = window.harness.output();
    output.shapes.iter().for_each(|clipped| texts_of(&clipped.shape, texts));
    for command in output.viewport_output.values().flat_map(|viewport| &viewport.commands) {
        if let ViewportCommand::Title(title) = command {
            texts.insert(title.clone());
        }
    }
    for node in window.harness.root().children_recursive() {
        let node = node.accesskit_node();
        let placeholder = node.placeholder().map(str::to_owned);
        texts.extend(
            [node.label(), node.value(), node.description(), placeholder].into_iter().flatten(),
        );
    }
    let session = window.session();
    texts.insert(session.title());
    texts.extend(session.notices().iter().map(|notice| notice.text.clone()));
    texts.extend(
        [session.undo_label(), session.redo_label()].into_iter().flatten().map(str::to_owned),
    );
}

fn frames(window: &mut Window, n: usize, texts: &mut BTreeSet<String>) {
    for _ in 0..n {
        window.harness.step();
        collect(window, texts);
    }
}

fn send(window: &mut Window, command: Command, texts: &mut BTreeSet<String>) {
    window.harness.state_mut().send(command);
    frames(window, 4, texts);
}

/// The pointer goes over everything, so that all hints are shown.
fn hover_all(window: &mut Window, texts: &mut BTreeSet<String>) {
    let mut centers: Vec<(i32, i32)> = Vec::new();
    for node in window.harness.root().children_recursive() {
        let Some(bounds) = node.accesskit_node().bounding_box() else { continue };
        let middle = |from: f64, to: f64| f64::midpoint(from, to).round();
        let (x, y) = (middle(bounds.x0, bounds.x1), middle(bounds.y0, bounds.y1));
        #[expect(clippy::cast_possible_truncation, reason = "points of a window")]
        centers.push((x as i32 / 8, y as i32 / 8));
    }
    centers.sort_unstable();
    centers.dedup();
    for (x, y) in centers {
        #[expect(clippy::cast_precision_loss, reason = "points of a window")]
        window.harness.hover_at(egui::pos2((8 * x + 4) as f32, (8 * y + 4) as f32));
        frames(window, 2, texts);
    }
}

/// Goes through the whole window and keeps every text it shows; with a pointer that goes everywhere, or
/// without.
fn walk(window: &mut Window, hovers: bool) -> BTreeSet<String> {
    window.harness.ctx.all_styles_mut(|style| {
        style.interaction.tooltip_delay = 0.0;
        style.interaction.show_tooltips_only_when_still = false;
    });
    let mut texts = BTreeSet::new();
    let view = |command: ViewCommand| Command::View(command);
    let look = |window: &mut Window, texts: &mut BTreeSet<String>| {
        frames(window, 4, texts);
        if hovers {
            hover_all(window, texts);
        }
    };
    for step in [Step::Align, Step::Card, Step::Judge] {
        send(window, view(ViewCommand::Step(step)), &mut texts);
        look(window, &mut texts);
    }
    for menu in ["File", "Edit", "Landmarks", "Loupes", "Findings", "Compare", "View", "Help"] {
        window.harness.get_by_role_and_label(Role::Button, menu).click();
        frames(window, 3, &mut texts);
        window.harness.key_press(Key::Escape);
        frames(window, 3, &mut texts);
    }
    for tab in [JudgeTab::Verdicts, JudgeTab::Protocol, JudgeTab::Findings] {
        send(window, view(ViewCommand::JudgeTab(tab)), &mut texts);
        // The one is put away, the other opened, where they are there.
        for section in ["Checks, ", "How they were made"] {
            if let Some(section) = window.harness.query_by_label_contains(section) {
                section.click();
            }
            frames(window, 12, &mut texts);
        }
    }
    send(window, view(ViewCommand::Step(Step::Align)), &mut texts);
    let landmark = window.session().document().landmarks[2].id;
    let at = window.session().document().landmarks[2].at.a.unwrap().at;
    let shape = Shape::Box(diptych::geometry::Rect::from_center(at, 60.0, 40.0));
    for command in [
        ViewCommand::GoTo(landmark),
        ViewCommand::Residuals(true),
        ViewCommand::Live(true),
        ViewCommand::Region(Some(Region { side: Side::A, shape })),
        ViewCommand::Tool(diptych::session::Tool::Values(ShapeKind::Box)),
    ] {
        send(window, view(command), &mut texts);
    }
    look(window, &mut texts);
    for mode in Mode::ALL {
        send(window, view(ViewCommand::Stage(StageCommand::Mode(mode))), &mut texts);
    }
    window.harness.key_press(Key::V);
    window.harness.key_press(Key::F1);
    frames(window, 3, &mut texts);
    window.harness.key_press(Key::Escape);
    frames(window, 3, &mut texts);
    texts
}

#[track_caller]
fn check_blind(texts: &BTreeSet<String>, telling: &[String]) {
    for text in texts {
        let lower = text.to_lowercase();
        for words in telling.iter().map(String::as_str).chain(["rolled", "≠", "a's grid", "b : a"])
        {
            assert!(!lower.contains(words), "\"{words}\" in \"{text}\"");
        }
        let is_magnification =
            |word: &str| word.strip_suffix('x').is_some_and(|n| n.parse::<f64>().is_ok());
        assert!(!text.split_whitespace().any(is_magnification), "a magnification in \"{text}\"");
    }
}

#[test]
fn nothing_that_the_window_shows_says_or_logs_tells_a_side() {
    for exchanges in [false, true] {
        let (mut window, telling) = named_window([]);
        let named = walk(&mut window, false);
        for words in ["Zebra model", "rolled", "Ibex diffusion"] {
            let is_seen = named.iter().any(|text| text.contains(words));
            assert!(is_seen, "the walk does not see {words}");
        }
        LOGGED.with_borrow_mut(Vec::clear);
        window.harness.state_mut().send(Command::JudgeBlind(seed(exchanges)));
        let mut texts = BTreeSet::new();
        frames(&mut window, 2, &mut texts);
        texts.extend(walk(&mut window, exchanges));
        // What is done while blind, and what is refused.
        for command in [
            Command::OpenPicture(Side::A, window.path("narwhal-two.png")),
            Command::OpenPicture(Side::A, window.path("no such quokka-one.png")),
            Command::Save(window.path("Zebra-model-Walrus-engine.diptych.ron")),
            Command::Refine(None),
            Command::Undo,
            Command::Redo,
        ] {
            send(&mut window, command, &mut texts);
        }
        window.harness.key_press_modifiers(Modifiers::COMMAND, Key::N);
        frames(&mut window, 3, &mut texts);
        let logged = LOGGED.with_borrow_mut(std::mem::take);
        assert!(logged.iter().any(|line| line.starts_with("notice: ")), "{logged:?}");
        texts.extend(logged);
        assert!(texts.len() > 150, "{} texts", texts.len());
        assert!(texts.iter().any(|text| text == "Blind comparison - Diptych"));
        check_blind(&texts, &telling);
    }
}

#[test]
fn judging_begins_with_a_button_and_ends_with_a_question() {
    let (mut window, _) = named_window([]);
    let mut texts = BTreeSet::new();
    send(&mut window, Command::View(ViewCommand::Step(Step::Judge)), &mut texts);
    window.harness.get_by_label("Judge blind").click();
    window.settle();
    assert!(window.session().is_blind());
    assert!(window.harness.query_by_role_and_label(Role::TextInput, "Label of A").is_none());
    let pane = window.harness.state().panes().a.center();
    window.key(Modifiers::NONE, Key::P);
    window.click(pane);
    assert_eq!(window.session().document().findings.len(), 1);
    window.key(Modifiers::NONE, Key::Escape);
    window.harness.get_by_label("Reveal…").click();
    window.settle();
    window.harness.get_by_label("Stay blind").click();
    window.settle();
    assert!(window.session().is_blind());
    window.key(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::B);
    window.harness.get_by_label("Reveal").click();
    window.settle();
    let document = window.session().document().clone();
    let reveal = document.reveals[0].clone();
    let left = if reveal.was_exchanged { Side::B } else { Side::A };
    assert_eq!(document.findings.last().unwrap().on, left);
    assert!(reveal.at > 1_700_000_000, "the shell passes the time in");
    let said = window
        .session()
        .notices()
        .iter()
        .any(|notice| notice.text.starts_with("Revealed: A, Zebra"));
    assert!(said, "{:?}", window.session().notices());
    window.harness.get_by_role_and_label(Role::TextInput, "Label of A");
    let mut texts = BTreeSet::new();
    frames(&mut window, 1, &mut texts);
    assert!(texts.iter().any(|text| text.contains(&reveal.time_words())), "{texts:?}");
    window.key(Modifiers::COMMAND, Key::Z);
    assert!(!window.session().is_blind());
}

#[test]
fn a_blind_card_is_written_under_a_name_that_says_nothing() {
    let card = tempfile::tempdir().unwrap();
    let path = card.path().join("blind-card.png");
    let (mut window, telling) = named_window([vec![path.clone()]]);
    window.harness.state_mut().send(Command::JudgeBlind(seed(true)));
    window.settle();
    window.key(Modifiers::COMMAND, Key::E);
    assert!(path.is_file());
    let bytes = std::fs::read(&path).unwrap();
    let alt = std::fs::read_to_string(card.path().join("blind-card.alt.txt")).unwrap();
    let text = format!("{}{alt}", String::from_utf8_lossy(&bytes)).to_lowercase();
    assert!(telling.iter().take(NAMES.len()).all(|words| !text.contains(words)));
}
