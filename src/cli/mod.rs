//! The command line: the same commands as the window's, run in place. The only room with `clap`.

mod align;
mod export;
mod inspect;
mod json;
mod new;

use std::{
    io::{IsTerminal as _, Write as _},
    path::PathBuf,
};

use clap::{Parser, Subcommand};

use crate::session::{Command, Exported, Notice, Session, Severity, run_to_quiet, run_watched};

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
}

#[derive(Debug, Subcommand)]
enum CliCommand {
    /// Open the window on the bundled pair; with no display, export its card to ./diptych-demo.png
    Demo,
    /// Make a session of two pictures
    New(Box<new::New>),
    /// Report the fit of a session; it never changes the session
    Align(align::Align),
    /// Write the card of a session
    Export(export::Export),
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
    /// The window.
    Window(WindowRequest),
    /// A command that is done already; `Err` is the one line for stderr.
    Done(Result<(), String>),
}

impl Arguments {
    /// Carries out a command, or hands over what the window is to open.
    #[must_use]
    pub fn run(self) -> Request {
        let Some(command) = self.command else {
            let files = self.first.into_iter().chain(self.second).collect();
            return Request::Window(WindowRequest::Files(files));
        };
        Request::Done(match command {
            CliCommand::Demo => return Request::Window(WindowRequest::Demo),
            CliCommand::New(new) => new.run(),
            CliCommand::Align(align) => align.run(),
            CliCommand::Export(export) => export.run(),
            CliCommand::Inspect(inspect) => inspect.run(),
        })
    }
}

pub use export::export_demo;

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
