//! Judging blind: which side is which is sealed by a seed until it is revealed.
//!
//! While a document is blind its sides may stand exchanged, as the seed says, with everything that
//! belongs to a side. A and B are then only what is shown at the left and at the right, so that all
//! else goes on as it is. What was found and answered before is put aside, since it would tell.

use std::borrow::Cow;

use sha2::{Digest as _, Sha256};

use super::{
    Answer, Belongs, Brand, CardStyle, CardWords, Document, Finding, FindingId, FooterFields,
    PerSide, Registration, Side, Verdict,
};
use crate::geometry::{Kernel, Model};

/// What decides whether the sides stand exchanged, and tells nothing to who merely reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seed(String);

/// How files of blind cards are called.
const BLIND_PATTERN: &str = "blind card {preset}";

/// Hexadecimal digits of a seed.
const N_DIGITS: usize = 32;

impl Seed {
    /// The seed of these 32 lower-case hexadecimal digits; `None` for any other text.
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        let is_digit = |c: u8| c.is_ascii_digit() || (b'a'..=b'f').contains(&c);
        let is_sound = text.len() == N_DIGITS && text.bytes().all(is_digit);
        is_sound.then(|| Self(text.to_owned()))
    }

    /// The seed of 128 bits that nobody knew before.
    #[must_use]
    pub fn of_bits(bits: u128) -> Self {
        Self(format!("{bits:032x}"))
    }

    /// Its digits.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.0
    }

    /// Whether the sides stand exchanged: the first bit of the SHA-256 of its digits.
    #[must_use]
    pub fn exchanges(&self) -> bool {
        Sha256::digest(self.0.as_bytes()).first().is_some_and(|byte| byte & 0x80 != 0)
    }
}

/// What was found and answered.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Judgement {
    /// In the order of their numbers.
    pub findings: Vec<Finding>,
    /// At most one a criterion.
    pub verdicts: Vec<Verdict>,
    /// Those of the findings that cards leave out.
    pub left_out: Vec<FindingId>,
}

/// What a blind document keeps until it is revealed.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Blind {
    /// What the sides are shuffled by; without one they stay as they are, as on the blind card of a
    /// session that is not judged blind.
    pub seed: Option<Seed>,
    /// What was found and answered before, on the true sides.
    pub aside: Judgement,
}

impl Registration {
    /// Whether size and place tell neither side: both are aligned by the model asked for, and that makes
    /// up for faces of unequal size.
    #[must_use]
    pub fn is_even(&self, requested: Model) -> bool {
        self.is_linked(requested) && self.fault.is_none() && self.evens(requested)
    }

    /// Whether both faces have one size under this model.
    #[must_use]
    pub fn evens(&self, model: Model) -> bool {
        let scales = matches!(model, Model::Similarity | Model::Affine | Model::ThinPlateSpline);
        scales || self.is_same_size
    }
}

impl Blind {
    /// Whether the sides stand exchanged.
    #[must_use]
    pub fn exchanges(&self) -> bool {
        self.seed.as_ref().is_some_and(Seed::exchanges)
    }
}

/// That it was said which side is which.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reveal {
    /// What the sides were shuffled by.
    pub seed: Seed,
    /// When, in seconds since 1970-01-01 UTC, as whoever revealed it says.
    pub at: u64,
    /// Whether A was shown as B and B as A.
    pub was_exchanged: bool,
    /// What was answered until then, on the true sides.
    pub answers: Vec<Verdict>,
}

impl Reveal {
    /// `2026-11-27 22:47 UTC`.
    #[must_use]
    pub fn time_words(&self) -> String {
        let (days, seconds) = (self.at / 86_400, self.at % 86_400);
        let (year, month, day) = civil_day(days);
        format!("{year}-{month:02}-{day:02} {:02}:{:02} UTC", seconds / 3600, seconds % 3600 / 60)
    }
}

/// Year, month and day of the `days`th day after 1970-01-01, by eras of 400 years that begin in March
/// (Hinnant 2013, "chrono-compatible low-level date algorithms").
fn civil_day(days: u64) -> (u64, u64, u64) {
    const DAYS_TO_1970: u64 = 719_468;
    const DAYS_AN_ERA: u64 = 146_097;
    let days = days.saturating_add(DAYS_TO_1970);
    let (era, day_of_era) = (days / DAYS_AN_ERA, days % DAYS_AN_ERA);
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    let year = year_of_era + era * 400 + u64::from(month <= 2);
    (year, month, day)
}

impl Answer {
    /// The same of sides that are exchanged.
    #[must_use]
    pub const fn exchanged(self) -> Self {
        match self {
            Self::A => Self::B,
            Self::B => Self::A,
            Self::Tie | Self::NotVisible => self,
        }
    }
}

impl Belongs {
    /// The same of sides that are exchanged.
    #[must_use]
    pub const fn exchanged(self) -> Self {
        match self {
            Self::To(side) => Self::To(side.other()),
            Self::Both => self,
        }
    }
}

impl Document {
    /// Whether which side is which is hidden.
    #[must_use]
    pub const fn is_blind(&self) -> bool {
        self.blind.is_some()
    }

    /// Each side's in place of the other's; twice is as before. Shapes and marks stay in the pixels
    /// they were made in, which are the other letter's then; loupes stay at their place on the face,
    /// or at their share of what both sides cover.
    fn exchanged(mut self) -> Self {
        self.sources = self.sources.exchanged();
        self.labels = self.labels.exchanged();
        self.kinds = self.kinds.exchanged();
        self.declared.runs = self.declared.runs.exchanged();
        for landmark in &mut self.landmarks {
            landmark.at = landmark.at.exchanged();
        }
        for finding in &mut self.findings {
            finding.on = finding.on.other();
            finding.belongs = finding.belongs.exchanged();
        }
        for verdict in &mut self.verdicts {
            verdict.answer = verdict.answer.map(Answer::exchanged);
        }
        self
    }

    /// The document, which stands in its true order, as it is shown while `blind`.
    #[must_use]
    pub fn sealed(self, blind: Blind) -> Self {
        let shown = if blind.exchanges() { self.exchanged() } else { self };
        Self { blind: Some(blind), ..shown }
    }

    /// The document in its true order and what it is blind by; the inverse of [`Document::sealed`].
    #[must_use]
    pub fn unsealed(mut self) -> (Self, Option<Blind>) {
        let blind = self.blind.take();
        let is_exchanged = blind.as_ref().is_some_and(Blind::exchanges);
        (if is_exchanged { self.exchanged() } else { self }, blind)
    }

    /// The document as it is judged blind from now on: with nothing found or answered yet.
    #[must_use]
    pub fn judged_blind(mut self, seed: Seed) -> Self {
        let aside = Judgement {
            findings: std::mem::take(&mut self.findings),
            verdicts: std::mem::take(&mut self.verdicts),
            left_out: std::mem::take(&mut self.card.left_out.findings),
        };
        self.sealed(Blind { seed: Some(seed), aside })
    }

    /// The document in its true order, with all that was found and answered: where a criterion was
    /// answered before and blind, the blind answer counts.
    #[must_use]
    pub fn in_true_order(self) -> Self {
        let (mut document, blind) = self.unsealed();
        let Judgement { findings, verdicts, left_out } = blind.unwrap_or_default().aside;
        if !findings.is_empty() {
            document.put_before(findings, &left_out);
        }
        for before in verdicts {
            if document.verdict(&before.criterion).is_none() {
                document.verdicts.push(before);
            }
        }
        document
    }

    /// Puts earlier findings before those there are, all numbered anew; cards leave out what they did.
    fn put_before(&mut self, earlier: Vec<Finding>, earlier_left_out: &[FindingId]) {
        let left_out = std::mem::take(&mut self.card.left_out.findings);
        let earlier = earlier.into_iter().map(|of| (earlier_left_out.contains(&of.id), of));
        let later = std::mem::take(&mut self.findings).into_iter();
        let later = later.map(|of| (left_out.contains(&of.id), of));
        for (id, (is_left_out, of)) in (0..).zip(earlier.chain(later)) {
            let id = FindingId(id);
            self.card.left_out.findings.extend(is_left_out.then_some(id));
            self.findings.push(Finding { id, ..of });
        }
    }

    /// The document as cards have it: while blind without what its author wrote and chose for them that
    /// may tell the sides.
    #[must_use]
    pub fn on_card(&self) -> Cow<'_, Self> {
        if !self.is_blind() {
            return Cow::Borrowed(self);
        }
        let mut shown = self.clone();
        shown.kinds = PerSide::default();
        let program = self.card.footer.program;
        // Pixels as blocks would tell how large each side's are.
        let kernel = match self.card.kernel {
            Kernel::Nearest => CardStyle::default().kernel,
            smooth => smooth,
        };
        shown.card = CardStyle {
            kernel,
            words: CardWords::default(),
            brand: Brand::default(),
            footer: FooterFields { kinds: false, axis: false, hashes: false, program },
            file_pattern: BLIND_PATTERN.to_owned(),
            ..shown.card
        };
        Cow::Owned(shown)
    }

    /// The document in its true order, which was revealed at this time; see [`Reveal::at`].
    #[must_use]
    pub fn revealed(self, at: u64) -> Self {
        let seed = self.blind.as_ref().and_then(|blind| blind.seed.clone());
        let Some(seed) = seed else { return self.in_true_order() };
        let was_exchanged = seed.exchanges();
        let mut answers = self.verdicts.clone();
        if was_exchanged {
            for verdict in &mut answers {
                verdict.answer = verdict.answer.map(Answer::exchanged);
            }
        }
        let mut document = self.in_true_order();
        document.reveals.push(Reveal { seed, at, was_exchanged, answers });
        document
    }

    /// The reveal that ended the blindness in which this was answered; `None` for what was not
    /// answered blind, or otherwise since.
    #[must_use]
    pub fn answered_blind(&self, verdict: &Verdict) -> Option<&Reveal> {
        let is_it = |of: &Verdict| {
            of.criterion == verdict.criterion && of.answer == verdict.answer && of.answer.is_some()
        };
        self.reveals.iter().rev().find(|reveal| reveal.answers.iter().any(is_it))
    }

    /// The text without what tells a side, while it is hidden: labels, paths and names of the
    /// pictures' files, hashes. Names of one or two characters stay, for any word may hold them.
    #[must_use]
    pub fn without_names(&self, text: &str) -> String {
        if !self.is_blind() {
            return text.to_owned();
        }
        let mut names: Vec<String> = Vec::new();
        for side in Side::BOTH {
            names.push(self.labels[side].trim().to_owned());
            let Some(source) = &self.sources[side] else { continue };
            let stem = source.path.file_stem().map(|stem| stem.to_string_lossy().into_owned());
            names.extend([source.path.display().to_string(), source.file_name()]);
            names.extend(stem);
            names.extend([source.sha256.clone()]);
            names.extend(source.sha256.get(..8).map(str::to_owned));
        }
        names.retain(|name| name.chars().count() > 2);
        // A path before the name in it.
        names.sort_by_key(|name| std::cmp::Reverse(name.len()));
        names.iter().fold(text.to_owned(), |text, name| text.replace(name, "…"))
    }
}
