//! The whole picture as one function of the face plane.

use crate::bake::Bake;
use crate::field::{Kind, cell};
use crate::finish::Finish;
use crate::light::Studio;
use crate::maths::{Point, Rgb, add3, mix, mix3, mul3, scale3, smooth};
use crate::noise::layered;
use crate::pose::{self, form};
use crate::shape::{self, PUPIL, eye_open, mouth_open, outline};
use crate::skin;
use crate::strands;
use crate::strokes::{self, Strokes};
use crate::{backdrop, body, eyes, frame, glasses, hair, lips, mouth};

/// What the pictures of a pair share.
pub(crate) struct Model {
    studio: Studio,
    bake: Bake,
    hair: strands::Coat,
    brows: Strokes,
    single: Strokes,
    lashes: Strokes,
    /// Where the pupils lie, at negative and positive x.
    pupils: [Point; 2],
}

impl Model {
    /// Forms and lights the face with this many cells per unit.
    pub(crate) fn new(density: f64) -> Self {
        /// Hairs of each side per cell of a unit.
        const HAIRS: f64 = 8.0;
        let studio = Studio::new();
        let bake = Bake::new(density, &studio);
        let count = i64::try_from(cell(HAIRS * density * 1.5, usize::MAX));
        let hair = hair::strands(count.unwrap_or(0)).laid(density * 1.5, 0.0007);
        let pupils = [[-PUPIL[0], PUPIL[1]], PUPIL].map(|q| pose::glasses(pose::place(q)));
        Self {
            studio,
            bake,
            hair,
            brows: strokes::brows(),
            single: hair::single(),
            lashes: strokes::lashes(),
            pupils,
        }
    }
}

/// A model with a finish.
pub(crate) struct Scene<'a> {
    model: &'a Model,
    bake: Bake,
    finish: &'a Finish,
}

impl<'a> Scene<'a> {
    /// Prepares a picture with the given finish.
    pub(crate) fn new(model: &'a Model, finish: &'a Finish) -> Self {
        Self { bake: model.bake.softened(finish.spread), model, finish }
    }

    /// Colour of a point of the face plane in linear light.
    pub(crate) fn colour(&self, p: Point) -> Rgb {
        /// Light that a single hair sends.
        const SINGLE: Rgb = [0.055, 0.034, 0.022];
        let curtain = pose::hair(p);
        let (hair, cover) = self.model.hair.at(curtain);
        let single = 0.85 * self.model.single.cover(curtain);
        let before = |below: Rgb| mix3(below, SINGLE, single);
        if cover >= 0.998 {
            return before(hair);
        }
        let glass = pose::glasses(p);
        let behind = glasses::behind(glass, self.model.pupils);
        let q = form(pose::worn(behind));
        let seen = scale3(self.body(q, behind), self.model.hair.shade(curtain));
        let skin = if outline(q) < 1.0 { self.bake.at(q, Kind::Skin).arriving } else { [0.1; 3] };
        let skin = mul3(skin, [0.55, 0.34, 0.25]);
        let below = glasses::paint(glass, seen, skin, self.finish, &self.model.studio);
        before(add3(scale3(below, 1.0 - cover), hair))
    }

    /// Height of what is seen at a point of the picture plane.
    pub(crate) fn height(&self, p: Point) -> f64 {
        let glass = pose::glasses(p);
        let line = frame::nearest(glass);
        if line.away < line.half {
            return frame::PLANE;
        }
        let below = self.bake.height(form(pose::worn(glasses::behind(glass, self.model.pupils))));
        let (_, cover) = self.model.hair.at(pose::hair(p));
        let hair = below.max(hair::height(pose::hair(p)).max(hair::LOOSE));
        mix(below, hair, smooth(0.2, 0.8, cover))
    }

    /// Face, neck and what is behind them; `worn` is where the point lies for the rigid glasses.
    fn body(&self, p: Point, worn: Point) -> Rgb {
        let face = smooth(1.012, 0.986, outline(p));
        let mut colour = [0.0; 3];
        if face < 1.0 {
            colour = add3(self.below(p), self.fringe(p));
        }
        if face > 0.0 {
            colour = mix3(colour, self.face(p, worn), face);
        }
        colour
    }

    /// Light on the down that stands out past the outline of the face.
    fn fringe(&self, p: Point) -> Rgb {
        /// How far it reaches, as a share of the way out.
        const REACH: f64 = 0.03;
        let near = smooth(1.0 + REACH, 1.0, outline(p));
        if near <= 0.0 || self.finish.down <= 0.0 {
            return [0.0; 3];
        }
        let light = self.bake.at(p, Kind::Skin).arriving;
        scale3(light, 0.16 * near * skin::down(p, self.finish))
    }

    /// Neck, collar and backdrop.
    fn below(&self, p: Point) -> Rgb {
        let mut colour = backdrop::wall(p, &self.model.studio);
        let side = p[0].abs() - body::half_width(p[1]);
        let neck = smooth(0.004, -0.004, side) * smooth(-0.1, -0.08, p[1]);
        let collar = smooth(-0.004, 0.004, body::below_collar(p));
        if neck > 0.0 && collar < 1.0 {
            let mut lit = self.bake.at(p, Kind::Neck);
            // What chin, hair and collar throw back and forth.
            lit.arriving = add3(lit.arriving, [0.030, 0.020, 0.016]);
            let shade = mix(0.46, 1.0, smooth(0.0, 0.34, shape::past_jaw(p)));
            lit.arriving = scale3(lit.arriving, shade);
            lit.vector = scale3(lit.vector, shade);
            colour = mix3(colour, skin::lit_skin(p, &lit, self.finish, &self.model.studio), neck);
        }
        if collar > 0.0 { mix3(colour, self.cloth(p), collar) } else { colour }
    }

    /// Knitted wool.
    fn cloth(&self, p: Point) -> Rgb {
        /// Stitches per face unit, across and down.
        const STITCHES: Point = [30.0, 36.0];
        let lit = self.bake.at(p, Kind::Cloth);
        // Stitches lean to both sides of each rib, like rows of Vs.
        let rib = p[0] * STITCHES[0] + 0.15 * layered([p[0] * 5.0, p[1] * 5.0], 2, 70);
        let across = (rib - rib.floor() - 0.5).abs();
        let row = p[1] * STITCHES[1] + 1.3 * across;
        let wave = |v: f64| libm::cos(std::f64::consts::TAU * v);
        let fuzz = layered([p[0] * 120.0, p[1] * 120.0], 3, 71);
        let high = 0.5 * wave(row) - 0.5 * wave(2.0 * across);
        let turn = 0.72 + 0.24 * high + 0.30 * fuzz;
        mul3(scale3([0.060, 0.078, 0.105], turn), lit.arriving)
    }

    /// The face without hair and glasses.
    fn face(&self, p: Point, worn: Point) -> Rgb {
        /// Half the width over which one surface passes into another, in face units.
        const EDGE: f64 = 0.0014;
        let m = [p[0].abs(), p[1]];
        let (eye, mouth) = (eye_open(m), mouth_open(m));
        let (eye, mouth) = (smooth(-EDGE, EDGE, eye), smooth(-EDGE, EDGE, mouth));
        let mut colour = [0.0; 3];
        if eye < 1.0 && mouth < 1.0 {
            colour = self.skin(p, worn);
        }
        let studio = &self.model.studio;
        if eye > 0.0 {
            let lit = self.bake.at(p, Kind::Eye);
            colour = mix3(colour, eyes::lit_eye(p, &lit, self.finish, studio), eye);
        }
        if mouth > 0.0 {
            let lit = self.bake.at(p, Kind::Mouth);
            colour = mix3(colour, mouth::lit_mouth(p, &lit, self.finish, studio), mouth);
        }
        self.haired(p, colour)
    }

    /// Skin and lips in their light and the shadow of the glasses.
    fn skin(&self, p: Point, worn: Point) -> Rgb {
        let mut lit = self.bake.at(p, Kind::Skin);
        let shade = glasses::shade(worn, lit.height, self.finish);
        lit.arriving = scale3(lit.arriving, shade);
        lit.vector = scale3(lit.vector, shade);
        lit.seen[0] *= shade;
        let (finish, studio) = (self.finish, &self.model.studio);
        let lip = lips::cover(p, finish);
        let mut colour = [0.0; 3];
        if lip < 1.0 {
            colour = skin::lit_skin(p, &lit, finish, studio);
            let down = skin::down(p, finish) * mix(0.03, 0.12, smooth(0.55, 0.97, outline(p)));
            colour = add3(colour, scale3(lit.arriving, down));
        }
        if lip > 0.0 {
            colour = mix3(colour, lips::lit_lip(p, &lit, finish, studio), lip);
        }
        eyes::edges(p, colour)
    }

    /// Brows and lashes over the face.
    fn haired(&self, p: Point, below: Rgb) -> Rgb {
        if p[1] > -0.9 {
            return below;
        }
        let shadow = self.model.brows.cover([p[0] - 0.012, p[1] - 0.008]);
        let colour = scale3(below, 1.0 - 0.30 * shadow - 0.24 * strokes::brow_shade(p));
        let arriving = self.bake.at(p, Kind::Skin).arriving;
        let brown = scale3([0.040, 0.023, 0.0135], arriving[1].max(0.2) * 1.6);
        let colour = mix3(colour, brown, 0.92 * self.model.brows.cover(p));
        let shadow = self.model.lashes.cover([p[0] - 0.010, p[1] - 0.012]);
        let colour = scale3(colour, 1.0 - 0.25 * shadow);
        mix3(colour, [0.012, 0.009, 0.007], self.model.lashes.cover(p))
    }
}
