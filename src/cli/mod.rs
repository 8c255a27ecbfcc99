//! The command line: the same commands as the window's, run in place. The only room with `clap`.

mod align;
mod check;
mod export;
mod findings;
mod inspect;
mod json;
mod landmarks;
mod measure;
mod new;
mod view;

use std::{
    io::{IsTerminal as _, Write as _},
    path::{Path, PathBuf},
    sync::Arc,
};

use clap::{Parser, Subcommand};

use crate::{
    document::{Document, Side},
    session::{Command, Exported, Notice, Session, Severity, run_to_quiet, run_watched},
    storage::{Limits, RecentSessions, Settings, read_session},
};

/// A desktop inspector for two renders of one face.
#[derive(Debug, Parser)]
#[command(name = "diptych", version, about, args_conflicts_with_subcommands = true)]
pub struct Arguments {
    #[command(subcommand)]
    command: Option<CliCommand>,
    /// A session (.diptych.ron), or the picture of side A
    #[arg(value_name = "SESSION | IMAGE_A")]
    first: Option<PathBuf>,
    /// The picture of side B
    #[arg(value_name = "IMAGE_B", requires = "first")]
    second: Option<PathBuf>,
    #[command(flatten)]
    limits: LimitArgs,
}

/// What a picture may measure, for this run.
#[derive(Clone, Copy, Debug, clap::Args)]
struct LimitArgs {
    /// The most megapixels a picture may have, 200 unless set
    #[arg(long, global = true, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=100_000))]
    max_megapixels: Option<u64>,
    /// The most pixels a side of a picture may have, 65535 unless set
    #[arg(long, global = true, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    max_side: Option<u32>,
}

impl LimitArgs {
    fn over(self, limits: Limits) -> Limits {
        let Limits { max_side, max_pixels } = limits;
        let max_pixels = self.max_megapixels.map_or(max_pixels, |n| n * 1_000_000);
        Limits { max_side: self.max_side.unwrap_or(max_side), max_pixels }.sound()
    }
}

#[derive(Debug, Subcommand)]
enum CliCommand {
    /// Open the window on the bundled pair; with no display, export its card to ./diptych-demo.png
    Demo,
    /// Make a session of two pictures
    New(Box<new::New>),
    /// Report the fit of a session; it never changes the session
    Align(align::Align),
    /// Read or write landmarks in the formats of other programs
    Landmarks(landmarks::Landmarks),
    /// Read findings from labelme's files or write them in the formats of other programs
    Findings(findings::Findings),
    /// Write the card of a session
    Export(export::Export),
    /// Write one view of a session as a PNG
    View(Box<view::ViewArgs>),
    /// Report the colours of what the loupes show: means and spread on both sides
    Measure(measure::Measure),
    /// Report whether the sources are as they were, how fair the comparison is, and the protocol
    Check(check::CheckArgs),
    /// Report what was decoded from a picture
    Inspect(inspect::Inspect),
}

/// What the window is to open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WindowRequest {
    /// Nothing, a session, a picture for A, or one for each side.
    Files(Vec<PathBuf>),
    /// The bundled pair.
    Demo,
}

/// What the arguments ask for.
pub enum Request {
    /// The window, with these settings.
    Window(WindowRequest, Settings),
    /// A command that is done already; `Err` is the one line for stderr.
    Done(Result<(), String>),
}

impl Arguments {
    /// Carries out a command, or hands over what the window is to open.
    #[must_use]
    pub fn run(self) -> Request {
        let mut settings = Settings::of_user();
        settings.limits = self.limits.over(settings.limits);
        let Some(command) = self.command else {
            let files = self.first.into_iter().chain(self.second).collect();
            return Request::Window(WindowRequest::Files(files), settings);
        };
        Request::Done(match command {
            CliCommand::Demo => return Request::Window(WindowRequest::Demo, settings),
            CliCommand::New(new) => new.run(settings),
            CliCommand::Align(align) => align.run(),
            CliCommand::Landmarks(landmarks) => landmarks.run(settings),
            CliCommand::Findings(findings) => findings.run(),
            CliCommand::Export(export) => export.run(settings),
            CliCommand::View(view) => view.run(settings),
            CliCommand::Measure(measure) => measure.run(settings),
            CliCommand::Check(check) => check.run(),
            CliCommand::Inspect(inspect) => inspect.run(settings.limits),
        })
    }
}

pub use export::export_demo;

/// Reads a session in its true order, also where it is judged blind.
fn read_in_true_order(path: &Path) -> Result<Document, String> {
    read_session(path).map(Document::in_true_order).map_err(|err| err.to_string())
}

/// A session that is judged blind is changed in the window alone, where A and B are what is shown.
fn guard_blind(path: &Path) -> Result<(), String> {
    if read_session(path).is_ok_and(|document| document.is_blind()) {
        let path = path.display();
        return Err(format!("could not change {path}: it is judged blind; reveal it first"));
    }
    Ok(())
}

/// Opens a session in its true order with both its pictures as they were when it was saved.
fn open_session(path: &Path, settings: Settings) -> Result<Session, String> {
    open_document(read_in_true_order(path)?, path, settings)
}

/// Opens the document of the session at `path` with both its pictures as they were when it was saved.
fn open_document(document: Document, path: &Path, settings: Settings) -> Result<Session, String> {
    let (known, is_blind) = (document.sources.clone(), document.is_blind());
    let mut session =
        Session::new(Document::default(), RecentSessions::default()).with_settings(settings);
    run_commands(&mut session, [Command::Begin(Arc::new(document))]);
    first_error(&session)?;
    let changed = Side::BOTH.map(|side| (&known[side], &session.document().sources[side]));
    if let Some((Some(source), _)) = changed.into_iter().find(|(known, now)| known != now) {
        let name = if is_blind { "a picture".into() } else { source.path.display().to_string() };
        return Err(format!(
            "could not use {}: {name} has changed since the session was saved; open the session, \
             look at its landmarks and save it",
            path.display()
        ));
    }
    Ok(session)
}

/// The sentence of the first thing that could not be done.
fn first_error(session: &Session) -> Result<(), String> {
    let is_error = |notice: &&Notice| notice.severity == Severity::Error;
    session.notices().iter().find(is_error).map_or(Ok(()), |notice| Err(notice.text.clone()))
}

/// A file to be written; `-` is not a file name.
fn parse_output(text: &str) -> Result<PathBuf, String> {
    if text == "-" { Err("- is not a file name".to_owned()) } else { Ok(PathBuf::from(text)) }
}

/// Back to the line's beginning, and what stands there away.
const CLEAR: &str = "\r\x1b[K";

/// Carries out commands with a progress line on stderr, where that is a terminal.
fn run_commands(
    session: &mut Session,
    commands: impl IntoIterator<Item = Command>,
) -> Vec<Exported> {
    let stderr = std::io::stderr();
    if !stderr.is_terminal() {
        return run_to_quiet(session, commands);
    }
    let cards = run_watched(session, commands, &|what, share| {
        let percent = if share > 0.0 { format!(" {:.0} %", 100.0 * share) } else { "…".into() };
        write!(std::io::stderr(), "{CLEAR}{what}{percent}").ok();
    });
    write!(&stderr, "{CLEAR}").ok();
    cards
}

/// Puts warnings on stderr.
fn print_warnings(session: &Session) {
    for notice in session.notices().iter().filter(|n| n.severity == Severity::Warning) {
        eprintln!("warning: {}", notice.text);
    }
}

/// Prints a line on stdout; a closed pipe is no error of ours.
fn print_line(text: &str) {
    writeln!(std::io::stdout(), "{text}").ok();
}
