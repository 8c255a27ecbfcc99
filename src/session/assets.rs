//! Decoded pixels and finished views: all of it can be made again.

use std::{collections::BTreeMap, sync::Arc};

use super::{
    card::{Preview, PreviewChoice},
    stage::Comparisons,
};
use crate::{
    document::{LoupeId, Side, Source},
    raster::{Picture, View, ViewError},
    storage::{DecodedPicture, PictureInfo},
};

/// A decoded picture with what the window needs of it.
#[derive(Debug)]
pub struct Loaded {
    /// All its pixels.
    pub picture: Arc<Picture>,
    /// What was decoded.
    pub info: PictureInfo,
}

impl Loaded {
    /// A decoded picture as it is; levels of its pyramid are made when they are first asked for.
    #[must_use]
    pub fn new(decoded: DecodedPicture) -> Self {
        let DecodedPicture { picture, info } = decoded;
        Self { picture: Arc::new(picture), info }
    }

    /// The same with its whole pyramid, while `progress` is told shares from 0 to 1.
    ///
    /// # Errors
    /// [`ViewError::Cancelled`] when `is_cancelled` said so.
    pub fn with_pyramid(
        decoded: DecodedPicture,
        is_cancelled: &dyn Fn() -> bool,
        progress: &dyn Fn(f32),
    ) -> Result<Self, ViewError> {
        let loaded = Self::new(decoded);
        let (mut level, mut rest) = (&*loaded.picture, 1.0);
        while let Some(half) = level.half() {
            if is_cancelled() {
                return Err(ViewError::Cancelled);
            }
            level = half;
            rest /= 4.0;
            progress(1.0 - rest);
        }
        Ok(loaded)
    }
}

/// A pasted picture that is to be written beside the session.
#[derive(Clone, Debug)]
pub struct Pasted {
    /// Whose it is.
    pub side: Side,
    /// Its PNG file.
    pub png: Arc<Vec<u8>>,
    /// The file's hash.
    pub sha256: String,
}

/// A place on the screen that shows a view.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Slot {
    /// A side's pane.
    Pane(Side),
    /// One half of a loupe.
    Loupe(LoupeId, Side),
    /// One half of the loupe that follows the pointer.
    Live(Side),
    /// Both panes' finished views, compared.
    Compared,
    /// The card's preview.
    Card,
}

/// A finished view.
#[derive(Clone, Debug)]
pub struct Shown {
    /// What it shows.
    pub view: View,
    /// The source it was made from, by identity.
    pub source: Arc<Picture>,
    /// Its pixels.
    pub picture: Arc<Picture>,
    /// Grows with every view finished, so that a texture knows when it is stale.
    pub serial: u64,
}

/// Bytes of decoded pixels kept beyond the pictures in use, so that undo is quick.
const MAX_SPARE_BYTES: usize = 512 << 20;

#[derive(Default)]
pub(super) struct Assets {
    /// By the file's hash, the latest last.
    pictures: Vec<(String, Arc<Loaded>)>,
    /// Why a source cannot be shown, by hash.
    faults: BTreeMap<String, String>,
    shown: BTreeMap<Slot, Shown>,
    wanted: BTreeMap<Slot, (View, Arc<Picture>)>,
    pub(super) comparisons: Comparisons,
    serial: u64,
    /// The painted card.
    pub(super) card: Option<Arc<Preview>>,
    /// The revision and the choice whose card is being painted or could not be, and whether quickly.
    pub(super) card_wanted: Option<(u64, PreviewChoice, bool)>,
    /// The card at the size of the screen, until the other one is painted.
    pub(super) quick_card: Option<Arc<Preview>>,
    /// Why the card of the wanted revision could not be painted.
    pub(super) card_fault: Option<String>,
    /// Pasted pictures; each is written beside every session file that names it.
    pub(super) pasted: Vec<Pasted>,
}

impl Assets {
    pub(super) fn loaded(&self, source: &Source) -> Option<&Arc<Loaded>> {
        self.pictures.iter().find(|(hash, _)| *hash == source.sha256).map(|(_, loaded)| loaded)
    }

    pub(super) fn fault(&self, source: &Source) -> Option<&str> {
        let fault = self.faults.get(&source.sha256).map(String::as_str);
        fault.filter(|_| self.loaded(source).is_none())
    }

    pub(super) fn set_fault(&mut self, source: &Source, why: String) {
        self.faults.insert(source.sha256.clone(), why);
    }

    /// Keeps a picture. Those `in_use` by the document and pasted ones, which lie in no file they
    /// could be read from again, are never let go of.
    pub(super) fn keep(&mut self, loaded: Arc<Loaded>, in_use: &[String]) {
        let hash = loaded.info.sha256.clone();
        self.faults.remove(&hash);
        self.pictures.retain(|(other, _)| *other != hash);
        self.pictures.push((hash, loaded));
        let pasted = self.pasted.iter().map(|pasted| &pasted.sha256);
        let needed: Vec<&String> = pasted.chain(in_use).collect();
        let newest = self.pictures.len() - 1;
        let mut spare: usize = 0;
        let mut idx = newest;
        // From the latest on: what no longer fits is let go of.
        self.pictures = std::mem::take(&mut self.pictures)
            .into_iter()
            .rev()
            .filter(|(hash, loaded)| {
                let is_needed = idx == newest || needed.contains(&hash);
                idx = idx.wrapping_sub(1);
                spare += if is_needed { 0 } else { loaded.picture.n_bytes() };
                is_needed || spare <= MAX_SPARE_BYTES
            })
            .collect();
        self.pictures.reverse();
    }

    /// Forgets why sources could not be shown, so that they are tried again.
    pub(super) fn forget_faults(&mut self) {
        self.faults.clear();
    }

    /// Forgets what was said of sources and painted of another document.
    pub(super) fn begin(&mut self) {
        self.faults.clear();
        self.pasted.clear();
        self.forget_views();
    }

    /// Forgets all that was made of the document.
    pub(super) fn forget_views(&mut self) {
        self.card = None;
        self.quick_card = None;
        self.card_wanted = None;
        self.card_fault = None;
        self.shown.clear();
        self.comparisons = Comparisons::default();
        self.wanted.clear();
    }

    /// Something was finished that is kept elsewhere.
    pub(super) fn touch(&mut self) {
        self.serial += 1;
    }

    /// Grows with everything that was finished.
    pub(super) fn serial(&self) -> u64 {
        self.serial
    }

    /// Keeps the painted card.
    pub(super) fn set_card(&mut self, card: Arc<Preview>) {
        self.serial += 1;
        if card.is_quick {
            self.quick_card = Some(card);
        } else {
            self.quick_card = None;
            self.card = Some(card);
        }
    }

    pub(super) fn shown(&self, slot: Slot) -> Option<&Shown> {
        self.shown.get(&slot)
    }

    /// Notes that `slot` shall show `view` of `source`; false when it does already or soon will.
    pub(super) fn want(&mut self, slot: Slot, view: &View, source: &Arc<Picture>) -> bool {
        let is_shown = self
            .shown
            .get(&slot)
            .is_some_and(|shown| shown.view == *view && Arc::ptr_eq(&shown.source, source));
        if is_shown {
            self.wanted.remove(&slot);
            return false;
        }
        let is_coming = self
            .wanted
            .get(&slot)
            .is_some_and(|(wanted, of)| wanted == view && Arc::ptr_eq(of, source));
        self.wanted.insert(slot, (view.clone(), Arc::clone(source)));
        !is_coming
    }

    /// Whether a slot waits for nothing.
    pub(super) fn is_settled(&self, slot: Slot) -> bool {
        !self.wanted.contains_key(&slot)
    }

    pub(super) fn finish(
        &mut self,
        slot: Slot,
        view: View,
        source: Arc<Picture>,
        picture: Arc<Picture>,
    ) {
        if self.wanted.get(&slot).is_some_and(|(wanted, _)| *wanted == view) {
            self.wanted.remove(&slot);
        }
        self.serial += 1;
        self.shown.insert(slot, Shown { view, source, picture, serial: self.serial });
    }

    /// Forgets what a slot was waiting for, so that it can be asked for again.
    pub(super) fn give_up(&mut self, slot: Slot) {
        self.wanted.remove(&slot);
    }
}
