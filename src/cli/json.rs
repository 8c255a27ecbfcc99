//! Pieces of JSON that several subcommands print.

use serde_json::{Value, json};

use crate::geometry::ImagePoint;

/// A position as `[x, y]`, or null.
pub(super) fn point(at: Option<ImagePoint>) -> Value {
    at.map_or(Value::Null, |at| json!([at.x, at.y]))
}

/// Prints one object.
pub(super) fn print(value: &Value) {
    super::print_line(&serde_json::to_string_pretty(value).unwrap_or_default());
}
