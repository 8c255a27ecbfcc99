//! Which point of a well-known template is which landmark of the recipes. Only points that mean the
//! same place are here: an outline point near a nostril's wing is not its outermost point, and the
//! middle of an eye's outline is no pupil. Left and right are the subject's, wherever the template
//! says it the viewer's way.

use super::{NamedPair, SidePoint, numbered};

/// The points of a template that are landmarks of the recipes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TemplateMap {
    /// Its name for people.
    pub name: &'static str,
    /// How many points it has, by which it is told.
    pub n_points: usize,
    /// The place in the list, from 0, and the name of the landmark.
    pub map: &'static [(usize, &'static str)],
}

const RIGHT_CORNER: &str = "right mouth corner";
const LEFT_CORNER: &str = "left mouth corner";
const RIGHT_PUPIL: &str = "right pupil";
const LEFT_PUPIL: &str = "left pupil";
const NOSE_TIP: &str = "nose tip";
const UPPER_LIP: &str = "cupid's bow";
const LOWER_LIP: &str = "lower lip middle";
const RIGHT_WING: &str = "right nostril wing";
const LEFT_WING: &str = "left nostril wing";

const TEMPLATES: [TemplateMap; 5] = [
    // 36 to 47 outline the eyes; there is no pupil.
    TemplateMap {
        name: "iBUG 68",
        n_points: 68,
        map: &[
            (48, RIGHT_CORNER),
            (54, LEFT_CORNER),
            (30, NOSE_TIP),
            (51, UPPER_LIP),
            (57, LOWER_LIP),
        ],
    },
    TemplateMap {
        name: "WebMorph 189",
        n_points: 189,
        map: &[
            (87, RIGHT_CORNER),
            (93, LEFT_CORNER),
            (0, RIGHT_PUPIL),
            (1, LEFT_PUPIL),
            (90, UPPER_LIP),
            (106, LOWER_LIP),
        ],
    },
    TemplateMap {
        name: "WebMorph 106",
        n_points: 106,
        map: &[
            (86, RIGHT_CORNER),
            (92, LEFT_CORNER),
            (43, RIGHT_PUPIL),
            (52, LEFT_PUPIL),
            (74, NOSE_TIP),
            (89, UPPER_LIP),
            (103, LOWER_LIP),
            (77, RIGHT_WING),
            (83, LEFT_WING),
        ],
    },
    TemplateMap {
        name: "WebMorph 83",
        n_points: 83,
        map: &[
            (29, RIGHT_CORNER),
            (45, LEFT_CORNER),
            (63, RIGHT_PUPIL),
            (81, LEFT_PUPIL),
            (35, NOSE_TIP),
            (26, UPPER_LIP),
            (12, LOWER_LIP),
            (54, RIGHT_WING),
            (33, LEFT_WING),
        ],
    },
    // The last ten points are the irises, 468 and 473 their centres.
    TemplateMap {
        name: "MediaPipe 478",
        n_points: 478,
        map: &[
            (61, RIGHT_CORNER),
            (291, LEFT_CORNER),
            (468, RIGHT_PUPIL),
            (473, LEFT_PUPIL),
            (1, NOSE_TIP),
            (0, UPPER_LIP),
            (17, LOWER_LIP),
        ],
    },
];

impl TemplateMap {
    /// All that are known.
    pub const ALL: &[Self] = &TEMPLATES;

    /// The template that has so many points.
    #[must_use]
    pub fn of_count(n_points: usize) -> Option<&'static Self> {
        TEMPLATES.iter().find(|template| template.n_points == n_points)
    }

    /// Gives the points of a list without names the names that the template of their number knows;
    /// `None`, and nothing named, when there is no such template or some point has a name.
    pub fn name_points(points: &mut [SidePoint]) -> Option<&'static Self> {
        let template = Self::of_count(points.len())?;
        if points.iter().any(|point| point.name.is_some()) {
            return None;
        }
        for (idx, name) in template.map {
            points.get_mut(*idx)?.name = Some((*name).to_owned());
        }
        Some(template)
    }

    /// The same for pairs of a file without names, which are called by their numbers.
    pub fn name_pairs(pairs: &mut [NamedPair]) -> Option<&'static Self> {
        let template = Self::of_count(pairs.len())?;
        let is_numbered = |(idx, pair): (usize, &NamedPair)| pair.name == numbered(idx + 1);
        if !pairs.iter().enumerate().all(is_numbered) {
            return None;
        }
        for (idx, name) in template.map {
            (*name).clone_into(&mut pairs.get_mut(*idx)?.name);
        }
        Some(template)
    }
}
