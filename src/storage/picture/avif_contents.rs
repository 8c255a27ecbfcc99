//! What an AVIF shows: the coded picture, its alpha, and what the file says of both.

use image::metadata::Orientation;

use super::{
    DecodeError,
    avif_boxes::{Bytes, Meta, Property, Top, damaged, tops_of, unsupported},
    avif_colors::CodePoints,
    avif_sequence::Sequence,
    raw::ColorTag,
};

/// A picture as AV1 data.
#[derive(Debug)]
pub(super) struct Coded {
    pub data: Vec<u8>,
    pub sequence: Sequence,
    /// Width and height as stated.
    pub size: Option<(u32, u32)>,
    /// Which of the data's layers are decoded; 0 unless the file says otherwise.
    pub operating_point: u8,
}

/// What a file holds.
#[derive(Debug)]
pub(super) struct Contents {
    pub color: Coded,
    /// The picture whose grey is the other's alpha.
    pub alpha: Option<Coded>,
    /// Whether colours are stored multiplied by alpha.
    pub is_premultiplied: bool,
    pub tag: ColorTag,
    /// Those of the file, or else of the coded picture.
    pub code_points: CodePoints,
    pub orientation: Orientation,
    pub warnings: Vec<String>,
}

/// Zeros at the end of a picture's data that are more than chance: the decoder takes them for data.
const MANY_ZEROS: usize = 64;

/// Takes a file apart.
///
/// Colours are those of a profile, of code points in the file, or of the coded picture's own
/// sequence header, in this order; matrix and range are those of code points in the file or of the
/// sequence header.
///
/// # Errors
/// [`DecodeError::Truncated`] when something lies beyond the file's end, [`DecodeError::Damaged`]
/// when boxes contradict themselves, [`DecodeError::Unsupported`] for a picture made of several, a
/// mere animation, and one that must not be shown by who does not know one of its properties.
pub(super) fn contents_of(file: &[u8]) -> Result<Contents, DecodeError> {
    let tops = tops_of(file);
    let is_animation = tops.iter().any(has_track);
    let top = tops.iter().find(|top| top.kind == *b"meta");
    let meta = match top {
        Some(Top { is_cut: true, .. }) => return Err(DecodeError::Truncated),
        Some(top) => Meta::of(top.body)?,
        None if is_animation => Meta::default(),
        None => return Err(DecodeError::Truncated),
    };
    let Some(primary) = meta.primary else {
        return Err(if is_animation {
            unsupported("an AVIF that holds nothing but an animation")
        } else {
            damaged("no picture to show")
        });
    };
    check_kind(&meta, primary)?;
    let alpha = alpha_of(&meta, primary)?;
    let mut said = Said::default();
    let color = coded(&meta, primary, file, &mut said)?;
    let alpha_of_file = |item| {
        check_kind(&meta, item)?;
        coded(&meta, item, file, &mut Said::default())
    };
    let is_premultiplied = meta.references.iter().any(|(kind, from, to)| {
        kind == b"prem" && *from == primary && alpha.is_some_and(|item| to.contains(&item))
    });
    if is_animation {
        said.warnings.push("it is an animation: only its first picture is shown".into());
    }
    let n_zeros = color.data.iter().rev().take_while(|byte| **byte == 0).count();
    if n_zeros >= MANY_ZEROS {
        said.warnings.push("its data end in nothing but zeros: part of it may be missing".into());
    }
    let code_points = said.code_points.unwrap_or(color.sequence.colors);
    Ok(Contents {
        color,
        alpha: alpha.map(alpha_of_file).transpose()?,
        is_premultiplied,
        tag: said.profile.map_or_else(|| code_points.tag(), ColorTag::Icc),
        code_points,
        orientation: said.turns.orientation(),
        warnings: said.warnings,
    })
}

/// Whether a box at the top of a file holds a track of an animation.
fn has_track(top: &Top<'_>) -> bool {
    top.kind == *b"moov" && tops_of(top.body).iter().any(|inner| inner.kind == *b"trak")
}

/// Refuses an item that is not one picture of AV1 data in the clear.
fn check_kind(meta: &Meta<'_>, item: u32) -> Result<(), DecodeError> {
    let item = meta.items.get(&item).ok_or_else(|| damaged("a picture that is not there"))?;
    match &item.kind {
        _ if item.is_encrypted => Err(unsupported("an encrypted AVIF")),
        b"av01" => Ok(()),
        b"grid" => Err(unsupported("an AVIF made of a grid of pictures")),
        _ => Err(unsupported("this kind of AVIF")),
    }
}

/// The item that holds the alpha of `item`.
fn alpha_of(meta: &Meta<'_>, item: u32) -> Result<Option<u32>, DecodeError> {
    const ALPHA: [&[u8]; 2] =
        [b"urn:mpeg:mpegB:cicp:systems:auxiliary:alpha", b"urn:mpeg:hevc:2015:auxid:1"];
    let is_alpha = |property: &Property<'_>| {
        let named = property.body.get(4..).unwrap_or_default();
        let name = named.split(|byte| *byte == 0).next().unwrap_or_default();
        property.kind == *b"auxC" && ALPHA.contains(&name)
    };
    for (kind, from, to) in &meta.references {
        if kind == b"auxl" && to.contains(&item) && meta.properties_of(*from)?.iter().any(is_alpha)
        {
            return Ok(Some(*from));
        }
    }
    Ok(None)
}

/// The data of an item; what its properties say goes to `said`.
fn coded(meta: &Meta<'_>, item: u32, file: &[u8], said: &mut Said) -> Result<Coded, DecodeError> {
    for property in meta.properties_of(item)? {
        said.note(&property)?;
    }
    let data = meta.data_of(item, file)?;
    let sequence = Sequence::of(&data)?;
    Ok(Coded { data, sequence, size: said.size, operating_point: said.operating_point })
}

/// What the properties of an item say.
#[derive(Default)]
struct Said {
    size: Option<(u32, u32)>,
    profile: Option<Vec<u8>>,
    code_points: Option<CodePoints>,
    operating_point: u8,
    turns: Turns,
    warnings: Vec<String>,
}

impl Said {
    /// Takes note of one property. Those that only describe the picture or ease its decoding are
    /// passed over, those that are not known too unless they are essential.
    fn note(&mut self, property: &Property<'_>) -> Result<(), DecodeError> {
        let mut bytes = Bytes(property.body);
        let cut = || damaged("a property that is cut off");
        match &property.kind {
            b"ispe" => {
                bytes.version();
                self.size = Some(bytes.u32().zip(bytes.u32()).ok_or_else(cut)?);
            }
            b"irot" => self.turns.turn(bytes.u8().ok_or_else(cut)? & 3),
            b"imir" => self.turns.mirror(bytes.u8().ok_or_else(cut)? & 1 == 1),
            b"clap" => {
                self.warnings.push("the crop that it names is not applied: all is shown".into());
            }
            b"pasp" => {
                let spacing = bytes.u32().zip(bytes.u32()).ok_or_else(cut)?;
                if spacing.0 != spacing.1 {
                    let warning = "its pixels are not square, but shown as if they were";
                    self.warnings.push(warning.into());
                }
            }
            b"colr" => self.note_color(bytes).ok_or_else(cut)?,
            b"a1op" => {
                let point = bytes.u8().ok_or_else(cut)?;
                let is_known = point < 32;
                self.operating_point =
                    is_known.then_some(point).ok_or_else(|| damaged("an impossible layer"))?;
            }
            b"lsel" => match bytes.u16().ok_or_else(cut)? {
                // The highest layer, which is shown anyway.
                u16::MAX => (),
                _ => return Err(unsupported("an AVIF that shows one of several layers")),
            },
            b"pixi" | b"av1C" | b"auxC" | b"a1lx" | b"clli" | b"mdcv" | b"cclv" | b"amve"
            | b"reve" | b"ndwt" | b"udes" | b"altt" | b"crtt" | b"mdft" => (),
            kind if property.is_essential => {
                let name = kind.escape_ascii();
                let what =
                    format!("an AVIF with the property \"{name}\", which it calls essential,");
                return Err(unsupported(what));
            }
            _ => (),
        }
        Ok(())
    }

    /// Takes note of a `colr` box; nothing when it is cut off.
    fn note_color(&mut self, mut bytes: Bytes<'_>) -> Option<()> {
        match bytes.take(4)? {
            b"prof" | b"rICC" => self.profile = Some(bytes.0.to_vec()),
            b"nclx" => {
                let (primaries, transfer) = bytes.u16().zip(bytes.u16())?;
                let (matrix, flags) = bytes.u16().zip(bytes.u8())?;
                let is_full_range = flags & 0x80 != 0;
                self.code_points = Some(CodePoints { primaries, transfer, matrix, is_full_range });
            }
            _ => (),
        }
        Some(())
    }
}

/// Quarter turns and mirrorings, one after the other.
#[derive(Default)]
struct Turns {
    /// Whether left and right are exchanged first.
    is_mirrored: bool,
    /// Quarter turns anticlockwise after that, 0 to 3.
    n_quarters: u8,
}

impl Turns {
    /// Turns anticlockwise.
    fn turn(&mut self, n_quarters: u8) {
        self.n_quarters = (self.n_quarters + n_quarters) % 4;
    }

    /// Exchanges left and right, or else top and bottom, which is the same and half a turn.
    fn mirror(&mut self, is_sideways: bool) {
        // A turn before a mirroring is the opposite turn after it.
        self.n_quarters = (4 - self.n_quarters) % 4;
        self.is_mirrored = !self.is_mirrored;
        if !is_sideways {
            self.turn(2);
        }
    }

    fn orientation(&self) -> Orientation {
        match (self.is_mirrored, self.n_quarters) {
            (false, 0) => Orientation::NoTransforms,
            (false, 1) => Orientation::Rotate270,
            (false, 2) => Orientation::Rotate180,
            (false, _) => Orientation::Rotate90,
            (true, 0) => Orientation::FlipHorizontal,
            (true, 1) => Orientation::Rotate90FlipH,
            (true, 2) => Orientation::FlipVertical,
            (true, _) => Orientation::Rotate270FlipH,
        }
    }
}
