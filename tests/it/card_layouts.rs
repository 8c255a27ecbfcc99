//! Every layout in sizes and themes that differ in kind: what stands where as text, which says what moved,
//! and the picture at the width of a phone. `UPDATE_GOLDEN=1` takes them as they are now: look at them
//! before they are kept.

use std::{
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

use diptych::{
    card::{Scene, Sources, lay_out, paint},
    document::{
        Answer, Belongs, Brand, CardStyle, CardWords, Code, Confidence, Document, Edit, Finding,
        FindingEdit, FindingId, FooterFields, Kind, Layout, PerSide, Severity, Side, Theme,
        Verdict,
    },
    geometry::{
        Image, ImagePoint, Kernel, Output, OutputPoint, Point, Rect, Shape, Similarity, Warp,
    },
    raster::{Picture, View, render_view},
    session::{Command, Session},
    storage::{PictureFormat, encode_picture, presets, write_whole},
};

use crate::session::{carry_out, edit, fresh};

/// What is shown of a layout: its name, the preset, the theme.
const SHOWN: [(Layout, &str, Theme); 14] = [
    (Layout::Diptych, "instagram-portrait", Theme::Dark),
    (Layout::Diptych, "story", Theme::Light),
    (Layout::DiptychLoupes, "square", Theme::Paper),
    (Layout::DiptychLoupes, "x-landscape", Theme::Dark),
    (Layout::LoupeGrid, "bluesky", Theme::Light),
    (Layout::LoupeGrid, "linkedin", Theme::Dark),
    (Layout::Callouts, "instagram-portrait", Theme::Light),
    (Layout::Callouts, "x-landscape", Theme::Paper),
    (Layout::Scorecard, "instagram-tall", Theme::Dark),
    (Layout::Scorecard, "square", Theme::Light),
    (Layout::Scorecard, "x-landscape", Theme::Dark),
    (Layout::Carousel, "instagram-portrait", Theme::Paper),
    (Layout::XPair, "x-pair", Theme::Dark),
    (Layout::DiptychLoupes, "master", Theme::Dark),
];
/// The width of a phone.
const PHONE: f64 = 375.0;

fn finding((shape, belongs, level): (Shape, Belongs, u8), (code, name): (&str, &str)) -> Finding {
    let code = Code { code: code.into(), name: name.into(), strength: String::new() };
    Finding {
        id: FindingId(0),
        on: Side::A,
        shape,
        belongs,
        code: Some(code),
        severity: Severity::new(level).unwrap(),
        confidence: Confidence::Clear,
        is_strength: false,
        note: String::new(),
    }
}

fn findings() -> Vec<Finding> {
    let at = Point::new;
    let teeth = Shape::Box(Rect::new(at(620.0, 980.0), at(900.0, 1090.0)));
    let cheek = Shape::Ellipse(Rect::new(at(330.0, 640.0), at(480.0, 800.0)));
    let lip = Shape::Stroke(vec![at(500.0, 940.0), at(600.0, 905.0), at(700.0, 890.0)]);
    let (a, b) = (Belongs::To(Side::A), Belongs::To(Side::B));
    vec![
        finding((teeth, a, 4), ("TEE-A3", "teeth merged, no embrasure")),
        finding((Shape::Pin(at(430.0, 560.0)), a, 3), ("GLS-X2", "cut-out halo")),
        finding((cheek, a, 3), ("SKI-A1", "pores absent")),
        finding((lip, b, 2), ("LIP-S2", "creases as stripes")),
        finding((Shape::Pin(at(768.0, 640.0)), Belongs::Both, 1), ("GLO-A1", "face too symmetric")),
    ]
}

/// The sample with something found, answered and said.
fn filled() -> Session {
    let mut session = fresh();
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/sample/sample.diptych.ron");
    carry_out(&mut session, Command::OpenSession(sample));
    let ids = session.document().findings.iter().map(|finding| finding.id).collect();
    carry_out(&mut session, edit(Edit::Findings(FindingEdit::Remove(ids))));
    carry_out(&mut session, edit(Edit::Findings(FindingEdit::Add(findings(), None))));
    let (a, b, tie) = (Some(Answer::A), Some(Answer::B), Some(Answer::Tie));
    let answers = [b, b, tie, a, None, Some(Answer::NotVisible), b];
    let criteria = session.document().recipe.criteria();
    for (criterion, answer) in criteria.into_iter().zip(answers.into_iter().cycle()) {
        let verdict = Verdict { criterion, answer, remark: String::new() };
        carry_out(&mut session, edit(Edit::SetVerdict(verdict)));
    }
    for side in Side::BOTH {
        carry_out(&mut session, edit(Edit::SetKind(side, Some(Kind::Render))));
    }
    session
}

fn styled(document: &Document, (layout, preset, theme): (Layout, &str, Theme)) -> Document {
    let preset = presets().into_iter().find(|known| known.name == preset).unwrap();
    let mut document = document.in_preset(preset);
    document.card = CardStyle { layout, theme, ..document.card };
    if layout == Layout::Diptych {
        document.card.words = CardWords {
            title: "One face, two models".into(),
            subtitle: "Which one holds at arm's length?".into(),
            remark: "Both were asked for with one prompt and one seed.".into(),
            alt_text: None,
        };
        document.card.brand = Brand { text: "@reviewer".into(), ..Brand::default() };
        document.card.footer = FooterFields { axis: true, ..FooterFields::default() };
        document.declared.axis = "left more processed, right more grounded".into();
    }
    document
}

/// Everything on a scene, a line an item.
fn told(scene: &Scene) -> String {
    let mut text = format!("{}x{}\n", scene.width, scene.height);
    for item in &scene.items {
        let rect = item.rect;
        let side = item.side.map_or(String::new(), |side| format!(" {side}"));
        let place = format!("{},{} {}x{}", rect.x, rect.y, rect.width, rect.height);
        writeln!(text, "{}{side} {place} {:?}", item.kind.name(), item.text).unwrap();
    }
    text
}

fn phone_sized(card: &Picture) -> Picture {
    #[expect(clippy::cast_precision_loss, reason = "card pixels")]
    let (width, height) = (card.width() as f64, card.height() as f64);
    let scale = (PHONE / width).min(1.0);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "card pixels")]
    let size = ((scale * width).round() as usize, (scale * height).round() as usize);
    let corner = (OutputPoint::new(0.0, 0.0), ImagePoint::new(0.0, 0.0));
    let map: Similarity<Image, Output> = Similarity::about(1.0 / scale, 0.0, corner.0, corner.1);
    render_view(card, &View::new(Warp::from(map), Kernel::Lanczos3, size), &|| false).unwrap()
}

fn painted(session: &Session, scene: &Scene) -> Picture {
    let pictures = PerSide::from_fn(|side| &*session.loaded(side).unwrap().picture);
    paint(scene, Sources { sides: pictures, brand: None }, &|| false, &|_| ()).unwrap()
}

/// What differs from the golden file, kept anew where asked.
fn faults(name: &str, bytes: &[u8], same: impl Fn(&[u8], &[u8]) -> bool) -> Option<String> {
    let path: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/cards").join(name);
    if std::env::var_os("UPDATE_GOLDEN").is_some_and(|value| value == "1") {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        write_whole(&path, bytes).unwrap();
        return None;
    }
    let expected = fs::read(&path).unwrap_or_default();
    if same(bytes, &expected) {
        return None;
    }
    let actual = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    write_whole(&actual, bytes).unwrap();
    Some(format!("{name} differs; as it is now: {}", actual.display()))
}

fn same_pixels(one: &[u8], other: &[u8]) -> bool {
    let decode =
        |bytes: &[u8]| image::load_from_memory(bytes).ok().map(image::DynamicImage::into_rgb8);
    decode(one).is_some_and(|one| Some(one) == decode(other))
}

#[test]
fn layouts_in_sizes_and_themes_are_the_golden_ones() {
    let session = filled();
    let mut found = Vec::new();
    for (layout, preset, theme) in SHOWN {
        let document = styled(session.document(), (layout, preset, theme));
        // Of a carousel the overview and the first region tell all.
        for (idx, scene) in lay_out(&document).unwrap().iter().take(2).enumerate() {
            let name = format!("{}_{preset}_{}_{idx}", layout.name(), theme.name());
            let text = told(scene);
            found.extend(faults(&format!("{name}.txt"), text.as_bytes(), |a, b| a == b));
            if preset == "master" {
                continue;
            }
            let picture = phone_sized(&painted(&session, scene));
            let png = encode_picture(&picture, PictureFormat::Png).unwrap();
            found.extend(faults(&format!("{name}.png"), &png, same_pixels));
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn every_layout_has_room_in_every_preset() {
    let session = filled();
    for preset in presets() {
        for layout in Layout::ALL {
            let document = styled(session.document(), (layout, &preset.name, Theme::Dark));
            let scenes = lay_out(&document);
            let name = format!("{} {}", preset.name, layout.name());
            let scenes = scenes.unwrap_or_else(|err| panic!("{name}: {err}"));
            let n = match layout {
                Layout::Carousel => 6,
                Layout::XPair => 2,
                _ => 1,
            };
            assert_eq!(scenes.len(), n, "{name}");
            let has_pictures =
                scenes.iter().all(|scene| scene.items.iter().any(|of| of.view.is_some()));
            assert!(has_pictures, "{name}");
        }
    }
}

#[test]
fn the_master_card_shows_the_finer_sides_pixels_one_to_one() {
    let session = filled();
    let document = styled(session.document(), (Layout::Diptych, "master", Theme::Dark));
    let scene = lay_out(&document).unwrap().remove(0);
    let panels = scene.items.iter().filter_map(|item| item.view.as_ref());
    let finest = panels.map(View::magnification).fold(f64::INFINITY, f64::min);
    assert!((finest - 1.0).abs() < 0.06, "{finest}");
    assert!(scene.width > 1080 && scene.width <= 8192);
}

#[test]
fn a_cards_own_picture_is_its_mark() {
    let mut session = filled();
    let folder = tempfile::TempDir::new().unwrap();
    let path = folder.path().join("mark.png");
    let green = vec![[0, 200, 0, 255]; 60 * 30];
    let mark = Picture::new(60, 30, diptych::raster::Pixels::Rgba8(green)).unwrap();
    fs::write(&path, encode_picture(&mark, PictureFormat::Png).unwrap()).unwrap();
    carry_out(&mut session, Command::OpenBrand(path));
    let source = session.document().card.brand.picture.clone().expect("the mark");
    assert_eq!((source.width, source.height), (60, 30));
    carry_out(&mut session, Command::PreviewCard);
    let card = session.card().expect("a preview");
    let place = card.scene.items.iter().find(|item| item.kind == diptych::card::ItemKind::Brand);
    let rect = place.unwrap().rect;
    assert!(rect.height * 25 <= card.scene.height, "at most 4 % of the height");
    let middle = card.picture.rgba8_at(rect.x + rect.width / 2, rect.y + rect.height / 2);
    assert_eq!(middle, Some([0, 200, 0, 255]));
}
