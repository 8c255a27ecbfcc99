//! The boxes of an AVIF (ISO/IEC 14496-12 and 23008-12), taken apart: which items it holds, where
//! their bytes lie and which properties they have.

use std::collections::BTreeMap;

use super::DecodeError;

/// Four letters that name a kind of box, item, property or reference.
pub(super) type Kind = [u8; 4];

/// Bytes taken from the front; nothing where there are not enough.
pub(super) struct Bytes<'a>(pub(super) &'a [u8]);

impl<'a> Bytes<'a> {
    pub(super) fn take(&mut self, n: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(n)?;
        self.0 = rest;
        Some(taken)
    }

    /// A big-endian number of 0 to 8 bytes.
    fn number(&mut self, n_bytes: usize) -> Option<u64> {
        let bytes = self.take(n_bytes).filter(|bytes| bytes.len() <= 8)?;
        Some(bytes.iter().fold(0, |sum, byte| sum << 8 | u64::from(*byte)))
    }

    pub(super) fn u32(&mut self) -> Option<u32> {
        self.number(4).and_then(|n| u32::try_from(n).ok())
    }

    pub(super) fn u16(&mut self) -> Option<u16> {
        self.number(2).and_then(|n| u16::try_from(n).ok())
    }

    pub(super) fn u8(&mut self) -> Option<u8> {
        self.number(1).and_then(|n| u8::try_from(n).ok())
    }

    fn kind(&mut self) -> Option<Kind> {
        self.take(4)?.first_chunk().copied()
    }

    /// An item's identity: 2 bytes, or 4 in later versions of a box.
    fn id(&mut self, is_long: bool) -> Option<u32> {
        if is_long { self.u32() } else { self.u16().map(u32::from) }
    }

    /// Version and flags of a full box.
    pub(super) fn version(&mut self) -> Option<(u8, u32)> {
        let word = self.u32()?;
        Some((u8::try_from(word >> 24).unwrap_or(0), word & 0x00FF_FFFF))
    }

    /// The next box's kind and the length of what is in it; all the rest where its size is zero.
    fn head(&mut self) -> Option<(Kind, u64)> {
        let size = u64::from(self.u32()?);
        let kind = self.kind()?;
        let length = match size {
            0 => self.0.len() as u64,
            1 => self.number(8)?.checked_sub(16)?,
            size => size.checked_sub(8)?,
        };
        Some((kind, length))
    }

    /// All boxes, each with what is in it; nothing when one is cut off.
    fn boxes(mut self) -> Option<Vec<(Kind, &'a [u8])>> {
        let mut boxes = Vec::new();
        while !self.0.is_empty() {
            let (kind, length) = self.head()?;
            boxes.push((kind, self.take(usize::try_from(length).ok()?)?));
        }
        Some(boxes)
    }
}

/// A box at the top of a file or in one of the boxes there; the file may end within it.
pub(super) struct Top<'a> {
    pub kind: Kind,
    /// What is in it, as far as the file goes.
    pub body: &'a [u8],
    /// Whether the file ends within it.
    pub is_cut: bool,
}

/// The boxes at the top of a file, up to the first one that makes no sense.
pub(super) fn tops_of(file: &[u8]) -> Vec<Top<'_>> {
    let mut bytes = Bytes(file);
    let mut tops = Vec::new();
    while let Some((kind, length)) = bytes.head() {
        let whole = usize::try_from(length).ok().and_then(|length| bytes.take(length));
        let is_cut = whole.is_none();
        let body = whole.unwrap_or_else(|| std::mem::take(&mut bytes.0));
        tops.push(Top { kind, body, is_cut });
    }
    tops
}

/// The most parts that an item's bytes may lie in.
const MAX_EXTENTS: u16 = 64;

/// What the list of items says of one.
#[derive(Clone, Copy)]
pub(super) struct Item {
    pub kind: Kind,
    pub is_encrypted: bool,
}

/// Where an item's bytes lie.
struct Location {
    /// How offsets count: 0 from the file's beginning, 1 in the `idat` box, 2 in other items.
    method: u16,
    /// Whether the bytes lie in another file.
    is_elsewhere: bool,
    /// Offset and length; a length of zero is all the rest.
    extents: Vec<(u64, u64)>,
}

/// One property of an item.
#[derive(Clone, Copy)]
pub(super) struct Property<'a> {
    pub kind: Kind,
    pub body: &'a [u8],
    /// Whether the item must not be shown by who does not know the property.
    pub is_essential: bool,
}

/// The `meta` box, taken apart.
#[derive(Default)]
pub(super) struct Meta<'a> {
    /// The item that is shown.
    pub primary: Option<u32>,
    pub items: BTreeMap<u32, Item>,
    locations: BTreeMap<u32, Location>,
    properties: Vec<(Kind, &'a [u8])>,
    /// Numbers of properties, from 1, and whether they are essential, by item; zero is none.
    of_item: BTreeMap<u32, Vec<(usize, bool)>>,
    /// Kind, from and to.
    pub references: Vec<(Kind, u32, Vec<u32>)>,
    idat: &'a [u8],
}

impl<'a> Meta<'a> {
    /// Takes the box apart.
    ///
    /// # Errors
    /// [`DecodeError::Damaged`] when something in it is cut off.
    pub(super) fn of(body: &'a [u8]) -> Result<Self, DecodeError> {
        Self::read(body).ok_or_else(|| damaged("boxes that are cut off"))
    }

    fn read(body: &'a [u8]) -> Option<Self> {
        let mut meta = Self::default();
        let mut bytes = Bytes(body);
        bytes.version()?;
        for (kind, body) in bytes.boxes()? {
            match &kind {
                b"pitm" => {
                    let mut bytes = Bytes(body);
                    let (version, _) = bytes.version()?;
                    meta.primary = bytes.id(version > 0);
                }
                b"iinf" => meta.read_items(body)?,
                b"iloc" => meta.read_locations(body)?,
                b"iref" => meta.read_references(body)?,
                b"iprp" => meta.read_properties(body)?,
                b"idat" => meta.idat = body,
                _ => (),
            }
        }
        Some(meta)
    }

    fn read_items(&mut self, body: &'a [u8]) -> Option<()> {
        let mut bytes = Bytes(body);
        let (version, _) = bytes.version()?;
        bytes.id(version > 0)?;
        for (kind, entry) in bytes.boxes()? {
            let mut bytes = Bytes(entry);
            let (version, _) = bytes.version()?;
            // Earlier versions name no kind and hold no pictures.
            if kind != *b"infe" || version < 2 {
                continue;
            }
            let id = bytes.id(version > 2)?;
            let is_encrypted = bytes.u16()? != 0;
            self.items.insert(id, Item { kind: bytes.kind()?, is_encrypted });
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
            let is_elsewhere = bytes.u16()? != 0;
            let base = bytes.number(base_size)?;
            let n_extents = bytes.u16().filter(|n| *n <= MAX_EXTENTS)?;
            let mut extents = Vec::new();
            for _ in 0..n_extents {
                bytes.number(index_size)?;
                let offset = bytes.number(offset_size)?;
                extents.push((base.checked_add(offset)?, bytes.number(length_size)?));
            }
            self.locations.insert(id, Location { method, is_elsewhere, extents });
        }
        Some(())
    }

    fn read_references(&mut self, body: &'a [u8]) -> Option<()> {
        let mut bytes = Bytes(body);
        let (version, _) = bytes.version()?;
        for (kind, body) in bytes.boxes()? {
            let mut bytes = Bytes(body);
            let from = bytes.id(version > 0)?;
            let n = bytes.u16()?;
            let to = (0..n).map(|_| bytes.id(version > 0)).collect::<Option<_>>()?;
            self.references.push((kind, from, to));
        }
        Some(())
    }

    fn read_properties(&mut self, body: &'a [u8]) -> Option<()> {
        for (kind, body) in Bytes(body).boxes()? {
            match &kind {
                b"ipco" => self.properties = Bytes(body).boxes()?,
                b"ipma" => self.read_associations(body)?,
                _ => (),
            }
        }
        Some(())
    }

    fn read_associations(&mut self, body: &'a [u8]) -> Option<()> {
        let mut bytes = Bytes(body);
        let (version, flags) = bytes.version()?;
        let (n_bytes, essential) = if flags & 1 == 1 { (2, 0x8000) } else { (1, 0x80) };
        for _ in 0..bytes.u32()? {
            let id = bytes.id(version > 0)?;
            let numbers = self.of_item.entry(id).or_default();
            for _ in 0..bytes.u8()? {
                let number = bytes.number(n_bytes)?;
                let idx = usize::try_from(number & (essential - 1)).ok()?;
                numbers.push((idx, number & essential != 0));
            }
        }
        Some(())
    }

    /// The properties of an item, in the order in which they apply.
    ///
    /// # Errors
    /// [`DecodeError::Damaged`] when it names one that is not there.
    pub(super) fn properties_of(&self, item: u32) -> Result<Vec<Property<'a>>, DecodeError> {
        let numbers = self.of_item.get(&item).map(Vec::as_slice).unwrap_or_default();
        let named = numbers.iter().filter(|(number, _)| *number > 0);
        let property = |(number, is_essential): &(usize, bool)| {
            let (kind, body) = *self.properties.get(number - 1)?;
            Some(Property { kind, body, is_essential: *is_essential })
        };
        named.map(property).collect::<Option<_>>().ok_or_else(|| damaged("a property it lacks"))
    }

    /// The bytes of an item.
    ///
    /// # Errors
    /// [`DecodeError::Unsupported`] when they lie in other items or in another file,
    /// [`DecodeError::Truncated`] when they lie beyond the end, [`DecodeError::Damaged`] when they
    /// lie nowhere or are more than there can be.
    pub(super) fn data_of(&self, item: u32, file: &[u8]) -> Result<Vec<u8>, DecodeError> {
        let location = self.locations.get(&item).ok_or_else(|| damaged("a picture in no place"))?;
        if location.is_elsewhere {
            return Err(unsupported("an AVIF whose picture lies in another file"));
        }
        let store = match location.method {
            0 => file,
            1 => self.idat,
            2 => return Err(unsupported("an AVIF whose picture is cut out of other items")),
            _ => return Err(damaged("a picture in a place of an unknown kind")),
        };
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
}

/// The refusal of a file that contradicts itself.
pub(super) fn damaged(what: &str) -> DecodeError {
    DecodeError::Damaged(format!("it names {what}"))
}

/// The refusal of a kind of file.
pub(super) fn unsupported(what: impl Into<String>) -> DecodeError {
    DecodeError::Unsupported(what.into())
}
