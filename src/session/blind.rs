//! Judging blind: entering it, ending it, and what cannot be done meanwhile.

use super::{
    Derived, Session,
    camera::{MAGNIFICATIONS, fit},
    command::Command,
    job::Job,
    notice::Severity,
    update::is_writing,
    view_command::Step,
};
use crate::{
    document::{Document, Edit, Reveal, Seed, Side},
    geometry::{ImagePoint, Model},
};

/// What a session is called while its name is hidden.
pub(super) const BLIND_NAME: &str = "Blind comparison";
/// Why a side is not seen, whichever it is.
pub(super) const BLIND_FAULT: &str = "A picture of this blind comparison cannot be read: put its file \
                                      back and open the session again (diptych check says which)";
/// Why something is not done.
const WOULD_TELL: &str =
    "Not while judging blind: it would tell which side is which, or change it; reveal first";

impl Session {
    /// Whether which side is which is hidden.
    #[must_use]
    pub fn is_blind(&self) -> bool {
        self.document().is_blind()
    }

    /// Whether the pair can be judged blind.
    ///
    /// # Errors
    /// One sentence: why it cannot, and what to do.
    pub fn can_judge_blind(&self) -> Result<(), &'static str> {
        let has_both = Side::BOTH.iter().all(|side| self.loaded(*side).is_some());
        if self.is_blind() {
            return Err("It is judged blind already");
        }
        if !has_both || !self.is_linked() || self.registration().fault.is_some() {
            return Err(
                "Judging blind needs both pictures, aligned: mark landmarks first, or size \
                        and place would tell the sides",
            );
        }
        if !self.registration().evens(self.document().model) {
            return Err("Judging blind needs faces of one size: choose the similarity or a model \
                        that bends in the Align step");
        }
        Ok(())
    }

    /// Whether a model may be chosen now: while blind not one that shows the faces unequal.
    #[must_use]
    pub fn may_choose(&self, model: Model) -> bool {
        !self.is_blind() || self.registration().evens(model)
    }

    /// Why a command is not carried out, if it is not.
    pub(super) fn refusal(&self, command: &Command) -> Option<&'static str> {
        match command {
            Command::JudgeBlind(_) => self.can_judge_blind().err(),
            Command::Reveal(_) if !self.is_blind() => {
                Some("Nothing is hidden that could be revealed")
            }
            _ if !self.is_blind() => None,
            Command::Edit(Edit::SetModel(model), _) if !self.may_choose(*model) => Some(WOULD_TELL),
            Command::Edit(
                Edit::SetSource { .. }
                | Edit::SetLabel { .. }
                | Edit::SetKind(..)
                | Edit::Declare(_)
                | Edit::MatchResolution(_),
                _,
            )
            | Command::OpenPicture(..)
            | Command::PastePicture(..)
            | Command::ImportLandmarks(..)
            | Command::ExportLandmarks(_)
            | Command::ImportFindings(..)
            | Command::ExportFindings(_) => Some(WOULD_TELL),
            _ => None,
        }
    }

    pub(super) fn judge_blind(&mut self, seed: Seed) -> Vec<Job> {
        let document = Document::clone(self.document()).judged_blind(seed);
        self.go_on_with(document);
        let text = "Judging blind until you reveal: earlier steps cannot be undone";
        self.notify(Severity::Done, text);
        self.path.clone().map(|path| self.remember(path)).unwrap_or_default()
    }

    pub(super) fn reveal(&mut self, at: u64) -> Vec<Job> {
        let document = Document::clone(self.document()).revealed(at);
        self.go_on_with(document);
        for side in Side::BOTH {
            if let Some(loaded) = self.loaded(side).cloned() {
                self.tell_warnings(side, &loaded);
            }
        }
        if let Some(words) = self.reveal_words() {
            self.notify(Severity::Done, words);
        }
        self.path.clone().map(|path| self.remember(path)).unwrap_or_default()
    }

    /// What the last reveal said; `None` before one.
    #[must_use]
    pub fn reveal_words(&self) -> Option<String> {
        let reveal: &Reveal = self.document().reveals.last().filter(|_| !self.is_blind())?;
        let name = |side: Side| self.document().label_or_stem(side);
        let (a, b) = (name(Side::A), name(Side::B));
        Some(if reveal.was_exchanged {
            format!("Revealed: A, {a}, was shown right as B; B, {b}, was shown left as A")
        } else {
            format!("Revealed: A, {a}, was shown left and B, {b}, right, as now")
        })
    }

    /// The text without what tells a side, nor the session's own name, while that is hidden.
    pub(super) fn without_names(&self, text: &str) -> String {
        let text = self.document().without_names(text);
        match &self.path {
            Some(path) if self.is_blind() => {
                text.replace(&path.display().to_string(), "the session")
            }
            _ => text,
        }
    }

    /// Another document takes the place of this one, with no way back: nothing that was shown or is
    /// under way of this one is seen again.
    fn go_on_with(&mut self, document: Document) {
        self.cancel_where(|job| !is_writing(job));
        self.history.go_on_with(document);
        self.in_the_way = None;
        self.epoch += 1;
        self.notices.clear();
        self.view.reset();
        self.view.go_to_step(Step::Judge);
        self.assets.forget_views();
        // The last fit was of the sides as they stood.
        self.derived = Derived::of(self.document());
    }

    /// The magnifications that zooming reaches in a pane of this size: while blind they are counted from
    /// the one that fits what both sides cover, since a last step would tell how large A's pixels are.
    pub(super) fn magnifications(&self, pane: (usize, usize)) -> (f64, f64) {
        let blind = self.arrangement().filter(|both| both.is_blind);
        let fitting = blind.map(|both| fit(&both.common_bounds(), pane).magnification);
        fitting.map_or((*MAGNIFICATIONS.start(), *MAGNIFICATIONS.end()), |fitting| {
            (fitting / BLIND_ZOOMS.0, fitting * BLIND_ZOOMS.1)
        })
    }

    /// Screen pixels that the face unit spans in a side's pane, the same figure on both sides; `None`
    /// while the face's pose is not known.
    #[must_use]
    pub fn face_unit_on_screen(&self, side: Side) -> Option<f64> {
        let arrangement = self.linked_arrangement()?;
        let pose = arrangement.pose.as_ref()?;
        Some(pose.unit * self.side_camera(side, arrangement).magnification)
    }

    /// Whether a place of a side may be told of: while blind only where both sides have pixels, since
    /// what one has alone tells its shape.
    #[must_use]
    pub fn is_told(&self, side: Side, at: ImagePoint) -> bool {
        let Some(both) = self.arrangement().filter(|both| both.is_blind) else { return true };
        both.holds(side, at) && both.holds(side.other(), both.across(side, at))
    }

    /// How far an arrow key moves what lies on a side, in its pixels: one of them, or while blind, when
    /// their size would be seen by it, the same share of the face on both sides.
    #[must_use]
    pub fn nudge_step(&self, side: Side) -> f64 {
        let Some(arrangement) = self.arrangement().filter(|both| both.is_blind) else { return 1.0 };
        let common = arrangement.common_bounds();
        common.width() / NUDGES_ACROSS * arrangement.from_frame[side].scale_near(common.center())
    }
}

/// How far zooming goes out and in from what fits, while blind.
const BLIND_ZOOMS: (f64, f64) = (16.0, 100.0);

/// Steps of an arrow key across what both sides cover, while blind.
const NUDGES_ACROSS: f64 = 1000.0;
