//! Recipes, in session files and in files of their own.

use serde::{Deserialize, Serialize};

use crate::document::{
    Criterion, Layout, Mouth, Prompt, Recipe, RecipeLandmark, RecipeLoupe, Slot, Swap,
};

/// Also the form of the recipe files.
#[derive(Serialize, Deserialize)]
pub(in crate::storage) struct RecipeV1 {
    name: String,
    title: String,
    face_unit: Option<(String, String)>,
    crop: Option<CropV1>,
    landmarks: Vec<RecipeLandmarkV1>,
    loupes: Vec<RecipeLoupeV1>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    diagram: Vec<Vec<(f64, f64)>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    questions: Vec<QuestionV1>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    axes: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    rigid: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    mouth: Option<MouthV1>,
    #[serde(default, skip_serializing_if = "PromptV1::is_empty")]
    prompt: PromptV1,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    layout: String,
}

#[derive(Serialize, Deserialize)]
struct QuestionV1 {
    region: String,
    text: String,
}

#[derive(Serialize, Deserialize)]
struct MouthV1 {
    corners: (String, String),
    lips: (String, String),
}

#[derive(Serialize, Deserialize, Default)]
struct PromptV1 {
    template: String,
    #[serde(default)]
    slots: Vec<SlotV1>,
    #[serde(default)]
    swaps: Vec<SwapV1>,
}

#[derive(Serialize, Deserialize)]
struct SlotV1 {
    name: String,
    text: String,
}

#[derive(Serialize, Deserialize)]
struct SwapV1 {
    chunk: String,
    options: Vec<String>,
}

#[derive(Serialize, Deserialize)]
struct CropV1 {
    middle: (f64, f64),
    width: f64,
    height: f64,
}

#[derive(Serialize, Deserialize)]
struct RecipeLandmarkV1 {
    name: String,
    term: String,
    hint: String,
    mean: (f64, f64),
}

#[derive(Serialize, Deserialize)]
struct RecipeLoupeV1 {
    name: String,
    near: Vec<String>,
    offset: (f64, f64),
    width: f64,
}

impl RecipeV1 {
    pub(super) fn of(recipe: &Recipe) -> Self {
        let landmarks = recipe.landmarks.iter().cloned();
        let loupes = recipe.loupes.iter().cloned();
        Self {
            name: recipe.name.clone(),
            title: recipe.title.clone(),
            face_unit: recipe.face_unit.clone(),
            diagram: recipe.diagram.clone(),
            questions: recipe
                .questions
                .iter()
                .map(|q| QuestionV1 { region: q.region.clone(), text: q.text.clone() })
                .collect(),
            axes: recipe.axes.clone(),
            rigid: recipe.rigid.clone(),
            mouth: recipe
                .mouth
                .clone()
                .map(|mouth| MouthV1 { corners: mouth.corners, lips: mouth.lips }),
            prompt: recipe.prompt.as_ref().map(PromptV1::of).unwrap_or_default(),
            layout: recipe.layout.map_or("", Layout::name).to_owned(),
            crop: recipe.crop.map(|(middle, width, height)| CropV1 { middle, width, height }),
            landmarks: landmarks
                .map(|l| RecipeLandmarkV1 {
                    name: l.name,
                    term: l.term,
                    hint: l.hint,
                    mean: l.mean,
                })
                .collect(),
            loupes: loupes
                .map(|l| RecipeLoupeV1 {
                    name: l.name,
                    near: l.near,
                    offset: l.offset,
                    width: l.width,
                })
                .collect(),
        }
    }

    pub(in crate::storage) fn into_recipe(self) -> Recipe {
        let landmarks = self.landmarks.into_iter();
        let loupes = self.loupes.into_iter();
        Recipe {
            name: self.name,
            title: self.title,
            face_unit: self.face_unit,
            diagram: self.diagram,
            questions: self
                .questions
                .into_iter()
                .map(|q| Criterion { region: q.region, text: q.text })
                .collect(),
            axes: self.axes,
            rigid: self.rigid,
            mouth: self.mouth.map(|mouth| Mouth { corners: mouth.corners, lips: mouth.lips }),
            prompt: (!self.prompt.is_empty()).then(|| self.prompt.into_prompt()),
            layout: Layout::from_name(&self.layout),
            crop: self.crop.map(|crop| (crop.middle, crop.width, crop.height)),
            landmarks: landmarks
                .map(|l| RecipeLandmark { name: l.name, term: l.term, hint: l.hint, mean: l.mean })
                .collect(),
            loupes: loupes
                .map(|l| RecipeLoupe {
                    name: l.name,
                    near: l.near,
                    offset: l.offset,
                    width: l.width,
                })
                .collect(),
        }
    }
}

impl PromptV1 {
    fn is_empty(&self) -> bool {
        self.template.is_empty()
    }

    fn of(prompt: &Prompt) -> Self {
        let slots = prompt.slots.iter();
        let swaps = prompt.swaps.iter();
        Self {
            template: prompt.template.clone(),
            slots: slots
                .map(|slot| SlotV1 { name: slot.name.clone(), text: slot.text.clone() })
                .collect(),
            swaps: swaps
                .map(|swap| SwapV1 { chunk: swap.chunk.clone(), options: swap.options.clone() })
                .collect(),
        }
    }

    fn into_prompt(self) -> Prompt {
        let slots = self.slots.into_iter();
        let swaps = self.swaps.into_iter();
        Prompt {
            template: self.template,
            slots: slots.map(|slot| Slot { name: slot.name, text: slot.text }).collect(),
            swaps: swaps.map(|swap| Swap { chunk: swap.chunk, options: swap.options }).collect(),
        }
    }
}
