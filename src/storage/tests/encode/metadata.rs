//! What a card's file says of itself, read by another XML reader.

use roxmltree::Document as Xml;

use super::{
    FORMATS,
    chunks::{of_jpeg, of_png, of_webp, only},
};
use crate::storage::{
    Encoding, Metadata, PictureFormat, encode_card, encode_picture,
    tests::{decode, speckled},
};

const HASH: &str = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
const DC: &str = "http://purl.org/dc/elements/1.1/";
const XMP: &str = "http://ns.adobe.com/xap/1.0/";
const CORE: &str = "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/";
const EXTENSION: &str = "http://iptc.org/std/Iptc4xmpExt/2008-02-29/";
const RDF: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
const XML: &str = "http://www.w3.org/XML/1998/namespace";

fn said(alt_text: &str, kind: Option<&str>) -> Metadata {
    Metadata {
        alt_text: alt_text.into(),
        digital_source_type: kind.map(Into::into),
        session_sha256: Some(HASH.into()),
    }
}

fn card(format: PictureFormat, metadata: &Metadata) -> Vec<u8> {
    let encoding = Encoding { format, optimise: false, max_bytes: None };
    let card = encode_card(&speckled(31, 21, true), &encoding, metadata).unwrap();
    assert_eq!(card.note, None);
    card.bytes
}

/// The XMP packet of a file.
fn packet(format: PictureFormat, file: &[u8]) -> String {
    let packet = match format {
        PictureFormat::Png => {
            let text = only(&of_png(file), "iTXt");
            // Keyword, not compressed, no language, no translated keyword.
            text.strip_prefix(b"XML:com.adobe.xmp\0\0\0\0\0").unwrap()
        }
        PictureFormat::Jpeg => {
            let segments = of_jpeg(file);
            let mut all = segments.iter().filter(|(marker, _)| *marker == 0xE1);
            all.find_map(|(_, data)| data.strip_prefix(b"http://ns.adobe.com/xap/1.0/\0")).unwrap()
        }
        PictureFormat::WebP => only(&of_webp(file), "XMP "),
    };
    String::from_utf8(packet.to_vec()).unwrap()
}

/// What a packet says of a property, its only item's text where it is in several languages.
fn property(packet: &str, namespace: &str, name: &str) -> Option<String> {
    let xml = Xml::parse(packet).unwrap();
    let wrapper = xml.root_element();
    assert!(wrapper.has_tag_name(("adobe:ns:meta/", "xmpmeta")));
    let description = xml.descendants().find(|node| node.has_tag_name((RDF, "Description")))?;
    assert_eq!(description.attribute((RDF, "about")), Some(""));
    let node = description.children().find(|node| node.has_tag_name((namespace, name)))?;
    let item = node.descendants().find(|node| node.has_tag_name((RDF, "li")));
    if let Some(item) = item {
        assert!(item.parent().unwrap().has_tag_name((RDF, "Alt")));
        assert_eq!(item.attribute((XML, "lang")), Some("x-default"));
    }
    Some(item.unwrap_or(node).text().unwrap_or_default().to_owned())
}

#[test]
fn every_format_says_what_it_shows_where_it_is_from_and_what_made_it() {
    let program = format!("Diptych {}", env!("CARGO_PKG_VERSION"));
    let metadata = said("A face, twice.", Some("compositeSynthetic"));
    for format in FORMATS {
        let packet = packet(format, &card(format, &metadata));
        let says = |namespace, name| property(&packet, namespace, name).unwrap();
        assert_eq!(says(DC, "description"), "A face, twice.", "{}", format.name());
        assert_eq!(says(CORE, "AltTextAccessibility"), "A face, twice.");
        assert_eq!(says(XMP, "CreatorTool"), program);
        assert_eq!(says(DC, "source"), format!("Diptych session SHA-256 {HASH}"));
        let kind = "http://cv.iptc.org/newscodes/digitalsourcetype/compositeSynthetic";
        assert_eq!(says(EXTENSION, "DigitalSourceType"), kind);
    }
}

#[test]
fn what_is_not_known_is_not_said() {
    for format in FORMATS {
        let packet = packet(format, &card(format, &said("", None)));
        for (namespace, name) in
            [(DC, "description"), (CORE, "AltTextAccessibility"), (EXTENSION, "DigitalSourceType")]
        {
            assert_eq!(property(&packet, namespace, name), None, "{name}");
        }
        assert!(property(&packet, DC, "source").is_some());
    }
}

#[test]
fn words_of_any_letters_come_back_without_what_xml_cannot_hold() {
    let cases = [
        ("a <b> & \"c\" 'd' ]]> &amp; <?e?> <!-- f", "a <b> & \"c\" 'd' ]]> &amp; <?e?> <!-- f"),
        (
            "שלום \u{202B}ab\u{202C} Zähne 歯 \u{1F9B7}",
            "שלום \u{202B}ab\u{202C} Zähne 歯 \u{1F9B7}",
        ),
        ("a\u{0}b\u{1}c\u{1B}d\u{FFFE}e\u{FFFF}f\u{FFFD}\u{85}", "abcdef\u{FFFD}\u{85}"),
        ("one\ntwo\tthree\rfour", "one\ntwo\tthree\rfour"),
    ];
    for format in FORMATS {
        for (written, expected) in cases {
            let packet = packet(format, &card(format, &said(written, Some("a&b"))));
            assert_eq!(property(&packet, DC, "description").as_deref(), Some(expected));
            let kind = property(&packet, EXTENSION, "DigitalSourceType").unwrap();
            assert!(kind.ends_with("/a&b"), "{kind}");
        }
    }
}

#[test]
fn the_longest_alt_text_of_the_widest_letters_fits_into_every_format() {
    let text = "\u{1F9B7}".repeat(1000);
    for format in FORMATS {
        let packet = packet(format, &card(format, &said(&text, None)));
        assert_eq!(property(&packet, DC, "description"), Some(text.clone()));
    }
}

#[test]
fn a_png_names_program_and_session_in_texts_of_its_own_and_says_srgb() {
    let file = card(PictureFormat::Png, &said("words", None));
    let chunks = of_png(&file);
    let program = format!("Software\0Diptych {}", env!("CARGO_PKG_VERSION"));
    let texts: Vec<_> = chunks.iter().filter(|(name, _)| name == "tEXt").collect();
    assert_eq!(texts.len(), 2);
    assert_eq!(texts[0].1, program.as_bytes());
    assert_eq!(texts[1].1, format!("Diptych session SHA-256\0{HASH}").as_bytes());
    assert_eq!(only(&chunks, "sRGB"), [1]);
    // Before the pixels, so that a reader need not go through them.
    let at = |wanted: &str| chunks.iter().position(|(name, _)| name == wanted).unwrap();
    assert!(at("sRGB") < at("IDAT") && at("iTXt") < at("IDAT"));
}

#[test]
fn a_jpeg_names_its_session_in_a_comment_and_says_srgb_in_exif() {
    let file = card(PictureFormat::Jpeg, &said("words", None));
    let segments = of_jpeg(&file);
    let comment = only(&segments, 0xFE);
    assert_eq!(comment, format!("Diptych session SHA-256 {HASH}").as_bytes());
    assert!(segments[0].0 == 0xE0 && segments[0].1.starts_with(b"JFIF\0"), "JFIF comes first");
    let exif = segments[1].1.strip_prefix(b"Exif\0\0").unwrap();
    let u16_at = |at: usize| u16::from_be_bytes(exif[at..at + 2].try_into().unwrap());
    let u32_at = |at: usize| u32::from_be_bytes(exif[at..at + 4].try_into().unwrap()) as usize;
    // The value of a tag in the directory at a place, as it stands.
    let value_of = |directory: usize, tag: u16| {
        let entries = (0..usize::from(u16_at(directory))).map(|n| directory + 2 + 12 * n);
        entries.into_iter().find(|at| u16_at(*at) == tag).map(|at| at + 8).unwrap()
    };
    assert_eq!(&exif[..4], b"MM\0*");
    let inner = u32_at(value_of(u32_at(4), 0x8769));
    assert_eq!(u16_at(value_of(inner, 0xA001)), 1, "the colours are sRGB");
    assert_eq!(&exif[value_of(inner, 0x9000)..][..4], b"0232");
    assert_eq!(exif.len(), inner + 2 + 2 * 12 + 4, "nothing else is said");
}

#[test]
fn a_webp_says_what_it_holds_in_its_header() {
    for is_opaque in [true, false] {
        let encoding =
            Encoding { format: PictureFormat::WebP, optimise: false, max_bytes: Some(10_000) };
        let picture = speckled(300, 21, is_opaque);
        let file = encode_card(&picture, &encoding, &said("odd", None)).unwrap().bytes;
        let chunks = of_webp(&file);
        let names: Vec<&str> = chunks.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["VP8X", "VP8L", "XMP "]);
        let flags = if is_opaque { 0x04 } else { 0x14 };
        assert_eq!(chunks[0].1, [flags, 0, 0, 0, 43, 1, 0, 20, 0, 0]);
        assert_eq!(decode(&file).unwrap().picture, picture);
    }
}

#[test]
fn what_a_file_says_leaves_its_pixels_alone() {
    let picture = speckled(31, 21, true);
    for format in FORMATS {
        let plain = decode(&encode_picture(&picture, format).unwrap()).unwrap();
        let card = decode(&card(format, &said("Some words", Some("trainedAlgorithmicMedia"))));
        let card = card.unwrap();
        assert_eq!(card.picture, plain.picture, "{}", format.name());
        assert_eq!(card.info.warnings, Vec::<String>::new());
    }
}

#[test]
fn more_words_than_a_jpeg_holds_are_refused_in_one_sentence() {
    let metadata = said(&"x".repeat(40_000), None);
    let encode = |format| {
        let encoding = Encoding { format, optimise: false, max_bytes: None };
        encode_card(&speckled(4, 4, true), &encoding, &metadata)
    };
    let error = encode(PictureFormat::Jpeg).unwrap_err().to_string();
    assert!(error.contains("jpeg") && error.contains("alt text is too long"), "{error}");
    assert!(encode(PictureFormat::Png).is_ok() && encode(PictureFormat::WebP).is_ok());
}
