//! `diptych landmarks`.

use std::path::PathBuf;

use super::{
    first_error, guard_blind, open_session, parse_output, print_line, print_warnings, run_commands,
};
use crate::{
    document::Side,
    session::{Command, LandmarkExport, Session, Severity},
    storage::{LandmarkFormat, Settings},
};

#[derive(Debug, clap::Args)]
pub(super) struct Landmarks {
    #[command(subcommand)]
    command: Action,
}

#[derive(Debug, clap::Subcommand)]
enum Action {
    /// Take the landmarks of a file in place of those of a session
    Import(Import),
    /// Write the landmarks of a session
    Export(Export),
}

#[derive(Debug, clap::Args)]
struct Import {
    /// The session file; it is changed
    session: PathBuf,
    /// The landmark file: .csv, .tem, .tps, .mrk.json or .pts
    file: PathBuf,
    /// Only this side's landmarks are replaced; needed for files of one side
    #[arg(long, value_name = "a|b", value_parser = parse_side)]
    side: Option<Side>,
}

#[derive(Debug, clap::Args)]
struct Export {
    /// The session file
    session: PathBuf,
    /// The format
    #[arg(long, value_parser = parse_format)]
    format: LandmarkFormat,
    /// The file to write
    #[arg(short, long, value_name = "FILE", value_parser = parse_output)]
    output: PathBuf,
    /// Only this side's landmarks; needed for formats of one side
    #[arg(long, value_name = "a|b", value_parser = parse_side)]
    side: Option<Side>,
}

fn parse_side(text: &str) -> Result<Side, String> {
    match text.to_ascii_lowercase().as_str() {
        "a" => Ok(Side::A),
        "b" => Ok(Side::B),
        _ => Err("choose a or b".to_owned()),
    }
}

fn parse_format(name: &str) -> Result<LandmarkFormat, String> {
    let written = || LandmarkFormat::ALL.iter().filter(|format| format.can_write());
    LandmarkFormat::from_name(name).filter(|format| format.can_write()).ok_or_else(|| {
        let names: Vec<_> = written().map(|format| format.name()).collect();
        format!("choose from: {}", names.join(", "))
    })
}

impl Landmarks {
    pub(super) fn run(self, settings: Settings) -> Result<(), String> {
        let (path, command, is_import) = match self.command {
            Action::Import(Import { session, file, side }) => {
                (session, Command::ImportLandmarks(file, side), true)
            }
            Action::Export(Export { session, format, output, side }) => {
                let export = LandmarkExport { path: output, format, side };
                (session, Command::ExportLandmarks(export), false)
            }
        };
        if is_import {
            guard_blind(&path)?;
        }
        let mut session: Session = open_session(&path, settings)?;
        run_commands(&mut session, [Command::DismissNotices, command]);
        print_warnings(&session);
        first_error(&session)?;
        let done = session.notices().iter().filter(|notice| notice.severity == Severity::Done);
        let done: Vec<String> = done.map(|notice| notice.text.clone()).collect();
        if is_import {
            run_commands(&mut session, [Command::Save(path)]);
            first_error(&session)?;
        }
        for notice in &done {
            print_line(notice);
        }
        Ok(())
    }
}
