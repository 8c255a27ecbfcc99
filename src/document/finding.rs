//! Findings: what somebody saw, where, how bad, and how sure.

use super::{Side, Taxonomy};
use crate::geometry::{Shape, ShapeKind};

/// A finding's identity, kept while the session is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FindingId(pub u32);

/// Whose a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Belongs {
    /// One side's; the other is where it can be checked.
    To(Side),
    /// Both sides show it.
    Both,
}

impl Belongs {
    /// All, in the order of the switch.
    pub const ALL: [Self; 3] = [Self::To(Side::A), Self::To(Side::B), Self::Both];

    /// Its name in files and for people.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::To(Side::A) => "A",
            Self::To(Side::B) => "B",
            Self::Both => "both",
        }
    }

    /// Whether a side shows it.
    #[must_use]
    pub fn holds(self, side: Side) -> bool {
        matches!(self, Self::Both) || self == Self::To(side)
    }
}

/// How bad a defect is: the magnification at which it is first visible, measured on the face, so that
/// two people can agree on it and a small render is judged like a large one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Severity(u8);

/// Screen pixels that the face unit spans where the severity changes: the geometric middles between a
/// card's about 250, 500, 1000 and 2000.
const SPANS: [f64; 3] = [353.6, 707.1, 1414.2];

impl Severity {
    /// A neutral observation.
    pub const NEUTRAL: Self = Self(0);

    /// From 0 for a neutral observation to 4 for what is seen in the card itself.
    pub const ALL: [Self; 5] = [Self(0), Self(1), Self(2), Self(3), Self(4)];

    /// The severity of this number; `None` above 4.
    #[must_use]
    pub fn new(level: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|severity| severity.0 == level)
    }

    /// 0 to 4.
    #[must_use]
    pub const fn level(self) -> u8 {
        self.0
    }

    /// What is suggested for a defect that is seen while the face unit spans this many screen pixels.
    #[must_use]
    pub fn suggested(face_unit_on_screen: f64) -> Self {
        let n_beyond = SPANS.iter().filter(|span| face_unit_on_screen > **span).count();
        Self::ALL[4 - n_beyond]
    }

    /// What it means.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self.0 {
            0 => "neutral observation",
            1 => "seen when the face unit spans 2000 pixels or more",
            2 => "seen when the face unit spans about 1000 pixels",
            3 => "seen when the face unit spans about 500 pixels",
            _ => "seen in the card itself",
        }
    }
}

/// How sure somebody is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Confidence {
    /// It may be so.
    Possible,
    /// It is likely so.
    #[default]
    Probable,
    /// It is plain to see.
    Clear,
}

impl Confidence {
    /// All, the least sure first.
    pub const ALL: [Self; 3] = [Self::Possible, Self::Probable, Self::Clear];

    /// Its name in files and for people.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Possible => "possible",
            Self::Probable => "probable",
            Self::Clear => "clear",
        }
    }
}

/// What kind of defect it is, with the words of the taxonomy as it was then: the list may change, the
/// session keeps its meaning.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Code {
    /// Such as `TEE-A3`.
    pub code: String,
    /// What is wrong.
    pub name: String,
    /// The same where it is right; empty where the list has no words for it.
    pub strength: String,
}

/// One finding.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// Its identity.
    pub id: FindingId,
    /// The side it was drawn on.
    pub on: Side,
    /// Where, in that side's pixels.
    pub shape: Shape,
    /// Whose it is.
    pub belongs: Belongs,
    /// What it is; `None` until somebody says.
    pub code: Option<Code>,
    /// How bad.
    pub severity: Severity,
    /// How sure.
    pub confidence: Confidence,
    /// Whether it speaks for the side it belongs to.
    pub is_strength: bool,
    /// Anything else.
    pub note: String,
}

impl Finding {
    /// A finding drawn on a side, which it belongs to, with nothing said of it yet.
    #[must_use]
    pub fn drawn(on: Side, shape: Shape, severity: Severity) -> Self {
        Self {
            id: FindingId(0),
            on,
            shape,
            belongs: Belongs::To(on),
            code: None,
            severity,
            confidence: Confidence::default(),
            is_strength: false,
            note: String::new(),
        }
    }

    /// What it says in few words: the taxonomy's name of it, of the strength where it is one, the
    /// note's first line without a code, or `unnamed`.
    #[must_use]
    pub fn words(&self) -> &str {
        let code = self.code.as_ref();
        let of_code = code.map(|code| {
            let is_good = self.is_strength && !code.strength.is_empty();
            if is_good { code.strength.as_str() } else { code.name.as_str() }
        });
        let first_line = self.note.lines().next().map(str::trim).filter(|line| !line.is_empty());
        of_code.or(first_line).unwrap_or("unnamed")
    }

    /// The code, or nothing.
    #[must_use]
    pub fn code_text(&self) -> &str {
        self.code.as_ref().map_or("", |code| code.code.as_str())
    }

    /// The region's part of the code, such as `TEE`; empty without one.
    #[must_use]
    pub fn region(&self) -> &str {
        Taxonomy::region_of(self.code_text())
    }

    /// Its kind of shape.
    #[must_use]
    pub const fn kind(&self) -> ShapeKind {
        self.shape.kind()
    }
}
