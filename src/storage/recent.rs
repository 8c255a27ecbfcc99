//! The list of sessions that were open lately.

use std::path::{Path, PathBuf};

use etcetera::BaseStrategy as _;

use super::atomic::write_whole;

/// How many are remembered.
const MAX_RECENT: usize = 8;

/// Paths of sessions, the latest first. A list that cannot be read or written is an empty one.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct RecentSessions {
    file: Option<PathBuf>,
    paths: Vec<PathBuf>,
}

impl RecentSessions {
    /// The list kept in the user's configuration folder.
    #[must_use]
    pub fn of_user() -> Self {
        let strategy = etcetera::choose_base_strategy().ok();
        strategy
            .map(|dirs| Self::at(dirs.config_dir().join("diptych/recent.ron")))
            .unwrap_or_default()
    }

    /// The list kept in `file`.
    #[must_use]
    pub fn at(file: PathBuf) -> Self {
        let text = std::fs::read_to_string(&file).unwrap_or_default();
        Self { paths: ron::from_str(&text).unwrap_or_default(), file: Some(file) }
    }

    /// The sessions that still exist, the latest first.
    #[must_use]
    pub fn existing(&self) -> Vec<PathBuf> {
        self.paths.iter().filter(|path| path.is_file()).cloned().collect()
    }

    /// Puts `session` first and keeps the list.
    pub fn remember(&mut self, session: &Path) {
        let session = std::path::absolute(session).unwrap_or_else(|_| session.to_owned());
        self.paths.retain(|path| *path != session);
        self.paths.insert(0, session);
        self.paths.truncate(MAX_RECENT);
        self.keep();
    }

    /// Takes `session` off the list and keeps that.
    pub fn forget(&mut self, session: &Path) {
        let session = std::path::absolute(session).unwrap_or_else(|_| session.to_owned());
        self.paths.retain(|path| *path != session);
        self.keep();
    }

    fn keep(&self) {
        let Some(file) = &self.file else { return };
        if let Some(folder) = file.parent() {
            std::fs::create_dir_all(folder).ok();
        }
        let text = ron::to_string(&self.paths).unwrap_or_default();
        if let Err(err) = write_whole(file, text.as_bytes()) {
            log::info!("the list of recent sessions was not kept: {err}");
        }
    }
}
