//! The two finishes: everything in which the renders of the pair differ.

use crate::maths::Rgb;

/// How a picture is finished. The geometry never depends on it. Every parameter is a defect of the
/// taxonomy at one of its ends.
pub(crate) struct Finish {
    /// Strength of pores and fine skin lines: none is SKI-A1.
    pub(crate) pores: f64,
    /// Strength of freckles and moles: none is IDN-I3.
    pub(crate) freckles: f64,
    /// Strength of uneven redness and tone: little is SKI-S3.
    pub(crate) mottle: f64,
    /// How far light spreads under the skin, per channel, in face units: far is SKI-S1.
    pub(crate) spread: Rgb,
    /// Strength of pale down: none is SKI-S4.
    pub(crate) down: f64,
    /// How far teeth are bleached, 0 natural to 1 paper white: TEE-S1.
    pub(crate) bleach: f64,
    /// How far gaps between teeth are filled in: TEE-A3.
    pub(crate) merge: f64,
    /// Strength of translucent tooth edges and saliva glints: none is TEE-S2.
    pub(crate) enamel: f64,
    /// Width of the change from skin to lip, in face units.
    pub(crate) lip_edge: f64,
    /// Strength of the painted line on the lip border: LIP-A1.
    pub(crate) lip_line: f64,
    /// Strength of the vertical creases of the lips: none is LIP-S1.
    pub(crate) lip_creases: f64,
    /// How far the rim's highlight ignores the light, 0 physical to 1 uniform: GLS-P4.
    pub(crate) rim_uniform: f64,
    /// Strength of the bright halo around the rim: GLS-X2.
    pub(crate) rim_halo: f64,
    /// Strength of the rim's shadow on the skin: none is GLS-P3.
    pub(crate) rim_shadow: f64,
    /// How white the whites of the eyes are painted: EYE-S2.
    pub(crate) eye_white: f64,
    /// Strength of the grain of the picture.
    pub(crate) grain: f64,
}

/// Smoothed skin, bleached teeth, painted edges.
pub(crate) const PROCESSED: Finish = Finish {
    pores: 0.14,
    freckles: 0.12,
    mottle: 0.25,
    spread: [0.046, 0.034, 0.028],
    down: 0.0,
    bleach: 0.9,
    merge: 0.92,
    enamel: 0.12,
    lip_edge: 0.0022,
    lip_line: 1.0,
    lip_creases: 0.10,
    rim_uniform: 1.0,
    rim_halo: 1.0,
    rim_shadow: 0.12,
    eye_white: 0.7,
    grain: 0.0,
};

/// Pores, natural teeth, soft edges, grain.
pub(crate) const PHOTOGRAPHIC: Finish = Finish {
    pores: 1.0,
    freckles: 1.0,
    mottle: 1.0,
    spread: [0.018, 0.0115, 0.0080],
    down: 1.0,
    bleach: 0.0,
    merge: 0.0,
    enamel: 1.0,
    lip_edge: 0.014,
    lip_line: 0.0,
    lip_creases: 1.0,
    rim_uniform: 0.0,
    rim_halo: 0.0,
    rim_shadow: 1.0,
    eye_white: 0.0,
    grain: 1.0,
};
