//! What the user owns: saved to disk, restored by undo. No pixels, no screens, no clocks.
//!
//! The [`Document`] is plain data. Everything that follows from it (the [`Registration`], the
//! [`FacePose`], where a loupe lies) is computed on demand and never stored, so it cannot go stale.

mod arrangement;
mod blind;
mod card_style;
mod crop;
mod declared;
mod edit;
mod finding;
mod finding_edits;
mod history;
mod kind;
mod landmark;
mod landmark_edits;
mod loupe;
mod loupe_edits;
mod oddity;
mod order;
mod pose;
mod preset;
mod recipe;
mod registration;
mod side;
mod taxonomy;
mod verdict;

pub use arrangement::{Arrangement, FrameChoice};
pub use blind::{Blind, Judgement, Reveal, Seed};
pub use card_style::{Brand, CardStyle, CardWords, Corner, FooterFields, Layout, LeftOut, Theme};
pub use crop::Crop;
pub use declared::{Declared, Run};
pub use edit::{Edit, EditError};
pub use finding::{Belongs, Code, Confidence, Finding, FindingId, Severity};
pub use finding_edits::FindingEdit;
pub use history::{GestureId, History};
pub use kind::{Kind, digital_source_type, kinds_words};
pub use landmark::{ImportedLandmark, Landmark, LandmarkId, Mark};
pub use loupe::{Loupe, LoupeId, LoupePlace, LoupeSpot};
pub use oddity::Oddity;
pub use pose::FacePose;
pub use preset::Preset;
pub use recipe::{Mouth, Prompt, Recipe, RecipeLandmark, RecipeLoupe, Slot, Swap};
pub use registration::{Footing, LandmarkResidual, Registration};
pub use side::{PerSide, Side};
pub use taxonomy::{Category, Defect, Region, Taxonomy};
pub use verdict::{Answer, Criterion, Tally, Verdict};

use crate::geometry::{ImagePoint, Model, Pair};

/// The file a side was loaded from, by what identifies it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Where it lies: absolute, or relative to the working folder.
    pub path: std::path::PathBuf,
    /// The lower-case hexadecimal SHA-256 of the file's bytes.
    pub sha256: String,
    /// Width in pixels after orientation.
    pub width: u32,
    /// Height in pixels after orientation.
    pub height: u32,
}

impl Source {
    /// The picture's area in its own pixels.
    #[must_use]
    pub fn area(&self) -> crate::geometry::Rect<crate::geometry::Image> {
        use crate::geometry::{Point, Rect};
        Rect::new(Point::new(0.0, 0.0), Point::new(self.width.into(), self.height.into()))
    }

    /// Whether a place lies in the picture, its edge included.
    #[must_use]
    pub fn holds(&self, at: ImagePoint) -> bool {
        let area = self.area();
        at.x >= 0.0 && at.y >= 0.0 && at.x <= area.max.x && at.y <= area.max.y
    }

    /// The file's name without its folder, for people to read.
    #[must_use]
    pub fn file_name(&self) -> String {
        self.path.file_name().map_or_else(
            || self.path.display().to_string(),
            |name| name.to_string_lossy().into_owned(),
        )
    }
}

/// The whole document.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// The two pictures; A is fixed, B is moving.
    pub sources: PerSide<Option<Source>>,
    /// What each side is called, in the pane heads and on the card.
    pub labels: PerSide<String>,
    /// What kind of picture each side is, where its author says.
    pub kinds: PerSide<Option<Kind>>,
    /// In the order of marking.
    pub landmarks: Vec<Landmark>,
    /// The model asked for; with too few pairs a simpler one stands in.
    pub model: Model,
    /// What a thin-plate spline may give up of closeness for smoothness, in squared pixels of A; see
    /// [`Method::smoothing`](crate::geometry::Method::smoothing). It passes through every pair at 0.
    pub smoothing: f64,
    /// Whether the side with more pixels a face unit is seen as coarsely as the other.
    pub matches_resolution: bool,
    /// What is marked and looked at in this kind of comparison.
    pub recipe: Recipe,
    /// In the order of the strip.
    pub loupes: Vec<Loupe>,
    /// What was found, in the order of their numbers.
    pub findings: Vec<Finding>,
    /// How the pictures were made, as their author says.
    pub declared: Declared,
    /// What was answered, at most one a criterion.
    pub verdicts: Vec<Verdict>,
    /// How the card looks.
    pub card: CardStyle,
    /// While which side is which is hidden: what that is known by. See [`Document::sealed`].
    pub blind: Option<Blind>,
    /// When it was said which side is which, in order.
    pub reveals: Vec<Reveal>,
}

impl Default for Document {
    fn default() -> Self {
        Self::new(Recipe::default())
    }
}

impl Document {
    /// An empty document with the loupes of `recipe`.
    #[must_use]
    pub fn new(recipe: Recipe) -> Self {
        Self {
            sources: PerSide::default(),
            labels: PerSide::default(),
            kinds: PerSide::default(),
            landmarks: Vec::new(),
            model: Model::Similarity,
            smoothing: 0.0,
            matches_resolution: false,
            loupes: Loupe::of_recipe(&recipe),
            findings: Vec::new(),
            declared: Declared::default(),
            verdicts: Vec::new(),
            recipe,
            card: CardStyle::default(),
            blind: None,
            reveals: Vec::new(),
        }
    }

    /// The landmark of this identity.
    #[must_use]
    pub fn landmark(&self, id: LandmarkId) -> Option<&Landmark> {
        self.landmarks.iter().find(|landmark| landmark.id == id)
    }

    /// The landmark of this name.
    #[must_use]
    pub fn landmark_named(&self, name: &str) -> Option<&Landmark> {
        self.landmarks.iter().find(|landmark| landmark.name == name)
    }

    /// The recipe's landmarks that are marked on A, in its order: name, and the mark beside its place
    /// in the mean shape.
    #[must_use]
    pub fn marks_and_means(&self) -> Vec<(&str, Pair)> {
        let marked = self.recipe.landmarks.iter().filter_map(|of_recipe| {
            let mark = self.landmark_named(&of_recipe.name)?.at.a?;
            let (x, y) = of_recipe.mean;
            Some((of_recipe.name.as_str(), Pair::new(mark.at, ImagePoint::new(x, y))))
        });
        marked.collect()
    }

    /// The finding of this identity.
    #[must_use]
    pub fn finding(&self, id: FindingId) -> Option<&Finding> {
        self.findings.iter().find(|finding| finding.id == id)
    }

    /// What was said of a criterion.
    #[must_use]
    pub fn verdict(&self, criterion: &Criterion) -> Option<&Verdict> {
        self.verdicts.iter().find(|verdict| verdict.criterion == *criterion)
    }

    /// The loupe of this identity.
    #[must_use]
    pub fn loupe(&self, id: LoupeId) -> Option<&Loupe> {
        self.loupes.iter().find(|loupe| loupe.id == id)
    }

    /// Both pictures, when both sides have one.
    #[must_use]
    pub fn both_sources(&self) -> Option<PerSide<&Source>> {
        self.sources.as_ref().map(Option::as_ref).both()
    }

    /// What the label of `side` reads: the typed one, or the file's stem; the letter alone while
    /// blind.
    #[must_use]
    pub fn label_or_stem(&self, side: Side) -> String {
        if self.is_blind() {
            return side.letter().to_string();
        }
        let typed = self.labels[side].trim();
        if !typed.is_empty() {
            return typed.to_owned();
        }
        self.sources[side].as_ref().map_or_else(
            || side.letter().to_string(),
            |source| match source.path.file_stem() {
                Some(stem) => stem.to_string_lossy().into_owned(),
                None => side.letter().to_string(),
            },
        )
    }

    /// The name the next landmark gets: the first of the recipe that is not yet used, then
    /// "point 1", "point 2" and so on.
    #[must_use]
    pub fn next_landmark_name(&self) -> String {
        let unused = |name: &str| self.landmark_named(name).is_none();
        let of_recipe = self.recipe.landmarks.iter().map(|l| l.name.clone());
        let free = (1..).map(|n| format!("point {n}"));
        of_recipe.chain(free).find(|name| unused(name)).unwrap_or_default()
    }

    /// The recipe's unmarked landmark after the one of this name, or its first one after the last.
    #[must_use]
    pub fn landmark_name_after(&self, name: &str) -> Option<String> {
        let all = &self.recipe.landmarks;
        let at = all.iter().position(|landmark| landmark.name == name)?;
        let round = all[at + 1..].iter().chain(&all[..at]);
        round
            .map(|landmark| &landmark.name)
            .find(|name| self.landmark_named(name).is_none())
            .cloned()
    }

    /// What must hold after every edit and is false nowhere; swept by tests after each command.
    #[must_use]
    pub fn violations(&self) -> Vec<String> {
        let mut found = Vec::new();
        for (idx, landmark) in self.landmarks.iter().enumerate() {
            for other in &self.landmarks[..idx] {
                if other.id == landmark.id {
                    found.push(format!("two landmarks have the id {}", landmark.id.0));
                }
                if other.name == landmark.name {
                    found.push(format!("two landmarks are named {}", landmark.name));
                }
            }
            if landmark.at.iter().all(|(_, mark)| mark.is_none()) {
                found.push(format!("{} is marked on neither side", landmark.name));
            }
            if !is_weight(landmark.weight) {
                found.push(format!("{} has a weight that is not positive", landmark.name));
            }
            for (side, mark) in landmark.at.iter() {
                if mark.is_some_and(|mark| !mark.at.is_finite()) {
                    found.push(format!("{} has no finite place on {side}", landmark.name));
                }
            }
        }
        if !is_smoothing(self.smoothing) {
            found.push("the spline's smoothing is not a number from 0 up".to_owned());
        }
        for (side, source) in self.sources.iter() {
            if source.as_ref().is_some_and(|source| source.width == 0 || source.height == 0) {
                found.push(format!("the picture of {side} has no pixels"));
            }
        }
        found.extend(self.card.violation());
        found.extend(self.recipe.violation());
        for (idx, loupe) in self.loupes.iter().enumerate() {
            if self.loupes[..idx].iter().any(|other| other.id == loupe.id) {
                found.push(format!("two loupes have the id {}", loupe.id.0));
            }
            if !loupe.place.is_sound() {
                found.push(format!("the loupe {} has no sound place", loupe.name));
            }
        }
        found.extend(self.judgement_violations());
        found
    }

    fn judgement_violations(&self) -> Vec<String> {
        let mut found = Vec::new();
        for (idx, finding) in self.findings.iter().enumerate() {
            if self.findings[..idx].iter().any(|other| other.id == finding.id) {
                found.push(format!("two findings have the id {}", finding.id.0));
            }
            if !finding.shape.is_sound() {
                found.push(format!("the finding {} has no sound shape", idx + 1));
            }
        }
        for (idx, verdict) in self.verdicts.iter().enumerate() {
            if self.verdicts[..idx].iter().any(|other| other.criterion == verdict.criterion) {
                found.push(format!("two verdicts answer \"{}\"", verdict.criterion.text));
            }
        }
        found
    }
}

/// Whether a landmark may count so much.
fn is_weight(weight: f64) -> bool {
    weight.is_finite() && weight > 0.0
}

/// Whether a spline may be smoothed so much.
fn is_smoothing(smoothing: f64) -> bool {
    smoothing.is_finite() && smoothing >= 0.0
}

#[cfg(test)]
mod tests;
