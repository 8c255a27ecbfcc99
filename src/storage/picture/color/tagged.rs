//! Colours that a PNG or an AVIF names without a profile: code points of ITU-T H.273, or a gamma
//! and chromaticities.

use super::{
    curve::{BT_709, Curve, SRGB},
    matrix::{self, xyz_from_primaries},
    shaper::Shaper,
};

/// How to convert what a file names.
pub(super) struct Tagged {
    /// `None` leaves the pixels as they are.
    pub(super) shaper: Option<Shaper>,
    pub(super) description: String,
    pub(super) warning: Option<String>,
}

/// x and y of the whites.
const D65: [f64; 2] = [0.3127, 0.3290];
const DCI_WHITE: [f64; 2] = [0.314, 0.351];

/// Name, and x and y of white, red, green and blue, by H.273's colour primaries.
fn primaries_of(code: u8) -> Option<(&'static str, [f64; 8])> {
    let of =
        |[wx, wy]: [f64; 2], [rx, ry, gx, gy, bx, by]: [f64; 6]| [wx, wy, rx, ry, gx, gy, bx, by];
    Some(match code {
        1 => ("Rec. 709", matrix::SRGB),
        5 => ("Rec. 601 (625 lines)", of(D65, [0.64, 0.33, 0.29, 0.60, 0.15, 0.06])),
        6 | 7 => ("Rec. 601 (525 lines)", of(D65, [0.630, 0.340, 0.310, 0.595, 0.155, 0.070])),
        9 => ("Rec. 2020", of(D65, [0.708, 0.292, 0.170, 0.797, 0.131, 0.046])),
        11 => ("DCI-P3", of(DCI_WHITE, [0.680, 0.320, 0.265, 0.690, 0.150, 0.060])),
        12 => ("Display P3", of(D65, [0.680, 0.320, 0.265, 0.690, 0.150, 0.060])),
        _ => return None,
    })
}

/// Name and curve by H.273's transfer characteristics. The camera curve of BT.709 and its kin is
/// inverted as it stands.
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

/// Colours by code points.
pub(super) fn of_code_points(primaries: u8, transfer: u8) -> Tagged {
    let found = primaries_of(primaries).zip(transfer_of(transfer));
    let Some(((space, xy), (curve_name, curve))) = found else {
        return Tagged {
            shaper: None,
            description: format!("code points {primaries}, {transfer}"),
            warning: Some(format!(
                "the colours it names (primaries {primaries}, transfer {transfer}) are not known: \
                 they are taken for sRGB"
            )),
        };
    };
    let is_hdr = matches!(curve, Curve::Pq | Curve::Hlg);
    let description = match (primaries, transfer) {
        (1, 13) => "sRGB".to_owned(),
        (12, 13) => space.to_owned(),
        _ => format!("{space}, {curve_name}"),
    };
    let shaper = xyz_from_primaries(&xy).and_then(|xyz| Shaper::new(curve, &xyz));
    let warning =
        is_hdr.then(|| "it is an HDR picture: what is brighter than white is clipped".into());
    Tagged { shaper, description, warning }
}

/// Colours by PNG's `gAMA` and `cHRM`: light is the value raised to the gamma's reciprocal. Without
/// chromaticities they are sRGB's.
pub(super) fn of_gamma(gamma: f64, chromaticities: Option<[f64; 8]>) -> Tagged {
    let exponent = 1.0 / gamma;
    let xyz = xyz_from_primaries(&chromaticities.unwrap_or(matrix::SRGB));
    let is_sound = exponent.is_finite() && (0.1..=10.0).contains(&exponent);
    let with = if chromaticities.is_some() { " and chromaticities" } else { "" };
    let description = format!("gamma {exponent:.2}{with}");
    let shaper = xyz.filter(|_| is_sound).and_then(|xyz| Shaper::new(Curve::Power(exponent), &xyz));
    let warning = shaper.is_none().then(|| {
        format!("the {description} that it names make no sense: the colours are taken for sRGB")
    });
    Tagged { shaper, description, warning }
}
