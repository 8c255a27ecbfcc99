//! File dialogs, asked for on the main thread and awaited aside, so that the window never freezes.

use std::{
    collections::VecDeque,
    path::PathBuf,
    pin::Pin,
    sync::mpsc::{Receiver, Sender, channel},
};

use crate::{
    document::Side,
    session::run_aside,
    storage::{FindingFormat, LandmarkFormat, PICTURE_ENDINGS, SESSION_EXTENSION},
};

/// What a dialog was opened for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    Open,
    OpenSide(Side),
    SaveAs,
    Export,
    ExportAll,
    OpenBrand,
    ImportLandmarks(Option<Side>),
    ExportLandmarks(Option<Side>),
    ImportFindings(Side),
    ExportFindings(FindingFormat),
}

/// A dialog's answer; an empty list when it was cancelled.
pub(super) struct Answer {
    pub(super) purpose: Purpose,
    pub(super) paths: Vec<PathBuf>,
    /// Whether it came faster than anyone cancels a dialog: there is none on this desktop.
    pub(super) is_missing: bool,
}

/// Nobody sees a dialog and cancels it within this many seconds.
const SEEN: f64 = 0.25;

/// Where file dialogs come from.
pub struct Dialogs {
    kind: Kind,
    answers: Receiver<Answer>,
    sender: Sender<Answer>,
    /// One dialog at a time.
    is_open: bool,
    /// When it was asked for, in egui's seconds.
    opened: f64,
}

enum Kind {
    Native,
    Scripted(VecDeque<Vec<PathBuf>>),
}

impl Purpose {
    /// What the file is, after "the path of".
    pub(super) fn words(self) -> String {
        match self {
            Self::Open => "a session or picture to open".into(),
            Self::OpenSide(side) => format!("the picture of side {side}"),
            Self::SaveAs => "the session to write".into(),
            Self::Export => "the card to write".into(),
            Self::ExportAll => "the folder for the cards".into(),
            Self::OpenBrand => "the picture of the mark".into(),
            Self::ImportLandmarks(None) => "the landmarks to read".into(),
            Self::ImportLandmarks(Some(side)) => format!("the landmarks of {side} to read"),
            Self::ExportLandmarks(None) => "the landmarks to write".into(),
            Self::ExportLandmarks(Some(side)) => format!("the landmarks of {side} to write"),
            Self::ImportFindings(side) => format!("the findings of {side} to read"),
            Self::ExportFindings(FindingFormat::Labelme) => "the folder for the findings".into(),
            Self::ExportFindings(_) => "the findings to write".into(),
        }
    }
}

impl Dialogs {
    /// The system's dialogs.
    #[must_use]
    pub fn native() -> Self {
        Self::new(Kind::Native)
    }

    /// Dialogs that are answered at once from a list, in order; then they are cancelled.
    #[must_use]
    pub fn scripted(answers: impl IntoIterator<Item = Vec<PathBuf>>) -> Self {
        Self::new(Kind::Scripted(answers.into_iter().collect()))
    }

    fn new(kind: Kind) -> Self {
        let (sender, answers) = channel();
        Self { kind, answers, sender, is_open: false, opened: 0.0 }
    }

    /// Opens a dialog; `name` is proposed where a file is to be written.
    pub(super) fn open(&mut self, ctx: &egui::Context, purpose: Purpose, name: &str) {
        if self.is_open {
            return;
        }
        self.is_open = true;
        let sender = self.sender.clone();
        self.opened = ctx.input(|input| input.time);
        let answer = move |paths: Vec<PathBuf>| {
            sender.send(Answer { purpose, paths, is_missing: false }).unwrap_or_default();
        };
        match &mut self.kind {
            Kind::Scripted(answers) => answer(answers.pop_front().unwrap_or_default()),
            Kind::Native => native(ctx, purpose, name, answer),
        }
    }

    /// Whether a dialog waits for its answer.
    pub(super) fn is_open(&self) -> bool {
        self.is_open
    }

    /// The answers since the last call.
    pub(super) fn answers(&mut self, ctx: &egui::Context) -> Vec<Answer> {
        let is_native = matches!(self.kind, Kind::Native);
        let is_soon = ctx.input(|input| input.time) - self.opened < SEEN;
        let mut answers: Vec<_> = self.answers.try_iter().collect();
        for answer in &mut answers {
            answer.is_missing = is_native && is_soon && answer.paths.is_empty();
        }
        if !answers.is_empty() {
            self.is_open = false;
        }
        answers
    }
}

fn native(
    ctx: &egui::Context,
    purpose: Purpose,
    name: &str,
    answer: impl FnOnce(Vec<PathBuf>) + Send + 'static,
) {
    let ctx = ctx.clone();
    let chosen = ask(purpose, name);
    let result = run_aside("diptych-dialog", move || {
        let chosen = pollster::block_on(chosen);
        answer(chosen.into_iter().map(|handle| handle.path().to_owned()).collect());
        ctx.request_repaint();
    });
    if let Err(err) = result {
        log::error!("no thread for the file dialog: {err}");
    }
}

/// What is chosen once a dialog is answered; nothing when it is cancelled.
type Chosen = Pin<Box<dyn Future<Output = Vec<rfd::FileHandle>> + Send>>;

/// The dialog for a purpose; it is shown from here on.
fn ask(purpose: Purpose, name: &str) -> Chosen {
    let dialog = rfd::AsyncFileDialog::new();
    let pictures = PICTURE_ENDINGS;
    let one = |title: &str, (filter, endings): (&str, &[&str])| {
        let dialog = rfd::AsyncFileDialog::new().set_title(title).add_filter(filter, endings);
        let chosen = dialog.pick_file();
        Box::pin(async move { chosen.await.into_iter().collect() })
    };
    let new = |title: &str, (filter, endings): (&str, &[&str])| {
        let dialog = rfd::AsyncFileDialog::new().set_title(title).add_filter(filter, endings);
        let chosen = dialog.set_file_name(name).save_file();
        Box::pin(async move { chosen.await.into_iter().collect() })
    };
    match purpose {
        Purpose::Open => {
            let everything: Vec<&str> = pictures.into_iter().chain(["ron"]).collect();
            let dialog = dialog.set_title("Open a session, or one or two pictures");
            let chosen = dialog.add_filter("Sessions and pictures", &everything).pick_files();
            Box::pin(async move { chosen.await.unwrap_or_default() })
        }
        Purpose::ExportFindings(FindingFormat::Labelme) => {
            let chosen = dialog.set_title("Folder for the findings").pick_folder();
            Box::pin(async move { chosen.await.into_iter().collect() })
        }
        Purpose::OpenSide(side) => {
            one(&format!("Open the picture of side {side}"), ("Pictures", &pictures))
        }
        Purpose::ImportFindings(side) => {
            one(&format!("Import the findings of side {side}"), ("labelme", &["json"]))
        }
        Purpose::ImportLandmarks(side) => {
            let of = side.map_or("both sides".to_owned(), |side| format!("side {side}"));
            let endings = landmark_endings(|_| true);
            one(&format!("Import the landmarks of {of}"), ("Landmarks", &endings))
        }
        Purpose::ExportLandmarks(_) => {
            new("Export landmarks", ("Landmarks", &landmark_endings(LandmarkFormat::can_write)))
        }
        Purpose::ExportFindings(_) => new("Export findings", ("Findings", &FINDING_ENDINGS)),
        Purpose::ExportAll => {
            let chosen = dialog.set_title("Folder for the cards").pick_folder();
            Box::pin(async move { chosen.await.into_iter().collect() })
        }
        Purpose::OpenBrand => one("Open the picture of the mark", ("Pictures", &pictures)),
        Purpose::Export => new("Export the card", ("Pictures", &pictures)),
        Purpose::SaveAs => new("Save the session", ("Sessions", &["ron"])),
    }
}

/// How the names of finding files end.
const FINDING_ENDINGS: [&str; 3] = ["csv", "json", "xml"];

/// How the names of landmark files end.
fn landmark_endings(is_meant: fn(LandmarkFormat) -> bool) -> Vec<&'static str> {
    let formats = LandmarkFormat::ALL.iter().filter(|format| is_meant(**format));
    let mut endings: Vec<_> =
        formats.flat_map(|format| format.extensions()).map(|ending| last_part(ending)).collect();
    endings.sort_unstable();
    endings.dedup();
    endings
}

/// `json` of `mrk.json`: dialogs look at what follows the last dot.
fn last_part(ending: &'static str) -> &'static str {
    ending.rsplit('.').next().unwrap_or(ending)
}

/// The path with the session's ending, whatever the dialog gave.
pub(super) fn with_session_extension(path: PathBuf) -> PathBuf {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
    let name = name.unwrap_or_default();
    if name.ends_with(SESSION_EXTENSION) {
        return path;
    }
    let stem = name.strip_suffix(".ron").unwrap_or(&name);
    let stem = stem.strip_suffix(".diptych").unwrap_or(stem);
    path.with_file_name(format!("{stem}{SESSION_EXTENSION}"))
}
