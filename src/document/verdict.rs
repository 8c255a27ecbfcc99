//! Verdicts: which side is more believable for what, region by region.

use super::{PerSide, Recipe};

/// What is said of both sides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Answer {
    /// A is more believable.
    A,
    /// Neither is.
    Tie,
    /// B is more believable.
    B,
    /// It cannot be seen.
    NotVisible,
}

impl Answer {
    /// All, in the order of the buttons.
    pub const ALL: [Self; 4] = [Self::A, Self::Tie, Self::B, Self::NotVisible];

    /// Its name in files and for people.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::A => "A",
            Self::Tie => "tie",
            Self::B => "B",
            Self::NotVisible => "not visible",
        }
    }
}

/// What is asked of a region.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Criterion {
    /// The region's code, such as `TEE`.
    pub region: String,
    /// A question of the recipe, or one of its axes.
    pub text: String,
}

/// A criterion that was answered, or remarked upon.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// What was asked.
    pub criterion: Criterion,
    /// What was answered.
    pub answer: Option<Answer>,
    /// Anything else.
    pub remark: String,
}

/// How often each answer was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Tally {
    /// For A and for B.
    pub sides: PerSide<usize>,
    /// For neither.
    pub ties: usize,
    /// Could not be seen.
    pub not_visible: usize,
    /// Not answered yet.
    pub open: usize,
}

impl Tally {
    /// The count over the criteria of a recipe, and over those answered that it does not ask.
    #[must_use]
    pub fn of(recipe: &Recipe, verdicts: &[Verdict]) -> Self {
        let mut tally = Self::default();
        for verdict in verdicts {
            match verdict.answer {
                Some(Answer::A) => tally.sides.a += 1,
                Some(Answer::B) => tally.sides.b += 1,
                Some(Answer::Tie) => tally.ties += 1,
                Some(Answer::NotVisible) => tally.not_visible += 1,
                None => (),
            }
        }
        let is_answered = |criterion: &Criterion| {
            let mut all = verdicts.iter().filter(|verdict| verdict.answer.is_some());
            all.any(|verdict| verdict.criterion == *criterion)
        };
        tally.open = recipe.criteria().iter().filter(|c| !is_answered(c)).count();
        tally
    }

    /// `B in 5, A in 1, tie in 2, not visible in 1, 11 open`, the side named more often first. Words
    /// and counts, never one number.
    #[must_use]
    pub fn words(&self) -> String {
        let mut parts = [("A", self.sides.a), ("B", self.sides.b)];
        if self.sides.b > self.sides.a {
            parts.reverse();
        }
        let rest = [("tie", self.ties), ("not visible", self.not_visible)];
        let mut words: Vec<String> = parts
            .into_iter()
            .chain(rest)
            .filter(|(_, n)| *n > 0)
            .map(|(name, n)| format!("{name} in {n}"))
            .collect();
        if self.open > 0 {
            words.push(format!("{} open", self.open));
        }
        if words.is_empty() { "nothing asked".to_owned() } else { words.join(", ") }
    }
}
