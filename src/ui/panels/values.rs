//! What the pixels of a region are on both sides.

use egui::{Align2, Area, Frame, Grid, Id, Margin, Order, Rect, RichText, Ui, Vec2};

use super::super::{outbox::Outbox, theme};
use crate::{
    document::Side,
    geometry::{Shape, ShapeKind},
    measure::{RegionValues, Spread},
    session::{Command, Region, Session, Tool, Values, ViewCommand},
};

const ROWS: [&str; 6] = ["R", "G", "B", "L*", "a*", "b*"];

/// Shows the values of the region in the lower left corner of `room`, over the pictures.
pub(crate) fn values_ui(ui: &Ui, session: &Session, room: Rect, out: &mut Outbox) {
    let Some(region) = &session.view().region else { return };
    let frame = Frame::new()
        .fill(theme::PANEL)
        .stroke(egui::Stroke::new(1.0, theme::HAIRLINE))
        .corner_radius(8.0)
        .inner_margin(Margin::symmetric(10, 6));
    let corner = room.left_bottom() + Vec2::new(theme::GAP, -theme::GAP);
    Area::new(Id::unique("values"))
        .order(Order::Middle)
        .default_pos(corner)
        .movable(true)
        .pivot(Align2::LEFT_BOTTOM)
        .constrain_to(room)
        .show(ui.ctx(), |ui| {
            frame.show(ui, |ui| {
                ui.spacing_mut().item_spacing = Vec2::new(8.0, 3.0);
                head_ui(ui, session, region, out);
                if let Some(values) = session.values() {
                    table_ui(ui, values, session.is_blind());
                }
            });
        });
}

fn head_ui(ui: &mut Ui, session: &Session, region: &Region, out: &mut Outbox) {
    ui.horizontal(|ui| {
        ui.label(RichText::new("Values of the region").font(theme::semibold(13.0)));
        ui.add_space(6.0);
        for (kind, name) in [(ShapeKind::Box, "Box"), (ShapeKind::Ellipse, "Ellipse")] {
            let is_on = region.shape.kind() == kind;
            if ui.selectable_label(is_on, name).clicked() && !is_on {
                let bounds = region.shape.bounds();
                let shape = match kind {
                    ShapeKind::Ellipse => Shape::Ellipse(bounds),
                    _ => Shape::Box(bounds),
                };
                let region = Region { side: region.side, shape };
                out.send(Command::View(ViewCommand::Region(Some(region))));
                if matches!(session.view().tool, Tool::Values(_)) {
                    out.send(Command::View(ViewCommand::Tool(Tool::Values(kind))));
                }
            }
        }
        ui.add_space(6.0);
        match session.values() {
            Some(values) => difference_ui(ui, values, session.is_blind()),
            None => drop(ui.label("reading…")),
        }
        let close = ui.button("×").on_hover_text("Close (Esc)");
        close.widget_info(|| {
            egui::WidgetInfo::labeled(egui::Role::Button, true, "Close the region's values")
        });
        if close.clicked() {
            out.send(Command::View(ViewCommand::Region(None)));
        }
    });
}

/// A row a side: wide and low, so that it hides little.
fn table_ui(ui: &mut Ui, values: &Values, is_blind: bool) {
    let none = || "–".to_owned();
    // What one side has alone tells its shape.
    let is_told = !is_blind || (values.a.is_some() && values.b.is_some());
    ui.spacing_mut().interact_size.y = 18.0;
    let small = |text: String| RichText::new(text).size(12.0);
    Grid::new("values of the region").num_columns(8).spacing(Vec2::new(16.0, 2.0)).show(ui, |ui| {
        for name in ["", "pixels"].iter().chain(&ROWS) {
            ui.label(small((*name).to_owned()).color(theme::SECONDARY));
        }
        ui.end_row();
        for side in Side::BOTH {
            let of = values[side].as_ref().filter(|_| is_told);
            ui.label(small(side.to_string()).color(theme::of_side(side)));
            let n_pixels = of.filter(|_| !is_blind).map(|of| of.n_pixels.to_string());
            ui.label(small(n_pixels.unwrap_or_else(none)));
            for idx in 0..ROWS.len() {
                let text = |of: &RegionValues| match spreads(of)[idx] {
                    // The finer side has the larger spread.
                    Spread { mean, .. } if is_blind => format!("{mean:.1}"),
                    spread => spread_text(spread),
                };
                ui.label(small(of.map_or_else(none, text)));
            }
            ui.end_row();
        }
        ui.label(small("B − A".to_owned()).color(theme::SECONDARY));
        ui.label("");
        for idx in 0..ROWS.len() {
            let step = values
                .a
                .zip(values.b)
                .map(|(a, b)| format!("{:+.1}", spreads(&b)[idx].mean - spreads(&a)[idx].mean));
            ui.label(small(step.unwrap_or_else(none)));
        }
        ui.end_row();
    });
}

/// In the order of [`ROWS`].
fn spreads(of: &RegionValues) -> [Spread; 6] {
    let ([r, g, b], [l, a, c]) = (of.rgb, of.lab);
    [r, g, b, l, a, c]
}

/// How far the means are apart, and the button that copies all.
fn difference_ui(ui: &mut Ui, values: &Values, is_blind: bool) {
    let difference = values.a.zip(values.b).map(|(a, b)| a.delta_e_2000(&b));
    let text = difference.map_or_else(
        || "only one side has pixels here".to_owned(),
        |difference| format!("ΔE00 of the means {difference:.1}"),
    );
    ui.label(text).on_hover_text(
        "CIEDE2000 between both mean colours. The table has means ± standard deviations of the \
         source's own pixels: the finer side shows more of what is small, so its spread is larger",
    );
    let copies =
        !is_blind && ui.button("Copy").on_hover_text("As a table for a spreadsheet").clicked();
    if copies {
        ui.ctx().copy_text(as_text(values));
    }
}

fn spread_text(Spread { mean, deviation }: Spread) -> String {
    format!("{mean:.1} ± {deviation:.1}")
}

/// A line a channel, columns divided by tabs.
fn as_text(values: &Values) -> String {
    let cells = |of: Option<RegionValues>, idx: usize| {
        let spread = of.map(|of| spreads(&of)[idx]);
        spread.map_or_else(|| "\t".into(), |s| format!("{:.3}\t{:.3}", s.mean, s.deviation))
    };
    let channel = |(idx, name): (usize, &&str)| {
        format!("{name}\t{}\t{}", cells(values.a, idx), cells(values.b, idx))
    };
    let n = |of: Option<RegionValues>| of.map_or(0, |of| of.n_pixels);
    let mut lines = vec!["value\tA mean\tA deviation\tB mean\tB deviation".to_owned()];
    lines.extend(ROWS.iter().enumerate().map(channel));
    lines.push(format!("pixels\t{}\t\t{}\t", n(values.a), n(values.b)));
    lines.join("\n")
}
