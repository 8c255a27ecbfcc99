//! Findings over the pictures: how they look, and which of them the pointer is on.

use egui::{Align2, Color32, Painter, Pos2, Shape as Drawn, Stroke, Vec2};

use super::{
    marks::chip_ui,
    screen::Screen,
    shapes::{Grab, Pen, is_near_path, outline_ui},
    theme,
};
use crate::{
    document::{Finding, FindingId, Severity, Side},
    geometry::{ImagePoint, Shape},
    session::Session,
};

/// Within this many points of a number or a handle the pointer is on it.
const HIT: f32 = 11.0;
/// A number's radius in points.
const BADGE: f32 = 9.5;
/// A pin's ring.
const RING: f32 = 4.5;

/// A side's picture on the screen.
#[derive(Clone, Copy)]
pub(super) struct Sheet<'a> {
    pub(super) session: &'a Session,
    pub(super) side: Side,
    pub(super) screen: &'a Screen,
    /// Whether the other side is seen in the same place.
    pub(super) shows_both: bool,
}

impl Sheet<'_> {
    /// Where a spot of a side lies on the screen; `None` where that is not known.
    pub(super) fn at(&self, of: Side, at: ImagePoint) -> Option<Pos2> {
        Some(self.screen.of_image(self.session.spot_on(of, at, self.side)?))
    }

    /// The spot under a position, in the pixels of `of`.
    pub(super) fn spot(&self, of: Side, at: Pos2) -> Option<ImagePoint> {
        self.session.spot_on(self.side, self.screen.image(at), of)
    }

    /// The shape's path on the screen.
    fn path(&self, of: Side, shape: &Shape) -> Option<Vec<Pos2>> {
        let path = self.session.path_on(of, shape, self.side)?;
        Some(path.into_iter().map(|at| self.screen.of_image(at)).collect())
    }

    /// The middle of a finding's number.
    fn badge(&self, finding: &Finding) -> Option<Pos2> {
        let bounds = finding.shape.bounds();
        Some(match &finding.shape {
            Shape::Pin(at) => self.at(finding.on, *at)? + Vec2::new(12.0, -12.0),
            Shape::Arrow(tail, tip) => {
                let (tail, tip) = (self.at(finding.on, *tail)?, self.at(finding.on, *tip)?);
                tail - (tip - tail).normalized() * (BADGE + 2.0)
            }
            _ => self.at(finding.on, bounds.min)? - Vec2::splat(6.0),
        })
    }

    /// What the pointer is on: a handle of the one selected finding, a number, or, where
    /// `takes_lines`, a line; selected findings first.
    pub(super) fn finding_at(&self, at: Pos2, takes_lines: bool) -> Option<(FindingId, Grab)> {
        let selected = self.session.selected_findings();
        if let [only] = selected.as_slice() {
            let handles = only.shape.handles();
            let handles = handles.iter().map(|handle| self.at(only.on, *handle));
            let near = |place: Option<Pos2>| place.is_some_and(|place| place.distance(at) <= HIT);
            let hit = handles.enumerate().find(|(_, place)| near(*place));
            if let Some((idx, _)) = hit {
                return Some((only.id, Grab::Handle(idx)));
            }
        }
        let all = self.session.document().findings.iter();
        let is_selected = |of: &&Finding| selected.iter().any(|other| other.id == of.id);
        let (first, rest): (Vec<&Finding>, Vec<&Finding>) = all.partition(is_selected);
        let by_number = |of: &&&Finding| self.badge(of).is_some_and(|b| b.distance(at) <= HIT);
        let by_line = |of: &&&Finding| {
            let path = self.path(of.on, &of.shape);
            path.is_some_and(|path| is_near_path(&path, of.shape.is_closed(), at))
        };
        let number = first.iter().rev().chain(rest.iter().rev()).find(by_number);
        let line = || first.iter().rev().find(by_line);
        let other_line = || rest.iter().rev().filter(|_| takes_lines).find(by_line);
        let hit = number.or_else(line).or_else(other_line)?;
        Some((hit.id, Grab::Whole))
    }
}

/// Draws all findings: whole lines on the side they belong to, broken ones on the other.
pub(super) fn findings_ui(painter: &Painter, sheet: &Sheet<'_>, hovered: Option<FindingId>) {
    let selected = sheet.session.selected_findings();
    for (number, finding) in (1..).zip(&sheet.session.document().findings) {
        let is_selected = selected.iter().any(|other| other.id == finding.id);
        finding_ui(painter, sheet, (number, finding), is_selected);
        // What is selected is described beside the pictures.
        if hovered == Some(finding.id)
            && !is_selected
            && let Some(badge) = sheet.badge(finding)
        {
            let text = format!("{number}  {} {}", finding.code_text(), finding.words());
            chip_ui(painter, badge + Vec2::new(14.0, 6.0), text.trim());
        }
    }
    if let [only] = selected.as_slice() {
        for handle in only.shape.handles() {
            let Some(at) = sheet.at(only.on, handle) else { continue };
            let rect = egui::Rect::from_center_size(at, Vec2::splat(7.0));
            painter.rect_filled(rect.expand(1.0), 1.0, theme::MARK_EDGE);
            painter.rect_filled(rect, 1.0, theme::MARK);
        }
    }
}

fn finding_ui(
    painter: &Painter,
    sheet: &Sheet<'_>,
    (number, finding): (usize, &Finding),
    is_selected: bool,
) {
    let color = color_of(finding);
    let is_ghost = !sheet.shows_both && !finding.belongs.holds(sheet.side);
    let pen = Pen { color, width: if is_selected { 2.6 } else { 1.5 }, is_ghost };
    shape_ui(painter, sheet, (finding.on, &finding.shape), pen);
    if let Some(badge) = sheet.badge(finding) {
        let fill = if is_ghost { theme::CHIP } else { color };
        let text = if is_ghost { color } else { theme::ON_PRIMARY };
        badge_ui(painter, badge, BADGE, (finding, number), (fill, text));
    }
}

/// Draws a shape's lines.
pub(super) fn shape_ui(
    painter: &Painter,
    sheet: &Sheet<'_>,
    (on, shape): (Side, &Shape),
    pen: Pen,
) {
    let Some(path) = sheet.session.path_on(on, shape, sheet.side) else { return };
    match shape {
        Shape::Pin(_) => {
            let Some(at) = path.first().map(|at| sheet.screen.of_image(*at)) else { return };
            painter.circle_stroke(at, RING, Stroke::new(pen.width + 1.6, theme::MARK_EDGE));
            painter.circle_stroke(at, RING, Stroke::new(pen.width, pen.color));
        }
        _ => outline_ui(painter, sheet.screen, &path, shape.is_closed(), pen),
    }
    if let Shape::Arrow(tail, tip) = shape
        && let (Some(tail), Some(tip)) = (sheet.at(on, *tail), sheet.at(on, *tip))
    {
        let head = 10.0 * (tip - tail).normalized();
        for turn in [0.45_f32, -0.45] {
            let barb = egui::emath::Rot2::from_angle(turn) * head;
            painter
                .line_segment([tip, tip - barb], Stroke::new(pen.width + 1.6, theme::FRAME_EDGE));
            painter.line_segment([tip, tip - barb], Stroke::new(pen.width, pen.color));
        }
    }
}

/// The colour of a finding: by its severity, or that of strengths.
pub(super) fn color_of(finding: &Finding) -> Color32 {
    if finding.is_strength { theme::STRENGTH } else { theme::of_severity(finding.severity) }
}

/// A finding's number on a field whose number of corners tells the severity, too: round for what is
/// neutral, a triangle, a square, a pentagon, a hexagon; a strength has a plus.
pub(super) fn badge_ui(
    painter: &Painter,
    at: Pos2,
    radius: f32,
    (finding, number): (&Finding, usize),
    (fill, text): (Color32, Color32),
) {
    let level = finding.severity.level();
    let edge = Stroke::new(1.0, theme::MARK_EDGE);
    let mut middle = at;
    if finding.is_strength || finding.severity == Severity::NEUTRAL {
        painter.circle(at, radius, fill, edge);
    } else {
        let n = level + 2;
        // A triangle of that radius would be small and its middle high.
        let grown = if n == 3 { radius * 1.35 } else { radius * 1.12 };
        middle += if n == 3 { Vec2::new(0.0, radius * 0.12) } else { Vec2::ZERO };
        let first = if n == 4 { std::f32::consts::FRAC_PI_4 } else { -std::f32::consts::FRAC_PI_2 };
        let step = std::f32::consts::TAU / f32::from(n);
        let corner = |idx: u8| at + grown * Vec2::angled(first + step * f32::from(idx));
        painter.add(Drawn::convex_polygon((0..n).map(corner).collect(), fill, edge));
    }
    let mut words = number.to_string();
    if finding.is_strength {
        words.push('+');
    }
    let size = if words.len() > 2 { radius } else { radius * 1.2 };
    painter.text(middle, Align2::CENTER_CENTER, words, theme::semibold(size), text);
}
