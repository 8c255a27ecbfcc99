//! What is built into the program: card presets and the sample pair.

use std::{
    path::{Path, PathBuf},
    sync::LazyLock,
};

use etcetera::BaseStrategy as _;

use super::{
    atomic::{WriteError, write_whole},
    picture::{Limits, decode_picture},
    schema::PresetV1,
};
use crate::{document::Preset, geometry::ImagePoint, raster::Picture};

const PRESETS: &str = include_str!("../../assets/presets.ron");

/// The files of the sample, by name.
const SAMPLE: &[(&str, &[u8])] = &[
    ("a.jpg", include_bytes!("../../assets/sample/a.jpg")),
    ("b.jpg", include_bytes!("../../assets/sample/b.jpg")),
    ("sample.diptych.ron", include_bytes!("../../assets/sample/sample.diptych.ron")),
];

#[derive(serde::Deserialize)]
struct PresetFile {
    presets: Vec<PresetV1>,
}

/// The built-in card sizes, the default one first.
#[must_use]
pub fn presets() -> Vec<Preset> {
    let file = ron::from_str::<PresetFile>(PRESETS);
    file.map(|file| file.presets.into_iter().map(PresetV1::into_preset).collect())
        .unwrap_or_default()
}

/// Puts the sample pair and its session into `folder` (made if need be) and returns the session's
/// path. Files that are there already with the same content are left alone.
///
/// # Errors
/// When the folder cannot be made or written.
pub fn sample(folder: &Path) -> Result<PathBuf, WriteError> {
    std::fs::create_dir_all(folder).ok();
    let mut session = folder.to_owned();
    for (name, bytes) in SAMPLE {
        let path = folder.join(name);
        if std::fs::read(&path).ok().as_deref() != Some(bytes) {
            write_whole(&path, bytes)?;
        }
        session = path;
    }
    Ok(session)
}

/// A face whose landmarks are known, drawn in plain forms. Others are looked for by its example.
#[derive(Debug)]
pub struct ExampleFace {
    /// The picture.
    pub picture: Picture,
    /// Its landmarks by name, in its pixels.
    pub landmarks: Vec<(String, ImagePoint)>,
}

impl ExampleFace {
    /// Where this face has the landmark.
    #[must_use]
    pub fn landmark(&self, name: &str) -> Option<ImagePoint> {
        self.landmarks.iter().find(|(other, _)| other == name).map(|(_, at)| *at)
    }
}

const EXAMPLE: &[u8] = include_bytes!("../../assets/example/face.jpg");
const EXAMPLE_LANDMARKS: &str = include_str!("../../assets/example/face.csv");

/// The example, decoded at its first use.
#[must_use]
pub fn example_face() -> Option<&'static ExampleFace> {
    static FACE: LazyLock<Option<ExampleFace>> = LazyLock::new(|| {
        let decoded = decode_picture(EXAMPLE, Limits::default()).ok()?;
        let landmark = |line: &str| {
            let mut cells = line.split(',');
            let name = cells.next()?.to_owned();
            let mut number = || cells.next()?.parse::<f64>().ok();
            Some((name, ImagePoint::new(number()?, number()?)))
        };
        let landmarks = EXAMPLE_LANDMARKS.lines().filter_map(landmark).collect();
        Some(ExampleFace { picture: decoded.picture, landmarks })
    });
    FACE.as_ref()
}

/// Where the sample pair is unpacked to: the user's data folder, else the temporary one.
#[must_use]
pub fn sample_folder() -> PathBuf {
    let strategy = etcetera::choose_base_strategy().ok();
    let base = strategy.map_or_else(std::env::temp_dir, |dirs| dirs.data_dir());
    base.join("diptych/sample")
}
