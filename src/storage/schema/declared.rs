//! What is declared of a comparison, in files.

use serde::{Deserialize, Serialize};

use super::Sides;
use crate::document::{Declared, Run};

#[derive(Serialize, Deserialize)]
pub(super) struct DeclaredV1 {
    runs: Sides<RunV1>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    axis: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    slots: Vec<(String, String)>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    swaps: Vec<(String, String)>,
}

#[derive(Serialize, Deserialize)]
struct RunV1 {
    #[serde(default, skip_serializing_if = "String::is_empty")]
    model: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    prompt: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    seed: String,
}

impl DeclaredV1 {
    /// `None` where nothing is declared.
    pub(super) fn of(declared: &Declared) -> Option<Self> {
        let Declared { runs, axis, slots, swaps } = declared.clone();
        let run = |Run { model, prompt, seed }| RunV1 { model, prompt, seed };
        let is_empty = *declared == Declared::default();
        (!is_empty).then(|| Self { runs: runs.map(run).into(), axis, slots, swaps })
    }

    pub(super) fn into_declared(self) -> Declared {
        let run = |RunV1 { model, prompt, seed }| Run { model, prompt, seed };
        let runs = crate::document::PerSide::from(self.runs).map(run);
        Declared { runs, axis: self.axis, slots: self.slots, swaps: self.swaps }
    }
}
