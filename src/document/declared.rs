//! What the author says of how the pictures were made: nothing of it is read from them.

use super::{PerSide, Recipe};

/// How one side was made.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Run {
    /// The model's name.
    pub model: String,
    /// What it was asked for with.
    pub prompt: String,
    /// Its seed.
    pub seed: String,
}

/// What is declared of a comparison.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Declared {
    /// How each side was made.
    pub runs: PerSide<Run>,
    /// What the comparison is about, such as "left more processed, right more grounded".
    pub axis: String,
    /// What stands in slots of the recipe's prompt in place of its own words, by name.
    pub slots: Vec<(String, String)>,
    /// Chunks of the prompt and what stands in their place.
    pub swaps: Vec<(String, String)>,
}

impl Declared {
    /// What stands in a slot of the recipe's prompt.
    #[must_use]
    pub fn slot<'a>(&'a self, recipe: &'a Recipe, name: &str) -> &'a str {
        let own = self.slots.iter().find(|(slot, _)| slot == name).map(|(_, text)| text.as_str());
        let of_recipe = || {
            let slots = &recipe.prompt.as_ref()?.slots;
            slots.iter().find(|slot| slot.name == name).map(|slot| slot.text.as_str())
        };
        own.or_else(of_recipe).unwrap_or_default()
    }

    /// What stands in place of a chunk; the chunk itself unless it is swapped.
    #[must_use]
    pub fn swapped<'a>(&'a self, chunk: &'a str) -> &'a str {
        let found = self.swaps.iter().find(|(of, _)| of == chunk);
        found.map_or(chunk, |(_, option)| option.as_str())
    }

    /// The recipe's prompt with its slots filled and its chunks swapped; `None` where it has none.
    #[must_use]
    pub fn prompt(&self, recipe: &Recipe) -> Option<String> {
        let prompt = recipe.prompt.as_ref()?;
        let mut text = prompt.template.clone();
        for slot in &prompt.slots {
            text = text.replace(&format!("{{{}}}", slot.name), self.slot(recipe, &slot.name));
        }
        // One after the other would swap what was swapped in.
        let mut done = String::with_capacity(text.len());
        let mut rest = text.as_str();
        while let Some((at, swap)) = prompt
            .swaps
            .iter()
            .filter_map(|swap| Some((rest.find(&swap.chunk)?, swap)))
            .min_by_key(|(at, _)| *at)
        {
            done.push_str(&rest[..at]);
            done.push_str(self.swapped(&swap.chunk));
            rest = &rest[at + swap.chunk.len()..];
        }
        done.push_str(rest);
        Some(done)
    }
}
