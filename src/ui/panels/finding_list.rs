//! The list of findings.

use egui::{ComboBox, Rect, RichText, ScrollArea, Sense, TextEdit, Ui, Vec2};

use super::super::{
    finding_marks::{badge_ui, color_of},
    outbox::Outbox,
    theme,
};
use crate::{
    document::{Belongs, Finding, FindingId, Severity, Side},
    session::{Command, Filter, FindingOrder, Session, ViewCommand},
};

/// Shows the filter, the list and the counts.
pub(super) fn finding_list_ui(ui: &mut Ui, session: &Session, out: &mut Outbox) {
    if session.document().findings.is_empty() {
        let text = "Draw what you see: a pin (P), a box (R), an ellipse (C), a polygon (G), a line \
                    by hand (H) or an arrow (A), on either picture. Then type what it is: \
                    \"teeth mer\" finds TEE-A3.";
        ui.label(RichText::new(text).color(theme::SECONDARY));
        return;
    }
    filter_ui(ui, session, out);
    let listed = session.listed_findings();
    let has_moved = has_new_selection(ui, session);
    let n_hidden = session.document().findings.len() - listed.len();
    let height = ui.available_height() - 20.0;
    ScrollArea::vertical().max_height(height).auto_shrink([false, true]).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        for (number, finding) in listed {
            row_ui(ui, session, (number, finding), has_moved, out);
        }
        if n_hidden > 0 {
            let text = format!("{n_hidden} hidden by the filter");
            ui.label(RichText::new(text).size(12.0).color(theme::SECONDARY));
        }
    });
    counts_ui(ui, session);
}

fn filter_ui(ui: &mut Ui, session: &Session, out: &mut Outbox) {
    let view = session.view();
    let mut filter = view.finding_filter.clone();
    let mut order = view.finding_order;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        let edit = TextEdit::singleline(&mut filter.text).hint_text("Filter").desired_width(84.0);
        ui.add(edit).widget_info(|| {
            egui::WidgetInfo::labeled(egui::Role::TextInput, true, "Filter findings")
        });
        let side = filter.belongs.map_or("all", Belongs::name);
        combo_ui(ui, ("side", side, 44.0), |ui| {
            ui.selectable_value(&mut filter.belongs, None, "all sides");
            for belongs in Belongs::ALL {
                ui.selectable_value(&mut filter.belongs, Some(belongs), belongs.name());
            }
        });
        let region = filter.region.clone().unwrap_or_else(|| "all".into());
        combo_ui(ui, ("region", &region, 48.0), |ui| {
            ui.selectable_value(&mut filter.region, None, "all regions");
            for region in &session.library().taxonomy.regions {
                let code = Some(region.code.clone());
                ui.selectable_value(&mut filter.region, code, &region.name);
            }
        });
        let least = filter.least.map_or("0+".into(), |least| format!("{}+", least.level()));
        combo_ui(ui, ("severity", &least, 40.0), |ui| {
            ui.selectable_value(&mut filter.least, None, "all severities");
            for severity in &Severity::ALL[1..] {
                let worse = if severity.level() < 4 { " and worse" } else { "" };
                let text = format!("severity {}{worse}", severity.level());
                ui.selectable_value(&mut filter.least, Some(*severity), text);
            }
        });
    });
    if session.document().findings.len() > 1 {
        ui.horizontal(|ui| {
            ui.label(RichText::new("Sorted by").size(12.0).color(theme::SECONDARY));
            combo_ui(ui, ("order", order.words(), 72.0), |ui| {
                for of in FindingOrder::ALL {
                    ui.selectable_value(&mut order, of, of.words());
                }
            });
            if !view.finding_filter.is_empty() && ui.small_button("Show all").clicked() {
                filter = Filter::default();
            }
        });
    }
    if filter != view.finding_filter {
        out.send(Command::View(ViewCommand::FilterFindings(filter)));
    }
    if order != view.finding_order {
        out.send(Command::View(ViewCommand::SortFindings(order)));
    }
}

fn combo_ui(ui: &mut Ui, (name, text, width): (&str, &str, f32), choices: impl FnOnce(&mut Ui)) {
    let combo = ComboBox::from_id_salt(name).width(width).selected_text(text);
    let response = combo.show_ui(ui, choices).response;
    let label = format!("By {name}");
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::ComboBox, true, label.clone()));
}

const ROW: f32 = 26.0;

/// Whether another finding was selected since the last frame, so that it is scrolled to.
fn has_new_selection(ui: &Ui, session: &Session) -> bool {
    let first = session.selected_findings().first().map(|finding| finding.id);
    let id = egui::Id::unique("selected finding");
    let before: Option<FindingId> = ui.data(|data| data.get_temp(id)).flatten();
    ui.data_mut(|data| data.insert_temp(id, first));
    first.is_some() && first != before
}

fn row_ui(
    ui: &mut Ui,
    session: &Session,
    (number, finding): (usize, &Finding),
    has_moved: bool,
    out: &mut Outbox,
) {
    let size = Vec2::new(ui.available_width(), ROW);
    let (area, response) = ui.allocate_exact_size(size, Sense::click());
    let words = format!("{number}: {} {}", finding.code_text(), finding.words());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, words.clone()));
    let ids: Vec<FindingId> = session.selected_findings().iter().map(|of| of.id).collect();
    let is_selected = ids.contains(&finding.id);
    if has_moved && ids.first() == Some(&finding.id) {
        ui.scroll_to_rect(area, None);
    }
    let painter = ui.painter_at(area);
    if is_selected || response.hovered() {
        let fill = if is_selected { theme::BUTTON } else { theme::SURROUND };
        painter.rect_filled(area, f32::from(theme::RADIUS), fill);
    }
    let badge = area.left_center() + Vec2::new(14.0, 0.0);
    let colors = (color_of(finding), theme::ON_PRIMARY);
    badge_ui(&painter, badge, 8.5, (finding, number), colors);
    let at = area.left_center() + Vec2::new(30.0, 0.0);
    let mut x = at.x;
    if !finding.code_text().is_empty() {
        let code = painter.layout_no_wrap(
            finding.code_text().to_owned(),
            theme::regular(11.5),
            theme::SECONDARY,
        );
        let width = code.size().x;
        painter.galley(egui::pos2(x, at.y - code.size().y / 2.0), code, theme::SECONDARY);
        x += width + 6.0;
    }
    let side = side_ui(&painter, area, finding.belongs);
    let mut job = egui::text::LayoutJob::simple_singleline(
        finding.words().to_owned(),
        theme::regular(13.0),
        theme::TEXT,
    );
    job.wrap = egui::text::TextWrapping::truncate_at_width(side - x - 6.0);
    let galley = painter.layout_job(job);
    painter.galley(egui::pos2(x, at.y - galley.size().y / 2.0), galley, theme::TEXT);
    if response.clicked() {
        let adds = ui.input(|input| input.modifiers.shift || input.modifiers.command);
        let command = if adds {
            ViewCommand::SelectFindings(toggled(ids, finding.id))
        } else {
            ViewCommand::GoToFinding(finding.id)
        };
        out.send(Command::View(command));
    }
    response.on_hover_text(words);
}

fn toggled(mut ids: Vec<FindingId>, id: FindingId) -> Vec<FindingId> {
    if ids.contains(&id) {
        ids.retain(|other| *other != id);
    } else {
        ids.push(id);
    }
    ids
}

/// Whose it is, at the right edge; gives where that begins.
fn side_ui(painter: &egui::Painter, area: Rect, belongs: Belongs) -> f32 {
    let mut x = area.right() - 6.0;
    for side in [Side::B, Side::A].into_iter().filter(|side| belongs.holds(*side)) {
        let at = egui::pos2(x, area.center().y);
        let anchor = egui::Align2::RIGHT_CENTER;
        let color = theme::of_side(side);
        let rect = painter.text(at, anchor, side.letter(), theme::semibold(12.0), color);
        x = rect.left() - 3.0;
    }
    x
}

/// How many there are of either side, and by region on hovering.
fn counts_ui(ui: &mut Ui, session: &Session) {
    let all = &session.document().findings;
    let count = |belongs: Belongs| all.iter().filter(|of| of.belongs == belongs).count();
    let text = Belongs::ALL.map(|belongs| format!("{} {}", belongs.name(), count(belongs)));
    let strengths = all.iter().filter(|of| of.is_strength).count();
    let plural = if strengths == 1 { "" } else { "s" };
    let text = format!("{} · {strengths} strength{plural}", text.join(" · "));
    let label = ui.label(RichText::new(text).size(12.0).color(theme::SECONDARY));
    let taxonomy = &session.library().taxonomy;
    let of_region = |code: &str| {
        let n = |side: Side| {
            all.iter().filter(|of| of.region() == code && of.belongs.holds(side)).count()
        };
        let (a, b) = (n(Side::A), n(Side::B));
        (a + b > 0).then(|| format!("{}: A {a}, B {b}", taxonomy.region_name(code)))
    };
    let mut codes: Vec<&str> = all.iter().map(Finding::region).filter(|c| !c.is_empty()).collect();
    codes.sort_unstable();
    codes.dedup();
    let lines: Vec<String> = codes.into_iter().filter_map(of_region).collect();
    if !lines.is_empty() {
        label.on_hover_text(lines.join("\n"));
    }
}
