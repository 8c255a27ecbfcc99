//! One side of a line on the screen, and the part of a textured quadrilateral that lies there.

use egui::{Pos2, Vec2};

/// The points from which the way to the line, along its normal, is not negative.
#[derive(Clone, Copy, Debug)]
pub(super) struct HalfPlane {
    /// A point on the line.
    pub(super) at: Pos2,
    /// Points away from the line into the half, of length one.
    pub(super) normal: Vec2,
}

/// A corner on the screen and its place in the texture.
pub(super) type Corner = (Pos2, Pos2);

impl HalfPlane {
    /// The other side of the same line.
    pub(super) fn opposite(self) -> Self {
        Self { normal: -self.normal, ..self }
    }

    /// How far inside a point is; negative outside.
    pub(super) fn depth(&self, at: Pos2) -> f32 {
        (at - self.at).dot(self.normal)
    }

    /// The part of a convex polygon that lies inside (Sutherland & Hodgman 1974).
    pub(super) fn clip(&self, corners: &[Corner]) -> Vec<Corner> {
        let mut inside = Vec::with_capacity(corners.len() + 1);
        for (idx, (at, uv)) in corners.iter().enumerate() {
            let (next, next_uv) = corners[(idx + 1) % corners.len()];
            let (from, to) = (self.depth(*at), self.depth(next));
            if from >= 0.0 {
                inside.push((*at, *uv));
            }
            if (from < 0.0) != (to < 0.0) {
                let share = from / (from - to);
                inside.push((at.lerp(next, share), uv.lerp(next_uv, share)));
            }
        }
        inside
    }
}

#[cfg(test)]
mod tests {
    use egui::{pos2, vec2};

    use super::*;

    fn area(corners: &[Corner]) -> f32 {
        let twice: f32 = (0..corners.len())
            .map(|idx| {
                let ((p, _), (q, _)) = (corners[idx], corners[(idx + 1) % corners.len()]);
                p.x * q.y - q.x * p.y
            })
            .sum();
        twice.abs() / 2.0
    }

    #[test]
    fn both_halves_of_a_square_make_it_up_and_carry_the_texture() {
        let square = [(0.0, 0.0), (80.0, 0.0), (80.0, 40.0), (0.0, 40.0)]
            .map(|(x, y)| (pos2(x, y), pos2(x / 80.0, y / 40.0)));
        for (at, normal) in [
            (pos2(20.0, 9.0), vec2(1.0, 0.0)),
            (pos2(20.0, 30.0), vec2(0.0, -1.0)),
            (pos2(33.0, 12.0), vec2(0.6, 0.8)),
            (pos2(-5.0, 0.0), vec2(1.0, 0.0)),
            (pos2(0.0, 0.0), vec2(0.0, 1.0)),
        ] {
            let half = HalfPlane { at, normal };
            let (one, other) = (half.clip(&square), half.opposite().clip(&square));
            assert!((area(&one) + area(&other) - 3200.0).abs() < 1e-2, "{at:?} {normal:?}");
            for (p, uv) in one.iter().chain(&other) {
                assert!(uv.distance(pos2(p.x / 80.0, p.y / 40.0)) < 1e-6);
            }
            assert!(one.iter().all(|(p, _)| half.depth(*p) > -1e-4));
        }
    }
}
