//! CVAT's XML.

use roxmltree::{Document as Xml, Node};

use super::{Lie, assert_near, at, document, finding, findings_of_both, shapes, written};
use crate::{
    document::{Belongs, Code, Finding, Side},
    geometry::{ImagePoint, Shape},
    storage::FindingFormat,
};

fn children<'a>(node: Node<'a, 'a>, tag: &'static str) -> Vec<Node<'a, 'a>> {
    node.children().filter(|child| child.has_tag_name(tag)).collect()
}

fn images<'a>(xml: &'a Xml<'a>) -> Vec<Node<'a, 'a>> {
    children(xml.root_element(), "image")
}

fn number(node: Node<'_, '_>, name: &str) -> f64 {
    node.attribute(name).unwrap().parse().unwrap()
}

fn points(node: Node<'_, '_>) -> Vec<ImagePoint> {
    let pairs = node.attribute("points").unwrap().split(';');
    let point = |pair: &str| {
        let (x, y) = pair.split_once(',').unwrap();
        at(x.parse().unwrap(), y.parse().unwrap())
    };
    pairs.map(point).collect()
}

fn attribute<'a>(shape: Node<'a, 'a>, name: &str) -> &'a str {
    let found =
        children(shape, "attribute").into_iter().find(|a| a.attribute("name") == Some(name));
    found.unwrap().text().unwrap_or_default()
}

#[test]
fn every_shape_is_its_element() {
    let text = &written(&document(Lie::Upright, findings_of_both()), FindingFormat::Cvat)[0];
    let xml = Xml::parse(text).unwrap();
    let images = images(&xml);
    let said =
        images.iter().map(|i| ["id", "name", "width", "height"].map(|n| i.attribute(n).unwrap()));
    assert_eq!(
        said.collect::<Vec<_>>(),
        [["0", "left.png", "320", "240"], ["1", "right.jpg", "800", "640"]]
    );
    for (idx, image) in images.iter().enumerate() {
        let place = |p: ImagePoint| if idx == 0 { p } else { Lie::Upright.b_of(p) };
        let elements: Vec<_> = image.children().filter(Node::is_element).collect();
        let tags: Vec<_> = elements.iter().map(|e| e.tag_name().name()).collect();
        assert_eq!(tags, ["points", "box", "ellipse", "polygon", "polyline", "polyline"]);
        for ((n, element), shape) in (1..).zip(&elements).zip(shapes()) {
            assert_eq!(element.attribute("group_id"), Some(n.to_string().as_str()));
            for (name, value) in
                [("label", "TEE-A3"), ("occluded", "0"), ("z_order", "0"), ("source", "manual")]
            {
                assert_eq!(element.attribute(name), Some(value));
            }
            let number = |name| number(*element, name);
            match shape {
                Shape::Box(area) => {
                    let found =
                        [at(number("xtl"), number("ytl")), at(number("xbr"), number("ybr"))];
                    assert_near(&found, &[area.min, area.max].map(place));
                }
                Shape::Ellipse(area) => {
                    let (middle, edge) = (place(area.center()), place(area.max));
                    let found = [at(number("cx"), number("cy")), at(number("rx"), number("ry"))];
                    assert_near(&found, &[middle, at(edge.x - middle.x, edge.y - middle.y)]);
                }
                shape => {
                    let corners: Vec<_> = shape.corners().into_iter().map(place).collect();
                    assert_near(&points(*element), &corners);
                }
            }
        }
    }
}

#[test]
fn labels_and_their_attributes_are_declared() {
    let text = &written(&document(Lie::SameGrid, findings_of_both()), FindingFormat::Cvat)[0];
    let xml = Xml::parse(text).unwrap();
    assert_eq!(children(xml.root_element(), "version")[0].text(), Some("1.1"));
    let labels: Vec<_> = xml.descendants().filter(|node| node.has_tag_name("label")).collect();
    assert_eq!(labels.len(), 1);
    let declared: Vec<_> = labels[0]
        .descendants()
        .filter(|node| node.has_tag_name("attribute"))
        .map(|node| children(node, "name")[0].text().unwrap())
        .collect();
    let shape = images(&xml)[0].first_element_child().unwrap();
    let used: Vec<_> =
        children(shape, "attribute").iter().map(|a| a.attribute("name").unwrap()).collect();
    assert_eq!(declared, used);
    let said = ["severity", "confidence", "side", "drawn_on", "kind"].map(|n| attribute(shape, n));
    assert_eq!(said, ["3", "clear", "both", "A", "defect"]);
}

#[test]
fn any_words_survive_the_xml() {
    let words = "<Zähne> & \"歯\" 'x' ]]>\t🦷\r\nsecond ";
    let code = Code { code: "a<b>&\"\n\tc".into(), name: words.into(), strength: String::new() };
    let drawn = Finding {
        code: Some(code),
        note: format!("{words}\u{1}\u{ffff}"),
        ..finding(Side::A, Belongs::To(Side::A), shapes().remove(0))
    };
    let mut document = document(Lie::SameGrid, vec![drawn]);
    document.sources.a.as_mut().unwrap().path = "pictures/<é>&\"'.png".into();
    let text = &written(&document, FindingFormat::Cvat)[0];
    let xml = Xml::parse(text).unwrap();
    let image = images(&xml)[0];
    assert_eq!(image.attribute("name"), Some("<é>&\"'.png"));
    let shape = image.first_element_child().unwrap();
    assert_eq!(shape.attribute("label"), Some("a<b>&\"\n\tc"));
    assert_eq!(attribute(shape, "name"), words);
    assert_eq!(attribute(shape, "note"), format!("{words}\u{fffd}\u{fffd}"));
}

#[test]
fn a_finding_of_the_other_side_stands_there() {
    let drawn = finding(Side::A, Belongs::To(Side::B), shapes().remove(1));
    let text = &written(&document(Lie::Turned, vec![drawn]), FindingFormat::Cvat)[0];
    let xml = Xml::parse(text).unwrap();
    let images = images(&xml);
    assert!(images[0].first_element_child().is_none());
    let shape = images[1].first_element_child().unwrap();
    assert_eq!(shape.tag_name().name(), "polygon", "a turned box is no box");
    assert_eq!((attribute(shape, "mapped"), attribute(shape, "shape")), ("true", "box"));
    let corners = shapes().remove(1).corners().into_iter().map(|p| Lie::Turned.b_of(p));
    assert_near(&points(shape), &corners.collect::<Vec<_>>());
}
