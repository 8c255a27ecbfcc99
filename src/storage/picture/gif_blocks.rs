//! The blocks of a GIF (GIF89a): how many pictures it holds.

/// Whether a second picture begins before the file ends. The extension that says how often to repeat
/// does not tell: an animation that plays once has none, and a still one may have it.
pub(super) fn has_several(file: &[u8]) -> bool {
    pictures(file).nth(1).is_some()
}

/// Where the screen descriptor's flags stand, and what lies before its colours.
const SCREEN_FLAGS: usize = 10;
const HEAD: usize = 13;

/// The offset of each image descriptor.
fn pictures(file: &[u8]) -> impl Iterator<Item = usize> {
    let colors = file.get(SCREEN_FLAGS).map_or(0, |flags| table_bytes(*flags));
    let mut at = HEAD + colors;
    std::iter::from_fn(move || {
        loop {
            match file.get(at)? {
                // An extension: its label, then its blocks.
                0x21 => at = after_blocks(file, at + 2)?,
                0x2C => {
                    const FLAGS: usize = 9;
                    const DESCRIPTOR: usize = 10;
                    let found = at;
                    let colors = table_bytes(*file.get(at + FLAGS)?);
                    // After the colours the size of the first code, then the blocks.
                    let blocks = at + DESCRIPTOR + colors + 1;
                    // A picture that is cut off is one, too.
                    at = after_blocks(file, blocks).unwrap_or(file.len());
                    return Some(found);
                }
                _ => return None,
            }
        }
    })
}

/// Bytes of the table of colours that these flags announce.
fn table_bytes(flags: u8) -> usize {
    if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) }
}

/// What follows a chain of blocks, each of which begins with its length, up to an empty one.
fn after_blocks(file: &[u8], mut at: usize) -> Option<usize> {
    loop {
        let length = usize::from(*file.get(at)?);
        at += 1 + length;
        if length == 0 {
            return Some(at);
        }
    }
}
