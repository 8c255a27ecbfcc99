//! Colours that a file names without a profile: code points of ITU-T H.273, or PNG's `gAMA` and
//! `cHRM`.

use super::{
    curve::{BT_709, Curve, SRGB},
    matrix::{self, xyz_from_primaries},
    shaper::Shaper,
};

/// How to convert what a file names.
pub(super) struct Tagged {
    /// `None` leaves the pixels as they are.
    pub(super) shaper: Option<Shaper>,
    /// The space, such as "Display P3"; `None` when the file names none.
    pub(super) name: Option<String>,
    /// By what the file names it, such as "cICP".
    pub(super) source: &'static str,
    /// What is to be said of it in any case.
    pub(super) warning: Option<String>,
}

/// x and y of the whites: D65, and that of DCI projectors (SMPTE RP 431-2).
const D65: [f64; 2] = [0.3127, 0.3290];
const DCI_WHITE: [f64; 2] = [0.314, 0.351];
/// x and y of the primaries of P3 (SMPTE RP 431-2).
const P3: [f64; 6] = [0.680, 0.320, 0.265, 0.690, 0.150, 0.060];
const ADOBE_RGB: [f64; 6] = [0.64, 0.33, 0.21, 0.71, 0.15, 0.06];
const REC_2020: [f64; 6] = [0.708, 0.292, 0.170, 0.797, 0.131, 0.046];

/// x and y of white, red, green and blue.
const fn space(white: [f64; 2], xy: [f64; 6]) -> [f64; 8] {
    [white[0], white[1], xy[0], xy[1], xy[2], xy[3], xy[4], xy[5]]
}

/// Name, and x and y of white, red, green and blue, by colour primaries (ITU-T H.273, table 2);
/// `None` for those that are not known here.
fn primaries_of(code: u8) -> Option<(&'static str, [f64; 8])> {
    Some(match code {
        1 => ("Rec. 709", matrix::SRGB),
        5 => ("Rec. 601 (625 lines)", space(D65, [0.64, 0.33, 0.29, 0.60, 0.15, 0.06])),
        6 | 7 => ("Rec. 601 (525 lines)", space(D65, [0.630, 0.340, 0.310, 0.595, 0.155, 0.070])),
        9 => ("Rec. 2020", space(D65, REC_2020)),
        11 => ("DCI-P3", space(DCI_WHITE, P3)),
        12 => ("Display P3", space(D65, P3)),
        _ => return None,
    })
}

/// Name and curve by transfer characteristics (ITU-T H.273, table 3); `None` for those that are not
/// known here. The camera curve of BT.709 and its kin is inverted as it stands, as profiles of that
/// name do it, and not replaced by a display's (BT.1886), whose shadows would be darker.
fn transfer_of(code: u8) -> Option<(&'static str, Curve)> {
    Some(match code {
        1 | 6 | 14 | 15 => ("BT.709 curve", BT_709),
        4 => ("gamma 2.2", Curve::Power(2.2)),
        5 => ("gamma 2.8", Curve::Power(2.8)),
        8 => ("linear", Curve::Power(1.0)),
        13 => ("sRGB curve", SRGB),
        16 => ("PQ", Curve::Pq),
        18 => ("HLG", Curve::Hlg),
        _ => return None,
    })
}

fn shaper_of(curve: Curve, xy: &[f64; 8]) -> Option<Shaper> {
    Shaper::new([curve.clone(), curve.clone(), curve], &xyz_from_primaries(xy)?)
}

/// Colours by code points. Code point 2, unspecified, names nothing.
pub(super) fn of_code_points(primaries: u8, transfer: u8) -> Tagged {
    let source = "cICP";
    if primaries == 2 || transfer == 2 {
        let warning = "it does not specify its colour space (code point 2): the colours are taken \
                       for sRGB";
        return Tagged { shaper: None, name: None, source, warning: Some(warning.into()) };
    }
    let found = primaries_of(primaries).zip(transfer_of(transfer));
    let Some(((space, xy), (curve_name, curve))) = found else {
        let name = format!("code points {primaries} and {transfer}");
        let warning = format!(
            "the colour space it names (primaries {primaries}, transfer {transfer}) is not known: \
             the colours are taken for sRGB"
        );
        return Tagged { shaper: None, name: Some(name), source, warning: Some(warning) };
    };
    let is_hdr = matches!(curve, Curve::Pq | Curve::Hlg);
    let name = match (primaries, transfer) {
        (1, 13) => "sRGB".to_owned(),
        (12, 13) => space.to_owned(),
        _ => format!("{space}, {curve_name}"),
    };
    let warning = is_hdr.then(|| "HDR picture: brighter than white is clipped".to_owned());
    Tagged { shaper: shaper_of(curve, &xy), name: Some(name), source, warning }
}

/// Colours by PNG's `gAMA` and `cHRM`: light is the value raised to the gamma's reciprocal and
/// nothing else, also for 0.45455, which is not taken for sRGB's curve. Without chromaticities they
/// are sRGB's.
pub(super) fn of_gamma(gamma: f64, chromaticities: Option<[f64; 8]>) -> Tagged {
    let source = if chromaticities.is_some() { "gAMA, cHRM" } else { "gAMA" };
    let is_sound = gamma.is_finite() && (0.01..=100.0).contains(&gamma);
    let xy = chromaticities.unwrap_or(matrix::SRGB);
    let shaper = if is_sound { shaper_of(Curve::Power(1.0 / gamma), &xy) } else { None };
    let Some(shaper) = shaper else {
        let warning =
            format!("what it says of its colours ({source}) makes no sense and is ignored");
        return Tagged { shaper: None, name: None, source, warning: Some(warning) };
    };
    let primaries = chromaticities.map_or("", |xy| name_of(&xy));
    let comma = if primaries.is_empty() { "" } else { ", " };
    let name = format!("gamma {}{comma}{primaries}", short(1.0 / gamma));
    Tagged { shaper: Some(shaper), name: Some(name), source, warning: None }
}

/// The name of a space that has these chromaticities, but for their rounding.
fn name_of(xy: &[f64; 8]) -> &'static str {
    let known = [
        ("Rec. 709 primaries", matrix::SRGB),
        ("Display P3 primaries", space(D65, P3)),
        ("Adobe RGB primaries", space(D65, ADOBE_RGB)),
        ("Rec. 2020 primaries", space(D65, REC_2020)),
    ];
    let is_near = |known: &[f64; 8]| known.iter().zip(xy).all(|(a, b)| (a - b).abs() < 1.5e-3);
    known.iter().find(|(_, known)| is_near(known)).map_or("its own primaries", |(name, _)| name)
}

/// With two decimals at most.
fn short(value: f64) -> String {
    let text = format!("{value:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
