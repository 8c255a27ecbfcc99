//! Requests that only the window can meet: dialogs, and the one question about unsaved work.

use std::path::{Path, PathBuf};

use egui::{Ui, ViewportCommand};

use super::{
    app::App,
    composer::Output,
    dialogs::{Answer, Purpose, with_session_extension},
    incoming::{self, empty_document},
    outbox::{Ask, Leaving, Outbox},
    panels::{self, CloseAnswer},
    reveal_box::new_seed,
};
use crate::{
    document::Side,
    session::{Command, Export, FindingExport, LandmarkExport, Notice, Replaces, Severity, Target},
    storage::{FindingFormat, LandmarkFormat, PictureFormat, SESSION_EXTENSION},
};

impl App {
    pub(super) fn answer(&mut self, ctx: &egui::Context, ask: Ask, out: &mut Outbox) {
        match ask {
            Ask::Open => self.dialogs.open(ctx, Purpose::Open, ""),
            Ask::OpenSide(side) => self.dialogs.open(ctx, Purpose::OpenSide(side), ""),
            Ask::Save => match self.session.path() {
                Some(path) => out.send(Command::Save(path.clone())),
                None => self.dialogs.open(ctx, Purpose::SaveAs, &self.proposed_name()),
            },
            Ask::SaveAs => self.dialogs.open(ctx, Purpose::SaveAs, &self.proposed_name()),
            Ask::Export => {
                let document = self.session.document().on_card();
                let name = format!("{}.png", document.card.file_stem(&document));
                self.dialogs.open(ctx, Purpose::Export, &name);
            }
            Ask::ExportAll => self.dialogs.open(ctx, Purpose::ExportAll, ""),
            Ask::OpenBrand => self.dialogs.open(ctx, Purpose::OpenBrand, ""),
            Ask::CopyCard => self.copy_card(ctx, out),
            Ask::ImportLandmarks(side) => {
                self.dialogs.open(ctx, Purpose::ImportLandmarks(side), "");
            }
            Ask::ExportLandmarks(side) => {
                let ending = side.map_or(".csv".to_owned(), |side| format!("-{side}.tem"));
                let name = self.proposed_name().replace(SESSION_EXTENSION, &ending);
                self.dialogs.open(ctx, Purpose::ExportLandmarks(side), &name);
            }
            Ask::ImportFindings(side) => self.dialogs.open(ctx, Purpose::ImportFindings(side), ""),
            Ask::ExportFindings(format) => {
                let ending =
                    format.extension().map_or(String::new(), |ext| format!("-findings.{ext}"));
                let name = self.proposed_name().replace(SESSION_EXTENSION, &ending);
                self.dialogs.open(ctx, Purpose::ExportFindings(format), &name);
            }
            Ask::JudgeBlind => out.send(Command::JudgeBlind(new_seed())),
            Ask::Reveal => self.reveal_box.open(),
            Ask::Begin => self.leave(ctx, Leaving::Begin, out),
            Ask::OpenSample => self.leave(ctx, Leaving::OpenSample, out),
            Ask::Quit => self.leave(ctx, Leaving::Quit, out),
            Ask::TypePath => self.path_box.open(),
            Ask::Limits => self.limits_box.open(self.session.settings().limits),
            Ask::Help => self.is_help_open = !self.is_help_open,
        }
    }

    /// The session's name, or one made of both labels; neither while judging blind.
    fn proposed_name(&self) -> String {
        if self.session.is_blind() {
            return format!("blind-comparison{SESSION_EXTENSION}");
        }
        let name = self.session.path().and_then(|path| path.file_name());
        if let Some(name) = name {
            return name.to_string_lossy().into_owned();
        }
        let labels = Side::BOTH.map(|side| self.session.document().label_or_stem(side));
        let plain = |text: &String| {
            text.chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect::<String>()
        };
        format!("{}-{}{SESSION_EXTENSION}", plain(&labels[0]), plain(&labels[1]))
    }

    /// What is likely meant where there is no file dialog: beside the session or the pictures.
    fn suggested_path(&self, purpose: Purpose) -> String {
        let document = self.session.document();
        let name = match purpose {
            Purpose::SaveAs => self.proposed_name(),
            Purpose::Export => {
                let shown = document.on_card();
                format!("{}.png", shown.card.file_stem(&shown))
            }
            _ => return String::new(),
        };
        let picture = document.sources.a.as_ref().map(|source| &source.path);
        let beside = self.session.path().or(picture).and_then(|path| path.parent());
        // A folder's name may tell what a blind pair is.
        let folder = beside.filter(|_| !self.session.is_blind());
        folder.map_or(name.clone(), |folder| folder.join(&name).display().to_string())
    }

    /// Goes on at once, or asks about unsaved work first.
    fn leave(&mut self, ctx: &egui::Context, to: Leaving, out: &mut Outbox) {
        if self.session.is_unsaved() {
            self.question = Some(to);
        } else {
            self.go(ctx, to, out);
        }
    }

    pub(super) fn go(&mut self, ctx: &egui::Context, to: Leaving, out: &mut Outbox) {
        match to {
            Leaving::Quit => {
                self.may_close = true;
                ctx.send_viewport_cmd(ViewportCommand::Close);
            }
            Leaving::Begin => out.send(Command::Begin(empty_document().into())),
            Leaving::OpenSample => out.send(Command::OpenSample(self.sample_folder.clone())),
            // Sent at once: the question that may stand before it is answered.
            Leaving::OpenSession(path) => self.send(Command::OpenSession(path)),
        }
    }

    /// Whether `path` may be written: a file that exists only when the user confirmed this very
    /// name in a dialog, or when it is the session's own.
    fn may_write(
        &mut self,
        path: &Path,
        chosen: &Path,
        is_confirmed: bool,
        out: &mut Outbox,
    ) -> bool {
        let is_own = self.session.path().is_some_and(|own| own == path);
        if !path.exists() || is_own || (is_confirmed && path == chosen) {
            return true;
        }
        self.after_save = None;
        let text = format!(
            "Not written: {} exists already; choose another name, or this one in full in the \
             file dialog to replace it",
            path.display()
        );
        out.send(Command::Say(Notice { severity: Severity::Error, text }));
        false
    }

    /// Carries out what a file dialog answered. `is_confirmed` is false where nobody asked whether
    /// a file that exists may be replaced.
    pub(super) fn dialog_answer(&mut self, answer: Answer, is_confirmed: bool, out: &mut Outbox) {
        let Answer { purpose, paths, is_missing } = answer;
        if is_missing {
            let suggested = self.suggested_path(purpose);
            self.path_box.open_for(purpose, suggested);
            return;
        }
        let first = paths.first().cloned();
        match (purpose, first) {
            (Purpose::Open, _) => incoming::open_paths(&self.session, &paths, None, out),
            (Purpose::OpenSide(side), Some(path)) => out.send(Command::OpenPicture(side, path)),
            (Purpose::SaveAs, Some(chosen)) => {
                let path = with_session_extension(chosen.clone());
                if self.may_write(&path, &chosen, is_confirmed, out) {
                    out.send(Command::Save(path));
                }
            }
            (Purpose::ImportLandmarks(side), Some(path)) => {
                out.send(Command::ImportLandmarks(path, side));
            }
            (Purpose::ExportLandmarks(side), Some(path)) => {
                if self.may_write(&path, &path, is_confirmed, out) {
                    export_landmarks(path, side, out);
                }
            }
            (Purpose::ImportFindings(side), Some(path)) => {
                out.send(Command::ImportFindings(path, side));
            }
            (Purpose::ExportFindings(format), Some(chosen)) => {
                let path = with_ending(&chosen, format);
                let is_folder = format.extension().is_none();
                if is_folder || self.may_write(&path, &chosen, is_confirmed, out) {
                    out.send(Command::ExportFindings(FindingExport { path, format }));
                }
            }
            (Purpose::Export, Some(chosen)) if is_other_format(&chosen) => {
                let text = format!(
                    "Not written: {} names a format that cards are not written in; use .png, \
                     .jpg or .webp",
                    chosen.display()
                );
                out.send(Command::Say(Notice { severity: Severity::Error, text }));
            }
            (Purpose::Export, Some(chosen)) => {
                let format = PictureFormat::of_path(&chosen);
                let path = if format.is_some() { chosen.clone() } else { with_png(&chosen) };
                let format = format.unwrap_or(PictureFormat::Png);
                let is_named = is_confirmed && path == chosen;
                let replaces = if is_named { Replaces::Named } else { Replaces::Nothing };
                let (target, optimise) = (Target::File(path), self.composer.output.optimises);
                out.send(Command::Export(Export { target, format, optimise, replaces }));
            }
            (Purpose::ExportAll, Some(folder)) => {
                let Output { optimises, format } = self.composer.output;
                let (target, replaces) = (Target::Folder(folder), Replaces::Nothing);
                let export = Export { target, format, optimise: optimises, replaces };
                out.send(Command::Export(export));
            }
            (Purpose::OpenBrand, Some(path)) => out.send(Command::OpenBrand(path)),
            // A dialog that was cancelled also cancels what should have come after it.
            (_, None) => self.after_save = None,
        }
    }

    /// Puts the previewed picture on the clipboard.
    fn copy_card(&self, ctx: &egui::Context, out: &mut Outbox) {
        let Some(card) = self.session.card() else { return };
        if card.is_quick || card.revision != self.session.revision() {
            let text = "Not copied: the card is still being painted; copy it again".to_owned();
            out.send(Command::Say(Notice { severity: Severity::Error, text }));
            return;
        }
        let size = [card.picture.width(), card.picture.height()];
        let image = egui::ColorImage::from_rgba_unmultiplied(size, &card.picture.to_rgba8());
        ctx.copy_image(image);
        let text = "Copied the card's picture".to_owned();
        out.send(Command::Say(Notice { severity: Severity::Done, text }));
    }

    /// Asks whether files may be replaced that a card would replace.
    pub(super) fn replace_question_ui(&self, ui: &Ui, out: &mut Outbox) {
        let Some((export, files)) = self.session.in_the_way() else { return };
        let Some(is_meant) = panels::replace_question_ui(ui, files) else { return };
        out.send(Command::KeepFiles);
        if is_meant {
            let replaces = Replaces::These(files.clone());
            let export = Export { replaces, ..export.clone() };
            out.send(Command::Export(export));
        }
    }

    pub(super) fn question_ui(&mut self, ui: &Ui, out: &mut Outbox) {
        if self.question.is_none() {
            return;
        }
        let name = self.proposed_name();
        let Some(answer) = panels::close_question_ui(ui, &name) else { return };
        let Some(to) = self.question.take() else { return };
        match answer {
            CloseAnswer::Save => {
                self.after_save = Some(to);
                out.ask(Ask::Save);
            }
            CloseAnswer::Discard => self.go(ui.ctx(), to, out),
            CloseAnswer::Cancel => (),
        }
    }
}

/// The path with the format's ending, where it has another one or none.
fn with_ending(path: &Path, format: FindingFormat) -> PathBuf {
    match format.extension() {
        Some(ending) if path.extension().is_none_or(|ext| !ext.eq_ignore_ascii_case(ending)) => {
            let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
            path.with_file_name(format!("{name}.{ending}"))
        }
        _ => path.to_owned(),
    }
}

/// Writes landmarks in the format that the name asks for.
fn export_landmarks(path: PathBuf, side: Option<Side>, out: &mut Outbox) {
    let name = path.to_string_lossy().to_lowercase();
    let format = if name.ends_with(BIGWARP_ENDING) {
        Some(LandmarkFormat::BigWarp)
    } else {
        LandmarkFormat::for_path(&path)
    };
    if let Some(format) = format {
        out.send(Command::ExportLandmarks(LandmarkExport { path, format, side }));
        return;
    }
    let text = format!(
        "Not written: {} names no format of landmarks; use .csv, {BIGWARP_ENDING}, .tps, .tem or \
         .mrk.json",
        path.display()
    );
    out.send(Command::Say(Notice { severity: Severity::Error, text }));
}

/// Names that end so are written for `BigWarp`, whose files are CSV without a header.
const BIGWARP_ENDING: &str = ".bigwarp.csv";

/// Whether a name asks for a picture format that is not written.
fn is_other_format(path: &Path) -> bool {
    const OTHERS: [&str; 9] = ["tif", "tiff", "gif", "bmp", "avif", "heic", "jxl", "pdf", "svg"];
    let extension = path.extension().map(|ext| ext.to_string_lossy().to_ascii_lowercase());
    extension.is_some_and(|extension| OTHERS.contains(&extension.as_str()))
}

fn with_png(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".png");
    path.with_file_name(name)
}
