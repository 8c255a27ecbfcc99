//! `check`: sources, fairness, protocol.

use super::Place;

#[test]
fn a_session_is_checked_and_a_changed_source_is_told() {
    let place = Place::with_session(4, &["--label-a", "one", "--label-b", "two"]);
    let report = place.json(&["check", "s.diptych.ron", "--json"]);
    let sources = report["sources"].as_array().unwrap();
    assert_eq!(sources.len(), 2);
    for (source, side) in sources.iter().zip(["A", "B"]) {
        assert_eq!(
            (source["side"].as_str(), source["matches"].as_bool()),
            (Some(side), Some(true))
        );
    }
    let protocol = report["protocol"].as_array().unwrap();
    assert_eq!(protocol.len(), 6);
    let pass = |name: &str| {
        let check = protocol.iter().find(|check| check["check"] == name).unwrap();
        assert!(!check["figure"].as_str().unwrap().is_empty());
        check["pass"].clone()
    };
    assert_eq!(pass("labelled"), serde_json::Value::Bool(true));
    assert_eq!(pass("one variable"), serde_json::Value::Null);
    assert!(report["fairness"]["matches_resolution"].is_boolean());
    std::fs::write(place.join("b.png"), b"another file").unwrap();
    let report = place.json(&["check", "s.diptych.ron", "--json"]);
    assert_eq!(report["sources"][1]["matches"], serde_json::Value::Bool(false));
    assert_ne!(report["sources"][1]["sha256_now"], report["sources"][1]["sha256"]);
    std::fs::remove_file(place.join("b.png")).unwrap();
    let said = place.run(&["check", "s.diptych.ron"]);
    assert_eq!(said.status, 0, "{}", said.stderr);
    assert!(said.stdout.contains("cannot be read"), "{}", said.stdout);
    assert!(said.stdout.contains("labelled: yes"), "{}", said.stdout);
}
