//! Landmark files of this and other programs, one file of code per format. Each reader states its
//! format's origin and converts to ours, the outer corner of the first pixel with y down.
//!
//! A further format costs one file with a [`Codec`] and one line in the table of [`LandmarkFormat`].

mod bigwarp;
mod csv;
mod error;
mod pair;
mod pts;
mod slicer;
mod table;
mod tem;
mod template;
mod text;
mod tps;

use std::path::Path;

pub use error::LandmarkFileError;
pub use pair::{number_of, numbered, pair_up};
pub use template::TemplateMap;

use self::error::Flaw;
use super::write_whole;
use crate::{
    document::{PerSide, Side},
    geometry::ImagePoint,
};

/// Width and height in pixels, after orientation.
pub type PictureSize = (u32, u32);

/// A landmark of both sides.
#[derive(Clone, Debug, PartialEq)]
pub struct NamedPair {
    /// What it is called; no two of one file share a name.
    pub name: String,
    /// Where it is, corner origin; `None` where it is not marked.
    pub at: PerSide<Option<ImagePoint>>,
    /// False for a complete pair that was switched off in the other program.
    pub is_active: bool,
}

/// A landmark of one side.
#[derive(Clone, Debug, PartialEq)]
pub struct SidePoint {
    /// What it is called; `None` in a format without names.
    pub name: Option<String>,
    /// Where it is, corner origin; `None` when it is not marked.
    pub at: Option<ImagePoint>,
}

/// What a file holds.
#[derive(Clone, Debug, PartialEq)]
pub enum LandmarkFile {
    /// Landmarks of both sides.
    Pairs(Vec<NamedPair>),
    /// Landmarks of one side. Which one is not said in the file.
    Side(Vec<SidePoint>),
}

impl LandmarkFile {
    /// Its landmarks as pairs; those of one side become `side`'s half.
    #[must_use]
    pub fn into_pairs(self, side: Side) -> Vec<NamedPair> {
        match self {
            Self::Pairs(pairs) => pairs,
            Self::Side(points) => {
                let mut both = PerSide::default();
                both[side] = points;
                pair_up(both)
            }
        }
    }

    /// The landmarks of one side; of pairs, `side`'s halves.
    #[must_use]
    pub fn into_side(self, side: Side) -> Vec<SidePoint> {
        match self {
            Self::Side(points) => points,
            Self::Pairs(pairs) => pairs
                .into_iter()
                .map(|pair| SidePoint { name: Some(pair.name), at: pair.at[side] })
                .collect(),
        }
    }
}

/// What a reader may need besides the text.
#[derive(Clone, Copy, Debug)]
struct Target {
    /// The side a file of one side is for.
    side: Option<Side>,
    /// The sizes of the pictures that are loaded.
    sizes: PerSide<Option<PictureSize>>,
}

/// What a writer works from.
#[derive(Clone, Copy, Debug)]
struct Writing<'a> {
    pairs: &'a [NamedPair],
    /// The only side to write; `None` for both.
    side: Option<Side>,
    sizes: PerSide<Option<PictureSize>>,
}

impl Writing<'_> {
    /// Where `pair` is on `side`, unless only the other side is written.
    fn place(&self, pair: &NamedPair, side: Side) -> Option<ImagePoint> {
        pair.at[side].filter(|_| self.side.is_none_or(|only| only == side))
    }
}

/// How a format is told, read and written.
struct Codec {
    /// The name on the command line.
    name: &'static str,
    /// Without the leading dot, the usual one first.
    extensions: &'static [&'static str],
    /// Whether one file can hold both sides.
    is_two_sided: bool,
    /// Whether a text looks like this format, where others share the extension.
    is_mine: fn(&str) -> bool,
    read: fn(&str, Target) -> Result<LandmarkFile, Flaw>,
    /// `Err` is why these landmarks do not fit the format.
    write: Option<fn(Writing<'_>) -> Result<String, String>>,
}

macro_rules! formats {
    ($($(#[$doc:meta])* $variant:ident is $room:ident;)*) => {
        /// A format of landmark files.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum LandmarkFormat {
            $($(#[$doc])* $variant,)*
        }

        impl LandmarkFormat {
            /// All of them; where two share an extension, the first is written.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            const fn codec(self) -> &'static Codec {
                match self {
                    $(Self::$variant => &$room::CODEC,)*
                }
            }
        }
    };
}

formats! {
    /// Our own: a header, then name, ax, ay, bx, by.
    Csv is csv;
    /// `BigWarp`'s CSV without a header.
    BigWarp is bigwarp;
    /// `WebMorph` and `PsychoMorph`.
    Tem is tem;
    /// tpsDig, geomorph.
    Tps is tps;
    /// 3D Slicer markups.
    Slicer is slicer;
    /// iBUG annotations.
    Pts is pts;
}

impl LandmarkFormat {
    /// The name on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.codec().name
    }

    /// The format of this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|format| format.name() == name)
    }

    /// What its file names end in after a dot, the usual one first.
    #[must_use]
    pub const fn extensions(self) -> &'static [&'static str] {
        self.codec().extensions
    }

    /// Whether one file can hold both sides.
    #[must_use]
    pub const fn is_two_sided(self) -> bool {
        self.codec().is_two_sided
    }

    /// Whether files of this format are written.
    #[must_use]
    pub const fn can_write(self) -> bool {
        self.codec().write.is_some()
    }

    /// The first format that a file name's extension asks for.
    #[must_use]
    pub fn for_path(path: &Path) -> Option<Self> {
        Self::candidates(path).next()
    }

    fn candidates(path: &Path) -> impl Iterator<Item = Self> + use<> {
        let name = path.file_name().map(|name| name.to_string_lossy().to_lowercase());
        let name = name.unwrap_or_default();
        Self::ALL.iter().copied().filter(move |format| {
            format.extensions().iter().any(|extension| {
                let stem = name.strip_suffix(extension).and_then(|stem| stem.strip_suffix('.'));
                stem.is_some_and(|stem| !stem.is_empty())
            })
        })
    }
}

/// Reads a landmark file; where formats share the extension, the content tells.
///
/// `side` is the side that a file of one side is for. The sizes of the pictures are needed by
/// formats that count from the lower edge.
///
/// # Errors
/// See [`LandmarkFileError`].
pub fn read_landmarks(
    path: &Path,
    side: Option<Side>,
    sizes: PerSide<Option<PictureSize>>,
) -> Result<LandmarkFile, LandmarkFileError> {
    let candidates: Vec<LandmarkFormat> = LandmarkFormat::candidates(path).collect();
    let Some(first) = candidates.first() else {
        return Err(LandmarkFileError::UnknownFormat(path.to_owned()));
    };
    let text = text::read(path)?;
    let told = candidates.iter().find(|format| (format.codec().is_mine)(&text)).unwrap_or(first);
    (told.codec().read)(&text, Target { side, sizes }).map_err(|flaw| flaw.of_file(path))
}

/// Writes landmarks whole or not at all: of both sides, or only of `side`. Same landmarks, same
/// bytes.
///
/// # Errors
/// See [`LandmarkFileError`].
pub fn write_landmarks(
    path: &Path,
    format: LandmarkFormat,
    pairs: &[NamedPair],
    side: Option<Side>,
    sizes: PerSide<Option<PictureSize>>,
) -> Result<(), LandmarkFileError> {
    let fail = |reason| LandmarkFileError::Unwritable { path: path.to_owned(), reason };
    let name = format.name();
    let Some(write) = format.codec().write else {
        return Err(fail(format!("the format {name} is only read; choose another")));
    };
    if side.is_none() && !format.is_two_sided() {
        return Err(fail(format!("a file of the format {name} holds one side; say which")));
    }
    let text = write(Writing { pairs, side, sizes }).map_err(fail)?;
    Ok(write_whole(path, text.as_bytes())?)
}
