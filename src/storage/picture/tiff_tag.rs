//! A tag of a TIFF's first picture, by itself: the library that reads the pixels passes over
//! profiles that are stored as bytes without a meaning, which is how most programs store them.

/// A number of `size` bytes.
fn number(bytes: &[u8], at: usize, size: usize, is_little: bool) -> Option<usize> {
    let bytes = bytes.get(at..at.checked_add(size)?)?;
    let add = |sum: u64, byte: &u8| sum << 8 | u64::from(*byte);
    let sum = if is_little { bytes.iter().rev().fold(0, add) } else { bytes.iter().fold(0, add) };
    usize::try_from(sum).ok()
}

/// The bytes of a tag that holds bytes; `None` when the first picture has none or it lies outside
/// of the file. Reads both the classic form and `BigTIFF`.
pub(super) fn bytes_of_tag(file: &[u8], wanted: usize) -> Option<&[u8]> {
    let is_little = file.starts_with(b"II");
    let is_big_form = number(file, 2, 2, is_little)? == 43;
    // The size of an offset, of a directory's count, and of an entry.
    let (offset_size, count_size, entry_size) = if is_big_form { (8, 8, 20) } else { (4, 2, 12) };
    let directory = number(file, if is_big_form { 8 } else { 4 }, offset_size, is_little)?;
    let n_entries = number(file, directory, count_size, is_little)?;
    let first = directory.checked_add(count_size)?;
    for idx in 0..n_entries {
        let entry = first.checked_add(idx.checked_mul(entry_size)?)?;
        let tag = number(file, entry, 2, is_little)?;
        // Tags stand in ascending order.
        if tag > wanted {
            return None;
        }
        if tag == wanted {
            let length = number(file, entry + 4, offset_size, is_little)?;
            let value = entry + 4 + offset_size;
            let start = if length <= offset_size {
                value
            } else {
                number(file, value, offset_size, is_little)?
            };
            return file.get(start..start.checked_add(length)?);
        }
    }
    None
}
