//! Files of cards: which there are to be, what is in their way, writing them.

use std::path::{Path, PathBuf};

use super::{
    card::{CardPictures, fail, painted},
    job::{Job, Outcome},
    notice::upper_first,
    run::refuse_session_name,
};
use crate::{
    card::{Item, Scene, draft_alt_text, foreign_characters, lay_out},
    document::{CardStyle, Document, Layout, Preset, digital_source_type},
    raster::Picture,
    storage::{
        Encoded, Encoding, Metadata, PictureFormat, encode_card, guard_sources, make_folder,
        presets, session_sha256, write_both,
    },
};

/// Where cards go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// To this file; several pictures to several files whose names begin like it.
    File(PathBuf),
    /// The card in every preset's size into this folder, by the style's pattern for names.
    Folder(PathBuf),
}

/// A card to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Export {
    /// Where to.
    pub target: Target,
    /// As what.
    pub format: PictureFormat,
    /// Whether a PNG takes its time to become smaller.
    pub optimise: bool,
    /// Which files may be replaced if they exist.
    pub replaces: Replaces,
}

/// Which files may be replaced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Replaces {
    /// None; the user is asked first.
    Nothing,
    /// The one that was named, which the user was asked about.
    Named,
    /// All.
    All,
}

/// A written card.
#[derive(Clone, Debug, PartialEq)]
pub struct Exported {
    /// Where it lies.
    pub path: PathBuf,
    /// Width in pixels.
    pub width: usize,
    /// Height in pixels.
    pub height: usize,
    /// The file's size.
    pub bytes: usize,
    /// Where its alt text lies.
    pub alt_text: PathBuf,
    /// What was done to meet the platform's limit, or that it is not met.
    pub note: Option<String>,
    /// What stands on it.
    pub items: Vec<Item>,
}

/// A picture to be written, before its pixels are made.
struct Planned {
    document: Document,
    scene: Scene,
    path: PathBuf,
    alt_path: PathBuf,
}

/// Writes the card or cards that an export asks for.
pub(super) fn write(
    job: &Job,
    document: &Document,
    pictures: &CardPictures,
    export: &Export,
) -> Result<Outcome, String> {
    let planned = plan(document, export)?;
    for Planned { path, alt_path, .. } in &planned {
        for path in [path, alt_path] {
            guard_sources(path, &document.sources).map_err(|err| err.to_string())?;
        }
        refuse_session_name(path, "a picture's")?;
    }
    let in_the_way = in_the_way(&planned, export);
    if !in_the_way.is_empty() {
        return Ok(Outcome::WouldReplace(export.clone(), in_the_way));
    }
    if let Target::Folder(folder) = &export.target {
        make_folder(folder).map_err(|err| err.to_string())?;
    }
    let mut written = Vec::new();
    for card in &planned {
        let picture = painted(job, &card.scene, pictures)?;
        if job.handle.is_cancelled() {
            return Ok(Outcome::Cancelled);
        }
        written.push(write_one(card, &picture, export)?);
    }
    Ok(Outcome::Exported(written))
}

fn plan(document: &Document, export: &Export) -> Result<Vec<Planned>, String> {
    let styled = match &export.target {
        Target::File(path) => vec![(document.clone(), path.clone())],
        Target::Folder(folder) => presets()
            .into_iter()
            .map(|preset| {
                let document = in_preset(document, preset);
                let name = document.on_card().card.file_stem(&document);
                let path = folder.join(format!("{name}.{}", export.format.extension()));
                (document, path)
            })
            .collect(),
    };
    let mut planned: Vec<Planned> = Vec::new();
    for (document, path) in styled {
        for scene in lay_out(&document).map_err(|err| fail(&err))? {
            let path = scene.suffix.as_ref().map_or(path.clone(), |of| suffixed(&path, of));
            // `card.alt.txt` beside `card.png`.
            let alt_path = path.with_extension("alt.txt");
            if planned.iter().any(|other| other.path == path) {
                return Err(format!(
                    "could not write the cards: two of them would be {}; let the pattern for their \
                     names hold {{preset}}",
                    path.display()
                ));
            }
            planned.push(Planned { document: document.clone(), scene, path, alt_path });
        }
    }
    Ok(planned)
}

/// The document with its card in a preset's size; the one of two files has a layout of its own.
pub fn in_preset(document: &Document, preset: Preset) -> Document {
    let layout = if preset.name == X_PAIR { Layout::XPair } else { document.card.layout };
    let card = CardStyle { preset, layout, ..document.card.clone() };
    Document { card, ..document.clone() }
}

/// The preset that is posted as two files.
const X_PAIR: &str = "x-pair";

/// `card-2.png` of `card.png`.
fn suffixed(path: &Path, suffix: &str) -> PathBuf {
    let stem = path.file_stem().map(|stem| stem.to_string_lossy()).unwrap_or_default();
    let extension = path.extension().map(|ext| ext.to_string_lossy()).unwrap_or_default();
    let dot = if extension.is_empty() { "" } else { "." };
    path.with_file_name(format!("{stem}-{suffix}{dot}{extension}"))
}

/// Files that exist and that nobody said may be replaced.
fn in_the_way(planned: &[Planned], export: &Export) -> Vec<PathBuf> {
    let named = match (&export.target, export.replaces) {
        (_, Replaces::All) => return Vec::new(),
        (Target::File(path), Replaces::Named) => Some(path),
        _ => None,
    };
    let mut found = Vec::new();
    for Planned { path, alt_path, .. } in planned {
        // The text goes with its card.
        if Some(path) == named {
            continue;
        }
        found.extend([path, alt_path].into_iter().filter(|path| path.exists()).cloned());
    }
    found
}

fn write_one(card: &Planned, picture: &Picture, export: &Export) -> Result<Exported, String> {
    let Planned { document, scene, path, alt_path } = card;
    let max_bytes = document.card.preset.max_bytes;
    let encoding = Encoding { format: export.format, optimise: export.optimise, max_bytes };
    let shown = document.on_card();
    let own = shown.card.words.alt_text.as_deref().map(str::trim);
    let metadata = Metadata {
        alt_text: own.map_or_else(|| draft_alt_text(&shown), ToOwned::to_owned),
        digital_source_type: digital_source_type(shown.kinds).map(ToOwned::to_owned),
        session_sha256: session_sha256(document),
    };
    let Encoded { bytes, note } =
        encode_card(picture, &encoding, &metadata).map_err(|err| err.to_string())?;
    let alt_text = format!("{}\n", metadata.alt_text);
    write_both([(path, &bytes), (alt_path, alt_text.as_bytes())]).map_err(|err| err.to_string())?;
    let notes: Vec<String> = note.into_iter().chain(foreign_note(scene)).collect();
    Ok(Exported {
        path: path.clone(),
        width: picture.width(),
        height: picture.height(),
        bytes: bytes.len(),
        alt_text: alt_path.clone(),
        note: (!notes.is_empty()).then(|| notes.join("; ")),
        items: scene.items.clone(),
    })
}

/// That the card would look otherwise on another machine, if it would.
fn foreign_note(scene: &Scene) -> Option<String> {
    foreign_words(&foreign_characters(scene)).map(|words| upper_first(&words))
}

/// What to say of characters that the bundled fonts lack; `None` where there are none.
#[must_use]
pub fn foreign_words(foreign: &[char]) -> Option<String> {
    const MOST: usize = 12;
    if foreign.is_empty() {
        return None;
    }
    let shown: String = foreign.iter().take(MOST).collect();
    let more = if foreign.len() > MOST { "…" } else { "" };
    Some(format!(
        "the bundled fonts lack {shown}{more}: set in this machine's fonts, the card may look \
         otherwise elsewhere"
    ))
}
