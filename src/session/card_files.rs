//! Files of cards: which there are to be, what is in their way, writing them.

use std::path::{Path, PathBuf};

use super::{
    card::{CardPictures, fail, painted},
    job::{Job, Outcome},
    notice::upper_first,
    run::refuse_session_name,
};
use crate::{
    card::{Item, Scene, alt_text, foreign_characters, lay_out, loupes_without_room},
    document::{Document, Kind, PerSide, Side, digital_source_type},
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
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Replaces {
    /// None; the user is asked first.
    Nothing,
    /// The one that was named, which the user was asked about.
    Named,
    /// These, which the user was asked about.
    These(Vec<PathBuf>),
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
    without_room: Option<String>,
}

/// Writes the card or cards that an export asks for.
pub(super) fn write(
    job: &Job,
    document: &Document,
    pictures: &CardPictures,
    export: &Export,
) -> Result<Outcome, String> {
    let planned = plan(document, export)?;
    let mark = PerSide::new(document.card.brand.picture.clone(), None);
    for Planned { path, alt_path, .. } in &planned {
        for path in [path, alt_path] {
            guard_sources(path, &document.sources).map_err(|err| err.to_string())?;
            guard_sources(path, &mark).map_err(|_| {
                format!(
                    "could not write {}: it is the card's own mark; choose another name",
                    path.display()
                )
            })?;
        }
        refuse_session_name(path, "a picture's")?;
    }
    let in_the_way = in_the_way(&planned, export);
    if !in_the_way.is_empty() {
        return Ok(Outcome::WouldReplace(export.clone(), in_the_way));
    }
    // All are made before any is written, so that no set of files is half new.
    let mut files = Vec::new();
    for card in &planned {
        let picture = painted(job, &card.scene, pictures)?;
        files.push(encoded(document, card, &picture, export)?);
        if job.handle.is_cancelled() {
            return Ok(Outcome::Cancelled);
        }
    }
    if let Target::Folder(folder) = &export.target {
        make_folder(folder).map_err(|err| err.to_string())?;
    }
    for (file, bytes, alt_text) in &files {
        let both: [(&Path, &[u8]); 2] =
            [(&file.path, bytes), (&file.alt_text, alt_text.as_bytes())];
        write_both(both).map_err(|err| err.to_string())?;
    }
    Ok(Outcome::Exported(files.into_iter().map(|(file, ..)| file).collect()))
}

fn plan(document: &Document, export: &Export) -> Result<Vec<Planned>, String> {
    let styled = match &export.target {
        Target::File(path) => vec![(document.clone(), path.clone())],
        Target::Folder(folder) => presets()
            .into_iter()
            .map(|preset| {
                let document = document.in_preset(preset);
                let name = document.on_card().card.file_stem(&document);
                let path = folder.join(format!("{name}.{}", export.format.extension()));
                (document, path)
            })
            .collect(),
    };
    let mut planned: Vec<Planned> = Vec::new();
    for (document, path) in styled {
        let scenes = lay_out(&document).map_err(|err| fail(&err))?;
        let without_room = loupes_without_room(&document, &scenes);
        for scene in scenes {
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
            planned.push(Planned {
                document: document.clone(),
                scene,
                path,
                alt_path,
                without_room: without_room.clone(),
            });
        }
    }
    Ok(planned)
}

/// `card-2.png` of `card.png`.
fn suffixed(path: &Path, suffix: &str) -> PathBuf {
    let stem = path.file_stem().map(|stem| stem.to_string_lossy()).unwrap_or_default();
    let extension = path.extension().map(|ext| ext.to_string_lossy()).unwrap_or_default();
    let dot = if extension.is_empty() { "" } else { "." };
    path.with_file_name(format!("{stem}-{suffix}{dot}{extension}"))
}

/// Files that exist and that nobody said may be replaced. The text goes with its card: who replaces that
/// replaces both.
fn in_the_way(planned: &[Planned], export: &Export) -> Vec<PathBuf> {
    let may_replace = |path: &PathBuf| match (&export.replaces, &export.target) {
        (Replaces::All, _) => true,
        (Replaces::These(paths), _) => paths.contains(path),
        (Replaces::Named, Target::File(named)) => path == named,
        (Replaces::Named | Replaces::Nothing, _) => false,
    };
    let mut found = Vec::new();
    for Planned { path, alt_path, .. } in planned {
        let is_replaced = path.exists() && may_replace(path);
        let both = [(path, may_replace(path)), (alt_path, is_replaced || may_replace(alt_path))];
        found.extend(both.into_iter().filter(|(path, may)| path.exists() && !may));
    }
    found.into_iter().map(|(path, _)| path.clone()).collect()
}

/// A picture's file as it is to be, its bytes, and its alt text.
fn encoded(
    opened: &Document,
    card: &Planned,
    picture: &Picture,
    export: &Export,
) -> Result<(Exported, Vec<u8>, String), String> {
    let Planned { document, scene, path, alt_path, without_room } = card;
    let max_bytes = document.card.preset.max_bytes;
    let encoding = Encoding { format: export.format, optimise: export.optimise, max_bytes };
    let metadata = Metadata {
        alt_text: alt_text(document, scene),
        digital_source_type: source_type(&document.on_card(), scene).map(ToOwned::to_owned),
        // It would join a blind card to the one with names.
        session_sha256: (!document.is_blind()).then(|| session_sha256(opened)),
    };
    let Encoded { bytes, note } =
        encode_card(picture, &encoding, &metadata).map_err(|err| err.to_string())?;
    let notes = note.into_iter().chain(foreign_note(scene)).chain(without_room.clone());
    let notes: Vec<String> = notes.collect();
    let file = Exported {
        path: path.clone(),
        width: picture.width(),
        height: picture.height(),
        bytes: bytes.len(),
        alt_text: alt_path.clone(),
        note: (!notes.is_empty()).then(|| notes.join("; ")),
        items: scene.items.clone(),
    };
    Ok((file, bytes, format!("{}\n", metadata.alt_text)))
}

/// What kind of picture a card is, by the kinds of the sides on it.
fn source_type(document: &Document, scene: &Scene) -> Option<&'static str> {
    let is_shown = |side: Side| {
        let views = scene.items.iter().filter(|item| item.view.is_some());
        views.into_iter().any(|item| item.side == Some(side))
    };
    match (is_shown(Side::A), is_shown(Side::B)) {
        (true, false) => document.kinds.a.map(Kind::source_type),
        (false, true) => document.kinds.b.map(Kind::source_type),
        _ => digital_source_type(document.kinds),
    }
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
