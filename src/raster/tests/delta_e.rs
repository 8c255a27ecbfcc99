//! CIEDE2000 against its formula as it is printed, with angles.

use std::f64::consts::TAU;

use crate::raster::{
    Comparison, Lab, Picture, Pixels, compare, delta_e::delta_e_of_codes, delta_e_2000,
    delta_e_color,
};

/// The formula step by step, as Sharma, Wu & Dalal 2005 print it; hues in degrees.
fn printed(one: Lab, other: Lab) -> f64 {
    let saturation = |c: f64| libm::sqrt(c.powi(7) / (c.powi(7) + 25.0_f64.powi(7)));
    let mean_chroma = f64::midpoint(libm::hypot(one.a, one.b), libm::hypot(other.a, other.b));
    let stretch = 1.0 + 0.5 * (1.0 - saturation(mean_chroma));
    let polar = |of: Lab| {
        let a = stretch * of.a;
        let hue = if a == 0.0 && of.b == 0.0 { 0.0 } else { libm::atan2(of.b, a) };
        let hue = if hue < 0.0 { hue + TAU } else { hue };
        (libm::hypot(a, of.b), hue.to_degrees())
    };
    let ((c1, h1), (c2, h2)) = (polar(one), polar(other));
    let is_grey = c1 * c2 == 0.0;
    let step = match h2 - h1 {
        _ if is_grey => 0.0,
        step if step > 180.0 => step - 360.0,
        step if step < -180.0 => step + 360.0,
        step => step,
    };
    let hue = match h1 + h2 {
        sum if is_grey => sum,
        sum if (h1 - h2).abs() <= 180.0 => sum / 2.0,
        sum if sum < 360.0 => f64::midpoint(sum, 360.0),
        sum => (sum - 360.0) / 2.0,
    };
    let cos = |degrees: f64| libm::cos(degrees.to_radians());
    let sin = |degrees: f64| libm::sin(degrees.to_radians());
    let dh = 2.0 * libm::sqrt(c1 * c2) * sin(step / 2.0);
    let (l, c) = (f64::midpoint(one.l, other.l), f64::midpoint(c1, c2));
    let t = 1.0 - 0.17 * cos(hue - 30.0) + 0.24 * cos(2.0 * hue) + 0.32 * cos(3.0 * hue + 6.0)
        - 0.20 * cos(4.0 * hue - 63.0);
    let turn = 30.0 * libm::exp(-((hue - 275.0) / 25.0).powi(2));
    let sl = 1.0 + 0.015 * (l - 50.0).powi(2) / libm::sqrt(20.0 + (l - 50.0).powi(2));
    let (sc, sh) = (1.0 + 0.045 * c, 1.0 + 0.015 * c * t);
    let rotation = -sin(2.0 * turn) * 2.0 * saturation(c);
    let (l, c, h) = ((other.l - one.l) / sl, (c2 - c1) / sc, dh / sh);
    libm::sqrt((l * l + c * c + h * h + rotation * c * h).max(0.0))
}

/// Numbers from 0 to 1 that look like chance and are always the same.
fn numbers() -> impl FnMut() -> f64 {
    let mut state = 0x9E37_79B9_u32;
    move || {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        f64::from(state) / f64::from(u32::MAX)
    }
}

#[test]
fn directions_give_what_angles_give() {
    let mut next = numbers();
    let mut colour =
        move || Lab { l: 100.0 * next(), a: 256.0 * next() - 128.0, b: 256.0 * next() - 128.0 };
    for idx in 0..20_000 {
        let (one, mut other) = (colour(), colour());
        match idx % 5 {
            // Nearly the same, of one hue, next to opposite, and a grey.
            0 => other = Lab { l: one.l + 0.01, a: one.a + 0.003 * other.a, b: one.b },
            1 => other = Lab { l: other.l, a: 0.7 * one.a, b: 0.7 * one.b },
            2 => other = Lab { l: other.l, a: -one.a, b: -1.000_001 * one.b },
            3 => other = Lab { a: 0.0, b: 0.0, ..other },
            _ => (),
        }
        let (found, expected) = (delta_e_2000(one, other), printed(one, other));
        assert!((found - expected).abs() < 1e-7, "{one:?} {other:?}: {found}, not {expected}");
    }
    let exactly_opposite = [
        (Lab { l: 50.0, a: 20.0, b: 30.0 }, Lab { l: 40.0, a: -20.0, b: -30.0 }),
        (Lab { l: 50.0, a: 0.0, b: -64.0 }, Lab { l: 50.0, a: 0.0, b: 16.0 }),
    ];
    for (one, other) in exactly_opposite {
        for (one, other) in [(one, other), (other, one)] {
            let (found, expected) = (delta_e_2000(one, other), printed(one, other));
            assert!((found - expected).abs() < 1e-9, "{one:?} {other:?}: {found}, not {expected}");
        }
    }
}

#[test]
fn many_codes_at_once_are_as_far_apart_as_one_by_one() {
    let mut next = numbers();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 255")]
    let mut codes = move || [(); 3].map(|()| (255.0 * next()).round() as u8);
    let mut pairs: Vec<_> = (0..10_001).map(|_| (codes(), codes())).collect();
    // Near each other, where small errors would count most, greys, and one that is the same.
    for (a, b) in &mut pairs[..4000] {
        *b = [a[0].saturating_add(2), a[1], a[2].saturating_sub(1)];
    }
    for (a, _) in &mut pairs[4000..5000] {
        *a = [a[0]; 3];
    }
    pairs[7] = ([9, 8, 7], [9, 8, 7]);
    let mut found = vec![-1.0; pairs.len()];
    delta_e_of_codes(pairs.iter().copied(), |idx, delta_e| found[idx] = delta_e);
    for ((a, b), found) in pairs.iter().zip(&found) {
        let exact = delta_e_2000(Lab::of_srgb8(*a), Lab::of_srgb8(*b));
        assert!((found - exact).abs() < 1e-4, "{a:?} {b:?}: {found}, not {exact}");
    }
    assert_eq!(found[7], 0.0);
}

#[test]
fn a_map_of_differences_has_each_in_its_place() {
    // Wider and longer than what is computed together, and transparent in one place.
    let made = |shift: u8| {
        let texels = (0..70 * 37_u32).map(|n| {
            let code = u8::try_from(n % 251).unwrap();
            [code, code.wrapping_mul(3), 255 - code, 255].map(|code: u8| code.saturating_add(shift))
        });
        let mut texels: Vec<[u8; 4]> = texels.collect();
        texels[40 * 37][3] = 0;
        Picture::new(70, 37, Pixels::Rgba8(texels)).unwrap()
    };
    let (a, b) = (made(0), made(9));
    let map = compare(&a, &b, Comparison::DeltaE, &|| false).unwrap();
    for (y, x) in (0..37).flat_map(|y| (0..70).map(move |x| (y, x))) {
        let [a, b] = [&a, &b].map(|of| of.rgba8_at(x, y).unwrap());
        let lab = |[r, g, b, _]: [u8; 4]| Lab::of_srgb8([r, g, b]);
        let [red, green, blue] = delta_e_color(delta_e_2000(lab(a), lab(b)));
        let expected = if a[3].min(b[3]) == 0 { [0; 4] } else { [red, green, blue, 255] };
        assert_eq!(map.rgba8_at(x, y), Some(expected), "at {x} {y}");
    }
}
