//! Views through maps that are no similarity, and what holds for every map and kernel.

use proptest::prelude::*;

use super::{Map, Picture, View, each_texel, picture, render, render_view, scaled, speckled};
use crate::geometry::{
    Affine, Image, Kernel, Map as _, Output, OutputPoint, Point, ThinPlateSpline,
};
use crate::raster::places::{Area, Finder, Places};

type AnyAffine = Affine<Image, Output>;
type Spline = ThinPlateSpline<Image, Output>;

fn seen<M: crate::geometry::Map<Image, Output>>(
    source: &Picture,
    map: M,
    kernel: Kernel,
    size: (usize, usize),
) -> Picture {
    render_view(source, &View::new(map, kernel, size), &|| false).unwrap()
}

/// A soft hill on grey, so that a position shows in its brightness.
fn hill(x: f64, y: f64) -> f64 {
    0.2 + 0.6 * libm::exp(-((x - 30.0).powi(2) + (y - 26.0).powi(2)) / 300.0)
}

fn hill_picture() -> Picture {
    let place = |n: usize| f64::from(u32::try_from(n).unwrap()) + 0.5;
    picture(64, 64, |x, y| {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 255")]
        let code = (255.0 * super::encoded(hill(place(x), place(y)))).round() as u8;
        [code, code, code, 255]
    })
}

/// The largest difference, in codes, from the hill's formula through the map.
fn error_of<M: crate::geometry::Map<Image, Output>>(map: &M, shown: &Picture) -> f64 {
    let place = |n: usize| f64::from(u32::try_from(n).unwrap()) + 0.5;
    let (mut largest, mut n) = (0.0_f64, 0);
    for ((x, y), texel) in each_texel(shown) {
        let at = map.apply(OutputPoint::new(place(x), place(y)));
        if (3.0..61.0).contains(&at.x) && (3.0..61.0).contains(&at.y) {
            let exact = 255.0 * super::encoded(hill(at.x, at.y));
            largest = largest.max((f64::from(texel[0]) - exact).abs());
            n += 1;
        }
    }
    assert!(n > 800, "only {n} pixels lie inside");
    largest
}

#[test]
fn a_sheared_and_mirrored_view_shows_what_lies_there() {
    let source = hill_picture();
    for matrix in [
        [[0.7, 0.25, 6.0], [-0.1, 0.9, 8.0]],
        [[-0.8, 0.1, 56.0], [0.15, 0.8, 4.0]],
        [[0.5, 0.0, 10.0], [0.0, 1.3, 2.0]],
    ] {
        for kernel in [Kernel::Bilinear, Kernel::CatmullRom, Kernel::Lanczos3] {
            let map = AnyAffine::from_matrix(matrix);
            let shown = seen(&source, map, kernel, (56, 40));
            let error = error_of(&map, &shown);
            assert!(error < 1.6, "{} {matrix:?}: {error} codes", kernel.name());
        }
    }
}

#[test]
fn a_bent_view_shows_what_lies_there() {
    let source = hill_picture();
    let bends = vec![
        (Point::new(12.0, 20.0), [0.0012, -0.0007]),
        (Point::new(40.0, 14.0), [-0.0009, 0.0011]),
        (Point::new(26.0, 44.0), [-0.0003, -0.0004]),
    ];
    let map =
        Spline::from_parts(AnyAffine::from_matrix([[0.9, 0.05, 5.0], [-0.04, 0.85, 6.0]]), bends);
    for kernel in [Kernel::CatmullRom, Kernel::Lanczos3] {
        let shown = seen(&source, map.clone(), kernel, (56, 56));
        let error = error_of(&map, &shown);
        assert!(error < 1.6, "{}: {error} codes", kernel.name());
    }
}

#[test]
fn a_splines_slope_is_that_of_its_positions() {
    let bends = vec![(Point::new(3.0, 5.0), [0.02, -0.01]), (Point::new(9.0, 2.0), [0.0, 0.03])];
    let map = Spline::from_parts(AnyAffine::from_matrix([[1.1, 0.2, 0.0], [0.0, 0.9, 3.0]]), bends);
    for (x, y) in [(3.0, 5.0), (4.0, 7.5), (-20.0, 11.0), (9.0, 2.001)] {
        let [[xx, xy], [yx, yy]] = map.jacobian(Point::new(x, y));
        let step = 1e-5;
        let slope = |dx: f64, dy: f64| {
            let (to, from) =
                (map.apply(Point::new(x + dx, y + dy)), map.apply(Point::new(x - dx, y - dy)));
            ((to.x - from.x) / (2.0 * step), (to.y - from.y) / (2.0 * step))
        };
        let (along_x, along_y) = (slope(step, 0.0), slope(0.0, step));
        for (found, expected) in
            [(xx, along_x.0), (yx, along_x.1), (xy, along_y.0), (yy, along_y.1)]
        {
            assert!((found - expected).abs() < 1e-4, "{found} {expected} at {x} {y}");
        }
    }
}

#[test]
fn an_affine_map_that_is_a_similarity_gives_the_same_view() {
    let source = speckled(50, 40);
    for kernel in Kernel::ALL {
        for scale in [0.4, 1.0, 2.7] {
            let map = super::turned(scale, 12.0, &source, 30, 20);
            let (one, other) = (
                render(&source, map, kernel, 30, 20),
                seen(&source, Affine::from(map), kernel, (30, 20)),
            );
            assert_eq!(one, other, "{} {scale}", kernel.name());
        }
    }
}

#[test]
fn a_view_squeezed_along_one_axis_alone_does_not_alias_along_it() {
    let stripes = picture(512, 64, |x, _| if x % 2 == 0 { [0, 0, 0, 255] } else { [255; 4] });
    for kernel in Kernel::ALL {
        let map = AnyAffine::from_matrix([[5.3, 0.0, 0.0], [0.0, 0.8, 0.0]]);
        let shown = seen(&stripes, map, kernel, (90, 60));
        // The box lets a little more through than the kernels that fade out.
        let most = if kernel == Kernel::Nearest { 14 } else { 2 };
        for ((x, y), texel) in each_texel(&shown).filter(|((x, _), _)| (4..86).contains(x)) {
            assert!(texel[0].abs_diff(188) <= most, "{} {x} {y}: {texel:?}", kernel.name());
        }
    }
}

#[test]
fn maps_that_flatten_or_are_no_numbers_are_refused() {
    let source = speckled(8, 8);
    for matrix in [[[0.0, 0.0, 1.0], [0.0, 0.0, 1.0]], [[f64::NAN, 0.0, 0.0], [0.0, 1.0, 0.0]]] {
        let view = View::new(AnyAffine::from_matrix(matrix), Kernel::CatmullRom, (4, 4));
        assert!(render_view(&source, &view, &|| false).is_err());
    }
}

fn kernels() -> impl Strategy<Value = Kernel> {
    prop::sample::select(Kernel::ALL.to_vec())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn a_constant_stays_that_constant_through_any_map(
        kernel in kernels(),
        texel in prop::array::uniform3(0_u8..),
        size in (1_usize..40, 1_usize..40),
        a in 0.05_f64..9.0, b in -3.0_f64..3.0, d in 0.05_f64..9.0,
        shift in (-5.0_f64..5.0, -5.0_f64..5.0),
    ) {
        let [r, g, b_code] = texel;
        let source = picture(size.0, size.1, |_, _| [r, g, b_code, 255]);
        let map = AnyAffine::from_matrix([[a, b, shift.0], [-b / 2.0, d, shift.1]]);
        let shown = seen(&source, map, kernel, (16, 12));
        for (_, found) in each_texel(&shown).filter(|(_, found)| found[3] > 0) {
            prop_assert_eq!(found, [r, g, b_code, 255]);
        }
    }

    #[test]
    fn a_shift_by_whole_pixels_is_exact(
        kernel in kernels(),
        dx in -6_i32..6, dy in -6_i32..6,
        alpha in any::<bool>(),
    ) {
        let byte = |n: usize| u8::try_from(n % 256).unwrap();
        let source = picture(20, 17, |x, y| {
            let opacity = if alpha { byte(60 + 11 * x + 7 * y).max(1) } else { 255 };
            [byte(31 * x + y), byte(x * y * 3), byte(200 + 5 * y), opacity]
        });
        let map: Map = scaled(1.0, (f64::from(dx), f64::from(dy)));
        let shown = render(&source, map, kernel, 20, 17);
        for ((x, y), found) in each_texel(&shown) {
            let place = |n: usize, by: i32| i32::try_from(n).unwrap() + by;
            let old = usize::try_from(place(x, dx)).ok().zip(usize::try_from(place(y, dy)).ok());
            let expected = old.and_then(|(x, y)| source.rgba8_at(x, y)).unwrap_or([0; 4]);
            prop_assert_eq!(found, expected, "{} {} {}", kernel.name(), x, y);
        }
    }
}

/// A view of a spline is drawn through a grid.
#[test]
fn a_splines_grid_is_within_a_hundredth_of_a_pixel_of_the_spline() {
    for strength in [1e-4, 2e-3, 6e-3] {
        // Four bends that cancel each other some way off and are strong near by.
        let bends = [(60.0, 70.0, 1.0), (71.0, 70.0, -1.0), (60.0, 81.0, -1.0), (71.0, 81.0, 1.0)];
        let bends = bends.map(|(x, y, w)| (Point::new(x, y), [strength * w, -strength * w]));
        let map = Spline::from_parts(
            Affine::from_matrix([[0.5, 0.05, 40.0], [-0.05, 0.5, 60.0]]),
            bends.to_vec(),
        );
        let finder = Finder::new(&map, false);
        let mut places = Places::default();
        let (mut worst, mut n_between) = (0.0_f64, 0);
        // Neither begins nor ends with a cell.
        let part = Area { columns: 3..250, rows: 5..200 };
        finder.begin(&part, &mut places);
        for row in part.rows.clone() {
            let found = finder.row(&part, row, &places);
            for (idx, column) in part.columns.clone().enumerate() {
                let place = |n: usize| f64::from(u32::try_from(n).unwrap()) + 0.5;
                let exact = map.apply(OutputPoint::new(place(column), place(row)));
                let (x, y) = found.at(idx);
                let off = exact.distance(Point::new(x, y));
                worst = worst.max(off);
                n_between += usize::from(off > 0.0);
            }
        }
        assert!(worst < 0.01, "{worst} pixels, bent by {strength}");
        assert!(n_between > 20_000, "a grid is used");
    }
}
