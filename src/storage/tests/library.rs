//! Recipes and defects: what is built in, and the user's own.

use std::path::Path;

use crate::storage::Library;

fn with_files(files: &[(&str, &str)]) -> Library {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("recipes")).unwrap();
    for (name, text) in files {
        crate::storage::write_whole(&folder.path().join(name), text.as_bytes()).unwrap();
    }
    Library::at(folder.path())
}

#[test]
fn what_is_built_in_is_whole_and_sound() {
    let library = Library::built_in();
    let names: Vec<&str> = library.recipes.iter().map(|recipe| recipe.name.as_str()).collect();
    assert_eq!(names, ["smile-and-glasses", "eye-area", "skin-and-stubble", "makeup"]);
    for recipe in &library.recipes {
        assert_eq!(recipe.faults(), Vec::new(), "{}", recipe.name);
        assert_eq!(recipe.axes.len(), 4);
        assert!(recipe.questions.len() >= 4 && recipe.prompt.is_some() && recipe.layout.is_some());
        for question in &recipe.questions {
            let is_known = library.taxonomy.regions.iter().any(|of| of.code == question.region);
            assert!(is_known, "{}", question.region);
        }
    }
    assert_eq!(library.taxonomy.violation(), None);
    assert!(library.taxonomy.defects.len() > 100);
    for defect in &library.taxonomy.defects {
        let texts = [&defect.code.name, &defect.code.strength, &defect.hint];
        assert!(texts.iter().all(|text| !text.is_empty()), "{}", defect.code.code);
    }
    let first = library.taxonomy.search("teeth mer", &[])[0];
    assert_eq!(first.code.code, "TEE-A3");
}

#[test]
fn own_recipes_come_last_or_in_place_of_their_name_and_faults_are_told_with_their_line() {
    let eye = include_str!("../../../assets/recipes/eye-area.ron");
    let mine = eye.replace("\"eye-area\"", "\"mine\"");
    let broken = mine.replace("near: [\"right pupil\"", "near: [\"elbow\"");
    assert_ne!(broken, mine);
    let cut_off = &eye[..eye.len() / 2];
    let titled = eye.replace("title: \"Eye area\"", "title: \"Both eyes\"");
    assert_ne!(titled, eye);
    let library = with_files(&[
        ("recipes/a.ron", &mine),
        ("recipes/b.ron", &titled),
        ("recipes/c.ron", &broken),
        ("recipes/d.ron", cut_off),
        ("recipes/notes.txt", "not a recipe"),
    ]);
    let named = |name: &str| library.recipes.iter().find(|recipe| recipe.name == name).unwrap();
    assert_eq!(library.recipes.len(), 5);
    assert_eq!(named("eye-area").title, "Both eyes");
    assert_eq!(named("mine").landmarks, named("eye-area").landmarks);
    assert_eq!(library.faults.len(), 2, "{:?}", library.faults);
    let line = broken.lines().position(|line| line.contains("elbow")).unwrap() + 1;
    let told = &library.faults[0];
    assert!(told.contains("c.ron") && told.contains(&format!("line {line}: ")), "{told}");
    assert!(told.contains("no landmark \"elbow\""), "{told}");
    let n_lines = cut_off.lines().count();
    let told = &library.faults[1];
    assert!(told.contains("d.ron") && told.contains(&format!("{n_lines}:")), "{told}");
}

#[test]
fn an_own_list_of_defects_extends_the_built_in_one_or_stands_in_its_place() {
    let entry =
        "defects: [(code: \"TEE-A1\", name: \"odd count\"), (code: \"TEE-Z1\", name: \"x\")])";
    let library = with_files(&[("taxonomy.ron", &format!("(version: 1, {entry}"))]);
    let built_in = Library::built_in().taxonomy.defects.len();
    assert_eq!((library.faults.len(), library.taxonomy.defects.len()), (0, built_in + 1));
    assert_eq!(library.taxonomy.defect("TEE-A1").unwrap().code.name, "odd count");
    let regions = "regions: [(code: \"TEE\", name: \"teeth\")]";
    let whole = format!("(version: 1, replaces: true, {regions}, {entry}");
    let library = with_files(&[("taxonomy.ron", &whole)]);
    assert_eq!((library.faults.len(), library.taxonomy.defects.len()), (0, 2));
    for (text, why) in [
        ("(version: 2, defects: [])", "version is 2"),
        ("(version: 1, defects: [(code: \"NON-A1\", name: \"x\")])", "NON-A1 has no region"),
        ("(version: 1,", "1:"),
    ] {
        let library = with_files(&[("taxonomy.ron", text)]);
        assert!(library.faults[0].contains(why), "{:?}", library.faults);
        assert_eq!(library.taxonomy.defects.len(), built_in, "the built-in list stays");
    }
    assert_eq!(Library::at(Path::new("/nowhere/at/all")), Library::built_in());
}
