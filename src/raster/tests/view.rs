//! What a view refuses, how it stops, and that it is the same on any number of threads.

use std::sync::atomic::{AtomicUsize, Ordering};

use super::{Map, render, scaled, speckled, turned};
use crate::{
    geometry::Kernel,
    raster::{View, ViewError, render_view},
};

fn view(width: usize, height: usize) -> View {
    View::new(Map::identity().into(), Kernel::Nearest, (width, height))
}

#[test]
fn a_view_without_pixels_is_refused() {
    let source = speckled(4, 4);
    for empty in [view(0, 4), view(4, 0), view(0, 0)] {
        assert_eq!(render_view(&source, &empty, &|| false), Err(ViewError::Empty));
    }
}

#[test]
fn a_map_without_a_finite_scale_is_refused() {
    let source = speckled(4, 4);
    for map in [
        Map::from_coefficients(0.0, 0.0, 1.0, 1.0),
        Map::from_coefficients(f64::NAN, 0.0, 1.0, 1.0),
        Map::from_coefficients(1.0, 0.0, f64::INFINITY, 1.0),
    ] {
        let view = View { source_from_output: map.into(), ..view(4, 4) };
        assert_eq!(render_view(&source, &view, &|| false), Err(ViewError::Empty));
    }
}

#[test]
fn a_view_stops_when_it_is_told_to() {
    let source = speckled(16, 16);
    assert_eq!(render_view(&source, &view(16, 16), &|| true), Err(ViewError::Cancelled));
    let asked = AtomicUsize::new(0);
    let soon = || asked.fetch_add(1, Ordering::Relaxed) >= 10;
    assert_eq!(render_view(&source, &view(16, 5000), &soon), Err(ViewError::Cancelled));
    assert!(asked.load(Ordering::Relaxed) < 1000, "it went on after the tenth row");
}

#[test]
fn one_thread_and_two_give_the_same_bytes() {
    let source = speckled(120, 90);
    let pool = |n| rayon::ThreadPoolBuilder::new().num_threads(n).build().unwrap();
    let (one, two) = (pool(1), pool(2));
    for kernel in Kernel::ALL {
        for scale in [0.3, 1.0, 2.6] {
            let map = turned(scale, 17.0, &source, 101, 77);
            let alone = one.install(|| render(&source, map, kernel, 101, 77));
            assert_eq!(alone, two.install(|| render(&source, map, kernel, 101, 77)));
        }
    }
}

#[test]
fn the_magnification_is_output_pixels_a_source_pixel() {
    let view = View { source_from_output: scaled(0.125, (3.0, 4.0)).into(), ..view(4, 4) };
    assert!((view.magnification() - 8.0).abs() < 1e-12);
}
