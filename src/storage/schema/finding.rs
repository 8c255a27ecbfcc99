//! Findings and verdicts, in files.

use serde::{Deserialize, Serialize};

use crate::{
    document::{
        Answer, Belongs, Code, Confidence, Criterion, Finding, FindingId, Severity, Side, Verdict,
    },
    geometry::{Image, ImagePoint, Rect, Shape},
};

#[derive(Serialize, Deserialize)]
pub(super) struct FindingV1 {
    on: char,
    shape: ShapeV1,
    belongs: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    code: Option<CodeV1>,
    severity: u8,
    confidence: String,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    strength: bool,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    note: String,
}

#[derive(Serialize, Deserialize)]
struct CodeV1 {
    code: String,
    name: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    strength: String,
}

/// Corners as x and y in the pixels of the side it was drawn on.
#[derive(Serialize, Deserialize)]
enum ShapeV1 {
    Pin(f64, f64),
    Box { min: (f64, f64), max: (f64, f64) },
    Ellipse { min: (f64, f64), max: (f64, f64) },
    Polygon(Vec<(f64, f64)>),
    Stroke(Vec<(f64, f64)>),
    Arrow { tail: (f64, f64), tip: (f64, f64) },
}

#[derive(Serialize, Deserialize)]
pub(super) struct VerdictV1 {
    region: String,
    question: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    answer: Option<String>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    remark: String,
}

/// The value of this name; `Err` says that it is not known.
fn named<T: Copy>(all: &[T], name: impl Fn(T) -> &'static str, wanted: &str) -> Result<T, String> {
    let found = all.iter().copied().find(|value| name(*value) == wanted);
    found.ok_or_else(|| format!("the value \"{wanted}\" of a finding or verdict is not known"))
}

impl FindingV1 {
    pub(super) fn of(finding: &Finding) -> Self {
        Self {
            on: finding.on.letter(),
            shape: ShapeV1::of(&finding.shape),
            belongs: finding.belongs.name().into(),
            code: finding.code.clone().map(|of| CodeV1 {
                code: of.code,
                name: of.name,
                strength: of.strength,
            }),
            severity: finding.severity.level(),
            confidence: finding.confidence.name().into(),
            strength: finding.is_strength,
            note: finding.note.clone(),
        }
    }

    /// The finding; `Err` names a value that is not known.
    pub(super) fn into_finding(self, id: FindingId) -> Result<Finding, String> {
        let on = Side::BOTH.into_iter().find(|side| side.letter() == self.on);
        let severity = Severity::new(self.severity);
        Ok(Finding {
            id,
            on: on.ok_or_else(|| format!("a finding lies on side \"{}\"", self.on))?,
            shape: self.shape.into_shape(),
            belongs: named(&Belongs::ALL, Belongs::name, &self.belongs)?,
            code: self.code.map(|of| Code { code: of.code, name: of.name, strength: of.strength }),
            severity: severity.ok_or_else(|| format!("severity {} is not known", self.severity))?,
            confidence: named(&Confidence::ALL, Confidence::name, &self.confidence)?,
            is_strength: self.strength,
            note: self.note,
        })
    }
}

impl ShapeV1 {
    fn of(shape: &Shape) -> Self {
        let pair = |at: &ImagePoint| (at.x, at.y);
        let all = |points: &[ImagePoint]| points.iter().map(pair).collect();
        match shape {
            Shape::Pin(at) => Self::Pin(at.x, at.y),
            Shape::Box(area) => Self::Box { min: pair(&area.min), max: pair(&area.max) },
            Shape::Ellipse(area) => Self::Ellipse { min: pair(&area.min), max: pair(&area.max) },
            Shape::Polygon(points) => Self::Polygon(all(points)),
            Shape::Stroke(points) => Self::Stroke(all(points)),
            Shape::Arrow(tail, tip) => Self::Arrow { tail: pair(tail), tip: pair(tip) },
        }
    }

    fn into_shape(self) -> Shape {
        let point = |(x, y): (f64, f64)| ImagePoint::new(x, y);
        let all = |points: Vec<(f64, f64)>| points.into_iter().map(point).collect();
        let area = |min, max| Rect::<Image>::new(point(min), point(max));
        match self {
            Self::Pin(x, y) => Shape::Pin(point((x, y))),
            Self::Box { min, max } => Shape::Box(area(min, max)),
            Self::Ellipse { min, max } => Shape::Ellipse(area(min, max)),
            Self::Polygon(points) => Shape::Polygon(all(points)),
            Self::Stroke(points) => Shape::Stroke(all(points)),
            Self::Arrow { tail, tip } => Shape::Arrow(point(tail), point(tip)),
        }
    }
}

impl VerdictV1 {
    pub(super) fn of(verdict: &Verdict) -> Self {
        let Verdict { criterion: Criterion { region, text }, answer, remark } = verdict.clone();
        let answer = answer.map(|answer| answer.name().to_owned());
        Self { region, question: text, answer, remark }
    }

    /// The verdict; `Err` names a value that is not known.
    pub(super) fn into_verdict(self) -> Result<Verdict, String> {
        let answer = self.answer.map(|answer| named(&Answer::ALL, Answer::name, &answer));
        let criterion = Criterion { region: self.region, text: self.question };
        Ok(Verdict { criterion, answer: answer.transpose()?, remark: self.remark })
    }
}
