//! The boxes of an AVIF (ISO/IEC 14496-12 and 23008-12): which coded pictures it holds, where, and
//! what it says of them.

use std::collections::BTreeMap;

use image::metadata::Orientation;

use super::{DecodeError, raw::ColorTag};

/// What a `colr` box of code points says of the coded picture's numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct CodePoints {
    pub matrix: u16,
    pub is_full_range: bool,
}

/// What a file holds.
#[derive(Debug)]
pub(super) struct Contents {
    /// The coded picture that is shown.
    pub color: Vec<u8>,
    /// The coded picture that holds its alpha.
    pub alpha: Option<Vec<u8>>,
    /// Whether colours are stored multiplied by alpha.
    pub is_premultiplied: bool,
    /// Width and height as stated.
    pub size: (u32, u32),
    pub tag: ColorTag,
    pub code_points: Option<CodePoints>,
    pub orientation: Orientation,
    pub warnings: Vec<String>,
}

/// Bytes taken from the front; nothing where there are not enough.
struct Bytes<'a>(&'a [u8]);

impl<'a> Bytes<'a> {
    fn take(&mut self, n: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(n)?;
        self.0 = rest;
        Some(taken)
    }

    /// A big-endian number of 0 to 8 bytes.
    fn number(&mut self, n_bytes: usize) -> Option<u64> {
        let bytes = self.take(n_bytes).filter(|bytes| bytes.len() <= 8)?;
        Some(bytes.iter().fold(0, |sum, byte| sum << 8 | u64::from(*byte)))
    }

    fn u16(&mut self) -> Option<u16> {
        self.number(2).and_then(|n| u16::try_from(n).ok())
    }

    fn u32(&mut self) -> Option<u32> {
        self.number(4).and_then(|n| u32::try_from(n).ok())
    }

    fn u8(&mut self) -> Option<u8> {
        self.number(1).and_then(|n| u8::try_from(n).ok())
    }

    /// An item's identity: 2 bytes, or 4 in later versions of a box.
    fn id(&mut self, is_long: bool) -> Option<u32> {
        if is_long { self.u32() } else { self.u16().map(u32::from) }
    }

    /// Version and flags of a full box.
    fn version(&mut self) -> Option<(u8, u32)> {
        let word = self.u32()?;
        Some((u8::try_from(word >> 24).unwrap_or(0), word & 0x00FF_FFFF))
    }

    /// The next box: its kind and what is in it.
    fn next_box(&mut self) -> Option<([u8; 4], &'a [u8])> {
        let size = u64::from(self.u32()?);
        let kind = *self.take(4)?.first_chunk()?;
        let length = match size {
            0 => self.0.len(),
            1 => usize::try_from(self.number(8)?.checked_sub(16)?).ok()?,
            size => usize::try_from(size.checked_sub(8)?).ok()?,
        };
        Some((kind, self.take(length)?))
    }

    fn boxes(mut self) -> impl Iterator<Item = ([u8; 4], &'a [u8])> {
        std::iter::from_fn(move || self.next_box())
    }
}

/// The most parts that an item's bytes may lie in.
const MAX_EXTENTS: u16 = 64;

/// Where an item's bytes lie.
struct Location {
    is_in_idat: bool,
    /// Offset and length; a length of zero is all the rest.
    extents: Vec<(u64, u64)>,
}

/// The `meta` box, taken apart.
#[derive(Default)]
struct Meta<'a> {
    primary: Option<u32>,
    kinds: BTreeMap<u32, [u8; 4]>,
    locations: BTreeMap<u32, Location>,
    properties: Vec<([u8; 4], &'a [u8])>,
    /// Numbers of properties, from 1, by item.
    of_item: BTreeMap<u32, Vec<usize>>,
    /// Kind, from and to.
    references: Vec<([u8; 4], u32, Vec<u32>)>,
    idat: &'a [u8],
}

impl<'a> Meta<'a> {
    fn of(body: &'a [u8]) -> Option<Self> {
        let mut meta = Self::default();
        let mut bytes = Bytes(body);
        bytes.version()?;
        for (kind, body) in bytes.boxes() {
            match &kind {
                b"pitm" => {
                    let mut bytes = Bytes(body);
                    let (version, _) = bytes.version()?;
                    meta.primary = bytes.id(version > 0);
                }
                b"iinf" => meta.read_kinds(body)?,
                b"iloc" => meta.read_locations(body)?,
                b"iref" => meta.read_references(body)?,
                b"iprp" => meta.read_properties(body)?,
                b"idat" => meta.idat = body,
                _ => (),
            }
        }
        Some(meta)
    }

    fn read_kinds(&mut self, body: &'a [u8]) -> Option<()> {
        let mut bytes = Bytes(body);
        let (version, _) = bytes.version()?;
        bytes.id(version > 0)?;
        for (_, entry) in bytes.boxes().filter(|(kind, _)| kind == b"infe") {
            let mut bytes = Bytes(entry);
            let (version, _) = bytes.version()?;
            let id = bytes.id(version > 2)?;
            bytes.u16()?;
            self.kinds.insert(id, *bytes.take(4)?.first_chunk()?);
        }
        Some(())
    }

    fn read_locations(&mut self, body: &'a [u8]) -> Option<()> {
        let mut bytes = Bytes(body);
        let (version, _) = bytes.version()?;
        let sizes = bytes.u16()?;
        let size = |shift: u32| usize::from(sizes >> shift & 0xF);
        let (offset_size, length_size, base_size) = (size(12), size(8), size(4));
        let index_size = if version == 0 { 0 } else { size(0) };
        let n_items = bytes.id(version > 1)?;
        for _ in 0..n_items {
            let id = bytes.id(version > 1)?;
            let method = if version == 0 { 0 } else { bytes.u16()? & 0xF };
            bytes.u16()?;
            let base = bytes.number(base_size)?;
            let n_extents = bytes.u16().filter(|n| *n <= MAX_EXTENTS)?;
            let mut extents = Vec::new();
            for _ in 0..n_extents {
                bytes.number(index_size)?;
                let offset = bytes.number(offset_size)?;
                extents.push((base.checked_add(offset)?, bytes.number(length_size)?));
            }
            self.locations.insert(id, Location { is_in_idat: method == 1, extents });
        }
        Some(())
    }

    fn read_references(&mut self, body: &'a [u8]) -> Option<()> {
        let mut bytes = Bytes(body);
        let (version, _) = bytes.version()?;
        for (kind, body) in bytes.boxes() {
            let mut bytes = Bytes(body);
            let from = bytes.id(version > 0)?;
            let n = bytes.u16()?;
            let to = (0..n).map_while(|_| bytes.id(version > 0)).collect();
            self.references.push((kind, from, to));
        }
        Some(())
    }

    fn read_properties(&mut self, body: &'a [u8]) -> Option<()> {
        for (kind, body) in Bytes(body).boxes() {
            match &kind {
                b"ipco" => self.properties = Bytes(body).boxes().collect(),
                b"ipma" => {
                    let mut bytes = Bytes(body);
                    let (version, flags) = bytes.version()?;
                    for _ in 0..bytes.u32()? {
                        let id = bytes.id(version > 0)?;
                        let n = bytes.u8()?;
                        let numbers = (0..n).map_while(|_| {
                            let is_wide = flags & 1 == 1;
                            let number = bytes.number(if is_wide { 2 } else { 1 })?;
                            usize::try_from(number & if is_wide { 0x7FFF } else { 0x7F }).ok()
                        });
                        self.of_item.insert(id, numbers.collect());
                    }
                }
                _ => (),
            }
        }
        Some(())
    }

    /// The properties of an item, in their order.
    fn properties_of(&self, item: u32) -> impl Iterator<Item = ([u8; 4], &'a [u8])> {
        let numbers = self.of_item.get(&item).map(Vec::as_slice).unwrap_or_default();
        numbers.iter().filter_map(|number| self.properties.get(number.checked_sub(1)?).copied())
    }

    fn data_of(&self, item: u32, file: &[u8]) -> Result<Vec<u8>, DecodeError> {
        let location = self.locations.get(&item).ok_or_else(|| damaged("a picture in no place"))?;
        let store = if location.is_in_idat { self.idat } else { file };
        let mut data = Vec::new();
        for (offset, length) in &location.extents {
            let start = usize::try_from(*offset).map_err(|_| DecodeError::Truncated)?;
            let rest = store.get(start..).ok_or(DecodeError::Truncated)?;
            let length = match usize::try_from(*length) {
                Ok(0) => rest.len(),
                Ok(length) => length,
                Err(_) => return Err(DecodeError::Truncated),
            };
            data.extend_from_slice(rest.get(..length).ok_or(DecodeError::Truncated)?);
            if data.len() > store.len() {
                return Err(damaged("more data than it holds"));
            }
        }
        Ok(data)
    }

    /// The item that holds the alpha of `item`.
    fn alpha_of(&self, item: u32) -> Option<u32> {
        let mut auxiliaries = self
            .references
            .iter()
            .filter(|(kind, _, to)| kind == b"auxl" && to.contains(&item))
            .map(|(_, from, _)| *from);
        auxiliaries.find(|from| {
            self.properties_of(*from).any(|(kind, body)| {
                let name = body.get(4..).unwrap_or_default();
                let is_alpha = |text: &[u8]| name.starts_with(text);
                kind == *b"auxC"
                    && (is_alpha(b"urn:mpeg:mpegB:cicp:systems:auxiliary:alpha")
                        || is_alpha(b"urn:mpeg:hevc:2015:auxid:1"))
            })
        })
    }
}

fn damaged(what: &str) -> DecodeError {
    DecodeError::Damaged(format!("it names {what}"))
}

/// Takes a file apart.
///
/// # Errors
/// [`DecodeError::Truncated`] when something lies beyond the file's end, [`DecodeError::Damaged`]
/// when boxes contradict themselves, [`DecodeError::Unsupported`] for a picture made of several.
pub(super) fn contents_of(file: &[u8]) -> Result<Contents, DecodeError> {
    let body = Bytes(file).boxes().find(|(kind, _)| kind == b"meta");
    let (_, body) = body.ok_or(DecodeError::Truncated)?;
    let meta = Meta::of(body).ok_or_else(|| damaged("boxes that are cut off"))?;
    let primary = meta.primary.ok_or_else(|| damaged("no picture to show"))?;
    match meta.kinds.get(&primary) {
        Some(b"av01") => (),
        Some(b"grid") => {
            return Err(DecodeError::Unsupported("an AVIF made of a grid of pictures".into()));
        }
        _ => return Err(DecodeError::Unsupported("this kind of AVIF".into())),
    }
    let alpha = meta.alpha_of(primary);
    let mut contents = Contents {
        color: meta.data_of(primary, file)?,
        alpha: alpha.map(|item| meta.data_of(item, file)).transpose()?,
        is_premultiplied: meta.references.iter().any(|(kind, from, to)| {
            kind == b"prem" && *from == primary && to.first() == alpha.as_ref()
        }),
        size: (0, 0),
        tag: ColorTag::Unmarked,
        code_points: None,
        orientation: Orientation::NoTransforms,
        warnings: Vec::new(),
    };
    let mut turns = Turns::default();
    for (kind, body) in meta.properties_of(primary) {
        contents.note(kind, body, &mut turns);
    }
    contents.orientation = turns.orientation();
    Ok(contents)
}

/// Quarter turns and mirroring, in the order in which a file may state them.
#[derive(Default)]
struct Turns {
    /// Quarter turns anticlockwise.
    n_quarters: u8,
    /// The axis that is mirrored after the turn: 0 exchanges top and bottom, 1 left and right.
    mirror: Option<u8>,
}

impl Turns {
    fn orientation(&self) -> Orientation {
        match (self.n_quarters, self.mirror) {
            (0, None) => Orientation::NoTransforms,
            (1, None) => Orientation::Rotate270,
            (2, None) => Orientation::Rotate180,
            (_, None) => Orientation::Rotate90,
            (0, Some(1)) | (2, Some(0)) => Orientation::FlipHorizontal,
            (0 | 2, Some(_)) => Orientation::FlipVertical,
            (1, Some(1)) | (3, Some(0)) => Orientation::Rotate270FlipH,
            (_, Some(_)) => Orientation::Rotate90FlipH,
        }
    }
}

impl Contents {
    /// Takes note of one property of the picture that is shown.
    fn note(&mut self, kind: [u8; 4], body: &[u8], turns: &mut Turns) {
        let mut bytes = Bytes(body);
        match &kind {
            b"ispe" => {
                bytes.version();
                self.size = bytes.u32().zip(bytes.u32()).unwrap_or_default();
            }
            b"irot" => turns.n_quarters = bytes.u8().unwrap_or(0) & 3,
            b"imir" => turns.mirror = Some(bytes.u8().unwrap_or(0) & 1),
            b"clap" => {
                self.warnings.push("the crop that it names is not applied: all is shown".into());
            }
            b"colr" => self.note_color(bytes),
            _ => (),
        }
    }

    fn note_color(&mut self, mut bytes: Bytes<'_>) {
        match bytes.take(4) {
            Some(b"prof" | b"rICC") => self.tag = ColorTag::Icc(bytes.0.to_vec()),
            Some(b"nclx") => {
                let Some([primaries, transfer, matrix]) =
                    bytes.u16().and_then(|primaries| Some([primaries, bytes.u16()?, bytes.u16()?]))
                else {
                    return;
                };
                let is_full_range = bytes.u8().is_some_and(|flags| flags & 0x80 != 0);
                self.code_points = Some(CodePoints { matrix, is_full_range });
                let tag = match (u8::try_from(primaries), u8::try_from(transfer)) {
                    (Ok(2), _) | (_, Ok(2)) => ColorTag::Unmarked,
                    (Ok(1), Ok(13)) => ColorTag::Srgb,
                    (Ok(primaries), Ok(transfer)) => ColorTag::Cicp { primaries, transfer },
                    _ => ColorTag::Unmarked,
                };
                // A profile says more than code points.
                if !matches!(self.tag, ColorTag::Icc(_)) {
                    self.tag = tag;
                }
            }
            _ => (),
        }
    }
}
