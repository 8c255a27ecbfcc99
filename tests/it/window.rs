//! A window without display or GPU, and pictures for it.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use diptych::{
    document::{Document, PerSide, Side},
    geometry::ImagePoint,
    raster::{Picture, Pixels},
    session::{Command, Session},
    storage::{PictureFormat, RecentSessions, encode_picture},
    ui::{App, Dialogs, Start, dress},
};
use egui::{Key, Modifiers, Pos2};
use egui_kittest::{Harness, kittest::Queryable as _};
use tempfile::TempDir;

use crate::soft_renderer::SoftRenderer;

/// A window over a temporary folder, its dialogs answered from a list.
pub(crate) struct Window {
    pub(crate) folder: TempDir,
    pub(crate) harness: Harness<'static, App>,
}

const SIZE: [f32; 2] = [1280.0, 800.0];

impl Window {
    pub(crate) fn new(answers: impl IntoIterator<Item = Vec<PathBuf>>) -> Self {
        Self::at_scale(1.0, answers)
    }

    pub(crate) fn at_scale(
        pixels_per_point: f32,
        answers: impl IntoIterator<Item = Vec<PathBuf>>,
    ) -> Self {
        Self::sized(SIZE, pixels_per_point, answers)
    }

    /// A window of this many points.
    pub(crate) fn sized(
        size: [f32; 2],
        pixels_per_point: f32,
        answers: impl IntoIterator<Item = Vec<PathBuf>>,
    ) -> Self {
        let folder = TempDir::new().unwrap();
        let sample = folder.path().join("sample");
        let dialogs = Dialogs::scripted(answers);
        let harness = Harness::builder()
            .with_size(size)
            .with_pixels_per_point(pixels_per_point)
            .with_max_steps(80)
            .with_step_dt(1.0 / 30.0)
            .renderer(SoftRenderer::default())
            .build_eframe(move |cc| {
                dress(&cc.egui_ctx);
                App::new(RecentSessions::default(), dialogs, None, sample)
            });
        let mut window = Self { folder, harness };
        window.settle();
        window
    }

    /// Frames until nothing changes, then the document's invariants.
    #[track_caller]
    pub(crate) fn settle(&mut self) {
        self.harness.run();
        assert_eq!(self.session().document().violations(), Vec::<String>::new());
    }

    pub(crate) fn session(&self) -> &Session {
        self.harness.state().session()
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn open(&mut self, files: &[PathBuf]) {
        self.harness.state_mut().start(&Start { files: files.to_vec(), is_demo: false });
        self.settle();
    }

    pub(crate) fn open_sample(&mut self) {
        self.harness.get_by_label("Open the sample pair").click();
        self.settle();
    }

    /// The bundled pair without what was found and answered of it.
    pub(crate) fn open_sample_unjudged(&mut self) {
        self.open_sample();
        let document = Document::clone(self.session().document());
        let bare = Document { findings: Vec::new(), verdicts: Vec::new(), ..document };
        self.harness.state_mut().send(Command::Begin(Arc::new(bare)));
        self.settle();
    }

    /// Where a place of a side's picture is on the screen, in points.
    pub(crate) fn on_screen(&self, side: Side, at: ImagePoint) -> Pos2 {
        let view = self.session().pane_view(side).unwrap();
        let pixel = view.source_from_output.unapply(at);
        let scale = self.harness.ctx.pixels_per_point();
        let pane = self.harness.state().panes()[side];
        let corner = (pane.min.to_vec2() * scale).round() / scale;
        #[expect(clippy::cast_possible_truncation, reason = "egui positions are f32")]
        let offset = egui::vec2(pixel.x as f32, pixel.y as f32) / scale;
        (corner + offset).to_pos2()
    }

    #[track_caller]
    pub(crate) fn click(&mut self, at: Pos2) {
        self.harness.hover_at(at);
        self.harness.run();
        self.harness.drag_at(at);
        self.harness.run();
        self.harness.drop_at(at);
        self.settle();
    }

    /// Two clicks in one place, as fast as hands do.
    pub(crate) fn double_click(&mut self, at: Pos2) {
        self.harness.hover_at(at);
        self.harness.run();
        for pressed in [true, false, true, false] {
            self.harness.event(egui::Event::PointerButton {
                pos: at,
                button: egui::PointerButton::Primary,
                pressed,
                modifiers: Modifiers::NONE,
            });
            self.harness.step();
        }
        self.settle();
    }

    pub(crate) fn drag(&mut self, from: Pos2, to: Pos2) {
        self.harness.hover_at(from);
        self.harness.run();
        self.harness.drag_at(from);
        self.harness.run();
        for share in [0.3, 0.7, 1.0] {
            self.harness.hover_at(from + (to - from) * share);
            self.harness.run();
        }
        self.harness.drop_at(to);
        self.settle();
    }

    pub(crate) fn key(&mut self, modifiers: Modifiers, key: Key) {
        self.harness.key_press_modifiers(modifiers, key);
        self.settle();
    }

    pub(crate) fn drop_files(&mut self, paths: &[PathBuf]) {
        for path in paths {
            let file = Arc::new(Dropped(path.clone()));
            self.harness.input_mut().dropped_files.push(file);
        }
        self.settle();
    }

    pub(crate) fn drop_file(&mut self, path: &Path) {
        self.drop_files(&[path.to_owned()]);
    }

    pub(crate) fn mark_at(&self, name: &str) -> PerSide<Option<ImagePoint>> {
        let landmark = self.session().document().landmark_named(name).cloned();
        landmark.map_or(PerSide::default(), |landmark| landmark.at.map(|m| m.map(|m| m.at)))
    }
}

/// A file dropped on the window.
#[derive(Debug)]
struct Dropped(PathBuf);
impl egui::DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }
    fn bytes(&self) -> Result<Vec<u8>, String> {
        std::fs::read(&self.0).map_err(|err| err.to_string())
    }
}

/// A picture whose pixels all differ from their neighbours.
pub(crate) fn write_picture(path: &Path, width: usize, height: usize) -> PathBuf {
    let pixel = |idx: usize| {
        let (x, y) = (idx % width, idx / width);
        let code = |n: usize| u8::try_from(n % 256).unwrap();
        [code(x * 37 + y * 11), code(x * 5 + y * 83), code(x * 91 + y * 29 + 60), 255]
    };
    let pixels = (0..width * height).map(pixel).collect();
    let picture = Picture::new(width, height, Pixels::Rgba8(pixels)).unwrap();
    std::fs::write(path, encode_picture(&picture, PictureFormat::Png).unwrap()).unwrap();
    path.to_owned()
}
