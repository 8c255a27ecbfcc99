//! Whether a pair was made and marked as a fair comparison asks: the anchors agree, the rigid object
//! and the mouth are in the frame, the crop is locked, one variable differs, both sides are labelled.
//!
//! Each check states its figure and its limit. None says anything of how real a picture is, nor of who
//! is on it.

use crate::{
    document::{
        Arrangement, Document, Footing, FrameChoice, Landmark, PerSide, Registration, Side,
    },
    geometry::ImagePoint,
};

/// An anchor may lie this many percent of the face unit off the fit.
const MOST_DRIFT: f64 = 3.0;
/// The mouth may be this many percent wider or narrower on B, and open this many percent of its width
/// more or less.
const MOST_SMILE: f64 = 8.0;
/// What must be in the frame keeps this many percent of the shorter side from the edge.
const LEAST_MARGIN: f64 = 1.0;
/// The face may fill this many percent more or less of the one picture's height than of the other's.
const MOST_SCALE: f64 = 10.0;
/// Both sides must cover this many percent of either picture.
const LEAST_COMMON: f64 = 80.0;

/// One check.
#[derive(Clone, Debug, PartialEq)]
pub struct Check {
    /// Its name.
    pub name: &'static str,
    /// Whether it is passed; `None` where too little is marked or declared to tell.
    pub pass: Option<bool>,
    /// The figure, its limit, and what is missing.
    pub figure: String,
}

/// All checks of a document, in the protocol's order.
#[must_use]
pub fn protocol(document: &Document) -> Vec<Check> {
    let arrangement = Arrangement::of(document, FrameChoice::AGrid)
        .filter(|both| both.registration.footing != Footing::NotAligned);
    vec![
        anchors(document, arrangement.as_ref()),
        smile(document, arrangement.as_ref()),
        in_frame(document),
        crop(document, arrangement.as_ref()),
        one_variable(document),
        labelled(document),
    ]
}

/// `24.1 % less`.
fn more_or_less(percent: f64, more: &str, less: &str) -> String {
    format!("{:.1} % {}", percent.abs(), if percent < 0.0 { less } else { more })
}

fn unknown(name: &'static str, why: &str) -> Check {
    Check { name, pass: None, figure: why.to_owned() }
}

/// The largest residual of the recipe's anchors, in percent of the face unit.
fn anchors(document: &Document, arrangement: Option<&Arrangement>) -> Check {
    let name = "anchors agree";
    let (Some(both), Some(unit)) = (arrangement, document.face_unit()) else {
        return unknown(name, "mark the face unit and more landmarks on both sides");
    };
    let registration: &Registration = &both.registration;
    if registration.residuals.rms.is_none() {
        return unknown(name, "the fit is exact and tells nothing; mark more landmarks");
    }
    let of_anchor = |landmark: &Landmark| {
        document.recipe.landmark(&landmark.name)?;
        let residual = registration.residual_of(landmark.id)?.residual;
        Some((100.0 * residual / unit, landmark.name.clone()))
    };
    let all = document.landmarks.iter().filter(|landmark| landmark.fitted_pair().is_some());
    let worst = all.filter_map(of_anchor).max_by(|one, other| one.0.total_cmp(&other.0));
    let Some((drift, worst)) = worst else { return unknown(name, "mark the recipe's landmarks") };
    let figure =
        format!("{worst} {drift:.1} % of the face unit off, at most {MOST_DRIFT} % allowed");
    Check { name, pass: Some(drift <= MOST_DRIFT), figure }
}

/// Width and opening of the mouth on both sides, at one face scale.
fn smile(document: &Document, arrangement: Option<&Arrangement>) -> Check {
    let name = "same smile family";
    let Some(mouth) = &document.recipe.mouth else {
        return unknown(name, "this recipe does not look at the mouth");
    };
    let Some(both) = arrangement else { return unknown(name, "align the sides first") };
    let scale = PerSide::new(1.0, both.registration.a_from_b.scale());
    let distance = |(from, to): &(String, String), side: Side| {
        let at = |name: &String| Some(document.landmark_named(name)?.at[side]?.at);
        Some(scale[side] * at(from)?.distance(at(to)?))
    };
    let sides = |pair: &(String, String)| PerSide::from_fn(|side| distance(pair, side)).both();
    let (Some(width), Some(open)) = (sides(&mouth.corners), sides(&mouth.lips)) else {
        return unknown(name, "mark both mouth corners and lips on both sides");
    };
    if width.a <= 0.0 {
        return unknown(name, "the mouth corners lie on one spot");
    }
    let wider = 100.0 * (width.b / width.a - 1.0);
    let opener = 100.0 * (open.b - open.a) / width.a;
    let figure = format!(
        "on B {} wide and {} of the width open, {MOST_SMILE} % allowed",
        more_or_less(wider, "more", "less"),
        more_or_less(opener, "more", "less"),
    );
    Check { name, pass: Some(wider.abs() <= MOST_SMILE && opener.abs() <= MOST_SMILE), figure }
}

/// Whether what must be seen is marked and not cut off.
fn in_frame(document: &Document) -> Check {
    let name = "rigid object and mouth in frame";
    let recipe = &document.recipe;
    let mouth = recipe.mouth.iter().flat_map(|mouth| [&mouth.corners.0, &mouth.corners.1]);
    let needed: Vec<&String> = recipe.rigid.iter().chain(mouth).collect();
    let Some(sources) = document.both_sources() else {
        return unknown(name, "open both pictures");
    };
    if needed.is_empty() {
        return unknown(name, "this recipe names none");
    }
    let margin = |at: ImagePoint, side: Side| {
        let (width, height) = (f64::from(sources[side].width), f64::from(sources[side].height));
        let least = at.x.min(width - at.x).min(at.y).min(height - at.y);
        100.0 * least / width.min(height)
    };
    let mut nearest: Option<(f64, String)> = None;
    for landmark in &needed {
        for side in Side::BOTH {
            let mark = document.landmark_named(landmark).and_then(|of| of.at[side]);
            let Some(mark) = mark else {
                return unknown(name, &format!("{landmark} is not marked on {side}"));
            };
            let margin = margin(mark.at, side);
            if nearest.as_ref().is_none_or(|(least, _)| margin < *least) {
                nearest = Some((margin, format!("{landmark} on {side}")));
            }
        }
    }
    let (least, which) = nearest.unwrap_or_default();
    let figure = format!(
        "{which} is {least:.1} % of the shorter side from the edge, {LEAST_MARGIN} % asked"
    );
    Check { name, pass: Some(least >= LEAST_MARGIN), figure }
}

/// How alike the crops are.
fn crop(document: &Document, arrangement: Option<&Arrangement>) -> Check {
    let name = "crop locked";
    let (Some(both), Some(sources)) = (arrangement, document.both_sources()) else {
        return unknown(name, "align the sides first");
    };
    // A face of one size fills as much of the height.
    let scale = both.registration.a_from_b.scale();
    let (a, b) = (f64::from(sources.a.height), f64::from(sources.b.height));
    let larger = 100.0 * (a / (b * scale) - 1.0);
    let common = PerSide::from_fn(|side| common_share(both, side));
    let figure = format!(
        "B's face fills {} of the height, {MOST_SCALE} % allowed; both cover {:.0} % of A and {:.0} % \
         of B, {LEAST_COMMON} % asked",
        more_or_less(larger, "more", "less"),
        common.a,
        common.b
    );
    let least = common.a.min(common.b);
    Check { name, pass: Some(larger.abs() <= MOST_SCALE && least >= LEAST_COMMON), figure }
}

/// Places along each side of a picture at which it is asked whether the other one covers them, too.
const GRID: u32 = 64;

/// The share of a picture that the other one covers, in percent.
fn common_share(both: &Arrangement, side: Side) -> f64 {
    let area = both.area(side);
    let share = |n: u32| (f64::from(n) + 0.5) / f64::from(GRID);
    let places = (0..GRID).flat_map(|row| (0..GRID).map(move |column| (column, row)));
    let n_common = places
        .filter(|(column, row)| {
            let (dx, dy) = (area.width() * share(*column), area.height() * share(*row));
            both.holds(side.other(), both.across(side, area.min.offset(dx, dy)))
        })
        .count();
    #[expect(clippy::cast_precision_loss, reason = "a few thousand")]
    let n_common = n_common as f64;
    100.0 * n_common / f64::from(GRID * GRID)
}

/// Prompt and seed are said to be the same, the model another one.
fn one_variable(document: &Document) -> Check {
    let name = "one variable";
    let PerSide { a, b } = &document.declared.runs;
    let missing = [
        ("model", &a.model, &b.model),
        ("prompt", &a.prompt, &b.prompt),
        ("seed", &a.seed, &b.seed),
    ]
    .into_iter()
    .filter(|(_, a, b)| a.trim().is_empty() || b.trim().is_empty())
    .map(|(what, ..)| what);
    let missing: Vec<&str> = missing.collect();
    if !missing.is_empty() {
        let figure = format!("not declared for both sides: {}", missing.join(", "));
        return Check { name, pass: None, figure };
    }
    let is_same = |a: &str, b: &str| a.trim() == b.trim();
    let differs: Vec<&str> = [
        ("model", is_same(&a.model, &b.model)),
        ("prompt", is_same(&a.prompt, &b.prompt)),
        ("seed", is_same(&a.seed, &b.seed)),
    ]
    .into_iter()
    .filter(|(_, is_same)| !is_same)
    .map(|(what, _)| what)
    .collect();
    let figure = match differs.as_slice() {
        [] => "as declared, nothing differs".to_owned(),
        differs => format!("as declared, these differ: {}", differs.join(", ")),
    };
    Check { name, pass: Some(differs == ["model"]), figure }
}

/// Both sides say what they are.
fn labelled(document: &Document) -> Check {
    let labels = document.labels.as_ref().map(|label| label.trim());
    let figure = match (labels.a, labels.b) {
        ("", "") => "neither side has a label".to_owned(),
        ("", _) => "A has no label".to_owned(),
        (_, "") => "B has no label".to_owned(),
        (a, b) if a == b => "both labels are the same".to_owned(),
        (a, b) => format!("A \"{a}\", B \"{b}\""),
    };
    let pass = !labels.a.is_empty() && !labels.b.is_empty() && labels.a != labels.b;
    Check { name: "labelled", pass: Some(pass), figure }
}
