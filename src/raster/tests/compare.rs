//! Pictures compared pixel by pixel.

use crate::raster::{
    Comparison, Lab, Picture, Pixels, ViewError, compare, delta_e_2000, delta_e_color,
    lightness_color,
};

const ALL: [Comparison; 5] = [
    Comparison::Absolute { gain: 1 },
    Comparison::Absolute { gain: 8 },
    Comparison::DeltaE,
    Comparison::Lightness,
    Comparison::Blend { share: 0.37 },
];

fn picture(width: usize, height: usize, pixel: impl Fn(usize, usize) -> [u8; 4]) -> Picture {
    let pixels = (0..width * height).map(|idx| pixel(idx % width, idx / width)).collect();
    Picture::new(width, height, Pixels::Rgba8(pixels)).unwrap()
}

fn some(x: usize, y: usize) -> [u8; 4] {
    let code = |n: usize| u8::try_from(n % 256).unwrap();
    [code(x * 7 + y), code(y * 13 + 5), code(x * x + 3 * y), 255]
}

#[test]
fn a_picture_and_itself_give_nothing() {
    let one = picture(67, 35, some);
    let seen_through = picture(3, 3, |_, _| [90, 80, 70, 40]);
    let mix = Comparison::Blend { share: 0.5 };
    let mixed = compare(&seen_through, &seen_through, mix, &|| false).unwrap();
    assert_eq!(mixed, seen_through);
    for how in ALL {
        let found = compare(&one, &one, how, &|| false).unwrap();
        for (x, y) in (0..35).flat_map(|y| (0..67).map(move |x| (x, y))) {
            let expected = match how {
                Comparison::Blend { .. } => some(x, y),
                _ => [0, 0, 0, 255],
            };
            assert_eq!(found.rgba8_at(x, y), Some(expected), "{how:?} at {x}, {y}");
        }
    }
}

#[test]
fn every_comparison_shows_what_it_says() {
    let (from, to) = ([180, 120, 96, 255], [170, 130, 99, 255]);
    let (a, b) = (picture(3, 2, |_, _| from), picture(3, 2, |_, _| to));
    let (lab_a, lab_b) = (Lab::of_srgb8([180, 120, 96]), Lab::of_srgb8([170, 130, 99]));
    let expected = [
        [10, 10, 3],
        [80, 80, 24],
        delta_e_color(delta_e_2000(lab_a, lab_b)),
        lightness_color(lab_b.l - lab_a.l),
        [176, 124, 97],
    ];
    for (how, [red, green, blue]) in ALL.into_iter().zip(expected) {
        let found = compare(&a, &b, how, &|| false).unwrap();
        assert_eq!(found.rgba8_at(2, 1), Some([red, green, blue, 255]), "{how:?}");
    }
}

#[test]
fn what_one_picture_does_not_show_is_not_compared() {
    let a = picture(4, 4, |x, _| if x == 0 { [0; 4] } else { [9, 9, 9, 255] });
    let b = picture(4, 4, |_, y| if y == 3 { [0; 4] } else { [200, 9, 9, 128] });
    for how in ALL {
        let found = compare(&a, &b, how, &|| false).unwrap();
        let alpha = |x, y| found.rgba8_at(x, y).unwrap()[3];
        // A mix shows what one side alone has: A as it is, B as little as it is mixed in.
        let expected = match how {
            Comparison::Blend { .. } => (47, 255, 208),
            _ => (0, 0, 255),
        };
        assert_eq!((alpha(0, 0), alpha(2, 3), alpha(2, 1)), expected, "{how:?}");
    }
    let smaller = picture(4, 3, |_, _| [0; 4]);
    assert_eq!(compare(&a, &smaller, ALL[0], &|| false).unwrap_err(), ViewError::Empty);
    assert_eq!(compare(&a, &b, ALL[2], &|| true).unwrap_err(), ViewError::Cancelled);
}
