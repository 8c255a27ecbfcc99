//! The parts of picture files, read by what their specifications say of them.

/// The chunks of a PNG, name and data, each with a checksum that is right.
pub(super) fn of_png(file: &[u8]) -> Vec<(String, &[u8])> {
    let mut rest = file.strip_prefix(b"\x89PNG\r\n\x1A\n").unwrap();
    let mut chunks = Vec::new();
    while !rest.is_empty() {
        let length = u32::from_be_bytes(rest[..4].try_into().unwrap()) as usize;
        let (data, after) = rest[8..].split_at(length);
        let mut crc = flate2::Crc::new();
        crc.update(&rest[4..8 + length]);
        assert_eq!(after[..4], crc.sum().to_be_bytes());
        chunks.push((String::from_utf8(rest[4..8].to_vec()).unwrap(), data));
        rest = &after[4..];
    }
    assert_eq!(chunks.last(), Some(&("IEND".to_owned(), &[][..])));
    chunks
}

/// The segments of a JPEG up to its pixels, marker and data.
pub(super) fn of_jpeg(file: &[u8]) -> Vec<(u8, &[u8])> {
    let mut rest = file.strip_prefix(b"\xFF\xD8").unwrap();
    assert!(file.ends_with(b"\xFF\xD9"));
    let mut segments = Vec::new();
    loop {
        let [0xFF, marker, high, low, ..] = *rest else { panic!("no segment: {:?}", &rest[..4]) };
        let length = usize::from(u16::from_be_bytes([high, low]));
        segments.push((marker, &rest[4..2 + length]));
        if marker == 0xDA {
            return segments;
        }
        rest = &rest[2 + length..];
    }
}

/// The chunks of a WebP, name and data.
pub(super) fn of_webp(file: &[u8]) -> Vec<(String, &[u8])> {
    let length = |at: usize| u32::from_le_bytes(file[at..at + 4].try_into().unwrap()) as usize;
    assert_eq!((&file[..4], length(4), &file[8..12]), (&b"RIFF"[..], file.len() - 8, &b"WEBP"[..]));
    let (mut at, mut chunks) = (12, Vec::new());
    while at < file.len() {
        let end = at + 8 + length(at + 4);
        chunks.push((String::from_utf8(file[at..at + 4].to_vec()).unwrap(), &file[at + 8..end]));
        at = end.next_multiple_of(2);
    }
    assert_eq!(at, file.len());
    chunks
}

/// The data of the only part of this name.
pub(super) fn only<'a, N: PartialEq<M>, M: Copy>(parts: &[(N, &'a [u8])], name: M) -> &'a [u8] {
    let found: Vec<_> = parts.iter().filter(|(other, _)| *other == name).collect();
    let [(_, data)] = found.as_slice() else { panic!("{} such parts", found.len()) };
    data
}
