//! The two finishes: everything in which the renders of the pair differ.

use crate::maths::Rgb;

/// How a picture is finished. The geometry never depends on it.
pub(crate) struct Finish {
    /// Strength of pores and fine skin lines.
    pub(crate) pores: f64,
    /// Strength of freckles.
    pub(crate) freckles: f64,
    /// Strength of uneven redness and tone.
    pub(crate) mottle: f64,
    /// How far light spreads under the skin, per channel, in face units.
    pub(crate) spread: Rgb,
    /// How far teeth are bleached, 0 natural to 1 paper white.
    pub(crate) bleach: f64,
    /// How far gaps between teeth are filled in.
    pub(crate) merge: f64,
    /// Strength of translucent tooth edges and saliva glints.
    pub(crate) enamel: f64,
    /// Width of the change from skin to lip, in face units.
    pub(crate) lip_edge: f64,
    /// Strength of the painted line on the lip border.
    pub(crate) lip_line: f64,
    /// Strength of the vertical creases of the lips.
    pub(crate) lip_creases: f64,
    /// How far the rim's highlight ignores the light, 0 physical to 1 uniform.
    pub(crate) rim_uniform: f64,
    /// Strength of the bright halo around the rim.
    pub(crate) rim_halo: f64,
    /// Strength of the rim's shadow on the skin.
    pub(crate) rim_shadow: f64,
    /// Strength of the grain of the picture.
    pub(crate) grain: f64,
}

/// Smoothed skin, bleached teeth, painted edges.
pub(crate) const PROCESSED: Finish = Finish {
    pores: 0.07,
    freckles: 0.12,
    mottle: 0.35,
    spread: [0.026, 0.018, 0.014],
    bleach: 0.9,
    merge: 0.92,
    enamel: 0.15,
    lip_edge: 0.0022,
    lip_line: 1.0,
    lip_creases: 0.15,
    rim_uniform: 1.0,
    rim_halo: 1.0,
    rim_shadow: 0.3,
    grain: 0.0,
};

/// Pores, natural teeth, soft edges, grain.
pub(crate) const PHOTOGRAPHIC: Finish = Finish {
    pores: 1.0,
    freckles: 1.0,
    mottle: 1.0,
    spread: [0.014, 0.007, 0.004],
    bleach: 0.0,
    merge: 0.0,
    enamel: 1.0,
    lip_edge: 0.010,
    lip_line: 0.0,
    lip_creases: 1.0,
    rim_uniform: 0.0,
    rim_halo: 0.0,
    rim_shadow: 1.0,
    grain: 1.0,
};
