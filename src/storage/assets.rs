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
    session_file::read_session_text,
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

/// A face whose landmarks are known: A of the sample. Others are looked for by its example.
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

/// The example, decoded at its first use.
#[must_use]
pub fn example_face() -> Option<&'static ExampleFace> {
    static FACE: LazyLock<Option<ExampleFace>> = LazyLock::new(|| {
        let file =
            |wanted: &str| SAMPLE.iter().find(|(name, _)| *name == wanted).map(|(_, bytes)| *bytes);
        let decoded = decode_picture(file("a.jpg")?, Limits::default()).ok()?;
        let session = std::str::from_utf8(file("sample.diptych.ron")?).ok()?;
        let document = read_session_text(session, Path::new("")).ok()?;
        let landmarks = document.landmarks.into_iter();
        let landmarks = landmarks.filter_map(|landmark| Some((landmark.name, landmark.at.a?.at)));
        Some(ExampleFace { picture: decoded.picture, landmarks: landmarks.collect() })
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
