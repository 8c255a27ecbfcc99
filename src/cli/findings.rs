//! `diptych findings`.

use std::path::PathBuf;

use serde_json::json;

use super::{guard_blind, json, parse_output, print_line, read_in_true_order};
use crate::{
    document::{Document, Edit, FindingEdit, GestureId, History, PerSide, Side},
    storage::{FindingFormat, FindingsRead, read_finding_pair, write_findings, write_session},
};

#[derive(Debug, clap::Args)]
pub(super) struct Findings {
    #[command(subcommand)]
    command: Action,
}

#[derive(Debug, clap::Subcommand)]
enum Action {
    /// Add the findings of labelme's files to those of a session
    Import(Import),
    /// Write the findings of a session
    Export(Export),
}

#[derive(Debug, clap::Args)]
#[command(group(clap::ArgGroup::new("files").required(true).multiple(true).args(["a", "b"])))]
struct Import {
    /// The session file; it is changed
    session: PathBuf,
    /// The JSON file of labelme for side A
    #[arg(long, value_name = "FILE")]
    a: Option<PathBuf>,
    /// The JSON file of labelme for side B
    #[arg(long, value_name = "FILE")]
    b: Option<PathBuf>,
    /// Forget the findings that the session has
    #[arg(long)]
    replace: bool,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

#[derive(Debug, clap::Args)]
struct Export {
    /// The session file
    session: PathBuf,
    /// The format: labelme, coco, cvat or csv
    #[arg(long, value_parser = parse_format)]
    format: FindingFormat,
    /// The file to write; for labelme the folder
    #[arg(short, long, value_name = "PATH", value_parser = parse_output)]
    output: PathBuf,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

fn parse_format(name: &str) -> Result<FindingFormat, String> {
    FindingFormat::from_name(name).ok_or_else(|| {
        let names = FindingFormat::ALL.map(FindingFormat::name).join(", ");
        format!("choose from: {names}")
    })
}

impl Findings {
    pub(super) fn run(self) -> Result<(), String> {
        match self.command {
            Action::Import(import) => import.run(),
            Action::Export(export) => export.run(),
        }
    }
}

impl Export {
    fn run(self) -> Result<(), String> {
        let document = read_in_true_order(&self.session)?;
        let files = write_findings(&document, self.format, &self.output);
        let files = files.map_err(|err| err.to_string())?;
        let shown: Vec<String> = files.iter().map(|file| file.display().to_string()).collect();
        if self.json {
            json::print(&json!({ "files": shown }));
        } else {
            let n = counted(document.findings.len());
            print_line(&format!("{n} written to {}", shown.join(" and ")));
        }
        Ok(())
    }
}

impl Import {
    fn run(self) -> Result<(), String> {
        guard_blind(&self.session)?;
        let document = read_in_true_order(&self.session)?;
        let paths = PerSide::new(self.a, self.b);
        check_pictures(&document, &paths)?;
        let paths = paths.as_ref().map(Option::as_deref);
        let read = read_finding_pair(paths).map_err(|err| err.to_string())?;
        let mut warnings = other_sizes(&document, &read);
        warnings.extend(read.warnings);
        let n_findings = read.findings.len();
        let mut history = History::new(document);
        let old = history.document().findings.iter().map(|finding| finding.id).collect();
        let removal = self.replace.then_some(FindingEdit::Remove(old));
        for edit in removal.into_iter().chain([FindingEdit::Add(read.findings, None)]) {
            let edited = history.edit(Edit::Findings(edit), Some(GestureId(0)));
            edited.map_err(|err| format!("could not add the findings: {err}"))?;
        }
        write_session(history.document(), &self.session).map_err(|err| err.to_string())?;
        if self.json {
            json::print(&json!({ "n_findings": n_findings, "warnings": warnings }));
            return Ok(());
        }
        for warning in &warnings {
            eprintln!("warning: {warning}");
        }
        print_line(&format!("{} added to {}", counted(n_findings), self.session.display()));
        Ok(())
    }
}

fn counted(n: usize) -> String {
    format!("{n} finding{}", if n == 1 { "" } else { "s" })
}

/// Findings need a picture to lie on.
fn check_pictures(document: &Document, paths: &PerSide<Option<PathBuf>>) -> Result<(), String> {
    for side in Side::BOTH {
        if let (Some(path), None) = (&paths[side], &document.sources[side]) {
            return Err(format!(
                "could not use {}: side {side} has no picture; open its picture first",
                path.display()
            ));
        }
    }
    Ok(())
}

/// What is said where a file was made for a picture of another size.
fn other_sizes(document: &Document, read: &FindingsRead) -> Vec<String> {
    let warning = |side: Side| {
        let (source, size) = (document.sources[side].as_ref()?, read.sizes[side]?);
        let own = (source.width, source.height);
        (own != size).then(|| {
            format!(
                "the file for side {side} is of a picture of {}x{} pixels, side {side}'s has \
                 {}x{}; its places are taken as they are",
                size.0, size.1, own.0, own.1
            )
        })
    };
    Side::BOTH.into_iter().filter_map(warning).collect()
}
