//! `diptych align`.

use std::path::PathBuf;

use serde_json::{Value, json};

use super::{json, new::parse_model, print_line, read_in_true_order};
use crate::{
    card::fit_words,
    document::{Document, Footing, Landmark, Registration},
    geometry::{ImagePoint, Model, Warp},
};

#[derive(Debug, clap::Args)]
pub(super) struct Align {
    /// The session file
    session: PathBuf,
    /// Fit this model instead of the session's: identity, translation, rigid,
    /// similarity, affine or tps (a thin-plate spline)
    #[arg(long, value_parser = parse_model)]
    model: Option<Model>,
    /// What the spline may give up of closeness for smoothness, in squared pixels of A
    #[arg(long, value_name = "L", allow_hyphen_values = true, value_parser = parse_smoothing)]
    lambda: Option<f64>,
    /// Also report where a point of A lies on B; may be given many times
    #[arg(long, value_name = "X,Y", value_parser = parse_point, allow_hyphen_values = true)]
    map: Vec<ImagePoint>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// Two numbers.
pub(super) fn parse_point(text: &str) -> Result<ImagePoint, String> {
    let number = |cell: &str| cell.trim().parse::<f64>().ok().filter(|value| value.is_finite());
    let point = text.split_once(',').and_then(|(x, y)| Some((number(x)?, number(y)?)));
    point.map(|(x, y)| ImagePoint::new(x, y)).ok_or_else(|| "expected X,Y in pixels".to_owned())
}

fn parse_smoothing(text: &str) -> Result<f64, String> {
    let number = text.parse::<f64>().ok().filter(|value| value.is_finite() && *value >= 0.0);
    number.ok_or_else(|| "expected a number from 0 up".to_owned())
}

impl Align {
    pub(super) fn run(self) -> Result<(), String> {
        let mut document = read_in_true_order(&self.session)?;
        if let Some(model) = self.model {
            document.model = model;
        }
        document.smoothing = self.lambda.unwrap_or(document.smoothing);
        let registration = Registration::of(&document);
        if let Some(fault) = registration.fault {
            return Err(format!("could not align {}: {fault}", self.session.display()));
        }
        if let Some(notice) = registration.notice(document.model) {
            eprintln!("note: {notice}");
        }
        for oddity in &registration.oddities {
            eprintln!("note: {}", oddity.words());
        }
        if self.lambda.is_some() && document.model != Model::ThinPlateSpline {
            eprintln!(
                "note: lambda smooths the spline alone; {} takes none",
                document.model.name()
            );
        }
        if self.json {
            json::print(&report(&document, &registration, &self.map));
        } else {
            print_text(&document, &registration, &self.map);
        }
        Ok(())
    }
}

fn report(document: &Document, registration: &Registration, map: &[ImagePoint]) -> Value {
    let residuals = &registration.residuals;
    let face_unit = document.face_unit();
    let percent = residuals.rms.zip(face_unit).map(|(rms, unit)| 100.0 * rms / unit);
    let a_from_b = match &registration.b_from_a {
        Warp::Similarity(_) => Some(registration.a_from_b.matrix()),
        Warp::Affine(map) => Some(map.inverse().matrix()),
        Warp::Spline(..) => None,
    };
    json!({
        "model": registration.model.name(),
        "requested_model": document.model.name(),
        "oddities": registration.oddities.iter().map(|oddity| oddity.words()).collect::<Vec<_>>(),
        "notice": registration.notice(document.model),
        "footing": match registration.footing {
            Footing::SameGrid => "same grid",
            Footing::Fitted => "fitted",
            Footing::NotAligned => "not aligned",
        },
        "n_pairs": registration.n_pairs(),
        "n_spare": registration.n_spare(),
        "n_predicted": registration.n_predicted,
        "lambda": (registration.model == Model::ThinPlateSpline).then_some(document.smoothing),
        "a_from_b": a_from_b,
        "scale": registration.a_from_b.scale(),
        "roll_degrees": registration.a_from_b.roll().to_degrees(),
        "rms_px": residuals.rms,
        "rms_face_percent": percent,
        "face_unit_px": face_unit,
        "loo_rms_px": residuals.leave_one_out_rms,
        "procrustes_distance": residuals.procrustes_distance,
        "landmarks": document.landmarks.iter()
            .map(|landmark| report_landmark(landmark, registration))
            .collect::<Vec<_>>(),
        "mapped": map.iter()
            .map(|a| json!({ "a": json::point(Some(*a)), "b": json::point(Some(registration.b_from_a.apply(*a))) }))
            .collect::<Vec<_>>(),
    })
}

fn report_landmark(landmark: &Landmark, registration: &Registration) -> Value {
    let residual = registration.residual_of(landmark.id);
    json!({
        "name": landmark.name,
        "a": json::point(landmark.at.a.map(|mark| mark.at)),
        "b": json::point(landmark.at.b.map(|mark| mark.at)),
        "residual_px": residual.map(|of| of.residual),
        "leave_one_out_px": residual.and_then(|of| of.leave_one_out),
        "is_active": landmark.is_active,
        "weight": landmark.weight,
        "flagged": residual.is_some_and(|of| of.flagged),
        "predicted": landmark.is_predicted(),
        "confirmed": landmark.at.iter().all(|(_, mark)| mark.is_none_or(|mark| mark.is_confirmed)),
    })
}

fn print_text(document: &Document, registration: &Registration, map: &[ImagePoint]) {
    print_line(&fit_words(document, registration));
    for landmark in &document.landmarks {
        let Some(of) = registration.residual_of(landmark.id) else {
            print_line(&format!("  {:<24} marked on one side", landmark.name));
            continue;
        };
        if !landmark.is_active {
            print_line(&format!("  {:<24} {:.2} px (switched off)", landmark.name, of.residual));
            continue;
        }
        if landmark.is_predicted() {
            let (name, px) = (&landmark.name, of.residual);
            print_line(&format!("  {name:<24} {px:.2} px (accepted as predicted, not counted)"));
            continue;
        }
        if registration.residuals.rms.is_none() {
            print_line(&format!("  {:<24} n/a (exact fit)", landmark.name));
            continue;
        }
        let left_out = of.leave_one_out.map(|px| format!(", left out {px:.2} px"));
        let flag = if of.flagged { "  misplaced, or the face differs here" } else { "" };
        print_line(&format!(
            "  {:<24} {:.2} px{}{flag}",
            landmark.name,
            of.residual,
            left_out.unwrap_or_default()
        ));
    }
    for a in map {
        let b = registration.b_from_a.apply(*a);
        print_line(&format!("  A ({:.2}, {:.2})  B ({:.2}, {:.2})", a.x, a.y, b.x, b.y));
    }
}
