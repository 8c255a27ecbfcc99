//! Files that are no pictures, or not whole ones.

use png::{BitDepth, ColorType};

use super::{decode, png_of, put, speckled};
use crate::{
    raster::Picture,
    storage::{
        DecodeError, FileError, Limits, PictureFormat, decode_picture, encode_picture, read_picture,
    },
};

fn encoded(picture: &Picture, format: PictureFormat) -> Vec<u8> {
    encode_picture(picture, format).unwrap()
}

/// Every beginning of the file is refused, or shows the whole picture for all that.
fn assert_cuts_refused(bytes: &[u8], name: &str) {
    let whole = decode(bytes).unwrap().picture;
    for length in 0..bytes.len() {
        if let Ok(found) = decode(&bytes[..length]) {
            let missing = bytes.len() - length;
            assert_eq!(found.picture, whole, "a {name} without its last {missing} bytes is shown");
        }
    }
}

#[track_caller]
fn assert_cut_off(found: Result<crate::storage::DecodedPicture, DecodeError>) {
    let Err(error) = found else { panic!("it was decoded") };
    assert!(matches!(error, DecodeError::Truncated | DecodeError::Damaged(_)), "{error:?}");
}

#[test]
fn a_cut_png_is_never_shown_in_part() {
    let bytes = encoded(&speckled(40, 30, true), PictureFormat::Png);
    assert_cut_off(decode(&bytes[..bytes.len() / 2]));
    assert!(matches!(decode(&bytes[..bytes.len() / 2]), Err(DecodeError::Truncated)));
    assert_cuts_refused(&bytes, "PNG");
}

#[test]
fn a_cut_16_bit_png_is_never_shown_in_part() {
    let data: Vec<u8> =
        (0..40 * 30 * 6_usize).map(|n| u8::try_from(n * n % 251).unwrap()).collect();
    let bytes = png_of((40, 30), ColorType::Rgb, BitDepth::Sixteen, &data, |_| {});
    assert_cut_off(decode(&bytes[..bytes.len() / 2]));
    assert_cuts_refused(&bytes, "16-bit PNG");
}

#[test]
fn a_cut_webp_is_never_shown_in_part() {
    let bytes = encoded(&speckled(40, 30, false), PictureFormat::WebP);
    assert_cut_off(decode(&bytes[..bytes.len() / 2]));
    assert_cuts_refused(&bytes, "WebP");
}

#[test]
fn a_cut_jpeg_is_always_refused() {
    let bytes = encoded(&speckled(64, 48, true), PictureFormat::Jpeg);
    assert!(matches!(decode(&bytes[..bytes.len() / 2]), Err(DecodeError::Truncated)));
    assert!(matches!(decode(&bytes[..bytes.len() - 2]), Err(DecodeError::Truncated)));
    for length in 3..bytes.len() {
        assert_cut_off(decode(&bytes[..length]));
    }
}

#[test]
fn a_cut_progressive_jpeg_is_always_refused() {
    let mut bytes = Vec::new();
    let mut encoder = jpeg_encoder::Encoder::new(&mut bytes, 90);
    encoder.set_progressive(true);
    let rgba = speckled(64, 48, true).to_rgba8();
    encoder.encode(&rgba, 64, 48, jpeg_encoder::ColorType::Rgba).unwrap();
    assert!(decode(&bytes).is_ok());
    for length in 3..bytes.len() {
        assert_cut_off(decode(&bytes[..length]));
    }
}

#[test]
fn a_cut_jpeg_is_refused_though_its_thumbnail_is_whole() {
    let thumbnail = encoded(&speckled(16, 16, true), PictureFormat::Jpeg);
    let mut bytes = encoded(&speckled(64, 48, true), PictureFormat::Jpeg);
    let length = u16::try_from(thumbnail.len() + 2).unwrap();
    let segment = [&[0xFF, 0xE1][..], &length.to_be_bytes(), &thumbnail].concat();
    bytes.splice(2..2, segment);
    assert!(decode(&bytes).is_ok());
    assert_cut_off(decode(&bytes[..bytes.len() * 3 / 4]));
    assert_cut_off(decode(&bytes[..bytes.len() - 2]));
}

#[test]
fn what_is_no_picture_is_refused_whatever_it_is_called() {
    let folder = tempfile::tempdir().unwrap();
    let contents: [&[u8]; 3] = [b"Dear diary,\nno picture today.\n", b"", b"\x89PN"];
    for content in contents {
        let path = put(folder.path(), "note.png", content);
        let error = read_picture(&path, Limits::default()).unwrap_err();
        let text = error.to_string();
        assert!(
            text.contains("note.png") && text.contains("not a picture of a known format"),
            "{text}"
        );
        let FileError::Decode { source, .. } = error else { panic!("{error:?}") };
        assert!(matches!(source, DecodeError::UnknownFormat));
    }
}

#[test]
fn a_folder_and_a_missing_file_are_refused_each_in_its_words() {
    let folder = tempfile::tempdir().unwrap();
    let named = folder.path().join("folder.png");
    std::fs::create_dir(&named).unwrap();
    let error = read_picture(&named, Limits::default()).unwrap_err();
    assert!(matches!(error, FileError::Folder(_)), "{error:?}");
    let error = read_picture(&folder.path().join("none.png"), Limits::default()).unwrap_err();
    assert!(matches!(error, FileError::Read { .. }), "{error:?}");
    assert!(error.to_string().contains("none.png"));
}

#[test]
fn formats_that_cannot_be_read_are_refused_by_name() {
    let heads: [(&[u8], &str); 6] = [
        (b"8BPS\0\x01", "Photoshop"),
        (b"\0\0\0\x0CjP  \r\n\x87\n", "JPEG 2000"),
        (b"v/1\x01\x02\0\0\0", "OpenEXR"),
        (b"#?RADIANCE\n", "Radiance HDR"),
        (b"\0\0\x01\0\x01\0", "ICO"),
        (b"%PDF-1.7", "PDF"),
    ];
    for (head, expected) in heads {
        let error = decode(head).unwrap_err();
        assert!(matches!(error, DecodeError::UnsupportedFormat(name) if name == expected));
        assert!(error.to_string().contains(expected));
    }
}

#[test]
fn a_heic_picture_is_refused_with_a_way_to_convert_it() {
    let heads: [&[u8]; 3] = [
        b"\0\0\0\x18ftypheic\0\0\0\0mif1heic",
        b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic",
        b"\0\0\0\x10ftyphevx\0\0\0\0",
    ];
    for head in heads {
        let error = decode(head).unwrap_err();
        assert_eq!(error, DecodeError::Heic);
        let text = error.to_string();
        assert!(text.contains("HEIC") && text.contains("convert"), "{text}");
    }
}

#[test]
fn a_file_over_the_limits_is_refused_before_it_is_read_whole() {
    // A header, and then nothing: whoever reads on finds that it is cut off.
    let folder = tempfile::tempdir().unwrap();
    let path = put(folder.path(), "large.png", &claim(60_000, 60_000)[..40]);
    let error = read_picture(&path, Limits::default()).unwrap_err();
    let FileError::Decode { source, .. } = error else { panic!("{error:?}") };
    assert!(matches!(source, DecodeError::TooLarge { width: 60_000, height: 60_000, .. }));
    let mut jpeg = encoded(&speckled(16, 16, true), PictureFormat::Jpeg);
    let frame = jpeg.windows(2).position(|pair| pair == [0xFF, 0xC0]).unwrap();
    jpeg[frame + 5..frame + 9].fill(0xFE);
    let path = put(folder.path(), "large.jpg", &jpeg[..frame + 12]);
    let error = read_picture(&path, Limits::default()).unwrap_err();
    let FileError::Decode { source, .. } = error else { panic!("{error:?}") };
    assert!(matches!(source, DecodeError::TooLarge { width: 0xFEFE, height: 0xFEFE, .. }));
}

/// A PNG that claims this size and holds next to nothing.
fn claim(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(ColorType::Rgba);
    encoder.set_depth(BitDepth::Sixteen);
    let mut writer = encoder.write_header().unwrap();
    writer.write_chunk(png::chunk::IDAT, &[0x78, 0x9C, 0x03, 0x00]).unwrap();
    drop(writer);
    bytes
}

#[track_caller]
fn assert_too_large(bytes: &[u8], limits: Limits) {
    let error = decode_picture(bytes, limits).unwrap_err();
    assert!(matches!(error, DecodeError::TooLarge { .. }), "{error:?}");
}

#[test]
fn a_png_that_claims_too_much_is_refused_before_anything_is_allocated() {
    // 29 GB, if it were believed.
    assert_too_large(&claim(60_000, 60_000), Limits::default());
    assert_too_large(&claim(65_536, 1), Limits::default());
    assert_too_large(&claim(1, 2_000_000_000), Limits::default());
    assert!(decode(&claim(u32::MAX >> 1, u32::MAX >> 1)).is_err());
}

#[test]
fn a_jpeg_and_a_webp_that_claim_too_much_are_refused_too() {
    let mut jpeg = encoded(&speckled(16, 16, true), PictureFormat::Jpeg);
    let frame = jpeg.windows(2).position(|pair| pair == [0xFF, 0xC0]).unwrap();
    jpeg[frame + 5..frame + 9].fill(0xFF);
    assert_too_large(&jpeg, Limits::default());
    let mut webp = encoded(&speckled(16, 16, true), PictureFormat::WebP);
    let data = webp.windows(4).position(|name| name == b"VP8L").unwrap() + 9;
    // 16383 a side, less one, in two fields of 14 bits.
    webp[data..data + 3].copy_from_slice(&[0xFE, 0xBF, 0xFF]);
    webp[data + 3] |= 0x0F;
    assert_too_large(&webp, Limits::default());
}

#[test]
fn limits_hold_to_the_pixel() {
    let bytes = encoded(&speckled(40, 30, true), PictureFormat::Png);
    let limits = |max_side, max_pixels| Limits { max_side, max_pixels };
    assert!(decode_picture(&bytes, limits(40, 1200)).is_ok());
    assert_too_large(&bytes, limits(39, 1200));
    assert_too_large(&bytes, limits(40, 1199));
    let text = decode_picture(&bytes, limits(39, 5_000_000)).unwrap_err().to_string();
    assert!(
        text.contains("40x30") && text.contains("39") && text.contains("5 megapixels"),
        "{text}"
    );
}
