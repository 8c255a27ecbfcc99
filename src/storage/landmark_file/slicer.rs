//! 3D Slicer's markups: JSON with lists of labelled control points. The origin is the centre of the
//! first pixel, so half a pixel is added; the pixels are taken as 1 mm apart. In the coordinate
//! system LPS x and y go as ours, in RAS both are negated; z is not read.
//!
//! The point lists (`Fiducial`) are read, all of them, in the file's order; lines, curves, planes
//! and boxes are not landmarks and are passed over. A point whose position is not `defined` is
//! missing.

use serde::{
    Deserialize, Deserializer, Serialize,
    de::{Error as _, SeqAccess, Visitor},
};

use super::{
    Codec, LandmarkFile, SidePoint, Target, Writing,
    error::{Flaw, LineError},
    text::{Names, one_line},
};
use crate::{document::Side, geometry::ImagePoint};

pub(super) static CODEC: Codec = Codec {
    name: "slicer",
    extensions: &["mrk.json", "json"],
    is_two_sided: false,
    is_mine: |text| text.contains("\"markups\""),
    read,
    write: Some(write),
};

const POINT_LIST: &str = "Fiducial";
/// What the program knows its files by; an identifier, nothing lies there.
const SCHEMA: &str = "https://raw.githubusercontent.com/slicer/slicer/master/Modules/Loadable/\
                      Markups/Resources/Schema/markups-schema-v1.0.3.json#";

#[derive(Deserialize)]
#[serde(expecting = "an object with markups")]
struct File {
    markups: Vec<Markup>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", expecting = "a markup")]
struct Markup {
    #[serde(rename = "type", default = "point_list")]
    kind: String,
    #[serde(default)]
    coordinate_system: CoordinateSystem,
    #[serde(default)]
    control_points: Vec<ControlPoint>,
}

fn point_list() -> String {
    POINT_LIST.to_owned()
}

#[derive(Clone, Copy, Default, Deserialize, PartialEq)]
enum CoordinateSystem {
    #[default]
    #[serde(rename = "LPS")]
    Lps,
    #[serde(rename = "RAS")]
    Ras,
}

#[derive(Clone, Copy, Default, Deserialize, PartialEq)]
#[serde(rename_all = "lowercase")]
enum PositionStatus {
    #[default]
    Defined,
    Undefined,
    Preview,
    Missing,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", expecting = "a control point")]
struct ControlPoint {
    label: Option<String>,
    position: Option<Position>,
    #[serde(default)]
    position_status: PositionStatus,
}

impl ControlPoint {
    fn place(&self) -> Option<(f64, f64)> {
        let position = self.position.as_ref()?;
        position.0.filter(|_| self.position_status == PositionStatus::Defined)
    }
}

/// x and y; `None` of a list without numbers, which stands where a position is not set.
struct Position(Option<(f64, f64)>);

impl<'de> Deserialize<'de> for Position {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(PositionVisitor)
    }
}

struct PositionVisitor;

impl<'de> Visitor<'de> for PositionVisitor {
    type Value = Position;

    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("a position of x, y and z")
    }

    /// What is wrong is said here, while the line is known.
    fn visit_seq<S: SeqAccess<'de>>(self, mut list: S) -> Result<Position, S::Error> {
        let mut numbers: Vec<Option<f64>> = Vec::new();
        while let Some(number) = list.next_element()? {
            numbers.push(number);
        }
        match *numbers.as_slice() {
            [Some(x), Some(y)] | [Some(x), Some(y), _] => Ok(Position(Some((x, y)))),
            _ if numbers.iter().all(Option::is_none) => Ok(Position(None)),
            _ => Err(S::Error::invalid_length(numbers.iter().flatten().count(), &self)),
        }
    }
}

fn read(text: &str, _: Target) -> Result<LandmarkFile, Flaw> {
    let file: File = serde_json::from_str(text).map_err(|error| line_error(&error))?;
    if file.markups.iter().all(|markup| markup.kind != POINT_LIST) {
        let reason =
            format!("there is no point list; a markup of the type {POINT_LIST} is expected");
        return Err((1, reason).into());
    }
    let (mut names, mut points) = (Names::default(), Vec::new());
    for markup in file.markups.iter().filter(|markup| markup.kind == POINT_LIST) {
        let sign = if markup.coordinate_system == CoordinateSystem::Ras { -1.0 } else { 1.0 };
        for point in &markup.control_points {
            let label = point.label.as_deref().filter(|label| !label.trim().is_empty());
            let name = label.map(|label| names.claim(label, 1));
            let name = name.transpose().map_err(|(line, reason)| {
                (second_line(text, label.unwrap_or_default()).unwrap_or(line), reason)
            })?;
            let place = |(x, y): (f64, f64)| ImagePoint::new(sign * x + 0.5, sign * y + 0.5);
            points.push(SidePoint { name, at: point.place().map(place) });
        }
    }
    Ok(LandmarkFile::Side(points))
}

fn line_error(error: &serde_json::Error) -> LineError {
    let reason = error.to_string();
    let place = format!(" at line {} column {}", error.line(), error.column());
    let reason = one_line(reason.strip_suffix(&place).unwrap_or(&reason), 160);
    (error.line().max(1), format!("{reason}; the markups of 3D Slicer are expected"))
}

/// The line where a sound JSON text gives `label` for the second time.
fn second_line(text: &str, label: &str) -> Option<usize> {
    let mut strings = strings(text).peekable();
    let mut lines = Vec::new();
    while let Some((_, key)) = strings.next() {
        let value: Option<String> = match strings.peek() {
            Some((_, value)) if key == "\"label\"" => serde_json::from_str(value).ok(),
            _ => None,
        };
        if value.is_some_and(|value| value.trim() == label.trim()) {
            lines.extend(strings.peek().map(|(line, _)| *line));
        }
    }
    lines.get(1).copied()
}

/// The strings of a JSON text as they are written, with their lines.
fn strings(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let (mut line, mut start, mut is_escaped) = (1, None, false);
    text.char_indices().filter_map(move |(idx, c)| {
        line += usize::from(c == '\n');
        let was_escaped = is_escaped;
        is_escaped = c == '\\' && !was_escaped;
        if c != '"' || was_escaped {
            return None;
        }
        let Some(first) = start.take() else {
            start = Some(idx);
            return None;
        };
        Some((line, &text[first..=idx]))
    })
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Written {
    #[serde(rename = "@schema")]
    schema: &'static str,
    markups: [WrittenMarkup; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct WrittenMarkup {
    r#type: &'static str,
    coordinate_system: &'static str,
    coordinate_units: &'static str,
    control_points: Vec<WrittenPoint>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct WrittenPoint {
    id: String,
    label: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    position: Option<[f64; 3]>,
    position_status: &'static str,
}

/// A landmark that is not marked is written as `undefined`, without a position.
fn write(writing: Writing<'_>) -> Result<String, String> {
    let side = writing.side.unwrap_or(Side::A);
    let control_points = (1..).zip(writing.pairs).map(|(id, pair): (u32, _)| WrittenPoint {
        id: id.to_string(),
        label: pair.name.clone(),
        position: pair.at[side].map(|at| [at.x - 0.5, at.y - 0.5, 0.0]),
        position_status: if pair.at[side].is_some() { "defined" } else { "undefined" },
    });
    let markup = WrittenMarkup {
        r#type: POINT_LIST,
        coordinate_system: "LPS",
        coordinate_units: "mm",
        control_points: control_points.collect(),
    };
    let text = serde_json::to_string_pretty(&Written { schema: SCHEMA, markups: [markup] });
    text.map(|text| text + "\n").map_err(|error| format!("{error}; choose another format"))
}
