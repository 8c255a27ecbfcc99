//! Bytes to documents and pixels, and back. The only room that touches files.

mod assets;
mod atomic;
mod encode;
mod finding_file;
mod landmark_file;
mod library;
mod picture;
mod recent;
mod schema;
mod session_file;
mod settings;

pub use assets::{ExampleFace, example_face, presets, sample, sample_folder};
pub use atomic::{WriteError, guard_sources, make_folder, write_both, write_whole};
pub use encode::{
    EncodeError, Encoded, Encoding, Metadata, PictureFormat, encode_card, encode_picture,
    through_platform,
};
pub use finding_file::{
    FindingFileError, FindingFormat, FindingsRead, read_finding_pair, read_findings, write_findings,
};
pub use landmark_file::{
    LandmarkFile, LandmarkFileError, LandmarkFormat, NamedPair, PictureSize, SidePoint,
    TemplateMap, number_of, numbered, pair_up, read_landmarks, write_landmarks,
};
pub use library::{Library, own_folder, recipe};
pub use picture::{
    DecodeError, DecodedPicture, FileError, Limits, PICTURE_ENDINGS, PictureInfo, Watch,
    decode_picture, hash_of, read_picture, read_picture_watched,
};
pub use recent::RecentSessions;
pub use session_file::{
    SESSION_EXTENSION, SessionFileError, read_session, read_session_text, session_sha256,
    write_session, write_session_text,
};
pub use settings::Settings;

#[cfg(test)]
mod tests;
