//! The description that a finding has in labelme's files. Its lines are the words of the code, the
//! note, and last one that begins with `diptych:` and holds what the file has no field for:
//!
//! ```text
//! diptych: on=A belongs=both severity=3 confidence=clear strength=no code="TEE-A3" name="teeth fused"
//! strength_words="teeth apart" ellipse=10,20,50.5,60
//! ```
//!
//! (in one line). `on` is the side that the finding was drawn on, `strength` whether it is one. `code`,
//! `name` and `strength_words` are there when it has a code, quoted as in JSON; `ellipse` when the
//! shape is one: left, top, right and bottom. Unknown keys are passed over.

use std::fmt::Write as _;

use super::text::{UNNAMED, name, shortest};
use crate::{
    document::{Belongs, Code, Confidence, Finding, Severity, Side},
    geometry::{Image, Point, Rect, Shape},
};

const PREFIX: &str = "diptych: ";

/// What the last line says.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Remark {
    pub(super) on: Side,
    pub(super) belongs: Belongs,
    pub(super) severity: Severity,
    pub(super) confidence: Confidence,
    pub(super) is_strength: bool,
    pub(super) code: Option<Code>,
    pub(super) ellipse: Option<Rect<Image>>,
}

/// The description of a finding that stands as `shape` on the side in question.
pub(super) fn description(finding: &Finding, shape: &Shape) -> String {
    let words = one_line(name(finding));
    let mut lines = Vec::new();
    if finding.code.is_some() {
        lines.push(words);
    }
    if !finding.note.is_empty() {
        lines.push(finding.note.clone());
    }
    lines.push(line(finding, shape));
    lines.join("\n")
}

fn line(finding: &Finding, shape: &Shape) -> String {
    let mut line = format!(
        "{PREFIX}on={} belongs={} severity={} confidence={} strength={}",
        finding.on,
        finding.belongs.name(),
        finding.severity.level(),
        finding.confidence.name(),
        if finding.is_strength { "yes" } else { "no" },
    );
    if let Some(Code { code, name, strength }) = &finding.code {
        for (key, words) in [("code", code), ("name", name), ("strength_words", strength)] {
            write!(line, " {key}={}", serde_json::Value::from(words.as_str())).ok();
        }
    }
    if let Shape::Ellipse(area) = shape {
        let edges = [area.min.x, area.min.y, area.max.x, area.max.y].map(shortest);
        write!(line, " ellipse={}", edges.join(",")).ok();
    }
    line
}

fn one_line(words: &str) -> String {
    words.split(['\n', '\r']).collect::<Vec<_>>().join(" ")
}

/// What a description of ours or another's says.
pub(super) struct Described {
    /// What the last line of ours says; `None` without one.
    pub(super) remark: Option<Remark>,
    /// Whether there is such a line that does not read.
    pub(super) is_garbled: bool,
    /// Everything else, without the words that follow from the code.
    pub(super) note: String,
}

/// Takes a description apart.
pub(super) fn parse(text: &str) -> Described {
    let start = match text.rfind(&format!("\n{PREFIX}")) {
        Some(break_at) => Some(break_at + 1),
        None => text.starts_with(PREFIX).then_some(0),
    };
    let Some(start) = start else {
        return Described { remark: None, is_garbled: false, note: text.to_owned() };
    };
    // What somebody has written below our line belongs to the note.
    let (line, below) = match text[start..].split_once('\n') {
        Some((line, below)) => (line, Some(below)),
        None => (&text[start..], None),
    };
    let above = (start > 0).then(|| &text[..start - 1]);
    let Some(remark) = remark(line) else {
        return Described { remark: None, is_garbled: true, note: text.to_owned() };
    };
    let above = match (&remark.code, above) {
        (Some(code), Some(above)) => without_words(&words(code, remark.is_strength), above),
        (_, above) => above,
    };
    let note = above.into_iter().chain(below).collect::<Vec<_>>().join("\n");
    Described { remark: Some(remark), is_garbled: false, note }
}

/// The first line that a finding of this code has.
fn words(code: &Code, is_strength: bool) -> String {
    let is_said = is_strength && !code.strength.is_empty();
    one_line(if is_said { &code.strength } else { &code.name })
}

/// The lines above ours without the first one, unless somebody has changed it.
fn without_words<'a>(words: &str, above: &'a str) -> Option<&'a str> {
    match above.strip_prefix(words) {
        Some("") => None,
        Some(rest) => Some(rest.strip_prefix('\n').unwrap_or(above)),
        None => Some(above),
    }
}

fn remark(line: &str) -> Option<Remark> {
    let pairs = pairs(line.strip_prefix(PREFIX)?)?;
    let value =
        |wanted: &str| pairs.iter().find(|(key, _)| key == wanted).map(|(_, value)| value.as_str());
    let words = |key: &str| value(key).unwrap_or_default().to_owned();
    let code = value("code").map(|code| Code {
        code: code.to_owned(),
        name: words("name"),
        strength: words("strength_words"),
    });
    let ellipse = match value("ellipse") {
        Some(edges) => Some(rect(edges)?),
        None => None,
    };
    Some(Remark {
        on: Side::BOTH.into_iter().find(|side| value("on") == Some(&side.to_string()))?,
        belongs: Belongs::ALL.into_iter().find(|of| value("belongs") == Some(of.name()))?,
        severity: Severity::new(value("severity")?.parse().ok()?)?,
        confidence: Confidence::ALL
            .into_iter()
            .find(|of| value("confidence") == Some(of.name()))?,
        is_strength: value("strength") == Some("yes"),
        code,
        ellipse,
    })
}

/// The keys and values of our line; `None` where it is not made of them.
fn pairs(mut rest: &str) -> Option<Vec<(String, String)>> {
    let mut found = Vec::new();
    while !rest.trim_start().is_empty() {
        let (key, after) = rest.trim_start().split_once('=')?;
        let value = if after.starts_with('"') {
            let mut strings = serde_json::Deserializer::from_str(after).into_iter::<String>();
            let value = strings.next()?.ok()?;
            rest = &after[strings.byte_offset()..];
            value
        } else {
            let end = after.find(' ').unwrap_or(after.len());
            rest = &after[end..];
            after[..end].to_owned()
        };
        found.push((key.to_owned(), value));
    }
    Some(found)
}

fn rect(edges: &str) -> Option<Rect<Image>> {
    let numbers: Vec<f64> = edges.split(',').map_while(|edge| edge.parse().ok()).collect();
    let [left, top, right, bottom] = *numbers.as_slice() else { return None };
    let area = Rect::new(Point::new(left, top), Point::new(right, bottom));
    Shape::Ellipse(area).is_sound().then_some(area)
}

/// The code that a label stands for: the recorded one, unless somebody has relabelled the shape.
pub(super) fn code_of(written: &str, remark: Option<&Remark>) -> Option<Code> {
    let recorded = remark.and_then(|remark| remark.code.clone());
    let recorded_label = match recorded.as_ref().map(|code| code.code.as_str()) {
        None | Some("") => UNNAMED,
        Some(code) => code,
    };
    if written == recorded_label && remark.is_some() {
        return recorded;
    }
    (written != UNNAMED && !written.is_empty()).then(|| Code {
        code: written.to_owned(),
        name: written.to_owned(),
        strength: String::new(),
    })
}
