//! The list of realism defects that findings are named by.

use super::Code;

/// A part of the face, or all of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Region {
    /// Three letters, such as `TEE`.
    pub code: String,
    /// For people.
    pub name: String,
}

/// What a defect is a matter of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Category {
    /// One letter, such as `A`.
    pub letter: String,
    /// For people.
    pub name: String,
}

/// One defect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Defect {
    /// What a finding keeps of it.
    pub code: Code,
    /// How it is seen and what usually causes it.
    pub hint: String,
    /// Further words by which it is looked for.
    pub words: Vec<String>,
}

/// The whole list. The default one is empty.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Taxonomy {
    /// In the order in which they are shown.
    pub regions: Vec<Region>,
    /// Likewise.
    pub categories: Vec<Category>,
    /// Likewise.
    pub defects: Vec<Defect>,
}

impl Taxonomy {
    /// The region's part of a code: what stands before its hyphen.
    #[must_use]
    pub fn region_of(code: &str) -> &str {
        code.split_once('-').map_or("", |(region, _)| region)
    }

    /// What a region is called; its code where the list does not know it.
    #[must_use]
    pub fn region_name<'a>(&'a self, code: &'a str) -> &'a str {
        let found = self.regions.iter().find(|region| region.code == code);
        found.map_or(code, |region| region.name.as_str())
    }

    /// What a code's category is called; empty where the list does not know it.
    #[must_use]
    pub fn category_name(&self, code: &str) -> &str {
        let letter = code.split_once('-').map_or("", |(_, rest)| rest.get(..1).unwrap_or(""));
        let found = self.categories.iter().find(|category| category.letter == letter);
        found.map_or("", |category| category.name.as_str())
    }

    /// The defect of a code.
    #[must_use]
    pub fn defect(&self, code: &str) -> Option<&Defect> {
        self.defects.iter().find(|defect| defect.code.code == code)
    }

    /// This list with another one's regions, categories and defects: those of a code that both have
    /// are the other one's, new ones come after.
    #[must_use]
    pub fn extended_by(mut self, other: Self) -> Self {
        merge(&mut self.regions, other.regions, |region| &region.code);
        merge(&mut self.categories, other.categories, |category| &category.letter);
        merge(&mut self.defects, other.defects, |defect| &defect.code.code);
        self
    }

    /// The defects that what was typed may mean, the likeliest first: every word typed begins a word
    /// of the defect's code, name, strength, region or search words. Nothing typed finds all. Codes
    /// of `recent`, the latest first, come before equally good ones.
    #[must_use]
    pub fn search(&self, typed: &str, recent: &[String]) -> Vec<&Defect> {
        let wanted: Vec<String> = words(typed).collect();
        let rank = |defect: &Defect| {
            let code = &defect.code.code;
            recent.iter().position(|other| other == code).unwrap_or(recent.len())
        };
        let scored = self.defects.iter().filter_map(|defect| {
            let misses = self.score(defect, &wanted)?;
            Some((misses, rank(defect), defect))
        });
        let mut found: Vec<_> = scored.collect();
        found.sort_by_key(|(misses, rank, _)| (*misses, *rank));
        found.into_iter().map(|(_, _, defect)| defect).collect()
    }

    /// Whether any word of the text begins one of a defect's code, region or name, rather than of what is
    /// said about it alone.
    #[must_use]
    pub fn names(&self, defect: &Defect, text: &str) -> bool {
        let Code { code, name, .. } = &defect.code;
        let region = self.region_name(Self::region_of(code));
        let near: Vec<String> = [code, region, name].into_iter().flat_map(words).collect();
        words(text).any(|wanted| near.iter().any(|word| word.starts_with(&wanted)))
    }

    /// How far a defect is from the words wanted: less for words found in its code, region and name
    /// than for others; `None` where one is not found at all.
    fn score(&self, defect: &Defect, wanted: &[String]) -> Option<usize> {
        let Code { code, name, strength } = &defect.code;
        let region = self.region_name(Self::region_of(code));
        let near: Vec<String> = [code, region, name].into_iter().flat_map(words).collect();
        let far: Vec<String> = [strength.as_str(), self.category_name(code)]
            .into_iter()
            .chain(defect.words.iter().map(String::as_str))
            .flat_map(words)
            .collect();
        let begins =
            |all: &[String], wanted: &String| all.iter().any(|word| word.starts_with(wanted));
        wanted.iter().try_fold(0, |misses, wanted| {
            if begins(&near, wanted) {
                Some(misses)
            } else {
                begins(&far, wanted).then_some(misses + 1)
            }
        })
    }

    /// What makes the list unusable, if anything does.
    #[must_use]
    pub fn violation(&self) -> Option<String> {
        for (idx, defect) in self.defects.iter().enumerate() {
            let code = &defect.code.code;
            let region = Self::region_of(code);
            if self.regions.iter().all(|other| other.code != region) {
                return Some(format!(
                    "the defect {code} has no region; write its code as REGION-A1"
                ));
            }
            if self.defects[..idx].iter().any(|other| other.code.code == *code) {
                return Some(format!("two defects have the code {code}"));
            }
            if defect.code.name.trim().is_empty() {
                return Some(format!("the defect {code} has no name"));
            }
        }
        None
    }
}

/// Puts `new` into `all`, in place of those of the same key.
fn merge<T>(all: &mut Vec<T>, new: Vec<T>, key: impl Fn(&T) -> &String) {
    for item in new {
        match all.iter_mut().find(|other| key(other) == key(&item)) {
            Some(old) => *old = item,
            None => all.push(item),
        }
    }
}

/// The words of a text, in lower case: runs of letters and digits.
fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
}
