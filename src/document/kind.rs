//! What kind of picture a side is, as its author says.

use super::{PerSide, Side};

/// What kind of picture a side is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Made by an image model.
    Render,
    /// Taken by a camera.
    Photograph,
    /// A photograph that was changed afterwards.
    Retouched,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Self; 3] = [Self::Render, Self::Photograph, Self::Retouched];

    /// Its name in files and for people.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Render => "AI-generated render",
            Self::Photograph => "photograph",
            Self::Retouched => "retouched photograph",
        }
    }

    /// The IPTC digital source type of a picture of this kind, the last part of its identifier.
    #[must_use]
    pub const fn source_type(self) -> &'static str {
        match self {
            Self::Render => "trainedAlgorithmicMedia",
            Self::Photograph => "digitalCapture",
            Self::Retouched => "humanEdits",
        }
    }

    /// The kind of this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// What the sides are, in one line: `AI-generated renders`, `A photograph · B retouched photograph`;
/// `None` while nothing is said of either.
#[must_use]
pub fn kinds_words(kinds: PerSide<Option<Kind>>) -> Option<String> {
    if let (Some(a), Some(b)) = (kinds.a, kinds.b)
        && a == b
    {
        let name = a.name();
        return Some(format!("{}{}s", name[..1].to_uppercase(), &name[1..]));
    }
    let said = |side: Side| kinds[side].map(|kind| format!("{side} {}", kind.name()));
    let words: Vec<String> = Side::BOTH.into_iter().filter_map(said).collect();
    (!words.is_empty()).then(|| words.join(" · "))
}

/// The IPTC digital source type of a card of both sides, the last part of its identifier: a composite
/// with something generated in it, or of captures alone; `None` while either side's kind is unknown.
#[must_use]
pub fn digital_source_type(kinds: PerSide<Option<Kind>>) -> Option<&'static str> {
    let kinds = kinds.both()?;
    let has_render = kinds.iter().any(|(_, kind)| *kind == Kind::Render);
    Some(if has_render { "compositeSynthetic" } else { "compositeCapture" })
}
