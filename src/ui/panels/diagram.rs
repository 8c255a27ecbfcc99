//! The small face on which the next landmark is shown.

use egui::{Align2, Pos2, Sense, Stroke, Ui, Vec2};

use super::super::theme;
use crate::document::Document;

/// Draws the recipe's face `height` points high, its landmarks as dots, the one called `name` as a
/// ring. A recipe without a diagram shows none.
pub(super) fn diagram_ui(ui: &mut Ui, document: &Document, name: &str, height: f32) {
    let recipe = &document.recipe;
    let points = recipe.diagram.iter().flatten();
    let range = |values: &mut dyn Iterator<Item = f64>| {
        values.fold((f64::MAX, f64::MIN), |(low, high), value| (low.min(value), high.max(value)))
    };
    let (left, right) = range(&mut points.clone().map(|(x, _)| *x));
    let (top, bottom) = range(&mut points.map(|(_, y)| *y));
    if right <= left || bottom <= top {
        return;
    }
    let scale = f64::from(height) / (bottom - top);
    #[expect(clippy::cast_possible_truncation, reason = "screen points")]
    let size = Vec2::new((scale * (right - left)) as f32 + 2.0 * LETTER, height);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    let text = format!("Where the {name} is on a face");
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Image, true, text.clone()));
    response.on_hover_text("Seen from the front: R and L are the subject's right and left");
    #[expect(clippy::cast_possible_truncation, reason = "screen points")]
    let on_screen = |(x, y): (f64, f64)| {
        rect.min + Vec2::new((scale * (x - left)) as f32 + LETTER, (scale * (y - top)) as f32)
    };
    let painter = ui.painter();
    for line in &recipe.diagram {
        let line: Vec<Pos2> = line.iter().map(|point| on_screen(*point)).collect();
        painter.line(line, Stroke::new(1.0, theme::SECONDARY.gamma_multiply(0.6)));
    }
    for landmark in &recipe.landmarks {
        let at = on_screen(landmark.mean);
        let is_pair = document.landmark_named(&landmark.name).is_some_and(|l| l.pair().is_some());
        if landmark.name == name {
            painter.circle_filled(at, 5.0, theme::SURROUND);
            painter.circle_stroke(at, 4.5, Stroke::new(1.5, theme::TEXT));
            painter.circle_filled(at, 1.5, theme::TEXT);
        } else if is_pair {
            painter.circle_filled(at, 1.7, theme::SECONDARY);
        }
    }
    let font = theme::regular(10.0);
    for (corner, align, letter) in [
        (rect.left_bottom(), Align2::LEFT_BOTTOM, "R"),
        (rect.right_bottom(), Align2::RIGHT_BOTTOM, "L"),
    ] {
        painter.text(corner, align, letter, font.clone(), theme::SECONDARY);
    }
}

/// Room for a letter beside the chin.
const LETTER: f32 = 2.0;
