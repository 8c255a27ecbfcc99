//! Both sides in one place: wipe, flip, flicker, onion skin, difference.

use egui::{Key, Painter, Pos2, Rect, Response, Sense, Stroke, Ui, Vec2};

use super::{
    canvas::Canvas,
    finding_marks::Sheet,
    half_plane::HalfPlane,
    loupe_half::badge_ui,
    outbox::Outbox,
    picture::{Layer, last_ui, picture_ui, shown_ui},
    screen::{Screen, snapped},
    textures::Textures,
    theme,
    values::{self, region_ui},
};
use crate::{
    document::{PerSide, Side},
    raster::View,
    session::{Command, Mode, Session, Slot, StageCommand, Tool, ViewCommand, Wipe},
};

/// Within this many points of the wipe's line or knob the pointer is on it.
const HIT_LINE: f32 = 8.0;
const HIT_KNOB: f32 = 12.0;
/// From the line's point to the knob that turns it, in points.
const KNOB: f32 = 90.0;

/// What the stage remembers between frames.
#[derive(Default)]
pub(super) struct Stage {
    dragged: Option<Dragged>,
    /// While the sides take turns: which is shown, and since when in egui's seconds.
    turn: Option<(Side, f64)>,
}

/// What a held button moves.
#[derive(Clone, Copy)]
enum Dragged {
    Pictures,
    Line,
    Knob,
}

/// Whether the key is held that shows the other side.
pub(super) fn is_other_held(ui: &Ui) -> bool {
    !ui.ctx().text_edit_focused() && ui.input(|input| input.key_down(Key::Backtick))
}

/// The stage in one frame.
struct Place<'a> {
    session: &'a Session,
    screens: PerSide<Screen>,
    rect: Rect,
    scale: f32,
}

impl Stage {
    /// Shows the stage in all the space there is.
    pub(super) fn ui(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        canvas: &mut Canvas,
        textures: &mut Textures,
        out: &mut Outbox,
    ) {
        let area = ui.allocate_response(ui.available_size(), Sense::click_and_drag());
        let name = session.mode().words();
        area.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Canvas, true, name));
        let scale = ui.pixels_per_point();
        let (rect, width, height) = snapped(area.rect, scale);
        for side in Side::BOTH {
            out.send(Command::View(ViewCommand::PaneSize(side, width, height)));
        }
        let painter = ui.painter_at(rect);
        painter.rect_filled(rect, 0.0, theme::PANE);
        canvas.pointer = None;
        let Some(views) = views_of(session, (width, height)) else {
            // The size is known from the next frame on.
            ui.request_repaint();
            return;
        };
        for (side, view) in views.iter() {
            out.send(Command::Show(Slot::Pane(side), side, view.clone()));
        }
        let screens = views.map(|view| Screen::new(rect, scale, view));
        let place = Place { session, screens, rect, scale };
        let shown = self.shown_side(ui, session);
        place.pictures_ui(&painter, canvas, textures, shown);
        if session.view().stage.comparison().is_some() {
            out.send(Command::Compare);
        }
        let region_side = session.view().region.as_ref().map(|region| region.side);
        if let Some(side) = region_side {
            region_ui(&painter, session, side, &place.screens[side]);
        }
        // What is being drawn goes on where it began, whichever side is seen meanwhile.
        let in_use = canvas.findings.side_in_use();
        place.findings_ui(&painter, canvas, (in_use.unwrap_or(shown), area.hover_pos()));
        place.badges_ui(&painter, shown);
        let pointer = area.hover_pos().or(area.interact_pointer_pos());
        let over = pointer.filter(|at| rect.contains(*at));
        let under = over.map(|at| place.side_under(shown, at));
        if let Some((at, under)) = over.zip(under) {
            canvas.pointer = Some((under, place.screens[under].image(at)));
            canvas.last_side = Some(under);
            if area.hovered() {
                canvas.zoom(ui, under, &place.screens[under], out);
            }
        }
        let is_on_line =
            over.is_some_and(|at| !matches!(place.handle_under(at), Dragged::Pictures));
        let mut is_drawing = false;
        if self.dragged.is_none() && !is_on_line {
            // Both sides lie in one place: the region stays on the side it was drawn on, findings
            // are drawn on the side that is seen.
            let under = under.unwrap_or(shown);
            let on = |side: Side| values::Place {
                session,
                side,
                screen: &place.screens[side],
                area: &area,
            };
            is_drawing = canvas.values.input(ui, &on(region_side.unwrap_or(under)), out)
                || canvas.findings.input(ui, &on(in_use.unwrap_or(under)), out);
        }
        if !is_drawing {
            self.gestures(ui, &place, &area, out);
        }
    }

    /// The side that is seen where only one is.
    fn shown_side(&mut self, ui: &Ui, session: &Session) -> Side {
        let stage = &session.view().stage;
        let side = match session.mode() {
            Mode::Flicker => {
                let now = ui.input(|input| input.time);
                let (mut side, mut since) = self.turn.unwrap_or((Side::A, now));
                let period = f64::from(stage.period);
                // Counted from when a side came up: a late frame or another period shortens no turn.
                if now - since >= period {
                    (side, since) = (side.other(), now);
                }
                self.turn = Some((side, since));
                let rest = (since + period - now).max(0.001);
                ui.request_repaint_after(std::time::Duration::from_secs_f64(rest));
                side
            }
            Mode::Flip => stage.shown,
            _ => Side::A,
        };
        if session.mode() != Mode::Flicker {
            self.turn = None;
        }
        if is_other_held(ui) { side.other() } else { side }
    }

    fn gestures(&mut self, ui: &Ui, place: &Place<'_>, area: &Response, out: &mut Outbox) {
        let (pressed, is_down, at, delta) = ui.input(|input| {
            let pressed = input.pointer.any_pressed();
            (pressed, input.pointer.any_down(), input.pointer.interact_pos(), input.pointer.delta())
        });
        let Some(at) = at else { return };
        let under = place.handle_under(at);
        if pressed && area.contains_pointer() && self.dragged.is_none() {
            self.dragged = Some(under);
        }
        if !is_down {
            self.dragged = None;
        }
        let cursor = match self.dragged.unwrap_or(under) {
            Dragged::Pictures
                if matches!(place.session.view().tool, Tool::Values(_) | Tool::Finding(_)) =>
            {
                egui::CursorIcon::Crosshair
            }
            Dragged::Pictures => egui::CursorIcon::Grab,
            Dragged::Line => egui::CursorIcon::Move,
            Dragged::Knob => egui::CursorIcon::Alias,
        };
        area.clone().on_hover_cursor(cursor);
        if delta == Vec2::ZERO {
            return;
        }
        let wipe = place.session.view().stage.wipe;
        let command = match self.dragged {
            None => return,
            Some(Dragged::Pictures) => {
                let pixels = delta * place.scale;
                ViewCommand::Pan(Side::A, pixels.x.into(), pixels.y.into())
            }
            Some(Dragged::Line) => {
                let size = place.rect.size();
                let share = (wipe.at.0 + delta.x / size.x, wipe.at.1 + delta.y / size.y);
                ViewCommand::Stage(StageCommand::Wipe(Wipe { at: share, ..wipe }))
            }
            Some(Dragged::Knob) => {
                // The knob lies along the line, which is square to the normal.
                let along = at - place.line().at;
                let normal = along.angle() - std::f32::consts::FRAC_PI_2;
                ViewCommand::Stage(StageCommand::Wipe(Wipe {
                    normal: near_upright(normal),
                    ..wipe
                }))
            }
        };
        out.send(Command::View(command));
    }
}

/// Both panes' views, once they have this size.
fn views_of(session: &Session, size: (usize, usize)) -> Option<PerSide<View>> {
    let view = |side| session.pane_view(side).filter(|view| (view.width, view.height) == size);
    PerSide::from_fn(view).both()
}

/// Directions within two degrees of upright or level count as that.
fn near_upright(angle: f32) -> f32 {
    let quarter = std::f32::consts::FRAC_PI_2;
    let nearest = (angle / quarter).round() * quarter;
    if (angle - nearest).abs() < 2.0_f32.to_radians() { nearest } else { angle }
}

impl Place<'_> {
    /// B's half of the wipe.
    fn line(&self) -> HalfPlane {
        let wipe = self.session.view().stage.wipe;
        let at = self.rect.min + Vec2::new(wipe.at.0, wipe.at.1) * self.rect.size();
        HalfPlane { at, normal: Vec2::angled(wipe.normal) }
    }

    fn knob(&self) -> Pos2 {
        let line = self.line();
        line.at - KNOB * line.normal.rot90()
    }

    fn handle_under(&self, at: Pos2) -> Dragged {
        if self.session.mode() != Mode::Wipe {
            return Dragged::Pictures;
        }
        if self.knob().distance(at) <= HIT_KNOB {
            Dragged::Knob
        } else if self.line().depth(at).abs() <= HIT_LINE {
            Dragged::Line
        } else {
            Dragged::Pictures
        }
    }

    /// Whose pixels are seen at a position.
    fn side_under(&self, shown: Side, at: Pos2) -> Side {
        match self.session.mode() {
            Mode::Wipe if self.line().depth(at) >= 0.0 => shown.other(),
            _ => shown,
        }
    }

    fn pictures_ui(
        &self,
        painter: &Painter,
        canvas: &mut Canvas,
        textures: &mut Textures,
        shown: Side,
    ) {
        let session = self.session;
        let mut picture = |side: Side, textures: &mut Textures, layer: Layer| {
            let tiles = &mut canvas.tiles;
            picture_ui(painter, session, (textures, tiles), side, &self.screens[side], layer);
        };
        let compared = session.compared().map(|shown| (Slot::Compared, shown));
        match session.mode() {
            Mode::SideBySide | Mode::Flip | Mode::Flicker => picture(shown, textures, Layer::WHOLE),
            Mode::Wipe => {
                let half = self.line();
                for (side, half) in [(shown, half.opposite()), (shown.other(), half)] {
                    picture(side, textures, Layer { clip: Some(half), opacity: 1.0 });
                }
                self.line_ui(painter);
            }
            Mode::Onion | Mode::Difference if let Some(compared) = compared => {
                shown_ui(painter, textures, compared, self.rect, self.scale, Layer::WHOLE);
            }
            Mode::Onion => {
                picture(Side::A, textures, Layer::WHOLE);
                let opacity = session.view().stage.opacity;
                picture(Side::B, textures, Layer { clip: None, opacity });
            }
            Mode::Difference => {
                // Until this one is made, the last one where it is now.
                let last = session.last_compared().map(|shown| (Slot::Compared, shown));
                if let Some(last) = last {
                    last_ui(painter, textures, last, &self.screens.a, Layer::WHOLE);
                }
            }
        }
    }

    fn line_ui(&self, painter: &Painter) {
        let line = self.line();
        let along = line.normal.rot90() * self.rect.size().length();
        let knob = self.knob();
        for (width, color) in [(3.0, theme::MARK_EDGE), (1.2, theme::MARK)] {
            painter.line_segment([line.at - along, line.at + along], Stroke::new(width, color));
            painter.circle_stroke(line.at, 9.0, Stroke::new(width, color));
            painter.circle_stroke(knob, 5.0, Stroke::new(width, color));
        }
        painter.circle_filled(line.at, 8.0, theme::CHIP);
        painter.circle_filled(knob, 4.0, theme::MARK);
        let arrow = 4.5 * line.normal;
        for end in [arrow, -arrow] {
            painter.circle_filled(line.at + end, 1.5, theme::MARK);
        }
    }

    /// The findings as they lie on a side, all in whole lines where both sides are seen.
    fn findings_ui(
        &self,
        painter: &Painter,
        canvas: &Canvas,
        (side, pointer): (Side, Option<Pos2>),
    ) {
        let shows_both = self.session.mode().shows_both();
        let screen = &self.screens[side];
        let sheet = Sheet { session: self.session, side, screen, shows_both };
        canvas.findings.ui(painter, &sheet, pointer);
    }

    /// Which side is seen where.
    fn badges_ui(&self, painter: &Painter, shown: Side) {
        const SIZE: f32 = 26.0;
        let corner = self.rect.left_top() + Vec2::splat(12.0);
        match self.session.mode() {
            Mode::SideBySide | Mode::Difference | Mode::Onion => (),
            Mode::Flip | Mode::Flicker => badge_ui(painter, shown, corner, SIZE),
            Mode::Wipe => {
                let line = self.line();
                for (side, way) in [(shown, -1.0), (shown.other(), 1.0)] {
                    let middle = line.at + way * 34.0 * line.normal + 40.0 * line.normal.rot90();
                    badge_ui(painter, side, middle - Vec2::splat(SIZE / 2.0), SIZE);
                }
            }
        }
    }
}
