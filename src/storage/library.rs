//! Recipes and the list of defects: what is built in, and what the user's own folder adds.

use std::path::{Path, PathBuf};

use etcetera::BaseStrategy as _;
use serde::Deserialize;

use super::schema::RecipeV1;
use crate::document::{Category, Code, Defect, Recipe, Region, Taxonomy};

/// The built-in recipes, the default one first.
const RECIPES: [&str; 4] = [
    include_str!("../../assets/recipes/smile-and-glasses.ron"),
    include_str!("../../assets/recipes/eye-area.ron"),
    include_str!("../../assets/recipes/skin-and-stubble.ron"),
    include_str!("../../assets/recipes/makeup.ron"),
];
const TAXONOMY: &str = include_str!("../../assets/taxonomy.ron");

/// What sessions are begun with and findings are named by.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Library {
    /// The default one first; the user's own ones last, or in place of built-in ones of their name.
    pub recipes: Vec<Recipe>,
    /// The list of defects.
    pub taxonomy: Taxonomy,
    /// Why files of the user's were left out, a sentence each.
    pub faults: Vec<String>,
}

impl Library {
    /// What is built in.
    #[must_use]
    pub fn built_in() -> Self {
        let recipes = RECIPES.iter().filter_map(|text| parse_recipe(text).ok()).collect();
        let taxonomy = parse_taxonomy(TAXONOMY).map(|file| file.taxonomy).unwrap_or_default();
        Self { recipes, taxonomy, faults: Vec::new() }
    }

    /// That and the user's own files.
    #[must_use]
    pub fn of_user() -> Self {
        own_folder().map_or_else(Self::built_in, |folder| Self::at(&folder))
    }

    /// What is built in, with the files of a folder: `recipes/*.ron` and `taxonomy.ron`.
    #[must_use]
    pub fn at(folder: &Path) -> Self {
        let mut library = Self::built_in();
        for path in recipe_files(&folder.join("recipes")) {
            match read(&path, parse_recipe) {
                Ok(recipe) => library.add(recipe),
                Err(fault) => library.faults.push(fault),
            }
        }
        let path = folder.join("taxonomy.ron");
        if path.exists() {
            match read(&path, parse_taxonomy) {
                Ok(own) if own.replaces => library.taxonomy = own.taxonomy,
                Ok(own) => library.taxonomy = library.taxonomy.extended_by(own.taxonomy),
                Err(fault) => library.faults.push(fault),
            }
        }
        library
    }

    /// The recipe of this name, or the default one for `None`.
    ///
    /// # Errors
    /// One sentence with the known names.
    pub fn recipe(&self, name: Option<&str>) -> Result<Recipe, String> {
        let wanted = name.or(self.recipes.first().map(|recipe| recipe.name.as_str()));
        let found = self.recipes.iter().find(|recipe| Some(recipe.name.as_str()) == wanted);
        found.cloned().ok_or_else(|| {
            let names: Vec<&str> = self.recipes.iter().map(|recipe| recipe.name.as_str()).collect();
            let wanted = wanted.unwrap_or_default();
            format!("there is no recipe named \"{wanted}\"; choose from: {}", names.join(", "))
        })
    }

    fn add(&mut self, recipe: Recipe) {
        match self.recipes.iter_mut().find(|other| other.name == recipe.name) {
            Some(known) => *known = recipe,
            None => self.recipes.push(recipe),
        }
    }
}

/// The built-in recipe of this name, or the default one for `None`.
///
/// # Errors
/// One sentence with the known names.
pub fn recipe(name: Option<&str>) -> Result<Recipe, String> {
    Library::built_in().recipe(name)
}

/// Where the user's own recipes and list of defects are looked for.
#[must_use]
pub fn own_folder() -> Option<PathBuf> {
    let dirs = etcetera::choose_base_strategy().ok()?;
    Some(dirs.config_dir().join("diptych"))
}

/// The recipe files of a folder, by name.
fn recipe_files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "ron"));
    paths.sort();
    paths
}

fn read<T>(path: &Path, parse: impl Fn(&str) -> Result<T, String>) -> Result<T, String> {
    let text = std::fs::read_to_string(path).map_err(|err| err.to_string());
    text.and_then(|text| parse(&text))
        .map_err(|why| format!("could not use {}: {why}; mend the file", path.display()))
}

/// A recipe; `Err` says what is wrong, with line and column where it is a matter of form.
fn parse_recipe(text: &str) -> Result<Recipe, String> {
    let recipe = ron::from_str::<RecipeV1>(text).map_err(|err| err.to_string())?.into_recipe();
    let faults = recipe.faults();
    match faults.into_iter().next() {
        Some((what, why)) => Err(match line_of(text, &what) {
            Some(line) => format!("line {line}: {why}"),
            None => why,
        }),
        None => Ok(recipe),
    }
}

/// The line that a quoted text stands on last.
fn line_of(text: &str, what: &str) -> Option<usize> {
    let quoted = format!("\"{what}\"");
    let lines: Vec<&str> = text.lines().collect();
    lines.iter().rposition(|line| line.contains(&quoted)).map(|idx| idx + 1)
}

#[derive(Deserialize)]
struct TaxonomyFile {
    version: u32,
    /// Whether it stands in place of the built-in list instead of extending it.
    #[serde(default)]
    replaces: bool,
    #[serde(default)]
    regions: Vec<RegionEntry>,
    #[serde(default)]
    categories: Vec<CategoryEntry>,
    defects: Vec<DefectEntry>,
}

#[derive(Deserialize)]
struct RegionEntry {
    code: String,
    name: String,
}

#[derive(Deserialize)]
struct CategoryEntry {
    letter: String,
    name: String,
}

#[derive(Deserialize)]
struct DefectEntry {
    code: String,
    name: String,
    #[serde(default)]
    strength: String,
    #[serde(default)]
    hint: String,
    #[serde(default)]
    words: Vec<String>,
}

/// A list of defects, and what it is for.
struct OwnTaxonomy {
    taxonomy: Taxonomy,
    replaces: bool,
}

/// The only version there is.
const VERSION: u32 = 1;

fn parse_taxonomy(text: &str) -> Result<OwnTaxonomy, String> {
    let file = ron::from_str::<TaxonomyFile>(text).map_err(|err| err.to_string())?;
    if file.version != VERSION {
        return Err(format!("its version is {}, this program reads {VERSION}", file.version));
    }
    let (regions, categories) = (file.regions.into_iter(), file.categories.into_iter());
    let taxonomy = Taxonomy {
        regions: regions.map(|of| Region { code: of.code, name: of.name }).collect(),
        categories: categories.map(|of| Category { letter: of.letter, name: of.name }).collect(),
        defects: file.defects.into_iter().map(DefectEntry::into_defect).collect(),
    };
    // A list that extends another one may use its regions.
    let whole = if file.replaces || text == TAXONOMY {
        taxonomy.clone()
    } else {
        Library::built_in().taxonomy.extended_by(taxonomy.clone())
    };
    match whole.violation() {
        Some(violation) => Err(violation),
        None => Ok(OwnTaxonomy { taxonomy, replaces: file.replaces }),
    }
}

impl DefectEntry {
    fn into_defect(self) -> Defect {
        let code = Code { code: self.code, name: self.name, strength: self.strength };
        Defect { code, hint: self.hint, words: self.words }
    }
}
