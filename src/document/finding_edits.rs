//! What edits do to findings.

use super::{Document, EditError, Finding, FindingId, order::put_before};

/// A change of the findings, as data.
#[derive(Clone, Debug, PartialEq)]
pub enum FindingEdit {
    /// Add findings after another one, or at the end. Their identities are given anew.
    Add(Vec<Finding>, Option<FindingId>),
    /// Put these in place of those of the same identity.
    Change(Vec<Finding>),
    /// Forget these.
    Remove(Vec<FindingId>),
    /// Put one elsewhere in the order: before another one, or at the end.
    Move {
        /// Which.
        id: FindingId,
        /// The one it comes before.
        before: Option<FindingId>,
    },
}

impl FindingEdit {
    /// The undo menu's words.
    #[must_use]
    pub const fn label(&self) -> &'static str {
        match self {
            Self::Add(..) => "add finding",
            Self::Change(_) => "change finding",
            Self::Remove(_) => "remove finding",
            Self::Move { .. } => "reorder findings",
        }
    }

    pub(super) fn apply(self, document: &mut Document) -> Result<(), EditError> {
        match self {
            Self::Add(findings, after) => add(document, findings, after),
            Self::Change(findings) => {
                for finding in findings {
                    check(&finding)?;
                    let idx = place_of(document, finding.id)?;
                    document.findings[idx] = finding;
                }
                Ok(())
            }
            Self::Remove(ids) => {
                for id in &ids {
                    place_of(document, *id)?;
                }
                document.findings.retain(|finding| !ids.contains(&finding.id));
                Ok(())
            }
            Self::Move { id, before } => {
                put_before(&mut document.findings, |finding| finding.id, id, before)
                    .ok_or(EditError::NoSuchFinding)
            }
        }
    }
}

fn check(finding: &Finding) -> Result<(), EditError> {
    if finding.shape.is_sound() { Ok(()) } else { Err(EditError::Unsound("the finding's shape")) }
}

fn add(
    document: &mut Document,
    findings: Vec<Finding>,
    after: Option<FindingId>,
) -> Result<(), EditError> {
    let mut idx = match after {
        Some(after) => place_of(document, after)? + 1,
        None => document.findings.len(),
    };
    let mut next = document.findings.iter().map(|finding| finding.id.0 + 1).max().unwrap_or(0);
    for finding in findings {
        check(&finding)?;
        document.findings.insert(idx, Finding { id: FindingId(next), ..finding });
        (idx, next) = (idx + 1, next + 1);
    }
    Ok(())
}

fn place_of(document: &Document, id: FindingId) -> Result<usize, EditError> {
    let found = document.findings.iter().position(|finding| finding.id == id);
    found.ok_or(EditError::NoSuchFinding)
}
