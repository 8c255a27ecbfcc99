//! The tool that draws the region whose colours are read.

use egui::{CursorIcon, Key, Painter, PointerButton, Response, Ui};

use super::{
    outbox::Outbox,
    screen::Screen,
    shapes::{Drag, Grab, Pen, grab_at, handles_ui, outline_ui},
    theme,
};
use crate::{
    document::Side,
    geometry::{Rect, Shape, ShapeKind},
    session::{Command, Region, Session, Tool, ViewCommand},
};

/// What the tool remembers between frames.
#[derive(Default)]
pub(super) struct ValuesTool {
    drag: Option<(Side, Drag)>,
    /// The region before the drag.
    before: Option<Region>,
}

/// A picture under the pointer.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    pub(super) session: &'a Session,
    pub(super) side: Side,
    pub(super) screen: &'a Screen,
    pub(super) area: &'a Response,
}

/// The kind of region that the tool in hand draws.
fn kind_in_hand(session: &Session) -> Option<ShapeKind> {
    match session.view().tool {
        Tool::Values(kind) => Some(kind),
        _ => None,
    }
}

impl ValuesTool {
    /// Forgets a drag whose end was not seen.
    pub(super) fn end_lost_drag(&mut self, ctx: &egui::Context, out: &mut Outbox) {
        if self.drag.is_some() && !ctx.input(|input| input.pointer.any_down()) {
            self.drag = None;
            out.send(Command::View(ViewCommand::Hold(false)));
        }
    }

    /// Takes what the pointer does over a picture; false while it draws nothing.
    pub(super) fn input(&mut self, ui: &Ui, place: &Place<'_>, out: &mut Outbox) -> bool {
        let Some(kind) = kind_in_hand(place.session) else { return false };
        let (pressed, is_down, is_free, is_cancelled, at) = ui.input(|input| {
            (
                input.pointer.button_pressed(PointerButton::Primary),
                input.pointer.any_down(),
                !input.key_down(Key::Space) && !input.modifiers.command,
                input.key_pressed(Key::Escape),
                input.pointer.interact_pos(),
            )
        });
        let Some(at) = at else { return self.drag.is_some() };
        let region = place.session.view().region.as_ref();
        let own = region.filter(|region| region.side == place.side);
        let grab = own.and_then(|own| grab_at(&own.shape, place.screen, at, true));
        if self.drag.is_none() && pressed && is_free && place.area.contains_pointer() {
            // The pointer may have gone on since it was pressed.
            let origin = ui.input(|input| input.pointer.press_origin()).unwrap_or(at);
            let from = place.screen.image(origin);
            let drag = match own.zip(grab) {
                Some((own, grab)) => Drag { grab, shape: own.shape.clone(), from },
                None => Drag { grab: Grab::Handle(2), shape: seed(kind, from), from },
            };
            self.before = region.cloned();
            self.drag = Some((place.side, drag));
            out.send(Command::View(ViewCommand::Hold(true)));
        }
        self.cursor(place, grab);
        let Some((side, drag)) = self.drag.as_ref().filter(|(side, _)| *side == place.side) else {
            return self.drag.is_some();
        };
        let shape = drag.to(place.screen.image(at));
        let region = if is_cancelled {
            self.before.clone()
        } else if shape.is_sound() {
            Some(Region { side: *side, shape })
        } else {
            // A click that draws nothing takes the last region away.
            None
        };
        if region != place.session.view().region {
            out.send(Command::View(ViewCommand::Region(region)));
        }
        if !is_down || is_cancelled {
            self.drag = None;
            out.send(Command::View(ViewCommand::Hold(false)));
        }
        true
    }

    fn cursor(&self, place: &Place<'_>, grab: Option<Grab>) {
        let cursor = match (&self.drag, grab) {
            (None, Some(Grab::Whole)) => CursorIcon::Move,
            _ => CursorIcon::Crosshair,
        };
        place.area.clone().on_hover_cursor(cursor);
    }
}

/// What a drag from a point begins with.
fn seed(kind: ShapeKind, at: crate::geometry::ImagePoint) -> Shape {
    let nothing = Rect::new(at, at);
    match kind {
        ShapeKind::Ellipse => Shape::Ellipse(nothing),
        _ => Shape::Box(nothing),
    }
}

/// Draws the region on a side: whole lines where it was drawn, broken ones on the other.
pub(super) fn region_ui(painter: &Painter, session: &Session, side: Side, screen: &Screen) {
    let Some(Region { side: of, shape }) = &session.view().region else { return };
    let Some(path) = session.path_on(*of, shape, side) else { return };
    let pen = Pen { color: theme::MARK, width: 1.3, is_ghost: *of != side };
    outline_ui(painter, screen, &path, true, pen);
    if *of == side && kind_in_hand(session).is_some() {
        handles_ui(painter, screen, shape, theme::MARK);
    }
}
