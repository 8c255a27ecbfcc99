//! How the card looks and what stands on it.

use super::{Crop, Document, FindingId, LoupeId, PerSide, Preset, Source};
use crate::geometry::{Kernel, Look};

/// What a card is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Layout {
    /// Two panels, labels and the footer.
    Diptych,
    /// The same, with the loupe pairs below or beside the panels.
    DiptychLoupes,
    /// Loupe pairs alone: regions and sides as rows and columns.
    LoupeGrid,
    /// Panels with numbered findings and a legend.
    Callouts,
    /// Panels and the verdicts.
    Scorecard,
    /// Several pictures: an overview and one for each region.
    Carousel,
    /// Two pictures, one a side.
    XPair,
}

impl Layout {
    /// All layouts.
    pub const ALL: [Self; 7] = [
        Self::DiptychLoupes,
        Self::Diptych,
        Self::LoupeGrid,
        Self::Callouts,
        Self::Scorecard,
        Self::Carousel,
        Self::XPair,
    ];

    /// The name in files and on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Diptych => "diptych",
            Self::DiptychLoupes => "diptych-loupes",
            Self::LoupeGrid => "loupe-grid",
            Self::Callouts => "callouts",
            Self::Scorecard => "scorecard",
            Self::Carousel => "carousel",
            Self::XPair => "x-pair",
        }
    }

    /// What it is, for people.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Diptych => "Panels alone",
            Self::DiptychLoupes => "Panels and loupes",
            Self::LoupeGrid => "Loupes alone",
            Self::Callouts => "Panels and findings",
            Self::Scorecard => "Panels and verdicts",
            Self::Carousel => "Carousel: one picture a region",
            Self::XPair => "One picture a side",
        }
    }

    /// The layout of this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|layout| layout.name() == name)
    }

    /// Whether loupes stand on it.
    #[must_use]
    pub const fn has_loupes(self) -> bool {
        matches!(self, Self::DiptychLoupes | Self::LoupeGrid | Self::Carousel)
    }

    /// Whether panels stand on it, at least on one of its pictures.
    #[must_use]
    pub const fn has_panels(self) -> bool {
        !matches!(self, Self::LoupeGrid)
    }

    /// Whether findings stand on it.
    #[must_use]
    pub const fn has_findings(self) -> bool {
        matches!(self, Self::Callouts | Self::Carousel)
    }
}

/// The colours of ground and text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum Theme {
    /// Light on near-black.
    #[default]
    Dark,
    /// Dark on near-white.
    Light,
    /// Dark on a warm paper white.
    Paper,
}

impl Theme {
    /// All themes.
    pub const ALL: [Self; 3] = [Self::Dark, Self::Light, Self::Paper];

    /// Its name in files and on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Dark => "dark",
            Self::Light => "light",
            Self::Paper => "paper",
        }
    }

    /// The theme of this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|theme| theme.name() == name)
    }
}

/// A corner of the card.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum Corner {
    /// Above everything, at the left.
    TopLeft,
    /// Above everything, at the right.
    TopRight,
    /// Beside the footer, at the left.
    BottomLeft,
    /// Beside the footer, at the right.
    #[default]
    BottomRight,
}

impl Corner {
    /// All corners.
    pub const ALL: [Self; 4] = [Self::TopLeft, Self::TopRight, Self::BottomLeft, Self::BottomRight];

    /// Its name in files and for people.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::TopLeft => "top left",
            Self::TopRight => "top right",
            Self::BottomLeft => "bottom left",
            Self::BottomRight => "bottom right",
        }
    }

    /// The corner of this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|corner| corner.name() == name)
    }

    /// Whether it is one of the upper two.
    #[must_use]
    pub const fn is_top(self) -> bool {
        matches!(self, Self::TopLeft | Self::TopRight)
    }

    /// Whether it is one of the two at the left.
    #[must_use]
    pub const fn is_left(self) -> bool {
        matches!(self, Self::TopLeft | Self::BottomLeft)
    }
}

/// The author's own mark: a picture, else a text; nothing where both are empty.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Brand {
    /// A short text.
    pub text: String,
    /// A picture in place of the text.
    pub picture: Option<Source>,
    /// Where it stands.
    pub corner: Corner,
}

/// What a card says besides what its pictures are.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct CardWords {
    /// Above everything; nothing where it is empty.
    pub title: String,
    /// Under the title.
    pub subtitle: String,
    /// Above the footer.
    pub remark: String,
    /// What those are told who cannot see it; drafted where it is `None`.
    pub alt_text: Option<String>,
}

/// What the footer says; how the pictures were made is always said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "switches that have nothing to do with each other"
)]
pub struct FooterFields {
    /// What kind of picture each side is.
    pub kinds: bool,
    /// What the comparison is about, as declared.
    pub axis: bool,
    /// The first digits of each source's hash.
    pub hashes: bool,
    /// The program's name.
    pub program: bool,
}

impl Default for FooterFields {
    fn default() -> Self {
        Self { kinds: true, axis: false, hashes: true, program: true }
    }
}

/// What is left out of cards, though the layout has room for it.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct LeftOut {
    /// Loupes.
    pub loupes: Vec<LoupeId>,
    /// Findings.
    pub findings: Vec<FindingId>,
}

/// The choices an author makes for a card.
#[derive(Clone, Debug, PartialEq)]
pub struct CardStyle {
    /// Its size.
    pub preset: Preset,
    /// Its parts.
    pub layout: Layout,
    /// The kernel of every picture on it, the same for both sides.
    pub kernel: Kernel,
    /// How every picture on it looks; what is not plain is printed on it.
    pub look: Look,
    /// Ground and text.
    pub theme: Theme,
    /// The sides' colours as sRGB codes, where they are not the usual ones.
    pub accents: Option<PerSide<[u8; 3]>>,
    /// What panels show; the recipe's crop where it is `None`.
    pub crop: Option<Crop>,
    /// Title and the like.
    pub words: CardWords,
    /// The author's mark.
    pub brand: Brand,
    /// What the footer says.
    pub footer: FooterFields,
    /// What does not appear.
    pub left_out: LeftOut,
    /// How files are called that are written together; see [`CardStyle::file_stem`].
    pub file_pattern: String,
}

impl Default for CardStyle {
    fn default() -> Self {
        Self {
            preset: Preset::default(),
            layout: Layout::DiptychLoupes,
            kernel: Kernel::Lanczos3,
            look: Look::default(),
            theme: Theme::default(),
            accents: None,
            crop: None,
            words: CardWords::default(),
            brand: Brand::default(),
            footer: FooterFields::default(),
            left_out: LeftOut::default(),
            file_pattern: Self::FILE_PATTERN.to_owned(),
        }
    }
}

impl CardStyle {
    /// How files are called unless the author says otherwise.
    pub const FILE_PATTERN: &str = "{a} vs {b} {preset}";

    /// The name of the file, without its ending, that the pattern gives: `{a}` and `{b}` are the labels,
    /// `{preset}`, `{layout}` and `{theme}` are what they say. What no file name may hold becomes `-`.
    #[must_use]
    pub fn file_stem(&self, document: &Document) -> String {
        let name = self
            .file_pattern
            .replace("{preset}", &self.preset.name)
            .replace("{layout}", self.layout.name())
            .replace("{theme}", self.theme.name())
            .replace("{a}", &document.label_or_stem(super::Side::A))
            .replace("{b}", &document.label_or_stem(super::Side::B));
        let is_bad = |c: char| c.is_control() || "/\\:*?\"<>|".contains(c);
        let name: String = name.chars().map(|c| if is_bad(c) { '-' } else { c }).collect();
        let name = name.trim_matches(|c: char| c.is_whitespace() || c == '.');
        if name.is_empty() { "card".to_owned() } else { name.chars().take(120).collect() }
    }

    /// What makes it unusable, if anything does.
    pub(super) fn violation(&self) -> Option<String> {
        let is_cropped_badly = self.crop.is_some_and(|crop| !crop.is_sound());
        let crop = is_cropped_badly.then(|| "the card's crop holds an unusable number".to_owned());
        self.preset.violation().or(crop)
    }

    /// Forgets what is left out and no longer exists, lest something new is taken for it.
    pub(super) fn prune(
        &mut self,
        has_loupe: impl Fn(LoupeId) -> bool,
        has_finding: impl Fn(FindingId) -> bool,
    ) {
        self.left_out.loupes.retain(|id| has_loupe(*id));
        self.left_out.findings.retain(|id| has_finding(*id));
    }
}
