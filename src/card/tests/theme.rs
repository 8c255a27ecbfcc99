//! Contrast, by the formula of WCAG 2.

use crate::card::paint::theme;

fn luminance(rgb: [u8; 3]) -> f64 {
    let [r, g, b] = rgb.map(|code| {
        let encoded = f64::from(code) / 255.0;
        if encoded <= 0.04045 { encoded / 12.92 } else { ((encoded + 0.055) / 1.055).powf(2.4) }
    });
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

fn contrast(one: [u8; 3], two: [u8; 3]) -> f64 {
    let (one, two) = (luminance(one), luminance(two));
    (one.max(two) + 0.05) / (one.min(two) + 0.05)
}

#[test]
fn the_formula_spans_1_to_21() {
    assert!((contrast([0; 3], [255; 3]) - 21.0).abs() < 1e-9);
    assert!((contrast([9, 80, 200], [9, 80, 200]) - 1.0).abs() < 1e-9);
}

#[test]
fn text_badges_and_their_letters_can_be_read() {
    let on_ground = [
        ("text", theme::TEXT),
        ("secondary text", theme::SECONDARY),
        ("side A", theme::A),
        ("side B", theme::B),
    ];
    for (name, color) in on_ground {
        let ratio = contrast(color, theme::GROUND);
        assert!(ratio >= 4.5, "{name} has {ratio:.1}:1 on the ground");
    }
}

#[test]
fn the_ground_is_grey_enough_to_judge_colour_on() {
    let [r, g, b] = theme::GROUND;
    assert!(r.abs_diff(g) <= 4 && g.abs_diff(b) <= 4);
}
