//! The words that state what a picture is. Cards, panes and loupes use the same.

use crate::{
    document::{Document, Footing, Oddity, Registration, Side},
    geometry::{Look, Model, Warp},
};

/// A number with at most two decimals, or four below a hundredth, and no trailing zeros.
fn short(value: f64) -> String {
    let text = if value < 0.01 { format!("{value:.4}") } else { format!("{value:.2}") };
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Output pixels a source pixel: `4x`, `1.25x`, `0.09x`.
#[must_use]
pub fn magnification_text(magnification: f64) -> String {
    format!("{}x", short(magnification))
}

/// Rolls below this are not worth a word: half of what one decimal can show.
const LEAST_ROLL_DEGREES: f64 = 0.05;

/// `rolled 3.1°` for a view turned against its source's grid by this many radians; `None` when it
/// is not turned.
#[must_use]
pub fn roll_text(roll: f64) -> Option<String> {
    let degrees = roll.to_degrees().abs();
    (degrees >= LEAST_ROLL_DEGREES).then(|| format!("rolled {degrees:.1}°"))
}

/// ` · B at A's resolution` where B is the side that is seen more coarsely than it is.
#[must_use]
pub fn matched_text(finer: Side) -> String {
    format!(" · {finer} at {}'s resolution", finer.other())
}

/// ` · shown as L*, +1.0 EV` of a look that is not plain; empty for the plain one.
pub(super) fn look_text(look: &Look) -> String {
    if look.is_plain() { String::new() } else { format!(" · shown as {}", look.words()) }
}

/// `affine` or `spline` for a view through a map that does more than move, turn and scale; `None`
/// for others.
#[must_use]
pub fn bend_text<S>(map: &Warp<S>) -> Option<&'static str> {
    match map {
        Warp::Similarity(_) => None,
        Warp::Affine(_) => Some("affine"),
        Warp::Spline(..) => Some("spline"),
    }
}

/// What a reader should not trust: `, 2 of 6 landmarks flagged, unconfirmed`. Empty where there is
/// no doubt.
pub(super) fn doubt_words(registration: &Registration) -> String {
    let n_flagged = registration.landmarks.iter().filter(|entry| entry.of.flagged).count();
    let mut words = String::new();
    if n_flagged > 0 {
        words = format!(", {n_flagged} of {} landmarks flagged", registration.n_pairs());
    }
    for oddity in &registration.oddities {
        words.push_str(match oddity {
            Oddity::Mirrored => ", marks lie mirrored",
            Oddity::UpsideDown => ", marks upside down",
            Oddity::Folds => ", folds",
        });
    }
    if registration.has_unconfirmed && registration.footing != Footing::NotAligned {
        words.push_str(if n_flagged > 0 { ", unconfirmed" } else { ", landmarks unconfirmed" });
    }
    words
}

/// What the relation of the two sides rests on and how well they register:
/// `similarity, RMS 0.62 px (0.21 %)`, `same grid`, `not aligned`; with what is in doubt.
#[must_use]
pub fn fit_words(document: &Document, registration: &Registration) -> String {
    let model = match registration.model {
        // There is little room on a card.
        Model::ThinPlateSpline => "spline",
        model => model.name(),
    };
    let fit = match registration.footing {
        Footing::SameGrid if registration.n_pairs() == 0 => return "same grid".into(),
        Footing::NotAligned => return "not aligned".into(),
        Footing::Fitted if registration.fault.is_some() => return "last fit kept".into(),
        Footing::Fitted if registration.n_pairs() == 0 => return model.into(),
        Footing::SameGrid => "same grid",
        Footing::Fitted => model,
    };
    let distance = |px: f64| match document.face_unit() {
        // Pixels beside percents would tell how large A's are.
        Some(unit) if document.is_blind() => format!("{:.2} % of the face unit", 100.0 * px / unit),
        None if document.is_blind() => "hidden".to_owned(),
        Some(unit) => format!("{px:.2} px ({:.2} %)", 100.0 * px / unit),
        None => format!("{px:.2} px"),
    };
    let residuals = &registration.residuals;
    let figures = match (residuals.rms, residuals.leave_one_out_rms) {
        (Some(rms), _) => format!("RMS {}", distance(rms)),
        (None, Some(left_out)) => {
            format!("exact fit, left out {}", distance(left_out))
        }
        (None, None) => "RMS n/a (exact fit)".to_owned(),
    };
    format!("{fit}, {figures}{}", doubt_words(registration))
}
