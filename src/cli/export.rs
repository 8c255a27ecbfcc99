//! `diptych export`, and the card of the bundled pair for machines without a display.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::{
    first_error, json, open_document, parse_output, print_line, print_warnings, run_commands,
};
use crate::{
    card::Item,
    document::{Blind, Document, Edit, Layout, Preset, Theme},
    raster::View,
    session::{self, Command, Exported, Replaces, Session, Target},
    storage::{PictureFormat, RecentSessions, Settings, presets, read_session},
};

#[derive(Debug, clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "switches of a command line")]
pub(super) struct Export {
    /// The session file
    session: PathBuf,
    /// The picture to write; with --all-presets the folder to write them into
    #[arg(short, long, value_name = "FILE", value_parser = parse_output)]
    output: PathBuf,
    /// The card's size by the name of its preset
    #[arg(long, value_parser = parse_preset)]
    preset: Option<Preset>,
    /// Write the card in every preset's size, named by the session's pattern
    #[arg(long, conflicts_with = "preset")]
    all_presets: bool,
    /// The card's parts
    #[arg(long, value_parser = parse_layout)]
    layout: Option<Layout>,
    /// The colours of ground and text: dark, light or paper
    #[arg(long, value_parser = parse_theme)]
    theme: Option<Theme>,
    /// The file's format, if its name does not say
    #[arg(long, value_parser = parse_format)]
    format: Option<PictureFormat>,
    /// A blind card: A and B alone, shuffled as the session is, without hashes, magnifications or names.
    /// The card of a session that is judged blind is always one
    #[arg(long)]
    blind: bool,
    /// Take more time to write a smaller PNG
    #[arg(long)]
    optimise: bool,
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

fn parse_theme(name: &str) -> Result<Theme, String> {
    let names = Theme::ALL.map(Theme::name).join(", ");
    Theme::from_name(name).ok_or_else(|| format!("choose from: {names}"))
}

fn parse_format(name: &str) -> Result<PictureFormat, String> {
    let all = [PictureFormat::Png, PictureFormat::Jpeg, PictureFormat::WebP];
    let found = all.into_iter().find(|format| format.name() == name);
    found.ok_or_else(|| format!("choose from: {}", all.map(PictureFormat::name).join(", ")))
}

impl Export {
    pub(super) fn run(self, settings: Settings) -> Result<(), String> {
        let named = if self.all_presets {
            Some(PictureFormat::Png)
        } else {
            PictureFormat::of_path(&self.output)
        };
        let format = self.format.or(named).ok_or_else(|| {
            format!(
                "could not write {}: its name ends with no known format; use .png, .jpg or .webp, \
                 or --format",
                self.output.display()
            )
        })?;
        let mut session = open_document(self.document()?, &self.session, settings)?;
        let is_blind = session.is_blind();
        let mut style = match self.preset {
            Some(preset) => session.document().in_preset(preset).card,
            None => session.document().card.clone(),
        };
        style.layout = self.layout.unwrap_or(style.layout);
        style.theme = self.theme.unwrap_or(style.theme);
        let target =
            if self.all_presets { Target::Folder(self.output) } else { Target::File(self.output) };
        let (optimise, replaces) = (self.optimise, Replaces::All);
        let export = session::Export { target, format, optimise, replaces };
        let cards = write(&mut session, Edit::SetCardStyle(Box::new(style)), export)?;
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
    export: session::Export,
) -> Result<Vec<Exported>, String> {
    let cards = run_commands(session, [Command::Edit(edit, None), Command::Export(export)]);
    print_warnings(session);
    first_error(session)?;
    Ok(cards)
}

fn print_cards(cards: &[Exported]) {
    for Exported { path, width, height, bytes, alt_text, .. } in cards {
        let (path, alt_text) = (path.display(), alt_text.display());
        print_line(&format!("{path} {width}x{height}, {bytes} bytes; alt text in {alt_text}"));
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
                "alt_text": card.alt_text.display().to_string(),
                "note": card.note,
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
    let edit = Edit::SetCardStyle(Box::new(session.document().card.clone()));
    let (target, format) = (Target::File(output.to_owned()), PictureFormat::Png);
    let export = session::Export { target, format, optimise: false, replaces: Replaces::All };
    let cards = write(&mut session, edit, export)?;
    print_cards(&cards);
    Ok(())
}
