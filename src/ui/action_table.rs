//! The one table of actions: menus, shortcuts, tooltips and the help page come from it.

use egui::{Key, KeyboardShortcut, Modifiers};

use super::{
    actions::{ActionId, Menu},
    outbox::Ask,
};
use crate::{
    document::Side,
    geometry::ShapeKind,
    session::{Mode, Step, Tool},
    storage::FindingFormat,
};

/// An action as the user meets it.
#[derive(Clone, Copy, Debug)]
pub struct Action {
    /// What it does.
    pub id: ActionId,
    /// Its name in menus and help.
    pub name: &'static str,
    /// Where it stands.
    pub menu: Menu,
    /// Its keys.
    pub shortcut: Option<KeyboardShortcut>,
}

const CTRL_SHIFT: Modifiers = Modifiers::COMMAND.plus(Modifiers::SHIFT);

const fn action(
    menu: Menu,
    id: ActionId,
    name: &'static str,
    modifiers: Modifiers,
    key: Key,
) -> Action {
    Action { id, name, menu, shortcut: Some(KeyboardShortcut::new(modifiers, key)) }
}

const fn without_keys(menu: Menu, id: ActionId, name: &'static str) -> Action {
    Action { id, name, menu, shortcut: None }
}

/// Every action, in the order of the menus.
pub const ACTIONS: &[Action] = {
    use ActionId as Id;
    use Menu::{Compare, Edit, File, Findings, Help, Landmarks, Loupes, View};
    const NONE: Modifiers = Modifiers::NONE;
    const CTRL: Modifiers = Modifiers::COMMAND;
    &[
        action(File, Id::Ask(Ask::Open), "Open…", CTRL, Key::O),
        without_keys(File, Id::Ask(Ask::OpenSide(Side::A)), "Open or replace picture A…"),
        without_keys(File, Id::Ask(Ask::OpenSide(Side::B)), "Open or replace picture B…"),
        without_keys(File, Id::Ask(Ask::OpenSample), "Open the sample pair"),
        action(File, Id::Ask(Ask::Save), "Save session", CTRL, Key::S),
        action(File, Id::Ask(Ask::SaveAs), "Save session as…", CTRL_SHIFT, Key::S),
        action(File, Id::Ask(Ask::Export), "Export card…", CTRL, Key::E),
        without_keys(File, Id::Ask(Ask::ExportAll), "Export card in all sizes…"),
        action(File, Id::Ask(Ask::CopyCard), "Copy card", CTRL_SHIFT, Key::C),
        without_keys(File, Id::Ask(Ask::TypePath), "File by path…"),
        without_keys(File, Id::Ask(Ask::Limits), "Picture limits…"),
        action(File, Id::Ask(Ask::Begin), "New session", CTRL, Key::N),
        action(File, Id::Ask(Ask::Quit), "Quit", CTRL, Key::Q),
        action(Edit, Id::Undo, "Undo", CTRL, Key::Z),
        action(Edit, Id::Redo, "Redo", CTRL_SHIFT, Key::Z),
        action(Landmarks, Id::Accept, "Accept or confirm landmark", NONE, Key::Enter),
        action(Landmarks, Id::StepBack, "Take the mark back", NONE, Key::Backspace),
        action(Landmarks, Id::Skip, "Skip to the next landmark", NONE, Key::K),
        action(Landmarks, Id::Predict, "Predict the rest", CTRL, Key::P),
        action(Landmarks, Id::Refine, "Refine landmark on B", CTRL, Key::R),
        action(Landmarks, Id::RefineAll, "Refine all landmarks on B", CTRL_SHIFT, Key::R),
        action(Landmarks, Id::RemoveLandmark, "Remove landmark", NONE, Key::Delete),
        without_keys(Landmarks, Id::Ask(Ask::ImportLandmarks(None)), "Import landmarks…"),
        without_keys(
            Landmarks,
            Id::Ask(Ask::ImportLandmarks(Some(Side::A))),
            "Import landmarks of A…",
        ),
        without_keys(
            Landmarks,
            Id::Ask(Ask::ImportLandmarks(Some(Side::B))),
            "Import landmarks of B…",
        ),
        without_keys(Landmarks, Id::Ask(Ask::ExportLandmarks(None)), "Export landmarks…"),
        without_keys(
            Landmarks,
            Id::Ask(Ask::ExportLandmarks(Some(Side::A))),
            "Export landmarks of A…",
        ),
        without_keys(
            Landmarks,
            Id::Ask(Ask::ExportLandmarks(Some(Side::B))),
            "Export landmarks of B…",
        ),
        action(Loupes, Id::AddLoupe, "Add a loupe at the pointer", Modifiers::SHIFT, Key::L),
        action(Loupes, Id::ToggleLive, "Loupe at the pointer", NONE, Key::J),
        action(
            Loupes,
            Id::ToggleScale,
            "Equal face scale or equal pixels",
            Modifiers::SHIFT,
            Key::E,
        ),
        action(Findings, Id::Tool(Tool::Finding(ShapeKind::Pin)), "Pin", NONE, Key::P),
        action(Findings, Id::Tool(Tool::Finding(ShapeKind::Box)), "Box", NONE, Key::R),
        action(Findings, Id::Tool(Tool::Finding(ShapeKind::Ellipse)), "Ellipse", NONE, Key::C),
        action(Findings, Id::Tool(Tool::Finding(ShapeKind::Polygon)), "Polygon", NONE, Key::G),
        action(Findings, Id::Tool(Tool::Finding(ShapeKind::Stroke)), "Line by hand", NONE, Key::H),
        action(Findings, Id::Tool(Tool::Finding(ShapeKind::Arrow)), "Arrow", NONE, Key::A),
        action(Findings, Id::CopyFindings, "Duplicate findings", CTRL, Key::D),
        action(Findings, Id::SelectAllFindings, "Select all findings", CTRL, Key::A),
        action(Findings, Id::DeleteFindings, "Delete findings", NONE, Key::Delete),
        without_keys(Findings, Id::Ask(Ask::ImportFindings(Side::A)), "Import findings of A…"),
        without_keys(Findings, Id::Ask(Ask::ImportFindings(Side::B)), "Import findings of B…"),
        without_keys(
            Findings,
            Id::Ask(Ask::ExportFindings(FindingFormat::Csv)),
            "Export findings as a table (CSV)…",
        ),
        without_keys(
            Findings,
            Id::Ask(Ask::ExportFindings(FindingFormat::Labelme)),
            "Export findings for labelme…",
        ),
        without_keys(
            Findings,
            Id::Ask(Ask::ExportFindings(FindingFormat::Coco)),
            "Export findings as COCO…",
        ),
        without_keys(
            Findings,
            Id::Ask(Ask::ExportFindings(FindingFormat::Cvat)),
            "Export findings for CVAT…",
        ),
        action(Findings, Id::Ask(Ask::JudgeBlind), "Judge blind", CTRL, Key::B),
        action(Findings, Id::Ask(Ask::Reveal), "Reveal…", CTRL_SHIFT, Key::B),
        action(Compare, Id::Compare(Mode::SideBySide), "Side by side", NONE, Key::V),
        action(Compare, Id::Compare(Mode::Wipe), "Wipe", NONE, Key::W),
        action(Compare, Id::Flip, "Flip in place", NONE, Key::T),
        action(Compare, Id::Compare(Mode::Flicker), "Flicker", NONE, Key::X),
        action(Compare, Id::Compare(Mode::Onion), "Onion skin", NONE, Key::O),
        action(Compare, Id::NextDifference, "Difference, the next kind", NONE, Key::D),
        action(View, Id::Fit, "Fit", NONE, Key::F),
        action(View, Id::Realign, "Realign the panes", Modifiers::SHIFT, Key::F),
        action(View, Id::Magnify(1.0), "100 %", NONE, Key::Num1),
        action(View, Id::Magnify(2.0), "200 %", NONE, Key::Num2),
        action(View, Id::Magnify(4.0), "400 %", NONE, Key::Num4),
        action(View, Id::Magnify(8.0), "800 %", NONE, Key::Num8),
        action(View, Id::ZoomBy(1.25), "Zoom in", NONE, Key::Plus),
        action(View, Id::ZoomBy(0.8), "Zoom out", NONE, Key::Minus),
        action(View, Id::ToggleSampling, "Nearest or smooth pixels", NONE, Key::N),
        action(View, Id::Back, "Back", NONE, Key::Escape),
        action(View, Id::ToggleMatch, "Match resolution", Modifiers::SHIFT, Key::M),
        action(View, Id::ToggleResiduals, "Residual arrows", NONE, Key::Y),
        action(View, Id::Tool(Tool::Hand), "Hand tool", NONE, Key::M),
        action(View, Id::Tool(Tool::Values(ShapeKind::Box)), "Values of a region", NONE, Key::I),
        action(View, Id::Tool(Tool::Landmark), "Landmark tool", NONE, Key::L),
        without_keys(View, Id::Step(Step::Align), "Align and inspect"),
        without_keys(View, Id::Step(Step::Judge), "Judge"),
        without_keys(View, Id::Step(Step::Card), "Card"),
        action(Help, Id::Ask(Ask::Help), "Keys and mouse", NONE, Key::F1),
    ]
};
