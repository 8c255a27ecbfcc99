//! ICC profiles: what of them is read, and how.

use moxcms::{ColorProfile, ParsingOptions, ProfileText};

/// Larger profiles are not read: 16 MiB.
const MAX_PROFILE: usize = 16 << 20;
/// Longer descriptions are not read; their records may overlap, so that a small one could unfold
/// into a huge one.
const MAX_DESCRIPTION: usize = 16 << 10;
/// Bytes of the header, of the number of tags after it, and of an entry in the list of tags.
const HEADER: usize = 128;
const COUNT: usize = 4;
const ENTRY: usize = 12;

/// Tags that are read; all others are of no use here and need not be sound.
const WANTED: [&[u8; 4]; 10] =
    [b"rXYZ", b"gXYZ", b"bXYZ", b"rTRC", b"gTRC", b"bTRC", b"kTRC", b"A2B0", b"A2B1", b"A2B2"];

/// A profile as far as it is used.
pub(super) struct Profile {
    pub(super) data: ColorProfile,
    /// Its own description; "unnamed profile" when it has none.
    pub(super) name: String,
    /// Primaries and transfer characteristics of ITU-T H.273, where the profile states them.
    pub(super) code_points: Option<(u8, u8)>,
}

/// Reads a profile of ICC.1, version 2 or 4.
///
/// # Errors
/// Why it cannot be used, to be said after "its colour profile".
pub(super) fn read(icc: &[u8]) -> Result<Profile, &'static str> {
    if icc.len() > MAX_PROFILE {
        return Err("is larger than 16 MiB");
    }
    let damaged = "cannot be read";
    let data = parse(&pruned(icc, &WANTED).ok_or(damaged)?).ok_or(damaged)?;
    let name = described(icc).unwrap_or_else(|| "unnamed profile".into());
    Ok(Profile { data, name, code_points: code_points(icc) })
}

fn parse(icc: &[u8]) -> Option<ColorProfile> {
    let options = ParsingOptions {
        max_profile_size: MAX_PROFILE + 1,
        max_allowed_trc_size: 1 << 16,
        ..ParsingOptions::default()
    };
    ColorProfile::new_from_slice_with_options(icc, options).ok()
}

/// The entries in the list of tags; `None` when the profile ends before the list does.
fn entries(icc: &[u8]) -> Option<&[[u8; ENTRY]]> {
    let (count, list) = icc.get(HEADER..)?.split_first_chunk::<COUNT>()?;
    let n_bytes = usize::try_from(u32::from_be_bytes(*count)).ok()?.checked_mul(ENTRY)?;
    Some(list.get(..n_bytes)?.as_chunks::<ENTRY>().0)
}

/// A copy with only the first of each of these tags in its list. So a damaged or repeated tag that
/// is not needed does no harm.
fn pruned(icc: &[u8], wanted: &[&[u8; 4]]) -> Option<Vec<u8>> {
    let list = entries(icc)?;
    let kept: Vec<_> = wanted
        .iter()
        .filter_map(|tag| list.iter().find(|entry| entry.starts_with(*tag)))
        .copied()
        .collect();
    let mut copy = icc.to_vec();
    let n_kept = u32::try_from(kept.len()).ok()?;
    copy.get_mut(HEADER..HEADER + COUNT)?.copy_from_slice(&n_kept.to_be_bytes());
    let start = HEADER + COUNT;
    copy.get_mut(start..start + kept.len() * ENTRY)?.copy_from_slice(kept.as_flattened());
    Some(copy)
}

/// What a tag holds; `None` when there is none or it lies outside of the profile.
fn tag(icc: &[u8], name: [u8; 4]) -> Option<&[u8]> {
    let entry = entries(icc)?.iter().find(|entry| entry.starts_with(&name))?;
    let [_, _, _, _, place @ ..] = entry;
    let (offset, size) = place.split_first_chunk::<4>()?;
    let offset = usize::try_from(u32::from_be_bytes(*offset)).ok()?;
    let size = usize::try_from(u32::from_be_bytes(size.try_into().ok()?)).ok()?;
    icc.get(offset..offset.checked_add(size)?)
}

/// The description in English, or else the first, on one line of at most 120 characters; `None`
/// when it is missing, damaged, empty or too long.
fn described(icc: &[u8]) -> Option<String> {
    if tag(icc, *b"desc")?.len() > MAX_DESCRIPTION {
        return None;
    }
    let text = match parse(&pruned(icc, &[b"desc"])?)?.description? {
        ProfileText::PlainString(text) => text,
        ProfileText::Localizable(texts) => {
            let english = texts.iter().find(|text| text.language == "en");
            english.or(texts.first())?.value.clone()
        }
        ProfileText::Description(text) if text.ascii_string.trim().is_empty() => {
            text.unicode_string
        }
        ProfileText::Description(text) => text.ascii_string,
    };
    let is_break = |c: char| c.is_control() || c.is_whitespace();
    let words: Vec<&str> = text.split(is_break).filter(|word| !word.is_empty()).collect();
    let line: String = words.join(" ").chars().take(120).collect();
    (!line.is_empty()).then_some(line)
}

/// Primaries and transfer characteristics (ICC.1:2022, 9.2.17 and 10.3).
fn code_points(icc: &[u8]) -> Option<(u8, u8)> {
    match tag(icc, *b"cicp")? {
        [b'c', b'i', b'c', b'p', _, _, _, _, primaries, transfer, ..] => {
            Some((*primaries, *transfer))
        }
        _ => None,
    }
}
