//! Just enough of Rust's grammar to find the paths that a source names.

/// The words and signs of `text` without comments, literals and white space; `::` is one sign.
pub(super) fn tokens(text: &str) -> Vec<String> {
    let chars: Vec<char> = text.chars().collect();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(&c) = chars.get(at) {
        let next = chars.get(at + 1).copied();
        let end = match (c, next) {
            ('/', Some('/')) => end_of_line(&chars, at),
            ('/', Some('*')) => end_of_block(&chars, at),
            ('"', _) => end_of_string(&chars, at),
            ('r', Some('"' | '#')) if raw_string(&chars, at).is_some() => {
                raw_string(&chars, at).unwrap()
            }
            ('\'', _) => end_of_quote(&chars, at),
            (':', Some(':')) => {
                found.push("::".to_owned());
                at + 2
            }
            _ if is_word(c) => {
                let end = (at..chars.len()).find(|idx| !is_word(chars[*idx]));
                let end = end.unwrap_or(chars.len());
                found.push(chars[at..end].iter().collect());
                end
            }
            _ => {
                if !c.is_whitespace() {
                    found.push(c.to_string());
                }
                at + 1
            }
        };
        at = end;
    }
    found
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn end_of_line(chars: &[char], from: usize) -> usize {
    chars[from..].iter().position(|c| *c == '\n').map_or(chars.len(), |n| from + n)
}

/// Block comments nest.
fn end_of_block(chars: &[char], from: usize) -> usize {
    let mut depth = 0;
    let mut at = from;
    while at < chars.len() {
        match (chars[at], chars.get(at + 1)) {
            ('/', Some('*')) => (depth, at) = (depth + 1, at + 2),
            ('*', Some('/')) => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
        if depth == 0 {
            break;
        }
    }
    at
}

fn end_of_string(chars: &[char], from: usize) -> usize {
    let mut at = from + 1;
    while at < chars.len() && chars[at] != '"' {
        at += if chars[at] == '\\' { 2 } else { 1 };
    }
    at + 1
}

/// The end of a raw string that begins at `from`; `None` for a raw identifier or a mere `r`.
fn raw_string(chars: &[char], from: usize) -> Option<usize> {
    if from > 0 && is_word(chars[from - 1]) && !matches!(chars[from - 1], 'b' | 'c') {
        return None;
    }
    let hashes = chars[from + 1..].iter().take_while(|c| **c == '#').count();
    let body = from + 1 + hashes;
    if chars.get(body) != Some(&'"') {
        return None;
    }
    let is_end = |idx: &usize| {
        chars[*idx] == '"' && chars[idx + 1..].iter().take_while(|c| **c == '#').count() >= hashes
    };
    Some((body + 1..chars.len()).find(is_end).map_or(chars.len(), |idx| idx + 1 + hashes))
}

/// The end of a character literal, or just past the quote of a lifetime.
fn end_of_quote(chars: &[char], from: usize) -> usize {
    match (chars.get(from + 1), chars.get(from + 2)) {
        (Some('\\'), _) => {
            let close = (from + 3..chars.len()).find(|idx| chars[*idx] == '\'');
            close.map_or(chars.len(), |idx| idx + 1)
        }
        (Some(_), Some('\'')) => from + 3,
        _ => from + 1,
    }
}

/// Every path in `tokens` that begins with one of `roots`, use trees spread out: `a::{b, c::D}`
/// gives `a::b` and `a::c::D`, and `a::{self}` gives `a`.
pub(super) fn paths_from(tokens: &[String], roots: &[&str]) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    for (idx, token) in tokens.iter().enumerate() {
        let is_inside = idx > 0 && tokens[idx - 1] == "::";
        let goes_on = tokens.get(idx + 1).is_some_and(|next| next == "::");
        if roots.contains(&token.as_str()) && !is_inside && goes_on {
            tree(tokens, idx, &[], &mut found);
        }
    }
    found
}

/// Reads one use tree or path that begins at `at`; returns where it ends.
fn tree(
    tokens: &[String],
    mut at: usize,
    prefix: &[String],
    found: &mut Vec<Vec<String>>,
) -> usize {
    let mut path = prefix.to_vec();
    while let Some(token) = tokens.get(at) {
        match token.as_str() {
            "{" => return group(tokens, at + 1, &path, found),
            "self" if !path.is_empty() => at += 1,
            "*" => {
                path.push("*".into());
                at += 1;
            }
            word if word.chars().all(is_word) => {
                path.push(word.to_owned());
                at += 1;
            }
            _ => break,
        }
        if tokens.get(at).is_some_and(|sign| sign == "::") {
            at += 1;
        } else {
            break;
        }
    }
    found.push(path);
    if tokens.get(at).is_some_and(|word| word == "as") { at + 2 } else { at }
}

fn group(
    tokens: &[String],
    mut at: usize,
    prefix: &[String],
    found: &mut Vec<Vec<String>>,
) -> usize {
    while let Some(token) = tokens.get(at) {
        match token.as_str() {
            "}" => return at + 1,
            "," => at += 1,
            _ => {
                let end = tree(tokens, at, prefix, found);
                at = end.max(at + 1);
            }
        }
    }
    at
}

#[test]
fn paths_are_found_in_trees_and_expressions_but_not_in_comments_and_texts() {
    let text = r##"
        // crate::ui::No
        /* crate::ui::No /* crate::ui::No */ crate::ui::No */
        use crate::{card::{fit_words, Item as Thing}, session::{self, Job}, storage::*};
        fn f<'a>(x: &'a str) -> char {
            let texts = ("crate::ui::No", r#"crate::ui::"No" "#, b"\"crate::ui::No", '"', '\'');
            crate::geometry::Rect::<crate::geometry::Image>::new();
            let crates = 1; my::crate_::x();
        }
    "##;
    let found: Vec<String> =
        paths_from(&tokens(text), &["crate"]).iter().map(|path| path.join("::")).collect();
    assert_eq!(
        found,
        [
            "crate::card::fit_words",
            "crate::card::Item",
            "crate::session",
            "crate::session::Job",
            "crate::storage::*",
            "crate::geometry::Rect",
            "crate::geometry::Image",
        ]
    );
}
