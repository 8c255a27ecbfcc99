//! What a card shows, in words, for those who do not see it.

use std::cmp::Reverse;

use super::scene::{ItemKind, Scene};
use crate::document::{Belongs, Document, Finding, Kind, PerSide, Side, Tally};

/// The most characters that platforms take, counted as Unicode scalar values.
pub const MOST_ALT_TEXT: usize = 1000;
/// The most characters of a label, so that it leaves room for the rest.
const MOST_OF_LABEL: usize = 120;

/// What a picture of the card is described by: the author's own words, else a draft; at most 1000
/// characters.
#[must_use]
pub fn alt_text(document: &Document, scene: &Scene) -> String {
    let document: &Document = &document.on_card();
    let own = document.card.words.alt_text.as_deref().map(str::trim);
    let own =
        own.filter(|own| !own.is_empty()).map(|own| own.chars().take(MOST_ALT_TEXT).collect());
    own.unwrap_or_else(|| draft_alt_text(document, scene))
}

/// A draft of a picture's alternative text, at most 1000 characters: what stands where on it, which regions
/// are magnified, what was found, the worst first, and how often each side was found more believable.
/// Same document and scene, same words.
#[must_use]
pub fn draft_alt_text(document: &Document, scene: &Scene) -> String {
    let document: &Document = &document.on_card();
    let mut sentences = vec![what_it_is(document, scene)];
    let shown = shown_places(scene);
    for (side, place) in shown.iter() {
        let Some(place) = place else { continue };
        let label = shortened(&plain(&document.label_or_stem(side)), MOST_OF_LABEL);
        sentences.push(sentence(&format!("{place}{side}: {label}")));
    }
    sentences.extend(close_ups(scene));
    let is_told = |whose: &Belongs| match whose {
        Belongs::To(side) => shown[*side].is_some(),
        Belongs::Both => true,
    };
    let told = Belongs::ALL.into_iter().filter(is_told);
    sentences.extend(told.filter_map(|whose| found_on(document, whose)));
    let beginning = sentences.join(" ");
    // The verdicts are few words; what was found gives way to them.
    match tally(document) {
        Some(tally) => {
            let room = MOST_ALT_TEXT - tally.chars().count() - 1;
            format!("{} {tally}", shortened(&beginning, room))
        }
        None => shortened(&beginning, MOST_ALT_TEXT),
    }
}

/// What is compared, and which of several pictures of that it is.
fn what_it_is(document: &Document, scene: &Scene) -> String {
    let of_what = pictures_words(document.kinds);
    let page = scene.items.iter().find(|item| item.kind == ItemKind::Page);
    let sides = shown_places(scene);
    if sides.a.is_none() || sides.b.is_none() {
        return format!("One of {of_what} of one face, to be compared.");
    }
    let page = page.map(|page| format!(", picture {}", page.text.replace(" / ", " of ")));
    format!("Side-by-side comparison of {of_what} of one face{}.", page.unwrap_or_default())
}

/// Where each side stands on a picture, as the beginning of a sentence; `None` for one that does not.
fn shown_places(scene: &Scene) -> PerSide<Option<&'static str>> {
    let views = || scene.items.iter().filter(|item| item.view.is_some());
    let first = PerSide::from_fn(|side| views().find(|item| item.side == Some(side)));
    match (first.a, first.b) {
        (Some(a), Some(b)) if a.rect.y == b.rect.y => PerSide::new(Some("Left, "), Some("Right, ")),
        (Some(_), Some(_)) => PerSide::new(Some("Above, "), Some("Below, ")),
        (a, b) => PerSide::new(a.map(|_| ""), b.map(|_| "")),
    }
}

/// What is compared: `two photographs`, `an AI-generated render and a photograph`, `two pictures` where
/// it is not said.
fn pictures_words(kinds: PerSide<Option<Kind>>) -> String {
    let article = |kind: Kind| if kind == Kind::Render { "an" } else { "a" };
    match kinds.both() {
        Some(PerSide { a, b }) if a == b => format!("two {}s", a.name()),
        Some(PerSide { a, b }) => {
            format!("{} {} and {} {}", article(a), a.name(), article(b), b.name())
        }
        None => "two pictures".to_owned(),
    }
}

/// The regions whose loupes stand on it.
fn close_ups(scene: &Scene) -> Option<String> {
    let mut names: Vec<String> = Vec::new();
    for item in scene.items.iter().filter(|item| item.kind == ItemKind::LoupeName) {
        let name = plain(&item.text);
        if !name.is_empty() && !names.contains(&name) {
            names.push(name);
        }
    }
    let last = names.pop()?;
    let names = if names.is_empty() { last } else { format!("{} and {last}", names.join(", ")) };
    Some(sentence(&format!("Close-ups of {names}")))
}

/// What was found on a side or on both, the worst first, each once.
fn found_on(document: &Document, whose: Belongs) -> Option<String> {
    let left_out = &document.card.left_out.findings;
    let is_told = |finding: &&Finding| finding.belongs == whose && !left_out.contains(&finding.id);
    let mut findings: Vec<&Finding> = document.findings.iter().filter(is_told).collect();
    findings.sort_by_key(|finding| Reverse(finding.severity));
    let mut words: Vec<String> = Vec::new();
    for said in findings.into_iter().filter_map(said_by) {
        if !words.contains(&said) {
            words.push(said);
        }
    }
    let list = words.join("; ");
    (!words.is_empty()).then(|| sentence(&format!("On {}: {list}", whose.name())))
}

/// A finding's words; `None` while nobody has said what it is.
fn said_by(finding: &Finding) -> Option<String> {
    let has_note = finding.note.lines().next().is_some_and(|line| !plain(line).is_empty());
    if finding.code.is_none() && !has_note {
        return None;
    }
    let words = plain(finding.words());
    // Where the words are not those of the strength itself, they would read as a fault.
    let says_so = finding.code.as_ref().is_some_and(|code| !code.strength.is_empty());
    Some(if finding.is_strength && !says_so { format!("in its favour: {words}") } else { words })
}

/// `B more believable in 5, tie in 2, A in 1.`; `None` before anything is answered.
fn tally(document: &Document) -> Option<String> {
    let Tally { sides, ties, not_visible, .. } = Tally::of(&document.recipe, &document.verdicts);
    let first = if sides.b > sides.a { Side::B } else { Side::A };
    let second = first.other();
    let parts = [
        (format!("{first} more believable"), sides[first]),
        ("tie".to_owned(), ties),
        (second.to_string(), sides[second]),
        ("not visible".to_owned(), not_visible),
    ];
    let parts: Vec<String> =
        parts.into_iter().filter(|(_, n)| *n > 0).map(|(who, n)| format!("{who} in {n}")).collect();
    let words = parts.join(", ");
    // Ties or nothing seen come first where no side leads.
    let words = if sides[first] == 0 { upper_first(&words) } else { words };
    (!words.is_empty()).then(|| sentence(&words))
}

/// One line without what would steer or break the text around it: line breaks, control characters
/// and marks of writing direction that may lack their end.
fn plain(text: &str) -> String {
    let steers =
        |letter: &char| matches!(letter, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    let text: String = text
        .chars()
        .filter(|letter| !steers(letter))
        .map(|letter| if letter.is_control() { ' ' } else { letter })
        .collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn upper_first(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

fn sentence(text: &str) -> String {
    let is_ended = text.ends_with(['.', '!', '?', '…']);
    if is_ended { text.to_owned() } else { format!("{text}.") }
}

/// The text with at most this many characters, cut at a word's end.
fn shortened(text: &str, most: usize) -> String {
    let Some((end, _)) = text.char_indices().nth(most) else { return text.to_owned() };
    let fits = &text[..end];
    // The space or the letter that is left out makes room for the ellipsis.
    let cut = fits.rfind(' ').or(fits.char_indices().next_back().map(|(at, _)| at)).unwrap_or(0);
    format!("{}…", text[..cut].trim_end_matches([' ', ',', ';', ':', '.']))
}
