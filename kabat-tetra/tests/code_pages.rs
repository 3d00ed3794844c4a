//! The code pages agree with the system's `iconv`, octet by octet. Skips with a message where there is none.
#![cfg(feature = "std")]
#![expect(
    clippy::option_option,
    reason = "no program and no character are two things"
)]

use kabat_tetra::{Bits, CodedText, CodingScheme};
use std::io::Write;
use std::process::{Command, Stdio};

#[test]
fn code_pages_agree_with_iconv() {
    for raw in 1..28_u8 {
        let scheme = CodingScheme::from_raw(raw).unwrap();
        let name = match scheme.name().unwrap() {
            "utf-16be" => continue,
            name => name.to_uppercase(),
        };
        for octet in 0..=u8::MAX {
            // A page that iconv lacks is left out; in a page it has, unassigned octets are refused by both.
            let ours = CodedText::new(scheme, Bits::from_octets(&[octet])).to_string_lossy();
            let Some(theirs) = iconv(&name, octet) else {
                eprintln!("skipped: iconv does not read {name}");
                break;
            };
            assert_eq!(
                ours,
                theirs.unwrap_or("\u{FFFD}".into()),
                "{name} {octet:#04x}"
            );
        }
    }
}

/// `None` without iconv or the page, `Some(None)` for an octet without a character.
fn iconv(name: &str, octet: u8) -> Option<Option<String>> {
    let run = |bytes: &[u8]| {
        let mut child = Command::new("iconv")
            .args(["-f", name, "-t", "UTF-8"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .ok()?;
        child.stdin.take()?.write_all(bytes).ok()?;
        let output = child.wait_with_output().ok()?;
        Some((output.status.success(), output.stdout))
    };
    if octet == 0 && !run(b" ")?.0 {
        return None;
    }
    let (good, bytes) = run(&[octet])?;
    Some(good.then(|| String::from_utf8_lossy(&bytes).into_owned()))
}
