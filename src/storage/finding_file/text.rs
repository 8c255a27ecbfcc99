//! What the formats share: words and numbers.

use crate::document::Finding;

/// What a finding is called where a name is needed and nobody has given it a code.
pub(super) const UNNAMED: &str = "unnamed";

/// The finding's code, or [`UNNAMED`].
pub(super) fn label(finding: &Finding) -> &str {
    match finding.code_text() {
        "" => UNNAMED,
        code => code,
    }
}

/// The words of the finding's code, of its strength where it is one; empty without a code.
pub(super) fn name(finding: &Finding) -> &str {
    if finding.code.is_some() { finding.words() } else { "" }
}

/// Whether it is a defect or a strength.
pub(super) const fn kind(finding: &Finding) -> &'static str {
    if finding.is_strength { "strength" } else { "defect" }
}

/// The shortest text that reads back as `value`.
pub(super) fn shortest(value: f64) -> String {
    // Zero has no sign here.
    (value + 0.0).to_string()
}
