//! Which format a file is.

use std::path::Path;

use super::{SIZES, nameless, read};
use crate::storage::{
    LandmarkFileError, LandmarkFormat, TemplateMap, read_landmarks, write_landmarks,
};

#[test]
fn names_and_extensions_tell_the_format() {
    for format in LandmarkFormat::ALL.iter().copied() {
        assert_eq!(LandmarkFormat::from_name(format.name()), Some(format));
        assert!(!format.extensions().is_empty(), "{format:?}");
    }
    let told = |name: &str| LandmarkFormat::for_path(Path::new(name));
    assert_eq!(told("dir/points.CSV"), Some(LandmarkFormat::Csv));
    assert_eq!(told("a.b.mrk.json"), Some(LandmarkFormat::Slicer));
    assert_eq!(told("F.json"), Some(LandmarkFormat::Slicer));
    assert_eq!(told("x.pts"), Some(LandmarkFormat::Pts));
    assert_eq!([told("points.txt"), told(".csv"), told("csv"), told("")], [None; 4]);
    assert_eq!(LandmarkFormat::from_name("CSV "), None);
}

#[test]
fn sides_and_writing_are_known() {
    let which = |is: fn(LandmarkFormat) -> bool| -> Vec<&str> {
        LandmarkFormat::ALL.iter().filter(|format| is(**format)).map(|f| f.name()).collect()
    };
    assert_eq!(which(LandmarkFormat::is_two_sided), ["csv", "bigwarp", "tps"]);
    assert_eq!(which(|format| !format.can_write()), ["pts"]);
}

#[test]
fn other_extensions_and_missing_files_are_refused() {
    let error = read("points.txt", "name,ax,ay,bx,by\n").unwrap_err();
    assert!(matches!(error, LandmarkFileError::UnknownFormat(_)));
    let words = "use one of .csv, .tem, .tps, .mrk.json, .pts";
    assert!(error.to_string().ends_with(words), "{error}");
    let folder = tempfile::tempdir().unwrap();
    let missing = read_landmarks(&folder.path().join("none.csv"), None, SIZES);
    assert!(matches!(missing, Err(LandmarkFileError::Read { .. })));
    std::fs::create_dir(folder.path().join("folder.csv")).unwrap();
    let directory = read_landmarks(&folder.path().join("folder.csv"), None, SIZES);
    assert!(matches!(directory, Err(LandmarkFileError::Read { .. })));
}

#[test]
fn a_huge_file_is_refused_before_it_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("huge.csv");
    std::fs::File::create(&path).unwrap().set_len((64 << 20) + 1).unwrap();
    let error = read_landmarks(&path, None, SIZES).unwrap_err().to_string();
    assert!(error.contains("larger than 64 MiB"), "{error}");
}

#[test]
fn a_file_that_cannot_be_written_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("no/such/folder.csv");
    let error = write_landmarks(&path, LandmarkFormat::Csv, &[], None, SIZES).unwrap_err();
    assert!(matches!(error, LandmarkFileError::Write(_)));
}

#[test]
fn templates_name_recipe_landmarks_once() {
    let recipe =
        include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/recipes/smile-and-glasses.ron"));
    for template in TemplateMap::ALL {
        assert_eq!(TemplateMap::of_count(template.n_points), Some(template));
        for (idx, (place, name)) in template.map.iter().enumerate() {
            assert!(*place < template.n_points, "{}", template.name);
            assert!(recipe.contains(&format!("(name: \"{name}\", term:")), "{name}");
            let earlier = &template.map[..idx];
            assert!(!earlier.iter().any(|other| other.0 == *place || other.1 == *name), "{name}");
        }
    }
}

#[test]
fn points_of_a_template_get_names() {
    let mut points = vec![nameless(None); 68];
    let template = TemplateMap::name_points(&mut points).unwrap();
    assert_eq!(template.name, "iBUG 68");
    assert_eq!(points[48].name.as_deref(), Some("right mouth corner"));
    assert_eq!(points.iter().filter(|point| point.name.is_some()).count(), template.map.len());
    assert_eq!(TemplateMap::name_points(&mut points), None);
    assert_eq!(TemplateMap::name_points(&mut points[..5]), None);
}
