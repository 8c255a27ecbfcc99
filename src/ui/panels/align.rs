//! The panel of the first step: what to mark next, the landmarks and their residuals, the fit.

use egui::{Align, Button, DragValue, Frame, Layout, Margin, Panel, RichText, Ui, Vec2};

use super::{
    super::{actions::ActionId, outbox::Outbox, theme},
    HIDDEN,
    diagram::diagram_ui,
    drag_gesture, figure_ui, primary_button_ui,
    table::{selected_ui, table_ui},
};
use crate::{
    document::{Document, Edit, Footing, Registration, Side},
    geometry::Model,
    session::{Command, Session, Step, upper_first},
};

/// Two lines of what to click and two of where.
const NEXT_HEIGHT: f32 = 76.0;
/// One line of each, when all is marked.
const DONE_HEIGHT: f32 = 36.0;
/// With less room than this below what to mark next, the RMS stands alone.
const COMPACT: f32 = 350.0;

/// Shows the panel: what to do at the top, the figures at the bottom, the table between.
pub(crate) fn align_ui(ui: &mut Ui, session: &Session, out: &mut Outbox) {
    let document = session.document();
    let registration = session.registration();
    heading_ui(ui, session, registration, out);
    model_ui(ui, session, out);
    next_ui(ui, session);
    let is_compact = ui.available_height() < COMPACT;
    let foot = Frame::new().inner_margin(Margin { top: 8, ..Margin::ZERO });
    Panel::bottom("fit").frame(foot).show_separator_line(false).show(ui, |ui| {
        selected_ui(ui, session, out);
        figures_ui(ui, document, registration, is_compact);
        doubts_ui(ui, document, registration);
        let to_card = ActionId::Step(Step::Card);
        let is_ready = to_card.is_enabled(session)
            && registration.footing != Footing::NotAligned
            && registration.fault.is_none();
        if is_ready {
            ui.add_space(6.0);
            if primary_button_ui(ui, "Continue to card").clicked() {
                to_card.perform(session, None, out);
            }
        }
    });
    table_ui(ui, session, registration, out);
}

fn heading_ui(ui: &mut Ui, session: &Session, registration: &Registration, out: &mut Outbox) {
    let document = session.document();
    let n = document.landmarks.iter().filter(|landmark| landmark.pair().is_some()).count();
    let of_recipe = &document.recipe.landmarks;
    let is_pair = |name: &str| document.landmark_named(name).is_some_and(|l| l.pair().is_some());
    let n_of_recipe = of_recipe.iter().filter(|landmark| is_pair(&landmark.name)).count();
    ui.horizontal(|ui| {
        recipe_ui(ui, session, out);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let n_used = registration.n_pairs();
            let (text, short) = match (n - n_of_recipe, n - n_used) {
                (0, 0) => {
                    let of = of_recipe.len();
                    (format!("{n} of {of} marked"), format!("{n} of {of}"))
                }
                (_, 0) => (format!("{n} pairs"), n.to_string()),
                (_, n_off) => {
                    (format!("{n} pairs, {n_off} not counted"), format!("{n_used} of {n}"))
                }
            };
            count_ui(ui, &text, short);
        });
    });
}

/// A count in words, or `short` with the words on hover where the recipe's title leaves no room.
fn count_ui(ui: &mut Ui, text: &str, short: String) {
    let font = egui::TextStyle::Body.resolve(ui.style());
    let width = ui.painter().layout_no_wrap(text.to_owned(), font, theme::SECONDARY).size().x;
    let fits = width <= ui.available_width();
    let shown = if fits { text.to_owned() } else { short };
    let response = ui.label(RichText::new(shown).color(theme::SECONDARY));
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, text));
    if !fits {
        response.on_hover_text(text);
    }
}

/// The recipe in use; the others are chosen here.
fn recipe_ui(ui: &mut Ui, session: &Session, out: &mut Outbox) {
    let recipe = &session.document().recipe;
    let title = if recipe.title.is_empty() { "No recipe" } else { recipe.title.as_str() };
    let text = RichText::new(title).font(theme::semibold(14.0));
    let combo = egui::ComboBox::from_id_salt("recipe").width(0.0).selected_text(text);
    let response = combo.show_ui(ui, |ui| {
        let text = "What is marked, looked at and asked. Marks, findings and answers stay.";
        ui.set_width(220.0);
        let text = RichText::new(text).size(12.0).color(theme::SECONDARY);
        ui.add(egui::Label::new(text).wrap());
        for other in &session.library().recipes {
            if ui.selectable_label(other.name == recipe.name, &other.title).clicked() {
                out.send(Command::Edit(Edit::SetRecipe(Box::new(other.clone())), None));
            }
        }
    });
    response.response.widget_info(|| {
        egui::WidgetInfo::labeled(egui::Role::ComboBox, true, format!("Recipe: {title}"))
    });
}

fn model_ui(ui: &mut Ui, session: &Session, out: &mut Outbox) {
    let document = session.document();
    let models = [
        (Model::Translation, "Translation", "Translation alone"),
        (Model::Rigid, "Rigid", "Rigid: translation and roll"),
        (Model::Similarity, "Similarity", "Similarity: translation, roll and uniform scale"),
        (Model::Affine, "Affine", "Affine: also shear, and another scale across than along"),
        (Model::ThinPlateSpline, "Spline", "Thin-plate spline: bends B to the landmarks"),
    ];
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 3.0;
        ui.spacing_mut().button_padding.x = 3.5;
        for (model, name, what) in models {
            let is_on = document.model == model;
            let color = if is_on { theme::TEXT } else { theme::SECONDARY };
            let fill = if is_on { theme::BUTTON_HOVERED } else { theme::SURROUND };
            let button = Button::new(RichText::new(name).size(11.5).color(color)).fill(fill);
            let button = button.min_size(Vec2::new(0.0, 26.0));
            let may_choose = session.may_choose(model);
            let response = ui.add_enabled(may_choose, button).on_hover_text(what);
            let response = response.on_disabled_hover_text(HIDDEN);
            response.widget_info(|| {
                egui::WidgetInfo::selected(egui::Role::RadioButton, true, is_on, model.words())
            });
            if response.clicked() && !is_on {
                out.send(Command::Edit(Edit::SetModel(model), None));
            }
        }
    });
    if document.model == Model::ThinPlateSpline {
        smoothing_ui(ui, document, out);
    }
}

/// What the spline may give up of closeness. Dragging it is one step.
fn smoothing_ui(ui: &mut Ui, document: &Document, out: &mut Outbox) {
    ui.horizontal(|ui| {
        ui.label(RichText::new("Smoothing λ").size(12.0).color(theme::SECONDARY));
        let mut smoothing = document.smoothing;
        let speed = (smoothing / 50.0).max(1.0);
        let value = DragValue::new(&mut smoothing).range(0.0..=1e9).speed(speed).suffix(" px²");
        // What a file holds is not changed by being looked at.
        let value = value.clamp_existing_to_range(false).update_while_editing(false);
        let response = ui
            .add(value)
            .on_hover_text("0 passes through every landmark; more bends less and leaves residuals");
        let gesture = drag_gesture(ui, &response, SMOOTHING_GESTURES);
        if response.changed() {
            out.send(Command::Edit(Edit::SetSmoothing(smoothing), gesture));
        }
    });
}

/// Numbers of gestures beyond those of the pointer in the panes.
const SMOOTHING_GESTURES: u64 = 1 << 50;

/// The landmark that waits for its other side, or the recipe's next one.
fn next_ui(ui: &mut Ui, session: &Session) {
    let document = session.document();
    let waiting = Side::BOTH.into_iter().find_map(|side| {
        let landmark = document.landmark(session.waiting_landmark(side)?)?;
        Some((landmark.name.clone(), format!("on {side}")))
    });
    let next = session.next_landmark_name();
    let waiting_name = waiting.as_ref().map(|(name, _)| name.clone());
    let is_done = waiting.is_none() && document.recipe.landmark(&next).is_none();
    let (text, hint) = match waiting {
        Some((name, place)) => (format!("Click the {name} {place}"), hint_of(document, &name)),
        None if document.recipe.landmark(&next).is_some() => {
            (format!("Click the {next} on A, then on B"), hint_of(document, &next))
        }
        None => ("All landmarks are marked".to_owned(), "Click to add further points.".to_owned()),
    };
    let hint = if is_expected(session) {
        "Enter takes the broken ring, a click another spot. Left and right are the subject's."
            .to_owned()
    } else {
        hint
    };
    let shown = match &waiting_name {
        Some(name) => Some(name.as_str()),
        None => (!is_done).then_some(next.as_str()),
    };
    Frame::new()
        .fill(theme::SURROUND)
        .corner_radius(f32::from(theme::RADIUS))
        .inner_margin(10.0)
        .show(ui, |ui| {
            // Of one height, so that the table does not move under the pointer.
            let height = if is_done { DONE_HEIGHT } else { NEXT_HEIGHT };
            let size = Vec2::new(ui.available_width(), height);
            ui.allocate_ui_with_layout(size, Layout::right_to_left(Align::Min), |ui| {
                ui.set_min_size(size);
                if let Some(name) = shown {
                    diagram_ui(ui, document, name, height);
                }
                ui.with_layout(Layout::top_down(Align::Min), |ui| {
                    ui.spacing_mut().item_spacing.y = 3.0;
                    ui.label(RichText::new(text).font(theme::semibold(13.0)));
                    ui.label(RichText::new(hint).size(12.0).color(theme::SECONDARY));
                });
            });
        });
}

/// Whether a broken ring shows where the next mark is expected.
fn is_expected(session: &Session) -> bool {
    let is_predicted = |side: &Side| session.twin(*side).is_some();
    Side::BOTH.iter().any(is_predicted) || session.ghosts().next().is_some()
}

fn hint_of(document: &Document, name: &str) -> String {
    let hint = document.recipe.landmark(name).map(|landmark| landmark.hint.as_str());
    let hint = hint.unwrap_or("any point that both sides show");
    format!("{}. Left and right are the subject's.", upper_first(hint))
}

fn figures_ui(ui: &mut Ui, document: &Document, registration: &Registration, is_compact: bool) {
    ui.spacing_mut().item_spacing.y = 2.0;
    ui.spacing_mut().interact_size.y = 20.0;
    let residuals = &registration.residuals;
    let unit = document.face_unit();
    let n_a = "n/a".to_owned();
    let with_percent = |px: f64| match unit {
        Some(unit) if document.is_blind() => format!("{:.2} % of the face", 100.0 * px / unit),
        None if document.is_blind() => "n/a".to_owned(),
        Some(unit) => format!("{px:.2} px · {:.2} %", 100.0 * px / unit),
        None => format!("{px:.2} px"),
    };
    let rms = match (registration.footing, residuals.rms) {
        (_, Some(rms)) => with_percent(rms),
        (Footing::Fitted, None) if registration.fault.is_none() => "n/a (exact fit)".to_owned(),
        _ => n_a.clone(),
    };
    figure_ui(ui, "RMS", &rms);
    if is_compact {
        return;
    }
    if let Some(left_out) = residuals.leave_one_out_rms {
        figure_ui(ui, "RMS, each left out", &with_percent(left_out));
    }
    let drift = residuals.procrustes_distance.filter(|_| registration.n_pairs() > 2);
    let drift = drift.map_or_else(|| n_a.clone(), |d| format!("{d:.4}"));
    if document.is_blind() {
        // The others would tell how many pixels each side has.
        figure_ui(ui, "Shape drift", &drift);
        return;
    }
    let is_fitted = registration.footing == Footing::Fitted;
    let b_from_a = registration.a_from_b.inverse();
    let scale = if is_fitted { format!("{:.3}", b_from_a.scale()) } else { n_a.clone() };
    figure_ui(ui, "Face scale B : A", &scale);
    // Adding zero makes a negative zero a plain one.
    let roll = (b_from_a.roll().to_degrees() * 10.0).round() / 10.0 + 0.0;
    figure_ui(ui, "Roll of B", &if is_fitted { format!("{roll:.1}°") } else { n_a.clone() });
    figure_ui(ui, "Shape drift", &drift);
    let per_unit = unit.map(|a| format!("A {a:.0} · B {:.0}", a * b_from_a.scale()));
    figure_ui(ui, "Pixels per face unit", &per_unit.unwrap_or(n_a));
}

/// Amber sentences for what a reader should not trust.
fn doubts_ui(ui: &mut Ui, document: &Document, registration: &Registration) {
    if registration.n_predicted > 0 {
        let text = format!("{} accepted as predicted, in no figure.", registration.n_predicted);
        let text = RichText::new(text).size(12.0).color(theme::SECONDARY);
        ui.label(text).on_hover_text(
            "They lie where the fit expected them and agree with it by themselves: refine or drag \
             them, or switch them on in the table",
        );
    }
    let n_flagged = registration.landmarks.iter().filter(|entry| entry.of.flagged).count();
    let flagged = match n_flagged {
        0 => None,
        1 => Some("1 landmark is misplaced, or the face differs here.".to_owned()),
        n => Some(format!("{n} landmarks are misplaced, or the face differs here.")),
    };
    let unconfirmed = registration.has_unconfirmed.then(|| {
        "Amber landmarks were carried over to a replaced picture: drag them into place or press \
         Enter to confirm the selected one."
            .to_owned()
    });
    let notice = registration.notice(document.model);
    let notice = notice.map(|text| format!("{}.", upper_first(&text)));
    let has_both = document.both_sources().is_some();
    let notice = notice.filter(|_| has_both);
    if registration.footing == Footing::SameGrid {
        // Not a doubt: it is what an original and its retouch want.
        if let Some(text) = notice {
            ui.label(RichText::new(text).size(12.0).color(theme::SECONDARY));
        }
        return;
    }
    let oddities = registration.oddities.iter();
    let oddities = oddities.map(|oddity| format!("{}.", upper_first(oddity.words())));
    for text in [notice, flagged, unconfirmed].into_iter().flatten().chain(oddities) {
        ui.label(RichText::new(text).size(12.0).color(theme::DOUBT));
    }
}
