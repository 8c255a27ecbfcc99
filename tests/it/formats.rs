//! Every kind of picture file, against one reference; `tests/pictures/README.md` tells their
//! origin.

mod table;

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

use diptych::{
    raster::Picture,
    storage::{DecodedPicture, Limits, decode_picture, read_picture},
};
use table::{Expected, PROFILES, READ, REFUSED, Shows};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pictures")
}

fn read(name: &str) -> Result<DecodedPicture, String> {
    read_picture(&folder().join(name), Limits::default()).map_err(|err| err.to_string())
}

/// Every file of the folder but its scripts and its table.
fn names() -> BTreeSet<String> {
    let entries = std::fs::read_dir(folder()).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let is_picture = |name: &String| {
        !Path::new(name).extension().is_some_and(|ending| ending == "py" || ending == "md")
    };
    names.filter(is_picture).collect()
}

fn is_damaged(name: &str) -> bool {
    name.starts_with("cut_") || name.starts_with("damaged_")
}

/// What a file must show, pixel by pixel; `None` when there is nothing to compare with.
fn reference(shows: Shows) -> Option<(Picture, (usize, usize))> {
    let picture = |name: &str| read(name).unwrap().picture;
    let name = match shows {
        Shows::Colour | Shows::Odd => "reference.png",
        Shows::Alpha => "reference_alpha.png",
        Shows::Grey => "reference_grey.png",
        Shows::GreyAlpha => "png_grey_alpha8.png",
        Shows::Something => return None,
    };
    let size = if shows == Shows::Odd { (61, 47) } else { (64, 48) };
    Some((picture(name), size))
}

/// The largest and the mean difference of the four channels.
fn difference(found: &Picture, expected: &Picture) -> (u8, f64) {
    let (mut most, mut sum) = (0, 0.0);
    for y in 0..found.height() {
        for x in 0..found.width() {
            let (found, expected) =
                (found.rgba8_at(x, y).unwrap(), expected.rgba8_at(x, y).unwrap());
            for (found, expected) in found.iter().zip(expected) {
                most = most.max(found.abs_diff(expected));
                sum += f64::from(found.abs_diff(expected));
            }
        }
    }
    let n = u32::try_from(4 * found.width() * found.height()).unwrap();
    (most, sum / f64::from(n))
}

/// What is wrong with a file; `None` when nothing is.
fn fault_of(expected: &Expected) -> Option<String> {
    let DecodedPicture { picture, info } = match read(expected.name) {
        Ok(found) => found,
        Err(why) => return Some(why),
    };
    let facts = (info.bit_depth, info.has_alpha, info.orientation);
    let wanted = (expected.depth, expected.has_alpha, expected.orientation);
    if facts != wanted {
        return Some(format!("depth, alpha and orientation are {facts:?}, not {wanted:?}"));
    }
    let is_told = match info.warnings.as_slice() {
        [] => expected.warning.is_empty(),
        [warning] => !expected.warning.is_empty() && warning.contains(expected.warning),
        _ => false,
    };
    if !is_told {
        return Some(format!("warnings {:?}, not {:?}", info.warnings, expected.warning));
    }
    let (reference, size) = reference(expected.shows)?;
    if (picture.width(), picture.height()) != size {
        return Some(format!("it measures {}x{}", picture.width(), picture.height()));
    }
    let (most, mean) = difference(&picture, &reference);
    let is_near = most <= expected.within.0 && mean <= expected.within.1;
    (!is_near).then(|| format!("off by {most} at most and {mean:.2} in the mean"))
}

#[test]
fn every_kind_of_file_shows_the_reference() {
    let faults: Vec<String> = READ
        .iter()
        .filter_map(|expected| Some(format!("{}: {}", expected.name, fault_of(expected)?)))
        .collect();
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn the_format_is_the_contents_own() {
    for expected in READ {
        let ending = expected.name.split('.').next_back().unwrap();
        let format = match ending {
            _ if expected.name == "jpeg_called.png" => "jpeg",
            "jpg" => "jpeg",
            "tif" => "tiff",
            other => other,
        };
        assert_eq!(read(expected.name).unwrap().info.format, format, "{}", expected.name);
    }
}

#[test]
fn what_a_file_says_of_its_colours_is_told() {
    for (name, profile) in PROFILES {
        assert_eq!(read(name).unwrap().info.color_profile.as_deref(), *profile, "{name}");
    }
}

#[test]
fn what_cannot_be_read_is_refused_in_a_sentence_that_says_why() {
    for (name, word) in REFUSED {
        let why = read(name).unwrap_err();
        assert!(why.contains(name) && why.contains(word), "{name}: {why}");
        assert!(!why.contains('\n') && why.contains(';'), "{name} says nothing to do: {why}");
    }
}

#[test]
fn a_damaged_file_is_refused_or_warned_of() {
    let is_silent = |name: &String| match read(name) {
        Ok(found) => found.info.warnings.is_empty(),
        Err(why) => !why.contains(name.as_str()),
    };
    let silent: Vec<String> =
        names().into_iter().filter(|name| is_damaged(name) && is_silent(name)).collect();
    assert!(silent.is_empty(), "shown without a word: {silent:?}");
}

#[test]
fn every_file_is_in_the_table_and_every_line_of_it_has_its_file() {
    let read = READ.iter().map(|expected| expected.name);
    let told: BTreeSet<String> =
        read.chain(REFUSED.iter().map(|(name, _)| *name)).map(str::to_owned).collect();
    let found: BTreeSet<String> = names().into_iter().filter(|name| !is_damaged(name)).collect();
    assert_eq!(found, told);
}

/// Files with some bytes changed or taken away are read, refused or warned of; nothing panics.
#[test]
fn changed_bytes_never_panic() {
    const N_VARIANTS: u64 = 8;
    let limits = Limits { max_side: 4096, max_pixels: 1 << 20 };
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let mut random = move |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % u64::try_from(below).unwrap()).unwrap()
    };
    for name in names() {
        let whole = std::fs::read(folder().join(&name)).unwrap();
        if whole.is_empty() || whole.len() > 100_000 {
            continue;
        }
        for variant in 0..N_VARIANTS {
            let mut changed = whole.clone();
            for _ in 0..=variant / 4 {
                // Headers, which come first in most formats, are changed more often.
                let within = if variant % 2 == 0 { changed.len() } else { changed.len().min(400) };
                let (at, bit) = (random(within), random(8));
                changed[at] ^= 1 << bit;
            }
            if variant % 5 == 4 {
                changed.truncate(random(changed.len()));
            }
            // A panic inside of a decoder is turned into these words.
            let refusal = decode_picture(&changed, limits).map(drop).map_err(|err| err.to_string());
            let gave_up = refusal.is_err_and(|why| why.contains("gave up"));
            assert!(!gave_up, "{name}, variant {variant}");
        }
    }
}
