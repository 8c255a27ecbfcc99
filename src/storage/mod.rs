//! Bytes to documents and pixels, and back. The only room that touches files.

mod assets;
mod atomic;
mod color_profile;
mod encode;
mod landmark_file;
mod picture_file;
mod recent;
mod schema;
mod session_file;

pub use assets::{presets, recipe, sample, sample_folder};
pub use atomic::{WriteError, guard_sources, write_whole};
pub use encode::{EncodeError, PictureFormat, encode_picture};
pub use landmark_file::{LandmarkFileError, Pairs, read_pairs, read_side};
pub use picture_file::{
    DecodeError, DecodedPicture, FileError, Limits, PictureInfo, decode_picture, read_picture,
};
pub use recent::RecentSessions;
pub use session_file::{
    SESSION_EXTENSION, SessionFileError, read_session, read_session_text, write_session,
    write_session_text,
};

#[cfg(test)]
mod tests;
