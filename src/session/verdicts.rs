//! Verdicts as they are asked for, one after the other.

use super::Session;
use crate::document::{Answer, Criterion, Edit, Tally, Verdict};

impl Session {
    /// All that the recipe asks, and what was answered besides, under another recipe.
    #[must_use]
    pub fn criteria(&self) -> Vec<Criterion> {
        let document = self.document();
        let mut criteria = document.recipe.criteria();
        let others = document.verdicts.iter().map(|verdict| &verdict.criterion);
        let others: Vec<Criterion> =
            others.filter(|criterion| !criteria.contains(criterion)).cloned().collect();
        criteria.extend(others);
        criteria
    }

    /// How often each answer was given.
    #[must_use]
    pub fn tally(&self) -> Tally {
        Tally::of(&self.document().recipe, &self.document().verdicts)
    }

    /// What was answered.
    #[must_use]
    pub fn answer(&self, criterion: &Criterion) -> Option<Answer> {
        self.document().verdict(criterion)?.answer
    }

    /// The criterion that an answer is for now: the one chosen, or the first open one.
    #[must_use]
    pub fn asked(&self) -> Option<Criterion> {
        let criteria = self.criteria();
        let chosen = self.view.asked.as_ref().filter(|chosen| criteria.contains(chosen));
        let open = || criteria.iter().find(|criterion| self.answer(criterion).is_none());
        chosen.or_else(open).cloned()
    }

    /// The criterion after one, or before it; the same at either end.
    #[must_use]
    pub fn criterion_beside(&self, criterion: &Criterion, is_after: bool) -> Option<Criterion> {
        let criteria = self.criteria();
        let idx = criteria.iter().position(|other| other == criterion)?;
        let idx = if is_after { idx + 1 } else { idx.saturating_sub(1) };
        criteria.get(idx.min(criteria.len() - 1)).cloned()
    }

    /// The edit that gives an answer, or takes the same one back; the remark stays.
    #[must_use]
    pub fn answered(&self, criterion: &Criterion, answer: Answer) -> Edit {
        let known = self.document().verdict(criterion);
        let remark = known.map_or_else(String::new, |verdict| verdict.remark.clone());
        let is_same = known.and_then(|verdict| verdict.answer) == Some(answer);
        let answer = (!is_same).then_some(answer);
        Edit::SetVerdict(Verdict { criterion: criterion.clone(), answer, remark })
    }

    /// The edit that remarks upon a criterion; the answer stays.
    #[must_use]
    pub fn remarked(&self, criterion: &Criterion, remark: String) -> Edit {
        let answer = self.answer(criterion);
        Edit::SetVerdict(Verdict { criterion: criterion.clone(), answer, remark })
    }
}
