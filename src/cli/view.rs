//! `diptych view`.

use std::path::PathBuf;

use serde_json::{Value, json};

use super::{align::parse_point, json, open_session, parse_output, print_line, print_warnings};
use crate::{
    card::{fit_words, magnification_text, roll_text},
    document::{PerSide, Side},
    geometry::{FramePoint, ImagePoint, Kernel, OutputPoint, Similarity},
    raster::{Comparison, Light, Picture, Pixels, View, compare, render_view},
    session::Session,
    storage::{PictureFormat, Settings, encode_picture, guard_sources, write_whole},
};

/// The longest side of a picture that is written.
const MAX_SIDE: usize = 65_535;
/// The most pixels that are written.
const MAX_PIXELS: usize = 200_000_000;

#[derive(Debug, clap::Args)]
#[command(group(clap::ArgGroup::new("place").required(true).args(["loupe", "at"])))]
pub(super) struct ViewArgs {
    /// The session
    session: PathBuf,
    /// The loupe of this name
    #[arg(long, value_name = "NAME", conflicts_with = "size")]
    loupe: Option<String>,
    /// The middle, in A's pixels
    #[arg(long, value_name = "X,Y", value_parser = parse_point, requires = "size", allow_hyphen_values = true)]
    at: Option<ImagePoint>,
    /// Width and height, in A's pixels
    #[arg(long, value_name = "W,H", value_parser = parse_size)]
    size: Option<(f64, f64)>,
    /// a, b, both (A left of B) or difference (of the 8-bit codes)
    #[arg(long, value_parser = parse_shown)]
    side: Shown,
    /// Pixels of the picture for each pixel of A
    #[arg(long, value_name = "N", value_parser = parse_magnification)]
    magnification: f64,
    /// nearest, bilinear, catmull-rom or lanczos3
    #[arg(long, value_name = "K", value_parser = parse_kernel)]
    kernel: Kernel,
    /// Average in linear light or in encoded values
    #[arg(long, value_name = "LIGHT", value_parser = parse_light, default_value = "linear")]
    light: Light,
    /// The PNG to write
    #[arg(short, long, value_name = "PNG", value_parser = parse_output)]
    output: PathBuf,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// What of the two sides.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Shown {
    One(Side),
    Both,
    Compared(Comparison),
}

fn parse_shown(text: &str) -> Result<Shown, String> {
    match text {
        "a" => Ok(Shown::One(Side::A)),
        "b" => Ok(Shown::One(Side::B)),
        "both" => Ok(Shown::Both),
        "difference" => Ok(Shown::Compared(Comparison::Absolute { gain: 1 })),
        "delta-e" => Ok(Shown::Compared(Comparison::DeltaE)),
        "lightness" => Ok(Shown::Compared(Comparison::Lightness)),
        _ => Err("choose from: a, b, both, difference, delta-e, lightness".into()),
    }
}

fn parse_kernel(text: &str) -> Result<Kernel, String> {
    // By either of its names, however they are written.
    let plain = |name: &str| {
        name.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase()
    };
    let wanted = plain(text);
    let found = Kernel::ALL.into_iter().find(|kernel| plain(kernel.name()) == wanted);
    found.ok_or_else(|| format!("choose from: {}", Kernel::ALL.map(Kernel::id).join(", ")))
}

fn parse_light(text: &str) -> Result<Light, String> {
    match text {
        "linear" => Ok(Light::Linear),
        "encoded" => Ok(Light::Encoded),
        _ => Err("choose from: linear, encoded".into()),
    }
}

fn parse_magnification(text: &str) -> Result<f64, String> {
    let number = text.strip_suffix('x').unwrap_or(text).parse::<f64>().ok();
    let sound = number.filter(|value| value.is_finite() && *value > 0.0);
    sound.ok_or_else(|| "expected a number above 0, such as 4 or 0.5".into())
}

fn parse_size(text: &str) -> Result<(f64, f64), String> {
    let size = parse_point(text).map(|size| (size.x, size.y))?;
    if size.0 > 0.0 && size.1 > 0.0 { Ok(size) } else { Err("expected W,H above 0".into()) }
}

impl ViewArgs {
    pub(super) fn run(self, settings: Settings) -> Result<(), String> {
        guard_name(&self.output)?;
        let session = open_session(&self.session, settings)?;
        print_warnings(&session);
        guard_sources(&self.output, &session.document().sources).map_err(|err| err.to_string())?;
        let fail = |why: &dyn std::fmt::Display| {
            format!("could not show {}: {why}", self.session.display())
        };
        let views = self.views(&session).map_err(|why| fail(&why))?;
        let picture = self.picture(&session, &views).map_err(|why| fail(&why))?;
        let bytes = encode_picture(&picture, PictureFormat::Png).map_err(|err| err.to_string())?;
        write_whole(&self.output, &bytes).map_err(|err| err.to_string())?;
        let size = (picture.width(), picture.height());
        if self.json {
            json::print(&self.report(&session, &views, size));
        } else {
            print_line(&self.words(&session, &views, size));
        }
        Ok(())
    }

    /// The middle and the size that are asked for, in A's pixels.
    fn place(&self, session: &Session) -> Result<(ImagePoint, (f64, f64)), String> {
        if let (Some(at), Some(size)) = (self.at, self.size) {
            return Ok((at, size));
        }
        let (_, spot) = session
            .loupe_spot_named(self.loupe.as_deref().unwrap_or_default())
            .map_err(|why| why.replace("are aligned", "are aligned; use --at and --size"))?;
        Ok((spot.center, (spot.width, spot.width)))
    }

    fn views(&self, session: &Session) -> Result<PerSide<View>, String> {
        let arrangement = session.arrangement().ok_or("it needs a picture on both sides")?;
        let (at, (width, height)) = self.place(session)?;
        let (columns, rows) = (self.pixels(width), self.pixels(height));
        let n_beside = if self.side == Shown::Both { 2 } else { 1 };
        let is_sound = columns.zip(rows).filter(|(columns, rows)| {
            n_beside * columns <= MAX_SIDE && n_beside * columns * rows <= MAX_PIXELS
        });
        let Some(size) = is_sound else {
            return Err(format!(
                "{width}x{height} pixels at {} give no picture of 1 to {MAX_SIDE} pixels a side \
                 and {} megapixels at most; choose another size or magnification",
                magnification_text(self.magnification),
                MAX_PIXELS / 1_000_000
            ));
        };
        let corner = at.offset(-width / 2.0, -height / 2.0);
        let frame_corner: FramePoint = arrangement.frame_point(corner);
        let scale = 1.0 / self.magnification;
        let frame_from_output =
            Similarity::about(scale, 0.0, OutputPoint::new(0.0, 0.0), frame_corner);
        Ok(PerSide::from_fn(|side| View {
            light: self.light,
            least_span: arrangement.least_spans[side],
            ..View::new(arrangement.from_frame[side].after(frame_from_output), self.kernel, size)
        }))
    }

    /// Output pixels for a length in A's pixels.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "in range")]
    #[expect(clippy::cast_precision_loss, reason = "a small constant")]
    fn pixels(&self, length: f64) -> Option<usize> {
        let pixels = (length * self.magnification).round();
        (1.0..=MAX_SIDE as f64).contains(&pixels).then_some(pixels as usize)
    }

    fn picture(&self, session: &Session, views: &PerSide<View>) -> Result<Picture, String> {
        let show = |side: Side| {
            let loaded = session.loaded(side).ok_or("a side has no picture")?;
            render_view(&loaded.picture, &views[side], &|| false).map_err(|err| err.to_string())
        };
        match self.side {
            Shown::One(side) => show(side),
            Shown::Both => beside(&show(Side::A)?, &show(Side::B)?),
            Shown::Compared(how) => compare(&show(Side::A)?, &show(Side::B)?, how, &|| false)
                .map_err(|err| err.to_string()),
        }
    }

    fn sides(&self) -> Vec<Side> {
        match self.side {
            Shown::One(side) => vec![side],
            Shown::Both | Shown::Compared(_) => Side::BOTH.to_vec(),
        }
    }

    fn words(&self, session: &Session, views: &PerSide<View>, size: (usize, usize)) -> String {
        let side = |side: Side| {
            let view = &views[side];
            let roll = roll_text(view.roll());
            let roll = roll.map(|text| format!(" {text}")).unwrap_or_default();
            format!("{side} {}{roll}", magnification_text(view.magnification()))
        };
        let sides: Vec<String> = self.sides().into_iter().map(side).collect();
        let what = match self.side {
            Shown::Compared(Comparison::DeltaE) => "CIEDE2000 of ",
            Shown::Compared(Comparison::Lightness) => "lightness of B less ",
            Shown::Compared(_) => "difference of ",
            Shown::One(_) | Shown::Both => "",
        };
        let light = if self.light == Light::Encoded { " in encoded values" } else { "" };
        format!(
            "{} {}x{}: {what}{}, {}{light} · {}",
            self.output.display(),
            size.0,
            size.1,
            sides.join(" · "),
            self.kernel.name(),
            fit_words(session.document(), session.registration()),
        )
    }

    fn report(&self, session: &Session, views: &PerSide<View>, size: (usize, usize)) -> Value {
        let sides: Vec<Value> = self
            .sides()
            .into_iter()
            .map(|side| {
                json!({
                    "side": side.to_string(),
                    "magnification": views[side].magnification(),
                    "source_from_view": views[side].source_from_output.matrix(),
                })
            })
            .collect();
        json!({
            "path": self.output.display().to_string(),
            "width": size.0,
            "height": size.1,
            "kernel": self.kernel.id(),
            "light": if self.light == Light::Linear { "linear" } else { "encoded" },
            "fit": fit_words(session.document(), session.registration()),
            "sides": sides,
        })
    }
}

/// The name must say what is written.
fn guard_name(output: &std::path::Path) -> Result<(), String> {
    if PictureFormat::of_path(output) == Some(PictureFormat::Png) {
        return Ok(());
    }
    Err(format!(
        "could not write {}: a view is a PNG; let its name end with .png",
        output.display()
    ))
}

/// A to the left of B, without a gap.
fn beside(a: &Picture, b: &Picture) -> Result<Picture, String> {
    let (Pixels::Rgba8(left), Pixels::Rgba8(right)) = (a.pixels(), b.pixels()) else {
        return Err("the sides differ in depth".into());
    };
    let rows = left.chunks_exact(a.width()).zip(right.chunks_exact(b.width()));
    let pixels = rows.flat_map(|(left, right)| left.iter().chain(right).copied()).collect();
    Picture::new(a.width() + b.width(), a.height(), Pixels::Rgba8(pixels))
        .ok_or_else(|| "the sides differ in size".into())
}
