//! What the user set once for every session.

use std::path::PathBuf;

use etcetera::BaseStrategy as _;
use serde::{Deserialize, Serialize};

use super::{
    atomic::{WriteError, write_whole},
    picture::Limits,
};

/// The user's settings. A file that cannot be read gives the defaults.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Settings {
    file: Option<PathBuf>,
    /// What a picture may measure.
    pub limits: Limits,
}

/// The file.
#[derive(Serialize, Deserialize)]
struct Written {
    max_side: u32,
    max_pixels: u64,
}

impl Settings {
    /// The settings kept in the user's configuration folder.
    #[must_use]
    pub fn of_user() -> Self {
        let strategy = etcetera::choose_base_strategy().ok();
        strategy
            .map(|dirs| Self::at(dirs.config_dir().join("diptych/settings.ron")))
            .unwrap_or_default()
    }

    /// The settings kept in `file`.
    #[must_use]
    pub fn at(file: PathBuf) -> Self {
        let text = std::fs::read_to_string(&file).unwrap_or_default();
        let limits = ron::from_str(&text).map_or_else(
            |_| Limits::default(),
            |Written { max_side, max_pixels }| Limits { max_side, max_pixels }.sound(),
        );
        Self { file: Some(file), limits }
    }

    /// Writes them to their file; does nothing without one.
    ///
    /// # Errors
    /// See [`WriteError`].
    pub fn keep(&self) -> Result<(), WriteError> {
        let Some(file) = &self.file else { return Ok(()) };
        if let Some(folder) = file.parent() {
            std::fs::create_dir_all(folder).ok();
        }
        let Limits { max_side, max_pixels } = self.limits;
        let text = ron::to_string(&Written { max_side, max_pixels }).unwrap_or_default();
        write_whole(file, text.as_bytes())
    }
}
