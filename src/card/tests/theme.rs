//! Colours of the themes, and contrast by the formula of WCAG 2.2.

use crate::{
    card::{Palette, contrast},
    document::{CardStyle, PerSide, Theme},
};

fn palette(theme: Theme) -> Palette {
    Palette::of(&CardStyle { theme, ..CardStyle::default() })
}

#[test]
fn the_formula_spans_1_to_21() {
    assert!((contrast([0; 3], [255; 3]) - 21.0).abs() < 1e-9);
    assert!((contrast([9, 80, 200], [9, 80, 200]) - 1.0).abs() < 1e-9);
    // The greys that guidelines name as just enough and just not enough on white.
    assert!(contrast([0x76; 3], [255; 3]) >= 4.5 && contrast([0x77; 3], [255; 3]) < 4.5);
}

#[test]
fn text_can_be_read_in_every_theme() {
    for theme in Theme::ALL {
        let colors = palette(theme);
        for (name, color) in [("text", colors.text), ("secondary text", colors.secondary)] {
            let ratio = contrast(color, colors.ground);
            assert!(ratio >= 4.5, "{name} of {} has {ratio:.1}:1 on the ground", theme.name());
        }
    }
}

#[test]
fn letters_can_be_read_on_the_sides_colours_whatever_they_are() {
    let codes = [0x00, 0x33, 0x66, 0x80, 0x99, 0xCC, 0xFF];
    for r in codes {
        for g in codes {
            for b in codes {
                let ratio = contrast([r, g, b], Palette::letter_on([r, g, b]));
                assert!(ratio >= 4.5, "a letter on {r} {g} {b} has {ratio:.2}:1");
            }
        }
    }
}

#[test]
fn sides_have_the_colours_that_their_author_chose() {
    let accents = Some(PerSide::new([1, 2, 3], [4, 5, 6]));
    let style = CardStyle { accents, ..CardStyle::default() };
    assert_eq!(Palette::of(&style).sides, PerSide::new([1, 2, 3], [4, 5, 6]));
}

#[test]
fn the_grounds_of_dark_and_light_are_grey_enough_to_judge_colour_on() {
    for theme in [Theme::Dark, Theme::Light] {
        let [r, g, b] = palette(theme).ground;
        assert!(r.abs_diff(g) <= 4 && g.abs_diff(b) <= 4, "{}", theme.name());
    }
}
