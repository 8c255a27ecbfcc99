//! The means with the processor's vectors and without: the same to the bit.

use super::{Light, Map, Picture, View, picture, render_view, scaled, turned};
use crate::{
    geometry::{Kernel, OutputPoint},
    raster::{
        Pixels,
        filter::{Arithmetic as _, Fixed, halved_opaque},
        kernel::Weights,
        places::{Area, Finder},
        render_view_in,
        tile::{Canvas, Level},
    },
};

/// Pixels of all codes, white beside black among them, that look like chance.
fn noise(width: usize, height: usize) -> Picture {
    let mut state = 0x2545_F491_u32;
    let mut next = move || {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        match state >> 24 {
            0..64 => 0,
            64..128 => 255,
            code => u8::try_from(code).unwrap(),
        }
    };
    let codes: Vec<[u8; 4]> = (0..width * height).map(|_| [next(), next(), next(), 255]).collect();
    picture(width, height, |x, y| codes[y * width + x])
}

/// A view whose pixels span `spans` of the source along its axes, by one arithmetic.
fn seen(source: &Picture, view: &View<Map>, spans: (f64, f64), arithmetic: Fixed) -> Vec<[u8; 4]> {
    let Pixels::Rgba8(texels) = source.pixels() else { unreachable!("it has 8 bits") };
    let (finder, size) =
        (Finder::new(&view.source_from_output, false), (source.width(), source.height()));
    let canvas = Canvas { source, view, finder, is_cancelled: &|| false };
    canvas
        .render(&Level::new((size, texels), 1.0, view, spans, arithmetic), Vec::new())
        .unwrap()
        .pixels
}

#[test]
fn every_kernel_gives_the_same_bytes_with_vectors_and_without() {
    let source = noise(150, 90);
    for kernel in [Kernel::Bilinear, Kernel::CatmullRom, Kernel::Lanczos3] {
        for light in [Light::Linear, Light::Encoded] {
            for spans in [(1.0, 1.0), (1.4, 1.0), (1.0, 1.9), (1.7, 1.7), (2.6, 3.1)] {
                let map = turned(0.8, 23.0, &source, 160, 110);
                let view = View { light, ..View::new(map, kernel, (160, 110)) };
                let vectors = seen(&source, &view, spans, Fixed::new(light));
                let scalar = seen(&source, &view, spans, Fixed::scalar(light));
                assert!(vectors == scalar, "{} {light:?} {spans:?}", kernel.name());
            }
        }
    }
}

#[test]
fn a_view_is_the_same_however_it_is_divided() {
    let source = noise(150, 90);
    let corner = |map: Map, (x, y): (f64, f64)| {
        let at = map.apply(OutputPoint::new(x, y));
        Map::about(0.5, 0.0, OutputPoint::new(0.0, 0.0), at)
    };
    let map = scaled(0.5, (3.0, 2.0));
    let whole = super::render(&source, map, Kernel::Lanczos3, 200, 150);
    let part = super::render(&source, corner(map, (37.0, 41.0)), Kernel::Lanczos3, 100, 90);
    for (x, y) in (0..90).flat_map(|y| (0..100).map(move |x| (x, y))) {
        assert_eq!(whole.rgba8_at(x + 37, y + 41), part.rgba8_at(x, y), "at {x} {y}");
    }
}

/// Turns no number into a place from some column on.
struct Lost;

impl crate::geometry::Map<crate::geometry::Image, crate::geometry::Output> for Lost {
    fn apply(&self, p: OutputPoint) -> crate::geometry::ImagePoint {
        let x = if p.x > 40.0 { f64::NAN } else { p.x };
        crate::geometry::Point::new(x, p.y)
    }

    fn jacobian(&self, _: OutputPoint) -> [[f64; 2]; 2] {
        [[1.0, 0.0], [0.0, 1.0]]
    }

    fn is_valid(&self) -> bool {
        true
    }

    fn matrix(&self) -> Option<[[f64; 3]; 2]> {
        None
    }
}

#[test]
fn a_place_that_is_no_number_is_outside() {
    let source = noise(90, 70);
    let shown = render_view(&source, &View::new(Lost, Kernel::CatmullRom, (80, 60)), &|| false);
    let shown = shown.unwrap();
    for (x, y) in (0..60).flat_map(|y| (0..80).map(move |x| (x, y))) {
        let expected = if x < 40 { source.rgba8_at(x, y) } else { Some([0; 4]) };
        assert_eq!(shown.rgba8_at(x, y), expected, "at {x} {y}");
    }
    assert!(!shown.is_opaque());
}

#[test]
fn half_a_picture_is_the_same_with_vectors_and_without_and_near_what_numbers_with_fractions_give() {
    for (width, height) in [(301, 150), (64, 33), (13, 200), (2, 3), (1, 9), (12, 11)] {
        let source = noise(width, height);
        let Pixels::Rgba8(texels) = source.pixels() else { unreachable!("it has 8 bits") };
        let weights = std::array::from_fn(|tap| [0.0, -0.02, 0.04, 0.16][tap.min(11 - tap).min(3)]);
        let all = Area::whole((width.div_ceil(2), height.div_ceil(2)));
        let [vectors, scalar] = [Fixed::new(Light::Linear), Fixed::scalar(Light::Linear)]
            .map(|fixed| halved_opaque(&fixed, texels, (width, height), &weights, &all));
        assert!(vectors == scalar, "{width}x{height}");
        // A picture that is translucent everywhere takes the other way.
        let veiled = picture(width, height, |x, y| {
            let [r, g, b, _] = texels[y * width + x];
            [r, g, b, 254]
        });
        let halves = source.half().unwrap().to_rgba8();
        let others = veiled.half().unwrap().to_rgba8();
        let pairs = halves.as_chunks::<4>().0.iter().zip(others.as_chunks::<4>().0);
        let off = pairs.flat_map(|(a, b)| [0, 1, 2].map(|c| a[c].abs_diff(b[c])));
        assert!(off.max() <= Some(1), "{width}x{height}");
    }
}

#[test]
fn memory_that_is_used_again_leaves_no_trace() {
    let source = noise(60, 40);
    for (kernel, size) in [(Kernel::CatmullRom, (90, 100)), (Kernel::Nearest, (130, 60))] {
        // Its edges lie in the view, and some of its tiles lie outside of it.
        let view = View::new(turned(1.0, 31.0, &source, size.0, size.1), kernel, size);
        let fresh = render_view(&source, &view, &|| false).unwrap();
        let spare = vec![[7; 4]; 90 * 120];
        let found = render_view_in(spare, &source, &view, &|| false).unwrap();
        assert!(found == fresh && found.is_opaque() == fresh.is_opaque(), "{}", kernel.name());
    }
}

#[test]
fn magnitudes_of_weights_sum_to_less_than_two() {
    // What the means of columns have 16 bits for.
    for kernel in Kernel::ALL {
        for step in 0..60 {
            let stretch = 1.0 + f64::from(step) * 0.07;
            let weights: Weights<Fixed> = Weights::new(kernel, stretch, 4000);
            for row in weights.ready().chunks(2 * weights.half()) {
                let sum: i32 = row.iter().map(|weight| i32::from(*weight).abs()).sum();
                assert!(sum < 2 * 16_384, "{} stretched {stretch}: {sum}", kernel.name());
            }
        }
    }
}

#[test]
fn encoded_values_come_back_as_they_were() {
    let fixed = Fixed::new(Light::Encoded);
    let texels: Vec<[u8; 4]> = (0..=u8::MAX).map(|code| [code, 255 - code, code, 255]).collect();
    let mut samples = vec![[0; 4]; texels.len()];
    fixed.load(&texels, &mut samples);
    let weights = [0, 16_384];
    for (texel, sample) in texels.iter().zip(samples) {
        let found = fixed.mean(&[[0; 4], sample], 2, &weights, &[16_384]);
        assert_eq!(found, *texel);
    }
}
