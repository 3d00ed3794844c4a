//! Every edit, removal and move in the log is found, and where.
#![expect(
    clippy::expect_used,
    clippy::naive_bytecount,
    reason = "a test stops where its own numbers are wrong"
)]

use chrono::DateTime;
use kabat_compliance::{AuditEntry, AuditFault, AuditLog, Checkpoint, verify_audit_log};
use proptest::prelude::*;

fn entry(number: u32, text: &str) -> AuditEntry {
    AuditEntry {
        at: DateTime::from_timestamp(1_795_000_000 + i64::from(number), 250_000_000)
            .expect("an instant"),
        actor: format!("inspector-{number}"),
        action: "view".into(),
        subject: text.into(),
        justification: "case 2026/114 \"nacht\"\n\\ é \u{1}".into(),
        granted: number.is_multiple_of(2),
    }
}

fn write(count: u32, every: u64) -> (Vec<u8>, Vec<Checkpoint>, AuditLog) {
    let mut log = AuditLog::new(every);
    let mut file = Vec::new();
    let kept = (0..count)
        .filter_map(|number| log.append(&entry(number, "recording"), &mut file))
        .collect();
    (file, kept, log)
}

fn lines(file: &[u8]) -> Vec<Vec<u8>> {
    file.split_inclusive(|byte| *byte == b'\n')
        .map(<[u8]>::to_vec)
        .collect()
}

#[test]
fn the_chain_is_sha_256_of_the_hash_before_and_the_text() {
    use sha2::{Digest, Sha256};
    let (file, _, log) = write(2, 0);
    let mut head: [u8; 32] = Sha256::digest(b"kabat audit log 1").into();
    for line in lines(&file) {
        let text = &line[..line.len() - 76];
        let mut both = head.to_vec();
        both.extend_from_slice(text);
        head = Sha256::digest(&both).into();
        let hex: String = head
            .iter()
            .fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"));
        assert_eq!(
            &line[line.len() - 76..],
            format!(",\"hash\":\"{hex}\"}}\n").as_bytes()
        );
    }
    assert_eq!(log.head().hash, head);
}

#[test]
fn lines_are_json() {
    let (file, _, _) = write(3, 2);
    let lines = lines(&file);
    assert_eq!(lines.len(), 4, "three entries and a checkpoint");
    let first: serde_json::Value = serde_json::from_slice(&lines[0]).expect("JSON");
    assert_eq!(first["seq"], 1);
    assert_eq!(first["at"], "2026-11-18T11:06:40.250Z");
    assert_eq!(first["justification"], entry(0, "").justification);
    let mark: serde_json::Value = serde_json::from_slice(&lines[2]).expect("JSON");
    assert_eq!((&mark["seq"], &mark["checkpoint"]), (&3.into(), &2.into()));
}

#[test]
fn removal_move_and_copy_are_located() {
    let (file, kept, _) = write(20, 7);
    assert!(verify_audit_log(&file, &kept).is_sound());
    let whole = lines(&file);
    for at in 0..whole.len() - 1 {
        let mut removed = whole.clone();
        removed.remove(at);
        let report = verify_audit_log(&removed.concat(), &[]);
        assert_eq!(
            report.faults[0],
            (at as u64 + 1, AuditFault::Sequence),
            "removed {at}"
        );
        let mut swapped = whole.clone();
        swapped.swap(at, at + 1);
        assert_eq!(
            verify_audit_log(&swapped.concat(), &[]).faults[0].0,
            at as u64 + 1
        );
        let mut copied = whole.clone();
        copied.insert(at, whole[at].clone());
        assert_eq!(
            verify_audit_log(&copied.concat(), &[]).faults[0].0,
            at as u64 + 2
        );
    }
    // Cut at the end: the chain itself is sound, the checkpoint kept elsewhere shows it.
    let cut = whole[..10].concat();
    assert!(verify_audit_log(&cut, &[]).is_sound());
    assert_eq!(
        verify_audit_log(&cut, &kept).faults,
        [(10, AuditFault::Truncated)]
    );
    // Rewritten as a whole.
    let mut log = AuditLog::new(7);
    let mut other = Vec::new();
    for number in 0..20 {
        log.append(&entry(number, "something else"), &mut other);
    }
    assert!(verify_audit_log(&other, &[]).is_sound());
    assert_eq!(
        verify_audit_log(&other, &kept).faults[0],
        (kept[0].lines, AuditFault::Checkpoint)
    );
}

#[test]
fn a_torn_write_is_cut_off_and_the_log_goes_on() {
    let (file, _, _) = write(9, 4);
    let (one_more, _, _) = write(10, 4);
    for torn in file.len()..one_more.len() {
        let (mut log, whole) =
            AuditLog::recover(&one_more[..torn], 4).expect("sound up to the torn line");
        assert_eq!(whole, file.len());
        let mut again = one_more[..whole].to_vec();
        log.append(&entry(9, "recording"), &mut again);
        assert_eq!(again, one_more);
    }
    let mut bad = file;
    bad[12] ^= 1;
    assert_eq!(AuditLog::recover(&bad, 4).expect_err("changed").line(), 1);
}

proptest! {
    #[test]
    fn any_changed_byte_is_found(at in any::<prop::sample::Index>(), flip in 1_u8..=255) {
        let (mut file, kept, _) = write(12, 5);
        let at = at.index(file.len());
        let line = file[..at].iter().filter(|byte| **byte == b'\n').count() as u64 + 1;
        file[at] ^= flip;
        let report = verify_audit_log(&file, &kept);
        // A broken last line break looks like a torn write; the line is then not counted.
        prop_assert!(report.faults.first().is_some_and(|fault| fault.0 == line) || report.torn_bytes > 0);
    }

    #[test]
    fn any_text_makes_one_line(actor in any::<String>(), subject in any::<String>()) {
        let mut file = Vec::new();
        let written = AuditEntry { actor, subject, ..entry(1, "") };
        AuditLog::new(0).append(&written, &mut file);
        prop_assert_eq!(lines(&file).len(), 1);
        let json: serde_json::Value = serde_json::from_slice(&file).expect("JSON");
        prop_assert_eq!(json["actor"].as_str(), Some(written.actor.as_str()));
        prop_assert_eq!(json["subject"].as_str(), Some(written.subject.as_str()));
    }

    #[test]
    fn any_bytes_are_checked_without_a_panic(bytes in any::<Vec<u8>>()) {
        let report = verify_audit_log(&bytes, &[]);
        prop_assert_eq!(report.whole_bytes + report.torn_bytes, bytes.len());
    }
}
