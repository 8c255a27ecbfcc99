//! The session file's own types, one set a version, so that the document can change without
//! breaking a file that was written before.

mod blind;
mod card;
mod declared;
mod finding;
mod recipe;

use serde::{Deserialize, Serialize};

use blind::{BlindV1, RevealV1};
use card::CardV1;
pub(super) use card::PresetV1;
use declared::DeclaredV1;
use finding::{FindingV1, VerdictV1};
pub(super) use recipe::RecipeV1;

use crate::{
    document::{
        Document, Finding, FindingId, Kind, Landmark, LandmarkId, Loupe, LoupeId, LoupePlace, Mark,
        PerSide, Source,
    },
    geometry::{ImagePoint, Model},
};

/// What every version begins with.
#[derive(Deserialize)]
pub(super) struct Header {
    pub format: String,
    pub version: u32,
}

/// The value of [`Header::format`].
pub(super) const FORMAT: &str = "diptych session";
/// The version that is written.
pub(super) const VERSION: u32 = 1;

#[derive(Serialize, Deserialize)]
pub(super) struct SessionV1 {
    format: String,
    version: u32,
    sources: Sides<Option<SourceV1>>,
    labels: Sides<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    kinds: Option<Sides<Option<String>>>,
    model: String,
    #[serde(default, skip_serializing_if = "is_zero")]
    smoothing: f64,
    #[serde(default, skip_serializing_if = "is_no")]
    matches_resolution: bool,
    landmarks: Vec<LandmarkV1>,
    loupes: Vec<LoupeV1>,
    card: CardV1,
    recipe: RecipeV1,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    findings: Vec<FindingV1>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    declared: Option<DeclaredV1>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    verdicts: Vec<VerdictV1>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    blind: Option<BlindV1>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    reveals: Vec<RevealV1>,
}

#[derive(Serialize, Deserialize)]
struct Sides<T> {
    a: T,
    b: T,
}

#[derive(Serialize, Deserialize)]
struct SourceV1 {
    path: String,
    sha256: String,
    width: u32,
    height: u32,
}

#[derive(Serialize, Deserialize)]
struct LandmarkV1 {
    name: String,
    a: Option<MarkV1>,
    b: Option<MarkV1>,
    #[serde(default = "yes", rename = "on", skip_serializing_if = "is_yes")]
    is_active: bool,
    #[serde(default = "one", skip_serializing_if = "is_one")]
    weight: f64,
}

#[derive(Serialize, Deserialize)]
struct MarkV1 {
    x: f64,
    y: f64,
    #[serde(default = "yes")]
    confirmed: bool,
    #[serde(default, skip_serializing_if = "is_no")]
    predicted: bool,
}

const fn yes() -> bool {
    true
}

const fn one() -> f64 {
    1.0
}

// Left out where they say what a file that lacks them means.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "as serde asks for it")]
const fn is_yes(value: &bool) -> bool {
    *value
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "as serde asks for it")]
const fn is_no(value: &bool) -> bool {
    !*value
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "as serde asks for it")]
const fn is_one(value: &f64) -> bool {
    *value == 1.0
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "as serde asks for it")]
const fn is_zero(value: &f64) -> bool {
    *value == 0.0
}

#[derive(Serialize, Deserialize)]
struct LoupeV1 {
    name: String,
    place: PlaceV1,
}

#[derive(Serialize, Deserialize)]
enum PlaceV1 {
    Face { near: Vec<String>, offset: (f64, f64), width: f64 },
    Area { middle: (f64, f64), width: f64 },
}

impl<T> From<PerSide<T>> for Sides<T> {
    fn from(sides: PerSide<T>) -> Self {
        Self { a: sides.a, b: sides.b }
    }
}

impl<T> From<Sides<T>> for PerSide<T> {
    fn from(sides: Sides<T>) -> Self {
        Self::new(sides.a, sides.b)
    }
}

impl SessionV1 {
    /// The file's form of `document`; `path_text` says how a source's path is written.
    pub(super) fn of(document: &Document, path_text: impl Fn(&Source) -> String) -> Self {
        let (document, blind) = document.clone().unsealed();
        let source =
            |source: Option<&Source>| source.map(|source| SourceV1::of(source, &path_text));
        let has_kinds = document.kinds.iter().any(|(_, kind)| kind.is_some());
        let kinds = document.kinds.map(|kind| kind.map(|kind| kind.name().to_owned()));
        let mark = |mark: Option<Mark>| {
            mark.map(|m| MarkV1 {
                x: m.at.x,
                y: m.at.y,
                confirmed: m.is_confirmed,
                predicted: m.is_predicted,
            })
        };
        Self {
            format: FORMAT.into(),
            version: VERSION,
            sources: document.sources.as_ref().map(|side| source(side.as_ref())).into(),
            labels: document.labels.clone().into(),
            kinds: has_kinds.then(|| kinds.into()),
            model: document.model.name().into(),
            smoothing: document.smoothing,
            matches_resolution: document.matches_resolution,
            landmarks: document
                .landmarks
                .iter()
                .map(|l| LandmarkV1 {
                    name: l.name.clone(),
                    a: mark(l.at.a),
                    b: mark(l.at.b),
                    is_active: l.is_active,
                    weight: l.weight,
                })
                .collect(),
            loupes: document.loupes.iter().map(LoupeV1::of).collect(),
            card: CardV1::of(&document, &path_text),
            findings: document.findings.iter().map(FindingV1::of).collect(),
            declared: DeclaredV1::of(&document.declared),
            verdicts: document.verdicts.iter().map(VerdictV1::of).collect(),
            recipe: RecipeV1::of(&document.recipe),
            blind: blind.as_ref().and_then(BlindV1::of),
            reveals: document.reveals.iter().map(RevealV1::of).collect(),
        }
    }

    /// The document; `Err` names a value that is not known.
    pub(super) fn into_document(self) -> Result<Document, String> {
        let model = Model::from_name(&self.model)
            .ok_or_else(|| format!("the model \"{}\" is not known", self.model))?;
        let mark = |m: Option<MarkV1>| {
            m.map(|m| Mark {
                at: ImagePoint::new(m.x, m.y),
                is_confirmed: m.confirmed,
                is_predicted: m.predicted,
            })
        };
        let landmarks = (0..).zip(self.landmarks).map(|(id, l)| Landmark {
            id: LandmarkId(id),
            name: l.name,
            at: PerSide::new(mark(l.a), mark(l.b)),
            is_active: l.is_active,
            weight: l.weight,
        });
        let loupes = (0..).zip(self.loupes).map(|(id, l)| l.into_loupe(LoupeId(id)));
        let findings = (0..).zip(self.findings);
        let findings = findings.map(|(id, finding)| finding.into_finding(FindingId(id)));
        let findings = findings.collect::<Result<Vec<Finding>, String>>()?;
        let document = Document {
            sources: PerSide::from(self.sources).map(|side| side.map(SourceV1::into_source)),
            labels: self.labels.into(),
            kinds: self.kinds.map_or_else(|| Ok(PerSide::default()), kinds_of)?,
            landmarks: landmarks.collect(),
            model,
            smoothing: self.smoothing,
            matches_resolution: self.matches_resolution,
            loupes: loupes.collect(),
            card: self.card.into_style()?,
            findings,
            declared: self.declared.map(DeclaredV1::into_declared).unwrap_or_default(),
            verdicts: self
                .verdicts
                .into_iter()
                .map(VerdictV1::into_verdict)
                .collect::<Result<_, _>>()?,
            recipe: self.recipe.into_recipe(),
            blind: None,
            reveals: self
                .reveals
                .into_iter()
                .map(RevealV1::into_reveal)
                .collect::<Result<_, _>>()?,
        };
        let document = match self.blind {
            Some(blind) => document.sealed(blind.into_blind()?),
            None => document,
        };
        match document.violations().into_iter().next() {
            Some(violation) => Err(violation),
            None => Ok(document),
        }
    }
}

/// What kind of picture each side is; `Err` names a kind that is not known.
fn kinds_of(kinds: Sides<Option<String>>) -> Result<PerSide<Option<Kind>>, String> {
    let known = |name: Option<String>| {
        name.map(|name| {
            Kind::from_name(&name).ok_or_else(|| format!("the kind \"{name}\" is not known"))
        })
        .transpose()
    };
    Ok(PerSide::new(known(kinds.a)?, known(kinds.b)?))
}

impl SourceV1 {
    fn of(source: &Source, path_text: &impl Fn(&Source) -> String) -> Self {
        Self {
            path: path_text(source),
            sha256: source.sha256.clone(),
            width: source.width,
            height: source.height,
        }
    }

    fn into_source(self) -> Source {
        let Self { path, sha256, width, height } = self;
        Source { path: path.into(), sha256, width, height }
    }
}

impl LoupeV1 {
    fn of(loupe: &Loupe) -> Self {
        let place = match loupe.place.clone() {
            LoupePlace::Face { near, offset, width } => PlaceV1::Face { near, offset, width },
            LoupePlace::Area { middle, width } => PlaceV1::Area { middle, width },
        };
        Self { name: loupe.name.clone(), place }
    }

    fn into_loupe(self, id: LoupeId) -> Loupe {
        let place = match self.place {
            PlaceV1::Face { near, offset, width } => LoupePlace::Face { near, offset, width },
            PlaceV1::Area { middle, width } => LoupePlace::Area { middle, width },
        };
        Loupe { id, name: self.name, place }
    }
}
