//! Requests that only the window can meet: dialogs, and the one question about unsaved work.

use std::path::{Path, PathBuf};

use egui::{Ui, ViewportCommand};

use super::{
    app::App,
    dialogs::{Answer, Purpose, with_session_extension},
    incoming::{self, empty_document},
    outbox::{Ask, Leaving, Outbox},
    panels::{self, CloseAnswer},
};
use crate::{
    document::Side,
    session::{Command, Export},
    storage::{PictureFormat, SESSION_EXTENSION},
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
                let name = self.proposed_name().replace(SESSION_EXTENSION, ".png");
                self.dialogs.open(ctx, Purpose::Export, &name);
            }
            Ask::Begin => self.leave(ctx, Leaving::Begin, out),
            Ask::OpenSample => self.leave(ctx, Leaving::OpenSample, out),
            Ask::Quit => self.leave(ctx, Leaving::Quit, out),
            Ask::TypePath => self.path_box.open(),
            Ask::Help => self.is_help_open = !self.is_help_open,
        }
    }

    /// The session's name, or one made of both labels.
    fn proposed_name(&self) -> String {
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
            Leaving::OpenSession(path) => out.send(Command::OpenSession(path)),
        }
    }

    pub(super) fn dialog_answer(&mut self, answer: Answer, out: &mut Outbox) {
        let Answer { purpose, paths } = answer;
        let first = paths.first().cloned();
        match (purpose, first) {
            (Purpose::Open, _) => incoming::open_paths(&self.session, &paths, None, out),
            (Purpose::OpenSide(side), Some(path)) => out.send(Command::OpenPicture(side, path)),
            (Purpose::SaveAs, Some(path)) => {
                out.send(Command::Save(with_session_extension(path)));
            }
            (Purpose::Export, Some(path)) => {
                let format = PictureFormat::of_path(&path);
                let path = if format.is_some() { path } else { with_png(&path) };
                let format = format.unwrap_or(PictureFormat::Png);
                out.send(Command::Export(Export { path, format }));
            }
            // A dialog that was cancelled also cancels what should have come after it.
            (_, None) => self.after_save = None,
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

fn with_png(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".png");
    path.with_file_name(name)
}
