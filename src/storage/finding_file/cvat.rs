//! Writing CVAT's XML for images, version 1.1. The origin is ours, the outer corner of the first
//! pixel.
//!
//! A finding that belongs to both sides stands on both pictures, others on their own side's; its
//! number is the group of its shapes. A pin is `points`, a stroke and an arrow are `polyline`s, the
//! latter from its tail to its tip.

use std::fmt::{self, Display, Formatter, Write as _};

use super::{
    picture_names,
    placed::{Placed, Places},
    text::{kind, label, name, shortest},
};
use crate::{
    document::{Belongs, Confidence, Document},
    geometry::{ImagePoint, Shape, ShapeKind},
};

/// An attribute of every label: its name, what kind of input it is, the default and the values that
/// there are, as the program lists them.
struct Attribute {
    name: &'static str,
    input: &'static str,
    default: &'static str,
    values: String,
    of: fn(&Placed<'_>) -> String,
}

fn attributes() -> Vec<Attribute> {
    let lines = |values: &[&str]| values.join("\n");
    let attribute =
        |name, input, default, values, of| Attribute { name, input, default, values, of };
    vec![
        // The least, the greatest and the step.
        attribute("severity", "number", "0", lines(&["0", "4", "1"]), |placed| {
            placed.finding.severity.level().to_string()
        }),
        attribute(
            "confidence",
            "select",
            Confidence::Probable.name(),
            lines(&Confidence::ALL.map(Confidence::name)),
            |placed| placed.finding.confidence.name().to_owned(),
        ),
        attribute("side", "select", "A", lines(&Belongs::ALL.map(Belongs::name)), |placed| {
            placed.finding.belongs.name().to_owned()
        }),
        attribute("drawn_on", "select", "A", lines(&["A", "B"]), |placed| {
            placed.finding.on.to_string()
        }),
        attribute("mapped", "checkbox", "false", lines(&["true", "false"]), |placed| {
            placed.is_mapped.to_string()
        }),
        attribute("kind", "select", "defect", lines(&["defect", "strength"]), |placed| {
            kind(placed.finding).to_owned()
        }),
        attribute("shape", "select", "box", lines(&ShapeKind::ALL.map(ShapeKind::name)), |p| {
            p.finding.kind().name().to_owned()
        }),
        attribute("number", "text", "", String::new(), |placed| placed.number.to_string()),
        attribute("name", "text", "", String::new(), |placed| name(placed.finding).to_owned()),
        attribute("note", "text", "", String::new(), |placed| placed.finding.note.clone()),
    ]
}

/// The whole file.
pub(super) fn write(document: &Document) -> String {
    let (places, attributes) = (Places::of(document), attributes());
    let mut xml = Xml::default();
    xml.open("annotations", &[]);
    xml.element("version", &[], "1.1");
    meta(&mut xml, document, &attributes);
    let names = picture_names(&document.sources);
    let pictures = document.sources.iter();
    let pictures = pictures.filter_map(|(side, source)| Some((side, source.as_ref()?)));
    for (id, (side, source)) in (0_usize..).zip(pictures) {
        let (width, height) = (source.width.to_string(), source.height.to_string());
        let id = id.to_string();
        xml.open(
            "image",
            &[("id", &id), ("name", &names[side]), ("width", &width), ("height", &height)],
        );
        for placed in places.own(side) {
            shape(&mut xml, &placed, &attributes);
        }
        xml.close("image");
    }
    xml.close("annotations");
    xml.text
}

fn meta(xml: &mut Xml, document: &Document, attributes: &[Attribute]) {
    let n_pictures = document.sources.iter().filter(|(_, source)| source.is_some()).count();
    let mut labels: Vec<&str> = document.findings.iter().map(label).collect();
    labels.sort_unstable();
    labels.dedup();
    xml.open("meta", &[]);
    xml.open("task", &[]);
    xml.element("name", &[], "Findings of two renders of one face");
    xml.element("size", &[], &n_pictures.to_string());
    xml.element("mode", &[], "annotation");
    xml.open("labels", &[]);
    for label in labels {
        xml.open("label", &[]);
        xml.element("name", &[], label);
        xml.element("type", &[], "any");
        xml.open("attributes", &[]);
        for attribute in attributes {
            xml.open("attribute", &[]);
            xml.element("name", &[], attribute.name);
            xml.element("mutable", &[], "False");
            xml.element("input_type", &[], attribute.input);
            xml.element("default_value", &[], attribute.default);
            xml.element("values", &[], &attribute.values);
            xml.close("attribute");
        }
        xml.close("attributes");
        xml.close("label");
    }
    xml.close("labels");
    xml.close("task");
    xml.close("meta");
}

fn shape(xml: &mut Xml, placed: &Placed<'_>, attributes: &[Attribute]) {
    let (tag, places) = geometry(&placed.shape);
    let number = placed.number.to_string();
    let common = [
        ("label", label(placed.finding)),
        ("source", "manual"),
        ("occluded", "0"),
        ("z_order", "0"),
        ("group_id", number.as_str()),
    ];
    let places = places.iter().map(|(key, value)| (*key, value.as_str()));
    let all: Vec<(&str, &str)> = common.into_iter().chain(places).collect();
    xml.open(tag, &all);
    for attribute in attributes {
        xml.element("attribute", &[("name", attribute.name)], &(attribute.of)(placed));
    }
    xml.close(tag);
}

/// The element of a shape and the attributes that say where it is.
fn geometry(shape: &Shape) -> (&'static str, Vec<(&'static str, String)>) {
    let points = |points: &[ImagePoint]| {
        let points = points.iter().map(|at| format!("{},{}", shortest(at.x), shortest(at.y)));
        vec![("points", points.collect::<Vec<_>>().join(";"))]
    };
    match shape {
        Shape::Pin(at) => ("points", points(&[*at])),
        Shape::Box(area) => {
            let edges = [area.min.x, area.min.y, area.max.x, area.max.y].map(shortest);
            ("box", ["xtl", "ytl", "xbr", "ybr"].into_iter().zip(edges).collect())
        }
        Shape::Ellipse(area) => {
            let (middle, rx, ry) = (area.center(), area.width() / 2.0, area.height() / 2.0);
            let values = [middle.x, middle.y, rx, ry].map(shortest);
            ("ellipse", ["cx", "cy", "rx", "ry"].into_iter().zip(values).collect())
        }
        Shape::Polygon(corners) => ("polygon", points(corners)),
        Shape::Stroke(along) => ("polyline", points(along)),
        Shape::Arrow(tail, tip) => ("polyline", points(&[*tail, *tip])),
    }
}

/// A text of elements, one a line, indented.
struct Xml {
    text: String,
    depth: usize,
}

impl Default for Xml {
    fn default() -> Self {
        Self { text: "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n".to_owned(), depth: 0 }
    }
}

impl Xml {
    fn open(&mut self, tag: &str, attributes: &[(&str, &str)]) {
        let start = Start(tag, attributes);
        writeln!(self.text, "{:1$}{start}", "", 2 * self.depth).ok();
        self.depth += 1;
    }

    fn close(&mut self, tag: &str) {
        self.depth = self.depth.saturating_sub(1);
        writeln!(self.text, "{:1$}</{tag}>", "", 2 * self.depth).ok();
    }

    fn element(&mut self, tag: &str, attributes: &[(&str, &str)], content: &str) {
        let start = Start(tag, attributes);
        let content = Escaped(content);
        writeln!(self.text, "{:1$}{start}{content}</{tag}>", "", 2 * self.depth).ok();
    }
}

/// The tag that an element begins with.
struct Start<'a>(&'a str, &'a [(&'a str, &'a str)]);

impl Display for Start<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "<{}", self.0)?;
        for (name, value) in self.1 {
            write!(f, " {name}=\"{}\"", Escaped(value))?;
        }
        f.write_str(">")
    }
}

/// A text as it may stand between tags and in quotes. Blanks other than spaces are written by number,
/// or they would be read as spaces or lost; what no XML file can hold becomes U+FFFD.
struct Escaped<'a>(&'a str);

impl Display for Escaped<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        for c in self.0.chars() {
            match c {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                '\t' | '\n' | '\r' => write!(f, "&#{};", u32::from(c))?,
                '\0'..'\u{20}' | '\u{fffe}' | '\u{ffff}' => f.write_char('\u{fffd}')?,
                _ => f.write_char(c)?,
            }
        }
        Ok(())
    }
}
