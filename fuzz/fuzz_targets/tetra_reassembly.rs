//! See `tetra_reassembly` in `kabat-tetra/tests/fuzz_checks`.
#![no_main]
#![expect(dead_code, reason = "each target uses one of the checks")]

#[path = "../../kabat-tetra/tests/fuzz_checks/mod.rs"]
mod fuzz_checks;

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzz_checks::tetra_reassembly(data));
