//! The crate and the naive decoder agree; see `kabat-tetra/tests/differential`.
#![no_main]

#[path = "../../kabat-tetra/tests/differential/mod.rs"]
mod differential;
#[path = "../../kabat-tetra/tests/naive/mod.rs"]
mod naive;

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let Some((cut, octets)) = data.split_first() else {
        return;
    };
    let bits = (octets.len() * 8).saturating_sub(usize::from(cut & 7));
    if let Some(bits) = kabat_tetra::Bits::new(octets, bits) {
        differential::agree(bits);
    }
});
