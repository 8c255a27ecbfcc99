//! `diptych export`, and the card of the bundled pair for machines without a display.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::{
    first_error, json, open_document, parse_output, print_line, print_warnings, run_commands,
};
use crate::{
    card::Item,
    document::{Blind, Document, Edit, Layout, Preset},
    raster::View,
    session::{self, Command, Exported, Session},
    storage::{PictureFormat, RecentSessions, Settings, presets, read_session},
};

#[derive(Debug, clap::Args)]
pub(super) struct Export {
    /// The session file
    session: PathBuf,
    /// The picture to write
    #[arg(short, long, value_name = "FILE", value_parser = parse_output)]
    output: PathBuf,
    /// The card's size by the name of its preset
    #[arg(long, value_parser = parse_preset)]
    preset: Option<Preset>,
    /// The card's parts: diptych or diptych-loupes
    #[arg(long, value_parser = parse_layout)]
    layout: Option<Layout>,
    /// The file's format, if its name does not say
    #[arg(long, value_parser = parse_format)]
    format: Option<PictureFormat>,
    /// A blind card: A and B alone, shuffled as the session is, without hashes, magnifications or names.
    /// The card of a session that is judged blind is always one
    #[arg(long)]
    blind: bool,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

fn parse_preset(name: &str) -> Result<Preset, String> {
    let all = presets();
    let names = all.iter().map(|preset| preset.name.as_str()).collect::<Vec<_>>().join(", ");
    let found = all.iter().find(|preset| preset.name == name).cloned();
    found.ok_or_else(|| format!("choose from: {names}"))
}

fn parse_layout(name: &str) -> Result<Layout, String> {
    let names = Layout::ALL.map(Layout::name).join(", ");
    Layout::from_name(name).ok_or_else(|| format!("choose from: {names}"))
}

fn parse_format(name: &str) -> Result<PictureFormat, String> {
    let all = [PictureFormat::Png, PictureFormat::Jpeg, PictureFormat::WebP];
    let found = all.into_iter().find(|format| format.name() == name);
    found.ok_or_else(|| format!("choose from: {}", all.map(PictureFormat::name).join(", ")))
}

impl Export {
    pub(super) fn run(self, settings: Settings) -> Result<(), String> {
        let format = self.format.or_else(|| PictureFormat::of_path(&self.output)).ok_or_else(|| {
            format!(
                "could not write {}: its name ends with no known format; use .png, .jpg or .webp, \
                 or --format",
                self.output.display()
            )
        })?;
        let mut session = open_document(self.document()?, &self.session, settings)?;
        let is_blind = session.is_blind();
        let mut style = session.document().card.clone();
        style.preset = self.preset.unwrap_or(style.preset);
        style.layout = self.layout.unwrap_or(style.layout);
        let cards = write(&mut session, Edit::SetCardStyle(style), self.output, format)?;
        if self.json {
            json::print(&report(&cards, is_blind));
        } else {
            print_cards(&cards);
        }
        Ok(())
    }
}

impl Export {
    /// What stands on the card.
    fn document(&self) -> Result<Document, String> {
        let document = read_session(&self.session).map_err(|err| err.to_string())?;
        let is_made_blind = self.blind && !document.is_blind();
        Ok(if is_made_blind { document.sealed(Blind::default()) } else { document })
    }
}

fn write(
    session: &mut Session,
    edit: Edit,
    path: PathBuf,
    format: PictureFormat,
) -> Result<Vec<Exported>, String> {
    let export = session::Export { path, format };
    let cards = run_commands(session, [Command::Edit(edit, None), Command::Export(export)]);
    print_warnings(session);
    first_error(session)?;
    Ok(cards)
}

fn print_cards(cards: &[Exported]) {
    for Exported { path, width, height, bytes, .. } in cards {
        print_line(&format!("{} {width}x{height}, {bytes} bytes", path.display()));
    }
}

fn report(cards: &[Exported], is_blind: bool) -> Value {
    let files: Vec<Value> = cards
        .iter()
        .map(|card| {
            json!({
                "path": card.path.display().to_string(),
                "width": card.width,
                "height": card.height,
                "bytes": card.bytes,
            })
        })
        .collect();
    let items = cards.iter().flat_map(|card| &card.items);
    let scene: Vec<Value> = items.map(|item| report_item(item, is_blind)).collect();
    json!({ "files": files, "scene": scene })
}

fn report_item(item: &Item, is_blind: bool) -> Value {
    let rect = item.rect;
    // A map into a source's pixels tells how many it has.
    let told = item.view.as_ref().filter(|_| !is_blind);
    json!({
        "item": item.kind.name(),
        "side": item.side.map(|side| side.to_string()),
        "rect": [rect.x, rect.y, rect.width, rect.height],
        "text": item.text,
        "magnification": told.map(View::magnification),
        "kernel": item.view.as_ref().map(|view| view.kernel.name()),
        "source_from_card": told.map(|view| view.source_from_output.matrix()),
    })
}

/// Unpacks the bundled pair into `folder` and writes its card to `output`.
///
/// # Errors
/// One sentence: what failed, why, what to do.
pub fn export_demo(folder: &Path, output: &Path) -> Result<(), String> {
    let mut session = Session::new(Document::default(), RecentSessions::default());
    run_commands(&mut session, [Command::OpenSample(folder.to_owned())]);
    first_error(&session)?;
    let edit = Edit::SetCardStyle(session.document().card.clone());
    let cards = write(&mut session, edit, output.to_owned(), PictureFormat::Png)?;
    print_cards(&cards);
    Ok(())
}
