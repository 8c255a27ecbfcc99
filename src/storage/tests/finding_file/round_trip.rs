//! Whatever is written for labelme comes back as it was.

use proptest::prelude::*;

use super::{Lie, at, document};
use crate::{
    document::{Belongs, Code, Confidence, Finding, FindingId, PerSide, Severity, Side},
    geometry::{ImagePoint, Rect, Shape},
    storage::{FindingFormat, read_finding_pair, write_findings},
};

fn place() -> impl Strategy<Value = ImagePoint> {
    (-30.0..900.0_f64, -30.0..700.0_f64).prop_map(|(x, y)| at(x, y))
}

fn area() -> impl Strategy<Value = Rect<crate::geometry::Image>> {
    (place(), 0.01..300.0_f64, 0.01..300.0_f64)
        .prop_map(|(min, width, height)| Rect::new(min, min.offset(width, height)))
}

fn shape() -> impl Strategy<Value = Shape> {
    prop_oneof![
        place().prop_map(Shape::Pin),
        area().prop_map(Shape::Box),
        area().prop_map(Shape::Ellipse),
        prop::collection::vec(place(), 3..8).prop_map(Shape::Polygon),
        prop::collection::vec(place(), 2..8).prop_map(Shape::Stroke),
        (place(), place()).prop_map(|(tail, tip)| Shape::Arrow(tail, tip)),
    ]
    .prop_filter("sound", Shape::is_sound)
}

fn words() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-zÄéß歯🦷 \"'\\\\\n\r\t=:,;<&/.]{0,12}",
        Just("unnamed".to_owned()),
        Just("diptych: on=A belongs=both".to_owned()),
        Just("a\ndiptych: severity=9\nb".to_owned()),
    ]
}

fn code() -> impl Strategy<Value = Option<Code>> {
    let code = (words(), words(), words()).prop_map(|(code, name, strength)| Code {
        code,
        name,
        strength,
    });
    prop::option::of(code)
}

fn finding() -> impl Strategy<Value = Finding> {
    let side = prop::sample::select(Side::BOTH.to_vec());
    let belongs = prop::sample::select(Belongs::ALL.to_vec());
    let severity = prop::sample::select(Severity::ALL.to_vec());
    let confidence = prop::sample::select(Confidence::ALL.to_vec());
    let judged = (severity, confidence, any::<bool>());
    (side, belongs, shape(), code(), judged, words()).prop_map(
        |(on, belongs, shape, code, (severity, confidence, is_strength), note)| Finding {
            belongs,
            code,
            confidence,
            is_strength,
            note,
            ..Finding::drawn(on, shape, severity)
        },
    )
}

fn without_ids(findings: &[Finding]) -> Vec<Finding> {
    findings.iter().map(|finding| Finding { id: FindingId(0), ..finding.clone() }).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn both_files_together_lose_nothing(
        findings in prop::collection::vec(finding(), 0..8),
        lie in prop::sample::select(Lie::ALL.to_vec()),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let document = document(lie, findings);
        let files = write_findings(&document, FindingFormat::Labelme, folder.path()).unwrap();
        let paths = PerSide::new(Some(files[0].as_path()), Some(files[1].as_path()));
        let read = read_finding_pair(paths).unwrap();
        prop_assert_eq!(read.warnings, Vec::<String>::new());
        prop_assert_eq!(read.findings, without_ids(&document.findings));
        let sizes = document.sources.as_ref().map(|s| s.as_ref().map(|s| (s.width, s.height)));
        prop_assert_eq!(read.sizes, sizes);
    }

    #[test]
    fn any_text_is_read_or_refused(text in "[\\[\\]{}\",:a-z0-9. -]{0,60}", points in "[\\[\\],0-9e.-]{0,20}") {
        let folder = tempfile::tempdir().unwrap();
        let shape = format!("{{\"shapes\":[{{\"label\":\"x\",\"points\":{points}}}]}}");
        for text in [text, shape] {
            let path = crate::storage::tests::put(folder.path(), "x.json", text.as_bytes());
            let read = crate::storage::read_findings(&path, Side::B);
            prop_assert!(read.is_err() || read.unwrap().findings.iter().all(|f| f.shape.is_sound()));
        }
    }
}
