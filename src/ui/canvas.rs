//! One pane: a side's picture, what is marked on it, and the pointer's gestures.

use egui::{Key, PointerButton, Rect, Response, Sense, Ui, Vec2};

use super::{
    aim::aim_ui,
    finding_marks::Sheet,
    findings::FindingTool,
    loupe_half::badge_ui,
    marks::{self, Handle},
    outbox::Outbox,
    picture::{Layer, picture_ui},
    screen::{Screen, snapped},
    stage::is_other_held,
    textures::Textures,
    theme,
    tiles::Tiles,
    values::{self, ValuesTool, region_ui},
};
use crate::{
    document::{Edit, GestureId, Side},
    geometry::{ImagePoint, OutputPoint},
    session::{Command, Session, Slot, Tool, ViewCommand},
};

/// What both panes remember between frames; never saved, never undone.
#[derive(Default)]
pub(super) struct Canvas {
    gesture: Option<Gesture>,
    n_gestures: u64,
    pub(super) tiles: Tiles,
    pub(super) values: ValuesTool,
    pub(super) findings: FindingTool,
    /// Where the pointer is, in the pixels of the side under it.
    pub(super) pointer: Option<(Side, ImagePoint)>,
    /// The side that the pointer was over last.
    pub(super) last_side: Option<Side>,
    /// Until when, in egui's seconds, a zoom belongs to the pane alone.
    alone_until: f64,
    /// The last logged rectangle of each pane.
    logged: [Option<[i64; 4]>; 2],
}

/// A button held down over a pane.
struct Gesture {
    side: Side,
    id: GestureId,
    does: Does,
    /// From the pointer to the handle's own place when it was grabbed, in physical pixels.
    grip: Vec2,
}

#[derive(Clone, Copy)]
enum Does {
    /// Moves both panes, or only the one.
    Pan {
        is_alone: bool,
    },
    Move(Handle),
}

/// One pane in one frame.
#[derive(Clone, Copy)]
struct Pane<'a> {
    session: &'a Session,
    side: Side,
    screen: &'a Screen,
    area: &'a Response,
    /// What the pointer is on.
    hovered: Option<Handle>,
}

impl Canvas {
    /// Shows the pane of `side` in all the space there is.
    pub(super) fn pane_ui(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        textures: &mut Textures,
        side: Side,
        out: &mut Outbox,
    ) {
        let area = ui.allocate_response(ui.available_size(), Sense::click_and_drag());
        area.widget_info(|| {
            egui::WidgetInfo::labeled(egui::Role::Canvas, true, format!("Picture {side}"))
        });
        let pixels_per_point = ui.pixels_per_point();
        let (rect, width, height) = snapped(area.rect, pixels_per_point);
        self.log_rect(side, rect, pixels_per_point);
        out.send(Command::View(ViewCommand::PaneSize(side, width, height)));
        let painter = ui.painter_at(rect);
        painter.rect_filled(rect, 0.0, theme::PANE);
        let view = session.pane_view(side).filter(|v| (v.width, v.height) == (width, height));
        if self.pointer.is_some_and(|(of, _)| of == side) {
            self.pointer = None;
        }
        let Some(view) = view else {
            // The size is known from the next frame on.
            ui.request_repaint();
            return;
        };
        let screen = Screen::new(rect, pixels_per_point, view.clone());
        out.send(Command::Show(Slot::Pane(side), side, view));
        let pointer = area.hover_pos().or(area.interact_pointer_pos());
        if is_other_held(ui)
            && pointer.is_some()
            && self.other_ui(ui, session, textures, side, &screen)
        {
            return;
        }
        picture_ui(&painter, session, (textures, &mut self.tiles), side, &screen, Layer::WHOLE);
        let dragged = self.gesture.as_ref().and_then(|gesture| match gesture.does {
            Does::Move(handle) => Some(handle),
            Does::Pan { .. } => None,
        });
        // What can be grabbed is for the other tools.
        let is_reading = draws(session.view().tool);
        let grabbed_at = pointer.filter(|_| !is_reading);
        let hovered = grabbed_at.and_then(|at| marks::handle_at(session, side, &screen, at));
        let is_pointer_over = self.pointer.is_some() || pointer.is_some();
        marks::marks_ui(&painter, session, side, &screen, dragged.or(hovered), is_pointer_over);
        if let Some(at) = pointer.filter(|at| rect.contains(*at)) {
            self.pointer = Some((side, screen.image(at)));
            self.last_side = Some(side);
        }
        if let Some((other, at)) = self.pointer.filter(|(other, _)| *other != side) {
            marks::twin_ui(&painter, session, (other, at), &screen);
        }
        if session.view().shows_residuals {
            marks::arrows_ui(&painter, session, side, &screen);
        }
        if session.view().tool == Tool::Landmark {
            marks::ghosts_ui(&painter, session, side, &screen);
        }
        let pane = Pane { session, side, screen: &screen, area: &area, hovered };
        region_ui(&painter, session, side, &screen);
        let sheet = Sheet { session, side, screen: &screen, shows_both: false };
        self.findings.ui(&painter, &sheet, pointer);
        self.aim(&painter, &pane, pointer);
        self.gestures(ui, &pane, out);
    }

    /// The other side in this pane's place, while a key is held; false where it cannot be shown.
    fn other_ui(
        &mut self,
        ui: &Ui,
        session: &Session,
        textures: &mut Textures,
        side: Side,
        screen: &Screen,
    ) -> bool {
        let other = side.other();
        let view = session.pane_view(other).filter(|_| session.is_linked());
        let Some(view) =
            view.filter(|v| (v.width, v.height) == (screen.view.width, screen.view.height))
        else {
            return false;
        };
        let screen = Screen::new(screen.rect, screen.pixels_per_point, view);
        let painter = ui.painter_at(screen.rect);
        picture_ui(&painter, session, (textures, &mut self.tiles), other, &screen, Layer::WHOLE);
        badge_ui(&painter, other, screen.rect.left_top() + Vec2::splat(12.0), 26.0);
        true
    }

    /// The aiming loupe, while a landmark is dragged or the next one is to be marked.
    fn aim(&self, painter: &egui::Painter, pane: &Pane<'_>, pointer: Option<egui::Pos2>) {
        let Pane { session, side, screen, hovered, .. } = *pane;
        // Blocks would tell how large each side's pixels are.
        let Some(loaded) = session.loaded(side).filter(|_| !session.is_blind()) else { return };
        let Some(at) = pointer.filter(|at| screen.rect.contains(*at)) else { return };
        let gesture = self.gesture.as_ref().filter(|gesture| gesture.side == side);
        let aimed = match gesture.map(|gesture| (gesture.does, gesture.grip)) {
            Some((Does::Move(Handle::Landmark(_)), grip)) => Some(at + grip),
            Some(_) => None,
            None => {
                let next = session.next_landmark_name();
                let is_marking = session.waiting_landmark(side).is_some()
                    || session.document().recipe.landmark(&next).is_some();
                let is_free = hovered.is_none() && session.view().tool == Tool::Landmark;
                (is_marking && is_free).then_some(at)
            }
        };
        if let Some(aimed) = aimed {
            aim_ui(painter, &loaded.picture, screen, (at, screen.image(aimed)));
        }
    }

    /// The pane under the pointer and the physical pixel of it.
    pub(super) fn focus(&self, session: &Session) -> Option<(Side, OutputPoint)> {
        let (side, at) = self.pointer?;
        let view = session.pane_view(side)?;
        Some((side, view.source_from_output.unapply(at)))
    }

    /// Scripts that drive the real window read where the panes are.
    fn log_rect(&mut self, side: Side, rect: Rect, pixels_per_point: f32) {
        #[expect(clippy::cast_possible_truncation, reason = "screen pixels")]
        let pixels = [rect.min.x, rect.min.y, rect.width(), rect.height()]
            .map(|points| (points * pixels_per_point).round() as i64);
        let logged = &mut self.logged[usize::from(side == Side::B)];
        if *logged != Some(pixels) {
            *logged = Some(pixels);
            let [x, y, width, height] = pixels;
            log::info!("pane {side}: {x} {y} {width} {height}");
        }
    }

    fn gestures(&mut self, ui: &Ui, pane: &Pane<'_>, out: &mut Outbox) {
        let Pane { session, side, screen, area, hovered } = *pane;
        if session.loaded(side).is_none() {
            return;
        }
        if area.hovered() {
            self.zoom(ui, side, screen, out);
        }
        let place = values::Place { session, side, screen, area };
        if self.gesture.is_none()
            && (self.values.input(ui, &place, out) || self.findings.input(ui, &place, out))
        {
            return;
        }
        let was_panning = matches!(self.gesture, Some(Gesture { does: Does::Pan { .. }, .. }));
        self.begin(ui, pane, out);
        self.go_on(ui, pane, out);
        if self.gesture.is_none()
            && !was_panning
            && area.clicked()
            && session.view().tool == Tool::Landmark
            && !matches!(hovered, Some(Handle::Landmark(_)))
            && let Some(at) = area.interact_pointer_pos()
        {
            mark(session, side, screen.image(at), out);
        }
        let is_panning = ui.input(|input| input.key_down(Key::Space))
            || (session.view().tool == Tool::Hand && hovered.is_none());
        if draws(session.view().tool) && !is_panning {
            return;
        }
        let cursor = match (hovered.is_some(), is_panning) {
            (true, _) => egui::CursorIcon::Move,
            (_, true) => egui::CursorIcon::Grab,
            _ => egui::CursorIcon::Crosshair,
        };
        area.clone().on_hover_cursor(cursor);
    }

    /// Wheel and pinch zoom at the pointer: both panes, or the one alone while Ctrl is held. The
    /// wheel's motion is smoothed and goes on for a moment after Ctrl is let go.
    pub(super) fn zoom(&mut self, ui: &Ui, side: Side, screen: &Screen, out: &mut Outbox) {
        /// Wheel points that double the magnification, about four notches.
        const POINTS_A_DOUBLING: f32 = 200.0;
        /// Seconds for which the motion goes on.
        const TAIL: f64 = 0.3;
        let (scroll, pinch, has_ctrl, now, at) = ui.input(|input| {
            let scroll = input.smooth_scroll_delta().y;
            let has_ctrl = input.modifiers.command;
            (scroll, input.zoom_delta(), has_ctrl, input.time, input.pointer.hover_pos())
        });
        let factor = f64::from(pinch) * libm::exp2(f64::from(scroll / POINTS_A_DOUBLING));
        let Some(at) = at.filter(|_| (factor - 1.0).abs() > f64::EPSILON) else { return };
        let is_alone = has_ctrl || now < self.alone_until;
        if is_alone {
            self.alone_until = now + TAIL;
        }
        let zoom = if is_alone { ViewCommand::ZoomAlone } else { ViewCommand::ZoomBy };
        out.send(Command::View(zoom(side, screen.output(at), factor)));
    }

    fn begin(&mut self, ui: &Ui, pane: &Pane<'_>, out: &mut Outbox) {
        let Pane { session, side, screen, area, hovered } = *pane;
        if self.gesture.is_some() || !area.contains_pointer() {
            return;
        }
        let (primary, middle, space, is_alone, at) = ui.input(|input| {
            let pressed = |button| input.pointer.button_pressed(button);
            (
                pressed(PointerButton::Primary),
                pressed(PointerButton::Middle),
                input.key_down(Key::Space),
                input.modifiers.command,
                input.pointer.interact_pos(),
            )
        });
        let Some(at) = at.filter(|_| primary || middle) else { return };
        let does = match hovered {
            Some(handle) if primary && !space && !is_alone => Does::Move(handle),
            _ if middle || space || is_alone || session.view().tool == Tool::Hand => {
                Does::Pan { is_alone }
            }
            _ => return,
        };
        self.n_gestures += 1;
        let mut grip = Vec2::ZERO;
        if let Does::Move(handle) = does {
            if let Some(place) = marks::place_of(session, side, handle) {
                grip = screen.of_image(place) - at;
            }
            if let Handle::Landmark(id) = handle {
                out.send(Command::View(ViewCommand::Select(Some(id))));
            }
            out.send(Command::View(ViewCommand::Hold(true)));
        }
        self.gesture = Some(Gesture { side, id: GestureId(self.n_gestures), does, grip });
    }

    /// Ends a gesture whose pane is no longer there to see the button released.
    pub(super) fn end_lost_gesture(&mut self, ctx: &egui::Context, out: &mut Outbox) {
        self.values.end_lost_drag(ctx, out);
        self.findings.end_lost_drag(ctx, out);
        if self.gesture.is_some() && !ctx.input(|input| input.pointer.any_down()) {
            self.gesture = None;
            out.send(Command::View(ViewCommand::Hold(false)));
        }
    }

    fn go_on(&mut self, ui: &Ui, pane: &Pane<'_>, out: &mut Outbox) {
        let Pane { session, side, screen, .. } = *pane;
        let Some(gesture) = self.gesture.as_ref().filter(|gesture| gesture.side == side) else {
            return;
        };
        let (delta, at, is_down, is_cancelled, is_dragging) = ui.input(|input| {
            let delta = input.pointer.delta();
            let is_cancelled = input.key_pressed(Key::Escape);
            let is_dragging = input.pointer.is_decidedly_dragging();
            let at = input.pointer.interact_pos();
            (delta, at, input.pointer.any_down(), is_cancelled, is_dragging)
        });
        let is_over = is_cancelled || !is_down;
        match gesture.does {
            Does::Pan { is_alone } if delta != Vec2::ZERO => {
                let pixels = delta * ui.pixels_per_point();
                let (dx, dy) = (pixels.x.into(), pixels.y.into());
                let pan = if is_alone { ViewCommand::PanAlone } else { ViewCommand::Pan };
                out.send(Command::View(pan(side, dx, dy)));
            }
            Does::Move(_) if is_cancelled => out.send(Command::Cancel(gesture.id)),
            // A click that shakes by a pixel moves nothing.
            Does::Move(handle) if delta != Vec2::ZERO && is_dragging => {
                let place = at.map(|at| screen.image(at + gesture.grip));
                if let Some(edit) = place.and_then(|at| marks::moved(session, side, handle, at)) {
                    out.send(Command::Edit(edit, Some(gesture.id)));
                }
            }
            _ => (),
        }
        if is_over {
            if matches!(gesture.does, Does::Move(_)) {
                out.send(Command::View(ViewCommand::Hold(false)));
            }
            self.gesture = None;
        }
    }
}

/// Whether a tool draws on the pictures, so that nothing else is grabbed.
const fn draws(tool: Tool) -> bool {
    matches!(tool, Tool::Values(_) | Tool::Finding(_))
}

/// A click with the landmark tool: completes the landmark that is marked on the other side alone
/// (the selected one first), else begins the next one.
fn mark(session: &Session, side: Side, at: ImagePoint, out: &mut Outbox) {
    let document = session.document();
    let source = document.sources[side].as_ref();
    let is_inside = source.is_some_and(|source| source.holds(at)) && session.is_told(side, at);
    if !is_inside {
        return;
    }
    let edit = match session.waiting_landmark(side) {
        Some(id) => Edit::PlaceLandmark { id, side, at },
        None => Edit::AddLandmark { name: session.next_landmark_name(), side, at },
    };
    out.send(Command::Edit(edit, None));
}
