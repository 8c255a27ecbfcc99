//! Cards: their preview, what is cropped, the author's mark.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{
    Session,
    assets::Loaded,
    card_files::{Export, Exported},
    job::{Job, Work},
    notice::Severity,
    outcomes::source_of,
    update::{JobKind, label},
};
use crate::{
    card::{
        ItemKind, Scene, Sources, draft_alt_text, foreign_characters, lay_out, loupes_without_room,
        paint,
    },
    document::{Arrangement, Crop, Document, Edit, FrameChoice, PerSide, Source},
    geometry::{FramePoint, Point, Rect},
    raster::Picture,
    storage::through_platform,
};

/// What cards are painted from.
#[derive(Clone, Debug)]
pub struct CardPictures {
    /// Both sides' pictures.
    pub sides: PerSide<Arc<Picture>>,
    /// The author's mark, where it is a picture.
    pub brand: Option<Arc<Picture>>,
}

/// Which picture of the card is previewed, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct PreviewChoice {
    /// The first of several is 0.
    pub slide: usize,
    /// Whether it is shown as a platform hands it on, instead of as it is written.
    pub is_simulated: bool,
}

/// A painted card for the preview.
#[derive(Clone, Debug)]
pub struct Preview {
    /// The document's revision that it shows.
    pub revision: u64,
    /// Which and how.
    pub choice: PreviewChoice,
    /// How many pictures the card has.
    pub n_slides: usize,
    /// What stands where on this one.
    pub scene: Scene,
    /// Its pixels as they are written; of a quick one as many as the screen shows.
    pub picture: Arc<Picture>,
    /// Whether it was painted straight at the size of the screen, until the one that is written is.
    pub is_quick: bool,
    /// Its pixels as they are shown: as a platform hands them on where one is simulated.
    pub shown: Arc<Picture>,
    /// What it is described by unless its author says otherwise.
    pub draft: String,
    /// Which of the chosen loupes have no room on the card, if any.
    pub without_room: Option<String>,
    /// Characters that the bundled fonts lack.
    pub foreign: Vec<char>,
}

impl Session {
    /// Says which picture of the card is to be previewed; asks for it to be painted.
    pub(super) fn preview_card(&mut self) -> Vec<Job> {
        let (revision, choice) = (self.revision(), self.view.preview);
        let is_of = |of: &Preview| of.revision == revision && of.choice == choice;
        let is_painted = self.assets.card.as_ref().is_some_and(|card| is_of(card));
        let Some(pictures) = self.card_pictures().filter(|_| !is_painted) else {
            return Vec::new();
        };
        // One at the size of the screen is there sooner; a blind card's regions are of whole pixels.
        let scale = self.view.preview_scale;
        let is_quick_there = self.assets.quick_card.as_ref().is_some_and(|card| is_of(card));
        let can_be_quick =
            scale > 0.0 && scale < QUICK_BELOW && !choice.is_simulated && !self.is_blind();
        let is_quick = can_be_quick && !is_quick_there;
        let wanted = (revision, choice, is_quick);
        if self.assets.card_wanted == Some(wanted) {
            return Vec::new();
        }
        let is_painting = self.running.iter().any(|job| job.label == Some(label::PAINTING));
        let is_slow = self.assets.card_wanted.is_some_and(|(_, _, is_quick)| !is_quick);
        if is_painting && !(is_quick && is_slow) {
            // Stopped at every step of a drag, no card would ever be seen during one.
            return Vec::new();
        }
        self.cancel_where(|job| job.label == Some(label::PAINTING));
        self.assets.card_wanted = Some(wanted);
        self.assets.card_fault = None;
        let document = Arc::clone(self.document());
        let kind = JobKind { label: Some(label::PAINTING), ..JobKind::default() };
        let scale = is_quick.then_some(scale);
        vec![self.job(kind, Work::PaintCard { document, pictures, revision, choice, scale })]
    }

    /// The crop after both panels were moved by a share of their size and magnified `zoom` times round a
    /// place in them, also a share; as the previewed picture's panels show it. `None` where it has none
    /// or nothing changes.
    #[must_use]
    pub fn moved_crop(&self, pan: (f64, f64), zoom: f64, at: (f64, f64)) -> Option<Crop> {
        let panel = self.card()?.scene.items.iter().find(|item| item.kind == ItemKind::Panel)?;
        #[expect(clippy::cast_precision_loss, reason = "card pixels")]
        let aspect = panel.rect.width as f64 / panel.rect.height as f64;
        let document = self.document();
        let arrangement = Arrangement::of(document, FrameChoice::Level)?;
        let now = arrangement.crop(document, aspect)?;
        let widest = arrangement.common_bounds().width();
        let width = (now.width() / zoom).clamp(widest / MOST_ZOOM, widest);
        let size = (width, width / aspect);
        let fixed: FramePoint =
            Point::new(now.min.x + at.0 * now.width(), now.min.y + at.1 * now.height());
        let min = Point::new(
            fixed.x - at.0 * size.0 - pan.0 * size.0,
            fixed.y - at.1 * size.1 - pan.1 * size.1,
        );
        let shown = Rect::new(min, min.offset(size.0, size.1));
        let crop = arrangement.crop_of(document, &shown);
        (Some(crop) != document.card.crop).then_some(crop)
    }

    /// What the card is painted from, once all of it is there.
    fn card_pictures(&self) -> Option<CardPictures> {
        let picture =
            |source: &Source| self.assets.loaded(source).map(|loaded| Arc::clone(&loaded.picture));
        let sides = self.document().sources.as_ref().map(|of| of.as_ref().and_then(picture));
        let brand = match &self.document().card.brand.picture {
            // One that cannot be read does not keep the card from being seen.
            Some(source) if self.assets.fault(source).is_none() => Some(picture(source)?),
            _ => None,
        };
        Some(CardPictures { sides: sides.both()?, brand })
    }

    /// Writes cards, once their pictures are there.
    pub(super) fn export(&mut self, export: Export) -> Vec<Job> {
        self.in_the_way = None;
        if let Some(brand) = &self.document().card.brand.picture
            && let Some(why) = self.assets.fault(brand)
        {
            let text = format!("No card without its mark: {why}, or remove the mark");
            self.notify(Severity::Error, text);
            return Vec::new();
        }
        let Some(pictures) = self.card_pictures() else {
            self.say_what_is_missing();
            if self
                .document()
                .card
                .brand
                .picture
                .as_ref()
                .is_some_and(|of| self.assets.loaded(of).is_none())
            {
                let text = "No card yet: the picture of its mark is still being opened; try again";
                self.notify(Severity::Error, text);
            }
            return Vec::new();
        };
        let document = Arc::clone(self.document());
        let kind = JobKind { label: Some(label::EXPORTING), ..JobKind::default() };
        vec![self.job(kind, Work::Export { document, pictures, export })]
    }

    pub(super) fn exported(&mut self, cards: &[Exported]) {
        for Exported { path, note, .. } in cards {
            if let Some(note) = note {
                let name = self.shown_path(path);
                self.notify(Severity::Warning, format!("{name}: {note}"));
            }
        }
        let text = match cards {
            [Exported { path, width, height, .. }] => {
                format!("Exported {} ({width}x{height})", self.shown_path(path))
            }
            [first, ..] => {
                let folder = first.path.parent().unwrap_or(Path::new("."));
                format!("Exported {} pictures to {}", cards.len(), self.shown_path(folder))
            }
            [] => return,
        };
        self.notify(Severity::Done, text);
    }

    /// A path as it is said; while blind it may hold names.
    fn shown_path(&self, path: &Path) -> String {
        if self.is_blind() { "the chosen place".to_owned() } else { path.display().to_string() }
    }

    /// Takes a picture for the author's mark, or keeps the one that the document names.
    pub(super) fn brand_decoded(
        &mut self,
        path: PathBuf,
        expected: Option<&Source>,
        loaded: &Arc<Loaded>,
    ) {
        self.assets.keep(Arc::clone(loaded), &self.in_use());
        let source = source_of(path, loaded);
        if expected.is_some_and(|expected| expected.sha256 == source.sha256) {
            return;
        }
        let mut style = self.document().card.clone();
        if expected.is_some() && style.brand.picture.as_ref() != expected {
            return;
        }
        style.brand.picture = Some(source);
        let edit = Edit::SetCardStyle(Box::new(style));
        if expected.is_some() {
            let text = "The card's mark has changed since the session was saved";
            self.notify(Severity::Warning, text);
            // The world changed the file, not the user: there is nothing to undo.
            self.history.amend(edit).ok();
        } else {
            drop(self.edit(edit, None));
        }
    }
}

/// One scene painted for the preview.
pub(super) fn preview(
    job: &Job,
    document: &Document,
    pictures: &CardPictures,
    (revision, choice, scale): (u64, PreviewChoice, Option<f64>),
) -> Result<Preview, String> {
    let scenes = lay_out(document).map_err(|err| fail(&err))?;
    let n_slides = scenes.len();
    let without_room = loupes_without_room(document, &scenes);
    let slide = choice.slide.min(n_slides.saturating_sub(1));
    let scene = scenes.into_iter().nth(slide).ok_or_else(|| fail(&"it has no pictures"))?;
    let picture = match scale {
        Some(scale) => painted(job, &scene.scaled(scale), pictures)?,
        None => painted(job, &scene, pictures)?,
    };
    let (picture, is_quick) = (Arc::new(picture), scale.is_some());
    let shown = if choice.is_simulated {
        Arc::new(through_platform(&picture).map_err(|err| fail(&err))?)
    } else {
        Arc::clone(&picture)
    };
    let (foreign, draft) = (foreign_characters(&scene), draft_alt_text(document, &scene));
    Ok(Preview {
        revision,
        choice,
        n_slides,
        scene,
        picture,
        is_quick,
        shown,
        draft,
        without_room,
        foreign,
    })
}

pub(super) fn fail(why: &dyn std::fmt::Display) -> String {
    format!("could not make the card: {why}")
}

pub(super) fn painted(
    job: &Job,
    scene: &Scene,
    pictures: &CardPictures,
) -> Result<Picture, String> {
    let is_cancelled = || job.handle.is_cancelled();
    let sides = PerSide::new(&*pictures.sides.a, &*pictures.sides.b);
    let sources = Sources { sides, brand: pictures.brand.as_deref() };
    paint(scene, sources, &is_cancelled, &|share| job.handle.report(share))
        .map_err(|err| fail(&err))
}

/// Screen pixels a card pixel below which a card is painted at the size of the screen first.
const QUICK_BELOW: f64 = 0.9;
/// How many times narrower than what both sides cover a crop may be.
const MOST_ZOOM: f64 = 128.0;
