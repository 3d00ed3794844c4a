//! The inputs that fuzzing starts from, and those that it once failed on, on a stable toolchain.
#![cfg(all(
    feature = "aml",
    feature = "arbitrary",
    feature = "cap",
    feature = "geojson"
))]

mod fuzz_checks;

use std::path::Path;

#[test]
fn kept_inputs_pass() {
    let fuzz = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz");
    let mut inputs = 0;
    for (target, check) in fuzz_checks::TARGETS {
        for folder in ["corpus", "regressions"] {
            let Ok(files) = std::fs::read_dir(fuzz.join(folder).join(target)) else {
                continue;
            };
            for file in files {
                let file = file.expect("an entry").path();
                check(&std::fs::read(&file).expect("readable"));
                inputs += 1;
            }
        }
    }
    assert!(inputs > 0 || !fuzz.exists(), "no input was found");
    fuzz_checks::check("core_plate", b"1-ABC-234");
}
