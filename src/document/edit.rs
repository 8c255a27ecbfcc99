//! Every way a document may change.

use super::landmark_edits::{add_landmark, landmark_mut, place, rename, replace_landmarks};
use super::loupe_edits::{
    add_loupe, check_loupe_place, loupe_mut, loupe_name, move_loupe, set_recipe,
};
use super::{
    CardStyle, Declared, Document, FindingEdit, ImportedLandmark, Kind, LandmarkId, LoupeId,
    LoupePlace, Mark, PerSide, Recipe, Side, Source, Verdict, is_smoothing, is_weight,
};
use crate::geometry::{ImagePoint, Model};

/// A change, as data: it can be logged, replayed, scripted and tested.
#[derive(Clone, Debug, PartialEq)]
pub enum Edit {
    /// Give a side its picture. Label, landmarks and loupes stay; marks on that side become
    /// unconfirmed when another picture (by its hash) was there before, and keep their share of its
    /// width and height when its size differs.
    SetSource {
        /// The side.
        side: Side,
        /// The picture.
        source: Source,
    },
    /// Call a side something.
    SetLabel {
        /// The side.
        side: Side,
        /// The words; empty to show the file's name again.
        label: String,
    },
    /// Say what kind of picture a side is.
    SetKind(Side, Option<Kind>),
    /// Mark a new landmark on one side.
    AddLandmark {
        /// Its name; must be unused.
        name: String,
        /// The side.
        side: Side,
        /// Where, in that side's pixels.
        at: ImagePoint,
    },
    /// Mark a new landmark on both sides.
    AddPair {
        /// Its name; must be unused.
        name: String,
        /// Where and how.
        at: PerSide<Mark>,
    },
    /// Accept a landmark of one side where the fit expects it.
    AcceptLandmark {
        /// Which.
        id: LandmarkId,
        /// The side.
        side: Side,
        /// Where, in that side's pixels.
        at: ImagePoint,
    },
    /// Forget a landmark's mark on one side; with its last mark the landmark is forgotten.
    UnmarkLandmark {
        /// Which.
        id: LandmarkId,
        /// The side.
        side: Side,
    },
    /// Put a landmark of one side elsewhere, or mark it there first; it counts as confirmed.
    PlaceLandmark {
        /// Which.
        id: LandmarkId,
        /// The side.
        side: Side,
        /// Where, in that side's pixels.
        at: ImagePoint,
    },
    /// Put several landmarks of one side elsewhere; they count as confirmed there.
    PlaceLandmarks {
        /// The side.
        side: Side,
        /// Which, and where in that side's pixels.
        places: Vec<(LandmarkId, ImagePoint)>,
    },
    /// Look at a carried-over mark and keep it.
    ConfirmLandmark(LandmarkId),
    /// Forget a landmark on both sides.
    RemoveLandmark(LandmarkId),
    /// Put all landmarks in place of those there are. With a side, only its marks are new: what is
    /// known of the other one's by name stays as it is, and so does what takes part in the fit.
    ReplaceLandmarks(Vec<ImportedLandmark>, Option<Side>),
    /// Call a landmark something else.
    RenameLandmark {
        /// Which.
        id: LandmarkId,
        /// Its new name; must be unused.
        name: String,
    },
    /// Let a landmark take part in the fit, or not.
    SetLandmarkActive {
        /// Which.
        id: LandmarkId,
        /// Whether it does.
        is_active: bool,
    },
    /// Let a landmark count more or less than the others.
    SetLandmarkWeight {
        /// Which.
        id: LandmarkId,
        /// Positive; 1 for one that counts as any other.
        weight: f64,
    },
    /// Fit another model.
    SetModel(Model),
    /// Smooth a thin-plate spline by this much, in squared pixels of A.
    SetSmoothing(f64),
    /// See the side with more pixels a face unit as coarsely as the other, or with all it has.
    MatchResolution(bool),
    /// Add a loupe after another one, or at the end.
    AddLoupe {
        /// The region's name.
        name: String,
        /// Where.
        place: LoupePlace,
        /// The one it comes after.
        after: Option<LoupeId>,
    },
    /// Call a loupe something else.
    RenameLoupe {
        /// Which.
        id: LoupeId,
        /// The region's name.
        name: String,
    },
    /// Remove a loupe.
    RemoveLoupe(LoupeId),
    /// Put a loupe elsewhere in the order: before another one, or at the end.
    MoveLoupe {
        /// Which.
        id: LoupeId,
        /// The one it comes before.
        before: Option<LoupeId>,
    },
    /// Put a loupe elsewhere.
    PlaceLoupe {
        /// Which.
        id: LoupeId,
        /// Where.
        place: LoupePlace,
    },
    /// Compare by another recipe: its landmarks and questions; its loupes come in place of the last
    /// one's that nobody changed. What was marked, found and answered stays.
    SetRecipe(Box<Recipe>),
    /// Change what was found.
    Findings(FindingEdit),
    /// Say how the pictures were made.
    Declare(Box<Declared>),
    /// Answer a criterion, or take the answer back: a verdict without answer and remark is forgotten.
    SetVerdict(Verdict),
    /// Restyle the card.
    SetCardStyle(Box<CardStyle>),
}

/// Why an edit was refused; the document is then unchanged.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EditError {
    /// The edit names a landmark the document does not hold.
    #[error("there is no such landmark; it may have been removed")]
    NoSuchLandmark,
    /// The edit names a loupe the document does not hold.
    #[error("there is no such loupe; it may have been removed")]
    NoSuchLoupe,
    /// The edit names a finding the document does not hold.
    #[error("there is no such finding; it may have been removed")]
    NoSuchFinding,
    /// Two landmarks would have one name.
    #[error("a landmark named \"{0}\" exists already; choose another name")]
    NameTaken(String),
    /// A name, position or size that means nothing.
    #[error("{0} is not a usable value")]
    Unsound(&'static str),
}

impl Edit {
    /// The undo menu's words.
    #[must_use]
    pub const fn label(&self) -> &'static str {
        match self {
            Self::SetSource { .. } => "open picture",
            Self::SetLabel { .. } => "change label",
            Self::SetKind(..) => "say what a side is",
            Self::AddLandmark { .. } | Self::AddPair { .. } => "mark landmark",
            Self::UnmarkLandmark { .. } => "take mark back",
            Self::PlaceLandmark { .. } => "place landmark",
            Self::AcceptLandmark { .. } => "accept landmark",
            Self::PlaceLandmarks { .. } => "refine landmarks",
            Self::ConfirmLandmark(_) => "confirm landmark",
            Self::RemoveLandmark(_) => "remove landmark",
            Self::ReplaceLandmarks(..) => "import landmarks",
            Self::RenameLandmark { .. } => "rename landmark",
            Self::SetLandmarkActive { is_active: true, .. } => "switch landmark on",
            Self::SetLandmarkActive { .. } => "switch landmark off",
            Self::SetLandmarkWeight { .. } => "weigh landmark",
            Self::SetModel(_) => "change model",
            Self::MatchResolution(true) => "match resolution",
            Self::MatchResolution(false) => "show full resolution",
            Self::SetSmoothing(_) => "smooth spline",
            Self::AddLoupe { .. } => "add loupe",
            Self::RenameLoupe { .. } => "rename loupe",
            Self::RemoveLoupe(_) => "remove loupe",
            Self::MoveLoupe { .. } => "reorder loupes",
            Self::PlaceLoupe { .. } => "move loupe",
            Self::SetRecipe(_) => "change recipe",
            Self::Findings(edit) => edit.label(),
            Self::Declare(_) => "declare",
            Self::SetVerdict(_) => "answer question",
            Self::SetCardStyle(_) => "restyle card",
        }
    }

    pub(super) fn apply(self, document: &mut Document) -> Result<(), EditError> {
        match self {
            Self::SetSource { side, source } => set_source(document, side, &source),
            Self::SetLabel { side, label } => document.labels[side] = label,
            Self::SetKind(side, kind) => document.kinds[side] = kind,
            Self::SetModel(model) => document.model = model,
            Self::SetSmoothing(smoothing) => {
                document.smoothing = Some(smoothing)
                    .filter(|smoothing| is_smoothing(*smoothing))
                    .ok_or(EditError::Unsound("the spline's smoothing"))?;
            }
            Self::MatchResolution(matches) => document.matches_resolution = matches,
            Self::AddLoupe { .. }
            | Self::RenameLoupe { .. }
            | Self::RemoveLoupe(_)
            | Self::MoveLoupe { .. }
            | Self::PlaceLoupe { .. } => self.apply_to_loupes(document)?,
            Self::SetRecipe(_) | Self::Findings(_) | Self::Declare(_) | Self::SetVerdict(_) => {
                self.apply_to_judging(document)?;
            }
            Self::SetCardStyle(style) => set_card_style(document, *style)?,
            of_landmarks => of_landmarks.apply_to_landmarks(document)?,
        }
        let Document { card, loupes, findings, .. } = document;
        card.prune(
            |id| loupes.iter().any(|loupe| loupe.id == id),
            |id| findings.iter().any(|finding| finding.id == id),
        );
        Ok(())
    }

    fn apply_to_landmarks(self, document: &mut Document) -> Result<(), EditError> {
        match self {
            Self::AddLandmark { name, side, at } => {
                let mut places = PerSide::default();
                places[side] = Some(Mark::confirmed(at));
                add_landmark(document, &name, places)?;
            }
            Self::AddPair { name, at } => add_landmark(document, &name, at.map(Some))?,
            Self::UnmarkLandmark { id, side } => {
                landmark_mut(document, id)?.at[side] = None;
                document.landmarks.retain(|l| l.at.iter().any(|(_, mark)| mark.is_some()));
            }
            Self::PlaceLandmark { id, side, at } => {
                place(document, id, side, Mark::confirmed(at))?;
            }
            Self::AcceptLandmark { id, side, at } => {
                place(document, id, side, Mark::predicted(at))?;
            }
            Self::PlaceLandmarks { side, places } => {
                for (id, at) in places {
                    place(document, id, side, Mark::confirmed(at))?;
                }
            }
            Self::ConfirmLandmark(id) => {
                let marks = &mut landmark_mut(document, id)?.at;
                *marks = marks.map(|mark| mark.map(|mark| Mark::confirmed(mark.at)));
            }
            Self::RemoveLandmark(id) => {
                landmark_mut(document, id)?;
                document.landmarks.retain(|landmark| landmark.id != id);
            }
            Self::ReplaceLandmarks(all, side) => replace_landmarks(document, all, side)?,
            Self::RenameLandmark { id, name } => rename(document, id, name.trim())?,
            Self::SetLandmarkActive { id, is_active } => {
                landmark_mut(document, id)?.is_active = is_active;
            }
            Self::SetLandmarkWeight { id, weight } => {
                let sound = Some(weight).filter(|weight| is_weight(*weight));
                landmark_mut(document, id)?.weight =
                    sound.ok_or(EditError::Unsound("the landmark's weight"))?;
            }
            _ => (),
        }
        Ok(())
    }

    fn apply_to_judging(self, document: &mut Document) -> Result<(), EditError> {
        match self {
            Self::SetRecipe(recipe) => set_recipe(document, *recipe),
            Self::Findings(edit) => edit.apply(document)?,
            Self::Declare(declared) => document.declared = *declared,
            Self::SetVerdict(verdict) => set_verdict(document, verdict),
            _ => (),
        }
        Ok(())
    }

    fn apply_to_loupes(self, document: &mut Document) -> Result<(), EditError> {
        match self {
            Self::AddLoupe { name, place, after } => add_loupe(document, &name, place, after)?,
            Self::RenameLoupe { id, name } => {
                loupe_mut(document, id)?.name = loupe_name(&name)?;
            }
            Self::RemoveLoupe(id) => {
                loupe_mut(document, id)?;
                document.loupes.retain(|loupe| loupe.id != id);
            }
            Self::MoveLoupe { id, before } => move_loupe(document, id, before)?,
            Self::PlaceLoupe { id, place } => {
                check_loupe_place(&place)?;
                loupe_mut(document, id)?.place = place;
            }
            _ => (),
        }
        Ok(())
    }
}

fn set_card_style(document: &mut Document, style: CardStyle) -> Result<(), EditError> {
    if style.crop.is_some_and(|crop| !crop.is_sound()) {
        return Err(EditError::Unsound("the card's crop"));
    }
    document.card = style;
    Ok(())
}

fn set_verdict(document: &mut Document, verdict: Verdict) {
    let is_empty = verdict.answer.is_none() && verdict.remark.is_empty();
    let known = document.verdicts.iter().position(|old| old.criterion == verdict.criterion);
    match known {
        Some(idx) if is_empty => drop(document.verdicts.remove(idx)),
        Some(idx) => document.verdicts[idx] = verdict,
        None if is_empty => (),
        None => document.verdicts.push(verdict),
    }
}

fn set_source(document: &mut Document, side: Side, source: &Source) {
    let before = document.sources[side].replace(source.clone());
    let Some(before) = before.filter(|before| before.sha256 != source.sha256) else { return };
    let scale = |to: u32, from: u32| f64::from(to) / f64::from(from);
    let (x, y) = (scale(source.width, before.width), scale(source.height, before.height));
    for mark in document.landmarks.iter_mut().filter_map(|l| l.at[side].as_mut()) {
        mark.is_confirmed = false;
        mark.at = ImagePoint::new(x * mark.at.x, y * mark.at.y);
    }
    for finding in document.findings.iter_mut().filter(|finding| finding.on == side) {
        finding.shape = finding.shape.with_points(|at| ImagePoint::new(x * at.x, y * at.y));
    }
}
