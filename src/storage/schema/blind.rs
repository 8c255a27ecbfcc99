//! Blind judging, in files. All else in the file stands in its true order, so that the file does not
//! tell by its order what is shown at which side.

use serde::{Deserialize, Serialize};

use super::finding::{FindingV1, VerdictV1};
use crate::document::{Blind, FindingId, Judgement, Reveal, Seed, Verdict};

/// The seed, and what was found and answered before.
#[derive(Serialize, Deserialize)]
pub(super) struct BlindV1 {
    seed: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    findings: Vec<FindingV1>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    verdicts: Vec<VerdictV1>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    findings_left_out: Vec<u32>,
}

/// One that is over.
#[derive(Serialize, Deserialize)]
pub(super) struct RevealV1 {
    seed: String,
    /// Seconds since 1970-01-01 UTC.
    at: u64,
    exchanged: bool,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    answers: Vec<VerdictV1>,
}

fn read_seed(text: &str) -> Result<Seed, String> {
    Seed::new(text).ok_or_else(|| {
        "the seed of blind judging is not 32 lower-case hexadecimal digits".to_owned()
    })
}

fn read_verdicts(verdicts: Vec<VerdictV1>) -> Result<Vec<Verdict>, String> {
    verdicts.into_iter().map(VerdictV1::into_verdict).collect()
}

impl BlindV1 {
    /// `None` where nothing is shuffled.
    pub(super) fn of(blind: &Blind) -> Option<Self> {
        let Blind { seed, aside } = blind;
        let places = (0..).zip(&aside.findings);
        let left_out = places.filter(|(_, of)| aside.left_out.contains(&of.id));
        let findings_left_out = left_out.map(|(place, _)| place).collect();
        Some(Self {
            seed: seed.as_ref()?.text().to_owned(),
            findings: aside.findings.iter().map(FindingV1::of).collect(),
            verdicts: aside.verdicts.iter().map(VerdictV1::of).collect(),
            findings_left_out,
        })
    }

    /// What it says; `Err` names a value that is not known.
    pub(super) fn into_blind(self) -> Result<Blind, String> {
        let findings = (0..).zip(self.findings);
        let findings = findings.map(|(id, finding)| finding.into_finding(FindingId(id)));
        let findings = findings.collect::<Result<_, _>>()?;
        let verdicts = read_verdicts(self.verdicts)?;
        let seed = Some(read_seed(&self.seed)?);
        let left_out = self.findings_left_out.into_iter().map(FindingId).collect();
        Ok(Blind { seed, aside: Judgement { findings, verdicts, left_out } })
    }
}

impl RevealV1 {
    pub(super) fn of(reveal: &Reveal) -> Self {
        let Reveal { seed, at, was_exchanged, answers } = reveal;
        let answers = answers.iter().map(VerdictV1::of).collect();
        Self { seed: seed.text().to_owned(), at: *at, exchanged: *was_exchanged, answers }
    }

    /// What it says; `Err` names a value that is not known.
    pub(super) fn into_reveal(self) -> Result<Reveal, String> {
        let (seed, answers) = (read_seed(&self.seed)?, read_verdicts(self.answers)?);
        Ok(Reveal { seed, at: self.at, was_exchanged: self.exchanged, answers })
    }
}
