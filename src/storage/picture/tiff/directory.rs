//! A directory of tags: one picture of a TIFF. Reads both the classic form and `BigTIFF`.

use std::{
    collections::BTreeMap,
    io::{Read, Seek, SeekFrom},
};

/// How numbers are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Form {
    pub is_little: bool,
    is_big_form: bool,
}

impl Form {
    pub(super) fn of(file: &[u8]) -> Option<Self> {
        let is_little = file.starts_with(b"II");
        let version = number(file.get(2..4)?, is_little);
        Some(Self { is_little, is_big_form: version == 43 })
    }

    /// Bytes of an offset, of a directory's count, and of an entry.
    const fn sizes(self) -> (usize, usize, usize) {
        if self.is_big_form { (8, 8, 20) } else { (4, 2, 12) }
    }

    /// Where the offset of the first directory stands.
    const fn first_offset(self) -> usize {
        if self.is_big_form { 8 } else { 4 }
    }
}

/// An unsigned number of up to eight bytes.
pub(super) fn number(bytes: &[u8], is_little: bool) -> u64 {
    let add = |sum: u64, byte: &u8| sum << 8 | u64::from(*byte);
    if is_little { bytes.iter().rev().fold(0, add) } else { bytes.iter().fold(0, add) }
}

/// Where a tag's values lie.
#[derive(Clone, Copy, Debug)]
struct Entry {
    kind: u64,
    n_values: usize,
    start: usize,
}

impl Entry {
    /// Bytes a value; `None` for kinds that are not known.
    const fn value_size(self) -> Option<usize> {
        match self.kind {
            1 | 2 | 6 | 7 => Some(1),
            3 | 8 => Some(2),
            4 | 9 | 11 | 13 => Some(4),
            5 | 10 | 12 | 16 | 17 | 18 => Some(8),
            _ => None,
        }
    }

    /// Whether its values are whole and not negative.
    const fn is_unsigned(self) -> bool {
        matches!(self.kind, 1 | 3 | 4 | 13 | 16 | 18)
    }
}

/// The tags of one picture.
pub(super) struct Directory<'a> {
    file: &'a [u8],
    pub form: Form,
    entries: BTreeMap<u64, Entry>,
    /// Where the next directory lies; 0 after the last.
    next: usize,
}

impl<'a> Directory<'a> {
    /// The file's first directory; `None` where it lies outside of the file.
    pub(super) fn first(file: &'a [u8]) -> Option<Self> {
        let form = Form::of(file)?;
        let at = form.first_offset();
        let offset = number(file.get(at..at + form.sizes().0)?, form.is_little);
        Self::at(file, form, usize::try_from(offset).ok()?)
    }

    /// The directory after this one; `None` after the last or where it lies outside of the file.
    pub(super) fn next(&self) -> Option<Self> {
        (self.next != 0).then(|| Self::at(self.file, self.form, self.next)).flatten()
    }

    fn at(file: &'a [u8], form: Form, at: usize) -> Option<Self> {
        let (offset_size, count_size, entry_size) = form.sizes();
        let is_little = form.is_little;
        let read = |at: usize, size: usize| {
            let bytes = file.get(at..at.checked_add(size)?)?;
            usize::try_from(number(bytes, is_little)).ok()
        };
        let n_entries = read(at, count_size)?;
        let first = at.checked_add(count_size)?;
        let end = first.checked_add(n_entries.checked_mul(entry_size)?)?;
        let mut entries = BTreeMap::new();
        let table = file.get(first..end)?.chunks_exact(entry_size);
        for (entry, start) in table.zip((first..).step_by(entry_size)) {
            let value = entry_size - offset_size;
            let part = |range: std::ops::Range<usize>| number(&entry[range], is_little);
            let Ok(n_values) = usize::try_from(part(4..value)) else { continue };
            let mut found = Entry { kind: part(2..4), n_values, start: 0 };
            let Some(size) = found.value_size().and_then(|size| size.checked_mul(n_values)) else {
                continue;
            };
            // Values that fit stand in the entry itself.
            let place = if size <= offset_size {
                start + value
            } else {
                usize::try_from(part(value..entry_size)).unwrap_or(usize::MAX)
            };
            found.start = place;
            entries.entry(part(0..2)).or_insert(found);
        }
        let next = read(end, offset_size).unwrap_or(0);
        Some(Self { file, form, entries, next })
    }

    /// The bytes of a tag; `None` without the tag or where they lie outside of the file.
    pub(super) fn bytes(&self, tag: u64) -> Option<&'a [u8]> {
        let entry = self.entries.get(&tag)?;
        let length = entry.value_size()?.checked_mul(entry.n_values)?;
        self.file.get(entry.start..entry.start.checked_add(length)?)
    }

    /// The whole numbers of a tag; `None` as before or where they are of another kind.
    pub(super) fn numbers(&self, tag: u64) -> Option<Vec<u64>> {
        let entry = self.entries.get(&tag).filter(|entry| entry.is_unsigned())?;
        let values = self.bytes(tag)?.chunks_exact(entry.value_size()?);
        Some(values.map(|value| number(value, self.form.is_little)).collect())
    }

    /// The first number of a tag.
    pub(super) fn number(&self, tag: u64) -> Option<u64> {
        self.numbers(tag)?.first().copied()
    }
}

/// Width and height as the first directory says, read without the rest of the file; `None` where
/// they cannot be had.
pub(in super::super) fn claimed_size(file: &mut (impl Read + Seek)) -> Option<(u32, u32)> {
    const WIDTH: u64 = 256;
    const HEIGHT: u64 = 257;
    /// Entries that are looked at: more than any file has.
    const MAX_ENTRIES: usize = 4096;
    let mut head = [0; 16];
    file.read_exact(&mut head).ok()?;
    let form = Form::of(&head)?;
    let (offset_size, count_size, entry_size) = form.sizes();
    let at = number(head.get(form.first_offset()..)?.get(..offset_size)?, form.is_little);
    file.seek(SeekFrom::Start(at)).ok()?;
    let mut count = vec![0; count_size];
    file.read_exact(&mut count).ok()?;
    let n_entries = usize::try_from(number(&count, form.is_little)).ok()?.min(MAX_ENTRIES);
    let mut table = vec![0; n_entries * entry_size];
    file.read_exact(&mut table).ok()?;
    let side = |tag: u64| {
        let part = |entry: &[u8], at: usize, size: usize| {
            entry.get(at..at + size).map(|bytes| number(bytes, form.is_little))
        };
        let mut entries = table.chunks_exact(entry_size);
        let entry = entries.find(|entry| part(entry, 0, 2) == Some(tag))?;
        let found = Entry { kind: part(entry, 2, 2)?, n_values: 1, start: 0 };
        u32::try_from(part(entry, entry_size - offset_size, found.value_size()?)?).ok()
    };
    side(WIDTH).zip(side(HEIGHT))
}
