//! Recipes: what one kind of comparison marks, crops and looks at. Lengths are in face units and
//! directions in the face's own axes: x along the line from the first landmark of the face unit to
//! the second, y down the face.

use super::{Criterion, Layout};

/// One landmark of a recipe.
#[derive(Clone, Debug, PartialEq)]
pub struct RecipeLandmark {
    /// Plain words; left and right are the subject's.
    pub name: String,
    /// The anatomical term.
    pub term: String,
    /// Where to click.
    pub hint: String,
    /// Its place in the recipe's mean shape, in face units from the middle of the face unit.
    pub mean: (f64, f64),
}

/// One loupe of a recipe.
#[derive(Clone, Debug, PartialEq)]
pub struct RecipeLoupe {
    /// The region's name.
    pub name: String,
    /// The landmarks whose mean is its anchor.
    pub near: Vec<String>,
    /// From the anchor to the middle of the loupe, in face units.
    pub offset: (f64, f64),
    /// The width of the region, in face units.
    pub width: f64,
}

/// A recipe. The default one is empty: no landmarks, no loupes, no face unit.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Recipe {
    /// Its name in files and on the command line.
    pub name: String,
    /// Its name for people.
    pub title: String,
    /// In the order of marking.
    pub landmarks: Vec<RecipeLandmark>,
    /// The two landmarks whose distance is the face unit, the subject's right one first.
    pub face_unit: Option<(String, String)>,
    /// Middle, width and height of the crop that cards show, in face units from the middle of the
    /// face unit.
    pub crop: Option<((f64, f64), f64, f64)>,
    /// In the order of the strip.
    pub loupes: Vec<RecipeLoupe>,
    /// Lines of a face seen from the front, on which the next landmark is shown; in face units.
    pub diagram: Vec<Vec<(f64, f64)>>,
    /// Which side is more believable, asked region by region.
    pub questions: Vec<Criterion>,
    /// What is asked of every region that has a question.
    pub axes: Vec<String>,
    /// Landmarks that no expression moves and that must be in the frame.
    pub rigid: Vec<String>,
    /// Landmarks that tell the smile; `None` where the mouth is not looked at.
    pub mouth: Option<Mouth>,
    /// What such a picture is asked for with.
    pub prompt: Option<Prompt>,
    /// The card's layout.
    pub layout: Option<Layout>,
}

/// Landmarks of the mouth, by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mouth {
    /// Whose distance is its width.
    pub corners: (String, String),
    /// Whose distance is its opening, with the lips.
    pub lips: (String, String),
}

/// A prompt with slots.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prompt {
    /// The text; a slot's name stands in it in braces.
    pub template: String,
    /// The slots, and what stands in them unless the session says otherwise.
    pub slots: Vec<Slot>,
    /// Parts of the text that may be exchanged.
    pub swaps: Vec<Swap>,
}

/// A slot of a prompt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slot {
    /// What stands in braces.
    pub name: String,
    /// What stands there.
    pub text: String,
}

/// A part of a prompt and what may stand in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Swap {
    /// As it is in the text.
    pub chunk: String,
    /// The others.
    pub options: Vec<String>,
}

impl Recipe {
    /// All that is asked: for each region its questions, then the axes.
    #[must_use]
    pub fn criteria(&self) -> Vec<Criterion> {
        let mut criteria: Vec<Criterion> = Vec::new();
        for question in &self.questions {
            if criteria.iter().any(|other| other.region == question.region) {
                continue;
            }
            let region = &question.region;
            criteria.extend(self.questions.iter().filter(|q| q.region == *region).cloned());
            let of_axis = |axis: &String| Criterion { region: region.clone(), text: axis.clone() };
            criteria.extend(self.axes.iter().map(of_axis));
        }
        criteria
    }

    /// The recipe's landmark of this name.
    #[must_use]
    pub fn landmark(&self, name: &str) -> Option<&RecipeLandmark> {
        self.landmarks.iter().find(|landmark| landmark.name == name)
    }

    /// What makes the recipe unusable, if anything does: see [`Recipe::faults`]; a recipe of a session
    /// may name landmarks that it does not have.
    pub(super) fn violation(&self) -> Option<String> {
        self.number_fault().or_else(|| self.name_fault().map(|(_, why)| why))
    }

    /// All that an author should mend: what stands in the file where it is wrong, and why it is.
    #[must_use]
    pub fn faults(&self) -> Vec<(String, String)> {
        let mut faults: Vec<(String, String)> =
            self.number_fault().map(|why| (String::new(), why)).into_iter().collect();
        faults.extend(self.name_fault());
        if self.name.trim().is_empty() || self.title.trim().is_empty() {
            faults.push((String::new(), "the recipe has no name or no title".into()));
        }
        for name in self.names_used().filter(|name| self.landmark(name).is_none()) {
            faults.push((name.clone(), format!("the recipe has no landmark \"{name}\"")));
        }
        if let Some(prompt) = &self.prompt {
            let slots = prompt.slots.iter().map(|slot| &slot.name);
            for slot in slots.filter(|slot| !prompt.template.contains(&format!("{{{slot}}}"))) {
                let why = format!("the slot \"{slot}\" does not stand in the template");
                faults.push((slot.clone(), why));
            }
        }
        faults
    }

    /// The names by which other parts of the recipe ask for landmarks.
    fn names_used(&self) -> impl Iterator<Item = &String> {
        let unit = self.face_unit.iter().flat_map(|(from, to)| [from, to]);
        let mouth = self
            .mouth
            .iter()
            .flat_map(|mouth| [&mouth.corners.0, &mouth.corners.1, &mouth.lips.0, &mouth.lips.1]);
        let near = self.loupes.iter().flat_map(|loupe| &loupe.near);
        unit.chain(mouth).chain(near).chain(&self.rigid)
    }

    fn number_fault(&self) -> Option<String> {
        let mut numbers: Vec<f64> = Vec::new();
        for landmark in &self.landmarks {
            numbers.extend([landmark.mean.0, landmark.mean.1]);
        }
        if let Some(((x, y), width, height)) = self.crop {
            numbers.extend([x, y, width.recip(), height.recip()]);
        }
        for loupe in &self.loupes {
            numbers.extend([loupe.offset.0, loupe.offset.1, loupe.width.recip()]);
        }
        numbers.extend(self.diagram.iter().flatten().flat_map(|(x, y)| [*x, *y]));
        let is_usable = numbers.iter().all(|number| number.is_finite());
        (!is_usable).then(|| format!("the recipe {} holds an unusable number", self.name))
    }

    /// Two landmarks of one name.
    fn name_fault(&self) -> Option<(String, String)> {
        let names = self.landmarks.iter().enumerate();
        let is_twice = |(idx, landmark): (usize, &RecipeLandmark)| {
            self.landmarks[..idx].iter().any(|other| other.name == landmark.name)
        };
        let mut twice = names.filter(|entry| is_twice(*entry));
        twice.next().map(|(_, landmark)| {
            let name = &landmark.name;
            (name.clone(), format!("the recipe {} names {name} twice", self.name))
        })
    }
}
