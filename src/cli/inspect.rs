//! `diptych inspect`.

use std::path::PathBuf;

use serde_json::{Value, json};

use super::{json, print_line};
use crate::{
    raster::mean_srgb,
    storage::{DecodedPicture, Limits, read_picture},
};

#[derive(Debug, clap::Args)]
pub(super) struct Inspect {
    /// The picture
    image: PathBuf,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

impl Inspect {
    pub(super) fn run(self, limits: Limits) -> Result<(), String> {
        let decoded = read_picture(&self.image, limits).map_err(|err| err.to_string())?;
        if self.json {
            json::print(&report(&decoded));
        } else {
            print_text(&decoded);
        }
        Ok(())
    }
}

fn report(decoded: &DecodedPicture) -> Value {
    let DecodedPicture { picture, info } = decoded;
    let (width, height) = (picture.width(), picture.height());
    let (mid_x, mid_y) = (width / 2, height / 2);
    let quadrants = [
        mean_srgb(picture, 0..mid_x, 0..mid_y),
        mean_srgb(picture, mid_x..width, 0..mid_y),
        mean_srgb(picture, 0..mid_x, mid_y..height),
        mean_srgb(picture, mid_x..width, mid_y..height),
    ];
    json!({
        "format": info.format,
        "width": width,
        "height": height,
        "orientation": info.orientation,
        "bit_depth": info.bit_depth,
        "has_alpha": info.has_alpha,
        "color_profile": info.color_profile,
        "mean_srgb": mean_srgb(picture, 0..width, 0..height),
        "quadrants_srgb": quadrants,
        "sha256": info.sha256,
        "provenance": {},
        "warnings": info.warnings,
    })
}

fn print_text(decoded: &DecodedPicture) {
    let DecodedPicture { picture, info } = decoded;
    let profile = info.color_profile.as_deref().unwrap_or("no colour profile");
    let alpha = if info.has_alpha { ", alpha" } else { "" };
    print_line(&format!(
        "{} {}x{}, {} bits a channel{alpha}, orientation {}, {profile}",
        info.format,
        picture.width(),
        picture.height(),
        info.bit_depth,
        info.orientation,
    ));
    print_line(&format!("SHA-256 {}", info.sha256));
    for warning in &info.warnings {
        print_line(&format!("warning: {warning}"));
    }
}
