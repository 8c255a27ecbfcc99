//! Findings as they are looked at: selected, filtered, suggested.

use super::Session;
use crate::{
    document::{Belongs, Edit, Finding, FindingEdit, FindingId, Severity, Side},
    geometry::{ImagePoint, Shape},
};

/// Which findings the list shows.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Filter {
    /// Words that the code, the name, the region or the note begin with.
    pub text: String,
    /// Only those that belong to this; both sides' findings belong to either.
    pub belongs: Option<Belongs>,
    /// Only those of the region of this code.
    pub region: Option<String>,
    /// Only those at least so bad.
    pub least: Option<Severity>,
}

/// What the list is sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum FindingOrder {
    /// Their numbers.
    #[default]
    Number,
    /// The worst first.
    Severity,
    /// By region, then number.
    Region,
    /// A, B, both, then number.
    Side,
}

impl FindingOrder {
    /// All, in the order of the menu.
    pub const ALL: [Self; 4] = [Self::Number, Self::Severity, Self::Region, Self::Side];

    /// Its name for people.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Severity => "severity",
            Self::Region => "region",
            Self::Side => "side",
        }
    }
}

impl Filter {
    /// Whether it shows all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    fn shows(&self, finding: &Finding, region_name: &str) -> bool {
        let wanted = |belongs: Belongs| match belongs {
            Belongs::To(side) => finding.belongs.holds(side),
            Belongs::Both => finding.belongs == Belongs::Both,
        };
        let text = [finding.code_text(), finding.words(), region_name, &finding.note]
            .join(" ")
            .to_lowercase();
        let mut words = text.split(|c: char| !c.is_alphanumeric());
        let typed = self.text.to_lowercase();
        let mut typed = typed.split(|c: char| !c.is_alphanumeric());
        self.belongs.is_none_or(wanted)
            && self.region.as_ref().is_none_or(|region| finding.region() == region)
            && self.least.is_none_or(|least| finding.severity >= least)
            && typed.all(|typed| words.clone().any(|word| word.starts_with(typed)))
            && words.next().is_some()
    }
}

impl Session {
    /// The selected findings that still stand, in the document's order.
    #[must_use]
    pub fn selected_findings(&self) -> Vec<&Finding> {
        let selected = &self.view.findings;
        self.document().findings.iter().filter(|of| selected.contains(&of.id)).collect()
    }

    /// The finding of this number's place in the document, from 1.
    #[must_use]
    pub fn finding_number(&self, id: FindingId) -> usize {
        let found = self.document().findings.iter().position(|finding| finding.id == id);
        found.map_or(0, |idx| idx + 1)
    }

    /// The findings that the list shows with their numbers, sorted as it is.
    #[must_use]
    pub fn listed_findings(&self) -> Vec<(usize, &Finding)> {
        let taxonomy = &self.library().taxonomy;
        let numbered = (1..).zip(&self.document().findings);
        let filter = &self.view().finding_filter;
        let mut listed: Vec<(usize, &Finding)> = numbered
            .filter(|(_, finding)| filter.shows(finding, taxonomy.region_name(finding.region())))
            .collect();
        let place = |code: &str| taxonomy.regions.iter().position(|region| region.code == code);
        let side = |belongs| Belongs::ALL.iter().position(|other| *other == belongs);
        match self.view().finding_order {
            FindingOrder::Number => (),
            FindingOrder::Severity => {
                listed.sort_by_key(|(_, finding)| std::cmp::Reverse(finding.severity));
            }
            FindingOrder::Region => {
                listed.sort_by_key(|(_, finding)| place(finding.region()).unwrap_or(usize::MAX));
            }
            FindingOrder::Side => listed.sort_by_key(|(_, finding)| side(finding.belongs)),
        }
        listed
    }

    /// The codes in use, the latest given first.
    #[must_use]
    pub fn recent_codes(&self) -> Vec<String> {
        let mut findings: Vec<&Finding> = self.document().findings.iter().collect();
        findings.sort_by_key(|finding| std::cmp::Reverse(finding.id));
        let mut codes: Vec<String> = Vec::new();
        for code in findings.into_iter().filter_map(|finding| finding.code.as_ref()) {
            if !codes.contains(&code.code) {
                codes.push(code.code.clone());
            }
        }
        codes
    }

    /// The edit that adds a finding drawn on a side, its severity as the zoom in use suggests.
    #[must_use]
    pub fn new_finding(&self, side: Side, shape: Shape) -> Option<Edit> {
        let finding = Finding::drawn(side, shape, self.suggested_severity());
        let is_sound = finding.shape.is_sound();
        is_sound.then(|| Edit::Findings(FindingEdit::Add(vec![finding], None)))
    }

    /// What the magnification of A's pane suggests: how many screen pixels the face unit spans now. In
    /// the middle of the scale while no face unit is known.
    #[must_use]
    pub fn suggested_severity(&self) -> Severity {
        let unit = self.arrangement().and_then(|both| both.pose.as_ref()).map(|pose| pose.unit);
        let magnification = self.pane_view(Side::A).map(|view| view.magnification());
        let span = unit.zip(magnification).map_or(1000.0, |(unit, n)| unit * n);
        Severity::suggested(span)
    }

    /// The edit that adds copies of the selected findings, each a little aside.
    #[must_use]
    pub fn copied_findings(&self) -> Option<Edit> {
        let selected = self.selected_findings();
        let last = selected.last()?.id;
        let pixels =
            |side: Side| self.pane_view(side).map_or(8.0, |view| 16.0 / view.magnification());
        let copies = selected.into_iter().map(|finding| Finding {
            shape: finding.shape.moved(pixels(finding.on), pixels(finding.on)),
            ..finding.clone()
        });
        Some(Edit::Findings(FindingEdit::Add(copies.collect(), Some(last))))
    }

    /// The edit that changes every selected finding alike.
    #[must_use]
    pub fn changed_findings(&self, change: impl Fn(&mut Finding)) -> Option<Edit> {
        let mut changed: Vec<Finding> = self.selected_findings().into_iter().cloned().collect();
        changed.iter_mut().for_each(change);
        (!changed.is_empty()).then_some(Edit::Findings(FindingEdit::Change(changed)))
    }

    /// A spot on a side in the pixels of another; `None` where that is not known.
    #[must_use]
    pub fn spot_on(&self, from: Side, at: ImagePoint, to: Side) -> Option<ImagePoint> {
        if from == to { Some(at) } else { self.across(from, at) }
    }

    pub(super) fn select_findings(&mut self, ids: Vec<FindingId>) {
        self.view.findings = ids;
        self.view.findings.retain(|id| self.history.document().finding(*id).is_some());
    }

    /// Selects a finding, and brings it into the middle of the panes where it is not all seen.
    pub(super) fn go_to_finding(&mut self, id: FindingId) {
        let Some(finding) = self.document().finding(id).cloned() else { return };
        self.view.findings = vec![id];
        if !self.is_seen(finding.on, &finding.shape) {
            self.center_on(finding.on, finding.shape.bounds().center());
        }
    }

    /// Whether all of a shape is seen in its side's pane.
    fn is_seen(&self, side: Side, shape: &Shape) -> bool {
        let Some(view) = self.pane_view(side) else { return false };
        #[expect(clippy::cast_precision_loss, reason = "screen pixels")]
        let (width, height) = (view.width as f64, view.height as f64);
        shape.path().into_iter().all(|at| {
            let on_screen = view.source_from_output.unapply(at);
            (0.0..=width).contains(&on_screen.x) && (0.0..=height).contains(&on_screen.y)
        })
    }

    /// Selects what an edit has added.
    pub(super) fn select_added(&mut self, n: usize, after: Option<FindingId>) {
        let all = &self.document().findings;
        let at = after.and_then(|after| all.iter().position(|finding| finding.id == after));
        let first = at.map_or(all.len().saturating_sub(n), |idx| idx + 1);
        let added = all.iter().skip(first).take(n).map(|finding| finding.id).collect();
        self.view.findings = added;
        // Scripts that drive the real window read what was drawn.
        for finding in self.selected_findings() {
            let number = self.finding_number(finding.id);
            log::info!("finding {number} drawn: {} on {}", finding.kind().name(), finding.on);
        }
    }
}
