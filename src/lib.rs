//! Diptych: a desktop inspector for two renders of one face.
//!
//! The rooms stand on floors and every import goes down; see `ARCHITECTURE.md`.

pub mod card;
pub mod cli;
pub mod document;
pub mod geometry;
pub mod measure;
pub mod raster;
pub mod register;
pub mod session;
pub mod storage;
pub mod ui;
