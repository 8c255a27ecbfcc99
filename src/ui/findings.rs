//! The tools that draw, move and reshape findings.

use egui::{CursorIcon, Key, Modifiers, Painter, PointerButton, Pos2, Ui};

use super::{
    finding_marks::{Sheet, findings_ui, shape_ui},
    outbox::Outbox,
    shapes::{Drag, Grab, Pen},
    theme,
    values::Place,
};
use crate::{
    document::{Edit, Finding, FindingEdit, FindingId, GestureId, Side},
    geometry::{ImagePoint, Rect, Shape, ShapeKind},
    session::{Command, Session, Step, Tool, ViewCommand},
};

/// Numbers of gestures beyond those of the pointer elsewhere.
const FIRST_GESTURE: u64 = 1 << 54;
/// From one point of a stroke to the next, in points on the screen.
const STROKE_STEP: f32 = 2.0;
/// A polygon is closed by a click this near to its first corner, in points.
const CLOSING: f32 = 10.0;

/// What the tools remember between frames.
#[derive(Default)]
pub(super) struct FindingTool {
    doing: Option<Doing>,
    n_gestures: u64,
    /// Whether a pane has told in this frame what the pointer does.
    is_seen: bool,
    /// The finding under the pointer, on this side.
    hovered: Option<(Side, FindingId)>,
    /// The revision at which a finding was drawn that has yet to be named.
    pub(super) wants_name: Option<u64>,
}

/// What the pointer is doing.
enum Doing {
    /// A box, an ellipse or an arrow being dragged open.
    Opening(Side, Drag),
    /// A line being drawn.
    Drawing(Side, Vec<ImagePoint>),
    /// A polygon, a corner a click.
    Corners(Side, Vec<ImagePoint>),
    /// Findings being moved, or one reshaped.
    Moving(Moving),
}

struct Moving {
    /// The pane that the drag began in.
    pane: Side,
    /// The side whose pixels the taken finding is in.
    on: Side,
    drag: Drag,
    before: Vec<Finding>,
    gesture: GestureId,
}

/// The pointer in one frame.
#[expect(clippy::struct_excessive_bools, reason = "what egui tells of it")]
struct Pointer {
    at: Pos2,
    pressed: bool,
    released: bool,
    is_down: bool,
    is_dragging: bool,
    modifiers: Modifiers,
    is_cancelled: bool,
}

impl Pointer {
    fn of(ui: &Ui) -> Option<Self> {
        ui.input(|input| {
            let space = input.key_down(Key::Space);
            Some(Self {
                at: input.pointer.interact_pos()?,
                pressed: input.pointer.button_pressed(PointerButton::Primary) && !space,
                released: input.pointer.button_released(PointerButton::Primary),
                is_down: input.pointer.button_down(PointerButton::Primary),
                is_dragging: input.pointer.is_decidedly_dragging(),
                modifiers: input.modifiers,
                is_cancelled: input.key_pressed(Key::Escape),
            })
        })
    }
}

impl Doing {
    /// The pane that it goes on in.
    const fn side(&self) -> Side {
        match self {
            Self::Opening(side, _) | Self::Drawing(side, _) | Self::Corners(side, _) => *side,
            Self::Moving(moving) => moving.pane,
        }
    }
}

impl FindingTool {
    /// The side that something is being drawn or moved on.
    pub(super) fn side_in_use(&self) -> Option<Side> {
        self.doing.as_ref().map(Doing::side)
    }

    /// Takes what the pointer does over a picture; false while it does nothing to findings.
    pub(super) fn input(&mut self, ui: &Ui, place: &Place<'_>, out: &mut Outbox) -> bool {
        let Place { session, side, screen, area } = *place;
        if session.view().step != Step::Judge {
            self.doing = None;
            return false;
        }
        let kind = match session.view().tool {
            Tool::Finding(kind) => Some(kind),
            _ => None,
        };
        self.is_seen |= self.side_in_use() == Some(side);
        let Some(pointer) = Pointer::of(ui) else { return self.doing.is_some() };
        let sheet = Sheet { session, side, screen, shows_both: false };
        let is_over = area.contains_pointer();
        let is_hand = session.view().tool == Tool::Hand;
        let hit = sheet
            .finding_at(pointer.at, is_hand)
            .filter(|_| is_over && (is_hand || kind.is_some()));
        if self.doing.is_none() {
            self.hovered = match self.hovered {
                _ if is_over => hit.map(|(id, _)| (side, id)),
                Some((of, _)) if of == side => None,
                other => other,
            };
        }
        if is_over {
            cursor(place, kind, hit.map(|(_, grab)| grab));
        }
        if self.doing.is_none() && pointer.pressed && is_over && !pointer.modifiers.command {
            // The pointer may have gone on since it was pressed.
            let at = ui.input(|input| input.pointer.press_origin()).unwrap_or(pointer.at);
            match (hit, kind) {
                (Some(hit), _) => self.take(&sheet, hit, at, pointer.modifiers.shift, out),
                (None, Some(kind)) => self.begin(&sheet, kind, (at, pointer.released), out),
                (None, None) => deselect(session, out),
            }
            return self.doing.is_some() || kind.is_some();
        }
        self.go_on(&sheet, &pointer, is_over, out)
    }

    /// A finding is pressed: it is selected, and moved from now on.
    fn take(
        &mut self,
        sheet: &Sheet<'_>,
        (id, grab): (FindingId, Grab),
        at: Pos2,
        adds: bool,
        out: &mut Outbox,
    ) {
        let session = sheet.session;
        let mut ids: Vec<FindingId> = session.selected_findings().iter().map(|f| f.id).collect();
        let was_selected = ids.contains(&id);
        if adds {
            if was_selected {
                ids.retain(|other| *other != id);
            } else {
                ids.push(id);
            }
            out.send(Command::View(ViewCommand::SelectFindings(ids)));
            return;
        }
        if !was_selected {
            ids = vec![id];
            out.send(Command::View(ViewCommand::SelectFindings(ids.clone())));
        }
        let document = session.document();
        let Some(finding) = document.finding(id) else { return };
        let Some(from) = sheet.spot(finding.on, at) else { return };
        self.n_gestures += 1;
        self.is_seen = true;
        let before = ids.iter().filter_map(|id| document.finding(*id)).cloned().collect();
        let gesture = GestureId(FIRST_GESTURE + self.n_gestures);
        let drag = Drag { grab, shape: finding.shape.clone(), from };
        self.doing =
            Some(Doing::Moving(Moving { pane: sheet.side, on: finding.on, drag, before, gesture }));
        out.send(Command::View(ViewCommand::Hold(true)));
    }

    /// Begins to draw where the button was pressed; a quick click is also let go by now.
    fn begin(
        &mut self,
        sheet: &Sheet<'_>,
        kind: ShapeKind,
        (at, is_released): (Pos2, bool),
        out: &mut Outbox,
    ) {
        let (side, spot) = (sheet.side, sheet.screen.image(at));
        let nothing = Rect::new(spot, spot);
        let open = |shape: Shape, handle: usize| {
            Some(Doing::Opening(side, Drag { grab: Grab::Handle(handle), shape, from: spot }))
        };
        self.is_seen = true;
        self.doing = match kind {
            ShapeKind::Pin => open(Shape::Pin(spot), 0),
            ShapeKind::Box => open(Shape::Box(nothing), 2),
            ShapeKind::Ellipse => open(Shape::Ellipse(nothing), 2),
            ShapeKind::Arrow => open(Shape::Arrow(spot, spot), 1),
            ShapeKind::Stroke => Some(Doing::Drawing(side, vec![spot])),
            ShapeKind::Polygon => {
                Some(Doing::Corners(side, is_released.then_some(spot).into_iter().collect()))
            }
        };
        // The pictures may be moved between a polygon's corners.
        if self.doing.is_some() && kind != ShapeKind::Polygon {
            out.send(Command::View(ViewCommand::Hold(true)));
        }
    }

    /// The finding is drawn.
    fn add(&mut self, session: &Session, side: Side, shape: Shape, out: &mut Outbox) {
        if let Some(edit) = session.new_finding(side, shape) {
            out.send(Command::Edit(edit, None));
            self.wants_name = Some(session.revision());
        }
    }

    fn go_on(
        &mut self,
        sheet: &Sheet<'_>,
        pointer: &Pointer,
        is_over: bool,
        out: &mut Outbox,
    ) -> bool {
        let Some(doing) = &mut self.doing else { return false };
        let side = doing.side();
        // The pane that the drag began in sees it through.
        if side != sheet.side || !(is_over || pointer.is_down || pointer.is_cancelled) {
            return true;
        }
        if pointer.is_cancelled {
            if let Doing::Moving(moving) = doing {
                out.send(Command::Cancel(moving.gesture));
            }
            self.end(out);
            return true;
        }
        let spot = sheet.screen.image(pointer.at);
        let done = match doing {
            Doing::Opening(_, drag) => (!pointer.is_down).then(|| drag.to(spot)),
            Doing::Drawing(_, points) => {
                let last = points.last().map(|last| sheet.screen.of_image(*last));
                if last.is_none_or(|last| last.distance(pointer.at) >= STROKE_STEP) {
                    points.push(spot);
                }
                (!pointer.is_down).then(|| Shape::Stroke(points.clone()))
            }
            Doing::Corners(_, corners) => {
                let Some(shape) = corner(sheet, corners, pointer) else { return false };
                Some(shape)
            }
            Doing::Moving(moving) => {
                if pointer.is_dragging {
                    moving.to(sheet, pointer.at, out);
                }
                if !pointer.is_down {
                    self.end(out);
                }
                return true;
            }
        };
        if let Some(shape) = done {
            self.end(out);
            self.add(sheet.session, side, shape, out);
        }
        true
    }

    fn end(&mut self, out: &mut Outbox) {
        self.doing = None;
        out.send(Command::View(ViewCommand::Hold(false)));
    }

    /// Forgets a drag whose end was not seen.
    pub(super) fn end_lost_drag(&mut self, ctx: &egui::Context, out: &mut Outbox) {
        let is_held = !matches!(self.doing, None | Some(Doing::Corners(..)));
        // What was pressed and let go within this frame is only seen in the next one.
        let is_lost = !std::mem::take(&mut self.is_seen);
        if is_held && is_lost && !ctx.input(|input| input.pointer.any_down()) {
            self.end(out);
        }
    }

    /// Keys that belong to a polygon being drawn: Enter closes it, Backspace takes its last corner
    /// back, Escape all of it.
    pub(super) fn take_keys(&mut self, ctx: &egui::Context, session: &Session, out: &mut Outbox) {
        let Some(Doing::Corners(side, corners)) = &mut self.doing else { return };
        let pressed = |key: Key| ctx.input_mut(|input| input.consume_key(Modifiers::NONE, key));
        if pressed(Key::Escape) {
            self.doing = None;
        } else if pressed(Key::Backspace) {
            corners.pop();
            if corners.is_empty() {
                self.doing = None;
            }
        } else if pressed(Key::Enter) {
            let (side, shape) = (*side, Shape::Polygon(std::mem::take(corners)));
            self.doing = None;
            self.add(session, side, shape, out);
        }
    }

    /// Draws the findings, and the one in the making.
    pub(super) fn ui(&self, painter: &Painter, sheet: &Sheet<'_>, pointer: Option<Pos2>) {
        if sheet.session.view().step != Step::Judge {
            return;
        }
        let hovered = self.hovered.filter(|(side, _)| *side == sheet.side && self.doing.is_none());
        findings_ui(painter, sheet, hovered.map(|(_, id)| id));
        let at = pointer.map(|at| sheet.screen.image(at));
        let making = match &self.doing {
            Some(Doing::Opening(side, drag)) => at.map(|at| (*side, drag.to(at))),
            Some(Doing::Drawing(side, points)) => Some((*side, Shape::Stroke(points.clone()))),
            Some(Doing::Corners(side, corners)) => {
                let corners = corners.iter().copied().chain(at);
                Some((*side, Shape::Stroke(corners.collect())))
            }
            Some(Doing::Moving(_)) | None => None,
        };
        if let Some((side, shape)) = making.filter(|(side, _)| *side == sheet.side) {
            let pen = Pen { color: theme::MARK, width: 1.5, is_ghost: false };
            shape_ui(painter, sheet, (side, &shape), pen);
        }
    }
}

impl Moving {
    /// Puts what is moved where the pointer is. The others go as far on the face as the taken one.
    fn to(&self, sheet: &Sheet<'_>, at: Pos2, out: &mut Outbox) {
        let Some(spot) = sheet.spot(self.on, at) else { return };
        let session = sheet.session;
        let changed = self.before.iter().map(|finding| {
            let shape = match self.drag.grab {
                Grab::Handle(_) => self.drag.to(spot),
                Grab::Whole => {
                    let from = session.spot_on(self.on, self.drag.from, finding.on);
                    let to = session.spot_on(self.on, spot, finding.on);
                    let by = from.zip(to).map_or((0.0, 0.0), |(f, t)| (t.x - f.x, t.y - f.y));
                    finding.shape.moved(by.0, by.1)
                }
            };
            Finding { shape, ..finding.clone() }
        });
        let edit = Edit::Findings(FindingEdit::Change(changed.collect()));
        out.send(Command::Edit(edit, Some(self.gesture)));
    }
}

/// A click adds a corner; one on the first corner, or a double one, closes the polygon.
fn corner(sheet: &Sheet<'_>, corners: &mut Vec<ImagePoint>, pointer: &Pointer) -> Option<Shape> {
    // When it is let go: what is pressed now would take the keyboard from the new one's name.
    if !pointer.released {
        return None;
    }
    let near = |at: Option<&ImagePoint>| {
        at.is_some_and(|at| sheet.screen.of_image(*at).distance(pointer.at) <= CLOSING)
    };
    let closes = corners.len() >= 3 && (near(corners.first()) || near(corners.last()));
    if closes {
        return Some(Shape::Polygon(corners.clone()));
    }
    if !near(corners.last()) {
        corners.push(sheet.screen.image(pointer.at));
    }
    None
}

fn deselect(session: &Session, out: &mut Outbox) {
    if !session.selected_findings().is_empty() {
        out.send(Command::View(ViewCommand::SelectFindings(Vec::new())));
    }
}

fn cursor(place: &Place<'_>, kind: Option<ShapeKind>, grab: Option<Grab>) {
    let cursor = match (grab, kind) {
        (Some(_), _) => CursorIcon::Move,
        (None, Some(_)) => CursorIcon::Crosshair,
        (None, None) => return,
    };
    place.area.clone().on_hover_cursor(cursor);
}
