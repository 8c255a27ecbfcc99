//! The window's application: draws the session, then carries out what was asked for.

use std::path::PathBuf;

use egui::{CentralPanel, Frame, Margin, Panel, Rect, Ui, UiBuilder, ViewportCommand};

use super::{
    canvas::Canvas,
    composer::Composer,
    dialogs::Dialogs,
    incoming::{self, Incoming, empty_document},
    keys,
    limits_box::LimitsBox,
    loupes,
    marks::chip_ui,
    outbox::{Leaving, Outbox},
    panels::{self, Heads},
    path_box::PathBox,
    reveal_box::RevealBox,
    screen::snapped,
    stage::Stage,
    textures::Textures,
    theme,
};
use crate::{
    card::fit_words,
    document::{Footing, PerSide, Side},
    session::{Command, Job, Mode, Session, Step, Workers, run},
    storage::{Library, RecentSessions, Settings},
};

/// What the window begins with.
#[derive(Clone, Debug, Default)]
pub struct Start {
    /// A session, or one or two pictures.
    pub files: Vec<PathBuf>,
    /// Open the bundled pair.
    pub is_demo: bool,
}

/// The window.
pub struct App {
    pub(super) session: Session,
    /// `None` runs jobs in place, as tests do.
    workers: Option<Workers>,
    pub(super) dialogs: Dialogs,
    textures: Textures,
    canvas: Canvas,
    heads: Heads,
    stage: Stage,
    strip: loupes::Strip,
    judge: panels::Judge,
    pub(super) composer: Composer,
    panes: PerSide<Rect>,
    /// Asked about unsaved work, and what comes after.
    pub(super) question: Option<Leaving>,
    /// To be done once the session is saved.
    pub(super) after_save: Option<Leaving>,
    pub(super) may_close: bool,
    pub(super) is_help_open: bool,
    pub(super) path_box: PathBox,
    pub(super) limits_box: LimitsBox,
    pub(super) reveal_box: RevealBox,
    incoming: Incoming,
    title: String,
    logged_fit: String,
    pub(super) sample_folder: PathBuf,
}

impl App {
    /// A window on an empty session, in a context that is [dressed](super::dress). `workers` is `None`
    /// to run jobs in place.
    #[must_use]
    pub fn new(
        recent: RecentSessions,
        dialogs: Dialogs,
        workers: Option<Workers>,
        sample_folder: PathBuf,
    ) -> Self {
        Self {
            session: Session::new(empty_document(), recent),
            workers,
            dialogs,
            textures: Textures::default(),
            canvas: Canvas::default(),
            heads: Heads::default(),
            stage: Stage::default(),
            strip: loupes::Strip::default(),
            judge: panels::Judge::default(),
            composer: Composer::default(),
            panes: PerSide::new(Rect::NOTHING, Rect::NOTHING),
            question: None,
            after_save: None,
            may_close: false,
            is_help_open: false,
            path_box: PathBox::default(),
            limits_box: LimitsBox::default(),
            reveal_box: RevealBox::default(),
            incoming: Incoming::default(),
            title: String::new(),
            logged_fit: String::new(),
            sample_folder,
        }
    }

    /// The same, with the user's settings.
    #[must_use]
    pub fn with_settings(mut self, settings: Settings) -> Self {
        self.session = self.session.with_settings(settings);
        self
    }

    /// The same, with the user's recipes and defects.
    #[must_use]
    pub fn with_library(mut self, library: Library) -> Self {
        self.session = self.session.with_library(library);
        self
    }

    /// The session, to read.
    #[must_use]
    pub fn session(&self) -> &Session {
        &self.session
    }

    /// Where the panes are, in points.
    #[must_use]
    pub fn panes(&self) -> &PerSide<Rect> {
        &self.panes
    }

    /// Opens what the window begins with.
    pub fn start(&mut self, start: &Start) {
        let mut out = Outbox::default();
        incoming::open_paths(&self.session, &start.files, None, &mut out);
        if start.is_demo {
            out.send(Command::OpenSample(self.sample_folder.clone()));
        }
        self.send_all(out.commands);
    }

    fn send_all(&mut self, commands: impl IntoIterator<Item = Command>) {
        for command in commands {
            self.send(command);
        }
    }

    /// Carries out a command and sees to its jobs.
    pub fn send(&mut self, command: Command) {
        let mut jobs: Vec<Job> = self.session.update(command);
        if let Some(workers) = &self.workers {
            for job in jobs {
                workers.send(job);
            }
            return;
        }
        while let Some(job) = jobs.pop() {
            let outcome = run(&job);
            jobs.extend(self.session.update(Command::Finished(job.id, outcome)));
        }
    }

    fn ui_all(&mut self, ui: &mut Ui, out: &mut Outbox) {
        let bar = Frame::new().fill(theme::PANEL).inner_margin(Margin::symmetric(10, 5));
        let session = &self.session;
        Panel::top("top").exact_size(40.0).frame(bar).show(ui, |ui| {
            panels::top_ui(ui, session, out);
        });
        Panel::bottom("status").exact_size(30.0).frame(bar).show(ui, |ui| {
            panels::status_ui(ui, session, self.canvas.pointer, out);
        });
        panels::notices_ui(ui, session, out);
        let is_empty =
            Side::BOTH.into_iter().all(|side| session.document().sources[side].is_none());
        if is_empty {
            CentralPanel::default().frame(Frame::new()).show(ui, |ui| {
                self.panes = panels::empty_ui(ui, session, out);
            });
            return;
        }
        if session.view().step.has_panes() && session.arrangement().is_some() {
            self.strip_ui(ui, out);
        }
        let session = &self.session;
        let panel = Frame::new().fill(theme::PANEL).inner_margin(12.0);
        Panel::right("panel").exact_size(280.0).resizable(false).frame(panel).show(ui, |ui| {
            match session.view().step {
                Step::Align => panels::align_ui(ui, session, out),
                Step::Judge => {
                    let wants_name = &mut self.canvas.findings.wants_name;
                    self.judge.ui(ui, session, wants_name, out);
                }
                Step::Card => self.composer.panel_ui(ui, session, out),
            }
        });
        if session.view().step == Step::Card {
            self.canvas.pointer = None;
            CentralPanel::default().frame(Frame::new()).show(ui, |ui| {
                self.composer.preview.ui(ui, session, &mut self.textures, out);
            });
            return;
        }
        self.align_ui(ui, out);
    }

    fn strip_ui(&mut self, ui: &mut Ui, out: &mut Outbox) {
        let session = &self.session;
        let height = loupes::strip_height(ui.available_width());
        let strip = Frame::new().fill(theme::PANEL).inner_margin(theme::GAP);
        Panel::bottom("loupes").exact_size(height).frame(strip).show(ui, |ui| {
            let pointer = self.canvas.pointer;
            self.strip.ui(ui, session, &mut self.textures, pointer, out);
        });
    }

    fn align_ui(&mut self, ui: &mut Ui, out: &mut Outbox) {
        let session = &self.session;
        let tools = Frame::new().fill(theme::PANEL).inner_margin(Margin::symmetric(4, 8));
        let width = panels::tools_width(session, ui.available_height());
        Panel::left("tools").exact_size(width).resizable(false).frame(tools).show(ui, |ui| {
            panels::tools_ui(ui, session, out);
        });
        CentralPanel::default().frame(Frame::new().fill(theme::SURROUND)).show(ui, |ui| {
            self.panes_ui(ui, out);
        });
    }

    fn panes_ui(&mut self, ui: &mut Ui, out: &mut Outbox) {
        const DIVIDER: f32 = 2.0;
        let scale = ui.pixels_per_point();
        let (area, ..) = snapped(ui.max_rect(), scale);
        // Both panes have one width in physical pixels, the divider has what is left.
        let half = ((area.width() - DIVIDER) * scale / 2.0 + 0.01).floor() / scale;
        let is_staged = self.session.mode() != Mode::SideBySide
            && Side::BOTH.into_iter().all(|side| self.session.loaded(side).is_some());
        for side in Side::BOTH {
            let left = if side == Side::A { area.left() } else { area.right() - half };
            let column =
                Rect::from_min_size(egui::pos2(left, area.top()), egui::vec2(half, area.height()));
            let (head, pane) = column.split_top_bottom_at_y(area.top() + panels::HEAD_HEIGHT);
            let session = &self.session;
            ui.scope_builder(UiBuilder::new().max_rect(head), |ui| {
                self.heads.head_ui(ui, session, side, out);
            });
            self.panes[side] = pane;
            if is_staged {
                continue;
            }
            ui.scope_builder(UiBuilder::new().max_rect(pane), |ui| {
                if let Some(why) = session.fault(side) {
                    panels::fault_ui(ui, session, (side, why), out);
                } else if session.document().sources[side].is_none() {
                    panels::missing_ui(ui, side, out);
                } else if session.is_blind() && !session.is_linked() {
                    panels::unaligned_ui(ui, side);
                } else {
                    self.canvas.pane_ui(ui, session, &mut self.textures, side, out);
                }
            });
        }
        if is_staged {
            self.stage_ui(ui, area, out);
        }
        let below = if is_staged { panels::STAGE_BAR_HEIGHT } else { 0.0 };
        let room = area.with_max_y(area.bottom() - below);
        panels::values_ui(ui, &self.session, room, out);
        enlarged_ui(ui, &self.session, room);
    }

    /// Both sides in one place, under the heads, over the bar of what can be chosen.
    fn stage_ui(&mut self, ui: &mut Ui, area: Rect, out: &mut Outbox) {
        let (_, below) = area.split_top_bottom_at_y(area.top() + panels::HEAD_HEIGHT);
        let (stage, bar) = below.split_top_bottom_at_y(below.bottom() - panels::STAGE_BAR_HEIGHT);
        let session = &self.session;
        ui.scope_builder(UiBuilder::new().max_rect(stage), |ui| {
            self.stage.ui(ui, session, &mut self.canvas, &mut self.textures, out);
        });
        ui.scope_builder(UiBuilder::new().max_rect(bar), |ui| {
            panels::stage_bar_ui(ui, session, out);
        });
    }

    /// Whether a box over the window takes the keys.
    fn has_box(&self) -> bool {
        let is_typing = self.path_box.is_open() || self.limits_box.is_open();
        let is_asking = self.reveal_box.is_open() || self.session.in_the_way().is_some();
        self.is_help_open || is_typing || is_asking
    }

    /// Puts the name in the title bar and the fit in the log.
    fn announce(&mut self, ctx: &egui::Context) {
        let title = format!("{} - Diptych", self.session.title());
        if title != self.title {
            ctx.send_viewport_cmd(ViewportCommand::Title(title.clone()));
            self.title = title;
        }
        let fitted = self.session.arrangement().map(|both| &both.registration);
        if let Some(registration) = fitted.filter(|r| r.footing == Footing::Fitted) {
            let fit = fit_words(self.session.document(), registration);
            if fit != self.logged_fit {
                log::info!("fit done: {fit}");
                self.logged_fit = fit;
            }
        }
    }
}

/// Which loupe is enlarged, and how to go back.
fn enlarged_ui(ui: &Ui, session: &Session, room: Rect) {
    let loupe = session.enlarged().and_then(|id| session.document().loupe(id));
    if let Some(loupe) = loupe {
        let at = room.center_top() + egui::vec2(-70.0, panels::HEAD_HEIGHT + 8.0);
        let text = format!("{}, enlarged: Esc goes back", loupe.name);
        chip_ui(&ui.painter_at(room), at, &text);
    }
}

impl eframe::App for App {
    fn logic(&mut self, ctx: &egui::Context, _frame: &mut eframe::Frame) {
        let finished: Vec<Command> = self.workers.iter().flat_map(Workers::finished).collect();
        self.send_all(finished);
        if ctx.input(|input| input.viewport().close_requested())
            && !self.may_close
            && self.session.is_unsaved()
        {
            ctx.send_viewport_cmd(ViewportCommand::CancelClose);
            self.question = Some(Leaving::Quit);
        }
        self.announce(ctx);
    }

    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        let mut out = Outbox::default();
        let was_asking = self.question.is_some();
        if self.question.is_none() && !self.has_box() {
            self.canvas.findings.take_keys(ui.ctx(), &self.session, &mut out);
            keys::take_answers(ui.ctx(), &self.session, &mut out);
            let focus = self.canvas.focus(&self.session);
            keys::take_shortcuts(ui.ctx(), &self.session, focus, &mut out);
            keys::take_nudges(ui.ctx(), &self.session, self.canvas.last_side, &mut out);
        }
        self.incoming.take(ui.ctx(), &self.session, &self.panes, &mut out);
        let session = &self.session;
        let look = session.view().look;
        self.textures.set_look(look);
        self.canvas.tiles.begin_frame(look, |side| session.loaded(side).cloned());
        self.ui_all(ui, &mut out);
        self.canvas.end_lost_gesture(ui.ctx(), &mut out);
        if self.is_help_open {
            self.is_help_open = panels::help_ui(ui);
        }
        self.question_ui(ui, &mut out);
        self.replace_question_ui(ui, &mut out);
        self.limits_box.ui(ui, &mut out);
        self.reveal_box.ui(ui, &mut out);
        let has_pictures = self.session.arrangement().is_some();
        if let Some(answer) = self.path_box.ui(ui, has_pictures) {
            self.dialog_answer(answer, false, &mut out);
        }
        if !self.session.is_unsaved()
            && self.session.path().is_some()
            && let Some(to) = self.after_save.take()
        {
            self.go(ui.ctx(), to, &mut out);
        }
        let ctx = ui.ctx().clone();
        for ask in std::mem::take(&mut out.asks) {
            self.answer(&ctx, ask, &mut out);
        }
        for answer in self.dialogs.answers(&ctx) {
            self.dialog_answer(answer, true, &mut out);
        }
        let before = self.session.stamp();
        for command in std::mem::take(&mut out.commands) {
            match command {
                Command::OpenSession(path) if self.session.is_unsaved() => {
                    self.question = Some(Leaving::OpenSession(path));
                }
                command => self.send(command),
            }
        }
        if self.session.is_unsaved() && !self.session.is_saving() && !self.dialogs.is_open() {
            // The save that was to come first failed or was called off.
            self.after_save = None;
        }
        if before != self.session.stamp() || self.question.is_some() != was_asking {
            ctx.request_repaint();
        }
    }
}
