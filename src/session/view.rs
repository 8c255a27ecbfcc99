//! What is looked at: cameras, tool, selection. Neither saved nor undone.

use super::{
    Session,
    camera::{Camera, fit, map_of, middle},
    card::PreviewChoice,
    findings::{Filter, FindingOrder},
    offset::{Offset, Scale},
    region::Region,
    stage::Stage,
    view_command::{JudgeTab, Sampling, Step, TableOrder, Tool, ViewCommand},
};
use crate::{
    document::{Arrangement, Criterion, FindingId, LandmarkId, LoupeId, PerSide, Side},
    geometry::{Frame, Image, ImagePoint, Kernel, Look, OutputPoint, Point},
    raster::View,
};

/// From this magnification on, pixels are shown as they are.
const NEAREST_FROM: f64 = 2.0;
/// The smooth kernel of panes and loupes.
const SMOOTH: Kernel = Kernel::CatmullRom;
/// Everything about the view.
#[derive(Clone, Debug, Default, PartialEq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "switches that have nothing to do with each other"
)]
pub struct ViewState {
    /// The tool in hand.
    pub tool: Tool,
    /// The step of the work.
    pub step: Step,
    /// How magnified pixels look.
    pub sampling: Sampling,
    /// How panes and loupes look; no figure is taken from it.
    pub look: Look,
    /// Which picture of the card is previewed, and how.
    pub preview: PreviewChoice,
    /// Screen pixels a card pixel in the preview; 0 before it was on the screen.
    pub preview_scale: f64,
    /// Whether what platforms may hide of a card is shown.
    pub shows_safe_area: bool,
    /// How both sides are compared.
    pub stage: Stage,
    /// What has one size on both sides.
    pub scale: Scale,
    /// Whether a loupe follows the pointer.
    pub is_live: bool,
    /// The enlarged loupe, and the camera from before.
    pub(super) enlarged: Option<(LoupeId, Option<Camera<Frame>>)>,
    /// The region whose colours are read.
    pub region: Option<Region>,
    /// What the panel shows while judging.
    pub judge_tab: JudgeTab,
    /// Which findings the list shows.
    pub finding_filter: Filter,
    /// What the list of findings is sorted by.
    pub finding_order: FindingOrder,
    pub(super) findings: Vec<FindingId>,
    /// The criterion that was chosen to be asked.
    pub(super) asked: Option<Criterion>,
    /// Whether ghosts of unmarked landmarks are shown.
    pub is_predicting: bool,
    /// What the table of landmarks is sorted by.
    pub table_order: TableOrder,
    /// Whether residuals are shown as arrows.
    pub shows_residuals: bool,
    pub(super) selection: Option<LandmarkId>,
    /// The landmark the user chose to mark next.
    pub(super) chosen: Option<String>,
    /// Both panes' camera while they are linked; `None` fits.
    pub(super) linked: Option<Camera<Frame>>,
    /// How far each pane is off it.
    pub(super) offsets: PerSide<Option<Offset>>,
    /// Where the last zoom was, and the spot of the side's picture that stays there.
    pub(super) anchor: Option<(Side, OutputPoint, ImagePoint)>,
    /// Each pane's own camera while they are not; `None` fits.
    apart: PerSide<Option<Camera<Image>>>,
    /// Physical pixels of each pane.
    panes: PerSide<(usize, usize)>,
    /// Physical pixels of one half of a loupe.
    loupe_half: (usize, usize),
    /// The panes as they were when a gesture began, so that nothing moves under the pointer.
    held: PerSide<Option<View>>,
}

impl ViewState {
    /// Cameras back to fitting the pictures; nothing is selected.
    pub(super) fn reset(&mut self) {
        self.linked = None;
        self.offsets = PerSide::default();
        self.apart = PerSide::default();
        self.held = PerSide::default();
        self.selection = None;
        self.enlarged = None;
        self.is_predicting = false;
        self.chosen = None;
        self.step = Step::default();
        self.region = None;
        self.findings.clear();
        self.finding_filter = Filter::default();
        self.asked = None;
    }

    /// Another step of the work; what its tools are not for is put away.
    pub(super) fn go_to_step(&mut self, step: Step) {
        self.step = step;
        self.tool = match (step, self.tool) {
            (Step::Align, Tool::Finding(_)) => Tool::Landmark,
            (Step::Judge, Tool::Landmark) => Tool::Hand,
            (_, tool) => tool,
        };
    }

    /// Whether both panes are kept as they are for a gesture.
    #[must_use]
    pub fn is_held(&self) -> bool {
        self.held.iter().any(|(_, view)| view.is_some())
    }

    /// Physical pixels of a side's pane; zero until it is shown.
    pub(super) fn pane_size(&self, side: Side) -> (usize, usize) {
        self.panes[side]
    }

    /// Physical pixels of one half of a loupe; zero until a strip is shown.
    #[must_use]
    pub fn loupe_half(&self) -> (usize, usize) {
        self.loupe_half
    }

    /// The kernel at this magnification, the same for both sides; a smooth one while blind, since
    /// blocks would tell how large each side's pixels are.
    pub(super) fn kernel(&self, magnification: f64, is_blind: bool) -> Kernel {
        let shows_pixels = self.sampling == Sampling::Pixels && !is_blind;
        if shows_pixels && magnification >= NEAREST_FROM - 1e-9 { Kernel::Nearest } else { SMOOTH }
    }
}

impl Session {
    /// What a side's pane shows; `None` without a picture or before the pane has a size.
    #[must_use]
    pub fn pane_view(&self, side: Side) -> Option<View> {
        if let Some(held) = &self.view.held[side] {
            return Some(held.clone());
        }
        self.free_pane_view(side)
    }

    fn free_pane_view(&self, side: Side) -> Option<View> {
        let pane = self.view.panes[side];
        self.document().sources[side].as_ref()?;
        let (mut least_span, mut region) = (0.0, None);
        let (source_from_output, magnification) =
            if let Some(arrangement) = self.linked_arrangement() {
                let camera = self.side_camera(side, arrangement);
                let frame_from_output = map_of(&camera, pane);
                least_span = arrangement.least_spans[side];
                region = arrangement.seen_region(&frame_from_output);
                // One kernel on both sides, also where one pane is larger: A's camera decides.
                let of_a = self.side_camera(Side::A, arrangement);
                (arrangement.from_frame[side].after(frame_from_output), of_a.magnification)
            } else if self.is_blind() {
                // Each picture whole would tell its shape.
                return None;
            } else {
                let camera = self.own_camera(side)?;
                (map_of(&camera, pane).into(), camera.magnification)
            };
        let kernel = self.view.kernel(magnification, self.is_blind());
        let is_sound = pane.0 > 0 && pane.1 > 0 && source_from_output.is_valid();
        let view = View::new(source_from_output, kernel, pane);
        is_sound.then_some(View { least_span, region, ..view })
    }

    pub(super) fn linked_arrangement(&self) -> Option<&Arrangement> {
        self.arrangement().filter(|_| self.is_linked())
    }

    /// The camera of both panes: the one chosen, or one that fits what both sides cover.
    pub(super) fn linked_camera(&self, arrangement: &Arrangement) -> Camera<Frame> {
        self.view.linked.unwrap_or_else(|| {
            let area = arrangement.common_bounds();
            let fits = Side::BOTH.map(|side| fit(&area, self.view.panes[side]));
            if fits[0].magnification <= fits[1].magnification { fits[0] } else { fits[1] }
        })
    }

    pub(super) fn update_view(&mut self, command: ViewCommand) {
        if !command.keeps_anchor() {
            self.view.anchor = None;
        }
        match command {
            ViewCommand::PaneSize(side, width, height) => {
                self.view.panes[side] = (width, height);
                let held = &mut self.view.held[side];
                *held = held.take_if(|view| (view.width, view.height) == (width, height));
            }
            ViewCommand::LoupeHalf(width, height) => self.view.loupe_half = (width, height),
            ViewCommand::Pan(side, dx, dy) => self.pan(side, dx, dy),
            ViewCommand::PanAlone(side, dx, dy) => self.alone(side, |s| s.pan(side, dx, dy)),
            ViewCommand::ZoomAlone(side, at, factor) => {
                self.alone(side, |s| s.zoom(side, at, factor));
            }
            ViewCommand::Stage(command) => self.view.stage.update(command),
            ViewCommand::Look(look) => self.view.look = look.sound(),
            ViewCommand::Scale(scale) => self.view.scale = scale,
            ViewCommand::Enlarge(id) => self.enlarge(id),
            ViewCommand::Realign => self.view.offsets = PerSide::default(),
            ViewCommand::ZoomBy(side, at, factor) => self.zoom(side, at, factor),
            ViewCommand::ZoomTo(side, at, magnification) => {
                if let Some(view) = self.pane_view(side) {
                    let now = self.reference_magnification(side, &view);
                    self.zoom(side, at, magnification * self.face_scale(side) / now);
                }
            }
            ViewCommand::Fit => {
                self.view.enlarged = None;
                self.view.linked = None;
                self.view.offsets = PerSide::default();
                self.view.apart = PerSide::default();
            }
            ViewCommand::GoTo(id) => self.go_to(id),
            ViewCommand::Region(region) => {
                self.view.region = region.filter(|region| region.shape.is_sound());
            }
            ViewCommand::SelectFindings(_)
            | ViewCommand::GoToFinding(_)
            | ViewCommand::JudgeTab(_)
            | ViewCommand::FilterFindings(_)
            | ViewCommand::SortFindings(_)
            | ViewCommand::Ask(_) => self.update_judging(command),
            ViewCommand::Tool(tool) => self.view.tool = tool,
            ViewCommand::Step(step) => self.view.go_to_step(step),
            ViewCommand::Select(id) => {
                self.view.selection = id.filter(|id| self.document().landmark(*id).is_some());
                self.view.chosen = self.view.chosen.take_if(|_| id.is_none());
            }
            ViewCommand::MarkNext(name) => self.view.chosen = name,
            ViewCommand::Preview(_)
            | ViewCommand::PreviewScale(_)
            | ViewCommand::SafeArea(_)
            | ViewCommand::Live(_)
            | ViewCommand::Predict(_)
            | ViewCommand::Sampling(_)
            | ViewCommand::SortTable(_)
            | ViewCommand::Residuals(_) => self.view.switch(&command),
            ViewCommand::Hold(is_held) => self.hold(is_held),
        }
    }

    /// Keeps both panes where they are while a gesture goes on, or no longer.
    fn hold(&mut self, is_held: bool) {
        let held = is_held.then(|| PerSide::from_fn(|side| self.pane_view(side)));
        self.view.held = held.unwrap_or_default();
    }

    /// What is looked at while judging.
    fn update_judging(&mut self, command: ViewCommand) {
        match command {
            ViewCommand::SelectFindings(ids) => self.select_findings(ids),
            ViewCommand::GoToFinding(id) => self.go_to_finding(id),
            ViewCommand::JudgeTab(tab) => self.view.judge_tab = tab,
            ViewCommand::FilterFindings(filter) => self.view.finding_filter = filter,
            ViewCommand::SortFindings(order) => self.view.finding_order = order,
            ViewCommand::Ask(criterion) => self.view.asked = criterion,
            _ => (),
        }
    }

    /// The magnification that zoom counts: of A's pixels while linked, of the side's own else.
    fn reference_magnification(&self, side: Side, view: &View) -> f64 {
        self.linked_arrangement()
            .map_or_else(|| view.magnification(), |both| self.side_camera(side, both).magnification)
    }

    /// How much larger than A's face that of a side is shown.
    fn face_scale(&self, side: Side) -> f64 {
        self.linked_arrangement()
            .map_or(1.0, |both| self.equal_pixels(side, both, &self.side_camera(side, both)))
    }

    fn zoom(&mut self, side: Side, at: OutputPoint, factor: f64) {
        let Some(view) = self.pane_view(side) else { return };
        let now = self.reference_magnification(side, &view);
        let (least, most) = self.magnifications((view.width, view.height));
        let target = (now * factor).clamp(least, most);
        // Many small steps at one position would wander if each began from a view that is snapped to
        // pixels, so they all keep the first one's spot.
        let anchor = self.view.anchor.filter(|anchor| anchor.0 == side && anchor.1 == at);
        let spot = anchor.map_or_else(|| view.source_from_output.apply(at), |anchor| anchor.2);
        self.view.anchor = Some((side, at, spot));
        let mid = middle((view.width, view.height));
        let (dx, dy) = ((mid.x - at.x) / target, (mid.y - at.y) / target);
        if let Some(arrangement) = self.linked_arrangement() {
            let center = arrangement.from_frame[side].unapply(spot).offset(dx, dy);
            let own = Camera { center, magnification: target };
            self.view.linked = Some(self.common_camera(side, arrangement, own));
        } else {
            let center = spot.offset(dx, dy);
            self.view.apart[side] = Some(Camera { center, magnification: target });
        }
    }

    /// Puts the camera of `side`, or of both while linked, on a new middle (in that side's pixels)
    /// and multiplies its magnification.
    pub(super) fn move_camera(&mut self, side: Side, to: impl Fn(&View) -> (Point<Image>, f64)) {
        let Some(view) = self.free_pane_view(side) else { return };
        let (center, factor) = to(&view);
        if let Some(arrangement) = self.linked_arrangement() {
            let camera = self.side_camera(side, arrangement);
            let center = arrangement.from_frame[side].unapply(center);
            let own = Camera { center, magnification: camera.magnification * factor };
            self.view.linked = Some(self.common_camera(side, arrangement, own));
        } else {
            let magnification = view.magnification() * factor;
            self.view.apart[side] = Some(Camera { center, magnification });
        }
    }

    /// Fits a side's picture again, since it is another one.
    pub(super) fn refit(&mut self, side: Side) {
        self.view.apart[side] = None;
        if side == Side::A {
            self.view.linked = None;
        }
    }

    /// Moves the picture by physical pixels. The camera itself moves, not the snapped view, so that
    /// slow drags add up.
    fn pan(&mut self, side: Side, dx: f64, dy: f64) {
        if let Some(arrangement) = self.linked_arrangement() {
            let mut own = self.side_camera(side, arrangement);
            own.center = own.center.offset(-dx / own.magnification, -dy / own.magnification);
            self.view.linked = Some(self.common_camera(side, arrangement, own));
        } else if let Some(mut camera) = self.own_camera(side) {
            let (dx, dy) = (-dx / camera.magnification, -dy / camera.magnification);
            camera.center = camera.center.offset(dx, dy);
            self.view.apart[side] = Some(camera);
        }
    }

    /// A pane's own camera: the one chosen, or one that fits its picture.
    fn own_camera(&self, side: Side) -> Option<Camera<Image>> {
        let source = self.document().sources[side].as_ref()?;
        Some(self.view.apart[side].unwrap_or_else(|| fit(&source.area(), self.view.panes[side])))
    }

    /// Brings a spot of a side into the middle of its pane, and of the other one while linked.
    pub(super) fn center_on(&mut self, side: Side, at: ImagePoint) {
        self.move_camera(side, |_| (at, 1.0));
    }

    /// What A's pane shows now, as a camera on A's pixels.
    pub(super) fn a_camera(&self) -> Option<Camera<Image>> {
        let view = self.free_pane_view(Side::A)?;
        let center = view.source_from_output.apply(middle((view.width, view.height)));
        Some(Camera { center, magnification: view.magnification() })
    }

    /// Keeps what is looked at when landmarks move the sides, link the panes or part them: A stays
    /// as it was (`a_before`), so that nothing jumps under the pointer that marks.
    pub(super) fn hand_over_cameras(
        &mut self,
        was_linked: bool,
        before: &Arrangement,
        a_before: Option<Camera<Image>>,
    ) {
        match (was_linked, self.is_linked()) {
            (_, true) => {
                let in_frame = |camera: Camera<Image>| {
                    let center = self.arrangement()?.frame_point(camera.center);
                    Some(Camera { center, magnification: camera.magnification })
                };
                let offset = self.view.offsets.a;
                let common = |own: Camera<Frame>| offset.map_or(own, |offset| offset.off(&own));
                self.view.linked = a_before.and_then(in_frame).map(common);
            }
            (true, false) => {
                let (camera, offsets) = (self.view.linked, self.view.offsets);
                self.view.offsets = PerSide::default();
                self.view.apart = PerSide::from_fn(|side| {
                    camera
                        .map(|camera| offsets[side].map_or(camera, |offset| offset.on(&camera)))
                        .map(|camera| {
                            let from_frame = &before.from_frame[side];
                            Camera {
                                center: from_frame.apply(camera.center),
                                magnification: camera.magnification
                                    / from_frame.scale_near(camera.center),
                            }
                        })
                });
            }
            (false, false) => (),
        }
    }
}
