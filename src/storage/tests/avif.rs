//! AVIF files that were tampered with.

use super::decode;

fn avif() -> Vec<u8> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/pictures/avif_alpha.avif");
    std::fs::read(path).unwrap()
}

#[test]
fn a_file_that_is_cut_anywhere_is_refused_or_whole() {
    let file = avif();
    let whole = decode(&file).unwrap().picture;
    for length in (0..file.len()).step_by(37) {
        if let Ok(found) = decode(&file[..length]) {
            assert_eq!(found.picture, whole, "{length} bytes are shown as a picture");
        }
    }
}

#[test]
fn changed_boxes_are_survived() {
    let file = avif();
    let coded = file.windows(4).position(|kind| kind == b"mdat").unwrap();
    for at in (0..coded).step_by(11) {
        for value in [0x00, 0xFF] {
            let mut changed = file.clone();
            changed[at] = value;
            // Whatever comes of it, it comes without a panic and without much memory.
            drop(decode(&changed));
        }
    }
}
