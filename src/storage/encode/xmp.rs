//! What a card says of itself as XMP, which travels in every format.

use super::{Metadata, PROGRAM, session_words};

/// IPTC's vocabulary of where a picture comes from; its terms are named by address.
const SOURCE_TYPES: &str = "http://cv.iptc.org/newscodes/digitalsourcetype/";

/// The packet, the same bytes for the same metadata.
pub(super) fn packet(metadata: &Metadata) -> String {
    let mut properties = String::new();
    if !metadata.alt_text.is_empty() {
        let text = escaped(&metadata.alt_text);
        for name in ["dc:description", "Iptc4xmpCore:AltTextAccessibility"] {
            let words =
                format!("<rdf:Alt><rdf:li xml:lang=\"x-default\">{text}</rdf:li></rdf:Alt>");
            push(&mut properties, name, &words);
        }
    }
    if let Some(words) = session_words(metadata) {
        push(&mut properties, "dc:source", &escaped(&words));
    }
    push(&mut properties, "xmp:CreatorTool", &escaped(PROGRAM));
    if let Some(kind) = &metadata.digital_source_type {
        let address = escaped(&format!("{SOURCE_TYPES}{kind}"));
        push(&mut properties, "Iptc4xmpExt:DigitalSourceType", &address);
    }
    format!(
        "<?xpacket begin=\"\u{FEFF}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n\
         <x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n\
         <rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n\
         <rdf:Description rdf:about=\"\"\n \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\"\n \
         xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\"\n \
         xmlns:Iptc4xmpCore=\"http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/\"\n \
         xmlns:Iptc4xmpExt=\"http://iptc.org/std/Iptc4xmpExt/2008-02-29/\">\n\
         {properties}\
         </rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"r\"?>"
    )
}

fn push(properties: &mut String, name: &str, value: &str) {
    for part in ["<", name, ">", value, "</", name, ">\n"] {
        properties.push_str(part);
    }
}

/// The text as XML's character data, without the characters that XML cannot hold.
fn escaped(text: &str) -> String {
    let mut xml = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => xml.push_str("&amp;"),
            '<' => xml.push_str("&lt;"),
            '>' => xml.push_str("&gt;"),
            // A reader would take it for a line's end.
            '\r' => xml.push_str("&#13;"),
            '\t' | '\n' | ' '..='\u{FFFD}' | '\u{10000}'.. => xml.push(letter),
            _ => (),
        }
    }
    xml
}
