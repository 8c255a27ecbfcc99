//! Pictures of the window. The first is the README's; all are compared with committed ones and
//! renewed by `UPDATE_GOLDEN=1`.

use std::path::{Path, PathBuf};

use image::RgbaImage;

use crate::ui::Window;

/// A channel may differ by this much: text is drawn by vector code that may differ by processor.
const CHANNEL_TOLERANCE: u8 = 12;
/// This share of the pixels may differ by more.
const PIXEL_TOLERANCE: f64 = 0.001;

fn golden(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name)
}

#[track_caller]
fn check(window: &mut Window, name: &str) {
    let shown = window.harness.render().unwrap();
    check_picture(&shown, name);
}

#[track_caller]
fn check_picture(shown: &RgbaImage, name: &str) {
    let path = golden(name);
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        shown.save(&path).unwrap();
    }
    let wanted = image::open(&path).expect("UPDATE_GOLDEN=1 makes it").into_rgba8();
    let share = share_of_difference(shown, &wanted);
    if share > PIXEL_TOLERANCE {
        let actual = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        shown.save(&actual).unwrap();
        panic!("{:.2} % of {name} differ; see {}", 100.0 * share, actual.display());
    }
}

#[expect(clippy::cast_precision_loss, reason = "a screen's pixels")]
fn share_of_difference(shown: &RgbaImage, wanted: &RgbaImage) -> f64 {
    assert_eq!(shown.dimensions(), wanted.dimensions());
    let differs = |(one, two): (&image::Rgba<u8>, &image::Rgba<u8>)| {
        one.0.iter().zip(&two.0).any(|(a, b)| a.abs_diff(*b) > CHANNEL_TOLERANCE)
    };
    let n = shown.pixels().zip(wanted.pixels()).filter(|pair| differs(*pair)).count();
    n as f64 / f64::from(shown.width() * shown.height())
}

#[test]
fn the_sample_pair_in_the_window() {
    let mut window = Window::new([]);
    window.open_sample();
    check(&mut window, "window_sample.png");
}

#[test]
fn the_empty_window() {
    let mut window = Window::new([]);
    check(&mut window, "window_empty.png");
}

#[test]
fn the_card_step() {
    use egui_kittest::kittest::Queryable as _;
    let mut window = Window::new([]);
    window.open_sample();
    window.harness.get_by_label("Continue to card").click();
    window.settle();
    check(&mut window, "window_card.png");
}

#[test]
fn the_step_that_judges() {
    use diptych::{
        document::{Belongs, Confidence, Edit, Finding, FindingEdit, Severity, Side},
        geometry::{ImagePoint, Rect, Shape},
        session::{Command, Step, ViewCommand},
    };
    let mut window = Window::new([]);
    window.open_sample_unjudged();
    let at = |x: f64, y: f64| ImagePoint::new(x, y);
    let shapes = [
        (Side::A, "TEE-A3", 3, Shape::Box(Rect::new(at(560.0, 1030.0), at(960.0, 1150.0)))),
        (Side::A, "GLS-X2", 2, Shape::Ellipse(Rect::new(at(210.0, 280.0), at(700.0, 760.0)))),
        (Side::B, "TEE-P1", 4, Shape::Pin(at(690.0, 1240.0))),
        (Side::B, "SKI-A2", 1, Shape::Arrow(at(1150.0, 1200.0), at(1010.0, 1100.0))),
        (
            Side::A,
            "SKI-S1",
            0,
            Shape::Stroke(vec![at(320.0, 900.0), at(370.0, 960.0), at(400.0, 1050.0)]),
        ),
        (
            Side::B,
            "LIP-A1",
            2,
            Shape::Polygon(vec![at(500.0, 1120.0), at(650.0, 1090.0), at(560.0, 1200.0)]),
        ),
    ];
    let taxonomy = window.session().library().taxonomy.clone();
    let findings = shapes.map(|(side, code, level, shape)| Finding {
        code: Some(taxonomy.defect(code).unwrap().code.clone()),
        is_strength: code == "TEE-P1",
        confidence: Confidence::Clear,
        belongs: if code == "SKI-S1" { Belongs::Both } else { Belongs::To(side) },
        ..Finding::drawn(side, shape, Severity::new(level).unwrap())
    });
    let app = window.harness.state_mut();
    app.send(Command::View(ViewCommand::Step(Step::Judge)));
    app.send(Command::Edit(Edit::Findings(FindingEdit::Add(findings.to_vec(), None)), None));
    let first = window.session().document().findings[0].id;
    window.harness.state_mut().send(Command::View(ViewCommand::SelectFindings(vec![first])));
    window.settle();
    check(&mut window, "window_judge.png");
}

#[test]
fn every_mode_of_comparison() {
    use diptych::session::{Command, Difference, Mode, StageCommand as Stage, ViewCommand, Wipe};
    let mut window = Window::new([]);
    window.open_sample();
    let slanted = Wipe { at: (0.5, 0.6), normal: 0.5 };
    for (name, commands) in [
        ("wipe", [Stage::Mode(Mode::Wipe), Stage::Wipe(slanted)]),
        ("flip", [Stage::Mode(Mode::Flip), Stage::Flip(diptych::document::Side::B)]),
        ("onion", [Stage::Mode(Mode::Onion), Stage::Opacity(0.5)]),
        ("delta_e", [Stage::Mode(Mode::Difference), Stage::Difference(Difference::DeltaE)]),
        ("lightness", [Stage::Mode(Mode::Difference), Stage::Difference(Difference::Lightness)]),
        ("rgb", [Stage::Mode(Mode::Difference), Stage::Difference(Difference::Absolute)]),
    ] {
        for command in commands {
            window.harness.state_mut().send(Command::View(ViewCommand::Stage(command)));
            window.settle();
        }
        let shown = window.harness.render().unwrap();
        // The middle of the stage and the bar below it.
        let part = image::imageops::crop_imm(&shown, 330, 330, 400, 276).to_image();
        check_picture(&part, &format!("mode_{name}.png"));
    }
}
