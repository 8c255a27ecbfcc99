//! iBUG's annotations: `version: 1`, `n_points: 68`, then the points between braces. They are
//! counted from 1: the centre of the first pixel is at (1, 1), so half a pixel is taken off. Points
//! have no names.

use super::{
    Codec, LandmarkFile, SidePoint, Target,
    error::Flaw,
    text::{count, point, rows, shown},
};
use crate::geometry::ImagePoint;

pub(super) static CODEC: Codec = Codec {
    name: "pts",
    extensions: &["pts"],
    is_two_sided: false,
    is_mine: |_| true,
    read,
    write: None,
};

fn read(text: &str, _: Target) -> Result<LandmarkFile, Flaw> {
    let mut rows = rows(text);
    let (mut announced, mut last) = (None, 1);
    loop {
        let (line, row) =
            rows.next().ok_or((last, "{ is expected before the points".to_owned()))?;
        last = line;
        if row == "{" {
            break;
        }
        let (key, value) = row.split_once(':').ok_or_else(|| {
            let row = shown(row);
            (line, format!("{row} where version:, n_points: or {{ is expected"))
        })?;
        if key.trim().eq_ignore_ascii_case("n_points") {
            announced = Some((line, count(value, "points", line)?));
        }
    }
    let (mut points, mut is_closed) = (Vec::new(), false);
    for (line, row) in rows {
        last = line;
        if row == "}" {
            is_closed = true;
            break;
        }
        let (x, y) = point(row, line)?;
        points.push(SidePoint { name: None, at: Some(ImagePoint::new(x - 0.5, y - 0.5)) });
    }
    let found = points.len();
    match announced {
        Some((line, n)) if n != found => {
            Err((line, format!("{n} points are announced, {found} are there")).into())
        }
        None if !is_closed => Err((last, "} is expected after the points".to_owned()).into()),
        _ => Ok(LandmarkFile::Side(points)),
    }
}
