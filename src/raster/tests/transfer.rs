//! The sRGB curve.

use super::{encoded, linear};
use crate::raster::transfer::{Light, Transfer};

#[test]
fn every_8_bit_code_comes_back_from_light() {
    let transfer = Transfer::of(Light::Linear);
    for code in 0..=u8::MAX {
        assert_eq!(transfer.encode_8(transfer.of_8(code)), code);
    }
}

#[test]
fn light_follows_the_standard() {
    let transfer = Transfer::of(Light::Linear);
    for code in 0..=u8::MAX {
        let expected = linear(f64::from(code) / 255.0);
        assert!((f64::from(transfer.of_8(code)) - expected).abs() < 1e-7, "code {code}");
    }
    assert!((transfer.of_8(188) - 0.5).abs() < 0.005);
}

#[test]
fn a_16_bit_code_of_the_same_value_is_the_same_light() {
    let transfer = Transfer::of(Light::Linear);
    for code in 0..=u8::MAX {
        let wide = u16::from(code) * 257;
        assert_eq!(transfer.of_8(code).to_bits(), transfer.of_16(wide).to_bits(), "code {code}");
        assert_eq!(transfer.encode_8(transfer.of_16(wide)), code);
    }
}

#[test]
fn light_is_encoded_to_the_nearest_code_on_both_sides_of_every_threshold() {
    let transfer = Transfer::of(Light::Linear);
    for code in 0..u8::MAX {
        let threshold = linear((f64::from(code) + 0.5) / 255.0);
        let (under, over) = (threshold * (1.0 - 1e-6), threshold * (1.0 + 1e-6));
        #[expect(clippy::cast_possible_truncation, reason = "light is stored as f32")]
        let (under, over) = (under as f32, over as f32);
        assert_eq!(transfer.encode_8(under), code, "just under {code} and a half");
        assert_eq!(transfer.encode_8(over), code + 1, "just over {code} and a half");
    }
}

#[test]
fn encoding_agrees_with_rounding_over_the_whole_range() {
    let transfer = Transfer::of(Light::Linear);
    for step in 0..=100_000_u32 {
        let light = f64::from(step) / 100_000.0;
        let exact = 255.0 * encoded(light);
        #[expect(clippy::cast_possible_truncation, reason = "light is stored as f32")]
        let code = f64::from(transfer.encode_8(light as f32));
        assert!((code - exact).abs() <= 0.5 + 1e-3, "{light} became {code}, not {exact}");
    }
}

#[test]
fn light_outside_of_0_to_1_is_clipped() {
    let transfer = Transfer::of(Light::Linear);
    for dark in [-1.0, -0.0, 0.0, f32::NEG_INFINITY, f32::NAN] {
        assert_eq!(transfer.encode_8(dark), 0);
    }
    for bright in [1.0, 1.5, f32::INFINITY] {
        assert_eq!(transfer.encode_8(bright), 255);
    }
}
