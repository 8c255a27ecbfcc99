//! Undo by whole snapshots: the document holds no pixels, so a snapshot costs a few kilobytes.

use std::{collections::VecDeque, sync::Arc};

use super::{Document, Edit, EditError};

/// One pointer gesture, from button-down to button-up. Its edits undo as one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GestureId(pub u64);

struct Step {
    label: &'static str,
    gesture: Option<GestureId>,
    before: Arc<Document>,
    future_before: Vec<(&'static str, Arc<Document>)>,
}

/// The document and the way back and forth.
#[derive(Default)]
pub struct History {
    present: Arc<Document>,
    past: VecDeque<Step>,
    future: Vec<(&'static str, Arc<Document>)>,
    revision: u64,
}

impl History {
    /// How many steps are kept; older ones are forgotten.
    pub const MAX_STEPS: usize = 200;

    /// A history that begins with `document`.
    #[must_use]
    pub fn new(document: Document) -> Self {
        Self { present: Arc::new(document), ..Self::default() }
    }

    /// The document as it stands. Cloning the `Arc` is a free snapshot for a worker.
    #[must_use]
    pub fn document(&self) -> &Arc<Document> {
        &self.present
    }

    /// Grows with every change, undo and redo included; caches compare it.
    #[must_use]
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// The name of the step that undo takes back; `None` when there is none.
    #[must_use]
    pub fn undo_label(&self) -> Option<&'static str> {
        self.past.back().map(|step| step.label)
    }

    /// The name of the step that redo makes again; `None` when there is none.
    #[must_use]
    pub fn redo_label(&self) -> Option<&'static str> {
        self.future.last().map(|(label, _)| *label)
    }

    /// Applies `edit` as one undo step, or as part of the step of the same gesture. An edit that
    /// changes nothing makes no step.
    ///
    /// # Errors
    /// When the document refuses the edit; nothing has changed then.
    pub fn edit(&mut self, edit: Edit, gesture: Option<GestureId>) -> Result<(), EditError> {
        let label = edit.label();
        let mut next = Document::clone(&self.present);
        edit.apply(&mut next)?;
        if next == *self.present {
            return Ok(());
        }
        let before = std::mem::replace(&mut self.present, Arc::new(next));
        let is_same_gesture =
            gesture.is_some() && self.past.back().is_some_and(|step| step.gesture == gesture);
        let is_back_at_start =
            is_same_gesture && self.past.back().is_some_and(|step| step.before == self.present);
        if is_back_at_start && let Some(step) = self.past.pop_back() {
            // A gesture that ends where it began is no step.
            self.future = step.future_before;
        } else if !is_same_gesture {
            let future_before = std::mem::take(&mut self.future);
            self.past.push_back(Step { label, gesture, before, future_before });
            if self.past.len() > Self::MAX_STEPS {
                self.past.pop_front();
            }
        }
        self.revision += 1;
        Ok(())
    }

    /// Applies `edit` to the document as it stands without making a step: for what the world has
    /// changed, not the user. What can be undone and redone stays.
    ///
    /// # Errors
    /// When the document refuses the edit; nothing has changed then.
    pub fn amend(&mut self, edit: Edit) -> Result<(), EditError> {
        let mut next = Document::clone(&self.present);
        edit.apply(&mut next)?;
        self.present = Arc::new(next);
        self.revision += 1;
        Ok(())
    }

    /// Goes on with another document from which no step leads back, and none forth: what was done
    /// before is not taken back any more.
    pub fn go_on_with(&mut self, document: Document) {
        self.present = Arc::new(document);
        self.past.clear();
        self.future.clear();
        self.revision += 1;
    }

    /// Takes back a gesture in progress as if it had never begun; what could be redone before it
    /// can be redone again.
    pub fn cancel(&mut self, gesture: GestureId) {
        if self.past.back().is_some_and(|step| step.gesture == Some(gesture))
            && let Some(step) = self.past.pop_back()
        {
            self.present = step.before;
            self.future = step.future_before;
            self.revision += 1;
        }
    }

    /// One step back, if there is one.
    pub fn undo(&mut self) {
        let Some(step) = self.past.pop_back() else { return };
        self.future.push((step.label, std::mem::replace(&mut self.present, step.before)));
        self.revision += 1;
    }

    /// One step forward, if there is one.
    pub fn redo(&mut self) {
        let Some((label, next)) = self.future.pop() else { return };
        let before = std::mem::replace(&mut self.present, next);
        self.past.push_back(Step { label, gesture: None, before, future_before: Vec::new() });
        self.revision += 1;
    }
}
