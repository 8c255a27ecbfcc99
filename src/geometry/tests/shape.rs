//! Shapes: their paths, bounds and handles.

use crate::geometry::{ImagePoint, Point, Rect, Shape, ShapeKind};

fn at(x: f64, y: f64) -> ImagePoint {
    Point::new(x, y)
}

fn area() -> Rect<crate::geometry::Image> {
    Rect::new(at(10.0, 20.0), at(50.0, 40.0))
}

fn one_of_each() -> Vec<Shape> {
    let points = vec![at(1.0, 2.0), at(9.0, 3.0), at(5.0, 8.0)];
    vec![
        Shape::Pin(at(3.0, 4.0)),
        Shape::Box(area()),
        Shape::Ellipse(area()),
        Shape::Polygon(points.clone()),
        Shape::Stroke(points),
        Shape::Arrow(at(1.0, 1.0), at(4.0, 5.0)),
    ]
}

/// The area inside a closed path (shoelace formula).
fn enclosed(path: &[ImagePoint]) -> f64 {
    let next = path.iter().cycle().skip(1);
    path.iter().zip(next).map(|(p, q)| p.x * q.y - q.x * p.y).sum::<f64>().abs() / 2.0
}

#[test]
fn paths_enclose_what_the_shapes_do() {
    assert!((enclosed(&Shape::Box(area()).path()) - 800.0).abs() < 1e-9);
    let ellipse = std::f64::consts::PI * 20.0 * 10.0;
    let share = enclosed(&Shape::Ellipse(area()).path()) / ellipse;
    assert!((0.999..1.0).contains(&share), "{share}");
    let kinds: Vec<ShapeKind> = one_of_each().iter().map(Shape::kind).collect();
    assert_eq!(kinds, ShapeKind::ALL);
}

#[test]
fn a_handle_that_is_taken_goes_where_it_is_put_and_the_opposite_one_stays() {
    for shape in one_of_each() {
        for (idx, handle) in shape.handles().into_iter().enumerate() {
            let to = handle.offset(-0.3, 0.7);
            let new = shape.reshaped(idx, to);
            assert_eq!(new.kind(), shape.kind());
            let least = new.handles().into_iter().map(|at| at.distance(to)).fold(9.0, f64::min);
            assert!(least < 1e-9, "{shape:?} {idx}: {least}");
            if let Some(opposite) = shape.handles().get((idx + 2) % 4)
                && shape.handles().len() == 4
            {
                assert!(new.handles().iter().any(|at| at.distance(*opposite) < 1e-9));
            }
        }
        assert_eq!(shape.reshaped(99, at(0.0, 0.0)), shape, "no such handle");
    }
    // A corner dragged past the opposite one turns the rectangle inside out, not into nothing.
    let passed = Shape::Box(area()).reshaped(0, at(60.0, 70.0));
    assert_eq!(passed.bounds(), Rect::new(at(50.0, 40.0), at(60.0, 70.0)));
    // One dragged onto it would leave nothing.
    assert_eq!(Shape::Box(area()).reshaped(0, at(50.0, 33.0)), Shape::Box(area()));
}

#[test]
fn moving_keeps_the_size_and_unsound_shapes_are_told() {
    for shape in one_of_each() {
        let moved = shape.moved(5.0, -3.0);
        let (old, new) = (shape.bounds(), moved.bounds());
        assert!((new.min.x - old.min.x - 5.0).abs() < 1e-12);
        assert!((new.max.y - old.max.y + 3.0).abs() < 1e-12);
        assert!((new.width() - old.width()).abs() < 1e-12);
        assert!(shape.is_sound());
        assert!(!shape.moved(f64::NAN, 0.0).is_sound());
    }
    assert!(!Shape::Box(Rect::new(at(1.0, 1.0), at(1.0, 9.0))).is_sound());
    assert!(!Shape::Polygon(vec![at(0.0, 0.0), at(1.0, 0.0)]).is_sound());
    assert!(!Shape::Stroke(vec![at(0.0, 0.0)]).is_sound());
    assert!(!Shape::Arrow(at(1.0, 1.0), at(1.0, 1.0)).is_sound());
}
