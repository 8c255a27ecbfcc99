//! `diptych measure`.

use std::path::PathBuf;

use serde_json::{Value, json};

use super::{json, open_session, print_line, print_warnings};
use crate::{
    card::fit_words,
    document::{LoupeSpot, PerSide, Side},
    geometry::{Rect, Shape},
    measure::{RegionValues, Spread, region_values},
    session::{Session, Values},
    storage::Settings,
};

#[derive(Debug, clap::Args)]
pub(super) struct Measure {
    /// The session
    session: PathBuf,
    /// Only the loupe of this name
    #[arg(long, value_name = "NAME")]
    loupe: Option<String>,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

impl Measure {
    pub(super) fn run(self, settings: Settings) -> Result<(), String> {
        let session = open_session(&self.session, settings)?;
        print_warnings(&session);
        let fail = |why: String| format!("could not measure {}: {why}", self.session.display());
        let spots = match &self.loupe {
            Some(name) => vec![session.loupe_spot_named(name).map_err(fail)?],
            None => session.named_loupe_spots(),
        };
        if spots.is_empty() {
            return Err(fail("it has no loupe until its sides are aligned; mark landmarks".into()));
        }
        let measured: Vec<(String, Values)> =
            spots.into_iter().map(|(name, spot)| (name, values(&session, &spot))).collect();
        if self.json {
            let regions: Vec<Value> =
                measured.iter().map(|(name, values)| report(name, values)).collect();
            let fit = fit_words(session.document(), session.registration());
            json::print(&json!({ "fit": fit, "regions": regions }));
            return Ok(());
        }
        for (name, values) in &measured {
            print_line(&words(name, values));
        }
        Ok(())
    }
}

/// What lies in a loupe's square on both sides.
fn values(session: &Session, spot: &LoupeSpot) -> Values {
    let square = Shape::Box(Rect::from_center(spot.center, spot.width, spot.width));
    PerSide::from_fn(|side| {
        let path = session.path_on(Side::A, &square, side)?;
        region_values(&session.loaded(side)?.picture, &path, &|| false)
    })
}

fn report(name: &str, values: &Values) -> Value {
    let all = |of: &[Spread; 3], value: fn(&Spread) -> f64| of.each_ref().map(value);
    let side = |of: &RegionValues| {
        json!({
            "n_pixels": of.n_pixels,
            "mean_rgb": all(&of.rgb, |s| s.mean),
            "deviation_rgb": all(&of.rgb, |s| s.deviation),
            "mean_lab": all(&of.lab, |s| s.mean),
            "deviation_lab": all(&of.lab, |s| s.deviation),
        })
    };
    let difference = values.a.zip(values.b).map(|(a, b)| a.delta_e_2000(&b));
    json!({
        "name": name,
        "a": values.a.as_ref().map(side),
        "b": values.b.as_ref().map(side),
        "comparison": { "delta_e_2000_of_means": difference },
    })
}

fn words(name: &str, values: &Values) -> String {
    let side = |side: Side| {
        let Some(of) = &values[side] else { return format!("{side} no pixels") };
        let [l, a, b] = of.lab.map(|s| format!("{:.1} ± {:.1}", s.mean, s.deviation));
        format!("{side} {} px, L* {l}, a* {a}, b* {b}", of.n_pixels)
    };
    let difference = values.a.zip(values.b).map(|(a, b)| a.delta_e_2000(&b));
    let difference =
        difference.map_or_else(String::new, |d| format!(" · ΔE00 of the means {d:.1}"));
    format!("{name}: {} · {}{difference}", side(Side::A), side(Side::B))
}
